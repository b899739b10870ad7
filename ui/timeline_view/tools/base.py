"""What a timeline tool is, what a drag is, and what both may ask of the timeline."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Sequence as Row
from typing import ClassVar, Final, NamedTuple, Protocol

from PySide6.QtCore import Qt

from studio_app.session.session import Session
from studio_app.session.trim_view import TrimView
from timeline.command import Command
from timeline.cuts import Side
from timeline.sequence import Sequence
from timeline.time import RationalTime, TimeRange
from ui.timeline_view.layout import Hit, Layout
from ui.timeline_view.snapping import Snapper

Cursor = Qt.CursorShape
THRESHOLD_PX: Final = 4.0
"""A press becomes a drag this far from where it was."""


class Pointer(NamedTuple):
    """Where the pointer is: `x` viewport, `y` content, and the modifiers held at this moment.

    `copy`: the modifier that copies by the preferences (Alt, or Super where the desktop takes Alt) is held.
    """

    x: float
    y: float
    shift: bool = False
    ctrl: bool = False
    alt: bool = False
    copy: bool = False


class Ghost(NamedTuple):
    """The outline of something being dragged. `track_id` None: a track that would be made, `above` the top or below the bottom.

    `is_high`: its words stand at the top, where the thing has a name of its own below.
    """

    track_id: str | None
    range: TimeRange
    label: str = ""
    is_audio: bool = False
    is_high: bool = False


class Bracket(NamedTuple):
    """A trim bracket at an edge. `kind` names its colour: overwrite, ripple or roll; `side` in, out or both.

    `is_stopped`: the media ends here, the edge goes no further. `note` says what is left of the handle, `ends` where in the
    sequence the media would end, on the side of each: before the edge (head) and behind it (tail).
    """

    track_id: str
    time: RationalTime
    side: str
    kind: str
    is_stopped: bool = False
    note: str = ""
    ends: tuple[RationalTime | None, RationalTime | None] = (None, None)


class Cover(NamedTuple):
    """A stretch of a clip that an edit would take away, shown hatched; without length: where a clip would be cut in two."""

    track_id: str
    range: TimeRange


class Stage(Protocol):
    """The timeline as a tool sees it. Geometry is that of the project, also while a preview is shown."""

    session: Session
    snapping: bool
    linked: bool
    ripple_mode: bool

    @property
    def sequence(self) -> Sequence:
        """The active sequence of the project."""

    @property
    def shown_sequence(self) -> Sequence:
        """The sequence as it is shown: as a drag would leave it, while there is one."""

    @property
    def copy_key(self) -> str:
        """What the modifier that copies is called."""

    @property
    def view_width(self) -> float:
        """Width of the viewport."""

    @property
    def scroll_y(self) -> int:
        """Content y at the viewport's upper edge."""

    @property
    def layout_now(self) -> Layout:
        """Geometry of `sequence`."""

    def snapper(self, exclude: frozenset[str], *, keyframes: bool = False, marker_id: str = "") -> Snapper:
        """Snapping points of the moment, those of the named clips and marker left out; with the keyframes in view if asked."""

    def draft(
        self,
        command: Command | None,
        ghosts: Row[Ghost],
        said: str,
        moving: frozenset[str] = frozenset(),
        covers: Row[Cover] = (),
    ) -> bool:
        """Show what `command` would do. False: it is refused, the ghosts are red and the reason is said."""

    def show_snap(self, time: RationalTime | None) -> None:
        """The full-height snap line."""

    def show_marquee(self, box: tuple[float, float, float, float] | None) -> None:
        """The rubber band: left, top, right, bottom."""

    def show_brackets(self, brackets: Row[Bracket]) -> None:
        """Trim brackets."""

    def commit(self) -> bool:
        """Do the command drafted last, as one undo step, and end the draft."""

    def end_draft(self) -> None:
        """Back to the project as it is."""

    def say(self, text: str) -> None:
        """Put a sentence into the status line."""

    def linked_ids(self, item_ids: Row[str]) -> tuple[str, ...]:
        """The named items and, while linked selection is on, what is linked to them."""

    def joined_ids(self, item_ids: Row[str]) -> tuple[str, ...]:
        """The same, and all that is in a group with one of them: what is selected and moved together."""

    def open_marker(self, marker_id: str) -> None:
        """Let a marker be edited."""

    def show_trim(self, view: TrimView | None) -> None:
        """What the program viewer shows side by side while an edge is held."""

    def select_edit(self, track_ids: Row[str], at: RationalTime, side: Side, *, add: bool = False) -> None:
        """Make the cuts of some tracks at a time the selected edit, or `add` them to it; clips are let go."""

    def timecode(self, time: RationalTime) -> str:
        """A place in the sequence as timecode."""

    def zoom_to(self, where: TimeRange) -> None:
        """Show just a stretch of time."""

    def pan(self, dx: float, dy: float) -> None:
        """Scroll by pixels."""

    def zoom_at(self, factor: float, x: float) -> None:
        """Zoom about a viewport x."""


class Drag:
    """One press-move-release. Coordinates of `pointer` are of the moment; `start` is where the press was."""

    scrolls: bool = True
    """Whether the view scrolls while this is held at an edge."""

    def __init__(self, stage: Stage, start: Pointer) -> None:
        self.stage = stage
        self.start = start
        self.start_origin = stage.layout_now.scale.origin_px
        self.has_begun = False

    def distance(self, pointer: Pointer) -> float:
        """Pixels dragged to the right, also over what was scrolled meanwhile."""
        return pointer.x - self.start.x + self.stage.layout_now.scale.origin_px - self.start_origin

    def by(self, pointer: Pointer) -> RationalTime:
        """The same in whole frames."""
        return self.stage.layout_now.scale.span(self.distance(pointer))

    def begins(self, pointer: Pointer, threshold_px: float = THRESHOLD_PX) -> bool:
        """Whether the press has become a drag: it has once the pointer was that far away, and then stays one."""
        if not self.has_begun:
            far = max(abs(self.distance(pointer)), abs(pointer.y - self.start.y))
            self.has_begun = far >= threshold_px
        return self.has_begun

    def move(self, pointer: Pointer) -> None:
        """The pointer moved, or a modifier changed."""

    def release(self, pointer: Pointer) -> None:
        """The button went up: the edit is made."""
        self.stage.commit()

    def cancel(self) -> None:
        """Esc: nothing happens."""
        self.stage.end_draft()


class Tool:
    """One tool. A subclass in `ui/timeline_view/tools/<id>.py`."""

    id: ClassVar[str] = ""
    label: ClassVar[str] = ""
    key: ClassVar[str] = ""
    icon: ClassVar[str] = ""
    hint: ClassVar[str] = ""
    order: ClassVar[int] = 100
    cursor: ClassVar[Cursor] = Cursor.ArrowCursor
    sees_transitions: ClassVar[bool] = False
    """Whether a press on a transition means that, and not the clip below it."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage

    def press(self, pointer: Pointer, hit: Hit) -> Drag | None:
        """The left button went down on something."""
        return None

    def hover(self, pointer: Pointer, hit: Hit) -> Cursor:
        """The pointer moved with no button down: the cursor to show."""
        return self.cursor

    def double_click(self, pointer: Pointer, hit: Hit) -> bool:
        """Twice in the same place; False where that means no more than a press."""
        return False

    def put_away(self) -> None:
        """Another tool was taken: take away what this one shows."""
        self.stage.show_brackets(())
        self.stage.show_snap(None)


Make = Callable[[Stage], Tool]
