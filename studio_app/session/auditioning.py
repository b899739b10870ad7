"""Trying takes in the cut: another one is seen in its place, from two seconds before; the project stays as it is until it is used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio_app.services.signal import Signal
from studio_app.session.taking import TakeFacts, take_clip, takes_of, together_with, use_take
from timeline.errors import EditRefused
from timeline.items import Clip, MediaSource
from timeline.query import range_of
from timeline.sequence import Sequence
from timeline.time import ZERO, RationalTime, TimeRange

if TYPE_CHECKING:
    from studio_app.session.session import Session

BEFORE = AFTER = RationalTime(2)


class Auditioning:
    """Main thread. `changed`: another take is tried, or none any more."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.clip_id = ""
        """The clip in which takes are tried; empty: none is."""
        self._sequence_id = ""
        self._media_id = ""
        self.changed: Signal[[]] = Signal()
        session.document.changed.connect(lambda _: self._look())
        session.document.replaced.connect(self._forget)
        session.transport.sequence_changed.connect(self.end)

    @property
    def is_on(self) -> bool:
        """Whether a take is tried."""
        return bool(self.clip_id)

    @property
    def shown(self) -> TakeFacts | None:
        """The take that is tried."""
        return next((one for one in self._takes if one.media.id == self._media_id), None)

    @property
    def is_accepted(self) -> bool:
        """Whether what is seen is what is in the cut."""
        clip = self._clip
        return clip is not None and clip.source == MediaSource(self._media_id)

    def step(self, direction: int) -> None:
        """Try the next take (1) or the previous one (-1), from two seconds before it; rejected ones are left out. Raises EditRefused."""
        wanted = take_clip(self._session)
        current = self._clip
        selected = wanted is not None and wanted.id in self._session.selection.items
        if current is None or (wanted is not None and selected and wanted.id != current.id):
            if wanted is None:
                raise EditRefused("Select a clip that has takes, or put the playhead on one.")
            self._begin(wanted)
        clip = self._clip
        rows = [one for one in self._takes if not one.is_rejected or one.media.id == self._media_id]
        if clip is None or not rows or (len(rows) == 1 and rows[0].media.id == self._media_id):
            self.end()
            raise EditRefused("This shot has no other take to try. Shift+G makes one.")
        here = next((place for place, one in enumerate(rows) if one.media.id == self._media_id), None)
        place = (0 if direction > 0 else -1) if here is None else (here + direction) % len(rows)
        self._media_id = rows[place].media.id
        self._show(clip, rows[place])

    def use(self) -> bool:
        """Use the take that is tried, as one step; True when it is in the cut now."""
        clip, sequence_id, media_id = self._clip, self._sequence_id, self._media_id
        if clip is None:
            return False
        accepted = self.is_accepted
        self.end()
        return accepted or use_take(self._session, ((sequence_id, clip.id),), media_id)

    def end(self) -> None:
        """Back to the take that is in the cut."""
        if self.is_on:
            self._session.transport.pause()
            self._forget()
            self._session.stand_ins.end_trial()
            self._session.noted.emit("")

    def _begin(self, clip: Clip) -> None:
        self.clip_id, self._sequence_id = clip.id, self._session.sequence_id
        self._media_id = clip.source.media_id if isinstance(clip.source, MediaSource) else ""

    def _show(self, clip: Clip, take: TakeFacts) -> None:
        session, sequence = self._session, self._session.sequence
        where = range_of(sequence, clip.id)
        ids = frozenset(together_with(session, sequence, clip, take.media))
        session.stand_ins.try_take(sequence.id, ids, take.media.id)
        self.changed.emit()
        if where is not None:
            start, end = max(ZERO, where.start - BEFORE), min(sequence.duration, where.end + AFTER)
            session.transport.play_within(TimeRange.between(start, end))

    @property
    def _sequence(self) -> Sequence | None:
        return self._session.document.project.sequence(self._sequence_id)

    @property
    def _clip(self) -> Clip | None:
        sequence = self._sequence
        return sequence.clip(self.clip_id) if sequence is not None and self.clip_id else None

    @property
    def _takes(self) -> tuple[TakeFacts, ...]:
        clip = self._clip
        return takes_of(self._session, clip.shot_id) if clip is not None else ()

    def _look(self) -> None:
        if not self.is_on:
            return
        if self._clip is None:
            self._forget()
            self._session.stand_ins.end_trial()
        else:
            self.changed.emit()  # a star was set, a note written

    def _forget(self) -> None:
        if self.clip_id:
            self.clip_id = self._sequence_id = self._media_id = ""
            self.changed.emit()
