"""What hangs at the pointer over the tracks: read once, as clips with their places among each other."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication, QMimeData

from studio_app.session.applying import Kind, Offer, generator_clip
from studio_app.session.cutting_in import incoming_of
from studio_app.session.placing import Piece, Placements, clips_of, place_pieces, shot_clip
from studio_app.session.pool_items import Listing
from studio_app.session.session import Session
from studio_app.session.three_point import Incoming
from timeline.items import Clip
from timeline.media import Media
from timeline.query import whole_frames
from timeline.storyboard import Shot
from timeline.time import ZERO, RationalTime, TimeRange
from ui.drag_mime import EFFECT_MIME, MEDIA_MIME, SHOT_MIME, files_in, ids_in, incoming_in, offer_in
from ui.media_model import BIN_MIME, bins_in
from ui.words import count, plural

MOST: Final = 500
"""More files than these are no drop on the tracks but an import."""
_PROJECTS: Final = frozenset({".starcut"})
"""The window takes them."""
_WORDS: Final = frozenset({".yaml", ".yml", ".json", ".txt"})
"""Storyboards, or any text: opening one in place of the project is not what a drop on a track means."""
_PICTURE, _SOUND = "picture", "sound"


@dataclass(frozen=True)
class Load:
    """`rows` are (`picture` or `sound`, start among each other, clip). `problem`: why it cannot be taken, as a sentence.

    Of files whose length is not known before they are imported `rows` is empty.
    """

    rows: Placements = ()
    files: tuple[Path, ...] = ()
    incoming: tuple[Incoming, ...] = ()
    problem: str = ""
    guess: RationalTime = ZERO
    """How long files whose length is not known yet are drawn."""
    is_ours: bool = True
    """False: something for the window, or for nobody."""
    offer: Offer | None = None
    """An effect for a clip or a transition for a cut: it lands on what is there (see `effect_drops`)."""

    @property
    def length(self) -> RationalTime:
        """How long it is all together; a guess where only files are known."""
        return max((at + clip.duration for _, at, clip in self.rows), default=self.guess)

    def placed(self, at: RationalTime, video_id: str | None, audio_id: str | None) -> Placements:
        """The clips from a time on, on these tracks; what has none is left out, and its partner stands alone."""
        tracks = {_PICTURE: video_id, _SOUND: audio_id}
        found = [(track, at + start, clip) for kind, start, clip in self.rows if (track := tracks[kind]) is not None]
        if video_id is not None and audio_id is not None:
            return tuple(found)
        return tuple((track, start, replace(clip, link=None)) for track, start, clip in found)


def read(mime: QMimeData, session: Session) -> Load:
    """What a drag carries."""
    rate = session.sequence.rate
    if mime.hasFormat(MEDIA_MIME) or mime.hasFormat(BIN_MIME):
        incoming = (*_of_folders(session, bins_in(mime)), *incoming_in(mime, session))
        if not incoming:
            return Load(problem=_why_nothing(mime, session))
        rows = place_pieces(rate, (one.piece() for one in incoming), ZERO, _PICTURE, _SOUND)
        return Load(rows, incoming=incoming)
    if mime.hasFormat(SHOT_MIME):
        ids = ids_in(mime, SHOT_MIME)
        shots = [shot for one in ids if (shot := session.document.project.shot(one)) is not None]
        return (
            Load(_shot_rows(session, shots))
            if shots
            else Load(problem=QCoreApplication.translate("DropLoad", "This shot is no longer in the project."))
        )
    if mime.hasFormat(EFFECT_MIME):
        return _of_offer(session, offer_in(mime))
    return _read_files(files_in(mime), session, is_text=mime.hasText() and not mime.hasUrls())


def _of_folders(session: Session, bin_ids: tuple[str, ...]) -> tuple[Incoming, ...]:
    """All clips in folders of the pool, in its order; folders stand before clips there."""
    if not bin_ids:
        return ()
    document, look = session.document, session.settings.values.pool
    inside = Listing(document.project, document.library, session.presence.missing).inside(
        bin_ids, look.sort, look.descending
    )
    return incoming_of(session, tuple(one.id for one in inside))


def _why_nothing(mime: QMimeData, session: Session) -> str:
    """Why what is dragged out of the pool has no clips, as a sentence."""
    project = session.document.project
    folders = [one.name for bin_id in bins_in(mime) if (one := project.pool.bin(bin_id)) is not None]
    if folders:
        return (
            QCoreApplication.translate("DropLoad", "There are no clips in “{folders}”.").format(folders=folders[0])
            if len(folders) == 1
            else QCoreApplication.translate("DropLoad", "There are no clips in these folders.")
        )
    nests = map(project.sequence, ids_in(mime, MEDIA_MIME))
    empty = next((nest.name for nest in nests if nest is not None), None)
    return (
        QCoreApplication.translate("DropLoad", "“{empty}” is empty; put clips into it first.").format(empty=empty)
        if empty is not None
        else QCoreApplication.translate("DropLoad", "This is no longer in the media pool.")
    )


def _of_offer(session: Session, offer: Offer | None) -> Load:
    """A generator as a clip; what lands on clips and cuts as itself."""
    if offer is None:
        return Load(problem=QCoreApplication.translate("DropLoad", "This effect is not installed here."))
    if offer.kind is not Kind.GENERATOR:
        return Load(offer=offer)
    clip, rate = generator_clip(session, offer), session.sequence.rate
    whole = TimeRange(ZERO, max(clip.duration.snapped(rate), RationalTime.from_frames(1, rate)))
    return Load(((_PICTURE, ZERO, replace(clip, source_range=whole)),))


def of_media(media: list[Media], session: Session) -> Load:
    """Files that were imported, one after another."""
    still = TimeRange(ZERO, session.lengths.still)
    pieces = [Piece(one, still if one.is_endless else None) for one in media]
    return Load(place_pieces(session.sequence.rate, pieces, ZERO, _PICTURE, _SOUND))


def _read_files(files: tuple[Path, ...], session: Session, is_text: bool) -> Load:
    if not files:
        what = (
            QCoreApplication.translate("DropLoad", "Text cannot be dropped here; drop footage, stills or sound.")
            if is_text
            else ""
        )
        return Load(problem=what, is_ours=False)
    if all(path.suffix.lower() in _PROJECTS for path in files):
        return Load(is_ours=False)
    if all(path.suffix.lower() in _WORDS for path in files):
        said = QCoreApplication.translate(
            "DropLoad", "“{name}” is no footage. A storyboard is opened from the File menu."
        ).format(name=files[0].name)
        return Load(problem=said)
    if len(files) > MOST:
        return Load(
            problem=QCoreApplication.translate(
                "DropLoad", "{count} files are too many for one drop here, {most} at most. Drop them on the media pool."
            ).format(count=count(len(files)), most=MOST)
        )
    problem = unfit(files)
    if problem:
        return Load(problem=problem)
    known = {one.path: one for one in session.document.library.media.values()}
    media = [known.get(str(path.absolute())) for path in files]
    rows: Placements = ()
    if all(one is not None for one in media):
        rows = of_media([one for one in media if one is not None], session).rows
    return Load(rows, files, guess=session.lengths.still)


def unfit(files: tuple[Path, ...]) -> str:
    """Why files cannot be laid on the tracks, asked anew when they fall; empty when they can."""
    gone = [path for path in files if not path.exists()]
    if gone:
        return QCoreApplication.translate("DropLoad", "{named} no longer there.").format(named=_named(gone))
    return ""


def _named(paths: list[Path]) -> str:
    return (
        QCoreApplication.translate("DropLoad", "“{name}” is").format(name=paths[0].name)
        if len(paths) == 1
        else QCoreApplication.translate("DropLoad", "{files} are").format(files=plural(len(paths), "file"))
    )


def _shot_rows(session: Session, shots: list[Shot]) -> Placements:
    """Shots one after another: their takes with their sound, or placeholders as long as planned."""
    rows: list[tuple[str, RationalTime, Clip]] = []
    rate, at = session.sequence.rate, ZERO
    for shot in shots:
        media, name = session.generation.media_for(shot), shot.name or shot.description
        parts: list[tuple[str, Clip]] = []
        if media is None:
            parts.append((_PICTURE, shot_clip(shot, rate, None, name)))
        else:
            picture, sound = clips_of(media, rate)
            parts += [(_PICTURE, replace(picture, name=name, shot_id=shot.id))] if picture is not None else []
            parts += [(_SOUND, replace(sound, name=name, shot_id=shot.id))] if sound is not None else []
        if media is not None and not parts:
            whole = TimeRange(ZERO, whole_frames(media.duration, rate))
            parts.append((_PICTURE, replace(shot_clip(shot, rate, media, name), source_range=whole)))
        rows += ((kind, at, clip) for kind, clip in parts)
        at = at + parts[0][1].duration
    return tuple(rows)
