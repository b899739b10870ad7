"""The storyboard as a whole and its shots as things: copied, split, merged, played, printed, begun from a template."""

from __future__ import annotations

from studio_app.actions.registry import action
from studio_app.planning.shot_edits import copied, halves, is_locked, merged, with_lock
from studio_app.session.board_files import export_board
from studio_app.session.dry_run import all_anew
from studio_app.session.session import Session
from studio_app.session.storyboarding import board_of, chosen_shots
from timeline.command import Batch, Command
from timeline.commands.add_shot import AddShot
from timeline.commands.edit_shot import EditShot
from timeline.commands.remove_shot import RemoveShot
from timeline.errors import EditRefused
from timeline.storyboard import Shot


def has_board(session: Session) -> bool:
    """Whether there are shots."""
    board = board_of(session)
    return board is not None and bool(board.shots)


def has_shots(session: Session) -> bool:
    """Whether shots are chosen."""
    return bool(chosen_shots(session))


def has_several(session: Session) -> bool:
    """Whether more than one shot is chosen."""
    return len(chosen_shots(session)) > 1


def is_directable(session: Session) -> bool:
    """Whether the shot chosen last has words that a camera could serve."""
    shot = session.document.project.shot(session.selection.shots.lead or "")
    return shot is not None and bool(shot.description.strip()) and shot.media_id is None


def has_failed(session: Session) -> bool:
    """Whether a shot failed or is held."""
    return bool(_in_states(session, "failed"))


def _in_states(session: Session, *states: str) -> list[str]:
    board = board_of(session)
    shots = board.shots if board is not None else ()
    return [shot.id for shot in shots if session.generation.state_of(shot.id).state in states]


@action("shot.duplicate", "Duplicate shots", "Ctrl+D", menu="shot", icon="copy", enabled=has_shots, scope="storyboard")
def duplicate(session: Session) -> None:
    """Copy the chosen shots behind the last of them; the copies have no takes yet."""
    board, shots = board_of(session), chosen_shots(session)
    if board is None or not shots:
        return
    place = board.shots.index(shots[-1]) + 1
    copies = [copied(shot) for shot in shots]
    commands = tuple(AddShot(board.id, shot, place + n) for n, shot in enumerate(copies))
    if session.document.do(Batch(commands, "Duplicate shots")):
        session.selection.shots.set([shot.id for shot in copies])


@action("shot.split", "Split shot", "Ctrl+K", menu="shot", icon="scissors", enabled=has_shots, scope="storyboard")
def split(session: Session) -> None:
    """Make two shots of half the length of each chosen one; its sentences are shared out."""
    board = board_of(session)
    if board is None:
        return
    commands: list[Command] = []
    chosen: list[str] = []
    for place, shot in enumerate(board.shots):
        if shot not in chosen_shots(session):
            continue
        first, second = halves(shot, board.rate)
        added = sum(isinstance(one, AddShot) for one in commands)
        commands += [_becomes(board.id, shot, first), AddShot(board.id, second, place + added + 1)]
        chosen += [first.id, second.id]
    if session.document.do(Batch(tuple(commands), "Split shot")):
        session.selection.shots.set(chosen)


@action("shot.merge", "Merge shots", "Ctrl+J", menu="shot", icon="combine", enabled=has_several, scope="storyboard")
def merge(session: Session) -> None:
    """Make one shot of the chosen ones, as long as all of them, at the place of the first."""
    board, shots = board_of(session), chosen_shots(session)
    if board is None:
        return
    one = merged(shots)
    gone = tuple(RemoveShot(board.id, shot.id) for shot in shots[1:])
    if session.document.do(Batch((_becomes(board.id, shots[0], one), *gone), "Merge shots")):
        session.selection.shots.set([one.id])


def _becomes(board_id: str, old: Shot, new: Shot) -> EditShot:
    """All fields in which they differ."""
    changed = {name: value for name, value in vars(new).items() if name != "id" and getattr(old, name) != value}
    return EditShot(board_id, old.id, changed)


def are_locked(session: Session) -> bool:
    """Whether all chosen shots are locked."""
    shots = chosen_shots(session)
    return bool(shots) and all(map(is_locked, shots))


@action("shot.lock", "Lock shots", menu="shot", icon="lock", enabled=has_shots, checked=are_locked)
def lock(session: Session) -> None:
    """Keep the chosen shots as they are when the storyboard is planned again, or let them go with the plan."""
    board, locked = board_of(session), not are_locked(session)
    if board is not None:
        edits = (EditShot(board.id, shot.id, {"extra": with_lock(shot, locked)}) for shot in chosen_shots(session))
        session.document.do(Batch(tuple(edits), "Lock shots" if locked else "Unlock shots"))


