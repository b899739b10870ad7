"""Luma's older Dream Machine interface: ray-2, with camera concepts; its pictures must lie at public addresses."""

from __future__ import annotations

from typing import Any, ClassVar

from effects.params import param
from engines.generate.base import Capabilities, GenerationRequest, JobLike
from engines.generate.remote.doubt import name_in
from engines.generate.remote.faults import Fault, ProviderError
from engines.generate.remote.models import Model
from engines.generate.remote.prompts import whole_prompt
from engines.generate.remote.provider import Alone, NoOptions, RemoteEngine, shape_for, sure_of_list
from engines.generate.remote.states import Cancelling, Handle, Output, Polled, RemoteState, state_named

_CONCEPTS = {
    "static": "static", "pan_left": "pan_left", "pan_right": "pan_right", "tilt_up": "tilt_up", "tilt_down": "tilt_down",
    "zoom_in": "zoom_in", "zoom_out": "zoom_out", "dolly_in": "push_in", "dolly_out": "pull_out",
    "orbit_left": "orbit_left", "orbit_right": "orbit_right", "crane_up": "crane_up", "crane_down": "crane_down",
}  # fmt: skip
_RECENT = 100
"""Generations that are looked through for one whose acceptance was lost."""


class LegacyOptions(NoOptions):
    """Addresses: this interface takes no uploads."""

    first_url: str = param("", help="Public address of the picture it begins with; this interface takes no files.")
    last_url: str = param("", help="Public address of the picture it ends with.")


class LumaLegacy(RemoteEngine):
    """Films by ray-2. Kept for its camera concepts; Luma steers new work to its other interface."""

    id: ClassVar[str] = "luma_legacy"
    label: ClassVar[str] = "Luma ray-2"
    key_names: ClassVar[tuple[str, ...]] = ("LUMAAI_API_KEY", "LUMA_API_KEY")
    needs_key: ClassVar[str] = "LUMAAI_API_KEY"
    key_page: ClassVar[str] = "https://lumalabs.ai/dream-machine/api/keys"
    base: ClassVar[str] = "https://api.lumalabs.ai/dream-machine/v1"
    poll_seconds: ClassVar[float] = 4.0
    can_list: ClassVar[bool] = True
    capabilities: ClassVar[Capabilities] = Capabilities(
        subject_motion=False, image_reference=False, sound=False, seed=False, max_seconds=9, max_size=(3840, 2160)
    )
    Options: ClassVar[type[NoOptions]] = LegacyOptions

    def submit(self, request: GenerationRequest, model: Model, client_key: str, job: JobLike) -> Handle:
        """`client_key` goes along in the address of a callback nobody answers: so the job can be found in the list."""
        if (request.image_reference and not request.extends) or request.source_video:
            raise ProviderError(
                Fault.INVALID,
                "Luma ray-2 takes no files, only public addresses. Use Luma, or enter an address in its values.",
            )
        options = self.options(request)
        made = model.lengths_about(request.length.to_seconds())
        body: dict[str, Any] = {
            "model": model.id,
            "prompt": whole_prompt(request, model),
            "resolution": self.resolution_for(model, request),
            "duration": f"{made or 5:g}s",
            "callback_url": f"https://callback.invalid/{client_key}",
        }
        if shape := shape_for(model, request):
            body["aspect_ratio"] = shape
        if request.loop:
            body["loop"] = True
        if concept := _CONCEPTS.get(request.camera_motion):
            body["concepts"] = [{"key": concept}]
        frames = (("frame0", options.first_url), ("frame1", options.last_url))
        keyframes: dict[str, Any] = {name: {"type": "image", "url": url} for name, url in frames if url}
        if request.extends:
            keyframes["frame0"] = {"type": "generation", "id": request.extends}
        if keyframes:
            body["keyframes"] = keyframes
        answer = self.call("POST", "/generations/video", job, paid=True, json=body)
        return Handle(self.id, model.id, name_in(self.label, answer))

    def recover(self, request: GenerationRequest, client_key: str, since: float, job: JobLike) -> Handle | None:
        """The job whose callback bears our name, among the latest."""
        found = self.call("GET", f"/generations?limit={_RECENT}&offset=0", job)
        listed = found if isinstance(found, list) else found.get("generations", [])
        for one in listed:
            if client_key in str((one.get("request") or {}).get("callback_url", "")):
                return Handle(self.id, str(one.get("model", "")), str(one["id"]))
        sure_of_list(self.label, [one.get("created_at") for one in listed], since, _RECENT)
        return None

    def poll(self, handle: Handle, job: JobLike) -> Polled:
        """What was deleted is not there any more."""
        found = self.asked_after(handle, f"/generations/{handle.id}", job)
        word = str(found.get("state", ""))
        state = state_named(word)
        reason = str(found.get("failure_reason") or "")
        fault = None
        if state is RemoteState.FAILED:
            fault = Fault.MODERATED if "moderat" in reason.casefold() else Fault.FAILED
        url = (found.get("assets") or {}).get("video")
        return Polled(state, outputs=(Output(str(url)),) if url else (), fault=fault, message=reason, raw=word)

    def cancel(self, handle: Handle, job: JobLike) -> Cancelling:
        """Deleting is all there is."""
        was = self.poll(handle, job)
        if was.state.is_over:
            return Cancelling(stopped=False, may_be_billed=was.state is RemoteState.SUCCEEDED)
        self.ask("DELETE", f"/generations/{handle.id}", job)
        return Cancelling(stopped=True, may_be_billed=was.state is not RemoteState.QUEUED)

    def test(self) -> str:
        """The credits of the account."""
        found = self.call("GET", "/credits", Alone())
        return f"Luma accepts the key; {found.get('credit_balance', 0)} credits are left."
