"""What a remote engine is: one class per provider that can start a job, ask after it, stop it and find it again.

When to wait, send again, fetch and give up is decided once, in `running`; an adapter only speaks its provider's language.
"""

from __future__ import annotations

import base64
import datetime
import math
import mimetypes
from abc import abstractmethod
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import urlsplit

from pydantic import BaseModel, ValidationError

from effects.base import Described
from engines.errors import EngineError
from engines.generate.base import Engine, Estimate, GenerationRequest, JobLike, Result
from engines.generate.remote.doubt import ODD, Sending, in_doubt, leaves_doubt, lost
from engines.generate.remote.faults import Fault, ProviderError
from engines.generate.remote.hiding import hidden
from engines.generate.remote.models import Catalogue, Kind, Model, shipped
from engines.generate.remote.refusals import fault_of as fault_of
from engines.generate.remote.refusals import words_of as words_of
from engines.generate.remote.states import Cancelling, Handle, Output, Polled
from engines.generate.remote.wire import Reply, Wire, wire


@dataclass(frozen=True)
class Access:
    """How the providers are reached: keys by the names of their environment variables, addresses other than the usual ones
    by engine id, and the models. Keys are asked for when they are needed and never kept in an engine."""

    key: Callable[[str], str | None] = lambda _name: None
    bases: Mapping[str, str] = field(default_factory=dict)
    models: Catalogue | None = None
    wire: Callable[[], Wire] = wire
    answers: Path | None = None
    """Where results that are an answer themselves are kept until they have landed; None: the system's folder for such."""
    pace: float = 1.0
    """Seconds that a second of waiting takes: tests wait less."""


class Alone:
    """A job for questions outside of jobs: nobody stops them, nobody is told."""

    def check(self) -> None:
        """Go on."""

    def progress(self, fraction: float, note: str = "") -> None:
        """Tell nobody."""


class NoOptions(Described):
    """A provider without values of its own."""


