"""starcut narrative FILES: scenes in acts, their tension against the ideal, and orders that would serve it better."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from engines.analyse import Analysis
from engines.analyse.store import analysed
from engines.errors import MediaError
from engines.media.probe import probe
from studio_app.cli.console import JSON_HELP, Console, Piece
from studio_app.planning.footage import footage_of
from studio_app.planning.narrative import materials as made_of
from studio_app.planning.narrative.materials import Material, media_in, scene_of
from studio_app.planning.narrative.story import Story, bars, move_sentence, story_of
from studio_app.planning.narrative.structures import STRUCTURES, structure_of
from studio_app.planning.storyboard_file import SUFFIXES as BOARDS
from studio_app.planning.storyboard_file import read_storyboard
from studio_app.services.cache_budget import CacheBudget
from studio_app.services.jobs import plain_thread, run_now
from studio_app.services.paths import user_paths
from studio_app.services.settings import SettingsStore
from studio_app.session.footage_files import is_footage, is_sound
from timeline.errors import StudioError
from timeline.media import Media
from timeline.project_file import load
from timeline.time import RationalTime

PROJECT = ".starcut"
MOST_FILES = 2000
_CURVE = 60
_SHOWN = 5


def add(commands: Any) -> None:
    """The command's words."""
    parser = commands.add_parser(
        "narrative",
        help="hold films, a project or a storyboard against a dramatic structure: acts, tension, better orders",
    )
    parser.add_argument(
        "files",
        metavar="FILE",
        nargs="+",
        help="films in their order (of a single one its shots), a folder, a .starcut project, a storyboard",
    )
    parser.add_argument("--structure", default="three_act", metavar="NAME", help=f"{', '.join(STRUCTURES)} (three_act)")
    parser.add_argument(
        "--by",
        choices=("length", "count"),
        default="length",
        help="part the acts by running time, or with as many scenes in each (length)",
    )
    parser.add_argument("--json", action="store_true", help=JSON_HELP)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, console: Console) -> int:
    """Measure what was not measured yet, and tell the acts."""
    structure = structure_of(options.structure)
    found = _materials([Path(one) for one in options.files], console)
    if not found:
        raise StudioError("There is no scene in it: no film and no picture.")
    known = _known(found, console)
    if len(found) == 1 and found[0].media is not None and (analysis := known.get(found[0].media.id)) is not None:
        found = made_of.of_film(found[0].media, analysis)
    scenes = [scene_of(one, known.get(one.media.id) if one.media is not None else None) for one in found]
    story = story_of(scenes, structure, options.by)
    console.close()
    console.result(story.as_plain(), text_of(story))
    return 0


def _materials(paths: Sequence[Path], console: Console) -> list[Material]:
    for path in paths:
        if not path.exists():
            raise MediaError(f"“{path.name}” was not found.", str(path))
    plans = [path for path in paths if path.suffix.lower() in (PROJECT, *BOARDS)]
    if plans and len(paths) > 1:
        raise StudioError(f"“{plans[0].name}” is a whole cut by itself: name it alone, or name films.")
    if plans:
        return _of_project(plans[0]) if plans[0].suffix.lower() == PROJECT else _of_board(plans[0])
    files = [one for path in paths for one in (_films_in(path) if path.is_dir() else [path])]
    if len(files) > MOST_FILES:
        raise StudioError(f"These are {len(files)} files; {MOST_FILES} at most can be one story.")
    media: list[Media] = []
    met: Counter[str] = Counter()
    for place, path in enumerate(files):
        console.check()
        one = probe(path)
        content = one.content_hash or str(path)
        met[content] += 1
        media.append(replace(one, id=content if met[content] == 1 else f"{content}-{met[content]}"))
        console.progress("Looking at files", (place + 1) / len(files))
    return made_of.of_media(media)


def _films_in(folder: Path) -> list[Path]:
    """What of a folder can be a scene, by name; what is in folders within it is not looked at."""
    return sorted(one for one in folder.iterdir() if one.is_file() and is_footage(one) and not is_sound(one))


def _of_project(path: Path) -> list[Material]:
    saved = load(path)
    for cut in saved.project.sequences:
        if found := made_of.of_sequence(cut, saved.library, saved.project):
            return found
    return [one for board in saved.project.storyboards[:1] for one in made_of.of_board(board)]


def _of_board(path: Path) -> list[Material]:
    board = read_storyboard(path)
    footage = footage_of(board, path.name)
    found = made_of.of_board(board, lambda shot: footage.pictures.get(shot.id))
    return [
        replace(one, id=f"shot-{number + 1}") for number, one in enumerate(found)
    ]  # a file's shots have no names of their own


def _known(found: Sequence[Material], console: Console) -> dict[str, Analysis]:
    """What is measured of all files; a file that cannot be measured is told by its words and plans alone."""
    paths = user_paths()
    known = {}
    media = [one for one in media_in(found) if Path(one.path).exists() or one.kind == "image_sequence"]
    for one in media:
        try:
            known[one.id] = analysed(one, paths.cache, Piece(one.name or Path(one.path).name, console))
        except MediaError as error:
            console.say(error.message)
    if media:
        budget = SettingsStore(paths.settings_file).values.cache_gb << 30
        CacheBudget(paths.cache, lambda: budget, run_now, plain_thread).tidy()
    return known


def text_of(story: Story) -> str:
    """Acts with their scenes, both curves as rows of blocks, and what is proposed."""
    lines = [f"{story.structure.title}, {_count(len(story.scenes))}, {_seconds(story.duration)}"]
    curve = story.curve(_CURVE)
    lines += [
        f"  scenes  {bars([level for _, level, _ in curve])}",
        f"  ideal   {bars([ideal for _, _, ideal in curve])}",
    ]
    if len(story.scenes) > 1:
        lines.append(f"  fit     {story.fit:.0%}")
    for act in story.acts:
        if not act.scenes:
            lines.append(f"{act.beat.name}: no scene")
            continue
        held = f"{_seconds(act.range.start)} to {_seconds(act.range.end)}"
        lines.append(f"{act.beat.name}: {held} (ideal {_seconds(act.ideal.start)} to {_seconds(act.ideal.end)})")
        for scene in act.scenes:
            mark = "  (climax)" if scene is story.climax and len(story.scenes) > 1 else ""
            where = f" at {scene.place}" if scene.place and not scene.place.startswith("Shot") else ""
            lines.append(f"  {bars([scene.tension.value])} {scene.tension.value:4.0%}  {scene.name}{where}{mark}")
            lines.append(f"          {scene.tension.sentence}")
    lines += [f"Note: {note}" for note in story.notes]
    for place, one in enumerate(story.proposals[:_SHOWN]):
        lines.append(f"{'Better' if not place else 'Then'}: {move_sentence(one)}, fit {one.fit:.0%}.")
    return "\n".join(lines)


def _seconds(time: RationalTime) -> str:
    return f"{time.to_seconds():.1f} s"


def _count(scenes: int) -> str:
    return "one scene" if scenes == 1 else f"{scenes} scenes"
