"""Six zones over the program's picture while something is dragged over it: each is a verb, its result stands in the status line."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

from PySide6.QtCore import QEvent, QMimeData, QObject, QPointF, QRectF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from studio_app.session import cutting_in
from studio_app.session.cutting_in import CutIn
from studio_app.session.session import Session
from studio_app.session.three_point import Incoming, of_media, of_shot
from timeline.errors import EditRefused
from timeline.media import Media
from ui.drag_mime import SHOT_MIME, files_in, ids_in, incoming_in
from ui.qt import icons, tokens
from ui.qt.language import QT_TRANSLATE_NOOP, translated

_COLUMNS: Final = 3
_GAP: Final = 6
_LARGEST: Final = (200.0, 104.0)


class Zone(NamedTuple):
    """One of the six."""

    verb: str
    title: str
    icon: str


ZONES: Final = (
    Zone("insert", QT_TRANSLATE_NOOP("DropZones", "Insert"), "corner-down-right"),
    Zone("overwrite", QT_TRANSLATE_NOOP("DropZones", "Overwrite"), "arrow-down-to-line"),
    Zone("replace", QT_TRANSLATE_NOOP("DropZones", "Replace"), "replace"),
    Zone("place_on_top", QT_TRANSLATE_NOOP("DropZones", "Place on top"), "layers"),
    Zone("append", QT_TRANSLATE_NOOP("DropZones", "Append at end"), "arrow-right-to-line"),
    Zone("add_take", QT_TRANSLATE_NOOP("DropZones", "Add as take"), "circle-check"),
)


class DropZones(QWidget):
    """Lies over the surface it is given while a drag hangs there that it can read; `say` gets what a release would do."""

    def __init__(self, surface: QWidget, session: Session, say: Callable[[str], object]) -> None:
        super().__init__(surface)
        self._surface = surface
        self._session, self._say = session, say
        self._incoming: tuple[Incoming, ...] = ()
        self._plans: dict[str, CutIn | str] = {}
        self._under: Zone | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(self.tr("Drop zones"))
        self.hide()
        surface.setAcceptDrops(True)
        surface.installEventFilter(self)

    # --- the drag -----------------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Drag events of the surface."""
        kind = event.type()
        if kind is QEvent.Type.DragEnter and isinstance(event, QDragEnterEvent):
            return self._enter(event)
        if kind is QEvent.Type.DragMove and isinstance(event, QDragMoveEvent):
            return self._move(event)
        if kind is QEvent.Type.DragLeave:
            self._end()
            return True
        if kind is QEvent.Type.Drop and isinstance(event, QDropEvent):
            return self._drop(event)
        return False

    def _enter(self, event: QDragEnterEvent) -> bool:
        mime = event.mimeData()
        self._incoming = self._read(mime)
        if not self._incoming and not files_in(mime):
            return False
        self._plans.clear()
        self.setGeometry(self._surface.rect())
        self.show()
        self.raise_()
        self._hang(event.position())
        _take(event)
        return True

    def _move(self, event: QDragMoveEvent) -> bool:
        if self.isHidden():
            return False
        self._hang(event.position())
        _take(event)
        return True

    def _drop(self, event: QDropEvent) -> bool:
        if self.isHidden():
            return False
        zone, incoming, files = self.zone_at(event.position()), self._incoming, files_in(event.mimeData())
        self._end()
        _take(event)
        if zone is not None and incoming:
            self._do(zone, incoming)
        elif zone is not None and files:
            self._session.import_files(files, lambda media: self._imported(zone, media))
        return True

    def _read(self, mime: QMimeData) -> tuple[Incoming, ...]:
        found = incoming_in(mime, self._session)
        if found:
            return found
        project = self._session.document.project
        shots = [shot for one in ids_in(mime, SHOT_MIME) if (shot := project.shot(one)) is not None]
        media_for = self._session.generation.media_for
        return tuple(of_shot(shot, media_for(shot), shot.name or shot.description) for shot in shots)

    def _hang(self, position: QPointF) -> None:
        zone = self.zone_at(position)
        if zone is not None and zone == self._under:
            return
        self._under = zone
        if zone is None:
            self._say(self.tr("Drop on one of the zones."))
        elif self._incoming:
            plan = self.plan(zone)
            self._say(plan if isinstance(plan, str) else f"{plan.sentence}.")
        else:
            self._say(self.tr("{title} after the import.").format(title=translated("DropZones", zone.title)))
        self.update()

    def plan(self, zone: Zone) -> CutIn | str:
        """What a release over a zone would do, or the sentence with which it is refused."""
        if zone.verb not in self._plans:
            try:
                self._plans[zone.verb] = cutting_in.VERBS[zone.verb](self._session, self._incoming)
            except EditRefused as error:
                self._plans[zone.verb] = error.message
        return self._plans[zone.verb]

    def _do(self, zone: Zone, incoming: tuple[Incoming, ...]) -> None:
        try:
            cutting_in.carry_out(self._session, cutting_in.VERBS[zone.verb](self._session, incoming))
        except EditRefused as error:
            self._session.tell(error.message)

    def _imported(self, zone: Zone, media: list[Media]) -> None:
        pool = self._session.document.project.pool
        self._do(zone, tuple(of_media(one, pool, self._session.lengths.still) for one in media))

    def _end(self) -> None:
        self.hide()
        self._incoming, self._under = (), None
        self._plans.clear()
        self._say("")

    # --- the picture --------------------------------------------------------------------------------------------------

    def rects(self) -> list[QRectF]:
        """Where the zones are: three beside each other, in two rows, in the middle."""
        rows = -(-len(ZONES) // _COLUMNS)
        width = min(_LARGEST[0], (self.width() - _GAP * (_COLUMNS + 1)) / _COLUMNS)
        height = min(_LARGEST[1], (self.height() - _GAP * (rows + 1)) / rows)
        left = (self.width() - _COLUMNS * width - (_COLUMNS - 1) * _GAP) / 2
        top = (self.height() - rows * height - (rows - 1) * _GAP) / 2
        return [
            QRectF(left + n % _COLUMNS * (width + _GAP), top + n // _COLUMNS * (height + _GAP), width, height)
            for n in range(len(ZONES))
        ]

    def zone_at(self, position: QPointF) -> Zone | None:
        """The zone under a point; between two it is the one that lies nearer to the left or top."""
        half = _GAP / 2
        grown = (rect.adjusted(-half, -half, half, half) for rect in self.rects())
        return next((zone for zone, rect in zip(ZONES, grown, strict=True) if rect.contains(position)), None)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The picture dimmed, the zones over it."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), tokens.color("surface.well", 0.55))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for zone, rect in zip(ZONES, self.rects(), strict=True):
            refused = bool(self._incoming) and isinstance(self.plan(zone), str)
            self._paint_zone(painter, rect, zone, zone == self._under, refused)

    def _paint_zone(self, painter: QPainter, rect: QRectF, zone: Zone, under: bool, refused: bool) -> None:
        ink = "text.disabled" if refused else "accent.default" if under else "text.primary"
        edge = "state.failed" if refused and under else "accent.default" if under else "border.default"
        painter.setPen(tokens.color(edge))
        painter.setBrush(tokens.color("surface.selected" if under and not refused else "surface.overlay", 0.92))
        radius = tokens.radius("card")
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        size = 20.0
        tall = rect.height() >= 56
        middle = rect.center()
        painter.setFont(tokens.font("ui", "medium"))
        if tall:
            icon = QRectF(middle.x() - size / 2, middle.y() - size - 2, size, size)
            icons.paint(painter, icon, zone.icon, tokens.color(ink))
        words = QRectF(rect.left() + 4, middle.y() + 4, rect.width() - 8, 20) if tall else rect
        painter.setPen(tokens.color(ink))
        text = painter.fontMetrics().elidedText(
            translated("DropZones", zone.title), Qt.TextElideMode.ElideRight, int(rect.width()) - 8
        )
        painter.drawText(words, int(Qt.AlignmentFlag.AlignCenter), text)


def _take(event: QDropEvent) -> None:
    event.setDropAction(Qt.DropAction.CopyAction)
    event.accept()
