"""A session on a cut written as text, with its actions: where sources are cut in."""

from __future__ import annotations

from engines.play.audio_sink import WallClockSink
from studio_app.actions.registry import Actions
from studio_app.services.jobs import Post, run_now
from studio_app.services.paths import user_paths
from studio_app.session.session import Session
from tests.timeline.notation import Cut, f, text_of
from timeline.project import Saved


class Desk:
    """A session on a cut, its actions, and what it said."""

    def __init__(self, locked: tuple[str, ...] = (), post: Post = run_now, **rows: str) -> None:
        cut = Cut(locked=locked, media=None, **rows)
        self.session = Session(user_paths(), WallClockSink(), post)
        self.session.document.replace(Saved(cut.history.project, cut.library), None)
        self.actions = Actions(self.session)
        self.said: list[str] = []
        self.session.told.connect(lambda message, _: self.said.append(message))

    def __getitem__(self, track_id: str) -> str:
        return text_of(self.session.sequence.tracks[[t.id for t in self.session.sequence.tracks].index(track_id)])

    @property
    def at(self) -> int:
        """The playhead of the sequence, in frames."""
        return self.session.transport.time.frames(self.session.sequence.rate)

    def go(self, frame: int) -> None:
        self.session.transport.set_time(f(frame))

    def source(self, media_id: str, start: int | None = None, end: int | None = None) -> None:
        """Open a file in the source viewer and mark it."""
        self.session.source.show(media_id)
        mark_in, mark_out = (None if one is None else f(one) for one in (start, end))
        self.session.source.transport.set_marks(mark_in, mark_out)

    def run(self, action_id: str) -> bool:
        """Run an action; whatever it did is one step of undo."""
        before = self.session.document.project
        ran = self.actions.run(action_id)
        after = self.session.document.project
        if ran and after is not before:
            self.session.document.undo()
            assert self.session.document.project is before
            self.session.document.redo()
        return ran
