"""Files and projects into the catalogue: what has not changed since it was seen is not looked at again, what was moved is known."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from engines.analyse.base import Progress
from engines.analyse.store import Measure, analysed
from engines.errors import MediaError
from engines.media.note import note_of
from engines.media.probe import probe
from studio_app.catalogue.catalogue import Catalogue
from studio_app.catalogue.picture_model import pictures_of
from studio_app.catalogue.row import Edge, Seen, Use
from studio_app.catalogue.traits import traits_of
from timeline.items import MediaSource
from timeline.library_lineage import lineage_of, method_of
from timeline.media import Media, Take
from timeline.project import Saved
from timeline.query import all_clips, media_name
from timeline.storyboard import Shot

STILL = "static"
"""The camera motion of a shot of which none was asked."""
Outcome = Literal["new", "changed", "moved", "known"]
Look = Callable[[Path], Media]


@dataclass
class Indexed:
    """What came of looking at files. `failed`: a path and a sentence each; `gone`: files that are no longer where they were."""

    counts: dict[Outcome, int] = field(default_factory=lambda: {"new": 0, "changed": 0, "moved": 0, "known": 0})
    failed: list[tuple[str, str]] = field(default_factory=list)
    gone: int = 0


class Indexer:
    """Looks at files for one catalogue; `cache` is where analyses lie. Any thread, one at a time."""

    def __init__(self, catalogue: Catalogue, cache: Path, look: Look = probe, measure: Measure = analysed) -> None:
        self._catalogue, self._cache, self._look, self._measure = catalogue, cache, look, measure

    def files(self, paths: Sequence[Path], job: Progress) -> Indexed:
        """Look at files one by one; what cannot be read is told and stops nothing. Raises Cancelled; what is done stays done."""
        found = Indexed()
        for number, path in enumerate(paths):
            job.check()
            job.progress(number / max(1, len(paths)), path.name)
            try:
                found.counts[self.file(path, _Part(job, number / len(paths), 1 / len(paths)))] += 1
            except MediaError as error:
                found.failed.append((str(path), error.message))
        job.progress(1.0)
        return found

    def folder(self, folder: Path, paths: Sequence[Path], job: Progress) -> Indexed:
        """The files of a folder, and what was there and is no longer."""
        found = self.files(paths, job)
        found.gone = self._catalogue.forget_gone(folder)
        return found

    def file(self, path: Path, job: Progress) -> Outcome:
        """One file: measured only where its content was not met yet. Raises MediaError and Cancelled."""
        place = str(path.absolute())
        size, modified = _state(path)
        before = self._catalogue.seen_at(place)
        if before is not None and before.is_measured and (before.size, before.modified) == (size, modified):
            return "known"
        media = self._look(path)
        if not media.content_hash:
            raise MediaError(f"“{path.name}” cannot be told from other files.")
        known = self._catalogue.id_of(media.content_hash)
        if known is not None and self._catalogue.is_measured(known):
            self._catalogue.note_place(known, place, size, modified)
            return "known" if before is not None and before.asset == known else "moved"
        seen = replace(_seen(media, size, modified), words=note_of(path))
        self._catalogue.put([self._measured(media, seen, job)])
        return "changed" if before is not None else "new"

    def media(self, media: Media, job: Progress) -> bool:
        """Measure a medium of a project, unless it is; whether that was needed. Raises MediaError and Cancelled."""
        known = self._catalogue.id_of(media.content_hash) if media.content_hash else None
        if not media.content_hash or (known is not None and self._catalogue.is_measured(known)):
            return False
        seen = _seen(media, *_state(Path(media.path)))
        if (row := self._catalogue.row_of(media.content_hash)) is None or not row.words:  # a project may have said more
            seen = replace(seen, words=note_of(media.path))
        self._catalogue.put([self._measured(media, seen, job)])
        return True

    def pictures(self, job: Progress) -> int:
        """Let the picture model look at clips it has not seen, where one is installed; how many. Raises Cancelled."""
        wanted = self._catalogue.without_picture()
        model = self._catalogue.picture_model()
        done = 0
        for number, (asset, path) in enumerate(wanted if model is not None else ()):
            job.check()
            job.progress(number / len(wanted), Path(path).name)
            try:
                pictures = pictures_of(self._look(Path(path)))
            except MediaError:
                continue  # it is gone, or cannot be read now; the next time it is tried again
            if pictures and model is not None:
                self._catalogue.keep_picture(asset, model.vector(pictures))
                done += 1
        return done

    def project(self, saved: Saved, path: str = "") -> tuple[Media, ...]:
        """All that a project says of its media: words, lineage, use. The media that are not measured yet. Raises CatalogueError."""
        seen, uses, edges = project_rows(saved)
        known = [self._catalogue.id_of(one.content_hash) for one in seen]
        fresh = [
            one for one, asset in zip(seen, known, strict=True) if asset is None or self._catalogue.differs(asset, one)
        ]
        self._catalogue.put(fresh)
        self._catalogue.put_project(saved.project.id, saved.project.name, path, uses, edges)
        return tuple(
            media
            for media in saved.library.media.values()
            if media.content_hash
            and (asset := self._catalogue.id_of(media.content_hash)) is not None
            and not self._catalogue.is_measured(asset)
        )

    def _measured(self, media: Media, seen: Seen, job: Progress) -> Seen:
        return replace(seen, traits=traits_of(self._measure(media, self._cache, job)))


def project_rows(saved: Saved) -> tuple[list[Seen], list[Use], list[Edge]]:
    """A project's media as the catalogue takes them, not measured; those without content are left out."""
    library, project = saved.library, saved.project
    graph = lineage_of(library, project)
    content = {key: one.content_hash for key, one in library.media.items() if one.content_hash}
    counts: dict[str, int] = {}
    for _, _, clip in all_clips(project):
        if isinstance(clip.source, MediaSource):
            counts[clip.source.media_id] = counts.get(clip.source.media_id, 0) + 1
    shots = {shot.id: shot for board in project.storyboards for shot in board.shots}
    seen, uses = [], []
    for key, media in library.media.items():
        if key not in content:
            continue
        take = library.take_of_media(key)
        shown = _seen(media, *_state(Path(media.path)))
        if take is not None:
            shown = _made(shown, take, shots.get(take.shot_id or ""), graph.nodes[key].generation)
        seen.append(shown)
        entry = project.pool.entry(key)
        note = " ".join(one for one in (entry.name, entry.note) if one)
        uses.append(Use(content[key], key, counts.get(key, 0), entry.rating, note))
    edges = [
        Edge(content[one.source], content[one.target], one.relationship, one.method)
        for one in graph.edges
        if one.source in content and one.target in content
    ]
    return seen, uses, edges


