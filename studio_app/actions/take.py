"""Generation in the cut and the takes of its shots: generate here, try takes, use one, note what is thought of it, finals."""

from __future__ import annotations

from studio_app.actions.registry import action
from studio_app.session.finals import drafts_in_cut
from studio_app.session.in_cut import spot_of
from studio_app.session.session import Session
from studio_app.session.taking import compare as compare_takes
from studio_app.session.taking import set_note, take_clip, takes_of, toggle_rejected, toggle_star
from timeline.errors import EditRefused
from timeline.items import MediaSource


def is_trying(session: Session) -> bool:
    """Whether a take is tried."""
    return session.auditioning.is_on


def has_takes(session: Session) -> bool:
    """Whether takes are tried, or could be."""
    return is_trying(session) or take_clip(session) is not None


def _meant(session: Session) -> str:
    """The file of the take that is tried, else of the one in the cut."""
    tried = session.auditioning.shown
    clip = take_clip(session)
    if tried is not None:
        return tried.media.id
    if clip is None or not isinstance(clip.source, MediaSource):
        raise EditRefused("Select a clip that has takes, or put the playhead on one.")
    return clip.source.media_id


@action("shot.generate_here", "Generate here…", "Shift+G", menu="clip", group=7, icon="sparkles")
def generate_here(session: Session) -> None:
    """Make what a gap or marked range shows, or the marked part of the selected clip anew."""
    spot_of(session)  # what speaks against it is said now
    if session.face is not None:
        session.face.show("generate_here")


@action("take.next", "Next take", "]", "Ctrl+PgDown", menu="clip", group=7, enabled=has_takes)
def next_take(session: Session) -> None:
    """Try the next take in its place, from two seconds before; Enter uses it, Esc goes back."""
    session.auditioning.step(1)


@action("take.previous", "Previous take", "[", "Ctrl+PgUp", menu="clip", group=7, enabled=has_takes)
def previous_take(session: Session) -> None:
    """Try the previous take in its place, from two seconds before; Enter uses it, Esc goes back."""
    session.auditioning.step(-1)


@action("take.use", "Use take", "Return", menu="clip", group=7, icon="circle-check", enabled=is_trying, scope="trial")
def use(session: Session) -> None:
    """Use the take that is tried; place, length, effects, fades and links stay."""
    session.auditioning.use()


@action("take.back", "Back to the take in the cut", "Esc", menu="clip", group=7, enabled=is_trying, scope="trial")
def back(session: Session) -> None:
    """Try no take any more; the cut is as it was."""
    session.auditioning.end()


@action("take.star", "Star take", menu="clip", group=7, icon="star", enabled=has_takes)
def star(session: Session) -> None:
    """Mark the take as a good one, or not any more."""
    toggle_star(session, _meant(session))


@action("take.reject", "Reject take", menu="clip", group=7, icon="thumb-down", enabled=has_takes)
def reject(session: Session) -> None:
    """Leave the take out of auditions, or take it in again; it stays among the takes."""
    tried = session.auditioning.shown
    toggle_rejected(session, _meant(session))
    if tried is not None and not tried.is_rejected:
        session.auditioning.step(1)


@action("take.note", "Note on take…", menu="clip", group=7, enabled=has_takes)
def note(session: Session) -> None:
    """Write down what is thought of the take."""
    media_id = _meant(session)
    said = session.document.project.pool.entry(media_id).note
    text = session.face.ask_text("Note on take", "What is to be remembered", said) if session.face is not None else None
    if text is not None:
        set_note(session, media_id, text)


@action("take.compare", "Compare takes", menu="clip", group=7, icon="columns-2", enabled=has_takes)
def compare(session: Session) -> None:
    """See the take in the cut and the one that is tried, or the newest other one, side by side."""
    clip = take_clip(session)
    if clip is None or not isinstance(clip.source, MediaSource):
        raise EditRefused("Select a clip that has takes, or put the playhead on one.")
    accepted, tried = clip.source.media_id, session.auditioning.shown
    others = [one.media.id for one in takes_of(session, clip.shot_id) if one.media.id != accepted]
    other = tried.media.id if tried is not None and tried.media.id != accepted else next(reversed(others), None)
    if other is None:
        raise EditRefused("This shot has one take. Shift+G makes another to compare it with.")
    session.auditioning.end()
    compare_takes(session, accepted, other)


@action(
    "shot.finals", "Upgrade to final…", menu="shot", group=1, icon="wand-sparkles", enabled=lambda s: s.document.is_open
)
def finals(session: Session) -> None:
    """Make finals of the drafts that are used in the cut, with the bill first."""
    if not drafts_in_cut(session):
        raise EditRefused("No draft is used in this cut: every shot is footage or a final.")
    if session.face is not None:
        session.face.show("finals")
