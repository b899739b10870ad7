"""Storyboard files: what they mean, and what is said about wrong ones."""

from __future__ import annotations

import json
import time
from contextlib import suppress
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio_app.planning.music import music_of
from studio_app.planning.storyboard_fields import seconds_of
from studio_app.planning.storyboard_file import parse_storyboard, read_storyboard, with_new_ids, write_storyboard
from studio_app.planning.storyboard_yaml import as_yaml
from timeline.errors import StoryboardError
from timeline.storyboard import AudioCue, Overlay, Storyboard
from timeline.time import RationalTime

FULL = """\
title: "Fähre & <Meer> 🌊"
global_style: gouache
target_resolution: 1920x1080
target_fps: 29.97
narrative_structure: three_act
auto_transitions: no
music: {mood: calm, volume: 0.5, fade_in: 0, fade_out: 2 s}
title_card: yes
seed: 7
scenes:
  - id: one
    name: Harbour
    description: A harbour at first light
    duration: 00:06
    camera_motion: Dolly In
    subject_motion: slow
    mood: dreamy
    tags: [sea, "morning, early"]
    image_reference: still.png
    audio_track: {kind: sfx, path: sounds/gulls.wav}
    overlays:
      - {kind: text, text: "Sylt", start: 1, duration: 2, position: [50, 80], style: {size: 48, color: "#ffffff", italic: yes}}
      - just words
    transition: dissolve
    transition_duration: 0.5
    engine: procedural
    seed: 3
  - A scene that is only its description
"""


def board(text: str, suffix: str = ".yaml", name: str = "film.yaml") -> Storyboard:
    return parse_storyboard(text, suffix, name)


def complaint(text: str, suffix: str = ".yaml") -> str:
    with pytest.raises(StoryboardError) as caught:
        board(text, suffix, "film" + suffix)
    return caught.value.message


def with_files(folder: Path) -> None:
    (folder / "sounds").mkdir()
    (folder / "still.png").write_bytes(b"x")
    (folder / "sounds" / "gulls.wav").write_bytes(b"x")


def test_every_field_is_read(tmp_path: Path) -> None:
    with_files(tmp_path)
    (tmp_path / "film.yaml").write_text(FULL, encoding="utf-8")
    film = read_storyboard(tmp_path / "film.yaml")
    rate = Fraction(30000, 1001)
    assert (film.title, film.global_style, film.width, film.height) == ("Fähre & <Meer> 🌊", "gouache", 1920, 1080)
    assert (film.rate, film.narrative_structure, film.auto_transitions, film.seed) == (rate, "three_act", False, 7)
    assert film.music == AudioCue(mood="calm", volume=0.5, fade_in=RationalTime(0), fade_out=RationalTime(2))
    one, two = film.shots
    assert (one.id, one.name, one.camera_motion, one.subject_motion) == ("one", "Harbour", "dolly_in", "slow")
    assert one.duration == RationalTime.from_frames(180, rate)
    assert one.tags == ("sea", "morning, early")
    assert one.image_reference == str(tmp_path / "still.png")
    assert one.audio == AudioCue(kind="sfx", path=str(tmp_path / "sounds" / "gulls.wav"))
    assert one.overlays == (
        Overlay(
            "text",
            RationalTime.from_frames(30, rate),
            RationalTime.from_frames(60, rate),
            50.0,
            80.0,
            {"size": 48, "colour": "#ffffff", "italic": True, "text": "Sylt"},
        ),
        Overlay("text", style={"text": "just words"}),
    )
    assert (one.transition, one.transition_duration) == ("dissolve", RationalTime.from_frames(15, rate))
    assert (one.engine, one.seed, two.seed) == ("procedural", 3, None)
    assert (two.id, two.description) == ("scene-2", "A scene that is only its description")
    assert two.duration.is_on_frame(rate)


