"""What a screen reader says of tracks, clips, gaps and the playhead. Words only, no Qt."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QCoreApplication

from timeline.items import Clip, Item, Placeholder
from timeline.query import timecode_at
from timeline.sequence import Sequence
from timeline.time import RationalTime
from timeline.track import Track
from ui.timeline_view.facts import Facts
from ui.timeline_view.layout import Row
from ui.timeline_view.saying import length_words
from ui.words import plural


def track_words(row: Row) -> str:
    """`V1 Picture`."""
    return f"{row.label} {row.track.name}".strip()


def track_state(track: Track, *, targeted: bool) -> str:
    """`12 clips, target, locked, muted`."""
    said = {
        QCoreApplication.translate("Spoken", "target"): targeted,
        QCoreApplication.translate("Spoken", "locked"): track.locked,
        (
            QCoreApplication.translate("Spoken", "muted")
            if track.is_audio
            else QCoreApplication.translate("Spoken", "hidden")
        ): track.muted,
        QCoreApplication.translate("Spoken", "solo"): track.solo,
        QCoreApplication.translate("Spoken", "no sync lock"): not track.sync_lock,
    }
    return ", ".join([plural(track.clip_count, "clip"), *(word for word, is_so in said.items() if is_so)])


def item_words(item: Item, start: RationalTime, sequence: Sequence, facts: Facts) -> str:
    """`Still 1, 00:00:04:10, 9 s 14 fr`: what it is, where it starts, how long it is."""
    name = facts.name(item) if isinstance(item, Clip) else QCoreApplication.translate("Spoken", "Gap")
    return f"{name}, {timecode_at(sequence, start)}, {length_words(item.duration, sequence.rate)}"


def item_state(item: Item, label: str, facts: Facts, *, missing: bool = False, offset: int = 0) -> str:
    """`On V1, 50 %, fx, linked, disabled`: the badges of a clip in words."""
    words = [QCoreApplication.translate("Spoken", "On {label}").format(label=label)]
    if isinstance(item, Clip):
        words += facts.chips(item)
        said = {
            QCoreApplication.translate("Spoken", "not generated yet"): isinstance(item.source, Placeholder),
            QCoreApplication.translate("Spoken", "missing media"): missing,
            QCoreApplication.translate("Spoken", "linked"): item.link is not None,
            QCoreApplication.translate("Spoken", "grouped"): item.group is not None,
            QCoreApplication.translate("Spoken", "{count} frames out of sync").format(count=abs(offset)): offset != 0,
            QCoreApplication.translate("Spoken", "disabled"): not item.enabled,
        }
        words += [word for word, is_so in said.items() if is_so]
    return ", ".join(words)


def place_words(sequence: Sequence, time: RationalTime, facts: Facts, track_ids: Collection[str]) -> str:
    """`00:00:04:10, Still 1`: where the playhead is, and what lies there on some tracks."""
    found = (track.item_at(time) for track in sequence.tracks if track.id in track_ids)
    names = dict.fromkeys(facts.name(item) for item in found if isinstance(item, Clip))
    return ", ".join([timecode_at(sequence, time), *names])
