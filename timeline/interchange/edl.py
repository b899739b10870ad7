"""CMX 3600 edit decision lists: one picture track and two sound tracks as lines of timecode, for every conform tool.

After SMPTE 258M and the habits of Avid and Final Cut 7: 8-character reels, `FROM CLIP NAME` comments, a transition is a
line of length 0 of the outgoing reel and a `D` or `W001` line of the incoming one, speed is an `M2` line.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from timeline.errors import InterchangeError
from timeline.interchange.base import (
    Delivered,
    MediaPath,
    Notes,
    fitted,
    frozen_frame,
    main_picture_track,
    note_groups,
    shown_label,
    shown_name,
)
from timeline.items import Clip, Gap, GeneratorSource, Placeholder, Transition
from timeline.media import Library, Media
from timeline.nesting import nested_in, seen_from
from timeline.project import Project
from timeline.query import media_of
from timeline.sequence import Sequence
from timeline.time import ZERO, RationalTime
from timeline.timecode import can_drop, format_timecode, nominal_fps, parse_timecode
from timeline.track import Track

NAME = "EDL"
SUFFIX = ".edl"
LABEL = "Edit decision list (CMX 3600)"

_NUMBER = "{number}"
_BLACK, _AUX = "BL", "AX"
_ENDLESS_START = "01:00:00:00"  # source timecode where generators and stills begin: room for handles
_LOCATORS = {one.casefold(): one for one in ("RED", "GREEN", "BLUE", "CYAN", "MAGENTA", "YELLOW", "BLACK", "WHITE")}
_LOCATORS |= {"orange": "YELLOW", "purple": "MAGENTA", "pink": "MAGENTA", "teal": "CYAN"}
_DISSOLVES, _WIPES = ("dissolve", "fade"), ("wipe",)


@dataclass(frozen=True)
class _Stretch:
    """What plays over a stretch of record frames: a clip, or black. `entry` is the transition that leads into it."""

    clip: Clip | None
    start: int
    end: int
    clip_start: int
    entry: Transition | None = None
    entry_frames: int = 0
    comment: str = ""


@dataclass
class _List:
    """The list while it is written."""

    project: Project
    library: Library
    sequence: Sequence
    media_path: MediaPath
    notes: Notes = field(default_factory=Notes)
    reels: dict[str, str] = field(default_factory=dict)

    def record(self, frame: int) -> str:
        """Record timecode of a frame of the sequence."""
        start = self.sequence.start_timecode.nearest_frame(self.sequence.rate)
        return self.timecode(start + frame)

    def timecode(self, number: int) -> str:
        """Timecode of a frame number, starting again after 24 hours."""
        rate, drop = self.sequence.rate, self.is_drop
        day = _frames_of_a_day(self.sequence)
        return format_timecode(RationalTime.from_frames(number % day, rate), rate, drop)

    @property
    def is_drop(self) -> bool:
        return self.sequence.drop_frame and can_drop(self.sequence.rate)


def write(project: Project, library: Library, sequence: Sequence, media_path: MediaPath) -> Delivered:
    """The sequence as an EDL: its lowest video track and first two sound tracks. Raises InterchangeError."""
    if nominal_fps(sequence.rate) > 100:
        raise InterchangeError(
            f"An EDL counts at most 100 frames a second; this sequence has {float(sequence.rate):g}."
        )
    edl = _List(project, library, sequence, media_path)
    title = _ascii(sequence.name if sequence.name else project.name, edl.notes) or "Untitled"
    lines = [f"TITLE:   {title[:70]}", f"FCM: {'DROP FRAME' if edl.is_drop else 'NON-DROP FRAME'}"]
    events = [event for track, channel in _tracks(edl) for event in _events(edl, track, channel)]
    for number, (_, _, rows) in enumerate(sorted(events, key=lambda event: event[:2]), 1):
        lines += [row.replace(_NUMBER, f"{number:03d}", 1) if row.startswith(_NUMBER) else row for row in rows]
    _note_what_is_lost(edl)
    return Delivered("\n".join(lines) + "\n", edl.notes.all())


def _tracks(edl: _List) -> Iterator[tuple[Track, str]]:
    sequence = edl.sequence
    picture = main_picture_track(sequence)
    if picture is not None:
        yield picture, "V"
    for track in sequence.picture_tracks():
        if track is not picture and track.items:
            edl.notes.lost("An EDL carries one picture track.", track=shown_label(track, sequence))
    heard = [track for track in sequence.audio_tracks() if any(True for _ in track.clips())]
    for track in heard:
        if track.muted:
            edl.notes.lost("A muted sound track is left out.", track=shown_label(track, sequence))
    for index, track in enumerate(track for track in heard if not track.muted):
        if index < 2:
            yield track, ("A", "A2")[index]
        else:
            edl.notes.lost("An EDL carries two sound tracks.", track=shown_label(track, sequence))


def _events(edl: _List, track: Track, channel: str) -> Iterator[tuple[int, str, list[str]]]:
    """Record frame, order within it, and the lines of every event of a track. `{number}` stands for the event number."""
    order = {"V": "0", "A": "1", "A2": "2"}[channel]
    previous: _Stretch | None = None
    for stretch in _stretches(edl, track):
        if stretch.clip is None and channel != "V" and not stretch.entry:  # silence needs no line
            previous = stretch
            continue
        rows = _cut_rows(edl, stretch, channel) if not stretch.entry else _blend_rows(edl, previous, stretch, channel)
        if channel == "V":
            rows += _locators(edl, track, stretch)
        yield stretch.start, order, rows
        previous = stretch


def _locators(edl: _List, track: Track, stretch: _Stretch) -> list[str]:
    """Markers of the sequence, and of this track's clips, as the `LOC` comments that Avid writes and others read."""
    rate = edl.sequence.rate
    found = [(marker.time.frames(rate), marker) for marker in edl.sequence.markers]
    clip = stretch.clip
    if clip is not None:
        where = track.range_of(track.index_of(clip.id) or 0)
        times = [(seen_from(clip, where, marker.time, rate), marker) for marker in clip.markers]
        found += [(time.frames(rate), marker) for time, marker in times if time is not None]
    lines = []
    for frame, marker in sorted(found, key=lambda one: one[0]):
        if stretch.start <= frame < stretch.end:
            if marker.duration:
                edl.notes.changed("A marker over a range is written as its start.", _time(edl, frame))
            name = _ascii(" - ".join(filter(None, (marker.name, marker.note))), edl.notes) or "Marker"
            lines.append(f"* LOC: {edl.record(frame)} {_LOCATORS.get(marker.colour.casefold(), 'RED'):<7} {name}")
    return lines


