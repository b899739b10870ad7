"""Whether what came back is a film, of about the length and size that was asked for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from engines.errors import MediaError
from engines.generate.base import GenerationRequest
from engines.generate.remote.faults import Fault, ProviderError
from engines.generate.remote.models import Model
from engines.generate.remote.provider import kind_of, resolution_lines, shape_for
from engines.media.probe import probe

LENGTH_TOLERANCE = 0.2
"""Share of the length that a result may be off by (the field's own rule)."""
SHAPE_TOLERANCE = 0.05
"""Share by which width over height may be off."""
SIZE_TOLERANCE = 0.1
"""Share of the lines that may be missing: encoders round to blocks."""
_PICTURES = ("text_to_image", "image_edit")


def _shape(request: GenerationRequest, model: Model) -> float:
    """Width over height of what was asked for; 0 where a source decides, or the model."""
    if kind_of(request) != "text_to_video" or ":" not in (asked := shape_for(model, request)):
        return 0.0
    wide, high = (float(part) for part in asked.split(":"))
    return wide / high


def _lines_asked(request: GenerationRequest, model: Model) -> int:
    """How many lines (of the shorter side) were asked for, as far as the model makes as many; 0 where a source decides, or nobody knows."""
    if request.makes != "film" or request.source_video:
        return 0
    shape = shape_for(model, request).replace("x", ":")
    pixels = [int(one) for one in shape.split(":") if one.isdigit()]
    most = resolution_lines(model) or (min(pixels) if len(pixels) == 2 and min(pixels) > _RATIO else 0)
    return min(most, *request.even_size)


_RATIO = 99
"""Sides of a shape up to here are a ratio, "16:9"; above they are pixels."""


def verify(path: Path, request: GenerationRequest, model: Model) -> dict[str, Any]:
    """Facts of the file: its length and size, and what differs from what was asked for, in sentences.

    Raises ProviderError (BAD_RESULT) for what is no film. Whether it shows anything is measured later, with the take.
    """
    try:
        media = probe(path)
    except MediaError as error:
        raise ProviderError(Fault.BAD_RESULT, f"What {model.label} sent is no film: {error.message}") from error
    silent = set(model.kinds) <= {"music", "sound", "speech"}
    if not silent and not media.has_video:
        raise ProviderError(Fault.BAD_RESULT, f"What {model.label} sent has no picture.")
    differs = []
    seconds = media.duration.to_seconds()
    expected = model.lengths_about(request.length.to_seconds())
    still = set(model.kinds) <= set(_PICTURES)
    if expected and not still and abs(seconds - expected) > LENGTH_TOLERANCE * expected:
        differs.append(f"It is {seconds:.1f} seconds long; {expected:g} were asked for.")
    if (
        (shape := _shape(request, model))
        and media.width
        and abs(media.width / media.height / shape - 1) > SHAPE_TOLERANCE
    ):
        differs.append(f"It is {media.width} × {media.height}, another shape than was asked for.")
    lines = _lines_asked(request, model)
    if media.has_video and min(media.width, media.height) < lines * (1 - SIZE_TOLERANCE):
        differs.append(f"It is {media.width} × {media.height}; {lines} lines were asked for.")
    return {
        "seconds": seconds,
        "size": [media.width, media.height],
        "rate": None if media.rate is None else str(media.rate),
        "differs": differs,
    }
