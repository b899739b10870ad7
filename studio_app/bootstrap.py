"""Builds services, session and window by plain constructor calls. The only module that imports `ui`."""

from __future__ import annotations

import faulthandler
import gc
import json
import logging
import logging.handlers
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from effects import paint
from engines.media.trial import Trials
from engines.play.audio_sink import AudioSink, WallClockSink
from studio_app.actions.registry import Actions
from studio_app.services import job_log
from studio_app.services.aside import Aside
from studio_app.services.export_process import own_command
from studio_app.services.jobs import plain_thread
from studio_app.services.keys import guard_log
from studio_app.services.notices import Notices
from studio_app.services.paths import Paths, user_paths
from studio_app.services.settings import SettingsStore
from studio_app.session.session import Session
from timeline.errors import StudioError
from ui.main_window import MainWindow
from ui.qt import language, theme, tokens
from ui.qt.audio_sink import PortAudioSink
from ui.qt.awake import window_inhibitor
from ui.qt.desktop import WindowDesktop
from ui.qt.ending import leave, when_told_to_end
from ui.qt.job_threads import qthread
from ui.qt.main_thread import post
from ui.qt.ready import when_ready

log = logging.getLogger(__name__)

SWITCH_SECONDS = (
    0.001  # how soon a thread must let go: measured to keep the picture's lateness low (docs/performance.md)
)
COLLECTED_AFTER = (20_000, 20, 100)
"""Python looks for cycles among all objects it knows; in a long project a look took 0.1 to 0.2 s. A project has no cycles."""


