"""What the way through this program does to a file's own format, said with what an operation changes: nothing goes in silence.

Films are worked on and written with 8 bit, 4:2:0, BT.709, limited range.
"""

from __future__ import annotations

import av
from av.video.format import VideoFormat

from engines.media.opening import open_input
from timeline.errors import StudioError
from timeline.media import Media, MediaKind

_PRIMARIES = {9: "BT.2020", 11: "DCI-P3", 12: "Display P3"}
_CURVES = {16: "PQ", 18: "HLG", 8: "linear light"}
_MATRICES_601 = (5, 6)
_MATRIX_2020 = (9, 10)
_FULL = 2


def format_told(media: Media) -> tuple[tuple[str, str], ...]:
    """Rows of "What changes" for a parent whose format is not ours; none where nothing is lost."""
    rows = []
    if media.kind is MediaKind.VIDEO and (given := _given(media)):
        ours = {"bit": "8 bit", "sampling": "4:2:0", "colour": "BT.709", "range": "limited range"}
        rows.append(("Format", f"{' '.join(given.values())} becomes {' '.join(ours[name] for name in given)}"))
    if media.width % 2 or media.height % 2:
        even = (max(2, media.width // 2 * 2), max(2, media.height // 2 * 2))
        rows.append(("Size", f"{media.width} × {media.height} becomes {even[0]} × {even[1]}"))
    if media.has_alpha:
        rows.append(("Transparency", "laid over black"))
    return tuple(rows)


def _given(media: Media) -> dict[str, str]:
    """What of a film's format is not ours, by what it is about."""
    try:
        with open_input(media.path) as container:
            stream = next(iter(container.streams.video), None)
            pixels = stream.codec_context.pix_fmt if stream is not None else None
            if stream is None or pixels is None:
                return {}
            context, layout = stream.codec_context, VideoFormat(pixels, 16, 16)
            tags = (int(context.color_primaries), int(context.color_trc), int(context.colorspace))
            is_full = int(context.color_range) == _FULL or pixels.startswith("yuvj")
    except (StudioError, av.FFmpegError, OSError, ValueError):
        return {}  # whoever opens it says what is wrong
    found = {}
    if (bits := layout.components[0].bits) > 8:
        found["bit"] = f"{bits} bit"
    if layout.is_rgb:
        found["sampling"] = "RGB"
    elif sampling := _sampling(layout):
        found["sampling"] = sampling
    if colour := _colour(*tags):
        found["colour"] = colour
    if is_full and not layout.is_rgb:
        found["range"] = "full range"
    return found


def _sampling(layout: VideoFormat) -> str:
    if len(layout.components) < 3:
        return ""
    across, down = layout.components[1].width, layout.components[1].height
    return {(16, 16): "4:4:4", (8, 16): "4:2:2", (4, 16): "4:1:1"}.get((across, down), "")


def _colour(primaries: int, curve: int, matrix: int) -> str:
    words = [_PRIMARIES.get(primaries, ""), _CURVES.get(curve, "")]
    if matrix in _MATRICES_601:
        words.append("BT.601")
    elif matrix in _MATRIX_2020 and not words[0]:
        words.append("BT.2020")
    return " ".join(one for one in words if one)
