"""Imports: folders as folders of the pool, nothing twice, and every way in which files can disappoint."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from engines.analyse.analyser import NoProgress
from engines.evolve.run import Step, evolve
from engines.media.writer import write_wav
from engines.play.audio_sink import WallClockSink
from studio_app.services.jobs import Job, JobState
from studio_app.services.paths import user_paths
from studio_app.session import importing
from studio_app.session.footage_files import as_rows, found_files, is_footage
from studio_app.session.importing import Wish
from studio_app.session.session import Session
from tests.engines.evolve.footage import camera_clip
from timeline.commands.set_pool_entry import SetPoolEntry
from timeline.commands.set_watched import SetWatched
from timeline.media import Media

pytestmark = pytest.mark.media


class Desk:
    """A session with a main loop of its own, and all that was said."""

    def __init__(self) -> None:
        self.calls: queue.Queue[Callable[[], None]] = queue.Queue()
        self.session = Session(user_paths(), WallClockSink(), self.calls.put)
        self.told: list[str] = []
        self.offers: list[tuple[str, str, Callable[[], object]]] = []
        self.session.told.connect(lambda message, _error: self.told.append(message))
        self.session.offered.connect(lambda *offer: self.offers.append(offer))
        self.session.files.new("Film")

    def until(self, done: Callable[[], bool], seconds: float = 20) -> None:
        end = time.monotonic() + seconds
        while not done():
            assert time.monotonic() < end, "it took too long"
            try:
                self.calls.get(timeout=0.05)()
            except queue.Empty:
                continue

    def take(self, *paths: Path, **more: object) -> list[Media]:
        """Import and wait."""
        found: list[Media] = []
        job = self.session.importing.start(Wish(paths, **more), found.extend)  # type: ignore[arg-type]
        assert job is not None
        self.until(lambda: job.is_over)
        return found

    @property
    def tree(self) -> dict[str, str]:
        """The way to each file by its name: `{"a.wav": "Day one/Sound"}`."""
        pool = self.session.document.project.pool
        return {
            one.name: "/".join(each.name for each in pool.path_to(pool.entry(one.id).bin_id))
            for one in self.session.document.library.media.values()
        }


@pytest.fixture
def desk() -> Iterator[Desk]:
    made = Desk()
    yield made
    made.session.close()


def tone(path: Path, pitch: int = 1) -> Path:
    """A short sound; another one for each pitch."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_wav(path, np.full((2400, 1), pitch / 100, np.float32))
    return path


def test_a_folder_comes_in_with_its_folders_as_one_step(desk: Desk, tmp_path: Path) -> None:
    for number, name in enumerate(("Day one/a.wav", "Day one/Sound/b.wav", "Day one/Sound/Deep/c.wav")):
        tone(tmp_path / name, number)
    (tmp_path / "Day one" / "notes.txt").write_text("words")
    tone(tmp_path / "Day one" / ".hidden.wav", 9)
    found = desk.take(tmp_path / "Day one")
    assert [one.name for one in found] == ["a.wav", "b.wav", "c.wav"]
    assert desk.tree == {"a.wav": "Day one", "b.wav": "Day one/Sound", "c.wav": "Day one/Sound/Deep"}
    assert any("1 file is no footage" in sentence for sentence in desk.told)
    assert all(one.modified for one in found)
    desk.session.document.undo()
    assert not desk.session.document.project.pool.bins
    assert len(desk.session.document.library.media) == 3


def test_a_folder_imported_again_fills_the_folders_that_are_there(desk: Desk, tmp_path: Path) -> None:
    tone(tmp_path / "Day" / "a.wav", 1)
    desk.take(tmp_path / "Day")
    tone(tmp_path / "Day" / "b.wav", 2)
    desk.take(tmp_path / "Day")
    assert desk.tree == {"a.wav": "Day", "b.wav": "Day"}
    assert len(desk.session.document.project.pool.bins) == 1
    assert not desk.offers


def test_a_folder_whose_files_are_all_there_makes_no_folder_and_is_told(desk: Desk, tmp_path: Path) -> None:
    files = [tone(tmp_path / "Day" / f"{n}.wav", n) for n in (1, 2)]
    desk.take(*files)
    assert not desk.session.document.project.pool.bins
    desk.take(tmp_path / "Day")
    assert not desk.session.document.project.pool.bins
    assert desk.told == ["All 2 files in “Day” are in the pool already."]


def test_films_that_were_evolved_elsewhere_bring_their_family(desk: Desk, tmp_path: Path) -> None:
    sea = camera_clip((96, 54), Fraction(24), 0.25, noise=0, shake=0).media()
    film = tmp_path / "evolved.mp4"
    evolve([Step("evolve.sharpen", {})], [sea], film, seed=3, job=NoProgress())
    (made,) = desk.take(film)
    graph = desk.session.lineage.graph
    assert graph.nodes[made.id].method == "evolve.sharpen"
    assert [graph.nodes[one].kind for one in graph.parents(made.id)] == ["gone"]
    (parent,) = desk.take(Path(sea.path))
    assert desk.session.lineage.graph.parents(made.id) == (parent.id,), "known by its content once it is here"


