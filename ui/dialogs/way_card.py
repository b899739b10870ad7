"""Ways out of a length that does not fit: for each a card with bars of what becomes of it, a name, what it does in figures."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QLabel, QWidget

from ui.dialogs.base import Dialog
from ui.qt import tokens
from ui.qt.draw import outline, rounded
from ui.widgets import label, row

_CARD = QSize(176, 132)
_WHOLE = ("slow", "extend", "joined", "other")
"""Ways after which the place is full."""


class WayCard(QAbstractButton):
    """`way`: slow, hold, extend, trim; joined, shorter, other. `share`: how much of its place what there is fills; `count`: parts."""

    def __init__(self, way: str, title: str, fact: str, share: float, count: int = 1) -> None:
        super().__init__()
        self.way, self._title, self._fact, self._share, self._count = way, title, fact, share, count
        self.setCheckable(True)
        self.setFixedSize(_CARD)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAccessibleName(f"{title}. {fact}")

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ground, bars, words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        rounded(painter, whole, "surface.selected" if self.isChecked() else "surface.inset", 6)
        self._bars(painter, QRectF(12, 14, self.width() - 24, 40))
        painter.setFont(tokens.font("body", "semibold"))
        painter.setPen(tokens.color("text.primary"))
        painter.drawText(QRectF(12, 64, self.width() - 24, 20), int(Qt.AlignmentFlag.AlignVCenter), self._title)
        painter.setFont(tokens.font("ui"))
        painter.setPen(tokens.color("text.secondary"))
        flags = int(Qt.TextFlag.TextWordWrap)
        painter.drawText(QRectF(12, 86, self.width() - 24, 40), flags, self._fact)
        if self.isChecked():
            outline(painter, whole, "accent.default", 2, 6)
        elif self.hasFocus():
            outline(painter, whole, "accent.default", 1, 6)
        elif self.underMouse():
            outline(painter, whole, "border.strong", 1, 6)
        painter.end()

    def _bars(self, painter: QPainter, place: QRectF) -> None:
        """The place in the cut as a frame, the take in it as frames of film: more apart where it is slower."""
        share = 1.0 if self.way in _WHOLE else self._share
        film = QRectF(place.left(), place.top(), place.width() * share, place.height())
        rounded(painter, film, "clip.video_body", 3)
        count = max(2, round(8 * (self._share if self.way == "slow" else share)))
        painter.setPen(tokens.color("clip.video"))
        for number in range(1, count):
            x = film.left() + film.width() * number / count
            painter.drawLine(int(x), int(film.top()), int(x), int(film.bottom()))
        if self.way in ("extend", "joined"):
            self._seams(painter, film)
        if self.way == "hold":
            held = QRectF(film.right(), place.top(), place.right() - film.right(), place.height())
            rounded(painter, held, "clip.video_body", 3)
            one = film.width() / count
            rounded(painter, QRectF(film.right() - one, film.top(), one, film.height()), "clip.video", 2, 0.8)
            rounded(painter, held, "clip.video", 3, 0.45)
        pen = painter.pen()
        pen.setColor(tokens.color("text.muted"))
        pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)

    def _seams(self, painter: QPainter, film: QRectF) -> None:
        """Where one film goes on from the last picture of the one before; what is made anew is lighter."""
        shares = [self._share] if self.way == "extend" else [self._share * at for at in range(1, self._count)]
        first = film.left() + film.width() * min(shares, default=1.0)
        rounded(painter, QRectF(first, film.top(), film.right() - first, film.height()), "accent.default", 3, 0.22)
        painter.setPen(tokens.color("accent.default"))
        for share in shares:
            x = int(film.left() + film.width() * share)
            painter.drawLine(x, int(film.top()) - 4, x, int(film.bottom()) + 4)


class WaysDialog(Dialog):
    """Arrow keys and Tab go through the ways; Enter does the marked one, Esc changes nothing. What cannot be done keeps it open."""

    def _lay(self, cards: tuple[WayCard, ...], between: QWidget | None = None) -> None:
        """The cards, `how` says what the marked one does, `between` stands before it."""
        self.cards = cards
        group = QButtonGroup(self)
        for card in cards:
            group.addButton(card)
            card.toggled.connect(lambda _: self._show_way())
        self.body.addWidget(row(*cards, 1, spacing=12))
        if between is not None:
            self.body.addWidget(between)
        self.how = self._words("muted")
        self.problem = self._words("failed", "body")
        self.problem.hide()
        self.add_button(self.tr("Cancel"))

    def _words(self, tone: str, size: str = "ui") -> QLabel:
        words = label("", tone, size)
        words.setWordWrap(True)
        self.body.addWidget(words)
        return words

    def _mark_first(self) -> None:
        self.cards[0].setChecked(True)
        self._show_way()
        self.cards[0].setFocus()

    @property
    def _way(self) -> str:
        return next((card.way for card in self.cards if card.isChecked()), self.cards[0].way)

    def _show_way(self) -> None:
        """What the marked way does, and its price."""
        raise NotImplementedError

    def _refuse(self, sentence: str) -> None:
        self.problem.setText(sentence)
        self.problem.show()
