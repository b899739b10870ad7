"""One function for each file version, from its dict to that of the next; `project_file` never sees an old one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from timeline.migrations import v0

STEPS: Mapping[int, Callable[[dict[str, Any]], dict[str, Any]]] = {0: v0.migrate}
"""The step that leads away from each old version."""


def migrated(data: dict[str, Any], version: int, target: int) -> dict[str, Any]:
    """The data of a file of `version` as one of `target`. The argument is not changed."""
    while version < target:
        data = STEPS[version](data)
        version += 1
        data = {**data, "starcut": version}
    return data
