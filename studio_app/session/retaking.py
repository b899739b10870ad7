"""After a retake has landed: whether its joins match what stands before and behind it, in words and with a way to look."""

from __future__ import annotations

from typing import TYPE_CHECKING

from effects.frame import Frame
from engines.analyse.joins import Join, join_at
from engines.render.renderer import Renderer
from studio_app.services.jobs import Job
from studio_app.services.signal import Signal
from studio_app.session.stand_ins import RETAKE
from timeline.errors import StudioError
from timeline.items import Clip
from timeline.query import clips_of_shot, neighbours, range_of, timecode_at
from timeline.sequence import Sequence
from timeline.time import RationalTime

if TYPE_CHECKING:
    from studio_app.session.session import Session

KIND = "match check"
_SIZE = (320, 180)


class Retaking:
    """Main thread; pictures are compared in a job. `checked`: the joins of a shot are known."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._joins: dict[str, tuple[tuple[RationalTime, Join], ...]] = {}
        self.checked: Signal[str] = Signal()
        session.generation.landed.connect(self._landed)
        session.document.replaced.connect(self._joins.clear)

    def joins_of(self, shot_id: str) -> tuple[tuple[RationalTime, Join], ...]:
        """The record times of the joins of a retake with what was measured there; none before it landed."""
        return self._joins.get(shot_id, ())

    def _landed(self, shot_id: str, _media_id: str) -> None:
        project = self._session.document.project
        shot = project.shot(shot_id)
        if shot is None or RETAKE not in shot.extra:
            return
        for sequence, clip in clips_of_shot(project, shot_id):
            track = sequence.track_holding(clip.id)
            if track is not None and not track.is_audio:
                self.check(sequence, clip, shot_id)
                return

    def check(self, sequence: Sequence, clip: Clip, shot_id: str) -> Job | None:
        """Compare the pictures at both ends of a clip with its neighbours'."""
        track, where = sequence.track_holding(clip.id), range_of(sequence, clip.id)
        if track is None or where is None:
            return None
        before, after = neighbours(track, clip.id)
        cuts = [time for time, other in ((where.start, before), (where.end, after)) if other is not None]
        if not cuts:
            return None
        document = self._session.document
        project, library, rate = document.project, document.library, sequence.rate

        def work(job: Job) -> tuple[tuple[RationalTime, Join], ...]:
            renderer = Renderer()

            def frame(number: int) -> Frame:
                job.check()
                time = RationalTime.from_frames(number, rate)
                return renderer.frame(project, library, sequence.id, time, _SIZE)

            try:
                return tuple((cut, join_at(frame, cut.frames(rate))) for cut in cuts)
            finally:
                renderer.close()

        def done(joins: tuple[tuple[RationalTime, Join], ...]) -> None:
            self._joins[shot_id] = joins
            self._tell(sequence.id, clip.name or "the retake", joins)
            self.checked.emit(shot_id)

        def failed(_: StudioError) -> None:
            """What cannot be measured is not said; the cut is there to be looked at."""

        return self._session.jobs.submit(f"Match check: {clip.name}", work, done, failed, kind=KIND, subject=shot_id)

    def _tell(self, sequence_id: str, name: str, joins: tuple[tuple[RationalTime, Join], ...]) -> None:
        sequence = self._session.document.project.sequence(sequence_id)
        if sequence is None:
            return
        said = ", ".join(f"{timecode_at(sequence, cut)} by {join.words}" for cut, join in joins)
        text = f"Joins of “{name}” differ at {said}."
        worst = max(joins, key=lambda one: one[1].excess)
        if worst[1].is_fine:
            self._session.tell(text)
        else:
            self._session.offer(text, "Look", lambda: self._look(sequence_id, worst[0]))

    def _look(self, sequence_id: str, cut: RationalTime) -> None:
        transport = self._session.transport
        transport.set_sequence(sequence_id)
        transport.pause()
        transport.set_time(cut)
        transport.play_around()
