"""Films longer than a service makes: in how many parts, for how much; and the parts of one job in the book, each paid for once.

The job itself stands in the book as the one take it becomes; its parts are entries of their own, whose subject is its id.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from engines.errors import EngineError
from engines.generate.base import Engine, Estimate, GenerationRequest, JobLike, Result
from engines.generate.registry import engines
from engines.generate.remote.faults import Fault, ProviderError
from engines.generate.remote.models import Model
from engines.generate.remote.provider import RemoteEngine, kind_of
from engines.generate.remote.segments import Part, joined, part_request, parts_of, run_parts
from engines.generate.routing import LOCAL, Candidate
from engines.generate.share import Quiet
from studio_app.services.book_diary import BookDiary
from studio_app.services.job_book import BookState, Caps, Entry, JobBook
from studio_app.services.money import money
from studio_app.session.take_files import make_folder
from timeline.errors import Cancelled, Left
from timeline.time import RationalTime

JOINED = "joined_parts"
"""In a shot's extra: where it is longer than its engine makes, it may be made in joined parts."""
PARTS = "parts"
"""In the place of an entry: the parts it is made in, as [asked, made]."""
BEGINS_WITH = "begins_with"
"""In the place of an entry: the film that is its first part already."""


@dataclass(frozen=True)
class TooLong:
    """A film that is longer than the engine that is asked for makes: what can be done about it, in seconds and money.

    `parts` and `cost`: joined, None where the engine cannot go on from a picture; `trimmed`: what the longest one costs;
    `other`: who makes it as a whole, for how much, the cheapest that is paid first, else the embedded engine; None: nobody.
    """

    engine: str
    seconds: float
    longest: float
    parts: int = 0
    cost: Decimal | None = None
    trimmed: Decimal | None = None
    other: Candidate | None = None


# --- before anything is sent -----------------------------------------------------------------------------------------


def parts_by(maker: RemoteEngine, request: GenerationRequest) -> tuple[Part, ...]:
    """The parts in which an engine makes a film that is too long for it; none for one that it makes as a whole. Raises EngineError."""
    seconds = request.length.to_seconds()
    if maker.model_for(request).lengths_about(seconds) is not None:
        return ()
    parts = parts_of(seconds, parted_model(maker, request), maker.label)
    return parts if len(parts) > 1 else ()


def parted_model(maker: RemoteEngine, request: GenerationRequest) -> Model:
    """The model that makes the parts: the one that is asked for, else the first that can also go on from a picture."""
    if request.model:
        return maker.model_for(request)
    wanted = {kind_of(request), "image_to_video"}
    fits = [one for one in maker.models if not one.retired() and wanted <= set(one.kinds)]
    return max(fits, key=lambda one: max(one.seconds, default=0.0)) if fits else maker.model_for(request)


def estimate_of(maker: Engine, request: GenerationRequest, parts: Sequence[Part], begun: int = 0) -> Estimate:
    """What a film costs, in parts where it has some; `begun` of them are there. Raises EngineError."""
    if not parts or not isinstance(maker, RemoteEngine):
        return maker.estimate(request)
    model = parted_model(maker, request)
    each = [_part_estimate(maker, model, request, one, index) for index, one in enumerate(parts)][begun:]
    return Estimate(sum(one.seconds for one in each), sum((one.cost for one in each), Decimal(0)), model.currency)


def _part_estimate(maker: RemoteEngine, model: Model, request: GenerationRequest, part: Part, index: int) -> Estimate:
    """By the list of prices: the picture that a later part begins with is not there yet."""
    of_kind = model.for_kind("image_to_video") if index else model
    made = of_kind.lengths_about(part.asked) or part.made
    cost = of_kind.cost(made, maker.resolution_for(of_kind, request)) or Decimal(0)
    return Estimate(of_kind.typical_seconds, cost, of_kind.currency)


def parts_words(maker: RemoteEngine, model: Model, parts: Sequence[Part]) -> str:
    """`Runway Gen-4.5 makes 10 s at most: 2 joined parts, …`."""
    longest = max(model.seconds)
    return (
        f"{maker.label} {model.label} makes {longest:g} s at most: {len(parts)} joined parts, "
        "each begun with the last picture of the one before."
    )


