"""Writing into the catalogue within a transaction: clips, projects, and all that follows from them (vectors, clusters, text)."""

from __future__ import annotations

import json
import re
import sqlite3
import time
from collections.abc import Iterable, Sequence
from pathlib import PurePath
from typing import Any

from studio_app.catalogue import features, judging
from studio_app.catalogue.family import families
from studio_app.catalogue.judging import Evidence, evidence_from_json
from studio_app.catalogue.parentage import put_edges
from studio_app.catalogue.row import Edge, Member, Seen, Use
from studio_app.catalogue.saying import asset_of
from studio_app.catalogue.teaching import Lessons, lessons_of
from studio_app.catalogue.traits import Traits, from_json
from studio_app.catalogue.words import LONGEST, clusters_said, meanings, without_empty

BY_HAND = "You put it here"
_CHUNK = 400
"""Ids in one question: SQLite allows no more than some thousand."""
_SUMS = """rating = coalesce((SELECT rating FROM rated WHERE asset = :one), (SELECT max(rating) FROM use WHERE asset = :one), 0),
    used = coalesce((SELECT sum(count) FROM use WHERE asset = :one), 0),
    cost = coalesce((SELECT sum(cost) FROM ledger WHERE asset = :one), 0)"""
"""Columns of an asset that other tables say."""
_COLUMNS = {"genre": "genres", "pacing": "pacings", "style": "styles"}


def put(db: sqlite3.Connection, clips: Iterable[Seen]) -> list[int]:
    """Clips that were seen: new ones, and what is new of known ones. Their ids; `refresh` has to follow."""
    found = []
    for one in clips:
        asset = asset_of(db, one.content_hash)
        found.append(asset)
        name = one.name or PurePath(one.path).name
        db.execute(
            """UPDATE asset SET name = ?, kind = ?, engine = CASE ? WHEN '' THEN engine ELSE ? END, seconds = ?,
               generation = max(generation, ?), created = CASE created WHEN '' THEN ? ELSE created END WHERE id = ?""",
            (name, one.kind, one.engine, one.engine, one.seconds, one.generation, one.created, asset),
        )
        if one.traits is not None:
            colour = int(one.traits.dominant[1:], 16) if one.traits.dominant else -1
            db.execute(
                "UPDATE asset SET colour = ?, quality = ?, measured = 1 WHERE id = ?",
                (colour, one.traits.quality, asset),
            )
        traits = one.traits.as_json() if one.traits is not None else None
        db.execute(
            """INSERT INTO fact VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (asset) DO UPDATE SET width = excluded.width,
               height = excluded.height, rate = excluded.rate, seed = coalesce(excluded.seed, seed),
               operation = CASE excluded.operation WHEN '' THEN operation ELSE excluded.operation END,
               words = CASE excluded.words WHEN '' THEN words ELSE excluded.words END, traits = coalesce(excluded.traits, traits)""",
            (asset, one.width, one.height, one.rate, one.seed, one.operation, one.words, traits),
        )
        if one.path:
            place(db, asset, one.path, one.size, one.modified)
        if one.cost:
            db.execute(
                "INSERT OR REPLACE INTO ledger VALUES (?, ?, ?, ?, ?)",
                (asset, one.engine, one.cost, one.created, one.currency),
            )
    return found


def place(db: sqlite3.Connection, asset: int, path: str, size: int, modified: int) -> None:
    """Where a clip was seen just now. Whatever was seen there before is seen there no more."""
    db.execute("INSERT OR REPLACE INTO place VALUES (?, ?, ?, ?, ?)", (path, asset, size, modified, time.time()))


