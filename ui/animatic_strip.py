"""The animatic as a strip: a still of each shot as wide as it is long, acts above, the playhead over all."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QPolygonF,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame

from studio_app.planning.act_starts import Act, acts_in, shot_starts
from studio_app.session.session import Session
from timeline.storyboard import Shot, Storyboard
from timeline.time import ZERO, FrameRate, RationalTime
from ui import words
from ui.panel import has_keys
from ui.qt import icons, image, tokens
from ui.qt.draw import MIDDLE_LEFT, hatch, line_of, outline, rounded
from ui.qt.language import translated
from ui.shot_items import STATES
from ui.shot_pictures import SKETCH_OPACITY
from ui.strip_pictures import StripPictures

_MARGIN = 12
_HEAD = 20
"""Height of the line with the names of the acts and the head of the playhead."""
_GAP = 2
_MOST_ZOOM = 32.0
_EDGE, _SLACK = 5.0, 3.0
"""How near the end of a shot a press takes its length, and how far the hand goes before it is changed."""
_NARROW = 26
"""A still that is narrower shows nothing but its picture."""
_QUIET = ("none", "ready", "footage")
"""States that need no sign here."""


@dataclass
class _Trim:
    """A length in the hand: where it was taken, what it was, and the scale it is held at."""

    shot_id: str
    x: float
    length: RationalTime
    per_second: float
    is_moved: bool = False

    def length_at(self, x: float, rate: FrameRate) -> RationalTime:
        """The length the hand means: a frame at least."""
        frames = self.length.nearest_frame(rate) + round((x - self.x) / self.per_second * float(rate))
        return RationalTime.from_frames(max(1, frames), rate)


class AnimaticStrip(QAbstractScrollArea):
    """Fits the whole film into its width; Ctrl and the wheel widen it. Told by the panel; emits where the hand puts the playhead."""

    sought = Signal(object)
    played = Signal()
    menu_asked = Signal(QPoint)
    trimmed = Signal(str, object)
    """A shot and how long the hand makes it."""
    trim_ended = Signal(bool)
    """Whether it is to stay."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session, self.pictures = session, StripPictures(session)
        self._board: Storyboard | None = None
        self._starts: tuple[RationalTime, ...] = (ZERO,)
        self._acts: Sequence[Act] = ()
        self._zoom = 1.0
        self._is_held = False
        self._trim: _Trim | None = None
        self._stills: QPixmap | None = None
        """All but the playhead, as it was painted last: the film plays over it."""
        self._head_at = 0
        self._later = QTimer(self, interval=1000, singleShot=True)
        self._later.timeout.connect(self.refresh)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.setAccessibleName(self.tr("Animatic"))

    @property
    def length(self) -> RationalTime:
        """How long the film is."""
        return self._starts[-1]

    def show_board(self, board: Storyboard | None) -> None:
        """The shots are others."""
        if board is None or self._board is None or board.global_style != self._board.global_style:
            self.pictures.forget()
        self._board = board
        self._starts = shot_starts(board) if board is not None else (ZERO,)
        self._acts = acts_in(board) if board is not None else ()
        self._fit()

    def show_time(self, time: RationalTime) -> None:
        """The playhead moved: it stays in sight while the strip is wider than the view."""
        x, bar = self.x_of(time), self.horizontalScrollBar()
        if bar.maximum() and not self._is_held and not 0 <= x <= self.viewport().width():
            bar.setValue(bar.value() + round(x - self.viewport().width() / 4))
        height = self.viewport().height()
        for place in (self._head_at, round(self.x_of(time))):
            self.viewport().update(place - 8, 0, 16, height)

    def refresh(self) -> None:
        """Pictures, states or what is chosen are others."""
        self._stills = None
        self.viewport().update()

    # time and place

    @property
    def _per_second(self) -> float:
        if self._trim is not None:  # the edge stays under the hand
            return self._trim.per_second
        room = max(1, self.viewport().width() - 2 * _MARGIN)
        return room * self._zoom / max(0.001, self.length.to_seconds())

    def x_of(self, time: RationalTime) -> float:
        """Where a time is, in the viewport."""
        return _MARGIN + time.to_seconds() * self._per_second - self.horizontalScrollBar().value()

    def time_at(self, x: float) -> RationalTime:
        """The frame at a place of the viewport, within the film."""
        if self._board is None or not self.length:
            return ZERO
        seconds = (x - _MARGIN + self.horizontalScrollBar().value()) / self._per_second
        return min(max(RationalTime.from_seconds(max(0.0, seconds), self._board.rate), ZERO), self.length)

    def place_of(self, row: int) -> QRectF:
        """Where the still of a shot stands, in the viewport."""
        left, right = self.x_of(self._starts[row]), self.x_of(self._starts[row + 1])
        height = self.viewport().height() - _HEAD - 8
        return QRectF(left, _HEAD, max(1.0, right - left - _GAP), max(12, height))

    def row_at(self, x: float) -> int | None:
        """The shot at a place."""
        count = len(self._board.shots) if self._board is not None else 0
        row = bisect_right(self._starts, self.time_at(x)) - 1
        return min(row, count - 1) if count else None

    def edge_at(self, x: float) -> int | None:
        """The shot whose end is near a place; a narrow one keeps its middle for the playhead."""
        rows = range(len(self._board.shots) if self._board is not None else 0)
        near = [row for row in rows if abs(self.place_of(row).right() + _GAP / 2 - x) <= self._reach(row)]
        return min(near, key=lambda row: abs(self.place_of(row).right() - x)) if near else None

    def _reach(self, row: int) -> float:
        return min(_EDGE, self.place_of(row).width() / 4)

    def _fit(self) -> None:
        width = self.viewport().width()
        bar = self.horizontalScrollBar()
        bar.setPageStep(width)
        bar.setSingleStep(40)
        bar.setRange(0, max(0, round((width - 2 * _MARGIN) * (self._zoom - 1))))
        self.refresh()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Another part of it is seen."""
        self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As wide as the view."""
        self._fit()

    # the hand

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The playhead comes, and its shot is chosen; at the end of a shot its length is held."""
        if event.button() is not Qt.MouseButton.LeftButton or not self.length or self._board is None:
            return
        x, row = event.position().x(), self.edge_at(event.position().x())
        if row is not None and event.position().y() > _HEAD:
            shot = self._board.shots[row]
            self._session.selection.shots.set([shot.id])
            self._trim = _Trim(shot.id, x, shot.duration, self._per_second)
            return
        self._is_held = True
        self.sought.emit(self.time_at(x))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """It follows while it is held."""
        x = event.position().x()
        if self._trim is not None and self._board is not None:
            self._trim.is_moved = self._trim.is_moved or abs(x - self._trim.x) >= _SLACK
            if self._trim.is_moved:
                self.trimmed.emit(self._trim.shot_id, self._trim.length_at(x, self._board.rate))
            return
        if self._is_held:
            self.sought.emit(self.time_at(x))
        is_edge = not self._is_held and event.position().y() > _HEAD and self.edge_at(x) is not None
        self.viewport().setCursor(Qt.CursorShape.SizeHorCursor if is_edge else Qt.CursorShape.ArrowCursor)
        row = self.row_at(x)
        shot = self._board.shots[row] if self._board is not None and row is not None else None
        self.viewport().setToolTip(shot.description if shot is not None else "")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """It stays; a press at an edge that was not moved puts the playhead there."""
        self._is_held = False
        if self._trim is not None:
            is_moved = self._trim.is_moved
            self._end_trim(True)
            if not is_moved:
                self.sought.emit(self.time_at(event.position().x()))

    def _end_trim(self, is_kept: bool) -> None:
        trim, self._trim = self._trim, None
        if trim is not None and trim.is_moved:
            self.trim_ended.emit(is_kept)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc lets go of a length: it is as it was."""
        if event.key() == Qt.Key.Key_Escape and self._trim is not None:
            self._end_trim(False)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """While a length is held Esc is for the strip, whatever else it is bound to."""
        is_override = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if is_override and self._trim is not None and event.key() == Qt.Key.Key_Escape:  # type: ignore[attr-defined]
            event.accept()
            return True
        return super().event(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Play from here."""
        if event.button() is Qt.MouseButton.LeftButton and self.length:
            self.sought.emit(self.time_at(event.position().x()))
            self.played.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be done with the shot under the pointer."""
        self.sought.emit(self.time_at(event.pos().x()))
        self.menu_asked.emit(event.globalPos())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolls; with Ctrl or Alt it widens at the pointer."""
        turns = (event.angleDelta().y() or event.angleDelta().x()) / 120
        bar = self.horizontalScrollBar()
        if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            x = event.position().x()
            share = (x - _MARGIN + bar.value()) / self._per_second
            self._zoom = min(_MOST_ZOOM, max(1.0, self._zoom * 1.25**turns))
            self._fit()
            bar.setValue(round(share * self._per_second + _MARGIN - x))
        else:
            bar.setValue(round(bar.value() - turns * 80))
        event.accept()

    # the picture

    def paintEvent(self, event: QPaintEvent) -> None:
        """Acts and stills as they were painted last, and the playhead."""
        if self._stills is None:
            self._stills = self._painted()
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.drawPixmap(0, 0, self._stills)
        if self._board is not None and self._board.shots:
            self._paint_playhead(painter)
            self._paint_trim(painter)
        painter.end()

    def _painted(self) -> QPixmap:
        """All but the playhead."""
        ratio = self.viewport().devicePixelRatioF()
        found = QPixmap(self.viewport().size() * ratio)
        found.setDevicePixelRatio(ratio)
        painter = QPainter(found)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.viewport().rect(), tokens.color("surface.panel"))
        if self._board is not None and self._board.shots:
            self._paint_acts(painter)
            chosen = set(self._session.selection.shots.ids)
            for row, shot in enumerate(self._board.shots):
                place = self.place_of(row)
                if place.right() >= 0 and place.left() <= self.viewport().width():
                    self._paint_shot(painter, place, row, shot, shot.id in chosen)
        painter.end()
        if self.pictures.is_behind:
            self.pictures.is_behind = False
            self._later.start()
        return found

    def _paint_acts(self, painter: QPainter) -> None:
        painter.setFont(tokens.font("caption"))
        painter.setPen(tokens.color("text.secondary"))
        for act in self._acts:
            left = max(float(_MARGIN), self.x_of(self._starts[act.first]))
            right = self.x_of(self._starts[act.first + act.count])
            line_of(painter, QRectF(left, 2, max(0.0, right - left - 8), _HEAD - 4), translated("Narrative", act.name))

    def _paint_shot(self, painter: QPainter, place: QRectF, row: int, shot: Shot, is_chosen: bool) -> None:
        painter.save()
        painter.setClipRect(place)
        found, is_sketch = self.pictures.of(shot)
        if found is None or is_sketch:
            hatch(painter, place, "clip.placeholder_body", "clip.placeholder_line", 0.14, 2)
            painter.setOpacity(SKETCH_OPACITY)
        if found is not None:
            width = place.height() * found.width() / max(1, found.height())
            x = place.left()
            while x < place.right():  # the same still again: its own shape, whatever the length of the shot
                image.draw_cover(
                    painter, QRectF(x, place.top(), min(width, place.right() - x), place.height()), found, 0
                )
                x += width + 1
        painter.setOpacity(1)
        if place.width() >= _NARROW:
            self._paint_number(painter, place, row, shot)
        painter.restore()
        if is_chosen:
            outline(painter, place, "accent.default" if has_keys(self) else "border.inactive", 2, 2)

    def _paint_number(self, painter: QPainter, place: QRectF, row: int, shot: Shot) -> None:
        """The number, and a sign where the shot is on its way or held."""
        painter.setFont(tokens.font("caption", tabular=True))
        state = self._session.generation.state_of(shot.id).state
        icon, colour = STATES[state][:2]
        text = str(row + 1)
        width = painter.fontMetrics().horizontalAdvance(text) + 10
        room = QRectF(place.left() + 3, place.top() + 3, width + (0 if state in _QUIET else 16), 16)
        rounded(painter, room, "surface.window", 3, 0.82)
        painter.setPen(tokens.color("text.primary"))
        painter.drawText(room.adjusted(5, 0, 0, 0), MIDDLE_LEFT, text)
        if state not in _QUIET:
            icons.paint(painter, QRectF(room.right() - 16, room.top() + 2, 12, 12), icon, tokens.color(colour))

    def _paint_trim(self, painter: QPainter) -> None:
        """The length that is held, and by how much it is another, beside the edge."""
        board, trim = self._board, self._trim
        if board is None or trim is None or not trim.is_moved:
            return
        row = next((n for n, shot in enumerate(board.shots) if shot.id == trim.shot_id), None)
        if row is None:
            return
        place, now = self.place_of(row), board.shots[row].duration
        painter.fillRect(QRectF(place.right(), place.top(), 2, place.height()), tokens.color("accent.default"))
        frames = (now - trim.length).nearest_frame(board.rate)
        sign = "+" if frames > 0 else "\N{MINUS SIGN}" if frames < 0 else "±"
        change = self.tr("{count} frames").format(count=f"{sign}{abs(frames)}")
        text = f"{words.seconds(now)}  {change}"
        painter.setFont(tokens.font("ui", tabular=True))
        width = painter.fontMetrics().horizontalAdvance(text) + 16
        x = min(max(4.0, place.right() - width - 4), self.viewport().width() - width - 4)
        room = QRectF(x, place.center().y() - 11, width, 22)
        rounded(painter, room, "surface.window", 3, 0.9)
        painter.setPen(tokens.color("text.primary"))
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_playhead(self, painter: QPainter) -> None:
        self._head_at = round(self.x_of(min(self._session.animatic.at, self.length)))
        x = self._head_at + 0.5
        height = self.viewport().height()
        dark = QColor(tokens.color("surface.window"))
        painter.fillRect(QRectF(x - 1.5, _HEAD - 8, 3, height), dark)
        painter.fillRect(QRectF(x - 0.5, 6, 1, height), tokens.color("accent.default"))
        painter.setBrush(tokens.color("accent.default"))
        painter.setPen(Qt.PenStyle.NoPen)
        head = ((-5, 2), (5, 2), (5, 8), (0, 13), (-5, 8))
        painter.drawPolygon(QPolygonF([QPointF(x + dx, dy) for dx, dy in head]))
