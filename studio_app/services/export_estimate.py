"""What an export would copy, worked out beside the window: it opens the files of the edit."""

from __future__ import annotations

from collections.abc import Callable

from engines.export.presets import Mp4Preset, preset_named
from engines.export.smart import SmartReport, smart_estimate
from studio_app.services.jobs import Post, StartThread
from studio_app.services.latest import Latest
from timeline.errors import StudioError
from timeline.media import Library
from timeline.sequence import Sequence
from timeline.time import TimeRange

Answer = Callable[[SmartReport | None], None]


class ExportEstimates:
    """Answers on the main thread; of questions that come while one is worked on only the last is answered."""

    def __init__(self, post: Post, start_thread: StartThread) -> None:
        self._post = post
        self._latest = Latest("export-estimate", start_thread)

    def ask(self, preset: str, sequence: Sequence, library: Library, marked: TimeRange | None, answer: Answer) -> None:
        """Work out what would be copied with a preset; None is answered where it makes no film, or nothing."""

        def work() -> None:
            report = _estimated(preset, sequence, library, marked)
            if not self._latest.is_outdated:
                self._post(lambda: answer(report))

        self._latest.ask(work)

    def close(self, timeout: float = 10.0) -> None:
        """Drop what is not answered and wait for the rest, so many seconds at most."""
        self._latest.close(timeout)


def _estimated(preset: str, sequence: Sequence, library: Library, marked: TimeRange | None) -> SmartReport | None:
    try:
        settings = preset_named(preset)
        return smart_estimate(sequence, library, settings, marked) if isinstance(settings, Mp4Preset) else None
    except StudioError:
        return None  # an empty sequence, marks beyond it: the export says so
