"""Parts of the export dialog: the encoder and the summary picture."""

from __future__ import annotations

import re

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from effects.registry import generators, transitions, video_effects
from studio_app.services.hardware import Hardware
from studio_app.session.session import Session
from timeline.items import MediaSource
from timeline.nesting import sequences_inside
from ui.form.editors.choice import Combo
from ui.media_items import poster_time
from ui.qt import icons, image, tokens
from ui.qt.draw import rounded


class EncoderChoice(Combo):
    """Software, or a device whose encoder gave right pictures in its trial."""

    def __init__(self, hardware: Hardware) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Encoder"))
        self.setMinimumHeight(tokens.size("control_dialog"))
        self.setToolTip(self.tr("A device is quicker; software makes smaller files of the same quality"))
        self.addItem(self.tr("Software (x264): smallest files"), "")
        for device in hardware.encoders():
            self.addItem(self.tr("{name}: quicker, larger files").format(name=device.name), device.id)

    @property
    def device_id(self) -> str:
        """Empty: software."""
        return str(self.currentData()) if not self.isHidden() else ""


class SequencePicture(QWidget):
    """A frame of the first clip that has a picture, in the sequence's shape."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        sequence = session.sequence
        height = 94
        width = min(200, round(height * sequence.width / max(1, sequence.height)))
        self.setFixedSize(width, height)
        self._subscription = session.thumbnails.arrived.connect(lambda _: self.update())
        self.destroyed.connect(self._subscription.close)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The picture, or the well."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = QRectF(self.rect())
        project, library = self._session.document.project, self._session.document.library
        inside = sequences_inside(project, self._session.sequence)
        clips = (clip for one in inside for track in one.picture_tracks() for clip, _ in track.clips())
        media = next(
            (
                one
                for clip in clips
                if isinstance(clip.source, MediaSource) and (one := library.media.get(clip.source.media_id))
            ),
            None,
        )
        found = (
            image.pixmap_of(self._session.thumbnails.get(media, poster_time(media), 400)) if media is not None else None
        )
        if found is not None:
            image.draw_cover(painter, place, found, 3)
        else:
            rounded(painter, place, "surface.well")
            icons.paint(
                painter,
                QRectF(place.center().x() - 12, place.center().y() - 12, 24, 24),
                "film",
                tokens.color("text.disabled"),
            )
        painter.end()


def in_words(sentence: str) -> str:
    """A sentence of a report with the names that effects have here in place of their ids in quotes."""
    known = {
        key: kind for kinds in (video_effects(), transitions(), generators()) for key, kind in kinds.classes.items()
    }

    def name(found: re.Match[str]) -> str:
        kind = known.get(found[1])
        return f'"{kind.shown_name()}"' if kind is not None else found[0]

    return re.sub(r'"(\w+)"', name, sentence)
