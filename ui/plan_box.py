"""The box above the storyboard: a sentence or a script, how it shall become shots, and the verb that plans or plans again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from studio_app.planning.assemble import total_length
from studio_app.planning.planner.plan import LONGEST, Strategy
from studio_app.planning.planner.words import CAMERAS, MOODS
from studio_app.planning.storyboard_fields import seconds_of
from studio_app.session.replanning import VIEWS, PlanWish, kept_in
from studio_app.session.session import Session
from timeline.storyboard import Storyboard
from ui import words
from ui.qt import icons, tokens
from ui.qt.language import QT_TRANSLATE_NOOP, translated
from ui.widgets import ElidedLabel, push_button

STRATEGIES: Mapping[str, str] = {
    "": QT_TRANSLATE_NOOP("PlanBox", "By the words"),
    Strategy.SENTENCES: QT_TRANSLATE_NOOP("PlanBox", "A shot a sentence"),
    VIEWS: QT_TRANSLATE_NOOP("PlanBox", "Several views"),
    Strategy.MARKERS: QT_TRANSLATE_NOOP("PlanBox", "Shot markers"),
    Strategy.PICTURES: QT_TRANSLATE_NOOP("PlanBox", "References"),
    Strategy.TEMPLATE: QT_TRANSLATE_NOOP("PlanBox", "Template"),
}
STRUCTURES: Mapping[str, str] = {
    "": QT_TRANSLATE_NOOP("PlanBox", "Short dissolves"),
    "linear": QT_TRANSLATE_NOOP("PlanBox", "Linear"),
    "three_act": QT_TRANSLATE_NOOP("PlanBox", "Three acts"),
    "nonlinear": QT_TRANSLATE_NOOP("PlanBox", "Nonlinear"),
}
LENGTHS = (0.0, 10.0, 15.0, 20.0, 30.0, 45.0, 60.0, 120.0)
CAPTIONS: Mapping[str, str] = {
    "": QT_TRANSLATE_NOOP("PlanBox", "No captions"),
    "captions": QT_TRANSLATE_NOOP("PlanBox", "Captions"),
}
UNPLANNED = 15.0
"""So long a film is that is planned without a length."""
_LINE, _LEAST_LINES, _MOST_LINES = 20, 2, 6


class Choice(QPushButton):
    """A quiet choice: words and a chevron, a menu when pressed. Emits `picked` with a value."""

    picked = Signal(str)

    def __init__(self, name: str, choices: Mapping[str, str], fill: Callable[[QMenu], None] | None = None) -> None:
        super().__init__()
        self._choices = choices
        self.fill = fill or self._list
        """Puts into a menu what is offered."""
        self.value = ""
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.setIcon(icons.icon("chevron-down"))
        self.setStyleSheet(
            f"QPushButton {{ background: transparent; padding: 0 8px; color: {tokens.hex_of('text.secondary')}; }}"
            f"QPushButton:hover {{ background: {tokens.hex_of('surface.hover')}; }}"
        )
        self.clicked.connect(self._open)
        self.show_value("")

    def show_value(self, value: str) -> None:
        """Show one of the values; one there is not counts as the first."""
        self.value = value if value in self._choices else ""
        self.setText(translated("PlanBox", self._choices.get(self.value, "")))

    def _list(self, menu: QMenu) -> None:
        for value, text in self._choices.items():
            menu.addAction(translated("PlanBox", text), partial(self._pick, value))

    def _pick(self, value: str) -> None:
        self.show_value(value)
        self.picked.emit(value)

    def _open(self) -> None:
        menu = QMenu(self)
        self.fill(menu)
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))


class PlanBox(QFrame):
    """Emits `asked` with a PlanWish when the user wants the shots."""

    asked = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._kept: PlanWish | None = None
        self._images: tuple[str, ...] = ()
        self._seconds = 0.0
        self._lasts = UNPLANNED
        """How long the film is now, in seconds."""
        self._has_shots = False
        self.setObjectName("plan")
        self._frame(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 10)
        column.setSpacing(6)
        self.text = QPlainTextEdit()
        self.text.setPlaceholderText(
            self.tr("A sentence, or a script: one shot for each sentence, or <SHOT 1> … <SHOT 2> … as it says")
        )
        self.text.setFont(tokens.font("body"))
        self.text.setStyleSheet("QPlainTextEdit { border: none; background: transparent; padding: 0; }")
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(self.tr("What the film shows"))
        self.text.installEventFilter(self)
        self.text.textChanged.connect(self._typed)
        column.addWidget(self.text)
        self._add_choices(column)
        self._fit()

    def _add_choices(self, column: QVBoxLayout) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.strategy = Choice(self.tr("How the words become shots"), STRATEGIES)
        self.structure = Choice(self.tr("Narrative structure, and what leads from shot to shot"), STRUCTURES)
        self.length = Choice(self.tr("Length of the film, to the frame"), {}, self._fill_lengths)
        self.captions = Choice(self.tr("Each sentence as a caption over its shot"), CAPTIONS)
        self.style_words = QLineEdit()
        self.style_words.setPlaceholderText(self.tr("Style words"))
        self.style_words.setAccessibleName(self.tr("Style words"))
        self.style_words.setToolTip(
            self.tr(
                "Looks, moods and camera, such as: cinematic, warm, slow zoom. Moods: {moods}. Camera: {cameras}"
            ).format(moods=", ".join(MOODS), cameras=", ".join(CAMERAS))
        )
        self.style_words.setMinimumWidth(110)
        self.style_words.setMaximumWidth(190)
        self.style_words.installEventFilter(self)
        self.references = push_button("", "image")
        self.references.setToolTip(self.tr("Pictures the shots begin with, in turn"))
        self.references.clicked.connect(self._open_references)
        self.note = ElidedLabel("", "muted")
        policy = self.note.sizePolicy()
        policy.setHorizontalPolicy(policy.Policy.Maximum)
        self.note.setSizePolicy(policy)
        self.note.setMinimumWidth(0)
        self.button = push_button(self.tr("Plan"), "clapperboard")
        self.button.clicked.connect(self.ask)
        self.references.setStyleSheet(self.strategy.styleSheet())
        for widget in (self.strategy, self.structure, self.length, self.style_words, self.captions, self.references):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.note)
        row.addWidget(self.button)
        column.addLayout(row)
        self._show_length()
        self._show_references()
        self.strategy.picked.connect(lambda _: self._enable())

    @property
    def wish(self) -> PlanWish:
        """What stands in the box."""
        return PlanWish(
            self.text.toPlainText().strip(),
            self.strategy.value,
            self._seconds,
            self.style_words.text().strip(),
            self.structure.value,
            bool(self.captions.value),
            self._images,
        )

    def show_board(self, board: Storyboard | None) -> None:
        """The wish the storyboard was planned by, where it is another now, and what planning again would leave alone."""
        wish = PlanWish.of(board)
        if wish != self._kept:
            self._kept = wish
            self._show(wish)
        shots = board.shots if board is not None else ()
        self._has_shots = bool(shots)
        self._lasts = round(total_length(board).to_seconds(), 2) if board is not None and shots else UNPLANNED
        self._enable()
        kept = len(kept_in(self._session, board)) if board is not None and shots else 0
        self.say(self.tr("Keeps {shots}").format(shots=words.plural(kept, "shot")) if kept else "")

    def _enable(self) -> None:
        """With nothing typed there is only the template, and it is not laid over shots by mistake."""
        has_words = bool(self.text.toPlainText().strip() or self._images) or self.strategy.value == Strategy.TEMPLATE
        self.button.setText(self.tr("Plan again") if self._has_shots else self.tr("Plan"))
        self.button.setEnabled(has_words or not self._has_shots)

    def say(self, text: str) -> None:
        """A quiet word beside the verb."""
        self.note.setText(text)
        self.note.updateGeometry()

    def _show(self, wish: PlanWish) -> None:
        if wish.text or not self.text.hasFocus():
            self.text.setPlainText(wish.text)
        self.strategy.show_value(wish.strategy)
        self.structure.show_value(wish.structure)
        self.style_words.setText(wish.style)
        self.captions.show_value("captions" if wish.captions else "")
        self._seconds, self._images = wish.seconds, wish.images
        self._show_length()
        self._show_references()

    # the hand

    def ask(self) -> None:
        """Ask for shots; with nothing typed and no pictures the template is what is asked for."""
        if self.button.isEnabled():
            self.asked.emit(self.wish)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ctrl+Enter plans, Enter too beside the text; the frame turns accent while typing."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if enter and (watched is self.style_words or event.modifiers() & Qt.KeyboardModifier.ControlModifier):
                self.ask()
                return True
        if watched is self.text and isinstance(event, QFocusEvent):
            self._frame(event.gotFocus())
        if watched is self.text and event.type() is QEvent.Type.Resize:
            self._fit()
        return False

    def _typed(self) -> None:
        self._fit()
        self._enable()

    def _fit(self) -> None:
        """As many lines as there are words, within reason."""
        metrics = self.text.fontMetrics()
        width = max(80, self.text.viewport().width() - 8)
        lines = sum(
            max(1, -(-metrics.horizontalAdvance(line) // width)) for line in self.text.toPlainText().split("\n")
        )
        height = _LINE * min(_MOST_LINES, max(_LEAST_LINES, lines)) + 4
        if self.text.height() != height:
            self.text.setFixedHeight(height)

    def _fill_lengths(self, menu: QMenu) -> None:
        for seconds in LENGTHS:
            menu.addAction(_length_words(seconds), partial(self._take_length, seconds))
        menu.addSeparator()
        menu.addAction(self.tr("Another length…"), self._ask_length)

    def _ask_length(self) -> None:
        face = self._session.face
        caption = self.tr("45, 1:30 or 2 min. The shots share it, to the frame.")
        now = words.exactly(self._seconds or self._lasts)
        verb = self.tr("Set length")
        text = face.ask_text(self.tr("Length of the film"), caption, now, verb) if face is not None else None
        seconds = seconds_of(text) if text else None
        if seconds is not None and 1 <= seconds <= LONGEST:
            self._take_length(float(seconds))
        elif text:
            self.say(self.tr("“{text}” is no length from 1 s to an hour").format(text=text[:20]))

    def _take_length(self, seconds: float) -> None:
        self._seconds = seconds
        self._show_length()

    def _show_length(self) -> None:
        self.length.setText(_length_words(self._seconds))

    def _open_references(self) -> None:
        if not self._images:
            self._add_references()
            return
        menu = QMenu(self)
        for path in self._images[:12]:
            menu.addAction(icons.icon("image"), Path(path).name).setEnabled(False)
        menu.addSeparator()
        menu.addAction(self.tr("Add references…"), self._add_references)
        menu.addAction(self.tr("No references"), partial(self._take_references, ()))
        menu.popup(self.references.mapToGlobal(self.references.rect().bottomLeft()))

    def _add_references(self) -> None:
        face = self._session.face
        found = face.ask_open_files(self.tr("References"), "media") if face is not None else []
        self._take_references((*self._images, *map(str, found)))

    def _take_references(self, images: tuple[str, ...]) -> None:
        self._images = tuple(dict.fromkeys(images))
        self._show_references()

    def _show_references(self) -> None:
        count = len(self._images)
        self.references.setText(words.plural(count, "reference") if count else self.tr("References"))
        self._enable()

    def _frame(self, focused: bool) -> None:
        edge = tokens.hex_of("accent.default" if focused else "border.default")
        ground, corner = tokens.hex_of("surface.inset"), tokens.radius("control")
        self.setStyleSheet(
            f"QFrame#plan {{ background: {ground}; border: 1px solid {edge}; border-radius: {corner}px; }}"
        )


def _length_words(seconds: float) -> str:
    """`30 s`, `2 min`, or that the words decide."""
    if not seconds:
        return translated("PlanBox", LENGTH_BY_WORDS)
    return words.exactly(seconds)


LENGTH_BY_WORDS = QT_TRANSLATE_NOOP("PlanBox", "Length by the words")


def boxed(box: PlanBox) -> QWidget:
    """The box with the air round it."""
    holder = QWidget()
    holder.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)  # it goes before the panel is held wide
    layout = QHBoxLayout(holder)
    layout.setContentsMargins(16, 12, 16, 2)
    layout.addWidget(box)
    return holder
