"""Analyses on disk, by what is in the file: a clip is measured once."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path

from engines.analyse.analyser import analyse
from engines.analyse.analysis import VERSION, Analysis, from_plain
from engines.analyse.base import Progress
from engines.errors import MediaError
from timeline.atomic import whole_file_of_many
from timeline.media import Media

Measure = Callable[[Media, Path, Progress | None], Analysis]
"""Who measures: `analysed`, or the same done elsewhere."""


def analysis_path(media: Media, cache: Path) -> Path:
    """Where the figures of a medium lie, made or not."""
    content = media.content_hash or media.path
    name = blake2b(f"{VERSION}|{content}|{media.rate}".encode(), digest_size=16).hexdigest()
    return cache / "analyses" / name[:2] / f"{name}.json"


def stored(media: Media, cache: Path) -> Analysis | None:
    """What is known of a medium; None where it was not measured yet, or by another version. Under the medium's own name."""
    try:
        plain = json.loads(analysis_path(media, cache).read_bytes())
        return replace(from_plain(plain), name=media.name or Path(media.path).name)
    except (OSError, ValueError, MediaError):
        return None


def analysed(media: Media, cache: Path, job: Progress | None = None) -> Analysis:
    """What is known of a medium, measured now unless it lies in `cache`. Raises MediaError and Cancelled as `analyse` does."""
    known = stored(media, cache)
    if known is not None:
        return known
    made = analyse(media, job)
    keep(made, media, cache)
    return made


def keep(made: Analysis, media: Media, cache: Path) -> None:
    """Write it down; a full or read-only disk is no reason to have no figures."""
    path = analysis_path(media, cache)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with whole_file_of_many(path, lasting=False) as part:
            part.write_bytes(json.dumps(made.as_plain(), ensure_ascii=False, separators=(",", ":")).encode())
    except OSError:
        return
