"""Starcut's own engine: layered illustration from words by algorithms alone, no model, no network."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from effects.frame import Frame
from engines.generate.base import Engine, Estimate, GenerationRequest, JobLike, Result
from engines.generate.film import sound_of, write_film
from engines.generate.procedural.create import create
from engines.generate.procedural.draw.scene import Scene
from engines.generate.procedural.interpret import interpret
from engines.generate.procedural.spec import Intent
from timeline.storyboard import DEFAULT_SHOT_SECONDS
from timeline.time import RationalTime


class Procedural(Engine):
    """Draws the scene that the prompt describes; the same request gives the same frames."""

    id: ClassVar[str] = "procedural"
    label: ClassVar[str] = "Starcut"

    def estimate(self, request: GenerationRequest) -> Estimate:
        """From the number of pixels: about a second of work for a second of 720p film on two cores."""
        frames = self._frames(request.checked(), interpret(request))
        width, height = request.even_size
        return Estimate(1.5 + frames * (0.004 + width * height * 2.5e-8))

    def generate(self, request: GenerationRequest, target: Path, job: JobLike) -> Result:
        """Understand, bake, draw and encode."""
        request.checked()
        job.check()
        job.progress(0.0, "Reading the prompt")
        intent = interpret(request)
        count = self._frames(request, intent)
        size = request.even_size
        job.progress(0.01, "Painting the scene")
        spec = create(intent, request)
        scene = Scene(spec, *size)
        job.check()

        def drawer(index: int) -> Frame:
            return scene.frame(index, float(index / request.rate))

        samples = sound_of(None, count, request.rate)
        write_film(target, drawer, count, size=size, rate=request.rate, samples=samples, job=job, first=0.05)
        facts = {
            "engine": self.id,
            "version": self.version,
            "frames": count,
            "size": list(size),
            "scene": spec.as_plain(),
        }
        return Result(target, request.seed, facts)

    def preview_frame(self, request: GenerationRequest, at: float, size: tuple[int, int]) -> Frame:
        """One picture of the film at `at` seconds, quickly and small (both sides of `size` even): for a storyboard card."""
        intent = interpret(request)
        width, height = size[0] // 2 * 2, size[1] // 2 * 2
        spec = create(intent, request.model_copy(update={"width": width, "height": height}))
        return Scene(spec, width, height, fine=1.0).frame(round(at * float(request.rate)), at)

    def _frames(self, request: GenerationRequest, intent: Intent) -> int:
        length = request.duration or intent.duration or RationalTime(DEFAULT_SHOT_SECONDS)
        return max(1, length.nearest_frame(request.rate))
