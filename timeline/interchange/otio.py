"""OpenTimelineIO, by its own library: the format that carries most. DaVinci Resolve and Kdenlive read it natively.

What OTIO has no field for (effect values, volume, links, ids) stands in `metadata["starcut"]` and is ours to read back.
"""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import opentimelineio as otio
from opentimelineio import opentime

from timeline.codec import encode
from timeline.interchange.base import (
    Delivered,
    MediaPath,
    Notes,
    clean,
    file_url,
    fitted,
    frozen_frame,
    shown_label,
    shown_name,
)
from timeline.items import Clip, Gap, GeneratorSource, Item, Marker, Placeholder, Transition
from timeline.media import Library, Media, MediaKind
from timeline.nesting import nested_in, shows
from timeline.project import Project
from timeline.query import media_of
from timeline.sequence import Sequence
from timeline.time import ZERO, FrameRate, RationalTime
from timeline.track import Track

NAME = "OTIO"
SUFFIX = ".otio"
LABEL = "OpenTimelineIO"

_KEY = "starcut"
_COLOURS = {name.casefold(): name for name in ("PINK", "RED", "ORANGE", "YELLOW", "GREEN", "CYAN", "BLUE", "PURPLE")}
_COLOURS |= {"magenta": "MAGENTA", "black": "BLACK", "white": "WHITE", "teal": "CYAN", "default": "BLUE"}
_MOST_NESTED = 1000
"""Nested sequences in a file: each is written where it stands, and a damaged project may show thousands."""
_OWN_FIELDS = {"source", "source_range", "name", "speed", "enabled", "effects", "markers", "duration"}
_TRACK_FIELDS = {"items", "transitions", "name", "effects"}


def write(project: Project, library: Library, sequence: Sequence, media_path: MediaPath) -> Delivered:
    """The whole sequence as OTIO's JSON."""
    notes = Notes()
    timeline = _Writer(project, library, sequence, media_path, notes).timeline()
    return Delivered(timeline.to_json_string(indent=4) + "\n", notes.all())


