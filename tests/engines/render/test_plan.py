"""Plans: which layers a frame has, at which source times, with which values."""

from __future__ import annotations

from fractions import Fraction
from time import perf_counter
from typing import Any

import pytest

from effects.base import Generator, VideoEffect, VideoTransition
from effects.frame import Canvas, Frame, black
from effects.registry import Registry
from engines.render.catalogue import Catalogue
from engines.render.layers import (
    AdjustmentLayer,
    GeneratedPicture,
    Layer,
    MediaPicture,
    RenderPlan,
    Slate,
    TransitionLayer,
)
from engines.render.plan import plan
from timeline.curve import Curve, Keyframe
from timeline.items import Clip, EffectUse, Gap, GeneratorSource, MediaSource, Placeholder, Transition, UnknownSource
from timeline.media import Library, Media, MediaKind
from timeline.project import Project
from timeline.sequence import Sequence
from timeline.storyboard import Shot, Storyboard
from timeline.time import RationalTime, TimeRange
from timeline.track import BlendMode, Track, TrackKind

RATE = Fraction(24)


class Tint(VideoEffect):
    def render(self, frame: Frame, at: RationalTime) -> Frame:
        return frame


class Mix(VideoTransition):
    def render(self, left: Frame, right: Frame, progress: float) -> Frame:
        return left


class Card(Generator):
    def render(self, canvas: Canvas, at: RationalTime) -> Frame:
        return black(canvas.width, canvas.height)


CATALOGUE = Catalogue(
    Registry({"tint": Tint}, {"broken": "SyntaxError: oops"}), Registry({"mix": Mix}), Registry({"card": Card})
)
MEDIA = Media("/a.mp4", MediaKind.VIDEO, duration=RationalTime(100), rate=RATE, has_video=True, id="m")
STILL = Media("/a.png", MediaKind.IMAGE, has_video=True, id="still")
LIBRARY = Library({"m": MEDIA, "still": STILL})


def frames(count: int) -> RationalTime:
    return RationalTime.from_frames(count, RATE)


def clip(start: int, duration: int, *, media: str = "m", **changes: Any) -> Clip:
    changes.setdefault("name", changes.get("id", "clip"))
    return Clip(MediaSource(media), TimeRange.from_frames(start, duration, RATE), **changes)


def video(*items: Clip | Gap, **changes: Any) -> Track:
    return Track(changes.pop("kind", TrackKind.VIDEO), items, **changes)


def planned(*tracks: Track, at: int, project: Project | None = None) -> RenderPlan:
    sequence = Sequence(rate=RATE, tracks=tracks)
    return plan(project or Project(), LIBRARY, sequence, frames(at), CATALOGUE)


def only_layer(of: RenderPlan) -> Layer:
    (layer,) = of.layers
    assert isinstance(layer, Layer)
    return layer


def shown(layer: Layer | None) -> RationalTime:
    assert layer is not None
    assert isinstance(layer.picture, MediaPicture)
    return layer.picture.time


def test_a_clip_shows_its_source_from_its_in_point() -> None:
    track = video(Gap(frames(10)), clip(50, 20))
    assert planned(track, at=9).layers == ()
    assert shown(only_layer(planned(track, at=10))) == frames(50)
    assert shown(only_layer(planned(track, at=29))) == frames(69)
    assert planned(track, at=30).layers == ()


def test_a_time_inside_a_frame_is_that_frame() -> None:
    sequence = Sequence(rate=RATE, tracks=(video(clip(0, 10)),))
    inside = plan(Project(), LIBRARY, sequence, frames(3) + RationalTime(1, 50), CATALOGUE)
    assert inside == plan(Project(), LIBRARY, sequence, frames(3), CATALOGUE)
    assert hash(inside) == hash(plan(Project(), LIBRARY, sequence, frames(3), CATALOGUE))


@pytest.mark.parametrize(
    ("speed", "at", "expected"),
    [
        (Fraction(2), 3, 16),
        (Fraction(1, 2), 3, 11),
        (Fraction(-1), 0, 29),
        (Fraction(-1), 19, 10),
        (Fraction(-2), 1, 27),
    ],
)
def test_speed_and_reverse_choose_the_source_frame(speed: Fraction, at: int, expected: int) -> None:
    layer = only_layer(planned(video(clip(10, 20, speed=speed)), at=at))
    assert shown(layer).frames(RATE) == expected


