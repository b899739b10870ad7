"""A chip changed by hand is a change of the prompt's words: pure functions from text to text.

After a change the text is read anew; what the hand changed then reads as it was meant, and the rest as before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from engines.generate.procedural.interpret.counts import count_at
from engines.generate.procedural.interpret.domain import domains
from engines.generate.procedural.interpret.forms import compared, is_plural, plural, singular
from engines.generate.procedural.interpret.steering import steer_at, strength_of
from engines.generate.procedural.interpret.tokens import tokenise
from engines.generate.procedural.interpret.vocabulary import is_gradual, match, rank, title, values
from engines.generate.understood import Chip, Choices, Rewording

COUNTS = (1, 2, 3, 4, 5, 7, 12)
_NUMBERS = {
    1: "a",
    2: "two",
    3: "three",
    4: "four",
    5: "five",
    6: "six",
    7: "seven",
    8: "eight",
    9: "nine",
    10: "ten",
    12: "twelve",
}
_DEGREES = ((0.3, "barely"), (0.45, "slightly"), (1.0, ""), (1.5, "very"), (2.0, "extremely"))
_STRENGTHS = ((0.5, "light"), (1.0, ""), (1.5, "heavy"))
_BY_STRENGTH = ("weather",)
_NOUNS = ("subject", "setting", "feature", "weather", "camera", "wind")
_UNCHANGED = ("duration", "text", "look")
"""Kinds of chips that can only be taken out."""
_FIXED = (
    "subject",
    "setting",
    "feature",
    "weather",
    "camera",
    "shot",
    "time",
    "duration",
    "text",
    "subject_colour",
    "style",
)
_DANGLING = re.compile(
    r"(?:^|(?<=[\s,;]))(?:in front of|next to|on top of|(?:to|on|at) the (?:left|right)(?: side)? of|close to"
    r"|in the middle of|at the foot of|instead of"
    r"|and|or|nor|but|with|at|in|of|on|over|under|above|below|behind|beside|by|near|before|after|through|across|into|from|to|toward|towards"
    r"|along|inside|between|beneath|upon|the|a|an|its|very|no|not|without)\s*$",
    re.IGNORECASE,
)
"""What cannot stand at the end of a phrase that was cut off."""
_ENDS = re.compile(r"\s*(?:,?\s*\b(?:and )?then\b|->|→|[.;!?]|$)")


def choices(chip: Chip) -> Choices:
    """What a chip can be changed to."""
    if chip.domain in _UNCHANGED:
        return Choices(chip.domain.capitalize(), can_be_denied=False)
    listed = tuple(values(chip.domain).items())
    weights: tuple[tuple[float, str], ...] = ()
    if not chip.negated and chip.domain not in _FIXED and is_gradual(chip.domain):
        weights = _DEGREES
    elif not chip.negated and chip.domain in _BY_STRENGTH and chip.value not in ("clear", "cloudy", "storm"):
        weights = _STRENGTHS
    counts = COUNTS if chip.domain == "subject" and not chip.negated else ()
    return Choices(title(chip.domain), listed, weights, counts, chip.domain != "subject_colour")


def reworded(prompt: str, chip: Chip, change: Rewording, chips: Sequence[Chip] = ()) -> str:
    """The prompt with one chip changed; unchanged where the chip does not stand in it. `chips` are all of the prompt."""
    if chip.start < 0 or chip.end > len(prompt):
        return prompt
    if change.value is not None:
        return _with_value(prompt, chip, change.value)
    if change.weight is not None:
        return _with_weight(prompt, chip, change.weight)
    if change.count is not None:
        return _with_count(prompt, chip, change.count)
    if change.negated is not None:
        return _denied(prompt, chip, change.negated, chips)
    return _without(prompt, chip, chips)


def _joined(before: str, after: str) -> str:
    """Two pieces round a cut, without what the cut left dangling."""
    after = after.lstrip()
    closes = not after or after[0] in ",.;:!?)" or bool(_DANGLING.match(after.split()[0])) or after.startswith("->")
    while closes and (loose := _DANGLING.search(before)):
        before = before[: loose.start()]
    before = before.rstrip()
    if before[-1:] in ("", ",", ";", ".", ":", "(") or not before:
        after = re.sub(r"^(?:and|or|nor)\s+|^[,;:]\s*", "", after)
    if after[:1] in ("", ",", ".", ";", "!", "?", ":"):
        before = before.rstrip(" ,;")
    if not before:
        after = after.lstrip(" ,.;:")
    gap = " " if before and after and after[0] not in ",.;:!?)" else ""
    return f"{before}{gap}{after}".strip(" ,;")


def _without(prompt: str, chip: Chip, chips: Sequence[Chip]) -> str:
    """Phrase and what steers it; of "no rain or snow" without rain "no snow" is left, adjectives of their own stay."""
    if chip.negated and len(group := _group(prompt, chip, chips)) > 1:
        left = [prompt[one.start : one.end] for one in group if one != chip]
        listed = " or ".join(part for part in (", ".join(left[:-1]), left[-1]) if part)
        return f"{prompt[: group[0].from_]}no {listed}{prompt[group[-1].end :]}"
    start, end = _outer(prompt, chip)
    before, after = prompt[:start], prompt[end:]
    if chip.domain in _NOUNS:
        own = [one for one in chips if start <= one.start and one.end <= chip.start and one.domain != "subject_colour"]
        if own:
            kept = ", ".join(prompt[one.start : one.end] for one in own)
            text = _joined(before, f", {kept}{'' if after[:1] in ',.;:!?' else ','}{after}")
            return text.strip(" ,;")
    elif after[:1] == " " and after[1:2].isalnum():  # an adjective leaves its noun the article
        rest = after.lstrip()
        return re.sub(r"\s+", " ", f"{_articled(before.rstrip(' ') + ' ', rest)}{rest}").strip()
    return _joined(before, after)


def _group(prompt: str, chip: Chip, chips: Sequence[Chip]) -> list[Chip]:
    """The chips that one denial holds together: "no rain, fog or snow"."""
    group: list[Chip] = []
    for one in chips:
        if not one.negated or one.start < 0:
            if chip in group:
                break
            group = []
        elif not group or _starts_denial(prompt[one.from_ : one.start]):
            if chip in group:
                break
            group = [one]
        else:
            group.append(one)
    return group if chip in group else [chip]


def _outer(prompt: str, chip: Chip) -> tuple[int, int]:
    """From what steers the phrase to its end, brackets of a written weight included."""
    start, end = min(chip.from_, chip.start), chip.end
    if written := re.match(r"\s*:\s*\d*\.?\d+\)", prompt[end:]):
        bracket = prompt.rfind("(", 0, chip.start)
        if bracket >= 0:
            start, end = min(start, bracket), end + written.end()
    return start, end


def _starts_denial(text: str) -> bool:
    """Whether a denial begins here; `nor` goes on with the one before."""
    return _denies(text) and text.split()[:1] != ["nor"]


def _denies(text: str) -> bool:
    words = [token.text for token in tokenise(text) if not token.is_sign]
    return any(steer_at(words, at).kind == "deny" for at in range(len(words)))


def _with_value(prompt: str, chip: Chip, value: str) -> str:
    """Another word in place of the phrase, in its number, with the right article."""
    word = values(chip.domain).get(value, value.replace("_", " ")) if chip.domain else value
    if chip.domain == "subject" and (chip.count > 1 or is_plural(chip.phrase.split()[-1])):
        several = plural(word)
        if any((one.domain, one.value) == (chip.domain, value) for one in match(several.split(), 0).meanings):
            word = several
    return _articled(prompt[: chip.start], word) + word + prompt[chip.end :]


def _articled(before: str, word: str) -> str:
    """The text before a word with `a` or `an` as the word wants it."""
    article = re.search(r"\b(a|an)(\s+)$", before, re.IGNORECASE)
    if article is None:
        return before
    right = "an" if word[:1].lower() in "aeiou" else "a"
    if article.group(1)[0].isupper():
        right = right.capitalize()
    return before[: article.start()] + right + article.group(2)


def _with_weight(prompt: str, chip: Chip, weight: float) -> str:
    """Another degree before the phrase: "slightly red", "heavy rain"."""
    start, end = _outer(prompt, chip)
    steering = prompt[start : chip.start].lstrip("(")
    phrase = prompt[chip.start : chip.end]
    kept = _without_degrees(steering)
    if chip.phrase == phrase.lower() and (root := _root(chip)):
        phrase = root
    degrees = _STRENGTHS if chip.domain in _BY_STRENGTH else _DEGREES
    word = min(degrees, key=lambda one: abs(one[0] - weight))[1]
    added = f"{word} {phrase}" if word else phrase
    return _articled(prompt[:start] + kept, added) + added + prompt[end:]


def _root(chip: Chip) -> str:
    """The plain form of a comparative: dark of darker."""
    for root in compared(chip.phrase)[0]:
        for domain, value in ((chip.domain, chip.value), *chip.also):
            if domain in domains() and root in domains()[domain].lines().get(value, ()):
                return root
    return ""


def _without_degrees(steering: str) -> str:
    """What steers a phrase without the words that say how much."""
    tokens = [token for token in tokenise(steering) if not token.is_sign]
    words = [token.text for token in tokens]
    cut: list[tuple[int, int]] = []
    at = 0
    while at < len(words):
        steer = steer_at(words, at)
        length = steer.length if steer.kind == "degree" else 1 if strength_of(words[at]) and not steer.length else 0
        if length:
            cut.append((tokens[at].start, tokens[at + length - 1].end))
        at += max(1, length)
    for start, end in reversed(cut):
        steering = steering[:start] + steering[end:].lstrip()
    return steering


def _with_count(prompt: str, chip: Chip, count: int) -> str:
    """So many of the subject: "three birds", "a bird"."""
    start = min(chip.from_, chip.start)
    kept = _without_number(prompt[start : chip.start])
    phrase = prompt[chip.start : chip.end]
    phrase = singular(phrase) if count == 1 else plural(singular(phrase))
    before = re.sub(r"\b(?:a|an|the)\s+$", "", prompt[:start], flags=re.IGNORECASE)
    number = _NUMBERS.get(count, str(count))
    rest = f"{kept}{phrase}"
    if number == "a" and rest[:1].lower() in "aeiou":
        number = "an"
    if not before.strip() and prompt[:1].isupper():
        number = number.capitalize()
        rest = rest[:1].lower() + rest[1:]
    return f"{before}{number} {rest}{prompt[chip.end :]}"


def _without_number(steering: str) -> str:
    tokens = [token for token in tokenise(steering) if not token.is_sign]
    words = [token.text for token in tokens]
    for at in range(len(words)):
        _, length = count_at(words, at)
        if length:
            begin, end = tokens[at].start, tokens[at + length - 1].end
            return steering[:begin] + steering[end:].lstrip()
    return steering


def _denied(prompt: str, chip: Chip, denied: bool, chips: Sequence[Chip]) -> str:
    """The wish at the end of its part with `no` or `not` before it, or without."""
    if denied == chip.negated:
        return prompt
    phrase = prompt[chip.start : chip.end]
    start, _ = _outer(prompt, chip)
    if not denied and len(_group(prompt, chip, chips)) == 1:
        return _joined(prompt[:start], phrase + prompt[chip.end :])
    end = _ENDS.search(prompt, chip.end)
    tail = len(prompt) if end is None else end.start()
    after_chip = prompt[tail:]
    rest = _without(prompt[:tail], chip, [one for one in chips if one.end <= tail])
    word = "" if not denied else "no " if chip.domain in _NOUNS else "not "
    return f"{rest}{', ' if rest else ''}{word}{phrase}{after_chip}"


def shown(domain: str, value: str) -> str:
    """What a value is called for people."""
    return values(domain).get(value, value).replace("_", " ") if domain not in _UNCHANGED else value


def ordered(chip: Chip) -> tuple[tuple[str, str], ...]:
    """All meanings of a phrase, the one that names it first."""
    return ((chip.domain, chip.value), *sorted(chip.also, key=lambda one: rank(one[0])))


__all__ = ["COUNTS", "choices", "ordered", "reworded", "shown"]
