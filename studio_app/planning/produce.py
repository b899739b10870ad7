"""A storyboard file becomes a film: shots, music, cut, MP4, EDL, FCPXML, OTIO, project, thumbnail.

Finished shots are kept under a name that carries the hash of what they were made from, so an interrupted run goes on where it
stopped and a changed scene is made anew while the others stay.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from pathlib import Path

from engines.errors import MediaError
from engines.export.mp4 import export_mp4
from engines.export.still import write_still
from engines.generate.base import Engine, GenerationRequest, Result
from engines.generate.procedural.compose import compose
from engines.generate.registry import engine as engine_of
from engines.media.probe import probe
from engines.media.writer import write_wav
from studio_app.planning.assemble import assemble, shot_name, total_length
from studio_app.planning.deliver import deliver
from studio_app.planning.request import request_for
from studio_app.planning.storyboard_file import read_storyboard
from studio_app.planning.takes import make_take
from timeline.errors import Cancelled, ProjectFileError
from timeline.media import Library, Media
from timeline.project import Project, Saved
from timeline.project_file import save
from timeline.sequence import Sequence
from timeline.storyboard import AudioCue, Shot, Storyboard
from timeline.time import RationalTime

Say = Callable[[str, float], None]
"""Told (what, fraction 0..1), from any thread."""
Check = Callable[[], None]
"""Raises Cancelled when the work is to stop."""
INTERCHANGE = ("edl", "fcpxml", "otio")


@dataclass(frozen=True)
class Produced:
    """What a run has written."""

    folder: Path
    film: Path
    project: Path
    files: tuple[Path, ...]
    made: int
    kept: int
    sequence: Sequence
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class _ShotJob:
    """What an engine is given to report to."""

    name: str
    say: Say
    stop: Check

    def check(self) -> None:
        self.stop()

    def progress(self, fraction: float, note: str = "") -> None:
        self.say(self.name, min(fraction, 0.999))


def produce(
    storyboard: Path,
    folder: Path,
    *,
    engine: str = "",
    jobs: int = 1,
    say: Say,
    check: Check,
    preset: str = "match_sequence",
) -> Produced:
    """Make the whole film. Raises StudioError with a sentence, or Cancelled; finished shots stay for the next run."""
    board = read_storyboard(storyboard)
    folder = _made(folder)
    takes = _made(folder / "film.media")
    chosen = engine_of(engine) if engine else None
    made = _make_shots(board, takes, chosen, max(1, jobs), say, check)
    library = Library()
    of_shot: dict[str, Media] = {}
    for shot, one in zip(board.shots, made, strict=True):
        take = make_take(shot.id, one.engine.id, one.engine.version, one.request, one.result, one.media)
        library = library.with_media(one.media).with_take(take)
        of_shot[shot.id] = one.media
    music = _music(board, takes, say, check)
    sounds = {shot.id: media for shot in board.shots if (media := _cue_media(shot.audio))}
    for media in (*([music] if music else ()), *sounds.values()):
        library = library.with_media(media)
    sequence = assemble(board, lambda shot: of_shot.get(shot.id), music, lambda shot: sounds.get(shot.id))
    project = Project(name=board.title, sequences=(sequence,), storyboards=(board,))
    project_file = folder / "film.starcut"
    save(project_file, Saved(project, library))
    film = folder / "film.mp4"
    check()
    export_mp4(
        project,
        library,
        sequence.id,
        film,
        preset,
        progress=lambda at: say("Film", at.done_frames / max(at.total_frames, 1)),
        check=check,
    )
    say("Film", 1.0)
    files = [film, project_file]
    notes: list[str] = []
    for suffix in INTERCHANGE:
        delivered = deliver(project, library, sequence, folder / f"film.{suffix}")
        files.append(folder / f"film.{suffix}")
        notes += [f"{suffix}: {note.sentence}" for note in delivered.notes]
    thumbnail = folder / "thumbnail.jpg"
    moment = (sequence.duration / 3).snapped(sequence.rate)
    write_still(project, library, sequence.id, moment, thumbnail)
    files.append(thumbnail)
    kept = sum(one.kept for one in made)
    return Produced(folder, film, project_file, tuple(files), len(made) - kept, kept, sequence, tuple(notes))


@dataclass(frozen=True)
class _Made:
    media: Media
    result: Result
    request: GenerationRequest
    engine: Engine
    kept: bool


def _make_shots(
    board: Storyboard, folder: Path, chosen: Engine | None, jobs: int, say: Say, check: Check
) -> list[_Made]:
    """All shots, `jobs` at a time; the first failure stops the others at their next frame."""
    broken = False

    def stop() -> None:
        check()
        if broken:
            raise Cancelled

    with ThreadPoolExecutor(jobs, thread_name_prefix="shot") as pool:
        futures: list[Future[_Made]] = [
            pool.submit(_make_shot, board, index, shot, folder, chosen, say, stop)
            for index, shot in enumerate(board.shots)
        ]
        try:
            waiting = set(futures)
            while waiting:
                done, waiting = wait(waiting, timeout=0.2, return_when=FIRST_COMPLETED)
                check()
                for one in done:
                    one.result()
        except BaseException:
            broken = True
            for one in futures:
                one.cancel()
            raise
    return [one.result() for one in futures]


def _make_shot(
    board: Storyboard, index: int, shot: Shot, folder: Path, chosen: Engine | None, say: Say, stop: Check
) -> _Made:
    maker = chosen or engine_of(shot.engine)
    request = request_for(board, shot)
    what = json.dumps({"engine": maker.id, "version": maker.version, **request.model_dump(mode="json")}, sort_keys=True)
    if shot.image_reference:
        what += _stamp(Path(shot.image_reference))
    digest = hashlib.blake2b(what.encode(), digest_size=6).hexdigest()
    target = folder / f"{index + 1:03d}_{digest}.mp4"
    name = f"{index + 1}. {shot_name(shot, index)}"
    media = _finished(target, request)
    if media is not None:
        say(name, 1.0)
        return _Made(
            _named(media, shot_name(shot, index)), Result(target, request.seed or 0, {}), request, maker, kept=True
        )
    stop()
    result = maker.generate(request, target, _ShotJob(name, say, stop))
    media = probe(result.path)
    say(name, 1.0)
    return _Made(_named(media, shot_name(shot, index)), result, request, maker, kept=False)


def _finished(target: Path, request: GenerationRequest) -> Media | None:
    """The shot of an earlier run, if it is whole."""
    if not target.is_file():
        return None
    try:
        media = probe(target)
    except MediaError:
        return None
    frame = RationalTime.from_frames(1, request.rate)
    return media if request.duration and abs(media.duration - request.duration) < frame else None


def _music(board: Storyboard, folder: Path, say: Say, check: Check) -> Media | None:
    """The storyboard's music: its own file, or a bed by mood of just the film's length."""
    cue = board.music
    if cue is None:
        return None
    if cue.path:
        return probe(Path(cue.path))
    mood = cue.mood or next((shot.mood for shot in board.shots if shot.mood), "") or "calm"
    seconds = total_length(board).to_seconds()
    what = f"music 1|{mood}|{seconds}|{board.seed}"
    target = folder / f"music_{hashlib.blake2b(what.encode(), digest_size=6).hexdigest()}.wav"
    if not target.is_file():
        say("Music", 0.0)
        check()
        score = compose(mood, seconds, board.seed)
        part = target.with_name(target.name + ".part")
        try:
            write_wav(part, score.samples, 48000)
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)
    say("Music", 1.0)
    return _named(probe(target), f"{mood.capitalize()} music")


def _cue_media(cue: AudioCue | None) -> Media | None:
    return probe(Path(cue.path)) if cue is not None and cue.path else None


def _named(media: Media, name: str) -> Media:
    return replace(media, name=name)


def _stamp(path: Path) -> str:
    try:
        facts = path.stat()
    except OSError:
        return ""
    return f"{facts.st_size}:{facts.st_mtime_ns}"


def _made(folder: Path) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ProjectFileError(
            f"The folder {folder} cannot be made: {error.strerror}. Choose another with -o."
        ) from error
    if not os.access(folder, os.W_OK):
        raise ProjectFileError(f"The folder {folder} cannot be written to. Choose another with -o.")
    return folder.absolute()
