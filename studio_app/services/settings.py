"""Settings per user: one JSON file, written atomically; a damaged file is set aside, never a reason not to start."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from timeline.atomic import write_atomically

log = logging.getLogger(__name__)


class RecentProject(BaseModel):
    """A project on the start page."""

    path: str
    name: str
    seconds: float = 0.0
    picture: str = ""
    picture_size: tuple[int, int] = (1920, 1080)
    opened: str = ""


class Settings(BaseModel):
    """What a user has chosen. Unknown fields of a newer version are kept."""

    model_config = ConfigDict(extra="allow", validate_assignment=True)
    recent: list[RecentProject] = Field(default_factory=list)
    layouts: dict[str, Any] = Field(default_factory=dict)
    snapping: bool = True
    export_folder: str = ""
    autosave_seconds: int = Field(5, ge=2, le=3600)


MOST_RECENT = 12


class SettingsStore:
    """Loads and saves the settings file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.values = self._load()

    def _load(self) -> Settings:
        try:
            return Settings.model_validate_json(self.path.read_bytes())
        except FileNotFoundError:
            return Settings()
        except (OSError, ValidationError, ValueError) as error:
            log.warning("settings in %s could not be read: %s", self.path, error)
            try:
                self.path.replace(self.path.with_suffix(".damaged.json"))
            except OSError:
                log.warning("and could not be set aside")
            return Settings()

    def save(self) -> None:
        """Write the settings; a failure is logged, it must not stop an edit."""
        try:
            write_atomically(self.path, json.dumps(self.values.model_dump(mode="json"), indent=1).encode())
        except OSError as error:
            log.warning("settings could not be saved: %s", error)

    def remember(self, project: RecentProject) -> None:
        """Put a project at the top of the recent ones."""
        others = [one for one in self.values.recent if one.path != project.path]
        self.values.recent = [project, *others][:MOST_RECENT]
        self.save()

    def forget(self, path: str) -> None:
        """Take a project off the recent ones."""
        self.values.recent = [one for one in self.values.recent if one.path != path]
        self.save()
