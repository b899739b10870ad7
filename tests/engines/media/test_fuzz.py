"""Files with random bytes in them: read as far as can be, or refused in a sentence; no hang, no crash."""

from __future__ import annotations

import multiprocessing
import random
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from time import monotonic

import pytest

from tests.engines.media import fuzz_worker, liars
from tests.engines.media.footage import make_sound, tone

pytestmark = pytest.mark.media

FILES = 200
PATIENCE = 5.0
_VP9 = {"deadline": "realtime", "cpu-used": "8", "g": "20", "crf": "20", "b": "0"}
MAKERS: dict[str, Callable[[Path], Path]] = {
    "mp4": liars.film,
    "mkv": liars.film,
    "avi": liars.film,
    "ts": liars.film,
    "mov": liars.film,
    "webm": lambda path: liars.film(path, codec="libvpx-vp9", options=_VP9, sound_codec="libopus"),
    "flac": lambda path: make_sound(path, "flac", tone(2)),
    "mp3": lambda path: make_sound(path, "libmp3lame", tone(2)),
}


def spoilt(data: bytes, chance: random.Random) -> bytes:
    """Some bytes anywhere, at the head or at the tail are others now; one file in five is cut off as well."""
    result = bytearray(data)
    where = chance.choice(("anywhere", "anywhere", "head", "tail"))
    for _ in range(chance.choice((1, 3, 10, 50, 300))):
        at = chance.randrange(len(result) if where == "anywhere" else min(len(result), 2000))
        result[len(result) - 1 - at if where == "tail" else at] = chance.randrange(256)
    return bytes(result[: chance.randrange(1, len(result))] if chance.random() < 0.2 else result)


def test_two_hundred_spoilt_files_are_read_or_refused(tmp_path: Path) -> None:
    good = {suffix: make(tmp_path / f"good.{suffix}").read_bytes() for suffix, make in MAKERS.items()}
    context = multiprocessing.get_context("spawn")
    line, theirs = context.Pipe()
    reader = context.Process(target=fuzz_worker.serve, args=(theirs,), daemon=True)
    reader.start()
    theirs.close()
    tally: Counter[str] = Counter()
    try:
        for number in range(FILES):
            suffix = list(MAKERS)[number % len(MAKERS)]
            path = tmp_path / f"spoilt_{number}.{suffix}"
            path.write_bytes(spoilt(good[suffix], random.Random(number)))
            began = monotonic()
            line.send(path)
            patience = PATIENCE if number else 30  # the first waits for the process to start too
            assert line.poll(patience), f"{path.name} takes longer than {patience} s"
            answer = line.recv()  # EOFError: the reader died of it
            assert answer in ("read", "refused"), f"{path.name} after {monotonic() - began:.1f} s: {answer}"
            tally[answer] += 1
            path.unlink()
    finally:
        line.close()
        reader.kill()
        reader.join()
    assert tally["read"] > 100
    assert tally["refused"] > 10
