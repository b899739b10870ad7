"""What Starcut learns of its own films, in the user's folder: a log, the looks found in it, what the user accepted of it.

The log and the looks never leave the machine. Each file is written wholly or not at all; a damaged one is begun anew, the old
one stays beside it.
"""

from __future__ import annotations

import json
import logging
import os
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from engines.analyse.store import stored
from engines.errors import EngineError
from engines.generate.base import GenerationRequest, Result
from engines.generate.procedural.grow.apply import Learnt, learnt_from_plain
from engines.generate.procedural.grow.film import film_of
from engines.generate.procedural.grow.log import MOST_BYTES, Run, Thumb, line_of, run_of, runs_in, shortened, thumb_line
from engines.generate.procedural.grow.registry import Entry, Registry, registry_from_plain
from engines.generate.procedural.grow.sums import Nudge, Suggestion, suggestions
from engines.generate.procedural.intent import Intent
from engines.generate.procedural.interpret import interpret
from engines.generate.procedural.interpret.named import named_in
from engines.generate.procedural.scene.file import from_plain
from studio_app.services.jobs import Post, run_now
from studio_app.services.signal import Signal
from timeline.atomic import write_atomically
from timeline.errors import StudioError
from timeline.media import Media

log = logging.getLogger(__name__)

ENGINE = "procedural"
"""Only of films of this engine is anything learnt: it can be told what to do otherwise."""
_CHECKED_EVERY = 50
"""Lines after which the log's bounds are looked at."""


@dataclass(frozen=True)
class Accepted:
    """What the user said to suggestions: nudges by key, ids that were refused."""

    nudges: Mapping[str, Nudge] = field(default_factory=dict)
    refused: tuple[str, ...] = ()


