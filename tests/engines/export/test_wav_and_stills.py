"""Sound alone and single frames."""

from __future__ import annotations

import wave
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import cv2
import numpy as np
import pytest

from engines.errors import ExportError
from engines.export.base import Stretch
from engines.export.deliver import export
from engines.export.presets import Mp4Preset, preset_named, presets
from engines.export.still import write_still
from engines.export.verify import verify_sound
from engines.media.writer import write_wav
from tests.engines.render.counters import HZ, clip_of, number_of, write_counter
from timeline.items import Clip, MediaSource
from timeline.media import Library, Media, MediaKind
from timeline.project import Project
from timeline.sequence import Sequence
from timeline.time import RationalTime, TimeRange
from timeline.track import Track, TrackKind

RATE = Fraction(30000, 1001)


@pytest.mark.media
def test_a_wav_holds_the_mix_to_the_sample(tmp_path: Path) -> None:
    sound = np.zeros((HZ, 2), np.float32)
    sound[12_345] = [0.5, -0.25]
    write_wav(tmp_path / "in.wav", sound)
    media = Media(str(tmp_path / "in.wav"), MediaKind.AUDIO, has_audio=True, sample_rate=HZ, channels=2, id="s")
    clip = Clip(MediaSource("s"), TimeRange.from_frames(0, 20, RATE))
    sequence = Sequence(rate=RATE, tracks=(Track(TrackKind.AUDIO, (clip,)),))
    export(Project(sequences=(sequence,)), Library({"s": media}), sequence.id, tmp_path / "out.wav", "sound_wav")
    with wave.open(str(tmp_path / "out.wav")) as file:
        assert file.getframerate() == HZ
        data = np.frombuffer(file.readframes(HZ), "<i2").reshape(-1, 2)
    assert len(data) == RationalTime.from_frames(20, RATE).samples(HZ)
    assert np.flatnonzero(data[:, 0]).tolist() == [12_345]
    assert data[12_345].tolist() == pytest.approx([16384, -8192], abs=2)


def test_sound_that_was_cut_off_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "out.wav"
    write_wav(path, np.zeros((HZ, 2), np.float32))
    stretch = Stretch(RationalTime(0), 30, Fraction(30), HZ)
    verify_sound(path, stretch)
    with pytest.raises(ExportError, match="48000 samples instead of 96000"):
        verify_sound(path, replace(stretch, frames=60))
    path.write_bytes(b"RIFF")
    with pytest.raises(ExportError, match="cannot be read back"):
        verify_sound(path, stretch)


@pytest.mark.media
@pytest.mark.parametrize("suffix", [".jpg", ".png"])
def test_a_still_is_the_frame_at_that_time(tmp_path: Path, suffix: str) -> None:
    media = write_counter(tmp_path / "a.mp4", 30, RATE)
    sequence = Sequence(width=160, height=90, rate=RATE, tracks=(Track(TrackKind.VIDEO, (clip_of(media, 5, 20),)),))
    target = tmp_path / f"still{suffix}"
    time = RationalTime.from_frames(7, RATE)
    write_still(Project(sequences=(sequence,)), Library({"a": media}), sequence.id, time, target)
    grey = cv2.cvtColor(cv2.imread(str(target)), cv2.COLOR_BGR2GRAY)
    assert number_of(np.asarray(grey, np.uint8)) == 12
    with pytest.raises(ExportError, match=r"must end in \.jpg"):
        write_still(Project(sequences=(sequence,)), Library({"a": media}), sequence.id, time, tmp_path / "still.xyz")


def test_presets_describe_themselves() -> None:
    sequence = Sequence(width=1921, height=1081, rate=RATE)
    assert next(iter(presets())) == "match_sequence"
    for preset in presets().values():
        assert preset.label
        assert preset.description
        assert preset.suffix in (".mp4", ".wav")
        assert preset.describe(sequence)
    match = preset_named("match_sequence")
    assert isinstance(match, Mp4Preset)
    assert match.size_for(sequence) == (1920, 1080)
    assert match.rate_for(sequence) == RATE
    assert "29.97 fps" in match.describe(sequence)
    assert [spec.name for spec in match.form()][:2] == ["width", "height"]
    with pytest.raises(ExportError, match="no export preset called “vhs”"):
        preset_named("vhs")
