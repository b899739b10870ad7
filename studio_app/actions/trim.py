"""Moving edges and clips by keys: ripple trims to the playhead, rolls, trim mode, nudges."""

from __future__ import annotations

from typing import Literal

from studio_app.actions.registry import action
from studio_app.session.chosen import has_clips, has_items, meant_clips, selected_clips, under_playhead
from studio_app.session.nudging import nudge, nudge_tracks, slide, slip
from studio_app.session.session import Session
from studio_app.session.trimming import SelectedEdit, trim_command
from timeline.command import Batch
from timeline.commands.move_clips import MoveClips
from timeline.commands.ripple_trim_clip import RippleTrimClip
from timeline.commands.slip_clip import SlipClip
from timeline.cuts import cut_time
from timeline.query import linked_ids, range_of
from timeline.sequence import Sequence
from timeline.sync import sync_offset
from timeline.time import ZERO, RationalTime


def has_edit(session: Session) -> bool:
    """Whether a cut is selected."""
    return session.trimming.edit is not None


def in_trim_mode(session: Session) -> bool:
    """Whether trim mode is on."""
    return session.trimming.is_on


# --- to the playhead ---


def _ripple_to_playhead(session: Session, edge: Literal["in", "out"]) -> None:
    sequence, time = session.sequence, session.transport.time
    meant = [clip.id for _, clip in meant_clips(session)]
    lead, at = meant[0], _edge_time(sequence, meant[0], edge)
    by = ZERO if at is None else time - at
    if at is None or by == ZERO:
        return
    linked = linked_ids(sequence, [lead])
    free = {clip.id for _, clip in under_playhead(session, anywhere=True)}
    also = [one for one in dict.fromkeys((*linked, *meant)) if one in free and one != lead]
    also = [one for one in also if one in linked or _edge_time(sequence, one, edge) == at]
    if session.document.do(RippleTrimClip(sequence.id, lead, edge, by, also_ids=tuple(also))) and edge == "in":
        session.transport.set_time(at)


def _edge_time(sequence: Sequence, clip_id: str, edge: Literal["in", "out"]) -> RationalTime | None:
    where = range_of(sequence, clip_id)
    return None if where is None else where.start if edge == "in" else where.end


@action("clip.trim_head", "Ripple trim head to playhead", "Q", menu="trim", group=1)
def trim_head(session: Session) -> None:
    """Cut off what lies before the playhead and close the gap."""
    _ripple_to_playhead(session, "in")


@action("clip.trim_tail", "Ripple trim tail to playhead", "W", menu="trim", group=1)
def trim_tail(session: Session) -> None:
    """Cut off what lies behind the playhead and close the gap."""
    _ripple_to_playhead(session, "out")


def _roll_to_playhead(session: Session, where: Literal["before", "after"]) -> None:
    edit = session.trimming.nearest("both", where)
    at = cut_time(session.sequence, edit.cuts[0])
    if at is not None and at != session.transport.time:
        session.document.do(trim_command(session.sequence, edit, session.transport.time - at))


@action("clip.roll_previous", "Roll previous edit to playhead", "Shift+Q", menu="trim", group=1)
def roll_previous(session: Session) -> None:
    """Move the cut before the playhead to it, on the targeted tracks; nothing else moves."""
    _roll_to_playhead(session, "before")


@action("clip.roll_next", "Roll next edit to playhead", "Shift+W", menu="trim", group=1)
def roll_next(session: Session) -> None:
    """Move the cut behind the playhead to it, on the targeted tracks; nothing else moves."""
    _roll_to_playhead(session, "after")


@action("clip.extend_edit", "Extend selected edit to playhead", "E", menu="trim", group=1)
def extend_edit(session: Session) -> None:
    """Move the selected cut, or the side of it that is held, to the playhead."""
    session.trimming.to_playhead()


# --- the selected edit ---


@action("trim.mode", "Trim mode", "Shift+T", menu="trim", group=2, checked=in_trim_mode)
def trim_mode(session: Session) -> None:
    """Hold the nearest edit: J K L and arrows trim it, Tab changes the side, Esc leaves."""
    if session.trimming.is_on:
        session.trimming.leave()
    else:
        session.trimming.begin()


@action("trim.side", "Next side of the edit", "Tab", menu="trim", group=2, enabled=in_trim_mode)
def next_side(session: Session) -> None:
    """Hold the outgoing side, both, or the incoming side."""
    session.trimming.cycle()


@action("trim.leave", "Leave trim mode", "Escape", enabled=has_edit, scope="viewer")
def leave(session: Session) -> None:
    """Let the selected edit go."""
    session.trimming.leave()


@action("trim.kind", "Ripple or plain trim", menu="trim", group=2, enabled=has_edit)
def trim_kind(session: Session) -> None:
    """Change whether a trim of one side moves what follows."""
    edit = session.trimming.edit
    if edit is not None:
        session.trimming.select(SelectedEdit(edit.cuts, not edit.ripple))


@action("trim.earlier", "Trim one frame earlier", "Ctrl+Left", menu="trim", group=2, repeats=True)
def earlier(session: Session) -> None:
    """Move the selected edit one frame earlier."""
    session.trimming.trim(-1)


@action("trim.later", "Trim one frame later", "Ctrl+Right", menu="trim", group=2, repeats=True)
def later(session: Session) -> None:
    """Move the selected edit one frame later."""
    session.trimming.trim(1)


