"""From a request to a film on disk through a provider: started once, waited for, fetched at once, looked at, and never lost.

Every step is written in a diary before the next one is taken, so that another process can go on where this one ended.
"""

from __future__ import annotations

import datetime
import random
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Protocol
from uuid import uuid4

from engines.errors import EngineError
from engines.generate.base import GenerationRequest, JobLike, Result
from engines.generate.remote.doubt import asked, recovered, stopped, submitted
from engines.generate.remote.faults import Fault, ProviderError
from engines.generate.remote.fetching import fetch, named_by_content
from engines.generate.remote.models import Model
from engines.generate.remote.provider import RemoteEngine, kind_of, too_long
from engines.generate.remote.states import Cancelling, Handle, Output, Polled, RemoteState
from engines.generate.remote.verify import verify
from timeline.errors import Cancelled, Left

TRIES = 4
"""How often a request is sent at most, where sending again is safe."""
FIRST_WAIT, LONGEST_WAIT = 1.0, 60.0
SETTLES = 30.0
"""Seconds after a sending within which a provider that does not list or know the job may still come to."""
MOST_WAIT = 300.0
"""Seconds: who asks for a longer wait refuses for now; the user is told until when."""
LOOKS = 3
"""How often a provider must say that it does not know a job before it is believed."""
NEARLY = 0.95
"""Share at which a running job stops: what is left is fetching and looking at it."""
MOST_SECONDS = 3 * 3600.0
"""After so long a job that does not end is given up asking for; it can be asked for again by hand."""
_STUCK_WORDS = "{who} has not finished {name} after {hours:g} hours. It may still finish; retry asks for it again, and sends nothing."


class Diary(Protocol):
    """What is written down of a job, each before the next step is taken."""

    client_key: str
    """Our own name for the job; empty before it was first sent."""
    sent_at: float
    """Unix time of the first sending; 0 before."""
    handle: Handle | None
    """How to find it at the provider, once that said so."""

    def sending(self, client_key: str, model: Model, cost: Decimal | None) -> None:
        """The request leaves now; the cost is the estimate."""

    def refused(self, error: ProviderError) -> None:
        """It was not accepted, for certain: nothing runs and nothing is owed."""

    def accepted(self, handle: Handle) -> None:
        """The provider took it."""

    def stands(self, polled: Polled) -> None:
        """What the provider says of it."""

    def cancelling(self, answer: Cancelling) -> None:
        """It was asked to stop."""

    def landed(self, path: Path, cost: Decimal | None) -> None:
        """Its film is on the disk, whole and looked at."""


@dataclass
class Forgetful:
    """A diary for who does not mind losing a job: tests."""

    client_key: str = ""
    sent_at: float = 0.0
    handle: Handle | None = None
    cost: Decimal | None = None

    def sending(self, client_key: str, model: Model, cost: Decimal | None) -> None:
        """Keep it in memory."""
        self.client_key, self.sent_at, self.cost = client_key, time.time(), cost

    def refused(self, error: ProviderError) -> None:
        """Forget the sending."""
        self.client_key, self.sent_at = "", 0.0

    def accepted(self, handle: Handle) -> None:
        """Keep it in memory."""
        self.handle = handle

    def stands(self, polled: Polled) -> None:
        """Nothing."""

    def cancelling(self, answer: Cancelling) -> None:
        """Nothing."""

    def landed(self, path: Path, cost: Decimal | None) -> None:
        """Keep the cost."""
        self.cost = cost


@dataclass(frozen=True)
class Clock:
    """Time, so that tests need none. `pace`: seconds that a second of waiting takes."""

    now: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep
    pace: float = 1.0

    def wait(self, seconds: float, job: JobLike) -> None:
        """Wait, asking the job whether to go on. Raises Cancelled."""
        until = self.now() + seconds * self.pace
        while (left := until - self.now()) > 0:
            job.check()
            self.sleep(min(0.2, left))
        job.check()


