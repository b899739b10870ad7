"""What a node of the family says, in the language of the window."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from studio_app.session.lineage import FamilyTree
from timeline.lineage import LineageNode
from ui import words
from ui.qt.language import EFFECTS, FORM, QT_TRANSLATE_NOOP, translated

_OTHERS = {
    "Footage": QT_TRANSLATE_NOOP("Lineage", "Footage"),
    "Text": QT_TRANSLATE_NOOP("Lineage", "Text"),
    "free": QT_TRANSLATE_NOOP("Lineage", "free"),
}
_RELATIONS = {
    "generation": QT_TRANSLATE_NOOP("Lineage", "Made from words"),
    "evolution": QT_TRANSLATE_NOOP("Lineage", "Evolved"),
    "variation": QT_TRANSLATE_NOOP("Lineage", "Variation"),
    "remix": QT_TRANSLATE_NOOP("Lineage", "Remix"),
    "mutation": QT_TRANSLATE_NOOP("Lineage", "Mutation"),
    "extension": QT_TRANSLATE_NOOP("Lineage", "Extension"),
}


def name_of(node: LineageNode) -> str:
    """What a clip is called."""
    return node.label or QCoreApplication.translate("Lineage", "Unknown clip")


def parts_of(tree: FamilyTree, node: LineageNode) -> list[str]:
    """How it was made, part by part: `Time of day`, `night`; with the service and its price where one was sent it."""
    if not node.is_present:
        return [_absence(node)]
    return [_shown(one) for one in tree.words(node)]


def tip_of(tree: FamilyTree, node: LineageNode) -> str:
    """All there is to say about a clip, for the tooltip and for those who hear it."""
    said = [", ".join(_shown(one) for one in tree.words(node))]
    parents = [name_of(tree.graph.nodes[one]) for one in tree.graph.parents(node.id)]
    rows = [name_of(node), *said]
    if node.relationship in _RELATIONS:
        generation = QCoreApplication.translate("Lineage", "{relation}, generation {number}")
        relation = translated("Lineage", _RELATIONS[node.relationship])
        rows.append(generation.format(relation=relation, number=node.generation))
    if parents:
        rows.append(QCoreApplication.translate("Lineage", "Made of {parents}").format(parents=", ".join(parents)))
    if node.seed is not None:
        rows.append(QCoreApplication.translate("Lineage", "Seed {seed}").format(seed=node.seed))
    if node.duration:
        rows.append(words.seconds(node.duration))
    if node.created:
        rows.append(node.created[:16].replace("T", " "))
    if not node.is_present:
        rows.append(_absence(node))
    elif node.is_used:
        rows.append(QCoreApplication.translate("Lineage", "Used in the cut"))
    return "\n".join(row for row in rows if row)


def _absence(node: LineageNode) -> str:
    if node.kind == "gone":  # known by its children alone
        return QCoreApplication.translate("Lineage", "Not in this project")
    return QCoreApplication.translate("Lineage", "File is gone")


def _shown(part: str) -> str:
    if part in _OTHERS:
        return translated("Lineage", _OTHERS[part])
    for context in (EFFECTS, FORM):
        if (found := translated(context, part)) != part:
            return found
    return part
