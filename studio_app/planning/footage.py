"""What a storyboard brings along, its pictures, clips and sounds: looked at before anything is made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from engines.errors import MediaError
from engines.media.probe import probe
from studio_app.planning.assemble import shot_length, shot_name
from timeline.errors import StoryboardError
from timeline.media import Media
from timeline.storyboard import AudioCue, Shot, Storyboard
from timeline.time import RationalTime


@dataclass(frozen=True)
class Footage:
    """The files of a storyboard; pictures and sounds by the id of their shot."""

    pictures: Mapping[str, Media] = field(default_factory=dict)
    sounds: Mapping[str, Media] = field(default_factory=dict)
    music: Media | None = None
    voice: Media | None = None

    @property
    def all(self) -> tuple[Media, ...]:
        """Each file, in no order."""
        return (*self.pictures.values(), *self.sounds.values(), *filter(None, (self.music, self.voice)))


def footage_of(board: Storyboard, name: str, look: Callable[[str], Media] = probe) -> Footage:
    """Probe every file the storyboard names; `name` is the storyboard's in messages. Raises StoryboardError."""
    pictures: dict[str, Media] = {}
    sounds: dict[str, Media] = {}
    for index, shot in enumerate(board.shots):
        where = scene_place(board, shot, name)
        if shot.image_reference:
            pictures[shot.id] = replace(
                _picture(shot, shot_length(shot, board), where, look), name=shot_name(shot, index)
            )
        if sound := _sound(shot.audio, where, look):
            sounds[shot.id] = sound
    return Footage(pictures, sounds, _sound(board.music, name, look), _sound(board.voice, name, look))


def scene_place(board: Storyboard, shot: Shot, name: str) -> str:
    """`film.yaml, scene 3`: where a scene is."""
    return f"{name}, scene {board.shots.index(shot) + 1}"


def _picture(shot: Shot, length: RationalTime, where: str, look: Callable[[str], Media]) -> Media:
    media = _looked_at(shot.image_reference, where, look)
    if not media.has_video:
        raise StoryboardError(f"{where}: “{media.name}” is only sound. Name a picture or a film as image_reference.")
    frame = RationalTime(1) / (media.rate or 1)
    if not media.is_endless and media.duration + frame <= length:
        raise StoryboardError(
            f"{where}: “{media.name}” lasts {media.duration.to_seconds():.2f} s, but the scene "
            f"{length.to_seconds():.2f} s. Make the scene shorter, or name a longer film."
        )
    return media


def _sound(cue: AudioCue | None, where: str, look: Callable[[str], Media]) -> Media | None:
    if cue is None or not cue.path:
        return None
    media = _looked_at(cue.path, where, look)
    if not media.has_audio:
        raise StoryboardError(f"{where}: “{media.name}” has no sound. Name a sound file.")
    return media


def _looked_at(path: str, where: str, look: Callable[[str], Media]) -> Media:
    try:
        return look(path)
    except MediaError as error:
        raise StoryboardError(f"{where}: {error.message}", f"{Path(path)}: {error.detail}") from error
