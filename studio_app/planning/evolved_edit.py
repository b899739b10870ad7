"""A result that is an edit, as real clips: each lane becomes a track above the cut, its sound a track below."""

from __future__ import annotations

from collections.abc import Sequence as Row
from dataclasses import replace

from engines.evolve.base import Edit, Join, Piece, Place
from timeline.command import Batch, Command
from timeline.commands.add_track import AddTrack
from timeline.commands.set_transition import SetTransition
from timeline.items import Clip, EffectUse, Gap, Item, MediaSource, Transition, new_id
from timeline.media import Library, Media
from timeline.query import handles
from timeline.sequence import Sequence
from timeline.time import ZERO, FrameRate, RationalTime, TimeRange
from timeline.track import Track, TrackKind

_CROSSFADE = "dissolve"
"""What a transition of sound is called in the project: all of them are mixed at equal power."""
_KINDS = (TrackKind.VIDEO, TrackKind.AUDIO)


def edit_command(sequence: Sequence, edit: Edit, parents: Row[Media], at: RationalTime, name: str) -> Command:
    """All of it as one step. `at` (record) is where it begins; nothing that stands in the sequence is touched."""
    lanes = sorted({piece.lane for piece in edit.pieces})
    top = 1 + max((n for n, one in enumerate(sequence.tracks) if not one.is_audio), default=-1)
    adding: list[Command] = []
    joining: list[Command] = []
    library = Library().with_media(*parents)
    for number, lane in enumerate(lanes):  # from the lowest up
        pieces = sorted((one for one in edit.pieces if one.lane == lane), key=lambda one: one.at)
        title = name if len(lanes) == 1 else f"{name} {number + 1}"
        picture, sound = _clips(pieces, parents, sequence, at, hidden(edit))
        tracks = [
            Track(kind, _laid(row), name=title) for kind, row in zip(_KINDS, (picture, sound), strict=True) if row
        ]
        for track in tracks:
            if track.is_audio:
                adding.append(AddTrack(sequence.id, track))
            else:
                adding.append(AddTrack(sequence.id, track, top))
                top += 1
            joins = (_transition(join, track, at, sequence.rate, library) for join in edit.joins if join.lane == lane)
            joining += [SetTransition(sequence.id, track.id, one) for one in joins if one is not None]
    return Batch((*adding, *joining), name)


def hidden(edit: Edit) -> frozenset[Piece]:
    """Pieces that are only heard: whole pictures lie over all of them. They need no clip on a picture track."""
    return frozenset(piece for piece in edit.pieces if not piece.muted and _covered(piece, edit))


def _covered(piece: Piece, edit: Edit) -> bool:
    above = sorted((one for one in edit.pieces if one.lane > piece.lane and one.place is None), key=lambda one: one.at)
    at, end = piece.at, piece.at + piece.length
    for one in above:
        if one.at > at:
            return False
        at = max(at, one.at + one.length)
        if at >= end:
            return True
    return False


Placed = list[tuple[RationalTime, Clip]]


def _clips(
    pieces: Row[Piece], parents: Row[Media], sequence: Sequence, at: RationalTime, unseen: frozenset[Piece]
) -> tuple[Placed, Placed]:
    """The pictures of a lane and, linked to them, what is heard."""
    row = _Row(sequence, at)
    picture: Placed = []
    sound: Placed = []
    for piece in pieces:
        media = parents[piece.source]
        clip = _clip(piece, media, sequence, row)
        if clip is None:
            continue
        heard = not piece.muted and media.has_audio
        link = new_id() if heard and piece not in unseen else None
        if piece not in unseen:
            picture.append((row.start, replace(clip, link=link)))
        if heard:
            gain = 10 ** (piece.gain / 20)
            sound.append((row.start, replace(clip, id=new_id(), link=link, effects=(), volume=gain)))
    return picture, sound