def test_files_go_into_the_open_folder(desk: Desk, tmp_path: Path) -> None:
    tone(tmp_path / "Day" / "a.wav", 1)
    desk.take(tmp_path / "Day")
    (folder,) = desk.session.document.project.pool.bins
    desk.take(tone(tmp_path / "b.wav", 2), bin_id=folder.id)
    assert desk.tree["b.wav"] == "Day"


def test_the_same_content_under_another_name_is_kept_once_unless_one_insists(desk: Desk, tmp_path: Path) -> None:
    first, second = tone(tmp_path / "a.wav"), tone(tmp_path / "b.wav")
    (one,) = desk.take(first)
    (same,) = desk.take(second)
    assert same.id == one.id  # whoever wanted the file gets the one that is there
    ((sentence, verb, do),) = desk.offers
    assert sentence == "“b.wav” is the same sound as “a.wav”, which is in the pool."
    assert verb == "Import again"
    job = do()
    assert isinstance(job, Job)
    desk.until(lambda: job.is_over)
    assert sorted(desk.tree) == ["a.wav", "b.wav"]


def test_many_twins_are_told_of_in_one_sentence(desk: Desk, tmp_path: Path) -> None:
    for name in "abc":
        tone(tmp_path / f"{name}.wav")
    desk.take(*(tmp_path / f"{name}.wav" for name in "abc"))
    assert [sentence for sentence, _, _ in desk.offers] == [
        "2 files are in the pool already, under other names. “b.wav” is “a.wav”."
    ]


def test_a_missing_file_that_is_imported_from_elsewhere_is_found_again(desk: Desk, tmp_path: Path) -> None:
    old = tone(tmp_path / "a.wav")
    (one,) = desk.take(old)
    new = tmp_path / "Moved" / "renamed.wav"
    new.parent.mkdir()
    old.rename(new)
    desk.session.presence.look_again()
    desk.until(lambda: one.id in desk.session.presence.missing)
    desk.take(new)
    assert desk.session.document.library.media[one.id].path == str(new)
    assert one.id not in desk.session.presence.missing
    assert desk.told == ["“a.wav” was found again in Moved."]


def test_what_was_taken_out_of_the_pool_comes_back_by_an_import(desk: Desk, tmp_path: Path) -> None:
    (one,) = desk.take(tone(tmp_path / "a.wav"))
    desk.session.document.do(SetPoolEntry((one.id,), {"hidden": True}))
    desk.take(tmp_path / "a.wav")
    assert not desk.session.document.project.pool.entry(one.id).hidden


def test_a_file_that_vanishes_is_a_sentence_and_the_others_come_in(desk: Desk, tmp_path: Path) -> None:
    found = desk.take(tone(tmp_path / "a.wav"), tmp_path / "gone.wav")
    assert [one.name for one in found] == ["a.wav"]
    assert desk.told == ["“gone.wav” is not there. Put it back, or link the clip to another file."]


def test_thousands_of_files_that_are_no_footage_are_one_sentence(desk: Desk, tmp_path: Path) -> None:
    files = [tmp_path / f"{number}.txt" for number in range(5000)]
    begun = time.monotonic()
    assert desk.take(*files, tone(tmp_path / "a.wav"))
    assert desk.told == ["5000 files are no footage and were left out."]
    assert time.monotonic() - begun < 5


def test_many_broken_files_are_one_sentence(desk: Desk, tmp_path: Path) -> None:
    for number in range(6):
        (tmp_path / f"{number}.wav").write_text("words")
    desk.take(*(tmp_path / f"{number}.wav" for number in range(6)))
    (sentence,) = desk.told
    assert sentence.startswith("6 files could not be imported. The first: “0.wav”")


def test_an_import_can_be_cancelled_and_what_came_in_stays(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "BATCH", 1)
    files = [tone(tmp_path / f"{number:02d}.wav", number) for number in range(12)]
    job = desk.session.import_files(files)
    assert job is not None
    desk.session.document.library_changed.connect(job.cancel)
    desk.until(lambda: job.is_over)
    assert job.state is JobState.CANCELLED
    assert 1 <= len(desk.session.document.library.media) < 12


def test_a_list_without_end_is_cut(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "MOST_FILES", 2)
    desk.take(*(tone(tmp_path / f"{number}.wav", number) for number in range(4)))
    assert sorted(desk.tree) == ["0.wav", "1.wav"]
    assert any("Only the first 2 files" in sentence for sentence in desk.told)


def test_nothing_to_import_is_no_job(desk: Desk) -> None:
    assert desk.session.import_files([]) is None


def test_files_below_a_root_keep_their_folders(tmp_path: Path) -> None:
    tone(tmp_path / "Card" / "A" / "a.wav")
    (one,) = found_files([tmp_path / "Card" / "A" / "a.wav"], tmp_path / "Card")
    assert one.folders == ("Card", "A")
    (other,) = found_files([tmp_path / "Card" / "A" / "a.wav"])
    assert other.folders == ()
    assert is_footage(Path("A.MOV"))
    assert not is_footage(Path("a.pdf"))


