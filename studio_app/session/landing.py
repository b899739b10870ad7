"""How a take comes into the project: with where it came from, into all places that wait for it."""

from __future__ import annotations

from dataclasses import replace

from studio_app.planning.takes import child_of, make_take
from studio_app.services.job_book import Entry
from studio_app.session.document import Document
from studio_app.session.generation_work import Made
from timeline.commands.land_take import LandTake
from timeline.library_lineage import ASKED
from timeline.media import Media
from timeline.project import Project
from timeline.query import clips_of_shot
from timeline.storyboard import Shot


def land(document: Document, shot_id: str, made: Made) -> Media:
    """Into the library, and into the cut where a place waits for it. No step, and in every state: a take that arrived stays,
    whatever is undone and made again."""
    take = make_take(shot_id, made.engine, made.version, made.request, made.result, made.media)
    lineage = replace(take.lineage, cost=str(made.cost))
    if source := str(made.entry.place.get("source", "")):
        how = str(made.entry.place.get("relationship", "variation"))
        lineage = child_of(lineage, document.library, source, how, made.entry.place.get(ASKED))
    take = replace(take, lineage=lineage, name=str(made.entry.place.get("called", take.name)))
    document.add_take(take, made.media)
    document.amend(LandTake(shot_id, made.media.id))
    return made.media


def lost_its_place(project: Project, shot_id: str) -> bool:
    """Whether a shot that was made for a place in the cut is there no more, or in no cut."""
    home = next((board for board in project.storyboards if board.shot(shot_id)), None)
    is_of_cut = home is None or bool(home.extra.get("in_cut"))
    return is_of_cut and not clips_of_shot(project, shot_id)


def is_free(entry: Entry) -> bool:
    """Whether it is made for no shot: a picture, a sound, a film that is changed."""
    return bool(entry.subject) and not {"asset", "source"}.isdisjoint(entry.place)


def stand_in_for(entry: Entry) -> Shot:
    """What stands for a shot that was taken away while its job ran: what was paid for is fetched all the same."""
    return Shot(str(entry.request.get("prompt", "")), entry.name, id=entry.subject)
