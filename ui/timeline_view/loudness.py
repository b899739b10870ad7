"""How loud a clip is along its source: gain, its keyframes and the fades, by pixel column. No Qt."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from timeline.curve import Curve, Interpolation
from timeline.items import Clip
from timeline.time import ZERO

Columns = NDArray[np.float64]


class Fades(NamedTuple):
    """Record seconds of a clip's fades by the source: where it begins and ends, how long they are, how fast it runs."""

    start: float
    end: float
    fade_in: float
    fade_out: float
    speed: float

    def at(self, seconds: Columns) -> Columns:
        """Gain (0..1) at source seconds; a clip played backwards fades in at its end."""
        forward, fast = self.speed > 0, abs(self.speed)
        since = (seconds - self.start if forward else self.end - seconds) / fast
        until = (self.end - self.start) / fast - since
        gain = np.ones_like(seconds)
        if self.fade_in > 0:
            gain *= np.clip(since / self.fade_in, 0, 1)
        if self.fade_out > 0:
            gain *= np.clip(until / self.fade_out, 0, 1)
        return gain

    def touches(self, first: float, last: float) -> bool:
        """Whether a stretch of source seconds lies under a fade."""
        fast = abs(self.speed)
        head, tail = (self.fade_in, self.fade_out) if self.speed > 0 else (self.fade_out, self.fade_in)
        return first < self.start + head * fast or last > self.end - tail * fast


class Same:
    """A value that is compared by being the same object: a curve as part of a key, kept alive by it."""

    __slots__ = ("value",)

    def __init__(self, value: Curve) -> None:
        self.value = value

    def __hash__(self) -> int:
        return id(self.value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and other.value is self.value


Volume = float | Same


def volume_of(clip: Clip) -> Volume:
    """The clip's gain as part of a key."""
    return Same(clip.volume) if isinstance(clip.volume, Curve) else float(clip.volume)


def fades_of(clip: Clip) -> Fades | None:
    """The clip's fades, if it has any."""
    if clip.fade_in <= ZERO and clip.fade_out <= ZERO:
        return None
    span = clip.source_range
    return Fades(
        span.start.to_seconds(),
        span.end.to_seconds(),
        clip.fade_in.to_seconds(),
        clip.fade_out.to_seconds(),
        float(clip.speed),
    )


def gains(volume: Volume, fades: Fades | None, seconds: Columns) -> Columns | None:
    """Linear gain at source seconds; None when it is 1 all along."""
    if isinstance(volume, Same):
        found = curve_at(volume.value, seconds)
    elif volume == 1:
        if fades is None:
            return None
        found = np.ones_like(seconds)
    else:
        found = np.full_like(seconds, max(volume, 0.0))
    return found * fades.at(seconds) if fades is not None else found


def curve_at(curve: Curve, seconds: Columns) -> Columns:
    """`Curve.at` for many instants at once; what is no number counts as 1."""
    keys = curve.keyframes
    times = np.array([key.time.to_seconds() for key in keys])
    values = np.array([number(key.value) for key in keys])
    after = np.clip(np.searchsorted(times, seconds, side="right"), 0, len(keys))
    left, right = np.clip(after - 1, 0, None), np.clip(after, None, len(keys) - 1)
    span = times[right] - times[left]
    mix = np.clip(np.divide(seconds - times[left], span, out=np.zeros_like(seconds), where=span > 0), 0, 1)
    kinds = np.array(
        [(key.interpolation is Interpolation.HOLD, key.interpolation is Interpolation.EASE) for key in keys]
    )
    mix = np.where(kinds[left, 1], mix * mix * (3 - 2 * mix), mix)
    mix = np.where(kinds[left, 0], 0.0, mix)
    found: Columns = values[left] + (values[right] - values[left]) * mix
    return found


def number(value: Any) -> float:
    """A keyframe's value as a number."""
    return float(value) if isinstance(value, (int, float)) else 1.0