class Learning:
    """One user's. Any thread may call it; `changed` comes by `post`, on the main one in a window."""

    def __init__(self, folder: Path, cache: Path, post: Post = run_now) -> None:
        self._folder, self._cache, self._post = folder, cache, post
        self._lock = threading.RLock()
        self._seen: dict[str, tuple[Any, Any]] = {}
        self._written = 0
        self.changed: Signal[[]] = Signal()

    # --- what there is --------------------------------------------------------------------------------------------

    @property
    def runs(self) -> tuple[Run, ...]:
        """Every film in the log, the oldest first."""
        found: tuple[Run, ...] = self._kept("log.jsonl", lambda text: tuple(runs_in(text)), ())
        return found

    @property
    def registry(self) -> Registry:
        """What was found in them."""
        found: Registry = self._kept("looks.json", lambda text: registry_from_plain(json.loads(text)), Registry())
        return found

    @property
    def accepted(self) -> Accepted:
        """What the user accepted and refused."""
        found: Accepted = self._kept("accepted.json", _accepted, Accepted())
        return found

    def thumb_of(self, run_id: str) -> Thumb:
        """What the user thinks of a film."""
        return next((run.thumb for run in reversed(self.runs) if run.id == run_id), "")

    def knows(self, run_id: str) -> bool:
        """Whether a film is in the log: one that is not has no thumbs."""
        return any(run.id == run_id for run in self.runs)

    def suggestions(self) -> tuple[Suggestion, ...]:
        """What may be changed, as sentences; nothing is, until `accept`."""
        return suggestions(self.runs, self.accepted.nudges, self.accepted.refused)

    def for_prompt(self, prompt: str, *, with_nudges: bool) -> dict[str, Any]:
        """What a request with this prompt may use: the looks it names, and what was accepted where the project wants that."""
        looks = self.registry.looks_by_name
        named = {name: looks[name].look for name in named_in(prompt, looks)}
        return Learnt(named, self.accepted.nudges if with_nudges else {}).as_plain()

    # --- what comes to it -----------------------------------------------------------------------------------------

    def note(self, engine_id: str, request: GenerationRequest, result: Result, media: Media) -> None:
        """Log a take that was made, by the id of its medium. A film is never lost by it: what goes wrong here is only logged."""
        if engine_id != ENGINE:
            return
        try:
            spec = from_plain(result.facts["scene"])
            intent = Intent() if request.scene else interpret(request)
            analysis = stored(media, self._cache)
            film = film_of(analysis) if analysis is not None else None
            seen = "" if request.image_reference else str(result.facts.get("seen", ""))  # it names the picture's file
            prompt = "" if request.scene else request.prompt
            self.add(run_of(media.id, prompt, intent, spec, film, seen=seen, path=media.path))
        except (StudioError, KeyError, OSError) as error:
            log.info("%s is not learnt from: %s", media.name, error)
        except Exception:  # job fence: the film is made
            log.exception("%s is not learnt from", media.name)

    def add(self, run: Run) -> None:
        """One more film: into the log, what it shows into the registry. Raises OSError."""
        with self._lock:
            self._append(line_of(run), (*(one for one in self.runs if one.id != run.id), run))
            self._keep_registry(self.registry.after(run))
        self._tell()

    def set_thumb(self, run_id: str, thumb: Thumb) -> None:
        """What the user thinks of a film in the log; empty takes it back. A thumb up puts a film's look into the registry."""
        with self._lock:
            before = next((run for run in self.runs if run.id == run_id), None)
            if before is None or before.thumb == thumb:
                return
            after = replace(before, thumb=thumb)
            runs = tuple(after if run is before else run for run in self.runs)
            self._append(thumb_line(run_id, thumb), runs)
            if after.is_good and not before.is_good:
                self._keep_registry(self.registry.after(after))
        self._tell()

    def accept(self, suggestion: Suggestion) -> None:
        """Take a suggestion: from now on it counts in projects that use what was learnt."""
        nudges = self.accepted.nudges
        nudge = nudges.get(suggestion.key, Nudge()).and_(suggestion.nudge)
        self._keep_accepted(Accepted({**nudges, suggestion.key: nudge}, self.accepted.refused))

    def refuse(self, suggestion: Suggestion) -> None:
        """Hear no more of a suggestion."""
        self._keep_accepted(Accepted(self.accepted.nudges, (*self.accepted.refused, suggestion.id)[-500:]))

    def take_back(self, key: str) -> None:
        """Undo what was accepted of a word or palette."""
        nudges = {name: one for name, one in self.accepted.nudges.items() if name != key}
        self._keep_accepted(Accepted(nudges, self.accepted.refused))

    def forget(self, entry: Entry) -> None:
        """Take a look out of the registry, for good."""
        with self._lock:
            self._keep_registry(self.registry.without("dynamic", entry.key))
        self._tell()

    def blend(self, first: Entry, second: Entry, mode: str, share: float = 0.5) -> Entry:
        """Keep the blend of two looks. Raises EngineError for an unknown mode."""
        with self._lock:
            grown, entry = self.registry.with_blend(first, second, mode, share)
            self._keep_registry(grown)
        self._tell()
        return entry

    def forget_all(self) -> None:
        """Empty the log, the registry, and what was accepted."""
        with self._lock:
            for name in ("log.jsonl", "looks.json", "accepted.json"):
                (self._folder / name).unlink(missing_ok=True)
            self._seen.clear()
        self._tell()

    # --- files ----------------------------------------------------------------------------------------------------

    def _keep_accepted(self, accepted: Accepted) -> None:
        nudges = {key: [one.life, one.brightness, one.weight] for key, one in accepted.nudges.items()}
        with self._lock:
            plain = {"accepted": 1, "nudges": nudges, "refused": list(accepted.refused)}
            self._write("accepted.json", plain, accepted)
        self._tell()

    def _keep_registry(self, registry: Registry) -> None:
        if registry is not self.registry:
            self._write("looks.json", registry.as_plain(), registry)

    def _kept(self, name: str, read: Callable[[str], Any], empty: Any) -> Any:
        """What a file says, read again only when it was written since, by whomever."""
        path = self._folder / name
        with self._lock:
            try:
                facts = path.stat()
            except OSError:
                return empty
            stamp = _stamp(facts)
            known = self._seen.get(name)
            if known is not None and known[0] == stamp:
                return known[1]
            try:
                value = read(path.read_text("utf-8", errors="replace"))
            except (OSError, ValueError, KeyError, TypeError, AttributeError, EngineError) as error:
                log.warning("%s cannot be read: %s", name, error)
                self._put_aside(path)
                return empty
            self._seen[name] = (stamp, value)
            return value

    def _put_aside(self, path: Path) -> None:
        try:
            path.replace(path.with_suffix(".damaged"))
        except OSError:
            log.warning("%s cannot be put aside", path.name)

    def _append(self, line: str, runs: tuple[Run, ...]) -> None:
        """One more line, after which the log says `runs`, unless another program writes it, too."""
        path = self._folder / "log.jsonl"
        before = path.stat().st_size if path.exists() else 0
        self._folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        with os.fdopen(handle, "ab") as file:
            file.write(line.encode())
        self._written += 1
        if self._written % _CHECKED_EVERY == 1 or path.stat().st_size > MOST_BYTES:
            text = path.read_text("utf-8", errors="replace")
            short = shortened(text)
            if short is not text:
                write_atomically(path, short.encode())
        facts = path.stat()
        if facts.st_size == before + len(line.encode()):
            self._seen[path.name] = (_stamp(facts), runs)

    def _write(self, name: str, plain: Mapping[str, Any], value: object) -> None:
        path = self._folder / name
        self._folder.mkdir(parents=True, exist_ok=True)
        write_atomically(path, json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode())
        self._seen[name] = (_stamp(path.stat()), value)

    def _tell(self) -> None:
        self._post(self.changed.emit)


def _stamp(facts: os.stat_result) -> tuple[int, int]:
    return (facts.st_mtime_ns, facts.st_size)


def _accepted(text: str) -> Accepted:
    value = json.loads(text)
    nudges = learnt_from_plain({"nudges": value["nudges"]}).nudges
    return Accepted(nudges, tuple(str(one) for one in value["refused"]))
