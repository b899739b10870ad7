"""Scene graph 2.0: scenes with their media, words, style and transitions, as JSON. Times are milliseconds.

The contract is domain facts 5.2; what it leaves open is decided here: a scene's transition leads *into* it, its audio is a
sound file, a text overlay has its `text`, a custom place `x` and `y` in percent.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated, Literal

from pydantic import Field

from studio_app.planning.planner.contract import Fault, Strict, parsed

LEAST_MS, MOST_MS = 1000, 60_000
PASSAGE_MS = 500
"""A transition, whose length a scene graph does not say."""
Text = Annotated[str, Field(max_length=4000)]
Name = Annotated[str, Field(min_length=1, max_length=1000)]
Effect = Literal["ken_burns_zoom", "ken_burns_pan", "slow_zoom_in", "slow_zoom_out", "static"]
Engine = Literal["runway", "pika", "luma", "local"]
Passage = Literal["cut", "fade", "fade_black", "swipe_left", "swipe_right"]
Corner = Literal["center", "top-left", "top-right", "bottom-left", "bottom-right", "custom"]
SoundKind = Literal["voiceover", "music", "sfx"]


class SceneMedia(Strict):
    """What is seen: a file, or what an engine makes of a prompt."""

    type: Literal["image", "video"]
    asset: Name | None = None
    engine: Engine | None = None
    prompt: Text | None = None
    effect: Effect | None = None


class SceneAudio(Strict):
    """What is heard in this scene."""

    type: SoundKind = "sfx"
    file: Name
    volume: Annotated[float, Field(ge=0, le=2)] = 1.0


class SceneStyle(Strict):
    """How it looks, in words."""

    mood: Text | None = None
    camera_motion: Text | None = None
    lighting: Text | None = None


class SceneOverlay(Strict):
    """What lies over it."""

    type: Literal["product_image", "logo", "text", "graphic"]
    asset: Name | None = None
    text: Text | None = None
    position: Corner = "center"
    scale: Annotated[float, Field(ge=0.01, le=2)] = 1.0
    opacity: Annotated[float, Field(ge=0, le=1)] = 1.0
    x: Annotated[float, Field(ge=-100, le=200)] | None = None
    y: Annotated[float, Field(ge=-100, le=200)] | None = None


class Scene(Strict):
    """One scene. `duration` counts its parts of the transitions: they overlap."""

    id: Annotated[int, Field(ge=1)]
    description: Text
    duration: Annotated[int, Field(ge=LEAST_MS, le=MOST_MS)]
    media: SceneMedia
    caption: Text | None = None
    audio: SceneAudio | None = None
    style: SceneStyle | None = None
    overlays: tuple[SceneOverlay, ...] = ()
    transition: Passage | None = None


class GlobalAudio(Strict):
    """What is heard over all."""

    voiceScript: Text | None = None  # noqa: N815 - the contract's name
    voiceFile: Name | None = None  # noqa: N815
    backgroundMusic: Name | None = None  # noqa: N815


class SceneGraph(Strict):
    """The whole."""

    version: Literal["2.0"]
    scenes: Annotated[tuple[Scene, ...], Field(min_length=1, max_length=60)]
    globalAudio: GlobalAudio = GlobalAudio()  # noqa: N815

    @property
    def film_ms(self) -> int:
        """How long the film is: a transition takes half a second, of half a scene at most, that two scenes share."""
        whole = sum(one.duration for one in self.scenes)
        for before, one in pairwise(self.scenes):
            if one.transition not in (None, "cut"):
                whole -= min(PASSAGE_MS, before.duration // 2, one.duration // 2)
        return whole


def parsed_graph(text: str, where: str = "") -> SceneGraph:
    """A scene graph out of its text. Raises ContractError naming the path of each fault."""
    return parsed(text, SceneGraph, graph_faults, where)


def graph_faults(graph: SceneGraph) -> list[Fault]:
    """What breaks a rule that no single field can break."""
    faults: list[Fault] = []
    first: dict[int, int] = {}
    for index, scene in enumerate(graph.scenes):
        at = f"scenes[{index}]"
        if scene.id in first:
            faults.append(Fault(f"{at}.id", f"{scene.id} is the id of scenes[{first[scene.id]}] already"))
        first.setdefault(scene.id, index)
        faults += _media_faults(scene.media, f"{at}.media")
        for number, overlay in enumerate(scene.overlays):
            faults += _overlay_faults(overlay, f"{at}.overlays[{number}]")
    whole = sum(one.duration for one in graph.scenes)
    if whole > MOST_MS:
        faults.append(Fault("scenes", f"The durations add up to {whole} ms; {MOST_MS} ms are the most"))
    return faults


def _media_faults(media: SceneMedia, at: str) -> list[Fault]:
    if media.engine is not None and not (media.prompt or "").strip():
        return [Fault(f"{at}.prompt", "It is missing, and an engine needs one")]
    if media.type == "image" and media.asset is None and media.engine is None:
        return [Fault(f"{at}.asset", "It is missing; an image is a file, or made by an engine")]
    if media.type == "video" and media.asset is None and media.engine is None:
        return [Fault(f"{at}.engine", "It is missing; a video is a file, or made by an engine")]
    return []


def _overlay_faults(overlay: SceneOverlay, at: str) -> list[Fault]:
    if overlay.type == "text" and not (overlay.text or "").strip():
        return [Fault(f"{at}.text", "It is missing, and a text overlay needs one")]
    if overlay.type != "text" and overlay.asset is None:
        return [Fault(f"{at}.asset", f"It is missing, and a {overlay.type} needs one")]
    if overlay.position == "custom" and (overlay.x is None or overlay.y is None):
        missing = "x" if overlay.x is None else "y"
        return [Fault(f"{at}.{missing}", "It is missing, and a custom position needs it")]
    return []
