import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from tests.timeline.notation import Cut, clip, f, placeholder, track
from timeline import project_file
from timeline.curve import Curve, Interpolation, Keyframe
from timeline.errors import ProjectFileError
from timeline.items import Clip, EffectUse, GeneratorSource, Marker, UnknownSource
from timeline.media import Library, Lineage, Media, MediaKind, Take
from timeline.project import Project, Saved
from timeline.project_file import load, save
from timeline.sequence import Sequence
from timeline.storyboard import AudioCue, Overlay, Shot, Storyboard
from timeline.time import RationalTime
from timeline.track import BlendMode, Track, TrackKind


def rich() -> Saved:
    """A project that uses every kind of thing."""
    glow = Curve((Keyframe(f(0), 0.5, Interpolation.EASE), Keyframe(f(9), (1.0, 2.0))), extra={"tangent": [1]})
    a = clip(
        "A:10-34@-3/2", opacity=glow, effects=(EffectUse("blur", {"r": 4, "on": True, "c": (1.0, 0.0), "g": glow}),)
    )
    b = clip("B:10-34", markers=(Marker(f(3), "smile"),), link="pair", fade_in=f(2), extra={"stars": 5})
    video = replace(track("A:0-1 B:0-1 >4+4< C:10-34 _3 t:0-24", "V1"), blend=BlendMode.SCREEN)
    items = tuple({"A": a, "B": b}.get(getattr(item, "name", ""), item) for item in video.items)
    sequence = Sequence(
        name="Überschrift „ß“",
        rate=Fraction(30000, 1001),
        drop_frame=True,
        start_timecode=RationalTime(3600),
        tracks=(replace(video, items=items), Track(TrackKind.AUDIO, (placeholder("p:0-24"),), locked=True)),
        markers=(Marker(f(4), duration=f(2)),),
    )
    shot = Shot(
        "The sea",
        audio=AudioCue(mood="calm"),
        overlays=(Overlay("text", style={"text": "Sea"}),),
        seed=4,
        tags=("a", "b"),
        transition_duration=RationalTime(1, 2),
    )
    media = Media("/films/sea.mp4", MediaKind.VIDEO, "sea", RationalTime(1001, 30), rate=Fraction(30000, 1001), id="A")
    take = Take("A", Lineage("procedural", request={"prompt": "sea", "size": [1280, 720]}, seed=7), shot.id)
    library = Library().with_media(media).with_take(take)
    return Saved(Project("Film", (sequence,), (Storyboard(shots=(shot,)),)), library, {"window": {"zoom": 2.5}})


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "film.starcut"


def written(path: Path, change: Callable[[dict[str, Any]], object] = lambda data: None) -> dict[str, Any]:
    """The project as JSON, changed by hand and written again."""
    save(path, rich())
    data: dict[str, Any] = json.loads(path.read_text("utf-8"))
    change(data)
    path.write_text(json.dumps(data), "utf-8")
    return data


def refused(path: Path) -> str:
    with pytest.raises(ProjectFileError) as caught:
        load(path)
    message = caught.value.message
    assert f"“{path.name}”" in message
    assert message.endswith(".")
    assert "\n" not in message
    return message


# --- round trips ---


def test_what_is_saved_is_loaded(path: Path) -> None:
    save(path, rich_saved := rich())
    assert load(path) == rich_saved
    assert load(str(path)) == rich_saved


def test_the_same_project_gives_the_same_bytes_and_they_are_readable(path: Path) -> None:
    saved = rich()
    save(path, saved)
    first = path.read_bytes()
    save(path, load(path))
    assert path.read_bytes() == first
    text = first.decode("utf-8")
    assert '"starcut": 1' in text.splitlines()[1]
    assert "Überschrift „ß“" in text
    assert '"rate": "30000/1001"' in text
    assert '"speed": "-3/2"' in text


def test_what_a_newer_version_added_comes_back_in_its_place(path: Path) -> None:
    def add(data: dict[str, Any]) -> None:
        data["cloud"] = {"id": 1}
        data["library"]["albums"] = ["a"]
        data["library"]["media"][0]["hdr"] = True
        sequence = data["project"]["sequences"][0]
        sequence["colour_space"] = "P3"
        sequence["tracks"][0]["sync_lock"] = False
        item = sequence["tracks"][0]["items"][0]
        item["take_stack"] = [{"x": 1}]
        item["source"]["proxy"] = "small"
        item["effects"][0]["mask"] = {"shape": "round"}
        item["opacity"]["keyframes"][0]["tension"] = 0.5

    before = written(path, add)
    save(path, load(path))
    assert json.loads(path.read_text("utf-8")) == before


