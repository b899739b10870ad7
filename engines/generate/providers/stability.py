"""Stability: pictures from words and changes of pictures, answered at once. It makes no films since 2025; ComfyUI does."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any, ClassVar

from effects.params import param
from engines.generate.base import Capabilities, GenerationRequest, JobLike
from engines.generate.remote.faults import Fault, ProviderError
from engines.generate.remote.models import Model
from engines.generate.remote.prompts import whole_prompt
from engines.generate.remote.provider import (
    Alone,
    NoOptions,
    fault_of,
    file_bytes,
    media_type,
    shape_for,
)
from engines.generate.remote.states import Output
from engines.generate.remote.synchronous import SynchronousEngine
from engines.generate.remote.wire import Reply


class StabilityOptions(NoOptions):
    """Values of pictures that are changed."""

    strength: float = param(0.6, ge=0, le=1, help="How far a picture is changed: 0 leaves it, 1 keeps nothing of it.")


class Stability(SynchronousEngine):
    """Pictures by Stable Image. It offers no films any more."""

    id: ClassVar[str] = "stability"
    label: ClassVar[str] = "Stability"
    key_names: ClassVar[tuple[str, ...]] = ("STABILITY_API_KEY",)
    needs_key: ClassVar[str] = "STABILITY_API_KEY"
    key_page: ClassVar[str] = "https://platform.stability.ai/account/keys"
    base: ClassVar[str] = "https://api.stability.ai"
    Options: ClassVar[type[NoOptions]] = StabilityOptions
    capabilities: ClassVar[Capabilities] = Capabilities(
        camera_motion=False, subject_motion=False, image_reference=False, sound=False, max_seconds=0
    )

    def made(self, request: GenerationRequest, model: Model, client_key: str, job: JobLike) -> Output:
        """A form of fields, an answer with the picture within."""
        is_edit = bool(request.image_reference) and "image_edit" in model.kinds
        fields: dict[str, Any] = {
            "prompt": whole_prompt(request, model),
            "seed": str(request.seed % 4294967295),
            "output_format": "png",
        }
        if request.negative_prompt:
            fields["negative_prompt"] = request.negative_prompt
        fields |= {name: str(value) for name, value in model.options.items()}
        if is_edit:  # the picture gives the shape
            fields |= {"mode": "image-to-image", "strength": f"{self.options(request).strength:g}"}
        else:
            fields["aspect_ratio"] = shape_for(model, request) or "16:9"
        files: dict[str, Any] = {name: (None, str(value)) for name, value in fields.items()}
        if is_edit:
            path = request.image_reference
            files["image"] = (Path(path).name, file_bytes(path), media_type(path))
        found = self.call(
            "POST", f"/v2beta/stable-image/generate/{model.endpoint or model.id}", job, paid=True, files=files,
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
