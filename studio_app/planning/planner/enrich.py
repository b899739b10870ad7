"""A prompt with what its mood and style mean for light, colour, pace, lens and surface; always shown before it is used.

Only what the words leave open is added: a prompt that names its light keeps it. Nothing is added twice.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

ASPECTS: Final = ("light", "colour", "pace", "lens", "surface")
"""In the order in which they are added; one phrase each."""


@dataclass(frozen=True)
class Added:
    """A phrase that was added, the aspect it settles, and the word that called for it."""

    words: str
    aspect: str
    because: str


@dataclass(frozen=True)
class Enriched:
    """The prompt to be shown and, if it pleases, sent; and what of it is not the user's."""

    text: str
    added: tuple[Added, ...] = ()

    @property
    def sentence(self) -> str:
        """What was added and why, for the eye; empty where nothing was."""
        return ", ".join(f"“{one.words}” ({one.because})" for one in self.added)


@dataclass(frozen=True)
class _Meaning:
    """What a word means for a picture; empty: nothing. `words`: others that mean the same."""

    words: str
    light: str = ""
    colour: str = ""
    pace: str = ""
    lens: str = ""
    surface: str = ""


_MOODS: Final[dict[str, _Meaning]] = {
    "calm": _Meaning("peaceful serene quiet tranquil relaxed", "soft even light", "muted colours", "slow, gentle movement"),
    "dreamy": _Meaning("dreamlike ethereal surreal", "hazy glowing light", "pastel colours", "drifting movement"),
    "tense": _Meaning("suspense suspenseful nervous anxious", "hard side light, deep shadows", "cold colours", "restless movement"),
    "dark": _Meaning("ominous sinister grim scary eerie", "low-key light, deep shadows", "desaturated colours", "slow, heavy movement"),
    "melancholy": _Meaning("melancholic sad lonely wistful sombre somber", "overcast light", "blue-grey colours", "slow movement"),
    "mysterious": _Meaning("mystery enigmatic secretive", "light through mist", "deep teal colours", "slow, creeping movement"),
    "happy": _Meaning("joyful cheerful fun playful bright", "bright daylight", "saturated colours", "lively movement"),
    "upbeat": _Meaning("energetic lively dynamic exciting", "bright light with contrast", "vivid colours", "fast, rhythmic movement"),
    "hopeful": _Meaning("uplifting inspiring optimistic", "light at sunrise", "warm colours", "rising movement"),
    "warm": _Meaning("cosy cozy tender intimate", "golden-hour light", "warm amber colours", "gentle movement"),
    "cool": _Meaning("cold icy distant", "blue-hour light", "cool blue colours", "measured movement"),
    "romantic": _Meaning("loving love", "candlelight", "rose and gold colours", "slow, close movement"),
    "dramatic": _Meaning("epic majestic heroic grand", "strong contrast, light from one side", "deep colours", "sweeping movement"),
    "elegant": _Meaning("luxury luxurious graceful refined", "soft studio light", "restrained colours", "slow, smooth movement"),
    "nostalgic": _Meaning("sentimental", "late afternoon light", "faded warm colours", "unhurried movement"),
    "neon": _Meaning("cyberpunk electric", "neon light in the dark", "magenta and cyan colours", "quick movement"),
}  # fmt: skip
_STYLES: Final[dict[str, _Meaning]] = {
    "cinematic": _Meaning("filmic movie film",
                          colour="graded colours, warm lights and cool shadows", lens="shallow depth of field", surface="fine film grain"),
    "documentary": _Meaning("reportage", light="available light", colour="natural colours", lens="handheld camera"),
    "noir": _Meaning("film-noir", light="hard light, long shadows", colour="black and white", lens="low angle"),
    "anime": _Meaning("manga", colour="clear flat colours", surface="thin ink lines, cel shading"),
    "cartoon": _Meaning("comic", colour="bold flat colours", surface="thick outlines"),
    "minimalist": _Meaning("minimal simple clean",
                           colour="few pale colours", lens="wide frame with empty space", surface="plain surfaces"),
    "realistic": _Meaning("photorealistic photoreal natural",
                          light="natural light", colour="true colours", lens="35 mm lens", surface="fine detail"),
    "vintage": _Meaning("retro old-fashioned", colour="faded colours", lens="soft lens", surface="worn film, dust and scratches"),
    "dreamlike": _Meaning("surreal dreamy", light="glowing light", colour="pastel colours", lens="soft focus"),
    "watercolour": _Meaning("watercolor painted aquarelle", colour="washed colours", surface="watercolour on rough paper"),
    "abstract": _Meaning("geometric", colour="blocks of colour", surface="simple shapes"),
    "neon": _Meaning("cyberpunk synthwave", light="neon light", colour="magenta and cyan colours", surface="wet reflecting ground"),
    "product": _Meaning("commercial advert studio",
                        light="softbox light", colour="clean neutral colours", lens="macro lens", surface="spotless surfaces"),
}  # fmt: skip
_SAID: Final[dict[str, re.Pattern[str]]] = {
    "light": re.compile(
        r"\b(\w*light\w*|lit|backlit|sunny|sun|sunset|sunrise|dusk|dawn|twilight|noon|midnight|night|moon\w*|shadow\w*|silhouette\w*|glow\w*|"
        r"golden hour|blue hour|low-key|high-key|overcast|candle\w*|lamp\w*|lantern\w*|contrast)\b"
    ),
    "colour": re.compile(
        r"\b(colou?r\w*|monochrome|black and white|sepia|pastel\w*|saturated|desaturated|vivid|palette|grad(ed|ing)|tint\w*|hues?)\b"
    ),
    "pace": re.compile(r"\b(movement|slow\w*|fast|quick\w*|motion|still|timelapse|time-lapse|rush\w*|drift\w*|racing|frozen)\b"),
    "lens": re.compile(r"\b(lens|focus|depth of field|bokeh|macro|wide|close-up|telephoto|fisheye|handheld|angle|aerial|\d+ ?mm)\b"),
    "surface": re.compile(r"\b(grain\w*|texture\w*|outlines?|ink|shading|paper|canvas|detail\w*|scratch\w*|surfaces?|reflect\w*|shapes)\b"),
}  # fmt: skip
"""Words by which a prompt already says something of an aspect."""
_MOST: Final = {"light": "mood", "pace": "mood"}
"""Who decides an aspect where mood and style both would; else the style."""


