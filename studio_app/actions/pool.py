"""The media pool: folders, labels, ratings, subclips, finding lost files, watching folders, cleaning up."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from studio_app.actions.registry import Run, action
from studio_app.session.placing import place_media
from studio_app.session.pool_chosen import (
    can_be_rated,
    has_anything,
    has_clips,
    has_sequences,
    jump,
    lead_media,
    media_ids,
    rate_chosen,
    sequence_ids,
    set_on_chosen,
    subclip_ids,
)
from studio_app.session.pool_items import LABELS, places_of, uses_in
from studio_app.session.session import Session
from timeline.command import Batch, Command
from timeline.commands.add_bin import AddBin
from timeline.commands.add_sequence import AddSequence
from timeline.commands.add_subclip import AddSubclip
from timeline.commands.overwrite_clips import OverwriteClips
from timeline.commands.remove_bin import RemoveBin
from timeline.commands.remove_sequence import RemoveSequence
from timeline.commands.remove_subclip import RemoveSubclip
from timeline.commands.set_pool_entry import SetPoolEntry
from timeline.copying import copied_sequence, free_name
from timeline.errors import EditRefused
from timeline.nesting import levels_around
from timeline.pool import Bin, Subclip
from timeline.query import media_name
from timeline.sequence import Sequence
from timeline.time import ZERO, TimeRange
from timeline.track import Track, TrackKind

SCOPE = "media_pool"


def is_open(session: Session) -> bool:
    """Whether there is a project to work on."""
    return session.document.is_open


# --- folders ----------------------------------------------------------------------------------------------------------


@action("media.new_bin", "New folder", "Ctrl+B", menu="file", group=2, icon="folder", enabled=is_open)
def new_bin(session: Session) -> None:
    """Make a folder in the open folder of the media pool, and type its name."""
    above = session.browsing.bin_id
    taken = {one.name for one in session.document.project.pool.bins if one.parent_id == above}
    name = next(name for number in range(1, 100_000) if (name := f"Folder {number}") not in taken)
    new = Bin(name, above)
    if session.document.do(AddBin(new)):
        session.browsing.clear()
        session.selection.media.clear()
        session.browsing.bins.set([new.id])
        if session.face is not None:
            session.face.show(SCOPE)
        session.browsing.asked.emit("rename")


@action("media.up", "Folder above", "Alt+Up", "Backspace", scope=SCOPE, enabled=lambda s: s.browsing.bin_id is not None)
def up(session: Session) -> None:
    """Open the folder round this one."""
    session.browsing.leave()


@action("media.rename", "Rename", "F2", scope=SCOPE, enabled=has_anything)
def rename(session: Session) -> None:
    """Type another name for the clip or folder; the file on disk keeps its own."""
    session.browsing.asked.emit("rename")


@action("media.remove", "Remove from pool", "Delete", scope=SCOPE, icon="trash-2", enabled=has_anything)
def remove(session: Session) -> None:
    """Take clips out of the pool, sequences and folders away; what is used stays, and no file on disk is touched."""
    bins = session.browsing.bins.ids
    files, parts = media_ids(session), subclip_ids(session)
    commands: list[Command] = [RemoveBin(one) for one in bins]
    commands += [SetPoolEntry(files, {"hidden": True})] if files else []
    commands += [RemoveSubclip(parts)] if parts else []
    outermost_first = sorted(sequence_ids(session), key=lambda one: levels_around(session.document.project, one))
    commands += [RemoveSequence(one) for one in outermost_first]
    if not session.document.do(commands[0] if len(commands) == 1 else Batch(tuple(commands), "Remove from pool")):
        return
    session.selection.media.clear()
    session.browsing.bins.clear()
    if bins:
        session.tell(
            "What was in the folder is now in the one round it." if len(bins) == 1 else "What was in them is kept."
        )


@action("media.remove_unused", "Remove unused clips", menu="file", group=2, enabled=is_open)
def remove_unused(session: Session) -> None:
    """Take every clip out of the pool that no sequence uses; the files stay where they are."""
    project, uses = session.document.project, uses_in(session.document.project)
    library = session.document.library.media
    unused = tuple(one for one in library if not uses.get(one) and not project.pool.entry(one).hidden)
    if not unused:
        raise EditRefused("Every clip in the pool is used.")
    if session.document.do(SetPoolEntry(unused, {"hidden": True})):
        session.selection.media.keep(uses)
        number = "1 clip was" if len(unused) == 1 else f"{len(unused)} clips were"
        session.tell(f"{number} taken out of the pool. The files stay where they are.")


# --- labels and ratings -----------------------------------------------------------------------------------------------


def _rating(stars: int, sentence: str) -> Run:
    """The action that gives so many stars."""

    def rate(session: Session) -> None:
        rate_chosen(session, stars)

    rate.__doc__ = sentence
    title = f"Rate {stars} star{'s' if stars > 1 else ''}"
    described = action(f"media.rate_{stars}", title, f"Ctrl+{stars}", scope=SCOPE, icon="star", enabled=can_be_rated)
    return described(rate)


rate_1 = _rating(1, "One star; once more takes it away.")
rate_2 = _rating(2, "Two stars; once more takes them away.")
rate_3 = _rating(3, "Three stars; once more takes them away.")
rate_4 = _rating(4, "Four stars; once more takes them away.")
rate_5 = _rating(5, "Five stars; once more takes them away.")


@action("media.label_next", "Next colour label", "Ctrl+6", scope=SCOPE, enabled=can_be_rated)
def label_next(session: Session) -> None:
    """Go through the colours, and after the last one to none."""
    pool, lead = session.document.project.pool, session.selection.media.lead or ""
    subclip = pool.subclip(lead)
    now = subclip.label if subclip is not None else pool.entry(lead).label
    row = ("", *LABELS)
    set_on_chosen(session, "label", row[(row.index(now) + 1) % len(row)] if now in row else "")


# --- subclips and sequences -------------------------------------------------------------------------------------------


@action("media.make_subclip", "Make subclip", "Ctrl+U", menu="clip", group=0, icon="scissors", enabled=is_open)
def make_subclip(session: Session) -> None:
    """List the part between the source marks as a clip of its own, in the same folder."""
    document, media, marked = session.document, None, None
    if session.source.leads or not has_clips(session):
        media, marked = session.source.media, session.source.marked_range
    if media is None and (media := lead_media(session)) is not None:
        entry = document.project.pool.entry(media.id)
        if entry.mark_in is not None or entry.mark_out is not None:
            marked = TimeRange.between(entry.mark_in or ZERO, entry.mark_out or media.duration)
    if media is None or marked is None:
        raise EditRefused("Mark an in and an out point in the source first (I and O).")
    pool = document.project.pool
    entry, number = pool.entry(media.id), 1 + sum(one.media_id == media.id for one in pool.subclips)
    new = Subclip(media.id, marked, f"{entry.name or Path(media_name(media)).stem} {number}", pool.place(entry.bin_id))
    if document.do(AddSubclip(new)):
        session.selection.media.set([new.id])
        session.tell(f"“{new.name}” is in the media pool.")


@action("media.show_source", "Show in source viewer", "Return", scope=SCOPE, enabled=has_anything)
def show_source(session: Session) -> None:
    """Play the clip in the source viewer; a folder opens, and a sequence on the timeline."""
    bins = session.browsing.bins.ids
    if bins:
        session.browsing.open(bins[-1])
        return
    if session.selection.media.lead in sequence_ids(session):
        open_sequence(session)
        return
    media, lead = lead_media(session), session.selection.media.lead
    if media is not None:
        session.source.show(media.id, lead if lead != media.id else None)


@action("media.new_sequence", "New sequence from clip", icon="film", menu="sequence", group=0, enabled=has_clips)
def new_sequence(session: Session) -> None:
    """Start a sequence of the clip's own size and rate with the chosen clips in it."""
    media = [session.document.library.media[one] for one in media_ids(session)]
    if not media and (lead := lead_media(session)) is not None:
        media = [lead]
    first = next((one for one in media if one.has_video), None)
    now = session.sequence
    rate = first.rate if first is not None and first.rate is not None and not first.variable_rate else now.rate
    width, height = (first.width, first.height) if first is not None and first.width else (now.width, now.height)
    tracks = (Track(TrackKind.VIDEO), Track(TrackKind.AUDIO))
    made = replace(
        Sequence(f"{Path(media_name(media[0])).stem} cut", sample_rate=now.sample_rate, tracks=tracks),
        width=width - width % 2,
        height=height - height % 2,
        rate=rate,
    )
    edit = OverwriteClips(made.id, place_media(made, media, ZERO))
    if session.document.do(Batch((AddSequence(made), edit), "New sequence from clip")):
        session.transport.set_sequence(made.id)