def test_half_speed_backwards_shows_each_frame_twice() -> None:
    track = video(clip(10, 4, speed=Fraction(-1, 2)))
    assert [shown(only_layer(planned(track, at=at))).frames(RATE) for at in range(8)] == [
        13,
        13,
        12,
        12,
        11,
        11,
        10,
        10,
    ]


def test_a_still_always_shows_the_same_moment() -> None:
    track = video(clip(0, 20, media="still"))
    assert planned(track, at=3).layers == planned(track, at=9).layers


def test_muted_disabled_and_invisible_are_left_out() -> None:
    assert planned(video(clip(0, 5), muted=True), at=0).layers == ()
    assert planned(video(clip(0, 5, enabled=False)), at=0).layers == ()
    assert planned(video(clip(0, 5, opacity=0.0)), at=0).layers == ()


def test_solo_silences_the_other_picture_tracks_and_mute_wins() -> None:
    low, high = video(clip(0, 5, id="low")), video(clip(0, 5, id="high"), solo=True)
    assert only_layer(planned(low, high, at=0)).clip_id == "high"
    assert planned(low, video(clip(0, 5), solo=True, muted=True), at=0).layers == ()
    sound = Track(TrackKind.AUDIO, (clip(0, 5),), solo=True)
    assert only_layer(planned(low, sound, at=0)).clip_id == "low"


def test_layers_come_bottom_first_with_blend_and_opacity() -> None:
    plan_ = planned(
        video(clip(0, 5, id="a")), video(clip(0, 5, id="b", opacity=0.5), opacity=0.5, blend=BlendMode.ADD), at=0
    )
    low, high = plan_.layers
    assert isinstance(low, Layer)
    assert isinstance(high, Layer)
    assert (low.clip_id, low.opacity, low.blend) == ("a", 1.0, BlendMode.NORMAL)
    assert (high.clip_id, high.opacity, high.blend) == ("b", 0.25, BlendMode.ADD)


def test_opacity_curves_are_read_at_the_source_time() -> None:
    curve = Curve((Keyframe(frames(10), 0.0), Keyframe(frames(20), 1.0)))
    assert only_layer(planned(video(clip(10, 20, opacity=curve)), at=5)).opacity == pytest.approx(0.5)


def test_fades_ramp_alike_at_both_ends() -> None:
    track = video(clip(0, 10, fade_in=frames(4), fade_out=frames(2)))
    found = [only_layer(planned(track, at=at)).opacity for at in range(10)]
    assert found == pytest.approx([0.125, 0.375, 0.625, 0.875, 1, 1, 1, 1, 0.75, 0.25])


def test_a_transition_shows_both_sides_beyond_their_cut() -> None:
    change = Transition("mix", "a", "b", frames(2), frames(2))
    track = video(clip(0, 10, id="a"), clip(50, 10, id="b"), transitions=(change,))
    assert isinstance(planned(track, at=7).layers[0], Layer)
    first, last = planned(track, at=8).layers[0], planned(track, at=11).layers[0]
    assert isinstance(first, TransitionLayer)
    assert isinstance(last, TransitionLayer)
    assert isinstance(planned(track, at=12).layers[0], Layer)
    assert (first.progress, last.progress) == pytest.approx((0.125, 0.875))
    assert (shown(first.left), shown(first.right)) == (frames(8), frames(48))
    assert (shown(last.left), shown(last.right)) == (frames(11), frames(51))


def test_a_transition_with_one_side_is_a_fade() -> None:
    change = Transition("mix", None, "a", frames(0), frames(4))
    track = video(Gap(frames(5)), clip(10, 10, id="a"), transitions=(change,))
    layer = planned(track, at=5).layers[0]
    assert isinstance(layer, TransitionLayer)
    assert layer.left is None
    assert layer.right is not None
    tail = Transition("mix", "a", None, frames(4), frames(0))
    ending = planned(video(clip(10, 10, id="a"), transitions=(tail,)), at=9).layers[0]
    assert isinstance(ending, TransitionLayer)
    assert ending.right is None


def test_a_clip_under_a_transition_has_no_fade_at_that_edge() -> None:
    change = Transition("mix", None, "a", frames(0), frames(4))
    track = video(clip(10, 10, id="a", fade_in=frames(4)), transitions=(change,))
    layer = planned(track, at=0).layers[0]
    assert isinstance(layer, TransitionLayer)
    assert layer.right is not None
    assert layer.right.opacity == 1.0


