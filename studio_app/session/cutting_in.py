"""The verbs that bring a source into the sequence, as plans: what would happen in a sentence, and the one edit that does it.

Keys, buttons and the drop zones of the program viewer all go through here. A plan that cannot be made is an EditRefused.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from collections.abc import Sequence as Row
from dataclasses import dataclass

from studio_app.planning.takes import footage_take
from studio_app.session.matching import under_playhead
from studio_app.session.placing import Placements, end_of, place_pieces
from studio_app.session.session import Session
from studio_app.session.three_point import Incoming, Landing, RecordMarks, fitted, landing, of_media, of_sequence
from timeline.checks import free_track
from timeline.command import Batch, Command
from timeline.commands.add_track import AddTrack
from timeline.commands.fit_to_fill import FitToFill
from timeline.commands.insert_clips import InsertClips
from timeline.commands.overwrite_clips import OverwriteClips
from timeline.commands.replace_clips import ReplaceClips
from timeline.commands.set_clip import SetClip
from timeline.errors import EditRefused
from timeline.items import Clip, MediaSource, new_id
from timeline.media import Take
from timeline.query import frames_text, linked_ids, timecode_at, track_label
from timeline.sequence import Sequence
from timeline.time import ZERO, RationalTime, TimeRange
from timeline.track import Track, TrackKind


@dataclass(frozen=True)
class CutIn:
    """What one of the verbs would do. `playhead`: where it goes then (None: it stays); `note`: what had to give way."""

    sentence: str
    command: Command | None = None
    playhead: RationalTime | None = None
    uses_marks: bool = False
    note: str = ""
    take: Take | None = None
    first: Take | None = None
    """What the clip shows, where it becomes take 1 by this."""


Verb = Callable[[Session, Row[Incoming]], CutIn]


# --- what is cut in ---------------------------------------------------------------------------------------------------


def chosen_sources(session: Session) -> tuple[Incoming, ...]:
    """What an insert takes: the file in the source viewer, or what is chosen in the pool, whichever was touched last."""
    source, library = session.source, session.document.library
    place = {one: number for number, one in enumerate(session.browsing.order)}
    chosen = incoming_of(session, sorted(session.selection.media.ids, key=lambda one: place.get(one, len(place))))
    media = source.media
    if media is None or (chosen and not source.leads):
        return chosen
    whole = source.transport.end
    bounds = TimeRange(source.offset, whole if source.subclip or media.is_endless else library.media[media.id].duration)
    return (Incoming(media, bounds, *source.marks, source.name, source.time),)


def incoming_of(session: Session, ids: Row[str]) -> tuple[Incoming, ...]:
    """Files and subclips of the pool by their ids, with their marks; sequences, unless they are empty."""
    library, pool = session.document.library.media, session.document.project.pool
    found: list[Incoming] = []
    for one in ids:
        if (media := library.get(one)) is not None:
            found.append(of_media(media, pool, session.lengths.still))
        elif (subclip := pool.subclip(one)) is not None and subclip.media_id in library:
            found.append(Incoming(library[subclip.media_id], subclip.range, name=subclip.name))
        elif (nest := session.document.project.sequence(one)) is not None and nest.duration > ZERO:
            found.append(of_sequence(nest))
    return tuple(found)


def has_source(session: Session) -> bool:
    """Whether there is something to cut in."""
    return session.source.media_id is not None or bool(session.selection.media.ids)


# --- the verbs --------------------------------------------------------------------------------------------------------


def insert(session: Session, incoming: Row[Incoming]) -> CutIn:
    """Push what follows and put it in."""
    where = _landing(session, incoming)
    placed = _on_targets(session, where, incoming)
    said = _said(session, "Insert", where.at, placed)
    command = InsertClips(session.sequence_id, where.at, placed)
    return CutIn(f"{said}; what follows moves", command, end_of(placed), True, where.note)


def overwrite(session: Session, incoming: Row[Incoming]) -> CutIn:
    """Lay it over what is there."""
    where = _landing(session, incoming)
    placed = _on_targets(session, where, incoming)
    command = OverwriteClips(session.sequence_id, placed)
    return CutIn(_said(session, "Overwrite", where.at, placed), command, end_of(placed), True, where.note)


def append(session: Session, incoming: Row[Incoming]) -> CutIn:
    """Put it behind the last clip."""
    _some(incoming)
    where = Landing(tuple(one.piece() for one in incoming), session.sequence.duration)
    placed = _on_targets(session, where, incoming)
    command = Batch((OverwriteClips(session.sequence_id, placed),), "Append")
    return CutIn(_said(session, "Append", where.at, placed), command, end_of(placed))


def place_on_top(session: Session, incoming: Row[Incoming]) -> CutIn:
    """Put it on the first picture track above all clips of that place, its sound on a free track; new ones where none is free."""
    sequence, where = session.sequence, _landing(session, incoming)
    _refuse_without_targets(session, incoming)
    video, audio = Track(TrackKind.VIDEO), Track(TrackKind.AUDIO)
    length = end_of(place_pieces(sequence.rate, where.pieces, ZERO, video.id, audio.id))
    span = TimeRange(where.at, length)
    pictures = [track for track in sequence.tracks if track.kind is TrackKind.VIDEO]
    taken = [place for place, track in enumerate(pictures) if _is_taken(track, span)]
    above = pictures[taken[-1] + 1 :] if taken else pictures
    over = next((track for track in above if not track.locked), video)
    sounds = sequence.audio_tracks()
    below = next((track for track in sounds if not track.locked and not _is_taken(track, span)), audio)
    targets = session.targets
    video_id = over.id if targets.picture is not None else None
    audio_id = below.id if targets.sound is not None else None
    placed = place_pieces(sequence.rate, where.pieces, where.at, video_id, audio_id)
    used = {track_id for track_id, _, _ in placed}
    made = [AddTrack(sequence.id, audio)] if audio.id in used else []
    if video.id in used:
        top = sequence.tracks.index(pictures[-1]) + 1 if pictures else 0
        made.insert(0, AddTrack(sequence.id, video, top))
    command = Batch((*made, OverwriteClips(sequence.id, placed)), "Place on top")
    said = _said(session, "Place on top", where.at, placed)
    return CutIn(said, command, end_of(placed), True, where.note)


def replace(session: Session, incoming: Row[Incoming]) -> CutIn:
    """Exchange the clip under the playhead, picture for picture: the source viewer's frame comes where the playhead is.

    A range marked in the sequence is replaced instead, if there is one. A file that the source viewer does not show comes
    with its mark in at the clip's start.
    """
    one, sequence, time = _one_made(incoming), session.sequence, session.transport.time
    marked = _record(session).range
    if marked is not None and one.playhead is not None:
        start = one.playhead - (time - marked.start)
        if start < one.bounds.start and not one.media.is_endless:
            raise EditRefused(
                f"“{one.name}” is {frames_text(one.bounds.start - start, sequence.rate)} too short before this place."
            )
        end = start + marked.duration
        if end > one.bounds.end and not one.media.is_endless:
            raise EditRefused(
                f"“{one.name}” is {frames_text(end - one.bounds.end, sequence.rate)} too short behind this place."
            )
        where = Landing((one.piece(TimeRange(max(start, ZERO), marked.duration)),), marked.start)
        placed = _on_targets(session, where, incoming)
        command = Batch((OverwriteClips(sequence.id, placed),), "Replace range")
        return CutIn(_said(session, "Replace", where.at, placed), command, None, True)
    track, clip = _replaced(session)
    place = track.range_of(track.index_of(clip.id) or 0).start
    shown = clip.source_time(time - place) - clip.source_range.start if clip.freeze is None else ZERO
    start = one.playhead - shown if one.playhead is not None else one.range.start
    ids = tuple(other for other in linked_ids(sequence, [clip.id]) if _suits(sequence, other, one))
    said = f"Replace “{clip.name or 'the clip'}” at {timecode_at(sequence, place)} on {track_label(sequence, track)}"
    return CutIn(f"{said} by “{one.name}”", ReplaceClips(sequence.id, ids, one.media.id, start, one.name))


def fit_to_fill(session: Session, incoming: Row[Incoming]) -> CutIn:
    """Lay it over the marked range at the speed that fills it."""
    one = _one(incoming)
    where = fitted(one, _record(session))
    placed = _on_targets(session, where, incoming)
    filled = TimeRange.between(where.at, end_of(placed))
    command = FitToFill(session.sequence_id, filled, tuple((track_id, clip) for track_id, _, clip in placed))
    percent = f"{float(where.pieces[0].speed * 100):.4g} %"
    return CutIn(f"{_said(session, 'Fit to fill', where.at, placed)}, at {percent}", command, end_of(placed), True)


def add_take(session: Session, incoming: Row[Incoming]) -> CutIn:
    """Keep it as another take of the shot under the playhead; the cut stays as it is."""
    one = _one(incoming)
    under = [clip for _, clip in under_playhead(session)]
    clip = next((clip for clip in under if clip.shot_id is not None), next(iter(under), None))
    if clip is None:
        raise EditRefused("No clip is under the playhead that a take could be for.")
    return take_for(session, clip, one)


def take_for(session: Session, clip: Clip, one: Incoming) -> CutIn:
    """The same for the shot of a clip. A clip of a file that belongs to no shot becomes one: its file is take 1."""
    name = clip.name or "this clip"
    if one.is_nest:
        raise EditRefused(f"“{one.name}” is a sequence; only files can be takes.")
    if clip.shot_id is None and not isinstance(clip.source, MediaSource):
        raise EditRefused(f"“{name}” shows no file: only clips of files and shots have takes.")
    if clip.shot_id is None and isinstance(clip.source, MediaSource):
        return _first_take_for(session, clip, clip.source.media_id, one)
    takes = session.document.library.takes_of(clip.shot_id or "")
    if any(take.media_id == one.media.id for take in takes):
        raise EditRefused(f"“{one.name}” is a take of this shot already.")
    take = footage_take(one.media, clip.shot_id or "", one.name)
    return CutIn(f"Add “{one.name}” as take {len(takes) + 1} of “{clip.name or 'this shot'}”; the cut stays", take=take)


def _first_take_for(session: Session, clip: Clip, media_id: str, one: Incoming) -> CutIn:
    """Two takes, and the one edit that makes the clip, and what is linked to it and shows the same file, know of them."""
    sequence, name, library = session.sequence, clip.name or "this clip", session.document.library
    own = library.media.get(media_id)
    if own is None:
        raise EditRefused(f"The file of “{name}” is not in the media pool; it cannot have takes.")
    if own.id == one.media.id:
        raise EditRefused(f"“{one.name}” is what this clip shows already.")
    track = sequence.track_holding(clip.id)
    if track is not None:
        free_track(sequence, track.id)
    linked = (other for other in linked_ids(sequence, (clip.id,)) if _is_free(sequence, other))
    ids = tuple(
        other for other in linked if (found := sequence.clip(other)) is not None and found.source == clip.source
    )
    shot_id = new_id()
    return CutIn(
        f"Add “{one.name}” as take 2 of “{name}”; the cut stays",
        Batch((SetClip(sequence.id, ids, {"shot_id": shot_id}),), "Add take"),
        take=footage_take(one.media, shot_id, one.name),
        first=footage_take(own, shot_id, own.name),
    )


def _is_free(sequence: Sequence, clip_id: str) -> bool:
    track = sequence.track_holding(clip_id)
    return track is not None and not track.locked


VERBS: Mapping[str, Verb] = {
    "insert": insert,
    "overwrite": overwrite,
    "replace": replace,
    "place_on_top": place_on_top,
    "append": append,
    "add_take": add_take,
    "fit_to_fill": fit_to_fill,
}


def carry_out(session: Session, plan: CutIn) -> bool:
    """Do it, as one step: the playhead goes behind what was put in, and marks that were used are cleared."""
    if plan.take is not None:
        if plan.command is not None and not session.document.do_alone(plan.command):
            return False
        for take in (plan.first, plan.take):
            if take is not None:
                session.document.add_take(take, session.document.library.media[take.media_id])
        session.tell(f"{plan.sentence.split(';')[0].replace('Add ', 'Added ', 1)}.")
        return True
    if plan.command is None or not session.document.do(plan.command):
        return False
    if plan.uses_marks:
        session.transport.set_marks(None, None)
    if plan.playhead is not None:
        session.transport.pause()
        session.transport.set_time(plan.playhead)
    if plan.note:
        session.tell(plan.note)
    return True


# --- parts ------------------------------------------------------------------------------------------------------------


def _record(session: Session) -> RecordMarks:
    transport = session.transport
    return RecordMarks(transport.time, transport.mark_in, transport.mark_out)


def _some(incoming: Row[Incoming]) -> None:
    if not incoming:
        raise EditRefused("Nothing to cut in. Choose a clip in the media pool, or open one in the source viewer.")


def _one(incoming: Row[Incoming]) -> Incoming:
    _some(incoming)
    if len(incoming) > 1:
        raise EditRefused("Several clips are chosen; this takes one.")
    return incoming[0]


def _one_made(incoming: Row[Incoming]) -> Incoming:
    one = _one(incoming)
    if one.is_nest:
        raise EditRefused(f"“{one.name}” is a sequence; files replace clips. Insert or overwrite puts it in.")
    if not one.media.path:
        raise EditRefused(f"“{one.name}” has no take yet. Generate it first, or insert it to hold its place.")
    return one


def _landing(session: Session, incoming: Row[Incoming]) -> Landing:
    _some(incoming)
    return landing(incoming, _record(session), session.sequence.rate)


def _on_targets(session: Session, where: Landing, incoming: Row[Incoming]) -> Placements:
    """The pieces on the targeted tracks; a kind that none is targeted for is left out."""
    _refuse_without_targets(session, incoming)
    picture, sound = session.targets.picture, session.targets.sound
    rate = session.sequence.rate
    return place_pieces(rate, where.pieces, where.at, picture.id if picture else None, sound.id if sound else None)


def _refuse_without_targets(session: Session, incoming: Row[Incoming]) -> None:
    targets = session.targets
    if targets.picture is None and targets.sound is None:
        locked = "locked" if targets.ids else "targeted"
        what = "Every targeted track is" if targets.ids else "No track is"
        raise EditRefused(f"{what} {locked}. Press V1 or A1 in a track header to say where clips go.")
    for one in incoming:
        fits = (one.media.has_video and targets.picture) or (one.media.has_audio and targets.sound)
        if not fits:
            kind = "picture" if one.media.has_video else "audio"
            raise EditRefused(f"“{one.name}” needs a targeted {kind} track that is not locked.")


def _said(session: Session, verb: str, at: RationalTime, placed: Placements) -> str:
    """`Insert “Ferry” at 00:00:12:00 on V1 and A1, 48 frames`."""
    sequence = session.sequence
    labels = {track.id: track_label(sequence, track) for track in sequence.tracks}
    on = " and ".join(dict.fromkeys(labels.get(track_id, "a new track") for track_id, _, _ in placed))
    starts = {start for _, start, _ in placed}
    what = f"“{placed[0][2].name}”" if len(starts) == 1 else f"{len(starts)} clips"
    length = frames_text(end_of(placed) - at, sequence.rate)
    return f"{verb} {what} at {timecode_at(sequence, at)} on {on}, {length}"


def _is_taken(track: Track, span: TimeRange) -> bool:
    return any(where.overlaps(span) for _, where in track.clips())


def _replaced(session: Session) -> tuple[Track, Clip]:
    under = [one for one in under_playhead(session) if not one[0].locked]
    targeted = [one for one in under if one[0].id in session.targets.ids]
    if not targeted:
        raise EditRefused("No clip is under the playhead on a targeted track: there is nothing to replace.")
    return targeted[0]


def _suits(sequence: Sequence, clip_id: str, one: Incoming) -> bool:
    """Whether a linked clip is replaced along: its track is free and the file has what it carries."""
    track = sequence.track_holding(clip_id)
    if track is None or track.locked:
        return False
    return one.media.has_audio if track.is_audio else one.media.has_video
