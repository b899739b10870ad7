"""Shots taken apart, put together and copied: pure, lengths stay whole frames and add up to what they were."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from timeline.errors import EditRefused
from timeline.items import new_id
from timeline.media import Media
from timeline.storyboard import DEFAULT_SHOT_SECONDS, Shot
from timeline.time import ZERO, FrameRate, RationalTime

DIALOGUE = "dialogue"
"""What is said in a shot, in its `extra`."""
PLANNED = "planned"
"""In the `extra` of a shot that came from a plan: what it was planned from, and a digest of what it was like."""
LOCKED = "locked"
"""In the `extra` of a shot that plans leave alone."""
_SENTENCE = re.compile(r"(?<=[.!?;])\s+")


def dialogue_of(shot: Shot) -> str:
    """What is said in the shot; empty where nothing is."""
    found = shot.extra.get(DIALOGUE, "")
    return found if isinstance(found, str) else ""


def is_locked(shot: Shot) -> bool:
    """Whether plans leave the shot alone."""
    return shot.extra.get(LOCKED) is True


def with_lock(shot: Shot, locked: bool) -> dict[str, object]:
    """The shot's `extra` with or without its lock."""
    kept = {key: one for key, one in shot.extra.items() if key != LOCKED}
    return {**kept, LOCKED: True} if locked else kept


def with_extra(shot: Shot, name: str, value: str) -> dict[str, object]:
    """The shot's `extra` with a text set, or taken out where it is empty."""
    kept = {key: one for key, one in shot.extra.items() if key != name}
    return {**kept, name: value} if value else kept


def halves(shot: Shot, rate: FrameRate) -> tuple[Shot, Shot]:
    """A shot as two of half its length; of several sentences each gets its half, one alone stands in both.

    The first keeps the id and with it takes and clips; the second begins with a cut. Raises EditRefused for a single frame.
    """
    frames = max(1, shot.duration.nearest_frame(rate))
    if frames < 2:
        raise EditRefused("This shot is one frame long; there is nothing to split.")
    first, second = _halved(shot.description)
    says, then_says = _halved(dialogue_of(shot)) if _several(dialogue_of(shot)) else (dialogue_of(shot), "")
    head = frames // 2 + frames % 2
    name = f"{shot.name}, 2" if shot.name else ""
    return (
        replace(
            shot,
            description=first,
            duration=RationalTime.from_frames(head, rate),
            scene={} if first != shot.description else shot.scene,
            extra=with_extra(shot, DIALOGUE, says),
        ),
        replace(
            shot,
            id=new_id(),
            name=name,
            description=second,
            duration=RationalTime.from_frames(frames - head, rate),
            transition="cut",
            transition_duration=None,
            audio=None,
            overlays=(),
            scene={} if second != shot.description else shot.scene,
            extra=with_extra(shot, DIALOGUE, then_says),
        ),
    )


def merged(shots: Sequence[Shot]) -> Shot:
    """Several shots as one, as long as all of them: it has the first one's id, takes and settings, and what all of them say.

    What lies over the later ones comes along at its place. Raises EditRefused for fewer than two.
    """
    if len(shots) < 2:
        raise EditRefused("Choose two or more shots to merge them.")
    first = shots[0]
    overlays, at = [], ZERO
    for shot in shots:
        for one in shot.overlays:
            length = one.duration if one.duration is not None else shot.duration - min(one.start, shot.duration)
            overlays.append(replace(one, start=one.start + at, duration=length))
        at = at + shot.duration
    words = _joined(shot.description for shot in shots)
    return replace(
        first,
        description=words,
        duration=at,
        tags=tuple(dict.fromkeys(tag for shot in shots for tag in shot.tags)),
        overlays=tuple(overlays),
        audio=next((shot.audio for shot in shots if shot.audio is not None), None),
        scene={} if words != first.description else first.scene,
        extra=with_extra(first, DIALOGUE, _joined(dialogue_of(shot) for shot in shots)),
    )


def copied(shot: Shot) -> Shot:
    """The same once more, with an id of its own: its takes stay with the first."""
    extra = {name: value for name, value in shot.extra.items() if name != PLANNED}
    return replace(shot, id=new_id(), name=f"{shot.name}, copy" if shot.name else "", extra=extra)


def shot_of_media(media: Media, rate: FrameRate) -> Shot:
    """A shot that a file stands for: a still as long as usual, footage as long as it is."""
    length = RationalTime(DEFAULT_SHOT_SECONDS) if media.is_endless else media.duration
    length = max(RationalTime.from_frames(1, rate), RationalTime.from_frames(length.frames(rate), rate))
    name = " ".join(re.split(r"[_\s]+", Path(media.name).stem)).strip() or media.name
    return Shot(name, name=name, duration=length, media_id=media.id)


def _several(text: str) -> bool:
    return len(_SENTENCE.split(text.strip())) > 1


def _halved(text: str) -> tuple[str, str]:
    """The sentences parted where the halves are nearest in length; a single one is in both."""
    parts = _SENTENCE.split(text.strip())
    if len(parts) < 2:
        return text, text
    total = sum(map(len, parts))
    at = min(range(1, len(parts)), key=lambda n: abs(total - 2 * sum(map(len, parts[:n]))))
    return " ".join(parts[:at]), " ".join(parts[at:])


def _joined(texts: Iterable[str]) -> str:
    """Each once, as sentences."""
    found = dict.fromkeys(text.strip() for text in texts if text.strip())
    return " ".join(one if one[-1] in ".!?;" or len(found) == 1 else f"{one}." for one in found)
