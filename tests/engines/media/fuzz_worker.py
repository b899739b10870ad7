"""Reads spoilt files in a process of its own, as a test may die of them and the tests may not."""

from __future__ import annotations

import traceback
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path

from engines.errors import MediaError
from engines.media.audio_reader import AudioReader
from engines.media.inspection import probe_here
from engines.media.reader import open_video
from engines.media.samples import decode_samples
from timeline.time import RationalTime

TENTHS = (1, 15, 7, 19, 0)


def serve(line: Connection) -> None:
    """Answer each path with "read", "refused", or what came out that should not have."""
    while True:
        try:
            path = line.recv()
        except EOFError:
            return
        line.send(_read(path))


def _read(path: Path) -> str:
    try:
        with suppress(MediaError):  # said again below, by who opens the file
            decode_samples(str(path), 0.05)
        media = probe_here(path)
        if media.has_video:
            pictures = open_video(media)
            for tenths in TENTHS:
                pictures.frame_at(RationalTime(tenths, 10), (160, 90))
            pictures.close()
        if media.has_audio:
            sound = AudioReader(media)
            sound.read(0, 48000)
            sound.read(70_000, 3000)
            sound.close()
    except MediaError as error:
        return "refused" if f"“{path.name}”" in error.message else f"a sentence without its name: {error.message}"
    except Exception:  # noqa: BLE001 - the very thing looked for
        return traceback.format_exc()
    return "read"
