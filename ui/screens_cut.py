"""The cut that the pictures of `ui.screens` show: layers, sound, a nest, a grade, markers. An example, not a user's film."""

from __future__ import annotations

import wave
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import ClassVar, Final

import numpy as np
from numpy.typing import NDArray

from studio_app.session.session import Session
from timeline.command import Batch, Command
from timeline.commands.add_marker import AddMarker
from timeline.commands.add_sequence import AddSequence
from timeline.curve import Curve, Keyframe, Scalar
from timeline.items import (
    Clip,
    EffectUse,
    Gap,
    GeneratorSource,
    Item,
    Marker,
    MediaSource,
    Placeholder,
    SequenceSource,
    Transition,
    Values,
)
from timeline.media import Library, Media
from timeline.project import Project
from timeline.sequence import Sequence
from timeline.time import ZERO, RationalTime, TimeRange
from timeline.track import Track, TrackKind

SELECTED: Final = "example_selected"
ROLLED: Final = "example_rolled"
TITLE: Final = "example_title"
SOUNDS: Final = {"Harbour, location": 34, "Voice, Aila 01": 5, "Voice, Aila 02": 7, "Slow tide": 34}
"""Sounds of the example by their names, and how many seconds each lasts."""
_RATE: Final = 24_000
_SHORT: Final = RationalTime(1, 4)


@dataclass(frozen=True)
class _LayOut(Command):
    """The whole sequence at once."""

    sequence: Sequence
    label: ClassVar[str] = "Lay out the example"

    def apply(self, project: Project, library: Library) -> Project:
        """The project with that sequence in the place of its own."""
        return project.with_sequence(self.sequence)


