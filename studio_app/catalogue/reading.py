"""Asking the catalogue: what a question means, rows, columns, vectors."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from engines.generate.procedural.interpret.meaning import PACKAGE, installed
from studio_app.catalogue import features as feature_parts
from studio_app.catalogue.asking import asked_of, weights_of
from studio_app.catalogue.database import Database
from studio_app.catalogue.embedding import PART as MEANING
from studio_app.catalogue.embedding import loaded_embeddings
from studio_app.catalogue.errors import CatalogueError
from studio_app.catalogue.family import families
from studio_app.catalogue.parentage import read_edges
from studio_app.catalogue.picture_model import PictureModel
from studio_app.catalogue.query import Found, Like, Query, Weights
from studio_app.catalogue.row import Row
from studio_app.catalogue.rows import read_rows
from studio_app.catalogue.searching import OPEN, Where, order_of, text_match, where_of
from studio_app.catalogue.similarity import Features, empty_features, features_of, near_pairs, scores
from studio_app.catalogue.stars import Stars, read_stars

Ids = NDArray[np.int64]
_BY_SIGHT = Weights(1.0, 0.7, 0.0, 0.4)


@dataclass(frozen=True)
class Cluster:
    """One cluster: of the eighteen, or one's own (`rule` is a `Query` as JSON where it goes by one)."""

    id: str
    family: str
    name: str
    is_own: bool = False
    rule: str = ""


