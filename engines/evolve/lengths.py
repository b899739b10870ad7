"""How long a clip becomes."""

from __future__ import annotations

from typing import Any

from effects.params import param
from engines.errors import EngineError
from engines.evolve.base import SourceClip
from engines.generate.base import MAX_SECONDS


def target_param(unset: str) -> Any:
    """The field `target_duration`: the whole film's length; 0 leaves it to the operation, in the words of `unset`."""
    return param(
        0.0,
        ge=0,
        le=MAX_SECONDS,
        unit="s",
        step=0.1,
        label="Length",
        unset=unset,
        help="Of the whole film, start included.",
    )


def target_count(source: SourceClip, seconds: float, unset: int) -> int:
    """Frames of the film: of `seconds`, or `unset` where they are 0. Raises EngineError for fewer than the clip has."""
    if not seconds:
        return unset
    count = round(seconds * float(source.rate))
    if count < source.count:
        raise EngineError(
            f"The clip is {float(source.seconds):.2f} s long; it cannot be extended to {seconds:g} s. Choose more."
        )
    return count


def told_length(source: SourceClip, count: int) -> tuple[str, str]:
    """The row of "What changes"."""
    return ("Length", f"{float(source.seconds):.2f} s to {float(count / source.rate):.2f} s")
