"""A storyboard as YAML text; only what differs from the defaults is written."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import yaml

from studio_app.planning.camera_choice import chosen_camera
from studio_app.planning.film_kind import KIND, PRESET
from studio_app.planning.finishing import FINISH, finish_of
from studio_app.planning.shot_edits import DIALOGUE
from studio_app.planning.storyboard_scene import compact
from timeline.curve import Curve
from timeline.storyboard import AudioCue, Overlay, Shot, Storyboard
from timeline.time import RationalTime
from timeline.timecode import rate_name

EXTRA_TEXTS = (DIALOGUE, "lighting", "camera_notes", "notes", "prompt_seed")
"""What a shot says beside what it shows, in its `extra`; to services they go as they are (session.generation_plan)."""


def as_yaml(board: Storyboard, folder: Path) -> str:
    """The text of a storyboard file in `folder`; files below it are named relative to it."""
    fields: dict[str, Any] = {"title": board.title, "id": board.id}
    _add(fields, "global_style", board.global_style, "")
    fields["target_resolution"] = f"{board.width}x{board.height}"
    fields["target_fps"] = _rate(board.rate)
    _add(fields, "narrative_structure", board.narrative_structure, Storyboard.narrative_structure)
    for name in (KIND, PRESET):
        _add(fields, name, str(board.extra.get(name, "")), "")
    _add(fields, "auto_transitions", board.auto_transitions, Storyboard.auto_transitions)
    _add(fields, "title_card", board.title_card, Storyboard.title_card)
    _add(fields, "seed", board.seed, Storyboard.seed)
    if board.music:
        fields["music"] = _cue(board.music, folder) or "yes"
    if board.voice:
        fields["voice"] = _cue(board.voice, folder)
    fields["scenes"] = [_scene(shot, folder) for shot in board.shots]
    return str(yaml.safe_dump(fields, sort_keys=False, allow_unicode=True, width=110))


def _add(fields: dict[str, Any], name: str, value: Any, default: Any) -> None:
    if value != default:
        fields[name] = value


def _rate(rate: Fraction) -> int | str:
    if rate.denominator == 1:
        return rate.numerator
    return rate_name(rate) if rate.denominator == 1001 else str(rate)


def _seconds(time: RationalTime) -> int | float:
    seconds = time.fraction
    return seconds.numerator if seconds.denominator == 1 else round(float(seconds), 6)


def _path(path: str, folder: Path) -> str:
    return Path(path).relative_to(folder).as_posix() if Path(path).is_relative_to(folder) else path


def _scene(shot: Shot, folder: Path) -> dict[str, Any]:
    fields: dict[str, Any] = {"id": shot.id}
    _add(fields, "name", shot.name, "")
    _add(fields, "description", shot.description, "")
    fields["duration"] = _seconds(shot.duration)
    _add(fields, "camera_motion", chosen_camera(shot), "")
    for name in ("subject_motion", "mood", "transition", "engine", "seed"):
        _add(fields, name, getattr(shot, name), getattr(Shot, name))
    if shot.transition_duration is not None:
        fields["transition_duration"] = _seconds(shot.transition_duration)
    _add(fields, "tags", list(shot.tags), [])
    finish = finish_of(shot)
    _add(fields, FINISH, finish.value if finish else "", "")
    for name in EXTRA_TEXTS:
        _add(fields, name, str(shot.extra.get(name, "")), "")
    for name in ("image_reference", "last_image"):
        _add(fields, name, _path(getattr(shot, name), folder) if getattr(shot, name) else "", "")
    if shot.audio:
        fields["audio_track"] = _cue(shot.audio, folder) or "yes"
    _add(fields, "overlays", [_overlay(one) for one in shot.overlays], [])
    if shot.scene:
        fields["scene"] = compact(shot.scene)
    return fields


def _cue(cue: AudioCue, folder: Path) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    _add(fields, "kind", cue.kind, AudioCue.kind)
    _add(fields, "path", _path(cue.path, folder) if cue.path else "", "")
    for name in ("mood", "genre", "tempo", "bpm", "presence"):
        _add(fields, name, getattr(cue, name), getattr(AudioCue, name))
    _add(fields, "volume", cue.volume, AudioCue.volume)
    _add(fields, "fade_in", _seconds(cue.fade_in), 1)
    _add(fields, "fade_out", _seconds(cue.fade_out), 1)
    return fields


def _overlay(overlay: Overlay) -> dict[str, Any]:
    style = {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in overlay.style.items()
        if not isinstance(value, Curve)
    }
    fields: dict[str, Any] = {"kind": overlay.kind}
    text = style.pop("text", None)
    if text is not None:
        fields["text"] = text
    _add(fields, "start", _seconds(overlay.start), 0)
    if overlay.duration is not None:
        fields["duration"] = _seconds(overlay.duration)
    _add(fields, "x", overlay.x, 50.0)
    _add(fields, "y", overlay.y, 50.0)
    _add(fields, "style", style, {})
    return fields
