"""What is done to clips: cut, trim, nudge, link, speed, transitions, titles."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from studio_app.actions.registry import action
from studio_app.session.placing import title_clip
from studio_app.session.session import Session
from timeline.command import Batch, Command
from timeline.commands.add_track import AddTrack
from timeline.commands.link_clips import LinkClips
from timeline.commands.move_clips import MoveClips
from timeline.commands.overwrite_clips import OverwriteClips
from timeline.commands.ripple_trim_clip import RippleTrimClip
from timeline.commands.set_clip import SetClip
from timeline.commands.set_speed import SetSpeed
from timeline.commands.set_transition import SetTransition
from timeline.commands.split_clips import SplitClips
from timeline.commands.unlink_clips import UnlinkClips
from timeline.errors import EditRefused
from timeline.items import Clip, Transition
from timeline.query import handles, linked_ids, neighbours, range_of
from timeline.sequence import Sequence
from timeline.time import ZERO, RationalTime, TimeRange
from timeline.track import Track, TrackKind

DEFAULT_TRANSITION = RationalTime(1)


def selected_clips(session: Session) -> list[Clip]:
    """The selected clips of the active sequence."""
    sequence = session.sequence
    return [clip for one in session.selection.item_ids if (clip := sequence.clip(one)) is not None]


def has_clips(session: Session) -> bool:
    """Whether a clip is selected."""
    return bool(selected_clips(session))


def under_playhead(session: Session) -> list[str]:
    """Ids of the clips the playhead is inside of, on unlocked tracks."""
    time = session.transport.time
    found = []
    for track in session.sequence.tracks:
        index = track.index_at(time)
        if index is not None and not track.locked and isinstance(track.items[index], Clip):
            found.append(track.items[index].id)
    return found


@action("clip.add_edit", "Add edit", "Ctrl+K", menu="clip", group=1, icon="scissors")
def add_edit(session: Session) -> None:
    """Cut the selected clips at the playhead, or all clips there when none is selected."""
    chosen = [one for one in session.selection.item_ids if one in under_playhead(session)]
    ids = linked_ids(session.sequence, chosen) if chosen else under_playhead(session)
    session.document.do(SplitClips(session.sequence_id, session.transport.time, tuple(ids)))


@action("clip.add_edit_all", "Add edit on all tracks", "Ctrl+Shift+K", menu="clip", group=1)
def add_edit_all(session: Session) -> None:
    """Cut every clip under the playhead."""
    session.document.do(SplitClips(session.sequence_id, session.transport.time))


def _ripple_to_playhead(session: Session, edge: Literal["in", "out"]) -> None:
    sequence, time = session.sequence, session.transport.time
    inside = under_playhead(session)
    chosen = [one for one in session.selection.item_ids if one in inside]
    lead = chosen[0] if chosen else _lowest_picture(sequence, inside)
    if lead is None:
        raise EditRefused("There is no clip under the playhead to trim.")
    where = range_of(sequence, lead)
    if where is None:
        return
    by = time - where.start if edge == "in" else time - where.end
    if by == ZERO:
        return
    linked = (one for one in linked_ids(sequence, [lead]) if one != lead)
    also = tuple(one for one in linked if (track := sequence.track_holding(one)) is not None and not track.locked)
    session.document.do(RippleTrimClip(sequence.id, lead, edge, by, also_ids=also))
    if edge == "in":
        session.transport.set_time(where.start)


def _lowest_picture(sequence: Sequence, ids: list[str]) -> str | None:
    pictures = [one for one in ids if (track := sequence.track_holding(one)) and not track.is_audio]
    return next(iter(pictures or ids), None)


@action("clip.trim_head", "Ripple trim head to playhead", "Q", menu="clip", group=1)
def trim_head(session: Session) -> None:
    """Cut off what lies before the playhead and close the gap."""
    _ripple_to_playhead(session, "in")


@action("clip.trim_tail", "Ripple trim tail to playhead", "W", menu="clip", group=1)
def trim_tail(session: Session) -> None:
    """Cut off what lies behind the playhead and close the gap."""
    _ripple_to_playhead(session, "out")


def _nudge(session: Session, frames: int) -> None:
    sequence = session.sequence
    by = RationalTime.from_frames(frames, sequence.rate)
    moves = []
    for one in linked_ids(sequence, session.selection.item_ids):
        track, where = sequence.track_holding(one), range_of(sequence, one)
        if track is not None and where is not None and sequence.clip(one):
            moves.append((one, track.id, where.start + by))
    if moves:
        session.document.do(MoveClips(sequence.id, tuple(moves)))


@action("clip.nudge_left", "Nudge left", "Alt+Left", menu="clip", group=2, enabled=has_clips, repeats=True)
def nudge_left(session: Session) -> None:
    """Move the selected clips one frame earlier."""
    _nudge(session, -1)


@action("clip.nudge_right", "Nudge right", "Alt+Right", menu="clip", group=2, enabled=has_clips, repeats=True)
def nudge_right(session: Session) -> None:
    """Move the selected clips one frame later."""
    _nudge(session, 1)


@action("clip.nudge_left_10", "Nudge left 10 frames", "Alt+Shift+Left", enabled=has_clips, repeats=True)
def nudge_left_10(session: Session) -> None:
    """Move the selected clips ten frames earlier."""
    _nudge(session, -10)


@action("clip.nudge_right_10", "Nudge right 10 frames", "Alt+Shift+Right", enabled=has_clips, repeats=True)
def nudge_right_10(session: Session) -> None:
    """Move the selected clips ten frames later."""
    _nudge(session, 10)


@action("clip.enable", "Enable", "Shift+E", menu="clip", group=3, enabled=has_clips)
def enable(session: Session) -> None:
    """Show or hide the selected clips without removing them."""
    clips = selected_clips(session)
    on = not all(clip.enabled for clip in clips)
    session.document.do(SetClip(session.sequence_id, tuple(clip.id for clip in clips), {"enabled": on}))


@action("clip.link", "Link or unlink", "Ctrl+L", menu="clip", group=3, icon="link", enabled=has_clips)
def link(session: Session) -> None:
    """Tie the selected clips together, or let linked ones go."""
    clips = selected_clips(session)
    ids = tuple(clip.id for clip in clips)
    if any(clip.link for clip in clips):
        session.document.do(UnlinkClips(session.sequence_id, ids))
    else:
        session.document.do(LinkClips(session.sequence_id, ids))


@action("clip.speed", "Speed…", "Ctrl+R", menu="clip", group=3, icon="gauge", enabled=has_clips)
def speed(session: Session) -> None:
    """Play the selected clips faster, slower or backwards."""
    clips = selected_clips(session)
    if session.face is None:
        return
    now = f"{float(clips[0].speed * 100):g}"
    text = session.face.ask_text("Speed", "Speed in percent (negative plays backwards)", now)
    if text is None:
        return
    try:
        wanted = Fraction(text.strip().rstrip("%").replace(",", ".").replace("−", "-").strip()) / 100
    except (ValueError, ZeroDivisionError) as error:
        raise EditRefused(f"{text!r} is not a speed. Write a number of percent such as 50 or -100.") from error
    ids = linked_ids(session.sequence, [clip.id for clip in clips])
    session.document.do(SetSpeed(session.sequence_id, tuple(ids), wanted, ripple=True))


@action("clip.transition", "Video transition", "Ctrl+D", menu="clip", group=4)
def transition(session: Session) -> None:
    """Lay a dissolve over the nearest edit of the selected clip, or of the picture at the playhead."""
    _add_transition(session, audio=False)


@action("clip.audio_transition", "Audio transition", "Ctrl+Shift+D", menu="clip", group=4)
def audio_transition(session: Session) -> None:
    """Lay a crossfade over the nearest edit of the sound."""
    _add_transition(session, audio=True)


def _add_transition(session: Session, *, audio: bool) -> None:
    sequence, time = session.sequence, session.transport.time
    chosen = {clip.id for clip in selected_clips(session)}
    best: tuple[RationalTime, Track, Clip | None, Clip | None] | None = None
    for track in sequence.tracks:
        if track.is_audio is not audio or track.locked:
            continue
        for clip, where in track.clips():
            if chosen and clip.id not in chosen:
                continue
            left, right = neighbours(track, clip.id)
            for cut, pair in ((where.start, (left, clip)), (where.end, (clip, right))):
                distance = abs(cut - time)
                if best is None or distance < best[0]:
                    best = (distance, track, *pair)
    if best is None:
        raise EditRefused("There is no edit here for a transition. Put the playhead near a cut.")
    _, track, left, right = best
    command = SetTransition(sequence.id, track.id, _fitting(session, sequence, left, right))
    session.document.do(command)


def _fitting(session: Session, sequence: Sequence, left: Clip | None, right: Clip | None) -> Transition:
    """A dissolve of one second round the cut, as far as the handles and the clips allow."""
    frame, half = sequence.frame, DEFAULT_TRANSITION / 2
    library = session.document.library
    before = after = half.snapped(sequence.rate)
    if left is None or right is None:
        alone = [clip.duration / 2 for clip in (left, right) if clip is not None]
        length = min(DEFAULT_TRANSITION, *alone).frames(sequence.rate)
        whole = RationalTime.from_frames(max(1, length), sequence.rate)
        return Transition(
            "dissolve",
            left.id if left else None,
            right.id if right else None,
            whole if left else ZERO,
            whole if right else ZERO,
        )
    tail, head = handles(left, library)[1], handles(right, library)[0]
    after = min(after, right.duration / 2, *([tail] if tail is not None else []))
    before = min(before, left.duration / 2, *([head] if head is not None else []))
    before = RationalTime.from_frames(before.frames(sequence.rate), sequence.rate)
    after = RationalTime.from_frames(after.frames(sequence.rate), sequence.rate)
    if before + after < frame * 2:
        raise EditRefused(
            f"{left.name or 'The clip'} and {right.name or 'the next'} have no handles at this cut. Trim them back first."
        )
    return Transition("dissolve", left.id, right.id, before, after)


@action("clip.new_title", "New title", "Ctrl+T", menu="clip", group=5, icon="type")
def new_title(session: Session) -> None:
    """Put a title at the playhead, on a text track that has room there; on a new one where none has."""
    sequence, at = session.sequence, session.transport.time
    clip = title_clip("Title")
    wanted = TimeRange(at, clip.duration)
    free = next((track for track in sequence.tracks if _has_room_for_title(track, wanted)), None)
    commands: list[Command] = []
    if free is None:
        free = Track(TrackKind.TEXT, name="Titles")
        commands.append(AddTrack(sequence.id, free, _above_pictures(sequence)))
    commands.append(OverwriteClips(sequence.id, ((free.id, at, clip),)))
    if session.document.do(Batch(tuple(commands), "New title")):
        session.selection.items.set([clip.id])


def _has_room_for_title(track: Track, wanted: TimeRange) -> bool:
    taken = any(where.overlaps(wanted) for _, where in track.clips())
    return track.kind is TrackKind.TEXT and not track.locked and not taken


def _above_pictures(sequence: Sequence) -> int:
    pictures = [index for index, track in enumerate(sequence.tracks) if not track.is_audio]
    return pictures[-1] + 1 if pictures else 0
