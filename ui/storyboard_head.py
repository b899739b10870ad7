"""The line above the shots: how many, how long, in which states, what was spent, and the one button that makes what is missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QWidget

from studio_app.planning.assemble import total_length
from studio_app.session.bills import Bill
from studio_app.session.session import Session
from timeline.errors import StudioError
from timeline.storyboard import Storyboard
from timeline.timecode import format_timecode
from ui import words
from ui.qt import icons
from ui.qt.language import translated
from ui.qt.menu import pop_up
from ui.shot_items import STATES, state_word
from ui.widgets import Bar, StateCount, icon_label, label, push_button, row, tool_button

_COUNTED = ("ready", "footage", "running", "landing", "queued", "failed", "over_budget", "unknown")
_KEPT = ("running", "failed", "over_budget", "unknown")
"""Counts that give way last."""


def price_of(bill: Bill) -> str:
    """`$ 1.92`, `free`, that none can be made as they stand, or an ellipsis while some shots are not planned yet."""
    if bill.count and bill.count == bill.faults:
        return translated("ShotDelegate", "not ready")
    return "…" if bill.is_pending else words.price(bill.cost)


def made_by(bill: Bill) -> int:
    """How many shots can be made: those that nobody can make as they stand do not count, unless there are no others."""
    return bill.count - bill.faults or bill.count


class StoryboardHead(QWidget):
    """Told by the panel; presses run actions."""

    def __init__(self, session: Session, run: Callable[[str], object]) -> None:
        super().__init__()
        self._session, self._run = session, run
        self._bills: dict[str, Bill] = {}
        self.has_money = False
        self._line = layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 10, 16, 10)
        layout.setSpacing(12)
        self.count = label("", size="body", weight="semibold")
        self.total = label("", "muted", tabular=True)
        layout.addWidget(self.count)
        layout.addWidget(self.total)
        self.counts = {state: StateCount(*STATES[state][:2], state_word(state)) for state in _COUNTED}
        for chip in self.counts.values():
            layout.addWidget(chip)
        layout.addStretch(1)
        self.spent = self._spent()
        layout.addWidget(self.spent)
        self._verbs, self._cancel_words = ("", ""), ""
        self.cancel = push_button(self.tr("Cancel"), "x")
        self.cancel.clicked.connect(lambda: run("shot.cancel_all"))
        self.place = push_button(self.tr("To timeline"), "arrow-down-to-line")
        self.place.setToolTip(
            self.tr("Stand the shots on the timeline: takes where there are some, placeholders where not")
        )
        self.place.clicked.connect(lambda: run("shot.place"))
        self.play = push_button(self.tr("Play animatic"), "play")
        self.play.setToolTip(self.tr("Play the shots for their lengths, with sketches of what is missing (Ctrl+Space)"))
        self.play.clicked.connect(lambda: run("shot.animatic"))
        self.generate = push_button(self.tr("Generate"), "sparkles", primary=True)
        self.generate.clicked.connect(lambda: run("shot.generate_all"))
        self.more = tool_button("chevron-down", self.tr("What else can be generated, and for how much"), size=28)
        self.more.clicked.connect(self._open_more)
        for widget in (self.cancel, self.place, self.play):
            layout.addWidget(widget)
        layout.addWidget(row(self.generate, self.more, spacing=4))

    def _spent(self) -> QWidget:
        self.money = label("", "secondary", tabular=True)
        self.bar = Bar(80)
        return row(icon_label("wallet", "text.secondary", 14), self.money, self.bar, spacing=6)

    def tell(self, board: Storyboard) -> None:
        """Count anew."""
        session, shots = self._session, board.shots
        self.count.setText(words.plural(len(shots), "shot"))
        self.total.setText(format_timecode(total_length(board), board.rate))
        by_state: dict[str, list[str]] = {}
        for shot in shots:
            by_state.setdefault(session.generation.state_of(shot.id).state, []).append(shot.id)
        states = Counter({state: len(ids) for state, ids in by_state.items()})
        for state, chip in self.counts.items():
            chip.set_number(states[state])
        busy = states["running"] + states["queued"] + states["landing"]
        self.cancel.setVisible(bool(busy))
        self._cancel_words = self.tr("Cancel {jobs}").format(jobs=words.plural(busy, "job"))
        self._tell_bill(board, by_state, len(shots))
        self._tell_money()
        self.show_playing()
        self.squeeze(self.width())

    def _tell_bill(self, board: Storyboard, by_state: dict[str, list[str]], count: int) -> None:
        session = self._session
        missing = session.generation.missing(board)
        unknown = by_state.get("unknown", ())  # each is asked about on its card
        wordy = [
            one.id for one in board.shots if one.description.strip() and one.media_id is None and one.id not in unknown
        ]
        self._bills = {
            "shot.generate_all": session.bills.of(board, missing),
            "shot.generate_failed": session.bills.of(board, by_state.get("failed", ())),
            "shot.generate_every": session.bills.of(board, wordy),
        }
        number = made_by(self._bills["shot.generate_all"])
        self.generate.setVisible(bool(number))
        what = self.tr("{missing} missing").format(missing=number) if number < count else words.plural(number, "shot")
        price = price_of(self._bills["shot.generate_all"])
        self._verbs = (
            self.tr("Generate {what}, {price}").format(what=what, price=price),
            self.tr("Generate {missing}, {price}").format(missing=number, price=price),
        )
        faults = self._bills["shot.generate_all"].faults
        self.generate.setToolTip(
            self.tr("{shots} cannot be made as they stand: the cards say why").format(
                shots=words.plural(faults, "shot")
            )
            if faults
            else ""
        )

    def _tell_money(self) -> None:
        session = self._session
        try:
            spent = session.desk.book.spent(session.document.project.id)
        except StudioError:  # the book cannot be read now: what is known stays
            return
        cap = session.desk.caps.project_hard
        self.has_money = bool(spent.all or cap)
        parts = [self.tr("{money} spent").format(money=words.money(spent.billed))]
        if spent.reserved:
            parts.append(self.tr("{money} open").format(money=words.money(spent.reserved)))
        self.money.setText(", ".join(parts))
        self.bar.setVisible(cap is not None)
        self.bar.set_fraction(min(1.0, float(spent.all / cap)) if cap else None)
        tip = self.tr("of {cap} for this project").format(cap=words.money(cap)) if cap else ""
        self.spent.setToolTip(tip or self.tr("No cap is set for this project"))

    def show_playing(self) -> None:
        """What the button of the animatic does now."""
        is_on = self._session.animatic.is_on
        self.play.setText(self.tr("Stop animatic") if is_on else self.tr("Play animatic"))
        self.play.setIcon(icons.icon("square" if is_on else "play", "text.secondary", "text.primary"))

    def _open_more(self) -> None:
        pop_up(self.more_menu(), self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def more_menu(self) -> QMenu:
        """Missing, failed, all: each with its number and price; what there is none of is left out."""
        menu = QMenu(self)
        texts = {
            "shot.generate_all": ("sparkles", self.tr("Generate {count} missing, {price}")),
            "shot.generate_failed": ("rotate-ccw", self.tr("Generate {count} failed, {price}")),
            "shot.generate_every": ("refresh-cw", self.tr("Generate all {count} anew, {price}")),
        }
        for action_id, (icon, text) in texts.items():
            bill = self._bills.get(action_id, Bill())
            if bill.count:
                said = text.format(count=made_by(bill), price=price_of(bill))
                menu.addAction(icons.icon(icon), said, lambda run=action_id: self._run(run))
        menu.addSeparator()
        menu.addAction(icons.icon("file-text"), self.tr("Dry run…"), lambda: self._run("shot.dry_run"))
        return menu

    def squeeze(self, width: int) -> None:
        """In a narrow panel words, then counts, then further buttons give way; the verb is never cut.

        The widths are added up before anything is shown: showing and hiding costs a layout each, and takes come in bursts.
        """
        less = next((one for one in range(_STEPS) if self._width_at(one) <= width), _STEPS - 1)
        self.cancel.setToolTip(self._cancel_words)
        for chip in self.counts.values():
            chip.set_compact(less > 0)
        for button, text in self._texts_at(less).items():
            if button.text() != text:
                button.setText(text)
        for widget, is_shown in self._shown_at(less).items():
            if widget.isHidden() == is_shown:
                widget.setVisible(is_shown)

    def _texts_at(self, less: int) -> dict[QPushButton, str]:
        return {
            self.cancel: self._cancel_words if less < 2 else self.tr("Cancel"),
            self.generate: self._verbs[0] if less < 7 else self._verbs[1],
        }

    def _shown_at(self, less: int) -> dict[QWidget, bool]:
        """What stands in the line after so many steps back; the rest always does, but for the verbs, which have reasons of their own."""
        shown: dict[QWidget, bool] = {
            chip: chip.number > 0 and (less < 6 or (less < 8 and state in _KEPT)) for state, chip in self.counts.items()
        }
        shown[self.bar] = less < 3 and self._session.desk.caps.project_hard is not None
        shown[self.spent] = less < 3 and self.has_money
        return shown | {self.place: less < 4, self.play: less < 6, self.total: less < 7}

    def _width_at(self, less: int) -> int:
        texts, shown = self._texts_at(less), self._shown_at(less)
        shown |= {one: not one.isHidden() for one in (self.count, self.cancel)}
        widths = []
        for widget, is_shown in shown.items():
            if not is_shown or widget is self.bar:  # it is in `spent`
                continue
            widget.ensurePolished()
            if isinstance(widget, StateCount):
                widths.append(widget.width_of(less > 0))
            elif isinstance(widget, QPushButton):
                widths.append(_width_with(widget, texts.get(widget, widget.text())))
            elif widget is self.spent:
                has_bar = shown[self.bar]
                widths.append(20 + self.money.sizeHint().width() + (6 + self.bar.width() if has_bar else 0))
            else:
                widths.append(widget.sizeHint().width())
        verbs = self.more.minimumWidth()
        verbs += 0 if self.generate.isHidden() else 4 + _width_with(self.generate, texts[self.generate])
        margins = self._line.contentsMargins()
        return sum(widths) + verbs + self._line.spacing() * len(widths) + margins.left() + margins.right()


_STEPS = 9


def _width_with(button: QPushButton, text: str) -> int:
    """How wide a button would want to be with another text."""
    metrics = button.fontMetrics()
    return button.sizeHint().width() + metrics.horizontalAdvance(text) - metrics.horizontalAdvance(button.text())
