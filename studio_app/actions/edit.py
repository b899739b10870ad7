"""Undo, clipboard, delete, select."""

from __future__ import annotations

from studio_app.actions.registry import action
from studio_app.session.placing import Placements, end_of
from studio_app.session.session import Session
from timeline.command import Batch
from timeline.commands.delete_items import DeleteItems
from timeline.commands.insert_clips import InsertClips
from timeline.commands.overwrite_clips import OverwriteClips
from timeline.commands.remove_transition import RemoveTransition
from timeline.commands.ripple_delete import RippleDelete
from timeline.edits import copies
from timeline.items import Clip
from timeline.query import linked_ids, range_of


def has_items(session: Session) -> bool:
    """Whether something on the timeline is selected."""
    return bool(session.selection.item_ids)


@action("edit.undo", "Undo", "Ctrl+Z", menu="edit", icon="undo-2", repeats=True, enabled=lambda s: s.document.can_undo)
def undo(session: Session) -> None:
    """Take the last edit back."""
    session.document.undo()


@action(
    "edit.redo",
    "Redo",
    "Ctrl+Shift+Z",
    "Ctrl+Y",
    menu="edit",
    icon="redo-2",
    repeats=True,
    enabled=lambda s: s.document.can_redo,
)
def redo(session: Session) -> None:
    """Make the edit taken back again."""
    session.document.redo()


@action("edit.cut", "Cut", "Ctrl+X", menu="edit", group=1, enabled=has_items)
def cut(session: Session) -> None:
    """Take the selected clips to the clipboard and leave a gap."""
    copy(session)
    delete(session)


@action("edit.copy", "Copy", "Ctrl+C", menu="edit", group=1, enabled=has_items)
def copy(session: Session) -> None:
    """Take the selected clips to the clipboard."""
    sequence = session.sequence
    clips = []
    for item_id in session.selection.item_ids:
        clip, track, where = sequence.clip(item_id), sequence.track_holding(item_id), range_of(sequence, item_id)
        if clip is not None and track is not None and where is not None:
            clips.append((track.id, where.start, clip))
    if clips:
        first = min(start for _, start, _ in clips)
        session.clipboard = tuple((track_id, start - first, clip) for track_id, start, clip in clips)


def _at_playhead(session: Session) -> Placements:
    """The clipboard's clips under new ids, from the playhead on."""
    fresh = copies(clip for _, _, clip in session.clipboard)
    at = session.transport.time
    return tuple((track, at + since, clip) for (track, since, _), clip in zip(session.clipboard, fresh, strict=True))


@action("edit.paste", "Paste", "Ctrl+V", menu="edit", group=1, enabled=lambda s: bool(s.clipboard))
def paste(session: Session) -> None:
    """Lay the clipboard over what is at the playhead."""
    placements = _at_playhead(session)
    if session.document.do(OverwriteClips(session.sequence_id, placements)):
        _after_paste(session, placements)


@action("edit.paste_insert", "Paste insert", "Ctrl+Shift+V", menu="edit", group=1, enabled=lambda s: bool(s.clipboard))
def paste_insert(session: Session) -> None:
    """Put the clipboard in at the playhead and push what follows."""
    placements = _at_playhead(session)
    if session.document.do(InsertClips(session.sequence_id, session.transport.time, placements)):
        _after_paste(session, placements)


def _after_paste(session: Session, placements: Placements) -> None:
    session.selection.items.set(clip.id for _, _, clip in placements)
    session.transport.set_time(end_of(placements))


@action(
    "edit.delete",
    "Delete",
    "Delete",
    "Backspace",
    menu="edit",
    group=2,
    icon="trash-2",
    enabled=has_items,
    scope="timeline",
)
def delete(session: Session) -> None:
    """Remove the selected clips and leave a gap; a selected gap closes, a selected transition goes."""
    sequence, ids = session.sequence, session.selection.item_ids
    transitions = {one.id for track in sequence.tracks for one in track.transitions} & set(ids)
    if transitions:
        gone = tuple(RemoveTransition(sequence.id, one) for one in ids if one in transitions)
        session.document.do(gone[0] if len(gone) == 1 else Batch(gone, "Remove transitions"))
    elif all(sequence.clip(one) is None for one in ids):
        session.document.do(RippleDelete(sequence.id, ids))
    else:
        session.document.do(DeleteItems(sequence.id, ids))


@action(
    "edit.ripple_delete",
    "Ripple delete",
    "Shift+Delete",
    "Shift+Backspace",
    menu="edit",
    group=2,
    enabled=has_items,
    scope="timeline",
)
def ripple_delete(session: Session) -> None:
    """Remove the selected clips and close the gap."""
    session.document.do(RippleDelete(session.sequence_id, session.selection.item_ids))


@action("edit.select_all", "Select all", "Ctrl+A", menu="edit", group=3, scope="timeline")
def select_all(session: Session) -> None:
    """Select every clip of the sequence."""
    tracks = (track for track in session.sequence.tracks if not track.locked)
    session.selection.items.set(item.id for track in tracks for item in track.items if isinstance(item, Clip))


@action("edit.deselect", "Deselect all", "Ctrl+Shift+A", menu="edit", group=3, enabled=has_items)
def deselect(session: Session) -> None:
    """Select nothing."""
    session.selection.items.clear()


@action("edit.select_at_playhead", "Select clip at playhead", "D", menu="edit", group=3)
def select_at_playhead(session: Session) -> None:
    """Select the topmost clip under the playhead, with what is linked to it."""
    sequence = session.sequence
    for track in reversed(sequence.picture_tracks()):
        item = track.item_at(session.transport.time)
        if isinstance(item, Clip) and not track.locked:
            session.selection.items.set(linked_ids(sequence, [item.id]))
            return


@action("edit.preferences", "Preferences…", "Ctrl+,", menu="edit", group=4, icon="settings")
def preferences(session: Session) -> None:
    """Proxies, memory and disk for what is kept, recovery copies."""
    if session.face is not None:
        session.face.show("preferences")
