"""What a typed time does: it moves the playhead, or with a sign what is selected."""

from __future__ import annotations

from studio_app.session.chosen import has_clips
from studio_app.session.nudging import nudge
from studio_app.session.session import Session
from studio_app.session.transport import Transport
from timeline.time import ZERO, RationalTime
from timeline.timecode import format_timecode
from timeline.typed_time import TypedTime, typed_time

DAY = RationalTime(24 * 3600)
"""No typed place lies further from the start, but within a sequence that is longer."""


def read(transport: Transport, text: str, *, as_frames: bool = False) -> TypedTime:
    """A typed time at the rate of what is played; a place counts from its first frame. Raises ValueError with a sentence."""
    sequence = transport.sequence
    start = sequence.start_timecode
    found = typed_time(text, sequence.rate, sequence.drop_frame, start, as_frames=as_frames)
    furthest = max(DAY, sequence.duration)
    if found.relative:
        if abs(found.time) > furthest:
            raise ValueError("A step of 24 hours is the longest.")
        return found
    place = found.time - start
    if place > furthest:
        last = format_timecode(start + furthest - sequence.frame, sequence.rate, sequence.drop_frame)
        raise ValueError(f"Type a time up to {last}.")
    if place < ZERO:
        first = format_timecode(start, sequence.rate, sequence.drop_frame)
        raise ValueError(f"This begins at {first}.")
    return TypedTime(place)


def judge(session: Session, transport: Transport, text: str, *, as_frames: bool = False) -> str:
    """What is wrong with a typed time, as a sentence; empty when it can be used."""
    try:
        found = read(transport, text, as_frames=as_frames)
    except ValueError as error:
        return str(error)
    if transport is session.source.transport and not found.relative and found.time >= transport.end:
        sequence = transport.sequence
        last = format_timecode(sequence.start_timecode + transport.end, sequence.rate, sequence.drop_frame)
        return f"This ends at {last}."
    return ""


def enter(session: Session, transport: Transport, text: str, *, as_frames: bool = False) -> None:
    """Go to the typed place. A relative entry trims the selected edit, or moves the selected clips, else the playhead.

    Raises ValueError for what cannot be read and EditRefused for what cannot be done.
    """
    found = read(transport, text, as_frames=as_frames)
    if found.relative and transport is session.transport:
        if session.trimming.edit is not None:
            session.trimming.trim(found.time.nearest_frame(session.sequence.rate))
            return
        if has_clips(session):
            session.document.seal()
            nudge(session, found.time.nearest_frame(session.sequence.rate))
            return
    transport.pause()
    transport.set_time(transport.time + found.time if found.relative else found.time)