def put_project(
    db: sqlite3.Connection, project_id: str, name: str, path: str, uses: Sequence[Use], edges: Sequence[Edge]
) -> set[int]:
    """What a project has of the clips, in place of what it had. Ids of those whose text has changed, for which `refresh` has to follow.

    Where only use and rating did, their sums are brought up to date here: that takes a fiftieth of judging the clip anew.
    """
    before = {
        (media, asset): (count, rating, note)
        for media, asset, count, rating, note in db.execute(
            "SELECT media, asset, count, rating, note FROM use WHERE project = ?", (project_id,)
        )
    }
    after = {(one.media_id, asset_of(db, one.content_hash)): (one.count, one.rating, one.note) for one in uses}
    db.execute(
        """INSERT INTO project VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET name = excluded.name, path = excluded.path,
           seen = excluded.seen WHERE name <> excluded.name OR path <> excluded.path OR seen = 0""",
        (project_id, name, path, time.time()),
    )
    changed = {key for key in {*before, *after} if before.get(key) != after.get(key)}
    db.executemany("DELETE FROM use WHERE project = ? AND media = ?", [(project_id, media) for media, _ in changed])
    db.executemany(
        "INSERT INTO use VALUES (?, ?, ?, ?, ?, ?)",
        [(project_id, media, asset, *after[media, asset]) for media, asset in changed if (media, asset) in after],
    )
    put_edges(db, project_id, edges)
    nothing = (0, 0, "")
    unread = {key[1] for key in changed if before.get(key, nothing)[2] != after.get(key, nothing)[2]}
    unread |= {asset for _, asset in changed if not _is_judged(db, asset)}
    revision = _revision(db)
    for asset in {asset for _, asset in changed} - unread:
        db.execute(f"UPDATE asset SET rev = :rev, {_SUMS} WHERE id = :one", {"rev": revision, "one": asset})
    return unread


def forget_project(db: sqlite3.Connection, project_id: str) -> set[int]:
    """A project is gone: what it had of the clips counts no more. Ids for which `refresh` has to follow."""
    changed = put_project(db, project_id, "", "", (), ())
    db.execute("DELETE FROM project WHERE id = ?", (project_id,))
    return changed


def _is_judged(db: sqlite3.Connection, asset: int) -> bool:
    return db.execute("SELECT 1 FROM evidence WHERE asset = ?", (asset,)).fetchone() is not None


def refresh(db: sqlite3.Connection, assets: Iterable[int], lessons: Lessons | None = None) -> None:
    """Everything that follows from what is known of clips: sums, text, vector, clusters."""
    taught = lessons if lessons is not None else lessons_of(db)
    revision = _revision(db)
    ids = list(dict.fromkeys(assets))
    for start in range(0, len(ids), _CHUNK):
        chunk = ids[start : start + _CHUNK]
        marks = ", ".join("?" * len(chunk))
        rows = db.execute(
            f"""SELECT a.id, a.name, coalesce(f.words, ''), f.traits,
                (SELECT group_concat(word, ' ') FROM tag WHERE asset = a.id),
                (SELECT group_concat(note, ' ') FROM use WHERE asset = a.id),
                (SELECT group_concat(spoken, ' ') FROM transcript WHERE asset = a.id)
                FROM asset a LEFT JOIN fact f ON f.asset = a.id WHERE a.id IN ({marks})""",
            chunk,
        ).fetchall()
        for row in rows:
            _refresh(db, taught, revision, *row)


def _revision(db: sqlite3.Connection) -> int:
    """What the transaction under way will have made of it."""
    return int(db.execute("SELECT value FROM meta WHERE key = 'revision'").fetchone()[0]) + 1


def _refresh(
    db: sqlite3.Connection, taught: Lessons, revision: int, asset: int, name: str, words: str, traits_json: str | None,
    tags: str | None, notes: str | None, spoken: str | None,
) -> None:  # fmt: skip
    texts = (name, words, tags or "", notes or "", spoken or "")
    db.execute("DELETE FROM text WHERE rowid = ?", (asset,))
    db.execute("INSERT INTO text (rowid, name, words, tags, notes, spoken) VALUES (?, ?, ?, ?, ?, ?)", (asset, *texts))
    traits = _traits(traits_json)
    said = said_of(*texts)
    parts = features.parts_of(traits, said)
    evidence = judging.judge(traits, said)
    db.execute("INSERT OR REPLACE INTO vector VALUES (?, ?, ?)", (asset, features.VERSION, features.packed(parts)))
    db.execute("INSERT OR REPLACE INTO evidence VALUES (?, ?, ?)", (asset, judging.VERSION, evidence.as_json()))
    members = settle(db, asset, evidence, parts, taught) if name else []
    db.execute(
        f"UPDATE asset SET rev = :rev, {_bits(members)}, {_SUMS} WHERE id = :one",
        {"rev": revision, "one": asset},
    )


