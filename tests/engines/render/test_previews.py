"""Frames that were composed before are taken as they were, and only while nothing of them has changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from effects.frame import Frame, plain
from engines.render.plan import plan
from engines.render.previews import SUFFIX, Previews, fingerprint
from engines.render.renderer import Renderer
from tests.engines.render.counters import SIZE, clip_of, number_of, write_counter
from timeline.items import Clip, EffectUse
from timeline.media import Library, Media
from timeline.project import Project
from timeline.sequence import Sequence
from timeline.time import RationalTime
from timeline.track import Track, TrackKind

RATE = Fraction(25)


@pytest.fixture(scope="module")
def media(tmp_path_factory: pytest.TempPathFactory) -> Media:
    made = write_counter(tmp_path_factory.mktemp("media") / "a.mp4", 40, RATE)
    return replace(made, content_hash="aa")


@pytest.fixture
def previews(tmp_path: Path) -> Previews:
    return Previews(tmp_path / "previews")


@pytest.fixture
def renderer(previews: Previews) -> Iterator[Renderer]:
    one = Renderer(previews=previews)
    yield one
    one.close()


def film(clip: Clip) -> Project:
    track = Track(TrackKind.VIDEO, (clip,))
    return Project(sequences=(Sequence(id="s", width=SIZE[0], height=SIZE[1], rate=RATE, tracks=(track,)),))


def at(frame: int) -> RationalTime:
    return RationalTime.from_frames(frame, RATE)


def name_of(project: Project, library: Library, frame: int, size: tuple[int, int] = SIZE) -> str:
    return fingerprint(plan(project, library, project.sequences[0], at(frame)), size)


def same(one: Frame, other: Frame) -> bool:
    return all(np.array_equal(a, b) for a, b in zip(one.planes, other.planes, strict=True))


@pytest.mark.media
def test_a_frame_is_the_same_bits_made_beforehand_as_made_now(
    media: Media, renderer: Renderer, previews: Previews, tmp_path: Path
) -> None:
    project, library = film(clip_of(media, 5, 30)), Library({media.id: media})
    assert renderer.keep_preview(project, library, "s", at(7), SIZE)
    bare = Renderer()
    now = bare.frame(project, library, "s", at(7), SIZE)
    bare.close()
    later = Renderer(previews=Previews(tmp_path / "previews"))  # another day
    found = later.frame(project, library, "s", at(7), SIZE)
    assert later.decode_seconds == 0
    later.close()
    assert same(now, found)
    assert number_of(found.planes[0]) == 12
    assert now.scale == found.scale


@pytest.mark.media
def test_the_name_follows_what_is_seen_and_nothing_else(media: Media) -> None:
    library = Library({media.id: media})
    clip = clip_of(media, 5, 30)
    first = name_of(film(clip), library, 7)
    assert name_of(film(replace(clip, id="another", name="Renamed")), library, 7) == first
    moved = Library({media.id: replace(media, path="/elsewhere/a.mp4")})
    assert name_of(film(clip), moved, 7) == first  # the same content
    graded = replace(clip, effects=(EffectUse("vignette", {}),))
    others = [
        name_of(film(clip), library, 8),
        name_of(film(clip), library, 7, (SIZE[0] // 2, SIZE[1] // 2)),
        name_of(film(replace(clip, opacity=0.5)), library, 7),
        name_of(film(graded), library, 7),
        name_of(film(clip), Library({media.id: replace(media, content_hash="bb")}), 7),
        fingerprint(plan(film(clip), library, film(clip).sequences[0], at(7)), SIZE, lambda film, size: media),
    ]
    assert len({first, *others}) == 7


def test_a_torn_file_is_not_shown(previews: Previews, tmp_path: Path) -> None:
    frame = plain(64, 36, (90, 100, 110))
    previews.keep("ab12", frame)
    previews.forget_memory()
    kept = previews.get("ab12", (64, 36), 1.0)
    assert kept is not None
    assert same(kept, frame)
    file = tmp_path / "previews" / "ab" / f"ab12{SUFFIX}"
    data = bytearray(file.read_bytes())
    data[100] ^= 1
    file.write_bytes(data)
    previews.forget_memory()
    assert previews.get("ab12", (64, 36), 1.0) is None
    assert not previews.has("ab12")  # else nobody would make it again
    file.write_bytes(data[:50])
    assert previews.get("ab12", (64, 36), 1.0) is None
    previews.keep("ab12", frame)
    previews.forget_memory()
    assert previews.get("ab12", (64, 36), 1.0) is not None


def test_memory_is_bounded_and_a_disk_that_refuses_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way of the folder")
    frame = plain(64, 36, (90, 100, 110))
    size = sum(plane.nbytes for plane in frame.planes)
    previews = Previews(tmp_path / "file", memory_bytes=size * 3)
    for number in range(5):
        previews.keep(f"{number:04d}", frame)
    assert [previews.has(f"{number:04d}") for number in range(5)] == [False, False, True, True, True]