def test_json_means_the_same_as_yaml(tmp_path: Path) -> None:
    import yaml

    with_files(tmp_path)
    plain = yaml.safe_load(FULL.replace("00:06", "6"))
    (tmp_path / "film.json").write_text(json.dumps(plain, indent="\t"), encoding="utf-8")  # tabs, \ud83c\udf0a
    (tmp_path / "film.yaml").write_text(FULL, encoding="utf-8")
    from_json, from_yaml = read_storyboard(tmp_path / "film.json"), read_storyboard(tmp_path / "film.yaml")
    assert from_json.title == "Fähre & <Meer> 🌊"
    assert (from_json.shots, from_json.music) == (from_yaml.shots, from_yaml.music)


def test_plain_text_is_one_scene_a_paragraph() -> None:
    film = board(
        "# The last ferry\nmusic: calm\ntarget_resolution: 720x1280\n\n"
        "A harbour at first light,\nseen from the sea (8 s, dolly in, dreamy)\n\n"
        "[3s, wipe] 2. Gulls over the sea (and one crow).\n---\n## Ending\nThe sea.\n",
        ".txt",
        "x.txt",
    )
    assert (film.title, film.width, film.music) == ("The last ferry", 720, AudioCue(mood="calm"))
    first, second, third = film.shots
    assert first.description == "A harbour at first light, seen from the sea"
    assert (first.duration, first.camera_motion, first.mood) == (RationalTime(8), "dolly_in", "dreamy")
    assert (second.duration, second.transition) == (RationalTime(3), "wipe")
    assert second.description.endswith("Gulls over the sea (and one crow).")
    assert (third.name, third.description, third.duration) == ("Ending", "The sea.", RationalTime(5))


def test_a_first_line_alone_is_the_title_but_a_sentence_is_a_scene() -> None:
    assert board("The last ferry\n\nThe sea.", ".txt").title == "The last ferry"
    assert [shot.description for shot in board("The sea.\n\nThe land.", ".txt").shots] == ["The sea.", "The land."]
    assert len(board("Only this", ".txt").shots) == 1


def test_a_title_can_be_a_number_and_a_missing_one_is_the_file_name() -> None:
    assert board("title: 1984\nscenes: [a]").title == "1984"
    assert board("scenes: [a]", name="night_drive.yaml").title == "Night drive"
    assert board("- a\n- b").shots[1].description == "b"


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("5", 5),
        ("2.5", Fraction(5, 2)),
        ("5s", 5),
        ("5 sec", 5),
        ("00:05", 5),
        ("1:02:03.5", Fraction(7447, 2)),
        ("1 min", 60),
        ("1 min 30 s", 90),
        ("2m30s", 150),
        ("500 ms", Fraction(1, 2)),
        ("1.5 minutes", 90),
        ("-3s", -3),
        ("1e3", 1000),
        ("soon", None),
        ("5 apples", None),
        ("nan", None),
        ("inf", None),
        ("", None),
        ("-", None),
    ],
)
def test_lengths_of_time_are_read_exactly(text: str, seconds: Fraction | int | None) -> None:
    assert seconds_of(text) == seconds


def test_music_is_a_mood_a_file_yes_or_no() -> None:
    def music(text: str) -> AudioCue | None:
        return board(f"music: {text}\nscenes: [a]").music

    assert [music(word) for word in ("no", "silent", "~", "")] == [None] * 4
    assert [music(word) for word in ("yes", "dreamy", "a/b.MP3")] == [
        AudioCue(),
        AudioCue(mood="dreamy"),
        AudioCue(path="a/b.MP3"),
    ]


def test_lists_and_words_with_commas_are_the_same_tags() -> None:
    assert board(SCENE + "    tags: sea, early  morning,,").shots[0].tags == ("sea", "early  morning")


def test_headers_of_plain_text_are_refused_twice() -> None:
    assert '"music" is already given in line 1' in complaint("music: calm\n\nmusic: dark\n\nThe sea.", ".txt")
    assert "Give a length, a movement, a mood or a transition." in complaint("[qqq] The sea.", ".txt")


