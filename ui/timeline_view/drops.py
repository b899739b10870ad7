"""Media, shots and files dropped on the tracks: a ghost while they hang over them, one edit when they fall."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragMoveEvent, QDropEvent

from studio_app.session.placing import STILL_LENGTH, Piece, Placements, place_media, shot_clip
from timeline.command import Batch, Command
from timeline.commands.add_track import AddTrack
from timeline.commands.insert_clips import InsertClips
from timeline.commands.overwrite_clips import OverwriteClips
from timeline.items import Clip
from timeline.media import Media
from timeline.storyboard import Shot
from timeline.time import ZERO, RationalTime, TimeRange
from timeline.track import Track, TrackKind
from ui.drag_mime import SHOT_MIME, files_in, ids_in, incoming_in
from ui.timeline_view.layout import Row
from ui.timeline_view.snapping import Snapper
from ui.timeline_view.tools.base import Ghost

if TYPE_CHECKING:
    from ui.timeline_view.view import TimelineView


@dataclass(frozen=True)
class Load:
    """What hangs at the pointer: media, shots, or files whose length is not known before they are imported."""

    media: tuple[Media | Piece, ...] = ()
    shots: tuple[Shot, ...] = ()
    files: tuple[Path, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.media or self.shots or self.files)


@dataclass(frozen=True)
class Place:
    """Where it would land. A new Track where the drop makes one."""

    at: RationalTime
    video: str | Track | None
    audio: str | Track | None

    @property
    def video_id(self) -> str | None:
        """Id of the picture track."""
        return self.video.id if isinstance(self.video, Track) else self.video

    @property
    def audio_id(self) -> str | None:
        """Id of the sound track."""
        return self.audio.id if isinstance(self.audio, Track) else self.audio


class Drops:
    """Takes drag and drop events of the viewport (and of the ruler, which counts as above the top track)."""

    def __init__(self, view: TimelineView) -> None:
        self._view = view
        self._load: Load | None = None
        self._snapper: Snapper | None = None
        self._new = (Track(TrackKind.VIDEO), Track(TrackKind.AUDIO))
        self._landing: tuple[str, ...] = ()

    def enter(self, event: QDragMoveEvent) -> None:
        """Something comes over the tracks."""
        self._load = self._read(event.mimeData())
        self._snapper = self._view.snapper(frozenset())
        self._new = (Track(TrackKind.VIDEO), Track(TrackKind.AUDIO))
        self.move(event)

    def move(self, event: QDragMoveEvent) -> None:
        """It moves; modifiers are read live."""
        if not self._load:
            event.ignore()
            return
        self._show(event.position(), event.modifiers())
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()

    def leave(self) -> None:
        """It is gone."""
        if self._load is not None:
            self._load = self._snapper = None
            self._view.end_draft()

    def drop(self, event: QDropEvent) -> None:
        """It falls."""
        load, snapper = self._load or self._read(event.mimeData()), self._snapper
        if not load:
            event.ignore()
            return
        self._load, self._snapper = load, snapper or self._view.snapper(frozenset())
        place = self._place(event.position())
        insert = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if load.files:
            self._view.end_draft()
            session = self._view.session
            session.import_files(load.files, lambda media: self._land(Load(media=tuple(media)), place, insert))
        else:
            self._show(event.position(), event.modifiers())
            self._select_landed(self._view.commit())
        self._load = self._snapper = None
        self._view.setFocus(Qt.FocusReason.MouseFocusReason)

    def from_ruler(self, event: Any, position: QPoint) -> None:
        """The ruler passes its drag events on, with a global position."""
        point = self._view.viewport().mapFromGlobal(position)
        moved = type(event)(
            QPointF(point) if isinstance(event, QDropEvent) and type(event) is QDropEvent else point,
            event.possibleActions(),
            event.mimeData(),
            event.buttons(),
            event.modifiers(),
        )
        if type(event) is QDropEvent:
            self.drop(moved)
        elif self._load is None:
            self.enter(moved)
        else:
            self.move(moved)
        event.setAccepted(moved.isAccepted())
        event.setDropAction(Qt.DropAction.CopyAction)

    def _read(self, mime: QMimeData) -> Load:
        document = self._view.session.document
        pieces = tuple(one.piece() for one in incoming_in(mime, self._view.session))
        if pieces:
            return Load(media=pieces)
        shots = tuple(shot for one in ids_in(mime, SHOT_MIME) if (shot := document.project.shot(one)) is not None)
        if shots:
            return Load(shots=shots)
        return Load(files=files_in(mime))

    def _show(self, position: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        if self._load is None:
            return
        place = self._place(position)
        insert = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
        placed = self._placements(self._load, place)
        where = f"{'Insert' if insert else 'Overwrite'} at {self._view.timecode(place.at)}. Ctrl inserts."
        made = {one.id for one in self._new}
        if self._load.files:
            track = place.video_id if place.video_id not in made else None
            self._view.draft(None, (Ghost(track, TimeRange(place.at, STILL_LENGTH)),), where)
            return
        ghosts = tuple(
            Ghost(track if track not in made else None, TimeRange(at, clip.duration), "", track == self._new[1].id)
            for track, at, clip in placed
        )
        self._view.draft(self._command(placed, place, insert), ghosts, where, frozenset(c.id for _, _, c in placed))

    def _place(self, position: QPointF) -> Place:
        """The time, snapped by head and tail, and the tracks for picture and sound."""
        view = self._view
        at = view.scale.time_at(position.x())
        length = self._length()
        if self._snapper is not None:
            self._snapper.enabled = view.snapping
            snapped = self._snapper.snap((ZERO, length), at, view.scale)
            at = snapped.by if snapped.by > ZERO else ZERO
            view.show_snap(snapped.point)
        y = position.y() + view.scroll_y
        row = view.layout_now.row_at(y)
        new_video, new_audio = self._new
        if row is None:
            if y < 0:
                return Place(at, new_video, self._lowest(audio=True) or new_audio)
            if y >= view.layout_now.height:
                return Place(at, self._lowest(audio=False) or new_video, new_audio)
            return Place(at, self._lowest(audio=False) or new_video, self._lowest(audio=True) or new_audio)
        partner = self._partner(row)
        if row.is_audio:
            return Place(at, partner or new_video, row.track.id)
        return Place(at, row.track.id, partner or new_audio)

    def _length(self) -> RationalTime:
        if self._load is None or self._load.files:
            return STILL_LENGTH
        placed = self._placements(self._load, Place(ZERO, "v", "a"))
        return max((at + clip.duration for _, at, clip in placed), default=ZERO)

    def _partner(self, row: Row) -> str | None:
        """A1 for V1, V2 for A2; the last one where there are fewer."""
        number = int(row.label[1:])
        others = [one for one in self._view.layout_now.rows if one.is_audio != row.is_audio and not one.track.locked]
        exact = next((one for one in others if int(one.label[1:]) == number), None)
        last = max(others, key=lambda one: int(one.label[1:]), default=None)
        found = exact or last
        return found.track.id if found is not None else None

    def _lowest(self, audio: bool) -> str | None:
        tracks = self._view.sequence.audio_tracks() if audio else self._view.sequence.picture_tracks()
        return next((track.id for track in tracks if not track.locked), None)

    def _placements(self, load: Load, place: Place) -> Placements:
        sequence = self._view.sequence
        if load.media:
            return place_media(sequence, load.media, place.at, place.video_id, place.audio_id)
        result: list[tuple[str, RationalTime, Clip]] = []
        at = place.at
        for shot in load.shots:
            media = self._view.session.generation.media_for(shot)
            clip = shot_clip(shot, sequence.rate, media, shot.name or shot.description)
            if place.video_id is not None:
                result.append((place.video_id, at, clip))
            at = at + clip.duration
        return tuple(result)

    def _command(self, placed: Placements, place: Place, insert: bool) -> Command | None:
        self._landing = tuple(clip.id for _, _, clip in placed)
        if not placed:
            return None
        sequence_id = self._view.sequence.id
        edit: Command = OverwriteClips(sequence_id, placed)
        if insert:
            edit = InsertClips(sequence_id, place.at, placed)
        used = {track for track, _, _ in placed}
        made = [one for one in (place.video, place.audio) if isinstance(one, Track) and one.id in used]
        if not made:
            return edit
        return Batch((*(AddTrack(sequence_id, track) for track in made), edit), "Insert" if insert else "Overwrite")

    def _land(self, load: Load, place: Place, insert: bool) -> None:
        """Files were imported: stand them where they fell."""
        command = self._command(self._placements(load, place), place, insert)
        if command is not None:
            self._select_landed(self._view.session.document.do(command))

    def _select_landed(self, done: bool) -> None:
        if done and self._landing:
            self._view.session.selection.items.set(self._landing)
