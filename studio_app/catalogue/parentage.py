"""Which clip came of which, as projects tell it: each project for itself, all together a graph without circles."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from studio_app.catalogue.row import Edge
from studio_app.catalogue.saying import asset_of

Ids = NDArray[np.int64]


def put_edges(db: sqlite3.Connection, project_id: str, edges: Sequence[Edge]) -> None:
    """What a project tells of parents and children, in place of what it told. Of itself nothing comes."""
    after = {}
    for one in edges:
        parent, child = asset_of(db, one.parent), asset_of(db, one.child)
        if parent != child:
            after[parent, child] = (one.relationship, one.operation)
    rows = db.execute("SELECT parent, child, relationship, operation FROM edge WHERE project = ?", (project_id,))
    before = {(parent, child): (relationship, operation) for parent, child, relationship, operation in rows}
    changed = [key for key in {*before, *after} if before.get(key) != after.get(key)]
    db.executemany(
        "DELETE FROM edge WHERE project = ? AND parent = ? AND child = ?", [(project_id, *key) for key in changed]
    )
    db.executemany(
        "INSERT INTO edge VALUES (?, ?, ?, ?, ?)", [(project_id, *key, *after[key]) for key in changed if key in after]
    )
    # An earlier version did not know whose an edge was: those of clips that this project has are its own, as told now.
    db.execute(
        "DELETE FROM edge WHERE project = '' AND child IN (SELECT asset FROM use WHERE project = ?)", (project_id,)
    )


def read_edges(db: sqlite3.Connection) -> Ids:
    """(m, 2): parent and child, of clips that were seen both; edges of a circle, which only damaged projects tell, are left out."""
    sql = """SELECT DISTINCT e.parent, e.child FROM edge e JOIN asset p ON p.id = e.parent JOIN asset c ON c.id = e.child
             WHERE p.name <> '' AND c.name <> '' ORDER BY e.parent, e.child"""
    return without_circles(np.array(db.execute(sql).fetchall(), np.int64).reshape(-1, 2))


def without_circles(edges: Ids) -> Ids:
    """The edges but for those that lie on a circle, or between two circles."""
    left = np.ones(len(edges), bool)
    for end, other in ((1, 0), (0, 1)):  # first what hangs on no circle from above is put aside, then from below
        while left.any():
            free = left & ~np.isin(edges[:, other], edges[left, end])
            if not free.any():
                break
            left &= ~free
    return edges[~left]
