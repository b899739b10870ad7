"""What it costs to jump about in a film: measured, not guessed from its codec."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from time import perf_counter, process_time

from engines.media.proxy import SHORT_SIDE, proxy_size
from engines.media.reader import open_video
from timeline.media import Media
from timeline.time import RationalTime

TOO_SLOW_MS = 40.0
"""An exact seek beyond this is felt while the playhead is dragged: fewer than 25 pictures a second."""
_SEEKS = 8
_GOLDEN = 0.618034
"""Steps of this share of the length land everywhere, near and far from key pictures."""


def scrub_cost(media: Media, short_side: int = SHORT_SIDE, *, check: Callable[[], None] = lambda: None) -> float:
    """Milliseconds of the slowest of a few exact seeks at the size of a proxy. Raises MediaError.

    Of the time gone by and the processor time of this process the smaller counts: a busy machine makes no film slow. It is
    done as soon as two seeks were clearly too slow. Run it in a process that does nothing else.
    """
    size = proxy_size(media, short_side)
    length = media.duration.fraction
    reader = open_video(media)
    costs: list[float] = []
    try:
        reader.frame_at(RationalTime(0), size)
        for number in range(1, _SEEKS + 1):
            check()
            at = RationalTime(length * Fraction(number * _GOLDEN % 1).limit_denominator(10000))
            wall, processor = perf_counter(), process_time()
            reader.frame_at(at, size)
            costs.append(min(perf_counter() - wall, process_time() - processor) * 1000)
            if sum(cost > 2 * TOO_SLOW_MS for cost in costs) >= 2:
                break
    finally:
        reader.close()
    return max(costs)
