"""Whether a take is as it was asked for: what the request and the engine's own plan say, against what is measured."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from effects.palettes import PALETTES
from engines.analyse.quality import Quality, Wanted, judge
from engines.analyse.store import Measure, analysed
from engines.generate.base import GenerationRequest, JobLike, Result
from engines.generate.share import Quiet
from timeline.errors import Cancelled, StudioError
from timeline.media import Media

Check = Callable[[Media, GenerationRequest, Result, JobLike], Quality | None]
"""Judges a take that was just made; see `check`."""

log = logging.getLogger(__name__)

_UNMOVED = ("", "static", "none")
_COLOURLESS = ("noir",)
_PALE_WEIGHT = 0.5
"""A palette with less weight is one among others."""


def wanted_of(request: GenerationRequest, facts: Mapping[str, Any]) -> Wanted:
    """What can be checked of what was asked for. `facts` are those of the result: the engine says there what it meant to make."""
    scene = facts.get("scene") or request.scene or {}
    camera = scene.get("camera", {}).get("motion", "") or request.camera_motion
    music = facts.get("music", {})
    return Wanted(
        motion=camera not in _UNMOVED or request.subject_motion not in _UNMOVED,
        flashes=scene.get("weather") == "storm",
        palettes=_palettes(scene),
        sound=request.sound and music.get("presence", "full") != "silence",
    )


def _palettes(scene: Mapping[str, Any]) -> dict[str, str]:
    if scene.get("look") in _COLOURLESS or len(scene.get("shots", ())) > 1 or scene.get("keys"):
        return {}  # each of its parts may have colours of its own
    found = {}
    for use in scene.get("palettes", ()):
        name, own = str(use.get("name", "")), " ".join(str(one).lstrip("#") for one in use.get("colours", ()))
        if use.get("weight", 1.0) >= _PALE_WEIGHT and (own or name in PALETTES):
            found[name or "asked for"] = own or PALETTES[name]
    return found


def check(
    media: Media,
    request: GenerationRequest,
    result: Result,
    cache: Path,
    job: JobLike | None = None,
    measure: Measure = analysed,
) -> Quality | None:
    """Measure a take and judge it; None where that was not possible: a take is never lost by it. Raises Cancelled."""
    try:
        quiet = None if job is None else Quiet(job)  # the film is made, so its job is at its end
        return judge(measure(media, cache, quiet), wanted_of(request, result.facts))
    except Cancelled:
        raise
    except StudioError as error:
        log.info("%s cannot be checked: %s", media.name, error.message)
    except Exception:  # job fence: what is wrong here is no reason to lose a film
        log.exception("%s cannot be checked", media.name)
    return None


def with_quality(result: Result, quality: Quality | None) -> Result:
    """The result with the judgement among its facts."""
    return result if quality is None else replace(result, facts={**result.facts, "quality": quality.as_plain()})
