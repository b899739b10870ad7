"""What a film will show otherwise than it was meant: shots without a take, footage that is missing. Asked before an export."""

from __future__ import annotations

from timeline.interchange.base import Note, Notes
from timeline.items import Clip, MediaSource, Placeholder
from timeline.media import Library
from timeline.nesting import sequences_inside
from timeline.project import Project
from timeline.query import track_label
from timeline.sequence import Sequence


def film_notes(
    project: Project, library: Library, sequence: Sequence, missing: frozenset[str], *, pictures: bool = True
) -> tuple[Note, ...]:
    """A note for each thing that is left out, at the first place where it would be seen or heard; without `pictures` of sound alone.

    What lies within a nest is told with the nest's name and without a time, since it has none of its own in `sequence`.
    """
    notes = Notes()
    for one in sequences_inside(project, sequence):
        for track in one.tracks:
            if track.muted or not (pictures or track.is_audio):
                continue
            for clip, where in track.clips():
                sentence = _sentence(clip, library, missing, is_audio=track.is_audio) if clip.enabled else ""
                if not sentence:
                    continue
                if one.id == sequence.id:
                    notes.lost(sentence, where.start, track_label(one, track))
                else:
                    notes.lost(sentence, None, one.name)
    return notes.all()


def _sentence(clip: Clip, library: Library, missing: frozenset[str], *, is_audio: bool) -> str:
    source = clip.source
    if isinstance(source, Placeholder):
        return f"“{clip.name}” has no take yet. The film shows its slate."
    if isinstance(source, MediaSource) and (source.media_id in missing or source.media_id not in library.media):
        media = library.media.get(source.media_id)
        name = media.name if media is not None else clip.name
        return f"“{name}” is missing. " + ("It is silent." if is_audio else "The film shows a card in its place.")
    return ""
