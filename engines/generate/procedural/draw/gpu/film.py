"""A film drawn on a graphics device by a process of its own: what crashes or hangs there costs the caller a GpuFault."""

from __future__ import annotations

import signal
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path

import numpy as np

from effects.frame import Frame
from engines.generate.procedural.draw.gpu.device import GpuFault
from engines.generate.procedural.spec import SceneSpec
from engines.media.spawned import Worker

START_SECONDS, FRAME_SECONDS = 90.0, 30.0
"""How long painting the plates and one frame may take before the device counts as hung."""


@dataclass(frozen=True)
class _Wanted:
    spec: SceneSpec
    width: int
    height: int
    keep_in: Path | None


class GpuFilm:
    """Asks the process for frames. Use from one thread; `close` it. Raises GpuFault for whatever goes wrong there."""

    def __init__(self, spec: SceneSpec, width: int, height: int, keep_in: Path | None = None) -> None:
        self._size = (width, height)
        self._worker = Worker("draw on a graphics device", _serve)
        try:
            self._line = self._worker.line()
            self._line.send(_Wanted(spec, width, height, keep_in))
            self.renderer = str(self._answer(START_SECONDS))
        except BaseException as error:
            self.close()
            if isinstance(error, OSError):
                raise GpuFault(f"The process could not be started: {error}") from error
            raise

    def frame(self, index: int, seconds: float) -> Frame:
        """The picture at a time from the start; `index` chooses the grain."""
        try:
            self._line.send((index, seconds))
        except OSError as error:
            raise GpuFault("The process is gone.") from error
        data = self._answer(FRAME_SECONDS)
        if not isinstance(data, bytes):
            raise GpuFault("The process answered something else than a picture.")
        return _unpacked(data, *self._size)

    def close(self) -> None:
        """End the process."""
        self._worker.end()

    def _answer(self, limit: float) -> object:
        try:
            if not self._line.poll(limit):
                raise GpuFault(f"The device did not answer for {limit:g} seconds.")
            answer = self._line.recv()
        except (EOFError, OSError) as error:
            raise GpuFault("The process that draws crashed.") from error
        if isinstance(answer, GpuFault):
            raise answer
        return answer


def _packed(frame: Frame) -> bytes:
    return b"".join(np.ascontiguousarray(plane).tobytes() for plane in frame.planes[:3])


def _unpacked(data: bytes, width: int, height: int) -> Frame:
    whole, half = width * height, (width // 2) * (height // 2)
    flat = np.frombuffer(bytearray(data), np.uint8)
    planes = (
        flat[:whole].reshape(height, width),
        flat[whole : whole + half].reshape(height // 2, width // 2),
        flat[whole + half :].reshape(height // 2, width // 2),
    )
    return Frame(planes)


def _serve(line: Connection) -> None:
    """The process: paints the scene, then draws what it is asked for until the line ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in a terminal is meant for the asker, who ends us
    try:
        wanted = line.recv()
        _draw(line, wanted)
    except (EOFError, OSError, KeyboardInterrupt):
        return
    except Exception as error:  # noqa: BLE001 - fence: drivers raise what they like; the asker draws by the processor
        line.send(error if isinstance(error, GpuFault) else GpuFault(f"{type(error).__name__}: {error}"))


def _draw(line: Connection, wanted: _Wanted) -> None:
    from engines.generate.procedural.draw.gpu.canvas import GpuCanvas, opened
    from engines.generate.procedural.draw.joined import Joined
    from engines.generate.procedural.draw.scene import Scene

    context = opened()
    canvas = partial(GpuCanvas, context=context)

    def made(part: SceneSpec, moment: float | None) -> Scene:
        return Scene(part, wanted.width, wanted.height, only=moment, canvas=canvas, keep_in=wanted.keep_in)

    film = Joined(wanted.spec, wanted.width, wanted.height, made)
    line.send(context.info["GL_RENDERER"])
    while True:
        index, seconds = line.recv()
        line.send(_packed(film.frame(index, seconds)))
