"""A `Query` as SQL: its filters, its order. What is compared by likeness comes from `similarity` and is joined by id."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from studio_app.catalogue.errors import CatalogueError
from studio_app.catalogue.family import families
from studio_app.catalogue.query import SORTS, UNJUDGED, Query, query_from_json

_WORD = re.compile(r"[^\W_]+")
_MOST_WORDS = 40
ORDERS: Mapping[str, str] = {
    "name": "a.name COLLATE NOCASE, a.id",
    "newest": "a.created DESC, a.id DESC",
    "oldest": "a.created = '', a.created, a.id",
    "rating": "a.rating DESC, a.id DESC",
    "longest": "a.seconds DESC, a.id DESC",
    "shortest": "a.seconds, a.id",
    "cost": "a.cost DESC, a.id DESC",
    "used": "a.used DESC, a.id DESC",
}
OPEN = "a.name <> ''"
"""What holds for every clip that was seen."""
_MASKS = {"genre": "genres", "pacing": "pacings", "style": "styles"}


@dataclass
class Where:
    """Conditions on `asset AS a`, all of which must hold, with their values."""

    parts: list[str] = field(default_factory=lambda: [OPEN])
    values: list[Any] = field(default_factory=list)

    def add(self, part: str, *values: Any) -> None:
        """One condition more."""
        self.parts.append(part)
        self.values += values

    @property
    def sql(self) -> str:
        """All of them."""
        return " AND ".join(self.parts)


def where_of(query: Query, rules: Mapping[str, str]) -> Where:
    """The filters of a question. `rules`: own clusters that go by a rule, as JSON. Raises CatalogueError for a wrong name."""
    where = Where()
    for family_id, column in _MASKS.items():
        if chosen := getattr(query, family_id):
            kinds = [one for one in chosen if one != UNJUDGED]
            others = f" OR a.{column} = 0" if len(kinds) < len(chosen) else ""
            where.add(f"(a.{column} & ? <> 0{others})", _mask(family_id, kinds))
    if query.own:
        _add_own(where, query.own, rules)
    for tag in query.tags:
        where.add("a.id IN (SELECT asset FROM tag WHERE word = ?)", folded_tag(tag))
    if query.rating:
        where.add("a.rating >= ?", query.rating)
    for column, names in (("engine", query.engine), ("kind", query.kind)):
        if names:
            where.add(f"a.{column} IN ({_marks(names)})", *names)
    _add_use(where, query)
    for sql, value in (
        ("a.cost >= ?", query.least_cost),
        ("a.cost <= ?", query.most_cost),
        ("a.seconds >= ?", query.shortest),
        ("a.seconds <= ?", query.longest),
        ("a.created >= ?", query.made_from or None),
        ("a.created <> '' AND a.created < ?", query.made_until or None),
    ):
        if value is not None:
            where.add(sql, value)
    if query.text.strip():
        asked = text_match(query.text)
        where.add("a.id IN (SELECT rowid FROM text WHERE text MATCH ?)" if asked else "0", *([asked] if asked else []))
    return where


def order_of(query: Query) -> str:
    """How SQL sorts it; `nearest` is for what has scores."""
    if query.sort is not None and query.sort not in SORTS:
        raise CatalogueError(f"Clips cannot be sorted by {query.sort!r}. Choose {', '.join(SORTS)}.")
    return ORDERS.get(query.sort or "newest", ORDERS["newest"])


def text_match(text: str) -> str:
    """Words for full-text search: each by its stem, the last one also unfinished; empty where there is none."""
    words = _WORD.findall(text)[:_MOST_WORDS]
    if not words:
        return ""
    *whole, last = (f'"{word}"' for word in words)
    return " AND ".join([*whole, f"({last} OR {last}*)" if len(words[-1]) > 1 else last])


def folded_tag(tag: str) -> str:
    """A tag as it is kept: lower case, single spaces, at most 100 characters."""
    return " ".join(tag.lower().split())[:100]


def _mask(family_id: str, chosen: Sequence[str]) -> int:
    family = families()[family_id]
    wrong = [one for one in chosen if family.kind(one) is None]
    if wrong:
        known = ", ".join(one.id for one in family.kinds)
        raise CatalogueError(f"There is no {family.title.lower()} {wrong[0]!r}. Choose {known}.")
    return sum(1 << family.bit(one) for one in set(chosen))


def _add_own(where: Where, chosen: Sequence[str], rules: Mapping[str, str]) -> None:
    """In one of one's own clusters: by example (kept as members), or by rule (asked anew); what a hand moved goes first."""
    names = [one if one.startswith("own.") else f"own.{one}" for one in chosen]
    either = [f"a.id IN (SELECT asset FROM member WHERE cluster IN ({_marks(names)}))"]
    values: list[Any] = list(names)
    for name in names:
        if rule := rules.get(name):
            inner = rule_where(rule)
            either.append(f"({inner.sql} AND a.id NOT IN (SELECT asset FROM moved WHERE cluster = ? AND belongs = 0))")
            values += [*inner.values, name]
    where.add(f"({' OR '.join(either)})", *values)


def rule_where(rule: str) -> Where:
    """The filters of a cluster's rule. A rule that cannot be read, or asks for likeness or other own clusters, lets nothing through."""
    try:
        query = query_from_json(rule)
        if query.like is not None or query.own:
            raise ValueError("a rule goes by filters")
        return where_of(query, {})
    except (ValueError, CatalogueError):
        return Where(["0"])


def _add_use(where: Where, query: Query) -> None:
    if query.project:
        where.add(f"a.id IN (SELECT asset FROM use WHERE project IN ({_marks(query.project)}))", *query.project)
    if query.used is None:
        return
    if query.project:
        held = f"a.id IN (SELECT asset FROM use WHERE count > 0 AND project IN ({_marks(query.project)}))"
        where.add(held if query.used else f"NOT {held}", *query.project)
    else:
        where.add("a.used > 0" if query.used else "a.used = 0")


def _marks(values: Sequence[Any]) -> str:
    return ", ".join("?" * len(values))