def test_unknown_effects_generators_and_kinds_of_source_survive(path: Path) -> None:
    def add(data: dict[str, Any]) -> None:
        items = data["project"]["sequences"][0]["tracks"][0]["items"]
        items[0]["effects"].append({"effect": "wormhole", "values": {"depth": 3}, "id": "w"})
        items[1]["source"] = {"kind": "hologram", "planes": [1, 2]}
        items[2]["source"] = {"kind": "generator", "generator": "fractal", "values": {"n": 3}}

    before = written(path, add)
    saved = load(path)
    first, second, third, *_ = saved.project.sequences[0].tracks[0].items
    assert isinstance(first, Clip)
    assert first.effects[1].effect == "wormhole"
    assert isinstance(second, Clip)
    assert second.source == UnknownSource("hologram", {"planes": [1, 2]})
    assert isinstance(third, Clip)
    assert third.source == GeneratorSource("fractal", {"n": 3})
    save(path, saved)
    assert json.loads(path.read_text("utf-8")) == before


def test_a_file_name_that_is_not_unicode_survives(path: Path) -> None:
    media = Media(os.fsdecode(b"/films/\xff\xfe.mp4"), MediaKind.VIDEO, id="A")
    save(path, Saved(Project(), Library().with_media(media)))
    assert load(path).library.media["A"].path == media.path


def test_a_thousand_clips_load_and_save_in_a_moment(path: Path) -> None:
    row = Track(TrackKind.VIDEO, tuple(clip("A:0-24", id=f"c{n}") for n in range(1000)))
    saved = Saved(Project(sequences=(Sequence(tracks=(row,)),)))
    began = time.process_time()
    save(path, saved)
    assert load(path) == saved
    assert time.process_time() - began < 1.5


# --- versions ---


def test_a_file_of_version_0_is_brought_up_to_date(path: Path) -> None:
    item = {
        "id": "a",
        "source": {"kind": "media", "media_id": "m"},
        "source_range": {"start": 0.5, "duration": 2.0},
        "speed": 1.5,
        "effects": [{"effect": "blur", "id": "e", "values": {"duration": 2.5}}],
    }
    sequence = {
        "fps": 29.97,
        "id": "s",
        "tracks": [{"kind": "video", "id": "t", "items": [item, {"duration": 1, "id": "g"}, {**item, "id": "b"}]}],
    }
    media = {"path": "/a.mp4", "kind": "video", "fps": 23.976, "duration": 10, "id": "m"}
    path.write_text(
        json.dumps({"starcut": 0, "project": {"id": "p", "sequences": [sequence]}, "library": {"media": [media]}})
    )
    saved = load(path)
    rate = Fraction(30000, 1001)
    made = saved.project.sequences[0]
    assert made.rate == rate
    first = made.tracks[0].items[0]
    assert isinstance(first, Clip)
    assert first.source_range.start == RationalTime.from_frames(15, rate)
    assert (first.speed, first.effects[0].values) == (Fraction(3, 2), {"duration": 2.5})
    assert made.tracks[0].items[1].duration == RationalTime.from_frames(30, rate)
    assert saved.library.media["m"].rate == Fraction(24000, 1001)
    save(path, saved)
    assert json.loads(path.read_text())["starcut"] == 1


def test_a_rate_of_version_0_that_is_none_is_taken_as_24(path: Path) -> None:
    for fps in (0, -1, "fast", True):
        path.write_text(json.dumps({"starcut": 0, "project": {"id": "p", "sequences": [{"fps": fps, "id": "s"}]}}))
        assert load(path).project.sequences[0].rate == 24


def test_a_newer_version_is_refused_with_the_way_out(path: Path) -> None:
    written(path, lambda data: data.update(starcut=2))
    assert refused(path) == (
        "“film.starcut” was made by a newer Starcut (file version 2; this one reads up to 1). Update Starcut to open it."
    )


@pytest.mark.parametrize("version", [None, "1", -1, 1.0, True, [1]])
def test_what_has_no_version_is_no_project(path: Path, version: object) -> None:
    written(path, lambda data: data.update(starcut=version))
    assert refused(path) == "“film.starcut” is not a Starcut project."


