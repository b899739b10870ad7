"""What a suggestion is for, among which files it is looked for, and what is known of them."""

from __future__ import annotations

from collections.abc import Sequence as Row
from dataclasses import dataclass

import numpy as np

from engines.analyse.quality import judge
from studio_app.catalogue.features import Vector, parts_of
from studio_app.catalogue.similarity import Features, features_of
from studio_app.catalogue.traits import traits_of
from studio_app.planning.narrative.materials import called, shot_words, words_of
from studio_app.session.chosen import selected_clips, under_playhead
from studio_app.session.narrating import Known
from studio_app.session.session import Session
from timeline.errors import EditRefused
from timeline.items import Clip
from timeline.media import Library, Media
from timeline.query import media_of
from timeline.storyboard import Shot
from timeline.time import TimeRange

MEASURED_NOW = 60
"""So many files at most are measured for one suggestion; the first of the library wait until they are."""


@dataclass(frozen=True)
class Target:
    """What a suggestion is for: a clip of the timeline, a shot, or a file; `part` is what is shown of the file."""

    name: str
    media: Media | None
    part: TimeRange | None = None
    clip: Clip | None = None
    shot: Shot | None = None

    @property
    def words(self) -> str:
        """What is said of it."""
        return shot_words(self.shot) if self.shot is not None else self.name


def target_of(session: Session) -> Target | None:
    """The selected shot, file or clip, whichever was chosen last; else the clip under the playhead."""
    library, selection = session.document.library, session.selection
    if selection.focus == "shots" and selection.shots.lead:
        shot = session.document.project.shot(selection.shots.lead)
        if shot is not None:
            return Target(shot.name or shot.description or "this shot", session.generation.media_for(shot), shot=shot)
    if selection.focus == "media" and (media := library.media.get(selection.media.lead or "")) is not None:
        return Target(called(media), media)
    clips = [
        *reversed(selected_clips(session)),
        *(clip for _, clip in reversed(under_playhead(session, anywhere=True))),
    ]
    for clip in clips:
        media = media_of(clip, library)
        shot = session.document.project.shot(clip.shot_id) if clip.shot_id else None
        if (media is not None and (media.has_video or media.is_endless)) or shot is not None:
            part = clip.source_range if media is not None and not media.is_endless else None
            return Target(clip.name or (called(media) if media else "this clip"), media, part, clip, shot)
    return None


def needed_target(session: Session) -> Target:
    """The same. Raises EditRefused where there is none."""
    found = target_of(session)
    if found is None:
        raise EditRefused("Choose a clip, a shot or a file first.")
    return found


def pictures(session: Session, without: str = "") -> list[Media]:
    """Files with a picture that are there and were not taken out of the pool, the newest first."""
    missing, pool = session.presence.missing, session.document.project.pool
    found = [
        one
        for one in session.document.library.media.values()
        if (one.has_video or one.is_endless) and one.id not in missing and not pool.entry(one.id).hidden
    ]
    return [one for one in reversed(found) if one.id != without]


def features(media: Row[Media], known: Known, library: Library) -> Features:
    """The catalogue's vectors of these files, by their places."""
    rows = [parts_of(traits_of(known[one.id]) if one.id in known else None, words_of(one, library)) for one in media]
    names = rows[0] if rows else {}
    parts: dict[str, Vector] = {name: np.stack([row[name] for row in rows]) for name in names}
    return features_of(np.arange(len(rows), dtype=np.int64), parts)


def faults(known: Known, media: Media) -> tuple[str, ...]:
    """What is wrong with a file, by its figures."""
    analysis = known.get(media.id)
    return tuple(one.sentence.rstrip(".") for one in judge(analysis).reasons) if analysis is not None else ()
