"""Which frames make a segment, how long it is, and why; what one request holds is known before anything is made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import groupby
from typing import Final

from studio_app.planning.planner.contract import ContractError, Fault
from studio_app.planning.planner.segments.request import (
    LEAST_SECONDS,
    MOST_SECONDS,
    GeneratedFrame,
    SegmentRequest,
    StoryboardFrame,
)

MOST_SEGMENTS: Final = 3
"""In one request."""
MOST_TOTAL: Final = Fraction(12)
"""Seconds of one request."""
_LEAST, _MOST = Fraction(str(LEAST_SECONDS)), Fraction(str(MOST_SECONDS))


@dataclass(frozen=True)
class Shown:
    """A frame: the picture and what is said of it."""

    picture: GeneratedFrame
    said: StoryboardFrame


@dataclass(frozen=True)
class Segment:
    """One or two frames of a scene that become one film, and why just these."""

    number: int
    frames: tuple[Shown, ...]
    seconds: Fraction
    reason: str

    @property
    def id(self) -> str:
        """As the answer calls it."""
        return f"SEGMENT_{self.number}"

    @property
    def scene(self) -> int:
        """The number of its scene."""
        return self.frames[0].picture.scene_number

    @property
    def file_name(self) -> str:
        """By scene and first shot."""
        return f"segment_{self.scene}_{self.frames[0].picture.shot_order}.mp4"

    @property
    def frame_ids(self) -> tuple[str, ...]:
        """The ids of its frames."""
        return tuple(one.picture.frame_id for one in self.frames)


def grouped(request: SegmentRequest) -> tuple[Segment, ...]:
    """By scene, then by shot: two frames a segment, one where a scene has no second one left; never across scenes."""
    said = {one.frame_id: one for one in request.storyboard_frames}
    shown = [Shown(one, said[one.frame_id]) for one in request.generated_frames]
    shown.sort(key=lambda one: (one.picture.scene_number, one.picture.shot_order))
    found: list[Segment] = []
    for scene, row in groupby(shown, key=lambda one: one.picture.scene_number):
        frames = list(row)
        for first in range(0, len(frames), 2):
            pair = tuple(frames[first : first + 2])
            seconds, how_long = _length(pair, request)
            if len(pair) == 2:
                why = f"shots {pair[0].picture.shot_order} and {pair[1].picture.shot_order} follow each other in scene {scene}"
            elif len(frames) == 1:
                why = f"scene {scene} has one shot"
            else:
                why = f"shot {pair[0].picture.shot_order} is the last of an odd number in scene {scene}, and no segment crosses scenes"
            found.append(Segment(len(found) + 1, pair, seconds, f"{why}; {how_long}"))
    return tuple(found)


def _length(frames: Sequence[Shown], request: SegmentRequest) -> tuple[Fraction, str]:
    """As the storyboard says, where it does for all frames, within the bounds; else as the settings say."""
    asked = [one.said.duration_seconds for one in frames]
    if any(one is None for one in asked):
        usual = Fraction(str(request.video_settings.duration_per_segment))
        return usual, f"{float(usual):g} s by the settings"
    whole = sum((Fraction(str(one)) for one in asked), Fraction(0))
    seconds = min(_MOST, max(_LEAST, whole))
    if seconds == whole:
        return seconds, f"{float(seconds):g} s by the storyboard"
    return (
        seconds,
        f"{float(seconds):g} s, since the storyboard's {float(whole):g} s lie outside {LEAST_SECONDS:g} to {MOST_SECONDS:g} s",
    )


def batches(segments: Sequence[Segment]) -> tuple[tuple[Segment, ...], ...]:
    """The segments as requests of three at most, each scaled to what a request may last."""
    row = tuple(segments)
    return tuple(_scaled(row[at : at + MOST_SEGMENTS]) for at in range(0, len(row), MOST_SEGMENTS))


def _scaled(row: tuple[Segment, ...]) -> tuple[Segment, ...]:
    whole = sum((one.seconds for one in row), Fraction(0))
    if whole <= MOST_TOTAL:
        return row
    share = MOST_TOTAL / whole
    return tuple(
        replace(one, seconds=max(_LEAST, one.seconds * share), reason=f"{one.reason}; scaled to 12 s in all")
        for one in row
    )


def one_request(segments: Sequence[Segment]) -> tuple[Segment, ...]:
    """The segments as one request. Raises ContractError where they are more than it holds, and says in how many they fit."""
    parts = batches(segments)
    if len(parts) == 1:
        return parts[0]
    scenes = len({one.scene for one in segments})
    raise ContractError(
        [
            Fault(
                "generated_frames",
                f"They make {len(segments)} segments in {scenes} {'scene' if scenes == 1 else 'scenes'} (two frames each, "
                f"none across scenes), and a request holds {MOST_SEGMENTS} of 2 to 4 s; ask for {len(parts)} requests with --batches",
            )
        ]
    )
