"""Fetching a result: at once, on where it broke off, and not taken for more than it is."""

from __future__ import annotations

from itertools import chain, count
from pathlib import Path

from engines.generate.base import JobLike
from engines.generate.remote.faults import Fault, ProviderError
from engines.generate.remote.provider import RemoteEngine
from engines.generate.remote.states import Output

MOST_BYTES = 4 << 30
_BEGINNINGS = (
    (b"\x89PNG", ".png"), (b"\xff\xd8\xff", ".jpg"), (b"ID3", ".mp3"), (b"\xff\xfb", ".mp3"), (b"\xff\xf3", ".mp3"), (b"OggS", ".ogg"),
    (b"fLaC", ".flac"),
)  # fmt: skip
_IN_RIFF = {b"WEBP": ".webp", b"WAVE": ".wav"}
_GONE = (401, 403, 404, 410)


def fetch(engine: RemoteEngine, output: Output, part: Path, job: JobLike) -> Path:
    """The bytes of an output in `part`, which goes on where an earlier try broke off.

    Raises ProviderError: LOST for a link that has ended, UNREACHABLE for a broken line (try again), BAD_RESULT for nothing.
    """
    part.parent.mkdir(parents=True, exist_ok=True)
    if output.data:
        part.write_bytes(output.data)
        return part

    def told(done: int, whole: int | None) -> None:
        job.check()
        if done > MOST_BYTES:
            raise ProviderError(Fault.BAD_RESULT, f"{engine.label} sends more than {MOST_BYTES >> 30} GB.")
        job.progress(0.95 + 0.04 * (done / whole if whole else 0), f"Fetching from {engine.label}")

    reply = engine.access.wire().fetch(
        output.url, part, who=engine.label, check=job.check, told=told, headers=engine.fetch_headers(output)
    )
    if reply.status in _GONE:
        words = f"The link to the result at {engine.label} has ended. It is billed; retry asks for another and sends nothing."
        raise ProviderError(Fault.LOST, words)
    if not reply.ok:
        raise ProviderError(
            Fault.UNAVAILABLE, f"{engine.label} does not give out the result ({reply.status}).", wait=reply.wait
        )
    size = part.stat().st_size
    if size == 0:
        part.unlink()
        raise ProviderError(Fault.BAD_RESULT, f"{engine.label} sent an empty file.")
    if output.size is not None and size != output.size:
        part.unlink()
        raise ProviderError(Fault.BAD_RESULT, f"{engine.label} sent {size} of {output.size} bytes.")
    return part


def named_by_content(made: Path, target: Path) -> Path:
    """The target with the ending that its content has: services answer in the format they like. Never a file that is there."""
    with made.open("rb") as file:
        head = file.read(12)
    suffix = next((one for begin, one in _BEGINNINGS if head.startswith(begin)), "")
    suffix = _IN_RIFF.get(head[8:12], "") if head.startswith(b"RIFF") else suffix
    if not suffix or suffix == target.suffix.lower():
        return target
    names = chain((target.stem,), (f"{target.stem}_{number}" for number in count(2)))
    return next(path for name in names if not (path := target.with_name(name + suffix)).exists())
