"""The real window, offscreen and without sound, in the hands of a benchmark. Run in a process of its own by `in_window`."""

from __future__ import annotations

import gc
import importlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from engines.play.audio_sink import WallClockSink
from studio_app.actions.registry import Actions
from studio_app.bootstrap import ready_interpreter
from studio_app.services.paths import user_paths
from studio_app.services.signal import Signal
from studio_app.session.session import Session
from tests.benchmarks.base import CHECKOUT, Bench, BenchError, Row
from ui.main_window import MainWindow
from ui.qt import theme
from ui.qt.ending import leave
from ui.qt.job_threads import qthread
from ui.qt.main_thread import post

PATIENCE_SECONDS = 20.0
REST_SECONDS = 0.15


def in_window(bench: Bench, subject: str, *, with_media: bool = True) -> Iterator[Row]:
    """Rows of `tests.benchmarks.<subject>.in_process(bench, window)`, measured in a process with a window."""
    home = bench.work / "window-home"
    home.mkdir(exist_ok=True)
    env = dict(os.environ, QT_QPA_PLATFORM="offscreen", STARCUT_HOME=str(home))
    if with_media:
        env["STARCUT_BENCH_MEDIA"] = str(bench.media)
    words = [subject, str(bench.work), str(bench.runs), str(int(bench.quick))]
    command = [sys.executable, "-m", "tests.benchmarks.window", *words]
    with subprocess.Popen(command, env=env, cwd=CHECKOUT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if line.startswith("{"):
                yield Row(**json.loads(line))
    if process.returncode != 0:
        raise BenchError(f"The window's process ended with code {process.returncode}; what it said stands above.")


class Window:
    """Session and main window, and the event loop between two measurements."""

    def __init__(self) -> None:
        ready_interpreter()
        self.app = QApplication(sys.argv[:1])
        theme.apply_theme(self.app)
        self.session = Session(user_paths(), WallClockSink(), post, qthread)
        self.main = MainWindow(self.session, Actions(self.session))
        self.main.resize(1600, 960)
        self.main.show()
        gc.freeze()
        self.rest()

    def open(self, project: Path) -> None:
        """Open a project in the Edit workspace; returns before anything is painted."""
        self.session.files.open(project)
        self.main.show_workspace("edit")

    def panel(self, name: str) -> QWidget:
        """A panel by its id."""
        return self.main.docks[name].panel

    def until(self, is_so: Callable[[], bool]) -> None:
        """Let the window work until something is so. BenchError after twenty seconds."""
        late = time.perf_counter() + PATIENCE_SECONDS
        while not is_so():
            if time.perf_counter() > late:
                raise BenchError("The window did not get there in twenty seconds.")
            self.app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 5)

    def live(self, seconds: float, until: Callable[[], bool], told: Signal[[]]) -> None:
        """Live as a window lives, without being asked anything in between, until `told` is and something is so."""
        loop = QEventLoop()
        subscription = told.connect(lambda: loop.quit() if until() else None)
        QTimer.singleShot(round(seconds * 1e3), loop.quit)
        loop.exec()
        subscription.close()

    def rest(self, seconds: float = REST_SECONDS) -> None:
        """Let the window work for a while."""
        until = time.perf_counter() + seconds
        while time.perf_counter() < until:
            self.app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 5)
            time.sleep(0.002)

    def close(self) -> None:
        """End without questions."""
        self.session.document.mark_saved(None)
        self.main.close()


class Paints(QObject):
    """Counts the paints of a widget."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A paint that is about to be made counts: it is made before the next event."""
        self.count += event.type() == QEvent.Type.Paint
        return False


def main(words: list[str]) -> int:
    """Measure one subject and print its rows as lines of JSON."""
    subject, work, runs, quick = words
    bench = Bench(Path(work), int(runs), quick == "1")
    window = Window()
    for row in importlib.import_module(f"tests.benchmarks.{subject}").in_process(bench, window):
        print(json.dumps(asdict(row)), flush=True)  # noqa: T201 - a line from program to program
    window.close()
    leave(0, window.session.close())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
