"""The sound of one run as it is written, sample after sample: a voice for each leg, and a short way from one to the next."""

from __future__ import annotations

import logging
from collections.abc import Callable

import numpy as np

from engines.play.course import Leg
from engines.play.voice import Read, Silence, Voice, voice_of
from engines.render.resample import Sound

log = logging.getLogger(__name__)

RAMP_SECONDS = 0.003
"""How long two legs sound together: without it a jump clicks."""


class Strand:
    """Writes legs in their order; belongs to the sounding thread. A leg ends where it says, or where `turn` cuts it."""

    def __init__(self, first: Leg, read: Read, following: Callable[[Leg], Leg | None]) -> None:
        self._read = read
        self._following = following
        self._leg: Leg | None = first
        self._voice: Voice = voice_of(first, read)
        self._left = first.length
        self._tail = np.zeros((0, 2), np.float32)
        self._ramp = max(1, round(first.sample_rate * RAMP_SECONDS))

    def next(self, count: int) -> Sound:
        """The next samples of the run; silence behind its end, and where the sound cannot be mixed."""
        parts: list[Sound] = []
        while count > 0:
            if self._left <= 0 and self._leg is not None:
                self._pass_on()
            piece = count if self._leg is None else min(count, self._left)
            parts.append(self._blended(_heard(self._voice, piece)))
            self._left -= piece
            count -= piece
        return parts[0] if len(parts) == 1 else np.concatenate(parts)

    def tail(self) -> Sound:
        """How the present leg would sound on for a moment; it has to be left after this."""
        return _heard(self._voice, self._ramp)

    def prepared(self, leg: Leg, read: Read, count: int) -> tuple[Voice, Sound]:
        """A voice for a leg to turn to, and its first samples."""
        voice = voice_of(leg, read)
        return voice, _heard(voice, min(count, leg.length))

    def turn(self, leg: Leg, prepared: tuple[Voice, Sound], tail: Sound, read: Read) -> Sound:
        """Go on along `leg`; `tail` is what would have been heard instead. Its first samples, to be written now."""
        self._read = read
        self._leg = leg
        self._voice, first = prepared
        self._left = leg.length - len(first)
        self._tail = tail[: self._ramp]
        return self._blended(first)

    def _pass_on(self) -> None:
        leg = self._leg
        following = self._following(leg) if leg is not None else None
        self._tail = self.tail()
        self._leg = following
        self._voice = voice_of(following, self._read) if following is not None else Silence()
        self._left = following.length if following is not None else 0

    def _blended(self, sound: Sound) -> Sound:
        """The end of the leg before goes out under the head of this one."""
        if not len(self._tail):
            return sound
        count = min(len(self._tail), len(sound))
        begun = self._ramp - len(self._tail)
        rising = np.sin((np.arange(begun, begun + count) + 0.5) / self._ramp * (np.pi / 2)) ** 2
        weight = rising.astype(np.float32)[:, None]
        old, new = self._tail[:count], sound[:count]
        sound = np.array(sound, np.float32)
        sound[:count] = np.where(old == new, new, new * weight + old * (1 - weight))  # what goes on is not touched
        self._tail = self._tail[count:]
        return sound


def _heard(voice: Voice, count: int) -> Sound:
    try:
        return voice.next(count)
    except Exception:  # render fence: see docs/architecture.md, section 10
        log.exception("sound could not be mixed; it is silent here")
        return np.zeros((count, 2), np.float32)
