"""A storyboard as a scene graph; what a scene graph cannot say is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from studio_app.planning.assemble import STRUCTURE_TRANSITION
from studio_app.planning.camera_choice import STILL, chosen_camera
from studio_app.planning.planner.contract import ContractError, Fault
from studio_app.planning.planner.graph import (
    LEAST_MS,
    MOST_MS,
    GlobalAudio,
    Scene,
    SceneAudio,
    SceneGraph,
    SceneMedia,
    SceneOverlay,
    SceneStyle,
    graph_faults,
)
from studio_app.planning.planner.graph_words import CORNERS, EFFECT_OF, KEPT, TEXT_SIZE, Notes, camera_of
from studio_app.planning.planner.passages import GRAPH_OF
from studio_app.planning.planner.plan import FADE_SECONDS
from studio_app.planning.planner.reel import fitted
from timeline.storyboard import AudioCue, Overlay, Shot, Storyboard
from timeline.time import RationalTime

PICTURES: Final = (".png", ".jpg", ".jpeg", ".webp", ".gif", ".bmp", ".tif", ".tiff", ".avif", ".heic")
_ENGINES: Final = ("runway", "pika", "luma")


def graph_of(board: Storyboard, folder: Path | None = None) -> tuple[SceneGraph, tuple[str, ...]]:
    """The scene graph of a storyboard, and what it cannot say; files below `folder` are named relative to it.

    Over 60 s it is scaled, and that is told. Raises ContractError where no scene graph can hold it.
    """
    if len(board.shots) > MOST_MS // LEAST_MS:
        raise ContractError(
            [Fault("scenes", f"There are {len(board.shots)}, and a minute holds {MOST_MS // LEAST_MS}")]
        )
    notes = Notes()
    planned = [round(shot.duration.fraction * 1000) for shot in board.shots]
    lengths = [max(LEAST_MS, one) for one in planned]
    if lengths != planned:
        notes.say("A scene lasts a second at least: shorter ones were made longer.")
    if sum(lengths) > MOST_MS:
        lengths, _ = fitted(lengths, [0] * len(lengths))
        notes.say(f"The scenes add up to more than {MOST_MS // 1000} s and were scaled.")
    scenes = tuple(_scene(board, index, length, _Named(folder), notes) for index, length in enumerate(lengths))
    music = board.music
    if music is not None and not music.path:
        notes.say("Music that is to be composed has no place in a scene graph.")
    named = _Named(folder)
    found = SceneGraph(
        version="2.0",
        scenes=_with_ids(scenes, board),
        globalAudio=GlobalAudio(
            voiceScript=board.extra.get("voice_script"),
            voiceFile=named.of(board.voice.path) if board.voice else None,
            backgroundMusic=named.of(music.path) if music and music.path else None,
        ),
    )
    if faults := graph_faults(found):
        raise ContractError(faults)
    return found, tuple(notes.said)


@dataclass(frozen=True)
class _Named:
    """Names files as seen from a folder."""

    folder: Path | None

    def of(self, path: str) -> str:
        if self.folder is None or not Path(path).is_relative_to(self.folder):
            return path
        return Path(path).relative_to(self.folder).as_posix()


def _scene(board: Storyboard, index: int, length: int, named: _Named, notes: Notes) -> Scene:
    shot = board.shots[index]
    kept: Mapping[str, Any] = shot.extra.get(KEPT, {})
    if _changed(shot, kept):
        kept = {key: value for key, value in kept.items() if key in ("id", "overlays", "media")}
    description = str(kept.get("description", shot.description)) or shot.name
    caption, texts = _words_over(shot, notes)
    camera = _camera_words(shot, kept)
    style = SceneStyle(mood=shot.mood or None, camera_motion=camera[1], lighting=shot.extra.get("lighting"))
    return Scene(
        id=index + 1,
        description=description,
        duration=length,
        media=_media(board, shot, kept, camera[0], named, notes),
        caption=caption,
        audio=_scene_audio(shot.audio, named, notes),
        style=style if any(style.model_dump().values()) else None,
        overlays=(*(SceneOverlay.model_validate(one) for one in kept.get("overlays", ())), *texts),
        transition=_passage(board, index, notes),
    )


def _changed(shot: Shot, kept: Mapping[str, Any]) -> bool:
    """Whether the words were changed by hand since they came from a scene graph."""
    return bool(kept) and shot.description != kept.get("prompt", kept.get("description"))


def _with_ids(scenes: tuple[Scene, ...], board: Storyboard) -> tuple[Scene, ...]:
    """The ids the scenes came with, where all still differ; else they are numbered."""
    ids = [shot.extra.get(KEPT, {}).get("id") for shot in board.shots]
    if all(isinstance(one, int) and one >= 1 for one in ids) and len(set(ids)) == len(ids):
        return tuple(scene.model_copy(update={"id": one}) for scene, one in zip(scenes, ids, strict=True))
    return scenes


def _camera_words(shot: Shot, kept: Mapping[str, Any]) -> tuple[Any, str | None]:
    """Effect and camera words: as they came, where the camera is still theirs; else the shot's."""
    camera = chosen_camera(shot)
    if "effect" in kept and (camera_of(kept["effect"], kept["camera"]) or STILL) == shot.camera_motion:
        return kept["effect"], kept["camera"]
    if shot.image_reference and camera in EFFECT_OF:
        return EFFECT_OF[camera], None
    return None, camera or None