# --- damage ---


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
def test_a_file_cut_off_is_refused_and_says_where(path: Path, share: float) -> None:
    save(path, rich())
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    assert " at line " in refused(path)


VIDEO = b'{"kind":"video"},'


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"  \n", "is empty"),
        (b"\x00\x01\xff\xfe" * 50, "not text"),
        (b"hello", "is damaged at line 1"),
        (b"[1, 2]", "not a Starcut project"),
        (b"42", "not a Starcut project"),
        (b'{"starcut": 1}', "damaged at project: a project is expected here, not nothing"),
        (b'{"starcut": 1, "project": {"sequences": []}}', "needs at least one sequence"),
        (b'{"starcut": 1, "project": {"sequences": {}}}', "project.sequences: a list is expected here"),
        (b'{"starcut": 1, "project": {}, "library": 3}', "library"),
        (b'{"starcut": 1, "project": {}, "library": {"media": {}}}', "library.media: a list"),
        (b'{"starcut": 1, "project": {}, "library": {"media": [3]}}', "library.media[0]: a media is expected"),
        (b'{"starcut": NaN}', "NaN is not a number"),
        (b'{"starcut": 1, "x": -Infinity}', "Infinity is not a number"),
        (b'{"starcut": 1, "x": 1e999}', "too large a number"),
        (b'{"starcut": 1, "x": ' + b"9" * 5000 + b"}", "damaged"),
        (b'{"starcut": 1, "project": ' + b"[" * 100_000, "nested too deep"),
        (b'{"starcut": 1, "project": {}, "x": ' + b"[" * 60 + b"]" * 60 + b"}", "nested too deep"),
        (b"[" * 2_100_000, "more than any Starcut project"),
        (b'{"starcut": 1, "project": {"sequences": [' + b"{}," * 1000 + b"{}]}}", "more than 1000 sequences"),
        (b'{"starcut": 1, "project": {"sequences": [{"tracks": [' + VIDEO * 3000 + b'{"kind":"video"}]}]}}', "more than 1000 tracks"),
    ],
    ids=str,
)  # fmt: skip
def test_what_is_no_project_is_refused_in_a_sentence(path: Path, content: bytes, words: str) -> None:
    path.write_bytes(content)
    assert words in refused(path)


def item(data: dict[str, Any], index: int = 0) -> dict[str, Any]:
    found: dict[str, Any] = data["project"]["sequences"][0]["tracks"][0]["items"][index]
    return found