class _Row:
    """Where the next piece of a lane goes: on whole frames of the sequence, never over the one before."""

    def __init__(self, sequence: Sequence, at: RationalTime) -> None:
        self._rate, self._at = sequence.rate, at
        self.start = self.end = ZERO

    def place(self, piece: Piece) -> RationalTime:
        """The length it gets there; 0 where nothing of it is left."""
        self.start = max((self._at + piece.at).snapped(self._rate), self.end)
        self.end = max(self.start, (self._at + piece.at + piece.length).snapped(self._rate))
        return self.end - self.start


def _clip(piece: Piece, media: Media, sequence: Sequence, row: _Row) -> Clip | None:
    length = row.place(piece)
    if length <= ZERO:
        return None
    shown = length * abs(piece.speed)
    start = piece.start if piece.speed > 0 else piece.start - shown
    if not media.is_endless:  # rounding to frames of another rate must not reach beyond the file
        start = max(ZERO, min(start, media.duration - shown))
    effects = (_transform(piece.place, media, sequence),) if piece.place is not None else ()
    source = TimeRange(start, shown)
    return Clip(MediaSource(media.id), source, name=media.name, speed=piece.speed, effects=effects)


def _laid(placed: Row[tuple[RationalTime, Clip]]) -> tuple[Item, ...]:
    items: list[Item] = []
    end = ZERO
    for start, clip in placed:
        if start > end:
            items.append(Gap(start - end))
        items.append(clip)
        end = start + clip.duration
    return tuple(items)


def _transition(join: Join, track: Track, at: RationalTime, rate: FrameRate, library: Library) -> Transition | None:
    """The transition at its cut. Frames of another rate may leave a handle shorter by one: so is the transition then."""
    cut, length = (at + join.at).snapped(rate), join.length.nearest_frame(rate)
    for left, right, start in zip(track.items, track.items[1:], track.starts[1:], strict=False):
        if isinstance(left, Clip) and isinstance(right, Clip) and start == cut:
            before = _at_most(length // 2, handles(right, library)[0], rate)
            after = _at_most(length - length // 2, handles(left, library)[1], rate)
            if before + after == ZERO:
                return None
            values = {name: value for name, value in join.values.items() if isinstance(value, int | float | str)}
            effect = _CROSSFADE if track.is_audio else join.transition
            return Transition(effect, left.id, right.id, before, after, {} if track.is_audio else values)
    return None


def _at_most(count: int, handle: RationalTime | None, rate: FrameRate) -> RationalTime:
    return RationalTime.from_frames(count if handle is None else min(count, handle.frames(rate)), rate)


def _transform(place: Place, media: Media, sequence: Sequence) -> EffectUse:
    """The same place by the transform effect: it fits the picture to the canvas, crops it, then scales and moves it.

    A place crops the picture as it lies fitted in the canvas; the effect crops the file's own picture.
    """
    width, height = sequence.width, sequence.height
    left, top, right, bottom = place.crop
    scale = place.width / max(1e-6, right - left)
    # the crop stays where it is in the picture, so what is left of it lies beside the centre
    off_x = ((left + right) / 2 - 0.5) * width * scale
    off_y = ((top + bottom) / 2 - 0.5) * height * scale
    fit = min(width / max(1, media.width), height / max(1, media.height))
    across, down = media.width * fit / width, media.height * fit / height
    values = {
        "position_x": (place.x - 0.5) * width - off_x,
        "position_y": (place.y - 0.5) * height - off_y,
        "scale": scale * 100,
        "crop_left": _within(left, across),
        "crop_top": _within(top, down),
        "crop_right": _within(1 - right, across),
        "crop_bottom": _within(1 - bottom, down),
    }
    return EffectUse("transform", {name: round(value, 4) for name, value in values.items()})


def _within(crop: float, share: float) -> float:
    """Percent of a picture that a crop of the canvas takes from one side, where the picture fills `share` of the canvas."""
    return min(max((crop - (1 - share) / 2) / share, 0.0), 1.0) * 100
