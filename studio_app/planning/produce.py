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
from typing import Any

from engines.errors import EngineError, MediaError
from engines.export.mp4 import export_mp4
from engines.export.still import write_still
from engines.generate.base import Engine, GenerationRequest, Result
from engines.generate.registry import engine as engine_of
from engines.media.probe import probe
from studio_app.planning.assemble import assemble, shot_name
from studio_app.planning.deliver import deliver
from studio_app.planning.footage import Footage, footage_of, scene_place
from studio_app.planning.music import composed, music_of
from studio_app.planning.produced_file import save_produced
from studio_app.planning.request import request_for
from studio_app.planning.storyboard_file import read_storyboard
from studio_app.planning.takes import make_take
from timeline.errors import Cancelled, ProjectFileError, StoryboardError
from timeline.media import Library, Media
from timeline.project import Project
from timeline.sequence import Sequence
from timeline.storyboard import Shot, Storyboard
from timeline.time import RationalTime

Say = Callable[[str, float], None]
"""Told (what, fraction 0..1), from any thread."""
Check = Callable[[], None]
"""Raises Cancelled when the work is to stop."""
Looks = Callable[[str], dict[str, Any]]
"""What of what was learnt a prompt may use."""
INTERCHANGE = ("edl", "fcpxml", "otio", "xml")
RESULTS = ("film.mp4", "film.starcut", *(f"film.{one}" for one in INTERCHANGE), "thumbnail.jpg")


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
    looks: Looks = lambda _: {},
) -> Produced:
    """Make the whole film. `looks` says what of what was learnt a prompt names (`Learning.for_prompt`).

    Raises StudioError with a sentence, or Cancelled; finished shots stay for the next run.
    """
    board = read_storyboard(storyboard)
    orders = _orders(board, storyboard.name, engine, looks)
    footage = footage_of(board, storyboard.name)
    _refuse_own_results(folder, footage)
    folder = _made(folder)
    takes = _made(folder / "film.media")
    made = _make_shots(orders, takes, max(1, jobs), say, check)
    board = _with_footage(board, footage)
    library = Library().with_media(*footage.all)
    of_shot = dict(footage.pictures)
    for one in made:
        shot, maker = one.order.shot, one.order.engine
        take = make_take(shot.id, maker.id, maker.version, one.order.request, one.result, one.media)
        library = library.with_media(one.media).with_take(take)
        of_shot[shot.id] = one.media
    music = footage.music or _music(board, takes, say, check)
    if music:
        library = library.with_media(music)
    sequence = assemble(
        board, lambda shot: of_shot.get(shot.id), music, lambda shot: footage.sounds.get(shot.id), footage.voice
    )
    project = Project(name=board.title, sequences=(sequence,), storyboards=(board,))
    project_file = folder / "film.starcut"
    notes = save_produced(project_file, project, library)
    film = folder / "film.mp4"
    check()
    lacks = export_mp4(
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
    notes += lacks
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
class _Order:
    """A shot to be made, and by whom."""

    shot: Shot
    name: str
    number: int
    engine: Engine
    request: GenerationRequest


@dataclass(frozen=True)
class _Made:
    order: _Order
    media: Media
    result: Result
    kept: bool


def _orders(board: Storyboard, name: str, engine: str, looks: Looks) -> list[_Order]:
    """What is to be made for the shots without footage of their own; refused as a whole before the first is begun."""
    orders = []
    for index, shot in enumerate(board.shots):
        if shot.image_reference:
            continue
        try:
            request = request_for(board, shot)
            if learnt := looks(request.prompt):
                request = request.model_copy(update={"learnt": learnt})
            order = _Order(shot, shot_name(shot, index), index + 1, engine_of(engine or shot.engine), request)
            order.engine.estimate(order.request)
        except EngineError as error:
            raise StoryboardError(f"{scene_place(board, shot, name)}: {error.message}", error.detail) from error
        orders.append(order)
    return orders


def _with_footage(board: Storyboard, footage: Footage) -> Storyboard:
    """The storyboard whose shots know the files that stand for them."""
    pictures = footage.pictures
    return replace(
        board,
        shots=tuple(replace(one, media_id=pictures[one.id].id) if one.id in pictures else one for one in board.shots),
    )


def _refuse_own_results(folder: Path, footage: Footage) -> None:
    """Raise when a file that is read would be written over."""
    results = {(folder / name).resolve() for name in RESULTS}
    for media in footage.all:
        if Path(media.path).resolve() in results:
            raise StoryboardError(
                f"“{Path(media.path).name}” is used by the storyboard and would be written over. "
                "Choose another folder with -o, or move the file."
            )


def _make_shots(orders: list[_Order], folder: Path, jobs: int, say: Say, check: Check) -> list[_Made]:
    """All shots, `jobs` at a time; the first failure stops the others at their next frame."""
    broken = False

    def stop() -> None:
        check()
        if broken:
            raise Cancelled

    with ThreadPoolExecutor(jobs, thread_name_prefix="shot") as pool:
        futures: list[Future[_Made]] = [pool.submit(_make_shot, order, folder, say, stop) for order in orders]
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


def _make_shot(order: _Order, folder: Path, say: Say, stop: Check) -> _Made:
    maker, request = order.engine, order.request
    what = json.dumps({"engine": maker.id, "version": maker.version, **request.model_dump(mode="json")}, sort_keys=True)
    digest = hashlib.blake2b(what.encode(), digest_size=6).hexdigest()
    target = folder / f"{order.number:03d}_{digest}.mp4"
    name = f"{order.number}. {order.name}"
    for finished in (target, *sorted(folder.glob(f"*_{digest}.mp4"))):  # a scene may have got another number since
        media = _finished(finished, request)
        if media is not None:
            say(name, 1.0)
            return _Made(order, _named(media, order.name), Result(finished, request.seed or 0, {}), kept=True)
    stop()
    result = maker.generate(request, target, _ShotJob(name, say, stop))
    media = probe(result.path)
    say(name, 1.0)
    return _Made(order, _named(media, order.name), result, kept=False)


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
    """A bed by mood of just the film's length, if the storyboard wants music."""
    cue = board.music
    if cue is None:
        return None
    target = composed(board, folder, check, lambda: say("Music", 0.0))
    say("Music", 1.0)
    return _named(probe(target), f"{music_of(board)[0].mood.capitalize()} music")


def _named(media: Media, name: str) -> Media:
    return replace(media, name=name)


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
