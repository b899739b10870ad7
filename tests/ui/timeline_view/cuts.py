"""Cuts for the tests of the timeline's geometry, written as text."""

from __future__ import annotations

from dataclasses import replace

from tests.timeline.notation import RATE, f, track
from timeline.items import Clip
from timeline.sequence import Sequence
from timeline.track import Track
from ui.timeline_view.layout import Layout
from ui.timeline_view.scale import Scale

PPS = 240.0
"""Ten pixels a frame at 24 frames a second."""


def sequence(**rows: str) -> Sequence:
    """Tracks by id and text; ids that start with A are sound."""
    tracks = tuple(track(text, track_id) for track_id, text in rows.items())
    return Sequence(id="cut", rate=RATE, tracks=tracks)


def layout(cut: Sequence, pps: float = PPS, origin: float = 0.0) -> Layout:
    """Geometry at ten pixels a frame."""
    return Layout(cut, Scale(RATE, pps, origin), {})


def linked(row: Track, link: str) -> Track:
    """A track whose clips are all of one link group."""
    return replace(row, items=tuple(replace(one, link=link) if isinstance(one, Clip) else one for one in row.items))


__all__ = ["PPS", "f", "layout", "linked", "sequence"]
