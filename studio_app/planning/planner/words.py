"""What plain text says to the planner: shots, sentences, moods, camera moves, and how much of it fits."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from timeline.errors import StoryboardError

MOST_DESCRIPTION: Final = 120
"""Characters of a scene's description."""
MOODS: Final = ("dramatic", "warm", "cool", "upbeat", "fun", "elegant", "neon")
CAMERAS: Final = {
    "slow zoom": "zoom_in",
    "zoom out": "zoom_out",
    "zoom in": "zoom_in",
    "dolly": "dolly_in",
    "pan left": "pan_left",
    "pan right": "pan_right",
    "orbit": "orbit_left",
    "static": "static",
}
_MARKER = re.compile(r"<\s*shot\s+(\d{1,4})\s*>", re.IGNORECASE)
_END = re.compile(r"(?<=[.!?…])[\"'”’)\]]*\s+|(?<=[。！？])")
_SHORTENED = re.compile(r"\b(?:mr|mrs|ms|dr|prof|st|vs|etc|e\.g|i\.e|approx|(?-i:[A-Z]))\.$", re.IGNORECASE)


@dataclass(frozen=True)
class Style:
    """What style words mean: a look for the whole film, a mood and a camera move for its scenes."""

    look: str = ""
    mood: str = ""
    camera: str = ""


def style_of(text: str) -> Style:
    """The words of a style, with commas or spaces between them; what is neither mood nor camera move is the look."""
    rest = " ".join(text.casefold().replace(",", " ").replace("_", " ").split())
    camera = mood = ""
    for words, motion in CAMERAS.items():
        if re.search(rf"\b{words}\b", rest):
            camera = camera or motion
            rest = re.sub(rf"\b{words}\b", " ", rest)
    for word in MOODS:
        if re.search(rf"\b{word}\b", rest):
            mood = mood or word
            rest = re.sub(rf"\b{word}\b(?: mood)?", " ", rest)
    return Style(" ".join(rest.split()), mood, camera)


def shots_in(text: str) -> tuple[str, list[str]]:
    """What stands before the first `<SHOT n>`, and the text of each block; no block where there is no marker."""
    parts = _MARKER.split(text)
    return parts[0].strip(), [" ".join(part.split()) for part in parts[2::2]]


def sentences(text: str) -> list[str]:
    """The sentences of a text, ended by . ! ? or an empty line. "Dr. Who" and "3.5" end nothing."""
    found: list[str] = []
    for paragraph in re.split(r"\n\s*\n", text):
        begun = ""
        for part in _END.split(" ".join(paragraph.split())):
            begun = f"{begun} {part}".strip()
            if begun and not _SHORTENED.search(begun):
                found.append(begun)
                begun = ""
        if begun:
            found.append(begun)
    return [one for one in found if re.search(r"\w", one)]


def merged(texts: list[str], most: int) -> list[str]:
    """At most `most` texts: the two neighbours that are shortest together become one, again and again."""
    if most < 1:
        raise StoryboardError("There is no room for a single scene.")
    row = list(texts)
    while len(row) > most:
        at = min(range(len(row) - 1), key=lambda index: (len(row[index]) + len(row[index + 1]), index))
        row[at : at + 2] = [f"{row[at]} {row[at + 1]}"]
    return row


def spread(texts: list[str], count: int) -> list[str]:
    """What is said, laid on `count` scenes in order, about equally many characters each; scenes at the end may stay silent."""
    if len(texts) <= count:
        return [*texts, *[""] * (count - len(texts))]
    found: list[str] = []
    rest = list(texts)
    for left in range(count, 0, -1):
        fair = sum(map(len, rest)) / left
        taken = [rest.pop(0)]
        while len(rest) > left - 1 and (left == 1 or len(" ".join(taken)) + len(rest[0]) / 2 <= fair):
            taken.append(rest.pop(0))
        found.append(" ".join(taken))
    return found


def shortened(text: str, most: int = MOST_DESCRIPTION) -> str:
    """The text cut between words, with an ellipsis; whole where it fits."""
    text = " ".join(text.split())
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    at = cut.rfind(" ")
    return f"{cut[:at] if at > most // 3 else cut}…".replace(",…", "…")