def enriched(text: str, mood: str = "", style: str = "") -> Enriched:
    """The text with the phrases that mood and style call for, at its end.

    Several words may stand in `mood` and `style`; the first that means something for an aspect wins. A word nobody knows adds
    itself ("rusty mood"), since it is the user's own. What was enriched once stays as it is.
    """
    words = text.strip().rstrip(".,; ")
    said = text.casefold()
    moods, styles = _meanings(mood, _MOODS), _meanings(style, _STYLES)
    added: list[Added] = []
    for aspect in ASPECTS:
        if _SAID[aspect].search(said):
            continue
        order = (*moods, *styles) if _MOST.get(aspect) == "mood" else (*styles, *moods)
        found = next(((getattr(one, aspect), name) for name, one in order if getattr(one, aspect, "")), None)
        if found is not None:
            added.append(Added(found[0], aspect, found[1]))
    for kind, meanings in (("mood", moods), ("style", styles)):
        added += [
            Added(f"{name} {kind}", kind, name)
            for name, one in meanings
            if one is None and not re.search(rf"\b{re.escape(name)}\b", said)
        ]
    return Enriched(", ".join([words, *(one.words for one in added)]).lstrip(", ") if added else text, tuple(added))


def _meanings(text: str, table: dict[str, _Meaning]) -> tuple[tuple[str, _Meaning | None], ...]:
    """The words of a mood or style with what each means; a text without any known word is one word of its own."""
    whole = " ".join(text.casefold().split()).removesuffix(" mood").removesuffix(" style")
    names = dict.fromkeys(re.findall(r"[\w-]+", whole))
    known = [(name, one) for name in names if (one := _meaning(name, table)) is not None]
    return tuple(known) or (((whole, None),) if whole else ())


def _meaning(name: str, table: dict[str, _Meaning]) -> _Meaning | None:
    return table.get(name) or next((one for one in table.values() if name in one.words.split()), None)
