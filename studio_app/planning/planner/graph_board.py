"""A scene graph as a storyboard, and a storyboard as a scene graph; what the other side does not have is kept or told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from studio_app.planning.assemble import STRUCTURE_TRANSITION
from studio_app.planning.naming import first_words
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
from studio_app.planning.planner.passages import GRAPH_OF, OURS_OF
from studio_app.planning.planner.plan import CAPTION_LEAD, CAPTION_PLACE, FADE_SECONDS
from studio_app.planning.planner.reel import fitted
from studio_app.planning.planner.words import CAMERAS
from timeline.storyboard import CAMERA_MOTIONS, AudioCue, Overlay, Shot, Storyboard
from timeline.time import ZERO, FrameRate, RationalTime

KEPT: Final = "scene_graph"
"""Where a shot keeps what a storyboard has no place for."""
SIZE: Final = (1080, 1920)
RATE: Final = FrameRate(30)
"""What such films are by custom; a scene graph says neither."""
TEXT_SIZE: Final = 48.0
CORNERS: Final = {
    "center": (50.0, 50.0),
    "top-left": (20.0, 10.0),
    "top-right": (80.0, 10.0),
    "bottom-left": (20.0, 90.0),
    "bottom-right": (80.0, 90.0),
}
_MOTION_OF: Final = {
    "ken_burns_zoom": "zoom_in",
    "ken_burns_pan": "pan_right",
    "slow_zoom_in": "dolly_in",
    "slow_zoom_out": "zoom_out",
    "static": "static",
}
_EFFECT_OF: Final = {
    **{motion: effect for effect, motion in _MOTION_OF.items()},
    "pan_left": "ken_burns_pan",
    "dolly_out": "slow_zoom_out",
}
PICTURES: Final = (".png", ".jpg", ".jpeg", ".webp", ".gif", ".bmp", ".tif", ".tiff", ".avif", ".heic")
_ENGINES: Final = ("runway", "pika", "luma")


@dataclass
class Notes:
    """What is not the same on the other side, each thing once."""

    said: list[str] = field(default_factory=list)

    def say(self, sentence: str) -> None:
        """Note it."""
        if sentence not in self.said:
            self.said.append(sentence)


def board_of(graph: SceneGraph, folder: Path | None = None, title: str = "") -> tuple[Storyboard, tuple[str, ...]]:
    """The storyboard of a scene graph, and what it cannot show. Files are looked up in `folder`, where one is given.

    Raises ContractError naming the path of a file that is not there.
    """
    files, notes = _Files(folder), Notes()
    voice, music = graph.globalAudio.voiceFile, graph.globalAudio.backgroundMusic
    shots = tuple(_shot(scene, index, len(graph.scenes), files, notes) for index, scene in enumerate(graph.scenes))
    board = Storyboard(
        title=title or first_words(graph.scenes[0].description) or Storyboard.title,
        shots=shots,
        width=SIZE[0],
        height=SIZE[1],
        rate=RATE,
        auto_transitions=False,
        music=AudioCue(path=files.found(music, "globalAudio.backgroundMusic")) if music else None,
        voice=AudioCue("voiceover", files.found(voice, "globalAudio.voiceFile"), 1.0, ZERO, ZERO) if voice else None,
        title_card=False,
        extra={"voice_script": script} if (script := graph.globalAudio.voiceScript) else {},
    )
    if files.missing:
        raise ContractError(files.missing)
    return board, tuple(notes.said)


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


@dataclass
class _Files:
    """Finds the files a scene graph names."""

    folder: Path | None
    missing: list[Fault] = field(default_factory=list)

    def found(self, name: str, at: str) -> str:
        if self.folder is None:
            return name
        path = (self.folder / name).resolve()
        if not path.is_file():
            self.missing.append(Fault(at, f"The file “{name}” is not there"))
        return str(path)


@dataclass(frozen=True)
class _Named:
    """Names files as seen from a folder."""

    folder: Path | None

    def of(self, path: str) -> str:
        if self.folder is None or not Path(path).is_relative_to(self.folder):
            return path
        return Path(path).relative_to(self.folder).as_posix()


def _camera(effect: str | None, words: str | None) -> str:
    """The camera motion of a scene: its effect's, else the one its words name."""
    if effect is not None:
        return _MOTION_OF[effect]
    said = " ".join((words or "").casefold().replace("_", " ").split())
    if (name := said.replace(" ", "_")) in CAMERA_MOTIONS:
        return name
    return CAMERAS.get(said, Shot.camera_motion)


