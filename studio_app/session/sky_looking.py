"""Clips asked for by a look: a picture file, or the frame under the playhead."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from engines.errors import ExportError
from engines.export.still import write_still
from studio_app.services.jobs import Job
from studio_app.session.failures import tell_failure
from timeline.query import timecode_at

if TYPE_CHECKING:
    from studio_app.session.session import Session

FOLDER = "asked"
"""Of the cache: the frame that was asked by last."""


def ask_by_file(session: Session, path: Path) -> None:
    """Find what looks like a picture, or like a film. A clip the sky knows is compared as a whole."""
    known = next((one for one in session.document.library.media.values() if one.path == str(path)), None)
    if known is not None and known.content_hash in session.constellation.stars.by_hash:
        session.constellation.compare([known.content_hash])
    else:
        session.constellation.look_like(picture=str(path))


def ask_by_frame(session: Session) -> Job:
    """Find what looks like the frame that the viewer with the keys shows. The work is a job."""
    transport = session.active
    project, library = transport.film.project, transport.film.library
    sequence, time = transport.sequence, transport.time
    at = timecode_at(sequence, time).replace(":", ".").replace(";", ".")
    path = session.paths.cache / FOLDER / f"{at}.png"

    def work(_: Job) -> Path:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            for old in path.parent.glob("*.png"):
                old.unlink()
        except OSError as error:
            raise ExportError(f"The frame cannot be kept in “{path.parent}”: {error.strerror}.") from error
        write_still(project, library, sequence.id, time, path)
        return path

    return session.jobs.submit(
        f"Frame {at}",
        work,
        lambda found: session.constellation.look_like(picture=str(found)),
        partial(tell_failure, session),
        kind="still",
        subject=str(path),
    )
