"""Sources that count: every frame says its number, and each second begins with a flash and a beep."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

from engines.media.conversion import plane_rows
from tests.engines.media.footage import mux_sound
from tests.engines.render.counters import counter_frame

SIZE = (96, 54)
HZ = 48000
BEEP_SECONDS = Fraction(1, 50)
BEEP_HZ = 1000
FLASH_ROWS = slice(32, 54)
"""Below the counter: white in the frame that begins a second, else dark."""


def beeps(lasts: Fraction, starts: Sequence[Fraction | int], rate: int = HZ) -> NDArray[np.float32]:
    """(n, 2): silence of `lasts` seconds with a beep of `BEEP_SECONDS` at each of `starts`."""
    result = np.zeros((int(lasts * rate), 2), np.float32)
    tone = 0.6 * np.cos(2 * np.pi * BEEP_HZ * np.arange(int(BEEP_SECONDS * rate)) / rate)
    for start in starts:
        at = round(start * rate)
        result[at:][: len(tone)] += tone[: max(0, len(result) - at), None].astype(np.float32)
    return result


def make_counted(
    path: Path,
    rate: Fraction,
    count: int,
    *,
    first: int = 0,
    gop: int = 250,
    codec: str = "libx264",
    sound_codec: str = "pcm_s16le",
    sound_rate: int = HZ,
    times: tuple[int, ...] | None = None,
    size: tuple[int, int] = SIZE,
    flash_seconds: Fraction = Fraction(0),
) -> Path:
    """A film whose frame n shows `first + n`. `times` in milliseconds make its rate vary; else frame n is shown at n / rate.

    The frame in which a second begins flashes, and on that second it beeps. With `flash_seconds` it flashes so long, from
    the first frame in the second on, and beeps when that frame begins: then no frame rate can miss it.
    """
    base = Fraction(1, 1000) if times else 1 / rate
    lasts = Fraction(times[-1], 1000) + 1 / rate if times else count / rate
    shown = [Fraction(time, 1000) for time in times] if times else [n / rate for n in range(count)]
    ends = [*shown[1:], lasts]
    seconds: list[Fraction | int] = list(range(1, int(lasts) + 1))
    if flash_seconds:
        seconds = [next(time for time in shown if time >= second) for second in seconds if second <= shown[-1]]
    with av.open(str(path), "w") as container:
        options = {"preset": "veryfast", "crf": "20", "bf": "2", "g": str(gop)}
        picture: Any = container.add_stream(
            codec, rate=rate, options=options if codec == "libx264" else {"qscale": "3"}
        )
        picture.width, picture.height = size
        picture.pix_fmt = "yuv420p" if codec == "libx264" else "yuvj420p"
        picture.time_base = picture.codec_context.time_base = base
        sound: Any = container.add_stream(sound_codec, rate=sound_rate)
        sound.codec_context.layout = "stereo"
        for n in range(count):
            frame = counter_frame(first + n, size)
            lit = any(shown[n] <= at < ends[n] or at <= shown[n] < at + flash_seconds for at in seconds)
            frame.planes[0][FLASH_ROWS] = 235 if lit else 40
            drawn = av.VideoFrame(*size, "yuv420p")
            for plane, source in zip(drawn.planes, frame.planes, strict=True):
                plane_rows(plane)[:, : plane.width] = source
            drawn.pts, drawn.time_base = (times[n] if times else n), base
            container.mux(picture.encode(drawn))
        container.mux(picture.encode(None))
        mux_sound(container, sound, beeps(lasts, seconds, sound_rate), sound_rate, Fraction(0))
    return path


def is_flash(luma: NDArray[np.uint8]) -> bool:
    """Whether a decoded frame of a counted film is one that flashes."""
    return float(luma[FLASH_ROWS].mean()) > 137


def onsets(sound: NDArray[np.float32], level: float = 0.15) -> list[int]:
    """Where beeps begin in a sound, in samples: the first loud sample after at least as long a silence."""
    loud = np.flatnonzero(np.abs(sound) > level)
    if not len(loud):
        return []
    return [int(loud[0]), *(int(at) for at in loud[1:][np.diff(loud) > int(BEEP_SECONDS * HZ)])]
