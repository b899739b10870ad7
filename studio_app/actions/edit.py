"""Undo, clipboard, delete, select."""

from __future__ import annotations

from studio_app.actions.registry import action
from studio_app.session import pasting
from studio_app.session.chosen import has_items, under_playhead
from studio_app.session.placing import end_of
from studio_app.session.session import Session
from timeline.command import Batch, Command
from timeline.commands.delete_items import DeleteItems
from timeline.commands.insert_clips import InsertClips
from timeline.commands.join_clips import JoinClips
from timeline.commands.overwrite_clips import OverwriteClips
from timeline.commands.remove_transition import RemoveTransition
from timeline.commands.ripple_delete import RippleDelete
from timeline.errors import EditRefused
from timeline.items import Clip
from timeline.query import together_ids


def has_something(session: Session) -> bool:
    """Whether something on the timeline, or a cut, is selected."""
    return has_items(session) or session.trimming.edit is not None


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
    if pasting.copy(session):
        session.document.do(DeleteItems(session.sequence_id, session.selection.item_ids))


@action("edit.copy", "Copy", "Ctrl+C", menu="edit", group=1, enabled=has_items)
def copy(session: Session) -> None:
    """Take the selected clips to the clipboard."""
    pasting.copy(session)


@action("edit.paste", "Paste", "Ctrl+V", menu="edit", group=1, enabled=lambda s: bool(s.clipboard))
def paste(session: Session) -> None:
    """Lay the clipboard over what is at the playhead, from the targeted tracks on."""
    pasted = pasting.at_playhead(session)
    _do(session, pasted, OverwriteClips(session.sequence_id, pasted.placements), "Paste")


@action("edit.paste_insert", "Paste insert", "Ctrl+Shift+V", menu="edit", group=1, enabled=lambda s: bool(s.clipboard))
def paste_insert(session: Session) -> None:
    """Put the clipboard in at the playhead, from the targeted tracks on, and push what follows."""
    pasted = pasting.at_playhead(session)
    command = InsertClips(session.sequence_id, session.transport.time, pasted.placements)
    _do(session, pasted, command, "Paste insert")


def _do(session: Session, pasted: pasting.Pasted, command: Command, name: str) -> None:
    if session.document.do(Batch((*pasted.tracks, command), name)):
        session.selection.items.set(clip.id for _, _, clip in pasted.placements)
        session.transport.set_time(end_of(pasted.placements))


@action(
    "edit.delete",
    "Delete",
    "Delete",
    "Backspace",
    menu="edit",
    group=2,
    icon="trash-2",
    enabled=has_something,
    scope="timeline",
)
def delete(session: Session) -> None:
    """Remove the selected clips and leave a gap; a selected gap closes, a transition goes, a through edit is joined."""
    sequence, ids, edit = session.sequence, session.selection.item_ids, session.trimming.edit
    if not ids and edit is not None:
        lefts = (cut.left_id for cut in edit.cuts if cut.right_id is not None)
        session.document.do(JoinClips(sequence.id, tuple(one for one in lefts if one is not None)))
        return
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


@action("edit.deselect", "Deselect all", "Ctrl+Shift+A", menu="edit", group=3, enabled=has_something)
def deselect(session: Session) -> None:
    """Select nothing."""
    session.selection.items.clear()
    session.trimming.select(None)


@action("edit.select_at_playhead", "Select clip at playhead", "D", menu="edit", group=3)
def select_at_playhead(session: Session) -> None:
    """Select the clips under the playhead on the targeted tracks, with what belongs to them."""
    ids = [clip.id for _, clip in under_playhead(session)]
    if not ids:
        raise EditRefused("There is no clip under the playhead on the targeted tracks.")
    session.selection.items.set(together_ids(session.sequence, ids))


@action("edit.preferences", "Preferences…", "Ctrl+,", menu="edit", group=4, icon="settings")
def preferences(session: Session) -> None:
    """Proxies, memory and disk for what is kept, recovery copies."""
    if session.face is not None:
        session.face.show("preferences")
