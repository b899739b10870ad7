"""What a clip shows about itself: name, engine initial, chips. Worked out once per library, without Qt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePath

from PySide6.QtCore import QCoreApplication

from timeline.curve import Curve
from timeline.items import Clip, GeneratorSource, MediaSource, Placeholder, SequenceSource
from timeline.media import Library, Media, Take
from timeline.project import Project
from timeline.query import media_of
from timeline.sequence import Sequence
from timeline.time import RationalTime

PLACEMENT = frozenset({"transform"})


@dataclass(frozen=True)
class Facts:
    """Answers about clips for one project and library."""

    project: Project
    library: Library
    has_proxy: Callable[[str], bool] = lambda _: False
    """Whether a proxy stands for the media of that id in the viewer."""

    @cached_property
    def _made(self) -> dict[str, Take]:
        """The takes that engines made, by their files."""
        return {take.media_id: take for take in self.library.takes.values() if take.is_made}

    @cached_property
    def _numbers(self) -> dict[tuple[str | None, str], tuple[int, int]]:
        """Of a shot and a file: which of its takes that is, and of how many."""
        by_shot: dict[str | None, list[Take]] = {}
        for take in self.library.takes.values():
            by_shot.setdefault(take.shot_id, []).append(take)
        return {
            (shot_id, take.media_id): (number, len(takes))
            for shot_id, takes in by_shot.items()
            for number, take in enumerate(takes, 1)
        }

    def media(self, clip: Clip) -> Media | None:
        """The file a clip shows, if it shows one of the library."""
        return media_of(clip, self.library)

    def name(self, clip: Clip) -> str:
        """The name on a clip's header."""
        if clip.name:
            return clip.name
        source = clip.source
        if isinstance(source, MediaSource):
            media = self.library.media.get(source.media_id)
            return (
                (media.name or PurePath(media.path).name)
                if media
                else QCoreApplication.translate("Facts", "Missing media")
            )
        if isinstance(source, Placeholder):
            shot = self.project.shot(source.shot_id)
            return (shot.name or shot.description) if shot else QCoreApplication.translate("Facts", "Shot")
        if isinstance(source, GeneratorSource):
            return source.generator.replace("_", " ").capitalize()
        if isinstance(source, SequenceSource):
            nest = self.nest(clip)
            return nest.name if nest is not None else QCoreApplication.translate("Facts", "Missing sequence")
        return QCoreApplication.translate("Facts", "Made by a newer Starcut")

    def nest(self, clip: Clip) -> Sequence | None:
        """The sequence a clip shows, if it shows one of the project."""
        return self.project.sequence(clip.source.sequence_id) if isinstance(clip.source, SequenceSource) else None

    def body_text(self, clip: Clip) -> str:
        """What stands in the body of a clip without picture: a title's words, a grade's effects."""
        if isinstance(clip.source, GeneratorSource):
            text = clip.source.values.get("text", "")
            return text if isinstance(text, str) else ""
        return ", ".join(use.effect.replace("_", " ") for use in clip.effects).capitalize()

    def initial(self, clip: Clip) -> str:
        """First letter of the engine that made (or will make) the clip; empty for footage."""
        if isinstance(clip.source, MediaSource):
            found = self._made.get(clip.source.media_id)
            return engine_initial(found.lineage.engine) if found is not None else ""
        if isinstance(clip.source, Placeholder):
            shot = self.project.shot(clip.source.shot_id)
            return engine_initial(shot.engine if shot else "")
        return ""

    def chips(self, clip: Clip, *, is_audio: bool = False) -> tuple[str, ...]:
        """Short marks at the right of the header, the most important first: freeze or speed, fx; on pictures also take and P (proxy)."""
        chips = []
        if clip.freeze is not None:
            chips.append(QCoreApplication.translate("Facts", "Freeze"))
        elif clip.speed != 1:
            chips.append(f"{'−' if clip.speed < 0 else ''}{float(abs(clip.speed)) * 100:.4g} %")
        if any(use.enabled and use.effect not in PLACEMENT for use in clip.effects):
            chips.append("fx")
        if clip.shot_id is not None and isinstance(clip.source, MediaSource) and not is_audio:
            found = self._numbers.get((clip.shot_id, clip.source.media_id))
            if found is not None:
                chips.append(f"{found[0]}/{found[1]}")
        if not is_audio and isinstance(clip.source, MediaSource) and self.has_proxy(clip.source.media_id):
            chips.append("P")
        return tuple(chips)


def engine_initial(engine: str) -> str:
    """S for the embedded engine (or none named), else the first letter of the engine's id."""
    return "S" if engine in ("", "procedural") else engine[:1].upper()


def key_times(clip: Clip) -> tuple[RationalTime, ...]:
    """Record times of keyframes (since the clip's start) of its picture's values, those inside the clip."""
    curves = [value for use in clip.effects for value in use.values.values() if isinstance(value, Curve)]
    if isinstance(clip.opacity, Curve):
        curves.append(clip.opacity)
    times = {clip.offset_of(key.time) for curve in curves for key in curve.keyframes}
    return tuple(sorted(time for time in times if RationalTime(0) <= time < clip.duration))
