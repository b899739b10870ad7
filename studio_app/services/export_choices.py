"""What can be delivered, in one list: films and sound by export preset, timelines by interchange format."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from engines.export.presets import Mp4Preset, Preset, presets
from timeline.interchange.base import Note, formats
from timeline.media import Library
from timeline.project import Project
from timeline.sequence import Sequence


@dataclass(frozen=True)
class ExportChoice:
    """One line of the export dialog. `is_timeline`: written at once, as text; else a job renders it."""

    id: str
    label: str
    description: str
    suffix: str
    group: str
    icon: str
    is_timeline: bool
    describe: Callable[[Sequence], str]
    expected_bytes: Callable[[Sequence, float], int]
    report: Callable[[Project, Library, Sequence], tuple[Note, ...]]


def export_choices() -> tuple[ExportChoice, ...]:
    """Films and sound first, then timelines."""
    films = [_of_preset(key, preset) for key, preset in presets().items()]
    timelines = [
        ExportChoice(
            one.id,
            one.label.replace(" (CMX 3600)", ", CMX 3600").replace("Edit decision list", "Edit list"),
            "The cut as text for another program.",
            one.suffix,
            "Timeline",
            "list" if one.id == "edl" else "share",
            True,
            lambda _: "It refers to the media by path.",
            lambda _, __: 0,
            lambda project, library, sequence, write=one.write: write(project, library, sequence, _path).notes,  # type: ignore[misc]
        )
        for one in formats()
    ]
    return (*films, *timelines)


def _of_preset(key: str, preset: Preset) -> ExportChoice:
    is_film = isinstance(preset, Mp4Preset)
    return ExportChoice(
        key,
        preset.label,
        preset.description,
        type(preset).suffix,
        "Film" if is_film else "Sound",
        "film" if is_film else "music",
        False,
        preset.describe,
        preset.expected_bytes,
        lambda *_: (),
    )


def _path(media: object) -> Path:
    return Path(str(getattr(media, "path", "")))
