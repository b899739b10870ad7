"""Where Starcut keeps what is not a project: settings, caches, recovery files."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import dataclass, replace
from pathlib import Path

import platformdirs


@dataclass(frozen=True)
class Paths:
    """Folders, made when first asked for."""

    config: Path
    cache: Path
    data: Path

    @property
    def thumbnails(self) -> Path:
        """JPEGs by content hash."""
        return _made(self.cache / "thumbnails")

    @property
    def waveforms(self) -> Path:
        """Peaks by content hash."""
        return _made(self.cache / "waveforms")

    @property
    def proxies(self) -> Path:
        """Light films by content hash; made by who writes the first."""
        return self.cache / "proxies"

    @property
    def previews(self) -> Path:
        """Composed frames by what is in them; made by who writes the first."""
        return self.cache / "previews"

    @property
    def plates(self) -> Path:
        """Painted scenes of the embedded engine, by all that decides them; made by who writes the first."""
        return self.cache / "plates"

    @property
    def analyses(self) -> Path:
        """Figures of clips, by content hash; made by who writes the first."""
        return self.cache / "analyses"

    @property
    def trials(self) -> Path:
        """What came of trying files, by content hash; made by who writes the first."""
        return self.cache / "trials"

    @property
    def recovery(self) -> Path:
        """Autosaved projects."""
        return _made(self.data / "recovery")

    @property
    def undo(self) -> Path:
        """Steps of projects that were saved, by the project's id; made by who writes the first."""
        return self.data / "undo"

    @property
    def learnt(self) -> Path:
        """The log of what was made, looks found, what was accepted; made by who writes the first."""
        return self.data / "learnt"

    @property
    def evolving(self) -> Path:
        """Looks that were kept, and how quick each operation was; made by who writes the first."""
        return self.data / "evolving.json"

    @property
    def catalogue(self) -> Path:
        """Every clip that was ever seen, and what was said of it; made by who writes the first."""
        return self.data / "catalogue"

    @property
    def generated(self) -> Path:
        """Takes of projects that have not been saved yet."""
        return _made(self.data / "takes")

    @property
    def job_book(self) -> Path:
        """The book of generation jobs of all projects; see services.job_book."""
        return _made(self.data) / "jobs.db"

    @property
    def own_models(self) -> Path:
        """The user's own entries over the shipped list of models; theirs to write."""
        return self.config / "models.toml"

    @property
    def settings_file(self) -> Path:
        """Settings, recent files and layouts."""
        return _made(self.config) / "settings.json"


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def user_paths() -> Paths:
    """The user's folders; `STARCUT_HOME` moves all of them below one folder (portable installs, tests)."""
    if home := os.environ.get("STARCUT_HOME"):
        root = Path(home)
        return _with_chosen_cache(Paths(root / "config", root / "cache", root / "data"))
    return _with_chosen_cache(
        Paths(
            Path(platformdirs.user_config_dir("starcut", appauthor=False)),
            Path(platformdirs.user_cache_dir("starcut", appauthor=False)),
            Path(platformdirs.user_data_dir("starcut", appauthor=False)),
        )
    )


def _with_chosen_cache(paths: Paths) -> Paths:
    """The caches where the preferences put them; a place that cannot be had (a disk that is away) is left for today."""
    try:
        chosen = json.loads((paths.config / "settings.json").read_bytes()).get("cache_folder")
        folder = Path(chosen) if isinstance(chosen, str) and chosen else None
        if folder is None or not folder.is_absolute():
            return paths
        folder.mkdir(parents=True, exist_ok=True)
        return replace(paths, cache=folder) if os.access(folder, os.W_OK) else paths
    except (OSError, ValueError, AttributeError):
        return paths


def examples_folder() -> Path | None:
    """The example storyboards: beside the code in a checkout or a frozen build, absent in a plain installation."""
    root = Path(getattr(sys, "_MEIPASS", Path(__file__).resolve().parents[2]))
    folder = root / "examples"
    return folder if folder.is_dir() else None
