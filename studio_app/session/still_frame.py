"""The frame under the playhead as a picture of its own: a file beside the project, and in the media pool."""

from __future__ import annotations

import re
from functools import partial
from itertools import chain, count
from pathlib import Path

from engines.errors import ExportError
from engines.export.still import write_still
from studio_app.services.jobs import Job
from studio_app.session.failures import tell_failure
from studio_app.session.session import Session
from timeline.query import timecode_at


def export_frame(session: Session) -> Job:
    """Write what the viewer that has the keys shows, in full size, as PNG, and import it. The work is a job.

    The file lies in `stills` beside the takes of the project, by the name of the sequence and its timecode.
    """
    transport = session.active
    project, library = transport.film.project, transport.film.library
    sequence, time = transport.sequence, transport.time
    folder = session.files.take_folder / "stills"
    stem = _file_name(
        f"{session.source.name if session.monitor == 'source' else sequence.name} {timecode_at(sequence, time)}"
    )

    def work(job: Job) -> Path:
        path = _free_path(folder, stem)
        write_still(project, library, sequence.id, time, path)
        return path

    def done(path: Path) -> None:
        session.import_files([path])
        session.tell(f"{path.name} is in the media pool.")

    return session.jobs.submit(
        f"{stem}.png",
        work,
        done,
        partial(tell_failure, session),
        kind="still",
        subject=str(folder),
    )


def _file_name(text: str) -> str:
    """A text as the name of a file on any system: signs that part or end names are left out."""
    return re.sub(r'[<>:"/\\|?*;\x00-\x1f]+', "-", text).strip(" .") or "frame"


def _free_path(folder: Path, stem: str) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ExportError(
            f"Frames cannot be kept in “{folder}”: {error.strerror}. Save the project in another folder."
        ) from error
    names = chain((stem,), (f"{stem} {number}" for number in count(2)))
    return next(path for name in names if not (path := folder / f"{name}.png").exists())
