"""Projects whose files are gone, damaged or elsewhere than a file may be: said, never fetched, never fatal."""

from __future__ import annotations

import json
import socket
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import cv2
import numpy as np
import pytest

from engines.errors import MediaError
from engines.media.probe import probe, probe_here
from engines.media.writer import write_wav
from studio_app.cli import run
from studio_app.cli.target import inputs_of
from tests.engines.media.liars import flac_cut_off
from timeline.items import Clip, MediaSource
from timeline.media import Library, Media, MediaKind
from timeline.project import Project, Saved
from timeline.project_file import load, save
from timeline.sequence import Sequence
from timeline.time import ZERO, RationalTime, TimeRange
from timeline.track import Track, TrackKind


def starcut(*words: str) -> int:
    return run(words, open_window=lambda _: 0, draw_screens=lambda _, __: [])


def project_of(folder: Path, *media: Media) -> Path:
    clips = [
        (one, Clip(MediaSource(one.id), TimeRange(ZERO, RationalTime(1, 2)), name=one.name, id=f"c{number}"))
        for number, one in enumerate(media)
    ]
    pictures = tuple(clip for one, clip in clips if one.has_video)
    sounds = tuple(replace(clip, id=f"s{clip.id}") for one, clip in clips if one.has_audio)
    tracks = (Track(TrackKind.VIDEO, pictures), Track(TrackKind.AUDIO, sounds))
    sequence = Sequence(width=64, height=64, tracks=tracks)
    path = folder / "film.starcut"
    save(path, Saved(Project(sequences=(sequence,)), Library().with_media(*media)))
    return path


@pytest.fixture
def song(tmp_path: Path) -> Media:
    write_wav(tmp_path / "song.wav", np.full((48000, 2), 0.1, np.float32))
    return probe(tmp_path / "song.wav")


@pytest.mark.media
def test_check_names_files_that_are_there_but_damaged(
    tmp_path: Path, song: Media, capsys: pytest.CaptureFixture[str]
) -> None:
    path = project_of(tmp_path, song)
    assert starcut("check", str(path)) == 0
    for data, word in ((b"", "empty"), (b"no sound at all" * 99, "damaged")):
        Path(song.path).write_bytes(data)
        capsys.readouterr()
        assert starcut("check", str(path), "--json") == 1
        (problem,) = json.loads(capsys.readouterr().out)["problems"]
        assert "song.wav" in problem
        assert word in problem


@pytest.mark.media
def test_check_tells_what_is_odd_about_media_that_can_be_used(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What probing found is kept in the project file; it is no reason to fail."""
    media = probe(flac_cut_off(tmp_path))
    path = project_of(tmp_path, media)
    assert load(path).library.media[media.id].faults == media.faults
    assert starcut("check", str(path), "--json") == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["ok"], answer["problems"]) == (True, [])
    assert "says that it lasts 3.0 s, but its sound ends after 1.4 s" in answer["notes"][0]


@pytest.mark.media
def test_an_image_sequence_is_not_called_missing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(12):
        cv2.imwrite(str(tmp_path / f"shot_{number:04d}.png"), np.zeros((8, 8, 3), np.uint8))
    path = project_of(tmp_path, probe(tmp_path / "shot_%04d.png", Fraction(24)))
    assert starcut("check", str(path)) == 0
    capsys.readouterr()
    assert starcut("info", str(path), "--json") == 0
    assert json.loads(capsys.readouterr().out)["missing"] == []


@pytest.mark.media
@pytest.mark.parametrize("name", ["film.mp4", "film.wav"])
def test_a_film_without_its_missing_sound_is_made_and_says_so(
    name: str, tmp_path: Path, song: Media, capsys: pytest.CaptureFixture[str]
) -> None:
    path = project_of(tmp_path, song)
    Path(song.path).unlink()
    assert starcut("export", str(path), "-o", str(tmp_path / name), "--json") == 0
    done = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (tmp_path / name).stat().st_size == done["bytes"]
    assert any("song.wav" in note for note in done["notes"])


@pytest.mark.media
def test_a_project_never_makes_this_machine_fetch_anything(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/film.mp4"
        media = Media(
            address, MediaKind.VIDEO, duration=RationalTime(1), rate=Fraction(24), has_video=True, has_audio=True
        )
        path = project_of(tmp_path, replace(media, name="film"))
        assert [str(one) for one in inputs_of(load(path), path)][1] == address
        assert starcut("render", str(path), "-o", str(tmp_path / "film.mp4")) == 0
        assert starcut("check", str(path)) == 1
        with pytest.raises(MediaError):
            probe_here(address)
        with pytest.raises(TimeoutError):
            server.accept()


@pytest.mark.parametrize("text", ["9" * 5000, "-" + "9" * 5000, "1e999", "NaN", "-Infinity"])
def test_numbers_no_project_can_hold_are_refused_in_plain_words(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "film.starcut"
    path.write_text(f'{{"starcut": 1, "project": {{"name": {text}}}}}', "utf-8")
    assert starcut("info", str(path)) == 1
    said = capsys.readouterr().err
    assert "number" in said
    assert "sys." not in said
    assert len(said.splitlines()) == 1
