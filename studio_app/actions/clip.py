"""What is done to clips: cut, link, group, speed, freeze, gain, attributes, titles."""

from __future__ import annotations

from dataclasses import replace

from studio_app.actions.registry import action
from studio_app.session import gain as gains
from studio_app.session import pasting, speeding
from studio_app.session.chosen import (
    has_clips,
    meant_clips,
    selected_clips,
    selected_under_playhead,
    together,
    under_playhead,
)
from studio_app.session.placing import title_clip
from studio_app.session.session import Session
from timeline.command import Batch, Command
from timeline.commands.add_track import AddTrack
from timeline.commands.freeze_frame import FreezeFrame
from timeline.commands.group_clips import GroupClips
from timeline.commands.join_clips import JoinClips
from timeline.commands.link_clips import LinkClips
from timeline.commands.overwrite_clips import OverwriteClips
from timeline.commands.set_clip import SetClip
from timeline.commands.split_clips import SplitClips
from timeline.commands.swap_clips import SwapClips
from timeline.commands.ungroup_clips import UngroupClips
from timeline.commands.unlink_clips import UnlinkClips
from timeline.errors import EditRefused
from timeline.items import Clip
from timeline.query import linked_ids, through_edit
from timeline.sequence import Sequence
from timeline.time import RationalTime, TimeRange
from timeline.track import Track, TrackKind

FREEZE_LENGTH = RationalTime(2)


def has_sound(session: Session) -> bool:
    """Whether a clip with sound is selected."""
    return gains.is_sound_chosen(session)


# --- cuts ---


@action("clip.add_edit", "Add edit", "Ctrl+K", menu="clip", icon="scissors")
def add_edit(session: Session) -> None:
    """Cut the selected clips at the playhead, or those on the targeted tracks when none is selected there.

    Both halves of what was selected are selected then, so that the next cut finds them.
    """
    at, chosen = session.transport.time, {clip.id for _, clip in selected_under_playhead(session)}
    ids = [clip.id for _, clip in meant_clips(session)]
    wanted = linked_ids(session.sequence, ids) if chosen else ids
    free = set(wanted) & {clip.id for _, clip in under_playhead(session, anywhere=True)}
    rows = [track.id for track, clip in selected_under_playhead(session) if clip.id in free]
    if session.document.do(SplitClips(session.sequence_id, at, tuple(sorted(free)))) and chosen:
        tracks = (track for one in rows if (track := session.sequence.track(one)) is not None)
        session.selection.items.add(item.id for track in tracks if isinstance(item := track.item_at(at), Clip))


@action("clip.add_edit_all", "Add edit on all tracks", "Ctrl+Shift+K", menu="clip")
def add_edit_all(session: Session) -> None:
    """Cut every clip under the playhead."""
    session.document.do(SplitClips(session.sequence_id, session.transport.time))


def _through_edits(session: Session) -> tuple[str, ...]:
    """The clips before through edits: of the selected edit, of neighbours that are both selected, or at the playhead."""
    sequence, edit = session.sequence, session.trimming.edit
    if edit is not None:
        return tuple(cut.left_id for cut in edit.cuts if cut.left_id is not None and cut.right_id is not None)
    chosen = {clip.id for clip in selected_clips(session)}
    found = []
    for track in sequence.tracks:
        for index, item in enumerate(track.items[:-1]):
            both = {item.id, track.items[index + 1].id} <= chosen
            here = not chosen and track.starts[index + 1] == session.transport.time
            if not track.locked and (both or here) and through_edit(track, item.id):
                found.append(item.id)
    return tuple(found)


@action("clip.join", "Join through edit", menu="clip")
def join(session: Session) -> None:
    """Make one clip again of two between which the same source goes on: selected ones, or those at the playhead."""
    session.document.do(JoinClips(session.sequence_id, _through_edits(session)))


# --- together ---


@action("clip.enable", "Enable", "Shift+E", menu="clip", group=4, enabled=has_clips)
def enable(session: Session) -> None:
    """Show or hide the selected clips without removing them."""
    clips = selected_clips(session)
    on = not all(clip.enabled for clip in clips)
    session.document.do(SetClip(session.sequence_id, tuple(clip.id for clip in clips), {"enabled": on}))


@action("clip.link", "Link or unlink", "Ctrl+L", menu="clip", group=4, icon="link", enabled=has_clips)
def link(session: Session) -> None:
    """Tie the selected clips together, or let linked ones go."""
    clips = selected_clips(session)
    ids = tuple(clip.id for clip in clips)
    if any(clip.link for clip in clips):
        session.document.do(UnlinkClips(session.sequence_id, ids))
    else:
        session.document.do(LinkClips(session.sequence_id, ids))


