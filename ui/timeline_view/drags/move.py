"""Moving clips: plain covers, Ctrl inserts and pushes, Ctrl+Alt swaps, Alt copies, Shift keeps the time."""

from __future__ import annotations

from typing import Literal, NamedTuple

from PySide6.QtCore import QCoreApplication

from timeline.command import Batch, Command
from timeline.commands.add_track import AddTrack
from timeline.commands.move_clips import MoveClips
from timeline.items import Clip
from timeline.time import ZERO, RationalTime, TimeRange
from timeline.track import Track
from ui.qt.language import QT_TRANSLATE_NOOP, translated
from ui.timeline_view.covering import covers, cut_in_two, pushed_count, pushed_tracks
from ui.timeline_view.drags.swap import swap_command
from ui.timeline_view.drags.words import clips, frames
from ui.timeline_view.layout import Row
from ui.timeline_view.tools.base import Cover, Drag, Ghost, Pointer, Stage

Verb = Literal["overwrite", "insert", "swap"]
CROWD = 1500
"""More than these are outlined while they are dragged, and moved when they are let go."""
MANY = 200
"""More clips than these are one ghost on each track."""
HELP = QT_TRANSLATE_NOOP("MoveDrag", "Ctrl inserts, Ctrl+Alt swaps, {copy} copies, Shift keeps the time.")


class Standing(NamedTuple):
    """A clip that is dragged, and where it stands."""

    clip: Clip
    track: Track
    range: TimeRange


