"""The timeline's tools, one in each file. `tools()` finds them."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from ui.timeline_view.tools.base import Tool


@cache
def tools() -> tuple[type[Tool], ...]:
    """The Tool of every file of this folder, in their order."""
    found: list[type[Tool]] = []
    for info in pkgutil.iter_modules(__path__):
        module = importlib.import_module(f"{__name__}.{info.name}")
        found += [
            one
            for one in vars(module).values()
            if isinstance(one, type) and issubclass(one, Tool) and one.id and one.__module__ == module.__name__
        ]
    return tuple(sorted(found, key=lambda tool: tool.order))
