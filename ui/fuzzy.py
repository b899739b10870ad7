"""Finding by typed words: every word must be found, by its beginning, inside, or letter by letter. No Qt here."""

from __future__ import annotations

_WHOLE, _START, _WORD, _INSIDE, _LETTERS = 100, 80, 60, 30, 10


def score(wanted: str, text: str) -> int | None:
    """How well a text fits what was typed, larger is better; None: not at all. No words fit everything."""
    text = text.casefold()
    total = 0
    for word in wanted.casefold().split():
        found = _score_of(word, text)
        if found is None:
            return None
        total += found
    return total - len(text) // 20


def _score_of(word: str, text: str) -> int | None:
    if word == text:
        return _WHOLE
    place = text.find(word)
    if place == 0:
        return _START
    if any(part.startswith(word) for part in text.replace("-", " ").split()):
        return _WORD
    if place > 0:
        return _INSIDE
    return _LETTERS - _spread(word, text) if len(word) > 1 and _spread(word, text) < _LETTERS else None


def _spread(word: str, text: str) -> int:
    """How many letters lie between those of the word, found in their order; at least 10 when they are not there."""
    at = start = text.find(word[0])
    for letter in word[1:]:
        at = text.find(letter, at + 1) if at >= 0 else -1
    return at - start + 1 - len(word) if at >= 0 else _LETTERS
