"""FCPXML 1.10 for Final Cut Pro and DaVinci Resolve: a primary storyline, connected clips, titles, speed and transitions.

Times are exact fractions. An asset begins at its embedded timecode; a clip's `start` counts from there, its `offset` on
its parent's timeline. Real files of Final Cut begin their storyline at the sequence's start timecode; so does this one.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from lxml import etree

from timeline.interchange.base import (
    Delivered,
    MediaPath,
    Notes,
    clean,
    fitted,
    frozen_frame,
    main_picture_track,
    note_groups,
    shown_label,
    shown_name,
)
from timeline.interchange.fcpxml_parts import (
    AUDIO_CROSSFADE,
    BASIC_TITLE,
    CROSS_DISSOLVE,
    Element,
    Resources,
    asset_duration,
    asset_start,
    child,
    conform_rate,
    held_frame,
    picture_adjustments,
    sound_adjustments,
    time_map,
    time_text,
    title_text,
)
from timeline.items import Clip, GeneratorSource, Item, Marker, MediaSource, Placeholder, SequenceSource, Transition
from timeline.media import Library, Media
from timeline.nesting import nested_in, shows
from timeline.project import Project
from timeline.query import media_of
from timeline.sequence import Sequence
from timeline.time import ZERO, FrameRate, RationalTime, TimeRange
from timeline.timecode import can_drop
from timeline.track import Track, TrackKind

NAME = "FCPXML"
SUFFIX = ".fcpxml"
LABEL = "Final Cut Pro XML 1.10"

T = TypeVar("T", bound=Item)

VERSION = "1.10"
_ENDLESS_START = RationalTime(3600)  # where the own timeline of gaps, stills and titles begins, as Final Cut does it
_AUDIO_RATES = {
    32000: "32k",
    44100: "44.1k",
    48000: "48k",
    88200: "88.2k",
    96000: "96k",
    176400: "176.4k",
    192000: "192k",
}


@dataclass
class _Story:
    """One element of the primary storyline, open for what is connected to it."""

    element: Element
    place: TimeRange
    local: RationalTime
    """Own time at the start of `place`."""
    connected: list[Element] = field(default_factory=list)
    markers: list[Element] = field(default_factory=list)

    def local_time(self, record: RationalTime) -> str:
        return time_text(self.local + (record - self.place.start))


def write(project: Project, library: Library, sequence: Sequence, media_path: MediaPath) -> Delivered:
    """The whole sequence as FCPXML."""
    root = etree.Element("fcpxml", version=VERSION)
    notes = Notes()
    resources = Resources(etree.SubElement(root, "resources"), sequence, media_path, notes)
    event = child(etree.SubElement(root, "library"), "event", {"name": clean(project.name) or "Starcut"})
    note_groups(sequence, notes)
    _Writer(project, library, sequence, resources, notes).write(
        child(event, "project", {"name": clean(sequence.name) or "Main cut"})
    )
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE fcpxml>\n\n'
    etree.indent(root, "    ")
    return Delivered(head + etree.tostring(root, encoding="unicode") + "\n", notes.all())


class _Writer:
    """Writes one sequence."""

    def __init__(
        self, project: Project, library: Library, sequence: Sequence, resources: Resources, notes: Notes
    ) -> None:
        self.project, self.library, self.sequence = project, library, sequence
        self.resources, self.notes = resources, notes

    def write(self, parent: Element) -> None:
        sequence = self.sequence
        drop = sequence.drop_frame and can_drop(sequence.rate)
        attributes = {
            "format": self.resources.sequence_format(sequence),
            "duration": time_text(sequence.duration),
            "tcStart": time_text(sequence.start_timecode),
            "tcFormat": "DF" if drop else "NDF",
            "audioLayout": "stereo",
            "audioRate": _AUDIO_RATES.get(sequence.sample_rate, "48k"),
        }
        spine = etree.SubElement(child(parent, "sequence", attributes), "spine")
        main = main_picture_track(sequence)
        stories = list(self._storyline(spine, main))
        self._connect(stories, main)
        self._sequence_markers(stories)
        for story in stories:
            story.element.extend(story.connected)
            story.element.extend(story.markers)

    # The primary storyline

    def _storyline(self, spine: Element, track: Track | None) -> Iterator[_Story]:
        origin = self.sequence.start_timecode
        if track is not None:
            for item, place, transitions in self._row(track, track.items):
                for transition in transitions:
                    self._transition(spine, transition, track, origin)
                made = self._element(spine, item, track)
                yield self._story(spine, made, item, place, origin)
            self._closing(spine, track, track.items, origin)
        end = track.duration if track is not None else ZERO
        if end < self.sequence.duration:
            place = TimeRange.between(end, self.sequence.duration)
            yield self._story(spine, None, None, place, origin)

    def _story(
        self,
        spine: Element,
        made: tuple[Element, RationalTime] | None,
        item: Item | None,
        place: TimeRange,
        origin: RationalTime,
    ) -> _Story:
        """A finished element of the storyline; a gap where there is nothing to show."""
        if made is None:
            name = f"Placeholder: {shown_name(item, self.library, self.project)}" if isinstance(item, Clip) else "Gap"
            made = child(spine, "gap", {"name": name}), _ENDLESS_START
        element, local = made
        self._set_place(element, origin + place.start, local, place.duration)
        story = _Story(element, place, local)
        if isinstance(item, Clip):
            story.markers += self._clip_markers(item, local)
        return story

    def _set_place(self, element: Element, offset: RationalTime, start: RationalTime, duration: RationalTime) -> None:
        element.set("offset", time_text(offset))
        element.set("start", time_text(start))
        element.set("duration", time_text(duration))

    def _row(self, track: Track, items: tuple[T, ...]) -> Iterator[tuple[T, TimeRange, list[Transition]]]:
        """Items with the transitions that stand before each: a fade out of the one before, one into it."""
        previous = ""
        for item in items:
            index = track.index_of(item.id) or 0
            out = [one for one in track.transitions if one.right_id is None and one.left_id == previous]
            into = [one for one in track.transitions if one.right_id == item.id]
            yield item, track.range_of(index), out + into
            previous = item.id

    def _closing(self, parent: Element, track: Track, items: tuple[Item, ...], origin: RationalTime) -> None:
        """The fade out of the last item."""
        last = items[-1].id if items else None
        for transition in track.transitions:
            if transition.left_id == last and transition.right_id is None:
                self._transition(parent, transition, track, origin)

    def _transition(self, parent: Element, transition: Transition, track: Track, origin: RationalTime) -> None:
        cut = track.cut_of(transition)
        before, after = fitted(transition, track, self.library, self.sequence, self.notes, self.project)
        if cut is None or not before + after:
            return
        if transition.left_id is None and cut - before < ZERO:
            before = cut
        if transition.right_id is None and cut + after > self.sequence.duration:
            after = self.sequence.duration - cut
        name, uid = AUDIO_CROSSFADE if track.is_audio else CROSS_DISSOLVE
        if transition.effect != "dissolve" and not track.is_audio:
            self.notes.changed(f'The transition "{transition.effect}" is written as a cross dissolve.', cut)
        place = {"name": name, "offset": time_text(origin + cut - before), "duration": time_text(before + after)}
        tag = "filter-audio" if track.is_audio else "filter-video"
        child(child(parent, "transition", place), tag, {"ref": self.resources.effect(name, uid), "name": name})

    # What is connected to the storyline

    def _connect(self, stories: list[_Story], main: Track | None) -> None:
        order = [track.id for track in self.sequence.tracks]
        below: list[Track] = []
        above: list[Track] = []
        for track in self.sequence.picture_tracks():
            if track.kind is not TrackKind.EFFECTS:
                under = main is not None and order.index(track.id) < order.index(main.id)
                (below if under else above).append(track)
            elif any(True for _ in track.clips()):
                self.notes.lost("Grades over several tracks are not carried.", track=shown_label(track, self.sequence))
        for lane, track in enumerate((one for one in above if one is not main), 1):
            self._lane(stories, track, lane)
        for lane, track in enumerate((*reversed(below), *self.sequence.audio_tracks()), 1):
            self._lane(stories, track, -lane)

    def _lane(self, stories: list[_Story], track: Track, lane: int) -> None:
        starts = [story.place.start for story in stories]
        for run in self._runs(track):
            first = track.range_of(track.index_of(run[0].id) or 0)
            story = stories[bisect_right(starts, first.start) - 1]
            element = self._connected_run(track, run, first.start)
            if element is not None:
                element.set("lane", str(lane))
                element.set("offset", story.local_time(first.start))
                story.connected.append(element)

    def _runs(self, track: Track) -> Iterator[tuple[Clip, ...]]:
        """Clips alone, and clips that transitions join."""
        joined = {one.right_id for one in track.transitions if one.left_id is not None and one.right_id is not None}
        run: list[Clip] = []
        for clip, _ in track.clips():
            if run and clip.id not in joined:
                yield tuple(run)
                run = []
            run.append(clip)
        if run:
            yield tuple(run)

    def _connected_run(self, track: Track, run: tuple[Clip, ...], start: RationalTime) -> Element | None:
        """One connected clip, or a secondary storyline where there are transitions."""
        ids = {clip.id for clip in run}
        if not any(one.left_id in ids or one.right_id in ids for one in track.transitions):
            made = self._element(None, run[0], track)
            if made is None:
                return None
            element, local = made
            element.set("start", time_text(local))
            element.set("duration", time_text(run[0].duration))
            element.extend(self._clip_markers(run[0], local))
            return element
        spine = etree.Element("spine")
        for clip, place, transitions in self._row(track, run):
            for transition in transitions:
                self._transition(spine, transition, track, ZERO - start)
            made = self._element(spine, clip, track)
            element, local = made or (child(spine, "gap", {"name": "Gap"}), _ENDLESS_START)
            self._set_place(element, place.start - start, local, place.duration)
            element.extend(self._clip_markers(clip, local))
        self._closing(spine, track, run, ZERO - start)
        return spine

    # One clip

    def _element(self, parent: Element | None, item: Item, track: Track) -> tuple[Element, RationalTime] | None:
        """The element of a clip, last in `parent`, with its local start; None for gaps and what cannot be shown."""
        if not isinstance(item, Clip):
            return None
        holder = etree.Element("holder") if parent is None else parent
        if item.freeze is not None and track.is_audio:
            self.notes.changed("A frozen clip is silent; its sound is left out.")
            return None
        name = shown_name(item, self.library, self.project)
        enabled = None if item.enabled and not track.muted else "0"
        media = media_of(item, self.library)
        if media is not None:
            return self._media_clip(holder, item, media, track, {"name": name, "enabled": enabled})
        nested = nested_in(self.project, item)
        if nested is not None:
            return self._nest(holder, item, nested, track, {"name": name, "enabled": enabled})
        if isinstance(item.source, GeneratorSource) and "text" in item.source.values:
            return self._title(holder, item, item.source, track, {"name": name, "enabled": enabled}), _ENDLESS_START
        if isinstance(item.source, Placeholder):
            self.notes.changed("A shot without a take is written as a gap.", track=shown_label(track, self.sequence))
        elif isinstance(item.source, (MediaSource, SequenceSource)):
            self.notes.lost("A clip whose file or sequence is not in the project is written as a gap.")
        elif isinstance(item.source, GeneratorSource):
            self.notes.lost(f'The generator "{item.source.generator}" is not carried.')
        return None

    def _media_clip(
        self, parent: Element, clip: Clip, media: Media, track: Track, attributes: dict[str, str | None]
    ) -> tuple[Element, RationalTime]:
        reference: dict[str, str | None] = {"ref": self.resources.asset(media), **attributes}
        if media.is_endless:
            element = child(parent, "video", reference)
            picture_adjustments(element, clip, track, self.sequence, self.notes)
            return element, _ENDLESS_START + max(ZERO, clip.source_range.start)
        both = media.has_video and media.has_audio
        reference["srcEnable"] = ("audio" if track.is_audio else "video") if both else None
        reference["format"] = self.resources.format(media.width, media.height, media.rate) if media.has_video else None
        reference["tcFormat"] = "DF" if media.drop_frame and media.rate and can_drop(media.rate) else "NDF"
        reference["audioRole"] = "dialogue" if media.has_audio and track.is_audio else None
        element = child(parent, "asset-clip", reference)
        if not track.is_audio:
            conform_rate(element, media.rate, self.sequence.rate)
        whole = TimeRange(asset_start(media), asset_duration(media))
        local = self._timed(element, clip, whole, media.rate or self.sequence.rate)
        if track.is_audio:
            sound_adjustments(element, clip, track, self.notes)
        else:
            picture_adjustments(element, clip, track, self.sequence, self.notes)
        return element, local

    def _nest(
        self, parent: Element, clip: Clip, nested: Sequence, track: Track, attributes: dict[str, str | None]
    ) -> tuple[Element, RationalTime] | None:
        """A compound clip: what is in it stands once in the resources."""
        if shows(self.project, nested.id, self.sequence.id):
            self.notes.lost("A sequence that shows itself is written as a gap.")
            return None
        known, new = self.resources.compound(nested)
        if new is not None:
            note_groups(nested, self.notes)
            _Writer(self.project, self.library, nested, self.resources, self.notes).write(new)
        enabled = {"srcEnable": "audio" if track.is_audio else "video"}
        element = child(parent, "ref-clip", {"ref": known, **attributes, **enabled})
        conform_rate(element, nested.rate, self.sequence.rate)
        whole = TimeRange(nested.start_timecode, nested.duration)
        local = self._timed(element, clip, whole, nested.rate)
        if track.is_audio:
            sound_adjustments(element, clip, track, self.notes)
        else:
            picture_adjustments(element, clip, track, self.sequence, self.notes)
        return element, local

    def _timed(self, element: Element, clip: Clip, whole: TimeRange, rate: FrameRate) -> RationalTime:
        """The speed of a clip, or the frame it holds; its start on its own timeline."""
        frozen = frozen_frame(clip, rate)
        if frozen is not None:
            self.notes.changed("A frozen picture is written as a time map; programs that leave it out play on.")
            return held_frame(element, clip, whole.start + RationalTime.from_frames(frozen, rate))
        return whole.start + clip.source_range.start if clip.speed == 1 else time_map(element, clip, whole)

    def _title(
        self, parent: Element, clip: Clip, source: GeneratorSource, track: Track, attributes: dict[str, str | None]
    ) -> Element:
        element = child(parent, "title", {"ref": self.resources.effect(*BASIC_TITLE), **attributes})
        title_text(element, source, self.sequence, self.resources.style_id())
        picture_adjustments(element, clip, track, self.sequence, self.notes)
        return element

    # Markers

    def _clip_markers(self, clip: Clip, local: RationalTime) -> list[Element]:
        """Markers of a clip, on its own timeline; those outside what is shown are left out."""
        found = []
        for marker in clip.markers:
            if not clip.source_range.contains(marker.time):
                self.notes.lost("A marker outside the visible part of its clip is left out.")
                continue
            span = clip.source_range
            since = (marker.time - span.start if clip.speed > 0 else span.end - marker.time) / abs(clip.speed)
            found.append(self._marker(marker, time_text(local + since)))
        return found

    def _sequence_markers(self, stories: list[_Story]) -> None:
        starts = [story.place.start for story in stories]
        for marker in self.sequence.markers:
            if not ZERO <= marker.time < self.sequence.duration:
                self.notes.lost("A marker beyond the end is left out.", marker.time)
                continue
            story = stories[bisect_right(starts, marker.time) - 1]
            story.markers.append(self._marker(marker, story.local_time(marker.time)))

    def _marker(self, marker: Marker, start: str) -> Element:
        element = etree.Element("marker", start=start)
        element.set("duration", time_text(marker.duration or self.sequence.frame))
        element.set("value", clean(marker.name) or "Marker")
        if marker.colour != "default":
            self.notes.lost("Colours of markers are not carried.")
        if marker.note:
            element.set("note", clean(marker.note))
        return element