@action("clip.group", "Group", "Ctrl+G", menu="clip", group=4, enabled=has_clips)
def group(session: Session) -> None:
    """Make the selected clips one group that is selected and moved together."""
    session.document.do(GroupClips(session.sequence_id, together(session)))


@action(
    "clip.ungroup",
    "Ungroup",
    "Ctrl+Shift+G",
    menu="clip",
    group=4,
    enabled=lambda s: any(clip.group for clip in selected_clips(s)),
)
def ungroup(session: Session) -> None:
    """Let the clips of the selected groups go their own way."""
    session.document.do(UngroupClips(session.sequence_id, together(session)))


@action("clip.swap", "Swap clips", menu="clip", group=4, enabled=lambda s: len(selected_clips(s)) >= 2)
def swap(session: Session) -> None:
    """Let two selected clips change places, each with its sound."""
    sequence = session.sequence
    chosen = set(together(session))
    rows = [[clip for clip, _ in track.clips() if clip.id in chosen] for track in sequence.tracks]
    pairs = tuple((row[0].id, row[1].id) for row in rows if len(row) == 2)
    if any(len(row) not in (0, 2) for row in rows) or not pairs:
        one = [row[0].id for row in rows if row]
        if len(one) != 2:
            raise EditRefused("Select two clips, with or without their sound, to swap them.")
        pairs = ((one[0], one[1]),)
    session.document.do(SwapClips(sequence.id, pairs))


# --- time ---


@action("clip.speed", "Speed…", "Ctrl+R", menu="clip", group=5, icon="gauge", enabled=has_clips)
def speed(session: Session) -> None:
    """Play the selected clips faster, slower or backwards, or let them last a certain time."""
    if session.face is not None:
        session.face.show("speed")


@action("clip.reverse", "Reverse", menu="clip", group=5, enabled=has_clips)
def reverse(session: Session) -> None:
    """Play the selected clips the other way round, at the same pace."""
    speeding.reverse(session)


@action("clip.freeze_frame", "Insert freeze frame", menu="clip", group=5, icon="camera")
def freeze_frame(session: Session) -> None:
    """Hold the frame under the playhead for two seconds and push what follows."""
    pictures = [(track, clip) for track, clip in meant_clips(session) if not track.is_audio]
    if not pictures:
        raise EditRefused("There is no picture under the playhead to hold.")
    hold = RationalTime.from_frames(FREEZE_LENGTH.nearest_frame(session.sequence.rate), session.sequence.rate)
    session.document.do(FreezeFrame(session.sequence_id, pictures[-1][1].id, session.transport.time, hold))


@action(
    "clip.freeze",
    "Freeze clip",
    menu="clip",
    group=5,
    enabled=has_clips,
    checked=lambda s: any(clip.freeze is not None for clip in selected_clips(s)),
)
def freeze(session: Session) -> None:
    """Let the selected clip stand still on the frame under the playhead, or run again."""
    frozen = tuple(clip.id for clip in selected_clips(session) if clip.freeze is not None)
    if frozen:
        session.document.do(SetClip(session.sequence_id, frozen, {"freeze": None}))
        return
    pictures = [clip for track, clip in meant_clips(session) if not track.is_audio]
    if not pictures:
        raise EditRefused("Select a picture and put the playhead on the frame to hold.")
    at = session.transport.time
    session.document.do(Batch(tuple(FreezeFrame(session.sequence_id, one.id, at) for one in pictures), "Freeze clip"))


# --- levels and looks ---


@action("clip.gain", "Clip gain…", "G", menu="clip", group=6, icon="volume-2", enabled=has_sound)
def gain(session: Session) -> None:
    """Make the selected sounds louder or softer by decibels."""
    if session.face is not None:
        session.face.show("gain")


@action(
    "edit.paste_attributes",
    "Paste attributes…",
    "Ctrl+Alt+V",
    menu="edit",
    group=1,
    enabled=lambda s: bool(s.clipboard) and has_clips(s),
)
def paste_attributes(session: Session) -> None:
    """Give the selected clips effects, levels, fades or speed of the copied one."""
    if session.face is not None:
        session.face.show("paste_attributes")
    else:
        pasting.paste_attributes(session, pasting.PASTED)


# --- titles ---


@action("clip.new_title", "New title", "Ctrl+T", menu="clip", group=8, icon="type")
def new_title(session: Session) -> None:
    """Put a title at the playhead, on a text track that has room there; on a new one where none has."""
    sequence, at = session.sequence, session.transport.time
    clip = title_clip("Title", session.lengths.title)
    length = RationalTime.from_frames(max(1, clip.duration.nearest_frame(sequence.rate)), sequence.rate)
    clip = replace(clip, source_range=TimeRange(clip.source_range.start, length))
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
