"""One executable: words go to the command line before Qt is imported, no word opens the window."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from types import FrameType


def main() -> int:
    """The `starcut` command. Returns the exit code: 0 done, 1 failed with a sentence, 2 wrong usage, 130 cancelled."""
    multiprocessing.freeze_support()
    _leave_quietly_while_starting()
    from studio_app.cli import run

    return run(sys.argv[1:], open_window=_open_window, draw_screens=_draw_screens)


def _leave_quietly_while_starting() -> None:
    """Until `run` takes the signals over, nothing is begun: Ctrl+C in the middle of an import is an ending, not an error."""

    def leave(_number: int, _frame: FrameType | None) -> None:
        os.write(2, b"Cancelled. Nothing half made is left.\n")
        os._exit(130)

    for number in (signal.SIGINT, signal.SIGTERM):
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, leave)


def _open_window(project: str | None) -> int:
    from studio_app.bootstrap import open_window

    return open_window(project)


def _draw_screens(folder: str, scale: int, only: str) -> list[str]:
    from studio_app.bootstrap import draw_screens

    return draw_screens(folder, scale, only)


if __name__ == "__main__":
    sys.exit(main())
