"""Shown instead of the docks while no project is open."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from studio_app import __version__
from studio_app.actions.registry import Action
from studio_app.services.autosave import Recovered
from studio_app.session.engines_there import EngineThere, engines_there
from studio_app.session.keymap import presets
from studio_app.session.session import Session
from ui import words
from ui.form.editors.choice import Combo
from ui.qt import icons, tokens
from ui.qt.language import of_action
from ui.recent_grid import RecentGrid
from ui.sentence_box import SentenceBox
from ui.widgets import ElidedLabel, KeyCap, ground, icon_label, label, push_button, row

_SIDE = 336
_COLUMN = 1152
_MARGIN = 24
_LOW = 640
"""Below this height the columns keep less air above them."""
_VERBS = ("file.new", "file.open", "file.open_storyboard", "file.open_example")
_BELOW = ("help.shortcuts", "edit.preferences")


class StartPage(QWidget):
    """Left: mark and verbs. Right: what to recover, a sentence to start from, recent projects, a drop place."""

    def __init__(self, session: Session, actions: Iterable[Action], run: Callable[[str], object]) -> None:
        super().__init__()
        self._session, self._run = session, run
        self._actions = {one.id: one for one in actions}
        self._verbs: dict[str, _Verb] = {}
        self._asked_engines = False
        ground(self, "surface.panel")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._side())
        gap = QWidget()
        gap.setFixedWidth(tokens.size("splitter"))
        ground(gap, "surface.window")
        layout.addWidget(gap)
        self.sentence = SentenceBox(session)
        self.recovery = _RecoveryNote(session)
        self.recent = RecentGrid(session)
        layout.addWidget(self._page(), 1)

    def refresh(self) -> None:
        """Read recent projects and recovery copies anew."""
        self.recovery.show_first(self._session.files.recoverable())
        self.recent.set_projects(self._session.settings.values.recent)

    def _side(self) -> QWidget:
        upper = QWidget()
        column = self._left = QVBoxLayout(upper)
        column.setContentsMargins(22, 48, 22, 16)
        column.setSpacing(0)
        mark = QLabel()
        mark.setPixmap(icons.pixmap("mark", "accent.default", 44))
        mark.setContentsMargins(10, 0, 0, 0)
        column.addWidget(mark)
        column.addSpacing(18)
        name = label(self.tr("Starcut"), size="display", weight="semibold")
        version = label(self.tr("Version {version}").format(version=__version__), "muted")
        for one in (name, version):
            one.setContentsMargins(10, 0, 0, 0)
            column.addWidget(one)
            column.addSpacing(3)
        column.addSpacing(32)
        self._add_verbs(column, _VERBS)
        column.addSpacing(28)
        hands = label(self.tr("Your hands"), "muted")
        hands.setContentsMargins(10, 0, 0, 0)
        column.addWidget(hands)
        column.addSpacing(6)
        self.preset = Combo()
        self.preset.setProperty("large", True)
        self.preset.setAccessibleName(self.tr("Keys of"))
        for preset in presets().values():
            self.preset.addItem(icons.icon("keyboard"), self.tr("{title} keys").format(title=preset.title), preset.id)
        self.preset.activated.connect(lambda _: self._session.keymap.choose(self.preset.currentData()))
        column.addWidget(row(self.preset, margins=(10, 0, 10, 0)))
        column.addSpacing(28)
        self._add_engines(column)
        column.addStretch(1)
        lower = QVBoxLayout()
        lower.setContentsMargins(22, 4, 22, 16)
        lower.setSpacing(0)
        self._add_verbs(lower, _BELOW)
        side = QWidget()
        side.setFixedWidth(_SIDE)
        both = QVBoxLayout(side)
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(0)
        both.addWidget(_scrolled(upper, self.tr("Begin")), 1)
        both.addLayout(lower)
        self._subscription = self._session.keymap.changed.connect(self._show_keys)
        self._show_keys()
        return side

    def _add_engines(self, column: QVBoxLayout) -> None:
        """The place for what can generate."""
        self.engines = QWidget()
        rows = QVBoxLayout(self.engines)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        column.addWidget(self.engines)

    def showEvent(self, event: QShowEvent) -> None:
        """The engines are looked at once the page is seen, on a thread: they bring much along."""
        super().showEvent(event)
        if not self._asked_engines:
            self._asked_engines = True
            self._session.threads("engines", lambda: self._hand_over(engines_there(self._session.desk.access)))

    def _hand_over(self, found: Sequence[EngineThere]) -> None:
        self._session.post(lambda: self._show_engines(found) if isValid(self) else None)

    def _show_engines(self, found: Sequence[EngineThere]) -> None:
        """A tick where one is ready."""
        rows = self.engines.layout()
        assert rows is not None  # noqa: S101 - it was given one
        heading = label(self.tr("Engines"), "muted")
        heading.setContentsMargins(10, 0, 0, 8)
        rows.addWidget(heading)
        ready = [one for one in found if not one.missing]
        for one in ready:
            name = self.tr("{engine}, on this computer").format(engine=one.label) if one.is_here else one.label
            state = label(self.tr("ready"), "muted")
            sign = icon_label("circle-check", "state.ready", 14)
            line = row(sign, ElidedLabel(name), state, margins=(10, 0, 10, 0))
            line.setFixedHeight(28)
            line.setAccessibleName(f"{name}: {state.text()}")
            rows.addWidget(line)
        others = [one for one in found if one.missing]
        if others:
            words_ = self.tr("{count} more want a key").format(count=len(others))
            self.keys_wanted = _Verb("circle", words_)
            self.keys_wanted.setToolTip("\n".join(one.label for one in others))
            self.keys_wanted.clicked.connect(self._open_engines)
            rows.addWidget(self.keys_wanted)

    def _open_engines(self) -> None:
        if self._session.face is not None:
            self._session.face.show("preferences", "engines")

    def _add_verbs(self, column: QVBoxLayout, ids: tuple[str, ...]) -> None:
        for action_id in ids:
            if action_id in self._actions:
                action = self._actions[action_id]
                self._verbs[action_id] = verb = _Verb(action.icon, of_action(action).rstrip("…"))
                verb.clicked.connect(lambda _=False, action_id=action_id: self._run(action_id))
                column.addWidget(verb)

    def _show_keys(self) -> None:
        """The preset and the keys in force."""
        keymap = self._session.keymap
        self.preset.setCurrentIndex(self.preset.findData(keymap.preset))
        for action_id, verb in self._verbs.items():
            verb.cap.set_text(words.key_text(next(iter(keymap.keys_of(action_id)), "")))

    def release(self) -> None:
        """The window closes: stop listening."""
        self._subscription.close()

    def _page(self) -> QWidget:
        page = QWidget()
        outer = self._right = QHBoxLayout(page)
        outer.setContentsMargins(_MARGIN, 56, _MARGIN, 32)
        outer.addStretch(1)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self.recovery)
        column.addWidget(self.recovery.air)
        column.addWidget(label(self.tr("Start from a sentence"), size="display", weight="semibold"))
        column.addSpacing(12)
        column.addWidget(self.sentence)
        column.addSpacing(40)
        column.addWidget(self.recent)
        column.addStretch(1)
        holder = QWidget()
        holder.setLayout(column)
        holder.setMaximumWidth(_COLUMN)
        outer.addWidget(holder, 1000)
        outer.addStretch(1)
        return _scrolled(page, self.tr("Start"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fewer pictures in a row where it is narrow, less air at the top where it is low."""
        room = self.width() - _SIDE - tokens.size("splitter") - 2 * _MARGIN
        self.recent.set_columns(room)
        low = self.height() < _LOW
        self._left.setContentsMargins(22, 20 if low else 48, 22, 16)
        self._right.setContentsMargins(_MARGIN, 24 if low else 56, _MARGIN, 32)
        super().resizeEvent(event)


