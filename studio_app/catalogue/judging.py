"""Which clusters a clip belongs to, by what is said of it and by what was measured: how surely, and why.

What is said goes first: a word makes a kind likely, and figures make it more or less so. Of what nothing is said, figures
decide alone, and have to be clear. `Evidence` is that, before the user's hand: see `teaching` for what moves make of it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from math import inf

from studio_app.catalogue.camera import SAYS, clusters_seen, moves
from studio_app.catalogue.family import Family, Hint, Kind, families
from studio_app.catalogue.row import Member
from studio_app.catalogue.traits import Traits
from studio_app.catalogue.words import LONGEST, clusters_said

VERSION = "3"
"""Of the judgement: clips judged by another one are judged anew."""
LEAST = 0.4
"""Below this a clip is not in a cluster."""
_BEHIND = 0.3
"""A second genre or style stands so little behind the first."""
_SAID, _MORE = 0.8, 0.6
"""How surely one word tells; each further one takes off so much of the rest of the doubt."""
_BY_FIGURES = 0.15
"""How far figures raise or lower what is said."""
_SEEN, _BY_CAMERA = 0.62, 0.1
"""How surely the camera tells that was measured to be what a kind is called (handheld), and how far figures raise or lower that."""
_MOVE = 1.0
"""The weight of a move of the camera that belongs to a kind, beside its other hints."""
_CLEAR, _UNSAID = 1.5, 0.6
"""Figures alone: how steeply they count beyond their half (0.75 at most: they hint), and how much where something else is said."""
_REASONS, _TELLS = 3, 0.6
_ENOUGH = 0.6
"""Of a kind's hints has to be known; what is missing leaves as much in doubt."""
DEFAULT_CUTS = 15.0
"""Cuts a minute of what nothing is known about (domain facts)."""
_VERY_SLOW, _SLOW = 0.012, 0.02
"""Picture widths a second of what hardly moves."""
_LONG_TAKE = 20.0
"""Seconds from which a single shot says by its length how fast a film is cut."""
_PACES = ((0.012, 1.0), (0.05, 4.0), (0.12, 10.0), (0.28, 22.0), (0.55, 40.0), (inf, 60.0))
"""A single short shot: cuts a minute of films that move as fast as it does."""


@dataclass(frozen=True)
class Evidence:
    """Confidence (0..1) and reasons for each cluster that anything speaks for, before the user's moves."""

    confidence: Mapping[str, float] = field(default_factory=dict)
    reasons: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def as_json(self) -> str:
        """For the catalogue."""
        plain = {name: [round(value, 3), *self.reasons.get(name, ())] for name, value in self.confidence.items()}
        return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))


def evidence_from_json(text: str) -> Evidence:
    """What `as_json` gave. Raises ValueError."""
    plain = json.loads(text)
    return Evidence(
        {name: float(row[0]) for name, row in plain.items()}, {name: tuple(row[1:]) for name, row in plain.items()}
    )


def judge(traits: Traits | None, text: str) -> Evidence:
    """What speaks for each cluster."""
    said = clusters_said(text)
    confidence: dict[str, float] = {}
    reasons: dict[str, tuple[str, ...]] = {}
    camera = moves(traits.camera if traits is not None else "", text[:LONGEST])
    for family in families().values():
        found = _paced(family, traits, said) if family.id == "pacing" else _kinds(family, traits, said, camera)
        for kind, (sure, why) in found.items():
            confidence[f"{family.id}.{kind}"] = round(min(0.99, max(0.0, sure)), 3)
            reasons[f"{family.id}.{kind}"] = why
    return Evidence(confidence, reasons)


def members_of(confidence: Mapping[str, float], reasons: Mapping[str, Sequence[str]]) -> list[Member]:
    """The clusters a clip is in: of each family the surest, and those that are hardly less sure, as many as it allows."""
    found: list[Member] = []
    for family in families().values():
        rows = [
            (confidence[cluster], cluster)
            for kind in family.kinds
            if (cluster := f"{family.id}.{kind.id}") in confidence and confidence[cluster] >= LEAST
        ]
        rows.sort(key=lambda one: -one[0])
        found += [
            Member(cluster, sure, tuple(reasons.get(cluster, ())))
            for sure, cluster in rows[: family.most]
            if sure >= rows[0][0] - _BEHIND
        ]
    return found