def test_a_transition_of_no_length_is_a_cut() -> None:
    film = board(SCENE + "    transition: wipe\n    transition_duration: 0\n")
    assert (film.shots[0].transition, film.shots[0].transition_duration) == ("cut", None)


def test_durations_become_whole_frames_of_the_rate_and_at_least_one() -> None:
    film = board("target_fps: 23.976\nscenes:\n- {description: a, duration: 1}\n- {description: b, duration: 0.001}")
    assert [shot.duration.frames(film.rate) for shot in film.shots] == [24, 1]
    assert all(shot.duration.is_on_frame(film.rate) for shot in film.shots)


SCENE = "title: T\nscenes:\n  - description: a\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            SCENE + "    camera_moton: pan_left\n",
            'film.yaml, line 4: "camera_moton" is not a field of a scene. Did you mean "camera_motion"?',
        ),
        ("titel: T\nscenes: [a]", 'line 1: "titel" is not a field of a storyboard. Did you mean "title"?'),
        (SCENE + "    camera_motion: pan_lft\n", 'line 4: "pan_lft" is not a camera motion. Did you mean "pan_left"?'),
        (SCENE + "    camera_motion: xyz\n", "It can be static, pan_left,"),
        (SCENE + "    transition: disolve\n", 'Did you mean "dissolve"?'),
        ("narrative_structure: three acts\nscenes: [a]", 'Did you mean "three_act"?'),
        (SCENE + "    overlays: [{kind: vignete}]\n", 'line 4: "vignete" is not a kind. Did you mean "vignette"?'),
        (SCENE + "    overlays: [{knid: vignette}]\n", '"knid" is not a field of an overlay. Did you mean "kind"?'),
        (SCENE + "    duration: 0\n", 'line 4: "duration" of a scene must be longer than 0 seconds; it is 0.'),
        (SCENE + "    duration: -3\n", "must be longer than 0 seconds; it is -3."),
        (SCENE + "    duration: 10000\n", "must be at most an hour (3600 seconds); it is 10000."),
        (SCENE + "    duration: .nan\n", "must be a length of time"),
        (SCENE + "    duration: [1]\n", '"duration" of a scene must be a single value, not a list.'),
        (SCENE + "    duration: soon\n", 'must be a length of time such as 5, "5 s", "1 min" or "00:05", not "soon".'),
        (SCENE + "    transition_duration: 5\n", '"transition_duration" must be shorter than its scene.'),
        (SCENE + "    seed: -1\n", '"seed" of a scene must be a whole number from 0'),
        (SCENE + "    image_reference: {a: b}\n", "must be a single value, not a group of fields"),
        (SCENE + "    audio_track: {kind: voiceover}\n", 'A voiceover needs a "path"'),
        (SCENE + "    overlays: [{kind: text}]\n", 'needs a "text"'),
        (SCENE + "    overlays: [{text: a, position: [1]}]\n", '"position" of an overlay must be two percentages'),
        (SCENE + "    overlays: [{text: a, start: 9}]\n", "must lie inside its scene"),
        (SCENE + "    id: a b\n", '"a b" is no id'),
        (
            "scenes:\n- {id: a, description: x}\n- {id: a, description: y}",
            'The id "a" is already that of the scene in line 2',
        ),
        ("title: T", "There are no scenes"),
        ("title: T\nscenes: []", "line 2: There are no scenes"),
        ("title: T\nscenes: 5", 'line 2: "scenes" must be a list of scenes, not "5".'),
        ("scenes: [{duration: 5}]", 'A scene needs a "description"'),
        ("scenes: [[a]]", "A scene must be a group of fields, not a list."),
        ("just words", 'A storyboard must be a group of fields, not "just words".'),
        ("title: a\ntitle: b\nscenes: [x]", 'line 2: "title" is already given in line 1'),
        ("title: [a\nscenes: x", "This is not valid YAML"),
        ("a: &a [x]\nscenes: *a", "Anchors and aliases"),
        ("title: !!python/object:os.system x\nscenes: [a]", "is not allowed in a storyboard"),
        ("scenes: [a]\n---\nscenes: [b]", "line 2: A storyboard file holds one document"),
        ("scenes: " + "[" * 5000, "nested too deeply"),
        ("target_resolution: 1281x720\nscenes: [a]", "even numbers of pixels"),
        ("target_resolution: [1, 2, 3]\nscenes: [a]", "must be a size such as 1280x720"),
        ("target_resolution: 99999999x8\nscenes: [a]", "must be a size such as 1280x720"),
        ("target_fps: 0\nscenes: [a]", "must be a frame rate from 1 to 120"),
        ("target_fps: 1/0\nscenes: [a]", "must be a frame rate"),
        ("auto_transitions: maybe\nscenes: [a]", "must be yes or no"),
        ("music: {volume: 3}\nscenes: [a]", '"volume" of the music must be a number from 0 to 1, not "3".'),
        ("title: " + "x" * 201 + "\nscenes: [a]", "is longer than 200 characters"),
        (SCENE + "    tags: [[a]]\n", '"tags" of a scene must be a list of words.'),
        (SCENE + "    overlays: [{text: a, style: big}]\n", '"style" of an overlay must be a group of fields'),
        (SCENE + "    overlays: [{text: a, style: {size: {a: b}}}]\n", "may only hold numbers, texts"),
        ("scenes:\n" + "- a\n" * 2001, "There are 2001 scenes; a storyboard holds at most 2000."),
    ],
)
def test_a_wrong_field_is_named_with_line_and_advice(text: str, expected: str) -> None:
    message = complaint(text)
    assert expected in message
    assert message.startswith("film.yaml, line ")


