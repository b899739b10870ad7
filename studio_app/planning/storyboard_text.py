"""Plain text as a storyboard: one scene a paragraph, settings in brackets. The rules are in docs/storyboards.md."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from engines.generate.procedural.compose.moods import MOODS
from studio_app.planning.storyboard_fields import seconds_of, suggestion
from studio_app.planning.storyboard_nodes import Entry, Node, problem, shortened
from timeline.storyboard import CAMERA_MOTIONS, SUBJECT_MOTIONS, TRANSITIONS

_HEADER = re.compile(
    r"(title|global_style|target_resolution|target_fps|narrative_structure|auto_transitions|music|title_card|titles|seed)\s*:(.*)"
)
_NUMBERING = re.compile(r"(?:scene\s+\d+\s*[:.)-]|\d{1,4}[.)])\s+", re.IGNORECASE)
_LEADING = re.compile(r"\[([^\[\]]*)\]\s*")
_TRAILING = re.compile(r"\s*\(([^()]*)\)[.\s]*$")
_LONGEST_TITLE = 80


class _Paragraph(NamedTuple):
    line: int
    lines: list[str]


def text_nodes(text: str, name: str) -> Node:
    """The storyboard in a plain text, as the same nodes that YAML gives. Raises StoryboardError."""
    paragraphs = list(_paragraphs(text))
    fields: dict[str, Entry] = {}
    while paragraphs and (header := _header(paragraphs[0])):
        for key, entry in header.items():
            if key in fields:
                raise problem(
                    name, entry.line, f'"{key}" is already given in line {fields[key].line}; keep one of them.'
                )
            fields[key] = entry
        paragraphs.pop(0)
    if "title" not in fields and paragraphs and _is_title(paragraphs):
        line, lines = paragraphs.pop(0)
        fields["title"] = Entry(line, Node(line, lines[0].lstrip("#").strip(), quoted=True))
        while paragraphs and (header := _header(paragraphs[0])):
            fields.update(header)
            paragraphs.pop(0)
    scenes = tuple(_scene(one, name) for one in paragraphs)
    fields["scenes"] = Entry(1, Node(1, scenes))
    return Node(1, fields)


def _paragraphs(text: str) -> Iterator[_Paragraph]:
    """Runs of lines between empty ones; a `#` heading begins a new one, `---` ends one."""
    lines: list[str] = []
    first = 1
    for number, line in enumerate([*text.split("\n"), ""], 1):
        line = line.strip()
        is_heading = line.startswith("#")
        if lines and (not line or is_heading or set(line) <= {"-", "*", "_"}):
            yield _Paragraph(first, lines)
            lines = []
        if line and not set(line) <= {"-", "*", "_"}:
            first = first if lines else number
            lines.append(line)
            if line.startswith("# "):  # the title stands alone even without an empty line after it
                yield _Paragraph(first, lines)
                lines = []


def _header(paragraph: _Paragraph) -> dict[str, Entry]:
    matches = [_HEADER.fullmatch(line) for line in paragraph.lines]
    found: dict[str, Entry] = {}
    for number, match in enumerate(matches, paragraph.line):
        if match is None:
            return {}
        found[match[1]] = Entry(number, Node(number, match[2].strip()))
    return found


def _is_title(paragraphs: list[_Paragraph]) -> bool:
    lines = paragraphs[0].lines
    if lines[0].startswith("# "):
        return True
    line = lines[0]
    ends_like_a_scene = line.endswith((".", "!", "?", ")", "]")) or line.startswith("[") or _NUMBERING.match(line)
    return len(lines) == 1 and len(paragraphs) > 1 and len(line) <= _LONGEST_TITLE and not ends_like_a_scene


def _scene(paragraph: _Paragraph, name: str) -> Node:
    line, lines = paragraph
    fields: dict[str, Entry] = {}
    if lines[0].startswith("#"):
        _put(fields, "name", lines[0].lstrip("#"), line)
        lines = lines[1:]
    text = _NUMBERING.sub("", " ".join(lines), count=1) if lines and _NUMBERING.match(lines[0]) else " ".join(lines)
    last = line + len(paragraph.lines) - 1
    if match := _LEADING.match(text):
        fields.update(_settings(match[1], name, line, certain=True) or {})
        text = text[match.end() :]
    match = _TRAILING.search(text)
    settings = _settings(match[1], name, last, certain=False) if match else None
    if match and settings is not None:
        fields.update(settings)
        text = text[: match.start()]
    _put(fields, "description", text, line)
    return Node(line, fields)


def _put(fields: dict[str, Entry], key: str, text: str, line: int) -> None:
    fields[key] = Entry(line, Node(line, text.strip(), quoted=True))


def _settings(text: str, name: str, line: int, *, certain: bool) -> dict[str, Entry] | None:
    """Fields of `8 s, dolly in, dreamy`. None when it is just words in brackets, part of the description.

    With a length of time in it (or `certain`) it is meant as settings, and a word that is none is refused.
    """
    fields: dict[str, Entry] = {}
    strange = []
    for part in filter(None, (one.strip() for one in text.split(","))):
        word = re.sub(r"[\s-]+", "_", part).casefold()
        key = next((key for key, words in _MEANING.items() if word in words), "")
        if seconds_of(part) is not None:
            key, word = "duration", part
        if not key or key in fields:
            strange.append(part)
        else:
            _put(fields, key, word, line)
    if strange and (certain or "duration" in fields):
        every = [word.replace("_", " ") for words in _MEANING.values() for word in words]
        hint = (
            suggestion(strange[0], every)
            if _is_near(strange[0], every)
            else "Give a length, a movement, a mood or a transition."
        )
        raise problem(name, line, f'"{shortened(strange[0])}" is not a setting of a scene. {hint}')
    return None if strange or not fields else fields


def _is_near(word: str, names: list[str]) -> bool:
    return suggestion(word, names).startswith("Did")


_MEANING = {
    "camera_motion": tuple(CAMERA_MOTIONS),
    "subject_motion": tuple(word for word in SUBJECT_MOTIONS if word != "none"),
    "transition": tuple(TRANSITIONS),
    "mood": tuple(MOODS),
}
