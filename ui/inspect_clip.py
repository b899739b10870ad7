"""The inspector's page for clips: transform, opacity, sound, speed, effects, title; every change is live and for all of them."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Sequence as Row
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from effects.params import ParamSpec, specs_of
from effects.registry import generators, video_effects
from studio_app.session.session import Session
from studio_app.session.spending import cost_of
from studio_app.session.taking import takes_of, use_take
from timeline.command import Batch
from timeline.commands.set_each_clip import SetEachClip
from timeline.commands.set_speed import SetSpeed
from timeline.items import Clip, EffectUse, GeneratorSource, Placeholder
from timeline.media import Media
from timeline.query import media_of
from ui import words
from ui.form.form import Form
from ui.form.section import Section
from ui.inspect_analysis import AnalysisSection
from ui.inspect_base import InspectorPage
from ui.inspect_clip_head import head_of, head_of_many
from ui.inspect_values import (
    SOUND,
    TRANSFORM,
    Field,
    ValueSection,
    effect_fields,
    generator_fields,
    transform_fields,
)
from ui.qt import icons
from ui.qt.language import EFFECTS, QT_TRANSLATE_NOOP, translated
from ui.take_strip import TakeStrip
from ui.widgets import label, push_button, row, tool_button

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
_FEW = 50
"""So many clips at most are looked through for the file they share."""
Use = tuple[str, int]
"""An effect and the how manieth of its kind on a clip."""


class ClipPage(InspectorPage):
    """`pictures` and `sounds` are the ids of the clips that are edited; the values of the last ones are shown."""

    def __init__(self, session: Session, pictures: tuple[str, ...], sounds: tuple[str, ...]) -> None:
        super().__init__(session)
        self._ids = (pictures, sounds)
        self._read()
        self._sections: list[ValueSection] = []
        self._speed_form: Form | None = None
        self._speed_changed = ""
        self._head_key: tuple[object, ...] = ()
        self._analysed: Media | None = None
        self._head_place = QVBoxLayout()
        self.column.addLayout(self._head_place)
        if self._lead is None:
            return
        self._structure = self._structure_now()
        if self._pictures:
            self._picture_sections()
        if self._sounds:
            self._add_values(self.tr("Sound"), SOUND, lambda: self._sounds)
        if not isinstance(self._lead.source, GeneratorSource):
            self._add_speed()
        self._analysis = AnalysisSection(session)
        self._analysis.hide()
        self.column.addWidget(self._analysis)
        self.column.addStretch(1)
        self.refresh()

    def refresh(self) -> bool:
        """Show the values as they are; False when a clip is gone or has other sections now."""
        self._read()
        lead = self._lead
        if lead is None or self._structure_now() != self._structure:
            return False
        self._show_head(lead)
        for section in self._sections:
            section.show_values()
        if self._speed_form is not None:
            self._show_speed(self._speed_form)
        if (media := self._one_medium()) is not self._analysed:
            self._analysed = media
            self._analysis.show_of(media)
        return True

    def rebind(self, pictures: tuple[str, ...], sounds: tuple[str, ...]) -> bool:
        """Show other clips on the same page, which is much quicker than a new one; False when they have other sections."""
        old = self._ids
        if (bool(pictures), bool(sounds)) != (bool(old[0]), bool(old[1])):
            return False
        self._ids = (pictures, sounds)
        if self.refresh():
            return True
        self._ids = old
        return False

    def show_time(self) -> None:
        """The playhead moved: what keyframes move has other values, and cells of keyframes another state."""
        for section in self._sections:
            section.show_values()

    # what is edited

    def _read(self) -> None:
        """The clips as they are now; those that are gone are left out."""
        find = self.session.sequence.clip
        pictures, sounds = ([clip for one in ids if (clip := find(one)) is not None] for ids in self._ids)
        self._pictures: Row[Clip] = pictures
        self._sounds: Row[Clip] = sounds
        self._lead: Clip | None = next(reversed(pictures or sounds), None)

    def _one_medium(self) -> Media | None:
        """The file that all the clips show; None for several, for what is no file, and for more clips than one looks at."""
        if len(self._pictures) + len(self._sounds) > _FEW:
            return None
        found = {id(media): media for clip in self._clips if (media := media_of(clip, self.session.document.library))}
        return next(iter(found.values())) if len(found) == 1 else None

    @property
    def _clips(self) -> list[Clip]:
        return [*self._sounds, *self._pictures]

    def _structure_now(self) -> tuple[object, ...]:
        """What decides which sections there are."""
        lead = self._lead
        generates = lead is not None and isinstance(lead.source, GeneratorSource)
        return (bool(self._pictures), bool(self._sounds), generates, self._generator(), self._uses())

    def _generator(self) -> str:
        """The generator all the pictures show; empty where they show something else or several."""
        names = {one.source.generator if isinstance(one.source, GeneratorSource) else "" for one in self._pictures}
        return names.pop() if len(names) == 1 else ""

    def _uses(self) -> tuple[tuple[Use, bool], ...]:
        """The effects, with their switch, that all the pictures have, in the order of the last one; not the transform."""
        if not self._pictures:
            return ()
        lead, *others = reversed(self._pictures)
        uses = _uses_of(lead)
        for clip in others:
            if not uses:
                return ()
            if clip.effects is not lead.effects:
                its = _uses_of(clip)
                uses = {use: enabled for use, enabled in uses.items() if use in its}
        return tuple(uses.items())

    # head

    def _show_head(self, clip: Clip) -> None:
        library, clips = self.session.document.library, self._clips
        takes = library.takes_of(clip.shot_id) if clip.shot_id is not None else ()
        source = "" if isinstance(clip.source, GeneratorSource) else clip.source
        noted = tuple((one.is_starred, one.is_rejected, one.note) for one in takes_of(self.session, clip.shot_id))
        waits = clip.source.shot_id if isinstance(clip.source, Placeholder) else ""
        state = (
            (self.session.generation.state_of(waits).message, self.session.stand_ins.draft_of(waits)) if waits else None
        )
        key = (clip.id, clip.name, source, len(takes), noted, state, len(self._pictures), len(self._sounds))
        if key == self._head_key:
            return
        self._head_key = key
        while (item := self._head_place.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        is_one = len(clips) == 1 or len({one.link or one.id for one in clips}) == 1
        head = self._head(clip) if is_one else head_of_many(self.session, len(self._pictures), len(self._sounds))
        self._head_place.addWidget(head)

    def _head(self, clip: Clip) -> QWidget:
        library = self.session.document.library
        page = head_of(self.session, clip)
        takes = library.takes_of(clip.shot_id) if clip.shot_id is not None else ()
        media = media_of(clip, library)
        if len(takes) > 1 and media is not None:
            strip = TakeStrip(self.session, takes, media.id)
            strip.chosen.connect(self._use_take)
            page.column.addWidget(row(strip, margins=(12, 0, 12, 0)))
            number = next((n for n, one in enumerate(takes, 1) if one.media_id == media.id), 0)
            words_ = label(
                self.tr("Take {number} of {count} is in the cut, {price} in all").format(
                    number=number, count=len(takes), price=words.price(sum(map(cost_of, takes), Decimal(0)))
                ),
                "muted",
            )
            page.column.addWidget(row(words_, 1, margins=(12, 2, 12, 8)))
        return page

    def _use_take(self, take_id: str) -> None:
        take, lead = self.session.document.library.takes[take_id], self._lead
        if lead is not None:
            self.session.auditioning.end()
            use_take(self.session, ((self.session.sequence_id, lead.id),), take.media_id)

    # sections

    def _add_values(self, title: str, fields: Row[Field], clips: Callable[[], Row[Clip]]) -> ValueSection:
        section = ValueSection(self.session, title, fields, clips)
        self._sections.append(section)
        self.column.addWidget(section)
        return section

    def _picture_sections(self) -> None:
        kind = generators().classes.get(self._generator())
        if kind is not None:
            title = translated(EFFECTS, kind.shown_name())
            self._add_values(title, generator_fields(specs_of(kind)), lambda: self._pictures)
        transform = video_effects().classes.get(TRANSFORM)
        specs = specs_of(transform) if transform is not None else ()
        self._add_values(self.tr("Transform"), transform_fields(specs), lambda: self._pictures)
        for use, enabled in self._uses():
            self._effect_section(use, enabled=enabled)
        self._add_effect_button()

    def _effect_section(self, use: Use, *, enabled: bool) -> None:
        kind = video_effects().classes.get(use[0])
        if kind is None:
            missing = label(
                self.tr("The effect {effect} is not installed. It is kept as it is.").format(effect=use[0]), "muted"
            )
            missing.setWordWrap(True)
            self.column.addWidget(Section(words.title_case(use[0]), missing, can_reset=False))
            return
        title = translated(EFFECTS, kind.shown_name())
        section = self._add_values(title, effect_fields(specs_of(kind), *use), lambda: self._pictures)
        eye = tool_button("eye" if enabled else "eye-off", self.tr("Show or hide this effect"), icon_size=14)
        eye.clicked.connect(lambda: self._switch_effect(use, on=not enabled))
        bin_button = tool_button("trash-2", self.tr("Remove this effect"), icon_size=14)
        bin_button.clicked.connect(lambda: self._remove_effect(use))
        section.buttons.insertWidget(section.buttons.count() - 1, eye)
        section.buttons.addWidget(bin_button)

    def _add_effect_button(self) -> None:
        there = {key: kind for key, kind in video_effects().classes.items() if key != TRANSFORM}
        if not there:
            return
        button = push_button(self.tr("Add effect"), "plus")
        menu = QMenu(button)
        groups: dict[str, QMenu] = {}
        for key, kind in sorted(there.items(), key=lambda pair: (pair[1].group, pair[1].shown_name())):
            if kind.group not in groups:
                groups[kind.group] = menu.addMenu(translated(EFFECTS, kind.group)) if kind.group else menu
            groups[kind.group].addAction(
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

    # effects

    def _add_effect(self, effect: str) -> None:
        self._set_effects("Add effect", lambda clip: (*clip.effects, EffectUse(effect)))

    def _switch_effect(self, use: Use, *, on: bool) -> None:
        self._set_effects(
            "Show effect" if on else "Hide effect",
            lambda clip: tuple(
                replace(one, enabled=on) if place == _place_of(clip, use) else one
                for place, one in enumerate(clip.effects)
            ),
        )

    def _remove_effect(self, use: Use) -> None:
        self._set_effects(
            "Remove effect",
            lambda clip: tuple(one for place, one in enumerate(clip.effects) if place != _place_of(clip, use)),
        )

    def _set_effects(self, name: str, effects: Callable[[Clip], tuple[EffectUse, ...]]) -> None:
        changes = {clip.id: {"effects": effects(clip)} for clip in self._pictures}
        self.session.document.do_alone(SetEachClip(self.session.sequence_id, changes, name))

    # speed

    def _add_speed(self) -> None:
        form = self._speed_form = Form(SPEED)
        section = Section(self.tr("Speed"), form)
        # A new speed moves the clip's end: done when the hand lets go, not on the way.
        form.changed.connect(self._note_speed)
        form.finished.connect(lambda: self._set_speed(form.values()))
        section.reset.connect(lambda: self._set_speeds(lambda _: Fraction(1)))
        self.column.addWidget(section)

    def _note_speed(self, name: str, value: Any) -> None:
        self._speed_changed = name

    def _show_speed(self, form: Form) -> None:
        lead = self._lead
        speeds = {clip.speed for clip in self._clips}
        paces, ways = {abs(one) for one in speeds}, {one < 0 for one in speeds}
        mixed = [name for name, all_ in (("speed", paces), ("reverse", ways)) if len(all_) > 1]
        if lead is not None:
            form.set_values({"speed": abs(float(lead.speed)) * 100, "reverse": lead.speed < 0}, mixed)

    def _set_speed(self, values: dict[str, Any]) -> None:
        """What was changed of the two: each clip keeps its way, or its pace."""
        pace = Fraction(round(values["speed"] * 100), 10_000)
        way = -1 if values["reverse"] else 1
        if self._speed_changed == "reverse":
            self._set_speeds(lambda speed: abs(speed) * way)
        elif pace:
            self._set_speeds(lambda speed: pace if speed > 0 else -pace)

    def _set_speeds(self, new: Callable[[Fraction], Fraction]) -> None:
        ids: dict[Fraction, list[str]] = {}
        for clip in self._clips:
            if new(clip.speed) != clip.speed:
                ids.setdefault(new(clip.speed), []).append(clip.id)
        commands = tuple(SetSpeed(self.session.sequence_id, tuple(some), speed) for speed, some in ids.items())
        if commands and not self.session.document.do_alone(
            commands[0] if len(commands) == 1 else Batch(commands, "Speed")
        ):
            self.refresh()


def _uses_of(clip: Clip) -> dict[Use, bool]:
    """The uses of effects on a clip and whether each is switched on; not the transform, which has a section anyway."""
    found: dict[Use, bool] = {}
    for one in clip.effects:
        if one.effect != TRANSFORM:
            found[one.effect, sum(1 for effect, _ in found if effect == one.effect)] = one.enabled
    return found


def _place_of(clip: Clip, use: Use) -> int:
    """Where a use stands among the effects of a clip."""
    same = [place for place, one in enumerate(clip.effects) if one.effect == use[0]]
    return same[use[1]] if use[1] < len(same) else -1
