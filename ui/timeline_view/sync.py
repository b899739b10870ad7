"""How far linked picture and sound are apart. Worked out track by track and kept while a track stays the same object."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from timeline.items import Clip, MediaSource
from timeline.sequence import Sequence
from timeline.time import RationalTime
from timeline.track import Track

_KEPT: Final = 64


class _Anchor(NamedTuple):
    """Where the source's first frame would stand in the sequence."""

    clip_id: str
    media_id: str
    time: RationalTime


@dataclass
class SyncOffsets:
    """Answers for the clips of a sequence, in frames; 0 is in sync."""

    _anchors: OrderedDict[int, tuple[Track, dict[str, _Anchor]]] = field(default_factory=OrderedDict)
    _tracks: tuple[Track, ...] = ()
    _known: dict[str, int] = field(default_factory=dict)
    """Answers by clip, while the tracks are those of `_tracks`."""

    def of(self, sequence: Sequence, track: Track, clip: Clip) -> int:
        """How much later this clip is than its partner on the other side of the divider, in frames (negative: earlier)."""
        if clip.link is None or clip.speed != 1:
            return 0
        if sequence.tracks is not self._tracks:
            self._tracks = sequence.tracks
            self._known.clear()
        known = self._known.get(clip.id)
        if known is None:
            known = self._known[clip.id] = self._measured(sequence, track, clip)
        return known

    def _measured(self, sequence: Sequence, track: Track, clip: Clip) -> int:
        if clip.link is None:
            return 0
        own = self._of_track(track).get(clip.link)
        if own is None or own.clip_id != clip.id:
            return 0
        for other in sequence.tracks:
            if other.is_audio == track.is_audio:
                continue
            partner = self._of_track(other).get(clip.link)
            if partner is not None and partner.media_id == own.media_id:
                return (own.time - partner.time).nearest_frame(sequence.rate)
        return 0

    def _of_track(self, track: Track) -> dict[str, _Anchor]:
        kept = self._anchors.get(id(track))
        if kept is not None and kept[0] is track:
            return kept[1]
        anchors = {
            clip.link: _Anchor(clip.id, clip.source.media_id, track.starts[index] - clip.source_range.start)
            for index, clip in enumerate(track.items)
            if isinstance(clip, Clip) and clip.link and clip.speed == 1 and isinstance(clip.source, MediaSource)
        }
        self._anchors[id(track)] = (track, anchors)
        while len(self._anchors) > _KEPT:
            self._anchors.popitem(last=False)
        return anchors
