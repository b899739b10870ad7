"""Where one part of a prompt ends and the next begins: "A, then B", "A -> B", "day turns into night", "from dawn to dusk"."""

from __future__ import annotations

from collections.abc import Sequence

from engines.generate.procedural.interpret.steering import phrases
from engines.generate.procedural.interpret.tokens import Token
from engines.generate.procedural.interpret.vocabulary import match

MOST_BEATS = 12
_THEN = phrases(
    """
    and then, then, after that, afterwards, followed by, moments later, later on, seconds later, minutes later, and
    finally, finally, later, until, cut to, cuts to, cutting to, next up, after which, suddenly
    """
)
"""Said anywhere, these begin a part."""
_KEPT = {"cut", "cuts", "cutting", "suddenly"}
"""They mean something themselves, too."""
_TURNS = phrases(
    """
    turns into, turn into, turning into, turns to, turning to, becomes, become, becoming, changes to, changes into,
    changing to, changing into, transforms into, transforming into, transform into, gives way to, giving way to,
    fades into, fading into, fades to, morphs into, morphing into, melts into, transitions to, transitioning to,
    dissolves into, shifts to, shifting to, passes into, dissolves to
    """
)
"""These begin a part where what follows can follow: day turns into night, leaves turn red, but not "turns to the camera"."""
_FOLLOWING = frozenset("time weather setting palette tone feature mood subject temperature motion tension".split())
_SPAN = frozenset("time weather setting palette tone mood feature temperature".split())
_FILLERS = frozenset("a an the very slowly gradually deep bright dark to early late".split())


def parts_of(tokens: Sequence[Token]) -> list[list[Token]]:
    """The parts in order; one where nothing follows anything."""
    words = [token.text for token in tokens]
    parts: list[list[Token]] = [[]]
    at = 0
    while at < len(tokens):
        length, is_kept = _break_at(words, at, bool(parts[-1]))
        if length and len(parts) < MOST_BEATS:
            if parts[-1]:
                parts.append([])
            if is_kept:
                parts[-1].extend(tokens[at : at + length])
            at += length
            continue
        parts[-1].append(tokens[at])
        at += 1
    return [part for part in parts if any(not token.is_sign for token in part)] or [[]]


def _break_at(words: list[str], at: int, has_before: bool) -> tuple[int, bool]:
    """How many words of a break stand here, and whether they are read as well."""
    word = words[at]
    if word == "->":
        return 1, False
    if not has_before:
        return (1, False) if word == "first" and words[at + 1 : at + 2] == [","] else (0, False)
    for phrase in _THEN:
        if word == phrase[0] and tuple(words[at : at + len(phrase)]) == phrase:
            if phrase == ("then",) and words[at - 2 : at] == ["now", "and"]:
                return 0, False
            return len(phrase), word in _KEPT
    if word == "next" and words[at - 1] in (".", ",", ";"):
        return 1, False
    for phrase in _TURNS:
        if word == phrase[0] and tuple(words[at : at + len(phrase)]) == phrase:
            return (len(phrase), False) if _domains_after(words, at + len(phrase)) & _FOLLOWING else (0, False)
    if word in ("to", "into", "till", "til", "through") and _is_span(words, at):
        return 1, False
    return 0, False


def _domains_after(words: list[str], at: int) -> set[str]:
    """What the next phrase speaks of, past articles."""
    while at < len(words) and words[at] in _FILLERS:
        at += 1
    if at >= len(words) or not words[at][0].isalnum():
        return set()
    return {one.domain for one in match(words, at).meanings}


def _is_span(words: list[str], at: int) -> bool:
    """Whether, as in `from day to night`, `to` stands between two phrases of one domain, and `from` before them."""
    for start in range(at - 1, max(-1, at - 5), -1):
        if words[start] == "from":
            return bool(_domains_after(words, start + 1) & _domains_after(words, at + 1) & _SPAN)
        if not words[start][0].isalnum():
            return False
    return False
