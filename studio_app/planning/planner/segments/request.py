"""What is asked for and what is answered, as JSON (domain facts 3). Validated before anything is made."""

from __future__ import annotations

import re
from typing import Annotated, Final

from pydantic import AliasChoices, Field

from studio_app.planning.planner.contract import Fault, Strict, parsed

LEAST_SECONDS: Final = 2.0
MOST_SECONDS: Final = 4.0
FRAME_ID: Final = r"^SCENE_[0-9]{1,6}_SHOT_[0-9]{1,6}$"
_ID: Final = r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$"
FrameId = Annotated[str, Field(pattern=FRAME_ID)]
Words = Annotated[str, Field(max_length=4000)]


class GeneratedFrame(Strict):
    """A picture that was made: where it is, which shot of which scene it is."""

    frame_id: FrameId
    image_url: Annotated[str, Field(min_length=1, max_length=50_000_000)]
    scene_number: Annotated[int, Field(ge=0)]
    shot_order: Annotated[int, Field(ge=0)]


class StoryboardFrame(Strict):
    """What is seen in it. Description, notes, lighting and seed go into the prompt word for word."""

    frame_id: FrameId
    description: Annotated[Words, Field(min_length=1)]
    camera_notes: Words = ""
    prompt_seed: Words | int = ""
    lighting_cues: Words | tuple[Words, ...] = Field(
        default="", validation_alias=AliasChoices("lighting_cues", "lighting")
    )
    duration_seconds: Annotated[float, Field(gt=0, le=60)] | None = None

    @property
    def words(self) -> tuple[str, ...]:
        """Camera notes, lighting, seed words: as they came."""
        lighting = (self.lighting_cues,) if isinstance(self.lighting_cues, str) else self.lighting_cues
        return tuple(one for one in (self.camera_notes, *lighting, str(self.prompt_seed)) if one.strip())


class VideoSettings(Strict):
    """How segments are made. `provider_override`: an engine, or one of its models."""

    duration_per_segment: Annotated[float, Field(ge=LEAST_SECONDS, le=MOST_SECONDS)] = 3.0
    motion_strength: Annotated[float, Field(ge=0, le=1)] = 0.6
    provider_override: Annotated[str, Field(max_length=200)] | None = None


class ProjectContext(Strict):
    """Whose they are; both name folders."""

    project_id: Annotated[str, Field(pattern=_ID)]
    episode_id: Annotated[str, Field(pattern=_ID)]


class SegmentRequest(Strict):
    """The whole request."""

    generated_frames: Annotated[tuple[GeneratedFrame, ...], Field(min_length=1, max_length=1000)]
    storyboard_frames: Annotated[tuple[StoryboardFrame, ...], Field(min_length=1, max_length=1000)]
    video_settings: VideoSettings = VideoSettings()
    project_context: ProjectContext


class ProviderMetadata(Strict):
    """Who made it. A program on a desk has no public address: `webhook_id` stays empty."""

    provider: str
    model: str
    job_id: str
    webhook_id: str | None = None


class VideoSegment(Strict):
    """A segment that is there."""

    segment_id: str
    associated_frames: tuple[str, ...]
    video_url: str
    duration_seconds: float
    provider_metadata: ProviderMetadata


class FailedSegment(Strict):
    """A segment that is not, and why. `error`: provider_error, provider_pending, rejected_prompt or failed_download."""

    segment_id: str
    error: str
    message: str


class SegmentResponse(Strict):
    """The whole answer; some may be there and some not."""

    video_segments: tuple[VideoSegment, ...] = ()
    failed_segments: tuple[FailedSegment, ...] = ()


def parsed_request(text: str, where: str = "") -> SegmentRequest:
    """The request in a text. Raises ContractError naming the path of each fault."""
    return parsed(text, SegmentRequest, request_faults, where)


def request_faults(request: SegmentRequest) -> list[Fault]:
    """What no single field can break: ids that differ and fit, frames on both sides."""
    told = _twice("storyboard_frames", [one.frame_id for one in request.storyboard_frames])
    faults = [*_twice("generated_frames", [one.frame_id for one in request.generated_frames]), *told]
    described = {one.frame_id for one in request.storyboard_frames}
    for index, frame in enumerate(request.generated_frames):
        at = f"generated_frames[{index}]"
        scene, shot = (int(one) for one in re.findall(r"[0-9]+", frame.frame_id))
        if frame.scene_number != scene:
            faults.append(Fault(f"{at}.scene_number", f"{frame.scene_number} does not fit {frame.frame_id}"))
        if frame.shot_order != shot:
            faults.append(Fault(f"{at}.shot_order", f"{frame.shot_order} does not fit {frame.frame_id}"))
        if frame.frame_id not in described:
            faults.append(Fault(f"{at}.frame_id", f"No storyboard frame describes {frame.frame_id}"))
    return faults


def _twice(name: str, ids: list[str]) -> list[Fault]:
    return [
        Fault(f"{name}[{index}].frame_id", f"{one} stands there already, as {name}[{ids.index(one)}]")
        for index, one in enumerate(ids)
        if ids.index(one) < index
    ]
