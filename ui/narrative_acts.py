"""Acts side by side, each with the pictures of its scenes; the tensest scene of an act is marked."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from studio_app.planning.narrative.acts import Act, Scene
from studio_app.planning.narrative.materials import Material
from studio_app.session.narrating import Told
from studio_app.session.session import Session
from ui import words
from ui.media_items import poster_time
from ui.qt import image, tokens
from ui.qt.draw import chip, hatch, line_of, outline
from ui.qt.language import translated
from ui.shot_pictures import SKETCH, SKETCH_OPACITY

GAP, HEAD = 8, 36
LEAST_COLUMN = 72
_CELL_GAP, _MOST = 4, 12
_MARK_FROM = 44
_WIDE_CELL = 112
"""Of wide columns: pictures about as wide stand beside each other."""
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_WAYS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


def _apart(gap: QPointF) -> float:
    """How far two pictures are apart; beside counts more than above, so that one stays in its column."""
    return abs(gap.y()) + 3 * abs(gap.x())


class ActColumns(QWidget):
    """Emits `chosen` with the id of the scene that was pressed. Columns that have no room beside each other go on below."""

    chosen = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._told: Told | None = None
        self._chosen: frozenset[str] = frozenset()
        self._in_row = 1
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizePolicy(policy)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Acts"))

    def show_told(self, told: Told | None, chosen: frozenset[str] = frozenset()) -> None:
        """Show another story, and which of its scenes are chosen."""
        if told is not self._told or chosen != self._chosen:
            self._told, self._chosen = told, chosen
            acts = told.story.acts if told is not None else ()
            self.setAccessibleDescription(
                ", ".join(f"{translated('Narrative', one.beat.name)} {len(one.scenes)}" for one in acts)
            )
            self._fit()
            self.update()

    def sizeHint(self) -> QSize:
        """As high as all rows of columns."""
        return QSize(280, self.minimumHeight())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other columns may fit beside each other."""
        self._fit()

    @property
    def _acts(self) -> tuple[Act, ...]:
        return self._told.story.acts if self._told is not None else ()

    @property
    def _column(self) -> float:
        return (self.width() - GAP * (self._in_row - 1)) / self._in_row

    def _fit(self) -> None:
        """Acts beside each other as far as there is room, in rows of the same number."""
        count = max(1, len(self._acts))
        most = max(1, (self.width() + GAP) // (LEAST_COLUMN + GAP))
        rows = -(-count // most)
        self._in_row = -(-count // rows)
        self.setFixedHeight(round(sum(self._row_heights()) + GAP * max(0, rows - 1)) if self._acts else 0)

    def _row_heights(self) -> list[float]:
        acts = self._acts
        return [
            max(self._height_of(one) for one in acts[start : start + self._in_row])
            for start in range(0, len(acts), self._in_row)
        ]

    def _across(self, act: Act) -> int:
        """How many pictures stand beside each other in a column: more scenes are shown smaller."""
        wide = self._column
        fits = max(1, int((wide + _CELL_GAP) // (40 + _CELL_GAP)))
        wanted = 1 if len(act.scenes) <= 2 else 2 if len(act.scenes) <= 6 else 3
        return min(fits, max(wanted, round(wide / _WIDE_CELL)))

    def _cell(self, act: Act) -> tuple[float, float]:
        across = self._across(act)
        width = (self._column - _CELL_GAP * (across - 1)) / across
        return width, round(width * 9 / 16)

    def _height_of(self, act: Act) -> float:
        rows = -(-min(max(1, len(act.scenes)), _MOST) // self._across(act))
        return HEAD + rows * (self._cell(act)[1] + _CELL_GAP)

    def heads(self) -> list[QRectF]:
        """Where the names of the acts stand."""
        found, top = [], 0.0
        heights = self._row_heights()
        for number in range(len(self._acts)):
            row, column = divmod(number, self._in_row)
            if column == 0 and row:
                top += heights[row - 1] + GAP
            found.append(QRectF(column * (self._column + GAP), top, self._column, HEAD))
        return found

    def cells(self) -> list[tuple[Scene, QRectF]]:
        """Where each scene's picture is; of many in one act the first dozen."""
        found = []
        for act, head in zip(self._acts, self.heads(), strict=True):
            width, height = self._cell(act)
            across = self._across(act)
            for n, scene in enumerate(act.scenes[:_MOST]):
                row, column = divmod(n, across)
                x, y = head.left() + column * (width + _CELL_GAP), head.bottom() + row * (height + _CELL_GAP)
                found.append((scene, QRectF(x, y, width, height)))
        return found

    def scene_at(self, point: QPoint) -> Scene | None:
        """The scene under a point."""
        return next((scene for scene, rect in self.cells() if rect.contains(point.toPointF())), None)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Names with lengths, pictures below."""
        told = self._told
        if told is None:
            return
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        tops = {one.climax.id for one in told.story.acts if one.climax is not None and len(one.scenes) > 1}
        for act, head in zip(told.story.acts, self.heads(), strict=True):
            self._paint_head(painter, act, head)
        for scene, rect in self.cells():
            self._paint_scene(painter, scene, rect, told.materials, scene.id in tops)
        if self.hasFocus():
            outline(painter, QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), "accent.default", 1, 4)
        painter.end()

    def _paint_head(self, painter: QPainter, act: Act, head: QRectF) -> None:
        painter.setFont(tokens.font("ui", "medium"))
        painter.setPen(tokens.color("text.primary" if act.scenes else "text.muted"))
        line_of(painter, QRectF(head.left(), head.top(), head.width(), 18), translated("Narrative", act.beat.name))
        painter.setFont(tokens.font("caption", tabular=True))
        painter.setPen(tokens.color("text.muted"))
        told = self.tr("No scene")
        if act.scenes:
            more = len(act.scenes) - _MOST
            told = f"{act.range.duration.to_seconds():.1f} s"
            told = f"{told}, {words.plural(len(act.scenes), 'scene')}" if more > 0 else told
        line_of(painter, QRectF(head.left(), head.top() + 17, head.width(), 15), told)
        if not act.scenes:
            width, height = self._cell(act)
            hatch(painter, QRectF(head.left(), head.bottom(), width, height), "surface.inset", "border.strong")

    def _paint_scene(
        self, painter: QPainter, scene: Scene, rect: QRectF, materials: Mapping[str, Material], is_top: bool
    ) -> None:
        material = materials.get(scene.id)
        found = self._picture(material) if material is not None else None
        if found is not None:
            image.draw_cover(painter, rect, found, 3)
        else:
            hatch(painter, rect, "clip.placeholder_body", "clip.placeholder_line", 0.14, 3)
            sketch = self._sketch(material.shot_id) if material is not None and material.shot_id else None
            if sketch is not None:  # let the stripes show through: it is not there yet
                painter.setOpacity(SKETCH_OPACITY)
                image.draw_cover(painter, rect, sketch, 3)
                painter.setOpacity(1)
        painter.setFont(tokens.font("caption", "medium", tabular=True))
        if is_top and rect.width() >= _MARK_FROM:
            mark = f"{round(scene.tension.value * 100)} %"
            chip(painter, rect.bottomLeft() + QPoint(3, -21).toPointF(), mark)
        if scene.id in self._chosen:
            outline(painter, rect.adjusted(-1, -1, 1, 1), "accent.default", 2, 4)

    def _picture(self, material: Material) -> QPixmap | None:
        """A frame of its file, from where it begins."""
        media = material.media
        if media is None:
            return None
        at = material.range.start if material.range is not None else poster_time(media)
        return image.pixmap_of(self._session.thumbnails.get(media, at, 224))

    def _sketch(self, shot_id: str) -> QPixmap | None:
        """What the engine would make of the words of a shot."""
        asked = self._session.generation.request_of(shot_id)
        return None if asked is None else image.pixmap_of(self._session.sketches.get(shot_id, *asked, SKETCH))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the scene."""
        scene = self.scene_at(event.position().toPoint())
        if scene is not None and event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit(scene.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go from picture to picture: left and right in order, up and down to the nearest one that way."""
        cells, key = self.cells(), Qt.Key(event.key())
        now = next((n for n, (scene, _) in enumerate(cells) if scene.id in self._chosen), None)
        step, way = _STEPS.get(key, 0), _WAYS.get(key, 0)
        if not cells or not (step or way):
            super().keyPressEvent(event)
            return
        if now is None:
            to = 0 if step + way > 0 else len(cells) - 1
        elif step:
            to = min(max(now + step, 0), len(cells) - 1)
        else:
            here = cells[now][1].center()
            there = [n for n, (_, one) in enumerate(cells) if (one.center().y() - here.y()) * way > one.height() / 2]
            to = min(there, key=lambda n: _apart(cells[n][1].center() - here), default=now)
        self.chosen.emit(cells[to][0].id)

    def event(self, event: QEvent) -> bool:
        """What the scene is, and why it is as tense."""
        if isinstance(event, QHelpEvent):
            scene = self.scene_at(event.pos())
            if scene is not None:
                name = f"{scene.name}, {round(scene.tension.value * 100)} %"
                QToolTip.showText(event.globalPos(), f"{name}\n{scene.tension.sentence}", self)
            return True
        return super().event(event)
