"""Whether there is a graphics device worth drawing on. Asked in a process of its own: a driver may crash or hang."""

from __future__ import annotations

import sys
from functools import cache
from importlib.util import find_spec
from multiprocessing.connection import Connection
from pathlib import Path

from engines.media.spawned import Worker

LIMIT_SECONDS = 20.0
_SOFTWARE = ("llvmpipe", "softpipe", "swiftshader", "swrast", "gdi generic", "basic render", "software")
"""Parts of the names of renderers that are the processor again, only slower."""


class GpuFault(Exception):  # noqa: N818 - a fault of a device, as DeviceFault and EncoderFault are
    """There is no device, or it gave up; the text is for the log and the take's facts."""


def is_software(renderer: str) -> bool:
    """Whether a renderer's name says that the processor does its work."""
    return any(part in renderer.lower() for part in _SOFTWARE)


def is_installed() -> bool:
    """Whether Python can speak to a device at all: OpenGL for it is an extra."""
    return find_spec("moderngl") is not None


def is_thinkable() -> bool:
    """Whether it makes sense to ask for a device: without one in sight the answer would be the processor again."""
    if not is_installed():
        return False
    if not sys.platform.startswith("linux"):
        return True
    nodes = (*Path("/dev/dri").glob("renderD*"), *Path("/dev").glob("nvidia[0-9]*"), *Path("/dev").glob("dxg"))
    return bool(nodes)


@cache
def renderer() -> str:
    """The name of the device's renderer, asked once; empty where there is none. May take some seconds."""
    worker = Worker("look for a graphics device", _serve)
    try:
        line = worker.line()
        return str(line.recv()) if line.poll(LIMIT_SECONDS) else ""
    except (EOFError, OSError):  # it crashed
        return ""
    finally:
        worker.end()


def is_worth_it() -> bool:
    """Whether films are drawn on a device when nothing else was asked for."""
    return is_thinkable() and bool(renderer()) and not is_software(renderer())


def _serve(line: Connection) -> None:
    """The process."""
    try:
        from engines.generate.procedural.draw.gpu.canvas import opened

        context = opened()
        line.send(context.info["GL_RENDERER"])
        context.release()
    except (GpuFault, ImportError):
        line.send("")
