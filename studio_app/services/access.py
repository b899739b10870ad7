"""How engines are reached on this computer: keys, addresses, models, caps, from the keyring and the settings."""

from __future__ import annotations

import logging
from decimal import Decimal
from pathlib import Path

from engines.errors import EngineError
from engines.generate.base import Engine
from engines.generate.registry import engine
from engines.generate.remote.models import Catalogue, catalogue, read, shipped
from engines.generate.remote.provider import Access
from studio_app.services.gone_models import GoneModels
from studio_app.services.job_book import Caps
from studio_app.services.keys import Keys
from studio_app.services.paths import user_paths
from studio_app.services.settings import SettingsStore
from timeline.atomic import write_atomically

log = logging.getLogger(__name__)


class EngineAccess:
    """Gives engines what they need to be reached. Any thread; settings are read when asked."""

    def __init__(self, keys: Keys, settings: SettingsStore, own_models: Path, keep_in: Path | None = None) -> None:
        self.keys = keys
        self.own_models = own_models
        self._settings = settings
        self.keep_in = keep_in
        self.gone = GoneModels(user_paths().data / "models_gone.json")
        self.answers = user_paths().data / "answers"
        """Where paid results that are an answer themselves wait until they have landed."""
        self.pace = 1.0
        """Seconds that a second of waiting takes: tests wait less."""

    def engine(self, engine_id: str, access: Access | None = None) -> Engine:
        """An engine that can be used. Raises EngineError for an unknown id. `access`: as of a moment ago, when many are asked."""
        return engine(engine_id, self.keep_in, access or self.access)

    @property
    def access(self) -> Access:
        """As of now."""
        return Access(
            self.keys.find,
            dict(self._settings.values.engine_addresses),
            self.models,
            answers=self.answers,
            pace=self.pace,
        )

    @property
    def models(self) -> Catalogue:
        """The list of models with the user's own entries; a faulty own file is told in the log and left out."""
        try:
            return self.gone.left_out(catalogue(self.own_models))
        except EngineError as error:
            log.warning("%s", error.message)
            return self.gone.left_out(shipped())

    def add_own(self, entry: str) -> None:
        """Put an entry at the end of the user's own list. Raises EngineError where that would not be a list any more, or cannot be
        written; the list is then as before."""
        try:
            text = self.own_models.read_text(encoding="utf-8") if self.own_models.exists() else ""
            whole = f"{text.rstrip()}\n\n{entry}".lstrip()
            read(whole, self.own_models.name)
            self.own_models.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(self.own_models, whole.encode())
        except (OSError, UnicodeDecodeError) as error:
            raise EngineError(f"{self.own_models.name} cannot be written; look at the disk.", str(error)) from error

    @property
    def own_models_fault(self) -> str:
        """What is wrong with the user's own list, in a sentence; empty where nothing is."""
        try:
            catalogue(self.own_models)
        except EngineError as error:
            return error.message
        return ""

    @property
    def caps(self) -> Caps:
        """What may be spent; 0 in the settings is no limit."""
        values = self._settings.values

        def cap(amount: float) -> Decimal | None:
            return Decimal(str(amount)) if amount else None

        return Caps(
            cap(values.cap_project_soft),
            cap(values.cap_project_hard),
            cap(values.cap_month_soft),
            cap(values.cap_month_hard),
        )
