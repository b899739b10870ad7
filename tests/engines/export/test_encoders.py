"""A film encoded by a device is as exact as any; where the device fails, software writes it and says so."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import av
import pytest

from engines.errors import ExportError
from engines.export import mp4
from engines.export.mp4 import export_mp4
from engines.export.presets import Mp4Preset
from tests.engines.media.fake_devices import FakeDevice
from timeline.items import Clip, GeneratorSource
from timeline.media import Library
from timeline.project import Project
from timeline.sequence import Sequence
from timeline.time import RationalTime, TimeRange
from timeline.track import Track, TrackKind

pytestmark = pytest.mark.media


def export(path: Path, encoder: str) -> tuple[str, ...]:
    """Two seconds of a title."""
    clip = Clip(GeneratorSource("title", {"text": "Device"}), TimeRange(RationalTime(0), RationalTime(2)))
    track = Track(TrackKind.TEXT, (clip,))
    sequence = Sequence("Main", width=320, height=180, rate=Fraction(25), tracks=(track,), id="main")
    project = replace(Project("Titles"), sequences=(sequence,))
    preset = Mp4Preset(label="Film", description="", encoder=encoder)
    return export_mp4(project, Library(), "main", path, preset)


@pytest.mark.parametrize("mode", ["", "fail"])
def test_a_device_encodes_the_film_or_software_takes_over(
    mode: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mp4, "device_named", lambda name: FakeDevice(mode=mode) if name == "fake" else None)
    lacks = export(tmp_path / "film.mp4", "fake")
    with av.open(str(tmp_path / "film.mp4")) as film:
        assert sum(1 for _ in film.decode(video=0)) == 50
    assert lacks == (("The encoder of Fake failed, so the film was encoded in software.",) if mode else ())


def test_an_encoder_that_is_not_built_in_is_no_reason_to_lose_a_film(tmp_path: Path) -> None:
    assert any("encoded in software" in sentence for sentence in export(tmp_path / "film.mp4", "videotoolbox"))


def test_an_encoder_nobody_knows_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="There are: software, cuda"):
        export(tmp_path / "film.mp4", "abacus")
    assert not list(tmp_path.iterdir())
