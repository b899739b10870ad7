"""Files of a cache: there wholly or not at all, whoever else writes them at the same time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex


@contextmanager
def cache_file(final: Path) -> Iterator[Path]:
    """A name of its own to write a cache file under; it takes the place of `final` at the end, or vanishes on an error."""
    final.parent.mkdir(parents=True, exist_ok=True)
    part = final.with_name(f".{final.name}.{token_hex(4)}.part")
    try:
        yield part
        part.replace(final)
    finally:
        part.unlink(missing_ok=True)
