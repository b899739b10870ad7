"""The storyboard played before it is made: what there is of each shot, else a sketch of it, for its planned length, with sound.

It is a film on the fly in the program viewer. Nothing of it goes into the project, and the cut is back when it stops.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from engines.generate.base import GenerationRequest
from engines.generate.registry import DEFAULT_ENGINE
from engines.media.probe import probe
from studio_app.planning.act_starts import shot_starts
from studio_app.planning.assemble import assemble, shot_length
from studio_app.planning.music import composed
from studio_app.planning.shot_edits import dialogue_of
from studio_app.services.jobs import Job
from studio_app.services.signal import Signal
from studio_app.session.transport import Guest
from timeline.errors import Cancelled, EditRefused, StudioError
from timeline.media import Library, Media, MediaKind
from timeline.project import Project
from timeline.storyboard import Overlay, Shot, Storyboard
from timeline.time import ZERO, RationalTime

if TYPE_CHECKING:
    from studio_app.session.session import Session

WIDTH = 960
KIND = "animatic"


@dataclass(frozen=True)
class _Asked:
    """What the job needs of the project, taken on the main thread."""

    board: Storyboard
    there: Mapping[str, Media]
    """By shot: what stands for it."""
    requests: Mapping[str, GenerationRequest]
    """By shot: what a sketch of it is drawn from."""
    library: Library


class Animatic:
    """Makes it in a job and plays it. Main thread."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._guest: Guest | None = None
        self._starts: tuple[tuple[RationalTime, str], ...] = ()
        self.job: Job | None = None
        self.shot_id = ""
        """The shot that is seen now; empty while the animatic is not played."""
        self.at = ZERO
        """Where its playhead stands: playing goes on from here while the shot it is in is the one asked for."""
        self.changed: Signal[[]] = Signal()
        self.moved: Signal[RationalTime] = Signal()
        """The playhead stands elsewhere."""
        session.document.replaced.connect(lambda: self._set_at(ZERO))
        session.transport.time_changed.connect(self._time_changed)
        session.transport.state_changed.connect(self._state_changed)

    @property
    def is_on(self) -> bool:
        """Whether it plays or is about to."""
        return bool(self.shot_id) or (self.job is not None and not self.job.is_over)

    def play(self, board: Storyboard, since: str = "") -> None:
        """Play from a shot on: from the playhead where it stands in that shot. Raises EditRefused where there is nothing to see."""
        if not board.shots:
            raise EditRefused("There are no shots to play yet.")
        self.stop()
        since = since or seen_at(board, self.at)
        asked = self._asked(board)
        self.job = self._session.jobs.submit(
            "Animatic",
            lambda job: self._made(asked, job),
            lambda guest: self._start(guest, board, since),
            self._failed,
            kind=KIND,
        )
        self.changed.emit()

    def go_to(self, board: Storyboard, time: RationalTime) -> None:
        """Put the playhead elsewhere and choose the shot that is seen there; playing goes on from there."""
        if not board.shots:
            return
        end = max(ZERO, shot_starts(board)[-1] - RationalTime.from_frames(1, board.rate))
        time = min(max(time, ZERO), end).snapped(board.rate)
        if self._plays:
            self._session.transport.set_time(time)
            return
        self._set_at(time)
        self._session.selection.shots.set([seen_at(board, time)])

    def _set_at(self, time: RationalTime) -> None:
        if time != self.at:
            self.at = time
            self.moved.emit(time)

    def stop(self) -> None:
        """Stop it, or the making of it."""
        if self.job is not None and not self.job.is_over:
            self.job.cancel()
        if self.shot_id:
            self._session.transport.pause()

    def _asked(self, board: Storyboard) -> _Asked:
        generation = self._session.generation
        there = {shot.id: media for shot in board.shots if (media := generation.media_for(shot)) is not None}
        there = {key: one for key, one in there.items() if Path(one.path).is_file()}
        asked = {shot.id: generation.request_of(shot.id) for shot in board.shots if shot.id not in there}
        requests = {key: one[1] for key, one in asked.items() if one is not None}
        return _Asked(board, there, requests, self._session.document.library)

    def _made(self, asked: _Asked, job: Job) -> Guest:
        """In the job: sketches of what is missing, the sounds that are named, all on tracks."""
        board, media = asked.board, dict(asked.there)
        for number, (shot_id, request) in enumerate(asked.requests.items()):
            job.check()
            job.progress(number / len(asked.requests), "Sketching")
            sketch = self._session.sketches.make(DEFAULT_ENGINE, request, WIDTH)
            media[shot_id] = _still_of(sketch, *request.even_size)
        for shot in board.shots:
            if (film := asked.there.get(shot.id)) is not None and _is_short(film, shot, board):
                still = self._session.thumbnails.make(film, film.poster, WIDTH)
                media[shot.id] = _still_of(still, film.width, film.height)
        paths = {shot.id: shot.audio.path for shot in board.shots if shot.audio is not None and shot.audio.path}
        sounds = {key: one for key, path in paths.items() if (one := _sound(path)) is not None}
        music, voice = (
            _sound(cue.path) if cue is not None and cue.path else None for cue in (board.music, board.voice)
        )
        if board.music is not None and not board.music.path:
            music = self._composed(board, job)
        spoken = replace(board, shots=tuple(_with_words(shot) for shot in board.shots))
        sequence = assemble(spoken, lambda shot: media.get(shot.id), music, lambda shot: sounds.get(shot.id), voice)
        over_all = (one for one in (music, voice) if one is not None)
        added = (*media.values(), *sounds.values(), *over_all)
        return Guest(Project(sequences=(replace(sequence, name="Animatic"),)), asked.library.with_media(*added))

    def _composed(self, board: Storyboard, job: Job) -> Media | None:
        """The music of the whole, made as a film of this storyboard would have it."""
        is_new = False

        def begun() -> None:
            nonlocal is_new
            is_new = True
            job.progress(1.0, "Composing")

        place = composed(board, self._session.paths.cache, job.check, begun)
        if is_new:
            self._session.budget.grew(place.stat().st_size)
        return _sound(str(place))

    def _start(self, guest: Guest, board: Storyboard, since: str) -> None:
        self._guest = guest
        self._starts = _starts(board)
        self.shot_id = since
        at = self.at
        if seen_at(board, at) != since:
            at = next((time for time, shot_id in self._starts if shot_id == since), ZERO)
        self._session.transport.play_guest(guest, at)
        self._state_changed()
        self.changed.emit()

    def _failed(self, error: StudioError) -> None:
        if not isinstance(error, Cancelled):
            self._session.tell(error.message, error=True)
        self.changed.emit()

    def _time_changed(self, time: RationalTime) -> None:
        if not self._plays:
            return
        self._set_at(time)
        seen = next((shot_id for start, shot_id in reversed(self._starts) if start <= time), self.shot_id)
        if seen != self.shot_id:
            self.shot_id = seen
            self.changed.emit()

    def _state_changed(self) -> None:
        if self.shot_id and not self._plays:
            last, self.shot_id, self._guest = self.shot_id, "", None
            self._session.selection.shots.set([last])  # the next press goes on from here
            self.changed.emit()

    @property
    def _plays(self) -> bool:
        return self._guest is not None and self._session.transport.guest is self._guest