def run(
    engine: RemoteEngine,
    request: GenerationRequest,
    target: Path,
    job: JobLike,
    diary: Diary | None = None,
    clock: Clock | None = None,
    typical: float | None = None,
    tries: int = TRIES,
) -> Result:
    """Make the film, or go on with one that the diary knows of. Raises ProviderError, MediaError, Cancelled, OSError.

    `typical`: seconds such a job took so far (else the list of models says it), for providers that give no progress.
    With a handle in the diary it is asked after; with a sending that was never answered it is looked for, and sent again only
    if the provider can say for certain that it was not taken. `tries`: how often it is sent at most; 1 retries nothing.
    """
    diary, clock = diary or Forgetful(), clock or Clock(pace=engine.access.pace)
    request = request.checked()
    model = _model_at_work(engine, request, diary) if diary.handle or diary.client_key else engine.model_for(request)
    handle = diary.handle or _started(engine, request, model, job, diary, clock, tries)
    last = _waited_for(engine, handle, job, diary, clock, typical or model.typical_seconds)
    try:
        made = _fetched(engine, handle, last, target, job, clock)
        facts = _looked_at(made, request, model, job)
        target.parent.mkdir(parents=True, exist_ok=True)
        if request.makes != "film":
            target = named_by_content(made, target)
        made.replace(target)
    except OSError as error:
        raise not_kept(engine.label, error) from error
    cost = last.cost
    if cost is None:
        with suppress(EngineError):  # its model left the list since: what was estimated then stands
            cost = _estimated(engine, request)
    diary.landed(target, cost)
    engine.settled(handle)
    return Result(
        target,
        request.seed,
        {
            "provider": engine.id,
            "model": model.id,
            "job": handle.id,
            "cost": None if cost is None else str(cost),
            "currency": model.currency,
            "cost_is_sure": last.cost is not None,
            **facts,
        },
    )


def _model_at_work(engine: RemoteEngine, request: GenerationRequest, diary: Diary) -> Model:
    """The model of a job that was sent: also one that retired, or left the list, since. What is paid for is fetched all the same."""
    try:
        return engine.model_for(request)
    except ProviderError:
        name = diary.handle.model if diary.handle else request.model
        known = next((one for one in engine.models if one.id == name), None)
        return known or Model(
            id=name,
            provider=engine.id,
            label=name or engine.label,
            kinds=(kind_of(request),),
            price={"": Decimal(0)},  # what it costs was written down when it was sent
            checked=datetime.datetime.now(datetime.UTC).date(),
        )


def later(error: ProviderError) -> ProviderError:
    """The refusal of a provider that wants to be asked again much later, with the time."""
    until = datetime.datetime.now() + datetime.timedelta(seconds=min(error.wait or 0.0, 31e6))
    day = "" if until.date() == datetime.datetime.now().date() else f"{until:%d %B}, "
    return ProviderError(
        error.fault, f"{error.message} It wants to be asked again at {day}{until:%H:%M}.", error.detail, error.wait
    )


def not_kept(who: str, error: OSError) -> ProviderError:
    """The error of a result that is made and found no place on this computer's disk."""
    why = error.strerror or "the disk does not take it"
    return ProviderError(
        Fault.NOT_KEPT,
        f"{who} has made it, and it cannot be kept here: {why}. Make room or look at the folder; retry fetches it and sends nothing.",
        repr(error),
    )


def _looked_at(made: Path, request: GenerationRequest, model: Model, job: JobLike) -> dict[str, Any]:
    """Facts of the film; what is none is taken away."""
    try:
        job.progress(0.99, "Checking")
        return verify(made, request, model)
    except BaseException:
        made.unlink(missing_ok=True)
        raise


def _estimated(engine: RemoteEngine, request: GenerationRequest) -> Decimal | None:
    return engine.estimate(request).cost


