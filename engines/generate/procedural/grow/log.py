"""The log of what was made: one line of JSON for each film, and one for each thumb. What it holds is all that learning goes by."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from typing import Any, Literal

from engines.generate.procedural.grow.film import Film, film_from_plain
from engines.generate.procedural.intent import Chip, Intent
from engines.generate.procedural.scene.file import to_plain
from engines.generate.procedural.spec import SceneSpec

MOST_RUNS = 2000
MOST_BYTES = 8 << 20
"""Beyond either the oldest lines go."""
_LONGEST_PROMPT = 500
_MOST_WORDS = 40
_NO_WORDS = ("duration", "text", "look")

Thumb = Literal["up", "down", ""]


@dataclass(frozen=True)
class Word:
    """A phrase of a prompt and what it was taken for."""

    phrase: str
    domain: str
    value: str

    @property
    def key(self) -> str:
        """`weather rain`: all phrases for it count together."""
        return f"{self.domain} {self.value}"


@dataclass(frozen=True)
class Run:
    """One film. `source` is `take` or `learn`; `scene` what of its scene differs from the usual; `film` None: not measured."""

    id: str
    prompt: str
    seed: int = 0
    source: str = "take"
    words: tuple[Word, ...] = ()
    unknown: tuple[str, ...] = ()
    seen: str = ""
    scene: Mapping[str, Any] = field(default_factory=dict)
    film: Film | None = None
    path: str = ""
    thumb: Thumb = ""

    @property
    def is_good(self) -> bool:
        """Whether it came out well. A user's thumb counts more than figures; a user may want a still, an explorer does not."""
        if self.thumb or self.film is None:
            return self.thumb == "up"
        faults = self.film.faults
        return not faults or (self.source == "take" and faults == ("still",))

    @property
    def palettes(self) -> tuple[str, ...]:
        """Names of its palettes."""
        return tuple(str(one.get("name", "")) for one in self.scene.get("palettes", ()) if isinstance(one, Mapping))


def run_of(
    run_id: str,
    prompt: str,
    intent: Intent,
    spec: SceneSpec,
    film: Film | None,
    *,
    source: str = "take",
    seen: str = "",
    path: str = "",
) -> Run:
    """A line of the log, of what the engine knows."""
    return Run(
        run_id,
        prompt[:_LONGEST_PROMPT],
        spec.seed,
        source,
        words_of(intent.chips),
        tuple(one[:40] for one in intent.unknown[:_MOST_WORDS]),
        seen,
        unusual(spec),
        film,
        path,
    )


def words_of(chips: Iterable[Chip]) -> tuple[Word, ...]:
    """What was asked for; what was denied, lengths, texts and looks by name are left out."""
    found = {
        (one.domain, one.value): Word(one.phrase.lower()[:60], one.domain, one.value)
        for one in chips
        if not one.negated and one.domain not in _NO_WORDS and one.value
    }
    return tuple(found.values())[:_MOST_WORDS]


def unusual(spec: SceneSpec) -> dict[str, Any]:
    """A scene as plain values without the fields that are as usual: `from_plain` fills them in again."""
    whole, usual = to_plain(spec), to_plain(SceneSpec(spec.setting))
    kept = {name: _unusual(value, usual.get(name)) for name, value in whole.items() if value != usual.get(name)}
    return {"setting": spec.setting, **kept}


def _unusual(value: Any, usual: Any) -> Any:
    if isinstance(value, dict) and isinstance(usual, dict):
        return {name: one for name, one in value.items() if one != usual.get(name)}
    return value


def line_of(run: Run) -> str:
    """A run as a line."""
    return _json({"run": {one.name: _plain(getattr(run, one.name)) for one in fields(run) if one.name != "thumb"}})


def thumb_line(run_id: str, thumb: Thumb) -> str:
    """A thumb as a line; an empty one takes it back."""
    return _json({"thumb": run_id, "is": thumb})


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False) + "\n"


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
    return [_plain(one) for one in value] if isinstance(value, tuple) else value


def runs_in(text: str) -> list[Run]:
    """The runs of a log, oldest first, with their thumbs; lines that are none (a torn one, of another version) are passed over."""
    runs: dict[str, Run] = {}
    for line in text.splitlines():
        try:
            value = json.loads(line)
            if "run" in value:
                run = _read(value["run"])
                runs.pop(run.id, None)
                runs[run.id] = run
            elif value["thumb"] in runs and value["is"] in ("up", "down", ""):
                runs[value["thumb"]] = replace(runs[value["thumb"]], thumb=value["is"])
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            continue
    return list(runs.values())


def _read(value: Mapping[str, Any]) -> Run:
    return Run(
        str(value["id"]),
        str(value["prompt"]),
        int(value["seed"]),
        str(value["source"]),
        tuple(Word(str(one["phrase"]), str(one["domain"]), str(one["value"])) for one in value["words"]),
        tuple(str(one) for one in value["unknown"]),
        str(value["seen"]),
        dict(value["scene"]),
        film_from_plain(value["film"]) if value["film"] else None,
        str(value["path"]),
    )


def shortened(text: str, most_runs: int = MOST_RUNS, most_bytes: int = MOST_BYTES) -> str:
    """A log within its bounds: the youngest runs with their thumbs, a tenth below, so that it is not done at every line."""
    runs = runs_in(text)
    if len(runs) <= most_runs and len(text.encode()) <= most_bytes:
        return text
    kept: list[str] = []
    size = 0
    for run in reversed(runs[-(most_runs * 9 // 10) :]):
        lines = line_of(run) + (thumb_line(run.id, run.thumb) if run.thumb else "")
        size += len(lines.encode())
        if size > most_bytes * 9 // 10:
            break
        kept.append(lines)
    return "".join(reversed(kept))
