"""YAML and JSON text as plain values that know their line, so that an error can say where it is.

Only scalars, lists and mappings: no aliases, no tags, one document, limited depth. What a scalar means is decided by the
field that reads it, so `title: 1984` is a title and `duration: 00:05` is five seconds.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from timeline.errors import StoryboardError

MAX_DEPTH = 12
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_ESCAPE = re.compile(r"\\(?:u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})|.)", re.DOTALL)
_NOTHING = {"", "~", "null", "Null", "NULL"}


@dataclass(frozen=True)
class Entry:
    """A key of a mapping with the line it stands on, and its value."""

    line: int
    value: Node


@dataclass(frozen=True)
class Node:
    """One value of the file. `content` is text, a tuple of nodes or a mapping of entries."""

    line: int
    content: str | tuple[Node, ...] | Mapping[str, Entry] = ""
    quoted: bool = field(default=False, compare=False)

    @property
    def is_nothing(self) -> bool:
        """Written as null, or not written at all."""
        return isinstance(self.content, str) and not self.quoted and self.content in _NOTHING

    @property
    def kind(self) -> str:
        """What it is, in words for a message."""
        if isinstance(self.content, str):
            return "nothing" if self.is_nothing else f'"{shortened(self.content)}"'
        return "a list" if isinstance(self.content, tuple) else "a group of fields"


def shortened(text: str, length: int = 60) -> str:
    """Text for a message: one line, not longer than a glance."""
    text = " ".join(text.split())
    return text if len(text) <= length else text[: length - 1] + "…"


def problem(name: str, line: int, sentence: str) -> StoryboardError:
    """The error of one line of a storyboard file."""
    return StoryboardError(f"{name}, line {line}: {sentence}")


def yaml_nodes(text: str, name: str) -> Node:
    """The one document of a YAML text. Raises StoryboardError."""
    try:
        return _document(yaml.parse(text, Loader=_LOADER), name)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise problem(name, line, f"This is not valid YAML: {error.problem or error.context}.") from error
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1 if isinstance(error.position, int) else 1
        raise problem(name, line, "There is a character here that does not belong into text.") from error


def json_nodes(text: str, name: str) -> Node:
    """The value of a JSON text. Raises StoryboardError."""
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        raise problem(name, error.lineno, f"This is not valid JSON: {error.msg}.") from error
    except RecursionError as error:
        raise problem(name, 1, "The file is nested too deeply for a storyboard.") from error
    # JSON is YAML but for tabs (never inside its strings) and escapes in two halves.
    return yaml_nodes(_ESCAPE.sub(_whole_character, text.replace("\t", " ")), name)


def _whole_character(match: re.Match[str]) -> str:
    high, low = match.groups()
    if high is None:
        return match.group(0)
    return chr(0x10000 + ((int(high, 16) - 0xD800) << 10) + int(low, 16) - 0xDC00)


def _document(events: Iterator[Any], name: str) -> Node:
    root = Node(1)
    documents = 0
    for event in events:
        if not isinstance(event, yaml.DocumentStartEvent):
            continue
        documents += 1
        if documents > 1:
            raise problem(name, _line(event), "A storyboard file holds one document; a second begins here.")
        root = _node(next(events), events, name, 0)
    return root


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1


def _node(event: Any, events: Iterator[Any], name: str, depth: int) -> Node:
    line = _line(event)
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
        raise problem(name, line, "Anchors and aliases (& and *) are not allowed in a storyboard; write the value out.")
    if getattr(event, "tag", None):
        raise problem(
            name, line, f'The tag "{shortened(event.tag)}" is not allowed in a storyboard; write a plain value.'
        )
    if depth > MAX_DEPTH:
        raise problem(name, line, "The file is nested too deeply for a storyboard.")
    if isinstance(event, yaml.ScalarEvent):
        return Node(line, event.value, quoted=event.style in ("'", '"'))
    if isinstance(event, yaml.SequenceStartEvent):
        return Node(line, tuple(_items(events, name, depth)))
    return Node(line, _entries(events, name, depth))


def _items(events: Iterator[Any], name: str, depth: int) -> Iterator[Node]:
    for event in events:
        if isinstance(event, yaml.SequenceEndEvent):
            return
        yield _node(event, events, name, depth + 1)


def _entries(events: Iterator[Any], name: str, depth: int) -> dict[str, Entry]:
    entries: dict[str, Entry] = {}
    for event in events:
        if isinstance(event, yaml.MappingEndEvent):
            break
        key = _node(event, events, name, depth + 1)
        if not isinstance(key.content, str):
            raise problem(name, key.line, "The name of a field must be a word.")
        if key.content in entries:
            first = entries[key.content].line
            raise problem(
                name, key.line, f'"{shortened(key.content)}" is already given in line {first}; keep one of them.'
            )
        entries[key.content] = Entry(key.line, _node(next(events), events, name, depth + 1))
    return entries
