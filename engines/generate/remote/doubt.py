"""What an answer leaves in doubt: a job that may have been taken is never sent again by itself, whatever came back.

Adapters read answers as their providers promise them. Where one has another shape, what follows is decided here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from engines.generate.base import GenerationRequest, JobLike
from engines.generate.remote.faults import Fault, ProviderError
from engines.generate.remote.models import Model
from engines.generate.remote.states import Cancelling, Handle, Polled
from timeline.errors import Cancelled, StudioError

if TYPE_CHECKING:
    from engines.generate.remote.provider import RemoteEngine

ODD = (KeyError, TypeError, AttributeError, ValueError, IndexError, ArithmeticError)
"""What reading an answer of another shape than promised raises."""
REQUEST_TIMEOUT, TEMPORARY, PERMANENT = 408, 307, 308
_MAY_BE_BILLED = "It may have been accepted and billed; Starcut looks for it and does not send it again by itself."


class Sending:
    """A job on its way to a provider. `has_left`: the request that costs money went out; what goes wrong now leaves doubt."""

    def __init__(self, job: JobLike) -> None:
        self.check, self.progress = job.check, job.progress
        self.has_left = False


def leaves_doubt(status: int, safe: frozenset[int]) -> bool:
    """Whether after this status of a paid request nobody knows whether it was taken. `safe`: server errors that say it was not.

    307 and 308 say that the request was not looked at; other redirects may follow work that was begun.
    """
    if status >= 500:
        return status not in safe
    return status == REQUEST_TIMEOUT or (300 <= status < 400 and status not in (TEMPORARY, PERMANENT))


def in_doubt(who: str, what: str, detail: str = "") -> ProviderError:
    """The error: `{who} {what}`, and what to do."""
    return ProviderError(Fault.OUTCOME_UNKNOWN, f"{who} {what} after the request was sent. {_MAY_BE_BILLED}", detail)


def name_in(who: str, answer: Any, field: str = "id") -> str:
    """The provider's name for a job out of the answer to a paid request. Raises ProviderError (OUTCOME_UNKNOWN) without one."""
    found = answer.get(field) if isinstance(answer, Mapping) else None
    if not found or not isinstance(found, str | int):
        raise in_doubt(who, "did not say under which name it took the job", f"no {field}")
    return str(found)


def submitted(engine: RemoteEngine, request: GenerationRequest, model: Model, client_key: str, job: JobLike) -> Handle:
    """Start the job; see RemoteEngine.submit. What goes wrong after the paid request left is OUTCOME_UNKNOWN, whatever it is."""
    sending = Sending(job)
    try:
        return engine.submit(request, model, client_key, sending)
    except (ProviderError, Cancelled):
        raise
    except Exception as error:
        if sending.has_left:
            raise in_doubt(engine.label, "answered in a way that Starcut does not understand", repr(error)) from error
        if not isinstance(error, ODD):
            raise
        words = f"{engine.label} answered in a way that Starcut does not understand. Nothing was charged; retry later."
        raise ProviderError(Fault.UNAVAILABLE, words, repr(error)) from error


def recovered(
    engine: RemoteEngine, request: GenerationRequest, client_key: str, since: float, job: JobLike
) -> Handle | None:
    """Look for a job that was sent without an answer; see RemoteEngine.recover. Who cannot be asked knows no better:
    OUTCOME_UNKNOWN, and not the fault of the asking, which says nothing about the job."""
    try:
        return engine.recover(request, client_key, since, job)
    except Cancelled:
        raise
    except (StudioError, *ODD) as error:
        if isinstance(error, ProviderError) and error.fault is Fault.OUTCOME_UNKNOWN:
            raise
        why = error.message if isinstance(error, StudioError) else f"{engine.label} answered oddly."
        words = f"Whether {engine.label} took this job could not be asked: {why} It may be billed; look again later."
        raise ProviderError(Fault.OUTCOME_UNKNOWN, words, repr(error)) from error


def asked(engine: RemoteEngine, handle: Handle, job: JobLike) -> Polled:
    """Where a job stands; see RemoteEngine.poll. Raises ProviderError: LOST where the provider does not know it."""
    try:
        polled = engine.poll(handle, job)
    except ProviderError as error:
        if error.fault is Fault.MODEL_GONE:
            raise lost(engine, handle) from error
        raise
    except ODD as error:
        words = f"{engine.label} answered in a way that Starcut does not understand; nothing is known of the job."
        raise ProviderError(Fault.UNREACHABLE, words, repr(error)) from error
    return replace(polled, message=engine.without_keys(polled.message), raw=engine.without_keys(polled.raw))


def stopped(engine: RemoteEngine, handle: Handle, job: JobLike) -> Cancelling:
    """Ask to stop; see RemoteEngine.cancel. Without an answer it goes on there, and may be billed."""
    try:
        return engine.cancel(handle, job)
    except (ProviderError, *ODD):
        return Cancelling(stopped=False, may_be_billed=True)


def lost(engine: RemoteEngine, handle: Handle) -> ProviderError:
    """The error of a job that its provider does not know."""
    return ProviderError(
        Fault.LOST,
        f"{engine.label} does not know the job {handle.id}. It may have been billed; retry asks for it once more and sends nothing.",
    )