def seen_at(board: Storyboard, time: RationalTime) -> str:
    """The shot that is seen at a time of the animatic; the last one behind its end, none where there are no shots."""
    return next((shot_id for start, shot_id in reversed(_starts(board)) if start <= time), "")


def _starts(board: Storyboard) -> tuple[tuple[RationalTime, str], ...]:
    """When each shot begins to be the one that is seen."""
    return tuple((start, shot.id) for start, shot in zip(shot_starts(board), board.shots, strict=False))


def _still_of(path: Path, width: int, height: int) -> Media:
    """A picture as a file of the film; `width` and `height` are those of what it was made of."""
    height = max(2, round(WIDTH * height / max(1, width)))
    return Media(str(path), MediaKind.IMAGE, "Still", width=WIDTH, height=height, has_video=True)


def _sound(path: str) -> Media | None:
    """A sound file; one that is not there or cannot be read is left out: this is a sketch of the film."""
    try:
        found = probe(path)
    except StudioError:
        return None
    return found if found.has_audio else None


def _is_short(media: Media, shot: Shot, board: Storyboard) -> bool:
    """Whether a film ends before its shot does."""
    return not media.is_endless and media.duration + RationalTime.from_frames(1, board.rate) < shot_length(shot, board)


def _with_words(shot: Shot) -> Shot:
    """What is said stands below the picture."""
    said = dialogue_of(shot)
    if not said:
        return shot
    line = Overlay("subtitles", x=50.0, y=88.0, style={"text": said})
    return replace(shot, overlays=(*shot.overlays, line))
