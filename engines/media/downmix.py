"""Any number of channels to two."""

from __future__ import annotations

from typing import cast

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


def stereo(frame: AudioFrame) -> NDArray[np.float32]:
    """The samples of a frame as (n, 2) float32, full scale ±1; mono goes to both sides at full level."""
    samples = _floats(frame)
    names = [channel.name for channel in frame.layout.channels]
    if samples.shape[1] == 1:
        return np.repeat(samples, 2, axis=1)
    if names == ["FL", "FR"]:
        return samples
    gains = [_LEFT_RIGHT.get(name) for name in names]
    if all(gain is None for gain in gains):
        return np.ascontiguousarray(samples[:, :2])
    matrix = np.array([gain or (0.0, 0.0) for gain in gains], np.float32)
    return cast(NDArray[np.float32], samples @ matrix)


def _floats(frame: AudioFrame) -> NDArray[np.float32]:
    """(n, channels) float32, whatever the format of the frame."""
    array = frame.to_ndarray()
    channels = frame.layout.nb_channels
    array = array.T if frame.format.is_planar else array.reshape(-1, channels)
    if array.dtype == np.uint8:
        return (array.astype(np.float32) - np.float32(128)) / np.float32(128)
    if array.dtype.kind == "i":
        return (array / np.float32(2 ** (8 * array.dtype.itemsize - 1))).astype(np.float32)
    return np.ascontiguousarray(array, np.float32)
