"""ElevenLabs: films by its flows, music and sound effects that are the answer itself."""

from __future__ import annotations

from typing import Any, ClassVar

from engines.generate.base import Capabilities, GenerationRequest, JobLike
from engines.generate.remote.doubt import name_in
from engines.generate.remote.faults import Fault, ProviderError
from engines.generate.remote.models import Model
from engines.generate.remote.prompts import whole_prompt
from engines.generate.remote.provider import Alone, data_uri, fault_of, shape_for, words_of
from engines.generate.remote.states import Handle, Output, Polled, RemoteState, state_named
from engines.generate.remote.synchronous import SynchronousEngine
from engines.generate.remote.wire import Reply

_FAULTS = {
    "moderated": Fault.MODERATED, "invalid_parameters": Fault.INVALID, "charging_failed": Fault.CREDITS,
    "timeout": Fault.FAILED, "model_error": Fault.FAILED, "dependency_failed": Fault.FAILED,
}  # fmt: skip
_MUSIC_SECONDS = 600.0


class ElevenLabs(SynchronousEngine):
    """Films by several makers' models, music by its own, and sound effects."""

    id: ClassVar[str] = "elevenlabs"
    label: ClassVar[str] = "ElevenLabs"
    key_names: ClassVar[tuple[str, ...]] = ("ELEVENLABS_API_KEY", "ELEVEN_API_KEY")
    needs_key: ClassVar[str] = "ELEVENLABS_API_KEY"
    key_page: ClassVar[str] = "https://elevenlabs.io/app/settings/api-keys"
    base: ClassVar[str] = "https://api.elevenlabs.io"
    poll_seconds: ClassVar[float] = 4.0
    capabilities: ClassVar[Capabilities] = Capabilities(
        camera_motion=False, subject_motion=False, sound=False, max_seconds=10
    )

    def headers(self) -> dict[str, str]:
        """The key in a header of its own."""
        return {"xi-api-key": self.key() or ""}

    def submit(self, request: GenerationRequest, model: Model, client_key: str, job: JobLike) -> Handle:
        """Films are asked after, sounds come at once."""
        if set(model.kinds) <= {"music", "sound"}:
            return super().submit(request, model, client_key, job)
        made = model.lengths_about(request.length.to_seconds())
        body: dict[str, Any] = {
            "model_id": model.id,
            "prompt": whole_prompt(request, model),
            "aspect_ratio": shape_for(model, request) or "16:9",
            "resolution": self.resolution_for(model, request),
            "duration": int(made or 5),
            "seed": request.seed % (1 << 31),
        }
        if request.image_reference:
            body["start_frame"] = data_uri(request.image_reference)
        answer = self.call("POST", "/v1/flows/video", job, paid=True, json=body)
        return Handle(self.id, model.id, name_in(self.label, answer))

    def made(self, request: GenerationRequest, model: Model, client_key: str, job: JobLike) -> Output:
        """Music of a length to the millisecond; effects of up to half a minute."""
        seconds = request.length.to_seconds()
        prompt = whole_prompt(request, model)
        if "music" in model.kinds:
            path = "/v1/music"
            body: dict[str, Any] = {
                "prompt": prompt,
                "music_length_ms": round(seconds * 1000),
                "model_id": model.id,
                "force_instrumental": True,
            }
        else:
            path, body = "/v1/sound-generation", {"text": prompt, "duration_seconds": round(seconds, 1)}
        reply = self.ask("POST", path, job, paid=True, json=body, timeout=_MUSIC_SECONDS)
        return Output("", "audio", data=reply.body)

    def poll(self, handle: Handle, job: JobLike) -> Polled:
        """Asking again gives a new link."""
        if handle.links.get("file"):
            return super().poll(handle, job)
        found = self.asked_after(handle, f"/v1/flows/video/{handle.id}", job)
        word = str(found.get("status", ""))
        state = state_named(word)
        reason = str(found.get("failure_reason") or "")
        fault = _FAULTS.get(reason, Fault.FAILED) if state is RemoteState.FAILED else None
        url = found.get("content_url")
        return Polled(
            state, outputs=(Output(str(url)),) if url else (), fault=fault, message=reason.replace("_", " "), raw=word
        )

    def settled(self, handle: Handle) -> None:
        """Only sounds were kept."""
        if handle.links.get("file"):
            super().settled(handle)

    def test(self) -> str:
        """The account's subscription."""
        found = self.call("GET", "/v1/user/subscription", Alone())
        return f"ElevenLabs accepts the key; plan {found.get('tier', 'unknown')}."

    def fault(self, reply: Reply) -> ProviderError:
        """A quota that is used up comes as a 401 there."""
        words = words_of(reply).casefold()
        if "quota" in words or b"quota_exceeded" in reply.body:
            return fault_of(self.label, reply, Fault.CREDITS)
        return fault_of(self.label, reply)