def _seen(media: Media, size: int, modified: int) -> Seen:
    path = Path(media.path)
    created = media.modified or (
        datetime.fromtimestamp(modified / 1e9, UTC).isoformat(timespec="seconds") if modified else ""
    )
    return Seen(
        content_hash=media.content_hash,
        path=media.path if size else "",
        name=media_name(media) or path.name,
        kind=media.kind.value,
        seconds=media.duration.to_seconds(),
        width=media.width,
        height=media.height,
        rate=float(media.rate) if media.rate else 0.0,
        size=size,
        modified=modified,
        created=created,
    )


def _made(seen: Seen, take: Take, shot: Shot | None, generation: int) -> Seen:
    """With what the take knows of how it came to be, and the shot of what it was for."""
    lineage = take.lineage
    request = lineage.request
    said: list[Any] = [request.get(name, "") for name in ("prompt", "description", "global_style", "style", "mood")]
    camera = [request.get("camera_motion", "")]
    if shot is not None:
        said += [shot.name, shot.description, shot.mood, *shot.tags]
        camera.append(shot.camera_motion)
    said += [str(one).replace("_", " ") for one in camera if one != STILL]
    method = method_of(lineage)
    return replace(
        seen,
        words=" . ".join(dict.fromkeys(one.strip() for one in said if isinstance(one, str) and one.strip())),
        engine=lineage.engine,
        seed=lineage.seed,
        operation=method if method != lineage.engine else "",
        generation=generation,
        cost=_money(lineage.cost),
        created=lineage.created or seen.created,
    )


def _money(text: str) -> float:
    try:
        return max(0.0, float(text))
    except ValueError:
        return 0.0


def _state(path: Path) -> tuple[int, int]:
    """Size and time of writing; of what is not there, and of the pattern of an image sequence, 0."""
    try:
        status = path.stat()
        return status.st_size, status.st_mtime_ns
    except (OSError, ValueError):
        return 0, 0


@dataclass(frozen=True)
class _Part:
    """A piece of a job's progress."""

    job: Progress
    begun: float
    share: float

    def check(self) -> None:
        self.job.check()

    def progress(self, fraction: float, note: str = "") -> None:
        """Of this piece; the name of its file stands there already."""
        self.job.progress(self.begun + self.share * min(1.0, fraction))


def summary(found: Indexed) -> Mapping[str, Any]:
    """For programs."""
    counts: Mapping[str, int] = {str(name): count for name, count in found.counts.items()}
    return {**counts, "gone": found.gone, "failed": [{"file": path, "reason": why} for path, why in found.failed]}
