"""Five hundred random cuts at each rate: the film shows the very frames the edit asks for, and their sound with them."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from engines.export.mp4 import export_mp4
from engines.export.presets import Effort, Mp4Preset
from engines.media.inspection import probe_here
from tests.engines.render.counters import lumas, number_of, sound_of
from tests.exactness.counted import HZ, SIZE, is_flash, make_counted
from timeline.items import Clip, Gap, Item, MediaSource
from timeline.media import Library, Media
from timeline.project import Project, Saved
from timeline.project_file import save
from timeline.sequence import Sequence
from timeline.time import RationalTime, TimeRange
from timeline.track import Track, TrackKind

pytestmark = pytest.mark.media

RATES = {
    "23.976": Fraction(24000, 1001),
    "25": Fraction(25),
    "29.97": Fraction(30000, 1001),
    "50": Fraction(50),
    "59.94": Fraction(60000, 1001),
}
CUTS = 500
FIRST = {"long": 0, "short": 1000, "intra": 2000, "other": 3000}
SMALL = Mp4Preset(label="Test", description="", quality=24, effort=Effort.VERYFAST)


@pytest.fixture(scope="session")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], dict[str, Media]]:
    """`sources("25")`: films at this rate with long and short groups of pictures and with none, and one of another rate."""
    folder = tmp_path_factory.mktemp("counted")

    def made(name: str) -> dict[str, Media]:
        rate = RATES[name]
        other = Fraction(30) if rate == 25 else Fraction(25)
        films = {
            "long": make_counted(folder / f"long_{name}.mov", rate, 300),
            "short": make_counted(folder / f"short_{name}.mov", rate, 200, first=1000, gop=12),
            "intra": make_counted(folder / f"intra_{name}.mov", rate, 200, first=2000, codec="mjpeg"),
            "other": make_counted(folder / f"other_{name}.mov", other, 200, first=3000, gop=30),
        }
        return {key: probe_here(film) for key, film in films.items()}

    return made


def random_edit(
    rate: Fraction, known: dict[str, Media], cuts: int, seed: int
) -> tuple[Sequence, list[int], list[tuple[int, Fraction]]]:
    """A sequence, the counter its every frame must show, and for each flash its frame and when its beep begins."""
    chance = random.Random(seed)
    pictures: list[Item] = []
    sounds: list[Item] = []
    wanted: list[int] = []
    beeps: list[tuple[int, Fraction]] = []
    for _ in range(cuts):
        key = chance.choices(list(known), (4, 3, 2, 1))[0]
        media, count = known[key], chance.randint(1, 8)
        assert media.rate is not None
        most = media.duration.frames(rate) - count - 1
        start = RationalTime.from_frames(chance.randint(0, most), rate)
        place = TimeRange(start, RationalTime.from_frames(count, rate))
        shown = [(start + RationalTime.from_frames(n, rate)).frames(media.rate) for n in range(count)]
        second = -(-place.start.fraction // 1)
        flash = int(second * media.rate)
        if flash in shown and place.start.fraction + Fraction(1, 100) < second < place.end.fraction - Fraction(1, 50):
            beeps.append((len(wanted) + shown.index(flash), len(wanted) / rate + second - place.start.fraction))
        wanted += [FIRST[key] + frame for frame in shown]
        pictures.append(Clip(MediaSource(media.id), place))
        sounds.append(Clip(MediaSource(media.id), place))
        if chance.random() < 0.02:
            gap = chance.randint(1, 5)
            pictures.append(Gap(RationalTime.from_frames(gap, rate)))
            sounds.append(Gap(RationalTime.from_frames(gap, rate)))
            wanted += [0] * gap
    tracks = (Track(TrackKind.VIDEO, tuple(pictures)), Track(TrackKind.AUDIO, tuple(sounds)))
    return Sequence(width=SIZE[0], height=SIZE[1], rate=rate, tracks=tracks), wanted, beeps


def assert_exact(film: Path, wanted: list[int], beeps: list[tuple[int, Fraction]]) -> None:
    """Every frame is the one asked for; every flash is seen in its frame and heard within a millisecond."""
    found = lumas(film)
    numbers = [number_of(luma) for luma in found]
    wrong = [(at, a, b) for at, (a, b) in enumerate(zip(wanted, numbers, strict=False)) if a != b]
    assert (len(numbers), wrong) == (len(wanted), [])
    sound = np.abs(sound_of(film)[:, 0])
    for frame, beep in beeps:
        at, near = round(beep * HZ), HZ // 1000
        assert sound[at - 4 * near : at - near].max() < 0.15 < 0.3 < sound[at : at + near].max(), f"no beep at {at}"
        assert is_flash(found[frame]), f"frame {frame} should flash"


@pytest.mark.parametrize("name", RATES)
def test_five_hundred_random_cuts_have_no_wrong_frame(
    tmp_path: Path, sources: Callable[[str], dict[str, Media]], name: str
) -> None:
    known = sources(name)
    sequence, wanted, beeps = random_edit(RATES[name], known, CUTS, seed=CUTS)
    assert len(beeps) > 5
    library = Library({media.id: media for media in known.values()})
    export_mp4(Project(sequences=(sequence,)), library, sequence.id, tmp_path / "film.mp4", SMALL)
    assert_exact(tmp_path / "film.mp4", wanted, beeps)


def test_the_command_line_makes_the_same_cuts(tmp_path: Path, sources: Callable[[str], dict[str, Media]]) -> None:
    known = sources("29.97")
    sequence, wanted, beeps = random_edit(RATES["29.97"], known, 150, seed=3)
    library = Library({media.id: media for media in known.values()})
    save(tmp_path / "cuts.starcut", Saved(Project(sequences=(sequence,)), library))
    program = f"import sys; sys.path[:0] = {sys.path!r}; from studio_app.__main__ import main; sys.exit(main())"
    done = subprocess.run(
        [sys.executable, "-c", program, "render", str(tmp_path / "cuts.starcut"), "-o", str(tmp_path / "film.mp4")],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert_exact(tmp_path / "film.mp4", wanted, beeps)
