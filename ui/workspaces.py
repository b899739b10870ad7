"""Arrangements of the panels: built in by code, changed by hand, kept as JSON per workspace."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QRect, QSize, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QMainWindow

from studio_app.services.settings import SettingsStore
from ui.arranged import Arranged, bytes_of
from ui.arrangements import ARRANGEMENTS, NEIGHBOUR, Arrangement, Group
from ui.dock import PanelDock
from ui.program_width import ProgramWidth

VERSION = 6
"""Raise it when a panel's id or the built-in arrangement changes: older layouts are then left aside."""
COMPACT_BELOW = 1400
DESIGNED, LEAST = 1920, 320
"""Width of the window at which the widths of the arrangements hold, and the least of one that gives way."""
SLIM = 120
"""A panel no wider than this keeps its width when the window changes its own."""
ROOMY = {"compare": 480}
"""Panels that say nothing in a narrow column, and the width they want at least: without it they go where most room is."""
FRAME = QSize(8, 40)
"""What a desktop may put round a window, logical pixels: borders and a title bar. Known only once the window is shown."""
_GRIP = 40
"""Of a floating panel's title so much must be seen that a hand can take it."""
_TOP = Qt.DockWidgetArea.TopDockWidgetArea
SETTLED_AFTER_MS = 300
"""Panels take their sizes in the events after they came; whoever runs through the workspaces must not keep what is on the way."""
_H, _V = Qt.Orientation.Horizontal, Qt.Orientation.Vertical


def room_on(screen: QScreen) -> QSize:
    """The largest window, logical pixels without its frame, that shows whole on a screen beside the desktop's bars."""
    return screen.availableGeometry().size() - FRAME


Row = list[tuple[PanelDock, int | None]]