def too_long_for(maker: RemoteEngine, request: GenerationRequest, others: Sequence[Candidate]) -> TooLong | None:
    """What can be done where a film is longer than an engine makes; None where it is not."""
    try:
        model = maker.model_for(request)
    except EngineError:
        return None
    seconds = request.length.to_seconds()
    if model.lengths_about(seconds) is not None:
        return None
    longest, found = max(model.seconds), TooLong(f"{maker.label} {model.label}", seconds, max(model.seconds))
    short = request.model_copy(update={"duration": RationalTime.parse(f"{longest:.3f}"), "model": model.id})
    able = [one for one in others if not one.why_not and one.id != maker.id and one.cost is not None]
    paid = sorted((one for one in able if one.id != LOCAL), key=lambda one: one.cost or Decimal(0))
    found = replace(
        found,
        trimmed=maker.estimate(short).cost,
        other=next(iter((*paid, *(one for one in able if one.id == LOCAL))), None),
    )
    try:
        parts = parts_by(maker, request)
        return replace(found, parts=len(parts), cost=estimate_of(maker, request, parts).cost)
    except EngineError:
        return found


def as_place(parts: Sequence[Part], begins_with: str = "") -> dict[str, Any]:
    """What an entry keeps of its parts."""
    if not parts:
        return {}
    return {PARTS: [[one.asked, one.made] for one in parts], **({BEGINS_WITH: begins_with} if begins_with else {})}


def parts_in(place: Mapping[str, Any]) -> tuple[Part, ...]:
    """The parts that an entry keeps."""
    return tuple(Part(float(asked), float(made)) for asked, made in place.get(PARTS, ()))


def rest_of(request: GenerationRequest, place: Mapping[str, Any]) -> GenerationRequest:
    """Of a film that begins with one that is there: the request for the rest of it, as another engine would be asked."""
    rest = parts_in(place)[-1].asked
    changes = {"duration": RationalTime.parse(f"{rest:.3f}"), "image_reference": str(place[BEGINS_WITH])}
    return request.model_copy(update={**changes, "model": "", "options": {}, "extends": ""})


# --- in the book ------------------------------------------------------------------------------------------------------


def entries_of(book: JobBook, whole: Entry) -> tuple[Entry, ...]:
    """The entries of a job's parts, the latest of each, in their order."""
    found: dict[int, Entry] = {}
    for one in reversed(book.select("subject = ?", (whole.id,))):
        found[int(one.place.get("part", 0))] = one
    return tuple(found[number] for number in sorted(found))


def is_part_of_open(book: JobBook, entry: Entry) -> bool:
    """Whether an entry is a part of a job that goes on: then that job goes on with it."""
    whole = book.find(entry.subject) if "part" in entry.place else None
    return whole is not None and (whole.state.is_open or whole.state is BookState.LANDING)


def begun_before(
    book: JobBook, project: str, shot_id: str, request: GenerationRequest, place: Mapping[str, Any]
) -> Entry | None:
    """The last job of a shot in parts that ended without a film, where some of its parts are there and it was asked for the same."""
    same = ("prompt", "duration", "model", "seed", "image_reference", "last_image")
    wanted = request.model_dump(mode="json")
    for entry in book.select("subject = ? AND project = ?", (shot_id, project), 20):
        if entry.state not in (BookState.FAILED, BookState.CANCELLED) or entry.place.get(PARTS) != place.get(PARTS):
            continue
        if any(entry.request.get(one) != wanted.get(one) for one in same):
            continue
        if any(
            one.state in (BookState.LANDING, BookState.DONE) or one.is_at_service for one in entries_of(book, entry)
        ):
            return entry
    return None


def give_up_unknown(book: JobBook, whole: Entry) -> None:
    """The user decided that parts without an answer were not taken: they may be sent anew."""
    for one in entries_of(book, whole):
        if one.state is BookState.UNKNOWN:
            book.set_state(one.id, BookState.FAILED, "sent anew by hand")


# --- making them ------------------------------------------------------------------------------------------------------


def make_in_parts(
    maker: RemoteEngine,
    request: GenerationRequest,
    parts: Sequence[Part],
    whole: Entry,
    target: Path,
    job: JobLike,
    book: JobBook,
    caps: Caps,
) -> tuple[Result, Decimal]:
    """All parts, those that are there as they are, and one film of them; what it cost. Raises ProviderError, Cancelled, Left.

    Each part is written down before any is sent. What fails or is stopped leaves the parts that are there for another try.
    """
    folder = target.parent / "parts" / whole.id
    make_folder(folder)
    first = str(whole.place.get(BEGINS_WITH, ""))
    if first and not (begun := folder / "part-01.mp4").exists():
        try:
            shutil.copyfile(first, begun)
        except OSError as error:
            raise EngineError(f"“{Path(first).name}” cannot be read; nothing was sent.", str(error)) from error
    diaries = _written(maker, request, parts, whole, folder, book, caps)
    try:
        films = run_parts(maker, request, parts, folder, job, diaries)
        job.progress(0.99, "Joining")
        joined(films, target, Quiet(job))  # the last hundredth
    except Left:
        raise
    except Cancelled:
        _stop(book, whole)
        raise
    except ProviderError as error:
        _failed(book, whole, error)
        raise
    ends = entries_of(book, whole)
    cost = sum((one.cost for one in ends), Decimal(0))
    with book.at_once():
        for one in ends:
            book.set_state(one.id, BookState.DONE)
        book.write(whole.id, BookState.LANDING, target.name, target=str(target))
    shutil.rmtree(folder, ignore_errors=True)
    facts = {
        "provider": maker.id,
        "model": request.model,
        "jobs": [one.handle.id for one in ends if one.handle is not None],
        "cost": str(cost),
        "cost_is_sure": all(one.cost_is_sure for one in ends),
        PARTS: [[one.asked, one.made] for one in parts],
    }
    return Result(target, request.seed, facts), cost


