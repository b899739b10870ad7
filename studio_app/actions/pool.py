"""The media pool: folders, labels, ratings, subclips, finding lost files, watching folders, cleaning up."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from studio_app.actions.registry import action
from studio_app.session.importing import Wish
from studio_app.session.placing import place_media
from studio_app.session.pool_items import LABELS, places_of, uses_in
from studio_app.session.session import Session
from timeline.command import Batch, Command
from timeline.commands.add_bin import AddBin
from timeline.commands.add_sequence import AddSequence
from timeline.commands.add_subclip import AddSubclip
from timeline.commands.overwrite_clips import OverwriteClips
from timeline.commands.remove_bin import RemoveBin
from timeline.commands.remove_subclip import RemoveSubclip
from timeline.commands.set_pool_entry import SetPoolEntry
from timeline.commands.set_subclip import SetSubclip
from timeline.commands.set_watched import SetWatched
from timeline.errors import EditRefused
from timeline.media import Media
from timeline.pool import Bin, Subclip
from timeline.query import media_name
from timeline.sequence import Sequence
from timeline.time import ZERO, TimeRange
from timeline.track import Track, TrackKind

SCOPE = "media_pool"


def is_open(session: Session) -> bool:
    """Whether there is a project to work on."""
    return session.document.is_open


def media_ids(session: Session) -> tuple[str, ...]:
    """The chosen files."""
    return tuple(one for one in session.selection.media.ids if one in session.document.library.media)


def subclip_ids(session: Session) -> tuple[str, ...]:
    """The chosen subclips."""
    pool = session.document.project.pool
    return tuple(one for one in session.selection.media.ids if pool.subclip(one) is not None)


def has_clips(session: Session) -> bool:
    """Whether files or subclips are chosen."""
    return bool(media_ids(session) or subclip_ids(session))


def has_anything(session: Session) -> bool:
    """Whether clips or folders are chosen."""
    return has_clips(session) or bool(session.browsing.bins.ids)


def lead_media(session: Session) -> Media | None:
    """The file chosen last, or that of the subclip chosen last."""
    lead = session.selection.media.lead or ""
    subclip = session.document.project.pool.subclip(lead)
    return session.document.library.media.get(subclip.media_id if subclip is not None else lead)


def set_on_chosen(session: Session, name: str, value: object) -> None:
    """Set a field of all chosen files and subclips, as one step."""
    commands: list[Command] = []
    if files := media_ids(session):
        commands.append(SetPoolEntry(files, {name: value}))
    if parts := subclip_ids(session):
        commands.append(SetSubclip(parts, {name: value}))
    if commands:
        session.document.do(commands[0] if len(commands) == 1 else Batch(tuple(commands), "Change clips in pool"))


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
    """Take clips out of the pool, and folders away; what is used stays, and no file on disk is touched."""
    bins = session.browsing.bins.ids
    files, parts = media_ids(session), subclip_ids(session)
    commands: list[Command] = [RemoveBin(one) for one in bins]
    commands += [SetPoolEntry(files, {"hidden": True})] if files else []
    commands += [RemoveSubclip(parts)] if parts else []
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


def rate_chosen(session: Session, stars: int) -> None:
    """Give the chosen clips so many stars; those that all have them already lose them."""
    pool = session.document.project.pool
    now = {pool.entry(one).rating for one in media_ids(session)}
    now |= {one.rating for one in pool.subclips if one.id in subclip_ids(session)}
    set_on_chosen(session, "rating", 0 if now == {stars} else stars)


@action("media.rate_1", "Rate 1 star", "Ctrl+1", scope=SCOPE, icon="star", enabled=has_clips)
def rate_1(session: Session) -> None:
    """One star; once more takes it away."""
    rate_chosen(session, 1)


@action("media.rate_2", "Rate 2 stars", "Ctrl+2", scope=SCOPE, icon="star", enabled=has_clips)
def rate_2(session: Session) -> None:
    """Two stars; once more takes them away."""
    rate_chosen(session, 2)


@action("media.rate_3", "Rate 3 stars", "Ctrl+3", scope=SCOPE, icon="star", enabled=has_clips)
def rate_3(session: Session) -> None:
    """Three stars; once more takes them away."""
    rate_chosen(session, 3)


@action("media.rate_4", "Rate 4 stars", "Ctrl+4", scope=SCOPE, icon="star", enabled=has_clips)
def rate_4(session: Session) -> None:
    """Four stars; once more takes them away."""
    rate_chosen(session, 4)


@action("media.rate_5", "Rate 5 stars", "Ctrl+5", scope=SCOPE, icon="star", enabled=has_clips)
def rate_5(session: Session) -> None:
    """Five stars; once more takes them away."""
    rate_chosen(session, 5)


@action("media.label_next", "Next colour label", "Ctrl+6", scope=SCOPE, enabled=has_clips)
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
    """Play the clip in the source viewer; a folder opens."""
    bins = session.browsing.bins.ids
    if bins:
        session.browsing.open(bins[-1])
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


@action("media.next_use", "Jump to next use", "Shift+F2", scope=SCOPE, icon="locate", enabled=has_clips)
def next_use(session: Session) -> None:
    """Go to the next place where the clip stands in a sequence, and select it there."""
    media = lead_media(session)
    uses = places_of(session.document.project, media.id) if media is not None else []
    if not uses:
        raise EditRefused("This clip is not used in any sequence.")
    chosen = session.selection.item_ids
    now = next((index for index, use in enumerate(uses) if use.clip_id in chosen), -1)
    jump(session, uses[(now + 1) % len(uses)].clip_id)


def jump(session: Session, clip_id: str) -> None:
    """Show a clip in its sequence: the playhead on its first frame, the clip selected."""
    for sequence in session.document.project.sequences:
        track = sequence.track_holding(clip_id)
        index = track.index_of(clip_id) if track is not None else None
        if track is not None and index is not None:
            session.transport.set_sequence(sequence.id)
            session.transport.set_time(track.starts[index])
            session.selection.items.set([clip_id])


# --- files ------------------------------------------------------------------------------------------------------------


@action("media.import_folder", "Import folder…", menu="file", group=2, icon="folder-open", enabled=is_open)
def import_folder(session: Session) -> None:
    """Bring in a folder with all that is in it, as folders of the media pool."""
    if session.face is not None:
        session.importing.start(
            Wish(tuple(session.face.ask_open_files("Import folder", "folder")), session.browsing.bin_id)
        )


@action("media.watch_folder", "Watch folder…", menu="file", group=2, icon="eye", enabled=is_open)
def watch_folder(session: Session) -> None:
    """Choose a folder on disk whose new files come into the media pool by themselves."""
    if session.face is None:
        return
    for path in session.face.ask_open_files("Watch folder", "folder"):
        place = str(path.absolute())
        watched = session.document.project.pool.watched
        if place in watched:
            raise EditRefused(f"“{path.name}” is watched already.")
        if session.document.do(SetWatched((*watched, place))):
            session.tell(f"New files in “{path.name}” come into the media pool by themselves.")


@action(
    "media.stop_watching",
    "Stop watching folders",
    menu="file",
    group=2,
    icon="eye-off",
    enabled=lambda s: bool(s.document.project.pool.watched),
)
def stop_watching(session: Session) -> None:
    """Let new files come in by hand again; what came in stays."""
    session.document.do(SetWatched(()))


def missing_chosen(session: Session) -> list[Media]:
    """The missing ones of the chosen files; when none is chosen, all that are missing."""
    library, missing = session.document.library.media, session.presence.missing
    chosen = [library[one] for one in media_ids(session) if one in missing]
    return chosen or [one for one in library.values() if one.id in missing]


@action("media.relink", "Relink…", menu="file", group=2, icon="link", enabled=lambda s: bool(s.presence.missing))
def relink(session: Session) -> None:
    """Point at the file of a missing clip; others that lie beside it are found by themselves."""
    wanted = missing_chosen(session)
    if session.face is not None and wanted:
        for path in session.face.ask_open_files(f"Find {Path(wanted[0].path).name}", "media")[:1]:
            session.relinking.start(wanted, path)


@action(
    "media.relink_folder",
    "Search folder for missing files…",
    menu="file",
    group=2,
    enabled=lambda s: bool(s.presence.missing),
)
def relink_folder(session: Session) -> None:
    """Look through a folder for all missing files, by name and content."""
    if session.face is not None:
        for path in session.face.ask_open_files("Search folder for missing files", "folder")[:1]:
            session.relinking.start(missing_chosen(session), path)


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
