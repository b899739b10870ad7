"""The inspector's page for a clip: transform, opacity, sound, speed, effects, title; every change is live."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from effects.params import ParamSpec, specs_of
from effects.registry import generators, video_effects
from studio_app.session.session import Session
from timeline.commands.set_clip import SetClip
from timeline.commands.set_generator import SetGenerator
from timeline.commands.set_speed import SetSpeed
from timeline.curve import Curve, Keyframe
from timeline.items import Clip, EffectUse, GeneratorSource, MediaSource, Placeholder, SequenceSource
from timeline.query import media_of, range_of, source_name
from timeline.time import ZERO, RationalTime
from ui import words
from ui.form.form import Form
from ui.form.section import Section
from ui.inspect_base import InspectorPage
from ui.qt import icons
from ui.qt.language import EFFECTS, QT_TRANSLATE_NOOP, translated
from ui.take_strip import TakeStrip
from ui.widgets import label, push_button, row, tool_button

TRANSFORM = "transform"
OPACITY = ParamSpec(
    "opacity",
    "float",
    QT_TRANSLATE_NOOP("Form", "Opacity"),
    100.0,
    0,
    100,
    "%",
    1,
    help=QT_TRANSLATE_NOOP("Form", "100 % covers what lies below."),
)
SOUND = (
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
)
SPEED = (
    ParamSpec(
        "speed",
        "float",
        QT_TRANSLATE_NOOP("Form", "Speed"),
        100.0,
        1,
        10_000,
        "%",
        1,
        help=QT_TRANSLATE_NOOP("Form", "100 % is as recorded; what follows keeps its place."),
    ),
    ParamSpec(
        "reverse",
        "bool",
        QT_TRANSLATE_NOOP("Form", "Reverse"),
        False,
        help=QT_TRANSLATE_NOOP("Form", "Play from the end."),
    ),
)
_SILENCE = -60.0


class ClipPage(InspectorPage):
    """`picture` and `sound` are the ids of the linked clips that are edited; one may be None."""

    def __init__(self, session: Session, picture: str | None, sound: str | None, more: int) -> None:
        super().__init__(session)
        self._picture, self._sound, self._more = picture, sound, more
        self._showing: list[Callable[[Clip], None]] = []
        self._forms: list[Form] = []
        lead = self._clip(picture or sound)
        if lead is None:
            return
        self._structure = self._structure_of(lead)
        self._head_key: tuple[object, ...] = ()
        self._head_place = QVBoxLayout()
        self.column.addLayout(self._head_place)
        if picture is not None:
            self._picture_sections(lead)
        if self._clip(sound) is not None:
            self._form_section(self.tr("Sound"), Form(SOUND), self._sound_values, self._set_sound)
        if not isinstance(lead.source, GeneratorSource):
            self._speed()
        self.column.addStretch(1)
        self.refresh()

    def refresh(self) -> bool:
        """Show the values as they are; False when the clip is gone or has other sections now."""
        lead = self._clip(self._picture or self._sound)
        if lead is None or self._structure_of(lead) != self._structure:
            return False
        self._show_head(lead)
        for show in self._showing:
            show(lead)
        return True

    def rebind(self, picture: str | None, sound: str | None, more: int) -> bool:
        """Show another clip on the same page, which is much quicker than a new one; False when it has other sections."""
        lead = self._clip(picture or sound)
        old = (self._picture, self._sound, self._more)
        if lead is None or (picture is None, sound is None) != (old[0] is None, old[1] is None):
            return False
        self._picture, self._sound, self._more = picture, sound, more
        if self.refresh():
            return True
        self._picture, self._sound, self._more = old
        return False

    def show_time(self) -> None:
        """The playhead moved: what keyframes move has other values."""
        lead = self._clip(self._picture or self._sound)
        if lead is not None and any(form.has_curves for form in self._forms):
            for show in self._showing:
                show(lead)

    def _source_time(self, clip: Clip) -> RationalTime:
        """Where the playhead is in the clip, at most at its ends."""
        span = range_of(self.session.sequence, clip.id)
        if span is None:
            return clip.source_range.start
        since = self.session.transport.time - span.start
        return clip.running_time(min(max(since, ZERO), span.duration))

    def _structure_of(self, clip: Clip) -> tuple[object, ...]:
        """What decides which sections there are."""
        uses = tuple((use.effect, use.enabled) for use in clip.effects if use.effect != TRANSFORM)
        return (clip.source.generator if isinstance(clip.source, GeneratorSource) else "", uses)

    def _clip(self, clip_id: str | None) -> Clip | None:
        return self.session.sequence.clip(clip_id) if clip_id is not None else None

    def _do(self, changes: dict[str, Any], clip_id: str | None) -> None:
        if clip_id is not None and not self.session.document.do(SetClip(self.session.sequence_id, (clip_id,), changes)):
            self.refresh()

    # head

    def _show_head(self, clip: Clip) -> None:
        library = self.session.document.library
        takes = library.takes_of(clip.shot_id) if clip.shot_id is not None else ()
        source = "" if isinstance(clip.source, GeneratorSource) else clip.source
        key = (clip.id, clip.name, source, len(takes), self._more)
        if key == self._head_key:
            return
        self._head_key = key
        while (item := self._head_place.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._head_place.addWidget(self._head(clip))

    def _head(self, clip: Clip) -> QWidget:
        library = self.session.document.library
        media = media_of(clip, library)
        take = library.take_of_media(media.id) if media is not None else None
        name = clip.name or source_name(clip, library)
        if take is not None:
            engine = self.tr("Starcut engine") if take.lineage.engine == "procedural" else take.lineage.engine
            fact = (
                self.tr("{engine}, seed {seed}, free").format(engine=engine, seed=take.lineage.seed)
                if take.lineage.seed is not None
                else engine
            )
        elif isinstance(clip.source, Placeholder):
            fact = self.tr("Waits for its first take")
        elif isinstance(clip.source, GeneratorSource):
            kind = generators().classes.get(clip.source.generator)
            fact = translated(EFFECTS, kind.shown_name()) if kind is not None else clip.source.generator
        elif isinstance(clip.source, SequenceSource):
            nest = self.session.document.project.sequence(clip.source.sequence_id)
            fact = (
                self.tr("Sequence, {name}").format(name=nest.name)
                if nest is not None
                else self.tr("This sequence is no longer in the project")
            )
        else:
            fact = (
                media.path.replace("\\", "/").rpartition("/")[2]
                if media is not None
                else self.tr("Missing from the library")
            )
        if self._more:
            fact += self.tr("; {clips} more selected").format(clips=words.plural(self._more, "clip"))
        page = InspectorPage(self.session)
        page.column.setContentsMargins(0, 0, 0, 0)
        page.add_head(name, fact, "spark" if take is not None else "")
        takes = library.takes_of(clip.shot_id) if clip.shot_id is not None else ()
        if len(takes) > 1 and media is not None:
            strip = TakeStrip(self.session, takes, media.id)
            strip.chosen.connect(lambda take_id: self._use_take(take_id))
            page.column.addWidget(row(strip, margins=(12, 0, 12, 0)))
            number = next((n for n, one in enumerate(takes, 1) if one.media_id == media.id), 0)
            words_ = label(
                self.tr("Take {number} of {count} is in the cut").format(number=number, count=len(takes)), "muted"
            )
            page.column.addWidget(row(words_, 1, margins=(12, 2, 12, 8)))
        return page

    def _use_take(self, take_id: str) -> None:
        take = self.session.document.library.takes[take_id]
        self.session.document.seal()
        self._do({"source": MediaSource(take.media_id)}, self._picture or self._sound)

    # sections

    def _form_section(
        self,
        title: str,
        form: Form,
        values: Callable[[Clip], dict[str, Any]],
        change: Callable[[str, Any], None],
    ) -> Section:
        section = Section(title, form)
        form.changed.connect(change)
        form.finished.connect(self.session.document.seal)
        section.reset.connect(lambda: self._reset(form, change))
        self._showing.append(lambda lead: form.set_values(values(lead), self._source_time(lead)))
        self._forms.append(form)
        self.column.addWidget(section)
        return section

    def _reset(self, form: Form, change: Callable[[str, Any], None]) -> None:
        self.session.document.seal()
        for spec in form.specs:
            if form.values().get(spec.name) != spec.default:
                change(spec.name, spec.default)
        self.session.document.seal()

    def _picture_sections(self, clip: Clip) -> None:
        if isinstance(clip.source, GeneratorSource):
            kind = generators().classes.get(clip.source.generator)
            if kind is not None:
                self._form_section(
                    translated(EFFECTS, kind.shown_name()), Form(specs_of(kind)), _generator_values, self._set_generator
                )
        transform = video_effects().classes.get(TRANSFORM)
        specs = (*(specs_of(transform) if transform is not None else ()), OPACITY)
        self._form_section(self.tr("Transform"), Form(_usual_first(specs)), self._transform_values, self._set_transform)
        for number, place in enumerate(_others(clip)):
            self._effect_section(number, clip.effects[place])
        self._add_effect_button()

    def _effect_section(self, number: int, use: EffectUse) -> None:
        kind = video_effects().classes.get(use.effect)
        if kind is None:
            missing = label(
                self.tr("The effect {effect} is not installed. It is kept as it is.").format(effect=use.effect), "muted"
            )
            missing.setWordWrap(True)
            self.column.addWidget(Section(words.title_case(use.effect), missing, can_reset=False))
            return
        section = self._form_section(
            translated(EFFECTS, kind.shown_name()),
            Form(specs_of(kind)),
            lambda lead: dict(lead.effects[_others(lead)[number]].values),
            lambda name, value: self._set_other(number, name, value),
        )
        eye = tool_button("eye" if use.enabled else "eye-off", self.tr("Show or hide this effect"), icon_size=14)
        eye.clicked.connect(lambda: self._toggle_effect(number))
        bin_button = tool_button("trash-2", self.tr("Remove this effect"), icon_size=14)
        bin_button.clicked.connect(lambda: self._remove_effect(number))
        section.buttons.insertWidget(section.buttons.count() - 1, eye)
        section.buttons.addWidget(bin_button)

    def _add_effect_button(self) -> None:
        there = {key: kind for key, kind in video_effects().classes.items() if key != TRANSFORM}
        if not there:
            return
        button = push_button(self.tr("Add effect"), "plus")
        menu = QMenu(button)
        for key, kind in sorted(there.items(), key=lambda pair: pair[1].shown_name()):
            menu.addAction(
                icons.icon("wand-sparkles"),
                translated(EFFECTS, kind.shown_name()),
                lambda key=key: self._add_effect(key),
            )
        button.clicked.connect(lambda: menu.popup(button.mapToGlobal(button.rect().bottomLeft())))
        holder = QWidget()
        line = QHBoxLayout(holder)
        line.setContentsMargins(12, 6, 12, 8)
        line.addWidget(button)
        line.addStretch(1)
        self.column.addWidget(holder)

    def _speed(self) -> None:
        form = Form(SPEED)
        section = Section(self.tr("Speed"), form)
        # A new speed moves the clip's end: done when the hand lets go, not on the way.
        form.finished.connect(lambda: self._set_speed(form.values()))
        section.reset.connect(lambda: self._set_speed({"speed": 100.0, "reverse": False}))
        self._showing.append(
            lambda lead: form.set_values({"speed": abs(float(lead.speed)) * 100, "reverse": lead.speed < 0})
        )
        self.column.addWidget(section)

    # values and changes

    def _transform_values(self, clip: Clip) -> dict[str, Any]:
        use = next((one for one in clip.effects if one.effect == TRANSFORM), None)
        opacity = _shown(clip.opacity, lambda part: part * 100, self._source_time(clip))
        return {**(use.values if use is not None else {}), "opacity": opacity}

    def _set_transform(self, name: str, value: Any) -> None:
        clip = self._clip(self._picture)
        if clip is None:
            return
        if name == "opacity":
            self._do({"opacity": value / 100}, clip.id)
            return
        if not any(use.effect == TRANSFORM for use in clip.effects):
            self._do({"effects": (EffectUse(TRANSFORM, {name: value}), *clip.effects)}, clip.id)
            return
        place = next(n for n, use in enumerate(clip.effects) if use.effect == TRANSFORM)
        self._set_effect(place, name, value)

    def _set_effect(self, place: int, name: str, value: Any) -> None:
        self._change_effect(place, lambda use: replace(use, values={**use.values, name: value}))

    def _set_other(self, number: int, name: str, value: Any) -> None:
        clip = self._clip(self._picture)
        if clip is not None:
            self._set_effect(_others(clip)[number], name, value)

    def _toggle_effect(self, number: int) -> None:
        clip = self._clip(self._picture)
        if clip is not None:
            self.session.document.seal()
            self._change_effect(_others(clip)[number], lambda use: replace(use, enabled=not use.enabled))

    def _change_effect(self, place: int, new: Callable[[EffectUse], EffectUse]) -> None:
        clip = self._clip(self._picture)
        if clip is not None and place < len(clip.effects):
            uses = list(clip.effects)
            uses[place] = new(uses[place])
            self._do({"effects": tuple(uses)}, clip.id)

    def _add_effect(self, effect: str) -> None:
        clip = self._clip(self._picture)
        if clip is not None:
            self.session.document.seal()
            self._do({"effects": (*clip.effects, EffectUse(effect))}, clip.id)

    def _remove_effect(self, number: int) -> None:
        clip = self._clip(self._picture)
        if clip is not None:
            place = _others(clip)[number]
            self.session.document.seal()
            self._do({"effects": (*clip.effects[:place], *clip.effects[place + 1 :])}, clip.id)

    def _set_generator(self, name: str, value: Any) -> None:
        if self._picture is not None:
            self.session.document.do(SetGenerator(self.session.sequence_id, self._picture, {name: value}))

    def _sound_values(self, lead: Clip) -> dict[str, Any]:
        clip = self._clip(self._sound)
        if clip is None:
            return {}
        at = self._source_time(clip)
        volume = _shown(clip.volume, lambda gain: max(_SILENCE, words.decibels(gain)), at)
        pan = _shown(clip.pan, lambda side: side * 100, at)
        return {"volume": volume, "pan": pan}

    def _set_sound(self, name: str, value: Any) -> None:
        if name == "volume":
            self._do({"volume": 0.0 if value <= _SILENCE else words.gain(value)}, self._sound)
        else:
            self._do({"pan": value / 100}, self._sound)

    def _set_speed(self, values: dict[str, Any]) -> None:
        lead = self._clip(self._picture or self._sound)
        if lead is None:
            return
        speed = Fraction(round(values["speed"] * 100), 10_000) * (-1 if values["reverse"] else 1)
        if speed and speed != lead.speed:
            ids = tuple(one for one in (self._picture, self._sound) if one is not None)
            self.session.document.seal()
            if not self.session.document.do(SetSpeed(self.session.sequence_id, ids, speed)):
                self.refresh()


def _shown(value: float | Curve, unit: Callable[[float], float], at: RationalTime) -> float | Curve:
    """A level in the unit of its field; of one that changes over time, what it is at a source time."""
    if not isinstance(value, Curve):
        return unit(value)
    now = value.at(at)
    return Curve((Keyframe(at, unit(float(now)) if isinstance(now, int | float) else 0.0),))


def _usual_first(specs: tuple[ParamSpec, ...]) -> tuple[ParamSpec, ...]:
    """Opacity after rotation, as hands expect it; crop and fit last."""
    order = {name: place for place, name in enumerate(("position_x", "position_y", "scale", "rotation", "opacity"))}
    return tuple(sorted(specs, key=lambda spec: order.get(spec.name, len(order))))


def _generator_values(clip: Clip) -> dict[str, Any]:
    return dict(clip.source.values) if isinstance(clip.source, GeneratorSource) else {}


def _others(clip: Clip) -> list[int]:
    """Where the effects stand that have a section of their own: all but the transform."""
    return [place for place, use in enumerate(clip.effects) if use.effect != TRANSFORM]
