"""Files that a storyboard names: looked at before anything is made, shown for exactly their scene."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from engines.errors import MediaError
from studio_app.planning.assemble import assemble
from studio_app.planning.footage import footage_of
from studio_app.planning.still_motion import still_motion
from studio_app.planning.storyboard_file import parse_storyboard
from studio_app.planning.storyboard_yaml import as_yaml
from timeline.curve import value_at
from timeline.errors import StoryboardError
from timeline.items import Clip, MediaSource
from timeline.media import Media, MediaKind
from timeline.storyboard import CAMERA_MOTIONS, AudioCue, Shot, Storyboard
from timeline.time import RationalTime

STILL = Media("/still.png", MediaKind.IMAGE, name="still.png", width=400, height=300, has_video=True)
SHORT = Media(
    "/short.mp4", MediaKind.VIDEO, name="short.mp4", duration=RationalTime(2), rate=Fraction(24), has_video=True
)
SOUND = Media("/song.mp3", MediaKind.AUDIO, name="song.mp3", duration=RationalTime(9), has_audio=True)


def look(path: str) -> Media:
    for media in (STILL, SHORT, SOUND):
        if media.path == path:
            return media
    raise MediaError("“x” is empty (0 bytes).")


def board(*shots: Shot, music: AudioCue | None = None) -> Storyboard:
    return Storyboard(title="Film", shots=(Shot("sea"), *shots), music=music)


@pytest.mark.parametrize(
    ("plan", "words"),
    [
        (board(Shot("", image_reference="/nothing.png")), ["film.yaml, scene 2", "empty"]),
        (board(Shot("", image_reference="/song.mp3")), ["film.yaml, scene 2", "only sound"]),
        (board(Shot("", image_reference="/short.mp4")), ["scene 2", "2.00 s", "5.00 s"]),
        (board(Shot("", audio=AudioCue("sfx", "/still.png"))), ["scene 2", "no sound"]),
        (board(music=AudioCue(path="/short.mp4")), ["film.yaml", "no sound"]),
        (board(music=AudioCue(path="/nothing.wav")), ["film.yaml", "empty"]),
    ],
)
def test_a_file_that_cannot_serve_is_refused_with_its_scene(plan: Storyboard, words: list[str]) -> None:
    with pytest.raises(StoryboardError) as refused:
        footage_of(plan, "film.yaml", look)
    assert all(word in refused.value.message for word in words)


def test_a_still_and_a_clip_stand_for_their_scenes() -> None:
    still = Shot("", image_reference="/still.png", camera_motion="zoom_in")
    clip = Shot("A clip", image_reference="/short.mp4", duration=RationalTime(2))
    plan = board(still, clip, music=AudioCue(path="/song.mp3"))
    footage = footage_of(plan, "film.yaml", look)
    assert footage.music is SOUND
    sequence = assemble(plan, lambda shot: footage.pictures.get(shot.id), footage.music)
    clips = [item for item in sequence.tracks[0].items if isinstance(item, Clip)]
    assert clips[1].source == MediaSource(STILL.id)
    assert clips[2].source == MediaSource(SHORT.id)
    assert [len(one.effects) for one in clips] == [0, 1, 0]  # the still is moved by its clip
    assert sequence.duration == RationalTime(12)


@pytest.mark.parametrize("motion", CAMERA_MOTIONS)
def test_every_motion_but_static_moves_a_still_and_shows_no_border(motion: str) -> None:
    length, size = RationalTime(4), (1280, 720)
    effects = still_motion(motion, length, size)
    assert bool(effects) == (motion != "static")
    for use in effects:
        seen = []
        for time in (RationalTime(0), RationalTime(2), length):
            at = {name: value_at(value, time) for name, value in use.values.items()}
            scale, x, y = (float(str(at[name])) for name in ("scale", "position_x", "position_y"))
            assert abs(x) <= size[0] * (scale - 100) / 200 + 1e-6
            assert abs(y) <= size[1] * (scale - 100) / 200 + 1e-6
            seen.append((scale, x, y))
        assert len(set(seen)) == 3


def test_a_panning_camera_moves_the_picture_the_other_way() -> None:
    (use,) = still_motion("pan_right", RationalTime(4), (1280, 720))
    curve = use.values["position_x"]
    assert curve.at(RationalTime(0)) > curve.at(RationalTime(4))  # type: ignore[union-attr, operator]


def test_a_still_keeps_standing_where_the_camera_does() -> None:
    plan = board(replace(Shot("", image_reference="/still.png"), camera_motion="static"))
    footage = footage_of(plan, "film.yaml", look)
    clip = assemble(plan, lambda shot: footage.pictures.get(shot.id)).tracks[0].items[1]
    assert isinstance(clip, Clip)
    assert not clip.effects


def test_a_voice_is_heard_over_the_whole_film(tmp_path: Path) -> None:
    (tmp_path / "voice.wav").write_bytes(b"")
    text = "scenes: [A lake, A boat]\nvoice: voice.wav\n"
    plan = parse_storyboard(text, ".yaml", "film.yaml", tmp_path)
    assert parse_storyboard(as_yaml(plan, tmp_path), ".yaml", "film.yaml", tmp_path).voice == plan.voice
    sound = Media("voice.wav", MediaKind.AUDIO, duration=RationalTime(8), has_audio=True)
    footage = footage_of(plan, "film.yaml", lambda _: sound)
    track = next(one for one in assemble(plan, lambda _: None, voice=footage.voice).tracks if one.name == "Voice")
    assert (track.duration, [one.volume for one in track.items if isinstance(one, Clip)]) == (RationalTime(8), [1.0])
    with pytest.raises(StoryboardError, match="needs a sound file"):
        parse_storyboard("scenes: [A lake]\nvoice: calm\n", ".yaml", "film.yaml", tmp_path)
