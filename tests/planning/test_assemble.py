"""A storyboard on tracks: lengths, overlaps, handles, lanes."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from studio_app.planning.assemble import assemble, passages, total_length
from timeline.items import Clip, MediaSource, Placeholder
from timeline.media import Media, MediaKind
from timeline.query import linked_ids
from timeline.sequence import Sequence
from timeline.storyboard import AudioCue, Overlay, Shot, Storyboard
from timeline.time import ZERO, RationalTime, total
from timeline.track import Track, TrackKind


def board(*seconds: int, **changes: object) -> Storyboard:
    shots = tuple(Shot(f"Shot {number}", duration=RationalTime(length)) for number, length in enumerate(seconds, 1))
    return replace(Storyboard(title="Film", shots=shots, narrative_structure="three_act"), **changes)  # type: ignore[arg-type]


def media(length: RationalTime, *, sound: bool = False) -> Media:
    return Media("/x.mp4", MediaKind.VIDEO, duration=length, has_video=True, has_audio=sound)


def picture(sequence: Sequence) -> Track:
    return next(track for track in sequence.tracks if track.kind is TrackKind.VIDEO)


@pytest.mark.parametrize("rate", [Fraction(24), Fraction(25), Fraction(30000, 1001), Fraction(60)])
def test_total_length_is_the_sum_of_shots_minus_overlaps(rate: Fraction) -> None:
    plan = board(5, 4, 6, rate=rate)
    sequence = assemble(plan, lambda _: None)
    overlaps = [way.duration for way in passages(plan)]
    planned = total(RationalTime.from_frames(shot.duration.nearest_frame(rate), rate) for shot in plan.shots)
    assert sequence.duration == planned - total(overlaps) == total_length(plan)
    assert all(one == RationalTime(1).snapped(rate) for one in overlaps[1:])
    assert all(start.is_on_frame(rate) for track in sequence.tracks for start in track.starts)


def test_both_clips_at_a_dissolve_have_the_handles_it_needs() -> None:
    plan = board(5, 5)
    files = {shot.id: media(shot.duration) for shot in plan.shots}
    sequence = assemble(plan, lambda shot: files[shot.id])
    track = picture(sequence)
    transition = track.transitions[0]
    left, right = track.items
    assert isinstance(left, Clip)
    assert isinstance(right, Clip)
    assert left.source_range.end + transition.after == RationalTime(5)
    assert right.source_range.start == transition.before
    assert track.cut_of(transition) == left.duration


@pytest.mark.parametrize(("structure", "kind"), [("linear", []), ("three_act", ["dissolve"]), ("nonlinear", ["wipe"])])
def test_the_structure_chooses_the_transition(structure: str, kind: list[str]) -> None:
    sequence = assemble(board(3, 3, narrative_structure=structure), lambda _: None)
    assert [one.effect for one in picture(sequence).transitions] == kind


def test_a_transition_never_eats_more_than_half_of_the_shorter_shot() -> None:
    plan = replace(
        board(5, 1), shots=(Shot("a"), Shot("b", duration=RationalTime(1), transition_duration=RationalTime(9)))
    )
    way = passages(plan)[1]
    assert way.duration == RationalTime(1, 2)


def test_a_shot_of_one_frame_is_cut_to() -> None:
    plan = replace(board(5), shots=(Shot("a"), Shot("b", duration=RationalTime(1, 24))))
    assert assemble(plan, lambda _: None).duration == RationalTime(5) + RationalTime(1, 24)


def test_shots_without_media_become_placeholders_of_their_length() -> None:
    plan = board(2, 3, narrative_structure="linear")
    clips = [item for item in picture(assemble(plan, lambda _: None)).items if isinstance(item, Clip)]
    assert [clip.duration for clip in clips] == [RationalTime(2), RationalTime(3)]
    assert all(isinstance(clip.source, Placeholder) for clip in clips)
    assert [clip.shot_id for clip in clips] == [shot.id for shot in plan.shots]


def test_music_lasts_as_long_as_the_film() -> None:
    plan = board(5, 5, music=AudioCue(volume=0.5))
    music = Media("/m.wav", MediaKind.AUDIO, duration=RationalTime(9), has_audio=True, name="Music")
    sequence = assemble(plan, lambda _: None, music)
    row = next(track for track in sequence.tracks if track.name == "Music")
    clip = row.items[0]
    assert isinstance(clip, Clip)
    assert clip.duration == sequence.duration
    assert clip.volume == 0.5
    assert clip.fade_in == clip.fade_out == RationalTime(1)


def test_overlays_that_meet_get_tracks_of_their_own() -> None:
    words = tuple(Overlay("text", style={"text": word}) for word in ("one", "two"))
    plan = replace(board(4), shots=(Shot("a", overlays=(*words, Overlay("vignette"))),), title_card=False)
    sequence = assemble(plan, lambda _: None)
    kinds = [track.kind for track in sequence.tracks]
    assert kinds.count(TrackKind.TEXT) == 2
    assert kinds.count(TrackKind.EFFECTS) == 1


def test_an_overlay_ends_with_its_shot() -> None:
    overlay = Overlay("text", start=RationalTime(1), duration=RationalTime(60), style={"text": "long"})
    plan = replace(board(4), shots=(Shot("a", duration=RationalTime(4), overlays=(overlay,)),), title_card=False)
    sequence = assemble(plan, lambda _: None)
    text = next(track for track in sequence.tracks if track.kind is TrackKind.TEXT)
    assert text.duration == RationalTime(4)
    assert text.items[0].duration == RationalTime(1)


def test_the_title_stands_over_the_first_shot_and_adds_no_time() -> None:
    with_title, without = board(5, 5), board(5, 5, title_card=False)
    assert assemble(with_title, lambda _: None).duration == assemble(without, lambda _: None).duration
    titles = next(track for track in assemble(with_title, lambda _: None).tracks if track.kind is TrackKind.TEXT)
    clip = titles.items[-1]
    assert isinstance(clip, Clip)
    assert clip.fade_in > ZERO


def test_sound_of_footage_comes_along() -> None:
    plan = board(3, 3)
    files = {shot.id: media(shot.duration, sound=True) for shot in plan.shots}
    sequence = assemble(plan, lambda shot: files[shot.id])
    location = next(track for track in sequence.tracks if track.name == "Location")
    clips = [item for item in location.items if isinstance(item, Clip)]
    assert [clip.source for clip in clips] == [MediaSource(files[shot.id].id) for shot in plan.shots]


def test_the_sound_of_footage_is_linked_to_its_picture() -> None:
    plan = board(3, 3)
    sequence = assemble(plan, lambda shot: media(shot.duration, sound=shot is plan.shots[0]))
    first, second = (item for item in picture(sequence).items if isinstance(item, Clip))
    (sound,) = (clip for track in sequence.audio_tracks() for clip, _ in track.clips())
    assert linked_ids(sequence, [sound.id]) == (first.id, sound.id)
    assert second.link is None