class Workspaces:
    """Arranges the docks of a window and remembers what the user makes of it."""

    def __init__(self, window: QMainWindow, docks: Mapping[str, PanelDock], settings: SettingsStore) -> None:
        self._window, self._docks, self._settings = window, docks, settings
        self.current = ""
        self._before_maximise: Arranged | None = None
        self._sizes_before: dict[str, list[int]] = {}
        self._was_compact: bool | None = None
        self._wide: Arranged | None = None
        self._came: frozenset[tuple[str, bool]] = frozenset()
        self._settling = QTimer(window, singleShot=True, interval=SETTLED_AFTER_MS)
        self._program = ProgramWidth(window, docks)
        self._settling.timeout.connect(self._program.follow)

    def show(self, name: str) -> None:
        """Leave the current workspace as it is and bring up another."""
        if self.current:
            self.keep()
        self.current, self._wide = name, None
        self._program.forget()
        self._settling.start()
        self._window.setUpdatesEnabled(False)
        moving = self._window.isAnimated()
        self._window.setAnimated(False)  # what moves still while the next one comes ends nowhere
        try:
            self._before_maximise = None
            if self._restore(name):
                wide, self._was_compact = self._wide, self._was_compact and self._are_joined  # Qt may lose fresh tabs
                self.follow_width()
                self._wide = wide or self._wide
            else:
                self.arrange(name)
        finally:
            self._window.setAnimated(moving)
            self._window.setUpdatesEnabled(True)
            for dock in self._docks.values():  # Qt leaves out what floats since it came: it would be painted no more
                dock.setUpdatesEnabled(True)
            self._came = self._shape()

    def _shape(self) -> frozenset[tuple[str, bool]]:
        """Which panels are there, and whether they float."""
        return frozenset((name, dock.isFloating()) for name, dock in self._docks.items() if not dock.isHidden())

    def reset(self) -> None:
        """The built-in arrangement of the current workspace."""
        self._settings.values.layouts.pop(self.current, None)
        self.arrange(self.current)

    def keep(self) -> None:
        """Write the current arrangement to the settings; one that does not stand yet was seen by nobody and is left out."""
        if self.current and not (self._settling.isActive() and self._shape() == self._came):
            kept = (self._before_maximise or self._now()).as_kept()
            wide = self._wide.as_kept() if self._wide is not None and self._was_compact else None
            self._settings.values.layouts[self.current] = {
                "version": VERSION,
                **kept,
                "compact": bool(self._was_compact),
                "wide": wide,
                "sizes": self._sizes() if self._before_maximise is None else {},
            }

    def keep_window(self) -> None:
        """Write size and place of the window to the settings."""
        geometry = b64encode(self._window.saveGeometry().data()).decode()
        self._settings.values.layouts["window"] = {"version": VERSION, "geometry": geometry}

    def restore_window(self) -> bool:
        """Size and place as they were. A window off every screen is left to the caller."""
        kept = self._settings.values.layouts.get("window")
        if not isinstance(kept, dict) or not isinstance(kept.get("geometry"), str):
            return False
        return bool(self._window.restoreGeometry(bytes_of(kept["geometry"])))

    def arrange(self, name: str) -> None:
        """The built-in arrangement of a workspace, wide or compact by the width of the window."""
        self._before_maximise = None
        self._program.forget()
        self._settling.start()
        for dock in self._docks.values():
            dock.setFloating(False)
            self._window.removeDockWidget(dock)
        one, compact = ARRANGEMENTS[name], self.is_compact
        self._was_compact = compact
        above, below = (self._rows(groups, compact) for groups in (one.above, one.below))
        side = self._rows(one.side, compact)
        leads = [row for row, _ in above]
        if leads and side:
            self._window.addDockWidget(_TOP, side[0][0])
            side[0][0].show()
            for (left, _), (right, _) in pairwise([*side, (leads[0], None)]):
                self._split(left, right, _H)
                right.show()
        elif leads:
            self._window.addDockWidget(_TOP, leads[0])
            leads[0].show()
        elif below:
            self._window.addDockWidget(_TOP, below[0][0])
            below[0][0].show()
        if leads and below:
            self._split(leads[0], below[0][0], _V)
            below[0][0].show()
        for row in (above, below):
            for (left, _), (right, _) in pairwise(row):
                self._split(left, right, _H)
                right.show()
        self._stand_under(one.above)
        for group in (*one.side, *one.above, *one.below):
            self._tab(group.panels)
            self._tab(group.under)
        height = one.compact_height if compact else one.height
        aside = sum(width or 0 for _, width in side)
        self._size(above, below, min(height, self._window.height() * one.most_percent // 100), aside)
        self._size_side(one, side)

    def _split(self, left: PanelDock, right: PanelDock, way: Qt.Orientation) -> None:
        """Put a panel beside another. Qt ends the program where the other has no place."""
        if left is right or self._window.dockWidgetArea(left) == Qt.DockWidgetArea.NoDockWidgetArea:
            self._window.addDockWidget(_TOP, right)
        else:
            self._window.splitDockWidget(left, right, way)

    def follow_width(self) -> None:
        """The window became narrow or wide: one viewer with both as tabs, or source and program side by side."""
        self._join_viewers()
        self._keep_slim()
        if not self._settling.isActive() and not self.is_maximised:
            self._program.follow()

    @property
    def _are_joined(self) -> bool:
        """Whether source and program are tabs of one group."""
        source, program = self._docks.get("source_viewer"), self._docks.get("viewer")
        return source is not None and program is not None and source in self._window.tabifiedDockWidgets(program)

    def _join_viewers(self) -> None:
        source, program = self._docks.get("source_viewer"), self._docks.get("viewer")
        compact = self.is_compact
        if compact is self._was_compact or self.is_maximised or source is None or program is None:
            return
        self._was_compact = compact
        if any(dock.isHidden() or dock.isFloating() for dock in (source, program)):
            return
        together = self._are_joined
        if compact and not together:
            self._wide = self._now()
            front = source if source.is_active else program
            self._window.removeDockWidget(source)  # one that was only just restored would leave a hole in its row
            self._window.tabifyDockWidget(program, source)
            source.show()
            front.raise_()
        elif not compact and together:  # Qt splits no tabs: back to what it was, else to the built-in arrangement
            wide, self._wide = self._wide, None
            if wide is None or not self._bring(wide):
                self.arrange(self.current)
            else:
                width = max(LEAST, source.width() * min(self._window.width(), DESIGNED) // DESIGNED)
                most = source.width() + program.width()
                self._window.resizeDocks([source, program], [width, most - width], _H)

    def _keep_slim(self) -> None:
        """Qt gives each dock its part of a new width; a panel that is meant to be slim gains nothing by it."""
        one = ARRANGEMENTS.get(self.current)
        if one is None or self.is_maximised:
            return
        for group in one.below:
            dock = self._docks.get(group.panels[0])
            width = group.compact_width if self.is_compact else group.width
            alone = dock is not None and not dock.isFloating() and not self._window.tabifiedDockWidgets(dock)
            if dock is not None and width is not None and alone and dock.isVisible() and dock.width() <= SLIM:
                self._window.resizeDocks([dock], [width], _H)

    def place(self, dock: PanelDock) -> None:
        """Give a panel that the arrangement leaves out a place, behind the one it belongs to."""
        if dock.isFloating() or self._window.dockWidgetArea(dock) != Qt.DockWidgetArea.NoDockWidgetArea:
            return
        homes = [
            group.panels
            for one in ARRANGEMENTS.values()
            for group in (*one.side, *one.above)
            if dock.panel.id in group.panels
        ]
        seen = {
            name: other
            for name, other in self._docks.items()
            if other is not dock and not other.isHidden() and not other.isFloating()
        }
        wanted = [name for home in homes for name in home] + [NEIGHBOUR, *seen]
        least = ROOMY.get(dock.panel.id, 0)
        fits = {  # of what lies behind another tab nobody knows the width
            name for name, one in seen.items() if one.width() >= least and not one.visibleRegion().isEmpty()
        }
        found = next((seen[name] for name in wanted if name in (fits if least else seen)), None)
        found = found or next(iter(seen.values()), None)
        if found is not None:
            self._window.tabifyDockWidget(found, dock)
        else:
            self._window.addDockWidget(_TOP, dock)

    # one panel alone

    @property
    def is_maximised(self) -> bool:
        """Whether one panel fills the window."""
        return self._before_maximise is not None

    def maximise(self, dock: PanelDock | None) -> None:
        """Let a panel fill the window; once more, or None: all is as it was."""
        if self._before_maximise is not None:
            state, self._before_maximise = self._before_maximise, None
            self._bring(state)
            self._resize_as_kept(self._sizes_before)
        elif dock is not None and not dock.isFloating():
            self._before_maximise, self._sizes_before = self._now(), self._sizes()
            for other in self._docks.values():
                if other is not dock and not other.isFloating():
                    other.hide()
            dock.show()

    def _restore(self, name: str) -> bool:
        kept: Any = self._settings.values.layouts.get(name)
        state = Arranged.from_kept(kept) if isinstance(kept, dict) and kept.get("version") == VERSION else None
        if state is None:
            return False
        self._before_maximise = None
        if not self._bring(state):
            return False
        self._was_compact, self._wide = bool(kept.get("compact")), Arranged.from_kept(kept.get("wide"))
        if all(dock.isHidden() for dock in self._docks.values()):
            return False  # nothing to work with: rather the built-in one
        self.bring_back()
        self._resize_as_kept(kept.get("sizes"))
        return True

    def _sizes(self) -> dict[str, list[int]]:
        """Width and height of what is seen, and of the window: Qt restores columns within rows with other widths."""
        window = {"": [self._window.width(), self._window.height()]}
        docks = {n: d for n, d in self._docks.items() if not d.isFloating() and not d.visibleRegion().isEmpty()}
        return window | {name: [dock.width(), dock.height()] for name, dock in docks.items()}

    def _resize_as_kept(self, sizes: Any) -> None:
        if not isinstance(sizes, dict) or sizes.get("") != [self._window.width(), self._window.height()]:
            return  # in a window of another size Qt spreads what there is
        known = [(self._docks[name], size) for name, size in sizes.items() if name in self._docks]
        docks = [dock for dock, _ in known]
        for place, way in ((0, _H), (1, _V)):
            self._window.resizeDocks(docks, [int(size[place]) for _, size in known], way)

    def _now(self) -> Arranged:
        """The arrangement as it stands."""
        none = Qt.DockWidgetArea.NoDockWidgetArea
        placed = (
            n for n, dock in self._docks.items() if dock.isFloating() or self._window.dockWidgetArea(dock) != none
        )
        return Arranged(self._window.saveState(VERSION), frozenset(placed))

    def _bring(self, state: Arranged) -> bool:
        """An arrangement again. Qt finds a place for docks that a state does not know: they go, it left them out."""
        none = Qt.DockWidgetArea.NoDockWidgetArea
        for name, dock in self._docks.items():  # first: what goes afterwards would leave its room to the others
            if name not in state.placed and (dock.isFloating() or self._window.dockWidgetArea(dock) != none):
                dock.setFloating(False)
                self._window.removeDockWidget(dock)
        if not self._window.restoreState(state.layout, VERSION):
            return False
        for name, dock in self._docks.items():
            if name not in state.placed:
                dock.setFloating(False)
                self._window.removeDockWidget(dock)
        return True

    def bring_back(self) -> None:
        """A floating panel whose title no screen shows comes back."""
        screens = [screen.availableGeometry() for screen in QGuiApplication.screens()]
        for dock in self._docks.values():
            frame: QRect = dock.frameGeometry()
            title = QRect(frame.left(), frame.top(), frame.width(), 30).adjusted(_GRIP, 0, -_GRIP, 0)
            if dock.isFloating() and not any(
                screen.contains(title.center()) or screen.intersects(title) for screen in screens
            ):
                dock.move(screens[0].center() - dock.rect().center())

    @property
    def is_compact(self) -> bool:
        """Whether the window is too narrow for the full arrangement."""
        return self._window.width() < COMPACT_BELOW

    def _rows(self, groups: tuple[Group, ...], compact: bool) -> Row:
        """The panel in front of each group that is shown, and its width."""
        result: Row = []
        for group in groups:
            lead = next((dock for name in group.panels if (dock := self._docks.get(name))), None)
            if lead is not None and not (compact and group.wide_only):
                width = group.compact_width or group.width if compact else group.width
                if group.wide_only and width:  # the program is the largest picture: what stands beside it gives way
                    width = max(LEAST, width * min(self._window.width(), DESIGNED) // DESIGNED)
                result.append((lead, width))
        return result

    def _stand_under(self, groups: tuple[Group, ...]) -> None:
        """Split columns that have something below."""
        for group in groups:
            lead, below = (self._first(names) for names in (group.panels, group.under))
            if lead is not None and below is not None and not lead.isHidden():
                self._split(lead, below, _V)
                below.show()

    def _first(self, names: tuple[str, ...]) -> PanelDock | None:
        return next((dock for name in names if (dock := self._docks.get(name))), None)

    def _size_side(self, one: Arrangement, side: Row) -> None:
        """The columns at the left, and what stands below others, once the rows have their sizes."""
        name, compact = self.current, self.is_compact

        def apply() -> None:
            if self.current != name or self.is_maximised:
                return
            for dock, width in side:
                if width is not None:
                    self._window.resizeDocks([dock], [width], _H)
            for group in one.above:
                lead, below = self._first(group.panels), self._first(group.under)
                if lead is not None and below is not None:
                    height = group.compact_under_height if compact else group.under_height
                    most = lead.height() + below.height()
                    self._window.resizeDocks([lead, below], [most - height, height], _V)

        if side or any(group.under for group in one.above):
            QTimer.singleShot(0, self._window, apply)

    def _tab(self, panels: tuple[str, ...]) -> None:
        there = [dock for name in panels if (dock := self._docks.get(name))]
        if not there or there[0].isHidden():
            return
        for dock in there[1:]:
            if dock.isHidden():  # a panel may be named in two groups: the first has it
                self._window.tabifyDockWidget(there[0], dock)
                dock.show()
        there[0].raise_()

    def _size(self, above: Row, below: Row, height: int, aside: int = 0) -> None:
        name = self.current

        def apply() -> None:
            if self.current != name or self.is_maximised:
                return  # meanwhile another workspace came: these sizes are not for it
            whole = self._window.width() - aside
            for row in (above, below):
                taken = sum(width or 0 for _, width in row)
                free = sum(1 for _, width in row if width is None)
                widths = [width or max(200, (whole - taken) // free) for _, width in row]
                if row:
                    self._window.resizeDocks([dock for dock, _ in row], widths, _H)
            if above and below:
                rest = max(100, self._window.height() - 66 - height)
                self._window.resizeDocks([above[0][0], below[0][0]], [rest, height], _V)

        apply()
        QTimer.singleShot(0, self._window, apply)
