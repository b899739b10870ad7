"""Takes made again from what the project file says of them; families that were carried elsewhere."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engines.errors import EngineError
from engines.evolve.run import Step, evolve
from engines.generate.base import GenerationRequest, Result
from engines.generate.registry import engine
from engines.media.inspection import probe_here
from engines.media.reader import open_video
from studio_app.planning.rebuilding import rebuild, recipe, why_not
from studio_app.planning.takes import make_evolved_take, make_take
from tests.engines.generate.test_engines import Job
from timeline.library_lineage import lineage_of
from timeline.media import Library, Media
from timeline.project import Project, Saved
from timeline.project_file import is_there, load, save
from timeline.time import RationalTime, TimeRange

pytestmark = pytest.mark.media


def there(media: Media) -> bool:
    return is_there(media.path, media.kind)


def shown(path: Path) -> list[Any]:
    """All pictures of a film."""
    media = probe_here(str(path))
    reader = open_video(media)
    try:
        rate = media.rate or RationalTime(24).fraction
        count = media.duration.nearest_frame(rate)
        return [reader.frame_at(RationalTime.from_frames(n, rate)).planes for n in range(count)]
    finally:
        reader.close()


def same(a: list[Any], b: list[Any]) -> bool:
    return len(a) == len(b) and all(
        np.array_equal(p, q) for x, y in zip(a, b, strict=True) for p, q in zip(x, y, strict=True)
    )


class Studio:
    """A project whose takes are really made, small."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.library = Library()

    def grow(self, name: str, prompt: str, seed: int = 7) -> Media:
        request = GenerationRequest(prompt=prompt, width=96, height=54, duration=0.5, seed=seed)
        maker = engine()
        result = maker.generate(request, self.folder / f"{name}.mp4", Job())
        media = self._media(name, result)
        self.library = self.library.with_media(media).with_take(
            make_take("shot", maker.id, maker.version, request, result, media)
        )
        return media

    def evolve(
        self, name: str, parents: list[Media], *steps: Step, part: TimeRange | None = None, seed: int = 3
    ) -> Media:
        result = evolve(steps, parents, self.folder / f"{name}.mp4", seed=seed, job=Job(), part=part)
        media = self._media(name, result)
        take = make_evolved_take(self.library, steps, parents, result, media, part=part, name=name)
        self.library = self.library.with_media(media).with_take(take)
        return media

    def _media(self, name: str, result: Result) -> Media:
        return replace(probe_here(str(result.path)), name=name, id=name)


@pytest.fixture
def studio(tmp_path: Path) -> Studio:
    folder = tmp_path / "film.media"
    folder.mkdir()
    return Studio(folder)


NIGHT = Step("vary.time_of_day", {"time": "night", "strength": 0.6})
SHARP = Step("evolve.sharpen", {"strength": 0.8})
MORPH = Step("remix.interpolate", {"morph_duration": 0.2})


def test_evolve_vary_remix_is_generation_three_and_survives_a_move(studio: Studio, tmp_path: Path) -> None:
    sea, town = studio.grow("sea", "the sea at dawn"), studio.grow("town", "a city in the rain")
    sharp = studio.evolve("sharp", [sea], SHARP)
    night = studio.evolve("night", [sharp], NIGHT)
    both = studio.evolve("both", [night, town], MORPH)
    before = lineage_of(studio.library)
    save(tmp_path / "film.starcut", Saved(Project(), studio.library))
    moved = tmp_path / "elsewhere"
    moved.mkdir()
    shutil.move(tmp_path / "film.starcut", moved / "film.starcut")
    shutil.move(studio.folder, moved / "film.media")
    library = load(moved / "film.starcut").library
    missing = [one.id for one in library.media.values() if not there(one)]
    graph = lineage_of(library, missing=missing)
    assert not missing
    assert graph.nodes["both"].generation == 3
    assert graph.parents("both") == (night.id, town.id)
    assert library.takes[graph.nodes["both"].take_id or ""].lineage.generation == 3
    assert set(graph.ancestors("both")) == {"sea", "town", "sharp", "night"}
    assert [graph.nodes[one].relationship for one in ("sea", "sharp", "night", "both")] == [
        "generation",
        "evolution",
        "variation",
        "remix",
    ]
    assert (graph.nodes, graph.edges) == (before.nodes, before.edges)
    assert Path(library.media[both.id].path).parent == moved / "film.media"


