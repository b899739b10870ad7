"""One executable: words go to the command line before Qt is imported, no word opens the window."""

from __future__ import annotations

import multiprocessing
import sys


def main() -> int:
    """The `starcut` command. Returns the exit code: 0 done, 1 failed with a sentence, 2 wrong usage, 130 cancelled."""
    multiprocessing.freeze_support()
    from studio_app.cli import run

    return run(sys.argv[1:], open_window=_open_window, draw_screens=_draw_screens)


def _open_window(project: str | None) -> int:
    from studio_app.bootstrap import open_window

    return open_window(project)


def _draw_screens(folder: str, scale: int) -> list[str]:
    from studio_app.bootstrap import draw_screens

    return draw_screens(folder, scale)


if __name__ == "__main__":
    sys.exit(main())
