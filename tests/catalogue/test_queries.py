"""Every filter of a question holds, alone and together, in any order; checked against a plain reading of all rows."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio_app.catalogue.catalogue import Catalogue
from studio_app.catalogue.errors import CatalogueError
from studio_app.catalogue.family import families
from studio_app.catalogue.query import SORTS, UNJUDGED, Like, Query, Weights, query_from_json
from studio_app.catalogue.row import Row, Use
from studio_app.catalogue.words import stem
from tests.catalogue.library import GROUPS, library

COUNT = 400
WORDS = sorted({word for group in GROUPS for word in group.words})
TAGS = ("night", "b roll", "keep")
PROJECTS = ("p1", "p2")
OWN = "Good and long"


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catalogue]:
    made = Catalogue(tmp_path_factory.mktemp("queries"))
    clips = [one.seen for one in library(COUNT)]
    clips[5] = replace(clips[5], words="", traits=None)  # in no genre, pacing or style
    made.put(clips)
    chance = random.Random(5)
    for project in PROJECTS:
        chosen = chance.sample(clips, 120)
        made.put_project(project, project, "", [Use(one.content_hash, f"m{n}", n % 3) for n, one in enumerate(chosen)])
    for one in chance.sample(clips, 90):
        made.tag(one.content_hash, chance.sample(TAGS, 2))
        made.rate(one.content_hash, chance.randint(1, 5))
    made.new_cluster(OWN, rule=Query(rating=3, shortest=50))
    made.move(clips[1].content_hash, made.clusters()[-1].id, True)
    yield made
    made.close()


@pytest.fixture(scope="module")
def rows(catalogue: Catalogue) -> tuple[Row, ...]:
    return catalogue.rows(catalogue.find(Query(limit=None)).ids)


def _some(values: tuple[str, ...] | list[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), max_size=2, unique=True).map(tuple)


def _kinds(family: str) -> st.SearchStrategy[tuple[str, ...]]:
    return _some([*(kind.id for kind in families()[family].kinds), UNJUDGED])


QUERIES = st.builds(
    Query,
    text=st.lists(st.sampled_from(WORDS), max_size=2).map(" ".join),
    genre=_kinds("genre"),
    pacing=_kinds("pacing"),
    style=_kinds("style"),
    own=st.sampled_from([(), (), (OWN,)]),
    tags=_some(TAGS),
    rating=st.integers(0, 5),
    project=_some(PROJECTS),
    engine=_some(["procedural", "remote", "nobody"]),
    kind=st.sampled_from([(), ("video",), ("audio", "video"), ("image",)]),
    used=st.sampled_from([None, True, False]),
    least_cost=st.sampled_from([None, 0.1]),
    most_cost=st.sampled_from([None, 0.0, 0.25]),
    shortest=st.sampled_from([None, 40.0]),
    longest=st.sampled_from([None, 60.0]),
    made_from=st.sampled_from(["", "2020-04"]),
    made_until=st.sampled_from(["", "2020-09-01"]),
    sort=st.sampled_from([None, *SORTS]),
    limit=st.sampled_from([None, 0, 1, 7, 50]),
    offset=st.sampled_from([0, 0, 3]),
)


def _holds(row: Row, query: Query) -> bool:
    """The same, read plainly off a row."""
    kinds = {
        family: {one.cluster.partition(".")[2] for one in row.of(family)} or {UNJUDGED}
        for family in ("genre", "pacing", "style")
    }
    counts = {project: int(media[1:]) % 3 for project, media in row.media_ids}
    of_project = {name: count for name, count in counts.items() if not query.project or name in query.project}
    said = {stem(word) for word in f"{row.words} {row.name} {' '.join(row.tags)}".replace(".", " ").split()}
    return (
        all(not getattr(query, family) or kinds[family] & set(getattr(query, family)) for family in kinds)
        and (not query.own or bool(row.of("own")))
        and set(query.tags) <= set(row.tags)
        and row.rating >= query.rating
        and (not query.project or bool(of_project))
        and (not query.engine or row.engine in query.engine)
        and (not query.kind or row.kind in query.kind)
        and (query.used is None or query.used == any(of_project.values()))
        and (query.least_cost is None or row.cost >= query.least_cost)
        and (query.most_cost is None or row.cost <= query.most_cost)
        and (query.shortest is None or row.seconds >= query.shortest)
        and (query.longest is None or row.seconds <= query.longest)
        and (not query.made_from or row.created >= query.made_from)
        and (not query.made_until or row.created < query.made_until)
        and all(stem(word) in said for word in query.text.split())
    )


@settings(max_examples=250, deadline=None)
@given(query=QUERIES)
def test_a_question_gives_exactly_the_clips_that_hold_to_it(
    catalogue: Catalogue, rows: tuple[Row, ...], query: Query
) -> None:
    wanted = {row.id for row in rows if _holds(row, query)}
    found = catalogue.find(query)
    assert found.total == len(wanted)
    assert set(found.ids) <= wanted
    most = len(wanted) if query.limit is None else query.limit
    assert len(found.ids) == len(set(found.ids)) == max(0, min(most, len(wanted) - query.offset))
    assert sum(catalogue.counts(query)[f"pacing.{kind.id}"] for kind in families()["pacing"].kinds) == len(wanted)


@settings(max_examples=60, deadline=None)
@given(
    query=QUERIES, unlike=st.booleans(), threshold=st.sampled_from([0.0, 0.4, 0.7]), look=st.sampled_from([0.0, 1.0])
)
def test_likeness_obeys_every_filter_too_and_comes_in_its_order(
    catalogue: Catalogue, rows: tuple[Row, ...], query: Query, unlike: bool, threshold: float, look: float
) -> None:

    like = Like(clips=(rows[0].content_hash,), weights=Weights(look, 0.5, 0.5, 0.2), threshold=threshold, unlike=unlike)
    found = catalogue.find(replace(query, like=like, limit=None, offset=0, sort=None))
    held = {row.id for row in rows if _holds(row, query)} - {rows[0].id}
    ids, told = catalogue.likeness(like)
    scores = dict(zip(ids.tolist(), told.tolist(), strict=True))
    wanted = {one for one in held if (scores[one] <= threshold if unlike else scores[one] >= threshold)}
    assert set(found.ids) == wanted
    assert list(found.scores) == sorted(found.scores, reverse=not unlike)
    assert all(0 <= one <= 1 for one in found.scores)


@settings(max_examples=40, deadline=None)
@given(query=QUERIES)
def test_a_question_survives_being_written(query: Query) -> None:
    assert query_from_json(query.as_json()) == query


def test_a_question_with_likeness_survives_being_written() -> None:
    like = Like(("a",), palette=(("#102030", 0.5),), words="sea", weights=Weights(look=2), unlike=True)
    query = Query(like=like, tags=("x",))
    assert query_from_json(query.as_json()) == query
    with pytest.raises(ValueError, match="no question"):
        query_from_json("[]")


@pytest.mark.parametrize(
    ("sort", "key"),
    [
        ("name", lambda row: row.name), ("oldest", lambda row: row.created), ("shortest", lambda row: row.seconds),
        ("rating", lambda row: -row.rating), ("cost", lambda row: -row.cost), ("used", lambda row: -row.used),
        ("longest", lambda row: -row.seconds),
    ],
)  # fmt: skip
def test_clips_come_in_the_order_asked_for(catalogue: Catalogue, sort: str, key) -> None:  # type: ignore[no-untyped-def]
    shown = catalogue.rows(catalogue.find(Query(sort=sort, limit=None)).ids)  # type: ignore[arg-type]
    assert [key(row) for row in shown] == sorted(key(row) for row in shown)
    newest = catalogue.rows(catalogue.find(Query(limit=None)).ids)
    assert [row.created for row in newest] == sorted((row.created for row in newest), reverse=True)


@pytest.mark.parametrize(
    "text", ['"', "a* OR b", "NEAR(x", "(((", "; DROP TABLE asset", "-", "…", "  ", "'", "x:y", "🚀 ride", "ä" * 3000]
)
def test_any_text_may_be_asked_for(catalogue: Catalogue, text: str) -> None:
    found = catalogue.find(Query(text=text))
    assert found.total == (COUNT if not text.strip() else found.total)
    assert len(found.ids) <= 20


def test_the_last_word_may_be_unfinished(catalogue: Catalogue) -> None:
    assert catalogue.find(Query(text="explo")).total == catalogue.find(Query(text="explosions")).total > 0


def test_a_wrong_name_is_one_sentence(catalogue: Catalogue) -> None:
    for query, said in (
        (Query(genre=("western",)), "There is no genre 'western'. Choose action, drama"),
        (Query(own=("nothing",)), "There is no cluster 'nothing'"),
        (Query(sort="prettiest"), "cannot be sorted by 'prettiest'"),  # type: ignore[arg-type]
        (Query(like=Like()), "Like what"),
        (Query(like=Like(clips=("0" * 32,))), "not in the catalogue yet"),
        (Query(like=Like(palette=(("red", 1.0),))), "#rrggbb"),
        (Query(like=Like(picture="/nowhere.png")), "was not found"),
    ):
        with pytest.raises(CatalogueError) as caught:
            catalogue.find(query)
        assert said in caught.value.message


def test_a_rule_that_cannot_be_read_lets_nothing_through(catalogue: Catalogue) -> None:
    one = catalogue.new_cluster("Odd", rule=Query(genre=("drama",)))
    with catalogue.database.writing() as db:
        db.execute("UPDATE own SET rule = 'what?' WHERE cluster = ?", (one,))
    assert catalogue.find(Query(own=("Odd",))).total == 0
    catalogue.drop_cluster(one)


def test_the_columns_say_what_the_rows_say(catalogue: Catalogue, rows: tuple[Row, ...], tmp_path: Path) -> None:
    stars, by_id = catalogue.stars(), {row.id: row for row in rows}
    assert stars.size == COUNT
    for n in range(0, COUNT, 37):
        row = by_id[int(stars.ids[n])]
        assert (stars.hashes[n], int(stars.rating[n]), int(stars.used[n])) == (row.content_hash, row.rating, row.used)
        assert "#{:02x}{:02x}{:02x}".format(*stars.colour[n].tolist()) == row.colour
        assert families()["pacing"].kinds[stars.pacing[n]].id == row.of("pacing")[0].cluster.partition(".")[2]
    ids, sure = catalogue.confidences("genre")
    assert ids.tolist() == stars.ids.tolist()
    first = by_id[int(ids[0])].of("genre")[0]
    assert sure[0].max() == pytest.approx(first.confidence)


def test_clips_in_no_genre_are_asked_for_by_a_name_of_their_own(catalogue: Catalogue, rows: tuple[Row, ...]) -> None:
    found = catalogue.find(Query(genre=(UNJUDGED,), limit=None)).ids
    assert found
    assert set(found) == {row.id for row in rows if not row.of("genre")}
