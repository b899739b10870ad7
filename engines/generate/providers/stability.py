"""Stability: pictures from words, answered at once. Its films were retired in 2025; ComfyUI runs open weights for them."""

from __future__ import annotations

import base64
from typing import Any, ClassVar

from engines.generate.base import Capabilities, GenerationRequest, JobLike
from engines.generate.remote.faults import Fault, ProviderError
from engines.generate.remote.models import Model
from engines.generate.remote.provider import Alone, cut_at_words, fault_of, shape_for
from engines.generate.remote.states import Output
from engines.generate.remote.synchronous import SynchronousEngine
from engines.generate.remote.wire import Reply


class Stability(SynchronousEngine):
    """Pictures by Stable Image. It offers no films any more."""

    id: ClassVar[str] = "stability"
    label: ClassVar[str] = "Stability"
    key_names: ClassVar[tuple[str, ...]] = ("STABILITY_API_KEY",)
    needs_key: ClassVar[str] = "STABILITY_API_KEY"
    key_page: ClassVar[str] = "https://platform.stability.ai/account/keys"
    base: ClassVar[str] = "https://api.stability.ai"
    capabilities: ClassVar[Capabilities] = Capabilities(
        camera_motion=False, subject_motion=False, image_reference=False, sound=False, max_seconds=0
    )

    def made(self, request: GenerationRequest, model: Model, client_key: str, job: JobLike) -> Output:
        """A form of fields, an answer with the picture within."""
        fields: dict[str, Any] = {
            "prompt": cut_at_words(request.prompt, model.prompt_limit, model.prompt_units),
            "aspect_ratio": shape_for(model, request) or "16:9",
            "seed": str(request.seed % 4294967295),
            "output_format": "png",
        }
        if request.negative_prompt:
            fields["negative_prompt"] = request.negative_prompt
        files = {name: (None, str(value)) for name, value in fields.items()}
        found = self.call(
            "POST", f"/v2beta/stable-image/generate/{model.id}", job, paid=True, files=files,
            headers={"accept": "application/json"}, timeout=180.0,
        )  # fmt: skip
        if str(found.get("finish_reason", "")) == "CONTENT_FILTERED":
            raise ProviderError(
                Fault.MODERATED, "Stability made a picture and holds it back for its content. Change the words."
            )
        return Output("", "image", data=base64.b64decode(found.get("image") or b""))

    def test(self) -> str:
        """The credits of the account."""
        found = self.call("GET", "/v1/user/balance", Alone())
        return f"Stability accepts the key; {float(found.get('credits', 0)):g} credits are left."

    def fault(self, reply: Reply) -> ProviderError:
        """A 403 is a refusal of the content there, unless it says otherwise."""
        if reply.status == 403 and b"content_moderation" in reply.body:
            return fault_of(self.label, reply, Fault.MODERATED)
        return fault_of(self.label, reply)
