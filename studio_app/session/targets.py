"""Which tracks an edit goes to: the targets of the track headers. Not an undo step, as the playhead is none."""

from __future__ import annotations

from collections.abc import Callable

from studio_app.services.signal import Signal
from timeline.query import default_track
from timeline.sequence import Sequence
from timeline.track import Track, TrackKind


class Targets:
    """Targeted tracks by sequence. Until somebody chooses, these are the lowest video track and the first of sound."""

    def __init__(self, sequence: Callable[[], Sequence]) -> None:
        self._sequence = sequence
        self._chosen: dict[str, frozenset[str]] = {}
        self.changed: Signal[[]] = Signal()

    @property
    def ids(self) -> frozenset[str]:
        """Ids of the targeted tracks of the active sequence that are still there, locked ones too."""
        sequence = self._sequence()
        chosen = self._chosen.get(sequence.id)
        if chosen is None:
            first = (default_track(sequence, kind) for kind in (TrackKind.VIDEO, TrackKind.AUDIO))
            return frozenset(track.id for track in first if track is not None)
        return chosen & {track.id for track in sequence.tracks}

    @property
    def open(self) -> tuple[Track, ...]:
        """The targeted tracks that are not locked, in the order of the sequence."""
        ids = self.ids
        return tuple(track for track in self._sequence().tracks if track.id in ids and not track.locked)

    @property
    def picture(self) -> Track | None:
        """Where the picture of a source goes: the lowest targeted track that is not locked."""
        return next((track for track in self.open if not track.is_audio), None)

    @property
    def sound(self) -> Track | None:
        """Where the sound of a source goes: the first targeted track that is not locked."""
        return next((track for track in self.open if track.is_audio), None)

    def toggle(self, track_id: str, *, only: bool = False) -> None:
        """Target a track or not; `only`: this one alone among those of its kind (picture or sound)."""
        sequence = self._sequence()
        track, ids = sequence.track(track_id), self.ids
        if track is None:
            return
        if only:
            same = {one.id for one in sequence.tracks if one.is_audio == track.is_audio}
            self._chosen[sequence.id] = (ids - same) | {track_id}
        else:
            self._chosen[sequence.id] = ids ^ {track_id}
        self.changed.emit()
