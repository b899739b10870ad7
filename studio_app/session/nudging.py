"""Moving, slipping and sliding the selected clips by frames, moving them by tracks; for keys and for typed numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Literal

from studio_app.session.chosen import selected_clips, together
from studio_app.session.session import Session
from studio_app.session.trim_view import TrimView, slide_view, slip_view
from timeline.command import Batch, Held
from timeline.commands.move_clips import MoveClips
from timeline.commands.slide_clip import SlideClip
from timeline.commands.slip_clip import SlipClip
from timeline.errors import EditRefused
from timeline.items import Clip
from timeline.query import together_ids, track_label
from timeline.time import ZERO, RationalTime
from timeline.track import Track


def nudge(session: Session, frames: int) -> bool:
    """Move the selected clips and their groups; they cover what is there. Presses of a held key are one step."""
    sequence = session.sequence
    by = RationalTime.from_frames(frames, sequence.rate)
    places = _places(session)
    if not places:
        return False
    if any(start + by < ZERO for _, _, start in places):
        raise EditRefused("A clip cannot be moved to before the start of the sequence.")
    moves = tuple((clip.id, track.id, start + by) for clip, track, start in places)
    return session.document.do(Held(MoveClips(sequence.id, moves), _key("nudge", places)))


def nudge_tracks(session: Session, up: int) -> bool:
    """Move the selected pictures to the track above (1) or below (-1); sounds, when no picture is selected.

    Sound tracks count downwards: above A2 is A1. Raises EditRefused where there is no such track.
    """
    sequence = session.sequence
    places = _places(session)
    pictures = [one for one in places if not one[1].is_audio]
    chosen = {clip.id for clip in selected_clips(session)}
    moved = pictures if any(clip.id in chosen for clip, _, _ in pictures) else places
    moves = []
    for clip, track, start in moved:
        side = [one for one in sequence.tracks if one.is_audio == track.is_audio]
        target = side.index(track) + (-up if track.is_audio else up)
        if not 0 <= target < len(side):
            where = "above" if up > 0 else "below"
            raise EditRefused(f"There is no track {where} {track_label(sequence, track)}. Add one first.")
        moves.append((clip.id, side[target].id, start))
    return bool(moves) and session.document.do(MoveClips(sequence.id, tuple(moves)))


def slip(session: Session, frames: int) -> bool:
    """Show what comes so many frames later (negative: earlier) in the selected clips, their places unchanged."""
    sequence, places = session.sequence, _places(session)
    if not places:
        return False
    by = RationalTime.from_frames(frames, sequence.rate)
    ids = tuple(clip.id for clip, _, _ in places)
    done = session.document.do(Held(SlipClip(sequence.id, ids, by), _key("slip", places)))
    return done and _show(session, slip_view, ids, frames)


def slide(session: Session, frames: int) -> bool:
    """Move the selected clip between its neighbours, which give way or follow. Raises EditRefused for two on one track."""
    sequence, places = session.sequence, _places(session)
    if not places:
        return False
    if len({track.id for _, track, _ in places}) < len(places):
        raise EditRefused("A slide takes one clip on each track. Select less.")
    by = RationalTime.from_frames(frames, sequence.rate)
    slides = tuple(SlideClip(sequence.id, clip.id, by) for clip, _, _ in places)
    done = session.document.do(Held(Batch(slides, "Slide"), _key("slide", places)))
    return done and _show(session, slide_view, (clip.id for clip, _, _ in places), frames)


def _show(
    session: Session, view: Callable[..., TrimView | None], clip_ids: Iterable[str], frames: int
) -> Literal[True]:
    """For a moment, the pictures at the ends of the first clip that has any."""
    views = (view(session.sequence, one, frames, brief=True) for one in clip_ids)
    if (found := next((one for one in views if one is not None), None)) is not None:
        session.trim_view.emit(found)
    return True


def _places(session: Session) -> list[tuple[Clip, Track, RationalTime]]:
    sequence = session.sequence
    result = []
    for clip_id in _moved(session):
        track = sequence.track_holding(clip_id)
        index = track.index_of(clip_id) if track is not None else None
        item = track.items[index] if track is not None and index is not None else None
        if track is not None and index is not None and isinstance(item, Clip):
            result.append((item, track, track.starts[index]))
    return result


def _moved(session: Session) -> list[str]:
    """What is selected, and groups whole. A side of a link that was chosen alone goes alone, as by the mouse: a badge says so."""
    chosen = selected_clips(session)
    alone = {clip.id for clip in chosen if clip.group is None}
    grouped = [clip.id for clip in chosen if clip.group is not None]
    whole = set(together_ids(session.sequence, grouped)) if grouped else set()
    return [one for one in together(session) if one in alone or one in whole]


def _key(verb: str, places: list[tuple[Clip, Track, RationalTime]]) -> str:
    return " ".join((verb, *(clip.id for clip, _, _ in places)))
