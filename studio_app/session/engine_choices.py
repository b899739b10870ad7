"""Who may make a shot, as a chooser shows it: auto, the embedded engine, each service and its models, with what they lack."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from engines.generate.registry import DEFAULT_ENGINE, visible_engines
from engines.generate.remote.models import Model
from engines.generate.remote.provider import RemoteEngine
from studio_app.services.jobs import Post, StartThread
from studio_app.services.signal import Signal
from studio_app.session.generation_desk import Desk

AUTO = "auto"
_FILMS = {"text_to_video", "image_to_video"}
_SAMPLE_SECONDS = 5.0


@dataclass(frozen=True)
class EngineChoice:
    """One line. `value` is what stands in the shot; `cost` of five seconds, None where nobody says; `lacks`: why it cannot be used."""

    value: str
    label: str
    cost: Decimal | None = Decimal(0)
    lacks: str = ""
    is_model: bool = False


_HERE = (EngineChoice(AUTO, "Auto"), EngineChoice("", "Starcut, on this computer"))


class EngineChoices:
    """Looks at keys and addresses on a thread; until that is done there are the two that need none. Main thread."""

    def __init__(self, desk: Desk, post: Post, start_thread: StartThread) -> None:
        self._desk, self._post, self._start_thread = desk, post, start_thread
        self._rows: tuple[EngineChoice, ...] = _HERE
        self._is_looking = self._has_looked = False
        self.changed: Signal[[]] = Signal()

    @property
    def rows(self) -> tuple[EngineChoice, ...]:
        """All of them; the first time they are looked for, and `changed` tells."""
        if not self._has_looked:
            self.look()
        return self._rows

    def look(self) -> None:
        """Look again: keys were entered, or the list of models is another."""
        if self._is_looking:
            return
        self._is_looking = self._has_looked = True

        def work() -> None:
            found: tuple[EngineChoice, ...] = _HERE
            try:
                found = _found(self._desk)
            finally:
                self._post(lambda: self._take(found))

        self._start_thread("engine choices", work)

    def _take(self, rows: tuple[EngineChoice, ...]) -> None:
        self._is_looking = False
        if rows != self._rows:
            self._rows = rows
            self.changed.emit()


def _found(desk: Desk) -> tuple[EngineChoice, ...]:
    """Those that can be used first, by name."""
    found = []
    for engine_id in visible_engines():
        maker = desk.access.engine(engine_id)
        if engine_id == DEFAULT_ENGINE or not isinstance(maker, RemoteEngine):
            continue
        models = [one for one in maker.models if _FILMS & set(one.kinds)]
        if models:
            lacks = maker.available() or ""
            rows = [EngineChoice(engine_id, maker.label, _cost(models[0]), lacks)]
            if len(models) > 1:
                rows += [_row(one, maker.label, lacks) for one in models]
            found.append((bool(lacks), maker.label.casefold(), rows))
    return (*_HERE, *(row for _, _, rows in sorted(found, key=lambda one: one[:2]) for row in rows))


def _row(model: Model, engine: str, lacks: str) -> EngineChoice:
    return EngineChoice(
        f"{model.provider}/{model.id}", f"{engine} {model.label}", _cost(model), model.retired() or lacks, True
    )


def _cost(model: Model) -> Decimal | None:
    return model.cost(model.lengths_about(_SAMPLE_SECONDS) or _SAMPLE_SECONDS)
