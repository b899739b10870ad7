"""Final Cut Pro 7 XML (xmeml version 5), which Premiere and DaVinci Resolve import: tracks, nests, titles, speed, levels.

Frames are counted at the sequence's rate, in files of another rate too, as both programs do. In and out are zero-based (the
embedded timecode stands in the file); of a clip at another speed they count frames at that speed. Beside a transition a
clip's start or end is -1, and its in or out takes in what the transition shows. A stereo sound is two tracks of one channel.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from lxml import etree

from timeline.interchange.base import (
    Delivered,
    MediaPath,
    Notes,
    fitted,
    frozen_frame,
    note_groups,
    shown_label,
    shown_name,
)
from timeline.interchange.xmeml_files import ENDLESS, Files
from timeline.interchange.xmeml_parts import (
    LOUDEST,
    Element,
    levels,
    put,
    put_colour,
    put_effect,
    put_levels,
    put_marker,
    put_motion,
    put_parameter,
    put_rate,
    put_time_remap,
    put_timecode,
    put_title,
    transition_item,
)
from timeline.items import Clip, GeneratorSource, MediaSource, Placeholder, SequenceSource
from timeline.media import Library
from timeline.nesting import nested_in, shows
from timeline.project import Project
from timeline.query import media_of
from timeline.sequence import Sequence
from timeline.time import ZERO, RationalTime
from timeline.timecode import nominal_fps
from timeline.track import BlendMode, Track, TrackKind

NAME = "xmeml"
SUFFIX = ".xml"
LABEL = "Final Cut Pro 7 XML"


def write(project: Project, library: Library, sequence: Sequence, media_path: MediaPath) -> Delivered:
    """The whole sequence as xmeml, nested sequences in it."""
    notes = Notes()
    root = etree.Element("xmeml", version="5")
    _Document(project, library, Files(media_path, notes), notes).sequence(root, sequence)
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE xmeml>\n\n'
    etree.indent(root, "  ")
    return Delivered(head + etree.tostring(root, encoding="unicode") + "\n", notes.all())


@dataclass
class _Placed:
    """A clip item as others link to it; track and clip count from 1."""

    element: Element
    id: str
    media_type: str
    track: int
    clip: int


@dataclass
class _Document:
    """What all sequences of a file share: files and sequences are written once and then named."""

    project: Project
    library: Library
    files: Files
    notes: Notes
    ids: dict[str, str] = field(default_factory=dict)
    items: int = 0

    def sequence(self, parent: Element, sequence: Sequence) -> None:
        """The sequence, or its id where it was written before."""
        is_new = sequence.id not in self.ids
        self.ids.setdefault(sequence.id, f"sequence-{len(self.ids) + 1}")
        element = etree.SubElement(parent, "sequence", id=self.ids[sequence.id])
        if is_new:
            _Writer(self, sequence).write(element)

    def next_id(self) -> str:
        self.items += 1
        return f"clipitem-{self.items}"


class _Writer:
    """Writes one sequence."""

    def __init__(self, document: _Document, sequence: Sequence) -> None:
        self.document, self.sequence, self.notes = document, sequence, document.notes
        self.rate = sequence.rate
        self.linked: defaultdict[str, list[_Placed]] = defaultdict(list)

    def write(self, element: Element) -> None:
        sequence = self.sequence
        if self.rate.denominator not in (1, 1001):
            self.notes.changed(f"The frame rate is written as {nominal_fps(self.rate)}; xmeml knows no other near it.")
        put(element, "name", sequence.name or "Main cut")
        put(element, "duration", sequence.duration_frames)
        put_rate(element, self.rate)
        put_timecode(element, sequence.start_timecode, self.rate, sequence.drop_frame)
        note_groups(sequence, self.notes)
        media = put(element, "media")
        self._video(put(media, "video"))
        self._audio(put(media, "audio"))
        for marker in sequence.markers:
            put_marker(element, marker, marker.time.frames(self.rate), self.rate)
        for placed in self.linked.values():
            self._link(placed)

    def _video(self, video: Element) -> None:
        facts = put(put(video, "format"), "samplecharacteristics")
        put_rate(facts, self.rate)
        put(facts, "width", self.sequence.width)
        put(facts, "height", self.sequence.height)
        put(facts, "anamorphic", False)
        put(facts, "pixelaspectratio", "square")
        put(facts, "fielddominance", "none")
        number = 0
        for track in self.sequence.picture_tracks():
            if track.kind is not TrackKind.EFFECTS:
                number += 1
                self._track(put(video, "track"), track, number, None)
            elif any(True for _ in track.clips()):
                self.notes.lost("Grades over several tracks are not carried.", track=shown_label(track, self.sequence))

    def _audio(self, audio: Element) -> None:
        put(audio, "numOutputChannels", 2)
        facts = put(put(audio, "format"), "samplecharacteristics")
        put(facts, "depth", 16)
        put(facts, "samplerate", self.sequence.sample_rate)
        number = 0
        for track in self.sequence.audio_tracks():
            channels = 2 if any(self._channels(clip) > 1 for clip, _ in track.clips()) else 1
            for channel in range(1, channels + 1):
                number += 1
                element = put(audio, "track")
                if channels == 2:
                    element.set("currentExplodedTrackIndex", str(channel - 1))
                    element.set("totalExplodedTrackCount", "2")
                    element.set("premiereTrackType", "Stereo")
                self._track(element, track, number, channel)
                put(element, "outputchannelindex", channel)

    def _channels(self, clip: Clip) -> int:
        media = media_of(clip, self.document.library)
        if media is not None and media.channels > 2:
            self.notes.changed("Of sounds with more than two channels the first two are written.")
        return 2 if media is None else min(max(media.channels, 1), 2)

    # One track

    def _track(self, element: Element, track: Track, number: int, channel: int | None) -> None:
        """A row of clips; `channel` (from 1) of a sound track, None for pictures."""
        reach = {
            one.id: fitted(one, track, self.document.library, self.sequence, self.notes, self.document.project)
            for one in track.transitions
        }
        written = {None} | {clip.id for clip, _ in track.clips() if self._is_written(clip, channel)}
        there = [one for one in track.transitions if any(reach[one.id]) and {one.left_id, one.right_id} <= written]
        heads = {one.right_id: one for one in there if one.right_id}
        tails = {one.left_id: one for one in there if one.left_id}
        clips = 0
        for clip, place in track.clips():
            head, tail = heads.get(clip.id), tails.get(clip.id)
            before = reach[head.id][0] if head else ZERO
            after = reach[tail.id][1] if tail else ZERO
            if clip.id not in written:
                continue
            item = self._item(element, clip, track, channel)
            if head is not None:
                item.addprevious(transition_item(head, track, reach[head.id], self.rate, self.notes))
            if tail is not None and tail.right_id is None:
                item.addnext(transition_item(tail, track, reach[tail.id], self.rate, self.notes))
            frames = place.start.frames(self.rate), place.end.frames(self.rate)
            self._set(item, "start", -1 if head is not None else frames[0])
            self._set(item, "end", -1 if tail is not None else frames[1])
            first = self._own_frame(clip, ZERO)
            self._set(item, "in", first - before.frames(self.rate))
            self._set(item, "out", first + frames[1] - frames[0] + after.frames(self.rate))
            clips += 1
            kind = "video" if channel is None else "audio"
            if item.tag == "clipitem":
                self.linked[clip.link or clip.id].append(_Placed(item, str(item.get("id")), kind, number, clips))
        put(element, "enabled", not track.muted)
        put(element, "locked", track.locked)

    def _set(self, item: Element, tag: str, frame: int) -> None:
        found = item.find(tag)
        if found is not None:
            found.text = str(frame)

    def _own_frame(self, clip: Clip, since: RationalTime) -> int:
        """The clip's own frame number at a time since its start: zero-based, at the sequence's rate and the clip's speed."""
        frozen = frozen_frame(clip, self.rate)
        if frozen is not None:
            return frozen + since.nearest_frame(self.rate)
        if clip.speed > 0:
            return (clip.source_range.start / clip.speed + since).nearest_frame(self.rate)
        return ((self._length(clip) - clip.source_range.end) / abs(clip.speed) + since).nearest_frame(self.rate)

    def _length(self, clip: Clip) -> RationalTime:
        """All of the clip's source."""
        media, nested = media_of(clip, self.document.library), nested_in(self.document.project, clip)
        if nested is not None:
            return nested.duration
        if media is None or media.is_endless:
            return ENDLESS
        return media.duration

    # One clip

    def _is_written(self, clip: Clip, channel: int | None) -> bool:
        """Whether there is an item for a clip (in the track of one channel); says why not."""
        media = media_of(clip, self.document.library)
        nested = nested_in(self.document.project, clip)
        if channel is not None and channel > self._channels(clip):
            return False
        if nested is not None and shows(self.document.project, nested.id, self.sequence.id):
            self.notes.lost("A sequence that shows itself is left out.")
            return False
        if channel is not None and (media is None and nested is None):
            self.notes.lost("A sound whose file is not in the project is left out.")
            return False
        if channel is not None and clip.freeze is not None:
            self.notes.changed("A frozen clip is silent; its sound is left out.")
            return False
        source = clip.source
        is_drawn = isinstance(source, GeneratorSource) and "text" not in source.values
        if is_drawn and isinstance(source, GeneratorSource) and source.generator != "solid":
            self.notes.lost(f'The generator "{source.generator}" is not carried.')
            return False
        return True

    def _item(self, parent: Element, clip: Clip, track: Track, channel: int | None) -> Element:
        """The item with all but its place filled in."""
        media = media_of(clip, self.document.library)
        nested = nested_in(self.document.project, clip)
        if media is None and nested is None:
            return self._generated(parent, clip, clip.source, track)
        item = self._begun(parent, "clipitem", clip, track)
        if media is not None:
            self.document.files.put(item, media, self.sequence)
        elif nested is not None:
            self.document.sequence(item, nested)
        if channel is not None:
            origin = put(item, "sourcetrack")
            put(origin, "mediatype", "audio")
            put(origin, "trackindex", channel)
            self._sound_levels(item, clip, track)
        else:
            size = (nested or self.sequence).width, (nested or self.sequence).height
            if media is not None:
                size = max(media.width, 1), max(media.height, 1)
            self._picture_filters(item, clip, track, size)
        if clip.speed != 1 and clip.freeze is None:
            put_time_remap(item, clip, "video" if channel is None else "audio")
        if channel in (None, 1):
            self._clip_markers(item, clip)
        return item

    def _begun(self, parent: Element, tag: str, clip: Clip, track: Track) -> Element:
        item = etree.SubElement(parent, tag, id=self.document.next_id())
        put(
            item,
            "name",
            shown_name(clip, self.document.library, self.document.project)
            if tag == "clipitem"
            else clip.name or "Title",
        )
        put(item, "enabled", clip.enabled)
        put(item, "duration", max(1, (self._length(clip) / abs(clip.speed)).nearest_frame(self.rate)))
        put_rate(item, self.rate)
        for name in ("start", "end", "in", "out"):
            put(item, name, 0)
        if clip.freeze is not None and not track.is_audio:
            put(item, "stillframe", True)
            put(item, "stillframeoffset", frozen_frame(clip, self.rate))
            self.notes.changed("A frozen picture is written as a still frame; some programs play on from it.")
        if not track.is_audio:
            put(item, "compositemode", str(track.blend))
            if track.blend is not BlendMode.NORMAL:
                self.notes.changed("Blend modes are carried by name; the result may differ.", track=track.name)
        return item

    def _generated(self, parent: Element, clip: Clip, source: object, track: Track) -> Element:
        label = shown_label(track, self.sequence)
        if isinstance(source, GeneratorSource) and "text" in source.values:
            item = self._begun(parent, "generatoritem", clip, track)
            put_title(item, source, self.sequence)
            self.notes.changed("A title is carried with its words, font, size, colour and place; its look may differ.")
        elif isinstance(source, GeneratorSource):
            item = self._begun(parent, "generatoritem", clip, track)
            effect = put_effect(item, "Color", "Color", "generator", "video", "Matte")
            put_colour(effect, "fillcolor", str(source.values.get("colour", "#000000")))
        else:
            item = self._begun(parent, "generatoritem", clip, track)
            put_effect(item, "Slug", "Slug", "generator", "video", "Slug")
            if isinstance(source, Placeholder):
                self.notes.changed("A shot without a take is written as a slug.", track=label)
            elif isinstance(source, (MediaSource, SequenceSource)):
                self.notes.lost(
                    "A clip whose file or sequence is not in the project is written as a slug.", track=label
                )
            else:
                self.notes.lost("A clip of a kind that is not known here is written as a slug.", track=label)
        self._picture_filters(item, clip, track, (self.sequence.width, self.sequence.height))
        return item

    def _covered(self, clip: Clip, track: Track) -> tuple[bool, bool]:
        return (
            any(one.right_id == clip.id for one in track.transitions),
            any(one.left_id == clip.id for one in track.transitions),
        )

    def _picture_filters(self, item: Element, clip: Clip, track: Track, size: tuple[int, int]) -> None:
        put_motion(item, clip, size, self.sequence, track, self.notes)
        points = levels(clip, clip.opacity, track.opacity, self.notes, track, self._covered(clip, track))
        if len(points) > 1 or points[0][1] != 1:
            effect = put_effect(put(item, "filter"), "Opacity", "opacity", "motion", "video")
            place = put_parameter(effect, "opacity")
            put_levels(place, points, (0, 100), lambda since: self._own_frame(clip, since), 100)

    def _sound_levels(self, item: Element, clip: Clip, track: Track) -> None:
        points = levels(clip, clip.volume, track.volume, self.notes, track, self._covered(clip, track))
        if any(level > LOUDEST for _, level in points):
            self.notes.changed("A level above +12 dB is written as +12 dB.", track=track.name)
        points = [(time, min(level, LOUDEST)) for time, level in points]
        if len(points) > 1 or points[0][1] != 1:
            effect = put_effect(put(item, "filter"), "Audio Levels", "audiolevels", "audiolevels", "audio")
            place = put_parameter(effect, "level")
            put_levels(place, points, (0, LOUDEST), lambda since: self._own_frame(clip, since))
        if clip.pan or track.pan:
            self.notes.lost("Panning is not carried: left and right are tracks of their own.", track=track.name)

    # Links and markers

    def _link(self, placed: list[_Placed]) -> None:
        if len(placed) < 2:
            return
        for one in placed:
            for other in placed:
                link = put(one.element, "link")
                put(link, "linkclipref", other.id)
                put(link, "mediatype", other.media_type)
                put(link, "trackindex", other.track)
                put(link, "clipindex", other.clip)
                if other.media_type == "audio":
                    put(link, "groupindex", 1)

    def _clip_markers(self, item: Element, clip: Clip) -> None:
        span = clip.source_range
        for marker in clip.markers:
            if not span.contains(marker.time):
                self.notes.lost("A marker outside the visible part of its clip is left out.")
                continue
            since = (marker.time - span.start if clip.speed > 0 else span.end - marker.time) / abs(clip.speed)
            put_marker(item, marker, self._own_frame(clip, since), self.rate)
