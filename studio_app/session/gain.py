"""Clip gain in decibels."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Final

from studio_app.session.chosen import selected_clips
from studio_app.session.session import Session
from timeline.command import Batch, Command
from timeline.commands.set_clip import SetClip
from timeline.curve import Curve
from timeline.errors import EditRefused
from timeline.items import Clip
from timeline.query import linked_ids

SILENT_DB: Final = -96.0
LOUDEST_DB: Final = 60.0


def decibels(gain: float) -> float:
    """A linear gain in dB; silence is SILENT_DB."""
    return max(SILENT_DB, 20 * math.log10(gain)) if gain > 0 else SILENT_DB


def linear(level: float) -> float:
    """A level in dB as a linear gain."""
    return 0.0 if level <= SILENT_DB else 10 ** (level / 20)


def sounding_clips(session: Session) -> list[Clip]:
    """The selected sounds, and those linked to selected pictures, on tracks that are not locked."""
    sequence = session.sequence
    ids = linked_ids(sequence, (clip.id for clip in selected_clips(session)))
    return [
        clip
        for track in sequence.audio_tracks()
        if not track.locked
        for one in ids
        if (clip := track.clip(one)) is not None
    ]


def is_sound_chosen(session: Session) -> bool:
    """Whether there is one of these; asked whenever a menu opens."""
    sequence = session.sequence
    open_tracks = [track for track in sequence.audio_tracks() if not track.locked]
    for clip in selected_clips(session):
        for track in open_tracks:
            if track.index_of(clip.id) is not None or (clip.link is not None and track.places_of_link(clip.link)):
                return True
    return False


def parse_gain(text: str) -> float:
    """`-6`, `+3 dB`, `-inf` in dB. Raises EditRefused with a sentence."""
    plain = text.lower().replace("db", "").replace(",", ".").replace("−", "-").strip()
    try:
        level = SILENT_DB if plain in ("-inf", "-∞") else float(plain)
    except ValueError:
        level = math.nan
    if not -LOUDEST_DB * 4 <= level <= LOUDEST_DB:
        raise EditRefused(f"“{text.strip()}” is not a gain. Write decibels such as -6 or +3, {LOUDEST_DB:g} at most.")
    return level


def set_gain(session: Session, level: float, *, relative: bool = False) -> bool:
    """Set the gain of the selected sounds to `level` dB, or change it by that much; keyframes go along."""
    clips = sounding_clips(session)
    if not clips:
        raise EditRefused("Select a clip with sound to change its gain.")
    commands = [
        SetClip(session.sequence_id, (clip.id,), {"volume": _level(clip.volume, linear(level), relative=relative)})
        for clip in clips
    ]
    return session.document.do_alone(Batch(tuple[Command, ...](commands), "Clip gain"))


def _level(volume: float | Curve, factor: float, *, relative: bool) -> float | Curve:
    if not relative:
        return factor
    if isinstance(volume, Curve):
        keys = (
            replace(key, value=key.value * factor) if isinstance(key.value, (int, float)) else key
            for key in volume.keyframes
        )
        return replace(volume, keyframes=tuple(keys))
    return min(volume * factor, 1000.0)
