"""The selected edit (a cut, on one track or several) and trim mode. Session state; each trim is an edit of the document."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Literal

from studio_app.services.signal import Signal
from studio_app.session.document import Document
from studio_app.session.targets import Targets
from studio_app.session.transport import SLOW, Transport
from studio_app.session.trim_view import TrimView, trim_view_at
from timeline.command import Batch, Command, Held
from timeline.commands.roll_edit import RollEdit
from timeline.commands.trim_clip import TrimClip
from timeline.commands.trim_edges import TrimEdges
from timeline.cuts import EditPoint, Side, cut_time, cuts_at, nearest_cut, room_at
from timeline.errors import EditRefused
from timeline.items import Clip
from timeline.sequence import Sequence
from timeline.time import ZERO, RationalTime

__all__ = ["EditPoint", "SelectedEdit", "Side", "Trimming", "trim_command"]

_SIDES: tuple[Side, ...] = ("out", "both", "in")
Edge = Literal["in", "out"]
_Edge = tuple[Clip, RationalTime] | None
_Edges = tuple[_Edge, _Edge]


@dataclass(frozen=True)
class SelectedEdit:
    """The cuts that are trimmed together; the first one leads. A side of each may differ (an asymmetric trim).

    `ripple`: what follows moves when one side alone is trimmed; else a gap is left, or the neighbour covered. It says nothing
    about a roll, which moves nothing.
    """

    cuts: tuple[EditPoint, ...]
    ripple: bool = True

    @property
    def side(self) -> Side:
        """The held side of the leading cut."""
        return self.cuts[0].held

    @property
    def track_ids(self) -> tuple[str, ...]:
        """The tracks of the cuts."""
        return tuple(cut.track_id for cut in self.cuts)

    @property
    def clip_ids(self) -> frozenset[str]:
        """The clips on either side of the cuts."""
        return frozenset(one for cut in self.cuts for one in (cut.left_id, cut.right_id) if one is not None)

    def turned(self, side: Side) -> SelectedEdit:
        """The same cuts, all held at one side."""
        return replace(self, cuts=tuple(cut.turned(side) for cut in self.cuts))


def trim_command(sequence: Sequence, edit: SelectedEdit, by: RationalTime) -> Command:
    """The command that moves the held sides of an edit `by` (positive: later).

    Where sides differ, a ripple keeps what follows in sync: it is made as long, or short, on each track as on the leading
    one, whichever edge that takes. Raises EditRefused when no cut is held.
    """
    rolls = [cut for cut in edit.cuts if cut.held == "both"]
    ends = [cut for cut in edit.cuts if cut.held != "both"]
    commands: list[Command] = [RollEdit(sequence.id, cut.left_id or "", cut.right_id or "", by) for cut in rolls]
    rippling = [cut for cut in ends if edit.ripple and cut.side != "both"]
    if rippling:
        longer = by if rippling[0].held == "out" else -by
        trims = tuple((*_end(cut), longer if cut.held == "out" else -longer) for cut in rippling)
        commands.append(TrimEdges(sequence.id, trims))
    commands += [TrimClip(sequence.id, *_end(cut), by) for cut in ends if cut not in rippling]
    if not commands:
        raise EditRefused("Select an edit to trim: click beside a cut, or press Shift+T near one.")
    return commands[0] if len(commands) == 1 else Batch(tuple(commands), "Trim")


def _end(cut: EditPoint) -> tuple[str, Edge]:
    return (cut.left_id or "", "out") if cut.held == "out" else (cut.right_id or "", "in")


class Trimming:
    """`session.trimming`. Main thread only."""

    def __init__(
        self,
        document: Document,
        transport: Transport,
        targets: Targets,
        sequence: Callable[[], Sequence],
        viewed: Signal[TrimView | None],
    ) -> None:
        self._document = document
        self._transport = transport
        self._targets = targets
        self._sequence = sequence
        self._viewed = viewed
        self._edit: SelectedEdit | None = None
        self._on = False
        self._began: _Edges = (None, None)
        """The source instants either side of the leading cut when the edit was selected."""
        self._is_live = False
        self.changed: Signal[[]] = Signal()
        document.changed.connect(lambda _: self._keep())
        transport.state_changed.connect(self._follow)
        transport.time_changed.connect(lambda _: self._show_live())
        transport.sequence_changed.connect(lambda: self.select(None))

    @property
    def edit(self) -> SelectedEdit | None:
        """The selected edit, if its clips are still there."""
        return self._edit

    @property
    def is_on(self) -> bool:
        """Whether trim mode is on: J K L trim, the two-up view shows."""
        return self._on

    def select(self, edit: SelectedEdit | None, *, trim_mode: bool | None = None) -> None:
        """Select another edit, or none (which leaves trim mode); `trim_mode` None leaves the mode as it is."""
        on = edit is not None and (self._on if trim_mode is None else trim_mode)
        if edit == self._edit and on == self._on:
            return
        if edit is None or self._edit is None or edit.clip_ids != self._edit.clip_ids:
            self._began = _edges(self._sequence(), edit)
        was_on, self._edit, self._on, self._is_live = self._on, edit, on, False
        self.changed.emit()
        if on or was_on:
            self._show()

    def begin(self) -> None:
        """Trim mode at the selected edit, else at the edit nearest to the playhead on the targeted tracks."""
        edit = self._edit or self.nearest()
        self.select(edit, trim_mode=True)
        self._go_to_cut()
        self._show()

    def nearest(self, side: Side = "both", where: Literal["before", "after", "near"] = "near") -> SelectedEdit:
        """The edit of the targeted tracks nearest to the playhead. Raises EditRefused when they have none there."""
        tracks = self._targets.open
        at = nearest_cut(tracks, self._transport.time, where)
        if at is None:
            raise EditRefused("There is no edit here on the targeted tracks.")
        return SelectedEdit(cuts_at(tracks, at)).turned(side)

    def leave(self) -> None:
        """End trim mode and let the edit go."""
        self.select(None)

    def cycle(self) -> None:
        """Hold the next side: out, both, in."""
        if self._edit is not None:
            sides = _SIDES.index(self._edit.cuts[0].side)
            self.select(self._edit.turned(_SIDES[(sides + 1) % len(_SIDES)]))

    def trim(self, frames: int) -> bool:
        """Move the held sides by whole frames (a typed +12, or a key). Presses of a held key are one step."""
        return self.trim_by(RationalTime.from_frames(frames, self._sequence().rate))

    def trim_by(self, by: RationalTime) -> bool:
        """Move the held sides; False when that was refused. Raises EditRefused when no edit is selected."""
        edit, sequence = self._edit, self._sequence()
        if edit is None:
            raise EditRefused("Select an edit to trim: click beside a cut, or press Shift+T near one.")
        command = trim_command(sequence, edit, by)
        key = " ".join(("trim", edit.side, *sorted(edit.clip_ids)))
        if not by or not self._document.do(Held(command, key)):
            return False
        if self._on:
            self._go_to_cut()
        return True

    def to_playhead(self) -> bool:
        """Extend the selected edit to the playhead. Raises EditRefused when none is selected."""
        at = self._cut_time()
        self._document.seal()
        return self.trim_by(self._transport.time - at if at is not None else ZERO)

    def shown(self, by: RationalTime = ZERO) -> TrimView | None:
        """The frames at the first cut that has a picture, were the edit trimmed `by` more."""
        edit, sequence = self._edit, self._sequence()
        if edit is None:
            return None
        if by:
            try:
                project = self._document.preview(trim_command(sequence, edit, by))
                sequence = project.sequence(sequence.id) or sequence
            except EditRefused:
                by = ZERO
        left, right = _moved(self._began, _edges(sequence, edit), sequence)
        for cut in edit.cuts:
            at = cut_time(sequence, cut)
            view = None if at is None else trim_view_at(sequence, cut.track_id, at, left, right)
            if view is not None:
                return view
        return None

    # --- trimming while it plays ---

    def _follow(self) -> None:
        """J, K and L: when time stops, the cut moves to where the playhead stands."""
        if not self._on:
            return
        if self._transport.playing:
            self._is_live |= self._transport.is_shuttling or abs(self._transport.rate) == SLOW
            return
        if self._is_live:
            self._is_live = False
            by, at = self._live_by(), self._cut_time()
            self._document.seal()
            if at is not None and not (by and self.trim_by(by)):
                self._go_to_cut()
                self._show()
            self._document.seal()

    def _live_by(self) -> RationalTime:
        """From the cut to the playhead, as far as clips and media reach."""
        edit, at = self._edit, self._cut_time()
        if edit is None or at is None:
            return ZERO
        by = self._transport.time - at
        for cut in edit.cuts:
            earlier, later = room_at(self._sequence(), cut, self._document.library, self._document.project)
            by = by if later is None else min(by, later)
            by = by if earlier is None else max(by, -earlier)
        return by

    def _show_live(self) -> None:
        if self._on and self._is_live and self._transport.playing:
            self._viewed.emit(self.shown(self._live_by()))

    # --- what changed ---

    def _cut_time(self) -> RationalTime | None:
        return None if self._edit is None else cut_time(self._sequence(), self._edit.cuts[0])

    def _go_to_cut(self) -> None:
        at = self._cut_time()
        if at is not None and not self._transport.playing and at != self._transport.time:
            self._transport.set_time(at)

    def show_again(self) -> None:
        """Whatever else was shown beside each other is over: the cut of trim mode, or none."""
        self._show()

    def _show(self) -> None:
        self._viewed.emit(self.shown() if self._on else None)

    def _keep(self) -> None:
        """An edit took clips away or apart: only cuts that are still there stay selected."""
        if self._edit is None:
            return
        there = _still_there(self._sequence(), self._edit.cuts)
        if there != self._edit.cuts:
            self.select(replace(self._edit, cuts=there) if there else None)
            return
        self.changed.emit()
        if self._on:
            self._show()

    def words(self) -> str:
        """What is held, how far it was trimmed and what trims it: for the status line. Empty when no edit is selected."""
        if self._edit is None:
            return ""
        side = {"out": "the outgoing side", "both": "both sides", "in": "the incoming side"}[self._edit.side]
        alone = self._edit.side != "both"
        how = " with ripple" if alone and self._edit.ripple else ""
        moved = _moved(self._began, _edges(self._sequence(), self._edit), self._sequence())
        out, in_ = (f"{count:+d}".replace("-", "−") for count in moved)
        keys = (
            "J K L, Ctrl+arrows or a number trim, Tab changes the side." if self._on else "Ctrl+arrows trim, E extends."
        )
        return f"Trim {side}{how}: outgoing {out}, incoming {in_} frames. {keys}"


def _edges(sequence: Sequence, edit: SelectedEdit | None) -> _Edges:
    """The clips either side of the leading cut, each with the source instant at it."""
    cut = None if edit is None else edit.cuts[0]
    left = sequence.clip(cut.left_id) if cut is not None and cut.left_id is not None else None
    right = sequence.clip(cut.right_id) if cut is not None and cut.right_id is not None else None
    return (
        None if left is None else (left, left.running_time(left.duration)),
        None if right is None else (right, right.running_time(ZERO)),
    )


def _moved(before: _Edges, after: _Edges, sequence: Sequence) -> tuple[int, int]:
    """How many frames either side was trimmed in between."""
    left, right = (
        0 if then is None or now is None else ((now[1] - then[1]) / now[0].speed).nearest_frame(sequence.rate)
        for then, now in zip(before, after, strict=True)
    )
    return left, right


def _still_there(sequence: Sequence, cuts: Iterable[EditPoint]) -> tuple[EditPoint, ...]:
    return tuple(cut for cut in cuts if cut_time(sequence, cut) is not None)
