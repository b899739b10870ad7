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
_KINDS = {
    "film": {"text_to_video", "image_to_video"},
    "picture": {"text_to_image", "image_edit"},
    "sound": {"music", "sound"},
}
"""What models must make to be offered for a film, for a picture, for what is heard."""
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
_COMPOSER = (EngineChoice("", "Starcut composer, on this computer"),)
Rows = tuple[EngineChoice, ...]
_Found = dict[str, Rows]


class EngineChoices:
    """Looks at keys and addresses on a thread; until that is done there are the two that need none. Main thread."""

    def __init__(self, desk: Desk, post: Post, start_thread: StartThread) -> None:
        self._desk, self._post, self._start_thread = desk, post, start_thread
        self._rows: _Found = {one: _here(one) for one in _KINDS}
        self._is_looking = self._has_looked = self._is_stale = False
        self.changed: Signal[[]] = Signal()

    @property
    def rows(self) -> Rows:
        """Those that make films."""
        return self.rows_for("film")

    def rows_for(self, makes: str) -> Rows:
        """Those that make a `film`, a `picture` or a `sound`; the first time they are looked for, and `changed` tells."""
        if not self._has_looked:
            self.look()
        return self._rows[makes]

    def is_sound(self, value: str) -> bool:
        """Whether a choice makes sounds, and no music."""
        found = self._desk.access.models.find(value)
        return found is not None and "music" not in found.kinds

    def look(self) -> None:
        """Look again: keys were entered, or the list of models is another."""
        if self._is_looking:
            self._is_stale = True  # what is being read may be from before
            return
        self._is_looking = self._has_looked = True

        def work() -> None:
            found: _Found = {one: _here(one) for one in _KINDS}
            try:
                found = {one: _found(self._desk, one) for one in _KINDS}
            finally:
                self._post(lambda: self._take(found))

        self._start_thread("engine choices", work)

    def _take(self, rows: _Found) -> None:
        self._is_looking = False
        if self._is_stale:
            self._is_stale = False
            self.look()
        if rows != self._rows:
            self._rows = rows
            self.changed.emit()


def _here(makes: str) -> Rows:
    return _COMPOSER if makes == "sound" else _HERE


def _found(desk: Desk, makes: str) -> Rows:
    """Those that can be used first, by name."""
    found = []
    for engine_id in visible_engines():
        maker = desk.access.engine(engine_id)
        if engine_id == DEFAULT_ENGINE or not isinstance(maker, RemoteEngine):
            continue
        models = [one for one in maker.models if _KINDS[makes] & set(one.kinds)]
        if models:
            lacks = maker.available() or ""
            first = next((one for one in models if not one.retired()), models[0])
            is_one = makes != "sound"  # a sound's length and what it is are the model's: no engine as a whole
            rows = [EngineChoice(engine_id, maker.label, _cost(first), first.retired() or lacks)] if is_one else []
            if len(models) > 1 or not is_one:
                rows += [_row(one, maker.label, lacks, is_model=is_one) for one in models]
            found.append((bool(rows[0].lacks), maker.label.casefold(), rows))
    return (*_here(makes), *(row for _, _, rows in sorted(found, key=lambda one: one[:2]) for row in rows))


def _row(model: Model, engine: str, lacks: str, *, is_model: bool) -> EngineChoice:
    return EngineChoice(
        f"{model.provider}/{model.id}", f"{engine} {model.label}", _cost(model), model.retired() or lacks, is_model
    )


def _cost(model: Model) -> Decimal | None:
    return model.cost(model.lengths_about(_SAMPLE_SECONDS) or _SAMPLE_SECONDS)
