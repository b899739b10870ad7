"""The scene of a storyboard's scene: a file of its own, or a group of fields in the storyboard; written as short as it can be."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from engines.errors import EngineError
from engines.generate.procedural.scene.file import from_plain, read_scene, to_plain
from engines.generate.procedural.scene.spec import SceneSpec
from studio_app.planning.storyboard_fields import Fields
from studio_app.planning.storyboard_nodes import Node

NAME = "scene"
_FILMS = ("width", "height", "seconds", "rate", "scene")
"""What the storyboard says itself, for all its scenes."""


def scene_in(fields: Fields) -> Mapping[str, Any]:
    """What the engine shall draw as it is, as plain values; empty where the words decide. Raises StoryboardError."""
    entry = fields.entry(NAME)
    if entry is None:
        return {}
    try:
        if isinstance(entry.value.content, str):
            path = fields.file(NAME)
            return to_plain(read_scene(Path(path))) if fields.place.folder is not None else {}
        return to_plain(from_plain(_value(entry.value)))
    except EngineError as error:
        raise fields.refuse(NAME, f'"{NAME}" of {fields.what}: {error.message}') from error


def compact(scene: Mapping[str, Any]) -> dict[str, Any]:
    """A scene without what is as usual, and without what the storyboard says itself."""
    usual = to_plain(SceneSpec(scene["setting"]))
    return {
        name: value
        for name, value in scene.items()
        if name == "setting" or (name not in _FILMS and value != usual.get(name))
    }


def _value(node: Node) -> Any:
    """A node as a plain value; words that are numbers or truths in JSON are so here, unless they stand in quotes."""
    if isinstance(node.content, tuple):
        return [_value(one) for one in node.content]
    if isinstance(node.content, str):
        if node.quoted:
            return node.content
        try:
            read = json.loads(node.content.strip())
        except ValueError:
            return node.content
        return read if isinstance(read, (int, float, bool)) else node.content
    return {name: _value(entry.value) for name, entry in node.content.items()}
