"""The models of remote providers as data: `resources/engines/models.toml`, and the user's own entries over it.

Model ids die every few weeks. An entry says when it was checked and when it retires; a retired one stays listed, disabled with
its reason and its successor.
"""

from __future__ import annotations

import datetime
import tomllib
from collections.abc import Mapping
from decimal import ROUND_UP, Decimal
from functools import cache, lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

import resources
from engines.errors import EngineError

Kind = Literal[
    "text_to_video", "image_to_video", "video_to_video", "extend", "first_last", "keyframes", "upscale",
    "text_to_image", "image_edit", "music", "sound", "speech",
]  # fmt: skip
CENT = Decimal("0.01")
_LESS_THAN_A_FRAME = 0.015
"""Seconds; at 60 a second."""


class Limits(BaseModel):
    """What a model takes otherwise for one kind of work than for the rest; None: as the rest."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    seconds: tuple[float, ...] | None = None
    seconds_step: float | None = None
    sizes: tuple[str, ...] | None = None
    resolutions: tuple[str, ...] | None = None


class Model(BaseModel):
    """One model of one provider. Lengths in seconds; prices in `currency`, by `unit`, for the resolution named or for all ("")."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    """As the provider calls it; also in requests."""
    provider: str
    """The id of the engine that speaks to it."""
    label: str
    endpoint: str = ""
    kinds: tuple[Kind, ...]
    seconds: tuple[float, ...] = ()
    """The lengths it makes; with `seconds_step` the first and the last of a range. Empty: follows its source."""
    seconds_step: float = 0
    sizes: tuple[str, ...] = ()
    """Names of picture shapes as the provider wants them: "1280:720", "16:9", "720p"."""
    resolutions: tuple[str, ...] = ()
    rate: float = 24
    prompt_limit: int = 1000
    """Characters; see `prompt_units`."""
    prompt_units: Literal["characters", "utf16", "bytes"] = "characters"
    negative: bool = False
    seed: bool = True
    sound: bool = False
    loop: bool = False
    camera: bool = False
    good_at: tuple[str, ...] = ()
    price: Mapping[str, Annotated[Decimal, Field(ge=0)]] = Field(default_factory=dict)
    """By name of a resolution, "" for all. One that is not retired has a price: what is not known cannot be held to a cap."""
    unit: Literal["second", "clip", "image", "minute", "thousand characters"] = "second"
    currency: Literal["USD"] = "USD"
    """As services bill, and as caps and totals count."""
    price_is_sure: bool = False
    """Whether the provider itself states it; else it is shown as about."""
    typical_seconds: float = 90
    checked: datetime.date
    retires: datetime.date | None = None
    successor: str = ""
    note: str = ""
    options: Mapping[str, Any] = Field(default_factory=dict)
    """Fixed or default inputs of the model that no other field names."""
    only: Mapping[Kind, Limits] = Field(default_factory=dict)
    """Lengths and sizes of a kind of work where they are not those of the others."""

    @model_validator(mode="after")
    def _has_price(self) -> Model:
        if not self.price and not self.retired():
            raise ValueError('it has no price; write price = { "" = 0.05 }, or 0 for what is free')
        return self

    def for_kind(self, kind: str) -> Model:
        """The model as it is for a kind of work."""
        limits = self.only.get(kind)  # type: ignore[call-overload]
        return self if limits is None else self.model_copy(update=limits.model_dump(exclude_none=True))

    def retired(self, today: datetime.date | None = None) -> str:
        """Why it cannot be used any more, in a sentence; empty while it can."""
        day = today or datetime.datetime.now(datetime.UTC).date()
        if self.retires is None or day < self.retires:
            return ""
        then = f" Use {self.successor}." if self.successor else ""
        return f"{self.label} was retired on {self.retires:%d %B %Y}.{then}"

    def lengths_about(self, wanted: float) -> float | None:
        """The shortest length it makes that is not shorter than `wanted`; None where that is longer than it can.

        Ten seconds of 29.97 frames last 10.01: what is less than a frame longer is no longer length.
        """
        if not self.seconds:
            return wanted
        wanted -= min(wanted / 1001, _LESS_THAN_A_FRAME)
        low, high = min(self.seconds), max(self.seconds)
        if self.seconds_step:
            steps = max(0, -(-(wanted - low) // self.seconds_step))
            made = low + steps * self.seconds_step
            return made if made <= high + 1e-9 else None
        return min((one for one in self.seconds if one >= wanted - 1e-9), default=None)

    def cost(self, seconds: float, resolution: str = "", count: int = 1) -> Decimal:
        """What it will cost, rounded up to the cent; for a resolution without a price of its own that of the dearest."""
        price = self.price.get(resolution, self.price.get("", max(self.price.values(), default=Decimal(0))))
        amount = {
            "second": price * Decimal(str(seconds)),
            "minute": price * Decimal(str(seconds)) / 60,
        }.get(self.unit, price * count)
        return amount.quantize(CENT, ROUND_UP)


class Catalogue(BaseModel):
    """All models by "provider/id", in the order of the file, and the names that people still use."""

    model_config = ConfigDict(frozen=True)

    models: Mapping[str, Model]
    renamed: Mapping[str, str] = Field(default_factory=dict)
    """An old engine or model name: what serves it now ("runway gen-2": "runway/gen4.5")."""
    words: Mapping[str, str] = Field(default_factory=dict)
    """What to say of an old name."""

    def of(self, provider: str) -> tuple[Model, ...]:
        """The models of a provider."""
        return tuple(one for one in self.models.values() if one.provider == provider)

    def find(self, name: str) -> Model | None:
        """A model by "provider/id", by a provider's name (its first that is not retired), or by an old name."""
        wanted = self.renamed.get(name.strip().casefold(), name.strip())
        if wanted in self.models:
            return self.models[wanted]
        return next((one for one in self.of(wanted) if not one.retired()), None)


