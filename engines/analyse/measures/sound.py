"""Sound: how loud, how fast, what begins when, and whether it is speech, music, noise or silence."""

from __future__ import annotations

from typing import ClassVar, Literal

import numpy as np
from numpy.typing import NDArray

from engines.analyse.base import SOUND_RATE, Clip, Figures, Measure, figure
from engines.analyse.curves import shortened
from engines.analyse.hearing import Kind, flatness, kinds_of
from engines.analyse.rhythm import HOP, SIZE, bands, onsets, tempo
from engines.media.running_loudness import RunningLoudness

_MOST_ONSETS = 2000
_CURVE = 240
_LONGEST_RHYTHM = 600
"""Seconds of sound of which the tempo is looked for."""
_QUIETEST = -120.0


class Sound(Figures):
    """Sound of a clip, as it is heard in stereo."""

    loudness: float | None = figure("Integrated loudness (BS.1770-4); none for silence.", "LUFS")
    loudest: float | None = figure("The loudest 0.4 seconds.", "LUFS")
    peak: float = figure("The highest sample.", "dBFS")
    tempo: float | None = figure("Tempo; none without a steady pulse.", "bpm")
    tempo_sure: float = figure("How sure the tempo is, 0..1.")
    onsets: tuple[float, ...] = figure("When something begins, at most 2,000.", "s")
    onset_rate: float = figure("Onsets a second.", "/s")
    tonality: float = figure("0 noise, 1 a clear tone.")
    centroid: float = figure("Where the middle of the spectrum lies.", "Hz")
    speech: float = figure("Share of the time that sounds like speech.")
    music: float = figure("Share of the time that sounds like music.")
    noise: float = figure("Share of the time that is neither: ambience, effects.")
    silence: float = figure("Share of the time that is silent.")
    kind: Literal["speech", "music", "noise", "silence"] = figure("The largest of the four.")
    curve: tuple[float, ...] = figure("Level over time (RMS), at most 240 points.", "dBFS")


class SoundMeasure(Measure[Sound]):
    """Sound, in looks of a hundredth of a second."""

    label: ClassVar[str] = "Sound"
    needs: ClassVar[Literal["every", "some", "pair", "sound"]] = "sound"
    figures: ClassVar[type[Figures]] = Sound

    def __init__(self, clip: Clip) -> None:
        super().__init__(clip)
        self._loudness = RunningLoudness(SOUND_RATE)
        self._loudest, self._peak = -np.inf, 0.0
        self._bands = bands(SOUND_RATE)
        self._bins = np.fft.rfftfreq(SIZE, 1 / SOUND_RATE).astype(np.float32)
        # 140 Hz to 8 kHz: above, many codecs leave nothing, which would pass for a tone.
        self._heard_bins = slice(6, 342)
        self._window = np.hanning(SIZE).astype(np.float32)
        # Begun half a window before the sound, so that look n lies at n hops.
        self._rest = np.zeros(SIZE // 2, np.float32)
        self._last: NDArray[np.float32] | None = None
        self._flux: list[NDArray[np.float32]] = []
        self._levels: list[NDArray[np.float32]] = []
        self._flat: list[NDArray[np.float32]] = []
        self._middle: list[NDArray[np.float32]] = []
        self._heard = 0

    def hear(self, samples: NDArray[np.float32]) -> None:
        """Loudness of the stereo sound, spectra of its sum."""
        samples = np.nan_to_num(samples, nan=0.0, posinf=0.0, neginf=0.0)
        self._heard += len(samples)
        self._peak = max(self._peak, float(np.abs(samples).max(initial=0.0)))
        tenth = SOUND_RATE // 10
        for start in range(0, len(samples), tenth):
            now = self._loudness.add(samples[start : start + tenth])
            self._loudest = max(self._loudest, now.momentary)
        mono = np.concatenate((self._rest, samples.mean(axis=1)))
        count = max(0, (len(mono) - SIZE) // HOP + 1)
        self._rest = mono[count * HOP :]
        if count:
            looks = np.lib.stride_tricks.sliding_window_view(mono, SIZE)[::HOP][:count]
            self._take(looks)

    def _take(self, looks: NDArray[np.float32]) -> None:
        power = np.abs(np.fft.rfft(looks * self._window, axis=1)).astype(np.float32) ** 2 / (SIZE * SIZE / 16)
        self._levels.append(np.sqrt(np.mean(np.square(looks), axis=1)))
        gathered = np.log10(1 + 1e5 * (power @ self._bands.T)).astype(np.float32)
        before = gathered[:1] if self._last is None else self._last
        rise = np.maximum(np.diff(np.concatenate((before, gathered)), axis=0), 0).mean(axis=1)
        self._last = gathered[-1:]
        self._flux.append(rise)
        self._flat.append(flatness(power[:, self._heard_bins]))
        self._middle.append((power[:, 1:] @ self._bins[1:]) / (power[:, 1:].sum(axis=1) + 1e-12))

    def found(self) -> Sound | None:
        """Figures over all that was heard."""
        if not self._heard:
            return None
        if not self._levels:
            self.hear(np.zeros((SIZE, 2), np.float32))
        rate = SOUND_RATE / HOP
        level = np.concatenate(self._levels).astype(np.float64)
        flux = np.concatenate(self._flux).astype(np.float64)
        flat, middle = (np.concatenate(one).astype(np.float64) for one in (self._flat, self._middle))
        bpm, sure = tempo(flux[: int(_LONGEST_RHYTHM * rate)], rate)
        begins = onsets(flux, rate)
        shares = kinds_of(level, flat, flux, rate, pulse=sure if bpm is not None else 0.0)
        loud = level > 1e-4
        weights = level**2 + 1e-12
        integrated = self._loudness.now.integrated
        kind: Kind = max(shares, key=lambda one: shares[one])
        return Sound(
            loudness=round(integrated, 2) if np.isfinite(integrated) else None,
            loudest=round(self._loudest, 2) if np.isfinite(self._loudest) else None,
            peak=round(_decibels(self._peak), 2),
            tempo=None if bpm is None else round(bpm, 2),
            tempo_sure=round(sure, 3),
            onsets=tuple(round(one, 3) for one in begins[:_MOST_ONSETS]),
            onset_rate=round(len(begins) * SOUND_RATE / self._heard, 3),
            tonality=round(
                float(1 - np.average(np.minimum(1, flat / 0.56), weights=weights)) if loud.any() else 0.0, 4
            ),
            centroid=round(float(np.average(middle, weights=weights)) if loud.any() else 0.0, 1),
            kind=kind,
            curve=shortened([_decibels(one) for one in _thinned(level)], _CURVE),
            **{name: round(share, 4) for name, share in shares.items()},
        )


def _thinned(level: NDArray[np.float64]) -> NDArray[np.float64]:
    """RMS of some hundred pieces of the sound."""
    edges = np.linspace(0, len(level), min(len(level), _CURVE) + 1).astype(int)
    return np.sqrt(np.add.reduceat(level**2, edges[:-1]) / np.diff(edges))


def _decibels(amplitude: float) -> float:
    return max(_QUIETEST, 20 * float(np.log10(amplitude))) if amplitude > 0 else _QUIETEST
