"""The constellation as the session sees it: which clips there are, where they stand, what is asked, what is chosen. No Qt."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np

from studio_app.catalogue.query import Like, Query, Weights
from studio_app.catalogue.row import Row
from studio_app.catalogue.sky import Sky, extended, lay_out
from studio_app.catalogue.sky_file import load_sky, save_sky
from studio_app.services.jobs import Post, StartThread
from studio_app.services.latest import Latest
from studio_app.services.signal import Signal
from studio_app.session.selection import Chosen
from studio_app.session.sky_asking import NOBODY, OPEN, Answer, answered, is_compared
from studio_app.session.sky_stars import (
    BOXES,
    CLASSES,
    NONE,
    Family,
    Floats,
    Group,
    Ints,
    OwnCluster,
    SkySource,
    Stars,
    figure_of,
    groups_of,
    no_stars,
)
from timeline.errors import Cancelled, StudioError

log = logging.getLogger(__name__)

MOST_ROWS = 4000
"""Of so many stars at most all is kept that is known."""


@dataclass(frozen=True)
class Look:
    """How stars are drawn: which class colours them, what makes them large, which lines are there."""

    colour_by: Family = "genre"
    main_colour: bool = False
    """Stars in the main colour of their picture; names and glow stay those of the classes."""
    size_by: str = "rating"
    """`rating` or `use`."""
    lineage: bool = True
    figures: bool = True
    marks_used: bool = True


@dataclass(frozen=True, eq=False)
class _Placed:
    """What a look at the catalogue gave."""

    stars: Stars
    sky: Sky
    places: Floats
    known: int
    engines: Sequence[str]
    own: Sequence[OwnCluster]
    projects: Mapping[str, str]
    used: int


class Constellation:
    """One map of all clips and one question to them, shared by sky, filters, list and grid. Main thread only."""

    def __init__(
        self,
        post: Post,
        start_thread: StartThread,
        file: Path,
        project: Callable[[], str] = lambda: "",
        used: Callable[[], Sequence[str]] = tuple,
    ) -> None:
        """`file`: where the map is kept. `project`: id of the open one; `used`: contents that the open cut shows, in order."""
        self._post, self._file = post, file
        self._project, self._used = project, used
        self._latest = Latest("constellation", start_thread)
        self._reading = Latest("sky", start_thread)
        self._source: SkySource | None = None
        self._sky: Sky | None = None
        self._placing = 0
        self._is_open = self._is_closed = False
        self.known_count = 0
        """Clips of all projects."""
        self.everywhere = False
        """Whether clips of other projects are in the sky, too."""
        self._other = ""
        self._projects: Mapping[str, str] = {}
        self._used_count = 0
        self.stars: Stars = no_stars()
        self.places: Floats = np.zeros((0, 2), np.float32)
        self.query: Query = OPEN
        self.look = Look()
        self.words = ""
        """What is typed in the search field."""
        self.answer = Answer(np.zeros(0, np.bool_), np.zeros(0, np.int64), np.zeros(0, np.float32))
        self.chosen = Chosen()
        """Chosen stars by content hash."""
        self.used: frozenset[int] = frozenset()
        """Rows that stand in the open cut."""
        self._rows: dict[int, Row] = {}
        self._kin: tuple[Stars, int, frozenset[int], Ints] | None = None
        self._engines: Sequence[str] = ()
        self._own: Sequence[OwnCluster] = ()
        self.is_known = False
        """Whether the catalogue was read once: an empty sky is empty then."""
        self.changed: Signal[[]] = Signal()
        """Other stars, or other places."""
        self.asked: Signal[[]] = Signal()
        """Another question, and its answer."""
        self.refused: Signal[str] = Signal()
        """Why a picture cannot be asked by."""
        self.looked: Signal[[]] = Signal()
        """The look changed, or which stars the cut uses."""
        self.wished: Signal[str] = Signal()
        """A hand of the panel is wanted: `find`, `fit`, `show`, `view`."""

    # --- stars and places ---------------------------------------------------------------------------------------------

    def follow(self, source: SkySource) -> None:
        """Show the clips of this catalogue from now on."""
        self._source = source
        source.changed.connect(self._source_changed)
        if self._is_open:
            self.refresh()

    def open(self) -> None:
        """Somebody looks: read the clips, now and whenever they change."""
        if not self._is_open:
            self._is_open = True
            self.refresh()

    def _source_changed(self) -> None:
        if self._is_open:
            self.refresh()

    @property
    def is_placing(self) -> bool:
        """Whether the clips are being read and placed."""
        return self._placing > 0

    def refresh(self, *, anew: bool = False) -> None:
        """Read the clips again and place those that are new; `anew` lays the whole map out from what is known now."""
        source = self._source
        if source is None:
            return
        project = self.project_shown
        self._placing += 1
        turn = self._placing

        def check() -> None:
            if self._is_closed:
                raise Cancelled

        def work() -> None:
            found: _Placed | None = None
            try:
                stars = source.stars()
                sky = self._placed(stars, source, check, anew)
                here = np.ones(len(stars), np.bool_)
                if project:
                    here[:] = False
                    here[stars.rows_of(sorted(set(source.of_project(project).values())))] = True
                own = source.own_clusters(project)
                part = stars.part(here)
                named = (project,) if project else ()
                used = len(part.rows_of(source.find(replace(OPEN, used=True, project=named)).ids))
                known = source.projects()
                found = _Placed(part, sky, sky.places[here], len(stars), source.engines(), own, known, used)
            except StudioError as error:
                log.info("the sky was not laid out: %s", error.message)
                failure = error
                self._post(lambda: source.failed(failure))
            finally:
                self._post(lambda: self._take(found, turn))

        self._reading.ask(work)

    def _placed(self, stars: Stars, source: SkySource, check: Callable[[], None], anew: bool) -> Sky:
        """The map of these stars: the kept one, extended; a new one where there is none or it knew too little."""
        kept = None if anew else self._sky or load_sky(self._file)
        if kept is not None and kept.ids == stars.hashes:
            return kept
        features = source.features(stars)
        check()
        fits = kept is not None and kept.landmarks.takes(features.shape[1], stars.classes.shape[1])
        if kept is None or not fits or kept.has_outgrown(len(stars)):
            sky = lay_out(stars.hashes, features, stars.classes, check=check)
        else:
            sky = extended(kept, stars.hashes, features, stars.classes, check=check)
        save_sky(self._file, sky)
        return sky

    def _take(self, found: _Placed | None, turn: int) -> None:
        if turn == self._placing:
            self._placing = 0
        if found is None or self._is_closed:
            self.is_known = True
            self.changed.emit()
            return
        self.stars, self._sky, self.places = found.stars, found.sky, found.places
        self.known_count, self._engines, self._own = found.known, found.engines, found.own
        self._projects, self._used_count = found.projects, found.used
        number = len(self.stars)
        self.is_known = True
        self._forget_drawn()
        self._rows.clear()
        self.answer = Answer(np.ones(number, np.bool_), np.arange(number), np.full(number, np.nan, np.float32))
        self.chosen.keep(self.stars.by_hash)
        self.used = frozenset()
        self.follow_cut()
        self.changed.emit()
        self.ask()

    def set_everywhere(self, everywhere: bool) -> None:
        """Show the clips of all projects, or those of the open one."""
        if everywhere != self.everywhere or self._other:
            self.everywhere, self._other = everywhere, ""
            self.refresh()

    def show_project(self, project: str) -> None:
        """Show the clips of one project, whether it is open or not."""
        other = "" if project == self._project() else project
        if self.everywhere or other != self._other:
            self.everywhere, self._other = False, other
            self.refresh()

    @property
    def project_shown(self) -> str:
        """The project whose clips are in the sky; empty: those of all."""
        return "" if self.everywhere else self._other or self._project()

    @property
    def other_projects(self) -> Mapping[str, str]:
        """Names of the projects that are known but not open, by id."""
        return {one: name for one, name in self._projects.items() if one != self._project()}

    def project_changed(self) -> None:
        """Another project is open."""
        self.chosen.clear()
        self._other = ""
        if self._is_open:
            self.refresh()

    def follow_cut(self) -> None:
        """Which stars the open cut shows may have changed."""
        known = self.stars.by_hash
        used = frozenset(known[one] for one in self._used() if one in known)
        if used != self.used:
            self.used = used
            self.looked.emit()

    def engines(self) -> Sequence[str]:
        """Engines that made any clip."""
        return self._engines

    def unused_count(self) -> int:
        """How many clips the project shown does not use; where all are shown, those that none uses."""
        return len(self.stars) - self._used_count

    @property
    def question(self) -> Query:
        """What is asked: used or not by the project that is shown."""
        project = self.project_shown
        is_meant = self.query.used is not None and project
        return replace(self.query, project=(project,)) if is_meant else self.query

    def own_clusters(self) -> Sequence[OwnCluster]:
        """The user's own clusters by name."""
        return self._own

    def new_cluster(self, name: str, examples: Sequence[str] = (), rule: Query | None = None) -> None:
        """A cluster of what is like these clips, or of what a question finds."""
        if self._source is not None and name.strip():
            self._source.new_cluster(name.strip(), examples, rule)

    def drop_cluster(self, cluster: str) -> None:
        """Take an own cluster away; its clips stay."""
        if self._source is not None:
            if cluster in self.query.own:
                self.ask(replace(self.query, own=tuple(one for one in self.query.own if one != cluster)))
            self._source.drop_cluster(cluster)

    def rate(self, rows: Sequence[int], stars: int) -> None:
        """Rate clips, 0 to 5."""
        if self._source is not None:
            for row in rows:
                self._source.rate(self.stars.hashes[row], stars)

    # --- what is asked ------------------------------------------------------------------------------------------------

    def ask(self, query: Query | None = None, words: str | None = None) -> None:
        """Ask the catalogue; the answer comes with `asked`. Stars keep their places whatever it is."""
        self.query = self.query if query is None else replace(query, limit=None)
        self.words = self.words if words is None else words
        source, stars = self._source, self.stars
        self.asked.emit()
        if source is None or not len(stars):
            return
        query, text, asked = self.query, self.words.strip(), self.question

        def work() -> None:
            try:
                answer = answered(source, stars, asked, text)
            except StudioError as error:
                failure = error
                self._post(lambda: self._refused(query, failure))
                return
            self._post(lambda: self._answered(stars, answer))

        self._latest.ask(work)

    def _answered(self, stars: Stars, answer: Answer) -> None:
        if stars is self.stars:
            self.answer = answer
            self._forget_drawn()
            self.asked.emit()

    def _refused(self, query: Query, error: StudioError) -> None:
        """The catalogue did not answer. A picture that cannot be read is told of and asked by no more."""
        log.info("the catalogue did not answer: %s", error.message)
        if self._source is not None:
            self._source.failed(error)
        if query == self.query and query.like is not None and query.like.picture:
            self.refused.emit(error.message)
            self.look_like(picture="")

    def clear(self) -> None:
        """No words, no filters."""
        self.ask(replace(OPEN, project=self.query.project), "")

    def toggle_class(self, family: Family, name: str) -> None:
        """Let the stars of a class pass, or not. All on is no filter."""
        now = getattr(self.query, family) or BOXES[family]
        new = tuple(one for one in BOXES[family] if (one in now) != (one == name))
        self.ask(replace(self.query, **{family: () if new == BOXES[family] else new or (NOBODY,)}))  # type: ignore[arg-type]

    def is_on(self, family: Family, name: str) -> bool:
        """Whether stars of a class pass."""
        now = getattr(self.query, family)
        return not now or name in now

    def compare(self, hashes: Sequence[str], weights: Weights | None = None) -> None:
        """Search for what is like these clips; none ends that. What else was compared to is not any more."""
        self._liken(Like(clips=tuple(hashes), weights=weights or self.weights))

    def look_like(self, *, picture: str | None = None, palette: Sequence[tuple[str, float]] | None = None) -> None:
        """Search for what looks like a picture (a path) or has these colours (#rrggbb, share); what is not named stays."""
        now = self.query.like or Like()
        self._liken(
            Like(
                picture=now.picture if picture is None else picture,
                palette=now.palette if palette is None else tuple(palette),
                weights=self.weights,
            )
        )

    def _liken(self, like: Like) -> None:
        """A comparison with nothing keeps the weights alone."""
        self.ask(replace(self.query, like=None if like == Like() else like))

    def weigh(self, weights: Weights) -> None:
        """How much look, motion, meaning and sound count in what is compared."""
        self.ask(replace(self.query, like=replace(self.query.like or Like(), weights=weights)))

    @property
    def weights(self) -> Weights:
        """How much each kind of likeness counts now."""
        return self.query.like.weights if self.query.like is not None else Weights()

    @property
    def is_filtered(self) -> bool:
        """Whether any filter but the project is on."""
        return replace(self.query, like=None, project=(), limit=None, sort=None) != OPEN

    @property
    def is_searching(self) -> bool:
        """Whether something is searched for."""
        return bool(self.words.strip()) or is_compared(self.query)

    # --- what is drawn ------------------------------------------------------------------------------------------------

    def set_look(self, look: Look) -> None:
        """Draw the stars another way."""
        if look != self.look:
            self.look = look
            self._forget_drawn()
            self.looked.emit()

    def _forget_drawn(self) -> None:
        for name in ("groups", "figures"):
            self.__dict__.pop(name, None)

    @property
    def family(self) -> Family:
        """The classes that colour the sky and give names to its regions."""
        return self.look.colour_by

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """The classes in use with places and numbers of their stars, whether they pass or not."""
        family = self.family
        everywhere = np.ones(len(self.stars), np.bool_)
        return groups_of(self.stars.codes[family], CLASSES[family], self.places, everywhere)

    @cached_property
    def figures(self) -> Mapping[int, Ints]:
        """For each group the lines of its figure, as pairs of rows."""
        codes, found = self.stars.codes[self.family], {}
        weights = self.stars.ratings * 2 + self.stars.quality + np.minimum(self.stars.uses, 3)
        for group in self.groups:
            rows = np.nonzero(codes == group.code)[0]
            near = rows[np.hypot(*(self.places[rows] - group.middle).T) < group.radius * 1.6]
            found[group.code] = (
                near[figure_of(self.places[near], weights[near].astype(np.float32))]
                if len(near)
                else np.zeros((0, 2), np.int64)
            )
        return found

    def counts(self) -> Mapping[Family, Sequence[int]]:
        """How many stars each class has, by family; last how many have none."""
        return {
            family: [int((self.stars.codes[family] == code).sum()) for code in (*range(len(names)), NONE)]
            for family, names in CLASSES.items()
        }

    # --- single stars -------------------------------------------------------------------------------------------------

    def row_data(self, row: int) -> Row | None:
        """All that is known of a star."""
        found = self.rows_data([row])
        return found[0] if found else None

    def rows_data(self, rows: Sequence[int]) -> list[Row]:
        """All that is known of some stars, in their order; read once and kept until the stars change."""
        if self._source is None:
            return []
        ids = [int(self.stars.ids[one]) for one in rows if 0 <= one < len(self.stars)]
        unread = [one for one in ids if one not in self._rows]
        if unread:
            if len(self._rows) > MOST_ROWS:
                self._rows.clear()
                unread = ids
            try:
                self._rows.update((one.id, one) for one in self._source.rows(unread))
            except StudioError as error:  # asked by a paint: the window goes on without what cannot be read
                log.info("the catalogue tells nothing of its clips: %s", error.message)
        return [self._rows[one] for one in ids if one in self._rows]

    def known_rows(self, rows: Sequence[int], most_new: int) -> Mapping[int, Row]:
        """What is known of stars, by row; of those not read before at most so many are read now."""
        ids = {one: int(self.stars.ids[one]) for one in rows if one < len(self.stars)}
        new = [one for one, star in ids.items() if star not in self._rows][:most_new]
        self.rows_data(new)
        return {one: self._rows[star] for one, star in ids.items() if star in self._rows}

    def lineage_of(self, row: int) -> tuple[frozenset[int], Ints]:
        """The ancestors of a star with itself, and the lines of all its kin (rows of `stars.parents`); kept for the last one."""
        if self._kin is None or self._kin[0] is not self.stars or self._kin[1] != row:
            self._kin = (self.stars, row, self.stars.ancestors(row), self.stars.kin(row)[1])
        return self._kin[2], self._kin[3]

    @property
    def chosen_rows(self) -> list[int]:
        """Rows of the chosen stars in order of choice."""
        known = self.stars.by_hash
        return [known[one] for one in self.chosen.ids if one in known]

    def choose(self, rows: Sequence[int], *, add: bool = False) -> None:
        """Choose stars by their rows."""
        hashes = [self.stars.hashes[one] for one in rows]
        (self.chosen.add if add else self.chosen.set)(hashes)

    def close(self, timeout: float) -> None:
        """Stop asking and placing."""
        self._is_closed = True
        self._reading.close(timeout)
        self._latest.close(timeout)
