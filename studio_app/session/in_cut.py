"""Generation in the cut: where it is meant, the shot that is made for it, and the placeholder that holds its place.

A shot made here belongs to the board "In the cut" of the sequence's size and rate, so that its film is exact to the frame; a
card of the storyboard keeps its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from studio_app.session.chosen import selected_clips
from studio_app.session.covering import covering
from studio_app.session.joined_parts import JOINED
from studio_app.session.neighbour_frames import Edge, Frames, extract, frames_of, kept_path
from studio_app.session.over_long import cut_to, trim_shot, with_joined
from studio_app.session.session import Session
from studio_app.session.stand_ins import RETAKE
from timeline.command import Batch, Command
from timeline.commands.add_shot import AddShot
from timeline.commands.add_storyboard import AddStoryboard
from timeline.commands.add_track import AddTrack
from timeline.commands.edit_shot import EditShot
from timeline.commands.overwrite_clips import OverwriteClips
from timeline.errors import EditRefused
from timeline.items import Clip, Gap, MediaSource, Placeholder, new_id
from timeline.query import range_of, source_name
from timeline.respeeding import at_full_speed
from timeline.sequence import Sequence
from timeline.storyboard import Shot, Storyboard
from timeline.take_sound import PICTURE_ONLY, sound_clips
from timeline.time import ZERO, RationalTime, TimeRange
from timeline.track import Track, TrackKind

BOARD = "In the cut"
IN_CUT = "in_cut"
"""In a board's extra: it holds shots that were made where they stand."""
HANDLE_FRAMES = 8
"""So many frames more at each join of a retake, where the clip has them: room for a dissolve."""
AUTO = "auto"


@dataclass(frozen=True)
class Spot:
    """Where something is to be made. `range`: record time, whole frames. `track_id` empty: a new track on top.

    `kind`: `gap` and `range` get a new shot, `shot` is a placeholder (`clip_id`) of a shot there is, `retake` a part of a clip.
    `head` and `tail` are what a retake is made longer than its place.
    """

    kind: Literal["gap", "range", "shot", "retake"]
    range: TimeRange
    track_id: str = ""
    clip_id: str = ""
    shot_id: str = ""
    head: RationalTime = ZERO
    tail: RationalTime = ZERO

    @property
    def made(self) -> RationalTime:
        """How long the film is that is asked for."""
        return self.head + self.range.duration + self.tail


@dataclass(frozen=True)
class Wish:
    """What the user wants there. `first`, `last`: whether the frames of the neighbours are the film's first and last."""

    words: str
    engine: str = AUTO
    first: bool = False
    last: bool = False
    options: Mapping[str, Any] = field(default_factory=dict)
    """Other fields of the shot (camera_motion, mood, …)."""
    joined: bool = False
    """Whether it may be made in joined parts where it is longer than its engine makes."""


# --- where ------------------------------------------------------------------------------------------------------------


def spot_of(session: Session) -> Spot:
    """Where "generate here" is meant: by what is selected, else by the marks, else the gap under the playhead. Raises EditRefused."""
    sequence, marks = session.sequence, session.transport.marked_range
    pictures = [clip for clip in selected_clips(session) if not _on_sound(sequence, clip)]
    if len(pictures) == 1:
        return _of_clip(session, pictures[0], marks)
    if pictures:
        raise EditRefused("Several clips are selected. Select one clip, a gap, or mark a range.")
    for item_id in session.selection.item_ids:
        track = sequence.track_holding(item_id)
        index = track.index_of(item_id) if track is not None else None
        if track is not None and index is not None and isinstance(track.items[index], Gap) and not track.is_audio:
            return _free(Spot("gap", track.range_of(index), track.id), track)
    if session.transport.mark_in is not None and session.transport.mark_out is not None and marks is not None:
        return Spot("range", marks, _free_track(session, marks))
    return _gap_under_playhead(session)


def _of_clip(session: Session, clip: Clip, marks: TimeRange | None) -> Spot:
    sequence = session.sequence
    track, where = sequence.track_holding(clip.id), range_of(sequence, clip.id)
    if track is None or where is None:
        raise EditRefused("This clip is no longer in the sequence.")
    if isinstance(clip.source, Placeholder):
        return Spot("shot", where, track.id, clip.id, clip.source.shot_id)
    part = where.intersection(marks) if marks is not None else None
    if part is None or not part.duration:
        if clip.shot_id is not None and session.document.project.shot(clip.shot_id) is not None and marks is None:
            return Spot("shot", where, track.id, clip.id, clip.shot_id)
        raise EditRefused("Mark in and out the seconds of this clip that are to be made anew, then press again.")
    if not isinstance(clip.source, MediaSource):
        raise EditRefused("Only clips of files can be made anew in part.")
    if clip.freeze is not None:
        raise EditRefused(
            "This clip stands still: there is no motion to make anew. Take its freeze away, then mark the part."
        )
    at_full_speed(clip, ZERO)  # says what cannot be
    room = RationalTime.from_frames(HANDLE_FRAMES, sequence.rate)
    head, tail = min(room, part.start - where.start), min(room, where.end - part.end)
    return _free(Spot("retake", part, track.id, clip.id, "", head, tail), track)


