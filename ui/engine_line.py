"""One engine in the preferences: its key with a test, and, unfolded, the addresses it is reached at."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from studio_app.session.engine_keys import EngineRow, Place
from ui.form.form import Form
from ui.qt import icons, tokens
from ui.widgets import icon_label, label, push_button, row, tool_button

_NAME_WIDTH = 104
_INDENT = _NAME_WIDTH + 32


class EngineLine(QWidget):
    """An engine: name, whether it is ready, its key, Test; below, once asked for, where it is reached."""

    kept = Signal(str)
    """A key was entered; empty: it is to be forgotten."""
    tested = Signal()
    moved = Signal(Place, str)
    """Another address for one of its places; empty: the usual one."""
    valued = Signal(str, object)
    """A value that only this engine has, for all its jobs."""

    def __init__(self, engine: EngineRow) -> None:
        super().__init__()
        self.engine = engine
        self.is_ready = not engine.missing
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(2)
        name = label(engine.label, size="body")
        name.setFixedWidth(_NAME_WIDTH)
        name.setToolTip("\n".join(engine.models))
        self.mark = icon_label(*_mark(not engine.missing), 16)
        self.field = QLineEdit()
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.setAccessibleName(self.tr("Key of {engine}").format(engine=engine.label))
        self.field.setFixedHeight(tokens.size("control_dialog"))
        self.field.setPlaceholderText(self._placeholder(engine.source))
        self.field.returnPressed.connect(self._keep)
        self.field.setVisible(engine.wants_key)
        self.button = push_button(self.tr("Test"))
        self.button.clicked.connect(lambda: self._keep() if self.field.text().strip() else self.tested.emit())
        self.forget = tool_button("trash-2", self.tr("Take the key out of the keyring"))
        self.forget.clicked.connect(lambda: self.kept.emit(""))
        self.forget.setVisible(engine.source == "keyring")
        self.unfold = tool_button(
            "sliders-horizontal",
            self.tr("Where {engine} is reached, and its own values").format(engine=engine.label),
            checkable=True,
        )
        self.unfold.toggled.connect(self._unfold)
        no_key = label(self.tr("Needs no key"), "muted")
        no_key.setVisible(not engine.wants_key)
        line = row(self.mark, name, self.field, no_key, self.forget, self.unfold, self.button)
        layout = line.layout()
        if layout is not None:
            layout.setStretchFactor(self.field if engine.wants_key else no_key, 1)  # type: ignore[attr-defined]
            layout.setAlignment(self.mark, Qt.AlignmentFlag.AlignVCenter)
        self.words = label("", "muted")
        self.words.setWordWrap(True)
        self.words.setContentsMargins(_INDENT, 0, 0, 0)
        self.words.hide()
        self.addresses = {place.name: AddressLine(place, engine.label) for place in engine.places}
        column.addWidget(line)
        for one in self.addresses.values():
            one.moved.connect(self.moved)
            column.addWidget(one)
        self.form: Form | None = None
        if engine.options:
            self.form = Form(engine.options, label_width=120, row_height=tokens.size("control_dialog"))
            self.form.set_values(dict(engine.values))
            self.form.changed.connect(self.valued)
            column.addWidget(row(self.form, margins=(_INDENT, 0, 0, 0)))
        self._unfold(any(not place.is_usual for place in engine.places) or not engine.wants_key)
        column.addWidget(self.words)
        self.field.textChanged.connect(
            lambda text: self.button.setText(self.tr("Keep") if text.strip() else self.tr("Test"))
        )

    def _unfold(self, is_open: bool) -> None:
        """Show the addresses and its own values; an address that is not the usual one is shown at once."""
        self.unfold.setChecked(is_open)
        for one in self.addresses.values():
            one.setVisible(is_open)
        if self.form is not None:
            self.form.setVisible(is_open)

    def show_address(self, name: str, value: str) -> None:
        """What is kept now."""
        self.addresses[name].show_value(value)

    def wait(self) -> None:
        """The answer is on its way."""
        self.button.setEnabled(False)
        self._say(self.tr("Asking {engine}…").format(engine=self.engine.label), good=True)

    def tell(self, good: bool, words: str, *, is_kept: bool) -> None:
        """What came of it."""
        self.button.setEnabled(True)
        if is_kept:
            self.show_key(is_there=bool(self.field.text().strip()))
            self.field.clear()
        self._show_ready(good)
        self._say(words, good=good)

    def show_key(self, *, is_there: bool) -> None:
        """A key was kept or forgotten, here or in the line of an engine that shares it."""
        self.forget.setVisible(is_there)
        self.field.setPlaceholderText(self._placeholder("keyring" if is_there else ""))
        self._show_ready(is_there)
        self.words.hide()

    def _show_ready(self, is_ready: bool) -> None:
        self.is_ready = is_ready
        self.mark.setPixmap(icons.pixmap(*_mark(is_ready), 16))

    def _say(self, words: str, *, good: bool) -> None:
        self.words.setText(words)
        self.words.setProperty("tone", "muted" if good else "failed")
        self.words.style().unpolish(self.words)
        self.words.style().polish(self.words)
        self.words.show()

    def _keep(self) -> None:
        if value := self.field.text().strip():
            self.kept.emit(value)

    def _placeholder(self, source: str) -> str:
        if source == "keyring":
            return self.tr("A key is kept")
        if source == "environment":
            return self.tr("From {name}").format(name=self.engine.key_name)
        return self.tr("Key, from {page}").format(page=self.engine.key_page.removeprefix("https://"))


def _mark(is_ready: bool) -> tuple[str, str]:
    return ("circle-check", "state.ready") if is_ready else ("circle", "text.muted")


class AddressLine(QWidget):
    """Where an engine is reached: the usual address as a hint, another one as text, and back."""

    moved = Signal(Place, str)

    def __init__(self, place: Place, engine: str) -> None:
        super().__init__()
        self.place = place
        said = self.tr("Address of {engine}, usually {address}")
        column = QVBoxLayout(self)
        column.setContentsMargins(_INDENT, 0, 0, 0)
        self.field = QLineEdit()
        self.field.setAccessibleName(said.format(engine=engine, address=place.usual))
        self.field.setToolTip(self.field.accessibleName())
        self.field.setPlaceholderText(place.usual)
        self.field.setFixedHeight(tokens.size("control_dialog"))
        self.field.returnPressed.connect(self._keep)
        self.field.editingFinished.connect(self._keep)
        self.reset = tool_button("undo-2", self.tr("Back to the usual address"))
        self.reset.clicked.connect(lambda: self.moved.emit(self.place, ""))
        line = row(self.field, self.reset)
        column.addWidget(line)
        layout = line.layout()
        if layout is not None:
            layout.setStretchFactor(self.field, 1)  # type: ignore[attr-defined]
        self._kept = ""
        self.show_value("" if place.is_usual else place.address)

    def show_value(self, value: str) -> None:
        """The address that is kept; empty: the usual one."""
        self._kept = value.strip().rstrip("/")
        self.field.setText(self._kept)
        self.reset.setEnabled(bool(self._kept))

    def _keep(self) -> None:
        """Return, or the focus goes elsewhere: kept where it changed."""
        if (value := self.field.text().strip().rstrip("/")) != self._kept:
            self._kept = value  # once: the focus goes after Return, too
            self.moved.emit(self.place, value)
