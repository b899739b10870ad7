"""Painted plates kept on disk: a scene that was painted before, to the last number, is read instead of painted again.

What paints is marked `@kept`: a function that only hangs plates on the stage. Since a scene is furnished in the same order each
time, the n-th such call of a scene is the n-th entry of its file; the file's name is a hash of all that decides its pixels.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import sys
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec

import cv2
import numpy as np

from engines.generate.procedural.draw.layers import Plate
from engines.generate.procedural.draw.window import Window
from engines.generate.procedural.spec import SceneSpec
from timeline.atomic import write_atomically

if TYPE_CHECKING:
    from engines.generate.procedural.draw.stage import Stage

P = ParamSpec("P")
SUFFIX = ".plates"
_LEAST_PIXELS = 640 * 360
"""Smaller scenes are painted sooner than read."""
_MOST_BYTES = 256 << 20


def kept(paint: Callable[Concatenate[Stage, P], None]) -> Callable[Concatenate[Stage, P], None]:
    """Mark a function that hangs plates on the stage and does nothing else to it."""

    @wraps(paint)
    def painted(stage: Stage, /, *args: P.args, **kwargs: P.kwargs) -> None:
        keeper = stage.keeper
        if keeper is None or keeper.is_busy:
            paint(stage, *args, **kwargs)
        elif not keeper.hang(stage):
            keeper.note(stage, lambda: paint(stage, *args, **kwargs))

    return painted


@dataclass
class Keeper:
    """The kept plates of one scene: read from `path`, or gathered while it is painted and then written."""

    path: Path
    is_busy: bool = False
    _known: list[list[Plate] | None] = field(default_factory=list)
    _noted: list[list[Plate] | None] = field(default_factory=list)
    _is_new: bool = True

    @staticmethod
    def of(folder: Path | None, spec: SceneSpec, width: int, height: int, fine: float) -> Keeper | None:
        """The keeper of a scene; None where nothing is kept. A file that cannot be read counts as none."""
        if folder is None or width * height < _LEAST_PIXELS:
            return None
        keeper = Keeper(folder / f"{_name(spec, width, height, fine)}{SUFFIX}")
        try:
            keeper._known = _read(keeper.path)
            keeper._is_new = False
            os.utime(keeper.path)  # used now: the budget deletes what was not for the longest time
        except (OSError, EOFError, ValueError, KeyError, TypeError, zipfile.BadZipFile):
            keeper._known = []
        return keeper

    def hang(self, stage: Stage) -> bool:
        """Hang the plates of the next call, if they are known."""
        if self._is_new or not self._known:
            return False
        plates = self._known.pop(0)
        if plates is None:
            return False
        stage.layers.extend(plates)
        return True

    def note(self, stage: Stage, paint: Callable[[], None]) -> None:
        """Have it painted, and note what came of it."""
        before, count, placed = dict(vars(stage)), len(stage.layers), len(stage.placed)
        self.is_busy = True
        try:
            paint()
        finally:
            self.is_busy = False
        made = [layer for layer in stage.layers[count:] if isinstance(layer, Plate) and _is_plain(layer)]
        whole = len(made) == len(stage.layers) - count and _is_untouched(stage, before, placed)
        self._noted.append([_copied(plate) for plate in made] if whole else None)

    def finish(self) -> int:
        """Write what was noted, before anything is done to the plates; the size in bytes, 0 where nothing was written."""
        size = sum(plate.data.nbytes for plates in self._noted for plate in plates or ())
        if not self._is_new or not 0 < size <= _MOST_BYTES:
            return 0
        data = _packed(self._noted)
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(self.path, data)
        except OSError:  # a full or read-only disk: it will be painted again
            return 0
        return len(data)


def _name(spec: SceneSpec, width: int, height: int, fine: float) -> str:
    told = json.dumps([spec.as_plain(), width, height, fine, _code(), np.__version__, cv2.__version__], sort_keys=True)
    return hashlib.blake2b(told.encode(), digest_size=20).hexdigest()


@cache
def _code() -> str:
    """Changes with every line that decides or draws; in a frozen build with the build."""
    digest = hashlib.blake2b(digest_size=16)
    if getattr(sys, "frozen", False):
        program = Path(sys.executable).stat()
        digest.update(f"{program.st_size} {program.st_mtime_ns}".encode())
    engine = Path(__file__).parent.parent
    for file in (
        *sorted((engine / "draw").rglob("*.py")),
        *sorted((engine / "scene").rglob("*.py")),
        engine / "palette.py",
    ):
        if file.is_file():
            digest.update(file.read_bytes())
    return digest.hexdigest()


def _is_plain(plate: Plate) -> bool:
    return plate.sway is None and plate.pulse is None


def _is_untouched(stage: Stage, before: dict[str, object], placed: int) -> bool:
    """Whether a painter has left everything but the layers as it was."""
    now = vars(stage)
    return (
        now.keys() == before.keys()
        and all(now[name] is value for name, value in before.items())
        and placed == len(stage.placed)
    )


def _copied(plate: Plate) -> Plate:
    return Plate(plate.data, plate.window, plate.near, plate.upright, plate.drift, None, None, plate.fills_width)


def _packed(noted: list[list[Plate] | None]) -> bytes:
    arrays: dict[str, np.ndarray] = {}
    told: list[list[list[object]] | None] = []
    for call, plates in enumerate(noted):
        if plates is None:
            told.append(None)
            continue
        rows: list[list[object]] = []
        for number, plate in enumerate(plates):
            arrays[f"{call}_{number}"] = plate.data
            w = plate.window
            rows.append(
                [w.x, w.y, w.width, w.height, w.scale, plate.near, plate.upright, plate.drift, plate.fills_width]
            )
        told.append(rows)
    stream = io.BytesIO()
    np.savez(stream, told=np.frombuffer(json.dumps(told).encode(), np.uint8), **arrays)  # type: ignore[arg-type]
    return stream.getvalue()


def _read(path: Path) -> list[list[Plate] | None]:
    with np.load(path, allow_pickle=False) as found:
        told = json.loads(found["told"].tobytes())
        return [
            None if rows is None else [_plate(found[f"{call}_{number}"], row) for number, row in enumerate(rows)]
            for call, rows in enumerate(told)
        ]


def _plate(data: np.ndarray, row: list[Any]) -> Plate:
    x, y, width, height, scale, near, upright, drift, fills = row
    window = Window(float(x), float(y), int(width), int(height), float(scale))
    if data.dtype != np.uint8 or data.shape != (window.height, window.width, 4):
        raise ValueError("a plate of another size")
    moves = (float(drift[0]), float(drift[1]))
    return Plate(data, window, float(near), bool(upright), moves, None, None, bool(fills))
