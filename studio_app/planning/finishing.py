"""How a shot takes a failure of its engine: as the preferences say, or as the shot itself does, which goes first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from engines.generate.fallback import Finish
from studio_app.planning.shot_edits import with_extra
from timeline.storyboard import Shot

FINISH: Final = "failure_policy"
"""Under which name a shot keeps it, in projects and in storyboard files."""
CHOICES: Final = ("", *(one.value for one in Finish))
"""What can be chosen; empty: as the preferences say."""


def finish_of(shot: Shot) -> Finish | None:
    """What a shot says; None where it says nothing, or nothing that is known."""
    said = str(shot.extra.get(FINISH, ""))
    return Finish(said) if said in set(Finish) else None


def with_finish(shot: Shot, value: str) -> Mapping[str, Any]:
    """The shot's `extra` with it."""
    return with_extra(shot, FINISH, value)
