"""Random choices that repeat: from a seed, the name of what is chosen and the source time, never from a shared state."""

from __future__ import annotations

from zlib import crc32

import numpy as np

from timeline.time import RationalTime


def stream(seed: int, part: str, at: RationalTime, rate: int = 0) -> np.random.Generator:
    """The numbers for one named part of an effect at one instant.

    With a `rate` the choice is kept for 1 / rate seconds instead of changing with every frame.
    """
    moment = at.fraction
    place = (int(moment * rate), 1) if rate else (moment.numerator, moment.denominator)
    return np.random.default_rng([seed, crc32(part.encode()), place[0] & (2**64 - 1), place[1] & (2**64 - 1)])
