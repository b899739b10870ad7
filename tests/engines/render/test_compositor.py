"""Pixels of plans: placing, stacking, mixing and what is done when something fails. The files are arrays."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from effects.base import Generator, VideoEffect, VideoTransition
from effects.frame import Canvas, Frame, Layout, black
from effects.planes import mixed
from effects.registry import Registry
from effects.video.transform import Transform
from engines.errors import ExportError, MediaError
from engines.render.catalogue import Catalogue
from engines.render.compositor import Compositor
from engines.render.plan import plan
from timeline.items import Clip, EffectUse, GeneratorSource, MediaSource, Transition
from timeline.media import Library, Media, MediaKind
from timeline.project import Project
from timeline.sequence import Sequence
from timeline.time import RationalTime, TimeRange
from timeline.track import BlendMode, Track, TrackKind

RATE = Fraction(25)
SIZE = (64, 36)


class Brighter(VideoEffect):
    amount: int = 10

    def render(self, frame: Frame, at: RationalTime) -> Frame:
        return Frame(
            (frame.planes[0] + np.uint8(self.amount), *frame.planes[1:]), frame.layout, frame.origin, frame.scale
        )


class Failing(VideoEffect):
    def render(self, frame: Frame, at: RationalTime) -> Frame:
        raise ZeroDivisionError("the lens is dirty")


class Mix(VideoTransition):
    def render(self, left: Frame, right: Frame, progress: float) -> Frame:
        assert left.size == right.size
        assert len(left.planes) == len(right.planes) == 3
        return mixed(left, right, progress)


class Dot(Generator):
    """A white square of 8 by 8 in an otherwise transparent picture."""

    def render(self, canvas: Canvas, at: RationalTime) -> Frame:
        return Frame((np.full((8, 8, 4), 255, np.uint8),), Layout.RGBA, (10, 4), canvas.scale)


CATALOGUE = Catalogue(
    Registry({"brighter": Brighter, "failing": Failing, "transform": Transform}),
    Registry({"mix": Mix}),
    Registry({"dot": Dot}),
)


class GreyReader:
    """Pictures of one grey; remembers which sizes were asked for."""

    def __init__(self, level: int) -> None:
        self.level = level
        self.sizes: list[tuple[int, int]] = []
        self.frames: list[Frame] = []

    def frame_at(self, time: RationalTime, size: tuple[int, int] | None = None) -> Frame:
        assert size is not None
        self.sizes.append(size)
        grey = black(*size)
        grey.planes[0][:] = self.level
        self.frames.append(grey)
        return grey

    def close(self) -> None:
        pass


class GreyPool:
    def __init__(self, **levels: int) -> None:
        self.readers = {name: GreyReader(level) for name, level in levels.items()}
        self.failures = 0

    def picture(self, media: Media) -> GreyReader:
        if media.id not in self.readers:
            self.failures += 1
            raise MediaError(f"“{media.name}” is not there.")
        return self.readers[media.id]

    def next_picture(self) -> None:
        pass


def media(name: str, size: tuple[int, int] = SIZE, **changes: Any) -> Media:
    return Media(
        f"/{name}",
        MediaKind.VIDEO,
        name=name,
        width=size[0],
        height=size[1],
        rate=RATE,
        has_video=True,
        id=name,
        **changes,
    )


def clip(source: str, start: int = 0, duration: int = 10, **changes: Any) -> Clip:
    changes.setdefault("name", source)
    return Clip(MediaSource(source), TimeRange.from_frames(start, duration, RATE), **changes)


def video(*items: Any, **changes: Any) -> Track:
    return Track(changes.pop("kind", TrackKind.VIDEO), items, **changes)


def rendered(
    pool: GreyPool,
    *tracks: Track,
    at: int = 0,
    size: tuple[int, int] = SIZE,
    library: Library | None = None,
    strict: bool = False,
) -> tuple[Frame, Compositor]:
    known = library or Library({name: media(name) for name in ("a", "b", "lost")})
    sequence = Sequence(width=SIZE[0], height=SIZE[1], rate=RATE, tracks=tracks)
    compositor = Compositor(pool, CATALOGUE, strict=strict)
    planned = plan(Project(), known, sequence, RationalTime.from_frames(at, RATE), CATALOGUE)
    return compositor.render(planned, size), compositor


def test_nothing_is_black() -> None:
    frame, _ = rendered(GreyPool())
    assert frame.size == SIZE
    assert (frame.planes[0] == 16).all()
    assert (frame.planes[1] == 128).all()


def test_an_untouched_picture_passes_uncopied() -> None:
    pool = GreyPool(a=100)
    frame, _ = rendered(pool, video(clip("a")))
    assert frame.planes[0] is pool.readers["a"].frames[0].planes[0]


def test_what_is_hidden_is_not_decoded() -> None:
    pool = GreyPool(a=100, b=200)
    frame, _ = rendered(pool, video(clip("a")), video(clip("b")))
    assert (frame.planes[0] == 200).all()
    assert pool.readers["a"].sizes == []


def test_opacity_mixes_with_what_is_below() -> None:
    frame, _ = rendered(GreyPool(a=100, b=200), video(clip("a")), video(clip("b", opacity=0.5)))
    assert np.abs(frame.planes[0].astype(int) - 150).max() <= 1


def test_a_picture_over_nothing_fades_from_black() -> None:
    frame, _ = rendered(GreyPool(a=116), video(clip("a", opacity=0.25)))
    assert np.abs(frame.planes[0].astype(int) - 41).max() <= 1


def test_blend_modes_reach_the_pixels() -> None:
    frame, _ = rendered(GreyPool(a=16 + 110, b=16 + 40), video(clip("a")), video(clip("b"), blend=BlendMode.ADD))
    assert np.abs(frame.planes[0].astype(int) - 166).max() <= 2


def test_a_dissolve_shows_both_sides() -> None:
    change = Transition("mix", "x", "y", RationalTime.from_frames(2, RATE), RationalTime.from_frames(2, RATE))
    track = video(clip("a", 5, id="x"), clip("b", 5, id="y"), transitions=(change,))
    found = [int(rendered(GreyPool(a=100, b=180), track, at=at)[0].planes[0][0, 0]) for at in range(7, 13)]
    assert found == [100, 110, 130, 150, 170, 180]


def test_a_fade_over_another_track_shows_that_track() -> None:
    change = Transition("mix", None, "y", RationalTime(0), RationalTime.from_frames(4, RATE))
    above = video(clip("b", 5, id="y"), transitions=(change,))
    frame, _ = rendered(GreyPool(a=100, b=180), video(clip("a")), above, at=1)
    assert int(frame.planes[0][0, 0]) == 130


def test_a_title_keeps_its_transparency_in_a_dissolve() -> None:
    title = Clip(GeneratorSource("dot"), TimeRange.from_frames(0, 10, RATE), id="t")
    change = Transition("mix", None, "t", RationalTime(0), RationalTime.from_frames(2, RATE))
    frame, _ = rendered(
        GreyPool(a=100), video(clip("a")), video(title, kind=TrackKind.TEXT, transitions=(change,)), at=1
    )
    assert int(frame.planes[0][0, 0]) == 100
    assert abs(int(frame.planes[0][8, 14]) - (100 + (235 - 100) * 0.75)) <= 1


def test_a_generator_lies_where_it_says() -> None:
    title = Clip(GeneratorSource("dot"), TimeRange.from_frames(0, 10, RATE))
    frame, _ = rendered(GreyPool(a=100), video(clip("a")), video(title, kind=TrackKind.TEXT))
    luma = frame.planes[0]
    assert (luma[4:12, 10:18] == 235).all()
    assert (luma == 235).sum() == 64


def test_another_shape_is_fitted_and_decoded_at_that_size() -> None:
    pool = GreyPool(wide=200)
    library = Library({"wide": media("wide", (400, 300))})
    frame, _ = rendered(pool, video(clip("wide")), library=library)
    assert pool.readers["wide"].sizes == [(48, 36)]
    assert (frame.planes[0][:, 8:56] == 200).all()
    assert (frame.planes[0][:, :8] == 16).all()
    assert (frame.planes[0][:, 56:] == 16).all()


def test_a_half_size_preview_decodes_at_half_size() -> None:
    pool = GreyPool(a=100)
    frame, _ = rendered(pool, video(clip("a")), size=(32, 18))
    assert pool.readers["a"].sizes == [(32, 18)]
    assert frame.size == (32, 18)
    assert frame.scale == 0.5


def test_a_size_of_another_shape_gets_black_borders() -> None:
    frame, _ = rendered(GreyPool(a=200), video(clip("a")), size=(36, 64))
    assert frame.size == (36, 64)
    rows = np.flatnonzero((frame.planes[0] == 200).all(axis=1))
    assert (rows[0], rows[-1]) == (22, 41)
    assert (frame.planes[0][:22] == 16).all()


def test_a_rounded_panel_size_has_no_border() -> None:
    frame, _ = rendered(GreyPool(a=200), video(clip("a")), size=(65, 36))
    assert (frame.planes[0] == 200).all()


def test_a_transform_moves_and_shrinks_the_picture() -> None:
    use = EffectUse("transform", {"scale": 50.0, "position_x": 16.0})
    pool = GreyPool(a=200)
    frame, _ = rendered(pool, video(clip("a", effects=(use,))))
    assert pool.readers["a"].sizes == [(32, 18)]
    assert (frame.planes[0][10:26, 34:62] == 200).all()
    assert (frame.planes[0][:, :30] == 16).all()


def test_a_zoom_never_decodes_above_the_files_own_size() -> None:
    pool = GreyPool(a=200)
    use = EffectUse("transform", {"scale": 300.0})
    frame, _ = rendered(pool, video(clip("a", effects=(use,))), size=(32, 18))
    assert pool.readers["a"].sizes == [SIZE]
    assert (frame.planes[0] == 200).all()


def test_effects_run_in_order_with_their_values() -> None:
    uses = (EffectUse("brighter", {"amount": 5}), EffectUse("brighter"))
    frame, _ = rendered(GreyPool(a=100), video(clip("a", effects=uses)))
    assert (frame.planes[0] == 115).all()


def test_track_effects_and_adjustments_follow() -> None:
    grade = clip("a", effects=(EffectUse("brighter", {"amount": 40}),), opacity=0.5)
    low = video(clip("a"), effects=(EffectUse("brighter", {"amount": 3}),))
    frame, _ = rendered(GreyPool(a=100), low, video(grade, kind=TrackKind.EFFECTS))
    assert np.abs(frame.planes[0].astype(int) - 123).max() <= 1


def test_a_failing_effect_is_skipped_and_told_in_the_preview() -> None:
    uses = (EffectUse("failing"), EffectUse("brighter"))
    frame, compositor = rendered(GreyPool(a=100), video(clip("a", name="Beach", effects=uses)), at=3)
    assert (frame.planes[0] == 110).all()
    (note,) = compositor.notes
    assert "“failing” of the clip “Beach” failed at 00:00:00:03: the lens is dirty." in note.sentence


def test_a_failing_effect_stops_an_export_by_name() -> None:
    with pytest.raises(ExportError, match="“failing” of the clip “Beach” failed at 00:00:00:03"):
        rendered(GreyPool(a=100), video(clip("a", name="Beach", effects=(EffectUse("failing"),))), at=3, strict=True)
    with pytest.raises(ExportError, match="“glow”"):
        rendered(GreyPool(a=100), video(clip("a", effects=(EffectUse("glow"),))), strict=True)
    with pytest.raises(ExportError, match="“brighter”"):
        rendered(GreyPool(a=100), video(clip("a", effects=(EffectUse("brighter", {"amount": "x"}),))), strict=True)


def test_a_missing_file_is_a_card_even_in_an_export_and_is_not_asked_for_each_frame() -> None:
    pool = GreyPool()
    frame, compositor = rendered(pool, video(clip("lost")), strict=True)
    assert frame.size == SIZE
    assert "“lost” is not there." in compositor.notes[0].sentence
    compositor.render(
        plan(
            Project(),
            Library({"lost": media("lost")}),
            Sequence(rate=RATE, tracks=(video(clip("lost")),)),
            RationalTime.from_frames(1, RATE),
            CATALOGUE,
        ),
        SIZE,
    )
    assert pool.failures == 1


def test_a_damaged_file_is_a_card_in_an_export_too_and_told(tmp_path: Any) -> None:
    damaged = tmp_path / "bad.mp4"
    damaged.write_bytes(b"nothing")
    library = Library({"lost": Media(str(damaged), MediaKind.VIDEO, name="bad.mp4", width=64, height=36, id="lost")})
    for strict in (True, False):
        frame, compositor = rendered(GreyPool(), video(clip("lost")), library=library, strict=strict)
        assert frame.size == SIZE
        assert [note.clip_id for note in compositor.notes] == [compositor.notes[0].clip_id]


class OneStill(GreyReader):
    """Gives the same frame each time, as the reader of a still does."""

    def frame_at(self, time: RationalTime, size: tuple[int, int] | None = None) -> Frame:
        return self.frames[0] if self.frames else super().frame_at(time, size)


def test_a_card_that_stands_is_placed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    pool = GreyPool(a=100)
    places: list[float] = []
    pool.readers["card"] = OneStill(200)
    place = Transform.place
    monkeypatch.setattr(Transform, "place", lambda *told: places.append(told[0].scale) or place(*told))
    card = Media("/card", MediaKind.IMAGE, name="card", width=SIZE[0], height=SIZE[1], has_video=True, id="card")
    small = EffectUse("transform", {"scale": 50.0})
    titles = video(clip("card", effects=(small,)), kind=TrackKind.OVERLAY)
    library = Library({"a": media("a"), "card": card})
    sequence = Sequence(width=SIZE[0], height=SIZE[1], rate=RATE, tracks=(video(clip("a")), titles))
    compositor = Compositor(pool, CATALOGUE)
    for number in range(4):
        planned = plan(Project(), library, sequence, RationalTime.from_frames(number, RATE), CATALOGUE)
        frame = compositor.render(planned, SIZE)
        assert (frame.planes[0][18, 32], frame.planes[0][2, 2]) == (200, 100)
    assert places.count(50) == 1
