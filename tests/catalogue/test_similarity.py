"""What is like what: near-duplicates first, weights that shift, pictures, palettes, words; and what moves teach."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from studio_app.catalogue.catalogue import Catalogue
from studio_app.catalogue.features import packed, palette_vector, parts_of, unpacked
from studio_app.catalogue.query import Like, Query, Weights
from studio_app.catalogue.similarity import features_of, near_pairs, scores
from tests.catalogue.library import GROUPS, Made, library

MADE = library(400)
TWINS = [one for one in MADE if one.twin_of]
LOOK, MOTION = Weights(1, 0, 0, 0), Weights(0, 1, 0, 0)


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catalogue]:
    made = Catalogue(tmp_path_factory.mktemp("similar"))
    made.put([one.seen for one in MADE])
    yield made
    made.close()


def _groups(catalogue: Catalogue, ids: tuple[int, ...]) -> list[str]:
    names = {one.seen.content_hash: one.group.name for one in MADE}
    return [names[row.content_hash] for row in catalogue.rows(ids)]


def _first(name: str) -> Made:
    return next(one for one in MADE if one.group.name == name)


def test_the_near_duplicate_of_a_clip_is_ranked_first(catalogue: Catalogue) -> None:
    for twin in TWINS:
        found = catalogue.find(Query(like=Like(clips=(twin.twin_of,)), limit=1))
        assert catalogue.rows(found.ids)[0].content_hash == twin.seen.content_hash
        assert found.scores[0] > 0.97


def test_names_that_cameras_give_set_nothing_apart(tmp_path: Path) -> None:
    base = _first("kitchen").seen
    named = {"a": "C0012.MP4", "b": "IMG_4711.mov", "c": "lighthouse at night.mp4", "d": "forest in fog.mp4"}
    with closing(Catalogue(tmp_path)) as catalogue:
        catalogue.put(
            [replace(base, content_hash=one, path=f"/{name}", name=name, words="") for one, name in named.items()]
        )
        found = catalogue.find(Query(like=Like(clips=("a",), threshold=0.97)))
        assert {row.content_hash for row in catalogue.rows(found.ids)} == {"b", "c", "d"}
        (apart,) = catalogue.find(Query(like=Like(clips=("c",), threshold=0), text="forest")).scores
        assert apart < 0.8, "names that say something do"


def test_near_duplicates_are_found_and_nothing_else_before_them(catalogue: Catalogue) -> None:
    pairs = catalogue.near_duplicates()
    known = {frozenset((twin.twin_of, twin.seen.content_hash)) for twin in TWINS}
    found = [frozenset(row.content_hash for row in catalogue.rows(pair[:2])) for pair in pairs]
    assert set(found[: len(TWINS)]) == known
    assert [one[2] for one in pairs] == sorted((one[2] for one in pairs), reverse=True)


@pytest.mark.slow
def test_in_five_thousand_clips_near_duplicates_are_ranked_first() -> None:
    made = library(5000, seed=3)
    rows = [parts_of(one.seen.traits, one.seen.words) for one in made]
    whole = {name: np.stack([row[name] for row in rows]) for name in rows[0]}
    features = features_of(np.arange(len(made)), whole)
    place = {one.seen.content_hash: n for n, one in enumerate(made)}
    twins = [(place[one.twin_of], n) for n, one in enumerate(made) if one.twin_of]
    for of, twin in twins:
        told = scores(features, features.row(of), Weights())
        told[of] = -1
        assert int(np.argmax(told)) == twin
    best = sorted(near_pairs(features, 0.97, Weights(1, 0.7, 0, 0.4)), key=lambda one: -one[2])[: len(twins)]
    assert {(a, b) for a, b, _ in best} == set(twins)


def test_a_clip_is_wholly_like_itself_and_likeness_goes_both_ways(catalogue: Catalogue) -> None:
    features = catalogue.features()
    for place in range(0, features.size, 57):
        told = scores(features, features.row(place), Weights())
        assert told[place] == pytest.approx(1, abs=0.03)  # vectors are kept as halves
        other = (place * 7 + 3) % features.size
        back = scores(features, features.row(other), Weights())[place]
        assert told[other] == pytest.approx(back, abs=1e-4)
        assert told.min() >= 0
        assert told.max() <= 1


def test_what_is_unlike_comes_from_other_groups(catalogue: Catalogue) -> None:
    like = Like(clips=(_first("cellar").seen.content_hash,), unlike=True, threshold=1.0)
    found = catalogue.find(Query(like=like, limit=20))
    assert "cellar" not in _groups(catalogue, found.ids)
    assert list(found.scores) == sorted(found.scores)


def test_weights_shift_what_is_near(catalogue: Catalogue) -> None:
    base = _first("kitchen").seen
    assert base.traits is not None
    bright = dict(base.traits.figures) | {
        "colour.brightness": 0.85,
        "graphics.busyness": 0.1,
        "graphics.texture": 0.005,
    }
    wild = dict(base.traits.figures) | {"motion.level": 0.7, "motion.shake": 0.08, "cuts.per_minute": 80.0}
    other_look = replace(
        base, content_hash="a" * 32, traits=replace(base.traits, figures=bright, swatches=(("#f0f0ff", 1.0),))
    )
    other_motion = replace(base, content_hash="b" * 32, traits=replace(base.traits, figures=wild))
    rows = [parts_of(one.traits, one.words) for one in (base, other_look, other_motion)]
    features = features_of(np.arange(3), {name: np.stack([row[name] for row in rows]) for name in rows[0]})
    by_look, by_motion = scores(features, rows[0], LOOK), scores(features, rows[0], MOTION)
    assert by_look[2] > 0.99 > 0.7 > by_look[1]
    assert by_motion[1] > 0.99 > 0.7 > by_motion[2]
    assert scores(features, rows[0], Weights(0, 0, 0, 0)).min() > 0  # nothing chosen is everything


def test_what_is_not_known_counts_neither_for_nor_against() -> None:
    one = _first("coast").seen
    silent = parts_of(one.traits, "") | {"sound": np.zeros(16, np.float32)}
    full = parts_of(one.traits, "")
    features = features_of(np.arange(1), {name: row[None] for name, row in silent.items()})
    assert scores(features, full, Weights())[0] == pytest.approx(1, abs=0.01)
    assert scores(features, {"words": full["words"]}, Weights())[0] == 0


def test_a_drawn_palette_finds_clips_of_these_colours(catalogue: Catalogue) -> None:
    for name in ("battle", "gallery", "sketches"):
        group = next(one for one in GROUPS if one.name == name)
        drawn = tuple(zip(group.colours, (0.6, 0.25, 0.15), strict=True))
        found = catalogue.find(Query(like=Like(palette=drawn, threshold=0.3), limit=12))
        assert _groups(catalogue, found.ids).count(name) >= 11
    assert float(palette_vector((("#d03018", 1),)) @ palette_vector((("#d53520", 1),))) > 0.98
    assert float(palette_vector((("#d03018", 1),)) @ palette_vector((("#1830d0", 1),))) < 0.3


def test_a_picture_finds_clips_that_look_like_it(catalogue: Catalogue, tmp_path: Path) -> None:
    group = next(one for one in GROUPS if one.name == "station")
    picture = np.zeros((180, 320, 3), np.uint8)
    for n, code in enumerate(group.colours):
        picture[:, 107 * n : 107 * (n + 1)] = tuple(bytes.fromhex(code[1:]))[::-1]
    file = tmp_path / "drawn.png"
    cv2.imwrite(str(file), picture)
    found = catalogue.find(Query(like=Like(picture=str(file), threshold=0.2), limit=10))
    assert _groups(catalogue, found.ids).count("station") >= 8


@pytest.mark.parametrize(
    ("words", "name"),
    [("a creepy dark cellar", "cellar"), ("futuristic robots", "station"), ("a funny party", "sketches")],
)
def test_words_find_clips_of_which_something_like_it_is_said(catalogue: Catalogue, words: str, name: str) -> None:
    found = catalogue.find(Query(like=Like(words=words, threshold=0.2), limit=10))
    assert found.ids
    assert set(_groups(catalogue, found.ids)) <= {name, "gallery" if name == "station" else name}


def test_vectors_survive_being_packed() -> None:
    parts = parts_of(MADE[0].seen.traits, MADE[0].seen.words)
    again = unpacked([packed(parts), packed(parts_of(None, ""))])
    for name, row in parts.items():
        assert np.allclose(again[name][0], row, atol=2e-3)
        assert not again[name][1].any()


def test_new_clips_join_the_vectors_that_are_kept(tmp_path: Path) -> None:
    catalogue = Catalogue(tmp_path)
    catalogue.tag("f" * 32, ["said before it was seen"])
    catalogue.put([one.seen for one in MADE[:10]])
    first = catalogue.features()
    assert catalogue.features() is first
    catalogue.put([replace(MADE[11].seen, content_hash="f" * 32), replace(MADE[0].seen, traits=MADE[1].seen.traits)])
    again = catalogue.features()
    assert again.size == 11
    assert again.ids.tolist() == sorted(again.ids.tolist())
    fresh = Catalogue(tmp_path).features()
    assert all(np.array_equal(fresh.parts[name], again.parts[name]) for name in fresh.parts)


def test_moving_clips_teaches_where_others_belong(tmp_path: Path) -> None:
    catalogue = Catalogue(tmp_path)
    catalogue.put([replace(one.seen, words="") for one in MADE[:200]])
    mine = [one for one in MADE[:200] if one.group.name == "waiting"]
    before = [_genres(catalogue, one) for one in mine]
    assert all("genre.horror" not in one for one in before)
    for one in mine[:8]:
        catalogue.move(one.seen.content_hash, "genre.horror", True)
        catalogue.move(one.seen.content_hash, "genre.drama", False)
    catalogue.relearn()
    after = [_genres(catalogue, one) for one in mine[8:]]
    assert sum("genre.horror" in one for one in after) >= 0.9 * len(after)
    others = [one for one in MADE[:200] if one.group.name in ("battle", "sketches")]
    assert all("genre.horror" not in _genres(catalogue, one) for one in others)
    row = catalogue.row_of(mine[9].seen.content_hash)
    assert row is not None
    assert any("like 8 clips you put here" in reason for one in row.of("genre") for reason in one.reasons)
    for one in mine[:8]:
        catalogue.move(one.seen.content_hash, "genre.horror", None)
        catalogue.move(one.seen.content_hash, "genre.drama", None)
    catalogue.relearn()
    assert [_genres(catalogue, one) for one in mine] == before


def _genres(catalogue: Catalogue, made: Made) -> set[str]:
    row = catalogue.row_of(made.seen.content_hash)
    assert row is not None
    return {one.cluster for one in row.of("genre")}


def test_a_cluster_of_ones_own_grows_from_its_examples(tmp_path: Path) -> None:
    catalogue = Catalogue(tmp_path)
    catalogue.put([one.seen for one in MADE[:200]])
    mine = [one for one in MADE[:200] if one.group.name == "archive"]
    cluster = catalogue.new_cluster("Old reels", examples=[one.seen.content_hash for one in mine[:4]])
    catalogue.relearn()
    found = catalogue.rows(catalogue.find(Query(own=("Old reels",), limit=None)).ids)
    groups = [next(one.group.name for one in MADE if one.seen.content_hash == row.content_hash) for row in found]
    assert groups.count("archive") >= 0.8 * len(mine)
    assert groups.count("archive") == len(groups)
    catalogue.move(mine[10].seen.content_hash, cluster, False)
    catalogue.relearn()
    row = catalogue.row_of(mine[10].seen.content_hash)
    assert row is not None
    assert not row.of("own")
    catalogue.drop_cluster(cluster)
    assert not any(row.of("own") for row in catalogue.rows(catalogue.find(Query(limit=None)).ids))
