"""Words over the picture: titles that were asked for, and the templates of an explanation and of a lesson in steps."""

from __future__ import annotations

from engines.generate.procedural.create.heard import Heard
from engines.generate.procedural.intent import TextWish
from engines.generate.procedural.scene.parts import MOST_ROWS, Text
from engines.generate.procedural.scene.spec import SceneSpec

_MOST_STEPS = 12
_MOST_LETTERS = 400
_TITLE_SHARE = 0.3
_TITLE_SECONDS = 3.5


def texts_of(said: Heard, film: SceneSpec) -> tuple[Text, ...]:
    """The texts of a film: its title alone, or a title and then its steps or details one after another; and what else was asked."""
    made = [*_lesson(said, film), *(_wished(wish) for wish in said.texts)]
    return tuple(made[:MOST_ROWS])


def _lesson(said: Heard, film: SceneSpec) -> list[Text]:
    title, steps = said.title[:_MOST_LETTERS], said.steps[:_MOST_STEPS]
    if not title and not steps:
        return []
    turn = min(0.5, max(0.25, _TITLE_SECONDS / film.seconds))
    if not steps and said.explains:
        # The concept alone: its name large, then small while the example is seen.
        return [Text(title, "centre", "title", 0.0, turn), Text(title, "lower_third", "caption", turn, 1.0)]
    if not steps:
        return [Text(title, "centre", "title", 0.0, 1.0 if film.seconds <= 6 else min(1.0, 5 / film.seconds))]
    start = min(_TITLE_SHARE, _TITLE_SECONDS / film.seconds) if title else 0.0
    made = [Text(title, "centre", "title", 0.0, start)] if title else []
    each = (1.0 - start) / len(steps)
    for number, step in enumerate(steps):
        words = step if said.explains else f"{number + 1}  {step}"
        end = 1.0 if number + 1 == len(steps) else start + (number + 1) * each
        made.append(Text(words[:_MOST_LETTERS], "lower_third", "step", start + number * each, end))
    return made


def _wished(wish: TextWish) -> Text:
    """A text that was asked for, where its kind usually stands."""
    usual = {"title": "centre", "subtitle": "bottom", "caption": "bottom", "step": "lower_third"}
    return Text(wish.text[:_MOST_LETTERS], wish.place or usual[wish.kind], wish.kind)
