"""What a scene becomes: "A, then B" in even parts, and prompts that were set to moments of the film."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

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
    made: list[Key] = []
    length = film.seconds / (len(beats) + 1)
    before, scene_before = intent.beats[0] if beats else intent, film
    for index, beat in enumerate(beats):
        scene = of_film(make(heard(_moved_on(beat, before), intent), request, film.seconds), film)
        if scene != replace(scene_before, keys=()):
            is_same = scene.setting == scene_before.setting
            fade = _fade(first.first("transition"), length, is_same, len(beats))
            middle = (index + 1) * length
            made.append(Key(min(1.0, (middle + fade / 2) / film.seconds), scene, fade))
        before, scene_before = beat, scene
    return tuple(made)


def _moved_on(beat: Intent, before: Intent) -> Intent:
    """Who was in one place does not come along to another, unless named again."""
    if beat.setting != before.setting and beat.cast == before.cast:
        return replace(beat, cast=(), subjects=(), relations=())
    return beat


def _fade(transition: str, length: float, is_same_place: bool, changes: int) -> float:
    """How long a change takes: none for a cut; in one place it is slow, as light changes, the only one the slowest."""
    if transition == "cut":
        return 0.0
    if is_same_place:
        return length * (1.4 if changes == 1 else 1.0)
    return min(_FADE_SECONDS, _FADE_SHARE * length)


def _set_to_moments(film: SceneSpec, first: Heard, request: GenerationRequest, make: MakeScene) -> tuple[Key, ...]:
    """Each is reached at its moment by a change that begins at the one before; what it does not name stays."""
    made, said, before = [], first, 0.0
    for one in sorted(request.keyframes, key=lambda key: key.at)[:_MOST]:
        asked = request.model_copy(update={"prompt": one.prompt, "keyframes": ()})
        intent = interpret(asked)
        # "Night" alone would lead to a place of its own; here it changes the place there is.
        intent = intent if intent.all("setting") else replace(intent, setting="")
        said = heard(intent).over(said)
        at = min(one.at, film.seconds)
        scene = of_film(make(said, request, film.seconds), film)
        made.append(Key(at / film.seconds, scene, max(0.0, at - before), one.prompt))
        before = at
    return tuple(made)
