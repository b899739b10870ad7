"""The embedded engine: processor time for a second of film, all in, in every setting; and what the plates take to be painted.

A film is five seconds of 1280x720 at 24 frames a second with music, from the prompt to the file, in this process: the start of
Python is not in it, baking, composing and encoding are. Two more rows show what weather does to the encoder.
"""

from __future__ import annotations

import resource
import time
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

from engines.generate.base import GenerationRequest
from engines.generate.procedural.draw.scene import Scene
from engines.generate.procedural.draw.setting import settings
from engines.generate.procedural.spec import CameraPath, SceneSpec
from engines.generate.registry import engine
from tests.benchmarks.base import Bench, Row, at_least, at_most

SIZE, RATE, SECONDS = (1280, 720), 24, 5.0
USUAL_BAR, WORST_BAR, SETTINGS_BAR, BAKE_BAR = 1.0, 1.8, 20, 2.0
QUICK = ("sea", "mountains", "city")
HARD = ("city in heavy rain", "snow storm in a forest", "stormy sea, handheld camera")


class _Quiet:
    def check(self) -> None:
        """Goes on."""

    def progress(self, fraction: float, note: str = "") -> None:
        """Tells nobody."""


def run(bench: Bench) -> Iterator[Row]:
    """A row for each setting and each hard prompt, then the bars over all of them."""
    names = QUICK if bench.quick else tuple(settings())
    seconds = 1.0 if bench.quick else SECONDS
    bench.say(f"{len(names)} settings, a film of {seconds:g} s each ...")
    _film(bench.work, "the sea", 0.2)  # what is only loaded once
    spent = {name: _film(bench.work, f"{name.replace('_', ' ')}, slow dolly in", seconds) for name in names}
    for name, cpu in spent.items():
        yield at_most(f"{name}, CPU a second of film", cpu, "s", WORST_BAR)
    for prompt in () if bench.quick else HARD:
        yield at_most(f"{prompt}, CPU a second of film", _film(bench.work, prompt, seconds), "s", WORST_BAR)
    within = sum(cpu <= USUAL_BAR for cpu in spent.values())
    yield at_least(f"settings within {USUAL_BAR:g} s", float(within), "", len(names) if bench.quick else SETTINGS_BAR)
    baked = {name: _baked(name) for name in names}
    slowest = max(baked, key=lambda name: baked[name])
    yield at_most(f"painting the plates of the slowest ({slowest})", baked[slowest], "s", BAKE_BAR)


def _film(folder: Path, prompt: str, seconds: float) -> float:
    """Processor seconds for a second of film."""
    request = GenerationRequest(
        prompt=prompt, duration=seconds, width=SIZE[0], height=SIZE[1], rate=Fraction(RATE), seed=3, sound=True
    )
    before = _cpu()
    engine().generate(request, folder / "film.mp4", _Quiet())
    return (_cpu() - before) / seconds


def _baked(setting: str) -> float:
    place = settings()[setting]
    spec = SceneSpec(
        setting=setting,
        time=place.usual_time,
        weather=place.usual_weather,
        horizon=place.horizon,
        camera=CameraPath("dolly_in"),
        seed=3,
    )
    before = time.process_time()
    Scene(spec, *SIZE)
    return time.process_time() - before


def _cpu() -> float:
    """Of this process and the children it waited for."""
    found = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in found)