def test_a_take_and_its_parents_are_made_again_from_the_project_file_alone(studio: Studio, tmp_path: Path) -> None:
    sea, town = studio.grow("sea", "the sea at dawn"), studio.grow("town", "a city in the rain")
    both = studio.evolve("both", [studio.evolve("night", [sea], SHARP, NIGHT), town], MORPH)
    was = {one.id: shown(Path(one.path)) for one in (sea, both)}
    save(tmp_path / "film.starcut", Saved(Project(), studio.library))
    shutil.rmtree(studio.folder)
    library = load(tmp_path / "film.starcut").library
    assert [take.media_id for take in recipe("both", library, there)] == ["sea", "town", "night", "both"]
    target = tmp_path / "new" / "again.mp4"
    made = rebuild("both", library, target, Job())
    assert same(shown(target), was["both"])
    assert not made.notes
    assert [one.name for one in target.parent.iterdir()] == ["again.mp4"], "what was made on the way is gone"
    alone = rebuild("sea", library, tmp_path / "sea.mp4", Job())
    assert same(shown(tmp_path / "sea.mp4"), was["sea"])
    assert alone.is_same
    assert made.is_same, "even the files are the same, byte for byte"


def test_a_parent_that_is_there_is_read_and_a_stretch_of_it_is_kept(studio: Studio, tmp_path: Path) -> None:
    sea = studio.grow("sea", "the sea at dawn")
    part = TimeRange(RationalTime(4, 24), RationalTime(6, 24))
    piece = studio.evolve("piece", [sea], SHARP, part=part)
    was = shown(Path(piece.path))
    Path(piece.path).unlink()
    assert [take.media_id for take in recipe("piece", studio.library, there)] == ["piece"]
    rebuild("piece", studio.library, Path(piece.path), Job())
    assert len(was) == 6
    assert same(shown(Path(piece.path)), was)


def test_footage_that_is_gone_cannot_be_made_and_the_sentence_names_it(studio: Studio, tmp_path: Path) -> None:
    sea = studio.grow("sea", "the sea at dawn")
    footage = replace(sea, id="camera", name="B007", path=str(tmp_path / "B007.mov"))
    library = studio.library.with_media(footage)
    take = make_evolved_take(library, [SHARP], [footage], Result(tmp_path / "x.mp4", 1, {}), replace(sea, id="x"))
    library = library.with_media(replace(sea, id="x", path=str(tmp_path / "x.mp4"))).with_take(take)
    with pytest.raises(EngineError, match="B007"):
        rebuild("x", library, tmp_path / "y.mp4", Job())
    assert "Relink" in (why_not("x", library, there) or "")
    assert why_not("sea", library, there) is None
    assert [one.name for one in tmp_path.iterdir()] == ["film.media"]


def test_another_version_and_another_parent_are_told(studio: Studio, tmp_path: Path) -> None:
    sea = studio.grow("sea", "the sea at dawn")
    sharp = studio.evolve("sharp", [sea], SHARP)
    take = studio.library.take_of_media(sharp.id)
    assert take is not None
    older = replace(take, lineage=replace(take.lineage, engine_version="0"))
    library = studio.library.with_take(older).with_media(replace(sea, content_hash="other"))
    made = rebuild(sharp.id, library, tmp_path / "again.mp4", Job())
    assert len(made.notes) == 2
    assert "version 0" in made.notes[0]
    assert "not the file it was" in made.notes[1]
