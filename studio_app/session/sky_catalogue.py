"""The catalogue as what the sky is made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from studio_app.catalogue.catalogue import Catalogue
from studio_app.catalogue.errors import CatalogueError
from studio_app.catalogue.family import families
from studio_app.catalogue.query import Found, Query
from studio_app.catalogue.row import Row
from studio_app.catalogue.similarity import SHARES
from studio_app.services.signal import Signal
from studio_app.session.cataloguing import Cataloguing
from studio_app.session.sky_stars import CLASSES, FAMILIES, NONE, Floats, Ints, OwnCluster, Stars, no_stars
from timeline.errors import StudioError

WEIGHTS: Final = {"look": 1.0, "motion": 0.7, "meaning": 1.0, "sound": 0.4}
"""How much each kind of likeness counts on the map: as in a search by default."""
SURE: Final = 0.8
"""How surely a clip counts as of its genre on the map; a second genre is not known in columns."""


class CatalogueSky:
    """Reads the window's catalogue; empty while there is none. Any thread but for `changed` and what the user says."""

    def __init__(self, cataloguing: Cataloguing) -> None:
        self._cataloguing = cataloguing
        self.changed: Signal[[]] = cataloguing.changed

    @property
    def _catalogue(self) -> Catalogue | None:
        return self._cataloguing.catalogue

    def stars(self) -> Stars:
        """All clips of which something was measured: what nothing is known of has no place yet."""
        catalogue = self._catalogue
        return no_stars() if catalogue is None else stars_of(catalogue)

    def features(self, stars: Stars) -> Floats:
        """The parts of likeness side by side, each as heavy as it counts in a search."""
        catalogue = self._catalogue
        return np.zeros((len(stars), 1), np.float32) if catalogue is None else features_of(catalogue, stars)

    def find(self, query: Query) -> Found:
        """Which clips match."""
        catalogue = self._catalogue
        return Found() if catalogue is None else catalogue.find(query)

    def rows(self, ids: Sequence[int]) -> Sequence[Row]:
        """All that is known of some clips."""
        catalogue = self._catalogue
        return () if catalogue is None else catalogue.rows(ids)

    def of_project(self, project_id: str) -> Mapping[str, int]:
        """The clips of a project."""
        catalogue = self._catalogue
        return {} if catalogue is None else catalogue.ids_of_project(project_id)

    def engines(self) -> Sequence[str]:
        """Engines that made any clip."""
        catalogue = self._catalogue
        return () if catalogue is None else catalogue.engines()

    def projects(self) -> Mapping[str, str]:
        """Names of all projects that were seen, by id."""
        catalogue = self._catalogue
        return {} if catalogue is None else catalogue.projects()

    def rate(self, content_hash: str, stars: int) -> None:
        """Rate a clip, for good."""
        self._cataloguing.say(lambda catalogue: catalogue.rate(content_hash, stars))

    def own_clusters(self, project: str) -> Sequence[OwnCluster]:
        """The user's own clusters by name, with how many clips of a project (of all, where none is named) each has."""
        catalogue = self._catalogue
        if catalogue is None:
            return ()
        counts = catalogue.counts(Query(project=(project,)) if project else None)
        mine = [one for one in catalogue.clusters() if one.is_own]
        return tuple(OwnCluster(one.id, one.name, counts.get(one.id, 0), bool(one.rule)) for one in mine)

    def new_cluster(self, name: str, examples: Sequence[str], rule: Query | None) -> None:
        """A cluster by example or by rule."""
        self._cataloguing.say(lambda catalogue: catalogue.new_cluster(name, examples=tuple(examples), rule=rule))

    def failed(self, error: StudioError) -> None:
        """The catalogue could not be read."""
        self._cataloguing.report(error)

    def drop_cluster(self, cluster: str) -> None:
        """Take an own cluster away."""
        self._cataloguing.say(lambda catalogue: catalogue.drop_cluster(cluster))


def stars_of(catalogue: Catalogue) -> Stars:
    """The columns of the catalogue as stars. Raises CatalogueError."""
    columns = catalogue.stars()
    known = catalogue.features()
    seen = np.zeros(known.size, np.bool_)
    for part, there in known.known.items():
        if part not in SHARES["meaning"]:
            seen |= there
    here = np.isin(columns.ids, known.ids[seen])
    ids = columns.ids[here]
    hashes = dict(catalogue.database.all("SELECT id, hash FROM asset"))
    codes = {}
    for family in FAMILIES:
        places = {kind.id: at for at, kind in enumerate(families()[family].kinds)}
        table = np.full(len(places) + 1, NONE, np.int8)
        for code, name in enumerate(CLASSES[family]):
            if name in places:
                table[places[name]] = code
        codes[family] = table[getattr(columns, family)[here]]  # -1 takes the last of the table: none
    classes = np.zeros((len(ids), len(CLASSES["genre"])), np.float32)
    has = np.nonzero(codes["genre"] >= 0)[0]
    classes[has, codes["genre"][has]] = SURE
    return Stars(
        ids,
        tuple(hashes.get(int(one), "") for one in ids),
        codes,
        classes,
        columns.colour[here],
        columns.rating[here],
        columns.used[here],
        columns.quality[here],
        columns.seconds[here],
        columns.made[here],
        _inside(catalogue.edges(), ids),
    )


def _inside(edges: Ints, ids: Ints) -> Ints:
    """Edges of ids as edges of rows, those between other clips left out."""
    if not len(edges) or not len(ids):
        return np.zeros((0, 2), np.int64)
    at = np.searchsorted(ids, edges).clip(0, len(ids) - 1)
    return np.asarray(at[(ids[at] == edges).all(axis=1)], np.int64)


def features_of(catalogue: Catalogue, stars: Stars) -> Floats:
    """(n, d): where a part is not known it is its mean, so that it says nothing."""
    known = catalogue.features()
    at = np.searchsorted(known.ids, stars.ids).clip(0, max(0, known.size - 1))
    if not known.size or not (known.ids[at] == stars.ids).all():
        raise CatalogueError("The catalogue changed while the sky was laid out.")
    columns = []
    for kind, parts in SHARES.items():
        for part, share in parts.items():
            rows = known.parts.get(part)
            if rows is None or part in ("picture", "meaning"):  # by an embedding that may come or go: the map must not
                continue
            weight = np.float32(np.sqrt(WEIGHTS[kind] * share))
            mine, there = rows[at], known.known[part][at]
            mean = mine[there].mean(axis=0) if there.any() else np.zeros(mine.shape[1], np.float32)
            columns.append(np.where(there[:, None], mine, mean) * weight)
    return np.hstack(columns).astype(np.float32)
