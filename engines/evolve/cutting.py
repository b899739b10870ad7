"""An edit drawn flat: clips on lanes, their places and transitions, as the timeline's own renderer would show and mix them.

Operations that are edits (transition, collage, combine, mashup, pacing) say what they are in pieces; the film is made from these,
so that the flat file and the clips on the timeline are the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

import numpy as np

from effects.frame import Canvas, Frame, black
from effects.place import Placement, placed
from effects.registry import transitions
from effects.see_through import stacked
from engines.evolve.base import SAMPLE_RATE, Edit, Film, Join, Piece, Sound, SourceClip
from engines.evolve.sounding import at_pace, limited, sound_length
from timeline.time import FrameRate, RationalTime

_RAMP = round(0.003 * SAMPLE_RATE)
"""Samples over which a sound is led to silence at a cut, as `engines.render.mixer` does."""


def frames(count: int, rate: FrameRate) -> RationalTime:
    """`count` frames as a time."""
    return RationalTime.from_frames(count, rate)


def film_of_edit(edit: Edit, sources: Sequence[SourceClip], changes: tuple[tuple[str, str], ...] = ()) -> Film:
    """The edit as a film of the first source's size."""
    size = sources[0].size
    lanes = sorted({piece.lane for piece in edit.pieces})
    rows = [
        (
            [piece for piece in edit.pieces if piece.lane == lane],
            [join for join in edit.joins if join.lane == lane],
        )
        for lane in lanes
    ]

    def frame(index: int) -> Frame:
        picture: Frame | None = None
        for pieces, joins in rows:
            picture = _over(picture, pieces, joins, sources, edit.rate, index)
        return picture or black(*size)

    return Film(edit.count, frame, size, edit.rate, sound_of_edit(edit, sources), changes)


def _over(
    below: Frame | None,
    pieces: Sequence[Piece],
    joins: Sequence[Join],
    sources: Sequence[SourceClip],
    rate: FrameRate,
    index: int,
) -> Frame | None:
    for join in joins:
        first, length, cut = span_of(join, rate)
        if first <= index < first + length:
            ground = below or black(*sources[0].size)
            left = next((one for one in pieces if _end(one, rate) == cut), None)
            right = next((one for one in pieces if one.at.nearest_frame(rate) == cut), None)
            sides = [ground if one is None else _shown(ground, one, sources, rate, index) for one in (left, right)]
            model = transitions().classes[join.transition].model_validate(dict(join.values))
            return model.render(sides[0], sides[1], (index - first + 0.5) / length)
    piece = next((one for one in pieces if one.at.nearest_frame(rate) <= index < _end(one, rate)), None)
    return below if piece is None else _shown(below, piece, sources, rate, index)


def span_of(join: Join, rate: FrameRate) -> tuple[int, int, int]:
    """First frame, number of frames, and cut of a transition; before the cut lies the smaller half."""
    length, cut = join.length.nearest_frame(rate), join.at.nearest_frame(rate)
    return cut - length // 2, length, cut


def _end(piece: Piece, rate: FrameRate) -> int:
    return (piece.at + piece.length).nearest_frame(rate)


def source_frame(piece: Piece, rate: FrameRate, index: int) -> int:
    """The frame of its source that a piece shows at frame `index` of the edit."""
    since = frames(index, rate) - piece.at
    if piece.speed > 0:
        return (piece.start + since * piece.speed).frames(rate)
    place = piece.start + since * piece.speed  # the upper border of the instant
    return ceil(place.fraction * rate) - 1


def _shown(below: Frame | None, piece: Piece, sources: Sequence[SourceClip], rate: FrameRate, index: int) -> Frame:
    source = sources[piece.source]
    picture = source.frame(source_frame(piece, rate, index))
    if piece.place is None:
        return picture
    left, top, right, bottom = piece.place.crop
    width, height = source.size
    # the whole picture's size and centre, of which the crop stays
    across, down = piece.place.width / (right - left), piece.place.height / (bottom - top)
    centre = (
        piece.place.x + (0.5 - (left + right) / 2) * across,
        piece.place.y + (0.5 - (top + bottom) / 2) * down,
    )
    where = Placement(
        picture.size,
        (across * width, down * height),
        (centre[0] * width, centre[1] * height),
        crop=piece.place.crop,
    )
    return stacked(below or black(width, height), placed(picture, Canvas(width, height), where))


def sound_of_edit(edit: Edit, sources: Sequence[SourceClip]) -> Sound | None:
    """All pieces that are heard, faded across at transitions and led in and out at cuts; None where none has sound."""
    heard = [piece for piece in edit.pieces if not piece.muted and sources[piece.source].samples() is not None]
    if not heard:
        return None
    total = np.zeros((sound_length(edit.count, edit.rate), 2), np.float32)
    for piece in heard:
        samples = sources[piece.source].samples()
        if samples is not None:
            _add(total, piece, samples, edit)
    return limited(total)


def _add(total: Sound, piece: Piece, samples: Sound, edit: Edit) -> None:
    rate = edit.rate
    first, last = piece.at.nearest_frame(rate), _end(piece, rate)
    rise = next(
        (span_of(one, rate) for one in edit.joins if one.lane == piece.lane and span_of(one, rate)[2] == first), None
    )
    fall = next(
        (span_of(one, rate) for one in edit.joins if one.lane == piece.lane and span_of(one, rate)[2] == last), None
    )
    begins, ends = rise[0] if rise else first, fall[0] + fall[1] if fall else last
    start, end = sound_length(begins, rate), min(sound_length(ends, rate), len(total))
    if end <= start:
        return
    since = frames(begins, rate) - piece.at
    place = piece.start + since * piece.speed
    own = at_pace(samples, piece.speed, round(place.fraction * SAMPLE_RATE), end - start)
    gain = np.full(end - start, 10 ** (piece.gain / 20), np.float32)
    _lead(gain, rise, begins, rate, _continues(edit, piece, first), rising=True)
    _lead(gain, fall, begins, rate, _continues(edit, piece, last), rising=False)
    total[start:end] += own * gain[:, None]


def _continues(edit: Edit, piece: Piece, cut: int) -> bool:
    """Whether at this cut the same sound goes on."""
    at = frames(cut, edit.rate)
    return any(
        other is not piece
        and other.source == piece.source
        and not other.muted
        and other.speed == piece.speed
        and other.lane == piece.lane
        and (
            (other.at == at and other.start == piece.start + piece.length * piece.speed)
            or (other.at + other.length == at and piece.start == other.start + other.length * other.speed)
        )
        for other in edit.pieces
    )


def _lead(
    gain: Sound, span: tuple[int, int, int] | None, begins: int, rate: FrameRate, goes_on: bool, *, rising: bool
) -> None:
    """A crossfade of equal power over a transition, a few milliseconds at a cut, nothing where the sound goes on."""
    if span is None:
        ramp = np.sin(np.linspace(0, np.pi / 2, min(_RAMP, len(gain) // 2), dtype=np.float32)) ** 2
        if len(ramp) and not goes_on:
            part = slice(0, len(ramp)) if rising else slice(len(gain) - len(ramp), len(gain))
            gain[part] *= ramp if rising else ramp[::-1]
        return
    first = sound_length(span[0], rate) - sound_length(begins, rate)
    length = sound_length(span[0] + span[1], rate) - sound_length(span[0], rate)
    way = np.clip((np.arange(len(gain)) + 0.5 - first) / max(length, 1), 0, 1) * (np.pi / 2)
    gain *= (np.sin(way) if rising else np.cos(way)).astype(np.float32)
