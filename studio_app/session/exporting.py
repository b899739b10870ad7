"""Exports: what the process of one is told, as words of `starcut render`, and its place among the jobs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from studio_app.services.export_process import export_in_process
from studio_app.services.export_target import unclaimed
from studio_app.services.jobs import Job
from timeline.errors import Cancelled, StudioError
from timeline.time import TimeRange

if TYPE_CHECKING:
    from studio_app.session.session import Session


def words_of(
    preset: str,
    sequence_id: str,
    marked: TimeRange | None,
    *,
    draft: bool = False,
    burn_in: bool = False,
    smart: bool = True,
    encoder: str = "",
) -> list[str]:
    """The words for a film of one sequence, or of a range of it (record time); see `Session.export`."""
    words = ["--preset", preset, "--sequence", sequence_id]
    words += ["--draft"] * draft + ["--burn-in"] * burn_in + ["--no-smart"] * (not smart)
    if encoder:
        words += ["--encoder", encoder]
    if marked is not None:
        words += ["--in", str(marked.start), "--out", str(marked.end)]
    return words


def queue_export(session: Session, target: Path, wishes: Sequence[str]) -> Job:
    """Queue a film of the project as it stands now, in a process of its own; see `Session.export` for `target`."""
    target = unclaimed(target, session.jobs.all)
    saved = session.document.saved

    def done(path: Path) -> None:
        session.tell(f"{path.name} is ready and was read back.")

    def failed(error: StudioError) -> None:
        if isinstance(error, Cancelled):
            session.noted.emit(f"{target.name} was cancelled. Nothing half made is left.")
        else:
            session.tell(error.message, error=True)

    return session.jobs.submit(
        target.name,
        lambda job: export_in_process(saved, list(wishes), target, job),
        done,
        failed,
        kind="export",
        subject=str(target),
    )
