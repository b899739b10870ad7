"""Jobs that failed, told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.errors import Cancelled, StudioError

if TYPE_CHECKING:
    from studio_app.session.session import Session


def tell_failure(session: Session, error: StudioError) -> None:
    """Say why a job failed; who stopped it, or went on to another project, knows."""
    if not isinstance(error, Cancelled):
        session.tell(error.message, error=True)