class _Writer:
    """Translates one sequence."""

    def __init__(
        self,
        project: Project,
        library: Library,
        sequence: Sequence,
        media_path: MediaPath,
        notes: Notes,
        nested: list[str] | None = None,
    ) -> None:
        self.project, self.library, self.sequence = project, library, sequence
        self.media_path, self.notes = media_path, notes
        self.rate = sequence.rate
        self.nested = [] if nested is None else nested

    def timeline(self) -> Any:
        timeline = otio.schema.Timeline(
            name=clean(self.sequence.name),
            global_start_time=_time(self.sequence.start_timecode, self.rate),
            metadata={_KEY: {"project": clean(self.project.name), **self.facts()}},
        )
        timeline.tracks.extend(self.tracks())
        timeline.tracks.markers.extend(self.markers())
        return timeline

    def facts(self) -> dict[str, Any]:
        """What OTIO has no field for."""
        sequence = self.sequence
        return {
            "width": sequence.width,
            "height": sequence.height,
            "rate": str(sequence.rate),
            "drop_frame": sequence.drop_frame,
        }

    def tracks(self) -> list[Any]:
        """Bottom first."""
        return [self._track(track) for track in self.sequence.tracks]

    def markers(self) -> list[Any]:
        """The sequence's own."""
        return [self._marker(marker, ZERO, self.rate) for marker in self.sequence.markers]

    def _track(self, track: Track) -> Any:
        result = otio.schema.Track(
            name=shown_label(track, self.sequence),
            kind=otio.schema.TrackKind.Audio if track.is_audio else otio.schema.TrackKind.Video,
            metadata={
                _KEY: _differing(replace(track, items=(), transitions=()), _TRACK_FIELDS) | {"kind": str(track.kind)}
            },
        )
        result.enabled = not track.muted
        result.effects.extend(_effect(use) for use in track.effects)
        previous = ""
        for item in track.items:
            for transition in track.transitions:
                into, out = (
                    transition.right_id == item.id,
                    transition.right_id is None and transition.left_id == previous,
                )
                if into or out:
                    self._append_transition(result, transition, track)
            result.append(self._item(item))
            previous = item.id
        for transition in track.transitions:
            if previous and transition.left_id == previous and transition.right_id is None:
                self._append_transition(result, transition, track)
        return result

    def _append_transition(self, result: Any, transition: Transition, track: Track) -> None:
        before, after = fitted(transition, track, self.library, self.sequence, self.notes, self.project)
        if not before + after:
            return
        if len(result) and isinstance(result[-1], otio.schema.Transition):
            self.notes.lost("Two transitions meet at a cut; one is left out.", track.cut_of(transition))
            return
        dissolve = transition.effect == "dissolve"
        kinds = otio.schema.TransitionTypes
        if not dissolve:
            sentence = f'The transition "{transition.effect}" is a custom one; other tools may show a dissolve.'
            self.notes.changed(sentence, track.cut_of(transition))
        values = {"effect": transition.effect, "values": encode(dict(transition.values)), "id": transition.id}
        result.append(
            otio.schema.Transition(
                name=clean(transition.effect).capitalize(),
                transition_type=kinds.SMPTE_Dissolve if dissolve else kinds.Custom,
                in_offset=_time(before, self.rate),
                out_offset=_time(after, self.rate),
                metadata={_KEY: _plain(values)},
            )
        )

    def _item(self, item: Item) -> Any:
        if isinstance(item, Gap):
            return otio.schema.Gap(duration=_time(item.duration, self.rate))
        nested = nested_in(self.project, item)
        if nested is not None:
            return self._stack(item, nested)
        media = media_of(item, self.library)
        source_rate = (media.rate if media and media.rate else None) or self.rate
        base = media.start_timecode if media is not None and not media.is_endless else ZERO
        clip = otio.schema.Clip(
            name=shown_name(item, self.library, self.project),
            media_reference=self._reference(item, media, source_rate),
            source_range=self._source_range(item, base, source_rate),
            metadata={_KEY: self._facts(item)},
        )
        self._dress(clip, item, base, source_rate)
        return clip

    def _stack(self, clip: Clip, nested: Sequence) -> Any:
        """A nest as a stack of the sequence's tracks; its time begins at 0."""
        if shows(self.project, nested.id, self.sequence.id) or len(self.nested) >= _MOST_NESTED:
            self.notes.lost("A sequence that shows itself, or lies too deep in others, is written as a gap.")
            return otio.schema.Gap(duration=_time(clip.duration, self.rate))
        self.nested.append(nested.id)
        inner = _Writer(self.project, self.library, nested, self.media_path, self.notes, self.nested)
        facts = self._facts(clip) | {"source": _plain(clip.source), "sequence": inner.facts()}
        stack = otio.schema.Stack(
            name=shown_name(clip, self.library, self.project),
            source_range=self._source_range(clip, ZERO, nested.rate),
            metadata={_KEY: facts},
        )
        stack.extend(inner.tracks())
        self._dress(stack, clip, ZERO, nested.rate)
        stack.markers.extend(inner.markers())
        return stack

    def _facts(self, clip: Clip) -> dict[str, Any]:
        return _differing(clip, _OWN_FIELDS - {"source_range"} if clip.freeze is not None else _OWN_FIELDS)

    def _source_range(self, clip: Clip, base: RationalTime, rate: FrameRate) -> Any:
        """The shown part of the source from `base` on; of a frozen clip the instant it holds, as long as it holds it."""
        frozen = frozen_frame(clip, rate)
        start = clip.source_range.start if frozen is None else RationalTime.from_frames(frozen, rate)
        return opentime.TimeRange(_time(base + start, rate), _time(clip.duration, self.rate))

    def _dress(self, made: Any, clip: Clip, base: RationalTime, rate: FrameRate) -> None:
        """Speed, effects and markers of a clip or stack."""
        made.enabled = clip.enabled
        if clip.freeze is not None:
            made.effects.append(otio.schema.FreezeFrame(name="Freeze frame"))
        elif clip.speed != 1:
            made.effects.append(otio.schema.LinearTimeWarp(name="Speed", time_scalar=float(clip.speed)))
        made.effects.extend(_effect(use) for use in clip.effects)
        made.markers.extend(self._marker(marker, base, rate) for marker in clip.markers)

    def _reference(self, clip: Clip, media: Media | None, rate: FrameRate) -> Any:
        if media is not None:
            if media.is_endless:
                extent = opentime.TimeRange(_time(ZERO, rate), _time(clip.source_range.end, rate))
            else:
                extent = opentime.TimeRange(_time(media.start_timecode, rate), _time(media.duration, rate))
            if media.kind is MediaKind.IMAGE_SEQUENCE:
                self.notes.changed("An image sequence is named by its pattern; make a movie of it for other tools.")
            reference = otio.schema.ExternalReference(
                target_url=file_url(self.media_path(media)),
                available_range=extent,
                metadata={_KEY: _plain({"id": media.id})},
            )
            reference.name = clean(media.name)
            return reference
        source = clip.source
        if isinstance(source, GeneratorSource):
            reference = otio.schema.GeneratorReference(
                name=clean(source.generator),
                generator_kind=clean(source.generator),
                parameters=_plain(dict(source.values)),
            )
            self.notes.changed("Titles and generators are carried as such; few other tools draw them.")
            return reference
        if isinstance(source, Placeholder):
            self.notes.changed("A shot without a take is written as a missing file.")
            return otio.schema.MissingReference(
                name="Placeholder", metadata={_KEY: _plain({"shot_id": source.shot_id})}
            )
        self.notes.lost("A clip whose file is not in the project is written as a missing file.")
        return otio.schema.MissingReference(metadata={_KEY: _plain(source)})

    def _marker(self, marker: Marker, base: RationalTime, rate: FrameRate) -> Any:
        return otio.schema.Marker(
            name=clean(marker.name),
            marked_range=opentime.TimeRange(_time(base + marker.time, rate), _time(marker.duration, rate)),
            color=_COLOURS.get(marker.colour.casefold(), "BLUE"),
            comment=clean(marker.note),
            metadata={_KEY: _plain({"id": marker.id, "colour": marker.colour})},
        )


def _time(time: RationalTime, rate: FrameRate) -> Any:
    """Frames at a rate: a whole number wherever the time is on a frame."""
    frames = time.fraction * rate
    return opentime.RationalTime(float(frames), float(rate))


def _effect(use: Any) -> Any:
    values = {"id": use.id, "enabled": use.enabled, "values": encode(dict(use.values))}
    return otio.schema.Effect(name=clean(use.effect), effect_name=clean(use.effect), metadata={_KEY: _plain(values)})


def _differing(value: Any, without: set[str]) -> dict[str, Any]:
    """The fields of a project value that are not at their defaults, as plain data; always with the id."""
    plain = encode(value)
    return {one.name: _plain(plain[one.name]) for one in fields(value) if one.name in plain and one.name not in without}


def _plain(value: Any) -> Any:
    """Data as OTIO's metadata holds it."""
    value = encode(value)
    if isinstance(value, dict):
        return {clean(str(key)): _plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    return clean(value) if isinstance(value, str) else value
