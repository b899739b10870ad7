"""Effects on cuts and contacts: every file of `effects/` makes one sound; its name is the id."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np

from engines.errors import EngineError
from engines.generate.procedural.compose.brief import Picture
from engines.generate.procedural.compose.notes import Note
from engines.generate.procedural.compose.waves import Sound

_VARIANTS = 4


@dataclass(frozen=True)
class Effect:
    """A short sound. `make(rate, rng)` gives it, (n, 2) float32, zero at both ends (its peak becomes 1); `words` mean it.

    `leads` are seconds by which it begins before what it belongs to (a whoosh comes before its cut); `send` goes to the room.
    """

    make: Callable[[int, np.random.Generator], Sound]
    words: tuple[str, ...] = ()
    leads: float = 0.0
    send: float = 0.15


@cache
def effects() -> Mapping[str, Effect]:
    """All of `effects/`, by id."""
    from engines.generate.procedural.compose import effects as package

    names = sorted(info.name for info in pkgutil.iter_modules(package.__path__) if not info.name.startswith("_"))
    return {name: importlib.import_module(f"{package.__name__}.{name}").EFFECT for name in names}


def effect_named(word: str) -> Effect:
    """The effect with an id, or that a word means. Raises EngineError for an unknown one."""
    found = effects().get(word) or next((one for one in effects().values() if word in one.words), None)
    if found is None:
        raise EngineError(f'There is no sound effect "{word}"; choose {", ".join(effects())}.')
    return found


@lru_cache(maxsize=64)
def effect_sound(effect_id: str, rate: int, variant: int = 0) -> Sound:
    """An effect's samples; its variants are the same thing, heard once more."""
    made = effect_named(effect_id).make(rate, np.random.default_rng([sum(map(ord, effect_id)), variant]))
    made = np.asarray(made / max(1e-9, float(np.abs(made).max())), np.float32)
    made.setflags(write=False)
    return made


def effect_notes(picture: Picture, seconds: float) -> list[Note]:
    """The effects of a picture: its own cues, and on each cut a whoosh into it and a soft impact."""
    notes = []
    for number, cue in enumerate(picture.cues):
        effect = effect_named(cue.effect)
        if -effect.leads <= cue.seconds < seconds:
            at = max(0.0, cue.seconds - effect.leads)
            variant = number % _VARIANTS
            notes.append(Note("effects", cue.effect, at, 0.0, (variant,), cue.level, 0.5, cue.pan, effect.send))
    for number, cut in enumerate(picture.cuts):
        if 0.05 < cut < seconds - 0.05:
            at = max(0.0, cut - effect_named("whoosh").leads)
            side = 0.3 if number % 2 else -0.3
            notes.append(Note("effects", "whoosh", at, 0.0, (number % _VARIANTS,), 0.6, 0.32, side, 0.2))
            notes.append(Note("effects", "impact", cut, 0.0, (number % _VARIANTS,), 0.6, 0.4, 0.0, 0.35))
    return notes
