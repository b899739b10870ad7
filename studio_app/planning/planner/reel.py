"""Timeline 2.0: what is seen and heard when, as JSON. Times are milliseconds. The contract is domain facts 5.3.

An entry's transition leads *into* its scene: so long it overlaps the one before.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import Field

from studio_app.planning.planner.contract import Fault, Strict, parsed
from studio_app.planning.planner.graph import LEAST_MS, MOST_MS, Corner, Effect, Name, SoundKind, Text

LEAD_MS = 200
"""A caption begins so long after its scene, and ends so long before it does."""
Time = Annotated[int, Field(ge=0, le=MOST_MS)]
Kind = Literal[
    "cut",
    "fade",
    "fade_black",
    "swipe_left",
    "swipe_right",
    "wipe_left",
    "wipe_right",
    "zoom_in",
    "dissolve",
    "pixelize",
]


class Transition(Strict):
    """How a scene begins."""

    type: Kind = "cut"
    duration: Annotated[int, Field(ge=0, le=2000)] = 500

    @property
    def overlap(self) -> int:
        """For how long two scenes are seen; a cut has none, whatever its duration."""
        return 0 if self.type == "cut" else self.duration


class Entry(Strict):
    """When a scene is seen."""

    sceneId: Annotated[int, Field(ge=1)]  # noqa: N815 - the contract's names
    start: Time
    end: Time
    transition: Transition = Transition(duration=0)


class Transform(Strict):
    """Where a picture stands."""

    position: Corner = "center"
    scale: Annotated[float, Field(ge=0.01, le=5)] = 1.0
    opacity: Annotated[float, Field(ge=0, le=1)] = 1.0
    x: float = 0.0
    y: float = 0.0


class VideoItem(Strict):
    """What a scene shows. Layer 0 is the picture, higher ones lie over it."""

    sceneId: Annotated[int, Field(ge=1)]  # noqa: N815
    asset: Name | None = None
    effect: Effect | None = None
    layer: Annotated[int, Field(ge=0, le=100)] = 0
    transform: Transform = Transform()


class Region(Strict):
    """A stretch in which something is quieter."""

    start: Time
    end: Time


class AudioItem(Strict):
    """What is heard."""

    type: SoundKind
    file: Name
    start: Time
    end: Time
    volume: Annotated[float, Field(ge=0, le=2)] = 1.0
    duckRegions: tuple[Region, ...] = ()  # noqa: N815


class Caption(Strict):
    """Words over a scene."""

    text: Annotated[Text, Field(min_length=1)]
    start: Time
    end: Time
    sceneId: Annotated[int, Field(ge=1)]  # noqa: N815
    style: Text | None = None


class Tracks(Strict):
    """What lies on which track."""

    video: tuple[VideoItem, ...] = ()
    audio: tuple[AudioItem, ...] = ()
    captions: tuple[Caption, ...] = ()


class Reel(Strict):
    """The whole."""

    version: Literal["2.0"]
    totalDuration: Annotated[int, Field(ge=LEAST_MS, le=MOST_MS)]  # noqa: N815
    timeline: Annotated[tuple[Entry, ...], Field(min_length=1)]
    tracks: Tracks = Tracks()


def parsed_reel(text: str, where: str = "") -> Reel:
    """A timeline out of its text. Raises ContractError naming the path of each fault."""
    return parsed(text, Reel, reel_faults, where)


def reel_faults(reel: Reel) -> list[Fault]:
    """What breaks a rule that no single field can break."""
    faults = _row_faults(reel)
    entries = {one.sceneId: one for one in reel.timeline}
    for index, item in enumerate(reel.tracks.video):
        if item.sceneId not in entries:
            faults.append(_unknown(f"tracks.video[{index}]", item.sceneId))
    for index, sound in enumerate(reel.tracks.audio):
        faults += _sound_faults(sound, f"tracks.audio[{index}]", reel.totalDuration)
    for index, caption in enumerate(reel.tracks.captions):
        faults += _caption_faults(caption, f"tracks.captions[{index}]", entries.get(caption.sceneId))
    return faults


def _row_faults(reel: Reel) -> list[Fault]:
    """Scenes one after another, overlapping by their transitions alone."""
    faults: list[Fault] = []
    seen: set[int] = set()
    before: Entry | None = None
    for index, one in enumerate(reel.timeline):
        at = f"timeline[{index}]"
        if one.sceneId in seen:
            faults.append(Fault(f"{at}.sceneId", f"Scene {one.sceneId} stands in the timeline already"))
        seen.add(one.sceneId)
        if one.end <= one.start:
            faults.append(_backwards(at, one.start, one.end))
        elif one.end > reel.totalDuration:
            faults.append(Fault(f"{at}.end", f"{one.end} lies behind the end of the whole ({reel.totalDuration})"))
        if before is not None:
            faults += _join_faults(before, one, at)
        before = one
    return faults


def _join_faults(before: Entry, one: Entry, at: str) -> list[Fault]:
    if one.start < before.start:
        return [Fault(f"{at}.start", f"{one.start} lies before the scene that stands before it ({before.start})")]
    found = []
    overlap = one.transition.overlap
    if before.end - one.start > overlap:
        found.append(
            Fault(
                f"{at}.start",
                f"It overlaps the scene before by {before.end - one.start} ms; its transition lasts {overlap} ms",
            )
        )
    shorter = min(one.end - one.start, before.end - before.start)
    if overlap * 2 > shorter > 0:
        found.append(
            Fault(f"{at}.transition.duration", f"{overlap} is more than half of a scene of {shorter} ms beside it")
        )
    return found


def _sound_faults(sound: AudioItem, at: str, whole: int) -> list[Fault]:
    if sound.end <= sound.start:
        return [_backwards(at, sound.start, sound.end)]
    if sound.end > whole:
        return [Fault(f"{at}.end", f"{sound.end} lies behind the end of the whole ({whole})")]
    faults = []
    for number, region in enumerate(sound.duckRegions):
        place = f"{at}.duckRegions[{number}]"
        if region.end <= region.start:
            faults.append(_backwards(place, region.start, region.end))
        elif region.start < sound.start or region.end > sound.end:
            faults.append(Fault(place, f"It lies outside its sound ({sound.start} to {sound.end})"))
    return faults


def _caption_faults(caption: Caption, at: str, entry: Entry | None) -> list[Fault]:
    if entry is None:
        return [_unknown(at, caption.sceneId)]
    if caption.end <= caption.start:
        return [_backwards(at, caption.start, caption.end)]
    first, last = entry.start + LEAD_MS, entry.end - LEAD_MS
    if caption.start < first:
        return [Fault(f"{at}.start", f"{caption.start} is too early for scene {caption.sceneId}; {first} at least")]
    if caption.end > last:
        return [Fault(f"{at}.end", f"{caption.end} is too late for scene {caption.sceneId}; {last} at most")]
    return []


def _backwards(at: str, start: int, end: int) -> Fault:
    return Fault(f"{at}.end", f"{end} does not lie behind the start ({start})")


def _unknown(at: str, scene: int) -> Fault:
    return Fault(f"{at}.sceneId", f"There is no scene {scene} in the timeline")


def fitted(lengths: Sequence[int], overlaps: Sequence[int], most: int = MOST_MS) -> tuple[list[int], list[int]]:
    """Lengths of scenes and of the transitions into them (the first is 0), scaled where the film would be longer than `most`.

    Milliseconds. Each scene keeps a second at least, a transition takes at most half of the shorter scene beside it.
    """
    lengths, overlaps = list(lengths), list(overlaps)
    whole = sum(lengths) - sum(overlaps)
    if whole > most:
        share = most / whole
        lengths = [max(LEAST_MS, int(one * share)) for one in lengths]
        overlaps = [int(one * share) for one in overlaps]
    while True:
        for index in range(1, len(lengths)):
            overlaps[index] = min(overlaps[index], lengths[index] // 2, lengths[index - 1] // 2)
        over, longest = sum(lengths) - sum(overlaps) - most, max(lengths, default=0)
        if over <= 0 or longest <= LEAST_MS:
            return lengths, overlaps
        lengths[lengths.index(longest)] -= min(over, longest - LEAST_MS)
