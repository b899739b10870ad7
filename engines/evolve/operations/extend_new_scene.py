"""New scene."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from effects.frame import Frame
from effects.params import param
from effects.planes import eased, mixed
from engines.errors import EngineError
from engines.evolve.base import Film, Making, Operation, SourceClip
from engines.evolve.continuing import continued_sound
from engines.evolve.lengths import target_count, target_param, told_length
from engines.evolve.scenery import DrawnScene

_UNSET_SECONDS = 5
_SHOWN = "a quiet landscape"
"""For previews, before anything was written."""


class NewScene(Operation):
    """Add a scene behind the clip that the Starcut engine draws from your words, in the clip's own colours, size and rate.

    It is an illustration, not footage: the clip's people and places do not appear in it. The clip's sound goes on under it.
    """

    title = "New scene"
    keeps_length: ClassVar[bool] = False

    description: str = param(
        "", widget="multiline", label="What is seen", help="In plain words; empty: as the clip was described."
    )
    target_duration: float = target_param("5 s more")
    join: float = param(
        0.5, ge=0, le=5, unit="s", step=0.1, label="Dissolve", unset="Cut", help="From the clip into the scene."
    )
    own_colours: bool = param(
        True, label="Clip colours", help="In the colours of the clip; off: in the colours the words call for."
    )

    def film(self, sources: Sequence[SourceClip], how: Making) -> Film:
        """The clip, a dissolve, the scene. Raises EngineError without words, or for a length below the parent's."""
        source = sources[0]
        words = self.description.strip() or source.words.strip() or (_SHOWN if how.draft else "")
        if not words:
            raise EngineError("What is to be seen? Describe the new scene in a few words.")
        count = target_count(source, self.target_duration, source.count + round(_UNSET_SECONDS * source.rate))
        added = count - source.count
        overlap = min(round(self.join * float(source.rate)), source.count - 1, added)
        first = source.count - overlap
        scene = DrawnScene(source, words, added + overlap, how, own_colours=self.own_colours) if added else None

        def frame(index: int) -> Frame:
            if index < first or scene is None:
                return source.frame(index)
            if index >= source.count:
                return scene.frame(index - first)
            return mixed(source.frame(index), scene.frame(index - first), eased((index - first + 1) / (overlap + 1)))

        samples = continued_sound(source.samples(), source.count, count, source.rate)
        seen = scene.seen if scene else "nothing to add"
        changes = (("Added", seen), ("Drawn by", "the Starcut engine"), told_length(source, count))
        return Film(count, frame, source.size, source.rate, samples, changes)
