"""The catalogue: every clip of all projects and watched folders. Any thread may ask and write; other windows do, too."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from secrets import token_hex

import numpy as np
from numpy.typing import NDArray

from studio_app.catalogue import features as feature_parts
from studio_app.catalogue import filling, judging
from studio_app.catalogue.asking import asked_of, weights_of
from studio_app.catalogue.database import Database
from studio_app.catalogue.embedding import loaded_embeddings
from studio_app.catalogue.errors import CatalogueError
from studio_app.catalogue.family import families
from studio_app.catalogue.journal import Journal, Said
from studio_app.catalogue.keeping import COPIES, JOURNAL, NAME, replay, tidy
from studio_app.catalogue.query import Found, Like, Query, Weights
from studio_app.catalogue.row import Edge, Row, Seen, Use
from studio_app.catalogue.rows import read_rows
from studio_app.catalogue.saying import asset_of, do
from studio_app.catalogue.searching import order_of, text_match, where_of
from studio_app.catalogue.similarity import Features, empty_features, features_of, near_pairs, scores
from studio_app.catalogue.stars import Stars, read_stars
from studio_app.catalogue.teaching import OWN, lessons_of

Ids = NDArray[np.int64]
_BATCH = 50
"""Clips that are judged in one transaction: others wait that long."""
_BY_SIGHT = Weights(1.0, 0.7, 0.0, 0.4)


@dataclass(frozen=True)
class Cluster:
    """One cluster: of the eighteen, or one's own (`rule` is a `Query` as JSON where it goes by one)."""

    id: str
    family: str
    name: str
    is_own: bool = False
    rule: str = ""


def _go_on() -> None:
    """Nobody can cancel it."""


