"""The scenes that are meant held against a dramatic structure, and suggestions: measured by a job, kept for panel and actions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from collections.abc import Sequence as Row
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from engines.analyse.edges import KnownEdges
from engines.analyse.store import Measure, analysed, stored
from engines.errors import MediaError
from engines.generate.share import Share
from studio_app.planning.narrative.acts import By, Scene
from studio_app.planning.narrative.cut import Piece
from studio_app.planning.narrative.materials import Material, media_in, scene_of
from studio_app.planning.narrative.story import Story, move_sentence
from studio_app.planning.narrative.structures import STRUCTURES, Structure
from studio_app.services.analyses import KIND, Analyses, Analysis
from studio_app.services.jobs import Job, Jobs
from studio_app.services.signal import Signal
from studio_app.session.document import Document
from timeline.errors import Cancelled, StudioError
from timeline.media import Media
from timeline.time import RationalTime

T = TypeVar("T")
Known = Mapping[str, Analysis]
"""What was measured, by the id of the file."""


@dataclass(frozen=True, eq=False)
class Offer:
    """One suggestion: a sentence, why, and the one thing to do about it. `media` at `time` is its picture."""

    sentence: str
    reasons: str
    verb: str
    do: Callable[[], object]
    media: Media | None = None
    time: RationalTime | None = None


@dataclass(frozen=True, eq=False)
class Offers:
    """Suggestions of one kind. `empty`: what to say where there are none; `note`: what else is to be known."""

    title: str
    rows: tuple[Offer, ...] = ()
    empty: str = ""
    note: str = ""
    again: Callable[[], object] | None = None
    """Look once more: one of them was followed."""


@dataclass(frozen=True)
class Told:
    """A story with what its scenes are made of, by their ids; `title` says of what it is told."""

    title: str
    story: Story
    materials: Mapping[str, Material]
    pieces: Mapping[str, Piece]
    """What stands for a scene in a cut."""


class Narrating:
    """What the narrative panel shows. Main thread; the work runs in jobs, one after another."""

    def __init__(
        self, document: Document, jobs: Jobs, analyses: Analyses, cache: Path, measure: Measure = analysed
    ) -> None:
        self._jobs, self._analyses, self._cache, self._measure = jobs, analyses, cache, measure
        self.edges = KnownEdges()
        self.structure_id = "three_act"
        self.by: By = "length"
        self.told: Told | None = None
        self.offers = Offers("")
        self.job: Job | None = None
        self._turn: object | None = None
        self.error = ""
        """Why there is nothing to show, in a sentence."""
        self.changed: Signal[[]] = Signal()
        document.replaced.connect(self.clear)

    @property
    def structure(self) -> Structure:
        """The chosen one."""
        return STRUCTURES[self.structure_id]

    def clear(self) -> None:
        """Another project was opened."""
        self.cancel()
        self.told, self.offers, self.error = None, Offers(""), ""
        self.edges = KnownEdges()
        self.changed.emit()

    def cancel(self) -> None:
        """Stop what is being measured; what is shown stays."""
        if self.job is not None:
            self.job.cancel()

    def show(self, told: Told | None, offers: Offers) -> None:
        """Show a story (None: as it was) and suggestions."""
        self.told, self.offers, self.error = told or self.told, offers, ""
        self.changed.emit()

    def study(
        self, label: str, media: Iterable[Media], work: Callable[[Known, Job], T], done: Callable[[T], object]
    ) -> Job:
        """Measure these files, as far as they are not known, then `work` on the figures, all in a job; `done` on the main thread.

        A file that cannot be measured is left out. What was looked at before is given up.
        """
        self.cancel()
        wanted = tuple({one.id: one for one in media}.values())
        fresh: list[tuple[Media, Analysis]] = []
        turn = self._turn = object()

        def whole(job: Job) -> T:
            known = self._measured(wanted, fresh, job)
            job.progress(1.0, "Comparing")
            return work(known, job)

        def finished(result: T) -> None:
            for one, found in fresh:
                self._analyses.take(one, found)
            self._over(turn)
            done(result)

        def failed(error: StudioError) -> None:
            self._over(turn)
            if not isinstance(error, Cancelled):
                self.error = error.message
            self.changed.emit()

        job = self._jobs.submit(label, whole, finished, failed, kind=KIND)
        if self._turn is turn:
            self.job = job
            self.changed.emit()
        return job

    def _over(self, turn: object) -> None:
        """A job ended; where another one was begun meanwhile, that one is still waited for."""
        if self._turn is turn:
            self.job = self._turn = None

    def _measured(self, media: Row[Media], fresh: list[tuple[Media, Analysis]], job: Job) -> dict[str, Analysis]:
        """The figures of these files by their ids; those that were measured just now are also put into `fresh`."""
        known = {}
        for place, one in enumerate(media):
            job.check()
            share = Share(job, place / len(media), 1 / len(media), f"{place + 1} of {len(media)}")
            found = stored(one, self._cache)
            if found is None:
                try:
                    found = self._measure(one, self._cache, share)
                except MediaError:
                    continue
                fresh.append((one, found))
            share.progress(1.0)
            known[one.id] = found
        return known


def scenes_of(materials: Row[Material], known: Known) -> list[Scene]:
    """The scenes with their tension."""
    return [scene_of(one, known.get(one.media.id) if one.media is not None else None) for one in materials]


def measured_media(materials: Row[Material], missing: Iterable[str]) -> list[Media]:
    """The files of scenes that are there to be measured."""
    gone = set(missing)
    return [one for one in media_in(materials) if one.id not in gone]


def proposal_offers(told: Told, make: Callable[[tuple[Scene, ...]], object]) -> Offers:
    """Other orders of a story; `make` stands one in a sequence of its own."""
    rows = []
    for place, one in enumerate(told.story.proposals):
        sentence = f"then {move_sentence(one)}" if place else move_sentence(one)
        material = told.materials.get(one.moves[-1].scene.id)
        rows.append(
            Offer(
                sentence[0].upper() + sentence[1:],
                f"Fit {round(one.fit * 100)} %, now {round(told.story.fit * 100)} %",
                "New sequence",
                lambda order=one.order: make(order),  # type: ignore[misc]
                material.media if material is not None else None,
                material.range.start if material is not None and material.range is not None else None,
            )
        )
    return Offers(
        "Better orders", tuple(rows), "No single move would serve the curve better.", " ".join(told.story.notes)
    )
