"""Who draws a film: the processor, or a graphics device whose failing costs nothing but the time until then."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from effects.frame import Frame
from engines.generate.base import GenerationRequest, JobLike
from engines.generate.film import write_film
from engines.generate.procedural.draw.gpu.device import GpuFault, is_installed, is_worth_it
from engines.generate.procedural.draw.gpu.film import GpuFilm
from engines.generate.procedural.draw.joined import Drawn
from engines.generate.procedural.spec import SceneSpec

log = logging.getLogger(__name__)

PROCESSOR = "processor"


def wants_gpu(request: GenerationRequest) -> bool:
    """Whether a request is to be drawn on a graphics device, if one can be had. Films from pictures never are."""
    if request.image_reference or request.backend == "processor":
        return False
    return is_worth_it() if request.backend == "auto" else is_installed()


def draw_film(
    target: Path,
    spec: SceneSpec,
    request: GenerationRequest,
    frames: tuple[int, int],
    samples: NDArray[np.float32] | None,
    by_processor: Callable[[], Drawn],
    job: JobLike,
    keep_in: Path | None = None,
) -> dict[str, str]:
    """Draw frames [first, end) to `target`; who drew them, and why not who was asked, as facts of the take.

    A device that fails, midway or at once, is followed by the processor, from the first frame. Raises as write_film does.
    """
    first, end = frames

    def write(film: Drawn) -> None:
        def drawer(index: int) -> Frame:
            return film.frame(first + index, float((first + index) / request.rate))

        size, rate = request.even_size, request.rate
        said = request.prompt
        write_film(target, drawer, end - first, size=size, rate=rate, samples=samples, job=job, first=0.05, words=said)

    facts = {"drawn_by": PROCESSOR}
    if wants_gpu(request):
        try:
            return {"drawn_by": f"gpu: {_on_device(spec, request, write, keep_in)}"}
        except GpuFault as fault:
            log.warning("the graphics device failed, the processor draws: %s", fault)
            facts["gpu_fault"] = str(fault)
    elif request.backend == "gpu" and not request.image_reference:
        facts["gpu_fault"] = "OpenGL for Python (moderngl) is not installed."
    job.progress(0.01, "Painting the scene")
    film = by_processor()
    job.check()
    write(film)
    return facts


def _on_device(
    spec: SceneSpec, request: GenerationRequest, write: Callable[[Drawn], None], keep_in: Path | None
) -> str:
    film = GpuFilm(spec, *request.even_size, keep_in)
    try:
        write(film)
        return film.renderer
    finally:
        film.close()