@action("trim.earlier_10", "Trim 10 frames earlier", "Ctrl+Shift+Left", repeats=True)
def earlier_10(session: Session) -> None:
    """Move the selected edit ten frames earlier."""
    session.trimming.trim(-10)


@action("trim.later_10", "Trim 10 frames later", "Ctrl+Shift+Right", repeats=True)
def later_10(session: Session) -> None:
    """Move the selected edit ten frames later."""
    session.trimming.trim(10)


# --- nudges ---


@action("clip.nudge_left", "Nudge left", "Alt+Left", menu="trim", group=3, enabled=has_clips, repeats=True)
def nudge_left(session: Session) -> None:
    """Move the selected clips one frame earlier."""
    nudge(session, -1)


@action("clip.nudge_right", "Nudge right", "Alt+Right", menu="trim", group=3, enabled=has_clips, repeats=True)
def nudge_right(session: Session) -> None:
    """Move the selected clips one frame later."""
    nudge(session, 1)


@action("clip.nudge_left_10", "Nudge left 10 frames", "Alt+Shift+Left", enabled=has_clips, repeats=True)
def nudge_left_10(session: Session) -> None:
    """Move the selected clips ten frames earlier."""
    nudge(session, -10)


@action("clip.nudge_right_10", "Nudge right 10 frames", "Alt+Shift+Right", enabled=has_clips, repeats=True)
def nudge_right_10(session: Session) -> None:
    """Move the selected clips ten frames later."""
    nudge(session, 10)


@action("clip.nudge_up", "Move to track above", "Alt+Up", menu="trim", group=3, enabled=has_items)
def nudge_up(session: Session) -> None:
    """Move the selected pictures one track up; sounds, when no picture is selected."""
    nudge_tracks(session, 1)


@action("clip.nudge_down", "Move to track below", "Alt+Down", menu="trim", group=3, enabled=has_items)
def nudge_down(session: Session) -> None:
    """Move the selected pictures one track down; sounds, when no picture is selected."""
    nudge_tracks(session, -1)


# --- what a clip shows, and where between its neighbours ---


@action(
    "clip.slip_left", "Slip left", "Ctrl+Alt+Left", "Alt+PgUp", menu="trim", group=3, enabled=has_clips, repeats=True
)
def slip_left(session: Session) -> None:
    """Pull what the selected clips show one frame to the left: the next frame comes in."""
    slip(session, 1)


@action(
    "clip.slip_right",
    "Slip right",
    "Ctrl+Alt+Right",
    "Alt+PgDown",
    menu="trim",
    group=3,
    enabled=has_clips,
    repeats=True,
)
def slip_right(session: Session) -> None:
    """Pull what the selected clips show one frame to the right: the frame before comes in."""
    slip(session, -1)


@action(
    "clip.slip_left_10", "Slip left 10 frames", "Ctrl+Alt+Shift+Left", "Alt+Shift+PgUp", enabled=has_clips, repeats=True
)
def slip_left_10(session: Session) -> None:
    """Pull what the selected clips show ten frames to the left."""
    slip(session, 10)


@action(
    "clip.slip_right_10",
    "Slip right 10 frames",
    "Ctrl+Alt+Shift+Right",
    "Alt+Shift+PgDown",
    enabled=has_clips,
    repeats=True,
)
def slip_right_10(session: Session) -> None:
    """Pull what the selected clips show ten frames to the right."""
    slip(session, -10)


@action("clip.slide_left", "Slide left", "Alt+,", "Alt+Home", menu="trim", group=3, enabled=has_clips, repeats=True)
def slide_left(session: Session) -> None:
    """Move the selected clip one frame to the left; its neighbours give way and follow."""
    slide(session, -1)


@action("clip.slide_right", "Slide right", "Alt+.", "Alt+End", menu="trim", group=3, enabled=has_clips, repeats=True)
def slide_right(session: Session) -> None:
    """Move the selected clip one frame to the right; its neighbours give way and follow."""
    slide(session, 1)


# --- in sync ---


def _offsets(session: Session) -> list[tuple[str, RationalTime]]:
    """The selected clips that are out of sync, and by how much; of a pair that is selected the sound alone."""
    sequence = session.sequence
    ids = [clip.id for clip in selected_clips(session)]
    sounds = [one for one in ids if (track := sequence.track_holding(one)) is not None and track.is_audio]
    return [(one, by) for one in sounds or ids if (by := sync_offset(sequence, one))]


def is_out_of_sync(session: Session) -> bool:
    """Whether a selected clip is apart from its picture or sound."""
    return bool(_offsets(session))


@action("clip.move_into_sync", "Move into sync", menu="trim", group=4, enabled=is_out_of_sync)
def move_into_sync(session: Session) -> None:
    """Move the selected clip, of a pair the sound, to where it fits its partner; it covers what is there."""
    sequence, moves = session.sequence, []
    for clip_id, by in _offsets(session):
        track, where = sequence.track_holding(clip_id), range_of(sequence, clip_id)
        if track is not None and where is not None:
            moves.append((clip_id, track.id, where.start - by))
    session.document.do(MoveClips(sequence.id, tuple(moves)))


@action("clip.slip_into_sync", "Slip into sync", menu="trim", group=4, enabled=is_out_of_sync)
def slip_into_sync(session: Session) -> None:
    """Let the selected clip, of a pair the sound, stay and show what fits its partner."""
    slips = tuple(SlipClip(session.sequence_id, (clip_id,), by) for clip_id, by in _offsets(session))
    session.document.do(Batch(slips, "Slip into sync"))