def _stretches(edl: _List, track: Track) -> Iterator[_Stretch]:
    """The row of a track without overlaps: each stretch begins where the transition into it begins."""
    rate = edl.sequence.rate
    reach = {one.id: fitted(one, track, edl.library, edl.sequence, edl.notes, edl.project) for one in track.transitions}
    entering = {one.right_id: one for one in track.transitions if one.right_id and any(reach[one.id])}
    leaving = {one.left_id: one for one in track.transitions if one.left_id and any(reach[one.id])}
    pending: Transition | None = None  # a fade out that waits for the black after it
    for item, place, index in track.placed():
        start, end = place.start.frames(rate), place.end.frames(rate)
        begin, stop, entry = start, end, entering.get(item.id) or pending
        if entry is not None:
            begin -= reach[entry.id][0].frames(rate)
        leave = leaving.get(item.id)
        if leave is not None:
            stop -= reach[leave.id][0].frames(rate)
        frames = sum(one.frames(rate) for one in reach[entry.id]) if entry else 0
        if pending is not None and entry is not pending:  # the next clip follows at once: black fills the fade
            black = pending
            length = reach[black.id][0].frames(rate)
            yield _Stretch(None, start - length, start, start, black, length)
        yield from _stretch(edl, item, (begin, stop, start), entry, frames)
        pending = leave if leave is not None and leave.right_id is None else None
        if pending is not None and index == len(track.items) - 1:
            before, after = (one.frames(rate) for one in reach[pending.id])
            yield _Stretch(None, stop, stop + before + after, stop, pending, before + after)


def _stretch(
    edl: _List, item: Clip | Gap, frames: tuple[int, int, int], entry: Transition | None, length: int
) -> Iterator[_Stretch]:
    begin, stop, start = frames
    if stop <= begin:
        return
    if length > stop - begin:
        edl.notes.changed("A transition is shortened: the clip after it is too short.", _time(edl, start))
        length = stop - begin
    if isinstance(item, Gap):
        yield _Stretch(None, begin, stop, start, entry, length)
    elif not item.enabled:
        name = shown_name(item, edl.library, edl.project)
        edl.notes.changed("A disabled clip is written as black.", _time(edl, start))
        yield _Stretch(None, begin, stop, start, entry, length, f"DISABLED CLIP: {_ascii(name, edl.notes)}")
    else:
        yield _Stretch(item, begin, stop, start, entry, length)


def _cut_rows(edl: _List, stretch: _Stretch, channel: str) -> list[str]:
    row, reel, source = _row(edl, stretch, channel, "C", "")
    return [row, *_speed(edl, stretch, reel, source), *_comments(edl, stretch, "FROM")]


