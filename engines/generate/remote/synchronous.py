"""Providers that answer with the result itself: nothing to ask after, so the result is put down at once, before anything else."""

from __future__ import annotations

import shutil
import tempfile
from abc import abstractmethod
from pathlib import Path
from typing import ClassVar

from engines.errors import EngineError
from engines.generate.base import GenerationRequest, JobLike
from engines.generate.remote.faults import Fault, ProviderError
from engines.generate.remote.models import Model
from engines.generate.remote.provider import RemoteEngine
from engines.generate.remote.states import Handle, Output, Polled, RemoteState
from timeline.atomic import write_atomically

_BEGIN = "starcut-"
_LEAST_FREE = 64 << 20


def _handle_of(engine_id: str, model: str, client_key: str, path: Path) -> Handle:
    return Handle(engine_id, model, client_key, {"file": str(path), "kind": path.suffix.removeprefix(".")})


class SynchronousEngine(RemoteEngine):
    """A provider whose one answer is the result. It is kept in a file of its own until it has landed: a crash does not lose it."""

    poll_seconds: ClassVar[float] = 0.0

    @abstractmethod
    def made(self, request: GenerationRequest, model: Model, client_key: str, job: JobLike) -> Output:
        """Send the request and give the answer, its bytes in `data`. Raises ProviderError."""

    def submit(self, request: GenerationRequest, model: Model, client_key: str, job: JobLike) -> Handle:
        """The handle names the file that the answer was put into. Whether there is room for it is looked at before it is paid for."""
        folder = self._folder()
        try:
            folder.mkdir(parents=True, exist_ok=True)
            free = shutil.disk_usage(folder).free
        except OSError as error:
            raise EngineError(
                f"{folder} cannot be written; nothing was sent. Look at the disk.", repr(error)
            ) from error
        if free < _LEAST_FREE:
            raise EngineError(
                f"The disk has no room for what {self.label} would send; nothing was sent. Make room and retry."
            )
        output = self.made(request, model, client_key, job)
        if not output.data:
            raise ProviderError(Fault.BAD_RESULT, f"{self.label} sent an empty file.")
        path = folder / f"{_BEGIN}{client_key}.{output.kind}"
        try:
            write_atomically(path, output.data)
        except OSError as error:
            words = f"{self.label} answered, and it cannot be kept here: {error.strerror or 'the disk does not take it'}. It is billed."
            raise ProviderError(Fault.NOT_KEPT, f"{words} Make room; a retry sends it anew.", repr(error)) from error
        return _handle_of(self.id, model.id, client_key, path)

    def recover(self, request: GenerationRequest, client_key: str, since: float, job: JobLike) -> Handle | None:
        """The file of an answer that was put down just before the program ended; without one nobody can tell."""
        found = next(iter(self._folder().glob(f"{_BEGIN}{client_key}.*")), None)
        return None if found is None else _handle_of(self.id, request.model, client_key, found)

    def _folder(self) -> Path:
        return self.access.answers or Path(tempfile.gettempdir())

    def poll(self, handle: Handle, job: JobLike) -> Polled:
        """It is done when it was sent."""
        path = Path(handle.links.get("file", ""))
        try:
            data = path.read_bytes()
        except OSError as error:
            raise ProviderError(Fault.LOST, f"What {self.label} sent is gone from this computer.") from error
        return Polled(RemoteState.SUCCEEDED, 1.0, outputs=(Output("", handle.links.get("kind", "video"), data=data),))

    def settled(self, handle: Handle) -> None:
        """Away with the file: the result has landed."""
        Path(handle.links.get("file", "-")).unlink(missing_ok=True)
