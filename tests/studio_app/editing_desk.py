"""A session on tracks written as text and its keys, for the tests of editing by key."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import pytest

from engines.play.audio_sink import WallClockSink
from engines.play.player import Player
from studio_app.actions.registry import Actions
from studio_app.services.paths import user_paths
from studio_app.session.session import Session
from studio_app.session.trim_view import TrimView
from studio_app.session.trimming import SelectedEdit
from tests.timeline.notation import RATE, f, text_of, track
from timeline.cuts import EditPoint
from timeline.items import Clip
from timeline.media import Library, Media, MediaKind
from timeline.project import Project, Saved
from timeline.sequence import Sequence
from timeline.track import Track


class Desk:
    """A session on tracks written as text, and its keys."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.actions = Actions(session)
        self.told: list[str] = []
        self.views: list[TrimView | None] = []
        session.told.connect(lambda message, _: self.told.append(message))
        session.trim_view.connect(self.views.append)

    def lay(self, rows: Mapping[str, str], links: Mapping[str, str] | None = None) -> None:
        """Open a project with these tracks; `links`: clip id -> link."""
        tracks = []
        for name, text in rows.items():
            row = track(text, name)
            items = tuple(
                replace(one, link=(links or {}).get(one.id)) if isinstance(one, Clip) else one for one in row.items
            )
            tracks.append(replace(row, items=items))
        names = [chr(letter) for letter in range(ord("A"), ord("Z") + 1)]
        media = (
            Media(f"/nowhere/{one}", MediaKind.VIDEO, one, f(100), rate=RATE, has_video=True, has_audio=True, id=one)
            for one in names
        )
        project = Project(sequences=(Sequence(tracks=tuple(tracks), rate=RATE, id="cut"),))
        self.session.document.replace(Saved(project, Library().with_media(*media)), None)
        self.told.clear()

    def __getitem__(self, track_id: str) -> str:
        return text_of(self.row(track_id))

    def row(self, track_id: str) -> Track:
        found = self.session.sequence.track(track_id)
        assert found is not None
        return found

    def clip(self, clip_id: str) -> Clip:
        found = self.session.sequence.clip(clip_id)
        assert found is not None
        return found

    def go(self, frame: int) -> None:
        self.session.transport.set_time(f(frame))

    def select(self, *ids: str) -> None:
        self.session.selection.items.set(ids)

    def hold(self, left: str | None, right: str | None, side: str = "both", *, ripple: bool = True) -> None:
        """Select the cut between two clips."""
        home = self.session.sequence.track_holding(left or right or "")
        assert home is not None
        cut = EditPoint(home.id, left, right, side)  # type: ignore[arg-type]
        self.session.trimming.select(SelectedEdit((cut,), ripple))

    def run(self, *ids: str) -> None:
        for one in ids:
            self.actions.run(one)

    def holds(self) -> bool:
        """Whether an edit is selected."""
        return self.session.trimming.edit is not None

    @property
    def steps(self) -> int:
        """How many undo steps there are."""
        count = 0
        while self.session.document.undo():
            count += 1
        for _ in range(count):
            self.session.document.redo()
        return count


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    for name in ("set_project", "seek"):
        monkeypatch.setattr(Player, name, lambda *_, **__: None)
    session = Session(user_paths(), WallClockSink())
    yield Desk(session)
    session.close()
