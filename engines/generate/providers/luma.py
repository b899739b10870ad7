"""Luma: ray-3.2 and the uni-1 pictures through its agents interface; no cancelling, links that end after an hour."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, ClassVar

from effects.params import param
from engines.generate.base import Capabilities, GenerationRequest, JobLike
from engines.generate.remote.doubt import name_in
from engines.generate.remote.faults import Fault, ProviderError
from engines.generate.remote.models import Model
from engines.generate.remote.prompts import whole_prompt
from engines.generate.remote.provider import (
    Alone,
    NoOptions,
    RemoteEngine,
    file_bytes,
    kind_of,
    media_type,
    shape_for,
)
from engines.generate.remote.states import Handle, Output, Polled, RemoteState, state_named

_FAULTS = {
    "content_moderated": Fault.MODERATED,
    "budget_exhausted": Fault.CREDITS,
    "rate_limited": Fault.RATE_LIMITED,
    "output_not_found": Fault.LOST,
    "invalid_request": Fault.INVALID,
    "image_too_large": Fault.INVALID,
    "unsupported_format": Fault.INVALID,
    "corrupt_input": Fault.INVALID,
}
_TYPES = {"video_to_video": "video_edit", "text_to_image": "image"}
LONGEST_SOURCE = 18.0
"""Seconds of a film that is changed."""


class Strength(StrEnum):
    """How far a film is changed: it adheres to what is there, flexes it, or imagines it anew."""

    ADHERE_1 = "adhere_1"
    ADHERE_2 = "adhere_2"
    ADHERE_3 = "adhere_3"
    FLEX_1 = "flex_1"
    FLEX_2 = "flex_2"
    FLEX_3 = "flex_3"
    REIMAGINE_1 = "reimagine_1"
    REIMAGINE_2 = "reimagine_2"
    REIMAGINE_3 = "reimagine_3"


class LumaOptions(NoOptions):
    """Luma's own values."""

    strength: Strength = param(
        Strength.FLEX_1, label="Change of films", help="How far a film is changed: adhere keeps most, reimagine least."
    )


class Luma(RemoteEngine):
    """Films by Luma's ray, from words, between a first and a last picture, in a loop, out of other films, and on from its own."""

    id: ClassVar[str] = "luma"
    label: ClassVar[str] = "Luma"
    key_names: ClassVar[tuple[str, ...]] = ("LUMA_API_KEY", "LUMAAI_API_KEY")
    needs_key: ClassVar[str] = "LUMA_API_KEY"
    key_page: ClassVar[str] = "https://agents.lumalabs.ai"
    base: ClassVar[str] = "https://agents.lumalabs.ai/v1"
    poll_seconds: ClassVar[float] = 4.0
    capabilities: ClassVar[Capabilities] = Capabilities(
        camera_motion=False, subject_motion=False, sound=False, seed=False, max_seconds=10, max_size=(1920, 1080)
    )
    Options: ClassVar[type[NoOptions]] = LumaOptions

    def model_for(self, request: GenerationRequest) -> Model:
        """As for all; a film that is changed has a longest length of its own."""
        found = super().model_for(request)
        if request.source_video and request.length.to_seconds() > LONGEST_SOURCE:
            raise ProviderError(
                Fault.INVALID, f"Luma changes films of {LONGEST_SOURCE:g} seconds at most; make the clip shorter first."
            )
        return found

    def submit(self, request: GenerationRequest, model: Model, client_key: str, job: JobLike) -> Handle:
        """One request for all kinds; what a film is made from goes in as files that were put there before."""
        kind = kind_of(request)
        is_image = set(model.kinds) <= {"text_to_image", "image_edit"}
        body: dict[str, Any] = {
            "type": "image" if is_image else _TYPES.get(kind, "video"),
            "model": model.endpoint or model.id,
            "prompt": whole_prompt(request, model),
        }
        if (shape := shape_for(model, request)) and kind != "video_to_video":
            body["aspect_ratio"] = shape
        if not is_image:
            body["video"] = self._video(request, model, job)
        answer = self.call("POST", "/generations", job, paid=True, json=body)
        return Handle(self.id, model.id, name_in(self.label, answer))

    def _video(self, request: GenerationRequest, model: Model, job: JobLike) -> dict[str, Any]:
        wanted: dict[str, Any] = {"resolution": self.resolution_for(model, request)}
        made = model.lengths_about(request.length.to_seconds())
        if request.source_video:
            strength = self.options(request).strength
            return {**wanted, "source": self._file(request.source_video, job), "edit": {"strength": strength.value}}
        if made is not None:
            wanted["duration"] = f"{made:g}s"
        if request.extends:
            wanted["start_frame"] = {"generation_id": request.extends}
        elif request.image_reference:
            wanted["start_frame"] = self._file(request.image_reference, job)
        if request.last_image:
            wanted["end_frame"] = self._file(request.last_image, job)
        if request.loop:
            if made is not None and made > 5:
                raise ProviderError(Fault.INVALID, "Luma closes loops of 5 seconds only; shorten the shot.")
            wanted["loop"] = True
        return wanted

    def poll(self, handle: Handle, job: JobLike) -> Polled:
        """Asking again gives new links."""
        found = self.asked_after(handle, f"/generations/{handle.id}", job)
        word = str(found.get("state", ""))
        state = state_named(word)
        code = str(found.get("failure_code") or "")
        outputs = tuple(Output(str(one["url"]), str(one.get("type", "video"))) for one in found.get("output") or ())
        fault = _FAULTS.get(code, Fault.FAILED) if state is RemoteState.FAILED else None
        return Polled(state, outputs=outputs, fault=fault, message=str(found.get("failure_reason") or code), raw=word)

    def test(self) -> str:
        """A job that cannot be there is asked for: with a wrong key that is refused before anything else."""
        try:
            self.ask("GET", "/generations/00000000-0000-0000-0000-000000000000", Alone())
        except ProviderError as error:
            if error.fault is not Fault.MODEL_GONE:
                raise
        return "Luma accepts the key."

    def _file(self, path: str, job: JobLike) -> dict[str, str]:
        """A file of ours there: announced, put, completed."""
        data = file_bytes(path)
        made = self.call("POST", "/files", job, json={"mime_type": media_type(path), "size_bytes": len(data)})
        place = made["upload"]
        self.ask(
            str(place.get("method", "PUT")), str(place["url"]), job, signed=False, content=data,
            headers={str(key): str(value) for key, value in (place.get("headers") or {}).items()},
        )  # fmt: skip
        self.call("POST", f"/files/{made['id']}/complete", job)
        return {"file_id": str(made["id"])}