class Catalogue:
    """Raises CatalogueError wherever the file cannot be used; with `can_rebuild` where `keeping.rebuild` helps."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._journal = Journal(folder / JOURNAL)
        self._database = Database(folder / NAME)
        self._lock = threading.RLock()
        self._features: tuple[int, Features] = (0, empty_features())
        self._stars: tuple[int, Stars] | None = None
        if self.revision == 0 and (said := list(self._journal.lines())):  # the file was deleted by a hand
            replay(self._database, said)

    @property
    def database(self) -> Database:
        """Its file, for those who keep it: checks, copies."""
        return self._database

    @property
    def revision(self) -> int:
        """Rises with every change, by whatever window."""
        return self._database.revision

    def close(self) -> None:
        """Let the file go."""
        self._database.close()

    def check(self) -> None:
        """Read all of the file. Raises CatalogueError where it is damaged."""
        self._database.check()

    def tidy(self) -> Path | None:
        """Once a day: check, copy, shorten the journal; the copy, where one was made."""
        return tidy(self._database, self.folder)

    @property
    def copies(self) -> Path:
        """Where the copies lie."""
        return self.folder / COPIES

    # --- asking ---------------------------------------------------------------------------------------------------

    def find(self, query: Query) -> Found:
        """The clips that a question means, in its order."""
        own = self._own_named(query.own)
        where = where_of(query if own == query.own else _with_own(query, own), self.rules())
        limit = -1 if query.limit is None else max(0, query.limit)
        by_score = query.sort in (None, "nearest")
        if query.like is not None or (by_score and query.text.strip()):
            return self._scored(query, where.sql, where.values, limit)
        sql = f"SELECT a.id FROM asset a WHERE {where.sql} ORDER BY {order_of(query)} LIMIT ? OFFSET ?"
        ids = [row[0] for row in self._database.all(sql, (*where.values, limit, max(0, query.offset)))]
        total = len(ids)
        if query.offset or (0 <= limit <= total):
            total = int(self._database.one(f"SELECT count(*) FROM asset a WHERE {where.sql}", where.values)[0])
        return Found(tuple(ids), total)

    def _scored(self, query: Query, sql: str, values: Sequence[object], limit: int) -> Found:
        """Those that match, by likeness, else by how well the text fits."""
        rows = self._database.all(f"SELECT a.id FROM asset a WHERE {sql} ORDER BY {order_of(query)}", values)
        ids = np.array([row[0] for row in rows], np.int64)
        if query.like is not None:
            ids, told = self._like_among(ids, query.like)
        else:
            told = self._text_scores(ids, query.text)
        if query.sort in (None, "nearest"):
            order = np.argsort(told if query.like is not None and query.like.unlike else -told, kind="stable")
            ids, told = ids[order], told[order]
        end = None if limit < 0 else query.offset + limit
        shown = slice(max(0, query.offset), end)
        return Found(tuple(map(int, ids[shown])), len(ids), tuple(round(float(one), 4) for one in told[shown]))

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
        asked = asked_of(like, [features.row(int(place)) for place in places])
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
        with self._database.telling():
            return read_rows(self._database.connection, wanted, self.rules())

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
        """Names of all projects that were seen, by id, the latest first."""
        return dict(self._database.all("SELECT id, name FROM project ORDER BY seen DESC"))

    def engines(self) -> tuple[str, ...]:
        """Engines that made any clip."""
        return tuple(
            row[0] for row in self._database.all("SELECT DISTINCT engine FROM asset WHERE engine <> '' ORDER BY 1")
        )

    def places(self, asset: int) -> tuple[str, ...]:
        """Where a clip was seen, the latest first."""
        rows = self._database.all("SELECT path FROM place WHERE asset = ? ORDER BY seen DESC", (asset,))
        return tuple(row[0] for row in rows)

    def tags_of(self, content_hash: str) -> tuple[str, ...]:
        """All tags of a clip."""
        sql = "SELECT t.word FROM tag t JOIN asset a ON a.id = t.asset WHERE a.hash = ? ORDER BY t.word"
        return tuple(row[0] for row in self._database.all(sql, (content_hash,)))

    def edges(self) -> Ids:
        """(m, 2): parent and child, of clips that were seen both."""
        sql = """SELECT e.parent, e.child FROM edge e JOIN asset p ON p.id = e.parent JOIN asset c ON c.id = e.child
                 WHERE p.name <> '' AND c.name <> '' ORDER BY e.parent, e.child"""
        return np.array(self._database.all(sql), np.int64).reshape(-1, 2)

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
        where = where_of(_with_own(asked, self._own_named(asked.own)), self.rules())
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

    def _own_named(self, names: Sequence[str]) -> tuple[str, ...]:
        """Own clusters by id or by name. Raises CatalogueError for one that is not there."""
        if not names:
            return ()
        known = {key: one.id for one in self.clusters() if one.is_own for key in (one.id, one.name.casefold())}
        if wrong := [one for one in names if one not in known and one.casefold() not in known]:
            raise CatalogueError(f"There is no cluster {wrong[0]!r} of your own.")
        return tuple(known.get(one) or known[one.casefold()] for one in names)

    # --- vectors --------------------------------------------------------------------------------------------------

    def stars(self) -> Stars:
        """Every clip as columns; kept until something changes."""
        with self._lock, self._database.telling():
            revision = self.revision
            if self._stars is None or self._stars[0] != revision:
                self._stars = (revision, read_stars(self._database.connection))
            return self._stars[1]

    def features(self) -> Features:
        """The vectors of all clips; kept, and brought up to date by what has changed."""
        with self._lock:
            since, known = self._features
            revision = self.revision
            if revision == since:
                return known
            sql = """SELECT a.id, v.parts FROM asset a JOIN vector v ON v.asset = a.id
                     WHERE a.rev > ? AND a.name <> '' AND v.version = ? ORDER BY a.id"""
            rows = self._database.all(sql, (since if known.size else -1, feature_parts.VERSION))
            if rows:
                known = _merged(known, np.array([row[0] for row in rows], np.int64), [row[1] for row in rows])
            known = loaded_embeddings(self._database, known)
            self._features = (revision, known)
            return known

    def near_duplicates(self, least: float = 0.97, weights: Weights = _BY_SIGHT) -> tuple[tuple[int, int, float], ...]:
        """Pairs of clips that are nearly the same, the nearest first; what is said of them does not count."""
        return tuple(sorted(near_pairs(self.features(), least, weights), key=lambda one: -one[2]))

    # --- what is seen ---------------------------------------------------------------------------------------------

    def put(self, clips: Sequence[Seen], check: Callable[[], None] = _go_on) -> None:
        """Take in clips, or what is new of known ones. `check` may raise between batches; what was taken in stays."""
        for start in range(0, len(clips), _BATCH):
            check()
            with self._database.writing() as db:
                filling.refresh(db, filling.put(db, clips[start : start + _BATCH]))

    def put_project(
        self, project_id: str, name: str, path: str, uses: Sequence[Use], edges: Sequence[Edge] = ()
    ) -> None:
        """What a project has of the clips, in place of what it had."""
        with self._database.writing() as db:
            filling.refresh(db, filling.put_project(db, project_id, name, path, uses, edges))

    def set_transcript(self, content_hash: str, lines: Sequence[tuple[float, float, str]]) -> None:
        """What is spoken in a clip: start and end in seconds, and the words, in place of what was known."""
        with self._database.writing() as db:
            asset = asset_of(db, content_hash)
            db.execute("DELETE FROM transcript WHERE asset = ?", (asset,))
            db.executemany("INSERT INTO transcript VALUES (?, ?, ?, ?)", [(asset, *line) for line in lines])
            filling.refresh(db, [asset])

    def bring_up_to_date(self, check: Callable[[], None] = _go_on) -> int:
        """Make vectors and judgements of an earlier version anew; how many."""
        sql = """SELECT a.id FROM asset a LEFT JOIN vector v ON v.asset = a.id LEFT JOIN evidence e ON e.asset = a.id
                 WHERE a.name <> '' AND (v.version IS NOT ? OR e.version IS NOT ?)"""
        ids = [row[0] for row in self._database.all(sql, (feature_parts.VERSION, judging.VERSION))]
        for start in range(0, len(ids), _BATCH):
            check()
            with self._database.writing() as db:
                filling.refresh(db, ids[start : start + _BATCH])
        return len(ids)

    def relearn(self, check: Callable[[], None] = _go_on) -> None:
        """Judge all clips by what moves have taught since."""
        ids = [row[0] for row in self._database.all("SELECT id FROM asset WHERE name <> '' ORDER BY id")]
        for start in range(0, len(ids), 20 * _BATCH):
            check()
            with self._database.writing() as db:
                filling.relearn(db, ids[start : start + 20 * _BATCH], lessons_of(db))

    # --- what the user says ---------------------------------------------------------------------------------------

    def tag(self, content_hash: str, tags: Iterable[str]) -> None:
        """Give a clip tags: any number, each of at most 100 characters, in lower case."""
        self._say({"do": "tag", "of": content_hash, "words": [one for one in tags if one.strip()]})

    def untag(self, content_hash: str, tags: Iterable[str]) -> None:
        """Take tags off a clip."""
        self._say({"do": "untag", "of": content_hash, "words": list(tags)})

    def rate(self, content_hash: str, stars: int) -> None:
        """Rate a clip, 0 (not rated) to 5; it goes before what projects say."""
        self._say({"do": "rate", "of": content_hash, "stars": stars})

    def move(self, content_hash: str, cluster: str, belongs: bool | None) -> None:
        """Put a clip into a cluster or take it out; None: as judged. `relearn` lets other clips follow."""
        if cluster not in {one.id for one in self.clusters()}:
            raise CatalogueError(f"There is no cluster {cluster!r}.")
        self._say({"do": "move", "of": content_hash, "cluster": cluster, "belongs": belongs})

    def new_cluster(self, name: str, examples: Sequence[str] = (), rule: Query | None = None) -> str:
        """A cluster of one's own, by clips that are in it, by a rule, or both. Its id. `relearn` finds what is like the examples."""
        if not name.strip():
            raise CatalogueError("A cluster needs a name.")
        if name.strip().casefold() in {one.name.casefold() for one in self.clusters()}:
            raise CatalogueError(f"There is a cluster called {name.strip()!r}. Choose another name.")
        if rule is not None and (rule.like is not None or rule.own):
            raise CatalogueError("A rule goes by filters. For clips like these, give them as examples.")
        cluster = f"{OWN}{token_hex(4)}"
        text = rule.as_json() if rule is not None else ""
        self._say({"do": "own", "cluster": cluster, "name": name.strip(), "rule": text, "examples": list(examples)})
        return cluster

    def drop_cluster(self, cluster: str) -> None:
        """Take away a cluster of one's own; the clips stay."""
        if not cluster.startswith(OWN):
            raise CatalogueError("The eighteen clusters stay. Filter them out instead.")
        self._say({"do": "drop", "cluster": cluster})

    def _say(self, said: Said) -> None:
        with self._database.writing() as db:
            changed = do(db, said)
            self._journal.append(said)
            filling.refresh(db, changed)


def _with_own(query: Query, own: tuple[str, ...]) -> Query:
    return replace(query, own=own)


def _merged(known: Features, ids: Ids, blobs: Sequence[bytes]) -> Features:
    """Rows that are new or have changed among those that were known, in order of id."""
    fresh = feature_parts.unpacked(blobs)
    kept = ~np.isin(known.ids, ids)
    every = np.concatenate((known.ids[kept], ids))
    order = np.argsort(every, kind="stable")
    parts = {name: np.concatenate((known.parts[name][kept], rows))[order] for name, rows in fresh.items()}
    return features_of(every[order], parts)
