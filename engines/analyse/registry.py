"""Finds the measures: every public file of `measures/` holds exactly one."""

from __future__ import annotations

from functools import cache
from typing import Any

import engines.analyse.measures
from effects.registry import Registry, discover
from engines.analyse.base import Measure


@cache
def measures() -> Registry[Measure[Any]]:
    """All of `engines/analyse/measures`, by id."""
    return discover(engines.analyse.measures, Measure)  # type: ignore[type-abstract]
