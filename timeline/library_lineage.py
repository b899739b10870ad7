"""The family of clips as a project's library tells it: takes know what they were made of and how."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from timeline.items import MediaSource
from timeline.lineage import LineageEdge, LineageGraph, LineageNode, gathered
from timeline.media import Library, Lineage, Take
from timeline.project import Project
from timeline.query import all_clips, media_name
from timeline.time import ZERO

ASKED = "asked"
"""Under which name a lineage keeps the operation that a service was asked for."""
_HASH = 32
"""Digits of a content's hash; ids of media have fewer."""


def lineage_of(library: Library, project: Project | None = None, missing: Collection[str] = ()) -> LineageGraph:
    """The whole family of a library. `project` tells what is used; `missing` are ids of media whose file is not there."""
    makers = {take.media_id: take for take in reversed(list(library.takes.values())) if take.is_made}
    rows = {key: parent_ids(makers[key], library) for key in (*library.media, *makers) if key in makers}
    gone = _gone_ones(rows, makers, library)
    order = [*gone, *library.media, *(key for key in rows if key not in library.media)]
    pairs, refused = _without_circles(
        [(source, key) for key in order for source in rows.get(key, ())], {key: n for n, key in enumerate(order)}
    )
    used = used_media(project) if project is not None else frozenset()
    ways = gathered((target, source) for source, target in pairs)
    nodes: dict[str, LineageNode] = {}
    for key in _parents_first(order, ways):
        if key in gone:
            nodes[key] = _gone(key, *gone[key])
            continue
        generation = max((nodes[one].generation + 1 for one in ways.get(key, ())), default=0)
        nodes[key] = _known(key, generation, library, makers.get(key), key not in missing, key in used)
    edges = tuple(_edge(source, target, makers[target].lineage) for source, target in pairs)
    return LineageGraph(nodes, edges, refused)


def parent_ids(take: Take, library: Library) -> tuple[str, ...]:
    """Media ids of what a take was made of. A take that is no longer known stands under its own id."""
    lineage = take.lineage
    found = lineage.input_media_ids
    if not found:
        known = ((key, library.takes.get(key)) for key in lineage.input_take_ids)
        found = tuple(key if one is None else one.media_id for key, one in known)
    return tuple(dict.fromkeys(one if one in library.media else _by_content(one, library) for one in found))


def _by_content(key: str, library: Library) -> str:
    """A film that came with its own recipe names its parents by their content: the file of that content, if it is here."""
    if len(key) != _HASH:
        return key
    return library.by_content.get(key, key)


def steps_of(lineage: Lineage) -> tuple[tuple[str, Mapping[str, Any]], ...]:
    """The operations a take was made by, each with its values; none where an engine made it from words."""
    request = lineage.request
    chain = request.get("chain")
    rows = chain if isinstance(chain, list | tuple) else [request]
    found = []
    for row in rows:
        if isinstance(row, Mapping) and isinstance(row.get("operation"), str):
            values = row.get("values")
            found.append((row["operation"], values if isinstance(values, Mapping) else {}))
    return tuple(found)


def asked_of(lineage: Lineage) -> tuple[str, Mapping[str, Any]]:
    """The operation a service was asked for in words, with its values; it did it its own way. Empty for all else."""
    return asked_in(lineage.extra.get(ASKED))


def asked_in(asked: object) -> tuple[str, Mapping[str, Any]]:
    """The same of what was kept under ASKED."""
    if not isinstance(asked, Mapping) or not isinstance(asked.get("operation"), str):
        return "", {}
    values = asked.get("values")
    return asked["operation"], values if isinstance(values, Mapping) else {}


def method_of(lineage: Lineage) -> str:
    """How a take was made: its operations joined by arrows, else what a service was asked for, else the engine."""
    return " → ".join(name for name, _ in steps_of(lineage)) or asked_of(lineage)[0] or lineage.engine


def _parameters(lineage: Lineage) -> Mapping[str, Any]:
    """What it was made with, without what other fields tell."""
    steps = steps_of(lineage)
    if len(steps) == 1:
        return steps[0][1]
    if steps:
        return {"chain": [{"operation": name, "values": values} for name, values in steps]}
    sent = {name: value for name, value in lineage.request.items() if value not in ("", None, {}, [], ())}
    return {**sent, **asked_of(lineage)[1]}


