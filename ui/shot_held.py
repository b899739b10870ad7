"""Ways on for a shot that does not go on by itself: what its card says, and its two buttons. One place for card, list and menu."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from studio_app.session.generation_work import Offer
from ui import words
from ui.qt import icons, tokens
from ui.qt.draw import MIDDLE_LEFT, line_of, lines_of, outline, rounded
from ui.qt.language import QT_TRANSLATE_NOOP, translated

if TYPE_CHECKING:
    from studio_app.session.session import Session

_HEIGHT, _GAP, _MARGIN = 26, 8, 12


@dataclass(frozen=True)
class Answer:
    """One button: what is asked of the panel, its words and icon."""

    id: str
    words: str
    icon: str = ""
    values: tuple[tuple[str, str], ...] = ()

    @property
    def text(self) -> str:
        """The words in the language of the window."""
        return translated("ShotHeld", self.words).format(**dict(self.values))


_RETRY = Answer("retry", QT_TRANSLATE_NOOP("ShotHeld", "Retry"), "rotate-ccw")
_LOCAL = Answer("local", QT_TRANSLATE_NOOP("ShotHeld", "Use Starcut engine"))
_RAISE = Answer("cap", QT_TRANSLATE_NOOP("ShotHeld", "Raise cap"))
_DRAFT = Answer("local", QT_TRANSLATE_NOOP("ShotHeld", "Draft for free"))
_LOOK = Answer("look", QT_TRANSLATE_NOOP("ShotHeld", "Look again"), "search")
_ANEW = Answer("retry", QT_TRANSLATE_NOOP("ShotHeld", "Send anew"))

_SEND = QT_TRANSLATE_NOOP("ShotHeld", "Send to {engine}, {price}")
_SEND_UNPRICED = QT_TRANSLATE_NOOP("ShotHeld", "Send to {engine}, price unknown")

COLOURS = {"failed": "state.failed", "over_budget": "state.over_budget", "unknown": "state.slow"}


def answers(state: str, is_local: bool, offer: Offer | None = None) -> tuple[Answer, ...]:
    """The ways on in a state; none where it goes on by itself. `is_local`: the embedded engine is asked already.

    `offer`: another engine that is asked only after a yes; that is the question on the card, and comes first.
    """
    if state == "failed":
        first = () if offer is None else (sending(offer),)
        return (*first, _RETRY) if is_local else (*first, _RETRY, _LOCAL)
    if state == "over_budget":
        return (_RAISE, _DRAFT)
    return (_LOOK, _ANEW) if state == "unknown" else ()


def go_on(session: Session, shot_id: str, what: str) -> None:
    """Take a way on: an `Answer.id`, wherever it was pressed."""
    generation = session.generation
    if what == "retry":
        generation.retry(shot_id)
    elif what == "local":
        generation.generate([shot_id], "")
    elif what == "look":
        generation.look_again(shot_id)
    elif what == "offer":
        generation.accept(shot_id)
    elif what == "cap" and not session.held.go_on(shot_id) and session.face is not None:
        session.face.show("preferences", "engines")


def sending(offer: Offer) -> Answer:
    """`Send to Pika, $ 0.85`."""
    if offer.cost is None:
        return Answer("offer", _SEND_UNPRICED, "corner-down-right", (("engine", offer.label),))
    values = (("engine", offer.label), ("price", words.price(offer.cost)))
    return Answer("offer", _SEND, "corner-down-right", values)


def buttons(first: QRectF, picture: QRectF, found: tuple[Answer, ...]) -> list[tuple[Answer, QRectF]]:
    """Where they are on a card; one that has no room is left out (the menu has it too)."""
    metrics = QFontMetricsF(tokens.font("ui"))
    placed: list[tuple[Answer, QRectF]] = []
    x = first.left()
    for answer in found:
        width = metrics.horizontalAdvance(answer.text) + 20 + (20 if answer.icon else 0)
        if placed and x + width > picture.right() - 4:
            break
        placed.append((answer, QRectF(x, first.top(), width, _HEIGHT)))
        x += width + _GAP
    return placed


def paint_held(
    painter: QPainter, picture: QRectF, first: QRectF, state: str, message: str, found: tuple[Answer, ...]
) -> None:
    """The reason and the buttons, over the picture: its first sentence in the state's colour, the rest below it."""
    reason, _, rest = message.partition(". ")
    room = QRectF(picture.left() + _MARGIN, picture.top() + 34, picture.width() - 2 * _MARGIN, 0)
    painter.setFont(tokens.font("ui", "medium"))
    painter.setPen(tokens.color(COLOURS[state]))
    most = max(1, int((first.top() - 6 - room.top() - (18 if rest else 0)) // 17))
    said = reason if not rest else f"{reason}."
    lines = _wanted(painter, said, room.width(), most)
    lines_of(painter, QRectF(room.left(), room.top(), room.width(), 17.0 * lines), said, lines, 17)
    if rest:
        painter.setFont(tokens.font("ui"))
        painter.setPen(tokens.color("text.secondary"))
        top = room.top() + 17 * lines + 1
        left = max(1, int((first.top() - 8 - top) // 17))
        lines_of(painter, QRectF(room.left(), top, room.width(), 17.0 * left), rest, left, 17)
    painter.setFont(tokens.font("ui"))
    for answer, place in buttons(first, picture, found):
        _button(painter, place, answer)


def _wanted(painter: QPainter, text: str, width: float, most: int) -> int:
    flags = int(Qt.TextFlag.TextWordWrap)
    height = painter.fontMetrics().boundingRect(QRectF(0, 0, width, 400).toRect(), flags, text).height()
    return max(1, min(most, round(height / max(1, painter.fontMetrics().lineSpacing()))))


def _button(painter: QPainter, place: QRectF, answer: Answer) -> None:
    rounded(painter, place, "surface.control", 4)
    outline(painter, place, "border.default", 1, 4)
    x = place.left() + 10
    if answer.icon:
        icons.paint(painter, QRectF(x, place.center().y() - 7, 14, 14), answer.icon, tokens.color("text.primary"))
        x += 20
    painter.setPen(tokens.color("text.primary"))
    line_of(painter, QRectF(x, place.top(), place.right() - x, place.height()), answer.text, MIDDLE_LEFT)