def glow(data: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = item(data)["effects"][0]["values"]["g"]["keyframes"][0]
    return found


def transition(data: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = data["project"]["sequences"][0]["tracks"][0]["transitions"][0]
    return found


def sequence(data: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = data["project"]["sequences"][0]
    return found


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (lambda data: item(data).update(speed="0"), "items[0]: the speed of a clip"),
        (lambda data: item(data).update(speed="1/0"), "items[0].speed: a fraction cannot have 0 below"),
        (lambda data: item(data).update(speed="1e9999"), "items[0].speed: a fraction such as"),
        (lambda data: item(data).update(speed=1.5), "items[0].speed: a fraction such as"),
        (lambda data: item(data)["source_range"].update(duration="0"), "items[0]: a clip must be longer than nothing"),
        (lambda data: item(data)["source_range"].update(duration="-5"), "longer than nothing"),
        (lambda data: item(data)["source_range"].update(duration="9" * 61), "source_range.duration: a fraction"),
        (lambda data: item(data)["source_range"].update(duration="99999999"), "1000 hours"),
        (lambda data: item(data)["source_range"].update(start="9" * 15), "longer than any project"),
        (lambda data: item(data)["source_range"].pop("start"), "items[0].source_range: a time range needs “start”"),
        (lambda data: item(data).update(name=5), "items[0].name: text is expected here, not “5”"),
        (lambda data: item(data).update(name="a\0"), "character of code 0"),
        (lambda data: item(data).update(enabled="yes"), "enabled: true or false is expected here, not “yes”"),
        (lambda data: item(data).update(opacity=2), "opacity of a clip lies between 0 and 1"),
        (lambda data: item(data).update(opacity=[1]), "opacity: a list does not belong here"),
        (lambda data: item(data).update(opacity={"keyframes": []}), "opacity: a curve needs at least one keyframe"),
        (lambda data: item(data)["opacity"]["keyframes"].reverse(), "must follow each other in time"),
        (lambda data: item(data).update(volume=-1), "volume of a clip"),
        (lambda data: item(data).update(fade_in="-1"), "a fade cannot be shorter than nothing"),
        (lambda data: item(data).update(effects=[7]), "effects[0]: an effect use is expected here, not “7”"),
        (lambda data: item(data).update(effects=[{"effect": "x"}, {}]), "effects[1]: an effect use needs “effect”"),
        (lambda data: glow(data).update(value=None), "values.g.keyframes[0].value: nothing does not belong"),
        (lambda data: item(data).update(id=item(data, 1)["id"]), "two of the same id"),
        (lambda data: item(data).update(id=""), "has no id"),
        (lambda data: item(data, 3).update(duration="0"), "items[3]: a gap must be longer than nothing"),
        (lambda data: item(data, 3).update(duration="99999999"), "1000 hours"),
        (lambda data: sequence(data)["tracks"].__setitem__(0, 5), "tracks[0]: a track is expected here"),
        (lambda data: sequence(data)["tracks"][0].update(kind="smell"), "kind: “smell” is none of video, audio"),
        (lambda data: sequence(data)["tracks"][0].update(opacity=-1), "opacity (0 to 1)"),
        (lambda data: transition(data).update(before="0", after="0"), "transitions[0]: a transition must be longer"),
        (lambda data: transition(data).update(left_id=None, right_id=None), "a clip on one side"),
        (lambda data: sequence(data)["tracks"][0]["transitions"].append(transition(data)), "two of the same id"),
        (lambda data: sequence(data)["tracks"].append(sequence(data)["tracks"][1]), "two of the same id"),
        (lambda data: sequence(data).update(width=10**9), "is not a picture size"),
        (lambda data: sequence(data).update(width=1920.5), "width: a whole number is expected here"),
        (lambda data: sequence(data).update(width=10**30), "width: this number is too large"),
        (lambda data: sequence(data).update(rate="0"), "0 is not a frame rate"),
        (lambda data: sequence(data).update(rate="1/1000000000"), "is not a frame rate"),
        (lambda data: sequence(data).update(sample_rate=0), "is not a sample rate"),
        (lambda data: sequence(data)["markers"][0].update(duration="-1"), "markers[0]: a marker cannot be shorter"),
        (lambda data: data["project"]["storyboards"][0]["shots"][0].update(duration="0"), "shots[0]: a shot must be longer"),
        (lambda data: data["project"]["storyboards"][0]["shots"][0].update(tags="a"), "tags: a list is expected"),
        (lambda data: data["project"]["storyboards"][0]["shots"][0]["overlays"][0].update(x=1e300), "x: a number that can be shown"),
        (lambda data: data["project"]["storyboards"].append(data["project"]["storyboards"][0]), "two of the same id"),
        (lambda data: data["library"]["media"].append(data["library"]["media"][0]), "library.media[1]: two of the same id"),
        (lambda data: data["library"]["media"][0].update(relative_path=5), "media[0].relative_path: a path is expected"),
        (lambda data: data["library"]["media"][0].update(duration="-1"), "cannot be shorter than nothing"),
        (lambda data: data["library"]["media"][0].update(rate="-1"), "is not a frame rate"),
        (lambda data: data["library"]["takes"][0].update(lineage=None), "takes[0].lineage: a lineage is expected here, not nothing"),
        (lambda data: data["library"]["takes"][0]["lineage"].update(request=[1]), "request: an object is expected"),
    ],
)  # fmt: skip
def test_a_damaged_value_is_refused_with_its_place(path: Path, damage: Callable[[Any], object], words: str) -> None:
    written(path, damage)
    assert words in refused(path)


def test_a_track_longer_than_any_film_is_refused(path: Path) -> None:
    row = Track(TrackKind.VIDEO, tuple(clip("A:0-24000000", id=f"c{n}") for n in range(10)))
    save(path, Saved(Project(sequences=(Sequence(tracks=(row,)),))))
    assert "a track cannot be longer than 1000 hours" in refused(path)


def test_a_file_of_a_gigabyte_is_refused_without_reading_it(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(2**30)
    assert refused(path) == "“film.starcut” has 1024 MiB; a Starcut project has at most 128."


def test_transitions_without_clips_and_double_gaps_are_put_in_order(path: Path) -> None:
    def damage(data: dict[str, Any]) -> None:
        transition(data)["left_id"] = "gone"
        sequence(data)["tracks"][0]["items"].insert(3, {"duration": "1", "id": "g"})
        sequence(data)["tracks"][0]["items"].append({"duration": "1", "id": "h"})

    written(path, damage)
    row = load(path).project.sequences[0].tracks[0]
    assert row.transitions == ()
    assert [type(one).__name__ for one in row.items] == ["Clip", "Clip", "Clip", "Gap", "Clip"]
    assert row.items[3].duration == RationalTime(1) + f(3)


# --- the disk ---


def test_what_is_not_there_or_a_folder_cannot_be_opened(tmp_path: Path) -> None:
    assert refused(tmp_path / "no.starcut") == "“no.starcut” cannot be opened: it is not there."
    assert "is not there" in refused(tmp_path / "no" / "no.starcut")
    (tmp_path / "folder.starcut").mkdir()
    assert refused(tmp_path / "folder.starcut") == "“folder.starcut” cannot be opened: it is a folder."


def test_saving_where_it_cannot_be_says_why_and_leaves_no_partial_file(tmp_path: Path) -> None:
    with pytest.raises(ProjectFileError, match=r"the folder .* is not there"):
        save(tmp_path / "gone" / "film.starcut", rich())
    with pytest.raises(ProjectFileError, match="cannot be saved"):
        save(tmp_path, rich())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("number", "words"), [(28, "the disk is full"), (13, "no permission"), (30, "no permission"), (5, "Input/output")]
)
def test_a_disk_that_refuses_leaves_the_last_good_file(
    path: Path, monkeypatch: pytest.MonkeyPatch, number: int, words: str
) -> None:
    save(path, rich())
    good = path.read_bytes()

    def refuse(handle: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(ProjectFileError, match=words):
        save(path, Saved(Project("other")))
    assert path.read_bytes() == good
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_saving_through_a_link_keeps_the_link_and_the_rights_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    real, link = tmp_path / "real" / "film.starcut", tmp_path / "film.starcut"
    save(real, rich())
    real.chmod(0o640)
    link.symlink_to(real)
    save(link, Saved(Project("other")))
    assert link.is_symlink()
    assert load(real).project.name == "other"
    assert real.stat().st_mode & 0o777 == 0o640


KILLED = """
import os, signal, sys
from pathlib import Path
from timeline import atomic
from timeline.project import Project, Saved
from timeline.project_file import load, save

where = sys.argv[2]
real = getattr(os, where) if hasattr(os, where) else Path.replace

def die(*args):
    if where == "after":
        real(*args)
    os.kill(os.getpid(), signal.SIGKILL)

if where == "fsync":
    os.fsync = die
else:
    Path.replace = die
save(Path(sys.argv[1]), Saved(Project("new" * 100_000)))
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL here")
@pytest.mark.parametrize(("where", "name"), [("fsync", "old"), ("before", "old"), ("after", "new" * 100_000)])
def test_kill_9_during_save_leaves_the_last_good_file_or_the_new_one(path: Path, where: str, name: str) -> None:
    save(path, Saved(Project("old")))
    done = subprocess.run([sys.executable, "-c", KILLED, str(path), where], cwd=Path(__file__).parents[2], check=False)
    assert done.returncode == -signal.SIGKILL
    assert load(path).project.name == name
    for part in path.parent.glob(".*.part"):
        os.utime(part, (0, 0))
    save(path, Saved(Project("next")))
    assert load(path).project.name == "next"
    assert list(path.parent.iterdir()) == [path]


def test_a_thing_that_cannot_be_kept_is_a_fault_of_the_program() -> None:
    saved = Saved(Project(extra={"x": object()}))
    with pytest.raises(TypeError, match="cannot be kept"):
        project_file.to_bytes(saved, Path("/"))


def test_every_edit_of_the_text_notation_survives_a_file(path: Path) -> None:
    cut = Cut(V1="A:0-24 >4+4< B:10-34 _12 t:0-5@-2", A1="_4 C:0-9")
    saved = Saved(cut.history.project, cut.library)
    save(path, saved)
    assert load(path) == saved