class RemoteEngine(Engine):
    """A provider. Subclasses are files in `providers/`; all I/O goes through `self.call`."""

    key_names: ClassVar[tuple[str, ...]] = ()
    """Environment variables (and names in the keyring) of its key, the usual one first; none: it needs none."""
    base: ClassVar[str] = ""
    """Where it is, without a slash at the end."""
    poll_seconds: ClassVar[float] = 5.0
    concurrency: ClassVar[int] = 2
    """Jobs it is given at once."""
    Options: ClassVar[type[Described]] = NoOptions
    """Its own values beside the common ones; the form builds itself from them. They come in `request.options`."""
    can_list: ClassVar[bool] = False
    """Whether `recover` can tell for certain that a job was never accepted."""
    key_page: ClassVar[str] = ""
    """Where a user gets a key."""

    access: Access = Access()

    # ---- for the application

    @property
    def address(self) -> str:
        """Where it is reached."""
        return self.access.bases.get(self.id, self.base).rstrip("/")

    @classmethod
    def usual_bases(cls) -> Mapping[str, str]:
        """All the places it is reached at, by the names under which `Access.bases` has others."""
        return {cls.id: cls.base}

    @property
    def models(self) -> tuple[Model, ...]:
        """What it offers, retired ones too."""
        return (self.access.models or shipped()).of(self.id)

    def available(self) -> str | None:
        """Why it cannot be used now: no key, or no model left. Asks nobody."""
        if self.key_names and self.key() is None:
            return f"{self.label} needs a key. Enter one in Preferences, Engines, or set {self.key_names[0]}."
        if not any(not model.retired() for model in self.models):
            return f"No model of {self.label} is left in the list; add one in Preferences, Engines."
        return None

    def key(self) -> str | None:
        """The key, None without one."""
        return next((found for name in self.key_names if (found := self.access.key(name))), None)

    def model_for(self, request: GenerationRequest) -> Model:
        """The model the request names, else the first that can do what it asks. Raises ProviderError (MODEL_GONE, INVALID)."""
        offered, wanted = self.models, kind_of(request)
        if request.model:
            found = next((one for one in offered if one.id == request.model), None)
            if found is None:
                raise ProviderError(Fault.MODEL_GONE, f"{self.label} has no model {request.model!r} in the list.")
            if why := found.retired():
                raise ProviderError(Fault.MODEL_GONE, why)
            if wanted == "text_to_video" and "image_to_video" in found.kinds and wanted not in found.kinds:
                raise ProviderError(
                    Fault.INVALID,
                    f"{self.label} {found.label} begins with a picture. Send a first frame along, or choose another model.",
                )
            if request.makes != "film" and wanted not in found.kinds:
                raise ProviderError(
                    Fault.INVALID, f"{self.label} {found.label} {_CANNOT.get(wanted, 'cannot make it')}."
                )
            return found.for_kind(wanted)
        alive = [one for one in offered if not one.retired()]
        fits = [one.for_kind(wanted) for one in alive if wanted in one.kinds]
        if not fits:
            what = _CANNOT.get(wanted, f"makes no films by {wanted.replace('_', ' ')}")
            raise ProviderError(Fault.INVALID, f"{self.label} {what}.")
        long = [one for one in fits if one.lengths_about(request.length.to_seconds()) is not None]
        return (long or fits)[0]

    def estimate(self, request: GenerationRequest) -> Estimate:
        """Seconds by experience, cost by the list of prices. Raises EngineError for a request that cannot be made."""
        request.checked()
        model = self.model_for(request)
        made = model.lengths_about(request.length.to_seconds())
        if made is None:
            raise too_long(self.label, model, request)
        resolution = self.resolution_for(model, request)
        return Estimate(model.typical_seconds, model.cost(made, resolution), model.currency)

    def resolution_for(self, model: Model, request: GenerationRequest) -> str:
        """The name of the resolution that the price goes by; the smallest that is not smaller than asked for."""
        if not model.resolutions:
            return ""
        asked = min(request.even_size)
        by_size = sorted(model.resolutions, key=_lines)
        return next((one for one in by_size if _lines(one) >= asked), by_size[-1])

    def generate(self, request: GenerationRequest, target: Path, job: JobLike) -> Result:
        """Start, wait, fetch, verify; see `running.run`, which also goes on with a job that was started before."""
        from engines.generate.remote.running import run

        return run(self, request, target, job)

    def test(self) -> str:
        """Ask the provider whether the key is good, without cost; a sentence about the account. Raises ProviderError."""
        return f"{self.label} cannot be asked without starting a job."

    def published(self, model_id: str) -> Mapping[str, Any]:
        """What the provider publishes of a model's inputs, an OpenAPI document; see `learning`. Raises EngineError."""
        raise ProviderError(Fault.INVALID, f"{self.label} does not publish what its models take.")

    # ---- for an adapter to fill in

    @abstractmethod
    def submit(self, request: GenerationRequest, model: Model, client_key: str, job: JobLike) -> Handle:
        """Start the job: upload what it needs, then send the one request that costs money, with `paid=True`.

        `client_key`: our own name for it, for providers that take one. Raises ProviderError.
        """

    @abstractmethod
    def poll(self, handle: Handle, job: JobLike) -> Polled:
        """Where the job stands. Raises ProviderError: LOST when the provider does not know it; others change nothing."""

    def cancel(self, handle: Handle, job: JobLike) -> Cancelling:
        """Ask to stop. Providers that cannot are told nothing: the job ends there and may be billed."""
        return Cancelling(stopped=False, may_be_billed=True)

    def recover(self, request: GenerationRequest, client_key: str, since: float, job: JobLike) -> Handle | None:
        """Look for a job that was sent at `since` (Unix time) without an answer; None: it is not there, see `can_list`."""
        return None

    def headers(self) -> dict[str, str]:
        """What proves who asks."""
        return {"authorization": f"Bearer {self.key() or ''}"}

    def settled(self, handle: Handle) -> None:
        """The result is on the disk, whole: whatever was kept for it may go."""

    def fetch_headers(self, output: Output) -> dict[str, str]:
        """What a result is fetched with; most links are signed and want no key, and a key is shown to nobody else."""
        return {}

    def fault(self, reply: Reply) -> ProviderError:
        """What an answer that is no success means. Adapters refine it by their provider's words."""
        return fault_of(self.label, reply)

    # ---- what adapters use

    def call(
        self, method: str, path: str, job: JobLike, *, paid: bool = False, signed: bool = True, **what: Any
    ) -> Any:
        """Send to `path` (below the address, or a whole one) and give the JSON of the answer. Raises ProviderError."""
        reply = self.ask(method, path, job, paid=paid, signed=signed, **what)
        try:
            return reply.json() if reply.body else {}
        except ValueError as error:
            detail = self.without_keys(repr(reply.body[:80]))
            if paid:
                raise in_doubt(self.label, "answered with something that is no answer", detail) from error
            message = f"{self.label} answered with something that is no answer; nothing is known of the job."
            raise ProviderError(Fault.UNREACHABLE, message, detail) from error

    def asked_after(self, handle: Handle, path: str, job: JobLike) -> Any:
        """What the provider says of a job of ours. Raises ProviderError: LOST for one it does not know, which is no retired model."""
        try:
            return self.call("GET", path, job)
        except ProviderError as error:
            if error.fault is Fault.MODEL_GONE:
                raise lost(self, handle) from error
            raise

    def ask(
        self, method: str, path: str, job: JobLike, *, paid: bool = False, signed: bool = True, **what: Any
    ) -> Reply:
        """As `call`, for answers that are no JSON. A server's error after a paid request leaves the outcome unknown, but for
        those by which it says that nothing was begun. Nobody is followed elsewhere: neither a key nor paid work goes astray."""
        url = path if "://" in path else f"{self.address}{path}"
        sent = {**(self.headers() if signed else {}), **what.pop("headers", {})}
        if not all(one.isascii() and one.isprintable() for one in sent.values()):
            words = (
                f"The key of {self.label} has signs in it that no key has. Nothing was sent; copy it anew and enter it"
            )
            raise ProviderError(Fault.AUTH, f"{words} in Preferences, Engines.")
        if paid and isinstance(job, Sending):
            job.has_left = True
        reply = self.access.wire().request(
            method, url, who=self.label, check=job.check, paid=paid, headers=sent, **what
        )
        if reply.ok:
            return reply
        if paid and leaves_doubt(reply.status, self.safe_statuses):
            raise in_doubt(self.label, f"failed ({reply.status})")
        raise self._refusal(reply)

    safe_statuses: ClassVar[frozenset[int]] = frozenset({503, 529})
    """Of a paid request: errors of the server that say that nothing was begun. After any other nobody knows."""

    def without_keys(self, text: str) -> str:
        """The text without this engine's keys, whole or in part, and whatever else looks like one: what a provider says may hold them."""
        found = (self.access.key(name) for name in self.key_names)
        return hidden(text, [one for one in found if one])

    def _refusal(self, reply: Reply) -> ProviderError:
        """What an answer that is no success means, without secrets; its shape may be another than promised."""
        if 300 <= reply.status < 400:
            host = urlsplit(reply.headers.get("location", "")).hostname or "nowhere"
            message = (
                f"{self.label} sends requests elsewhere, to {host}, and Starcut does not follow with your key. Nothing was "
                "charged; look at the network and at the address in Preferences, Engines."
            )
            return ProviderError(Fault.UNREACHABLE, message, str(reply.status))
        try:
            found = self.fault(reply)
        except ODD:
            found = fault_of(self.label, reply)
        return ProviderError(found.fault, self.without_keys(found.message), self.without_keys(found.detail), found.wait)

    def options(self, request: GenerationRequest) -> Any:
        """The request's own values for this provider, checked. Raises ProviderError (INVALID)."""
        try:
            return self.Options.model_validate(dict(request.options))
        except ValidationError as error:
            first = error.errors()[0]
            name = ".".join(str(part) for part in first["loc"])
            raise ProviderError(Fault.INVALID, f"{self.label}: {name}: {first['msg']}.") from error