TOUR_AFTER_MS = 800
"""After the first project is open: its panels stand by then."""
_SCREEN = {"name": "screen", "x": 0, "y": 0, "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}
"""Of the screen pictures of the window are drawn for; its size comes with the scale."""
TRY_DEVICES_AFTER_MS = 4000
"""After the window stands: a trial of video hardware takes some seconds of a processor."""
CATALOGUE_AFTER_MS = 1500
"""The same: the catalogue is opened, and the project looked through."""


def ready_interpreter() -> None:
    """What the window's process asks of Python: threads that let go soon, few and short looks for garbage."""
    sys.setswitchinterval(SWITCH_SECONDS)
    gc.set_threshold(*COLLECTED_AFTER)


def open_window(project: str | None) -> int:
    """Run the editor until its window closes."""
    paths = user_paths()
    _keep_records(paths)
    app = _application()
    trials = Trials(paths.trials, paths.cache)
    sink = audio_sink()

    def another() -> AudioSink:
        made = type(sink)()
        if isinstance(made, PortAudioSink) and isinstance(sink, PortAudioSink):
            made.wanted_device = sink.wanted_device
        return made

    if isinstance(sink, PortAudioSink):
        store = SettingsStore(paths.settings_file)
        sink.wanted_device = lambda: store.values.audio_device
    session = Session(paths, sink, post, qthread, window_inhibitor(), trials, another, aside=Aside())
    window = MainWindow(session, Actions(session))
    notices = Notices(session.jobs, session.settings, window.isActiveWindow, WindowDesktop(window))
    window.show_first()
    session.document.replaced.connect(lambda: QTimer.singleShot(TOUR_AFTER_MS, window, window.tour.start_once))
    gc.freeze()  # what stands now stays until the end
    when_told_to_end(window, lambda: _leave_behind(session))
    if os.environ.get("STARCUT_SAY_READY"):  # `starcut bench startup` listens for it
        when_ready(window, lambda: print("READY", flush=True))  # noqa: T201 - a word from program to program
    when_ready(window, lambda: QTimer.singleShot(TRY_DEVICES_AFTER_MS, window, session.hardware.look))
    when_ready(window, lambda: QTimer.singleShot(CATALOGUE_AFTER_MS, window, session.cataloguing.start))
    if project is not None:
        QTimer.singleShot(0, lambda: window.files.open(Path(project)))
    try:
        code = int(app.exec())
    finally:
        notices.close()
        running = session.close()
    leave(code, running)
    return code


def _leave_behind(session: Session) -> None:
    """Nobody is there to be asked: the next start offers what was not saved, as after a crash."""
    session.files.keep_for_recovery()
    sys.stderr.write("Ended from outside. Edits that were not saved are offered at the next start.\n")
    sys.stderr.flush()
    os._exit(130)


def draw_screens(folder: str, scale: int, only: str = "") -> list[str]:
    """Draw every panel and the whole window with an example project, or `only` some parts ("edit,evolve"); returns the files' names.

    Qt takes its scale once, at the start: `scale` 0 draws 100 % and 200 % in a process each, with settings of their own.
    """
    target = Path(folder).absolute()
    target.mkdir(parents=True, exist_ok=True)
    if scale == 0:
        return [name for each in (1, 2) for name in _drawn_elsewhere(target, each, only)]
    from ui.screens import draw_screens as draw_the_screens

    app = _application()
    parts = [part.strip() for part in only.split(",") if part.strip()]
    files = draw_the_screens(lambda: Session(user_paths(), WallClockSink(), post, plain_thread), target, scale, parts)
    app.processEvents()
    return [str(path) for path in files]


def _drawn_elsewhere(target: Path, scale: int, only: str) -> list[str]:
    with tempfile.TemporaryDirectory(prefix="starcut-screens-") as home:
        screen = Path(home) / "screen.json"  # without it the screen is 800 x 800, and dialogs make themselves small
        screen.write_text(json.dumps({"screens": [_SCREEN | {"width": 1920 * scale, "height": 1080 * scale}]}))
        platform = f"offscreen:configfile={screen}"
        environment = dict(os.environ, QT_SCALE_FACTOR=str(scale), STARCUT_HOME=home, QT_QPA_PLATFORM=platform)
        command = [*own_command(), "screens", "-o", str(target), "--scale", str(scale), "--only", only]
        run = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if run.returncode != 0:
        last = (run.stderr.strip().splitlines() or [f"code {run.returncode}"])[-1]
        raise StudioError(f"The screens could not be drawn: {last}", run.stderr)
    return run.stdout.split("\n")[:-1]


def audio_sink() -> AudioSink:
    """The sound device, or the wall clock where there is none."""
    sink = PortAudioSink()
    return sink if sink.available() else WallClockSink()


def _application() -> QApplication:
    if sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # without a screen Qt would end the process
    ready_interpreter()
    chosen = SettingsStore(user_paths().settings_file).values
    if chosen.ui_scale != 100:
        os.environ.setdefault("QT_SCALE_FACTOR", f"{chosen.ui_scale / 100:g}")  # Qt reads it once
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(sys.argv[:1])
        app.setApplicationName("starcut")
        app.setApplicationDisplayName("Starcut")
        tokens.wear(chosen.accent)
        language.install(app, chosen.language)
    theme.apply_theme(app)
    paint.ensure_qt()
    return app


def _keep_records(paths: Paths) -> None:
    """A log file, and a crash's last words beside it. Nothing leaves the machine."""
    folder = paths.data / "log"
    folder.mkdir(parents=True, exist_ok=True)
    handler = logging.handlers.RotatingFileHandler(folder / "starcut.log", maxBytes=1_000_000, backupCount=3)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.getLogger().addHandler(handler)
    job_log.keep_in(handler)
    guard_log()
    faulthandler.enable((folder / "crash.log").open("a"))
    sys.excepthook = _recorded(sys.excepthook)
    threading.excepthook = lambda args: log.error("in a thread", exc_info=args.exc_value)


Hook = Callable[[type[BaseException], BaseException, TracebackType | None], object]


def _recorded(then: Hook) -> Hook:
    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        log.critical("not caught", exc_info=(kind, error, trace))
        then(kind, error, trace)

    return hook
