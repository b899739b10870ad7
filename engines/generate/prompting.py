"""The words that are sent to a remote engine: a template of a named version, filled; notes, camera words and seed words verbatim.

The word filter goes over the parts before they are put together, so that what is sent is filtered and fits. Nothing is cut in the
middle of a word, and nothing that came verbatim is cut at all: what is only a hint goes first.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache

import resources
from engines.errors import EngineError
from engines.generate.moderation import SAFETY_CUES, Changed, Strictness, filtered
from engines.generate.remote.provider import cut_at_words, length_of

CAMERA_WORDS = {
    "static": "static camera", "pan_left": "camera pans left", "pan_right": "camera pans right",
    "tilt_up": "camera tilts up", "tilt_down": "camera tilts down", "zoom_in": "slow zoom in", "zoom_out": "slow zoom out",
    "dolly_in": "camera dollies in", "dolly_out": "camera dollies out", "orbit_left": "camera orbits to the left",
    "orbit_right": "camera orbits to the right", "crane_up": "camera cranes up", "crane_down": "camera cranes down",
}  # fmt: skip
SUBJECT_WORDS = {
    "slow": "moving slowly", "medium": "moving", "fast": "moving fast", "walk": "walking", "run": "running", "fly": "flying",
    "spin": "spinning", "grow": "growing", "shrink": "shrinking",
}  # fmt: skip


@dataclass(frozen=True)
class Parts:
    """What a prompt is built of. `verbatim`: notes, camera notes and seed words, inserted as they are.

    `cues`: words that ask for harmless pictures; never left out.
    """

    description: str
    style: str = ""
    mood: str = ""
    camera: str = ""
    subject: str = ""
    lighting: str = ""
    keywords: Sequence[str] = ()
    verbatim: Sequence[str] = ()
    cues: str = ""


_FILTERED = ("description", "style", "mood", "lighting")


def cleared(parts: Parts, strictness: Strictness, own: Iterable[str] = ()) -> tuple[Parts, tuple[Changed, ...]]:
    """The parts as the word filter leaves them, with words that ask for harmless pictures where it is strict; and all changes.

    `own`: words of the project's list, taken out at any strictness.
    """
    own, changes = tuple(own), list[Changed]()

    def clear(text: str) -> str:
        found = filtered(text, strictness, own)
        changes.extend(found.changes)
        return found.text

    texts = {name: clear(getattr(parts, name)) for name in _FILTERED}
    keywords, verbatim = tuple(map(clear, parts.keywords)), tuple(map(clear, parts.verbatim))
    cues = SAFETY_CUES if strictness is Strictness.STRICT else parts.cues
    if cues != parts.cues:
        changes.append(Changed("", cues, "strict: harmless pictures are asked for"))
    return replace(parts, **texts, keywords=keywords, verbatim=verbatim, cues=cues), tuple(changes)


@dataclass(frozen=True)
class Template:
    """A way of putting the parts in order. `{part}` stands for one; a piece in brackets goes where its part is empty."""

    id: str
    version: str
    text: str
    updated: str = ""

    @property
    def name(self) -> str:
        """What lineage keeps of it."""
        return f"{self.id} {self.version}"


@dataclass(frozen=True)
class Built:
    """The prompt, the template it came from, and what was left out or cut, in sentences."""

    text: str
    template: str
    notes: tuple[str, ...] = ()


@cache
def templates() -> dict[str, tuple[Template, ...]]:
    """The shipped templates by id, their versions from the oldest to the newest."""
    found: dict[str, list[Template]] = {}
    for entry in tomllib.loads(resources.read_text("engines/prompts.toml"))["template"]:
        one = Template(entry["id"], entry["version"], entry["text"], str(entry.get("updated", "")))
        found.setdefault(one.id, []).append(one)
    return {key: tuple(sorted(each, key=lambda one: _numbers(one.version))) for key, each in found.items()}


def newest(template_id: str = "shot") -> Template:
    """The newest version of a template. Raises EngineError for an unknown id."""
    try:
        return templates()[template_id][-1]
    except KeyError:
        raise EngineError(f"There is no template {template_id!r}; choose {', '.join(templates())}.") from None


_HINTS = ("keywords", "lighting", "mood", "style", "subject")
"""What is left out first where a provider takes fewer characters."""


def build(parts: Parts, limit: int, units: str = "characters", template: Template | None = None) -> Built:
    """The prompt, within `limit`. Hints go first, then the description is cut between words; verbatim parts stay.

    Raises EngineError where what must stay verbatim is longer than the provider takes.
    """
    chosen = template or newest()
    values = {
        "description": parts.description.strip().rstrip("."),
        "style": parts.style.strip(),
        "mood": parts.mood.strip(),
        "camera": CAMERA_WORDS.get(parts.camera, parts.camera.replace("_", " ")).strip(),
        "subject": SUBJECT_WORDS.get(parts.subject, "").strip(),
        "lighting": parts.lighting.strip(),
        "keywords": ", ".join(one.strip() for one in parts.keywords if one.strip()),
        "verbatim": " ".join(one for one in parts.verbatim if one),
        "cues": parts.cues.strip(),
    }
    notes = []
    for hint in _HINTS:
        if length_of(_filled(chosen.text, values), units) <= limit:
            break
        if values[hint]:
            notes.append(f"The {hint} was left out: only {limit} {units} are taken.")
            values[hint] = ""
    is_cut = False
    while (over := length_of(_filled(chosen.text, values), units) - limit) > 0:
        room = length_of(values["description"], units) - over
        if room < 1:
            raise EngineError(
                f"The notes that must be sent as they are take more than the {limit} {units} this engine reads. Shorten them."
            )
        values["description"] = cut_at_words(values["description"], room, units)
        is_cut = True
    if is_cut:
        notes.append(f"The description was cut between words: only {limit} {units} are taken.")
    return Built(_filled(chosen.text, values), chosen.name, tuple(notes))


def _filled(text: str, values: dict[str, str]) -> str:
    """The template with its parts; `[…{part}…]` goes where the part is empty."""

    def optional(match: re.Match[str]) -> str:
        inner = match.group(1)
        names = re.findall(r"\{(\w+)\}", inner)
        return inner if any(values.get(name) for name in names) else ""

    shown = re.sub(r"\[([^\[\]]*)\]", optional, text)
    return re.sub(r"\{(\w+)\}", lambda match: values.get(match.group(1), ""), shown).strip(" ,")


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version))
