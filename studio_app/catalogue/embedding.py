"""Embeddings by models, where such are installed: of what is said (`meaning`). Without one, stems and the vocabulary do (`words`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from engines.generate.procedural.interpret.meaning import PACKAGE, installed
from studio_app.catalogue.database import Database
from studio_app.catalogue.filling import said_of
from studio_app.catalogue.similarity import Features, features_of

PART = "meaning"
_BATCH = 32
_LONGEST = 600
"""Characters of a text that the model is given: it reads some sixty pieces of words."""
Vector = NDArray[np.float32]


def text_parts(text: str) -> Mapping[str, Vector]:
    """A text by the model that is installed; nothing without one."""
    model = installed()
    return {} if model is None else {PART: np.asarray(model.vectors([text[:_LONGEST]])[0], np.float32)}


def embed(database: Database, check: Callable[[], None]) -> int:
    """Vectors of what is said of clips, where there is a model and the text has changed; how many were made."""
    model = installed()
    if model is None:
        return 0
    rows = database.all(
        """SELECT t.rowid, t.name, t.words, t.tags, t.notes, t.spoken, e.version FROM text t
           LEFT JOIN embedding e ON e.asset = t.rowid AND e.part = ?""",
        (PART,),
    )
    wanted = []
    for asset, *texts, version in rows:
        text = said_of(*texts)[:_LONGEST]
        mark = f"{PACKAGE}-{blake2b(text.encode(), digest_size=8).hexdigest()}"
        if text and mark != version:
            wanted.append((asset, text, mark))
    for start in range(0, len(wanted), _BATCH):
        check()
        batch = wanted[start : start + _BATCH]
        vectors = model.vectors([text for _, text, _ in batch]).astype(np.float16)
        with database.writing() as db:
            db.executemany(
                "INSERT OR REPLACE INTO embedding VALUES (?, ?, ?, ?)",
                [(asset, PART, mark, row.tobytes()) for (asset, _, mark), row in zip(batch, vectors, strict=True)],
            )
    return len(wanted)


def loaded_embeddings(database: Database, features: Features, models: Mapping[str, str]) -> Features:
    """Features with the vectors of the models that are installed (part to the start of their version)."""
    parts = dict(features.parts)
    for part, version in models.items():
        rows = database.all(
            "SELECT asset, vector FROM embedding WHERE part = ? AND substr(version, 1, ?) = ? ORDER BY asset",
            (part, len(version), version),
        )
        ids = np.array([row[0] for row in rows], np.int64)
        there = np.isin(ids, features.ids)
        if there.any():
            made = np.frombuffer(b"".join(row[1] for row in rows), np.float16).reshape(len(rows), -1).astype(np.float32)
            whole = np.zeros((features.size, made.shape[1]), np.float32)
            whole[np.searchsorted(features.ids, ids[there])] = made[there]
            parts[part] = whole
    return features if len(parts) == len(features.parts) else features_of(features.ids, parts)


def keep_embedding(database: Database, asset: int, part: str, version: str, vector: Vector) -> None:
    """Write down one vector."""
    with database.writing() as db:
        row = (asset, part, version, vector.astype(np.float16).tobytes())
        db.execute("INSERT OR REPLACE INTO embedding VALUES (?, ?, ?, ?)", row)
