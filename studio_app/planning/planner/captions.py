"""How a sentence stands over the picture: low, in two lines where it can, its letters by the size of the picture."""

from __future__ import annotations

from typing import Any, Final

PLACE: Final = (50.0, 86.0)
"""Percent of the picture; a caption of two lines keeps clear of the lower twentieth."""
_SIZE, _SMALLEST, _PADDING = 32.0, 20.0, 14.0
"""Pixels in a picture whose shorter side is 720; in 1080 it is 48, as reels have it."""
_LINES: Final = 2
_WIDTH: Final = 0.84
_LETTER: Final = 0.52
"""Width of a letter beside its size, on average."""


def caption_style(text: str, width: int, height: int) -> dict[str, Any]:
    """The style of a subtitles overlay: longer sentences in smaller letters, down to what can still be read."""
    unit = min(width, height) / 720
    fitting = _LINES * _WIDTH * width / (max(1, len(text)) * _LETTER)
    size = max(_SMALLEST * unit, min(_SIZE * unit, fitting))
    return {"text": text, "size": round(size, 1), "box_padding": round(_PADDING * unit, 1)}
