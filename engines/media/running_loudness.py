"""Loudness of sound while it goes by: momentary, short-term and integrated (ITU-R BS.1770-4, EBU Tech 3341)."""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engines.media.loudness import GATE_LUFS, k_weighting, lufs_of, power_of

HOP_SECONDS = 0.1
"""How often there are new figures: blocks of 400 ms, overlapped by 75 %."""
_MEMORY_SECONDS = 0.08
"""How long the filters ring: what is left of the high-pass (38 Hz) behind that is 140 dB down."""
_MOMENTARY, _SHORT_TERM = 4, 30
_STEPS_PER_LU, _LOUDEST = 20, 20


@dataclass(frozen=True)
class Loudness:
    """LUFS of the last 0.4 s, of the last 3 s, and of all (gated); -inf where there is none yet."""

    momentary: float = -math.inf
    short_term: float = -math.inf
    integrated: float = -math.inf


class RunningLoudness:
    """Takes stereo samples piece by piece. What it keeps does not grow with time."""

    def __init__(self, sample_rate: int) -> None:
        self._hop = round(sample_rate * HOP_SECONDS)
        self._memory = round(sample_rate * _MEMORY_SECONDS)
        self._window = np.zeros(self._memory + self._hop, np.complex64)
        self._weighting = k_weighting(len(self._window), sample_rate).astype(np.complex64)
        self._filled = 0
        self._hops: deque[float] = deque(maxlen=_SHORT_TERM)
        steps = round((_LOUDEST - GATE_LUFS) * _STEPS_PER_LU)
        self._powers, self._counts = np.zeros(steps), np.zeros(steps)
        self.now = Loudness()

    def add(self, samples: NDArray[np.float32]) -> Loudness:
        """Go on with (n, 2) samples; the figures at their end."""
        done = 0
        while done < len(samples):
            piece = samples[done : done + self._hop - self._filled]
            at = self._memory + self._filled
            # Both channels in one transform: the filters are real, so left stays the real part and right the other.
            self._window.real[at : at + len(piece)] = piece[:, 0]
            self._window.imag[at : at + len(piece)] = piece[:, 1]
            self._filled += len(piece)
            done += len(piece)
            if self._filled == self._hop:
                self._end_hop()
        return self.now

    def _end_hop(self) -> None:
        """Overlap-save: what the window's head would bend round lies in the memory, and is left out."""
        with np.errstate(invalid="ignore", over="ignore"):  # what is no number, or no sound, counts as silence
            weighted = np.fft.ifft(np.fft.fft(self._window) * self._weighting)[self._memory :]
        self._hops.append(float(np.vdot(weighted, weighted).real) / self._hop)
        self._window[: self._memory] = self._window[self._hop :]
        self._filled = 0
        if len(self._hops) >= _MOMENTARY:
            block = math.fsum(list(self._hops)[-_MOMENTARY:]) / _MOMENTARY
            self._count(block)
            short = math.fsum(self._hops) / len(self._hops)
            self.now = Loudness(lufs_of(block), lufs_of(short), self._integrated())

    def _count(self, power: float) -> None:
        """Blocks above the absolute gate, by their loudness in steps of a twentieth of a unit."""
        if math.isfinite(power) and power > power_of(GATE_LUFS):
            step = min(int((lufs_of(power) - GATE_LUFS) * _STEPS_PER_LU), len(self._counts) - 1)
            self._powers[step] += power
            self._counts[step] += 1

    def _integrated(self) -> float:
        """The relative gate, 10 LU below the mean, falls on a step: blocks of that one step count wholly."""
        blocks = float(self._counts.sum())
        if not blocks:
            return -math.inf
        gate = lufs_of(float(self._powers.sum()) / blocks / 10)
        first = min(max(0, int((gate - GATE_LUFS) * _STEPS_PER_LU)), len(self._counts) - 1)
        return lufs_of(float(self._powers[first:].sum()) / float(self._counts[first:].sum()))
