"""The family of clips: walking in it, branching, using, comparing, making again, writing it to a file."""

from __future__ import annotations

from pathlib import Path

from studio_app.actions.registry import action
from studio_app.session.lineage_export import write_lineage
from studio_app.session.session import Session
from timeline.errors import EditRefused
from timeline.library_lineage import steps_of, used_media

SCOPE = "lineage"


def _current(session: Session) -> str:
    current = session.lineage.current
    if current is None:
        raise EditRefused("Choose a clip first.")
    return current


def has_current(session: Session) -> bool:
    """Whether a clip is chosen."""
    return session.lineage.current is not None


def has_nodes(session: Session) -> bool:
    """Whether there are clips that may be kin."""
    return bool(session.document.is_open and session.document.library.media)


def can_use(session: Session) -> bool:
    """Whether a take is chosen that the cut does not show."""
    current = session.lineage.current or ""
    is_take = session.document.library.take_of_media(current) is not None
    return is_take and current not in session.presence.missing and current not in used_media(session.document.project)


def can_compare(session: Session) -> bool:
    """Whether two clips are chosen, or one that was made of another."""
    return session.lineage.to_compare is not None


def can_rebuild(session: Session) -> bool:
    """Whether the chosen clip's file is gone and its recipe is known."""
    current = session.lineage.current
    return current is not None and session.lineage.why_not_rebuilt(current) is None


def can_reseed(session: Session) -> bool:
    """Whether operations made the chosen clip."""
    take = session.document.library.take_of_media(session.lineage.current or "")
    return take is not None and bool(steps_of(take.lineage))


@action("lineage.show", "Show lineage", menu="shot", group=3, icon="git-branch", enabled=has_current)
def show(session: Session) -> None:
    """Show what the chosen clip was made of, and what was made of it."""
    if session.face is not None:
        session.face.show("lineage")


@action("lineage.parent", "To the parent", "Left", scope=SCOPE, enabled=has_nodes, repeats=True)
def parent(session: Session) -> None:
    """Choose what this clip was made of."""
    session.lineage.walk(-1, 0)


@action("lineage.child", "To the child", "Right", scope=SCOPE, enabled=has_nodes, repeats=True)
def child(session: Session) -> None:
    """Choose what was made of this clip."""
    session.lineage.walk(1, 0)


@action("lineage.above", "To the clip above", "Up", scope=SCOPE, enabled=has_nodes, repeats=True)
def above(session: Session) -> None:
    """Choose the clip above it of the same generation."""
    session.lineage.walk(0, -1)


@action("lineage.below", "To the clip below", "Down", scope=SCOPE, enabled=has_nodes, repeats=True)
def below(session: Session) -> None:
    """Choose the clip below it of the same generation."""
    session.lineage.walk(0, 1)


@action("lineage.fit", "See the whole family", "Shift+Z", scope=SCOPE, icon="maximize", enabled=has_nodes)
def fit(session: Session) -> None:
    """Zoom so that the whole family is seen."""
    if session.face is not None:
        session.face.show("lineage", "fit")


def shows_all(session: Session) -> bool:
    """Whether all families are looked at."""
    return session.lineage.shows_all


@action("lineage.all", "Show all families", icon="layers", checked=shows_all, enabled=lambda s: s.document.is_open)
def everything(session: Session) -> None:
    """Show all families of the project, or only that of the chosen clip."""
    session.lineage.show_all(not session.lineage.shows_all)


@action("lineage.branch", "Branch from here", icon="dna", enabled=has_current)
def branch(session: Session) -> None:
    """Make other children of this clip, in the workspace Evolve."""
    session.lineage.branch(_current(session))
    if session.face is not None:
        session.face.show("workspace", "evolve")


@action("lineage.use", "Use in cut", "Return", scope=SCOPE, icon="circle-check", enabled=can_use)
def use(session: Session) -> None:
    """Show this take in the cut where its shot stands, else where its nearest ancestor does."""
    session.lineage.use(_current(session))


@action("lineage.compare", "Compare", "C", scope=SCOPE, icon="columns-2", enabled=can_compare)
def compare(session: Session) -> None:
    """Compare the two chosen clips, or the chosen one with what it was made of."""
    if session.face is not None:
        session.face.show("compare")
    session.post(session.lineage.compare)  # a viewer that has just come up begins with what would be made


@action("lineage.reseed", "Make again with another seed", icon="shuffle", enabled=can_reseed)
def reseed(session: Session) -> None:
    """Make one more clip by the same operations of the same parents, with other random choices."""
    session.lineage.again.with_another_seed(_current(session))


@action("lineage.rebuild", "Rebuild from recipe", menu="shot", group=3, icon="rotate-ccw", enabled=can_rebuild)
def rebuild(session: Session) -> None:
    """Make the file of the chosen take again, picture for picture, from what the project says of it."""
    session.lineage.rebuild(_current(session))


@action("lineage.reveal", "Reveal in pool", icon="crosshair", enabled=has_current)
def reveal(session: Session) -> None:
    """Show this clip in the media pool."""
    current = _current(session)
    session.lineage.choose(current)
    if session.face is not None:
        session.face.show("media_pool", current)


@action("lineage.export", "Export lineage…", menu="shot", group=3, icon="share", enabled=has_nodes)
def export(session: Session) -> None:
    """Write what is shown as a drawing, for graph programs, or as JSON."""
    name = f"{session.document.project.name} lineage.svg"
    path: Path | None = None
    if session.face is not None:
        path = session.face.ask_save_file("Export lineage", name, "lineage")
    if path is not None and session.lineage.shown.nodes:
        write_lineage(session, path)
        session.tell(f"{path.name} is written.")
