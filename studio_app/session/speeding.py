"""Speed, length and direction of the selected clips, as the speed dialog and the reverse key set them."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from studio_app.session.session import Session
from timeline.command import Batch, Command
from timeline.commands.set_speed import SetSpeed
from timeline.errors import EditRefused
from timeline.items import Clip
from timeline.query import linked_ids
from timeline.time import ZERO, RationalTime


def speed_clips(session: Session) -> list[Clip]:
    """The selected clips and what is linked to them, but for those of locked tracks."""
    sequence = session.sequence
    linked = linked_ids(sequence, (one for one in session.selection.item_ids if sequence.clip(one) is not None))
    locked = {item_id for track in sequence.tracks if track.locked for item_id in track.ids}
    return [clip for one in linked if one not in locked and (clip := sequence.clip(one)) is not None]


def set_speed(session: Session, clips: Iterable[Clip], speed: Fraction, *, ripple: bool) -> bool:
    """Play clips at one speed; negative plays backwards."""
    ids = tuple(clip.id for clip in clips)
    return bool(ids) and session.document.do(SetSpeed(session.sequence_id, ids, speed, ripple))


def reverse(session: Session) -> bool:
    """Turn the direction of the selected clips; each keeps its pace and its place."""
    by_speed: dict[Fraction, list[str]] = {}
    for clip in speed_clips(session):
        by_speed.setdefault(clip.speed, []).append(clip.id)
    commands: tuple[Command, ...] = tuple(
        SetSpeed(session.sequence_id, tuple(ids), -speed) for speed, ids in by_speed.items()
    )
    return bool(commands) and session.document.do(Batch(commands, "Reverse"))


def speed_for(clip: Clip, duration: RationalTime) -> Fraction:
    """The speed at which a clip lasts `duration`, in the direction it has. Raises EditRefused for no time at all."""
    if duration <= ZERO:
        raise EditRefused("A clip must be longer than nothing.")
    fast = clip.source_range.duration / duration
    return fast if clip.speed > 0 else -fast


def parse_percent(text: str) -> Fraction:
    """`50`, `50 %`, `-100`, `12.5` as a speed. Raises EditRefused with a sentence."""
    plain = text.strip().rstrip("%").replace(",", ".").replace("−", "-").strip()
    try:
        if len(plain) > 20 or "e" in plain.lower():
            raise ValueError
        return Fraction(plain) / 100
    except (ValueError, ZeroDivisionError) as error:
        raise EditRefused(f"“{text.strip()}” is not a speed. Write a number of percent such as 50 or -100.") from error
