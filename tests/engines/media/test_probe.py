"""Every file is either described rightly or refused in a sentence; nothing a file does reaches the editor."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from engines.errors import MediaError
from engines.media.content_hash import content_hash
from engines.media.inspection import probe_here
from engines.media.probe import Prober, probe
from engines.media.reader import VideoReader
from tests.engines.media import bad_workers
from tests.engines.media.footage import make_film, read_counter, tone
from timeline.media import Media, MediaKind
from timeline.time import RationalTime

pytestmark = pytest.mark.media


@pytest.fixture
def prober() -> Iterator[Prober]:
    prober = Prober()
    yield prober
    prober.close()


def refusal(path: Path) -> str:
    with pytest.raises(MediaError) as raised:
        probe_here(path)
    return raised.value.message


def test_a_film_is_described(tmp_path: Path) -> None:
    path = make_film(tmp_path / "film.mp4", count=48, rate=Fraction(24), sound=tone(2), sound_rate=48000)
    media = probe(path)
    assert media.path == str(path)
    assert media.kind is MediaKind.VIDEO
    assert (media.name, media.duration, media.rate) == ("film.mp4", RationalTime(2), 24)
    assert (media.width, media.height, media.rotation) == (160, 90, 0)
    assert (media.has_video, media.has_audio, media.has_alpha, media.interlaced) == (True, True, False, False)
    assert (media.sample_rate, media.channels, media.video_codec, media.audio_codec) == (48000, 2, "h264", "aac")
    assert media.file_size == path.stat().st_size
    assert media.content_hash == content_hash(path)


def test_a_relative_path_becomes_absolute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_film(tmp_path / "film.mp4", count=2)
    monkeypatch.chdir(tmp_path)
    assert probe("film.mp4").path == str(tmp_path / "film.mp4")


def test_names_in_any_script_and_with_odd_signs_work(tmp_path: Path) -> None:
    for name in ("Ünïcødé – 映画.mp4", "a b'c\"d%d.mp4", "100%04d.mp4", "-film.mp4", "what?#&.mp4"):
        assert probe(make_film(tmp_path / name, count=2)).name == name


@pytest.mark.parametrize(
    ("text", "frames", "drop"),
    [("01:00:00:00", 108000, False), ("01:00:00;00", 107892, True), ("00:00:10:15", 315, False)],
)
def test_the_start_timecode_is_read(tmp_path: Path, text: str, frames: int, drop: bool) -> None:
    rate = Fraction(30000, 1001)
    for suffix in ("mov", "mp4"):
        media = probe_here(make_film(tmp_path / f"film.{suffix}", count=5, rate=rate, metadata={"timecode": text}))
        assert media.start_timecode == RationalTime.from_frames(frames, rate)
        assert media.drop_frame is drop


def test_a_timecode_that_is_none_is_passed_over(tmp_path: Path) -> None:
    media = probe_here(make_film(tmp_path / "film.mkv", count=5, metadata={"timecode": "tomorrow"}))
    assert media.start_timecode == RationalTime(0)


def test_interlaced_films_are_flagged(tmp_path: Path) -> None:
    path = make_film(tmp_path / "tv.mp4", count=6, options={"x264-params": "interlaced=1:tff=1"}, size=(160, 96))
    assert probe_here(path).interlaced


def test_a_film_cut_off_behind_its_index_is_as_long_as_what_is_left(tmp_path: Path) -> None:
    whole = make_film(
        tmp_path / "whole.mp4", count=100, options={"g": "10", "crf": "5"}, container_options={"movflags": "+faststart"}
    )
    cut = tmp_path / "cut.mp4"
    cut.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    media = probe_here(cut)
    assert RationalTime(1) < media.duration < RationalTime(3)
    reader = VideoReader(media)
    for n in (0, 30, 5):
        assert read_counter(reader.frame_at(RationalTime.from_frames(n, Fraction(25))).planes[0]) == n
    assert read_counter(reader.frame_at(RationalTime(100)).planes[0]) < 75
    reader.close()


def test_missing_files_folders_and_empty_files_are_refused(tmp_path: Path) -> None:
    (tmp_path / "empty.mp4").touch()
    (tmp_path / "folder.mp4").mkdir()
    assert refusal(tmp_path / "gone.mp4") == "“gone.mp4” is not there. Put it back, or link the clip to another file."
    assert "“folder.mp4” is a folder" in refusal(tmp_path / "folder.mp4")
    assert "“empty.mp4” is empty (0 bytes)" in refusal(tmp_path / "empty.mp4")


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_refused(tmp_path: Path) -> None:
    path = make_film(tmp_path / "secret.mp4", count=2)
    path.chmod(0)
    assert "may not be read" in refusal(path)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("text.mp4", b"This is a letter, not a film.\n" * 200),
        ("letter.txt", b"This is a letter, not a film.\n" * 200),
        ("list.m3u8", b"#EXTM3U\n#EXTINF:10,\nhttp://example.invalid/film.ts\n#EXT-X-ENDLIST\n"),
        ("list.txt", b"ffconcat version 1.0\nfile /etc/hostname\n"),
        ("subtitles.srt", b"1\n00:00:00,000 --> 00:00:01,000\nHello\n"),
        ("page.html", b"<html><body>film</body></html>"),
        ("photo.heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 500),
        ("noise.mp4", np.random.default_rng(1).bytes(5000)),
        ("noise.png", np.random.default_rng(2).bytes(5000)),
        ("zeros.mov", bytes(5000)),
        ("head.wav", b"RIFF\xff\xff\xff\xffWAVEfmt "),
    ],
)
def test_what_is_not_media_is_refused_by_name(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    assert refusal(tmp_path / name).startswith(f"“{name}” ")


@pytest.mark.parametrize("name", ["long_gop.mp4", "vp9.webm", "mpeg4.avi", "prores.mov", "film.gif", "h264.ts"])
@pytest.mark.parametrize("share", [0.02, 0.5, 0.97])
def test_a_film_cut_off_anywhere_is_described_or_refused(
    film: Callable[[str], Path], tmp_path: Path, name: str, share: float
) -> None:
    data = film(name).read_bytes()
    path = tmp_path / name
    path.write_bytes(data[: int(len(data) * share)])
    try:
        media: Media | MediaError = probe_here(path)
    except MediaError as error:
        media = error
    if isinstance(media, MediaError):
        assert f"“{name}”" in media.message
        return
    reader = VideoReader(media)
    assert read_counter(reader.frame_at(RationalTime(0)).planes[0], media.width) == 0
    reader.close()


def test_a_film_without_its_index_is_refused(film: Callable[[str], Path], tmp_path: Path) -> None:
    data = film("long_gop.mp4").read_bytes()
    path = tmp_path / "unfinished.mp4"
    path.write_bytes(data[: data.index(b"moov") - 4])
    assert refusal(path).startswith(
        "“unfinished.mp4” cannot be read: it is not a media file, or it is damaged or cut off."
    )


def test_a_film_that_holds_no_frames_is_refused(tmp_path: Path) -> None:
    import av

    path = tmp_path / "nothing.mp4"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=25)
        stream.width, stream.height = 160, 90
        container.mux(stream.encode(None))
    message = refusal(path)
    assert message.startswith(("“nothing.mp4”", "No picture of “nothing.mp4”"))


def test_the_content_tells_files_apart_and_not_their_names(tmp_path: Path) -> None:
    big = bytearray(np.random.default_rng(1).bytes(5 << 20))
    (tmp_path / "a").write_bytes(big)
    (tmp_path / "b").write_bytes(big)
    big[len(big) // 2] ^= 1
    (tmp_path / "c").write_bytes(big)
    a, b, c = (content_hash(tmp_path / name) for name in "abc")
    assert a == b != c
    assert len(a) == 32


def test_a_file_that_kills_its_reader_is_refused_and_the_next_is_read(tmp_path: Path) -> None:
    good, bad = make_film(tmp_path / "good.mp4", count=2), make_film(tmp_path / "bad.mp4", count=2)
    prober = Prober(serve=bad_workers.crash_on_bad)
    with pytest.raises(MediaError, match=r"“bad\.mp4” is so damaged that it cannot be read"):
        prober.probe(bad)
    assert prober.probe(good).name == "good.mp4"
    prober.close()


def test_a_file_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    prober = Prober(timeout=0.5, serve=bad_workers.hang)
    begun = time.monotonic()
    with pytest.raises(MediaError, match=r"“slow\.mp4” was given up: reading it took longer than 0\.5 seconds"):
        prober.probe(make_film(tmp_path / "slow.mp4", count=2))
    assert time.monotonic() - begun < 5
    prober.close()


def test_a_worker_that_died_while_idle_is_replaced_unnoticed(prober: Prober, tmp_path: Path) -> None:
    path = make_film(tmp_path / "film.mp4", count=2)
    first = prober.probe(path)
    process = prober._workers._all[0]._process
    assert process is not None
    process.kill()
    process.join()
    assert prober.probe(path).content_hash == first.content_hash


def test_several_threads_may_ask_the_same_prober(prober: Prober, tmp_path: Path) -> None:
    paths = [make_film(tmp_path / f"{n}.mp4", count=n + 1) for n in range(6)]
    seen: dict[int, Media] = {}

    def ask(n: int) -> None:
        seen[n] = prober.probe(paths[n])

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [seen[n].duration.frames(Fraction(25)) for n in range(6)] == [1, 2, 3, 4, 5, 6]


def test_a_script_without_a_main_guard_can_probe(tmp_path: Path) -> None:
    """The worker does not run the caller's script a second time."""
    path = make_film(tmp_path / "film.mp4", count=2)
    script = tmp_path / "script.py"
    script.write_text(
        f"import sys\nsys.path[:0] = {sys.path!r}\nprint('started')\n"
        f"from engines.media.probe import probe\nprint(probe({str(path)!r}).width)\n"
    )
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, timeout=60, check=False)
    assert done.stdout.split() == ["started", "160"], done.stderr
    assert done.returncode == 0


def test_probing_loads_neither_windows_nor_forms() -> None:
    program = (
        f"import sys; sys.path[:0] = {sys.path!r}; import engines.media.probe; "
        "print([name for name in ('PySide6', 'pydantic') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == "[]"
