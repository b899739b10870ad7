"""What generating stands on, in one place: engines and their keys, the book of jobs, how engines did lately, the settings."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from engines.errors import EngineError
from engines.generate.base import GenerationRequest, JobLike, Result
from engines.generate.fallback import Allowed
from engines.generate.health import Health
from engines.generate.registry import made_by
from studio_app.planning.finishing import finish_of
from studio_app.services.access import EngineAccess
from studio_app.services.aside import Aside
from studio_app.services.aside_process import AsideError
from studio_app.services.job_book import Caps, JobBook
from studio_app.services.keys import Keys
from studio_app.services.paths import Paths
from studio_app.services.settings import Settings, SettingsStore
from studio_app.session.generation_plan import Planner
from timeline.errors import StudioError
from timeline.storyboard import Shot

log = logging.getLogger(__name__)


@dataclass
class OpenProjects:
    """What the desk asks of projects; who has one open says how it is found. Any thread."""

    never_sent: Callable[[str], Sequence[str]] = lambda _project_id: ()


@dataclass(frozen=True)
class Desk:
    """Built once by the session; `note` says what was wrong with the book when it was opened."""

    access: EngineAccess
    book: JobBook
    settings: SettingsStore
    health: Health = field(default_factory=Health)
    note: str = ""
    projects: OpenProjects = field(default_factory=OpenProjects)
    aside: Aside = field(default_factory=lambda: Aside(processes=False))

    def made_here(self, engine_id: str, request: GenerationRequest, target: Path, job: JobLike) -> Result:
        """The film of a request by an engine of this computer, drawn beside the window. Raises as its `generate` does."""
        try:
            return self.aside.do(job, made_by, engine_id, self.access.keep_in, request, target)
        except AsideError as error:
            raise EngineError(f"The film could not be drawn. {error.message}", error.detail, retryable=True) from error

    def planner(self, project_id: str) -> Planner:
        """Plans by the settings as they are now."""
        return Planner(self.access, self.values, self.health, self.blocked(project_id))

    @property
    def values(self) -> Settings:
        """The settings."""
        return self.settings.values

    def blocked(self, project_id: str) -> Sequence[str]:
        """Words a project never sends: its own list, and what an earlier version kept in the settings."""
        before: Mapping[str, Sequence[str]] = self.values.blocked_words
        return (*self.projects.never_sent(project_id), *before.get(project_id, ()))

    @property
    def caps(self) -> Caps:
        """What may be spent."""
        return self.access.caps

    def allowed(self, shot: Shot) -> Allowed:
        """What may be done after a failure of a shot without asking: what the shot says of it, else the settings."""
        values = self.values
        finish = finish_of(shot) or values.engine_finish
        return Allowed(values.engine_softens, values.engine_dearer, finish, values.engine_policy)


def set_up_desk(paths: Paths, settings: SettingsStore, keys: Keys | None = None, aside: Aside | None = None) -> Desk:
    """The desk of this user. A damaged book is set aside, and that is told: what ran at a service is found in the account there."""
    access = EngineAccess(keys or Keys(), settings, paths.own_models, paths.plates)
    book, note = open_book(paths.job_book)
    return Desk(access, book, settings, note=note, aside=aside or Aside(processes=False))


def open_book(path: Path) -> tuple[JobBook, str]:
    """The book and what was wrong with it. A locked one is waited for; where nothing can be written, one in memory serves."""
    try:
        return JobBook(path), ""
    except (StudioError, OSError) as error:
        log.warning("the book of jobs: %s", error)
        damaged = isinstance(error.__cause__, sqlite3.DatabaseError) and not isinstance(
            error.__cause__, sqlite3.OperationalError
        )
    if damaged:
        aside = path.with_suffix(".damaged.db")
        for suffix in ("", "-wal", "-shm"):
            old = path.with_name(f"{path.name}{suffix}")
            if old.exists():
                old.replace(aside.with_name(f"{aside.name}{suffix}"))
        return JobBook(path), (
            f"The book of jobs was damaged and is set aside as {aside.name}. Jobs that ran at a service are in your account there."
        )
    return JobBook(None), (
        "The book of jobs cannot be written: jobs of this session are not picked up after a crash. Look at the disk."
    )