@action("shot.generate_failed", "Generate failed shots", menu="shot", group=1, icon="rotate-ccw", enabled=has_failed)
def generate_failed(session: Session) -> None:
    """Send every shot anew that failed."""
    for shot_id in _in_states(session, "failed"):
        session.generation.retry(shot_id)


@action("shot.generate_every", "Generate all shots anew", menu="shot", group=1, icon="refresh-cw", enabled=has_board)
def generate_every(session: Session) -> None:
    """Make one more take of every shot that has words; what is in the cut stays there. One that may be at a service already, which
    nobody knows, is asked about on its card."""
    board = board_of(session)
    if board is not None:
        wordy = all_anew(board)
        if not wordy:
            raise EditRefused("No shot has a description yet. Say what is to be seen, then generate.")
        session.generation.generate(one for one in wordy if session.generation.state_of(one).state != "unknown")


@action("shot.dry_run", "Dry run…", menu="shot", group=1, icon="file-text", enabled=has_board)
def dry_run(session: Session) -> None:
    """Show what would be sent for the chosen shots, else for the missing ones: by whom, in which words, for how much. Nothing is sent."""
    board, chosen = board_of(session), [shot.id for shot in chosen_shots(session)]
    if board is None or session.face is None:
        return
    session.face.show("dry_run", " ".join(chosen or session.generation.missing(board)))


@action("shot.draft", "Generate with the Starcut engine", menu="shot", group=1, icon="spark", enabled=has_shots)
def draft(session: Session) -> None:
    """Make the chosen shots on this computer, free, whatever engine they name."""
    session.generation.generate([shot.id for shot in chosen_shots(session)], "")


@action("shot.direct", "Direct…", menu="shot", group=1, icon="video", enabled=is_directable)
def direct(session: Session) -> None:
    """See three ways to film the shot by how it shall feel, and take one."""
    if session.face is not None:
        session.face.show("director", session.selection.shots.lead or "")


@action("shot.enrich", "Enrich words…", menu="shot", group=1, icon="wand-sparkles", enabled=is_directable)
def enrich(session: Session) -> None:
    """See what mood and style would add to the words of the chosen shots, before any of it is used."""
    if session.face is not None:
        session.face.show("enrich", session.selection.shots.lead or "")


@action(
    "shot.animatic",
    "Play animatic",
    "Ctrl+Space",
    menu="shot",
    group=2,
    icon="play",
    enabled=has_board,
    scope="storyboard",
)
def animatic(session: Session) -> None:
    """Play the storyboard in the program viewer from the chosen shot on: takes, footage and sketches, with sound."""
    board = board_of(session)
    if session.animatic.is_on:
        session.animatic.stop()
    elif board is not None:
        if session.face is not None:
            session.face.show("stage", "viewer")
        session.animatic.play(board, session.selection.shots.lead or "")


@action("animatic.play", "Play animatic from its playhead", "Space", icon="play", enabled=has_board, scope="animatic")
def play_here(session: Session) -> None:
    """Play or stop the animatic; it goes on where it stopped."""
    animatic(session)


@action("shot.print", "Print storyboard to PDF…", menu="shot", group=3, icon="file-text", enabled=has_board)
def print_storyboard(session: Session) -> None:
    """Write every shot with its picture and all that is known of it, six to a page."""
    _printed(session, "storyboard pdf", "pdf")


@action("shot.contact_sheet", "Contact sheet…", menu="shot", group=3, icon="layout-grid", enabled=has_board)
def contact_sheet(session: Session) -> None:
    """Write all pictures side by side, as PNG or PDF."""
    _printed(session, "contact sheet", "png")


def _printed(session: Session, what: str, suffix: str) -> None:
    board = board_of(session)
    if session.face is None or board is None:
        return
    title = "Print storyboard to PDF" if suffix == "pdf" else "Contact sheet"
    path = session.face.ask_save_file(title, f"{board.title or 'Storyboard'}.{suffix}", what)
    if path is not None:
        session.face.show(what, str(path if path.suffix else path.with_suffix(f".{suffix}")))


@action("file.export_storyboard", "Export storyboard…", menu="file", group=3, enabled=has_board)
def export_storyboard(session: Session) -> None:
    """Write the storyboard as a text file that can be imported again, or as a scene graph for other planners (.json)."""
    board = board_of(session)
    if session.face is None or board is None:
        return
    path = session.face.ask_save_file("Export storyboard", f"{board.title or 'Storyboard'}.yaml", "storyboard")
    if path is not None:
        path = path if path.suffix else path.with_suffix(".yaml")
        for note in export_board(board, session.document.library, path):
            session.tell(note)


@action("file.new_from_template", "New from template…", menu="file", group=0, icon="clapperboard")
def new_from_template(session: Session) -> None:
    """Begin with a storyboard that has its shots, lengths and moves, and needs only your words."""
    if session.face is not None:
        session.face.show("templates")
