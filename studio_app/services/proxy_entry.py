"""A film and its proxy: where that lies, how it stands, and what stands in for films in a draft."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from pathlib import Path

from engines.media.proxy import may_have_proxy, proxy_path, proxy_size, standing_in
from engines.render.footage import StandIns
from studio_app.services.settings import ProxySize
from timeline.media import Media

_BITS_A_PIXEL = 0.5
"""What a proxy's picture takes, generously: for asking whether there is room."""


class ProxyState(StrEnum):
    """How a film stands."""

    NONE = "none"
    WAITING = "waiting"
    MAKING = "making"
    READY = "ready"
    FAILED = "failed"


@dataclass
class ProxyEntry:
    """A film of the open project and its proxy."""

    media: Media
    side: int
    folder: Path
    state: ProxyState = ProxyState.NONE
    reason: str = ""
    asked: bool = False
    """By a hand: made whatever was measured, and at once."""
    is_new: bool = True

    @cached_property
    def path(self) -> Path:
        """Where the proxy lies, made or not. Worked out when first asked for: a library may hold thousands of films."""
        return proxy_path(self.media, self.folder, self.side)

    @cached_property
    def stand_in(self) -> Media:
        """What is read in place of the film."""
        return standing_in(self.media, self.path, self.side)

    @property
    def cost_path(self) -> Path:
        """Where the measured cost is kept, so that it is measured once."""
        return self.path.with_suffix(".cost")


def expected_bytes(entry: ProxyEntry) -> int:
    """Bytes its proxy will take, about."""
    width, height = proxy_size(entry.media, entry.side)
    pictures = float(entry.media.duration.fraction * (entry.media.rate or 25))
    return int(width * height * pictures * _BITS_A_PIXEL / 8)


def proxies_in(folder: Path) -> StandIns:
    """What stands in for films in a draft: the largest proxy that lies in the cache, made by whichever window."""
    found: dict[str, Media | None] = {}

    def stand_in(media: Media, size: tuple[int, int]) -> Media | None:
        key = f"{media.content_hash} {media.path}"
        if key not in found:
            sides = sorted((one.short_side for one in ProxySize), reverse=True) if may_have_proxy(media) else []
            there = ((proxy_path(media, folder, side), side) for side in sides)
            found[key] = next((standing_in(media, path, side) for path, side in there if path.is_file()), None)
        return found[key]

    return stand_in
