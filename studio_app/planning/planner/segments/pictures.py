"""The pictures a request names, as files: beside the request, in it, or fetched."""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

from engines.generate.base import JobLike
from engines.generate.remote.faults import Fault as Failure
from engines.generate.remote.faults import ProviderError
from engines.generate.remote.wire import wire
from studio_app.planning.planner.contract import ContractError, Fault
from studio_app.planning.planner.segments.request import GeneratedFrame, SegmentRequest

MOST_BYTES: Final = 40_000_000
_SUFFIX: Final = {"image/png": ".png", "image/jpeg": ".jpg", "image/webp": ".webp"}
_SUFFIXES: Final = (*_SUFFIX.values(), ".jpeg")


@dataclass(frozen=True)
class Pictures:
    """Finds pictures: paths count from `folder`, what has to be written goes to `keep`."""

    folder: Path
    keep: Path

    def check(self, request: SegmentRequest) -> None:
        """Raise ContractError naming each picture that cannot be there; what must be fetched is not looked at."""
        faults = []
        for index, frame in enumerate(request.generated_frames):
            at = f"generated_frames[{index}].image_url"
            kind = _kind(frame.image_url)
            if kind not in ("", "file", "http", "https", "data"):
                faults.append(Fault(at, f"“{kind}:” is no address of a picture; a path, file:, data: or https: is"))
            elif kind == "data" and _data(frame.image_url) is None:
                faults.append(Fault(at, "The data are no picture in base64 (PNG, JPEG, WebP)"))
            elif kind in ("", "file") and not self._local(frame.image_url).is_file():
                faults.append(Fault(at, f"The file “{frame.image_url[:200]}” is not there"))
        if faults:
            raise ContractError(faults)

    def path_of(self, frame: GeneratedFrame, job: JobLike) -> Path:
        """The picture as a file. Raises ProviderError where it cannot be fetched."""
        kind = _kind(frame.image_url)
        if kind in ("", "file"):
            return self._local(frame.image_url)
        self.keep.mkdir(parents=True, exist_ok=True)
        if kind == "data" and (found := _data(frame.image_url)) is not None:
            path = self.keep / f"{frame.frame_id}{found[0]}"
            if not (path.exists() and path.read_bytes() == found[1]):
                path.write_bytes(found[1])
            return path
        suffix = Path(unquote(urlsplit(frame.image_url).path)).suffix.lower()
        digest = hashlib.blake2b(frame.image_url.encode(), digest_size=4).hexdigest()
        path = self.keep / f"{frame.frame_id}_{digest}{suffix if suffix in _SUFFIXES else '.png'}"
        return path if path.exists() else self._fetched(frame, path, job)

    def _fetched(self, frame: GeneratedFrame, path: Path, job: JobLike) -> Path:
        part = path.with_name(f"{path.name}.part")

        def told(done: int, _whole: int | None) -> None:
            if done > MOST_BYTES:
                raise ProviderError(
                    Failure.BAD_RESULT, f"The picture of {frame.frame_id} is larger than {MOST_BYTES // 1_000_000} MB."
                )

        try:
            reply = wire().fetch(
                frame.image_url, part, who=f"The picture of {frame.frame_id}", check=job.check, told=told
            )
            if not reply.ok or not part.exists() or not part.stat().st_size:
                raise ProviderError(
                    Failure.LOST, f"The picture of {frame.frame_id} could not be fetched ({reply.status})."
                )
            part.replace(path)
        except ProviderError as error:
            part.unlink(missing_ok=True)
            raise ProviderError(Failure.LOST, error.message, error.detail) from error
        return path

    def _local(self, url: str) -> Path:
        path = url2pathname(urlsplit(url).path) if _kind(url) == "file" else url
        return (self.folder / path).resolve()


def _kind(url: str) -> str:
    """The scheme; a path, also one with a drive letter, has none."""
    scheme, colon, _ = url.partition(":")
    return scheme.lower() if colon and len(scheme) > 1 and scheme.replace("+", "").isalnum() else ""


def _data(url: str) -> tuple[str, bytes] | None:
    head, _, body = url.partition(",")
    suffix = _SUFFIX.get(head.removeprefix("data:").removesuffix(";base64"))
    if suffix is None or not head.endswith(";base64"):
        return None
    try:
        raw = base64.b64decode(body, validate=True)
    except (binascii.Error, ValueError):
        return None
    return (suffix, raw) if raw else None
