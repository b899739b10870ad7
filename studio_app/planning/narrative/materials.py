"""What scenes are made of: clips of a sequence, shots of a storyboard, files, the shots of one film; and what is known of each."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import log10
from pathlib import Path
from typing import Final

from engines.analyse.analysis import Analysis
from engines.analyse.measures.cuts import Cuts
from engines.analyse.measures.motion import Motion
from engines.analyse.measures.sound import Sound
from studio_app.planning.assemble import shot_length, shot_name
from studio_app.planning.narrative.acts import Scene
from studio_app.planning.narrative.tension import Measured, tension_of, tension_of_words
from timeline.items import Clip, Placeholder
from timeline.media import Library, Media
from timeline.project import Project
from timeline.query import media_name, media_of, source_name
from timeline.sequence import Sequence as Cut
from timeline.storyboard import Shot, Storyboard
from timeline.time import RationalTime, TimeRange
from timeline.timecode import format_timecode
from timeline.track import TrackKind

STILL_LENGTH: Final = RationalTime(5)
_SUBJECT_MOTION: Final = {
    "none": 0.0,
    "slow": 0.03,
    "medium": 0.1,
    "walk": 0.08,
    "grow": 0.05,
    "shrink": 0.05,
    "spin": 0.2,
    "fast": 0.3,
    "fly": 0.3,
    "run": 0.35,
}
"""Widths a second that a plan means."""
_CAMERA_MOTION = 0.08
_LONGEST_NAME = 32
_SILENT = -70.0
_LEAST_LEVEL = -120.0
_APART = re.compile(r"[_\W\d]+")


@dataclass(frozen=True)
class Material:
    """A scene before it is judged. `media` None: nothing was shot yet. `range`: its part of the source; None: all of it.

    `words`: what is said of it. `planned`: motion in widths a second where a plan names one.
    """

    id: str
    name: str
    duration: RationalTime
    place: str = ""
    media: Media | None = None
    range: TimeRange | None = None
    speed: Fraction = Fraction(1)
    words: str = ""
    planned: float | None = None
    shot_id: str = ""
    """The shot it stands for, where there is one."""


def scene_of(material: Material, analysis: Analysis | None) -> Scene:
    """The scene with its tension, out of what was measured of its file, and what is said of it."""
    tension = tension_of(measured_of(material, analysis))
    path = material.media.path if material.media is not None else ""
    return Scene(material.id, material.name, material.duration, tension, material.place, path)


def measured_of(material: Material, analysis: Analysis | None) -> Measured:
    """Figures of the part of the file that is shown. A scene is at least one shot: its length is a pace too."""
    words, said = tension_of_words(material.words)
    seconds = material.duration.to_seconds()
    if analysis is None or material.media is None:
        planned = {name for name, one in (("motion", material.planned), ("cuts", seconds or None)) if one is not None}
        pace = 60 / seconds if seconds > 0 else None
        return Measured(material.planned, pace, None, words, said, frozenset(planned))
    whole = analysis.seconds or 0.0
    start, end = _part(material, whole)
    motion, cuts, sound = analysis.get(Motion), analysis.get(Cuts), analysis.get(Sound)
    speed = float(abs(material.speed))
    moving = None if motion is None else _mean(motion.curve, start, end, whole, motion.level) * speed
    if motion is None and material.media.is_endless:
        moving = 0.0
    count = 0 if cuts is None else sum(start < one.seconds < end for one in cuts.cuts)
    if cuts is not None and not cuts.exact:
        count = round(cuts.per_minute * (end - start) / 60)
    pace = None if seconds <= 0 else (count + 1) * 60 / seconds
    return Measured(moving, pace, None if sound is None else _loudness(sound, start, end, whole), words, said)


def _part(material: Material, whole: float) -> tuple[float, float]:
    """From when until when of its file, in seconds."""
    if material.range is None:
        return 0.0, whole
    return material.range.start.to_seconds(), material.range.end.to_seconds()


def _mean(curve: Sequence[float], start: float, end: float, whole: float, otherwise: float) -> float:
    part = _between(curve, start, end, whole)
    return sum(part) / len(part) if part else otherwise


def _between(curve: Sequence[float], start: float, end: float, whole: float) -> Sequence[float]:
    """The points of a curve over a whole film that lie in a part of it; one at least."""
    if not curve or whole <= 0 or (start <= 0 and end >= whole):
        return curve
    first = min(len(curve) - 1, max(0, int(start / whole * len(curve))))
    return curve[first : max(first + 1, round(end / whole * len(curve)))]


def _loudness(sound: Sound, start: float, end: float, whole: float) -> float:
    """Of a part: that of the whole, and how far its level is from the level of the whole."""
    if sound.loudness is None:
        return _SILENT
    part, all_of_it = (_level(one) for one in (_between(sound.curve, start, end, whole), sound.curve))
    return max(_SILENT, sound.loudness + part - all_of_it)


def _level(curve: Sequence[float]) -> float:
    """The mean power of levels in dB, in dB."""
    power = sum(10 ** (one / 10) for one in curve) / len(curve) if curve else 0.0
    return 10 * log10(power) if power > 0 else _LEAST_LEVEL


# --- where they come from -------------------------------------------------------------------------------------------


def of_media(
    media: Sequence[Media], library: Library | None = None, notes: Callable[[str], str] = lambda _: ""
) -> list[Material]:
    """Each file as a scene; what it was asked for is part of its words."""
    return [
        Material(one.id, called(one), _length(one), media=one, words=f"{words_of(one, library)} {notes(one.id)}")
        for one in media
        if one.has_video or one.is_endless
    ]


def called(media: Media) -> str:
    """What a file is called in a sentence: without its ending, and short."""
    name = Path(media_name(media)).stem
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1].rstrip(' _-.')}…"


def words_of(media: Media, library: Library | None) -> str:
    """The words of a file: its name, and the prompt and mood of what was made."""
    take = library.take_of_media(media.id) if library is not None else None
    request = take.lineage.request if take is not None else {}
    said = [_APART.sub(" ", Path(media_name(media)).stem), *(str(request.get(key) or "") for key in ("prompt", "mood"))]
    return " ".join(said)


def of_sequence(
    cut: Cut, library: Library, project: Project, clip_ids: Collection[str] | None = None
) -> list[Material]:
    """The clips of the video tracks by record time (`clip_ids`: these alone), what is disabled or muted left out."""
    return [_of_clip(cut, clip, where, library, project) for clip, where in pictures_of(cut, clip_ids)]


def pictures_of(cut: Cut, clip_ids: Collection[str] | None = None) -> list[tuple[Clip, TimeRange]]:
    """The clips that are scenes, with their record ranges, by time; of the same time the lower track first."""
    found = [
        (clip, where)
        for track in cut.tracks
        if track.kind is TrackKind.VIDEO and not track.muted
        for clip, where in track.clips()
        if clip.enabled and (clip_ids is None or clip.id in clip_ids)
    ]
    return sorted(found, key=lambda one: one[1].start)


def _of_clip(cut: Cut, clip: Clip, where: TimeRange, library: Library, project: Project) -> Material:
    media = media_of(clip, library)
    shot_id = clip.source.shot_id if isinstance(clip.source, Placeholder) else clip.shot_id
    shot = project.shot(shot_id) if shot_id else None
    words = " ".join((clip.name, words_of(media, library) if media else "", shot_words(shot) if shot else ""))
    return Material(
        clip.id,
        source_name(clip, library),
        where.duration,
        format_timecode(cut.start_timecode + where.start, cut.rate, cut.drop_frame),
        media,
        clip.source_range if media is not None and not media.is_endless else None,
        clip.speed,
        words,
        planned_motion(shot) if shot is not None and media is None else None,
        shot_id or "",
    )


def of_board(board: Storyboard, media_for: Callable[[Shot], Media | None] = lambda _: None) -> list[Material]:
    """The shots of a storyboard, as long as they are planned."""
    found = []
    for index, shot in enumerate(board.shots):
        media = media_for(shot)
        planned = planned_motion(shot) if media is None else None
        name, length = shot_name(shot, index), shot_length(shot, board)
        found.append(
            Material(
                shot.id,
                name,
                length,
                f"Shot {index + 1}",
                media,
                None,
                words=shot_words(shot),
                planned=planned,
                shot_id=shot.id,
            )
        )
    return found


def shot_words(shot: Shot) -> str:
    """What is said of a shot."""
    return " ".join((shot.name, shot.description, shot.mood, *shot.tags))


def planned_motion(shot: Shot) -> float:
    """Widths a second that a shot's plan means."""
    camera = 0.0 if shot.camera_motion in ("", "static") else _CAMERA_MOTION
    return _SUBJECT_MOTION.get(shot.subject_motion, 0.0) + camera


def of_film(media: Media, analysis: Analysis) -> list[Material]:
    """The shots of one film, from cut to cut; the film itself where it has none."""
    cuts = analysis.get(Cuts)
    rate = media.rate or Fraction(25)
    frames = sorted({one.frame for one in cuts.cuts}) if cuts is not None and cuts.exact else []
    edges = [RationalTime(0), *(RationalTime.from_frames(one, rate) for one in frames), media.duration]
    parts = [TimeRange.between(*pair) for pair in pairwise(edges) if pair[0] < pair[1]]
    return [
        Material(f"{media.id}:{n}", f"Shot {n + 1}", one.duration, format_timecode(one.start, rate), media, one)
        for n, one in enumerate(parts)
    ]


def _length(media: Media) -> RationalTime:
    return STILL_LENGTH if media.is_endless else media.duration


def media_in(materials: Sequence[Material]) -> Iterator[Media]:
    """Each file once, in their order."""
    yield from {one.media.id: one.media for one in materials if one.media is not None}.values()
