"""What to try next: a prompt that came out well with one thing changed, or a new one of known words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from hashlib import blake2b
from types import MappingProxyType

from engines.generate.base import GenerationRequest, JobLike
from engines.generate.procedural.create import create
from engines.generate.procedural.draw.setting import settings
from engines.generate.procedural.grow.log import Run, run_of
from engines.generate.procedural.grow.trial import SECONDS, SIZE, trial_of
from engines.generate.procedural.interpret import interpret
from engines.generate.procedural.interpret.vocabulary import values
from timeline.time import RationalTime

KEPT_GOOD, AVOIDED = 200, 150
"""So many good prompts may be built upon; so many of the last ones are not made again."""
EXPLORE = 0.3
_TRIES = 60
_FORMS = ("mood", "setting", "time", "weather", "palette", "camera")
_LEFT_OUT = {"mood": 0.5, "time": 0.2, "weather": 0.6, "palette": 0.5, "camera": 0.35, "setting": 0.0}
"""How often a part is not said."""
_NEVER = MappingProxyType({"camera": ("static", "handheld"), "palette": ("default",)})

Parts = dict[str, str]
"""A value for each part of a prompt; empty: not said."""


class Dice:
    """Numbers that follow from a seed and a name alone."""

    def __init__(self, seed: int, number: int) -> None:
        self._of = f"{seed}|{number}"

    def share(self, name: str) -> float:
        """0 to below 1."""
        return int.from_bytes(blake2b(f"{self._of}|{name}".encode(), digest_size=6).digest()) / 2**48

    def of(self, name: str, there: Sequence[str]) -> str:
        """One of several."""
        return there[int(self.share(name) * len(there))]


def next_prompt(runs: Sequence[Run], seed: int, explore: float = EXPLORE) -> tuple[str, bool]:
    """The prompt to try after these runs, and whether it is a new one. The same runs and seed, the same prompt."""
    dice = Dice(seed, len(runs))
    late = {run.prompt for run in runs[-AVOIDED:]}
    good = [run for run in runs if run.is_good and parts_of(run)][-KEPT_GOOD:]
    is_new = not good or dice.share("new") < explore
    prompt = ""
    for number in range(_TRIES):
        if is_new:
            prompt = _said(_thrown(dice, number))
        else:
            prompt = _said(_changed(_chosen(good, dice, number), dice, number))
        if prompt not in late:
            break
    return prompt, is_new


def _chosen(good: Sequence[Run], dice: Dice, number: int) -> Run:
    """One that came out well; those with a thumb up three times as often."""
    pool = [run for run in good for _ in range(3 if run.thumb == "up" else 1)]
    return pool[int(dice.share(f"good {number}") * len(pool))]


def parts_of(run: Run) -> Parts:
    """What of a run's words can be said again; nothing where it names no place."""
    found = {word.domain: word.value for word in reversed(run.words) if word.domain in _FORMS}
    return found if found.get("setting") in settings() else {}


def _changed(run: Run, dice: Dice, number: int) -> Parts:
    parts = parts_of(run)
    name = dice.of(f"part {number}", _FORMS)
    return {**parts, name: dice.of(f"value {number}", _there(name))}


def _thrown(dice: Dice, number: int) -> Parts:
    found: Parts = {}
    for name in _FORMS:
        if dice.share(f"{name} said {number}") >= _LEFT_OUT[name]:
            found[name] = dice.of(f"{name} {number}", _there(name))
    return found


def _there(name: str) -> tuple[str, ...]:
    return tuple(value for value in sorted(values(name)) if value not in _NEVER.get(name, ()))


def _said(parts: Mapping[str, str]) -> str:
    """`calm sea, dusk, rain, blue, pan left`: each value by its plainest word."""
    words = {name: values(name).get(value, "") for name, value in parts.items()}
    place = " ".join(one for one in (words.get("mood", ""), words.get("setting", "")) if one)
    return ", ".join(one for one in (place, *(words.get(name, "") for name in _FORMS[2:])) if one)


def tried(runs: Sequence[Run], seed: int, job: JobLike, explore: float = EXPLORE) -> Run:
    """One more run: thought of, drawn small, measured. Nothing is kept on disk. Raises Cancelled."""
    prompt, _ = next_prompt(runs, seed, explore)
    length = RationalTime.from_seconds(SECONDS, Fraction(24))
    its_seed = int(Dice(seed, len(runs)).share("seed") * 2**31)
    request = GenerationRequest(prompt=prompt, duration=length, width=SIZE[0], height=SIZE[1], seed=its_seed)
    intent = interpret(request)
    spec = create(intent, request)
    job.check()
    film = trial_of(spec, job)
    name = f"learn {seed}/{len(runs)}/{its_seed}"
    return run_of(name, prompt, intent, spec, film, source="learn", seen=prompt)
