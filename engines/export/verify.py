"""Reading a finished file back before it gets its name."""

from __future__ import annotations

import wave
from fractions import Fraction
from pathlib import Path

import av
import av.error

from engines.errors import ExportError
from engines.export.base import Stretch


def verify_film(path: Path, expected: Stretch, size: tuple[int, int], with_audio: bool) -> None:
    """Count frames, measure picture and sound, decode the first frame. Raises ExportError when anything is off."""
    try:
        with av.open(str(path), format="mp4") as container:
            found = _Found(container)
    except (av.error.FFmpegError, IndexError, OSError) as error:
        raise _bad(f"it cannot be read back ({error})") from error
    if found.frames != expected.frames:
        raise _bad(f"it has {found.frames} frames instead of {expected.frames}")
    if found.size != size:
        raise _bad(f"it is {found.size[0]} × {found.size[1]} instead of {size[0]} × {size[1]}")
    one_frame = 1 / expected.rate
    if abs(found.picture_seconds - expected.frames / expected.rate) > one_frame / 2:
        raise _bad(f"it lasts {float(found.picture_seconds):.3f} s instead of {expected.seconds:.3f} s")
    if with_audio and abs(found.sound_seconds - expected.frames / expected.rate) > max(one_frame, Fraction(1, 24)):
        raise _bad(f"its sound lasts {float(found.sound_seconds):.3f} s instead of {expected.seconds:.3f} s")


def verify_sound(path: Path, expected: Stretch) -> None:
    """Count the samples of a WAV file. Raises ExportError when they are not as many as were to be written."""
    try:
        with wave.open(str(path), "rb") as file:
            found = (file.getnchannels(), file.getframerate(), file.getnframes())
    except (wave.Error, EOFError, OSError) as error:
        raise _bad(f"it cannot be read back ({error})", "sound") from error
    if found != (2, expected.sample_rate, expected.samples):
        raise _bad(f"it has {found[2]} samples instead of {expected.samples}", "sound")


class _Found:
    def __init__(self, container: av.container.InputContainer) -> None:
        video = container.streams.video[0]
        first = next(container.decode(video))
        self.size = (first.width, first.height)
        container.seek(0)
        self.frames = 0
        ends: dict[int, Fraction] = {}
        for packet in container.demux():
            if packet.pts is None or packet.time_base is None:
                continue
            end = (packet.pts + (packet.duration or 0)) * packet.time_base
            ends[packet.stream_index] = max(ends.get(packet.stream_index, Fraction(0)), end)
            if packet.stream_index == video.index:
                self.frames += 1
        self.picture_seconds = ends.get(video.index, Fraction(0))
        sounds = container.streams.audio
        self.sound_seconds = ends.get(sounds[0].index, Fraction(0)) if sounds else Fraction(0)


def _bad(fault: str, what: str = "film") -> ExportError:
    return ExportError(f"The {what} was written but is not right: {fault}. It was deleted; please export again.")
