"""fal: models of many makers behind one queue; any of them by its id."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, ClassVar
from urllib.parse import quote

from effects.params import param
from engines.generate.base import Capabilities, GenerationRequest, JobLike
from engines.generate.remote.fal_queue import FalQueue
from engines.generate.remote.faults import Fault, ProviderError
from engines.generate.remote.models import Model
from engines.generate.remote.provider import Alone, NoOptions

SITE = "fal-site"
"""Under which name the address of the site is set."""


class FalOptions(NoOptions):
    """Inputs that only one model has."""

    inputs: str = param("", widget="multiline", help="More inputs of the model, as JSON; laid over the usual ones.")


class Fal(FalQueue):
    """Films and pictures by any model of fal's; its list changes monthly, so models are entries in a list of yours, too."""

    id: ClassVar[str] = "fal"
    label: ClassVar[str] = "fal"
    capabilities: ClassVar[Capabilities] = Capabilities(
        camera_motion=False, subject_motion=False, max_seconds=15, max_size=(3840, 2160)
    )
    Options: ClassVar[type[NoOptions]] = FalOptions
    site: ClassVar[str] = "https://fal.ai"

    @classmethod
    def usual_bases(cls) -> Mapping[str, str]:
        """The queue, the place for files, and the site that tells of models."""
        return {**super().usual_bases(), SITE: cls.site}

    def published(self, model_id: str) -> Mapping[str, Any]:
        """What fal publishes of a model: an OpenAPI document. Nobody needs a key for it."""
        site = self.access.bases.get(SITE, self.site).rstrip("/")
        found = self.call(
            "GET", f"{site}/api/openapi/queue/openapi.json?endpoint_id={quote(model_id)}", Alone(), signed=False
        )
        return found if isinstance(found, Mapping) else {}

    def inputs(self, request: GenerationRequest, model: Model, job: JobLike) -> dict[str, Any]:
        """The usual ones, with the user's own over them. Raises ProviderError for what is no JSON object."""
        text = self.options(request).inputs.strip()
        try:
            own = json.loads(text) if text else {}
        except ValueError as error:
            raise ProviderError(Fault.INVALID, f"The inputs for {model.label} are no JSON: {error}.") from error
        if not isinstance(own, dict):
            raise ProviderError(Fault.INVALID, f"The inputs for {model.label} must be a JSON object.")
        return {**super().inputs(request, model, job), **own}
