"""Footage on disk: folders imported and watched, lost files found again."""

from __future__ import annotations

from studio_app.actions.registry import action
from studio_app.session.importing import Wish
from studio_app.session.pool_chosen import find_again, media_ids
from studio_app.session.session import Session
from timeline.commands.set_watched import SetWatched
from timeline.errors import EditRefused
from timeline.media import Media


def is_open(session: Session) -> bool:
    """Whether there is a project to work on."""
    return session.document.is_open


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
    find_again(session, missing_chosen(session))


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
