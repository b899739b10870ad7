"""Starcut's own engine: layered illustration from words by algorithms alone, no model, no network."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from effects.frame import Frame
from engines.errors import EngineError
from engines.generate.base import Engine, Estimate, GenerationRequest, JobLike, Result
from engines.generate.film import sound_of
from engines.generate.picture import write_picture
from engines.generate.procedural.backends import draw_film
from engines.generate.procedural.compose.cues import brief_of, picture_of
from engines.generate.procedural.compose.score import compose
from engines.generate.procedural.create import create, describe
from engines.generate.procedural.draw.joined import Drawn, Joined
from engines.generate.procedural.draw.reference import ReferenceScene
from engines.generate.procedural.draw.scene import Scene
from engines.generate.procedural.grow.apply import grown, learnt_from_plain, weighed
from engines.generate.procedural.interpret import interpret
from engines.generate.procedural.interpret.meaning import nearest
from engines.generate.procedural.interpret.rewording import choices, reworded
from engines.generate.procedural.interpret.telling import told
from engines.generate.procedural.scene.file import from_plain, to_plain
from engines.generate.procedural.spec import Intent, SceneSpec
from engines.generate.understood import Chip, Choices, Rewording, Understood
from timeline.time import RationalTime


class Procedural(Engine):
    """Draws the scene that the prompt describes; the same request gives the same frames."""

    id: ClassVar[str] = "procedural"
    label: ClassVar[str] = "Starcut"
    version: ClassVar[str] = "2"

    def lacks(self, request: GenerationRequest) -> str:
        """Changes by words of films and pictures; music and sounds, for which the composer is asked otherwise."""
        if request.source_video:
            return "the Starcut engine does not change films by words"
        if request.makes == "picture" and request.image_reference:
            return "the Starcut engine does not change pictures by words"
        return "" if request.makes in ("film", "picture") else "the Starcut engine composes by moods, not by words"

    def estimate(self, request: GenerationRequest) -> Estimate:
        """From the number of pixels; measured on two slow cores."""
        frames = _frames(request.checked(), _heard(request))
        width, height = request.even_size
        return Estimate(0.6 + width * height * 1.2e-6 + frames * (0.003 + width * height * 3.0e-8))

    def generate(self, request: GenerationRequest, target: Path, job: JobLike) -> Result:
        """Understand, bake, draw and encode."""
        request.checked()
        if why := self.lacks(request):
            raise EngineError(f"{why[0].upper()}{why[1:]}.")
        job.check()
        if request.makes == "picture":
            return self._picture(request, target, job)
        job.progress(0.0, "Reading the prompt")
        intent = _heard(request)
        spec = _spec(request, intent)
        count, size = _frames(request, intent), request.even_size
        first, end = request.frames_of(count)
        samples: NDArray[np.float32] | None = None
        music: dict[str, Any] = {}
        if request.sound:
            job.progress(0.01, "Composing")
            seconds = float(count / request.rate)
            brief = brief_of(spec, _music_mood(spec), request.seed)
            score = compose(brief, seconds, picture_of(spec))
            music = {**brief.model_dump(mode="json"), "mood": score.mood, "bpm": round(score.bpm, 3)}
            samples = sound_of(score.samples, count, request.rate)
            if samples is not None:
                samples = samples[round(first * 48000 / request.rate) : round(end * 48000 / request.rate)]
            job.check()
        drawn = draw_film(
            target,
            spec,
            request,
            (first, end),
            samples,
            lambda: _film(spec, request, *size, keep_in=self.keep_in),
            job,
            self.keep_in,
        )
        heard = {"music": music} if music else {}
        return Result(target, request.seed, {**_facts(self, request, intent, spec, end - first), **drawn, **heard})

    def _picture(self, request: GenerationRequest, target: Path, job: JobLike) -> Result:
        """One picture of what the words say, from the middle of the film that they would make."""
        intent = _heard(request)
        spec = _spec(request, intent)
        job.progress(0.1, "Drawing")
        frame = self.sketch(request, spec.seconds / 2, request.even_size)
        job.check()
        write_picture(frame, target)
        return Result(target, request.seed, _facts(self, request, intent, spec, 1))

    def explain(self, request: GenerationRequest) -> Mapping[str, str]:
        """What is seen, which words were understood as what, and which change nothing."""
        intent = _heard(request)
        return {"Seen": _seen(request, _spec(request, intent)), **told(intent)}

    def understand(self, request: GenerationRequest) -> Understood:
        """Phrase by phrase."""
        intent = _heard(request)
        return Understood(_seen(request, _spec(request, intent)), intent.chips, intent.unknowns)

    def choices(self, chip: Chip) -> Choices:
        """Values of the chip's domain, degrees, counts."""
        return choices(chip)

    def reworded(self, prompt: str, chip: Chip, change: Rewording) -> str:
        """The prompt with other words for one wish."""
        return reworded(prompt, chip, change, interpret(GenerationRequest(prompt=prompt)).chips)

    def neighbours(self, words: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
        """By the text embedding of this machine, where there is one."""
        return nearest(words)

    def sketch(self, request: GenerationRequest, at: float, size: tuple[int, int]) -> Frame:
        """One picture of the film, for a storyboard card.

        `size` is rounded down to even; give it the film's proportions, or the composition will differ. Raises EngineError.
        """
        width, height = max(32, size[0] // 2 * 2), max(32, size[1] // 2 * 2)
        small = request.model_copy(update={"width": width, "height": height}).checked()
        spec = _spec(small, _heard(small))
        moment = min(max(at, 0.0), spec.seconds)
        film = _film(spec, small, width, height, 1.0, moment)
        return film.frame(round(moment * float(request.rate)), moment)

    def scene(self, request: GenerationRequest) -> dict[str, Any]:
        """The scene that the request makes, wholly decided, as plain values."""
        return to_plain(_spec(request.checked(), _heard(request)))


def _heard(request: GenerationRequest) -> Intent:
    """What the prompt says; nothing where a scene is given, which says everything itself."""
    return Intent() if request.scene else interpret(request)


def _spec(request: GenerationRequest, intent: Intent) -> SceneSpec:
    """The scene of a request: its own, fitted to its size and length, or what is made of its words. Raises EngineError."""
    settled = _settled(request, intent)
    if not request.scene:
        learnt = learnt_from_plain(request.learnt)
        return grown(create(weighed(intent, learnt), settled), intent, learnt)
    width, height = request.even_size
    seconds = settled.length.to_seconds()
    own = from_plain(request.scene)
    return replace(own, width=width, height=height, seconds=seconds, rate=request.rate, seed=request.seed)


def _seen(request: GenerationRequest, spec: SceneSpec) -> str:
    """One line for people: what will be seen."""
    if not request.image_reference:
        return describe(spec)
    parts = [spec.weather if spec.weather != "clear" else "", spec.camera.motion.replace("_", " ")]
    return ", ".join([Path(request.image_reference).name, *(part for part in parts if part)])


def _settled(request: GenerationRequest, intent: Intent) -> GenerationRequest:
    """The request with its length decided, on a frame boundary: the camera's path is made for it."""
    length = RationalTime.from_frames(_frames(request, intent), request.rate)
    return request.model_copy(update={"duration": length})


def _frames(request: GenerationRequest, intent: Intent) -> int:
    length = intent.duration if request.duration is None and intent.duration is not None else request.length
    # A length that the prompt names has not been checked yet.
    request.model_copy(update={"duration": length}).checked()
    return max(1, length.nearest_frame(request.rate))


def _film(
    spec: SceneSpec,
    request: GenerationRequest,
    width: int,
    height: int,
    fine: float = 1.25,
    only: float | None = None,
    keep_in: Path | None = None,
) -> Drawn:
    """The film to draw from; `only` one moment of it, if one is named."""

    def made(part: SceneSpec, moment: float | None) -> Drawn:
        if request.image_reference:
            return ReferenceScene(part, Path(request.image_reference), width, height)
        return Scene(part, width, height, fine, moment, keep_in=keep_in)

    return Joined(spec, width, height, made, only)


def _music_mood(spec: SceneSpec) -> str:
    if spec.mood:
        return spec.mood
    if spec.weather == "storm":
        return "dramatic"
    return {"night": "mysterious", "dusk": "melancholy", "golden_hour": "calm", "dawn": "hopeful"}.get(
        spec.time, "uplifting"
    )


def _facts(engine: Engine, request: GenerationRequest, intent: Intent, spec: SceneSpec, count: int) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "engine": engine.id,
        "version": engine.version,
        "seed": request.seed,
        "frames": count,
        "size": list(request.even_size),
        "seen": _seen(request, spec),
        "understood": dict(intent.understood),
        "unknown": list(intent.unknown),
        "scene": spec.as_plain(),
    }
    if (request.width, request.height) != request.even_size:
        facts["note"] = f"Made {request.even_size[0]}x{request.even_size[1]}: film sizes are even numbers."
    return facts