def _free(spot: Spot, track: Track) -> Spot:
    if track.locked:
        raise EditRefused("This track is locked. Unlock it, then generate.")
    return spot


def _on_sound(sequence: Sequence, clip: Clip) -> bool:
    track = sequence.track_holding(clip.id)
    return track is None or track.is_audio


def _free_track(session: Session, where: TimeRange) -> str:
    """The targeted picture track where it is empty there, else the first above that is; none: a new one on top."""
    tracks = [one for one in session.sequence.tracks if one.kind is TrackKind.VIDEO]
    target = session.targets.picture
    start = tracks.index(target) if target in tracks and target is not None else 0
    for track in tracks[start:]:
        if not track.locked and not any(span.overlaps(where) for _, span in track.clips()):
            return track.id
    return ""


def _gap_under_playhead(session: Session) -> Spot:
    time, track = session.transport.time, session.targets.picture
    index = track.index_at(time) if track is not None else None
    if track is None or index is None or not isinstance(track.items[index], Gap):
        raise EditRefused("Select a gap or a clip, or mark in and out where something is to be generated.")
    return Spot("gap", track.range_of(index), track.id)


# --- the shot ---------------------------------------------------------------------------------------------------------


def board_for(session: Session) -> tuple[Storyboard, bool]:
    """The board for shots made in the active sequence, and whether the project has it already."""
    sequence = session.sequence
    boards = session.document.project.storyboards
    for board in boards:
        same = (board.width, board.height, board.rate) == (sequence.width, sequence.height, sequence.rate)
        if board.extra.get(IN_CUT) and same:
            return board, True
    style = boards[0].global_style if boards else ""
    return Storyboard(
        BOARD,
        global_style=style,
        width=sequence.width,
        height=sequence.height,
        rate=sequence.rate,
        auto_transitions=False,
        title_card=False,
        extra={IN_CUT: True},
    ), False


def draft_shot(session: Session, spot: Spot, wish: Wish) -> tuple[Storyboard, Shot]:
    """The board and the shot as they would be; nothing is changed. Also of a shot there is, with the wish in it."""
    board, _ = board_for(session)
    old = session.document.project.shot(spot.shot_id) if spot.shot_id else None
    frames = frames_of(
        session, spot.range, spot.track_id, spot.clip_id if spot.kind == "retake" else "", spot.head, spot.tail
    )
    pictures = _pictures(session, frames, wish)
    if old is not None:
        owner = next(one for one in session.document.project.storyboards if one.shot(old.id) is not None)
        seen = covering(session.document.project, owner, old)
        new = replace(seen, description=wish.words, engine=wish.engine, **pictures, **wish.options)
        return owner, with_joined(new) if wish.joined else new
    extra: dict[str, Any] = {JOINED: True} if wish.joined else {}
    if spot.kind == "retake":
        clip = session.sequence.clip(spot.clip_id)
        where = range_of(session.sequence, spot.clip_id)
        if clip is None or where is None or not isinstance(clip.source, MediaSource):
            raise EditRefused("This clip is no longer in the sequence.")
        start = clip.source_time(spot.range.start - where.start - spot.head)
        extra[RETAKE] = {"media": clip.source.media_id, "start": str(start), "speed": str(clip.speed)}
    shot = Shot(wish.words, duration=spot.made, engine=wish.engine, extra=extra, **pictures, **wish.options)
    return board, shot


def shorter(session: Session, spot: Spot, seconds: float) -> Spot:
    """The spot with room for a film of so many seconds at most; a place that waits already is trimmed, as a step."""
    if spot.kind == "shot":
        if not trim_shot(session, spot.shot_id, seconds):
            raise EditRefused("This place cannot be trimmed.")
        where = range_of(session.sequence, spot.clip_id)
        return replace(spot, range=where) if where is not None else spot
    length = cut_to(seconds, board_for(session)[0]) - spot.head - spot.tail
    return replace(spot, range=TimeRange(spot.range.start, min(spot.range.duration, length)))


