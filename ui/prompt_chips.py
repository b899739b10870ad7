"""What was understood of a shot's description, as chips that can be changed, and in grey what was not."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from studio_app.session.session import Session
from studio_app.session.understanding import Chip, Choices, Rewording, Understood, Unknown
from ui.flow import FlowLayout
from ui.prompt_chip import PromptChip
from ui.qt import icons
from ui.qt.language import translated
from ui.qt.menu import pop_up

UNDERSTOOD = "Understood"
"""The context in which names of domains are translated."""
_AT_ONCE = 14
"""More values than these fold into a menu of their own."""
_MOST_CHIPS = 60
_ARTICLES = ("a", "an", "the")
_LEADING = frozenset(
    (*_ARTICLES, *"through across along over under in into on onto at by near from to of with and then".split())
)
"""What leads up to a phrase without saying anything of it: "through a wet" is "wet"."""


class PromptChips(QWidget):
    """Shows one shot. Changes go to the session at once; `changed` follows each."""

    changed = Signal()

    def __init__(self, session: Session, shot_id: str) -> None:
        super().__init__()
        self._session, self._shot_id = session, shot_id
        self._shown: tuple[str, Understood | None] = ("", None)
        self.chips: list[PromptChip] = []
        self._flow = FlowLayout()
        self._flow.setContentsMargins(12, 0, 12, 8)
        self.setLayout(self._flow)
        self.setAccessibleName(self.tr("What was understood"))
        self.hide()

    def show_of(self, description: str) -> None:
        """The chips of a description that the shot has now; an empty one has none."""
        understood = self._session.understanding.of(self._shot_id) if description else None
        if (description, understood) == self._shown:
            return
        self._shown = (description, understood)
        at = next((n for n, chip in enumerate(self.chips) if chip.hasFocus()), None)
        self._clear()
        if understood is not None:
            self._fill(description, understood)
        self.setVisible(bool(self.chips))
        if at is not None and self.chips:
            self.chips[min(at, len(self.chips) - 1)].setFocus()
        self.updateGeometry()

    def _clear(self) -> None:
        while (item := self._flow.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.chips = []

    def _fill(self, description: str, understood: Understood) -> None:
        for chip in understood.chips[:_MOST_CHIPS]:
            self._add(self._made(description, chip, understood))
        for unknown in understood.unknown[:_MOST_CHIPS]:
            self._add(self._made_unknown(description, unknown))

    def _add(self, chip: PromptChip) -> None:
        self.chips.append(chip)
        self._flow.addWidget(chip)
        chip.show()

    def _made(self, description: str, chip: Chip, understood: Understood) -> PromptChip:
        choices = self._session.understanding.choices(self._shot_id, chip)
        title = translated(UNDERSTOOD, choices.title)
        fixed = chip.start < 0
        words = chip.phrase if fixed else _words(description, chip, understood)
        made = PromptChip(words, title, negated=chip.negated, fixed=fixed)
        called = dict(choices.values).get(chip.value, chip.value)
        meanings = [self.tr("{domain}: {value}").format(domain=title, value=called)]
        if chip.guess:
            meanings.append(self.tr("Taken for “{word}”").format(word=chip.guess))
        meanings += [f"{domain.replace('_', ' ')}: {value.replace('_', ' ')}" for domain, value in chip.also]
        if chip.domain == "duration":
            meanings.append(self.tr("On a storyboard the shot's own length counts"))
        if fixed:
            meanings.append(self.tr("From the storyboard's style or the shot's mood"))
        made.setToolTip("\n".join(meanings))
        made.setAccessibleDescription(", ".join(meanings))
        made.menu_asked.connect(lambda: self._open(made, self.menu_of(chip, choices)))
        made.removal_asked.connect(lambda: self._reword(chip, Rewording()))
        return made

    def _made_unknown(self, description: str, unknown: Unknown) -> PromptChip:
        made = PromptChip(unknown.word, "", unknown=True, fixed=unknown.start < 0)
        told = self.tr("Not understood: it changes nothing")
        made.setToolTip(told)
        made.setAccessibleDescription(told)
        made.menu_asked.connect(lambda: self._open(made, self.menu_of_unknown(unknown)))
        made.removal_asked.connect(lambda: self._replace(unknown, ""))
        return made

    def _open(self, chip: PromptChip, menu: QMenu) -> None:
        pop_up(menu, chip.mapToGlobal(QPoint(0, chip.height() + 2)))

    def menu_of(self, chip: Chip, choices: Choices) -> QMenu:
        """Other values, how much, how many, denied or not, away with it."""
        menu = QMenu(self)
        title = translated(UNDERSTOOD, choices.title)
        listed = menu
        if len(choices.values) > _AT_ONCE:
            listed = menu.addMenu(title)
        elif choices.values:
            menu.addAction(title).setEnabled(False)
        self._list(
            listed,
            [(word, value == chip.value, Rewording(value=value)) for value, word in choices.values],
            chip,
        )
        if choices.weights:
            amount = menu.addMenu(self.tr("How much"))
            nearest = min(choices.weights, key=lambda one: abs(one[0] - chip.weight))
            self._list(
                amount,
                [
                    (word or self.tr("plain"), weight == nearest[0], Rewording(weight=weight))
                    for weight, word in choices.weights
                ],
                chip,
            )
        if choices.counts:
            many = menu.addMenu(self.tr("How many"))
            self._list(many, [(str(n), n == chip.count, Rewording(count=n)) for n in choices.counts], chip)
        menu.addSeparator()
        if choices.can_be_denied:
            text = self.tr("Wanted") if chip.negated else self.tr("Not wanted")
            menu.addAction(
                icons.icon("check" if chip.negated else "ban"),
                text,
                lambda: self._reword(chip, Rewording(negated=not chip.negated)),
            )
        menu.addAction(icons.icon("x"), self.tr("Remove"), lambda: self._reword(chip, Rewording()))
        return menu

    def _list(self, menu: QMenu, entries: list[tuple[str, bool, Rewording]], chip: Chip) -> None:
        group = QActionGroup(menu)
        for text, is_now, change in entries:
            action = QAction(text.replace("&", "&&"), menu)
            action.setCheckable(True)
            action.setChecked(is_now)
            action.triggered.connect(self._changer(chip, change))
            group.addAction(action)
            menu.addAction(action)

    def _changer(self, chip: Chip, change: Rewording) -> Callable[[], None]:
        return lambda: self._reword(chip, change)

    def menu_of_unknown(self, unknown: Unknown) -> QMenu:
        """Known words that may be meant, and away with it."""
        menu = QMenu(self)
        if unknown.suggestions:
            menu.addAction(self.tr("Did you mean")).setEnabled(False)
            for word in unknown.suggestions:
                menu.addAction(word, self._replacer(unknown, word))
            menu.addSeparator()
        menu.addAction(icons.icon("x"), self.tr("Remove"), lambda: self._replace(unknown, ""))
        return menu

    def _replacer(self, unknown: Unknown, word: str) -> Callable[[], None]:
        return lambda: self._replace(unknown, word)

    def _reword(self, chip: Chip, change: Rewording) -> None:
        if self._session.understanding.reword(self._shot_id, chip, change):
            self.changed.emit()

    def _replace(self, unknown: Unknown, word: str) -> None:
        if self._session.understanding.replace(self._shot_id, unknown, word):
            self.changed.emit()


def _words(description: str, chip: Chip, understood: Understood) -> str:
    """What the user wrote, from the first word that steers the phrase, without articles and what other chips show."""
    start = max(0, min(chip.from_, chip.start))
    text = description[start : chip.end]
    spans = [(one.start, one.end) for one in understood.chips] + [(one.start, one.end) for one in understood.unknown]
    for first, last in sorted(spans, reverse=True):
        if start <= first and last <= chip.start:
            text = text[: first - start] + text[last - start :]
    words, own = text.split(), len(description[chip.start : chip.end].split())
    while len(words) > own and words[0].lower() in _LEADING:
        words.pop(0)
    while len(words) > 1 and words[0].lower() in _ARTICLES:
        words.pop(0)
    return f"{' '.join(words)} → {chip.guess}" if chip.guess else " ".join(words)
