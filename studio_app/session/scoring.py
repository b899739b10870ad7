"""Music for the sequence on screen: as long as it (or its marked range), with strokes on its cuts, laid on tracks of its own."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from pathlib import Path

from effects.params import ParamSpec, specs_of
from engines.errors import EngineError
from engines.generate.procedural.compose.brief import MusicBrief as MusicBrief
from engines.generate.procedural.compose.brief import Picture
from engines.generate.procedural.compose.moods import MOODS
from engines.generate.procedural.compose.notes import STEMS
from engines.generate.procedural.compose.performance import MAX_SECONDS
from engines.generate.procedural.compose.score import compose_file
from engines.media.probe import probe
from studio_app.services.jobs import Job
from studio_app.session.assets import sound_track
from studio_app.session.session import Session
from timeline.command import Batch, Command
from timeline.commands.add_track import AddTrack
from timeline.errors import EditRefused
from timeline.media import Media
from timeline.sequence import Sequence
from timeline.time import ZERO, TimeRange
from timeline.track import Track, TrackKind


def music_specs() -> tuple[ParamSpec, ...]:
    """The form of the music: the model's own fields, the mood to be chosen among those the composer knows."""
    return tuple(
        replace(spec, kind="choice", choices=tuple(MOODS)) if spec.name == "mood" else spec
        for spec in specs_of(MusicBrief)
    )


def stretch_to_score(session: Session) -> TimeRange:
    """What the music is for: the marked range, else the whole sequence. Raises EditRefused where there is nothing."""
    stretch = session.transport.marked_range or TimeRange(ZERO, session.sequence.duration)
    if stretch.duration <= ZERO:
        raise EditRefused("There is nothing to make music for yet. Put something on the timeline first.")
    if stretch.duration.to_seconds() > MAX_SECONDS:
        raise EditRefused(f"Music can be up to {MAX_SECONDS // 3600} hours long. Mark a shorter range.")
    return stretch


def picture_of_sequence(sequence: Sequence, stretch: TimeRange) -> Picture:
    """The cuts of the lowest track of pictures within a stretch, in seconds from its start."""
    row = next((track for track in sequence.tracks if track.kind is TrackKind.VIDEO), None)
    starts = [place.start for _, place in row.clips()] if row is not None else []
    return Picture(cuts=tuple((at - stretch.start).to_seconds() for at in starts if stretch.start < at < stretch.end))


def compose_music(session: Session, brief: MusicBrief, *, stems: bool = False) -> Job:
    """Start composing; the music comes onto a new track (each stem onto one of its own) as one undoable step.

    Raises EditRefused where there is nothing to make music for.
    """
    stretch, sequence_id = stretch_to_score(session), session.sequence_id
    picture = picture_of_sequence(session.sequence, stretch)
    folder = session.files.take_folder
    name = f"{brief.mood.strip().capitalize() or 'Calm'} music"

    def work(job: Job) -> list[Media]:
        target = _free(folder, "_".join(name.lower().split())[:40])
        parts = target.with_suffix("") if stems else None
        seconds = stretch.duration.to_seconds()
        compose_file(
            target,
            brief,
            seconds,
            picture,
            check=job.check,
            stems=parts,
            progress=lambda f: job.progress(f, "Composing"),
        )
        if parts is None:
            return [replace(probe(target), name=name)]
        target.unlink(missing_ok=True)  # its stems are it
        return [
            replace(probe(parts / f"{stem}.wav"), name=f"{name}, {stem}")
            for stem in STEMS
            if _sounds(parts / f"{stem}.wav")
        ]

    def done(made: list[Media]) -> None:
        session.document.add_media(made)
        if session.document.project.sequence(sequence_id) is None:
            session.noted.emit(f"{name} waits in the media pool: its sequence is gone.")
            return
        adds: tuple[Command, ...] = tuple(AddTrack(sequence_id, _track(session, media, stretch)) for media in made)
        session.document.do_alone(Batch(adds, "Add music") if len(adds) > 1 else adds[0])

    return session.jobs.submit(name, work, done, kind="music")


def _track(session: Session, media: Media, stretch: TimeRange) -> Track:
    label = media.name.rsplit(", ", 1)[-1].capitalize() if ", " in media.name else "Music"
    return sound_track(media, stretch, session.sequence.rate, name=label)


def _sounds(path: Path) -> bool:
    """Whether a stem has any sound in it."""
    with path.open("rb") as file:
        file.seek(44)
        return any(any(block) for block in iter(lambda: file.read(1 << 20), b""))


def _free(folder: Path, stem: str) -> Path:
    """A name that neither a file nor a folder has."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise EngineError(
            f"Music cannot be kept in “{folder}”: {error.strerror}. Save the project in another folder."
        ) from error
    names = (folder / f"{stem}_{number}.wav" for number in count(1))
    return next(path for path in names if not path.exists() and not path.with_suffix("").exists())