def _pictures(session: Session, frames: Frames, wish: Wish) -> dict[str, Any]:
    def path(edge: Edge | None, is_wanted: bool) -> str:
        return str(kept_path(session, edge)) if edge is not None and is_wanted else ""

    return {"image_reference": path(frames.first, wish.first), "last_image": path(frames.last, wish.last)}


def with_pictures_there(shot: Shot) -> Shot:
    """The shot as it can be planned now: frames that are not extracted yet are left out."""
    first, last = shot.image_reference, shot.last_image
    return replace(
        shot,
        image_reference=first if Path(first).is_file() else "",
        last_image=last if Path(last).is_file() else "",
    )


# --- doing it ---------------------------------------------------------------------------------------------------------


def place(session: Session, spot: Spot, wish: Wish) -> str:
    """Stand the placeholder, with its shot, as one step; the id of the shot. Raises EditRefused.

    Nothing is generated yet. Of a shot there is, only what was changed of it is set.
    """
    if not wish.words.strip():
        raise EditRefused("Say what is to be seen, then generate.")
    board, shot = draft_shot(session, spot, wish)
    document, sequence = session.document, session.sequence
    if spot.shot_id:
        old = board.shot(spot.shot_id)
        fields = ("description", "engine", "duration", "image_reference", "last_image", "extra", *wish.options)
        changes = {one: getattr(shot, one) for one in fields if getattr(shot, one) != getattr(old, one)}
        if changes and not document.do_alone(EditShot(board.id, shot.id, changes)):
            raise EditRefused("This shot cannot be changed.")
        return shot.id
    there = any(one.id == board.id for one in document.project.storyboards)
    commands: list[Command] = [AddShot(board.id, shot) if there else AddStoryboard(replace(board, shots=(shot,)))]
    track_id = spot.track_id
    if not track_id:
        track = Track(TrackKind.VIDEO)
        pictures = [index for index, one in enumerate(sequence.tracks) if one.kind is TrackKind.VIDEO]
        commands.append(AddTrack(sequence.id, track, pictures[-1] + 1 if pictures else 0))
        track_id = track.id
    clip = _clip(session, spot, shot)
    commands.append(OverwriteClips(sequence.id, ((track_id, spot.range.start, clip),)))
    name = "Retake range" if spot.kind == "retake" else "Generate here"
    said: list[str] = []
    listening = document.refused.connect(said.append)
    done = document.do_alone(Batch(tuple(commands), name))
    listening.close()
    if not done:
        raise EditRefused(said[0] if said else "It cannot be placed here.")
    session.selection.items.set([clip.id])
    if spot.kind in ("range", "retake"):
        session.transport.set_marks(None, None)
    return shot.id


def _clip(session: Session, spot: Spot, shot: Shot) -> Clip:
    """The placeholder; of a retake with the look of the clip it is a part of, whose sound goes on under it.

    The film is made as it is to be seen: of a clip that is slowed or reversed the part plays at 100 % forwards.
    """
    shown = TimeRange(spot.head, spot.range.duration)
    clip = Clip(Placeholder(shot.id), shown, shot_id=shot.id)
    old = session.sequence.clip(spot.clip_id) if spot.kind == "retake" else None
    where = range_of(session.sequence, spot.clip_id) if old is not None else None
    if old is None or where is None:
        return clip
    same = replace(old, id=new_id(), link=None, group=None, markers=(), fade_in=ZERO, fade_out=ZERO)
    if sound_clips(session.sequence, old):
        same = replace(same, extra={**same.extra, PICTURE_ONLY: True})
    run = at_full_speed(same, spot.head - (spot.range.start - where.start))
    new = replace(run, source=Placeholder(shot.id), source_range=shown, shot_id=shot.id)
    return replace(new, name=f"Retake of {old.name or source_name(old, session.document.library)}")


def generate_here(session: Session, spot: Spot, wish: Wish) -> str:
    """Stand the placeholder, extract the frames that are wanted, and send it; the id of the shot. Raises EditRefused."""
    frames = frames_of(
        session, spot.range, spot.track_id, spot.clip_id if spot.kind == "retake" else "", spot.head, spot.tail
    )
    wanted = [edge for edge, on in ((frames.first, wish.first), (frames.last, wish.last)) if edge is not None and on]
    film = (session.document.project, session.document.library)
    shot_id = place(session, spot, wish)

    def send() -> None:
        session.generation.generate([shot_id])

    extract(session, wanted, send, film)
    return shot_id
