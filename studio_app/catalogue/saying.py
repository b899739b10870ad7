"""What the user says of clips, done: the same code for what is said now and for what the journal tells after a rebuild."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from typing import Any

from studio_app.catalogue.family import families
from studio_app.catalogue.journal import Said
from studio_app.catalogue.searching import folded_tag


def do(db: sqlite3.Connection, said: Said) -> set[int]:
    """Do one thing that was said; ids of the clips that have changed. What is not known (a later version's) does nothing."""
    verb, content = said.get("do"), str(said.get("of", ""))
    if verb in ("own", "drop"):
        return _own(db, said) if verb == "own" else _drop(db, str(said["cluster"]))
    if verb in _SOURCES:
        _SOURCES[verb](db, said)
    if verb not in ("tag", "untag", "rate", "move", "spoken") or not content:
        return set()
    asset = asset_of(db, content)
    if verb == "tag":
        words = [(word, asset) for one in said.get("words", ()) if (word := folded_tag(str(one)))]
        db.executemany("INSERT OR IGNORE INTO tag VALUES (?, ?)", words)
    elif verb == "untag":
        words = [(folded_tag(str(one)), asset) for one in said.get("words", ())]
        db.executemany("DELETE FROM tag WHERE word = ? AND asset = ?", words)
    elif verb == "rate":
        rating = min(5, max(0, int(said.get("stars", 0))))
        db.execute("INSERT OR REPLACE INTO rated VALUES (?, ?)", (asset, rating))
    elif verb == "spoken":
        lines = [(asset, float(start), float(end), str(words)) for start, end, words in said.get("lines", ())]
        db.execute("DELETE FROM transcript WHERE asset = ?", (asset,))
        db.executemany("INSERT INTO transcript VALUES (?, ?, ?, ?)", lines)
    else:
        _move(db, asset, str(said["cluster"]), said.get("belongs"))
    return {asset}


def asset_of(db: sqlite3.Connection, content: str) -> int:
    """The number of a clip; one that was never seen gets one, and no name yet."""
    db.execute("INSERT OR IGNORE INTO asset (hash) VALUES (?)", (content,))
    return int(db.execute("SELECT id FROM asset WHERE hash = ?", (content,)).fetchone()[0])


def _move(db: sqlite3.Connection, asset: int, cluster: str, belongs: Any) -> None:
    if belongs is None:
        db.execute("DELETE FROM moved WHERE asset = ? AND cluster = ?", (asset, cluster))
    else:
        (turn,) = db.execute("SELECT coalesce(max(turn), 0) + 1 FROM moved WHERE asset = ?", (asset,)).fetchone()
        db.execute("INSERT OR REPLACE INTO moved VALUES (?, ?, ?, ?)", (asset, cluster, int(bool(belongs)), turn))
        family = families().get(cluster.partition(".")[0])
        if belongs and family is not None:  # the clip is in so many of a family at most: the latest
            db.execute(
                """DELETE FROM moved WHERE asset = ?1 AND belongs = 1 AND cluster IN (
                   SELECT cluster FROM moved WHERE asset = ?1 AND belongs = 1 AND cluster LIKE ?2
                   ORDER BY turn DESC LIMIT -1 OFFSET ?3)""",
                (asset, f"{family.id}.%", family.most),
            )


def _watch(db: sqlite3.Connection, said: Said) -> None:
    db.execute("INSERT OR IGNORE INTO watched VALUES (?)", (str(said["path"]),))


def _unwatch(db: sqlite3.Connection, said: Said) -> None:
    db.execute("DELETE FROM watched WHERE path = ?", (str(said["path"]),))


def _project(db: sqlite3.Connection, said: Said) -> None:
    """Known to be there, and not read yet: `seen` is 0."""
    row = (str(said["id"]), str(said.get("name", "")), str(said["path"]))
    db.execute(
        """INSERT INTO project VALUES (?, ?, ?, 0) ON CONFLICT (id) DO UPDATE SET path = excluded.path
           WHERE path <> excluded.path""",
        row,
    )


def _forget(db: sqlite3.Connection, said: Said) -> None:
    db.execute("DELETE FROM project WHERE id = ? AND seen = 0", (str(said["id"]),))


_SOURCES: dict[Any, Callable[[sqlite3.Connection, Said], None]] = {
    "watch": _watch,
    "unwatch": _unwatch,
    "project": _project,
    "forget": _forget,
}
"""Where clips come from: folders, projects."""


def _own(db: sqlite3.Connection, said: Said) -> set[int]:
    cluster = str(said["cluster"])
    db.execute(
        "INSERT OR REPLACE INTO own VALUES (?, ?, ?)", (cluster, str(said.get("name", "")), str(said.get("rule", "")))
    )
    changed = set()
    for content in said.get("examples", ()):
        asset = asset_of(db, str(content))
        _move(db, asset, cluster, belongs=True)
        changed.add(asset)
    return changed


def _drop(db: sqlite3.Connection, cluster: str) -> set[int]:
    changed = {int(row[0]) for row in db.execute("SELECT asset FROM member WHERE cluster = ?", (cluster,))}
    for table in ("own", "moved", "member"):
        db.execute(f"DELETE FROM {table} WHERE cluster = ?", (cluster,))
    return changed


def everything(db: sqlite3.Connection) -> Iterator[Said]:
    """All that was said and still holds, as few sayings as can be: for a journal begun anew."""
    for part in PARTS:
        yield from part(db)


_NAMED = "SELECT a.hash, {} JOIN asset a ON a.id = t.asset"


def _tags(db: sqlite3.Connection) -> Iterator[Said]:
    tags: dict[str, list[str]] = {}
    for content, word in db.execute(_NAMED.format("t.word FROM tag t")):
        tags.setdefault(content, []).append(word)
    for content, words in tags.items():
        yield {"do": "tag", "of": content, "words": words}


def _ratings(db: sqlite3.Connection) -> Iterator[Said]:
    for content, stars in db.execute(_NAMED.format("t.rating FROM rated t")):
        yield {"do": "rate", "of": content, "stars": stars}


def _clusters(db: sqlite3.Connection) -> Iterator[Said]:
    for cluster, name, rule in db.execute("SELECT cluster, name, rule FROM own"):
        yield {"do": "own", "cluster": cluster, "name": name, "rule": rule}


def _moves(db: sqlite3.Connection) -> Iterator[Said]:
    for content, cluster, belongs in db.execute(
        _NAMED.format("t.cluster, t.belongs FROM moved t") + " ORDER BY t.turn"
    ):
        yield {"do": "move", "of": content, "cluster": cluster, "belongs": bool(belongs)}


def _spoken(db: sqlite3.Connection) -> Iterator[Said]:
    lines: dict[str, list[tuple[float, float, str]]] = {}
    for content, *line in db.execute(_NAMED.format("t.start, t.until, t.spoken FROM transcript t")):
        lines.setdefault(content, []).append((line[0], line[1], line[2]))
    for content, told in lines.items():
        yield {"do": "spoken", "of": content, "lines": told}


def _projects(db: sqlite3.Connection) -> Iterator[Said]:
    for project, name, path in db.execute("SELECT id, name, path FROM project WHERE path <> ''"):
        yield {"do": "project", "id": project, "name": name, "path": path}


def _watched(db: sqlite3.Connection) -> Iterator[Said]:
    for (path,) in db.execute("SELECT path FROM watched"):
        yield {"do": "watch", "path": path}


PARTS: tuple[Callable[[sqlite3.Connection], Iterator[Said]], ...] = (
    _tags, _ratings, _clusters, _moves, _spoken, _projects, _watched,
)  # fmt: skip
"""`everything`, table by table: of a damaged file each is read as far as it goes."""
