"""Makes the segments of a request: with the embedded engine or by a service, each on its own; one that fails leaves the others.

Nothing is retried by itself. What a service was given stands in the book of jobs before it is sent: the same request goes on with it.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

from engines.errors import EngineError, MediaError
from engines.generate.base import Engine, GenerationRequest, JobLike
from engines.generate.moderation import OWN, Changed, Strictness, filtered
from engines.generate.prompting import Built, Parts, build, newest
from engines.generate.remote.faults import Fault, ProviderError
from engines.generate.remote.provider import RemoteEngine
from engines.media.probe import probe
from studio_app.planning.planner.segments.groups import Segment
from studio_app.planning.planner.segments.pictures import Pictures
from studio_app.planning.planner.segments.request import (
    FailedSegment,
    ProviderMetadata,
    SegmentRequest,
    SegmentResponse,
    VideoSegment,
)
from studio_app.planning.remote_clip import RemoteClips
from timeline.errors import Cancelled, Left, StudioError
from timeline.time import RationalTime

SIZE: Final = (1280, 720)
RATE: Final = Fraction(24)
WAIT_SECONDS: Final = 90.0
"""So long a service is waited for; then the segment is pending, and the same request goes on with it."""
LIMIT: Final = 4000
"""Characters of a prompt of the embedded engine."""


@dataclass(frozen=True)
class Order:
    """A segment as it would be sent: the request, what it costs, and what is to be said of it."""

    segment: Segment
    request: GenerationRequest
    cost: Decimal
    currency: str
    template: str
    notes: tuple[str, ...] = ()


@dataclass
class Segments:
    """A request on its way. `folder` is where project and episode get theirs; `job_of` gives each segment what it reports to."""

    request: SegmentRequest
    maker: Engine
    model: str
    folder: Path
    pictures: Pictures
    job_of: Callable[[str], JobLike]
    clips: RemoteClips | None = None
    strictness: Strictness = Strictness.STANDARD
    never_sent: Sequence[str] = ()
    """Words of a project's own list."""
    wait: float = WAIT_SECONDS
    """Seconds; 0 is as long as it takes."""
    now: Callable[[], float] = field(default=time.monotonic)

    @property
    def episode(self) -> Path:
        """Where the films go."""
        context = self.request.project_context
        return self.folder / context.project_id / context.episode_id

    def order(self, segment: Segment) -> Order:
        """What would be sent. Raises EngineError: rejected words, no such model, too long; StoryboardError for its pictures."""
        built = self._prompt(segment)
        said = filtered(built.text, self.strictness, self.never_sent)
        if said.changes:
            words = ", ".join(f"“{one.found}”" for one in said.changes)
            raise ProviderError(
                Fault.MODERATED,
                f"The prompt holds words that {_whose(said.changes)}: {words}. Nothing was sent.",
            )
        paths = [self.pictures.path_of(one.picture, self.job_of(segment.id)) for one in segment.frames]
        settings = self.request.video_settings
        options: dict[str, Any] = {}
        if isinstance(self.maker, RemoteEngine) and "motion_strength" in self.maker.Options.model_fields:
            options["motion_strength"] = settings.motion_strength
        wanted = GenerationRequest(
            prompt=built.text,
            duration=RationalTime(segment.seconds).snapped(RATE),
            width=SIZE[0],
            height=SIZE[1],
            rate=RATE,
            seed=_seed(self.request, segment),
            subject_motion=("slow", "medium", "fast")[min(2, int(settings.motion_strength * 3))],
            image_reference=str(paths[0]),
            last_image=str(paths[1]) if len(paths) > 1 and isinstance(self.maker, RemoteEngine) else "",
            model=self.model,
            options=options,
        )
        notes: tuple[str, ...] = ()
        try:
            estimate = self.maker.estimate(wanted)
        except EngineError:
            if not wanted.last_image:
                raise
            wanted = wanted.model_copy(update={"last_image": ""})
            estimate = self.maker.estimate(wanted)
            notes = ("It begins with the first frame; the second is told in words, since the model takes one picture.",)
        if len(paths) > 1 and not isinstance(self.maker, RemoteEngine):
            notes = ("It begins with the first frame; the second is told in words.",)
        if isinstance(self.maker, RemoteEngine):
            wanted = wanted.model_copy(update={"model": self.maker.model_for(wanted).id})
        return Order(segment, wanted, estimate.cost, estimate.currency, built.template, notes)

    def make(self, segments: Sequence[Segment]) -> SegmentResponse:
        """All of them, those of a service side by side; what failed stands beside what is there. Raises Cancelled."""
        side_by_side = len(segments) if isinstance(self.maker, RemoteEngine) else 1
        until = self.now() + self.wait if self.wait and isinstance(self.maker, RemoteEngine) else None
        with ThreadPoolExecutor(max(1, side_by_side), thread_name_prefix="segment") as pool:
            made = list(pool.map(lambda one: self._one(one, until), segments))
        there = tuple(one for one in made if isinstance(one, VideoSegment))
        return SegmentResponse(
            video_segments=there, failed_segments=tuple(one for one in made if isinstance(one, FailedSegment))
        )

    def _one(self, segment: Segment, until: float | None) -> VideoSegment | FailedSegment:
        job = _Patient(self.job_of(segment.id), until, self.now)
        target = self.episode / segment.file_name
        try:
            order = self.order(segment)
            target.parent.mkdir(parents=True, exist_ok=True)
            who = self._made(order, target, job)
            seconds = probe(target).duration.to_seconds()
        except Left:
            return FailedSegment(
                segment_id=segment.id,
                error="provider_pending",
                message=f"{self.maker.label} is not done after {self.wait:g} s. It goes on there; the same request fetches it.",
            )
        except Cancelled:
            raise
        except StudioError as error:
            return FailedSegment(segment_id=segment.id, error=self._error_of(error, target), message=error.message)
        except OSError as error:
            words = f"{target.name} cannot be written: {error.strerror or error}."
            return FailedSegment(segment_id=segment.id, error="failed_download", message=words)
        return VideoSegment(
            segment_id=segment.id,
            associated_frames=segment.frame_ids,
            video_url=target.resolve().as_uri(),
            duration_seconds=round(seconds, 3),
            provider_metadata=who,
        )

    def _made(self, order: Order, target: Path, job: JobLike) -> ProviderMetadata:
        """The film at its place. Raises StudioError, Left, Cancelled."""
        maker, request = self.maker, order.request
        if not isinstance(maker, RemoteEngine) or self.clips is None:
            maker.generate(request, target, job)
            digest = hashlib.blake2b(request.model_dump_json().encode(), digest_size=6).hexdigest()
            return ProviderMetadata(provider=maker.id, model=f"{maker.id} {maker.version}", job_id=digest)
        if missing := maker.available():
            raise EngineError(missing)
        clips = replace(self.clips, tries=1)
        begun = clips.begun(request, target)
        if begun is not None:
            clips.go_on(begun, job)
        else:
            clips.make(maker, request, target, job)
        entry = clips.begun(request, target)
        handle = entry.handle if entry is not None else None
        return ProviderMetadata(provider=maker.id, model=request.model, job_id=handle.id if handle else "")

    def _error_of(self, error: StudioError, target: Path) -> str:
        """A failure in the contract's words."""
        if not isinstance(error, ProviderError):
            return "failed_download" if isinstance(error, MediaError) else "provider_error"
        if error.fault is Fault.MODERATED:
            return "rejected_prompt"
        if error.fault in (Fault.OUTCOME_UNKNOWN, Fault.TIMED_OUT):
            return "provider_pending"
        if error.fault in (Fault.BAD_RESULT, Fault.LOST, Fault.NOT_KEPT):
            return "failed_download"
        taken = self.clips is not None and self.clips.was_taken(target)
        is_line = error.fault in (Fault.UNREACHABLE, Fault.UNAVAILABLE, Fault.RATE_LIMITED)
        return "failed_download" if taken and is_line else "provider_error"

    def _prompt(self, segment: Segment) -> Built:
        """By the newest template for segments; what the storyboard says stands in it word for word, or it is refused."""
        limit, units = LIMIT, "characters"
        if isinstance(self.maker, RemoteEngine):
            model = self.maker.model_for(GenerationRequest(model=self.model, image_reference="frame.png"))
            limit, units = model.prompt_limit, model.prompt_units
        described = [one.said.description.strip() for one in segment.frames]
        words = dict.fromkeys(word for one in segment.frames for word in one.said.words)
        verbatim = [word if word.rstrip()[-1] in ".,;:!?…" else f"{word}." for word in words]
        built = build(Parts(" Then: ".join(described), verbatim=tuple(verbatim)), limit, units, newest("segment"))
        if built.notes:
            raise EngineError(
                f"What the storyboard says of {segment.id} is longer than the {limit} {units} the model reads. Shorten it."
            )
        return built


def _whose(changes: Sequence[Changed]) -> str:
    """Why words are refused."""
    if any(one.why == OWN for one in changes):
        return "the project never sends"
    return "providers refuse"


def _seed(request: SegmentRequest, segment: Segment) -> int:
    """The same request makes the same films."""
    context = request.project_context
    words = "|".join((context.project_id, context.episode_id, *segment.frame_ids))
    return int.from_bytes(hashlib.blake2b(words.encode(), digest_size=4).digest()) & 0x7FFFFFFF


@dataclass(frozen=True)
class _Patient:
    """A job that is left, not cancelled, when its time is over."""

    job: JobLike
    until: float | None
    now: Callable[[], float]

    def check(self) -> None:
        """Raise Cancelled if it shall stop, Left if it was waited for long enough."""
        self.job.check()
        if self.until is not None and self.now() > self.until:
            raise Left

    def progress(self, fraction: float, note: str = "") -> None:
        """Say how far it is."""
        self.job.progress(fraction, note)
