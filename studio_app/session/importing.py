"""Files into the library: looked at side by side in the background, folders as folders of the pool, nothing twice."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from engines.errors import MediaError
from engines.evolve.recipe import Recipe, recipe_of
from engines.media.probe import probe
from engines.media.spawned import AT_ONCE
from engines.media.trial import make_sure
from studio_app.planning.takes import take_by_recipe
from studio_app.services.jobs import Job, Jobs, Post
from studio_app.session.document import Document
from studio_app.session.footage_files import FoundFile, found_files, may_be_media, modified
from timeline.commands.fill_bins import FillBins
from timeline.media import Media, MediaKind
from timeline.pool import Bin
from timeline.time import FrameRate

MOST_FILES = 20_000
BATCH = 32
"""So many files come into the pool together, at most,"""
BATCH_SECONDS = 0.5
"""and so long after the last ones, at least."""
MOST_SENTENCES = 3
"""Of one kind; more are told in one."""

Tell = Callable[[str, bool], None]
"""A sentence, and whether it is an error."""
Offer = Callable[[str, str, Callable[[], object]], None]
"""A sentence, the words on its button, and what the button does."""
Then = Callable[[list[Media]], None]


@dataclass(frozen=True)
class Wish:
    """What is asked of one import."""

    paths: tuple[Path, ...]
    bin_id: str | None = None
    """Folder of the pool that all of it goes into."""
    root: Path | None = None
    """Files below it go into folders called as those on disk, from this one on."""
    again: bool = False
    """Files whose content is in the pool under another name come in all the same."""
    quiet: bool = False
    """Nobody waits for it: what is in the pool already is not told of."""


class Importing:
    """Starts imports and takes in what they find. Main thread only; the looking is done by a job."""

    def __init__(
        self,
        document: Document,
        jobs: Jobs,
        post: Post,
        rate: Callable[[], FrameRate],
        missing: Callable[[], frozenset[str]],
        tell: Tell,
        offer: Offer,
    ) -> None:
        self._document, self._jobs, self._post = document, jobs, post
        self._rate, self._missing, self._tell, self._offer = rate, missing, tell, offer

    def start(self, wish: Wish, then: Then = lambda _: None) -> Job | None:
        """Begin. `then` gets what is in the library afterwards, in the order of the files, on the main thread.

        Files that were there already are among it. What cannot be read is told, and stops nothing.
        """
        if not wish.paths:
            return None
        run = _Run(self, wish, self._rate(), {one.path: one for one in self._document.library.media.values()})
        label = f"Import {wish.paths[0].name}" if len(wish.paths) == 1 else f"Import {len(wish.paths)} files"
        return self._jobs.submit(label, run.work, lambda _: run.end(then), kind="import")

    # What a run needs of its surroundings.

    def post(self, call: Callable[[], None]) -> None:
        """Run on the main thread."""
        self._post(call)

    def take(
        self, found: Sequence[tuple[FoundFile, Media]], wish: Wish, key: str, recipes: Mapping[str, Recipe]
    ) -> Taken:
        """Add files to the library, with the family they tell of themselves, and stand them in their folders."""
        taken = Taken.sorted_out([(file, media) for file, media in found], self._document, self._missing(), wish.again)
        if taken.added:
            self._document.add_media(taken.added.values())
            self._tell_families(taken.added.values(), recipes)
        pool = self._document.project.pool
        shown = [one.id for one in taken.of_file.values() if pool.entry(one.id).hidden]
        homes = {}
        bins = _Bins(pool.bins, wish.bin_id)
        for file, media in taken.of_file.items():
            home = (
                bins.home(file.folders) if media.id in taken.added else None
            )  # none is made for what is there already
            if home is not None:
                homes[media.id] = home
        if homes or shown or bins.made:
            self._document.do(FillBins(tuple(bins.made), homes, tuple(shown), key))
        return taken

    def _tell_families(self, added: Iterable[Media], recipes: Mapping[str, Recipe]) -> None:
        for media in added:
            library = self._document.library
            recipe = recipes.get(media.path)
            if recipe is not None and library.take_of_media(media.id) is None:
                self._document.add_take(take_by_recipe(library, recipe, media), media)

    def sum_up(self, run: _Run) -> None:
        """Say what did not come in, and why."""
        self._several(run.problems, "could not be imported", error=True)
        self._several(run.faults, "have something odd; the inspector says what", error=False)
        if run.left_out and not run.wish.quiet:
            count, is_one = run.left_out, run.left_out == 1
            self._tell(
                f"{count} {'file is' if is_one else 'files are'} no footage and {'was' if is_one else 'were'} left out.",
                False,
            )
        if run.is_cut:
            self._tell(f"Only the first {MOST_FILES} files were taken. Import the rest in parts.", False)
        if run.known and not (run.added or run.twins or run.wish.quiet) and any(one.is_dir() for one in run.wish.paths):
            self._tell(_all_known(run.wish.paths, run.known), False)
        if run.found_again:
            self._tell(_found_again(run.found_again), False)
        if run.rows:
            stills = tuple(path for file in run.rows for path in file.row)
            apart = replace(run.wish, paths=stills, root=run.wish.root or _above(run.wish.paths))
            self._offer(_as_clips(run.rows), "Import as stills", lambda: self.start(apart))
        if run.twins and not run.wish.quiet:
            paths = tuple(file.path for file, _ in run.twins)
            again = replace(run.wish, paths=paths, again=True)
            self._offer(_same(run.twins), "Import again", lambda: self.start(again))

    def _several(self, sentences: Sequence[str], what: str, *, error: bool) -> None:
        if len(sentences) <= MOST_SENTENCES:
            for one in sentences:
                self._tell(one, error)
        else:
            self._tell(f"{len(sentences)} files {what}. The first: {sentences[0]}", error)


class _Run:
    """One import: what its job does, and what came of it so far."""

    def __init__(self, owner: Importing, wish: Wish, rate: FrameRate, known: Mapping[str, Media]) -> None:
        self._owner, self.wish, self._rate, self._known = owner, wish, rate, known
        self._key = f"import {id(self)}"
        self.media: list[Media] = []
        self.recipes: dict[str, Recipe] = {}
        """Of films that say how they were made, by path."""
        self.problems: list[str] = []
        self.faults: list[str] = []
        self.twins: list[tuple[FoundFile, Media]] = []
        self.found_again: list[Media] = []
        self.rows: list[FoundFile] = []
        self.known, self.added = 0, 0
        self.left_out = 0
        self.is_cut = False

    def work(self, job: Job) -> int:
        """Any thread: look at all files, some side by side; hand them over in their order, a batch at a time.

        Returns how many there were.
        """
        files = self._files(job)
        batch: list[tuple[FoundFile, Media]] = []
        handed_over = time.monotonic()
        with ThreadPoolExecutor(AT_ONCE, "import") as threads:
            looks = [threads.submit(self._look, job, file) for file in files]
            try:
                for index, (file, look) in enumerate(zip(files, looks, strict=True)):
                    found = look.result()
                    job.progress((index + 1) / len(files), file.path.name)
                    if isinstance(found, Media):
                        batch.append((file, found))
                    else:
                        self.problems.append(found)
                    if len(batch) >= BATCH or time.monotonic() - handed_over > BATCH_SECONDS:
                        self._hand_over(job, batch)
                        batch, handed_over = [], time.monotonic()
            finally:
                _drop(looks)
        self._hand_over(job, batch)
        return len(files)

    def end(self, then: Then) -> None:
        """Main thread: all is in."""
        self._owner.sum_up(self)
        if self.media:
            then(self.media)

    def _files(self, job: Job) -> list[FoundFile]:
        files: list[FoundFile] = []
        for one in found_files(self.wish.paths, self.wish.root):
            job.check()
            self.is_cut = len(files) >= MOST_FILES
            if self.is_cut:
                break
            files.append(one)
        kept = [one for one in files if may_be_media(one, len(self.wish.paths))]
        self.left_out = len(files) - len(kept)
        return kept

    def _look(self, job: Job, file: FoundFile) -> Media | str:
        job.check()
        place = str(file.path.absolute())
        try:
            media = self._known.get(place) or replace(probe(file.path, self._rate), modified=modified(file.path))
            make_sure(media.path)
            is_new_film = media.kind is MediaKind.VIDEO and place not in self._known
            if is_new_film and (recipe := recipe_of(media.path)) is not None:
                self.recipes[media.path] = recipe
        except MediaError as error:
            return error.message
        return media

    def _hand_over(self, job: Job, batch: list[tuple[FoundFile, Media]]) -> None:
        def take() -> None:
            if job.is_cancel_asked:  # by hand, or since another project is open
                return
            taken = self._owner.take(batch, self.wish, self._key, self.recipes)
            self.media += taken.of_file.values()
            self.rows += [file for file, media in taken.of_file.items() if file.row and media.id in taken.added]
            self.added += len(taken.added)
            self.known += len(taken.of_file) - len(taken.added) - len(taken.twins)
            self.twins += taken.twins
            self.found_again += taken.found_again
            self.faults += [fault for one in taken.added.values() for fault in one.faults]

        if batch:
            self._owner.post(take)


@dataclass(frozen=True)
class Taken:
    """What becomes of a batch: which media stands for each file, and which of them are new to the library."""

    of_file: dict[FoundFile, Media]
    added: dict[str, Media]
    twins: list[tuple[FoundFile, Media]]
    """Files of the same content as one of the pool; the other one stands for them."""
    found_again: list[Media]
    """Missing media whose file was found elsewhere."""

    @staticmethod
    def sorted_out(
        found: Sequence[tuple[FoundFile, Media]], document: Document, missing: frozenset[str], again: bool
    ) -> Taken:
        """Compare with the library by path, then by content."""
        library = document.library.media.values()
        by_path = {one.path: one for one in library}
        by_content = {(one.content_hash, one.file_size): one for one in library if one.content_hash}
        taken = Taken({}, {}, [], [])
        for file, media in found:
            content = (media.content_hash, media.file_size)
            twin = by_content.get(content)
            if media.path in by_path:
                media = by_path[media.path]
            elif twin is not None and twin.id in missing:
                media = taken.added[twin.id] = replace(twin, path=media.path)
                taken.found_again.append(media)
                missing = missing - {twin.id}
            elif twin is not None and not again:
                taken.twins.append((file, twin))
                media = twin
            else:
                taken.added[media.id] = media
            by_path[media.path] = media
            if media.content_hash:
                by_content[content] = media
            taken.of_file[file] = media
        return taken


class _Bins:
    """Folders of the pool by name and place; those that are not there yet are made."""

    def __init__(self, bins: Sequence[Bin], above: str | None) -> None:
        self._by_place = {(one.parent_id, one.name): one.id for one in reversed(bins)}
        self._above = above if any(one.id == above for one in bins) else None
        self.made: list[Bin] = []

    def home(self, folders: Sequence[str]) -> str | None:
        """Id of the folder at the end of a way."""
        at = self._above
        for name in folders:
            found = self._by_place.get((at, name))
            if found is None:
                new = Bin(name, at)
                self.made.append(new)
                found = self._by_place[at, name] = new.id
            at = found
        return at


def _drop(looks: Sequence[Future[Media | str]]) -> None:
    for look in looks:
        look.cancel()


def _kind(media: Media) -> str:
    return {MediaKind.AUDIO: "sound", MediaKind.IMAGE: "picture"}.get(media.kind, "film")


def _same(twins: Sequence[tuple[FoundFile, Media]]) -> str:
    file, media = twins[0]
    if len(twins) == 1:
        return f"“{file.path.name}” is the same {_kind(media)} as “{media.name}”, which is in the pool."
    return f"{len(twins)} files are in the pool already, under other names. “{file.path.name}” is “{media.name}”."


def _as_clips(rows: Sequence[FoundFile]) -> str:
    """That numbered pictures came in as one clip each."""
    count = sum(len(file.row) for file in rows)
    if len(rows) == 1:
        return f"{count} numbered pictures from “{rows[0].row[0].name}” on came in as one clip."
    return f"{count} numbered pictures came in as {len(rows)} clips, one for each row."


def _all_known(paths: Sequence[Path], count: int) -> str:
    """That a folder brought nothing new."""
    where = f"in “{paths[0].name}” " if len(paths) == 1 else ""
    return (
        f"The one file {where}is in the pool already."
        if count == 1
        else f"All {count} files {where}are in the pool already."
    )


def _above(paths: Sequence[Path]) -> Path | None:
    """The folder that was asked for, where it was one: what is in it goes into folders called as those on disk."""
    return paths[0] if len(paths) == 1 and paths[0].is_dir() else None


def _found_again(found: Sequence[Media]) -> str:
    if len(found) == 1:
        return f"“{found[0].name}” was found again in {Path(found[0].path).parent.name or 'its new place'}."
    return f"{len(found)} missing files were found again."