class MoveDrag(Drag):
    """Holds the selected clips by one of them. What they may do is decided by MoveClips.

    `if_clicked` is chosen when the press does not become a drag. `keeps_shift`: Shift was held for something else at the
    press and counts only once it was let go.
    """

    def __init__(
        self, stage: Stage, start: Pointer, held_id: str, if_clicked: tuple[str, ...], *, keeps_shift: bool = False
    ) -> None:
        super().__init__(stage, start)
        self._if_clicked = if_clicked
        self._shift_is_taken = keeps_shift and start.shift
        self._began_as_copy = start.copy and not start.ctrl
        chosen = set(stage.session.selection.item_ids)
        self._standing = tuple(_standing(stage, chosen if held_id in chosen else {held_id}))
        self._held = next((one for one in self._standing if one.clip.id == held_id), None)
        self._ids = frozenset(one.clip.id for one in self._standing)
        self._snapper = stage.snapper(self._ids)
        self._new: list[Track] = []
        self._late: tuple[RationalTime, int, bool, bool] | None = None
        edges = {edge for one in self._standing for edge in (one.range.start, one.range.end)}
        self._edges = tuple(edges) if len(edges) <= 8 else (min(edges), max(edges))
        self._first = min(edges, default=ZERO)

    # --- while it lasts -----------------------------------------------------------------------------------------------

    def move(self, pointer: Pointer) -> None:
        """Show the clips where they would be."""
        if self._held is None or not self.begins(pointer):
            return
        self._shift_is_taken = self._shift_is_taken and pointer.shift
        verb, copy = self._verb(pointer)
        if verb == "swap":
            self._late = None
            self._show_swap(pointer)
            return
        by, rows = self._shift(pointer, copy), self._rows_by(pointer)
        if len(self._standing) > CROWD:
            self._show_crowd(by, rows, verb == "insert", copy)
            return
        places = self._places(by, rows)
        command = self._command(places, verb == "insert", copy) if by or rows else None
        covered = self._covers(places, verb, copy) if command is not None else ()
        said = self._words(verb, copy, by, places, covered)
        self.stage.draft(command, self._ghosts(places, by), said, self._ids, covered)

    def _verb(self, pointer: Pointer) -> tuple[Verb, bool]:
        """What the modifiers held now mean, and whether the clips stay where they were too."""
        if self._began_as_copy and pointer.copy:
            return ("insert" if pointer.ctrl else "overwrite"), True
        if pointer.ctrl:
            return ("swap" if pointer.alt else "insert"), False
        return "overwrite", pointer.copy

    def _shift(self, pointer: Pointer, copy: bool) -> RationalTime:
        if pointer.shift and not self._shift_is_taken:
            self.stage.show_snap(None)
            return ZERO
        self._snapper.enabled = self.stage.snapping
        scale = self.stage.layout_now.scale
        snapped = self._snapper.snap(self._edges, self.by(pointer), scale)
        by = snapped.by if self._first + snapped.by > ZERO else -self._first
        self.stage.show_snap(snapped.point if by == snapped.by else None)
        return by

    def _rows_by(self, pointer: Pointer) -> int:
        """How many rows further down (of its own side) the held clip is; no clip leaves its side over the divider."""
        if self._held is None:
            return 0
        side = self._side(self._held.track)
        home = _place_of(side, self._held.track)
        others = [
            _place_of(side, one.track) for one in self._standing if one.track.is_audio == self._held.track.is_audio
        ]
        rows = _row_under(side, pointer.y, home) - home
        if self._held.track.is_audio:
            return max(rows, -min(others))
        return min(rows, len(side) - 1 - max(others))

    def _side(self, track: Track) -> list[Row]:
        return [row for row in self.stage.layout_now.rows if row.is_audio == track.is_audio]

    def _places(self, by: RationalTime, rows: int) -> list[tuple[Standing, Track, TimeRange]]:
        """Where each clip would stand; on tracks of its own making above the top and below the bottom."""
        found = []
        for one in self._standing:
            target = one.track
            if rows and self._held is not None and one.track.is_audio == self._held.track.is_audio:
                side = self._side(one.track)
                place = _place_of(side, one.track) + rows
                beyond = -place if place < 0 else place - len(side) + 1
                target = self._made(one.track, beyond) if beyond > 0 else side[place].track
            found.append((one, target, one.range.moved(by)))
        return found

    def _made(self, like: Track, number: int) -> Track:
        """The first, second … new track of this drag: the same ones all along."""
        while len(self._new) < number:
            self._new.append(Track(like.kind))
        return self._new[number - 1]

    def _command(self, places: list[tuple[Standing, Track, TimeRange]], insert: bool, copy: bool) -> Command:
        sequence_id = self.stage.sequence.id
        moves = tuple((one.clip.id, track.id, where.start) for one, track, where in places)
        move = MoveClips(sequence_id, moves, insert=insert, copy=copy)
        used = {track.id for _, track, _ in places}
        last = max((number for number, track in enumerate(self._new) if track.id in used), default=-1)
        if last < 0:
            return move
        made = (AddTrack(sequence_id, track) for track in self._new[: last + 1])
        return Batch((*made, move), "Copy" if copy else "Move")

    def _show_crowd(self, by: RationalTime, rows: int, insert: bool, copy: bool) -> None:
        """One outline for all of them; what becomes of them is worked out when they are let go."""
        self._late = (by, rows, insert, copy) if by or rows else None
        tracks = {one.track.id: one.track for one in self._standing}
        where = TimeRange.between(self._edges[0] + by, self._edges[1] + by)
        ghosts = tuple(
            Ghost(track.id, where, "" if number else self._label(by), track.is_audio)
            for number, track in enumerate(tracks.values())
        )
        verb = (
            QCoreApplication.translate("MoveDrag", "Insert")
            if insert
            else QCoreApplication.translate("MoveDrag", "Copy")
            if copy
            else QCoreApplication.translate("MoveDrag", "Move")
        )
        said = f"{verb} {clips(len(self._standing))} {frames(by, self.stage.sequence.rate)}."
        self.stage.draft(None, ghosts, said, self._ids)

    # --- what is shown ------------------------------------------------------------------------------------------------

    def _covers(self, places: list[tuple[Standing, Track, TimeRange]], verb: Verb, copy: bool) -> tuple[Cover, ...]:
        besides = frozenset[str]() if copy else self._ids
        sequence = self.stage.sequence
        if verb == "insert":
            at = min(where.start for _, _, where in places)
            own = {track.id for _, track, _ in places}
            return cut_in_two(pushed_tracks(sequence, own), at, besides)
        if len(places) > MANY:
            return ()
        return covers(sequence, ((track.id, where) for _, track, where in places), besides)

    def _words(
        self,
        verb: Verb,
        copy: bool,
        by: RationalTime,
        places: list[tuple[Standing, Track, TimeRange]],
        covered: tuple[Cover, ...],
    ) -> str:
        what = {
            "insert": QCoreApplication.translate("MoveDrag", "Insert a copy")
            if copy
            else QCoreApplication.translate("MoveDrag", "Insert")
        }.get(
            verb,
            QCoreApplication.translate("MoveDrag", "Copy") if copy else QCoreApplication.translate("MoveDrag", "Move"),
        )
        text = f"{what} {frames(by, self.stage.sequence.rate)}"
        if verb == "insert":
            at = min(where.start for _, _, where in places)
            own = {track.id for _, track, _ in places}
            number = pushed_count(pushed_tracks(self.stage.sequence, own), at, self._ids)
            text += (
                QCoreApplication.translate("MoveDrag", ", ripples {clips}").format(clips=clips(number))
                if number
                else ""
            )
        elif covered:
            text += QCoreApplication.translate("MoveDrag", ", covers {clips}").format(clips=clips(len(covered)))
        return f"{text}. {translated('MoveDrag', HELP).format(copy=self.stage.copy_key)}"

    def _ghosts(self, places: list[tuple[Standing, Track, TimeRange]], by: RationalTime) -> tuple[Ghost, ...]:
        made = {track.id for track in self._new}
        if len(places) > MANY:
            return self._few_ghosts(places, by, made)
        label = self._label(by)
        return tuple(
            Ghost(None if track.id in made else track.id, where, label if one is self._held else "", one.track.is_audio)
            for one, track, where in places
        )

    def _few_ghosts(
        self, places: list[tuple[Standing, Track, TimeRange]], by: RationalTime, made: set[str]
    ) -> tuple[Ghost, ...]:
        """One outline a track round all of them."""
        spans: dict[str, tuple[RationalTime, RationalTime, bool]] = {}
        for one, track, where in places:
            start, end, _ = spans.get(track.id, (where.start, where.end, False))
            spans[track.id] = (min(start, where.start), max(end, where.end), one.track.is_audio)
        label = self._label(by)
        ghosts: list[Ghost] = []
        for track_id, (start, end, is_audio) in spans.items():
            known = None if track_id in made else track_id
            ghosts.append(Ghost(known, TimeRange.between(start, end), "" if ghosts else label, is_audio))
        return tuple(ghosts)

    def _label(self, by: RationalTime) -> str:
        start = self._held.range.start if self._held is not None else ZERO
        return f"{self.stage.timecode(start + by)}  {frames(by, self.stage.sequence.rate)}"

    def _show_swap(self, pointer: Pointer) -> None:
        """The held clips and those under the pointer change places."""
        self.stage.show_snap(None)
        if self._held is None:
            return
        hit = self.stage.layout_now.hit(pointer.x, pointer.y)
        command, said = swap_command(self.stage, self._held.clip.id, self._ids, hit)
        where = self._held.range
        held_track: str | None = self._held.track.id
        other = self.stage.sequence.track(hit.track_id) if hit.track_id else None
        index = other.index_of(hit.item_id) if other is not None and hit.item_id else None
        if other is not None and index is not None and command is not None:
            where, held_track = TimeRange(other.starts[index], where.duration), other.id
        self.stage.draft(command, (Ghost(held_track, where, said, self._held.track.is_audio),), said, self._ids)

    def release(self, pointer: Pointer) -> None:
        """Make the edit; a press that did not move was a click."""
        if self._late is not None:
            by, rows, insert, copy = self._late
            self.stage.end_draft()
            self.stage.session.document.do_alone(self._command(self._places(by, rows), insert, copy))
            return
        if self.has_begun:
            self.stage.commit()
            return
        self.stage.session.selection.items.set(self._if_clicked)
        self.stage.end_draft()


def _standing(stage: Stage, ids: set[str]) -> list[Standing]:
    found = []
    for track in stage.sequence.tracks:
        if len(ids) < MANY:
            places = sorted(place for one in ids if (place := track.index_of(one)) is not None)
        else:
            places = [place for place, item in enumerate(track.items) if item.id in ids]
        for place in places:
            item = track.items[place]
            if isinstance(item, Clip):
                found.append(Standing(item, track, track.range_of(place)))
    return found


def _place_of(side: list[Row], track: Track) -> int:
    return next((place for place, row in enumerate(side) if row.track.id == track.id), 0)


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
