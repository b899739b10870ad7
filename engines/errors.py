"""Errors of media, engines and exports; each message is a sentence for the user."""

from timeline.errors import StudioError


class MediaError(StudioError):
    """A file that cannot be read, or not as what it claims to be."""


class EngineError(StudioError):
    """A generation that failed. `retryable`: the same request may work later."""

    def __init__(self, message: str, detail: str = "", retryable: bool = False) -> None:
        super().__init__(message, detail)
        self.retryable = retryable


class ExportError(StudioError):
    """A delivery that could not be written; no half file is left."""


class EncoderFault(ExportError):  # noqa: N818 - software takes over
    """A video device could not encode."""
