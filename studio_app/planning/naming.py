"""Short names from long sentences, for shots, projects and films."""

from __future__ import annotations

MOST_WORDS = 5
_LEADING = frozenset(
    "a an the this that its his her their our my in on at to of by for from with into onto over under through across "
    "past behind before after beside between above below along around near and or but while as is are".split()
)
"""Words that begin what follows them: a name must not end inside of it."""


def first_words(text: str) -> str:
    """The first words of a text; where it goes on, cut before the phrase that would be left open.

    >>> first_words("A paper boat drifts past the harbour at dusk.")
    'A paper boat drifts'
    """
    words = text.split()
    kept = words[:MOST_WORDS]
    if len(words) > MOST_WORDS:
        opened = [place for place, word in enumerate(kept) if place >= 2 and word.lower() in _LEADING]
        if opened:
            kept = kept[: opened[-1]]
        while len(kept) > 2 and kept[-1].lower() in _LEADING:
            kept.pop()
    return " ".join(kept).rstrip(".,;:!?")
