"""The form of an operation as it is shown: shares from 0 to 1 read as percent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from effects.params import ParamSpec

_SHARE = 100.0


def is_share(spec: ParamSpec) -> bool:
    """Whether a value is a share of something: between 0 (or -1) and 1, without a unit of its own."""
    return spec.kind == "float" and not spec.unit and spec.maximum == 1 and spec.minimum in (0, -1)


def shown_specs(specs: Iterable[ParamSpec]) -> tuple[ParamSpec, ...]:
    """The parameters as the form shows them."""
    return tuple(_shown(one) for one in specs)


def _shown(spec: ParamSpec) -> ParamSpec:
    if not is_share(spec):
        return spec
    low = (spec.minimum or 0) * _SHARE
    return replace(
        spec, minimum=low, maximum=_SHARE, default=float(spec.default) * _SHARE, unit="%", step=1.0, kind="int"
    )


def to_shown(specs: Iterable[ParamSpec], values: Mapping[str, Any]) -> dict[str, Any]:
    """Values as the form shows them."""
    shares = {one.name for one in specs if is_share(one)}
    return {name: float(value) * _SHARE if name in shares else value for name, value in values.items()}


def to_real(specs: Iterable[ParamSpec], name: str, value: Any) -> Any:
    """A value of the form as the operation takes it."""
    spec = next((one for one in specs if one.name == name), None)
    return float(value) / _SHARE if spec is not None and is_share(spec) else value