def sure_of_list(label: str, created: Sequence[object], since: float, page: int) -> None:
    """Whether a provider's list of its latest jobs goes far enough back to say that one sent at `since` is not there.

    `created`: when those listed were begun (ISO 8601); `page`: how many it lists at most. Raises ProviderError (OUTCOME_UNKNOWN)
    where newer jobs have pushed it out, or may have: then nobody knows.
    """
    if len(created) >= page and min(map(_unix, created)) > since - _CLOCKS_APART:
        raise ProviderError(
            Fault.OUTCOME_UNKNOWN,
            f"{label} lists its latest {page} jobs only, and this one may be older. Look in your account there; "
            "it may have been billed, and is not sent again by itself.",
        )


def _unix(stamp: object) -> float:
    """Unix time; of what is no time the latest there is: it proves nothing."""
    try:
        return datetime.datetime.fromisoformat(str(stamp)).timestamp()
    except ValueError:
        return math.inf


_CLOCKS_APART = 300.0
"""Seconds by which a provider's clock may differ from ours."""


def kind_of(request: GenerationRequest) -> Kind:
    """What a request is, by what it brings along."""
    if request.makes == "picture":
        return "image_edit" if request.image_reference else "text_to_image"
    if request.makes != "film":
        return request.makes
    if request.extends:
        return "extend"
    if request.source_video:
        return "video_to_video"
    if request.image_reference and request.last_image:
        return "first_last"
    return "image_to_video" if request.image_reference else "text_to_video"


