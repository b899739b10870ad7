"""From draft to final: which shots of the cut are drafts, what a final of each would cost, and sending those that are wanted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from engines.generate.registry import DEFAULT_ENGINE
from studio_app.planning.assemble import shot_name
from studio_app.services.job_book import month_begin
from studio_app.services.money import money
from studio_app.session.taking import use_take
from timeline.commands.edit_shot import EditShot
from timeline.errors import EditRefused, StudioError
from timeline.items import Clip, MediaSource, Placeholder
from timeline.sequence import Sequence
from timeline.storyboard import Shot, Storyboard
from timeline.time import RationalTime

if TYPE_CHECKING:
    from studio_app.session.session import Session

ON_LANDING = "on_landing"
"""In a shot's extra: what happens with its next take; `use`: it takes the place of the draft."""


@dataclass(frozen=True)
class DraftShot:
    """A shot of the cut whose take is by the embedded engine, or that has none yet. `at`: where it is seen first (record)."""

    shot_id: str
    name: str
    media_id: str
    at: RationalTime
    seconds: float
    is_busy: bool = False


@dataclass(frozen=True)
class BillRow:
    """What one final costs. `fault`: why it cannot be made; then it costs nothing and is not sent."""

    draft: DraftShot
    cost: Decimal = Decimal(0)
    engine: str = ""
    reason: str = ""
    fault: str = ""


@dataclass(frozen=True)
class FinalBill:
    """All of them, and what the caps leave. `over`: why the total is too much; empty: it fits."""

    rows: tuple[BillRow, ...]
    left: Decimal | None = None
    over: str = ""

    @property
    def cost(self) -> Decimal:
        """The total."""
        return sum((row.cost for row in self.rows), Decimal(0))

    @property
    def count(self) -> int:
        """How many can be sent."""
        return sum(not row.fault for row in self.rows)


def drafts_in_cut(session: Session) -> tuple[DraftShot, ...]:
    """Shots that are seen in the active sequence as drafts, in order of time, each once."""
    found: dict[str, DraftShot] = {}
    library = session.document.library
    for at, clip in _clips(session.sequence):
        shot_id = clip.shot_id or (clip.source.shot_id if isinstance(clip.source, Placeholder) else "")
        home = _home(session, shot_id)
        if home is None or shot_id in found:
            continue
        board, shot = home
        if isinstance(clip.source, MediaSource):
            take = library.take_of_media(clip.source.media_id)
            if take is None or take.lineage.engine != DEFAULT_ENGINE:
                continue
        elif not isinstance(clip.source, Placeholder):
            continue
        state = session.generation.state_of(shot_id).state
        media_id = clip.source.media_id if isinstance(clip.source, MediaSource) else ""
        name = shot_name(shot, board.shots.index(shot))
        busy = state in ("queued", "running", "landing")
        found[shot_id] = DraftShot(shot_id, name, media_id, at, clip.duration.to_seconds(), busy)
    return tuple(found.values())


def _clips(sequence: Sequence) -> list[tuple[RationalTime, Clip]]:
    rows = [
        (span.start, clip)
        for track in sequence.tracks
        if not track.is_audio and not track.muted
        for clip, span in track.clips()
        if clip.enabled
    ]
    return sorted(rows, key=lambda one: one[0])


def _home(session: Session, shot_id: str) -> tuple[Storyboard, Shot] | None:
    boards = session.document.project.storyboards
    return next(((board, shot) for board in boards if (shot := board.shot(shot_id)) is not None), None)


def bill_of(session: Session, drafts: Iterable[DraftShot], engine: str) -> FinalBill:
    """What finals by an engine would cost, each and together, against what may still be spent. Asks no network."""
    rows = tuple(_row(session, one, engine) for one in drafts)
    left, which = _left(session)
    total = sum((row.cost for row in rows), Decimal(0))
    over = f"This is more than {which} leaves: {money(left)}." if left is not None and total > left else ""
    return FinalBill(rows, left, over)


def _row(session: Session, draft: DraftShot, engine: str) -> BillRow:
    if draft.is_busy:
        return BillRow(draft, fault="It is being made now.")
    try:
        plan = session.generation.plan_of(draft.shot_id, engine)
    except StudioError as error:
        return BillRow(draft, fault=error.message)
    if plan is None:
        return BillRow(draft, fault="It has no description to go by.")
    if plan.engine == DEFAULT_ENGINE:
        return BillRow(draft, fault="The Starcut engine would make it again. Choose another engine.")
    return BillRow(draft, plan.cost, session.desk.access.engine(plan.engine).label, plan.route.reason)


def _left(session: Session) -> tuple[Decimal | None, str]:
    """The smaller of what the hard caps leave, and whose it is."""
    book, caps = session.desk.book, session.desk.caps
    found: list[tuple[Decimal, str]] = []
    if caps.project_hard is not None:
        found.append((caps.project_hard - book.spent(session.document.project.id).all, "the cap of the project"))
    if caps.month_hard is not None:
        found.append((caps.month_hard - book.spent(since=month_begin()).all, "the cap of the month"))
    if not found:
        return None, ""
    left, which = min(found)
    return max(Decimal(0), left), which


def send_finals(session: Session, shot_ids: Iterable[str], engine: str, *, use: bool) -> int:
    """Send them; how many went. `use`: each takes the place of its draft when it lands, as a step of its own."""
    sent = 0
    for shot_id in tuple(shot_ids):
        home = _home(session, shot_id)
        if home is None:
            continue
        board, shot = home
        extra = {key: value for key, value in shot.extra.items() if key != ON_LANDING}
        if use:
            extra[ON_LANDING] = "use"
        if extra != dict(shot.extra):
            session.document.amend(
                EditShot(board.id, shot_id, {"extra": extra})
            )  # no step: it is an order, not an edit
        sent += len(session.generation.generate([shot_id], engine))
    return sent


class Finals:
    """Uses what was ordered to be used. Main thread."""

    def __init__(self, session: Session) -> None:
        self._session = session
        session.generation.landed.connect(self._landed)

    def _landed(self, shot_id: str, media_id: str) -> None:
        session = self._session
        home = _home(session, shot_id)
        if home is None or home[1].extra.get(ON_LANDING) != "use":
            return
        board, shot = home
        extra = {key: value for key, value in shot.extra.items() if key != ON_LANDING}
        session.document.amend(EditShot(board.id, shot_id, {"extra": extra}))
        library = session.document.library
        places = []
        for sequence in session.document.project.sequences:
            for _, clip in _clips(sequence):
                take = library.take_of_media(clip.source.media_id) if isinstance(clip.source, MediaSource) else None
                if clip.shot_id == shot_id and take is not None and take.lineage.engine == DEFAULT_ENGINE:
                    places.append((sequence.id, clip.id))
        try:
            if places and use_take(session, places, media_id, name="Use final", at_once=False):
                session.noted.emit(f"The final of “{shot_name(shot, board.shots.index(shot))}” is in the cut.")
        except EditRefused as error:
            session.tell(error.message)
