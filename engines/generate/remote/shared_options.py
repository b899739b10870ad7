"""Values that several services have and a request names itself: offered for an engine when one of its models takes them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from effects.base import Described
from effects.params import ParamSpec, param, specs_of
from engines.generate.base import GenerationRequest
from engines.generate.remote.models import Model


class Without(Described):
    """For models that take a negative prompt."""

    negative_prompt: str = param("", label="Without", help="What must not be seen, in a few words.")


class Looped(Described):
    """For models that close a loop."""

    loop: bool = param(False, label="Loop", help="The end leads into the beginning without a seam.")


_NAMES = (*Without.model_fields, *Looped.model_fields)


def shared_specs(models: Iterable[Model]) -> tuple[ParamSpec, ...]:
    """What the form of a service shows beside its own values."""
    alive = [one for one in models if not one.retired()]
    found = specs_of(Without) if any(one.negative for one in alive) else ()
    return (*found, *(specs_of(Looped) if any(one.loop for one in alive) else ()))


def with_values(request: GenerationRequest, values: Mapping[str, Any]) -> GenerationRequest:
    """The request with these values: those it has fields for there, the others as options."""
    own = {name: value for name, value in values.items() if name not in _NAMES}
    shared = {name: value for name, value in values.items() if name in _NAMES and value}
    if own == request.options and not shared:
        return request
    return request.model_copy(update={"options": own, **shared})