def _shot(scene: Scene, index: int, count: int, files: _Files, notes: Notes) -> Shot:
    media, style = scene.media, scene.style or SceneStyle()
    at = f"scenes[{index}]"
    description = media.prompt if media.prompt is not None else scene.description
    camera = _camera(media.effect, style.camera_motion)
    kept: dict[str, Any] = {"id": scene.id, "description": scene.description, "media": media.type}
    extra: dict[str, Any] = {}
    if media.prompt is not None:
        kept["prompt"] = media.prompt
    if media.effect or style.camera_motion:
        kept |= {"effect": media.effect, "camera": style.camera_motion}
    if style.camera_motion and camera == Shot.camera_motion:
        extra["camera_notes"] = style.camera_motion
    if style.lighting:
        extra["lighting"] = style.lighting
    drawn = [one for one in scene.overlays if one.type == "text"]
    if pictures := [one for one in scene.overlays if one.type != "text"]:
        kept["overlays"] = [one.model_dump(exclude_none=True) for one in pictures]
        notes.say(f"{at}.overlays: Storyboards lay words over the picture, no files; those are kept and not shown.")
    if media.type == "image" and media.asset is None:
        notes.say(f"{at}.media: A picture that an engine makes is a shot here.")
    return Shot(
        description=description,
        name=first_words(scene.description),
        duration=RationalTime(scene.duration, 1000),
        camera_motion=camera,
        mood=style.mood or "",
        image_reference=files.found(media.asset, f"{at}.media.asset") if media.asset else "",
        audio=_cue(scene.audio, files, f"{at}.audio.file"),
        overlays=(*_captions(scene, index, count), *(_text_over(one) for one in drawn)),
        transition=OURS_OF[scene.transition] if scene.transition else "",
        transition_duration=FADE_SECONDS if scene.transition not in (None, "cut") else None,
        engine={None: "", "local": "procedural"}.get(media.engine, media.engine or ""),
        id=f"scene-{scene.id}",
        extra={**extra, KEPT: kept},
    )


def _cue(audio: SceneAudio | None, files: _Files, at: str) -> AudioCue | None:
    if audio is None:
        return None
    kind = "background_music" if audio.type == "music" else audio.type
    return AudioCue(kind, files.found(audio.file, at), audio.volume, ZERO, ZERO)


def _captions(scene: Scene, index: int, count: int) -> tuple[Overlay, ...]:
    """The caption, with its leads, in what the scene has of the cut."""
    if not scene.caption:
        return ()
    halves = (index > 0) + (index < count - 1)
    seen = RationalTime(scene.duration, 1000) - FADE_SECONDS / 2 * halves - CAPTION_LEAD * 2
    return (Overlay("subtitles", CAPTION_LEAD, seen, *CAPTION_PLACE, style={"text": scene.caption}),)


def _text_over(one: SceneOverlay) -> Overlay:
    x, y = CORNERS.get(one.position, (one.x or 0.0, one.y or 0.0))
    return Overlay(
        "text", x=x, y=y, style={"text": one.text or "", "size": TEXT_SIZE * one.scale, "opacity": one.opacity}
    )


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
        media=_media(shot, kept, camera[0], named, notes),
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
    if "effect" in kept and _camera(kept["effect"], kept["camera"]) == shot.camera_motion:
        return kept["effect"], kept["camera"]
    if shot.image_reference and shot.camera_motion in _EFFECT_OF:
        plain = shot.camera_motion == Shot.camera_motion
        return (None if plain else _EFFECT_OF[shot.camera_motion]), None
    return None, None if shot.camera_motion == Shot.camera_motion else shot.camera_motion


def _media(shot: Shot, kept: Mapping[str, Any], effect: Any, named: _Named, notes: Notes) -> SceneMedia:
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


def sized(board: Storyboard, size: tuple[int, int] | None, rate: FrameRate | None) -> Storyboard:
    """The board in another size or rate, where one is given."""
    width, height = size or (board.width, board.height)
    return replace(board, width=width, height=height, rate=rate or board.rate)
