"""What music is wanted (MusicBrief, a described model: forms and command lines are read from it) and for what picture."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from effects.params import param

MUSIC_LUFS = -14.0
"""Integrated loudness of music unless something else is asked."""
AMBIENCE_LUFS = -26.0
"""Integrated loudness of ambience that stands alone; effects alone keep their own level."""


class Genre(StrEnum):
    """The idiom; `none` lets the mood decide."""

    NONE = "none"
    AMBIENT = "ambient"
    DEEP_HOUSE = "deep_house"
    TECHNO = "techno"
    CINEMATIC = "cinematic"


class Tempo(StrEnum):
    """A tempo in words; `auto` is the usual one of mood and genre."""

    AUTO = "auto"
    SLOW = "slow"
    MEDIUM = "medium"
    FAST = "fast"


class Presence(StrEnum):
    """What is heard: nothing, the place alone, music alone, effects alone, or all of it."""

    SILENCE = "silence"
    AMBIENT = "ambient"
    MUSIC = "music"
    SFX = "sfx"
    FULL = "full"

    @property
    def has_music(self) -> bool:
        """Whether notes are played."""
        return self in (Presence.MUSIC, Presence.FULL)

    @property
    def has_ambience(self) -> bool:
        """Whether the place is heard."""
        return self in (Presence.AMBIENT, Presence.FULL)

    @property
    def has_effects(self) -> bool:
        """Whether cuts and contacts are heard."""
        return self in (Presence.SFX, Presence.FULL)


class MusicBrief(BaseModel):
    """What music is wanted. The same brief, picture and length give the same samples."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    mood: str = param("calm", help="A word such as calm, tense, playful, melancholy.")
    genre: Genre = param(Genre.NONE, unset="By mood", help="None lets the mood decide.")
    tempo: Tempo = param(Tempo.AUTO, help="In words; beats a minute win over it.")
    bpm: float = param(
        0.0,
        ge=0,
        le=240,
        unit="bpm",
        step=1.0,
        label="Beats a minute",
        unset="Auto",
        help="0: as mood, genre and tempo say.",
    )
    presence: Presence = param(Presence.MUSIC, help="What is heard: music, the place, effects, or all of it.")
    loudness: float = param(
        MUSIC_LUFS, ge=-40, le=-8, step=0.5, label="Loudness, LUFS", help="Integrated loudness of music."
    )
    sound_font: str = param(
        "",
        widget="file",
        unset="Built-in instruments",
        help="A General MIDI sound font (.sf2) to play on; empty: built-in instruments.",
    )
    seed: int = param(0, help="The same seed gives the same music.")


@dataclass(frozen=True)
class Cue:
    """A sound at a moment: `effect` is the id of a file in `effects/`, `level` 0-1, `pan` -1 (left) to 1."""

    seconds: float
    effect: str
    level: float = 0.7
    pan: float = 0.0


@dataclass(frozen=True)
class Picture:
    """What the music is for: seconds of its cuts, contacts to be heard, the place, and whether its end meets its start.

    `tension` are equally spaced values 0-1 from start to end; none: the form's own arc.
    """

    cuts: tuple[float, ...] = ()
    cues: tuple[Cue, ...] = ()
    setting: str = ""
    weather: str = ""
    time: str = ""
    features: frozenset[str] = frozenset()
    tension: tuple[float, ...] = ()
    loops: bool = False
