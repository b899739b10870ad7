"""Runway: gen4.5, gen4 turbo, aleph and the models it resells, by tasks that are asked after."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any, ClassVar

from effects.params import param
from engines.generate.base import Capabilities, GenerationRequest, JobLike
from engines.generate.remote.doubt import name_in
from engines.generate.remote.faults import Fault
from engines.generate.remote.models import Model
from engines.generate.remote.prompts import whole_prompt
from engines.generate.remote.provider import (
    Alone,
    NoOptions,
    RemoteEngine,
    data_uri,
    file_bytes,
    kind_of,
    shape_for,
)
from engines.generate.remote.states import Cancelling, Handle, Output, Polled, RemoteState, state_named

VERSION = "2024-11-06"
CREDIT = Decimal("0.01")
_DATA_URI_BYTES = 5 << 20


class Threshold(StrEnum):
    """How much a public figure may look like one."""

    AUTO = "auto"
    LOW = "low"


class RunwayOptions(NoOptions):
    """Runway's own values."""

    public_figures: Threshold = param(Threshold.AUTO, help="How strict it is about faces of public figures.")


class Runway(RemoteEngine):
    """Films by Runway: from words, from a first and a last picture, and out of other films."""

    id: ClassVar[str] = "runway"
    label: ClassVar[str] = "Runway"
    key_names: ClassVar[tuple[str, ...]] = ("RUNWAYML_API_SECRET", "RUNWAY_API_KEY")
    needs_key: ClassVar[str] = "RUNWAYML_API_SECRET"
    key_page: ClassVar[str] = "https://dev.runwayml.com"
    base: ClassVar[str] = "https://api.dev.runwayml.com"
    poll_seconds: ClassVar[float] = 6.0
    concurrency: ClassVar[int] = 3
    safe_statuses: ClassVar[frozenset[int]] = frozenset({502, 503, 504, 529})
    """Runway's own pages call 502 and 504 safe: nothing was started."""
    capabilities: ClassVar[Capabilities] = Capabilities(
        camera_motion=False, subject_motion=False, sound=False, max_seconds=15, max_size=(3840, 2160)
    )
    Options: ClassVar[type[NoOptions]] = RunwayOptions

    def headers(self) -> dict[str, str]:
        """The key, and the version of the protocol, without which nothing is answered."""
        return {**super().headers(), "x-runway-version": VERSION}

    def submit(self, request: GenerationRequest, model: Model, client_key: str, job: JobLike) -> Handle:
        """One of three requests, by what the film is made from."""
        kind = kind_of(request)
        options = self.options(request)
        body: dict[str, Any] = {
            "model": model.id,
            "promptText": whole_prompt(request, model),
            **model.options,
        }
        if model.seed:
            body["seed"] = request.seed % (1 << 32)
        if shape := shape_for(model, request):
            body["ratio"] = shape
        if (made := model.lengths_about(request.length.to_seconds())) and model.seconds:
            body["duration"] = int(made)
        if options.public_figures is not Threshold.AUTO:
            body["contentModeration"] = {"publicFigureThreshold": options.public_figures.value}
        if kind == "video_to_video":
            body["videoUri"] = self._sent(request.source_video, job)
        elif kind == "first_last":
            places = (("first", request.image_reference), ("last", request.last_image))
            body["promptImage"] = [{"uri": self._sent(path, job), "position": place} for place, path in places]
        elif kind == "image_to_video":
            body["promptImage"] = self._sent(request.image_reference, job)
        path = {"first_last": "image_to_video"}.get(kind, kind)
        answer = self.call("POST", f"/v1/{path}", job, paid=True, json=body)
        return Handle(self.id, model.id, name_in(self.label, answer))

    def poll(self, handle: Handle, job: JobLike) -> Polled:
        """The task. After a cancel, and after some days, it is not there any more."""
        task = self.asked_after(handle, f"/v1/tasks/{handle.id}", job)
        word = str(task.get("status", ""))
        state = state_named(word)
        credits_used = (task.get("cost") or {}).get("credits")
        code = str(task.get("failureCode") or "")
        return Polled(
            state,
            progress=task.get("progress"),
            outputs=tuple(Output(str(url)) for url in task.get("output") or ()),
            cost=None if credits_used is None else Decimal(str(credits_used)) * CREDIT,
            fault=_fault(code) if state is RemoteState.FAILED else None,
            message=str(task.get("failure") or code),
            raw=word,
        )

    def cancel(self, handle: Handle, job: JobLike) -> Cancelling:
        """Runway forgets the task; what already ran is not given back."""
        before = self.poll(handle, job)
        if before.state.is_over:
            return Cancelling(stopped=False, may_be_billed=before.state is RemoteState.SUCCEEDED)
        self.ask("DELETE", f"/v1/tasks/{handle.id}", job)
        return Cancelling(stopped=True, may_be_billed=before.state is RemoteState.RUNNING)

    def test(self) -> str:
        """The credits of the account."""
        found = self.call("GET", "/v1/organization", Alone())
        return f"Runway accepts the key; {found.get('creditBalance', 0)} credits are left."

    def _sent(self, path: str, job: JobLike) -> str:
        """A picture within the request, or uploaded where it is large."""
        data = file_bytes(path)
        if len(data) * 4 // 3 < _DATA_URI_BYTES:
            return data_uri(path)
        name = Path(path).name
        place = self.call("POST", "/v1/uploads", job, json={"filename": name, "type": "ephemeral"})
        self.ask("POST", place["uploadUrl"], job, signed=False, data=place["fields"], files={"file": (name, data)})
        return str(place["runwayUri"])


def _fault(code: str) -> Fault:
    if code.startswith("SAFETY"):
        return Fault.MODERATED
    return Fault.INVALID if code.startswith(("ASSET", "INPUT_PREPROCESSING")) else Fault.FAILED