def test_wrong_json_is_named_with_its_line() -> None:
    assert complaint('{"title": "a",\n "scenes": [}', ".json").startswith("film.json, line 2: This is not valid JSON")
    assert 'Did you mean "title"' in complaint('{"scenes": ["a"],\n\t"titel": "b"}', ".json")
    assert "nested too deeply" in complaint('{"scenes": ' + "[" * 100_000 + "]" * 100_000 + "}", ".json")


def test_wrong_settings_in_plain_text_are_named_with_their_line() -> None:
    message = complaint("The sea.\n\nThe land (5 s, doly in)", ".txt")
    assert message == 'film.txt, line 3: "doly in" is not a setting of a scene. Did you mean "dolly in"?'
    assert "longer than 0" in complaint("The land (0 s)", ".txt")


def test_unreadable_files_are_said_so(tmp_path: Path) -> None:
    cases = {
        "empty.yaml": (b" \n", "is empty"),
        "binary.yaml": (b"\x89PNG\0\0", "not a text file"),
        "latin.txt": ("Fähre".encode("latin-1"), "line 1: This is not UTF-8 text"),
        "control.yaml": (b"title: a\nscenes: ['\x01']", "line 2: There is a character"),
        "huge.json": (b" " * 2_000_001, "larger than 2 MB"),
        "film.mp4": (b"x", "not a storyboard"),
    }
    for name, (content, expected) in cases.items():
        (tmp_path / name).write_bytes(content)
        with pytest.raises(StoryboardError, match=expected):
            read_storyboard(tmp_path / name)
    with pytest.raises(StoryboardError, match="does not exist"):
        read_storyboard(tmp_path / "missing.yaml")
    (tmp_path / "folder.yaml").mkdir()
    with pytest.raises(StoryboardError, match="cannot be read"):
        read_storyboard(tmp_path / "folder.yaml")


def test_a_missing_reference_is_named(tmp_path: Path) -> None:
    (tmp_path / "film.yaml").write_text("scenes:\n  - description: a\n    image_reference: nope.png\n")
    with pytest.raises(StoryboardError, match=r'line 3: The file "nope.png" of "image_reference" does not exist'):
        read_storyboard(tmp_path / "film.yaml")


