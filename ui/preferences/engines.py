"""Engines that are reached over the network: keys, with a test; who may be asked; what may be spent."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from studio_app.services.settings import EngineSettings, SpendingSettings
from studio_app.session.engine_keys import EngineRow, engine_rows, keep_key, test_engine
from ui.preference_page import FORM_WIDTH, PreferencePage
from ui.qt import tokens
from ui.qt.language import QT_TRANSLATE_NOOP
from ui.widgets import icon_label, label, push_button, row, tool_button

_NAME_WIDTH = 104
_WIDTH = FORM_WIDTH + 80


class EnginesPage(PreferencePage):
    """A line for each engine with its key; then whom auto may ask, and the caps."""

    title: ClassVar[str] = QT_TRANSLATE_NOOP("PreferencePage", "Engines")
    order: ClassVar[int] = 24
    sections: ClassVar = (
        (QT_TRANSLATE_NOOP("PreferencePage", "Choosing"), EngineSettings),
        (QT_TRANSLATE_NOOP("PreferencePage", "Spending"), SpendingSettings),
    )

    def build(self) -> None:
        """The list of engines, filled once the keyring was asked."""
        self._is_there = True
        self.spent = label("", "muted")
        self.column.addWidget(self.spent)
        self.add_section(
            self.tr("Keys"),
            self.tr("Kept in the system's keyring, and nowhere else. A variable of the environment serves as well."),
        )
        holder = QWidget()
        holder.setMaximumWidth(_WIDTH)
        self.rows = QVBoxLayout(holder)
        self.rows.setContentsMargins(0, 0, 0, 0)
        self.rows.setSpacing(0)
        self.column.addWidget(holder)
        self.rows.addWidget(label(self.tr("Asking the keyring…"), "muted"))
        self.lines: dict[str, KeyLine] = {}
        self._read()

    def release(self) -> None:
        """Answers that come now find nobody."""
        self._is_there = False

    def _read(self) -> None:
        desk, post = self.session.desk, self.session.post

        def read() -> None:
            found, spent = engine_rows(desk), desk.book.spent()
            post(lambda: self._show(found, str(spent.billed), str(spent.reserved)))

        self.session.threads("engine keys", read)

    def _show(self, found: tuple[EngineRow, ...], billed: str, reserved: str) -> None:
        if not self._is_there:
            return
        self.spent.setText(self.tr("So far: ${billed} billed, ${open} open.").format(billed=billed, open=reserved))
        while (item := self.rows.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        self.lines.clear()
        for one in found:
            line = KeyLine(one, self)
            self.lines[one.id] = line
            self.rows.addWidget(line)

    def keep(self, line: KeyLine, value: str) -> None:
        """Into the keyring, then test it."""
        desk, post, name = self.session.desk, self.session.post, line.engine.key_name

        def keep() -> None:
            problem = keep_key(desk, name, value)
            good, words = (False, problem) if problem else test_engine(desk, line.engine.id)
            post(lambda: self._told(line, good, words, is_kept=not problem))

        line.wait()
        self.session.threads("engine key", keep)

    def test(self, line: KeyLine) -> None:
        """Ask the engine."""
        desk, post = self.session.desk, self.session.post

        def ask() -> None:
            good, words = test_engine(desk, line.engine.id)
            post(lambda: self._told(line, good, words, is_kept=False))

        line.wait()
        self.session.threads("engine test", ask)

    def _told(self, line: KeyLine, good: bool, words: str, *, is_kept: bool) -> None:
        if self._is_there and self.lines.get(line.engine.id) is line:
            line.tell(good, words, is_kept=is_kept)


class KeyLine(QWidget):
    """An engine: name, whether it is ready, its key, Test."""

    def __init__(self, engine: EngineRow, page: EnginesPage) -> None:
        super().__init__()
        self.engine, self._page = engine, page
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(2)
        name = label(engine.label, size="body")
        name.setFixedWidth(_NAME_WIDTH)
        name.setToolTip("\n".join(engine.models))
        self.mark = icon_label("circle-check" if not engine.missing else "circle", _colour(engine), 16)
        self.field = QLineEdit()
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.setAccessibleName(self.tr("Key of {engine}").format(engine=engine.label))
        self.field.setFixedHeight(tokens.size("control_dialog"))
        self.field.setPlaceholderText(self._placeholder(engine.source))
        self.field.returnPressed.connect(self._keep)
        self.field.setVisible(engine.wants_key)
        self.button = push_button(self.tr("Test"))
        self.button.clicked.connect(lambda: self._keep() if self.field.text().strip() else page.test(self))
        self.forget = tool_button("trash-2", self.tr("Take the key out of the keyring"))
        self.forget.clicked.connect(lambda: page.keep(self, ""))
        self.forget.setVisible(engine.source == "keyring")
        address = label(engine.address, "muted")
        address.setVisible(not engine.wants_key)
        line = row(self.mark, name, self.field, address, self.forget, self.button)
        layout = line.layout()
        if layout is not None:
            layout.setStretchFactor(self.field, 1)  # type: ignore[attr-defined]
            layout.setAlignment(self.mark, Qt.AlignmentFlag.AlignVCenter)
            if not engine.wants_key:
                layout.setStretchFactor(address, 1)  # type: ignore[attr-defined]
        self.words = label("", "muted")
        self.words.setWordWrap(True)
        self.words.setContentsMargins(_NAME_WIDTH + 28, 0, 0, 0)
        self.words.hide()
        column.addWidget(line)
        column.addWidget(self.words)
        self.field.textChanged.connect(
            lambda text: self.button.setText(self.tr("Keep") if text.strip() else self.tr("Test"))
        )

    def wait(self) -> None:
        """The answer is on its way."""
        self.button.setEnabled(False)
        self._say(self.tr("Asking {engine}…").format(engine=self.engine.label), good=True)

    def tell(self, good: bool, words: str, *, is_kept: bool) -> None:
        """What came of it."""
        self.button.setEnabled(True)
        if is_kept:
            self.forget.setVisible(bool(self.field.text().strip()))
            self.field.setPlaceholderText(self._placeholder("keyring" if self.field.text().strip() else ""))
            self.field.clear()
        self._say(words, good=good)

    def _say(self, words: str, *, good: bool) -> None:
        self.words.setText(words)
        self.words.setProperty("tone", "muted" if good else "failed")
        self.words.style().unpolish(self.words)
        self.words.style().polish(self.words)
        self.words.show()

    def _keep(self) -> None:
        if value := self.field.text().strip():
            self._page.keep(self, value)

    def _placeholder(self, source: str) -> str:
        if source == "keyring":
            return self.tr("A key is kept")
        if source == "environment":
            return self.tr("From {name}").format(name=self.engine.key_name)
        return self.engine.key_page.removeprefix("https://")


def _colour(engine: EngineRow) -> str:
    return "text.muted" if engine.missing else "state.ready"