def said_of(name: str, words: str, tags: str, notes: str, spoken: str) -> str:
    """What is said of a clip, for clusters and likeness. A file's name speaks where the vocabulary knows a word of it:
    a camera's (C0012, IMG_4711) would set apart what looks the same.
    """
    plain = without_empty(re.sub(r"[\d_]+", " ", PurePath(name).stem))
    if not (any(meanings(plain)) or clusters_said(plain)):
        plain = ""
    return " . ".join(one for one in (words, tags[:LONGEST], notes, plain, spoken[:LONGEST]) if one)


def settle(
    db: sqlite3.Connection, asset: int, evidence: Evidence, parts: features.Parts, taught: Lessons
) -> list[Member]:
    """Write down the clusters of a clip: what a hand did, and what was judged and learnt as far as there is room in a family."""
    moved = dict(
        db.execute("SELECT cluster, belongs FROM moved WHERE asset = ? ORDER BY turn DESC", (asset,)).fetchall()
    )
    room = {family.id: family.most for family in families().values()}
    members: list[Member] = []
    hands = [Member(cluster, 1.0, (BY_HAND,), is_manual=True) for cluster, belongs in moved.items() if belongs]
    for one in (*hands, *(one for one in taught.members(evidence, parts) if one.cluster not in moved)):
        family = one.cluster.partition(".")[0]
        if room.get(family, 1) > 0:  # of one's own there may be any number
            members.append(one)
            if family in room:
                room[family] -= 1
    db.execute("DELETE FROM member WHERE asset = ?", (asset,))
    db.executemany(
        "INSERT OR REPLACE INTO member VALUES (?, ?, ?, ?, ?)",
        [
            (asset, one.cluster, one.confidence, json.dumps(one.reasons, ensure_ascii=False), int(one.is_manual))
            for one in members
        ],
    )
    return members


def relearn(db: sqlite3.Connection, ids: Sequence[int], lessons: Lessons) -> None:
    """Clusters of clips anew, by what was taught since; what was judged of them stands."""
    revision = _revision(db)
    for asset in ids:
        row = db.execute(
            "SELECT e.found, v.parts FROM evidence e JOIN vector v ON v.asset = e.asset WHERE e.asset = ?", (asset,)
        ).fetchone()
        if row is None:
            continue
        before = db.execute(
            "SELECT cluster, confidence FROM member WHERE asset = ? ORDER BY cluster", (asset,)
        ).fetchall()
        parts = {name: rows[0] for name, rows in features.unpacked([row[1]]).items()}
        members = settle(db, asset, evidence_from_json(row[0]), parts, lessons)
        if sorted((one.cluster, one.confidence) for one in members) != before:
            db.execute(f"UPDATE asset SET rev = ?, {_bits(members)} WHERE id = ?", (revision, asset))


def _bits(members: Sequence[Member]) -> str:
    """The columns of the families: bits of all clusters a clip is in, and the surest one."""
    found = []
    for family in families().values():
        rows = [one for one in members if one.cluster.startswith(f"{family.id}.")]
        places = [family.bit(one.cluster.partition(".")[2]) for one in sorted(rows, key=lambda one: -one.confidence)]
        known = [place for place in places if place >= 0]
        found.append(f"{_COLUMNS[family.id]} = {sum(1 << place for place in known)}")
        found.append(f"{family.id} = {known[0] if known else -1}")
    return ", ".join(found)


def _traits(text: Any) -> Traits | None:
    try:
        return from_json(text) if text else None
    except ValueError:
        return None
