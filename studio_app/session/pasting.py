"""The clipboard of clips: which targeted track each goes to, and which attributes are pasted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from studio_app.session.chosen import selected_clips, together
from studio_app.session.placing import Placements
from studio_app.session.session import Session
from timeline.command import Batch, Command
from timeline.commands.add_track import AddTrack
from timeline.commands.paste_attributes import ATTRIBUTES, PasteAttributes
from timeline.commands.set_speed import SetSpeed
from timeline.edits import copies
from timeline.errors import EditRefused
from timeline.items import Clip
from timeline.track import Track, TrackKind

PASTED: dict[str, tuple[str, ...]] = {
    "Effects": ("effects",),
    "Opacity": ("opacity",),
    "Volume": ("volume",),
    "Pan": ("pan",),
    "Fades": ("fade_in", "fade_out"),
    "Speed": ("speed",),
}
"""What can be chosen when attributes are pasted."""


@dataclass(frozen=True)
class Pasted:
    """The clipboard at the playhead: new tracks it needs, and clips under new ids on tracks."""

    tracks: tuple[Command, ...]
    placements: Placements


def copy(session: Session) -> bool:
    """Take the selected clips to the clipboard."""
    sequence = session.sequence
    clips = []
    for track in sequence.tracks:
        for item_id in session.selection.item_ids:
            clip, place = track.clip(item_id), track.index_of(item_id)
            if clip is not None and place is not None:
                clips.append((track.id, track.starts[place], clip))
    if not clips:
        return False
    first = min(start for _, start, _ in clips)
    session.clipboard = tuple((track_id, start - first, clip) for track_id, start, clip in clips)
    session.clipboard_rows = (
        tuple(track.id for track in sequence.tracks if not track.is_audio),
        tuple(track.id for track in sequence.audio_tracks()),
    )
    return True


def at_playhead(session: Session) -> Pasted:
    """Where the clipboard would go: its lowest picture to the lowest targeted picture track, its first sound to the first of sound.

    The others keep their distance in tracks; where a track is missing, one is made. Without a target of its kind everything stays
    on its own track.
    """
    sequence, at = session.sequence, session.transport.time
    fresh = copies(clip for _, _, clip in session.clipboard)
    where: dict[str, str] = {}
    made: list[Command] = []
    for sound, rows in enumerate(session.clipboard_rows):
        used = [row for row in rows if any(track_id == row for track_id, _, _ in session.clipboard)]
        side = [track for track in sequence.tracks if track.is_audio is bool(sound)]
        target = session.targets.sound if sound else session.targets.picture
        for row in used:
            if target is None and any(track.id == row for track in side):
                where[row] = row
                continue
            lane = rows.index(row) - rows.index(used[0]) + (0 if target is None else side.index(target))
            while lane >= len(side):
                new = Track(TrackKind.AUDIO if sound else TrackKind.VIDEO)
                pictures = [index for index, track in enumerate(sequence.tracks) if not track.is_audio]
                top = (pictures[-1] + 1 if pictures else 0) + len(made)
                made.append(AddTrack(sequence.id, new, None if sound else top))
                side.append(new)
            where[row] = side[lane].id
    placed = tuple(
        (where[track], at + since, clip) for (track, since, _), clip in zip(session.clipboard, fresh, strict=True)
    )
    return Pasted(tuple(made), placed)


def paste_attributes(session: Session, chosen: Iterable[str]) -> bool:
    """Give the selected clips what was chosen (names of PASTED) of the first clip of the clipboard that has it.

    A picture gives to pictures and a sound to sounds; where only one of them was copied, it gives to all.
    """
    sequence = session.sequence
    names = [name for key in chosen for name in PASTED[key]]
    if not session.clipboard:
        raise EditRefused("Copy a clip first; then its attributes can be pasted.")
    free = set(together(session))
    ids = [clip.id for clip in selected_clips(session) if clip.id in free]
    commands: list[Command] = []
    attributes = tuple(name for name in names if name in ATTRIBUTES)
    for sound in (False, True):
        side = tuple(one for one in ids if (track := sequence.track_holding(one)) and track.is_audio is sound)
        model = _model(session, sound=sound)
        if side and attributes:
            commands.append(PasteAttributes(sequence.id, side, model, attributes))
        if side and "speed" in names:
            commands.append(SetSpeed(sequence.id, side, model.speed))
    if not commands:
        raise EditRefused("Choose what to paste, and select the clips to paste it to.")
    return session.document.do(Batch(tuple(commands), "Paste attributes"))


def _model(session: Session, *, sound: bool) -> Clip:
    rows = session.clipboard_rows[sound]
    same = [clip for track_id, _, clip in session.clipboard if track_id in rows]
    return same[0] if same else session.clipboard[0][2]
