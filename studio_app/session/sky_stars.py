"""The clips of the catalogue as stars: columns for drawing and placing, groups with their names, what is where in a view."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from studio_app.catalogue.query import UNJUDGED, Found, Query
from studio_app.catalogue.row import Row
from studio_app.services.signal import Signal
from timeline.errors import StudioError

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]
Family = Literal["genre", "pacing", "style"]

FAMILIES: Final[tuple[Family, ...]] = ("genre", "pacing", "style")
CLASSES: Final[Mapping[Family, tuple[str, ...]]] = {
    "genre": ("action", "drama", "comedy", "horror", "sci_fi", "documentary"),
    "pacing": ("slow_burn", "steady", "dynamic", "fast_paced", "frenetic", "contemplative"),
    "style": ("cinematic", "raw", "stylized", "minimalist", "surreal", "retro"),
}
"""In the order of their colours (`cluster.1` to `cluster.6` of the design)."""
BOXES: Final[Mapping[Family, tuple[str, ...]]] = {family: (*names, UNJUDGED) for family, names in CLASSES.items()}
"""What stars are filtered by: the classes, and having none."""
ISLAND: Final = 0.16
"""How far from its middle stars count for where the name of a group stands, map units."""
NONE = -1
"""The code of a star that belongs to no class of a family."""


def _codes(number: int) -> dict[Family, NDArray[np.int8]]:
    return {family: np.full(number, NONE, np.int8) for family in FAMILIES}


@dataclass(frozen=True, eq=False)
class Stars:
    """All clips as columns, row by row the same clip. `ids` are those of the catalogue, ascending."""

    ids: Ints
    hashes: tuple[str, ...]
    codes: Mapping[Family, NDArray[np.int8]]
    """The surest class of each family as its place in CLASSES, or NONE."""
    classes: Floats
    """(n, c) how surely a star belongs to each class the map is laid out by."""
    colours: NDArray[np.uint8]
    """(n, 3) the dominant colour as R, G, B."""
    ratings: Ints
    uses: Ints
    quality: Floats
    seconds: Floats
    made: NDArray[np.float64]
    """Days since 1970; nan where nobody knows."""
    parents: Ints = field(default_factory=lambda: np.zeros((0, 2), np.int64))
    """(m, 2) rows of parent and child."""

    def __len__(self) -> int:
        return len(self.ids)

    @cached_property
    def by_hash(self) -> Mapping[str, int]:
        """The row of each content."""
        return {one: at for at, one in enumerate(self.hashes)}

    def part(self, here: Mask) -> Stars:
        """Some of them, and the lines between those."""
        at = np.cumsum(here) - 1
        inside = here[self.parents].all(axis=1) if len(self.parents) else np.zeros(0, np.bool_)
        return Stars(
            self.ids[here],
            tuple(one for one, is_here in zip(self.hashes, here.tolist(), strict=True) if is_here),
            {family: codes[here] for family, codes in self.codes.items()},
            self.classes[here],
            self.colours[here],
            self.ratings[here],
            self.uses[here],
            self.quality[here],
            self.seconds[here],
            self.made[here],
            at[self.parents[inside]],
        )

    def rows_of(self, ids: Sequence[int] | Ints) -> Ints:
        """Rows of ids, in their order; those that are not here are left out."""
        wanted = np.asarray(ids, np.int64)
        if not len(self.ids) or not len(wanted):
            return np.zeros(0, np.int64)
        at = np.searchsorted(self.ids, wanted).clip(0, len(self.ids) - 1)
        return np.asarray(at[self.ids[at] == wanted], np.int64)

    def ancestors(self, row: int) -> frozenset[int]:
        """What a star came of, itself among it."""
        return self._reached(row, child_to_parent=True)

    def kin(self, row: int) -> tuple[frozenset[int], Ints]:
        """Ancestors and descendants of a star, itself among them, and the lines between them as rows of `parents`."""
        found = self._reached(row, child_to_parent=True) | self._reached(row, child_to_parent=False)
        inside = np.array(sorted(found), np.int64)
        lines = np.nonzero(np.isin(self.parents[:, 0], inside) & np.isin(self.parents[:, 1], inside))[0]
        return found, lines

    def _reached(self, row: int, *, child_to_parent: bool) -> frozenset[int]:
        start, end = (1, 0) if child_to_parent else (0, 1)
        found, front = {row}, [row]
        while front:
            at = np.nonzero(np.isin(self.parents[:, start], front))[0]
            front = [one for one in set(self.parents[at, end].tolist()) if one not in found]
            found.update(front)
        return frozenset(found)


def no_stars() -> Stars:
    """An empty sky."""
    none = np.zeros(0, np.int64)
    floats = np.zeros(0, np.float32)
    return Stars(
        none, (), _codes(0), np.zeros((0, 6), np.float32), np.zeros((0, 3), np.uint8), none, none, floats, floats,
        np.zeros(0, np.float64),
    )  # fmt: skip


@dataclass(frozen=True)
class Group:
    """Stars of one class, as the sky names them: `middle` of most of them, from `top` to `bottom`; `radius` is their reach. Map units."""

    code: int
    name: str
    count: int
    middle: tuple[float, float]
    top: float
    bottom: float
    radius: float


def groups_of(codes: NDArray[np.int8], names: Sequence[str], places: Floats, shown: Mask) -> tuple[Group, ...]:
    """The classes that have stars, each where most of its stars are: a few that stray do not pull its name away."""
    found: list[Group] = []
    for code, name in enumerate(names):
        mine = places[(codes == code) & shown]
        if not len(mine):
            continue
        middle = _densest(mine)
        for _ in range(4):
            near = np.hypot(*(mine - middle).T) <= ISLAND
            middle = mine[near].mean(0)
        apart = np.hypot(*(mine - middle).T)
        island = mine[apart <= 2 * ISLAND]
        radius = float(np.quantile(apart[apart <= 2 * ISLAND], 0.8)) + 0.01
        top, bottom = (float(one) for one in np.quantile(island[:, 1], (0.03, 0.97)))
        found.append(Group(code, name, len(mine), (float(middle[0]), float(middle[1])), top, bottom, radius))
    return tuple(found)


def _densest(places: Floats) -> Floats:
    """Where most of the stars are: the middle of the fullest of overlapping squares."""
    size = ISLAND
    cells = np.floor(places / size).astype(np.int64)
    keys, counts = np.unique(cells, axis=0, return_counts=True)
    beside = np.abs(keys[:, None] - keys[None]).max(axis=2) <= 1
    fullest = keys[int((beside @ counts + counts).argmax())]
    return np.asarray(places[(np.abs(cells - fullest) <= 1).all(axis=1)].mean(0), np.float32)


def figure_of(places: Floats, weights: Floats, most: int = 9) -> Ints:
    """The brightest stars of a group joined to a figure: pairs of rows (m, 2), the shortest tree over them.

    Of stars that lie close together only the brightest is taken, so that the figure reaches over its group.
    """
    if len(places) < 3:
        return np.zeros((0, 2), np.int64)
    room = 0.28 * float(np.hypot(*places.std(0))) + 1e-9
    chosen: list[int] = []
    for one in np.argsort(-weights, kind="stable").tolist():
        if len(chosen) >= most:
            break
        if not chosen or float(np.hypot(*(places[chosen] - places[one]).T).min()) > room:
            chosen.append(one)
    if len(chosen) < 3:
        return np.zeros((0, 2), np.int64)
    points = places[chosen]
    apart = np.hypot(*np.moveaxis(points[:, None] - points[None], 2, 0))
    inside, lines = [0], []
    while len(inside) < len(chosen):
        outside = [one for one in range(len(chosen)) if one not in inside]
        part = apart[np.ix_(inside, outside)]
        one, other = np.unravel_index(int(part.argmin()), part.shape)
        lines.append((chosen[inside[int(one)]], chosen[outside[int(other)]]))
        inside.append(outside[int(other)])
    return np.array(lines, np.int64)


@dataclass(frozen=True)
class OwnCluster:
    """A cluster the user made; `is_rule`: by a question, else by examples."""

    id: str
    name: str
    count: int
    is_rule: bool = False


class SkySource(Protocol):
    """What the sky is made of: the catalogue, or a library of a test. Any thread may ask; `changed` comes on the main one."""

    changed: Signal[[]]

    def stars(self) -> Stars:
        """All clips there are."""

    def features(self, stars: Stars) -> Floats:
        """What clips are compared by, (n, d), row by row those of `stars`."""

    def find(self, query: Query) -> Found:
        """Which clips match."""

    def rows(self, ids: Sequence[int]) -> Sequence[Row]:
        """All that is known of some clips."""

    def of_project(self, project_id: str) -> Mapping[str, int]:
        """The clips of a project: media id to the id of the catalogue."""

    def engines(self) -> Sequence[str]:
        """Engines that made any clip."""

    def projects(self) -> Mapping[str, str]:
        """Names of all projects by id."""

    def rate(self, content_hash: str, stars: int) -> None:
        """Rate a clip."""

    def failed(self, error: StudioError) -> None:
        """What was asked of it could not be read. Main thread."""

    def own_clusters(self, project: str) -> Sequence[OwnCluster]:
        """The user's own clusters by name."""

    def new_cluster(self, name: str, examples: Sequence[str], rule: Query | None) -> None:
        """A cluster of what is like these clips (by content), or of what a question finds."""

    def drop_cluster(self, cluster: str) -> None:
        """Take an own cluster away; its clips stay."""
