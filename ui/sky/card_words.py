"""What the card of a star says in words: its clusters with how sure they are and why, what made it, what it came of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from PySide6.QtCore import QCoreApplication

from studio_app.catalogue.row import Member, Row
from studio_app.session.session import Session
from studio_app.session.sky_media import shown_name
from studio_app.session.sky_stars import FAMILIES
from ui import words
from ui.qt.language import QT_TRANSLATE_NOOP, translated
from ui.sky.still import class_title
from ui.sky.view import SkyView

_FAMILY_TITLES = {
    "genre": QT_TRANSLATE_NOOP("SkyCard", "Genre"),
    "pacing": QT_TRANSLATE_NOOP("SkyCard", "Pacing"),
    "style": QT_TRANSLATE_NOOP("SkyCard", "Style"),
    "own": QT_TRANSLATE_NOOP("SkyCard", "Own cluster"),
}


def own_names(session: Session) -> Mapping[str, str]:
    """The names of the user's own clusters by id."""
    return {one.id: one.name for one in session.constellation.own_clusters()}


def cluster_chips(session: Session, row: Row) -> Iterator[tuple[str, str]]:
    """For each cluster of a clip its name, and in full how sure that is and why; own clusters come last."""
    names = own_names(session)
    for family in (*FAMILIES, "own"):
        for one in row.of(family):
            name = names.get(one.cluster, "") if family == "own" else class_title(one.cluster.partition(".")[2])
            if name:
                yield name, member_words(family, name, one)


def member_words(family: str, name: str, member: Member) -> str:
    """`Genre: Drama, 82 %`, and below it why."""
    head = f"{translated('SkyCard', _FAMILY_TITLES[family])}: {name}, {words.percent(member.confidence)}"
    why = list(member.reasons)
    if member.is_manual and not why:
        why = [QCoreApplication.translate("SkyCard", "You put it there.")]
    return "\n".join([head, *why])


def engine_words(row: Row) -> str:
    """`Starcut engine, seed 4121`; of footage its size."""
    if not row.engine:
        return f"{row.width}x{row.height}" if row.width else ""
    name = engine_name(row.engine)
    return f"{name}, seed {row.seed}" if row.seed is not None else name


def engine_name(engine: str) -> str:
    """What an engine is called among clips."""
    ours = {"procedural": "Starcut engine", "starcut": "Starcut engine", "evolve": "Starcut evolution"}
    return ours.get(engine, engine.replace("_", " ").capitalize())


def origin_words(session: Session, view: SkyView, row: int, data: Row) -> str:
    """`Generation 3 of Harbour at first light`; else what it was asked for."""
    parents = view.model.stars.parents
    if data.generation > 0 and len(parents):
        first, seen = row, {row}
        while len(above := parents[parents[:, 1] == first, 0]) and int(above[0]) not in seen:
            first = int(above[0])
            seen.add(first)
        root = view.model.row_data(first)
        if root is not None and first != row:
            return QCoreApplication.translate("Sky", "Generation {number} of {name}").format(
                number=data.generation, name=shown_name(session, root)
            )
    return data.words.strip().split("\n")[0]