def _scrolled(page: QWidget, name: str) -> QScrollArea:
    """A column that scrolls where a low window cuts it: nothing in it is squeezed."""
    scroll = QScrollArea()
    scroll.setWidgetResizable(True)
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroll.setWidget(page)
    scroll.setAccessibleName(name)
    return scroll


class _Verb(QPushButton):
    """A row with icon, words and key."""

    def __init__(self, icon: str, text: str) -> None:
        super().__init__()
        self.setProperty("flat", True)
        self.setProperty("verb", True)
        self.setAccessibleName(text)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 0, 10, 0)
        row.setSpacing(10)
        parts: list[QWidget] = [icon_label(icon or "clapperboard", "text.secondary"), label(text, size="body")]
        for part in parts:
            row.addWidget(part)
        row.addStretch(1)
        self.cap = KeyCap()
        parts.append(self.cap)
        row.addWidget(self.cap)
        for part in parts:
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)


class _RecoveryNote(QFrame):
    """`Starcut closed unexpectedly at 14:02`, with the two ways on."""

    recover_asked = Signal(object)
    discard_asked = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._one: Recovered | None = None
        self.setObjectName("recovery")
        shades = (tokens.hex_of("surface.raised"), tokens.hex_of("border.default"), tokens.radius("control"))
        self.setStyleSheet(
            "QFrame#recovery {{ background: {}; border: 1px solid {}; border-radius: {}px; }}".format(*shades)
        )
        self.setFixedHeight(48)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 0, 8, 0)
        row.setSpacing(10)
        row.addWidget(icon_label("history", "text.secondary"))
        self._words = ElidedLabel(size="body")
        row.addWidget(self._words, 1)
        last, recover = push_button(self.tr("Open last save"), flat=True), push_button(self.tr("Recover the edits"))
        last.clicked.connect(lambda: self.discard_asked.emit(self._one))
        recover.clicked.connect(lambda: self.recover_asked.emit(self._one))
        self._last = last
        self.air = QWidget()
        self.air.setFixedHeight(tokens.space(7))
        row.addWidget(last)
        row.addWidget(recover)

    def show_first(self, found: Sequence[Recovered]) -> None:
        """Tell about the newest, or hide."""
        self._one = found[0] if found else None
        self.setVisible(bool(found))
        self.air.setVisible(bool(found))
        if self._one is not None:
            when = words.when(self._one.written)
            self._words.setText(
                self.tr("Starcut closed unexpectedly at {when}. Edits in {name} were not saved.").format(
                    when=when, name=self._one.name
                )
            )
            self._last.setText(self.tr("Open last save") if self._one.original else self.tr("Discard"))
