"""The catalogue: every clip of all projects and watched folders. Any thread may ask and write; other windows do, too."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex

from studio_app.catalogue import features as feature_parts
from studio_app.catalogue import filling, judging
from studio_app.catalogue.database import Database
from studio_app.catalogue.embedding import embed, keep_embedding
from studio_app.catalogue.errors import CatalogueError
from studio_app.catalogue.journal import Journal, Said
from studio_app.catalogue.keeping import COPIES, JOURNAL, NAME, replay, tidy
from studio_app.catalogue.picture_model import PART as PICTURE
from studio_app.catalogue.picture_model import PictureModel, Vector, picture_model
from studio_app.catalogue.query import Query
from studio_app.catalogue.reading import Cluster, Reading
from studio_app.catalogue.row import Edge, Seen, Use
from studio_app.catalogue.saying import do
from studio_app.catalogue.teaching import OWN, lessons_of

__all__ = ["Catalogue", "Cluster"]

_UNSAVED = 7 * 24 * 3600.0
_BATCH = 50
"""Clips that are judged in one transaction: others wait that long."""


@dataclass(frozen=True)
class Place:
    """A file as it was when it was seen, and the clip it was."""

    asset: int
    size: int
    modified: int
    is_measured: bool


def _go_on() -> None:
    """Nobody can cancel it."""


class Catalogue(Reading):
    """Raises CatalogueError wherever the file cannot be used; with `can_rebuild` where `keeping.rebuild` helps."""

    def __init__(self, folder: Path) -> None:
        super().__init__(Database(folder / NAME))
        self.folder = folder
        self._journal = Journal(folder / JOURNAL)
        if self.revision == 0 and (said := list(self._journal.lines())):  # the file was deleted by a hand
            replay(self._database, said)

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

    def models(self) -> Mapping[str, str]:
        """Embeddings that are installed: the part each makes, and its version."""
        model = self.picture_model()
        return dict(super().models()) | ({} if model is None else {PICTURE: model.version})

    def picture_model(self) -> PictureModel | None:
        """The picture embedding of the user's data folder, beside which the catalogue lies."""
        return picture_model(self.folder.parent)

    def without_picture(self) -> tuple[tuple[int, str], ...]:
        """Clips that the picture model has not looked at yet, each with where it was seen last; none without a model."""
        model = self.picture_model()
        if model is None:
            return ()
        sql = """SELECT a.id, (SELECT path FROM place WHERE asset = a.id ORDER BY seen DESC LIMIT 1) AS there FROM asset a
                 LEFT JOIN embedding e ON e.asset = a.id AND e.part = ?
                 WHERE a.name <> '' AND a.measured AND a.kind <> 'audio' AND e.version IS NOT ? AND there IS NOT NULL"""
        return tuple((int(asset), str(path)) for asset, path in self._database.all(sql, (PICTURE, model.version)))

    def keep_picture(self, asset: int, vector: Vector) -> None:
        """What the picture model says of a clip."""
        if (model := self.picture_model()) is not None:
            keep_embedding(self._database, asset, PICTURE, model.version, vector)

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
            known = db.execute("SELECT path FROM project WHERE id = ?", (project_id,)).fetchone()
            if path and known != (path,):
                self._journal.append({"do": "project", "id": project_id, "name": name, "path": path})
            filling.refresh(db, filling.put_project(db, project_id, name, path, uses, edges))

    def set_transcript(self, content_hash: str, lines: Sequence[tuple[float, float, str]]) -> None:
        """What is spoken in a clip: start and end in seconds, and the words, in place of what was known."""
        self._say({"do": "spoken", "of": content_hash, "lines": list(lines)})

    def forget_gone_projects(self, but: str = "") -> int:
        """Forget projects whose file is deleted (a disk that is not there may come back), and those that were never saved and
        not seen for a week, `but` this one, which is open. How many.
        """
        rows = self._database.all("SELECT id, path, seen FROM project WHERE id <> ?", (but,))
        old = time.time() - _UNSAVED
        gone = [
            project
            for project, path, seen in rows
            if (Path(path).parent.is_dir() and not Path(path).exists() if path else seen < old)
        ]
        for project in gone:
            with self._database.writing() as db:
                filling.refresh(db, filling.forget_project(db, project))
                self._journal.append({"do": "forget", "id": project})
        return len(gone)

    def watch(self, paths: Iterable[str]) -> None:
        """Folders and files that are looked at now and then from now on, and after a rebuild."""
        known = set(self.watched())
        for path in paths:
            if path not in known:
                self._say({"do": "watch", "path": path})

    def unwatch(self, path: str) -> None:
        """Look there no more; what was found stays."""
        self._say({"do": "unwatch", "path": path})

    def watched(self) -> tuple[str, ...]:
        """Folders and files that were named to be looked at."""
        return tuple(row[0] for row in self._database.all("SELECT path FROM watched ORDER BY path"))

    def unread_projects(self) -> tuple[str, ...]:
        """Where projects lie that are known of (after a rebuild) and were not read since."""
        return tuple(row[0] for row in self._database.all("SELECT path FROM project WHERE seen = 0 ORDER BY path"))

    def seen_at(self, path: str) -> Place | None:
        """What was seen at a path."""
        sql = "SELECT p.asset, p.size, p.modified, a.measured FROM place p JOIN asset a ON a.id = p.asset WHERE p.path = ?"
        row = self._database.one(sql, (path,))
        return Place(int(row[0]), int(row[1] or 0), int(row[2] or 0), bool(row[3])) if row else None

    def is_measured(self, asset: int) -> bool:
        """Whether figures of a clip are known."""
        row = self._database.one("SELECT measured FROM asset WHERE id = ?", (asset,))
        return bool(row and row[0])

    def differs(self, asset: int, seen: Seen) -> bool:
        """Whether a clip is known otherwise than it was seen now: its words, its place, how it was made."""
        sql = """SELECT coalesce(f.words, ''), coalesce(f.seed, ''), a.engine, a.generation, (SELECT 1 FROM place
                 WHERE path = ? AND asset = a.id AND size = ? AND modified = ?)
                 FROM asset a LEFT JOIN fact f ON f.asset = a.id WHERE a.id = ?"""
        row = self._database.one(sql, (seen.path, seen.size, seen.modified, asset))
        if row is None:
            return True
        words, seed, engine, generation, there = row
        said = (seen.words or words, "" if seen.seed is None else seen.seed, seen.engine or engine)
        held = (words, seed if seen.seed is not None else "", engine)
        return said != held or seen.generation > generation or (bool(seen.path) and not there)

    def note_place(self, asset: int, path: str, size: int, modified: int) -> None:
        """A clip was seen there, too: it was moved, renamed or copied. It is called as its file is, where none of its old name is left."""
        with self._database.writing() as db:
            filling.place(db, asset, path, size, modified)
            (name,) = db.execute("SELECT name FROM asset WHERE id = ?", (asset,)).fetchone()
            places = [Path(row[0]) for row in db.execute("SELECT path FROM place WHERE asset = ?", (asset,))]
            namesakes = [one for one in places if one.name == name]
            if namesakes and not any(one.exists() for one in namesakes):
                db.execute("UPDATE asset SET name = ? WHERE id = ?", (Path(path).name, asset))
                filling.refresh(db, [asset])

    def forget_gone(self, folder: Path) -> int:
        """Forget places below a folder at which there is no file any more; the clips stay known. How many."""
        below = str(folder.absolute())
        rows = self._database.all("SELECT path FROM place WHERE substr(path, 1, ?) = ?", (len(below), below))
        gone = [(path,) for (path,) in rows if "%" not in path and not Path(path).exists()]
        if gone:
            with self._database.writing() as db:
                db.executemany("DELETE FROM place WHERE path = ?", gone)
        return len(gone)

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

    def embed(self, check: Callable[[], None] = _go_on) -> int:
        """Read what is said of clips with the text model, where one is installed; how many were read."""
        return embed(self._database, check)

    @property
    def lessons_mark(self) -> tuple[float, ...]:
        """Another one when clips were moved since: then `relearn` has something to do."""
        row = self._database.one("SELECT count(*), total((asset + 0.5) * (belongs + 1)), total(turn) FROM moved")
        return tuple(float(one) for one in row)

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
