"""A sequence with one of everything that interchange has to carry, at any rate."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from timeline.items import Clip, EffectUse, Gap, GeneratorSource, Marker, MediaSource, Placeholder, Transition
from timeline.media import Library, Media, MediaKind
from timeline.project import Project
from timeline.sequence import Sequence
from timeline.time import ZERO, FrameRate, RationalTime, TimeRange
from timeline.timecode import parse_timecode
from timeline.track import Track, TrackKind

NTSC_24, NTSC_30, NTSC_60 = Fraction(24000, 1001), Fraction(30000, 1001), Fraction(60000, 1001)
CASES: tuple[tuple[str, FrameRate, bool], ...] = (
    ("23.976", NTSC_24, False),
    ("24", Fraction(24), False),
    ("25", Fraction(25), False),
    ("29.97 drop", NTSC_30, True),
    ("29.97 non-drop", NTSC_30, False),
    ("30", Fraction(30), False),
    ("50", Fraction(50), False),
    ("59.94 drop", NTSC_60, True),
)
HARD_NAME = "A & B <c> > \"q\" 'a' Größe 船 🚢 #1 100%?"


def media_path(media: Media) -> Path:
    return Path(media.path)


def rich(rate: FrameRate, drop: bool, start: str = "01:00:00:00") -> tuple[Project, Library, Sequence]:
    """V1 with a fade in, cut, dissolve, gap, wipe, 2x, reverse, still, disabled clip, placeholder; titles; two sounds; markers."""

    def frames(count: int) -> RationalTime:
        return RationalTime.from_frames(count, rate)

    def span(first: int, count: int) -> TimeRange:
        return TimeRange.from_frames(first, count, rate)

    film = Media(
        path=f"/footage/{HARD_NAME}.mov",
        kind=MediaKind.VIDEO,
        name=HARD_NAME,
        duration=frames(2000),
        width=1920,
        height=1080,
        rate=rate,
        has_video=True,
        has_audio=True,
        sample_rate=48000,
        channels=2,
        start_timecode=parse_timecode("01:00:00:00", rate, drop),
        drop_frame=drop,
        id="film",
    )
    other = Media(
        path="/other/" + HARD_NAME + ".mp4",
        kind=MediaKind.VIDEO,
        duration=frames(500),
        width=1280,
        height=720,
        rate=rate,
        has_video=True,
        id="other",
    )
    still = Media("/stills/logo.png", MediaKind.IMAGE, "logo.png", width=800, height=600, has_video=True, id="still")
    music = Media(
        "/music/bed.wav",
        MediaKind.AUDIO,
        "bed",
        RationalTime(1800001, 48000),
        has_audio=True,
        sample_rate=48000,
        channels=2,
        id="music",
    )
    picture = (
        Clip(
            MediaSource("film"),
            span(100, 48),
            HARD_NAME,
            id="a",
            link="pair",
            markers=(Marker(frames(110), "on clip", id="mc"),),
        ),
        Clip(
            MediaSource("other"),
            span(50, 60),
            "b",
            id="b",
            opacity=0.5,
            effects=(EffectUse("vignette", {"strength": 0.4}, id="e1"),),
        ),
        Gap(frames(24), id="g"),
        Clip(MediaSource("film"), span(400, 96), "double", speed=Fraction(2), id="c"),
        Clip(MediaSource("film"), span(600, 40), "backwards", speed=Fraction(-1), id="d"),
        Clip(MediaSource("still"), span(0, 30), id="s"),
        Clip(MediaSource("film"), span(800, 24), "hidden", enabled=False, id="h"),
        Clip(Placeholder("shot-7"), span(12, 36), "to come", id="p"),
        Clip(MediaSource("other"), span(200, 50), "last", id="z"),
    )
    transitions = (
        Transition("fade", None, "a", ZERO, frames(12), id="t0"),
        Transition("dissolve", "a", "b", frames(6), frames(7), id="t1"),
        Transition("wipe", "c", "d", frames(5), frames(5), id="t2"),
        Transition("fade", "z", None, frames(10), ZERO, id="t3"),
    )
    title = GeneratorSource(
        "title", {"text": 'Größe & <船>\n"two"', "size": 96.0, "colour": "#ffcc00", "x": 50.0, "y": 80.0}
    )
    titles = (Gap(frames(10), id="tg"), Clip(title, span(0, 40), "Main title", id="t", fade_in=frames(6)))
    location = (Clip(MediaSource("film"), span(100, 48), HARD_NAME, id="la", link="pair"),)
    bed = (
        Clip(MediaSource("music"), span(0, 240), "bed", volume=0.5, fade_in=frames(24), fade_out=frames(24), id="m"),
    )
    sequence = Sequence(
        name=f"Cut {HARD_NAME}",
        width=1920,
        height=1080,
        rate=rate,
        drop_frame=drop,
        start_timecode=parse_timecode(start, rate, drop),
        tracks=(
            Track(TrackKind.VIDEO, picture, transitions, id="v1"),
            Track(TrackKind.TEXT, titles, name="Titles", id="t1"),
            Track(TrackKind.AUDIO, location, id="a1"),
            Track(TrackKind.AUDIO, bed, id="a2"),
        ),
        markers=(Marker(frames(70), "check & fix", "a <note>", "red", id="m1"),),
        id="seq",
    )
    project = Project(name=HARD_NAME, sequences=(sequence,), id="project")
    return project, Library().with_media(film, other, still, music), sequence