def _blend_rows(edl: _List, left: _Stretch | None, right: _Stretch, channel: str) -> list[str]:
    """Both lines of a transition, the speeds of both, the names of both."""
    entry = right.entry
    assert entry is not None  # noqa: S101 - only called for stretches with an entry
    if entry.left_id is None or left is None or left.end != right.start:
        left = _Stretch(None, right.start, right.start, right.start)
    ending = replace(left, start=right.start, end=right.start)
    first, first_reel, first_source = _row(edl, ending, channel, "C", "")
    kind = "W001" if entry.effect in _WIPES else "D"
    if entry.effect not in _DISSOLVES + _WIPES:
        edl.notes.changed(f'The transition "{entry.effect}" is written as a dissolve.', _time(edl, right.clip_start))
    second, second_reel, second_source = _row(edl, right, channel, kind, f"{right.entry_frames:03d}")
    rows = [first, second]
    rows += _speed(edl, ending, first_reel, first_source) + _speed(edl, right, second_reel, second_source)
    return [*rows, *_comments(edl, ending, "FROM"), *_comments(edl, right, "TO")]


def _row(edl: _List, stretch: _Stretch, channel: str, kind: str, length: str) -> tuple[str, str, str]:
    """An event line, its reel and its source in."""
    reel = _reel(edl, stretch.clip)
    source_in, source_out = _source(edl, stretch)
    first, last = edl.timecode(source_in), edl.timecode(source_out)
    record = f"{edl.record(stretch.start)} {edl.record(stretch.end)}"
    return f"{_NUMBER}  {reel:<8} {channel:<4}  {kind:<4} {length:>3} {first} {last} {record}", reel, first


def _source(edl: _List, stretch: _Stretch) -> tuple[int, int]:
    """Source frame numbers in and out; the length is the record length times the speed, in before out in reverse too."""
    length = stretch.end - stretch.start
    if stretch.clip is None:
        return 0, length
    clip, rate = stretch.clip, edl.sequence.rate
    base = _source_base(edl, clip)
    frozen = frozen_frame(clip, rate)
    if frozen is not None:
        return base + frozen, base + frozen + length
    count = round(length * abs(clip.speed))
    early = RationalTime.from_frames(stretch.start - stretch.clip_start, rate) * abs(clip.speed)
    if clip.speed > 0:
        first = base + (clip.source_range.start + early).nearest_frame(rate)
        return first, first + count
    last = base + (clip.source_range.end - early).nearest_frame(rate)
    return last - count, last


def _source_base(edl: _List, clip: Clip) -> int:
    """Frame number, counted like the list, of the first frame of the clip's source."""
    media, nested = media_of(clip, edl.library), nested_in(edl.project, clip)
    if nested is not None:
        return nested.start_timecode.nearest_frame(edl.sequence.rate)
    if media is None or media.is_endless:
        return parse_timecode(_ENDLESS_START, edl.sequence.rate, edl.is_drop).nearest_frame(edl.sequence.rate)
    if not media.start_timecode:
        return 0
    media_rate, rate = media.rate or edl.sequence.rate, edl.sequence.rate
    label = format_timecode(media.start_timecode, media_rate, media.drop_frame)
    head, frames = re.split(r"[:;](?=\d+$)", label)
    frame = int(frames) * nominal_fps(rate) // nominal_fps(media_rate)
    if media.drop_frame != edl.is_drop or nominal_fps(rate) != nominal_fps(media_rate):
        edl.notes.changed("The timecode of a source counts otherwise than the list; it is counted on like the list.")
    try:
        return parse_timecode(f"{head}:{frame:02d}", rate, edl.is_drop).nearest_frame(rate)
    except ValueError:  # a number that drop-frame leaves out: the next one there is
        return parse_timecode(f"{head}:{frame + nominal_fps(rate) // 15:02d}", rate, edl.is_drop).nearest_frame(rate)


def _speed(edl: _List, stretch: _Stretch, reel: str, source: str) -> list[str]:
    if stretch.clip is None or (stretch.clip.speed == 1 and stretch.clip.freeze is None):
        return []
    is_frozen = stretch.clip.freeze is not None
    if is_frozen:
        edl.notes.changed(
            "A frozen picture is written as a speed of 0 (M2); some programs play on.", _time(edl, stretch.clip_start)
        )
    fps = 0.0 if is_frozen else float(abs(stretch.clip.speed) * edl.sequence.rate)
    sign = "-" if stretch.clip.speed < 0 and not is_frozen else ""
    return [f"M2   {reel:<8}       {sign + f'{fps:05.1f}':<6}               {source}"]


