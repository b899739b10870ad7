"""What stands around a word and decides what it means there: smoke rises without the camera, a small red boat is red itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from engines.generate.procedural.interpret.colours import COLOURS
from engines.generate.procedural.interpret.forms import forms
from engines.generate.procedural.interpret.steering import size_of, steer_at
from engines.generate.procedural.interpret.vocabulary import NOTHING, Match, Meaning, match

WEARING = frozenset("wearing wears wore dressed clad".split())
BODY = frozenset(
    "hair beard skin eyes dress shirt coat hat jacket suit boots gloves trousers jeans skirt clothes uniform fur "
    "raincoat scarf cap gown robe sweater jumper shoes cape cloak".split()
)
BARE = frozenset("hair beard skin eyes fur".split())
_CAMERAS = frozenset("camera drone lens shot view we jib".split())
_ADVERBS = frozenset("slowly slow gently quickly fast then and smoothly suddenly".split())
_BY_CAMERA = frozenset(
    """
    rise rises rising approach approaches approaching descend descends descending ascend ascends ascending sink
    sinks sinking follow follows following track tracks roll rolls rolling circle recede recedes receding
    retreat retreats retreating withdraw withdraws forward arc arcs reveal reveals crane cranes closer rotation
    whip whips
    """.split()
)
"""What subjects do as well: it moves the camera only where it is said of it."""
_QUIET_ADJECTIVES = frozenset(
    "old new young beautiful lovely pretty little wooden shiny painted bright dark pale light".split()
)
_LOOSE: Mapping[str, Callable[[str, str], bool]] = {
    "lit": lambda before, after: before not in ("so", "is", "super", "very", "really", "totally", "pretty", "party", "and", ".", ",")
    or after in ("by", "with", "up", "window", "windows", "street", "room", "from"),
    "close": lambda before, after: after in ("the", "your", "his", "her", "its", "their", "by"),
    "race": lambda before, after: before == "human",
    "detailed": lambda before, after: True,
    "silhouette": lambda before, after: after == "of" or before not in ("a", "the", "lone", "one", "dark", ".", ","),
    "silhouettes": lambda before, after: after == "of" or before not in ("the", "two", "three", "dark", ".", ","),
}  # fmt: skip
"""Words that mean something only in some places, and when they do not, by the words before and after."""
_NEXT = 4
"""So many words ahead an adjective may find its noun."""

Words = Sequence[str]


def is_sign(word: str) -> bool:
    """Whether it is no word."""
    return not word[0].isalnum()


def is_by_the_way(found: Match, words: Words, at: int) -> bool:
    """Whether a word means nothing here: "lit" is slang, but not in "lit by lamps"."""
    if found.length > 1 or words[at] not in _LOOSE:
        return False
    return _LOOSE[words[at]](words[at - 1] if at else ".", words[at + 1] if at + 1 < len(words) else ".")


def fitting(found: Match, words: list[str], at: int) -> Match:
    """The meanings that fit what stands around: smoke rises without the camera, a slow push in slows the camera alone."""
    before = words[max(0, at - 3) : at]
    if found.length != 1:
        return found
    if before and words[at] in _BY_CAMERA:
        is_said_of_it = bool(set(before) & _CAMERAS) or is_sign(before[-1]) or before[-1] in _ADVERBS
        if not is_said_of_it:
            kept = tuple(one for one in found.meanings if one.domain != "camera")
            return found._replace(meanings=kept) if kept else NOTHING
    if any(one.domain == "pace" for one in found.meanings):
        following = next_meanings(words, at + 1)
        if any(one.domain == "camera" for one in following) or "camera" in before:
            return found._replace(meanings=tuple(one for one in found.meanings if one.domain == "pace"))
    return found


def age_at(words: Words, at: int) -> int:
    """How many words "24 year old" is long: no number of women, nor an old one."""
    is_age = words[at][0].isdigit() and list(words[at + 1 : at + 3]) in (["year", "old"], ["years", "old"])
    return 3 if is_age else 0


def next_meanings(words: list[str], at: int) -> tuple[Meaning, ...]:
    """What the next thing with a meaning is, past adjectives."""
    for place in range(at, min(at + _NEXT, len(words))):
        if is_sign(words[place]):
            return ()
        found = match(words, place)
        if found.meanings and not is_colour(found, words[place]):
            return found.meanings
        if not found.meanings and steer_at(words, place).kind not in ("", "quiet", "degree"):
            return ()
    return ()


def is_colour(found: Match, word: str) -> bool:
    """Whether a word is a colour that a subject can have."""
    return bool(found.meanings) and found.length == 1 and bool(colour_name(word))


def colour_name(word: str) -> str:
    """The plain name of a colour: `red` of `reds`; empty for other words."""
    return next((form for form in forms(word) if form in COLOURS), "")


def subject_follows(words: list[str], at: int) -> bool:
    """Whether only adjectives stand between here and a subject."""
    for place in range(at, min(at + _NEXT, len(words))):
        word = words[place]
        if is_sign(word):
            return False
        following = match(words, place)
        if any(one.domain == "subject" for one in following.meanings):
            return True
        is_adjective = is_colour(following, word) or size_of(word) or word in _QUIET_ADJECTIVES or word == "and"
        if not is_adjective:
            return False
    return False