_CANNOT = {
    "text_to_image": "makes no pictures", "image_edit": "does not change pictures by words", "music": "makes no music",
    "sound": "makes no sounds",
}  # fmt: skip


def too_long(label: str, model: Model, request: GenerationRequest) -> ProviderError:
    """The refusal of a length."""
    longest = max(model.seconds)
    asked = request.length.to_seconds()
    is_film = request.makes == "film"
    way = "Shorten the shot, or let it be made in joined parts." if is_film else "Mark a shorter range."
    words = f"{label} {model.label} makes {longest:g} seconds at most; {asked:g} were asked for. {way}"
    return ProviderError(Fault.INVALID, words)


def data_uri(path: str | Path) -> str:
    """A picture as a data URI. Raises EngineError for a file that cannot be read."""
    return f"data:{media_type(path)};base64,{base64.b64encode(file_bytes(path)).decode()}"


def media_type(path: str | Path) -> str:
    """What a file is, by its name: "image/png"."""
    return mimetypes.guess_type(str(path))[0] or "application/octet-stream"


def file_bytes(path: str | Path) -> bytes:
    """A file to be sent. Raises EngineError."""
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise EngineError(f"“{Path(path).name}” cannot be read and sent; choose another.", str(error)) from error


def cut_at_words(text: str, limit: int, units: str = "characters") -> str:
    """The text, as long as `limit` allows, ended between two words."""
    if length_of(text, units) <= limit:
        return text
    words = text.split(" ")
    fits = bisect_right(range(1, len(words) + 1), limit, key=lambda count: length_of(" ".join(words[:count]), units))
    kept = " ".join(words[: max(1, fits)])
    while length_of(kept, units) > limit:
        kept = kept[:-1]
    return kept.rstrip(" ,;:")


def length_of(text: str, units: str) -> int:
    """How long a text is for a provider that counts characters, UTF-16 units or bytes."""
    if units == "utf16":
        return len(text.encode("utf-16-le")) // 2
    return len(text.encode()) if units == "bytes" else len(text)


def _lines(resolution: str) -> int:
    """Lines of "720p", "4k", "2k"."""
    text = resolution.casefold()
    if text.endswith("k"):
        return {"2k": 1440, "4k": 2160}.get(text, int(float(text[:-1] or 1) * 540))
    digits = "".join(filter(str.isdigit, text))
    return int(digits) if digits else 0


def resolution_lines(model: Model) -> int:
    """Lines of the largest resolution of a model; 0 where it names none."""
    return max(map(_lines, model.resolutions), default=0)


def shape_for(model: Model, request: GenerationRequest) -> str:
    """Of the model's picture shapes ("1280:720", "16:9", "1280x720") the one nearest to the request's; "" where it has none."""
    if not model.sizes:
        return ""
    wanted = request.width / request.height

    def distance(text: str) -> float:
        wide, high = (float(part) for part in text.replace("x", ":").split(":"))
        return abs(wide / high / wanted - 1)

    return min((one for one in model.sizes if ":" in one or "x" in one), key=distance, default="")


def plain_model(value: BaseModel) -> dict[str, Any]:
    """Values as a provider wants them: what was set, without what was left empty."""
    return {name: one for name, one in value.model_dump(mode="json").items() if one not in (None, "", [], ())}
