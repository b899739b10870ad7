"""What a scene becomes: "A, then B" in even parts, and prompts that were set to moments of the film."""

from __future__ import annotations

from collections.abc import Callable

from engines.generate.base import GenerationRequest
from engines.generate.procedural.create.heard import Heard, heard
from engines.generate.procedural.interpret import interpret
from engines.generate.procedural.scene.blend import of_film
from engines.generate.procedural.scene.spec import Key, SceneSpec
from engines.generate.procedural.spec import Intent

_FADE_SECONDS = 1.2
_FADE_SHARE = 0.22
_MOST = 24

MakeScene = Callable[[Heard, GenerationRequest, float], SceneSpec]


def keys_of(
    film: SceneSpec, first: Heard, intent: Intent, request: GenerationRequest, make: MakeScene
) -> tuple[Key, ...]:
    """The keys of a film: those set to moments, which change the scene slowly, else the beats of its prompt."""
    if request.keyframes:
        return _set_to_moments(film, first, request, make)
    beats = intent.beats[1:_MOST]
    made, said, count = [], first, len(beats) + 1
    for index, beat in enumerate(beats):
        said = heard(beat).over(said)
        fade = min(_FADE_SECONDS, _FADE_SHARE * film.seconds / count)
        at = min(1.0, (index + 1) / count + fade / 2 / film.seconds)
        made.append(Key(at, of_film(make(said, request, film.seconds), film), fade))
    return tuple(made)


def _set_to_moments(film: SceneSpec, first: Heard, request: GenerationRequest, make: MakeScene) -> tuple[Key, ...]:
    """Each is reached at its moment by a change that begins at the one before; what it does not name stays."""
    made, said, before = [], first, 0.0
    for one in sorted(request.keyframes, key=lambda key: key.at)[:_MOST]:
        asked = request.model_copy(update={"prompt": one.prompt, "keyframes": ()})
        said = heard(interpret(asked)).over(said)
        at = min(one.at, film.seconds)
        scene = of_film(make(said, request, film.seconds), film)
        made.append(Key(at / film.seconds, scene, max(0.0, at - before), one.prompt))
        before = at
    return tuple(made)