@action("media.open_sequence", "Open sequence", scope=SCOPE, icon="layers", enabled=has_sequences)
def open_sequence(session: Session) -> None:
    """Show the sequence chosen last on the timeline."""
    session.transport.set_sequence(sequence_ids(session)[-1])
    if session.face is not None:
        session.face.show("timeline")


@action("media.duplicate_sequence", "Duplicate chosen sequences", scope=SCOPE, icon="copy", enabled=has_sequences)
def duplicate_sequence(session: Session) -> None:
    """A copy of each chosen sequence, to try something else in."""
    project, made = session.document.project, list[Sequence]()
    names = {one.name for one in project.sequences}
    for old in (project.sequence(one) for one in sequence_ids(session)):
        if old is not None:
            made.append(copied_sequence(old, free_name(names, old.name)))
            names.add(made[-1].name)
    commands = tuple(AddSequence(one) for one in made)
    if session.document.do(commands[0] if len(commands) == 1 else Batch(commands, "Duplicate sequences")):
        session.selection.media.set(one.id for one in made)


@action("media.next_use", "Jump to next use", "Shift+F2", scope=SCOPE, icon="locate", enabled=can_be_rated)
def next_use(session: Session) -> None:
    """Go to the next place where the clip stands in a sequence, and select it there."""
    media = lead_media(session)
    lead = media.id if media is not None else session.selection.media.lead or ""
    uses = places_of(session.document.project, lead)
    if not uses:
        raise EditRefused("This clip is not used in any sequence.")
    chosen = session.selection.item_ids
    now = next((index for index, use in enumerate(uses) if use.clip_id in chosen), -1)
    jump(session, uses[(now + 1) % len(uses)].clip_id)


# --- looking ----------------------------------------------------------------------------------------------------------


@action("media.find", "Search media", "Ctrl+F", scope=SCOPE, icon="search")
def find(session: Session) -> None:
    """Type words that name, note, codec or path of a clip hold."""
    session.browsing.asked.emit("find")


@action("media.filter", "Filter media", "Ctrl+Shift+F", scope=SCOPE, icon="list-filter")
def filter_media(session: Session) -> None:
    """Show only clips of a type, size, rate, label or rating, used ones or not."""
    session.browsing.asked.emit("filter")


@action("media.view", "Grid or list", "Ctrl+7", scope=SCOPE, icon="list")
def view(session: Session) -> None:
    """Show the pool as pictures, or as rows with columns."""
    session.browsing.asked.emit("view")
