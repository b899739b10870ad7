"""Small pictures of states of the edit: a timeline of 112 by 44, what the step changed in the accent. Made on a thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter

from studio_app.services.jobs import plain_thread
from studio_app.services.latest import Latest
from timeline.change import difference
from timeline.history import State
from timeline.items import Clip, GeneratorSource, Placeholder, SequenceSource
from timeline.sequence import Sequence
from timeline.track import Track, TrackKind
from ui.qt import tokens
from ui.qt.main_thread import post

SIZE: Final = QSize(112, 44)
_MOST: Final = 256


@dataclass(frozen=True)
class _Wish:
    before: State | None
    state: State
    sequence_id: str
    ratio: float


class HistoryPictures:
    """Hands out what is made, and makes what is asked for. `arrived` is called on the main thread."""

    def __init__(self, arrived: Callable[[], None]) -> None:
        self._arrived = arrived
        self._made: dict[tuple[int, str], tuple[State, QImage]] = {}
        self._wanted: dict[tuple[int, str], _Wish] = {}
        self._latest = Latest("history pictures", plain_thread)

    def get(self, before: State | None, state: State, sequence_id: str, ratio: float) -> QImage | None:
        """The picture of a state; None until it is there."""
        key = (id(state.project), sequence_id)
        found = self._made.get(key)
        if found is not None and found[0].project is state.project:
            return found[1]
        if key not in self._wanted:
            self._wanted[key] = _Wish(before, state, sequence_id, ratio)
            self._latest.ask(self._work)
        return None

    def clear(self) -> None:
        """Another project: nothing of the old one is kept."""
        self._made.clear()
        self._wanted.clear()

    def close(self) -> None:
        """Wait for the thread."""
        self._wanted.clear()
        self._latest.close(2.0)

    def _work(self) -> None:
        for key, wish in list(self._wanted.items()):
            picture = drawn(wish.before, wish.state, wish.sequence_id, wish.ratio)
            post(lambda key=key, wish=wish, picture=picture: self._take(key, wish, picture))  # type: ignore[misc]

    def _take(self, key: tuple[int, str], wish: _Wish, picture: QImage) -> None:
        if self._wanted.pop(key, None) is not None:
            self._made[key] = (wish.state, picture)
            while len(self._made) > _MOST:
                self._made.pop(next(iter(self._made)))
            self._arrived()


def drawn(before: State | None, state: State, sequence_id: str, ratio: float) -> QImage:
    """Draw one. Any thread: no widget, no text."""
    picture = QImage(SIZE * ratio, QImage.Format.Format_RGB32)
    picture.setDevicePixelRatio(ratio)
    picture.fill(tokens.color("surface.inset"))
    sequence = state.project.sequence(sequence_id) or state.project.sequences[0]
    changed = difference(before.project, state.project).clips if before is not None else frozenset()
    painter = QPainter(picture)
    _draw(painter, sequence, changed)
    painter.end()
    return picture


def _draw(painter: QPainter, sequence: Sequence, changed: frozenset[str]) -> None:
    tracks = [*reversed(sequence.picture_tracks()), *sequence.audio_tracks()]
    length = sequence.duration.to_seconds()
    if not tracks or length <= 0:
        return
    height = min(9.0, (SIZE.height() - 4) / len(tracks))
    top = (SIZE.height() - height * len(tracks)) / 2
    scale = (SIZE.width() - 4) / length
    for row, track in enumerate(tracks):
        end, lit = -1.0, False
        for clip, where in track.clips():
            left, right = 2 + where.start.to_seconds() * scale, 2 + where.end.to_seconds() * scale
            is_changed = clip.id in changed
            if right - end < 1 and is_changed == lit:
                continue  # not to be seen beside the one before
            place = QRectF(left, top + row * height, max(1.0, right - left - 0.5), max(1.0, height - 1))
            painter.fillRect(place, tokens.color("accent.default" if is_changed else _colour(clip, track)))
            end, lit = right, is_changed
    painter.setPen(Qt.PenStyle.NoPen)


def _colour(clip: Clip, track: Track) -> str:
    if track.kind is TrackKind.AUDIO:
        return "clip.audio"
    if isinstance(clip.source, SequenceSource):
        return "clip.nested"
    if isinstance(clip.source, Placeholder):
        return "border.strong"
    return "clip.title" if isinstance(clip.source, GeneratorSource) else "clip.video"