def _started(
    engine: RemoteEngine, request: GenerationRequest, model: Model, job: JobLike, diary: Diary, clock: Clock, tries: int
) -> Handle:
    if diary.client_key and diary.sent_at:
        found = _looked_for(engine, request, diary, job, clock)
        if found is not None:
            diary.accepted(found)
            return found
        if not engine.can_list:
            raise ProviderError(
                Fault.OUTCOME_UNKNOWN,
                f"Starcut cannot tell whether {engine.label} took this job, and does not send it again by itself: it might be "
                "billed twice. Look in your account there before you send it anew.",
            )
        model = engine.model_for(request)
    if model.lengths_about(request.length.to_seconds()) is None:
        raise too_long(engine.label, model, request)
    return _sent(engine, request, model, job, diary, clock, tries)


def _looked_for(
    engine: RemoteEngine, request: GenerationRequest, diary: Diary, job: JobLike, clock: Clock
) -> Handle | None:
    """A job that was sent without an answer. None from a provider that lists its jobs: it was not taken, for certain.

    A request may still be on its way when its sender is gone, and a list is not always up to date: it is asked once more
    after a while before it is believed.
    """
    found = recovered(engine, request, diary.client_key, diary.sent_at, job)
    if found is None and engine.can_list:
        job.progress(0.0, f"Looking for it at {engine.label}")
        clock.wait(min(max(diary.sent_at + SETTLES - clock.now(), FIRST_WAIT), SETTLES), job)
        found = recovered(engine, request, diary.client_key, diary.sent_at, job)
    return found


def _sent(
    engine: RemoteEngine, request: GenerationRequest, model: Model, job: JobLike, diary: Diary, clock: Clock, tries: int
) -> Handle:
    """Send until it is taken: again only after faults that leave no doubt that nothing was taken."""
    for number in range(1, tries + 1):
        client_key = str(uuid4())
        diary.sending(client_key, model, _estimated(engine, request))
        try:
            handle = submitted(engine, request, model, client_key, job)
        except Cancelled:
            diary.refused(ProviderError(Fault.UNREACHABLE, "It was cancelled before it was sent."))
            raise
        except EngineError as error:
            if not isinstance(error, ProviderError):  # a file that cannot be read: nothing left
                diary.refused(ProviderError(Fault.INVALID, error.message))
                raise
            if error.fault is Fault.OUTCOME_UNKNOWN:
                found = _looked_for(engine, request, diary, job, clock)
                if found is not None:
                    diary.accepted(found)
                    return found
                if not engine.can_list:
                    raise
                error = ProviderError(Fault.UNAVAILABLE, f"{engine.label} did not take the request.", error.detail)
            diary.refused(error)
            if not error.policy.again or number == tries:
                raise error from None
            if error.wait is not None and error.wait > MOST_WAIT:
                raise later(error) from None
            wait = _pause(number, error.wait)
            job.progress(0.0, f"{engine.label} is busy, again in {max(1, round(wait))} s")
            clock.wait(wait, job)
        else:
            diary.accepted(handle)
            return handle
    raise AssertionError("the loop above returns or raises")


def _pause(number: int, asked: float | None) -> float:
    """Seconds before trying number `number` again: as asked, else doubling, with up to half of it by chance on top."""
    if asked is not None:
        return asked
    base = min(LONGEST_WAIT, FIRST_WAIT * float(2 ** (number - 1)))
    return base * (1 + random.random() / 2)


def _waited_for(
    engine: RemoteEngine, handle: Handle, job: JobLike, diary: Diary, clock: Clock, typical: float
) -> Polled:
    """Ask until it is over. Who wants to stop has the provider told so; who only leaves finds the job again later."""
    try:
        return _ended(engine, _polled_to_the_end(engine, handle, job, diary, clock, typical))
    except Left:
        raise
    except Cancelled:
        diary.cancelling(stopped(engine, handle, _Deaf(job)))
        raise