def _comments(edl: _List, stretch: _Stretch, side: str) -> list[str]:
    if stretch.clip is None:
        return [f"* {stretch.comment or 'BLACK'}"]  # some readers lose an event line that nothing follows
    clip = stretch.clip
    lines = [f"* {side} CLIP NAME:  {_ascii(shown_name(clip, edl.library, edl.project), edl.notes)}"]
    media = media_of(clip, edl.library)
    if media is not None:
        lines.append(f"* SOURCE FILE: {_ascii(Path(edl.media_path(media)).name, edl.notes)}")
    if isinstance(clip.source, GeneratorSource):
        words = str(clip.source.values.get("text", ""))
        lines.append(f"* {clip.source.generator.upper()}: {_ascii(words, edl.notes)}".rstrip(": "))
        edl.notes.changed(
            "A title or generator is written as an auxiliary source (AX).", _time(edl, stretch.clip_start)
        )
    nested = nested_in(edl.project, clip)
    if nested is not None:
        lines.append(f"* NESTED SEQUENCE: {_ascii(nested.name, edl.notes)}".rstrip(": "))
        edl.notes.changed(
            "A nested sequence is one event of an auxiliary source (AX); write a list of that sequence too.",
            _time(edl, stretch.clip_start),
        )
    if isinstance(clip.source, Placeholder):
        lines.append("* PLACEHOLDER")
        edl.notes.changed(
            "A shot without a take is written as an auxiliary source (AX).", _time(edl, stretch.clip_start)
        )
    return lines


def _reel(edl: _List, clip: Clip | None) -> str:
    """At most eight capitals and digits, one for each file."""
    if clip is None:
        return _BLACK
    media = media_of(clip, edl.library)
    if media is None:
        return _AUX
    if media.id not in edl.reels:
        edl.reels[media.id] = _new_reel(media, edl)
    return edl.reels[media.id]


def _new_reel(media: Media, edl: _List) -> str:
    taken = {_BLACK, _AUX, *edl.reels.values()}
    words = re.sub(r"[^A-Z0-9]+", "_", _ascii(Path(edl.media_path(media)).stem).upper())
    stem = words.strip("_")[:8].rstrip("_") or "CLIP"
    name, number = stem, 1
    while name in taken:
        number += 1
        name = f"{stem[: 8 - len(str(number))]}{number}"
    return name


def _note_what_is_lost(edl: _List) -> None:
    note_groups(edl.sequence, edl.notes)
    picture = main_picture_track(edl.sequence)
    for track in edl.sequence.tracks:
        for clip, place in track.clips():
            if track is picture and (clip.effects or clip.opacity != 1 or clip.fade_in or clip.fade_out):
                edl.notes.lost("Effects, opacity and fades of a clip are not in an EDL.", place.start)
            if track.is_audio and (clip.volume != 1 or clip.pan or clip.fade_in or clip.fade_out):
                edl.notes.lost("Volume, panning and fades of a clip are not in an EDL.", place.start)
            unseen = [one for one in clip.markers if seen_from(clip, place, one.time, edl.sequence.rate) is None]
            if unseen or (clip.markers and (track is not picture or not clip.enabled)):
                edl.notes.lost("Markers out of sight, or of other tracks, are left out.", place.start)
            media = media_of(clip, edl.library)
            if track is picture and media is not None and media.is_endless:
                edl.notes.changed("A still is written like a film; many tools want it replaced by hand.", place.start)
            if media is not None and media.rate not in (None, edl.sequence.rate):
                edl.notes.changed("A source of another frame rate is counted at the rate of the list.", place.start)
    end = picture.duration if picture is not None else ZERO
    beyond = [one for one in edl.sequence.markers if not ZERO <= one.time < end]
    if beyond:
        edl.notes.lost("Markers beyond the picture are left out.", beyond[0].time)


def _ascii(text: str, notes: Notes | None = None) -> str:
    """Text in ASCII: accents dropped, other letters as underscores, one line."""
    spelt = " ".join(text.split()).replace("ß", "ss").replace("ø", "o").replace("Ø", "O").replace("æ", "ae")
    result = "".join(
        char if " " <= char <= "~" else "_"
        for char in unicodedata.normalize("NFKD", spelt)
        if not unicodedata.combining(char)
    )
    if notes is not None and result != text:
        notes.changed("A name is spelt in ASCII; an EDL knows no other letters.")
    return " ".join(result.split())


def _time(edl: _List, frame: int) -> RationalTime:
    return max(ZERO, RationalTime.from_frames(frame, edl.sequence.rate))


def _frames_of_a_day(sequence: Sequence) -> int:
    fps = nominal_fps(sequence.rate)
    dropped = 24 * 60 * (fps // 15) * 9 // 10 if sequence.drop_frame and can_drop(sequence.rate) else 0
    return 24 * 3600 * fps - dropped
