"""Models that a service says it no longer has, though the list does: left out for some days, told, and then tried again.

Ids die between two versions of the list. A service may also say so of one that it is only mending: nothing is left out for good.
"""

from __future__ import annotations

import datetime
import json
import logging
import re
import threading
from pathlib import Path

from engines.generate.remote.faults import Fault, ProviderError
from engines.generate.remote.models import Catalogue
from timeline.atomic import write_atomically

log = logging.getLogger(__name__)
DAYS = 7
"""How long one is left out."""
LEFT_OUT = f"It is left out of the list for {DAYS} days."
_OF_A_MODEL = re.compile(r"model|retired|deprecat|no longer|410", re.IGNORECASE)


class GoneModels:
    """The list of them, in a file of this user. Any thread; a file that cannot be read or written is none."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._known: dict[str, datetime.date] | None = None

    def note(self, provider: str, model: str, error: ProviderError) -> bool:
        """Whether a failure says that a model is gone, which then is left out. Only a service's own words about a model do:
        a page that is not there may be a wrong address."""
        if error.fault is not Fault.MODEL_GONE or not model or not _OF_A_MODEL.search(error.detail):
            return False
        with self._lock:
            known = {**self._all(), f"{provider}/{model}": _today()}
            self._known = known
            try:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                write_atomically(
                    self._path, json.dumps({key: str(day) for key, day in known.items()}, indent=1).encode()
                )
            except OSError as failure:
                log.info("models that are gone are not kept: %s", failure)
        return True

    def left_out(self, models: Catalogue) -> Catalogue:
        """The list with those marked as retired."""
        with self._lock:
            known = {key: day for key, day in self._all().items() if (_today() - day).days < DAYS}
        gone = {
            key: one.model_copy(update={"retires": known[key]}) for key, one in models.models.items() if key in known
        }
        return models.model_copy(update={"models": {**models.models, **gone}}) if gone else models

    def _all(self) -> dict[str, datetime.date]:
        if self._known is None:
            try:
                plain = json.loads(self._path.read_text(encoding="utf-8"))
                self._known = {str(key): datetime.date.fromisoformat(str(day)) for key, day in plain.items()}
            except (OSError, ValueError, AttributeError):
                self._known = {}
        return self._known


def _today() -> datetime.date:
    return datetime.datetime.now(datetime.UTC).date()
