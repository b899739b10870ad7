"""The built-in arrangements: which panels stand where in each workspace, as data. No Qt here.

A panel that does not exist (yet, or in this installation) is left out; a group without panels takes no room.
"""

from __future__ import annotations

from dataclasses import dataclass

from ui.qt.language import QT_TRANSLATE_NOOP


@dataclass(frozen=True)
class Group:
    """Panels behind one another, the first in front. `width` None takes what the others leave, logical pixels."""

    panels: tuple[str, ...]
    width: int | None = None
    compact_width: int | None = None
    wide_only: bool = False
    """Left out where the window is narrow."""
    under: tuple[str, ...] = ()
    """Panels below these in the same column."""
    under_height: int = 0
    compact_under_height: int = 0


@dataclass(frozen=True)
class Arrangement:
    """Groups side by side above, groups side by side below them."""

    title: str
    above: tuple[Group, ...]
    below: tuple[Group, ...]
    height: int
    compact_height: int
    most_percent: int = 51
    """Of the window's height: what the lower row may take."""
    front: str = "timeline"
    """Gets the keys when the workspace comes up."""
    side: tuple[Group, ...] = ()
    """Groups at the left of both rows, as high as the window."""

    leads_first: bool = False
    """Whether the first of each group is its first tab too, wherever it stands elsewhere."""

    @property
    def leads(self) -> frozenset[str]:
        """Panels that are the first tab of their group here."""
        groups = (*self.side, *self.above, *self.below) if self.leads_first else ()
        return frozenset(group.panels[0] for group in groups)

    @property
    def panels(self) -> frozenset[str]:
        """Every panel that is named anywhere."""
        groups = (*self.side, *self.above, *self.below)
        return frozenset(name for group in groups for name in (*group.panels, *group.under))


_TABS = ("inspector", "evolution", "jobs", "history", "markers")
_POOL = Group(("media_pool", "storyboard", "effects", "constellation"), 384, 300)
_RIGHT = Group(_TABS, 352, 318)
_VIEWER = Group(("viewer",))
_TIMELINE = Group(("timeline",))

ARRANGEMENTS = {
    "edit": Arrangement(
        QT_TRANSLATE_NOOP("Workspaces", "Edit"),
        (_POOL, Group(("source_viewer",), 456, wide_only=True), Group(("viewer", "source_viewer")), _RIGHT),
        (_TIMELINE, Group(("meters",), 72, 48)),
        510,
        358,
    ),
    "storyboard": Arrangement(
        QT_TRANSLATE_NOOP("Workspaces", "Storyboard"),
        (Group(("storyboard", "media_pool")), Group(("inspector", "narrative", "viewer", "jobs"), 352, 318)),
        (Group(("animatic", "timeline")),),
        128,
        128,
        front="storyboard",
        leads_first=True,
    ),
    "evolve": Arrangement(
        QT_TRANSLATE_NOOP("Workspaces", "Evolve"),
        (
            Group(("compare", "viewer"), under=("variants",), under_height=268, compact_under_height=160),
            Group(("evolution", "inspector", "jobs"), 352, 318),
        ),
        (Group(("lineage", "timeline", "media_pool", "storyboard")),),
        200,
        184,
        front="operations",
        side=(Group(("operations", "looks", "history"), 702, 424),),
        leads_first=True,
    ),
    "constellation": Arrangement(
        QT_TRANSLATE_NOOP("Workspaces", "Constellation"),
        (Group(("sky_filters", "own_clusters", "narrative"), 264, 264), Group(("constellation", "lineage"))),
        (),
        0,
        0,
        front="constellation",
    ),
    "colour": Arrangement(
        QT_TRANSLATE_NOOP("Workspaces", "Colour"),
        (Group(("scopes",), 384, 300), _VIEWER, Group(("inspector", "jobs", "history"), 440, 400)),
        (_TIMELINE,),
        300,
        240,
    ),
    "audio": Arrangement(
        QT_TRANSLATE_NOOP("Workspaces", "Audio"),
        (Group(("viewer",), 480, 400), Group(("mixer",)), Group(("media_pool",)), Group(("inspector",), 352, 318)),
        (_TIMELINE, Group(("meters",), 72, 48)),
        640,
        460,
        62,
    ),
    "export": Arrangement(
        QT_TRANSLATE_NOOP("Workspaces", "Export"),
        (_VIEWER, Group(("jobs", "inspector"), 480, 400)),
        (_TIMELINE,),
        300,
        240,
        front="jobs",
    ),
}

WORKSPACES = {name: one.title for name, one in ARRANGEMENTS.items()}
NEIGHBOUR = "inspector"
"""A panel that an arrangement does not place joins this one, or the first there is."""