def test_new_files_of_a_watched_folder_come_in_by_themselves(desk: Desk, tmp_path: Path) -> None:
    desk.session.watch._seconds = 0.05
    card = tmp_path / "Card"
    tone(card / "a.wav", 1)
    desk.session.document.do(SetWatched((str(card),)))
    desk.until(lambda: "a.wav" in desk.tree)
    tone(card / "Day" / "b.wav", 2)
    desk.until(lambda: "b.wav" in desk.tree)
    assert desk.tree == {"a.wav": "Card", "b.wav": "Card/Day"}
    desk.session.files.close()
    desk.session.document.close()
    assert desk.session.watch.folders == ()


def test_another_project_that_watches_the_same_folder_gets_its_files_too(desk: Desk, tmp_path: Path) -> None:
    desk.session.watch._seconds = 0.05
    tone(tmp_path / "Card" / "a.wav", 1)
    for name in ("One", "Two"):
        desk.session.files.new(name)
        pool = replace(desk.session.document.project.pool, watched=(str(tmp_path / "Card"),))
        project = replace(desk.session.document.project, pool=pool)
        desk.session.document.replace(replace(desk.session.document.saved, project=project), None)
        desk.until(lambda: "a.wav" in desk.tree)


def test_nothing_watches_once_the_session_is_closed(desk: Desk, tmp_path: Path) -> None:
    desk.session.document.do(SetWatched((str(tmp_path),)))
    assert [one for one in threading.enumerate() if one.name == "watch"]
    desk.session.close()
    assert not [one for one in threading.enumerate() if one.name == "watch"]


def test_a_missing_file_is_relinked_and_its_neighbours_with_it(desk: Desk, tmp_path: Path) -> None:
    media = desk.take(*(tone(tmp_path / f"{name}.wav", number) for number, name in enumerate("abc", 1)))
    (tmp_path / "New").mkdir()
    for name in "abc":
        (tmp_path / f"{name}.wav").rename(tmp_path / "New" / (f"{name}.wav" if name != "a" else "other name.wav"))
    job = desk.session.relinking.start(media, tmp_path / "New" / "other name.wav")
    assert job is not None
    desk.until(lambda: job.is_over)
    assert desk.told == ["3 of 3 missing files are there again."]
    assert all(Path(one.path).is_file() for one in desk.session.document.library.media.values())


def test_a_file_that_cannot_stand_for_another_is_refused_with_its_reason(desk: Desk, tmp_path: Path) -> None:
    (long,) = desk.take(tone(tmp_path / "long.wav"))
    short = tmp_path / "short.wav"
    write_wav(short, np.zeros((240, 1), np.float32))
    job = desk.session.relinking.start([long], short)
    assert job is not None
    desk.until(lambda: job.is_over)
    assert "“short.wav” is shorter than “long.wav” was" in desk.told[0]
    job = desk.session.relinking.start([long], tmp_path / "New")
    assert job is not None
    desk.until(lambda: job.is_over)
    assert desk.session.document.library.media[long.id].path == long.path
    assert desk.session.relinking.start([], tmp_path) is None


def numbered(folder: Path, numbers: range, name: str = "shot_{:04}.png") -> None:
    import cv2

    folder.mkdir(exist_ok=True)
    for number in numbers:
        cv2.imwrite(str(folder / name.format(number)), np.full((18, 32, 3), number * 20 % 255, np.uint8))


def test_numbered_pictures_of_a_folder_are_one_clip_unless_one_wants_stills(desk: Desk, tmp_path: Path) -> None:
    numbered(tmp_path / "render", range(3, 9))
    numbered(tmp_path / "render", range(1, 3), "photo{}.png")
    desk.take(tmp_path / "render")
    media = desk.session.document.library.media
    assert sorted(Path(one.path).name for one in media.values()) == ["photo1.png", "photo2.png", "shot_%04d.png"]
    film = next(one for one in media.values() if "%" in one.path)
    assert film.duration.frames(desk.session.sequence.rate) == 6
    message, verb, do = desk.offers[-1]
    assert message == "6 numbered pictures from “shot_0003.png” on came in as one clip."
    assert verb == "Import as stills"
    do()
    desk.until(lambda: len(desk.session.document.library.media) == 9)
    pool = desk.session.document.project.pool
    assert len({pool.entry(one).bin_id for one in desk.session.document.library.media}) == 1


def test_only_long_rows_without_a_hole_are_one_clip() -> None:
    few = [f"a{n:02}.png" for n in range(4)]
    holed = [f"b{n:02}.png" for n in (1, 2, 3, 5, 6, 7)]
    sound = [f"c{n:02}.wav" for n in range(9)]
    row = [f"d{n}.exr" for n in range(8, 13)]
    assert list(as_rows([*few, *holed, *sound])) == [(name, ()) for name in (*few, *holed, *sound)]
    assert list(as_rows([f"d{n:03}.exr" for n in range(8, 13)])) == [
        ("d%03d.exr", tuple(f"d{n:03}.exr" for n in range(8, 13)))
    ]
    assert all(not names for _, names in as_rows(sorted(row))), "9 and 10 are not written alike"
