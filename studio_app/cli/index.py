"""starcut index FOLDER: clips of folders, files and projects into the catalogue."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from studio_app.catalogue.catalogue import Catalogue
from studio_app.catalogue.errors import CatalogueError
from studio_app.catalogue.indexing import Indexed, Indexer, summary
from studio_app.catalogue.keeping import rebuild
from studio_app.cli.console import JSON_HELP, Console, Piece
from studio_app.services.paths import user_paths
from studio_app.session.footage_files import footage_in
from timeline.project_file import load

PROJECT = ".starcut"
_TOLD = 10


def add(commands: Any) -> None:
    """The command's words."""
    parser = commands.add_parser("index", help="take the clips of folders and projects into the catalogue")
    parser.add_argument("folders", metavar="FOLDER", nargs="*", help="folders; single files and .starcut projects, too")
    parser.add_argument(
        "--rebuild", action="store_true", help="begin the catalogue anew first; tags, ratings and own clusters are kept"
    )
    parser.add_argument("--check", action="store_true", help="only see whether the catalogue is whole")
    parser.add_argument("--list", action="store_true", help="only tell which folders and files are looked at again")
    parser.add_argument(
        "--forget", action="append", default=[], metavar="FOLDER", help="look there no more; its clips stay known"
    )
    parser.add_argument("--json", action="store_true", help=JSON_HELP)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, console: Console) -> int:
    """Look at what is new; tell how much that was. 1 where some file could not be read."""
    paths = user_paths()
    if options.list or options.forget:
        return _watched(Catalogue(paths.catalogue), options.forget, console)
    if not (options.folders or options.rebuild or options.check):
        raise CatalogueError("Which folder? Name one, or several.")
    if missing := [one for one in options.folders if not Path(one).exists()]:
        raise CatalogueError(f"There is no folder “{missing[0]}”. Choose another.", missing[0])
    again = _again(paths.catalogue) if options.rebuild else []
    catalogue = Catalogue(paths.catalogue)
    try:
        if options.check:
            catalogue.check()
        indexer = Indexer(catalogue, paths.cache)
        done = Indexed()
        named = [Path(one) for one in options.folders]
        catalogue.watch(str(one.absolute()) for one in named if one.suffix.lower() != PROJECT)
        for one in named:
            _take(indexer, one, console, done)
        if options.rebuild:
            for name in (*catalogue.unread_projects(), *catalogue.watched()):
                if Path(name).exists():
                    _take(indexer, Path(name), console, done)
            _add(done, indexer.files(again, Piece("Clips known before", console)))
        catalogue.forget_gone_projects()
        catalogue.bring_up_to_date(console.check)
        indexer.pictures(Piece("Pictures", console))
        catalogue.embed(console.check)
        catalogue.tidy()
        total = catalogue.size
    finally:
        catalogue.close()
    console.close()
    console.result({"event": "done", **summary(done), "clips": total}, _text(done, total))
    return 1 if done.failed else 0


def _watched(catalogue: Catalogue, forget: Sequence[str], console: Console) -> int:
    """Tell which folders are looked at again, without those that are forgotten now."""
    try:
        for one in forget:
            path = str(Path(one).absolute())
            if path not in catalogue.watched():
                raise CatalogueError(f"“{one}” is not looked at. Folders that are: starcut index --list.", path)
            catalogue.unwatch(path)
        left = catalogue.watched()
    finally:
        catalogue.close()
    console.result({"event": "done", "watched": list(left)}, "\n".join(left) or "No folder is looked at again.")
    return 0


def _again(folder: Path) -> list[Path]:
    """Rebuild, and tell which files are to be looked at again."""
    return [path for one in rebuild(folder).paths if (path := Path(one)).is_file()]


def _take(indexer: Indexer, path: Path, console: Console, done: Indexed) -> None:
    job = Piece(path.name or str(path), console)
    if path.suffix.lower() == PROJECT and path.is_file():
        saved = load(path)
        for number, media in enumerate(indexer.project(saved, str(path.absolute()))):
            done.counts["new"] += indexer.media(media, job)
            job.progress((number + 1) / max(1, len(saved.library.media)))
        job.progress(1.0)
        return
    if path.is_file():
        _add(done, indexer.files([path], job))
        return
    _add(done, indexer.folder(path, footage_in(path), job))


def _add(done: Indexed, more: Indexed) -> None:
    for name, count in more.counts.items():
        done.counts[name] += count
    done.failed += more.failed
    done.gone += more.gone


def _text(done: Indexed, total: int) -> str:
    said = {"new": "new", "changed": "changed", "moved": "moved or copied", "known": "known"}
    parts = [f"{count} {said[name]}" for name, count in done.counts.items() if count]
    if done.gone:
        parts.append(f"{done.gone} no longer where they were")
    lines = [f"{', '.join(parts) or 'Nothing new'}. {total} clips in the catalogue."]
    lines += [f"{Path(path).name}: {why}" for path, why in done.failed[:_TOLD]]
    if len(done.failed) > _TOLD:
        lines.append(f"{len(done.failed) - _TOLD} more could not be read.")
    return "\n".join(lines)