def _media(
    board: Storyboard, shot: Shot, kept: Mapping[str, Any], effect: Any, named: _Named, notes: Notes
) -> SceneMedia:
    asset = named.of(shot.image_reference) if shot.image_reference else None
    engine: Any = "local"
    if shot.engine in _ENGINES:
        engine = shot.engine
    elif shot.engine not in ("", "auto", "procedural"):
        notes.say(f"A scene graph does not know the engine {shot.engine}; local stands for it.")
    if asset is not None and not shot.engine:
        engine = None
    is_picture = Path(shot.image_reference).suffix.lower() in PICTURES if asset else False
    prompt = shot.description or shot.name
    if board.global_style:  # a scene graph has no style of its own for all scenes
        prompt = f"{prompt.rstrip('.')}, {board.global_style} style"
    return SceneMedia(
        type=kept.get("media", "image" if is_picture else "video"),
        asset=asset,
        engine=engine,
        prompt=kept.get("prompt", prompt if engine is not None else None),
        effect=effect,
    )


def _scene_audio(cue: AudioCue | None, named: _Named, notes: Notes) -> SceneAudio | None:
    if cue is None:
        return None
    if not cue.path:
        notes.say("Music that is to be composed has no place in a scene graph.")
        return None
    kind: Any = "music" if cue.kind == "background_music" else cue.kind
    return SceneAudio(type=kind, file=named.of(cue.path), volume=cue.volume)


def _words_over(shot: Shot, notes: Notes) -> tuple[str | None, list[SceneOverlay]]:
    """The caption, which is the first subtitle, and other words."""
    caption: str | None = None
    texts = []
    for one in shot.overlays:
        text = str(one.style.get("text", ""))
        if one.kind == "subtitles" and caption is None:
            caption = text
        elif one.kind in ("text", "watermark", "subtitles"):
            texts.append(_overlay(one, text))
            if one.start or one.duration is not None:
                notes.say("Words over a scene graph's scene stay as long as the scene.")
        else:
            notes.say(f"A scene graph has no {one.kind.replace('_', ' ')}.")
    return caption, texts


def _overlay(one: Overlay, text: str) -> SceneOverlay:
    place: Any = next((name for name, at in CORNERS.items() if at == (one.x, one.y)), "custom")
    size, opacity = one.style.get("size", TEXT_SIZE), one.style.get("opacity", 1.0)
    custom = place == "custom"
    return SceneOverlay(
        type="text",
        text=text,
        position=place,
        scale=min(2.0, max(0.01, size / TEXT_SIZE)) if isinstance(size, int | float) else 1.0,
        opacity=float(opacity) if isinstance(opacity, int | float) else 1.0,
        x=one.x if custom else None,
        y=one.y if custom else None,
    )


def _passage(board: Storyboard, index: int, notes: Notes) -> Any:
    shot = board.shots[index]
    by_structure = STRUCTURE_TRANSITION[board.narrative_structure] if board.auto_transitions and index else ""
    kind = shot.transition or by_structure
    if not kind:
        return None
    if kind not in GRAPH_OF:
        notes.say(f"A scene graph has no {kind}; it is a fade there.")
    if index and kind != "cut" and (shot.transition_duration or RationalTime(1)) != FADE_SECONDS:
        notes.say("A scene graph does not say how long transitions are; there they last half a second.")
    return GRAPH_OF.get(kind, "fade")