class Reading:
    """The catalogue for those who ask; `Catalogue` is it with all that changes something."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = threading.RLock()
        self._plain = empty_features()
        self._features: tuple[int, Features] = (0, self._plain)
        self._stars: tuple[int, Stars] | None = None

    @property
    def database(self) -> Database:
        """Its file, for those who keep it: checks, copies."""
        return self._database

    @property
    def revision(self) -> int:
        """Rises with every change, by whatever window."""
        return self._database.revision

    # --- asking ---------------------------------------------------------------------------------------------------

    def find(self, query: Query) -> Found:
        """The clips that a question means, in its order."""
        asked = replace(query, own=self._own_named(query.own)) if query.own else query
        where = where_of(asked, self.rules())
        by_score = asked.sort in (None, "nearest")
        if asked.like is not None or (by_score and asked.text.strip()):
            return self._scored(asked, where)
        limit, offset = -1 if asked.limit is None else max(0, asked.limit), max(0, asked.offset)
        sql = f"SELECT a.id FROM asset a WHERE {where.sql} ORDER BY {order_of(asked)} LIMIT ? OFFSET ?"
        ids = tuple(row[0] for row in self._database.all(sql, (*where.values, limit, offset)))
        total = len(ids)
        if offset or 0 <= limit <= total:
            total = int(self._database.one(f"SELECT count(*) FROM asset a WHERE {where.sql}", where.values)[0])
        return Found(ids, total)

    def _scored(self, query: Query, where: Where) -> Found:
        """Those that match, by likeness, else by how well the text fits."""
        by_score = query.sort in (None, "nearest")
        if where.sql == OPEN and by_score:
            ids = self.features().ids
        else:
            order = "a.id" if by_score else order_of(query)
            rows = self._database.all(f"SELECT a.id FROM asset a WHERE {where.sql} ORDER BY {order}", where.values)
            ids = np.fromiter((row[0] for row in rows), np.int64, len(rows))
        if query.like is not None:
            ids, told = self._like_among(ids, query.like)
        else:
            told = self._text_scores(ids, query.text)
        if by_score:
            order_by = np.argsort(told if query.like is not None and query.like.unlike else -told, kind="stable")
            ids, told = ids[order_by], told[order_by]
        start = max(0, query.offset)
        shown = slice(start, None if query.limit is None else start + max(0, query.limit))
        return Found(tuple(ids[shown].tolist()), len(ids), tuple(np.round(told[shown].astype(float), 4).tolist()))

    def _like_among(self, ids: Ids, like: Like) -> tuple[Ids, NDArray[np.float32]]:
        known, told = self.likeness(like)
        at = np.searchsorted(known, ids)
        at[at >= len(known)] = 0
        there = known[at] == ids if len(known) else np.zeros(len(ids), bool)
        ids, told = ids[there], told[at[there]]
        held = told <= like.threshold if like.unlike else told >= like.threshold
        themselves = np.array([self.id_of(one) or 0 for one in like.clips], np.int64)
        held &= ~np.isin(ids, themselves)
        return ids[held], told[held]

    def likeness(self, like: Like) -> tuple[Ids, NDArray[np.float32]]:
        """All clips (ids, in order) and how like each is, 0..1."""
        features = self.features()
        places = features.places(np.array(sorted(self.id_of(one) or 0 for one in like.clips), np.int64))
        if like.clips and not len(places):
            raise CatalogueError("The clip that others are compared to is not in the catalogue yet.")
        asked = asked_of(like, [features.row(int(place)) for place in places], self.picture_model())
        return features.ids, scores(features, asked, weights_of(like))

    def _text_scores(self, ids: Ids, text: str) -> NDArray[np.float32]:
        """How well a text fits (BM25), the best 1."""
        rows = (
            self._database.all("SELECT rowid, -rank FROM text WHERE text MATCH ?", (text_match(text),))
            if len(ids)
            else []
        )
        ranks = dict(rows)
        told = np.array([ranks.get(int(one), 0.0) for one in ids], np.float32)
        return told / told.max() if len(told) and told.max() > 0 else told

    def rows(self, ids: Iterable[int]) -> tuple[Row, ...]:
        """The clips with these numbers, in their order; those that are not there are left out."""
        wanted = list(ids)
        with self._database.using() as db:
            return read_rows(db, wanted, self.rules())

    def row_of(self, content_hash: str) -> Row | None:
        """The clip with this content."""
        one = self.id_of(content_hash)
        return next(iter(self.rows([one])), None) if one is not None else None

    def id_of(self, content_hash: str) -> int | None:
        """The number of a clip; None where it is not known."""
        row = self._database.one("SELECT id FROM asset WHERE hash = ? AND name <> ''", (content_hash,))
        return int(row[0]) if row else None

    def ids_of_project(self, project_id: str) -> Mapping[str, int]:
        """The numbers of a project's media, by the media's ids."""
        return dict(self._database.all("SELECT media, asset FROM use WHERE project = ?", (project_id,)))

    def projects(self) -> Mapping[str, str]:
        """Names of all projects that were seen, by id."""
        return dict(self._database.all("SELECT id, name FROM project ORDER BY name COLLATE NOCASE"))

    def project_paths(self) -> frozenset[str]:
        """Where the projects lie that were seen."""
        return frozenset(row[0] for row in self._database.all("SELECT path FROM project"))

    def engines(self) -> tuple[str, ...]:
        """Engines that made any clip."""
        return tuple(
            row[0] for row in self._database.all("SELECT DISTINCT engine FROM asset WHERE engine <> '' ORDER BY 1")
        )

    def spent(self, since: str = "", until: str = "") -> Mapping[tuple[str, str], float]:
        """What clips have cost, by engine and currency, the most first; `since` and `until` are dates (ISO 8601), half-open.

        What came to nothing has cost, too, and made no clip: the book of jobs knows that.
        """
        sql = """SELECT engine, currency, sum(cost) FROM ledger WHERE created >= ? AND (? = '' OR created < ?)
                 GROUP BY engine, currency ORDER BY 3 DESC"""
        rows = self._database.all(sql, (since, until, until))
        return {(engine, currency): round(cost, 6) for engine, currency, cost in rows}

    def places(self, asset: int) -> tuple[str, ...]:
        """Where a clip was seen, the latest first."""
        rows = self._database.all("SELECT path FROM place WHERE asset = ? ORDER BY seen DESC", (asset,))
        return tuple(row[0] for row in rows)

    def tags_of(self, content_hash: str) -> tuple[str, ...]:
        """All tags of a clip."""
        sql = "SELECT t.word FROM tag t JOIN asset a ON a.id = t.asset WHERE a.hash = ? ORDER BY t.word"
        return tuple(row[0] for row in self._database.all(sql, (content_hash,)))

    def edges(self) -> Ids:
        """(m, 2): parent and child, of clips that were seen both; no circle is among them."""
        with self._database.using() as db:
            return read_edges(db)

    # --- clusters -------------------------------------------------------------------------------------------------

    def clusters(self) -> tuple[Cluster, ...]:
        """The eighteen, and one's own."""
        found = [
            Cluster(f"{family.id}.{kind.id}", family.id, kind.title)
            for family in families().values()
            for kind in family.kinds
        ]
        rows = self._database.all("SELECT cluster, name, rule FROM own ORDER BY name")
        return (*found, *(Cluster(one, "own", name, True, rule) for one, name, rule in rows))

    def rules(self) -> Mapping[str, str]:
        """Own clusters that go by a rule."""
        return dict(self._database.all("SELECT cluster, rule FROM own WHERE rule <> ''"))

    def counts(self, query: Query | None = None) -> Mapping[str, int]:
        """How many clips of a question (of all) are in each cluster; its limit does not count."""
        asked = query or Query()
        where = where_of(replace(asked, own=self._own_named(asked.own)), self.rules())
        sql = f"SELECT genres, pacings, styles, count(*) FROM asset a WHERE {where.sql} GROUP BY 1, 2, 3"
        found = {one.id: 0 for one in self.clusters()}
        for *masks, count in self._database.all(sql, where.values):
            for family, mask in zip(("genre", "pacing", "style"), masks, strict=True):
                for bit, kind in enumerate(families()[family].kinds):
                    found[f"{family}.{kind.id}"] += count if mask >> bit & 1 else 0
        for one in self.clusters():
            if one.is_own:
                inside = where_of(Query(own=(one.id,)), self.rules())
                sql = f"SELECT count(*) FROM asset a WHERE {inside.sql} AND a.id IN (SELECT a.id FROM asset a WHERE {where.sql})"
                found[one.id] = int(self._database.one(sql, (*inside.values, *where.values))[0])
        return found

    @property
    def size(self) -> int:
        """How many clips there are."""
        return int(self._database.one("SELECT count(*) FROM asset WHERE name <> ''")[0])

    def _own_named(self, names: Sequence[str]) -> tuple[str, ...]:
        """Own clusters by id or by name. Raises CatalogueError for one that is not there."""
        if not names:
            return ()
        known = {key: one.id for one in self.clusters() if one.is_own for key in (one.id, one.name.casefold())}
        if wrong := [one for one in names if one not in known and one.casefold() not in known]:
            raise CatalogueError(f"There is no cluster {wrong[0]!r} of your own.")
        return tuple(known.get(one) or known[one.casefold()] for one in names)

    def confidences(self, family: str) -> tuple[Ids, NDArray[np.float32]]:
        """Ids of all clips, in order, and (n, k) how surely each is in each kind of a family; 0 where it is not."""
        kinds = {f"{family}.{kind.id}": n for n, kind in enumerate(families()[family].kinds)}
        ids = self.stars().ids
        found = np.zeros((len(ids), len(kinds)), np.float32)
        marks = ", ".join("?" * len(kinds))
        rows = self._database.all(
            f"SELECT asset, cluster, confidence FROM member WHERE cluster IN ({marks})", tuple(kinds)
        )
        if rows and len(ids):
            assets = np.fromiter((row[0] for row in rows), np.int64, len(rows))
            at = np.searchsorted(ids, assets).clip(0, len(ids) - 1)
            there = ids[at] == assets
            columns = np.fromiter((kinds[row[1]] for row in rows), np.int64, len(rows))
            sure = np.fromiter((row[2] for row in rows), np.float32, len(rows))
            found[at[there], columns[there]] = sure[there]
        return ids, found

    # --- vectors --------------------------------------------------------------------------------------------------

    def stars(self) -> Stars:
        """Every clip as columns; kept until something changes."""
        with self._lock, self._database.using() as db:
            revision = self.revision
            if self._stars is None or self._stars[0] != revision:
                self._stars = (revision, read_stars(db))
            return self._stars[1]

    def features(self) -> Features:
        """The vectors of all clips; kept, and brought up to date by what has changed."""
        with self._lock:
            since, known = self._features[0], self._plain
            revision = self.revision
            if revision == since:
                return self._features[1]
            sql = """SELECT a.id, v.parts FROM asset a JOIN vector v ON v.asset = a.id
                     WHERE a.rev > ? AND a.name <> '' AND v.version = ? ORDER BY a.id"""
            rows = self._database.all(sql, (since if known.size else -1, feature_parts.VERSION))
            if rows:
                known = _merged(known, np.array([row[0] for row in rows], np.int64), [row[1] for row in rows])
            self._plain = known
            self._features = (revision, loaded_embeddings(self._database, known, self.models()))
            return self._features[1]

    def models(self) -> Mapping[str, str]:
        """Embeddings that are installed: the part each makes, and its version."""
        return {} if installed() is None else {MEANING: PACKAGE}

    def picture_model(self) -> PictureModel | None:
        """The picture embedding; none here."""
        return None

    def near_duplicates(self, least: float = 0.97, weights: Weights = _BY_SIGHT) -> tuple[tuple[int, int, float], ...]:
        """Pairs of clips that are nearly the same, the nearest first; what is said of them does not count."""
        return tuple(sorted(near_pairs(self.features(), least, weights), key=lambda one: -one[2]))


def _merged(known: Features, ids: Ids, blobs: Sequence[bytes]) -> Features:
    """Rows that are new or have changed among those that were known, in order of id."""
    fresh = feature_parts.unpacked(blobs)
    kept = ~np.isin(known.ids, ids)
    every = np.concatenate((known.ids[kept], ids))
    order = np.argsort(every, kind="stable")
    parts = {name: np.concatenate((known.parts[name][kept], rows))[order] for name, rows in fresh.items()}
    return features_of(every[order], parts)
