"""Media, shots, generators and files dropped on the tracks: a ghost while they hang over them, one edit when they fall."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QCoreApplication, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QDragMoveEvent, QDropEvent, QGuiApplication

from studio_app.session.cutting_in import carry_out, take_for
from studio_app.session.footage_files import is_sound
from studio_app.session.placing import Placements
from timeline.command import Batch, Command
from timeline.commands.add_track import AddTrack
from timeline.commands.insert_clips import InsertClips
from timeline.commands.overwrite_clips import OverwriteClips
from timeline.errors import EditRefused
from timeline.items import Clip, Placeholder
from timeline.query import range_of, track_label
from timeline.time import ZERO, TimeRange
from ui.timeline_view.covering import covers, cut_in_two, pushed_count, pushed_tracks
from ui.timeline_view.drags.words import clips
from ui.timeline_view.drop_load import Load, of_media, read, unfit
from ui.timeline_view.drop_place import NewTracks, Place, place_at
from ui.timeline_view.edge_scroll import TICK_MS, EdgeScroll
from ui.timeline_view.edge_scroll import Place as Spot
from ui.timeline_view.effect_drops import EffectDrop
from ui.timeline_view.layout import CLIP_HEADER
from ui.timeline_view.saying import length_words
from ui.timeline_view.snapping import Snapper
from ui.timeline_view.tools.base import Cover, Ghost
from ui.words import plural

if TYPE_CHECKING:
    from ui.timeline_view.view import TimelineView

_COPY: Final = Qt.DropAction.CopyAction
MANY: Final = 80
"""Of more clips than these only the first are previewed; their outline is one on each track."""


class Drops:
    """Takes drag and drop events of the viewport (and of the ruler, which counts as above the top track)."""

    def __init__(self, view: TimelineView) -> None:
        self._view = view
        self._load: Load | None = None
        self._effects = EffectDrop(view)
        self._snapper: Snapper | None = None
        self._new = NewTracks()
        self._position = QPointF()
        self._held = self._known = Qt.KeyboardModifier.NoModifier
        self._edge = EdgeScroll(view, self._spot, view.pan_moved, self._again)
        self._keys = QTimer(view)
        self._keys.setInterval(TICK_MS)
        self._keys.timeout.connect(self._look_at_keys)

    # --- events -------------------------------------------------------------------------------------------------------

    def enter(self, event: QDragMoveEvent) -> None:
        """Something comes over the tracks."""
        self._load = read(event.mimeData(), self._view.session)
        self._snapper = self._view.snapper(frozenset())
        self._new = NewTracks()
        self._known = QGuiApplication.queryKeyboardModifiers()
        self._edge.start((event.position().x(), event.position().y()))
        self._keys.start()
        self.move(event)

    def move(self, event: QDragMoveEvent) -> None:
        """It moves; modifiers are read live."""
        load = self._load
        if load is None or not load.is_ours:
            self._stop()
            self._view.say(load.problem if load is not None else "")
            event.ignore()
            return
        self._position, self._held = event.position(), event.modifiers()
        self._show()
        event.setDropAction(_COPY)
        event.accept()

    def leave(self) -> None:
        """It is gone."""
        self._stop()
        if self._load is not None:
            self._load = self._snapper = None
            self._view.end_draft()

    def drop(self, event: QDropEvent) -> None:
        """It falls."""
        if self._load is None:
            self._load, self._snapper = read(event.mimeData(), self._view.session), self._view.snapper(frozenset())
        load = self._load
        self._stop()
        self._position, self._held = event.position(), event.modifiers()
        if not load.is_ours:
            self.leave()
            event.ignore()
            return
        event.setDropAction(_COPY)
        event.accept()
        problem = load.problem or unfit(load.files)
        if problem:
            self._view.end_draft()
            self._view.say(problem)
        elif load.files:
            self._import(load)
        elif load.offer is not None:
            self._effects.fall(load.offer, self._position.x(), self._position.y() + self._view.scroll_y)
        else:
            self._fall(load)
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
        event.setDropAction(_COPY)

    # --- while it hangs -----------------------------------------------------------------------------------------------

    def _stop(self) -> None:
        self._edge.stop()
        self._keys.stop()

    def _spot(self) -> Spot | None:
        viewport = self._view.viewport()
        return Spot(self._position.x(), self._position.y(), viewport.width(), viewport.height())

    def _again(self) -> None:
        if self._load is not None and self._load.is_ours:
            self._show()

    def _look_at_keys(self) -> None:
        """While something is dragged no key event comes; the keys are asked, so that one shows while the mouse rests."""
        now = QGuiApplication.queryKeyboardModifiers()
        if now != self._known:
            self._known = self._held = now
            self._again()

    @property
    def _inserts(self) -> bool:
        return bool(self._held & Qt.KeyboardModifier.ControlModifier)

    def _show(self) -> None:
        load, view = self._load, self._view
        if load is None:
            return
        if load.problem:
            view.show_snap(None)
            view.draft(None, (), load.problem)
            return
        if load.offer is not None:
            self._effects.show(load.offer, self._position.x(), self._position.y() + view.scroll_y)
            return
        target = self._take_target(load)
        if target is not None:
            self._show_take(load, target)
            return
        place = self._place(load)
        label = f"{view.timecode(place.at)}  {length_words(load.length, view.sequence.rate)}"
        if not load.rows:
            heard = all(map(is_sound, load.files))
            track = place.audio_id if heard else place.video_id
            name = load.files[0].name if len(load.files) == 1 else plural(len(load.files), "file")
            view.draft(
                None,
                (
                    Ghost(
                        None if track in self._new.ids else track,
                        TimeRange(place.at, load.length),
                        f"{view.timecode(place.at)}  {name}",
                        heard,
                    ),
                ),
                self._said(place, ()),
            )
            return
        placed = load.placed(place.at, place.video_id, place.audio_id)
        ghosts = self._ghosts(placed, label)
        covered = self._covers(placed, place)
        ids = frozenset(clip.id for _, _, clip in placed[:MANY])
        view.draft(self._command(placed[:MANY], place), ghosts, self._said(place, covered), ids, covered)

    def _ghosts(self, placed: Placements, label: str) -> tuple[Ghost, ...]:
        """An outline for each clip, or for each track where they are many."""
        spans = [(track, TimeRange(at, clip.duration)) for track, at, clip in placed]
        if len(placed) > MANY:
            ends = {track: where.end for track, where in spans}
            starts = {track: where.start for track, where in reversed(spans)}
            spans = [(track, TimeRange.between(start, ends[track])) for track, start in starts.items()]
        new = self._new
        return tuple(
            Ghost(None if track in new.ids else track, where, "" if number else label, track == new.audio.id)
            for number, (track, where) in enumerate(spans)
        )

    def _covers(self, placed: Placements, place: Place) -> tuple[Cover, ...]:
        sequence = self._view.sequence
        if self._inserts:
            return cut_in_two(pushed_tracks(sequence, {track for track, _, _ in placed}), place.at)
        return covers(sequence, ((track, TimeRange(at, clip.duration)) for track, at, clip in placed))

    def _said(self, place: Place, covered: tuple[Cover, ...]) -> str:
        sequence = self._view.sequence
        where = self._view.timecode(place.at)
        if self._inserts:
            number = pushed_count(pushed_tracks(sequence, frozenset((place.video_id, place.audio_id))), place.at)
            ripples = (
                QCoreApplication.translate("Drops", ", ripples {clips}").format(clips=clips(number)) if number else ""
            )
            return QCoreApplication.translate(
                "Drops", "Insert at {where}{ripples}. Without Ctrl it overwrites."
            ).format(where=where, ripples=ripples)
        covering = (
            QCoreApplication.translate("Drops", ", covers {clips}").format(clips=clips(len(covered))) if covered else ""
        )
        return QCoreApplication.translate("Drops", "Overwrite at {where}{covering}. Ctrl inserts.").format(
            where=where, covering=covering
        )

    def _place(self, load: Load) -> Place:
        """The time, snapped by head and tail, and the tracks for picture and sound."""
        view = self._view
        at = view.scale.time_at(self._position.x())
        if self._snapper is not None:
            self._snapper.enabled = view.snapping
            edges = (ZERO, load.length) if load.rows else (ZERO,)
            snapped = self._snapper.snap(edges, at, view.scale)
            at = max(ZERO, snapped.by)
            view.show_snap(snapped.point if at == snapped.by else None)
        return place_at(view.layout_now, at, self._position.y() + view.scroll_y, self._new)

    def _command(self, placed: Placements, place: Place) -> Command | None:
        if not placed:
            return None
        sequence_id, verb = self._view.sequence.id, "Insert" if self._inserts else "Overwrite"
        edit: Command = OverwriteClips(sequence_id, placed)
        if self._inserts:
            edit = InsertClips(sequence_id, place.at, placed)
        used = {track for track, _, _ in placed}
        made = [one for one in place.made if one.id in used]
        return Batch((*(AddTrack(sequence_id, one) for one in made), edit), verb) if made else edit

    # --- when it falls ------------------------------------------------------------------------------------------------

    def _fall(self, load: Load) -> None:
        target = self._take_target(load)
        if target is not None:
            self._view.end_draft()
            self._add_take(load, target)
            return
        self._show()
        done = self._view.commit() if len(load.rows) <= MANY else self._fall_as_a_crowd(load)
        if done:
            self._view.session.selection.items.set(clip.id for _, _, clip in load.rows)
            self._ask_to_generate(load)

    def _ask_to_generate(self, load: Load) -> None:
        """One card without a take has become a placeholder: what makes it is asked there; of several it is said how."""
        session = self._view.session
        shots = [clip.source.shot_id for _, _, clip in load.rows if isinstance(clip.source, Placeholder)]
        idle = [one for one in shots if session.generation.state_of(one).state == "none"]
        if len(load.rows) == len(idle) == 1 and session.face is not None:
            session.post(partial(session.face.show, "generate_here"))  # when the drag itself is over
        elif idle:
            self._view.say(QCoreApplication.translate("Drops", "Shift+G generates a placeholder that is selected."))

    def _fall_as_a_crowd(self, load: Load) -> bool:
        """All of them, of which only the first were shown."""
        place = self._place(load)
        self._view.end_draft()
        command = self._command(load.placed(place.at, place.video_id, place.audio_id), place)
        return command is not None and self._view.session.document.do(command)

    def _import(self, load: Load) -> None:
        """Files land where they fell, once they are read."""
        place, view = self._place(load), self._view
        inserts, session = self._inserts, view.session
        view.end_draft()
        sequence_id = session.sequence_id
        view.say(
            QCoreApplication.translate("Drops", "Reading {files}; they land at {timecode}.").format(
                files=plural(len(load.files), "file"), timecode=view.timecode(place.at)
            )
        )

        def land(media: Any) -> None:
            if session.sequence_id != sequence_id:
                session.tell(
                    QCoreApplication.translate(
                        "Drops", "Another sequence is open now: {files} went to the media pool only."
                    ).format(files=plural(len(media), "file"))
                )
                return
            rows = of_media(list(media), session)
            placed = rows.placed(place.at, place.video_id, place.audio_id)
            self._held = Qt.KeyboardModifier.ControlModifier if inserts else Qt.KeyboardModifier.NoModifier
            command = self._command(placed, place)
            if command is not None and session.document.do(command):
                session.selection.items.set(clip.id for _, _, clip in placed)

        session.import_files(load.files, land)

    # --- takes --------------------------------------------------------------------------------------------------------

    def _take_target(self, load: Load) -> Clip | None:
        """The clip whose header strip is under the pointer: one file dropped there is a take of it, or refused in words."""
        view = self._view
        if len(load.incoming) != 1:
            return None
        y = self._position.y() + view.scroll_y
        hit = view.layout_now.hit(self._position.x(), y)
        row = view.layout_now.row(hit.track_id) if hit.track_id else None
        clip = view.sequence.clip(hit.item_id) if hit.item_id else None
        if row is None or clip is None or not row.has_header_strip:
            return None
        return clip if row.clip_top <= y < row.clip_top + CLIP_HEADER else None

    def _show_take(self, load: Load, clip: Clip) -> None:
        view = self._view
        view.show_snap(None)
        where, track = range_of(view.sequence, clip.id), view.sequence.track_holding(clip.id)
        if where is None or track is None:
            return
        try:
            said = take_for(view.session, clip, load.incoming[0]).sentence
        except EditRefused as error:
            said = error.message
        on = track_label(view.sequence, track)
        view.draft(
            None,
            (Ghost(track.id, where, QCoreApplication.translate("Drops", "Add as take")),),
            QCoreApplication.translate("Drops", "{said}. Drop lower to lay it on {on}.").format(said=said, on=on),
        )

    def _add_take(self, load: Load, clip: Clip) -> None:
        try:
            carry_out(self._view.session, take_for(self._view.session, clip, load.incoming[0]))
        except EditRefused as error:
            self._view.say(error.message)
