"""What an export would copy, worked out beside the window: it opens the files of the edit."""

from __future__ import annotations

import threading
from collections.abc import Callable

from engines.export.presets import Mp4Preset, preset_named
from engines.export.smart import SmartReport, smart_estimate
from studio_app.services.jobs import Joinable, Post, StartThread
from timeline.errors import StudioError
from timeline.media import Library
from timeline.sequence import Sequence
from timeline.time import TimeRange

Answer = Callable[[SmartReport | None], None]


class ExportEstimates:
    """Answers on the main thread; of questions that come while one is worked on only the last is answered."""

    def __init__(self, post: Post, start_thread: StartThread) -> None:
        self._post, self._start_thread = post, start_thread
        self._lock = threading.Lock()
        self._next: tuple[Callable[[], SmartReport | None], Answer] | None = None
        self._thread: Joinable | None = None
        self._is_busy = False

    def ask(self, preset: str, sequence: Sequence, library: Library, marked: TimeRange | None, answer: Answer) -> None:
        """Work out what would be copied with a preset; None is answered where it makes no film, or nothing."""
        with self._lock:
            self._next = (lambda: _estimated(preset, sequence, library, marked), answer)
            if self._is_busy:
                return
            self._is_busy = True
        self._thread = self._start_thread("export-estimate", self._run)

    def close(self) -> None:
        """Drop what is not answered and wait for the rest."""
        with self._lock:
            self._next = None
        if self._thread is not None:
            self._thread.join(10)

    def _run(self) -> None:
        while True:
            with self._lock:
                task, self._next = self._next, None
                if task is None:
                    self._is_busy = False
                    return
            work, answer = task
            result = work()
            with self._lock:
                is_stale = self._next is not None
            if not is_stale:
                self._post(lambda answer=answer, result=result: answer(result))  # type: ignore[misc]


def _estimated(preset: str, sequence: Sequence, library: Library, marked: TimeRange | None) -> SmartReport | None:
    try:
        settings = preset_named(preset)
        return smart_estimate(sequence, library, settings, marked) if isinstance(settings, Mp4Preset) else None
    except StudioError:
        return None  # an empty sequence, marks beyond it: the export says so