def _polled_to_the_end(
    engine: RemoteEngine, handle: Handle, job: JobLike, diary: Diary, clock: Clock, typical: float
) -> Polled:
    """A question that fails says nothing about the job: it is asked again."""
    begun, failures, unknown = clock.now(), 0, 0
    since = diary.sent_at if 0 < diary.sent_at <= begun else begun
    while clock.now() - begun < MOST_SECONDS:
        job.check()
        try:
            polled = asked(engine, handle, job)
        except ProviderError as error:
            unknown += error.fault is Fault.LOST
            is_lost = unknown >= LOOKS and clock.now() - since >= SETTLES * clock.pace
            if error.fault is Fault.AUTH or (error.fault is Fault.LOST and is_lost):
                raise
            failures += 1
            wait = _pause(min(failures, 6), None) if error.wait is None else min(error.wait, MOST_WAIT)
        else:
            failures, unknown, wait = 0, 0, engine.poll_seconds
            diary.stands(polled)
            if polled.state.is_over:
                return polled
            spent = clock.now() - since
            _tell(engine, polled, job, spent / typical if typical > 0 else 0.0)
        clock.wait(wait, job)
    words = _STUCK_WORDS.format(who=engine.label, name=handle.id, hours=MOST_SECONDS / 3600)
    raise ProviderError(Fault.TIMED_OUT, words)


class _Deaf:
    """A job for the way to a cancelled one's end: it goes on though it was asked to stop."""

    def __init__(self, job: JobLike) -> None:
        self.progress = job.progress

    def check(self) -> None:
        """Go on."""


def _tell(engine: RemoteEngine, polled: Polled, job: JobLike, guess: float) -> None:
    """How far it is; without a word of the provider's by the clock, which never says that it is over."""
    if polled.state is RemoteState.QUEUED:
        place = f", place {polled.position}" if polled.position else ""
        job.progress(0.0, f"Waiting at {engine.label}{place}")
    elif polled.progress is not None:
        job.progress(min(NEARLY, polled.progress), f"Running at {engine.label}")
    elif guess < NEARLY:
        job.progress(guess, f"Running at {engine.label}")
    else:
        job.progress(NEARLY, f"Finishing at {engine.label}")


def _ended(engine: RemoteEngine, polled: Polled) -> Polled:
    if polled.state is RemoteState.SUCCEEDED:
        return polled
    why = polled.message.rstrip(".") or "it did not say why"
    if polled.state is RemoteState.CANCELLED:
        raise ProviderError(Fault.FAILED, f"{engine.label} cancelled the job: {why}.")
    fault = polled.fault or Fault.FAILED
    if fault is Fault.MODERATED:
        raise ProviderError(fault, f"{engine.label} refuses what was asked for: {why}. Change the words.")
    raise ProviderError(fault, f"{engine.label} could not make it: {why}.")


def _fetched(engine: RemoteEngine, handle: Handle, last: Polled, target: Path, job: JobLike, clock: Clock) -> Path:
    """The result as a file beside the target. A link that has ended is asked for anew, once; a broken line goes on."""
    part = target.with_name(f"{target.name}.{_safe(handle.id)}.part")
    output = _the_output(engine, last)
    renewed = False
    for number in range(1, TRIES + 3):
        try:
            return fetch(engine, output, part, job)
        except ProviderError as error:
            if error.fault is Fault.LOST and not renewed:
                renewed = True
                output = _the_output(engine, asked(engine, handle, job))
            elif error.fault in (Fault.UNREACHABLE, Fault.UNAVAILABLE, Fault.RATE_LIMITED) and number < TRIES + 2:
                if error.wait is not None and error.wait > MOST_WAIT:
                    raise later(error) from None
                clock.wait(_pause(number, error.wait), job)
            else:
                raise
    raise AssertionError("the loop above returns or raises")


def _the_output(engine: RemoteEngine, polled: Polled) -> Output:
    if not polled.outputs:
        raise ProviderError(Fault.BAD_RESULT, f"{engine.label} says it is done and gives no result.")
    return next((one for one in polled.outputs if one.kind == "video"), polled.outputs[0])


def _safe(text: str) -> str:
    return "".join(one for one in text if one.isalnum() or one in "-_")[-40:]
