"""Words that shall stand in the picture: title "Hello", saying 'Hi', explain X, how to X."""

from __future__ import annotations

import re
from typing import NamedTuple

from engines.generate.procedural.intent import TextWish

MOST_TEXT = 80
_MOST_TEXTS = 6
_PAIRS = (('"', '"'), ("“", "”"), ("„", "“"), ("„", "”"), ("«", "»"))
_QUOTED = "(?:" + "|".join(
    [f"{one}([^{other}\\n]{{1,200}}){other}" for one, other in _PAIRS]
    + [r"'([^'\n]{1,200})'(?!\w)", r"‘([^’\n]{1,200})’(?!\w)"]
) + ")"  # fmt: skip
_GROUPS = len(_PAIRS) + 2
_CUES = {
    "title": "title|titles|titled|headline|heading|logo|called|named|entitled|name",
    "subtitle": "subtitle|subtitles|tagline|subheading|subline|slogan|byline",
    "caption": "caption|captions|captioned|text|texts|word|words|lettering|saying|says|say|read|reads|reading|written|writing|sign"
    "|label|labelled|labeled|overlay|message|banner|inscription|credit|credits|typography|quote|spelling|lower[ -]third|with",
}
_PLACES = {
    "lower_third": "lower[ -]third",
    "upper_third": "upper[ -]third",
    "top": "(?:at|on|along) (?:the )?top",
    "bottom": "(?:at|on|along) (?:the )?bottom",
    "left": "(?:at|on) (?:the )?left",
    "right": "(?:at|on) (?:the )?right",
    "centre": "(?:in|at|on) (?:the )?(?:middle|centre|center)|centred|centered",
}
_BETWEEN = "that|which|the|a|it|says|reads|saying|reading|of|words?|text|is|in big letters|in large letters"
_WITH_CUE = re.compile(
    rf"\b(?P<cue>{'|'.join(_CUES.values())})\b(?:\s*[:=,]?\s*(?:{_BETWEEN}))*\s*[:=]?\s*{_QUOTED}", re.IGNORECASE
)
_UNQUOTED = re.compile(
    r"\b(?P<kind>title|subtitle|caption|headline|text|lower third)\s*[:=]\s*(?P<text>[^\"“'.,;\n]{1,80})", re.IGNORECASE
)
_KINDS = {"headline": "title", "text": "caption", "lower third": "caption"}
_ASKING = {
    "explainer": (
        r"explain(?:s|ing|ed)?(?:\s+(?:to me|us|me))?|explainer\s+(?:on|about|of|for)|explanation of"
        r"|what\s+(?:is|are)|why\s+(?:is|are|do|does)|how\s+do(?:es)?"
    ),
    "tutorial": (
        r"tutorial\s+(?:on|about|for|of)|how[\s-]to(?:\s+(?:on|about))?|guide\s+(?:to|on|for)"
        r"|step[- ]by[- ]step(?:\s+(?:guide|on|to))?|walkthrough\s+of|demo(?:nstration)?\s+of|instructions\s+(?:for|on)"
    ),
    "educational": (
        r"teach(?:es|ing)?(?:\s+(?:me|us|about|kids|children))*|lesson\s+(?:on|about|in)|lecture\s+(?:on|about)"
        r"|introduction\s+to|intro\s+to|learn(?:ing)?\s+about|course\s+(?:on|in)|basics\s+of"
    ),
}
_ASKED = re.compile(
    rf"\b(?:{'|'.join(f'(?P<{name}>{words})' for name, words in _ASKING.items())})\s+(?P<topic>[^.,;:!?\n\"→]{{1,120}})",
    re.IGNORECASE,
)
_TOPIC_ENDS = re.compile(
    r"\s+(?:in (?:a|an) .*style|in (?:\w+ )?style|with (?:a |an |the )?(?:title|music|text|caption)|then|->|for \d+.*|lasting .*"
    r"|works?$|please$)",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"^(?:a|an|the)\s+", re.IGNORECASE)


class Texts(NamedTuple):
    """What shall be written, the template that was asked for, and the stretches of the prompt that are only text."""

    wishes: tuple[TextWish, ...] = ()
    template: str = ""
    taken: tuple[tuple[int, int], ...] = ()


def texts_in(prompt: str) -> Texts:
    """All requests for text. A quotation without a word like "title" before it is read like any other words."""
    wishes: list[TextWish] = []
    taken: list[tuple[int, int]] = []
    if any(sign in prompt for sign in "\"“„«'‘"):
        for match in _WITH_CUE.finditer(prompt):
            cue = match.group("cue").lower()
            inner = next(group for group in match.groups()[-_GROUPS:] if group is not None)
            if cue == "with" and match.group().rstrip()[-1] == "'":
                continue  # with 'scare quotes'
            kind = next(kind for kind, words in _CUES.items() if re.fullmatch(words, cue, re.IGNORECASE))
            end = _place_end(prompt, match.end())
            wishes.append(TextWish(_shown(inner), kind, _place(prompt[match.start() : end])))
            taken.append((match.start(), end))
    for match in _UNQUOTED.finditer(prompt):
        if any(match.start() < end and start < match.end() for start, end in taken):
            continue
        kind = match.group("kind").lower()
        kind = _KINDS.get(kind, kind)
        wishes.append(TextWish(_shown(match.group("text")), kind, _place(match.group())))
        taken.append(match.span())
    template = ""
    asked = _ASKED.search(prompt)
    if asked:
        template = next(name for name in _ASKING if asked.group(name))
        if not wishes:
            wishes.append(TextWish(_headed(asked, template), "title"))
    return Texts(tuple(wishes[:_MOST_TEXTS]), template, tuple(taken))


def _place(text: str) -> str:
    return next((name for name, words in _PLACES.items() if re.search(words, text, re.IGNORECASE)), "")


def _place_end(prompt: str, at: int) -> int:
    """Past "in the lower third" behind a quotation."""
    for words in _PLACES.values():
        match = re.compile(rf"\s+(?:in (?:the |a )?)?(?:{words})", re.IGNORECASE).match(prompt, at)
        if match:
            return match.end()
    return at


def _shown(text: str) -> str:
    return " ".join(text.split())[:MOST_TEXT].strip()


def _headed(asked: re.Match[str], template: str) -> str:
    """The heading of an explanation: "How volcanoes work", "How to bake bread", "Photosynthesis"."""
    start = asked.group(template).lower()
    topic = asked.group("topic")
    works = bool(re.search(r"\bworks?\s*$", topic, re.IGNORECASE))
    topic = _TOPIC_ENDS.split(topic, 1)[0].strip()
    if start.startswith("how") and "to" in re.split(r"[\s-]", start):
        topic = f"how to {topic}"
    elif start.startswith("how"):
        bare = _ARTICLE.sub("", topic)
        topic = f"how {bare} {'work' if bare.endswith('s') else 'works'}"
    elif start.startswith("why"):
        topic = f"why {topic}"
    elif works and topic.lower().startswith("how"):
        topic = f"{topic} work" if topic.endswith("s") else f"{topic} works"
    topic = re.sub(r"^(?:about|the topic of)\s+", "", topic, flags=re.IGNORECASE)
    return _shown(topic[:1].upper() + topic[1:])
