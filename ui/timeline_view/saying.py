"""What the status line says of the clip that is chosen."""

from __future__ import annotations

from collections.abc import Sequence as Row

from PySide6.QtCore import QCoreApplication

from timeline import query
from timeline.items import Clip
from timeline.media import Library
from timeline.project import Project
from timeline.sequence import Sequence
from timeline.time import ZERO, FrameRate, RationalTime
from timeline.timecode import nominal_fps
from ui.timeline_view.facts import Facts
from ui.words import count

MANY = 200
"""Beyond this only their number is said."""


def length_words(length: RationalTime, rate: FrameRate) -> str:
    """`9 s 14 fr`, `14 fr`, `2 s`."""
    seconds, frames = divmod(length.nearest_frame(rate), nominal_fps(rate))
    parts = ([f"{seconds} s"] if seconds else []) + (
        [QCoreApplication.translate("Saying", "{frames} fr").format(frames=frames)] if frames or not seconds else []
    )
    return " ".join(parts)


def clip_words(clip: Clip, sequence: Sequence, library: Library, facts: Facts, project: Project | None = None) -> str:
    """Name, length and handles of a clip."""
    head, tail = query.handles(clip, library, project)
    text = f"{facts.name(clip)}: {length_words(clip.duration, sequence.rate)}"
    if head is None or tail is None:
        return f"{text}."
    return QCoreApplication.translate("Saying", "{text}, handles {length} and {length2}.").format(
        text=text, length=length_words(head, sequence.rate), length2=length_words(tail, sequence.rate)
    )


def chosen_words(
    item_ids: Row[str], sequence: Sequence, library: Library, facts: Facts, project: Project | None = None
) -> str:
    """One clip (with its linked sound): what it is. Several: how many and how long together. None: empty."""
    if len(item_ids) > MANY:
        return QCoreApplication.translate("Saying", "{count} clips and gaps.").format(count=count(len(item_ids)))
    clips = [clip for one in item_ids if (clip := sequence.clip(one)) is not None]
    if not clips:
        return ""
    if len(clips) == 1 or (clips[0].link and all(clip.link == clips[0].link for clip in clips)):
        return clip_words(clips[0], sequence, library, facts, project)
    pieces: dict[str, RationalTime] = {}  # a picture and the sound linked to it are one clip, as the hand takes them
    for clip in clips:
        piece = clip.link or clip.id
        pieces[piece] = max(pieces.get(piece, ZERO), clip.duration)
    whole = sum(pieces.values(), ZERO)
    return QCoreApplication.translate("Saying", "{count} clips, {length} in all.").format(
        count=len(pieces), length=length_words(whole, sequence.rate)
    )
