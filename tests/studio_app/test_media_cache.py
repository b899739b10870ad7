"""Thumbnails and waveforms: asked for, told of, made once, and gone with the window."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from engines.generate.base import GenerationRequest
from engines.media.patience import check
from engines.media.probe import probe
from engines.media.writer import write_wav
from studio_app.services import media_cache
from studio_app.services.jobs import plain_thread
from studio_app.services.media_cache import Sketches, Thumbnails, Waveforms
from tests.engines.media import footage
from timeline.media import Media, MediaKind
from timeline.time import RationalTime

pytestmark = pytest.mark.media


@pytest.fixture
def calls() -> queue.Queue[Callable[[], None]]:
    return queue.Queue()


@pytest.fixture
def waveforms(tmp_path: Path, calls: queue.Queue[Callable[[], None]]) -> Iterator[Waveforms]:
    cache = tmp_path / "cache"
    cache.mkdir()
    waveforms = Waveforms(calls.put, plain_thread, cache)
    yield waveforms
    waveforms.close()


def test_peaks_arrive_later_and_are_then_there_at_once(
    waveforms: Waveforms, calls: queue.Queue[Callable[[], None]], tmp_path: Path
) -> None:
    path = tmp_path / "tone.wav"
    tone = np.sin(np.arange(48000) / 48000 * 2 * np.pi * 440).astype(np.float32) * 0.5
    write_wav(path, np.stack([tone, tone], 1), 48000)
    media = probe(path)
    arrived: list[str] = []
    waveforms.arrived.connect(arrived.append)
    assert waveforms.get(media) is None
    calls.get(timeout=20)()
    assert arrived == [media.id]
    peaks = waveforms.get(media)
    assert peaks is not None
    assert len(peaks) == 100
    assert peaks[:, 1].max() == pytest.approx(0.5, abs=0.02)


def test_what_is_asked_for_while_it_rests_is_made_afterwards(
    waveforms: Waveforms, calls: queue.Queue[Callable[[], None]], tmp_path: Path
) -> None:
    path = tmp_path / "tone.wav"
    write_wav(path, np.zeros((480, 2), np.float32), 48000)
    media = probe(path)
    waveforms.rest(True)
    assert waveforms.get(media) is None
    assert not waveforms.is_working
    waveforms.rest(False)
    calls.get(timeout=20)()
    assert waveforms.get(media) is not None


def test_a_file_that_cannot_be_read_is_asked_for_once(
    waveforms: Waveforms, calls: queue.Queue[Callable[[], None]]
) -> None:
    media = Media("/nowhere.wav", MediaKind.AUDIO, has_audio=True, id="gone")
    assert waveforms.get(media) is None
    calls.get(timeout=20)()
    assert waveforms.get(media) is None
    assert calls.empty()


def test_a_sketch_shows_what_the_engine_would_draw(calls: queue.Queue[Callable[[], None]], tmp_path: Path) -> None:
    sketches = Sketches(calls.put, plain_thread, tmp_path)
    try:
        sea = GenerationRequest(prompt="The sea at night", width=320, height=180)
        assert sketches.get("shot", "procedural", sea, 160) is None
        calls.get(timeout=30)()
        path = sketches.get("shot", "procedural", sea, 160)
        assert path is not None
        assert probe(path).width == 160
        assert sketches.get("shot", "slate", sea, 160) is None  # the counter film does not sketch
        calls.get(timeout=30)()
        assert sketches.get("shot", "slate", sea, 160) is None
        assert calls.empty()
    finally:
        sketches.close()


def test_a_picture_whose_file_was_deleted_is_made_again(calls: queue.Queue[Callable[[], None]], tmp_path: Path) -> None:
    sketches = Sketches(calls.put, plain_thread, tmp_path)
    request = GenerationRequest(prompt="a lighthouse at dusk", width=320, height=180)
    assert sketches.get("shot", "procedural", request, 64) is None
    calls.get(timeout=30)()
    path = sketches.get("shot", "procedural", request, 64)
    assert path is not None
    path.unlink()
    assert sketches.get("shot", "procedural", request, 64) is None
    calls.get(timeout=30)()
    assert path.is_file()
    sketches.close()


def test_thumbnails_are_read_from_a_proxy_and_from_the_film_where_that_is_broken(
    calls: queue.Queue[Callable[[], None]], tmp_path: Path
) -> None:
    film = probe(footage.make_film(tmp_path / "film.mp4", count=20))
    light = replace(probe(footage.make_film(tmp_path / "light.mp4", count=20, chroma=(90, 220))), id="light")
    broken = replace(light, id="broken", path=str(tmp_path / "broken.mp4"))
    Path(broken.path).write_bytes(b"no film")
    reds = []
    for number, source in enumerate((None, light, broken)):
        cache = tmp_path / str(number)
        thumbnails = Thumbnails(calls.put, plain_thread, cache, stand_in=lambda media, size, source=source: source)
        assert thumbnails.get(film, RationalTime(0), 160) is None
        calls.get(timeout=30)()
        path = thumbnails.get(film, RationalTime(0), 160)
        assert path is not None
        reds.append(float(cv2.imread(str(path))[..., 2].mean()))
        thumbnails.close()
    assert reds[1] > reds[0] + 40
    assert abs(reds[2] - reds[0]) < 2


def test_closing_waits_for_a_worker_that_has_nothing_to_do_but_still_closes_its_files(
    calls: queue.Queue[Callable[[], None]], tmp_path: Path
) -> None:
    ended: list[str] = []

    class SlowToClose(Waveforms):
        def _idle(self) -> None:
            time.sleep(0.3)
            ended.append("idle")

    waveforms = SlowToClose(calls.put, plain_thread, tmp_path)
    waveforms.outline(Media("/nowhere.wav", MediaKind.AUDIO, has_audio=True, id="gone"))
    calls.get(timeout=20)
    while waveforms.is_working:
        time.sleep(0.001)
    waveforms.close()
    assert ended == ["idle"]


def test_closing_gives_up_a_picture_that_takes_long_to_decode(
    calls: queue.Queue[Callable[[], None]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = threading.Event()

    def slow(*_: object, **__: object) -> Path:
        begun.set()
        for _packet in range(2000):
            check()
            time.sleep(0.01)
        raise AssertionError("nobody gave it up")

    monkeypatch.setattr(media_cache, "thumbnail", slow)
    thumbnails = Thumbnails(calls.put, plain_thread, tmp_path)
    thumbnails.get(Media("/a.mp4", MediaKind.VIDEO, width=64, height=36, has_video=True, id="a"), RationalTime(0), 64)
    assert begun.wait(10)
    before = time.monotonic()
    thumbnails.close()
    assert time.monotonic() - before < 2
    assert calls.empty()
