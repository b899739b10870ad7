"""The words of a request as an adapter sends them: as they are, or not at all."""

from __future__ import annotations

from engines.generate.base import GenerationRequest
from engines.generate.remote.faults import Fault, ProviderError
from engines.generate.remote.models import Model
from engines.generate.remote.provider import length_of


def whole_prompt(request: GenerationRequest, model: Model) -> str:
    """The prompt. It was made to fit when it was built (`engines.generate.prompting`); nothing is cut here without a word.

    Raises ProviderError (INVALID) for one that is longer than the model reads, before anything is sent.
    """
    length = length_of(request.prompt, model.prompt_units)
    if length > model.prompt_limit:
        raise ProviderError(
            Fault.INVALID,
            f"{model.label or model.id} reads {model.prompt_limit} {model.prompt_units}, and the words are {length}. "
            "Nothing was sent. Shorten them.",
        )
    return request.prompt
