"""Glitch."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import ClassVar

from effects.frame import Frame
from effects.params import param
from effects.seeds import stream
from engines.evolve.base import Film, Making, Operation, SourceClip
from engines.evolve.broken import damaged, taped, torn
from engines.evolve.bursts import burst_at, bursts, stuttered, worn
from engines.evolve.datamosh import Mosh
from timeline.time import RationalTime

_HANGS = 0.6
"""Level from which a digital picture hangs on a few frames."""
_RATE = {"digital": 14, "analog": 24, "corruption": 7}
"""How often a broken picture breaks anew, a second."""


class GlitchStyle(StrEnum):
    """What is broken."""

    DIGITAL = "digital"
    ANALOG = "analog"
    DATAMOSH = "datamosh"
    CORRUPTION = "corruption"


class Glitch(Operation):
    """Break the clip as a bad link, a worn tape or a damaged file does, in bursts; or lose its key frames (datamosh).

    Datamosh is the real thing: the measured motion of one part of the clip drags the pixels of another. Digital and damaged sound
    hangs and stutters where the picture breaks, tape wavers and hisses, datamosh leaves the sound as it is. A clip in which
    nothing moves has nothing to drag.
    """

    title = "Glitch"
    aliases: ClassVar[dict[str, str]] = {"chaos": "strength", "chaos_level": "strength", "style": "glitch_style"}

    glitch_style: GlitchStyle = param(
        GlitchStyle.DIGITAL, help="A bad link, a tape, lost key frames, or a damaged file."
    )
    strength: float = param(
        0.5, ge=0, le=1, step=0.01, widget="slider", label="Chaos", help="0 changes nothing, 1 breaks most of it."
    )

    def film(self, sources: Sequence[SourceClip], how: Making) -> Film:
        """The broken clip, as long as it was."""
        source = sources[0]
        if self.glitch_style is GlitchStyle.DATAMOSH:
            return self._moshed(source, how)
        style = self.glitch_style
        row = bursts(source.count, source.rate, how.seed, self.strength)
        draws = {GlitchStyle.DIGITAL: torn, GlitchStyle.ANALOG: taped, GlitchStyle.CORRUPTION: damaged}
        unit = source.size[0] / 1280

        def frame(index: int) -> Frame:
            burst = burst_at(row, index)
            # a tape is worn all along and only worse here and there
            level = max(0.55 * self.strength, burst.level) if style is GlitchStyle.ANALOG else burst.level
            hangs = style is GlitchStyle.DIGITAL and level >= _HANGS
            given = source.frame(burst.first + (index - burst.first) % 3 if hangs else index)
            if level <= 0:
                return given
            at = RationalTime.from_frames(index, source.rate)
            draw = stream(how.seed, style.value, at, _RATE[style.value])
            return draws[style](given, at, level, unit, how.seed % 1_000_000, draw)

        samples = source.samples()
        told = "unchanged"
        if samples is not None and style is GlitchStyle.ANALOG:
            samples, told = worn(samples, self.strength, how.seed), "wavers and hisses"
        elif samples is not None:
            crushed = 0.8 if style is GlitchStyle.CORRUPTION else 0.0
            samples, told = stuttered(samples, row, source.rate, how.seed, crushed), "hangs where the picture breaks"
        broken = sum(one.level > 0 for one in row)
        changes = (("Broken", f"{broken} of {len(row)} stretches"), ("Sound", told), ("Length", "unchanged"))
        return Film(source.count, frame, source.size, source.rate, samples, changes)

    def _moshed(self, source: SourceClip, how: Making) -> Film:
        mosh = Mosh(source, how.seed, self.strength, draft=how.draft)
        changes = (("Key frames lost", str(mosh.stretches)), ("Length and sound", "unchanged"))
        return Film(source.count, mosh.frame, source.size, source.rate, source.samples(), changes)
