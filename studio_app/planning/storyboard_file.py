"""Storyboard files: YAML, JSON and plain text in, YAML out. The format is described in docs/storyboards.md."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path
from typing import Final

from engines.generate.procedural.compose.brief import Genre, Presence, Tempo
from studio_app.planning.camera_choice import filmed
from studio_app.planning.film_kind import KIND, KINDS, PRESET, PRESETS
from studio_app.planning.finishing import CHOICES, FINISH, with_finish
from studio_app.planning.overlay_style import checked_style
from studio_app.planning.planner.foreign import foreign_board
from studio_app.planning.planner.plan import Brief, planned
from studio_app.planning.planner.words import shots_in
from studio_app.planning.storyboard_fields import Fields, Place
from studio_app.planning.storyboard_nodes import Entry, Node, json_nodes, problem, shortened, yaml_nodes
from studio_app.planning.storyboard_scene import scene_in
from studio_app.planning.storyboard_text import text_nodes
from studio_app.planning.storyboard_yaml import EXTRA_TEXTS, as_yaml
from timeline.atomic import write_atomically
from timeline.errors import StoryboardError
from timeline.items import new_id
from timeline.storyboard import (
    AUDIO_KINDS,
    CAMERA_MOTIONS,
    DEFAULT_SHOT_SECONDS,
    OVERLAYS,
    STRUCTURES,
    SUBJECT_MOTIONS,
    TRANSITIONS,
    AudioCue,
    Overlay,
    Shot,
    Storyboard,
)
from timeline.time import ZERO, FrameRate, RationalTime

MAX_BYTES: Final = 2_000_000
MAX_SCENES: Final = 2000
BOARD_FIELDS: Final = [
    "title",
    "scenes",
    "global_style",
    "target_resolution",
    "target_fps",
    "narrative_structure",
    KIND,
    PRESET,
    "auto_transitions",
    "music",
    "voice",
    "title_card",
    "titles",
    "seed",
    "id",
]
SCENE_FIELDS: Final = [
    "id",
    "name",
    "description",
    "duration",
    "camera_motion",
    "subject_motion",
    "mood",
    "tags",
    "dialogue",
    "lighting",
    "camera_notes",
    "notes",
    "prompt_seed",
    "image_reference",
    "last_image",
    "audio_track",
    "overlays",
    "transition",
    "transition_duration",
    "engine",
    FINISH,
    "seed",
    "scene",
]
AUDIO_FIELDS: Final = ["kind", "path", "volume", "fade_in", "fade_out", "mood", "genre", "tempo", "bpm", "presence"]
OVERLAY_FIELDS: Final = ["kind", "text", "start", "duration", "x", "y", "position", "style"]
_SOUND: Final = (".wav", ".mp3", ".ogg", ".flac", ".m4a", ".aac", ".opus", ".aiff", ".aif", ".wma")
_ID: Final = re.compile(r"[\w][\w.-]{0,63}")
_READERS: Final[dict[str, Callable[[str, str], Node]]] = {
    ".yaml": yaml_nodes,
    ".yml": yaml_nodes,
    ".json": json_nodes,
    ".txt": text_nodes,
    ".md": text_nodes,
}
SUFFIXES: Final = tuple(_READERS)


def read_storyboard(path: Path) -> Storyboard:
    """The storyboard of a file. Raises StoryboardError with file, line and field."""
    if path.suffix.casefold() not in _READERS:
        raise StoryboardError(f'"{path.name}" is not a storyboard; these end in {", ".join(SUFFIXES)}.')
    try:
        if path.stat().st_size > MAX_BYTES:
            raise StoryboardError(
                f"{path.name} is larger than {MAX_BYTES // 1_000_000} MB; a storyboard is a short text."
            )
        raw = path.read_bytes()
    except FileNotFoundError as error:
        raise StoryboardError(f'The storyboard "{path}" does not exist.') from error
    except OSError as error:
        raise StoryboardError(f'The storyboard "{path}" cannot be read: {error.strerror}.') from error
    if b"\0" in raw:
        raise StoryboardError(f"{path.name} is not a text file; a storyboard is YAML, JSON or plain text.")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise problem(path.name, line, "This is not UTF-8 text; save the file as UTF-8.") from error
    return parse_storyboard(text, path.suffix, path.name, path.resolve().parent)


def parse_storyboard(text: str, suffix: str, name: str, folder: Path | None = None) -> Storyboard:
    """The storyboard of a text; `name` is what messages call it. Files are looked up in `folder`, or not at all."""
    if suffix.casefold() == ".json" and (foreign := foreign_board(text, name, folder)) is not None:
        return _with_id(foreign[0], text)
    if suffix.casefold() in (".txt", ".md") and shots_in(text)[1]:
        return planned(Brief(text)).board
    if not text.strip():
        raise StoryboardError(f"{name} is empty; a storyboard needs at least one scene.")
    root = _READERS[suffix.casefold()](text.replace("\r\n", "\n").replace("\r", "\n"), name)
    if isinstance(root.content, tuple):  # a bare list of scenes
        root = Node(1, {"scenes": _entry(root)})
    place = Place(name, folder)
    board = _board(Fields(place, root, "a storyboard", BOARD_FIELDS), Path(name).stem)
    return board if board.id else _with_id(board, text)


def _with_id(board: Storyboard, text: str) -> Storyboard:
    """The same text is the same storyboard."""
    return replace(board, id=blake2b(text.encode(), digest_size=6).hexdigest())


def with_new_ids(board: Storyboard) -> Storyboard:
    """The same plan under fresh ids, so that one file can be taken into a project twice."""
    return replace(board, id=new_id(), shots=tuple(replace(shot, id=new_id()) for shot in board.shots))


def write_storyboard(board: Storyboard, path: Path) -> None:
    """Save as YAML that `read_storyboard` reads back; the file is replaced in one step. Raises StoryboardError."""
    try:
        write_atomically(path, as_yaml(board, path.resolve().parent).encode())
    except OSError as error:
        raise StoryboardError(f'The storyboard "{path}" cannot be written: {error.strerror}.') from error


def _entry(node: Node) -> Entry:
    return Entry(node.line, node)


def _board(fields: Fields, stem: str) -> Storyboard:
    rate = fields.rate("target_fps", Storyboard.rate)
    width, height = fields.size("target_resolution", (Storyboard.width, Storyboard.height))
    return Storyboard(
        title=fields.text("title", limit=200) or stem.replace("_", " ").strip().capitalize() or Storyboard.title,
        shots=_shots(fields, rate),
        global_style=fields.text("global_style"),
        width=width,
        height=height,
        rate=rate,
        narrative_structure=fields.choice("narrative_structure", STRUCTURES, Storyboard.narrative_structure),
        auto_transitions=fields.flag("auto_transitions", Storyboard.auto_transitions),
        music=_audio(fields, "music", "the music"),
        voice=_voice(fields),
        title_card=fields.flag("titles" if fields.entry("titles") else "title_card", Storyboard.title_card),
        seed=fields.whole("seed", 0) or 0,
        id=_id(fields),
        extra={name: said for name, known in _GOES_BY.items() if (said := fields.choice(name, known, ""))},
    )


_GOES_BY: Final = {KIND: KINDS, PRESET: PRESETS}
"""What a storyboard keeps beside its fields, and the words there are for it."""


def _shots(fields: Fields, rate: FrameRate) -> tuple[Shot, ...]:
    entry = fields.entry("scenes")
    if entry is None or entry.value.content == ():
        raise fields.refuse("scenes", "There are no scenes; a storyboard needs at least one.")
    nodes = entry.value.content
    if not isinstance(nodes, tuple):
        raise fields.refuse("scenes", f'"scenes" must be a list of scenes, not {entry.value.kind}.')
    if len(nodes) > MAX_SCENES:
        raise fields.refuse("scenes", f"There are {len(nodes)} scenes; a storyboard holds at most {MAX_SCENES}.")
    given: dict[str, int] = {}
    shots = [_shot(fields.place, node, rate, given) for node in nodes]
    number, unnamed = 0, []
    for shot in shots:
        number += 1
        while not shot.id and f"scene-{number}" in given:
            number += 1
        unnamed.append(shot if shot.id else replace(shot, id=f"scene-{number}"))
    return tuple(unnamed)


def _shot(place: Place, node: Node, rate: FrameRate, given: dict[str, int]) -> Shot:
    if isinstance(node.content, str):  # a scene that is only its description
        node = Node(node.line, {"description": _entry(node)})
    fields = Fields(place, node, "a scene", SCENE_FIELDS)
    scene_id = _id(fields)
    if scene_id in given:
        sentence = f'The id "{scene_id}" is already that of the scene in line {given[scene_id]}; ids must differ.'
        raise fields.refuse("id", sentence)
    if scene_id:
        given[scene_id] = node.line
    description = fields.text("description")
    image = fields.file("image_reference")
    drawn = scene_in(fields)
    if not description and not image and not drawn:
        raise fields.refuse("description", 'A scene needs a "description" (or an "image_reference").')
    duration = fields.frames("duration", rate) or RationalTime(DEFAULT_SHOT_SECONDS).snapped(rate)
    passage = fields.frames("transition_duration", rate, zero=True)
    if passage is not None and passage >= duration:
        raise fields.refuse("transition_duration", '"transition_duration" must be shorter than its scene.')
    shot = Shot(
        description=description,
        name=fields.text("name", limit=200),
        duration=duration,
        subject_motion=fields.choice("subject_motion", SUBJECT_MOTIONS, Shot.subject_motion),
        mood=fields.text("mood", limit=100),
        tags=fields.words("tags"),
        image_reference=image,
        last_image=fields.file("last_image"),
        audio=_audio(fields, "audio_track", "the audio track"),
        overlays=tuple(_overlay(place, one, rate, duration) for one in fields.groups("overlays")),
        transition="cut" if passage == ZERO else fields.choice("transition", TRANSITIONS, ""),
        transition_duration=passage or None,
        engine=fields.text("engine", limit=100),
        seed=fields.whole("seed", None),
        scene=drawn,
        id=scene_id,
        extra={name: words for name in EXTRA_TEXTS if (words := fields.text(name))},
    )
    if finish := fields.choice(FINISH, CHOICES, ""):
        shot = replace(shot, extra=with_finish(shot, finish))
    return filmed(shot, fields.choice("camera_motion", CAMERA_MOTIONS, ""))


def _id(fields: Fields) -> str:
    given = fields.text("id")
    if given and not _ID.fullmatch(given):
        raise fields.refuse(
            "id", f'"{shortened(given)}" is no id: up to 64 letters, digits, "-", "_" and "." without spaces.'
        )
    return given


def _audio(fields: Fields, name: str, what: str) -> AudioCue | None:
    """A path, a mood, yes, or a group of fields."""
    entry = fields.entry(name)
    if entry is None:
        return None
    if isinstance(entry.value.content, str):
        word = entry.value.content.strip()
        if word.casefold() in ("no", "off", "false", "none", "silent"):
            return None
        if word.casefold().endswith(_SOUND):
            return AudioCue(path=fields.file(name))
        return AudioCue(mood="" if word.casefold() in ("yes", "on", "true") else fields.text(name, limit=100))
    inner = Fields(fields.place, entry.value, what, AUDIO_FIELDS)
    cue = AudioCue(
        kind=inner.choice("kind", AUDIO_KINDS, AudioCue.kind),
        path=inner.file("path"),
        volume=inner.number("volume", AudioCue.volume, 0, 1),
        fade_in=_or(inner.seconds("fade_in", zero=True), AudioCue.fade_in),
        fade_out=_or(inner.seconds("fade_out", zero=True), AudioCue.fade_out),
        mood=inner.text("mood", limit=100),
        genre=inner.choice("genre", tuple(Genre), AudioCue.genre),
        tempo=inner.choice("tempo", tuple(Tempo), AudioCue.tempo),
        bpm=inner.number("bpm", AudioCue.bpm, 0, 240),
        presence=inner.choice("presence", tuple(Presence), AudioCue.presence),
    )
    if cue.kind != "background_music" and not cue.path:
        raise inner.refuse("kind", f'A {cue.kind} needs a "path" to its sound file; only music is composed.')
    return cue


def _voice(fields: Fields) -> AudioCue | None:
    """A recording over the whole film: as loud as it is, without fades, where only its file is named."""
    cue = _audio(fields, "voice", "the voice")
    entry = fields.entry("voice")
    if cue is None or entry is None:
        return None
    if not cue.path:
        raise fields.refuse("voice", '"voice" needs a sound file; voices are not made up.')
    plain = isinstance(entry.value.content, str)
    as_it_is = AudioCue(path=cue.path, volume=1.0, fade_in=ZERO, fade_out=ZERO)
    return replace(as_it_is if plain else cue, kind="voiceover")


def _or(time: RationalTime | None, default: RationalTime) -> RationalTime:
    return default if time is None else time


def _overlay(place: Place, node: Node, rate: FrameRate, scene: RationalTime) -> Overlay:
    if isinstance(node.content, str):  # an overlay that is only its text
        node = Node(node.line, {"text": _entry(node)})
    fields = Fields(place, node, "an overlay", OVERLAY_FIELDS)
    kind = fields.choice("kind", OVERLAYS, "text")
    text, style = fields.text("text"), dict(fields.values("style"))
    if text:
        style["text"] = text
    if kind in ("text", "watermark", "subtitles") and not style.get("text"):
        raise fields.refuse("kind", f'An overlay of kind "{kind}" needs a "text".')
    start = fields.frames("start", rate, zero=True) or ZERO
    if start >= scene:
        raise fields.refuse(
            "start", '"start" of an overlay must lie inside its scene; it counts from the scene\'s start.'
        )
    x, y = fields.number("x", 50.0, -100, 200), fields.number("y", 50.0, -100, 200)
    if fields.entry("position"):
        x, y = _position(fields)
    try:
        checked_style(kind, style, x, y)
    except ValueError as error:
        raise fields.refuse("style", str(error)) from error
    return Overlay(kind, start, fields.frames("duration", rate), x, y, style)


def _position(fields: Fields) -> tuple[float, float]:
    parts = [word.removesuffix("%") for word in fields.words("position")]
    try:
        x, y = (float(part) for part in parts)
    except ValueError:
        x = y = float("nan")
    if not (-100 <= x <= 200 and -100 <= y <= 200):
        raise fields.refuse("position", '"position" of an overlay must be two percentages such as [50, 80].')
    return x, y
