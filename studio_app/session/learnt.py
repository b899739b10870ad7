"""What a user does with what Starcut learnt: thumbs for takes, looks for shots."""

from __future__ import annotations

from engines.generate.procedural.grow.blend import MODES
from engines.generate.procedural.grow.log import Thumb as Thumb
from engines.generate.procedural.grow.registry import Entry as Entry
from engines.generate.procedural.grow.sums import Nudge as Nudge
from engines.generate.procedural.grow.sums import Suggestion as Suggestion
from studio_app.services.jobs import Job, JobState
from studio_app.session.session import Session
from timeline.commands.edit_shot import EditShot
from timeline.errors import EditRefused
from timeline.media import Media

BLENDS = tuple(MODES)
"""Ways to blend two looks."""


def film_of(session: Session, shot_id: str) -> str:
    """The take in use of a shot as the log knows it (the id of its medium); empty where there is none, or nothing is known."""
    shot = session.document.project.shot(shot_id)
    media = session.generation.media_for(shot) if shot is not None else None
    return media.id if media is not None and session.learning.knows(media.id) else ""


def thumb_of(session: Session, shot_id: str) -> Thumb:
    """What the user thinks of the take in use."""
    film = film_of(session, shot_id)
    return session.learning.thumb_of(film) if film else ""


def film_of_job(session: Session, job: Job) -> str:
    """The take that a job made, as the log knows it; empty where nothing is known."""
    made = job.result if job.kind == "generate" and job.state is JobState.DONE else None
    media = made[1] if isinstance(made, tuple) and len(made) == 2 else None
    return media.id if isinstance(media, Media) and session.learning.knows(media.id) else ""


def toggle_thumb(session: Session, film: str, thumb: Thumb) -> None:
    """Say that a film in the log is good or not, or take that back."""
    if film:
        session.learning.set_thumb(film, "" if session.learning.thumb_of(film) == thumb else thumb)


def use_look(session: Session, entry: Entry) -> None:
    """Put a look into the words of the shot chosen last: a step that can be undone. Raises EditRefused."""
    lead = session.selection.shots.lead or ""
    board = next((one for one in session.document.project.storyboards if one.shot(lead)), None)
    shot = board.shot(lead) if board is not None else None
    if board is None or shot is None:
        raise EditRefused("Choose a shot of the storyboard first; the look goes into its description.")
    said = shot.description.strip().rstrip(".,")
    words = f"like {entry.name}"
    if entry.name.casefold() in said.casefold():
        raise EditRefused(f"The shot is like {entry.name} already.")
    session.document.seal()
    session.document.do(EditShot(board.id, shot.id, {"description": f"{said}, {words}" if said else words}))
    session.document.seal()


def in_words(nudge: Nudge) -> str:
    """What was accepted of a word: `moves faster, a little brighter`."""
    found = []
    if nudge.life != 1:
        found.append("moves faster" if nudge.life > 1 else "moves slower")
    if nudge.brightness:
        found.append("a little brighter" if nudge.brightness > 0 else "a little darker")
    if nudge.weight != 1:
        found.append("weighs less" if nudge.weight < 1 else "weighs more")
    return ", ".join(found)
