"""A proxy shows the same pictures at the same times, upright and in the same colours, and survives being stopped."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from filelock import FileLock

from effects.frame import Plane
from engines.errors import MediaError
from engines.media import proxy
from engines.media.inspection import probe_here
from engines.media.proxy import (
    ProxyBusyError,
    make_proxy,
    may_have_proxy,
    pieces_of,
    proxy_path,
    proxy_size,
    standing_in,
)
from engines.media.reader import open_video
from engines.media.scrub_cost import scrub_cost
from tests.engines.media import footage
from tests.engines.media.conftest import FILMS
from timeline.errors import Cancelled
from timeline.media import Media, MediaKind
from timeline.time import RationalTime

pytestmark = pytest.mark.media

SMALL = 64
"""Shorter side of the proxies here: 114 x 64."""
SIZE = (footage.WIDTH, footage.HEIGHT)


def made(media: Media, folder: Path, side: int = SMALL) -> Media:
    path = proxy_path(media, folder, side)
    make_proxy(media, path, side)
    return standing_in(media, path, side)


def moments(media: Media) -> list[RationalTime]:
    """Before, at and after every place where a picture of a film of 48 could begin."""
    assert media.rate is not None
    hair = Fraction(1, 1_000_000)
    steps = {n * Fraction(1, 3) / media.rate for n in range(3 * 62)}
    steps |= {Fraction(ms, 1000) for ms in range(0, 1900, 13)}
    return sorted(RationalTime(max(at + shift, Fraction(0))) for at in steps for shift in (-hair, Fraction(0), hair))


def numbers(media: Media, times: list[RationalTime], size: tuple[int, int] = SIZE) -> list[int]:
    reader = open_video(media)
    found = [footage.read_counter(reader.frame_at(time, size).planes[0], size[0]) for time in times]
    reader.close()
    return found


@pytest.mark.parametrize("name", sorted(set(FILMS) - {"alpha.webm", "prores4444.mov", "film.apng"}))
def test_a_proxy_shows_the_same_picture_at_every_moment(
    probed: Callable[[str], Media], tmp_path: Path, name: str
) -> None:
    media = probed(name)
    assert may_have_proxy(media)
    times, size = moments(media), (media.width, media.height)
    assert numbers(made(media, tmp_path), times, size) == numbers(media, times, size)


def test_a_film_that_is_turned_squeezed_and_coloured_needs_nothing_of_that_from_its_proxy(tmp_path: Path) -> None:
    path = tmp_path / "held_upright.mov"
    footage.make_film(
        path,
        count=6,
        rotation=90,
        aspect=Fraction(4, 3),
        pix_fmt="yuvj420p",
        codec="mjpeg",
        options={"qscale": "1"},
    )
    media = probe_here(path)
    size = (media.width, media.height)
    assert size[1] > size[0]
    stand_in = made(media, tmp_path, side=1000)
    assert (stand_in.width, stand_in.height) == proxy_size(media, 1000)
    with av.open(stand_in.path) as container:
        stream = container.streams.video[0]
        frame = next(container.decode(stream))
        assert (frame.width, frame.height, int(frame.colorspace), int(frame.color_range)) == (
            *proxy_size(media, 1000),
            1,
            1,
        )
        assert all(packet.is_keyframe for packet in _packets(stand_in.path))
    original, light = open_video(media), open_video(stand_in)
    for n in range(6):
        at = RationalTime.from_frames(n, media.rate or Fraction(25))
        for a, b in zip(original.frame_at(at, size).planes, light.frame_at(at, size).planes, strict=True):
            assert np.abs(a.astype(int) - b).mean() < 3
    original.close()
    light.close()


def test_proxies_keep_the_shape_are_even_and_never_larger_than_the_source() -> None:
    assert proxy_size(_sized(1920, 1080)) == (960, 540)
    assert proxy_size(_sized(1080, 1920)) == (540, 960)
    assert proxy_size(_sized(641, 361)) == (640, 360)
    assert proxy_size(_sized(1, 1)) == (2, 2)
    assert proxy_size(_sized(3840, 1600), 720) == (1728, 720)


def test_transparency_stays_original(probed: Callable[[str], Media]) -> None:
    assert not may_have_proxy(probed("alpha.webm"))
    assert not may_have_proxy(probed("prores4444.mov"))


def make_half(media: Media, path: Path) -> None:
    """Stop in the middle of the work."""
    told: list[float] = []

    def stop_half_way() -> None:
        if told and told[-1] > 0.5:
            raise Cancelled

    with pytest.raises(Cancelled):
        make_proxy(media, path, SMALL, check=stop_half_way, progress=told.append)


def test_a_killed_proxy_goes_on_where_it_was(
    probed: Callable[[str], Media], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proxy, "_PICTURES_AT_ONCE", 7)
    media = probed("uneven.mp4")
    path = proxy_path(media, tmp_path, SMALL)
    make_half(media, path)
    assert not path.exists()
    kept = {one.name: one.stat().st_mtime_ns for one in pieces_of(path).glob("*.mp4")}
    assert len(kept) >= 2
    rest: list[float] = []
    make_proxy(media, path, SMALL, progress=rest.append)
    assert rest[0] > 0.4
    times = moments(media)
    assert numbers(standing_in(media, path, SMALL), times) == numbers(media, times)
    assert not pieces_of(path).exists()


@pytest.mark.parametrize("spoil", ["lost", "cut"])
def test_pieces_that_were_lost_or_cut_off_are_made_anew(
    probed: Callable[[str], Media], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, spoil: str
) -> None:
    monkeypatch.setattr(proxy, "_PICTURES_AT_ONCE", 7)
    media = probed("long_gop.mp4")
    path = proxy_path(media, tmp_path, SMALL)
    make_half(media, path)
    second = sorted(pieces_of(path).glob("*.mp4"))[1]
    second.unlink() if spoil == "lost" else os.truncate(second, second.stat().st_size // 2)
    times = moments(media)
    assert numbers(made(media, tmp_path), times) == numbers(media, times)


def test_a_full_disk_ends_it_with_a_sentence_and_the_next_time_it_goes_on(
    probed: Callable[[str], Media], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proxy, "_PICTURES_AT_ONCE", 7)
    media = probed("long_gop.mp4")
    path = proxy_path(media, tmp_path, SMALL)
    written = []

    class FullDisk(proxy.PieceWriter):
        def write(self, time: int, planes: tuple[Plane, ...]) -> None:
            written.append(time)
            if len(written) > 20:
                raise OSError(errno.ENOSPC, "No space left on device")
            super().write(time, planes)

    with monkeypatch.context() as full:
        full.setattr(proxy, "PieceWriter", FullDisk)
        with pytest.raises(MediaError, match="disk of the cache is full"):
            make_proxy(media, path, SMALL)
    assert not path.exists()
    assert all(one.suffix == ".mp4" for one in pieces_of(path).iterdir())
    make_proxy(media, path, SMALL)
    assert path.exists()


def test_a_source_that_goes_away_or_changes_gets_no_proxy(tmp_path: Path) -> None:
    path = footage.make_film(tmp_path / "gone.mp4")
    media = probe_here(path)
    target = proxy_path(media, tmp_path, SMALL)
    with pytest.raises(MediaError, match="went away"):
        make_proxy(media, target, SMALL, check=lambda: path.unlink(missing_ok=True))
    assert not target.exists()
    footage.make_film(path, count=30)
    with pytest.raises(MediaError, match="changed since"):
        make_proxy(media, target, SMALL)


def test_two_programs_do_not_make_the_same_proxy_at_once(probed: Callable[[str], Media], tmp_path: Path) -> None:
    media = probed("long_gop.mp4")
    path = proxy_path(media, tmp_path, SMALL)
    path.parent.mkdir(parents=True)
    with FileLock(path.with_suffix(".lock")), pytest.raises(ProxyBusyError):
        make_proxy(media, path, SMALL)
    make_proxy(media, path, SMALL)
    assert sorted(one.name for one in path.parent.iterdir()) == [path.name]


def test_a_folder_that_cannot_be_written_is_named(probed: Callable[[str], Media], tmp_path: Path) -> None:
    (tmp_path / "proxies").write_text("a file where the folder should be")
    media = probed("long_gop.mp4")
    with pytest.raises(MediaError, match="proxy"):
        make_proxy(media, proxy_path(media, tmp_path / "proxies", SMALL), SMALL)


def test_the_name_changes_with_every_input(probed: Callable[[str], Media], tmp_path: Path) -> None:
    media = probed("long_gop.mp4")
    names = {proxy_path(media, tmp_path, side) for side in (48, 64)}
    names |= {
        proxy_path(_but(media, **change), tmp_path, 64) for change in ({"content_hash": "0"}, {"rate": Fraction(30)})
    }
    assert len(names) == 4


def test_scrubbing_long_groups_of_pictures_costs_more_than_scrubbing_their_proxy(
    probed: Callable[[str], Media], tmp_path: Path
) -> None:
    media = probed("long_gop.mp4")
    assert 0 < scrub_cost(made(media, tmp_path)) < scrub_cost(media)


def _sized(width: int, height: int) -> Media:
    return Media("film.mp4", MediaKind.VIDEO, width=width, height=height, rate=Fraction(25), has_video=True)


def _but(media: Media, **changes: object) -> Media:
    return replace(media, **changes)  # type: ignore[arg-type]


def _packets(path: str) -> list[av.Packet]:  # type: ignore[type-arg]
    with av.open(path) as container:
        return [packet for packet in container.demux(container.streams.video[0]) if packet.size]
