"""The markers of a sequence and of its clips as rows, and as text to export. No widgets."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from timeline.items import Clip, Marker
from timeline.markers import seen_at
from timeline.media import Library
from timeline.query import source_name, timecode_at
from timeline.sequence import Sequence
from timeline.time import RationalTime
from timeline.timecode import format_timecode
from ui.qt.language import QT_TRANSLATE_NOOP
from ui.timeline_view.marker_look import colour_title

COLUMNS = (
    QT_TRANSLATE_NOOP("MarkerList", "Colour"),
    QT_TRANSLATE_NOOP("MarkerList", "Timecode"),
    QT_TRANSLATE_NOOP("MarkerList", "Name"),
    QT_TRANSLATE_NOOP("MarkerList", "Note"),
    QT_TRANSLATE_NOOP("MarkerList", "Length"),
    QT_TRANSLATE_NOOP("MarkerList", "Clip"),
)


@dataclass(frozen=True)
class MarkerRow:
    """One marker. `time` is record time; `clip_id` empty for one of the sequence."""

    marker: Marker
    time: RationalTime
    timecode: str
    length: str
    clip_id: str = ""
    clip_name: str = ""

    @property
    def texts(self) -> tuple[str, ...]:
        """What stands in each column."""
        marker = self.marker
        return (colour_title(marker.colour), self.timecode, marker.name, marker.note, self.length, self.clip_name)


def rows_of(sequence: Sequence, library: Library) -> tuple[MarkerRow, ...]:
    """All markers that are seen, in order of time; those of a sequence before those of its clips."""
    found = [_row(sequence, marker, marker.time) for marker in sequence.markers]
    for track in sequence.tracks:
        for index in track.places_with_markers:
            clip = track.items[index]
            if not isinstance(clip, Clip):
                continue
            for marker in clip.markers:
                at = seen_at(sequence, clip, track.range_of(index), marker)
                if at is not None:
                    found.append(_row(sequence, marker, at, clip.id, source_name(clip, library)))
    return tuple(sorted(found, key=lambda row: row.time))


def _row(sequence: Sequence, marker: Marker, time: RationalTime, clip_id: str = "", clip_name: str = "") -> MarkerRow:
    length = format_timecode(marker.duration, sequence.rate, sequence.drop_frame) if marker.duration else ""
    return MarkerRow(marker, time, timecode_at(sequence, time), length, clip_id, clip_name)


def filtered(rows: tuple[MarkerRow, ...], text: str, colour: str) -> tuple[MarkerRow, ...]:
    """Those of a colour (empty: any) that hold every word of a text."""
    words = text.casefold().split()
    return tuple(
        row
        for row in rows
        if (not colour or colour_title(row.marker.colour) == colour_title(colour))
        and all(any(word in part.casefold() for part in row.texts) for word in words)
    )


def as_csv(rows: tuple[MarkerRow, ...]) -> str:
    """A table for a spreadsheet: a line of names, then one for each marker."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows(row.texts for row in rows)
    return out.getvalue()


def as_text(rows: tuple[MarkerRow, ...]) -> str:
    """A list to read: timecode, name and length; the note below."""
    lines = []
    for row in rows:
        name = row.marker.name or QCoreApplication.translate("MarkerList", "Marker")
        more = ", ".join(part for part in (row.length, colour_title(row.marker.colour), row.clip_name) if part)
        lines.append(f"{row.timecode}  {name}" + (f" ({more})" if more else ""))
        lines += [f"    {line}" for line in row.marker.note.splitlines()]
    return "\n".join(lines) + "\n" if lines else ""
