"""Recovery files: rotating copies that never touch the saved project, and who is still alive to own them."""

from __future__ import annotations

import datetime
import json
import logging
import shutil
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from timeline.atomic import write_atomically
from timeline.errors import ProjectFileError
from timeline.project import Saved
from timeline.project_file import load, save

log = logging.getLogger(__name__)

SLOTS = 5


@dataclass(frozen=True)
class Recovered:
    """A project that was open, with unsaved edits, when Starcut ended without closing it."""

    folder: Path
    newest: Path
    name: str
    original: Path | None
    written: datetime.datetime


class Autosave:
    """Writes one project's recovery copies into a folder of its own, in turn, and holds a lock as a sign of life."""

    def __init__(self, root: Path, project_id: str) -> None:
        self._folder = root / f"{project_id}-{datetime.datetime.now():%Y%m%d%H%M%S%f}"
        self._folder.mkdir(parents=True, exist_ok=True)
        self._lock = FileLock(self._folder / "alive.lock")
        self._lock.acquire(timeout=0)
        self._slot = 0

    def write(self, saved: Saved, original: Path | None) -> Path:
        """Save into the next slot; the older ones stay until their turn."""
        target = self._folder / f"{self._slot}.starcut"
        save(target, saved)
        facts = {
            "newest": target.name,
            "name": saved.project.name,
            "original": str(original) if original else "",
            "written": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        }
        write_atomically(self._folder / "facts.json", json.dumps(facts).encode())
        self._slot = (self._slot + 1) % SLOTS
        return target

    def discard(self) -> None:
        """The project was closed in order, or saved: nothing to recover."""
        for path in self._folder.glob("*.starcut"):
            path.unlink(missing_ok=True)
        (self._folder / "facts.json").unlink(missing_ok=True)

    def close(self) -> None:
        """Let go of the folder, and remove it."""
        self._lock.release()
        shutil.rmtree(self._folder, ignore_errors=True)


def recoverable(root: Path) -> tuple[Recovered, ...]:
    """Projects left behind by a crash, newest first. Folders whose owner is alive are left alone; empty ones removed."""
    found = []
    for folder in root.iterdir() if root.is_dir() else ():
        lock = FileLock(folder / "alive.lock")
        try:
            lock.acquire(timeout=0)
        except (Timeout, OSError):
            continue
        try:
            facts = json.loads((folder / "facts.json").read_text("utf-8"))
            newest = folder / str(facts["newest"])
            written = datetime.datetime.fromisoformat(facts["written"])
            original = Path(facts["original"]) if facts.get("original") else None
            if not newest.is_file():
                raise FileNotFoundError(newest)
            found.append(Recovered(folder, newest, str(facts["name"]), original, written))
        except (OSError, ValueError, KeyError, TypeError):
            log.info("nothing to recover in %s", folder)
            lock.release()
            shutil.rmtree(folder, ignore_errors=True)
        finally:
            lock.release()
    return tuple(sorted(found, key=lambda one: one.written, reverse=True))


def load_recovered(one: Recovered) -> Saved:
    """The newest copy that can be read; a slot damaged by the crash itself is passed over."""
    slots = sorted(one.folder.glob("*.starcut"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in (one.newest, *slots):
        try:
            return load(path)
        except ProjectFileError as error:
            log.warning("recovery copy %s: %s", path, error.message)
    raise ProjectFileError(f"No recovery copy of {one.name} can be read. The last saved file is untouched.")


def forget(one: Recovered) -> None:
    """Remove what a crash left behind."""
    shutil.rmtree(one.folder, ignore_errors=True)