def test_a_transition_does_not_reach_before_the_media_starts() -> None:
    change = Transition("mix", "a", "b", frames(2), frames(2))
    layer = planned(video(clip(0, 10, id="a"), clip(0, 10, id="b"), transitions=(change,)), at=8).layers[0]
    assert isinstance(layer, TransitionLayer)
    assert layer.right is not None
    assert shown(layer.right) == RationalTime(0)


def test_effects_carry_their_values_at_the_source_time() -> None:
    curve = Curve((Keyframe(frames(10), 0.0), Keyframe(frames(20), 10.0)))
    uses = (EffectUse("tint", {"amount": curve, "colour": "red"}), EffectUse("tint", enabled=False))
    (effect,) = only_layer(planned(video(clip(10, 20, effects=uses)), at=4)).effects
    assert dict(effect.values) == {"amount": pytest.approx(4.0), "colour": "red"}
    assert effect.at == frames(14)


def test_an_effects_track_becomes_an_adjustment_of_what_is_below() -> None:
    above = clip(0, 4, id="grade", effects=(EffectUse("tint"),), opacity=0.5)
    low, grade = planned(video(clip(0, 10)), video(above, kind=TrackKind.EFFECTS), at=1).layers
    assert isinstance(low, Layer)
    assert isinstance(grade, AdjustmentLayer)
    assert grade.opacity == 0.5
    assert len(planned(video(clip(0, 10)), video(above, kind=TrackKind.EFFECTS), at=5).layers) == 1


def test_unknown_and_broken_effects_are_skipped_and_noted_by_name() -> None:
    result = planned(video(clip(0, 5, name="Beach", effects=(EffectUse("hyper_glow"), EffectUse("broken")))), at=2)
    assert only_layer(result).effects == ()
    unknown, broken = result.notes
    assert "Beach" in unknown.sentence
    assert "hyper_glow" in unknown.sentence
    assert "00:00:00:02" in unknown.sentence
    assert "SyntaxError" in broken.sentence
    assert unknown.fatal


def test_an_unknown_transition_is_a_cut() -> None:
    change = Transition("warp", "a", "b", frames(2), frames(2))
    track = video(clip(0, 10, id="a"), clip(50, 10, id="b"), transitions=(change,))
    assert only_layer(planned(track, at=9)).clip_id == "a"
    assert only_layer(planned(track, at=10)).clip_id == "b"
    assert "warp" in planned(track, at=10).notes[0].sentence


def test_missing_media_and_placeholders_are_slates() -> None:
    lost = planned(video(clip(0, 5, media="gone", name="Lost")), at=0)
    assert only_layer(lost).picture == Slate("missing", "Lost", "This file is not in the project.")
    assert not lost.notes[0].fatal
    board = Storyboard(shots=(Shot("A lake at dawn", name="Lake", id="s1"),))
    waiting = Clip(Placeholder("s1"), TimeRange.from_frames(0, 10, RATE))
    result = planned(video(waiting), at=0, project=Project(storyboards=(board,)))
    assert only_layer(result).picture == Slate("placeholder", "Lake", "A lake at dawn")


def test_generators_get_their_values_at_the_time() -> None:
    title = Clip(GeneratorSource("card", {"text": "Hello"}), TimeRange.from_frames(0, 10, RATE))
    picture = only_layer(planned(video(title, kind=TrackKind.TEXT), at=3)).picture
    assert picture == GeneratedPicture("card", (("text", "Hello"),), frames(3))


def test_planning_is_quick_on_a_track_of_a_thousand_clips() -> None:
    clips = tuple(clip(0, 10, id=f"c{i}") for i in range(1000))
    changes = tuple(Transition("mix", f"c{i}", f"c{i + 1}", frames(1), frames(1)) for i in range(999))
    track = video(*clips, transitions=changes)
    planned(track, at=0)  # the track derives its starts once
    started = perf_counter()
    for at in range(0, 5000, 50):
        assert isinstance(planned(track, at=at + 9).layers[0], TransitionLayer)
    assert (perf_counter() - started) / 100 < 0.005


def test_a_source_of_a_newer_version_is_a_card_and_stops_an_export() -> None:
    unknown = Clip(UnknownSource("hologram"), TimeRange.from_frames(0, 10, RATE), name="Ghost")
    result = planned(video(unknown), at=0)
    assert isinstance(only_layer(result).picture, Slate)
    assert result.notes[0].fatal
    assert "“Ghost”" in result.notes[0].sentence
