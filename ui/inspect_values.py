"""A section of the inspector for values of clips: form, units, keyframe cells; of several clips at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from collections.abc import Sequence as Row
from dataclasses import dataclass
from typing import Any

from effects.params import ParamSpec
from studio_app.session import clip_values
from studio_app.session.clip_values import Keys
from studio_app.session.session import Session
from timeline.clip_values import ClipValue, Home, held
from timeline.curve import Curve, Value, value_at
from timeline.items import Clip
from ui import words
from ui.form.form import Form
from ui.form.section import Section
from ui.qt.language import QT_TRANSLATE_NOOP

TRANSFORM = "transform"
SILENCE = -60.0


def _same(value: Any) -> Any:
    return value


@dataclass(frozen=True)
class Field:
    """A value of a clip, how its editor describes it, and its unit: from what is kept to what is shown, and back."""

    spec: ParamSpec
    value: ClipValue
    shown: Callable[[Any], Any] = _same
    kept: Callable[[Any], Any] = _same

    @property
    def default(self) -> Value:
        """What a clip has where nothing was set, as it is kept."""
        default: Value = self.kept(self.spec.default)
        return default


OPACITY = Field(
    ParamSpec(
        "opacity",
        "float",
        QT_TRANSLATE_NOOP("Form", "Opacity"),
        100.0,
        0,
        100,
        "%",
        1,
        help=QT_TRANSLATE_NOOP("Form", "100 % covers what lies below."),
    ),
    ClipValue("opacity"),
    lambda part: part * 100,
    lambda percent: percent / 100,
)
SOUND = (
    Field(
        ParamSpec(
            "volume",
            "float",
            QT_TRANSLATE_NOOP("Form", "Volume"),
            0.0,
            -60,
            12,
            QT_TRANSLATE_NOOP("Form", "dB"),
            0.1,
            help=QT_TRANSLATE_NOOP("Form", "0 dB is as recorded; −60 dB is silence."),
        ),
        ClipValue("volume"),
        lambda gain: max(SILENCE, words.decibels(gain)),
        lambda level: 0.0 if level <= SILENCE else words.gain(level),
    ),
    Field(
        ParamSpec(
            "pan",
            "float",
            QT_TRANSLATE_NOOP("Form", "Pan"),
            0.0,
            -100,
            100,
            "",
            1,
            help=QT_TRANSLATE_NOOP("Form", "−100 is left, 100 is right."),
        ),
        ClipValue("pan"),
        lambda side: side * 100,
        lambda side: side / 100,
    ),
)


def transform_fields(specs: Iterable[ParamSpec]) -> tuple[Field, ...]:
    """Opacity after rotation, as hands expect it; crop and fit last."""
    fields = [Field(spec, ClipValue(spec.name, Home.EFFECT, TRANSFORM, implied=True)) for spec in specs]
    order = {name: place for place, name in enumerate(("position_x", "position_y", "scale", "rotation", "opacity"))}
    return tuple(sorted((*fields, OPACITY), key=lambda one: order.get(one.spec.name, len(order))))


def generator_fields(specs: Iterable[ParamSpec]) -> tuple[Field, ...]:
    """The values of a generator: the text of a title, the colour of a solid."""
    return tuple(Field(spec, ClipValue(spec.name, Home.GENERATOR)) for spec in specs)


def effect_fields(specs: Iterable[ParamSpec], effect: str, nth: int) -> tuple[Field, ...]:
    """The values of one use of an effect."""
    return tuple(Field(spec, ClipValue(spec.name, Home.EFFECT, effect, nth)) for spec in specs)


class ValueSection(Section):
    """Shows the values of the last of some clips, a dash where the others differ; what is set goes to all of them."""

    def __init__(self, session: Session, title: str, fields: Iterable[Field], clips: Callable[[], Row[Clip]]) -> None:
        self._session, self._clips = session, clips
        self.fields = {one.spec.name: one for one in fields}
        self.form = Form((one.spec for one in self.fields.values()), keyed=True)
        super().__init__(title, self.form)
        self.animated = False
        """Whether the shown values depend on where the playhead is."""
        self.form.changed.connect(self.set_value)
        self.form.finished.connect(session.document.seal)
        self.reset.connect(self._reset)
        for name, cell in self.form.cells.items():
            cell.toggled.connect(lambda name=name: self._toggle(name))
            cell.went.connect(lambda forward, name=name: self._go(name, forward=forward))
            cell.way_chosen.connect(lambda way, name=name: self._set_way(name, way))
            cell.cleared.connect(lambda name=name: self._clear(name))

    def show_values(self) -> None:
        """The values as they are at the playhead."""
        clips = self._clips()
        if not clips:
            return
        different = _different(clips, self.fields.values())
        values = {name: self._shown(clips[-1], one) for name, one in self.fields.items()}
        mixed = [
            name
            for name, one in self.fields.items()
            if any(not _alike(self._shown(clip, one), values[name]) for clip in different)
        ]
        self.form.set_values(values, mixed)
        self.animated = any(
            isinstance(held(clip, one.value), Curve) for clip in different for one in self.fields.values()
        )
        for name, cell in self.form.cells.items():
            cell.show_keys(self._keys(clips[-1], self.fields[name]))

    def set_value(self, name: str, new: Any) -> None:
        """Set a value of all the clips, in the unit of its field."""
        one = self.fields[name]
        done = clip_values.set_values(self._session, self._clips(), {one.value: one.kept(new)}, one.spec.label)
        if not done:
            self.show_values()

    def _keys(self, clip: Clip, one: Field) -> Keys:
        return clip_values.keys_at(self._session, clip, one.value)

    def _shown(self, clip: Clip, one: Field) -> Any:
        value = held(clip, one.value)
        if isinstance(value, Curve):
            value = value_at(value, clip_values.moment(self._session, clip).time)
        return one.spec.default if value is None else one.shown(value)

    def _reset(self) -> None:
        """All values to their defaults, as one step."""
        self._session.document.seal()
        clips = self._clips()
        values = {
            one.value: one.default
            for one in self.fields.values()
            if one.spec.default is not None
            and any(not _alike(self._shown(clip, one), one.spec.default) for clip in _different(clips, (one,)))
        }
        if values:
            clip_values.set_values(self._session, clips, values, "Reset values")
        self._session.document.seal()

    def _toggle(self, name: str) -> None:
        one = self.fields[name]
        clip_values.toggle_key(self._session, self._clips(), one.value, one.default)

    def _go(self, name: str, *, forward: bool) -> None:
        clips = self._clips()
        if clips:
            clip_values.go_to_key(self._session, clips[-1], self.fields[name].value, forward=forward)

    def _set_way(self, name: str, way: Any) -> None:
        clip_values.set_way(self._session, self._clips(), self.fields[name].value, way)

    def _clear(self, name: str) -> None:
        clip_values.remove_keys(self._session, self._clips(), self.fields[name].value)


def _different(clips: Row[Clip], fields: Iterable[Field]) -> list[Clip]:
    """One clip of each sort that holds the same values; the last clip last. Thousands of clips mostly are a few sorts."""
    homes = {one.value.home for one in fields}
    names = [one.value.name for one in fields if one.value.home is Home.CLIP]
    found: dict[tuple[object, ...], Clip] = {}
    for clip in (*clips[-1:], *clips):
        levels = tuple(clip.id if isinstance(level := getattr(clip, name), Curve) else level for name in names)
        effects = _effects_key(clip) if Home.EFFECT in homes and clip.effects else 0
        source = clip.id if Home.GENERATOR in homes else 0
        found.setdefault((levels, effects, source), clip)
    last, *rest = found.values()
    return [*rest, last]


def _effects_key(clip: Clip) -> object:
    """Copies of a clip share its effects; animated ones have other values at another place."""
    moving = any(isinstance(value, Curve) for use in clip.effects for value in use.values.values())
    return clip.id if moving else id(clip.effects)


def _alike(one: Any, other: Any) -> bool:
    """Whether two values read the same in their field."""
    if isinstance(one, (int, float)) and isinstance(other, (int, float)):
        return abs(one - other) < 1e-6 * max(1.0, abs(one))
    return bool(one == other)
