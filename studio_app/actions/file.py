"""Projects, imports and exports.

Storyboards and interchange files are read and written by modules that are imported when they are asked for: the window's
start does not wait for YAML and XML.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from engines.errors import MediaError
from engines.media.still import sequence_pattern
from studio_app.actions.registry import action
from studio_app.services.paths import examples_folder
from studio_app.session.session import Session
from studio_app.session.storyboarding import start_from as start_from
from timeline.command import Batch
from timeline.commands.add_shot import AddShot
from timeline.commands.add_storyboard import AddStoryboard
from timeline.commands.set_storyboard import SetStoryboard
from timeline.storyboard import Storyboard


def is_open(session: Session) -> bool:
    """Whether there is a project to work on."""
    return session.document.is_open


@action("file.new", "New project", "Ctrl+N", menu="file", group=0, icon="plus")
def new(session: Session) -> None:
    """Start an empty project."""
    if session.face and session.face.may_close_project():
        session.face.show("new_project")


@action("file.open", "Open project…", "Ctrl+O", menu="file", group=0, icon="folder-open")
def open_project(session: Session) -> None:
    """Open a Starcut project."""
    if session.face is not None:
        for path in session.face.ask_open_files("Open project", "project")[:1]:
            session.face.show("open", str(path))


@action(
    "file.open_example", "Open the example film", menu="file", group=0, enabled=lambda _: examples_folder() is not None
)
def open_example(session: Session) -> None:
    """Start a project from the example storyboard; Generate makes its film."""
    folder = examples_folder()
    if folder is not None and session.face is not None and session.face.may_close_project():
        open_path(session, folder / "last_ferry.yaml")
        session.face.show("workspace", "storyboard")


def open_path(session: Session, path: Path) -> None:
    """Open a project, or start one from a storyboard file. Raises StudioError with a sentence."""
    if path.suffix.lower() in (".yaml", ".yml", ".json", ".txt"):
        from studio_app.planning.storyboard_file import read_storyboard

        start_from(session, read_storyboard(path))
    else:
        session.files.open(path)


def start_from_sentence(session: Session, text: str, *, seconds: int = 0, **wishes: Any) -> None:
    """A new project whose storyboard shows each sentence; see `planning.sentence`."""
    from studio_app.planning.sentence import storyboard_of
    from studio_app.session.replanning import PlanWish, remembered

    board = storyboard_of(text, seconds, **wishes)
    start_from(
        session, remembered(board, PlanWish(text, "", float(seconds), board.global_style, board.narrative_structure))
    )


@action("file.save", "Save", "Ctrl+S", menu="file", group=1, icon="save", enabled=is_open)
def save(session: Session) -> None:
    """Save the project to its file."""
    if session.document.path is None:
        save_as(session)
    else:
        session.files.save_soon(lambda error: session.tell(error.message, error=True))


@action("file.save_as", "Save as…", "Ctrl+Shift+S", menu="file", group=1, enabled=is_open)
def save_as(session: Session) -> None:
    """Save the project to another file and go on with that one."""
    if session.face is None:
        return
    suggestion = f"{session.document.project.name}.starcut"
    path = session.face.ask_save_file("Save project as", suggestion, "project")
    if path is not None:
        session.files.save(path)


@action("file.close", "Close project", "Ctrl+W", menu="file", group=1, enabled=is_open)
def close(session: Session) -> None:
    """Back to the start page."""
    if session.face and session.face.may_close_project():
        session.files.close()
        session.document.close()


@action("file.import", "Import media…", "Ctrl+I", menu="file", group=2, icon="download", enabled=is_open)
def import_media(session: Session) -> None:
    """Add footage, sound and pictures to the media pool."""
    if session.face is not None:
        session.import_files(session.face.ask_open_files("Import media", "media"), bin_id=session.browsing.bin_id)


@action("file.import_sequence", "Import image sequence…", menu="file", group=2, enabled=is_open)
def import_sequence(session: Session) -> None:
    """Choose one of numbered pictures; all of them become one clip at the rate of the cut."""
    if session.face is None:
        return
    for path in session.face.ask_open_files("Import image sequence: choose any of its pictures", "image")[:1]:
        pattern = sequence_pattern(str(path))
        if pattern is None:
            raise MediaError(f"{path.name} is not one of several numbered pictures. Import it as a still instead.")
        session.import_files([Path(pattern)])


@action("file.import_storyboard", "Import storyboard…", menu="file", group=2, icon="clapperboard", enabled=is_open)
def import_storyboard(session: Session) -> None:
    """Read a storyboard file (YAML, JSON or plain text) into this project."""
    from studio_app.planning.storyboard_file import read_storyboard, with_new_ids

    if session.face is None:
        return
    for path in session.face.ask_open_files("Import storyboard", "storyboard")[:1]:
        _take_in(session, with_new_ids(read_storyboard(path)), "Import storyboard")


@action("file.plan_from_text", "Plan from text…", menu="file", group=2, enabled=is_open)
def plan_from_text(session: Session) -> None:
    """Make a storyboard of a text file: a scene for each sentence, or as <SHOT 1>, <SHOT 2> in it say."""
    from studio_app.planning.planner.foreign import read_plain
    from studio_app.planning.planner.plan import Brief, planned
    from studio_app.planning.storyboard_file import with_new_ids

    if session.face is None:
        return
    for path in session.face.ask_open_files("Plan from text", "text")[:1]:
        boards = session.document.project.storyboards
        like = boards[0] if boards else Storyboard()
        brief = Brief(read_plain(path), style=like.global_style, width=like.width, height=like.height, rate=like.rate)
        found = planned(brief)
        _take_in(session, with_new_ids(found.board), "Plan from text")
        for note in found.notes:
            session.tell(note)


def _take_in(session: Session, board: Storyboard, label: str) -> None:
    """Put a storyboard into the project: in place of its empty one, else beside the others."""
    boards = session.document.project.storyboards
    if boards and not boards[0].shots:
        kept = ("id", "extra", "shots")
        changes = {name: value for name, value in vars(board).items() if name not in kept}
        shots = (AddShot(boards[0].id, shot) for shot in board.shots)
        session.document.do(Batch((SetStoryboard(boards[0].id, changes), *shots), label))
    else:
        session.document.do(AddStoryboard(board))


@action("file.export", "Export…", "Ctrl+M", "Ctrl+E", menu="file", group=3, icon="share", enabled=is_open)
def export(session: Session) -> None:
    """Write a film, or the cut for another tool."""
    if session.face is not None:
        session.face.show("export")


@action("file.export_frame", "Export frame", "Ctrl+Shift+E", menu="file", group=3, icon="camera", enabled=is_open)
def export_frame(session: Session) -> None:
    """Write the frame the viewer shows as a picture, and put it into the media pool."""
    from studio_app.session.still_frame import export_frame as write

    write(session)


@action("file.quit", "Quit", "Ctrl+Q", menu="file", group=9)
def quit_starcut(session: Session) -> None:
    """Close the window; what is not saved is asked about."""
    if session.face is not None:
        session.face.quit()


def export_timeline(session: Session, target: Path) -> tuple[str, ...]:
    """Write the active sequence for another tool by the file's suffix; returns what could not be carried."""
    from studio_app.planning.deliver import deliver

    document = session.document
    delivered = deliver(document.project, document.library, session.sequence, target)
    session.tell(f"{target.name} is written.")
    return tuple(note.sentence for note in delivered.notes)