def write_sounds(folder: Path) -> list[Path]:
    """Music, a voice and a harbour, so that the timeline has waveforms to show."""
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for name, seconds in SOUNDS.items():
        at = np.arange(seconds * _RATE) / _RATE
        kind = name.split(",")[0]
        sound = {"Voice": _voice, "Harbour": _harbour}.get(kind, _music)(at)
        path = folder / f"{name}.wav"
        with wave.open(str(path), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(_RATE)
            file.writeframes((np.clip(sound, -1, 1) * 32000).astype("<i2").tobytes())
        made.append(path)
    return made


def lay_out(session: Session, missing: Media) -> None:
    """Put the takes that are ready, the shots that are not, and all the rest where the pictures want them."""
    sequence, media = session.sequence, session.document.library.media
    sounds = {one.name.removesuffix(".wav"): one for one in media.values() if one.has_audio and not one.has_video}
    clips = [clip for track in sequence.picture_tracks() for clip, _ in track.clips() if clip.shot_id]
    nest = _nest(sequence, [clip for clip in clips if isinstance(clip.source, MediaSource)][:2])
    pictures, transitions = _pictures(clips, missing)
    tracks = (
        Track(TrackKind.VIDEO, pictures, transitions, name="Picture"),
        Track(TrackKind.VIDEO, _overlay(nest, clips), name="Overlay"),
        Track(TrackKind.EFFECTS, _spaced({4: _grade()}), name="Grade"),
        Track(TrackKind.TEXT, _titles(), name="Titles"),
        Track(TrackKind.AUDIO, _spaced({0: _sound(sounds["Harbour, location"], 15, fade=1)}), name="Location"),
        Track(TrackKind.AUDIO, _voices(sounds), name="Voice"),
        Track(TrackKind.AUDIO, _spaced({0: _score(sounds["Slow tide"])}), name="Music", locked=True),
    )
    session.document.do(
        Batch((AddSequence(nest), _LayOut(replace(sequence, tracks=tracks, name="Main cut"))), "Lay out the example")
    )
    for second, name, colour in ((2, "Theme enters", "blue"), (18, "Fix the match cut", "red"), (27, "Horn", "green")):
        session.document.do(AddMarker(sequence.id, Marker(RationalTime(second), name, colour=colour)))


# --- the picture ------------------------------------------------------------------------------------------------------


def _pictures(clips: list[Clip], missing: Media) -> tuple[tuple[Item, ...], tuple[Transition, ...]]:
    """Takes cut to three seconds, so that there are handles; what is not ready stays as it is."""
    row: list[Item] = []
    for number, clip in enumerate(clips):
        if isinstance(clip.source, Placeholder):
            row.append(clip)
            continue
        cut = replace(clip, source_range=TimeRange(RationalTime(1, 2), RationalTime(3)))
        if number == 1:
            cut = replace(cut, id=ROLLED)
        elif number == 2:
            cut = replace(cut, id=SELECTED, effects=(_moving(),), opacity=_curve({1: 1.0, 2: 0.8, 3: 1.0}))
        elif number == 3:
            cut = replace(cut, source_range=TimeRange(RationalTime(1), RationalTime(2)), speed=Fraction(1, 2))
        row.append(cut)
    row.append(Clip(MediaSource(missing.id), TimeRange(RationalTime(1), RationalTime(4)), name=missing.name))
    ready = [one for one in row if isinstance(one, Clip) and isinstance(one.source, MediaSource)]
    transitions = tuple(
        Transition("dissolve", left.id, right.id, _SHORT, _SHORT)
        for left, right in ((ready[0], ready[1]), (ready[2], ready[3]))
    )
    return tuple(row), transitions


def _overlay(nest: Sequence, clips: list[Clip]) -> tuple[Item, ...]:
    other = replace(
        clips[0], id="example_off", name="Gulls", enabled=False, shot_id=None, source_range=_span(1, 2), effects=()
    )
    inner = Clip(SequenceSource(nest.id), TimeRange(ZERO, nest.duration), name=nest.name)
    return _spaced({16: other, 25: inner})


def _nest(sequence: Sequence, clips: list[Clip]) -> Sequence:
    row = tuple(
        replace(clip, id=f"example_inner_{number}", shot_id=None, link=None) for number, clip in enumerate(clips)
    )
    return replace(
        sequence, id="example_nest", name="Ferry crossing", tracks=(Track(TrackKind.VIDEO, row),), markers=()
    )


def _grade() -> Clip:
    uses = (
        EffectUse("color_correct", {"temperature": 22.0, "contrast": 1.06, "saturation": 0.92}),
        EffectUse("vignette"),
    )
    return Clip(GeneratorSource("adjustment"), _span(0, 11), name="Evening grade", effects=uses)


def _moving() -> EffectUse:
    return EffectUse("color_correct", {"brightness": _curve({1: 0.0, 3: 0.06}), "saturation": 0.92})


def _titles() -> tuple[Item, ...]:
    card: Mapping[str, Scalar] = {"text": "THE LAST FERRY", "size": 72.0, "letter_spacing": 24.0}
    lower: Mapping[str, Scalar] = {"text": "Aila Moen\nKeeper, Skarv", "size": 36.0, "x": 18.0, "y": 82.0}
    end: Mapping[str, Scalar] = {"text": "Written and cut in\nStarcut", "size": 44.0}
    return _spaced(
        {
            1: replace(_title("Main title", card, 3), id=TITLE),
            9: _title("Lower third", lower, 3),
            29: _title("End card", end, 3),
        }
    )


def _title(name: str, values: Values, seconds: int) -> Clip:
    return Clip(GeneratorSource("title", values), _span(0, seconds), name=name)


# --- the sound --------------------------------------------------------------------------------------------------------


def _sound(media: Media, seconds: int, *, fade: int = 0) -> Clip:
    name = media.name.removesuffix(".wav")
    return Clip(MediaSource(media.id), _span(0, seconds), name=name, fade_out=RationalTime(fade))


def _voices(sounds: Mapping[str, Media]) -> tuple[Item, ...]:
    first, second = _sound(sounds["Voice, Aila 01"], 5), _sound(sounds["Voice, Aila 02"], 7)
    return _spaced({3: first, 10: replace(second, volume=_curve({1: 1.0, 2: 1.6, 5: 1.6, 6: 0.9}))})


def _score(media: Media) -> Clip:
    """It gives way where somebody speaks."""
    turns = {2: 0.9, 3: 0.3, 8: 0.3, 9: 0.8, 10: 0.3, 17: 0.3, 19: 0.9}
    return replace(_sound(media, 33, fade=3), volume=_curve(turns), fade_in=RationalTime(1))


def _music(at: NDArray[np.float64]) -> NDArray[np.float64]:
    """A slow swell of four chords."""
    chords = ((220.0, 261.6, 329.6), (174.6, 220.0, 261.6), (196.0, 246.9, 293.7), (164.8, 207.7, 246.9))
    sound = np.zeros_like(at)
    for number, chord in enumerate(chords):
        swell = np.clip(np.sin(np.pi * ((at / 4 - number) % 4) / 1.3), 0, None) * (((at / 4 - number) % 4) < 1.3)
        for pitch in chord:
            sound += swell * np.sin(2 * np.pi * pitch * at) * 0.12
    return sound


def _voice(at: NDArray[np.float64]) -> NDArray[np.float64]:
    """Words and pauses."""
    words = np.clip(np.sin(2 * np.pi * 0.45 * at + 0.6), 0, None) ** 0.5
    syllables = 0.45 + 0.55 * np.sin(2 * np.pi * 3.7 * at + np.sin(7 * at)) ** 2
    return words * syllables * (np.sin(2 * np.pi * 140 * at) + 0.5 * np.sin(2 * np.pi * 420 * at)) * 0.4


def _harbour(at: NDArray[np.float64]) -> NDArray[np.float64]:
    """Waves against a quay."""
    noise = np.random.default_rng(4).standard_normal(at.shape)
    return noise * (0.05 + 0.06 * np.sin(2 * np.pi * at / 5.5) ** 4)


# --- parts ------------------------------------------------------------------------------------------------------------


def _span(start: int, seconds: int) -> TimeRange:
    return TimeRange(RationalTime(start), RationalTime(seconds))


def _curve(values: Mapping[int, float]) -> Curve:
    return Curve(tuple(Keyframe(RationalTime(second), value) for second, value in values.items()))


def _spaced(row: Mapping[int, Clip]) -> tuple[Item, ...]:
    """Clips at their seconds, with gaps between."""
    items: list[Item] = []
    at = ZERO
    for second, clip in row.items():
        if RationalTime(second) > at:
            items.append(Gap(RationalTime(second) - at))
        items.append(clip)
        at = RationalTime(second) + clip.duration
    return tuple(items)
