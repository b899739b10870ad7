"""Scenes of the embedded engine in the size, rate and colours of a clip."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from effects.frame import Frame
from effects.video.color_correct import ColorCorrect
from engines.analyse.swatches import ColourCount, code_of
from engines.evolve.base import Making, SourceClip
from engines.generate.base import GenerationRequest
from engines.generate.procedural.create import create, describe
from engines.generate.procedural.draw.joined import Drawn, Joined
from engines.generate.procedural.draw.scene import Scene
from engines.generate.procedural.interpret import interpret
from engines.generate.procedural.scene.parts import PaletteUse
from engines.generate.procedural.spec import SceneSpec
from timeline.time import ZERO, RationalTime

_LOOKS = 6
_GREY = 0.3
"""Levels of chroma that count as none."""
_FINE = 1.25
"""How finely plates are laid, against the film's own pixels: as the engine does for films of its own."""


class DrawnScene:
    """A film of `count` frames drawn from words, like `source` in size, rate and (with `own_colours`) palette."""

    def __init__(self, source: SourceClip, words: str, count: int, how: Making, *, own_colours: bool = True) -> None:
        """Raises EngineError for what the engine cannot draw: a picture that is too small or too large."""
        width, height = source.size
        self._rate = source.rate
        length = RationalTime.from_frames(count, source.rate)
        request = GenerationRequest(
            prompt=words, duration=length, width=width, height=height, rate=source.rate, seed=how.seed
        ).checked()
        spec = create(interpret(request), request)
        if own_colours:
            spec = replace(spec, palettes=(PaletteUse("clip", 1.0, palette_of(source)),))
        self.seen = describe(spec)

        def made(part: SceneSpec, moment: float | None) -> Drawn:
            return Scene(part, width, height, 1.0 if how.draft else _FINE, moment)

        self._film = Joined(spec, width, height, made)
        self._saturation = 1.0
        if own_colours:  # a lighthouse is red in any palette, but not behind a black and white film
            there = chroma_of_frame(self._drawn(count // 2))
            self._saturation = min(1.0, (_chroma(source) + _GREY) / (there + _GREY))

    def frame(self, index: int) -> Frame:
        """Picture `index` of the scene."""
        return ColorCorrect(saturation=self._saturation).render(self._drawn(index), ZERO)

    def _drawn(self, index: int) -> Frame:
        return self._film.frame(index, float(index / self._rate))


def chroma_of_frame(frame: Frame) -> float:
    """Mean chroma of a picture, in levels."""
    u, v = (plane.astype(np.float32) - 128 for plane in frame.planes[1:3])
    return float(np.hypot(u, v).mean())


def _chroma(source: SourceClip) -> float:
    places = np.unique(np.linspace(0, source.count - 1, _LOOKS).astype(int))
    return float(np.mean([chroma_of_frame(source.frame(int(place))) for place in places]))


def palette_of(source: SourceClip) -> tuple[str, ...]:
    """The main colours of a clip, dark to light, as rrggbb."""
    colours = ColourCount()
    for place in np.unique(np.linspace(0, source.count - 1, _LOOKS).astype(int)):
        colours.add(source.rgb(int(place))[::4, ::4])
    found = sorted(colours.swatches(), key=lambda one: float(one[0][0]))
    return tuple(code_of(lab).lstrip("#") for lab, _ in found)
