"""Films: each frame shows the very source frame the timeline asks for; nothing half made is ever left."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from engines.errors import ExportError
from engines.export.base import Progress
from engines.export.mp4 import export_mp4
from engines.export.presets import Mp4Preset
from engines.media.writer import MovieWriter
from tests.engines.render.counters import HZ, clip_of, levels, lumas, number_of, sound_of, write_counter
from timeline.errors import Cancelled
from timeline.items import EffectUse, Gap, GeneratorSource, Transition
from timeline.media import Library, Media
from timeline.project import Project
from timeline.sequence import Sequence
from timeline.time import RATES, RationalTime, TimeRange
from timeline.track import Track, TrackKind

pytestmark = pytest.mark.media
RATE = Fraction(25)
RENDERED = Mp4Preset(label="All rendered", description="", copy_untouched=False)


def frames(count: int, rate: Fraction = RATE) -> RationalTime:
    return RationalTime.from_frames(count, rate)


@pytest.fixture(scope="module")
def media(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Media]:
    folder = tmp_path_factory.mktemp("media")
    return {
        "a": write_counter(folder / "a.mp4", 120, RATE),
        "b": write_counter(folder / "b.mp4", 120, RATE, first=1000),
    }


def project_of(*tracks: Track, rate: Fraction = RATE, size: tuple[int, int] = (160, 90)) -> tuple[Project, str]:
    sequence = Sequence(width=size[0], height=size[1], rate=rate, tracks=tracks)
    return Project(sequences=(sequence,)), sequence.id


def exported(path: Path, known: dict[str, Media], *tracks: Track, rate: Fraction = RATE, **options: Any) -> list[Any]:
    project, sequence_id = project_of(*tracks, rate=rate)
    export_mp4(project, Library(known), sequence_id, path, **options)
    return lumas(path)


def stream_lengths(path: Path) -> tuple[Fraction, ...]:
    """What the container says that each stream lasts, in seconds."""
    with av.open(str(path)) as container:
        return tuple(Fraction(stream.duration or 0) * Fraction(stream.time_base or 0) for stream in container.streams)


def video(*items: Any, **changes: Any) -> Track:
    return Track(TrackKind.VIDEO, items, **changes)


def test_every_frame_is_the_source_frame_of_the_timeline(tmp_path: Path, media: dict[str, Media]) -> None:
    a, b = media["a"], media["b"]
    track = video(
        clip_of(a, 10, 8),
        clip_of(b, 50, 6),
        Gap(frames(3)),
        clip_of(a, 20, 12, speed=Fraction(2)),
        clip_of(b, 30, 5, speed=Fraction(-1)),
        clip_of(a, 60, 3, speed=Fraction(1, 2)),
        clip_of(a, 5, 12, speed=Fraction(-3)),
        clip_of(b, 0, 2),
    )
    found = [number_of(luma) for luma in exported(tmp_path / "film.mp4", media, track)]
    expected = [
        *range(10, 18),
        *range(1050, 1056),
        *[0] * 3,
        *range(20, 32, 2),
        *range(1034, 1029, -1),
        *[60, 60, 61, 61, 62, 62],
        *[16, 13, 10, 7],
        *range(1000, 1002),
    ]
    assert found == expected
    assert list(tmp_path.iterdir()) == [tmp_path / "film.mp4"]


def test_a_dissolve_mixes_the_frames_beyond_both_cuts(tmp_path: Path, media: dict[str, Media]) -> None:
    change = Transition("dissolve", "x", "y", frames(3), frames(3))
    track = video(clip_of(media["a"], 20, 10, id="x"), clip_of(media["b"], 40, 10, id="y"), transitions=(change,))
    found = exported(tmp_path / "film.mp4", media, track)
    assert [number_of(luma) for luma in found[:7]] == list(range(20, 27))
    assert [number_of(luma) for luma in found[13:]] == list(range(1043, 1050))
    for index in range(7, 13):
        left, right = 20 + index, 1030 + index
        share = (index - 7 + 0.5) / 6
        bits = [np.array([n >> (15 - bit) & 1 for bit in range(16)]) for n in (left, right)]
        np.testing.assert_allclose(levels(found[index]), bits[0] * (1 - share) + bits[1] * share, atol=0.04)


def test_a_fade_over_a_gap_comes_out_of_black(tmp_path: Path, media: dict[str, Media]) -> None:
    change = Transition("dissolve", None, "x", frames(0), frames(4))
    track = video(Gap(frames(2)), clip_of(media["a"], 21, 10, id="x"), transitions=(change,))
    found = exported(tmp_path / "film.mp4", media, track)
    assert [number_of(luma) for luma in found[6:]] == list(range(25, 31))
    assert levels(found[2]).max() == pytest.approx(0.125, abs=0.03)
    assert levels(found[5]).max() == pytest.approx(0.875, abs=0.03)


def test_a_moved_and_shrunk_picture_keeps_its_frames(tmp_path: Path, media: dict[str, Media]) -> None:
    use = EffectUse("transform", {"scale": 50.0, "position_x": 40.0, "position_y": 22.0})
    track = video(clip_of(media["a"], 30, 6, effects=(use,)))
    found = exported(tmp_path / "film.mp4", media, track)
    assert [number_of(luma[44:89, 80:160]) for luma in found] == list(range(30, 36))
    assert all(luma[:40].max() < 24 for luma in found)


@pytest.mark.parametrize("rate", RATES, ids=str)
def test_the_length_is_exact_at_every_rate(tmp_path: Path, rate: Fraction) -> None:
    source = write_counter(tmp_path / "a.mp4", 40, rate, sound=np.zeros((HZ * 2, 2), np.float32))
    sound = Track(TrackKind.AUDIO, (clip_of(source, 3, 31),))
    found = exported(tmp_path / "film.mp4", {"a": source}, video(clip_of(source, 3, 31)), sound, rate=rate)
    assert [number_of(luma) for luma in found] == list(range(3, 34))
    picture_seconds, sound_seconds = stream_lengths(tmp_path / "film.mp4")
    assert abs(picture_seconds - 31 / rate) < Fraction(1, 1000)  # the header counts in milliseconds
    assert abs(sound_seconds - 31 / rate) < 1 / rate


def test_media_of_another_rate_is_sampled_by_time(tmp_path: Path, media: dict[str, Media]) -> None:
    rate = Fraction(30000, 1001)
    clip = clip_of(media["a"], 0, 50)
    exact = TimeRange(frames(10), RationalTime.from_frames(30, rate))
    track = video(type(clip)(clip.source, exact))
    found = [number_of(luma) for luma in exported(tmp_path / "film.mp4", media, track, rate=rate)]
    assert found == [(frames(10) + RationalTime.from_frames(i, rate)).frames(RATE) for i in range(30)]


def test_sound_stays_with_its_picture(tmp_path: Path) -> None:
    clicks = np.zeros((HZ * 4, 2), np.float32)
    clicks[HZ] = clicks[HZ * 2] = 0.9
    source = write_counter(tmp_path / "a.mp4", 100, RATE, sound=clicks)
    picture, sound = clip_of(source, 20, 50), Track(TrackKind.AUDIO, (clip_of(source, 20, 50),))
    exported(tmp_path / "film.mp4", {"a": source}, video(picture), sound)
    heard = np.abs(sound_of(tmp_path / "film.mp4")[:, 0])
    for second in (1, 2):
        at = second * HZ - 20 * HZ // 25
        peak = at - 400 + int(heard[at - 400 : at + 400].argmax())
        assert abs(peak - at) <= 2
        assert heard[peak] > 0.2


def test_a_range_is_exported_alone(tmp_path: Path, media: dict[str, Media]) -> None:
    track = video(clip_of(media["a"], 10, 50))
    found = exported(tmp_path / "film.mp4", media, track, marked=TimeRange(frames(5), frames(7)))
    assert [number_of(luma) for luma in found] == list(range(15, 22))
    with pytest.raises(ExportError, match="mark in"):
        exported(tmp_path / "none.mp4", media, track, marked=TimeRange(frames(500), frames(7)))


def test_another_size_and_rate_are_fitted(tmp_path: Path, media: dict[str, Media]) -> None:
    settings = Mp4Preset(label="Tall", description="", width=90, height=160, rate="50")
    found = exported(tmp_path / "film.mp4", media, video(clip_of(media["a"], 10, 6)), preset=settings)
    assert found[0].shape == (160, 90)
    assert [number_of(luma[54:106]) for luma in found] == [n for n in range(10, 16) for _ in range(2)]
    assert all(luma[:50].max() < 24 for luma in found)


def test_progress_counts_up_to_the_end(tmp_path: Path, media: dict[str, Media]) -> None:
    told: list[Progress] = []
    exported(tmp_path / "film.mp4", media, video(clip_of(media["a"], 0, 100)), progress=told.append)
    assert [one.done_frames for one in told] == sorted(one.done_frames for one in told)
    assert told[-1].done_frames == told[-1].total_frames == 100


def test_an_empty_sequence_is_refused_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="empty"):
        exported(tmp_path / "film.mp4", {}, video())
    assert not list(tmp_path.iterdir())


def test_a_failing_effect_stops_the_export_by_name_and_keeps_the_old_film(
    tmp_path: Path, media: dict[str, Media]
) -> None:
    film = tmp_path / "film.mp4"
    film.write_bytes(b"the good one")
    bad = clip_of(media["a"], 0, 5, name="Beach", effects=(EffectUse("from_the_future"),))
    with pytest.raises(ExportError, match="“Beach” at 00:00:02:00 uses the effect “from_the_future”"):
        exported(film, media, video(clip_of(media["a"], 0, 50), bad))
    assert film.read_bytes() == b"the good one"
    assert list(tmp_path.iterdir()) == [film]
    wrong = clip_of(media["a"], 0, 5, name="Pier", effects=(EffectUse("transform", {"scale": "wide"}),))
    with pytest.raises(ExportError, match="“transform” of the clip “Pier” failed at 00:00:01:15"):
        exported(film, media, video(clip_of(media["a"], 0, 40), wrong))
    assert not [thread.name for thread in threading.enumerate() if thread.name.startswith("export")]


def test_an_error_of_the_encoder_reaches_the_caller(
    tmp_path: Path, media: dict[str, Media], monkeypatch: pytest.MonkeyPatch
) -> None:
    written = MovieWriter.write_frame

    def full(writer: MovieWriter, frame: Any) -> None:
        if writer.frames_written == 30:
            raise ExportError("The disk is full.")
        written(writer, frame)

    monkeypatch.setattr(MovieWriter, "write_frame", full)
    with pytest.raises(ExportError, match="disk is full"):
        exported(tmp_path / "film.mp4", media, video(clip_of(media["a"], 0, 100)), preset=RENDERED)
    assert not list(tmp_path.iterdir())


def test_a_missing_file_becomes_a_card_and_is_told(tmp_path: Path, media: dict[str, Media]) -> None:
    lost = str(tmp_path / "gone.mp4")
    gone = Media(lost, media["a"].kind, name="gone.mp4", width=160, height=90, rate=RATE, id="gone")
    project, sequence_id = project_of(video(clip_of(media["a"], 0, 5), clip_of(gone, 0, 5)))
    lacks = export_mp4(project, Library({**media, "gone": gone}), sequence_id, tmp_path / "film.mp4")
    assert len(lumas(tmp_path / "film.mp4")) == 10
    assert len(lacks) == 1
    assert "gone.mp4" in lacks[0]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_told_in_a_sentence_and_leaves_nothing(tmp_path: Path, media: dict[str, Media]) -> None:
    film = tmp_path / "film.mp4"
    film.write_bytes(b"the good one")
    (tmp_path / "film.mp4.part").symlink_to("/dev/full")
    with pytest.raises(ExportError, match="disk is full"):
        exported(film, media, video(clip_of(media["a"], 0, 100)))
    assert film.read_bytes() == b"the good one"
    assert list(tmp_path.iterdir()) == [film]


def test_cancel_leaves_nothing_within_a_second(tmp_path: Path, media: dict[str, Media]) -> None:
    asked: list[float] = []

    def check() -> None:
        if (tmp_path / "film.mp4.part").exists():
            asked.append(time.perf_counter())
            raise Cancelled

    tracks = [video(clip_of(media["a"], 0, 100)) for _ in range(1)]
    long = video(*(clip_of(media["a"], 0, 100) for _ in range(50)))
    with pytest.raises(Cancelled):
        exported(tmp_path / "film.mp4", media, *tracks, long, check=check)
    assert time.perf_counter() - asked[0] < 1.0
    assert not list(tmp_path.iterdir())


def test_too_little_room_is_refused_before_anything_is_written(
    tmp_path: Path, media: dict[str, Media], monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = type(shutil.disk_usage(tmp_path))
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(10**9, 10**9 - 1000, 1000))
    with pytest.raises(ExportError, match=r"not enough room for “film.mp4”: it needs about .* MB, and 1 kB are free"):
        exported(tmp_path / "film.mp4", media, video(clip_of(media["a"], 0, 10)))
    assert not list(tmp_path.iterdir())


def test_a_folder_that_is_not_there_is_named(tmp_path: Path, media: dict[str, Media]) -> None:
    with pytest.raises(ExportError, match="does not exist"):
        exported(tmp_path / "no" / "film.mp4", media, video(clip_of(media["a"], 0, 10)))


def test_a_self_check_that_fails_deletes_the_film(
    tmp_path: Path, media: dict[str, Media], monkeypatch: pytest.MonkeyPatch
) -> None:
    written = MovieWriter.write_frame

    def forgetful(writer: MovieWriter, frame: Any) -> None:
        if writer.frames_written != 7 or hasattr(writer, "forgot"):
            written(writer, frame)
        else:
            writer.forgot = True  # type: ignore[attr-defined]  # one frame is lost

    monkeypatch.setattr(MovieWriter, "write_frame", forgetful)
    with pytest.raises(ExportError, match="has 9 frames instead of 10"):
        exported(tmp_path / "film.mp4", media, video(clip_of(media["a"], 0, 10)), preset=RENDERED)
    assert not list(tmp_path.iterdir())


def _export_forever(folder: Path, media: Media) -> None:
    track = video(*(clip_of(media, 0, 100) for _ in range(200)))
    exported(folder / "film.mp4", {media.id: media}, track)


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="kill -9 is of POSIX")
def test_kill_9_leaves_the_last_good_film(tmp_path: Path, media: dict[str, Media]) -> None:
    exported(tmp_path / "film.mp4", media, video(clip_of(media["a"], 0, 10)))
    good = (tmp_path / "film.mp4").read_bytes()
    child = multiprocessing.get_context("spawn").Process(target=_export_forever, args=(tmp_path, media["a"]))
    child.start()
    part = tmp_path / "film.mp4.part"
    until = time.monotonic() + 30
    while not (part.exists() and part.stat().st_size > 1000) and time.monotonic() < until:
        time.sleep(0.02)
    assert part.exists()
    assert child.pid is not None
    os.kill(child.pid, signal.SIGKILL)
    child.join()
    assert (tmp_path / "film.mp4").read_bytes() == good
    assert {one.name for one in tmp_path.iterdir()} == {"film.mp4", "film.mp4.part"}
    exported(tmp_path / "film.mp4", media, video(clip_of(media["a"], 0, 5)))
    assert {one.name for one in tmp_path.iterdir()} == {"film.mp4"}


def test_a_generator_alone_makes_a_film(tmp_path: Path) -> None:
    clip = clip_of(write_counter(tmp_path / "x.mp4", 1, RATE), 0, 5)
    solid = type(clip)(GeneratorSource("solid", {"colour": "#ffffff"}), clip.source_range)
    found = exported(tmp_path / "film.mp4", {}, video(solid))
    assert len(found) == 5
    assert found[2].min() > 225


def test_key_frames_stand_as_far_apart_as_the_preset_says(tmp_path: Path, media: dict[str, Media]) -> None:
    clip = clip_of(media["a"], 0, 100)
    for seconds in (1.0, 20.0):
        settings = RENDERED.model_copy(update={"key_frames": seconds})
        exported(tmp_path / "film.mp4", media, video(clip), preset=settings)
        with av.open(str(tmp_path / "film.mp4")) as container:
            packets = [packet for packet in container.demux(video=0) if packet.size]
        gaps = np.diff([number for number, packet in enumerate(packets) if packet.is_keyframe] + [len(packets)])
        assert (gaps.max() <= 25) == (seconds == 1.0)  # between them a change of scene has one of its own


def test_a_film_of_files_alone_does_without_qt() -> None:
    asked = "import engines.export.deliver; from engines.render.catalogue import Catalogue; Catalogue.installed()"
    loaded = f"import sys; {asked}; print(sorted(name for name in sys.modules if name.startswith('PySide6')))"
    done = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
