"""Providers that answer with the result itself: nothing to ask after, so the result is put down at once, before anything else."""

from __future__ import annotations

import tempfile
from abc import abstractmethod
from pathlib import Path
from typing import ClassVar

from engines.generate.base import GenerationRequest, JobLike
from engines.generate.remote.faults import Fault, ProviderError
from engines.generate.remote.models import Model
from engines.generate.remote.provider import RemoteEngine
from engines.generate.remote.states import Handle, Output, Polled, RemoteState


class SynchronousEngine(RemoteEngine):
    """A provider whose one answer is the result. It is kept in a file of its own until it has landed: a crash does not lose it."""

    poll_seconds: ClassVar[float] = 0.0

    @abstractmethod
    def made(self, request: GenerationRequest, model: Model, client_key: str, job: JobLike) -> Output:
        """Send the request and give the answer, its bytes in `data`. Raises ProviderError."""

    def submit(self, request: GenerationRequest, model: Model, client_key: str, job: JobLike) -> Handle:
        """The handle names the file that the answer was put into."""
        output = self.made(request, model, client_key, job)
        if not output.data:
            raise ProviderError(Fault.BAD_RESULT, f"{self.label} sent an empty file.")
        path = Path(tempfile.gettempdir()) / f"starcut-{client_key}.{output.kind}"
        path.write_bytes(output.data)
        return Handle(self.id, model.id, client_key, {"file": str(path), "kind": output.kind})

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
