"""Any number of channels to two."""

from __future__ import annotations

from typing import Any, cast

import numpy as np
from av.audio.frame import AudioFrame
from numpy.typing import NDArray

_HALF_POWER = 0.5**0.5
_LEFT_RIGHT = {
    "FL": (1.0, 0.0),
    "FR": (0.0, 1.0),
    "FC": (_HALF_POWER, _HALF_POWER),
    "LFE": (0.0, 0.0),
    "BL": (_HALF_POWER, 0.0),
    "BR": (0.0, _HALF_POWER),
    "SL": (_HALF_POWER, 0.0),
    "SR": (0.0, _HALF_POWER),
    "BC": (0.5, 0.5),
    "FLC": (1.0, 0.0),
    "FRC": (0.0, 1.0),
    "DL": (1.0, 0.0),
    "DR": (0.0, 1.0),
}
"""Gain into left and right by channel name (ITU-R BS.775: centre and surrounds at -3 dB, no LFE; not scaled down after)."""


_TYPES: dict[str, type[np.generic]] = {
    "u8": np.uint8,
    "s16": np.int16,
    "s32": np.int32,
    "s64": np.int64,
    "flt": np.float32,
    "dbl": np.float64,
}
_SAFE_PLANES = 8
"""Of more planes a frame does not say rightly where they lie: reading them can kill the process."""


def stereo(frame: AudioFrame) -> NDArray[np.float32]:
    """The samples of a frame as (n, 2) float32, full scale ±1; mono goes to both sides at full level."""
    samples = _floats(frame)
    if samples.shape[1] == 1:
        return np.repeat(samples, 2, axis=1)
    names = [channel.name for channel in frame.layout.channels][: samples.shape[1]]
    if names == ["FL", "FR"]:
        return samples
    gains = [_LEFT_RIGHT.get(name) for name in names]
    if len(gains) < samples.shape[1] or all(gain is None for gain in gains):
        return np.ascontiguousarray(samples[:, :2])
    matrix = np.array([gain or (0.0, 0.0) for gain in gains], np.float32)
    return cast(NDArray[np.float32], samples @ matrix)


def _floats(frame: AudioFrame) -> NDArray[np.float32]:
    """(n, channels) float32, whatever the format of the frame."""
    channels, count = max(1, frame.layout.nb_channels), frame.samples
    dtype = _TYPES[frame.format.packed.name]
    if frame.format.is_planar:
        planes = frame.planes[: min(channels, _SAFE_PLANES)]
        array = np.stack([np.frombuffer(cast(Any, plane), dtype, count) for plane in planes], axis=1)
    else:
        array = np.frombuffer(cast(Any, frame.planes[0]), dtype, count * channels).reshape(count, channels)
    if dtype is np.uint8:
        return (array.astype(np.float32) - np.float32(128)) / np.float32(128)
    if array.dtype.kind == "i":
        return (array / np.float32(2.0 ** (8 * array.dtype.itemsize - 1))).astype(np.float32)
    return np.array(array, np.float32)
