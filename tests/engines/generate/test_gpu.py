"""Drawing on a graphics device, tried on whatever renderer there is (Mesa's own on machines without a card)."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import numpy as np
import pytest

from engines.generate.base import GenerationRequest
from engines.generate.procedural import backends
from engines.generate.procedural.draw.gpu import device
from engines.generate.procedural.draw.gpu.film import GpuFilm
from engines.generate.procedural.draw.scene import Scene
from engines.generate.procedural.spec import CameraPath, SceneSpec, Subject
from engines.generate.registry import engine
from engines.media.inspection import probe_here
from tests.engines.generate.drawing import drawn, luma

needs_gl = pytest.mark.skipif(
    not (device.is_installed() and device.renderer()),
    reason="no OpenGL without a window here (libegl1, libgl1-mesa-dri)",
)


class Job:
    def __init__(self) -> None:
        self.fractions: list[float] = []

    def check(self) -> None:
        """Goes on."""

    def progress(self, fraction: float, note: str = "") -> None:
        self.fractions.append(fraction)


def asked(**fields: object) -> GenerationRequest:
    told = {"prompt": "mountains by day, dolly in", "duration": 0.5, "width": 128, "height": 72, "backend": "gpu"}
    return GenerationRequest(**{**told, **fields})


@needs_gl
@pytest.mark.parametrize(
    ("setting", "motion"),
    [
        ("mountains", "orbit_left"),
        ("sea", "static"),
        ("village", "roll"),
        ("abstract", "zoom_in"),
        ("room", "whip_pan"),
    ],
)
def test_both_back_ends_draw_the_same_picture(setting: str, motion: str) -> None:
    from engines.generate.procedural.draw.gpu.canvas import GpuCanvas, opened

    context = opened()
    usual = drawn(setting, (256, 144), camera=CameraPath(motion), subjects=(Subject("person", 2),))
    other = Scene(usual.spec, 256, 144, canvas=partial(GpuCanvas, context=context))
    for at in (0.0, 1.9, 4.0):
        pairs = zip(usual.frame(0, at).planes, other.frame(0, at).planes, strict=True)
        for a, b in pairs:
            apart = np.abs(a.astype(np.int16) - b)
            assert apart.mean() < 1.2
            assert np.percentile(apart, 99.5) <= 8
    context.release()


@needs_gl
def test_the_device_gives_the_same_frames_twice_and_in_any_order() -> None:
    spec = SceneSpec("city", camera=CameraPath("pan_left"), seconds=2.0)
    found = []
    for order in ((0, 9, 30), (30, 0, 9)):
        film = GpuFilm(spec, 128, 72)
        frames = {index: film.frame(index, index / 24) for index in order}
        film.close()
        found.append([luma(frames[index]) for index in sorted(frames)])
    assert all(np.array_equal(a, b) for a, b in zip(*found, strict=True))


@needs_gl
@pytest.mark.media
def test_a_take_tells_who_drew_it(tmp_path: Path) -> None:
    assert engine().generate(asked(), tmp_path / "a.mp4", Job()).facts["drawn_by"] == f"gpu: {device.renderer()}"
    facts = engine().generate(asked(backend="processor"), tmp_path / "b.mp4", Job()).facts
    assert facts["drawn_by"] == "processor"
    assert "gpu_fault" not in facts


@needs_gl
@pytest.mark.media
@pytest.mark.parametrize("frames_before", [5])
def test_a_device_that_dies_costs_nothing_but_time(
    frames_before: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draw = GpuFilm.frame

    def dying(self: GpuFilm, index: int, seconds: float) -> object:
        if index == frames_before:
            self._worker.kill()
        return draw(self, index, seconds)

    monkeypatch.setattr(GpuFilm, "frame", dying)
    result = engine().generate(asked(), tmp_path / "a.mp4", Job())
    assert result.facts["drawn_by"] == "processor"
    assert "crashed" in result.facts["gpu_fault"] or "gone" in result.facts["gpu_fault"]
    assert probe_here(str(tmp_path / "a.mp4")).duration.nearest_frame(24) == 12
    monkeypatch.undo()
    engine().generate(asked(backend="processor"), tmp_path / "b.mp4", Job())
    assert (tmp_path / "a.mp4").read_bytes() == (tmp_path / "b.mp4").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.mp4", "b.mp4"]


@pytest.mark.media
def test_without_opengl_the_processor_draws(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backends, "is_installed", lambda: False)
    facts = engine().generate(asked(), tmp_path / "a.mp4", Job()).facts
    assert facts["drawn_by"] == "processor"
    assert "not installed" in facts["gpu_fault"]


def test_renderers_that_are_the_processor_again_are_known_by_name() -> None:
    for name in (
        "llvmpipe (LLVM 15.0.6, 256 bits)",
        "Google SwiftShader",
        "GDI Generic",
        "Microsoft Basic Render Driver",
    ):
        assert device.is_software(name)
    for name in (
        "NVIDIA GeForce RTX 3060/PCIe/SSE2",
        "AMD Radeon RX 6600",
        "Mesa Intel(R) UHD Graphics 620",
        "Apple M2",
    ):
        assert not device.is_software(name)
