"""The mix alone, as uncompressed WAV."""

from __future__ import annotations

import wave
from pathlib import Path

import numpy as np

from engines.errors import ExportError
from engines.export.base import Check, Meter, Tell, finished_file, require_space, sequence_of, stretch_of, unheard
from engines.export.presets import Preset, preset_named
from engines.export.verify import verify_sound
from engines.media.writer import unwritable
from engines.render.renderer import Renderer
from timeline.media import Library
from timeline.project import Project
from timeline.time import TimeRange

_MOST_BYTES = 0xFFFF_FF00 - 1000
"""The format counts its bytes in 32 bit."""


def export_wav(
    project: Project,
    library: Library,
    sequence_id: str,
    path: Path,
    preset: Preset | str = "sound_wav",
    *,
    progress: Tell = lambda at: None,
    check: Check = lambda: None,
    marked: TimeRange | None = None,
) -> tuple[str, ...]:
    """Write the sound of the sequence (or `marked`) to `path`, 16 bit stereo, as long as its frames.

    Returns sentences about sound that is missing. Raises ExportError or Cancelled; then no file is left, and a file that was
    there before is untouched.
    """
    settings = preset_named(preset)
    sequence = sequence_of(project, sequence_id)
    stretch = stretch_of(sequence, sequence.rate, marked)
    if stretch.samples * 4 > _MOST_BYTES:
        raise ExportError(
            "A WAV file cannot be longer than about six hours; export a part between mark in and mark out."
        )
    require_space(path, settings.expected_bytes(sequence, stretch.seconds))
    meter = Meter(stretch.frames)
    renderer = Renderer(strict=True)
    try:
        with finished_file(path) as part:
            with wave.open(str(part), "wb") as file:
                file.setnchannels(2)
                file.setsampwidth(2)
                file.setframerate(stretch.sample_rate)
                for at in range(0, stretch.samples, stretch.sample_rate):
                    check()
                    count = min(stretch.sample_rate, stretch.samples - at)
                    sound = renderer.samples(project, library, sequence_id, stretch.start_sample + at, count)
                    file.writeframes(np.round(np.clip(sound, -1, 1) * 32767).astype("<i2").tobytes())
                    progress(meter.at(min(stretch.frames, int((at + count) / stretch.sample_rate * stretch.rate))))
            damage = renderer.damage
            verify_sound(part, stretch)
            check()
    except OSError as error:
        raise unwritable(path, error) from error
    finally:
        renderer.close()
    progress(meter.at(stretch.frames))
    return (*unheard(project, library, sequence, stretch).values(), *damage)
