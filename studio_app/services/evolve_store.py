"""What a user keeps of evolving, in one file of the user's data: looks (operations in a row, named) and how quick each operation was."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from engines.evolve.run import Step
from studio_app.services.signal import Signal
from timeline.atomic import write_atomically
from timeline.items import new_id

log = logging.getLogger(__name__)
_VERSION = 1
_WEIGHT = 0.5
"""Of the newest run in what is known of an operation's pace."""


@dataclass(frozen=True)
class Look:
    """Operations in a row under a name: "Denoise, upscale, cinematic"."""

    name: str
    steps: tuple[Step, ...]
    id: str = field(default_factory=new_id)

    def as_plain(self) -> dict[str, Any]:
        """For JSON."""
        steps = [{"operation": one.operation, "values": dict(one.values)} for one in self.steps]
        return {"id": self.id, "name": self.name, "steps": steps}


class EvolveStore:
    """Looks and paces; written at each change. A file that cannot be read is left aside and said in the log."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self.changed: Signal[[]] = Signal()
        self.looks: tuple[Look, ...] = ()
        self._paces: dict[str, float] = {}
        self._read()

    def keep(self, look: Look) -> None:
        """Keep a look; one of the same id is replaced."""
        self.looks = (*(one for one in self.looks if one.id != look.id), look)
        self._write()
        self.changed.emit()

    def forget(self, look_id: str) -> None:
        """Throw a look away."""
        self.looks = tuple(one for one in self.looks if one.id != look_id)
        self._write()
        self.changed.emit()

    def pace(self, operation: str) -> float | None:
        """Seconds for a million pixels of film, as measured here; None: it was not made here yet."""
        return self._paces.get(operation)

    def note_pace(self, operation: str, seconds: float) -> None:
        """A run was measured."""
        before = self._paces.get(operation)
        self._paces[operation] = seconds if before is None else before * (1 - _WEIGHT) + seconds * _WEIGHT
        self._write()

    def _read(self) -> None:
        try:
            found = json.loads(self._file.read_bytes())
            self.looks = tuple(_look(one) for one in found.get("looks", ()))
            self._paces = {str(k): float(v) for k, v in found.get("paces", {}).items()}
        except FileNotFoundError:
            return
        except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
            log.warning("kept looks cannot be read and are left aside: %s", error)

    def _write(self) -> None:
        plain = {"version": _VERSION, "looks": [one.as_plain() for one in self.looks], "paces": self._paces}
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(self._file, json.dumps(plain, indent=1).encode())
        except OSError as error:
            log.warning("looks cannot be kept: %s", error)


def _look(plain: Mapping[str, Any]) -> Look:
    steps = tuple(Step(str(one["operation"]), dict(one["values"])) for one in plain["steps"])
    return Look(str(plain["name"]), steps, str(plain["id"]))
