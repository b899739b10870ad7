"""Rows of the catalogue by their ids."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence

from studio_app.catalogue.row import Member, Row
from studio_app.catalogue.searching import rule_where

MOST_TAGS = 200
"""So many of a clip's tags come with its row."""
_CHUNK = 400
_SQL = """SELECT a.id, a.hash, a.name, a.kind, a.seconds, a.engine, a.generation, a.cost, a.created, a.rating, a.used, a.colour,
    a.quality, a.measured, f.width, f.height, f.rate, f.words, f.seed, f.operation,
    (SELECT path FROM place WHERE asset = a.id ORDER BY seen DESC LIMIT 1), (SELECT count(*) FROM tag WHERE asset = a.id)
    FROM asset a LEFT JOIN fact f ON f.asset = a.id WHERE a.id IN ({})"""


def read_rows(db: sqlite3.Connection, ids: Sequence[int], rules: Mapping[str, str]) -> tuple[Row, ...]:
    """The rows of ids, in their order; those that are not there are left out. `rules`: own clusters by rule. Raises sqlite3.Error."""
    found: dict[int, Row] = {}
    for start in range(0, len(ids), _CHUNK):
        chunk = [int(one) for one in ids[start : start + _CHUNK]]
        marks = ", ".join("?" * len(chunk))
        members = _members(db, chunk, marks, rules)
        media: dict[int, list[tuple[str, str]]] = {}
        for asset, project, medium in db.execute(
            f"SELECT asset, project, media FROM use WHERE asset IN ({marks})", chunk
        ):
            media.setdefault(asset, []).append((project, medium))
        for row in db.execute(_SQL.format(marks), chunk):
            one = int(row[0])
            tags = (
                db.execute("SELECT word FROM tag WHERE asset = ? ORDER BY word LIMIT ?", (one, MOST_TAGS))
                if row[21]
                else ()
            )
            found[one] = Row(
                id=one, content_hash=row[1], name=row[2], kind=row[3], seconds=row[4], engine=row[5], generation=row[6],
                cost=row[7], created=row[8], rating=row[9], used=row[10], colour=f"#{row[11]:06x}" if row[11] >= 0 else "",
                quality=row[12], is_measured=bool(row[13]), width=row[14] or 0, height=row[15] or 0, rate=row[16] or 0.0,
                words=row[17] or "", seed=row[18], operation=row[19] or "", path=row[20] or "",
                tags=tuple(word for (word,) in tags), tag_count=row[21], members=tuple(members.get(one, ())),
                media_ids=tuple(media.get(one, ())),
            )  # fmt: skip
    return tuple(found[one] for one in map(int, ids) if one in found)


def _members(
    db: sqlite3.Connection, chunk: Sequence[int], marks: str, rules: Mapping[str, str]
) -> dict[int, list[Member]]:
    found: dict[int, list[Member]] = {}
    sql = f"SELECT asset, cluster, confidence, reasons, manual FROM member WHERE asset IN ({marks}) ORDER BY confidence DESC"
    for asset, cluster, sure, reasons, manual in db.execute(sql, chunk):
        member = Member(cluster, sure, tuple(json.loads(reasons)), bool(manual))
        found.setdefault(asset, []).append(member)
    for cluster, rule in rules.items():
        where = rule_where(rule)
        sql = f"""SELECT a.id FROM asset a WHERE {where.sql} AND a.id IN ({marks})
            AND a.id NOT IN (SELECT asset FROM moved WHERE cluster = ?)"""
        for (asset,) in db.execute(sql, (*where.values, *chunk, cluster)):
            found.setdefault(asset, []).append(Member(cluster, 1.0, ("Its rule says so",)))
    return found
