"""The tension of scenes against the ideal curve: steps as wide as the scenes are long, the ideal as a dotted line."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from studio_app.planning.narrative.story import Story
from ui.qt import tokens
from ui.qt.draw import line_of, outline, rounded
from ui.qt.language import translated

_HEIGHT = 116
_NAMES = 18
"""The row of act names above the curve."""
_LEAST_NAME = 44.0


class TensionCurve(QWidget):
    """Emits `chosen` with the id of the scene that was pressed. A scene under the pointer says why it is as tense as it is."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Tension of scenes"))
        self._story: Story | None = None
        self._chosen: frozenset[str] = frozenset()
        self._under: int | None = None

    def show_story(self, story: Story | None, chosen: frozenset[str] = frozenset()) -> None:
        """Show another story, and which of its scenes are chosen."""
        if story is not self._story or chosen != self._chosen:
            self._story, self._chosen = story, chosen
            self._under = None
            if story is not None:
                self.setAccessibleDescription(
                    ", ".join(f"{one.name} {round(one.tension.value * 100)} %" for one in story.scenes)
                )
            self.update()

    def sizeHint(self) -> QSize:
        """Wide enough to read."""
        return QSize(280, _HEIGHT)

    def plot(self) -> QRectF:
        """Where the curves are."""
        return QRectF(self.rect()).adjusted(1, _NAMES, -1, -1)

    def scene_rects(self) -> list[QRectF]:
        """The step of each scene, from its level down to the ground."""
        story, place = self._story, self.plot()
        if story is None or not story.scenes:
            return []
        starts = [one.to_seconds() for one in story.starts]
        whole = starts[-1] or 1.0
        found = []
        for left, right, level in zip(starts, starts[1:], story.levels, strict=False):
            top = self._y(level)
            x = place.left() + place.width() * left / whole
            found.append(QRectF(x, top, place.width() * (right - left) / whole, place.bottom() - top))
        return found

    def scene_at(self, x: float) -> int | None:
        """Number of the scene under a place."""
        return next((n for n, one in enumerate(self.scene_rects()) if one.left() <= x < one.right()), None)

    def _y(self, level: float) -> float:
        place = self.plot()
        return place.bottom() - 4 - (place.height() - 12) * level

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, acts, steps, the ideal over them."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rounded(painter, self.plot(), "surface.well", tokens.radius("clip"))
        if self._story is not None and self._story.scenes:
            self._paint_acts(painter, self._story)
            self._paint_steps(painter, self._story)
            self._paint_ideal(painter, self._story)
        if self.hasFocus():
            outline(painter, self.plot(), "accent.default", 1, tokens.radius("clip"))
        painter.end()

    def _paint_acts(self, painter: QPainter, story: Story) -> None:
        place = self.plot()
        painter.setFont(tokens.font("caption"))
        metrics = painter.fontMetrics()
        bounds = [place.left() + place.width() * float(one) for one in story.structure.bounds]
        for beat, left, right in zip(story.structure.beats, bounds, bounds[1:], strict=False):
            if left > place.left():
                painter.setPen(QPen(tokens.color("border.default"), 1))
                painter.drawLine(QPointF(round(left) + 0.5, place.top()), QPointF(round(left) + 0.5, place.bottom()))
            room = QRectF(left + 4, 0, right - left - 6, _NAMES - 2)
            if room.width() >= min(_LEAST_NAME, metrics.horizontalAdvance(translated("Narrative", beat.name))):
                painter.setPen(tokens.color("text.muted"))
                line_of(painter, room, translated("Narrative", beat.name))

    def _paint_steps(self, painter: QPainter, story: Story) -> None:
        for n, (scene, rect) in enumerate(zip(story.scenes, self.scene_rects(), strict=True)):
            body = rect.adjusted(0.5, 0, -0.5 if rect.width() > 3 else 0, 0)
            is_chosen, is_under = scene.id in self._chosen, n == self._under
            strength = 0.34 if is_under else 0.22 if scene.tension.is_known else 0.08
            painter.fillRect(body, tokens.color("text.secondary", strength))
            colour = "accent.default" if is_chosen else "text.primary" if is_under else "text.secondary"
            painter.setPen(QPen(tokens.color(colour), 2 if is_chosen else 1.4))
            painter.drawLine(body.topLeft(), body.topRight())
            if is_chosen:
                outline(painter, body, "accent.default", 1, 0)

    def _paint_ideal(self, painter: QPainter, story: Story) -> None:
        place, line = self.plot(), QPainterPath()
        for n, (at, level) in enumerate(story.structure.points):
            point = QPointF(place.left() + place.width() * at, self._y(level))
            line.lineTo(point) if n else line.moveTo(point)
        pen = QPen(tokens.color("text.primary"), 1.4, Qt.PenStyle.CustomDashLine)
        pen.setDashPattern([3, 3])
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.strokePath(line, pen)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The scene under the pointer is brighter."""
        under = self.scene_at(event.position().x())
        if under != self._under:
            self._under = under
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """None is."""
        self._under = None
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the scene."""
        under = self.scene_at(event.position().x())
        if under is not None and self._story is not None and event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit(self._story.scenes[under].id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right go from scene to scene."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        scenes = self._story.scenes if self._story is not None else ()
        if not step or not scenes:
            super().keyPressEvent(event)
            return
        now = next((n for n, one in enumerate(scenes) if one.id in self._chosen), -1 if step > 0 else len(scenes))
        self.chosen.emit(scenes[min(max(now + step, 0), len(scenes) - 1)].id)

    def event(self, event: QEvent) -> bool:
        """What the scene is, and why it is as tense."""
        if isinstance(event, QHelpEvent) and self._story is not None:
            under = self.scene_at(event.pos().x())
            if under is not None:
                scene = self._story.scenes[under]
                name = f"{scene.name}, {round(scene.tension.value * 100)} %"
                QToolTip.showText(event.globalPos(), f"{name}\n{scene.tension.sentence}", self)
            return True
        return super().event(event)
