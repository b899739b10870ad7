"""Stories of what is chosen, new sequences of them, and suggestions that are followed."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from queue import Empty, Queue

import pytest

from engines.media.inspection import probe_here
from studio_app.catalogue.catalogue import Catalogue
from studio_app.catalogue.indexing import Indexer
from studio_app.session.narrating import Offer
from studio_app.session.scenes_meant import meant_scenes
from tests.engines.analyse.clips import SIZE, Pixels, field, film, texture
from tests.studio_app.session.desk import Desk
from timeline.commands.overwrite_clips import OverwriteClips
from timeline.errors import EditRefused
from timeline.items import Clip, MediaSource, Placeholder
from timeline.media import Media
from timeline.storyboard import Shot, Storyboard
from timeline.time import RationalTime

pytestmark = pytest.mark.media
POSTED: Queue[Callable[[], None]] = Queue()
"""What is to be done on the main thread, which is this one."""
SHAKEN = texture((SIZE[0] + 120, SIZE[1]))


class _Quiet:
    def check(self) -> None:
        """Nobody cancels."""

    def progress(self, fraction: float, note: str = "") -> None:
        """Nobody looks."""


@pytest.fixture(scope="module")
def films(tmp_path_factory: pytest.TempPathFactory) -> tuple[Media, ...]:
    """Two that stand, of one colour each, and one that runs; the last is a copy of the first."""
    folder = tmp_path_factory.mktemp("films")

    def running(number: int) -> Pixels:
        return SHAKEN[:, number * 8 : number * 8 + SIZE[0]]

    made = [
        film(folder / "blue.mp4", lambda _: field((40, 60, 200)), 12),
        film(folder / "run.mp4", running, 12),
        film(folder / "green.mp4", lambda _: field((30, 160, 60)), 12),
    ]
    copy = folder / "blue copy.mp4"
    copy.write_bytes(made[0].read_bytes())
    return tuple(replace(probe_here(one), id=one.stem) for one in (*made, copy))


@pytest.fixture
def desk(own_home: Path, films: tuple[Media, ...]) -> Iterator[Desk]:
    desk = Desk(V1="_24", A1="_24", post=POSTED.put)
    desk.session.document.add_media(list(films))
    yield desk
    desk.session.close()
    while not POSTED.empty():
        POSTED.get()


@pytest.fixture
def done(desk: Desk) -> Callable[[str], bool]:
    """Runs an action and waits for what it measures."""

    def run(action_id: str) -> bool:
        ran = desk.actions.run(action_id)
        wait(desk)
        return ran

    return run


def wait(desk: Desk) -> None:
    end = time.monotonic() + 20
    while desk.session.narrating.job is not None and time.monotonic() < end:
        with suppress(Empty):
            POSTED.get(timeout=0.05)()
    assert desk.session.narrating.job is None
    assert not desk.session.narrating.error


def offers(desk: Desk) -> tuple[Offer, ...]:
    return desk.session.narrating.offers.rows


def board(desk: Desk, *shots: Shot) -> None:
    saved = desk.session.document.saved
    project = replace(saved.project, storyboards=(Storyboard("Board", shots, rate=desk.session.sequence.rate),))
    desk.session.document.replace(replace(saved, project=project), None)


def names(desk: Desk) -> list[str]:
    return [clip.name for clip, _ in desk.session.sequence.tracks[0].clips()]


def test_chosen_files_become_a_new_sequence_in_three_acts_and_nothing_else_changes(
    desk: Desk, done: Callable[[str], bool]
) -> None:
    before = desk.session.document.project.sequences[0]
    desk.session.selection.media.set(["run", "blue", "green"])
    assert done("narrative.order_three_acts")
    project = desk.session.document.project
    assert project.sequences[0] is before
    new = project.sequences[1]
    assert new.name == "Selection, three acts"
    assert desk.session.sequence is new
    assert sorted(names(desk)) == ["blue.mp4", "green.mp4", "run.mp4"]
    assert names(desk)[0] != "run.mp4"  # what runs is no beginning
    assert [marker.name for marker in new.markers] == ["Setup", "Confrontation", "Resolution"]
    told = desk.session.narrating.told
    assert told is not None
    assert [one.id for one in told.story.scenes] == [clip.id for clip, _ in new.tracks[0].clips()]
    assert "holds 3 scenes. Fit" in desk.said[-1]
    desk.session.document.undo()
    assert desk.session.document.project.sequences == (before,)


def test_without_a_choice_the_cut_is_looked_at_and_an_order_is_a_second_sequence(
    desk: Desk, done: Callable[[str], bool]
) -> None:
    track = desk.session.sequence.tracks[0]
    whole = [
        (track.id, RationalTime(n), Clip(MediaSource(one), _half(), name=one, id=f"c{n}"))
        for n, one in enumerate(("run", "blue", "green"))
    ]
    desk.session.document.do(OverwriteClips(desk.session.sequence_id, tuple(whole)))
    assert done("narrative.look")
    assert names(desk) == ["run", "blue", "green"]
    first = offers(desk)[0]
    assert (first.verb, first.sentence[:10]) == ("New sequence", "Move “run”")
    first.do()
    assert names(desk) != ["run", "blue", "green"]
    assert len(desk.session.document.project.sequences) == 2


def _half():  # type: ignore[no-untyped-def]
    from timeline.time import TimeRange

    return TimeRange(RationalTime(0), RationalTime(1, 4))


def test_shots_stand_as_takes_or_as_what_waits_for_them(desk: Desk, done: Callable[[str], bool]) -> None:
    board(desk, Shot("A fight", id="s1"), Shot("A lake", id="s2", media_id="blue"), Shot("Sleep", id="s3"))
    assert done("narrative.order_five_acts")
    clips = [clip for clip, _ in desk.session.sequence.tracks[0].clips()]
    sources = {clip.shot_id: clip.source for clip in clips}
    assert sources["s1"] == Placeholder("s1")
    assert isinstance(sources["s2"], MediaSource)
    assert sum(clip.duration.to_seconds() for clip in clips) == pytest.approx(5 + 0.48 + 5, abs=0.05)


def test_one_scene_has_no_order_and_no_scene_no_story(desk: Desk, done: Callable[[str], bool]) -> None:
    assert not done("narrative.look")
    with pytest.raises(EditRefused, match="no scenes yet"):
        meant_scenes(desk.session)
    board(desk, Shot("Alone"))
    assert not done("narrative.order_three_acts")
    assert "One scene has no order" in desk.said[-1]


def test_an_unused_take_goes_into_the_clip_and_becomes_a_take_of_it(desk: Desk, done: Callable[[str], bool]) -> None:
    track = desk.session.sequence.tracks[0]
    clip = Clip(MediaSource("blue"), _half(), name="Blue", id="c1")
    desk.session.document.do(OverwriteClips(desk.session.sequence_id, ((track.id, RationalTime(0), clip),)))
    desk.session.selection.items.set(["c1"])
    assert done("suggest.take")
    first = offers(desk)[0]
    assert (first.media, first.verb) == (desk.session.document.library.media["blue copy"], "Use take")
    first.do()
    now = desk.session.sequence.clip("c1")
    assert now is not None
    assert now.source == MediaSource("blue copy")
    assert {take.media_id for take in desk.session.document.library.takes_of(now.shot_id or "")} == {
        "blue",
        "blue copy",
    }


def test_a_take_of_another_project_is_offered_and_comes_in(
    desk: Desk, done: Callable[[str], bool], films: tuple[Media, ...], tmp_path: Path
) -> None:
    away = tmp_path / "other.mp4"
    film(away, lambda _: field((44, 64, 196)), 12)
    catalogue = Catalogue(tmp_path / "catalogue")
    indexer = Indexer(catalogue, tmp_path / "cache")
    for path in (Path(films[0].path), Path(films[1].path), away):
        indexer.file(path, _Quiet())
    session = desk.session
    session.cataloguing.catalogue = catalogue
    track = session.sequence.tracks[0]
    clip = Clip(MediaSource("blue"), _half(), name="Blue", id="c1")
    session.document.do(OverwriteClips(session.sequence_id, ((track.id, RationalTime(0), clip),)))
    session.selection.items.set(["c1"])
    assert done("suggest.after")
    assert {one.sentence: one.verb for one in offers(desk)}["other"] == "Import"
    assert done("suggest.duplicates")
    assert "other" in next(one.sentence for one in offers(desk) if one.verb == "Show both")
    assert done("suggest.take")
    found = [one for one in offers(desk) if one.verb == "Import"]
    assert [one.sentence for one in found] == ["other"], "what runs is not like it"
    found[0].do()
    until = time.monotonic() + 20
    while session.sequence.clip("c1") == clip and time.monotonic() < until:
        with suppress(Empty):
            POSTED.get(timeout=0.05)()
    now = session.sequence.clip("c1")
    assert now is not None
    assert isinstance(now.source, MediaSource)
    assert session.document.library.media[now.source.media_id].path == str(away)
    session.cataloguing.catalogue = None
    catalogue.close()


def test_what_goes_after_a_clip_is_inserted_behind_it(desk: Desk, done: Callable[[str], bool]) -> None:
    track = desk.session.sequence.tracks[0]
    row = tuple(
        (track.id, RationalTime(n, 4), Clip(MediaSource("green"), _half(), name=f"g{n}", id=f"g{n}")) for n in (0, 1)
    )
    desk.session.document.do(OverwriteClips(desk.session.sequence_id, row))
    desk.session.selection.items.set(["g0"])
    assert done("suggest.after")
    assert {one.media.id for one in offers(desk) if one.media} == {"blue", "blue copy", "run"}
    assert offers(desk)[0].verb == "Insert after"
    offers(desk)[0].do()
    assert len(names(desk)) == 3
    assert names(desk)[0] == "g0"
    assert names(desk)[2] == "g1"


def test_what_is_missing_is_added_to_the_storyboard_as_one_step(desk: Desk, done: Callable[[str], bool]) -> None:
    board(desk, Shot("A man in a boat", media_id="blue"), Shot("Close-up of a hand", media_id="green"))
    assert done("suggest.missing")
    one = next(one for one in offers(desk) if one.verb == "Add shot")
    one.do()
    shots = desk.session.document.project.storyboards[0].shots
    assert len(shots) == 3
    assert shots[0].description == "Wide establishing shot: A man in a boat"
    assert desk.session.selection.shots.ids == (shots[0].id,)
    desk.session.document.undo()
    assert len(desk.session.document.project.storyboards[0].shots) == 2


def test_the_copy_is_thrown_away_and_the_one_in_the_cut_is_kept(desk: Desk, done: Callable[[str], bool]) -> None:
    track = desk.session.sequence.tracks[0]
    clip = Clip(MediaSource("blue copy"), _half(), id="c1")
    desk.session.document.do(OverwriteClips(desk.session.sequence_id, ((track.id, RationalTime(0), clip),)))
    assert done("suggest.duplicates")
    one = next(one for one in offers(desk) if one.media is not None and one.media.id == "blue")
    assert "same file" in one.sentence
    assert "used in a cut" in one.reasons
    one.do()
    assert desk.session.document.project.pool.entry("blue").hidden
    assert not desk.session.document.project.pool.entry("blue copy").hidden


def test_what_is_measured_can_be_cancelled_and_what_is_shown_stays(desk: Desk, done: Callable[[str], bool]) -> None:
    desk.session.selection.media.set(["blue", "green"])
    assert done("narrative.look")
    told = desk.session.narrating.told
    desk.session.selection.media.set(["blue", "green", "run"])
    desk.actions.run("narrative.look")
    desk.session.narrating.cancel()
    wait(desk)
    assert desk.session.narrating.told is told
