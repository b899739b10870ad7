"""Words that the engine does not draw, each with the nearest thing it does: a hand-made table, always the same, no model."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_NEAREST = """
sofa: room
"""

NEARBY: Mapping[str, str] = MappingProxyType({})