def _written(
    maker: RemoteEngine,
    request: GenerationRequest,
    parts: Sequence[Part],
    whole: Entry,
    folder: Path,
    book: JobBook,
    caps: Caps,
) -> Callable[[int], BookDiary]:
    """An entry for each part that is to be made. What the whole was let in with by the caps goes over to its parts."""
    known = {int(one.place.get("part", 0)): one for one in entries_of(book, whole)}
    ids: dict[int, str] = {}
    fresh = whole.estimate > 0
    with book.at_once():
        for index in range(len(parts)):
            target, old = folder / f"part-{index + 1:02d}.mp4", known.get(index)
            if old is not None and not _is_over(old, book):
                ids[index] = old.id
            elif not target.exists():
                ids[index] = _new_part(maker, request, parts, whole, index, target, book, None if fresh else caps).id
        book.write(whole.id, BookState.RUNNING, "in parts", estimate="0")
    return lambda index: book.diary(ids[index])


def _new_part(
    maker: RemoteEngine,
    request: GenerationRequest,
    parts: Sequence[Part],
    whole: Entry,
    index: int,
    target: Path,
    book: JobBook,
    caps: Caps | None,
) -> Entry:
    wanted = part_request(request, parts, index)
    name = f"{whole.name}, part {index + 1} of {len(parts)}"
    estimate = _part_estimate(maker, parted_model(maker, request), request, parts[index], index)
    entry = Entry(whole.project, whole.id, name, maker.id, wanted.model_dump(mode="json"), str(target), request.model,
                  {"part": index}, estimate=estimate.cost, currency=estimate.currency)  # fmt: skip
    entry = book.add(entry, caps)
    if entry.state is BookState.OVER_BUDGET:
        raise EngineError(f"{name}: {entry.message}")
    return entry


def _is_over(entry: Entry, book: JobBook) -> bool:
    """Whether a part ended without a film, and nothing can be fetched of it."""
    ended = entry.state in (BookState.FAILED, BookState.CANCELLED, BookState.OVER_BUDGET)
    return ended and not book.may_be_fetched(entry)


def _stop(book: JobBook, whole: Entry) -> None:
    """After a press on Cancel: what was not sent is not, what nobody knows of stays so."""
    for one in entries_of(book, whole):
        if one.state is BookState.QUEUED and not one.client_key:
            book.set_state(one.id, BookState.CANCELLED, "not sent")
        elif one.state.is_open:
            words = "It was cancelled while nobody knew whether it was taken; it may have been billed."
            book.set_state(one.id, BookState.UNKNOWN, words, Fault.OUTCOME_UNKNOWN.value)


def _failed(book: JobBook, whole: Entry, error: ProviderError) -> None:
    """The part that was at work failed; those behind it are not sent."""
    ahead = [one for one in entries_of(book, whole) if one.state not in (BookState.LANDING, BookState.DONE)]
    for one in ahead[:1]:
        book.diary(one.id).failed(error)
    for one in ahead[1:]:
        if one.state is BookState.QUEUED:
            book.set_state(one.id, BookState.CANCELLED, "not sent: a part before it failed")


def stopped_words(book: JobBook, whole: Entry) -> str:
    """What stopping a job in parts may cost; empty where nothing of it was sent."""
    ends = entries_of(book, whole)
    label = getattr(engines().classes.get(whole.engine), "label", whole.engine)
    if not any(one.handle is not None for one in ends):
        return ""
    cost = sum((one.cost for one in ends), Decimal(0))
    if not cost:
        return f"{label} stopped it; nothing is billed."
    sure = all(one.cost_is_sure for one in ends if one.cost)
    return f"{label} {'is billed' if sure else 'may still be billed, about'} {money(cost)}."


def cost_of_parts(book: JobBook, whole: Entry) -> Decimal | None:
    """What the parts of a job cost together; None for one that has none."""
    return sum((one.cost for one in entries_of(book, whole)), Decimal(0)) if PARTS in whole.place else None
