"""Moving clips: plain covers, Ctrl inserts and pushes, Alt copies, Shift keeps the time."""

from __future__ import annotations

from timeline.command import Batch, Command
from timeline.commands.add_track import AddTrack
from timeline.commands.move_clips import MoveClips
from timeline.items import Clip
from timeline.time import ZERO, RationalTime, TimeRange
from timeline.track import Track
from ui.timeline_view.drags.words import frames
from ui.timeline_view.layout import Row
from ui.timeline_view.tools.base import Drag, Ghost, Pointer, Stage

THRESHOLD_PX = 4


class MoveDrag(Drag):
    """Holds the selected clips by one of them. What they may do is decided by MoveClips."""

    def __init__(self, stage: Stage, start: Pointer, held_id: str, if_clicked: tuple[str, ...]) -> None:
        super().__init__(stage, start)
        self._if_clicked = if_clicked
        chosen = stage.session.selection.item_ids
        ids = chosen if held_id in chosen else (held_id,)
        self._places: list[tuple[Clip, Track, TimeRange]] = []
        for track in stage.sequence.tracks:
            for item_id in ids:
                index = track.index_of(item_id)
                item = track.items[index] if index is not None else None
                if index is not None and isinstance(item, Clip):
                    self._places.append((item, track, track.range_of(index)))
        self._held = next((track for clip, track, _ in self._places if clip.id == held_id), None)
        self._began = False
        self._held_id = held_id
        self._snapper = stage.snapper(frozenset(clip.id for clip, _, _ in self._places))
        self._new_track: Track | None = None

    def move(self, pointer: Pointer) -> None:
        """Show the clips where they would be."""
        if self._held is None:
            return
        if not self._began:
            if abs(self.distance(pointer)) < THRESHOLD_PX and abs(pointer.y - self.start.y) < THRESHOLD_PX:
                return
            self._began = True
        by, rows = self._shift(pointer), self._rows_by(pointer, self._held)
        copy, insert = pointer.alt, pointer.ctrl
        command = self._command(by, rows, insert, copy)
        ghosts, moving = self._ghosts(by, rows), frozenset(clip.id for clip, _, _ in self._places)
        verb = "Copy" if copy else "Insert" if insert else "Move"
        said = f"{verb} {frames(by, self.stage.sequence.rate)}. Ctrl inserts, Alt copies, Shift keeps the time."
        self.stage.draft(command, ghosts, said, moving)

    def _shift(self, pointer: Pointer) -> RationalTime:
        if pointer.shift:
            self.stage.show_snap(None)
            return ZERO
        first = min(where.start for _, _, where in self._places)
        scale = self.stage.layout_now.scale
        edges = {edge for _, _, where in self._places for edge in (where.start, where.end)}
        self._snapper.enabled = self.stage.snapping
        snapped = self._snapper.snap(edges if len(edges) <= 8 else (first, max(edges)), self.by(pointer), scale)
        self.stage.show_snap(snapped.point)
        return snapped.by if first + snapped.by > ZERO else -first

    def _rows_by(self, pointer: Pointer, held: Track) -> int:
        """How many rows further down (of its own side) the held clip is."""
        layout = self.stage.layout_now
        side = [row for row in layout.rows if row.is_audio == held.is_audio]
        home = next((place for place, row in enumerate(side) if row.track.id == held.id), 0)
        return _row_under(side, pointer.y, home) - home

    def _target(self, track: Track, rows: int) -> tuple[str, bool]:
        """The track `rows` further down, and whether it would have to be made."""
        if self._held is None or track.is_audio != self._held.is_audio:
            return track.id, False
        row = self.stage.layout_now.neighbour_row(track.id, rows)
        return (row.track.id, False) if row is not None else ("", True)

    def _command(self, by: RationalTime, rows: int, insert: bool, copy: bool) -> Command | None:
        if not by and not rows:
            return None
        moves, new = [], None
        for clip, track, where in self._places:
            target, is_new = self._target(track, rows)
            if is_new:
                new = new or Track(track.kind, id=self._made(track).id)
                target = new.id
            moves.append((clip.id, target, where.start + by))
        sequence_id = self.stage.sequence.id
        command = MoveClips(sequence_id, tuple(moves), insert=insert, copy=copy)
        if new is None:
            return command
        index = 0 if not new.is_audio and rows > 0 else None
        return Batch((AddTrack(sequence_id, new, index), command), "Move")

    def _made(self, like: Track) -> Track:
        """One and the same new track for the whole drag."""
        if self._new_track is None:
            self._new_track = Track(like.kind)
        return self._new_track

    def _ghosts(self, by: RationalTime, rows: int) -> tuple[Ghost, ...]:
        rate = self.stage.sequence.rate
        result = []
        for clip, track, where in self._places:
            target, is_new = self._target(track, rows)
            label = frames(by, rate) if clip.id == self._held_id else ""
            result.append(Ghost(None if is_new else target, where.moved(by), label, track.is_audio))
        return tuple(result)

    def release(self, pointer: Pointer) -> None:
        """Make the edit; a press that did not move was a click."""
        if self._began:
            self.stage.commit()
            return
        self.stage.session.selection.items.set(self._if_clicked)
        self.stage.end_draft()


def _row_under(side: list[Row], y: float, home: int) -> int:
    """Place among `side` of the row at content y; one past the ends above the top and below the bottom."""
    if not side:
        return home
    if y < side[0].y:
        return 0 if side[0].is_audio else -1
    for place, row in enumerate(side):
        if y < row.bottom:
            return place
    beyond = side[-1].is_audio or y < side[-1].bottom
    return len(side) if beyond else len(side) - 1
