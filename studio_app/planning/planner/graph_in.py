"""A scene graph as a storyboard; what a storyboard has no place for is kept or told."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from studio_app.planning.camera_choice import filmed
from studio_app.planning.film_kind import KIND, REEL
from studio_app.planning.naming import first_words
from studio_app.planning.planner.captions import PLACE, caption_style
from studio_app.planning.planner.contract import ContractError, Fault
from studio_app.planning.planner.graph import Scene, SceneAudio, SceneGraph, SceneOverlay, SceneStyle
from studio_app.planning.planner.graph_words import CORNERS, KEPT, RATE, SIZE, TEXT_SIZE, Notes, camera_of
from studio_app.planning.planner.passages import OURS_OF
from studio_app.planning.planner.plan import CAPTION_LEAD, FADE_SECONDS
from timeline.storyboard import AudioCue, Overlay, Shot, Storyboard
from timeline.time import ZERO, RationalTime


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
        extra={KIND: REEL, **({"voice_script": script} if (script := graph.globalAudio.voiceScript) else {})},
    )
    if files.missing:
        raise ContractError(files.missing)
    return board, tuple(notes.said)


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


def _shot(scene: Scene, index: int, count: int, files: _Files, notes: Notes) -> Shot:
    media, style = scene.media, scene.style or SceneStyle()
    at = f"scenes[{index}]"
    description = media.prompt if media.prompt is not None else scene.description
    camera = camera_of(media.effect, style.camera_motion)
    kept: dict[str, Any] = {"id": scene.id, "description": scene.description, "media": media.type}
    extra: dict[str, Any] = {}
    if media.prompt is not None:
        kept["prompt"] = media.prompt
    if media.effect or style.camera_motion:
        kept |= {"effect": media.effect, "camera": style.camera_motion}
    if style.camera_motion and not camera:
        extra["camera_notes"] = style.camera_motion
    if style.lighting:
        extra["lighting"] = style.lighting
    drawn = [one for one in scene.overlays if one.type == "text"]
    if pictures := [one for one in scene.overlays if one.type != "text"]:
        kept["overlays"] = [one.model_dump(exclude_none=True) for one in pictures]
        notes.say(f"{at}.overlays: Storyboards lay words over the picture, no files; those are kept and not shown.")
    if media.type == "image" and media.asset is None:
        notes.say(f"{at}.media: A picture that an engine makes is a shot here.")
    shot = Shot(
        description=description,
        name=first_words(scene.description),
        duration=RationalTime(scene.duration, 1000),
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
    return filmed(shot, camera)


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
    return (Overlay("subtitles", CAPTION_LEAD, seen, *PLACE, style=caption_style(scene.caption, *SIZE)),)


def _text_over(one: SceneOverlay) -> Overlay:
    x, y = CORNERS.get(one.position, (one.x or 0.0, one.y or 0.0))
    return Overlay(
        "text", x=x, y=y, style={"text": one.text or "", "size": TEXT_SIZE * one.scale, "opacity": one.opacity}
    )
