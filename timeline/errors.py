"""The root of every error Starcut raises on purpose, and those of the project."""


class StudioError(Exception):
    """A failure with a sentence for the user: what happened, where, what to do.

    `message` is shown as it is; `detail` goes to the log only. `command`: what mends it where one types.
    """

    command: str = ""

    def __init__(self, message: str, detail: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.detail = detail


class EditRefused(StudioError):  # noqa: N818 - the name the whole program speaks of
    """An edit that cannot be made; the project is untouched."""


class ProjectFileError(StudioError):
    """A project file that cannot be read or written."""


class InterchangeError(StudioError):
    """A timeline that cannot be written to, or read from, another tool's format."""


class StoryboardError(StudioError):
    """A storyboard file with something wrong in it; names file, line and field."""


class Cancelled(StudioError):  # noqa: N818 - an ending, not an error
    """The user stopped the work; nothing half made is left behind."""

    def __init__(self, message: str = "Cancelled.", detail: str = "") -> None:
        super().__init__(message, detail)


class Left(Cancelled):
    """The program ends, or its project is closed: our part of the work ends, what runs elsewhere goes on and is picked up later."""