def used_media(project: Project) -> frozenset[str]:
    """Files that clips of a project show, in any sequence."""
    sources = (clip.source for _, _, clip in all_clips(project))
    return frozenset(one.media_id for one in sources if isinstance(one, MediaSource))


def _gone_ones(
    rows: Mapping[str, Iterable[str]], makers: Mapping[str, Take], library: Library
) -> dict[str, tuple[Lineage, int]]:
    """Parents the library does not know, with the record of the first child of each and which of its parents it is."""
    gone: dict[str, tuple[Lineage, int]] = {}
    for key, row in rows.items():
        for index, one in enumerate(row):
            if one not in library.media and one not in rows:
                gone.setdefault(one, (makers[key].lineage, index))
    return gone


def _without_circles(
    wanted: Iterable[tuple[str, str]], place: Mapping[str, int]
) -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]:
    """The (source, target) pairs that make no circle, and the others.

    Parents arrive before children, so a circle has a pair that goes back in order of arrival; only such ones are looked at.
    """
    wanted = list(wanted)
    below: dict[str, list[str]] = {}
    for source, target in wanted:
        if place[source] < place[target]:
            below.setdefault(source, []).append(target)
    refused = []
    for source, target in wanted:
        if place[source] >= place[target]:
            if source == target or _leads(target, source, below):
                refused.append((source, target))
            else:
                below.setdefault(source, []).append(target)
    left_out = set(refused)
    return tuple(pair for pair in wanted if pair not in left_out), tuple(refused)


def _leads(start: str, end: str, below: Mapping[str, Iterable[str]]) -> bool:
    seen, waiting = {start}, [start]
    while waiting:
        for one in below.get(waiting.pop(), ()):
            if one == end:
                return True
            if one not in seen:
                seen.add(one)
                waiting.append(one)
    return False


def _parents_first(order: Iterable[str], ways: Mapping[str, Iterable[str]]) -> list[str]:
    """Each after its parents, else in order of arrival. `ways` has no circles."""
    placed: dict[str, None] = {}
    for key in order:
        waiting = [key]
        while waiting:
            above = [parent for parent in ways.get(waiting[-1], ()) if parent not in placed]
            if above:
                waiting += above
            else:
                placed.setdefault(waiting.pop())
    return list(placed)


def _gone(key: str, child: Lineage, index: int) -> LineageNode:
    """A parent nothing is known of but what its child says: it was of an earlier generation, and had a name."""
    facts = child.extra.get("facts")
    facts = facts if isinstance(facts, Mapping) else {}
    label, digest = (_text_at(facts.get(name), index) for name in ("parent_names", "parents"))
    return LineageNode(key, label, "gone", max(0, child.generation - 1), content_hash=digest, is_present=False)


def _text_at(row: object, index: int) -> str:
    value = row[index] if isinstance(row, list | tuple) and index < len(row) else ""
    return value if isinstance(value, str) else ""


def _known(
    key: str, generation: int, library: Library, take: Take | None, is_present: bool, is_used: bool
) -> LineageNode:
    media = library.media.get(key)
    label = (take.name if take is not None else "") or (media_name(media) if media is not None else "")
    lineage = take.lineage if take is not None else Lineage("")
    return LineageNode(
        key,
        label,
        "footage" if take is None else "take",
        generation,
        media.duration if media is not None else ZERO,
        take.id if take is not None else None,
        take.shot_id if take is not None else None,
        lineage.relationship if take is not None else "",
        method_of(lineage),
        _parameters(lineage),
        lineage.engine,
        lineage.engine_version,
        lineage.seed,
        lineage.cost if take is not None else "",
        lineage.created,
        (media.content_hash if media is not None else "") or lineage.content_hash,
        is_present and media is not None,
        is_used,
    )


def _edge(source: str, target: str, lineage: Lineage) -> LineageEdge:
    return LineageEdge(source, target, lineage.relationship, method_of(lineage), _parameters(lineage))