def test_many_scenes_are_read_in_reasonable_time() -> None:
    text = "scenes:\n" + "- {description: the sea at dawn, duration: 3, camera_motion: pan_left}\n" * 2000
    started = time.process_time()
    assert len(board(text).shots) == 2000
    assert time.process_time() - started < 5


def test_what_is_written_reads_back_the_same(tmp_path: Path) -> None:
    with_files(tmp_path)
    (tmp_path / "film.yaml").write_text(FULL, encoding="utf-8")
    film = read_storyboard(tmp_path / "film.yaml")
    write_storyboard(film, tmp_path / "again.yaml")
    assert read_storyboard(tmp_path / "again.yaml") == film
    assert "still.png" in (tmp_path / "again.yaml").read_text(encoding="utf-8")
    assert str(tmp_path) not in (tmp_path / "again.yaml").read_text(encoding="utf-8")
    with pytest.raises(StoryboardError, match="cannot be written"):
        write_storyboard(film, tmp_path / "no" / "folder.yaml")


def test_the_same_text_gives_the_same_ids_and_new_ones_can_be_had() -> None:
    assert board(SCENE) == board(SCENE)
    fresh = with_new_ids(board(SCENE))
    assert fresh.id != board(SCENE).id
    assert fresh.shots[0].id != board(SCENE).shots[0].id


def test_given_ids_never_meet_made_ones() -> None:
    film = board("scenes:\n- a\n- {id: scene-1, description: b}\n- c\n- {id: scene-3, description: d}")
    assert len({shot.id for shot in film.shots}) == 4


@settings(max_examples=150, deadline=None)
@given(text=st.text(max_size=200), suffix=st.sampled_from([".yaml", ".json", ".txt"]))
def test_no_text_makes_anything_but_a_storyboard_or_a_sentence(text: str, suffix: str) -> None:
    with suppress(StoryboardError):
        assert parse_storyboard(text, suffix, "x").shots


@settings(max_examples=100, deadline=None)
@given(cut=st.integers(0, len(FULL)), stray=st.sampled_from(["", ":", "{", "- ", "\t", "&x ", "\x00", "?", "'"]))
def test_a_damaged_file_never_crashes_the_reader(cut: int, stray: str) -> None:
    with suppress(StoryboardError):
        assert parse_storyboard(FULL[:cut] + stray + FULL[cut + 1 :], ".yaml", "x").shots


@settings(max_examples=60, deadline=None)
@given(
    titles=st.lists(
        st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1), min_size=1
    )
)
def test_any_words_survive_writing_and_reading(tmp_path_factory: pytest.TempPathFactory, titles: list[str]) -> None:
    from timeline.storyboard import Shot

    words = [stripped for title in titles if (stripped := title.strip()) and "\ufeff" not in title]
    if not words:
        return
    film = Storyboard(
        "T", tuple(Shot(word, duration=RationalTime(5), id=f"s{n}") for n, word in enumerate(words)), id="b"
    )
    path = tmp_path_factory.mktemp("board") / "film.yaml"
    write_storyboard(film, path)
    assert [shot.description for shot in read_storyboard(path).shots] == words


def test_music_is_asked_for_by_genre_tempo_and_presence_and_written_back(tmp_path: Path) -> None:
    text = "scenes: [a, b]\nmusic: {mood: calm, genre: deep house, bpm: 122, presence: full}\n"
    (tmp_path / "film.yaml").write_text(text)
    film = read_storyboard(tmp_path / "film.yaml")
    assert film.music == AudioCue(mood="calm", genre="deep_house", bpm=122, presence="full")
    (tmp_path / "again.yaml").write_text(as_yaml(film, tmp_path))
    assert read_storyboard(tmp_path / "again.yaml").music == film.music
    brief, picture = music_of(film)
    assert (brief.genre, brief.bpm, brief.presence) == ("deep_house", 122, "full")
    assert picture.cuts == (5.0,)
    (tmp_path / "film.yaml").write_text(text.replace("deep house", "polka"))
    with pytest.raises(StoryboardError, match="polka"):
        read_storyboard(tmp_path / "film.yaml")