def _kinds(
    family: Family, traits: Traits | None, said: Mapping[str, Sequence[str]], camera: Set[str]
) -> dict[str, tuple[float, tuple[str, ...]]]:
    anything = any(cluster.startswith(f"{family.id}.") for cluster in said)
    seen = clusters_seen(traits.camera) if traits is not None else {}
    found = {}
    for kind in family.kinds:
        words = said.get(f"{family.id}.{kind.id}", ())
        held, why = _measured(kind, traits, camera)
        if words:
            sure = (
                1 - (1 - _SAID) * _MORE ** (len(words) - 1) + (_BY_FIGURES * (2 * held - 1) if held is not None else 0)
            )
            found[kind.id] = (sure, (_spoken(words), *why))
            continue
        sure = 0.0
        if held is not None and held > 0.5:
            sure = (held - 0.5) * _CLEAR * (_UNSAID if anything else 1.0)
        if moved := seen.get(f"{family.id}.{kind.id}"):
            sure = max(sure, _SEEN + (_BY_CAMERA * (2 * held - 1) if held is not None else 0))
            why = tuple(dict.fromkeys((*(SAYS[one] for one in moved if one in SAYS), *why)))
        if sure > 0:
            found[kind.id] = (sure, why)
    return found


def _spoken(words: Sequence[str]) -> str:
    named = ", ".join(f"“{word}”" for word in words[:3])
    return f"{named} {'is' if len(words) == 1 else 'are'} said of it"


def _measured(kind: Kind, traits: Traits | None, camera: Set[str]) -> tuple[float | None, tuple[str, ...]]:
    """How far the hints of a kind hold, by weight, and the sentences of those that hold best; None where too little is known."""
    if traits is None or not kind.hints:
        return None, ()
    known = [(one, one.holds(traits.figures[one.figure])) for one in kind.hints if one.figure in traits.figures]
    weight, whole = sum(one.weight for one, _ in known), sum(one.weight for one in kind.hints)
    if weight < _ENOUGH * whole:
        return None, ()
    telling = sorted((row for row in known if row[1] >= _TELLS), key=lambda row: -row[0].weight * row[1])
    why = tuple(_sentence(one, traits) for one, _ in telling[:_REASONS])
    sums = sum(one.weight * held for one, held in known)
    if moved := [one for one in kind.cameras if one in camera]:
        sums, weight, whole = sums + _MOVE, weight + _MOVE, whole + _MOVE
        why = (*why, SAYS[moved[0]])
    return 0.5 + (sums / weight - 0.5) * weight / whole, why


def _sentence(hint: Hint, traits: Traits) -> str:
    text = hint.says.format(traits.figures[hint.figure])
    return text[:1].upper() + text[1:]


def _paced(
    family: Family, traits: Traits | None, said: Mapping[str, Sequence[str]]
) -> dict[str, tuple[float, tuple[str, ...]]]:
    """One kind by cuts a minute; where nothing was measured, what is said, else the usual pace."""
    cuts, why, trust = _cuts(traits)
    if traits is None or trust == 0:
        spoken: dict[str, tuple[float, tuple[str, ...]]] = {
            kind.id: (_SAID, (_spoken(words),)) for kind in family.kinds if (words := said.get(f"pacing.{kind.id}"))
        }
        if spoken or traits is not None:  # sound alone has no pace that cuts would tell
            return spoken
        return {"dynamic": (LEAST, (why,))}
    level = traits.figures.get("motion.level")
    for kind in family.kinds:
        low, high = kind.cuts or (0.0, 0.0)
        if not low <= cuts < high:
            continue
        if kind.id == "contemplative" and (level is None or level >= _SLOW):
            continue
        inside = min(cuts - low if low else inf, high - cuts) / min(10.0, high - low)
        sure = (0.6 + 0.35 * min(1.0, 3 * inside)) * trust
        if words := said.get(f"pacing.{kind.id}"):
            sure = 1 - (1 - sure) * _MORE
        extra = (f"It hardly moves ({level:.3f} picture widths a second)",) if kind.id == "contemplative" else ()
        return {kind.id: (sure, (why, *extra, *((_spoken(words),) if words else ())))}
    return {}


def _cuts(traits: Traits | None) -> tuple[float, str, float]:
    """Cuts a minute, a sentence on where they come from, and how far they are to be trusted."""
    if traits is None or (traits.seconds is None and "cuts.per_minute" not in traits.figures):
        return DEFAULT_CUTS, "Nothing was measured: the usual pace", 0.0
    per_minute, seconds = traits.figures.get("cuts.per_minute"), traits.seconds or 0.0
    count = traits.figures.get("cuts.count", per_minute or 0.0)
    if per_minute is not None and (count >= 1 or seconds >= _LONG_TAKE):
        trust = 1.0 if count >= 3 or seconds >= 2 * _LONG_TAKE else 0.85
        return per_minute, f"{per_minute:.0f} cuts a minute", trust
    level = traits.figures.get("motion.level")
    if level is None:
        return DEFAULT_CUTS, "Nothing was measured: the usual pace", 0.0
    pace = next(pace for most, pace in _PACES if level < most)
    return pace, f"A single shot of {seconds:.1f} s, judged by its motion ({level:.2f} picture widths a second)", 0.75
