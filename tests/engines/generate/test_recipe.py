"""A take can be made again from what was recorded of it."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engines.errors import EngineError
from engines.generate.base import GenerationRequest
from engines.generate.procedural.scene.file import from_plain
from engines.generate.registry import engine
from engines.media.inspection import probe_here
from engines.media.reader import open_video
from studio_app.planning.request import request_for
from studio_app.planning.takes import make_take
from tests.engines.generate.test_engines import Job
from timeline.codec import decode, encode
from timeline.media import Lineage
from timeline.storyboard import Shot, Storyboard
from timeline.time import RationalTime


def film_of(path: Path) -> list[Any]:
    media = probe_here(str(path))
    reader = open_video(media)
    try:
        count = media.duration.nearest_frame(media.rate or Fraction(24))
        return [reader.frame_at(RationalTime.from_frames(n, media.rate or Fraction(24))).planes for n in range(count)]
    finally:
        reader.close()


def same(a: list[Any], b: list[Any]) -> bool:
    return len(a) == len(b) and all(
        np.array_equal(p, q) for x, y in zip(a, b, strict=True) for p, q in zip(x, y, strict=True)
    )


@pytest.mark.media
@pytest.mark.parametrize("prompt", ["a boat on the sea at dusk, then a city at night, title 'Two'"])
def test_a_take_is_made_again_from_its_request_and_from_its_scene(prompt: str, tmp_path: Path) -> None:
    request = GenerationRequest(prompt=prompt, width=96, height=54, duration=1.0, seed=7, backend="processor")
    maker = engine()
    result = maker.generate(request, tmp_path / "a.mp4", Job())
    take = make_take("shot", maker.id, maker.version, request, result, probe_here(str(result.path)))
    lineage = decode(Lineage, encode(take.lineage))  # as a project file keeps it
    facts = lineage.extra["facts"]
    assert facts["version"] == maker.version
    assert facts["drawn_by"] == "processor"
    again = GenerationRequest.model_validate(lineage.request)
    assert again == request
    maker.generate(again, tmp_path / "b.mp4", Job())
    from_scene = GenerationRequest(scene=facts["scene"], width=96, height=54, duration=1.0, seed=lineage.seed or 0)
    maker.generate(from_scene, tmp_path / "c.mp4", Job())
    first = film_of(tmp_path / "a.mp4")
    assert same(first, film_of(tmp_path / "b.mp4"))
    assert same(first, film_of(tmp_path / "c.mp4"))


@pytest.mark.media
@pytest.mark.parametrize(
    "fields",
    [
        {"duration": 0.1, "rate": Fraction(1)},
        {"duration": 0.05, "rate": Fraction(120)},
        {"duration": 0.1, "width": 32, "height": 32},
        {"duration": 0.1, "width": 34, "height": 1200},
    ],
)
def test_the_smallest_films_are_films(fields: dict[str, Any], tmp_path: Path) -> None:
    request = GenerationRequest(prompt="explain rain in the city, then snow", **fields)
    engine().generate(request, tmp_path / "a.mp4", Job())
    assert probe_here(str(tmp_path / "a.mp4")).width == request.even_size[0]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"scene": {"setting": "atlantis"}}, "atlantis"),
        ({"width": 16, "height": 16}, "32"),
        ({"width": 7680, "height": 4320}, "4096"),
    ],
)
def test_what_cannot_be_is_one_sentence_and_no_file(fields: dict[str, Any], words: str, tmp_path: Path) -> None:
    with pytest.raises(EngineError, match=words):
        engine().generate(GenerationRequest(prompt="sea", **fields), tmp_path / "a.mp4", Job())
    assert list(tmp_path.iterdir()) == []


def test_a_scene_is_kept_with_its_shot_and_its_takes_are_drawn_from_it() -> None:
    scene = engine().scene(GenerationRequest(prompt="a tree in a meadow, then night", seed=11))
    shot = decode(Shot, encode(Shot("a tree", scene=scene)))
    assert shot.scene == scene
    board = Storyboard("Film", (shot,), width=320, height=180)
    requests = [request_for(board, shot, take) for take in (0, 3)]
    assert [one.seed for one in requests] == [11, 11]
    assert from_plain(engine().scene(requests[0])).keys[0].scene.time == "night"


def digest_of_film() -> str:
    prompt = "a person in the rain in the city, then the sea at dawn, title 'Über Nacht', watercolour"
    request = GenerationRequest(prompt=prompt, width=128, height=72, duration=2.0, seed=5)
    frames = [engine().sketch(request, at, (128, 72)) for at in (0.2, 1.0, 1.1, 1.9)]
    found = hashlib.sha256()
    for frame in frames:
        for plane in frame.planes if frame is not None else ():
            found.update(np.ascontiguousarray(plane).tobytes())
    return found.hexdigest()


@pytest.mark.slow
def test_a_fresh_process_draws_the_same_film() -> None:
    code = "from tests.engines.generate.test_recipe import digest_of_film\nprint(digest_of_film())"
    other = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert other.stdout.split()[-1] == digest_of_film()
