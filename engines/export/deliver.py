"""Any export by its preset."""

from __future__ import annotations

from pathlib import Path

from engines.export.base import Check, Tell
from engines.export.mp4 import export_mp4
from engines.export.presets import Preset, WavPreset, preset_named
from engines.export.smart import TellSmart
from engines.export.wav import export_wav
from engines.render.footage import StandIns, originals_only
from timeline.media import Library
from timeline.project import Project
from timeline.time import TimeRange


def export(
    project: Project,
    library: Library,
    sequence_id: str,
    path: Path,
    preset: Preset | str = "match_sequence",
    *,
    progress: Tell = lambda at: None,
    check: Check = lambda: None,
    marked: TimeRange | None = None,
    told: TellSmart = lambda report: None,
    stand_in: StandIns = originals_only,
) -> tuple[str, ...]:
    """Write the sequence in the preset's format; see `export_mp4` and `export_wav`. Raises ExportError or Cancelled.

    `told` is given what was copied into a film; `stand_in` makes it a draft from proxies. Returns sentences about what the file lacks.
    """
    settings = preset_named(preset)
    what = (project, library, sequence_id, path, settings)
    if isinstance(settings, WavPreset):
        return export_wav(*what, progress=progress, check=check, marked=marked)
    return export_mp4(*what, progress=progress, check=check, marked=marked, told=told, stand_in=stand_in)
