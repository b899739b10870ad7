"""A take is too short for its clip: play it slower, hold its last frame, or let the clip end with it; each with a picture of it."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QWidget

from studio_app.session.session import Session
from studio_app.session.taking import is_too_short, use_take
from timeline.commands.use_take import Short
from timeline.errors import StudioError
from timeline.items import Clip
from timeline.media import Media
from timeline.query import media_name
from timeline.sequence import Sequence
from ui.dialogs.base import Dialog
from ui.qt import tokens
from ui.qt.draw import outline, rounded
from ui.widgets import label, row

_CARD = QSize(176, 132)


class WayCard(QAbstractButton):
    """One way out: bars of what the clip shows then, a name, what it does in figures."""

    def __init__(self, way: Short, title: str, fact: str, share: float) -> None:
        super().__init__()
        self.way, self._title, self._fact, self._share = way, title, fact, share
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
        share = 1.0 if self.way == "slow" else self._share
        film = QRectF(place.left(), place.top(), place.width() * share, place.height())
        rounded(painter, film, "clip.video_body", 3)
        count = max(2, round(8 * self._share))
        painter.setPen(tokens.color("clip.video"))
        for number in range(1, count):
            x = film.left() + film.width() * number / count
            painter.drawLine(int(x), int(film.top()), int(x), int(film.bottom()))
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


class TakeTooShortDialog(Dialog):
    """Arrow keys and Tab go through the ways; Enter does the marked one, Esc changes nothing."""

    def __init__(self, parent: QWidget | None, session: Session, sequence: Sequence, clip: Clip, media: Media) -> None:
        super().__init__(
            parent, QCoreApplication.translate("TakeTooShort", "This take is too short for its place"), 610
        )
        self._session, self._place, self._media_id = session, (sequence.id, clip.id), media.id
        lacks = is_too_short(sequence, clip, media)
        has, needs = (clip.duration - lacks).to_seconds(), clip.duration.to_seconds()
        self.add_words(
            self.tr(
                "“{name}” has {has}, its clip lasts {needs}. Place, effects, fades and links stay in each case."
            ).format(name=media_name(media), has=seconds(has), needs=seconds(needs))
        )
        share = has / needs if needs else 1.0
        speed = float(abs(clip.speed) * Fraction(has / needs if needs else 1).limit_denominator(10_000)) * 100
        self.cards = (
            WayCard("slow", self.tr("Slow"), self.tr("All of it at {speed} %").format(speed=f"{speed:.0f}"), share),
            WayCard(
                "hold",
                self.tr("Hold the last frame"),
                self.tr("It stands for {time}").format(time=seconds(needs - has)),
                share,
            ),
            WayCard(
                "trim",
                self.tr("Trim the clip"),
                self.tr("A gap of {time} is left").format(time=seconds(needs - has)),
                share,
            ),
        )
        group = QButtonGroup(self)
        for card in self.cards:
            group.addButton(card)
        self.body.addWidget(row(*self.cards, 1, spacing=12))
        self.problem = label("", "failed", "body")
        self.problem.setWordWrap(True)
        self.problem.hide()
        self.body.addWidget(self.problem)
        self.add_button(self.tr("Cancel"))
        self.add_button(self.tr("Use take"), "use", primary=True)
        self.cards[0].setChecked(True)
        self.cards[0].setFocus()

    def end(self, answer: str) -> None:
        """Use it the marked way; what cannot be is said and keeps the dialog open."""
        if answer == "use":
            way = next(card.way for card in self.cards if card.isChecked())
            said: list[str] = []
            listening = self._session.document.refused.connect(said.append)
            try:
                use_take(self._session, (self._place,), self._media_id, way)
            except StudioError as error:
                said.append(error.message)
            listening.close()
            if said:
                self.problem.setText(said[0])
                self.problem.show()
                return
        super().end(answer)


def seconds(value: float) -> str:
    """`3.2 s`."""
    return f"{value:.1f} s"


def ask_too_short(parent: QWidget | None, session: Session, about: str) -> None:
    """The question for "sequence id, clip id, media id"; nothing where one of them is gone."""
    dialog = too_short_dialog(parent, session, about)
    if dialog is not None:
        dialog.ask()


def too_short_dialog(parent: QWidget | None, session: Session, about: str) -> TakeTooShortDialog | None:
    """The dialog itself."""
    sequence_id, clip_id, media_id = about.split()
    sequence = session.document.project.sequence(sequence_id)
    clip = sequence.clip(clip_id) if sequence is not None else None
    media = session.document.library.media.get(media_id)
    if sequence is None or clip is None or media is None:
        return None
    return TakeTooShortDialog(parent, session, sequence, clip, media)
