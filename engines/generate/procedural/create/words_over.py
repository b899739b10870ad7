"""Words over the picture: titles that were asked for, and the templates of an explanation and of a lesson in steps."""

from __future__ import annotations

from engines.generate.procedural.create.heard import Heard
from engines.generate.procedural.scene.parts import Text
from engines.generate.procedural.scene.spec import SceneSpec

_MOST_STEPS = 12
_TITLE_SHARE = 0.3
_TITLE_SECONDS = 3.5


def texts_of(said: Heard, film: SceneSpec) -> tuple[Text, ...]:
    """The texts of a film: its title alone, or a title and then its steps or details one after another."""
    if not said.title and not said.steps:
        return ()
    steps = said.steps[:_MOST_STEPS]
    if not steps:
        if said.explains:
            # The concept alone: its name large, then small while the example is seen.
            turn = min(0.5, max(0.3, _TITLE_SECONDS / film.seconds))
            return (
                Text(said.title, "centre", "title", 0.0, turn),
                Text(said.title, "lower_third", "caption", turn, 1.0),
            )
        return (Text(said.title, "centre", "title", 0.0, 1.0 if film.seconds <= 6 else min(1.0, 5 / film.seconds)),)
    start = min(_TITLE_SHARE, _TITLE_SECONDS / film.seconds) if said.title else 0.0
    made = [Text(said.title, "centre", "title", 0.0, start)] if said.title else []
    each = (1.0 - start) / len(steps)
    for number, step in enumerate(steps):
        words = f"{number + 1}  {step}" if not said.explains else step
        made.append(Text(words, "lower_third", "step", start + number * each, min(1.0, start + (number + 1) * each)))
    return tuple(made)
