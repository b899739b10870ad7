"""Children of clips: which clips are picked, which operation with which values, and the jobs that make them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from engines.evolve.run import Step
from studio_app.services.evolve_previews import Asked
from studio_app.services.evolve_store import EvolveStore, Look
from studio_app.services.jobs import Job
from studio_app.services.signal import Signal
from studio_app.session import evolve_offers
from studio_app.session.evolve_attempts import Attempt, Landing, Spread, four, next_seed, spread_of
from studio_app.session.evolve_making import Makers
from studio_app.session.evolve_offers import OperationOffer
from studio_app.session.evolve_picks import (
    Pick,
    clip_of,
    frame_under_playhead,
    marked_part,
    pick_of_media,
    picks_of,
    words_of,
)
from studio_app.session.evolve_sent import KIND as SENT
from studio_app.session.evolve_sent import Sent
from studio_app.session.evolve_variants import asked_name
from studio_app.session.restylers import Restyler
from timeline.errors import EditRefused
from timeline.library_lineage import ASKED
from timeline.media import Media
from timeline.query import media_name
from timeline.time import TimeRange

if TYPE_CHECKING:
    from studio_app.session.session import Session

FIRST = "vary.time_of_day"
_FIRST_SEED = 4121


class Evolving:
    """What the workspace Evolve works on. Main thread; films are made in jobs (`makers`), previews by `session.evolve_previews`.

    `changed`: clips, operation, values, seed or range are others. `results_changed`: attempts got on, results came or went.
    """

    def __init__(self, session: Session, store: EvolveStore) -> None:
        self._session, self.store = session, store
        self.changed: Signal[[]] = Signal()
        self.results_changed: Signal[[]] = Signal()
        self.picks: tuple[Pick, ...] = ()
        """What is worked on; more than one is a batch, or the sources of a remix."""
        self.more: tuple[str, ...] = ()
        """Media ids of further sources that were dropped."""
        self.chain: tuple[Step, ...] = ()
        """What is done before the chosen operation."""
        self.seed = _FIRST_SEED
        self.part_only = False
        self.landing = Landing.TAKE
        self.runs_on: Restyler | None = None
        """The service that is sent the clip; None: this computer."""
        self.spread: Spread | None = None
        """In what four variants differ; None: as suits the operation."""
        self._stays = False
        self._before: tuple[Pick, ...] = ()
        self._operation = ""
        self._values: dict[str, dict[str, Any]] = {}
        self.makers = Makers(session, self.results_changed.emit, store)
        self.sent = Sent(session)
        session.selection.changed.connect(self.follow)
        session.jobs.changed.connect(self._job_changed)
        session.document.replaced.connect(self._forget)
        session.document.library_changed.connect(self.results_changed.emit)
        session.document.changed.connect(lambda _: self.results_changed.emit())

    # what is worked on

    def follow(self) -> None:
        """Work on what is chosen now; when nothing is, on what was chosen last."""
        found = () if self._stays else picks_of(self._session)
        if found and found != self.picks:
            self._before, self.picks = self.picks, found
            picked = {one.media_id for one in found}
            self.more = tuple(one for one in self.more if one not in picked) if len(found) == 1 else ()
            self.changed.emit()
            self.results_changed.emit()

    @contextmanager
    def staying(self) -> Iterator[None]:
        """While a result is carried away: what a drop chooses is no new work, the next one may follow from the same strip."""
        self._stays = True
        try:
            yield
        finally:
            self._stays = False

    def work_on(self, media_id: str) -> None:
        """Work on a file, wherever it was chosen."""
        pick = pick_of_media(self._session, media_id)
        if pick is not None:
            self.picks, self.more = (pick,), ()
            self.changed.emit()
            self.results_changed.emit()

    @property
    def lead(self) -> Pick | None:
        """The clip the window shows."""
        there = self._session.document.library.media
        return next((one for one in self.picks if one.media_id in there), None)

    def media_of(self, pick: Pick) -> Media:
        """The file of a pick."""
        return self._session.document.library.media[pick.media_id]

    def sources(self) -> tuple[Media, ...]:
        """What the chosen operation is given: one clip, or all that were chosen and dropped."""
        lead, library = self.lead, self._session.document.library.media
        if lead is None:
            return ()
        offer = self.offer
        if offer is None or not offer.takes_more:
            return (self.media_of(lead),)
        ids = dict.fromkeys((*(one.media_id for one in self.picks), *self.more))
        return tuple(library[one] for one in ids if one in library)[: offer.most]

    def add_source(self, media_id: str) -> None:
        """A second clip to remix, or one more."""
        media = self._session.document.library.media.get(media_id)
        if media is None or not media.has_video:
            raise EditRefused("Only clips with a picture can be sources.")
        if [one.media_id for one in self.picks] == [media_id] and self._before:
            self.picks, self._before = self._before, ()  # the hand that took it up had to choose it
        if self.lead is None:
            self.work_on(media_id)
        elif media_id not in self.more and media_id not in {one.media_id for one in self.picks}:
            self.more = (*self.more, media_id)
            self.changed.emit()

    def drop_source(self, media_id: str) -> None:
        """Work without this one."""
        self.more = tuple(one for one in self.more if one != media_id)
        self.picks = tuple(one for one in self.picks if one.media_id != media_id)
        self.changed.emit()
        self.results_changed.emit()

    def place(self) -> int:
        """The frame of the lead's file that previews show: under the playhead, else in the middle."""
        lead = self.lead
        if lead is None:
            return 0
        media = self.media_of(lead)
        found = frame_under_playhead(self._session, lead, media)
        if found is not None:
            return found
        clip = clip_of(self._session, lead)
        if clip is not None and media.rate is not None:
            return (clip.source_range.start + clip.source_range.duration / 2).frames(media.rate)
        return (media.duration / 2).frames(media.rate) if media.rate is not None else 0

    # how

    @property
    def offer(self) -> OperationOffer | None:
        """The chosen operation."""
        found = evolve_offers.offer_named(self._operation) or evolve_offers.offer_named(FIRST)
        return found or next(iter(evolve_offers.operation_offers()), None)

    def choose(self, operation_id: str) -> None:
        """Choose an operation. Its values are as they were left."""
        if evolve_offers.offer_named(operation_id) is not None and operation_id != self._operation:
            self._operation = operation_id
            self.changed.emit()

    def values_of(self, offer: OperationOffer) -> dict[str, Any]:
        """The values an operation would be made with."""
        return {**offer.defaults(), **self._values.get(offer.id, {})}

    def set_values(self, values: Mapping[str, Any]) -> None:
        """Set values of the chosen operation."""
        offer = self.offer
        if offer is not None:
            self._values[offer.id] = {**self._values.get(offer.id, {}), **values}
            self.changed.emit()

    def reset(self) -> None:
        """All values of the chosen operation as they were at first."""
        offer = self.offer
        if offer is not None:
            self._values.pop(offer.id, None)
            self.changed.emit()

    def take_over(self, steps: tuple[Step, ...], seed: int | None = None) -> None:
        """Go on from how something was made: its last operation is chosen with its values, those before are the chain."""
        known = tuple(evolve_offers.checked(one) for one in steps if evolve_offers.is_known(one))
        if known:
            self.chain, last = known[:-1], known[-1]
            self._operation = last.operation
            self._values[last.operation] = dict(last.values)
            self.seed = self.seed if seed is None else seed
            self.changed.emit()

    def set_seed(self, seed: int) -> None:
        """Another seed makes another result, where the operation has choices to make."""
        if seed != self.seed:
            self.seed = max(0, seed)
            self.changed.emit()

    def roll_seed(self) -> None:
        """The next seed."""
        self.set_seed(next_seed(self.seed))

    def set_part_only(self, part_only: bool) -> None:
        """Only what is marked, or the whole clip."""
        self.part_only = part_only
        self.changed.emit()

    def set_landing(self, landing: Landing) -> None:
        """Where results go."""
        self.landing = landing
        self.changed.emit()

    def set_chain(self, chain: tuple[Step, ...]) -> None:
        """What is done before the chosen operation."""
        self.chain = chain
        self.changed.emit()

    def add_to_chain(self) -> None:
        """The chosen operation comes first; another one can follow it."""
        step = self.step()
        if step is not None:
            self.set_chain((*self.chain, step))

    def step(self) -> Step | None:
        """The chosen operation with its values."""
        offer = self.offer
        return Step(offer.id, self.values_of(offer)) if offer is not None else None

    def steps(self) -> tuple[Step, ...]:
        """All that is done: the chain and the chosen operation."""
        step = self.step()
        return (*self.chain, step) if step is not None else ()

    def part_of(self, pick: Pick) -> TimeRange | None:
        """The marked stretch of a pick (source), when only that is wanted."""
        return marked_part(self._session, pick) if self.part_only else None

    def missing(self, *, here: bool = False) -> str:
        """What is missing before anything can be made, in a sentence; empty: nothing. `here`: on this computer, whoever is chosen."""
        offer, lead = self.offer, self.lead
        if lead is None:
            return "Choose a clip on the timeline, in the pool or in the storyboard."
        if offer is None:
            return "No operation could be loaded."
        gone = next((one for one in self.sources() if one.id in self._session.presence.missing), None)
        if gone is not None:
            return f"“{media_name(gone)}” is not there. Put it back, or rebuild it in the lineage."
        first = evolve_offers.offer_named(self.chain[0].operation) if self.chain else offer
        first = first or offer
        if self.chain and offer.least > 1:
            return f"{offer.title} takes several clips: nothing can come before it. Take the first steps away."
        if len(self._given(first)) < first.least:
            return f"{first.title} needs a second clip. Drop one below Sources, or choose two."
        if self.sends and not here and (unfit := self._unfit_to_send()):
            return unfit
        if self.part_only and self.part_of(lead) is None:
            return "Nothing is marked in this clip. Mark a part with I and O."
        return ""

    @property
    def sends(self) -> bool:
        """Whether a service is sent the clip, in place of this computer's work."""
        return self.runs_on is not None and bool(self.asked_words)

    def _unfit_to_send(self) -> str:
        """What a service cannot be asked for, in a sentence: it gets one whole clip and the words of one operation."""
        if self.chain:
            return "A service does one step. Take the first steps away, or make them here before."
        if self.part_only:
            return "A service is sent the whole clip. Choose the whole clip, or make the part a clip of its own."
        if self.landing is Landing.EDIT and self.can_land_as_edit():
            return "A service sends a film, no clips and cuts. Let it land as a take or as a clip."
        return ""

    def _given(self, offer: OperationOffer) -> tuple[str, ...]:
        ids = dict.fromkeys((*(one.media_id for one in self.picks), *self.more))
        return tuple(ids)[: offer.most] if offer.takes_more else tuple(ids)[:1]

    # making

    def run_on(self, restyler: Restyler | None) -> None:
        """Let a service make it of the clip, or this computer (None)."""
        self.runs_on = restyler
        self.changed.emit()

    @property
    def asked_words(self) -> str:
        """What a service is asked for; empty where the chosen operation has no words for one."""
        offer = self.offer
        if offer is None or not offer.restyle:
            return ""
        values = {**offer.defaults(), **self.values_of(offer)}
        return offer.restyle.format(**{name: str(value).replace("_", " ") for name, value in values.items()})

    def make(self) -> tuple[Attempt, ...]:
        """Make one result of each picked clip; of all together, where the operation takes several. Raises EditRefused.

        A service is sent each clip with the operation's words; its results land as they come, and are no attempts of ours.
        """
        if self.runs_on is not None and self.sends:
            if missing := self.missing():
                raise EditRefused(missing)
            self._send(self.runs_on)
            return ()
        return self._made_of(self.steps(), [self.seed])

    def _send(self, restyler: Restyler) -> None:
        """Each picked clip, with the words; where it lands and what was asked for go along with the job."""
        step = self.step()
        assert step is not None  # noqa: S101 - `missing` has seen to it
        family = step.operation.partition(".")[0]
        called = asked_name(step.operation, step.values)
        place = {"relationship": evolve_offers.relationship_of(family), ASKED: step.as_plain(), "called": called}
        for pick in self.picks:
            shot_id = pick.shot_id if self.landing is not Landing.CLIP else None
            self._session.generation.restyle(
                self.media_of(pick),
                self.asked_words,
                restyler.id,
                shot_id,
                name=called.lower(),
                seed=self.seed,
                place=place,
            )

    def make_four(self) -> tuple[Attempt, ...]:
        """Four variants of the lead, made here, spread over values, strength or seed. Raises EditRefused."""
        offer, lead, missing = self.offer, self.lead, self.missing(here=True)
        if offer is None or lead is None or missing:
            raise EditRefused(missing or "No operation could be loaded.")
        spread = spread_of(offer, self.values_of(offer), self.spread)
        tried = [one.steps[-1].values for one in self.results() if one.steps and one.steps[-1].operation == offer.id]
        seed = self._free_seed()
        found: list[Attempt] = []
        for values, own in four(offer, self.values_of(offer), seed, spread, tried):
            found += self._made_of((*self.chain, Step(offer.id, values)), [own], only=lead)
        self.seed = next_seed(found[-1].seed)
        self.changed.emit()
        return tuple(found)

    def make_look(self, look: Look) -> tuple[Attempt, ...]:
        """Make a kept look of each picked clip. Raises EditRefused."""
        if self.lead is None:
            raise EditRefused(self.missing())
        unknown = [one.operation for one in look.steps if not evolve_offers.is_known(one)]
        if unknown:
            raise EditRefused(f"“{look.name}” needs {unknown[0]}, which is not here.")
        return self._made_of(look.steps, [self.seed], name=look.name)

    def keep_look(self, name: str) -> Look | None:
        """Keep the chain and the chosen operation under a name, for every project of this user."""
        steps = self.steps()
        if not steps:
            return None
        look = Look(name.strip() or evolve_offers.titles_of(steps), tuple(evolve_offers.checked(one) for one in steps))
        self.store.keep(look)
        return look

    def _made_of(
        self, steps: tuple[Step, ...], seeds: list[int], *, only: Pick | None = None, name: str = ""
    ) -> tuple[Attempt, ...]:
        if (missing := self.missing(here=True)) and (not name or self.lead is None):
            raise EditRefused(missing)
        first = evolve_offers.offer_named(steps[0].operation)
        together = first is not None and first.takes_more
        picks = (only,) if only is not None else self.picks[:1] if together else self.picks
        landing = self.landing if self.landing is not Landing.EDIT or self.can_land_as_edit(steps) else Landing.TAKE
        made = []
        for pick in picks:
            given = self._given(first) if together and first is not None else (pick.media_id,)
            for seed in seeds:
                attempt = Attempt(
                    name or evolve_offers.shown_steps(steps), steps, seed, pick, given, self.part_of(pick), landing
                )
                made.append(self.makers.start(attempt))
        return tuple(made)

    def can_land_as_edit(self, steps: tuple[Step, ...] | None = None) -> bool:
        """Whether the result can be real clips on the timeline."""
        steps = self.steps() if steps is None else steps
        offer = evolve_offers.offer_named(steps[0].operation) if len(steps) == 1 else None
        return offer is not None and offer.has_edit

    def _free_seed(self) -> int:
        used, seed = {one.seed for one in self.results()}, self.seed
        while seed in used and len(used) < 1000:
            seed = next_seed(seed)
        return seed

    def results(self) -> tuple[Any, ...]:
        """The variants of the lead: what there is and what is on its way, here and at services."""
        lead = self.lead
        return (*self.makers.variants(lead), *self.sent.variants(lead.media_id)) if lead is not None else ()

    def cancel(self, variant_id: str) -> None:
        """Stop what is on its way, here or at a service; take the card of a failed one away."""
        job = self.sent.job(variant_id)
        if job is None:
            self.makers.cancel(variant_id)
            return
        self.sent.cancel(job)
        self.results_changed.emit()

    def retry(self, variant_id: str) -> None:
        """Make a failed one once more, where it was made."""
        job = self.sent.job(variant_id)
        if job is None:
            self.makers.retry(variant_id)
            return
        self._session.records.retry(job)
        self.results_changed.emit()

    def _job_changed(self, job: Job) -> None:
        if job.kind == SENT and self.sent.is_one(job):
            self.results_changed.emit()

    def estimate(self) -> tuple[float, float]:
        """About how many seconds it takes, and how many seconds of picture that are, for all picked clips."""
        return self.makers.estimate(self.steps(), self.picks, self.part_of)

    # previews

    def preview_of(self, steps: tuple[Step, ...], *, moves: bool = False) -> Asked | None:
        """What to ask `session.evolve_previews` for, to see steps on this clip. A remix of one clip borrows a second one."""
        lead = self.lead
        offer = evolve_offers.offer_named(steps[0].operation) if steps else None
        if lead is None or offer is None:
            return None
        media = [self.media_of(lead)]
        if offer.takes_more:
            ids = dict.fromkeys((*(one.media_id for one in self.picks), *self.more))
            library = self._session.document.library.media
            media = [library[one] for one in ids if one in library] or media
            if len(media) < offer.least:
                media += self._borrowed(media[0])
            media = media[: offer.most]
        chosen = self.offer is not None and steps[-1].operation == self.offer.id
        return Asked(tuple(media), self.place(), steps, self.seed if chosen else _FIRST_SEED, moves)

    def preview_of_offer(self, offer: OperationOffer, *, moves: bool = False) -> Asked | None:
        """The same of an operation with the values it has now, after the chain."""
        return self.preview_of((*self.chain, Step(offer.id, self.values_of(offer))), moves=moves)

    def is_borrowing(self, offer: OperationOffer) -> bool:
        """Whether a preview shows a second clip that was not chosen."""
        return offer.takes_more and len(self._given(offer)) < offer.least

    def _borrowed(self, lead: Media) -> list[Media]:
        """Another clip of the project for the preview of a remix; without one, the clip itself."""
        others = self._session.document.library.media.values()
        missing = self._session.presence.missing
        found = next((one for one in others if one.has_video and one.id != lead.id and one.id not in missing), lead)
        return [found]

    def words(self, media: Media) -> str:
        """What a file was made from."""
        return words_of(self._session.document.library.take_of_media(media.id))

    def _forget(self) -> None:
        self.picks, self.more, self.chain, self._before = (), (), (), ()
        self.part_only, self.landing = False, Landing.TAKE
        self.makers.forget()
        self.changed.emit()
        self.results_changed.emit()
