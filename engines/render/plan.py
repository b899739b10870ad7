"""What a frame of a sequence is made of: sequence and time in, a plan out. Pure data; no file is opened, no pixel touched."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cached_property

from engines.render.catalogue import Catalogue
from engines.render.layers import (
    AdjustmentLayer,
    AnyLayer,
    GeneratedPicture,
    Layer,
    MediaPicture,
    NestedPicture,
    Note,
    Picture,
    PlannedEffect,
    RenderPlan,
    Settings,
    Slate,
    TransitionLayer,
)
from timeline.curve import Curve, Value, value_at
from timeline.items import Clip, EffectUse, GeneratorSource, MediaSource, Placeholder, SequenceSource, Transition
from timeline.media import Library
from timeline.nesting import DEEPEST
from timeline.project import Project
from timeline.query import media_name, timecode_at
from timeline.sequence import Sequence
from timeline.time import ZERO, RationalTime
from timeline.track import Track, TrackKind

_REVERSE_STEP = RationalTime(1, 500)
"""How far before its upper border the frame of a reversed clip is looked up.

Less than any frame lasts, more than timestamps rounded to milliseconds are off.
"""


_MOST_NESTED = 256
"""Nested pictures in one frame: a damaged file may show thousands."""


def plan(
    project: Project, library: Library, sequence: Sequence, time: RationalTime, catalogue: Catalogue | None = None
) -> RenderPlan:
    """What is seen in the frame of `sequence` that contains `time` (record). Never fails: what is amiss becomes a note."""
    time = RationalTime.from_frames(time.frames(sequence.rate), sequence.rate)
    planner = _Planner(project, library, sequence, time, catalogue or Catalogue.installed())
    layers = planner.layers()
    size = (sequence.width, sequence.height)
    return RenderPlan(time, planner.timecode, size, tuple(layers), tuple(dict.fromkeys(planner.notes)))


def heard_or_seen(tracks: Iterable[Track]) -> list[Track]:
    """The tracks left by mute and solo; mute wins over solo."""
    tracks = list(tracks)
    any_solo = any(track.solo for track in tracks)
    return [track for track in tracks if not track.muted and (track.solo or not any_solo)]


class _Planner:
    """Plans one frame of one sequence; `outer` plans the sequence that shows it."""

    def __init__(
        self,
        project: Project,
        library: Library,
        sequence: Sequence,
        time: RationalTime,
        catalogue: Catalogue,
        outer: _Planner | None = None,
    ) -> None:
        self.project, self.library, self.sequence, self.time = project, library, sequence, time
        self.middle = sequence.frame / 2
        self.catalogue = catalogue
        self.inside: tuple[str, ...] = (*(outer.inside if outer else ()), sequence.id)
        self.notes: list[Note] = outer.notes if outer else []
        self.nested: list[str] = outer.nested if outer else []

    @cached_property
    def timecode(self) -> str:
        return timecode_at(self.sequence, self.time)

    def layers(self) -> list[AnyLayer]:
        found = (self.track_layer(track) for track in heard_or_seen(self.sequence.picture_tracks()))
        return [layer for layer in found if layer is not None]

    def track_layer(self, track: Track) -> AnyLayer | None:
        if not track.items or self.time < ZERO:
            return None
        index = track.index_at(self.time)
        near = _transitions_near(track, len(track.items) - 1 if index is None else index)
        if track.kind is not TrackKind.EFFECTS:
            for transition in near:
                cut = track.cut_of(transition)
                if cut is not None and cut - transition.before <= self.time < cut + transition.after:
                    return self.transition_layer(track, transition, cut, near)
        item = None if index is None else track.items[index]
        if not isinstance(item, Clip) or index is None:
            return None
        if track.kind is TrackKind.EFFECTS:
            return self.adjustment_layer(track, item, track.starts[index])
        return self.clip_layer(track, item, track.starts[index], near)

    def transition_layer(
        self, track: Track, transition: Transition, cut: RationalTime, near: list[Transition]
    ) -> AnyLayer | None:
        left = self.side(track, transition.left_id, near)
        right = self.side(track, transition.right_id, near)
        if left is None and right is None:
            return None
        if not self.knows(transition.effect, "transition", left or right):
            return left if self.time < cut else right
        at = self.time - cut + transition.before
        progress = float((at + self.middle) / transition.duration)
        values = settings_at(transition.values, at)
        return TransitionLayer(transition.effect, values, min(max(progress, 1e-6), 1 - 1e-6), left, right)

    def side(self, track: Track, clip_id: str | None, near: list[Transition]) -> Layer | None:
        index = track.index_of(clip_id) if clip_id is not None else None
        item = None if index is None else track.items[index]
        if not isinstance(item, Clip) or index is None:
            return None
        return self.clip_layer(track, item, track.starts[index], near)

    def clip_layer(self, track: Track, clip: Clip, start: RationalTime, near: list[Transition]) -> Layer | None:
        since_start = self.time - start
        source_time, running = clip.source_time(since_start), clip.running_time(since_start)
        opacity = _fraction(value_at(clip.opacity, running)) * _fraction(track.opacity)
        opacity *= _fade(clip, since_start + self.middle, near)
        if not clip.enabled or opacity <= 0:
            return None
        name = self.name_of(clip)
        layer = Layer(clip.id, name, self.picture(clip, name, source_time), opacity=opacity, blend=track.blend)
        return replace(
            layer,
            effects=self.effects(clip.effects, layer, running),
            track_effects=self.effects(track.effects, layer, self.time),
        )

    def adjustment_layer(self, track: Track, clip: Clip, start: RationalTime) -> AdjustmentLayer | None:
        since_start = self.time - start
        source_time = clip.running_time(since_start)
        opacity = _fraction(value_at(clip.opacity, source_time)) * _fraction(track.opacity)
        opacity *= _fade(clip, since_start + self.middle, [])
        bare = AdjustmentLayer(clip.id, self.name_of(clip), ())
        effects = self.effects(clip.effects, bare, source_time) + self.effects(track.effects, bare, self.time)
        if not clip.enabled or not effects or opacity <= 0:
            return None
        return replace(bare, effects=effects, opacity=opacity)

    def effects(
        self, uses: Iterable[EffectUse], layer: Layer | AdjustmentLayer, at: RationalTime
    ) -> tuple[PlannedEffect, ...]:
        return tuple(
            PlannedEffect(use.effect, settings_at(use.values, at), at)
            for use in uses
            if use.enabled and self.knows(use.effect, "effect", layer)
        )

    def picture(self, clip: Clip, name: str, source_time: RationalTime) -> Picture:
        source = clip.source
        if isinstance(source, MediaSource):
            return self.media_picture(clip, name, source, source_time)
        if isinstance(source, GeneratorSource):
            if not self.knows(source.generator, "generator", Layer(clip.id, name, Slate("missing", name))):
                return Slate("missing", name, f"The generator “{source.generator}” is missing.")
            return GeneratedPicture(source.generator, settings_at(source.values, source_time), source_time)
        if isinstance(source, Placeholder):
            shot = self.project.shot(source.shot_id)
            return Slate("placeholder", name, shot.description if shot else "Its shot is no longer in the storyboard.")
        if isinstance(source, SequenceSource):
            return self.nested_picture(clip, name, source, source_time)
        sentence = f"The clip “{name}” shows something this version of Starcut does not know{self.where()}; remove it."
        self.notes.append(Note(clip.id, sentence))
        return Slate("missing", name, "This version of Starcut cannot show it.")

    def media_picture(self, clip: Clip, name: str, source: MediaSource, source_time: RationalTime) -> Picture:
        media = self.library.media.get(source.media_id)
        if media is None:
            sentence = f"The file of the clip “{name}” is not in the project{self.where()}."
            self.notes.append(Note(clip.id, sentence, fatal=False))
            return Slate("missing", name, "This file is not in the project.")
        if media.is_endless:
            return MediaPicture(media.id, ZERO, media)
        if clip.speed < 0:
            source_time = source_time - _REVERSE_STEP
        return MediaPicture(media.id, max(source_time, ZERO), media, stands=clip.freeze is not None)

    def nested_picture(self, clip: Clip, name: str, source: SequenceSource, source_time: RationalTime) -> Picture:
        """What a nested sequence shows, in the frame of its own that holds the instant."""
        nested = self.project.sequence(source.sequence_id)
        lacks = self.why_not_nested(name, nested)
        if nested is None or lacks:
            self.notes.append(Note(clip.id, f"{lacks}{self.where()}; remove the clip.", fatal=False))
            return Slate("missing", name, f"{lacks}.")
        self.nested.append(nested.id)
        frame = source_time.frames(nested.rate)
        if clip.speed < 0 and source_time.is_on_frame(nested.rate):
            frame -= 1  # going backwards an instant is the end of the frame that is shown
        time = RationalTime.from_frames(frame, nested.rate)
        inner = _Planner(self.project, self.library, nested, time, self.catalogue, self)
        return NestedPicture((nested.width, nested.height), tuple(inner.layers()))

    def why_not_nested(self, name: str, nested: Sequence | None) -> str:
        """Half a sentence about why a sequence cannot be shown here, or nothing."""
        if nested is None:
            return f"The sequence of the clip “{name}” is not in the project"
        if nested.id in self.inside:
            return f"The sequence “{nested.name}” would show itself"
        if len(self.inside) > DEEPEST or len(self.nested) >= _MOST_NESTED:
            return f"The sequence “{nested.name}” lies too deep within others"
        return ""

    def name_of(self, clip: Clip) -> str:
        """What a sentence calls the clip."""
        source = clip.source
        if clip.name:
            return clip.name
        if isinstance(source, MediaSource):
            media = self.library.media.get(source.media_id)
            return media_name(media) if media else "unnamed"
        if isinstance(source, Placeholder):
            shot = self.project.shot(source.shot_id)
            return shot.name or shot.description[:40] if shot else "unnamed"
        if isinstance(source, SequenceSource):
            nested = self.project.sequence(source.sequence_id)
            return nested.name if nested and nested.name else "unnamed"
        return source.generator if isinstance(source, GeneratorSource) else "unnamed"

    def knows(self, name: str, kind: str, layer: Layer | AdjustmentLayer | None) -> bool:
        """Whether the effect, transition or generator can be used; if not, a note says so."""
        kinds: dict[str, tuple[Iterable[str], Mapping[str, str]]] = {
            "effect": (self.catalogue.effects.classes, self.catalogue.effects.unavailable),
            "transition": (self.catalogue.transitions.classes, self.catalogue.transitions.unavailable),
            "generator": (self.catalogue.generators.classes, self.catalogue.generators.unavailable),
        }
        known, unavailable = kinds[kind]
        if name in known:
            return True
        broken = unavailable.get(name)
        lacks = f"which cannot be loaded ({broken})" if broken else "which this version of Starcut does not have"
        clip_id, clip_name = (layer.clip_id, layer.clip_name) if layer else ("", "")
        uses = f"The clip “{clip_name}”{self.where()} uses the {kind} “{name}”"
        sentence = f"{uses}, {lacks}; remove it or switch it off."
        self.notes.append(Note(clip_id, sentence))
        return False

    def where(self) -> str:
        return f" at {self.timecode} in “{self.sequence.name}”" if len(self.inside) > 1 else f" at {self.timecode}"


def settings_at(values: Mapping[str, Value | Curve], at: RationalTime) -> Settings:
    """The values at an instant, sorted by name."""
    return tuple((name, value_at(value, at)) for name, value in sorted(values.items()))


def _transitions_near(track: Track, index: int) -> list[Transition]:
    """The transitions that hang on the item at `index` or its neighbours: the only ones that can reach it."""
    if not track.transitions:
        return []
    near = {item.id for item in track.items[max(0, index - 1) : index + 2]}
    return [one for one in track.transitions if one.left_id in near or one.right_id in near]


def _fraction(value: object) -> float:
    return min(max(float(value), 0.0), 1.0) if isinstance(value, (int, float)) else 1.0


def _fade(clip: Clip, since_start: RationalTime, near: list[Transition]) -> float:
    """The opacity left by the clip's own fades, taken at the middle of the frame so that both ends are alike.

    An edge under a transition has no fade of its own.
    """
    result = 1.0
    if clip.fade_in and not any(one.right_id == clip.id for one in near):
        result = min(result, _fraction(float(since_start / clip.fade_in)))
    if clip.fade_out and not any(one.left_id == clip.id for one in near):
        result *= _fraction(float((clip.duration - since_start) / clip.fade_out))
    return result