def read(text: str, where: str) -> Catalogue:
    """A catalogue out of TOML: `[[model]]` tables, `[renamed]`, `[words]`. Raises EngineError naming file and entry."""
    try:
        plain = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise EngineError(f"{where} is no valid TOML: {error}.") from error
    models: dict[str, Model] = {}
    entries = plain.get("model", [])
    if not isinstance(entries, list) or not all(isinstance(one, dict) for one in entries):
        raise EngineError(f"{where}: models are written as [[model]] tables.")
    tables = {name: plain.get(name, {}) for name in ("renamed", "words")}
    for name, table in tables.items():
        if not isinstance(table, dict) or not all(isinstance(one, str) for one in table.values()):
            raise EngineError(f"{where}: [{name}] is a table of texts.")
    for number, entry in enumerate(entries, 1):
        try:
            one = Model.model_validate(entry)
        except ValidationError as error:
            first = error.errors()[0]
            at = "".join(f"{part}: " for part in first["loc"])
            why = first["msg"].removeprefix("Value error, ")
            raise EngineError(f"{where}: model {number} ({entry.get('id', 'no id')}): {at}{why}.") from error
        models[f"{one.provider}/{one.id}"] = one
    renamed = {key.casefold(): value for key, value in tables["renamed"].items()}
    return Catalogue(models=models, renamed=renamed, words=tables["words"])


@cache
def shipped() -> Catalogue:
    """The catalogue that comes with the program."""
    return read(resources.read_text("engines/models.toml"), "models.toml")


def catalogue(own: Path | None = None) -> Catalogue:
    """The shipped catalogue with the user's own file over it, where there is one. Raises EngineError for a faulty own file."""
    if own is None:
        return shipped()
    try:
        found = own.stat()
    except FileNotFoundError:
        return shipped()
    except OSError as error:
        raise EngineError(f"{own.name} cannot be read.", str(error)) from error
    return _with_own(own, found.st_mtime_ns, found.st_size)


@lru_cache(4)
def _with_own(own: Path, _changed_ns: int, _size: int) -> Catalogue:
    """Both, read once: each plan of a shot asks a dozen engines, and each of them for the list."""
    try:
        text = own.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise EngineError(f"{own.name} cannot be read.", str(error)) from error
    mine, base = read(text, own.name), shipped()
    return Catalogue(
        models={**base.models, **mine.models},
        renamed={**base.renamed, **mine.renamed},
        words={**base.words, **mine.words},
    )
