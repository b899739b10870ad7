"""Measuring films and making proxies happens in a process of its own, below everything else; see studio_app.cli.proxies."""

from __future__ import annotations

import json
import queue
import subprocess
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol

from engines.errors import MediaError
from engines.media.proxy import ProxyBusyError, ProxyDiskError
from studio_app.services.export_process import own_command
from timeline.codec import encode
from timeline.errors import Cancelled
from timeline.media import Media

LOOK_SECONDS = 0.2
STOP_SECONDS = 2.0
_KINDS: dict[str, type[MediaError]] = {kind.__name__: kind for kind in (ProxyBusyError, ProxyDiskError)}


class ProxyMaker(Protocol):
    """Who measures and makes. One thing at a time; `check` is asked often and may raise to stop."""

    def measure(self, media: Media, side: int, check: Callable[[], None]) -> float:
        """Milliseconds of a slow exact seek. Raises MediaError, Cancelled."""

    def make(
        self, media: Media, path: Path, side: int, check: Callable[[], None], progress: Callable[[float], None]
    ) -> None:
        """Make the proxy at `path`. Raises MediaError (ProxyBusyError), Cancelled."""

    def pause(self, is_paused: bool) -> None:
        """Let the work rest, or go on."""

    def close(self) -> None:
        """End it; it starts again when it is asked something."""


class ProxyProcess:
    """A process that is started when first asked and ends with `close`, or with us."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None
        self._lines: queue.Queue[str | None] = queue.Queue()
        self._paused = False
        self._speaking = threading.Lock()

    def measure(self, media: Media, side: int, check: Callable[[], None]) -> float:
        """See ProxyMaker."""
        answer = self._ask({"do": "measure", "media": encode(media), "side": side}, media, check, lambda _: None)
        return float(answer["cost"])

    def make(
        self, media: Media, path: Path, side: int, check: Callable[[], None], progress: Callable[[float], None]
    ) -> None:
        """See ProxyMaker."""
        self._ask({"do": "make", "media": encode(media), "path": str(path), "side": side}, media, check, progress)

    def pause(self, is_paused: bool) -> None:
        """See ProxyMaker."""
        if is_paused != self._paused:
            self._paused = is_paused
            self._say({"do": "pause" if is_paused else "go"})

    def close(self) -> None:
        """See ProxyMaker."""
        process, self._process = self._process, None
        if process is None:
            return
        with self._speaking, suppress(OSError):
            if process.stdin is not None:
                process.stdin.close()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def _ask(
        self, wish: dict[str, Any], media: Media, check: Callable[[], None], progress: Callable[[float], None]
    ) -> dict[str, Any]:
        self._start()
        self.pause(False)  # what was paused before was stopped since; only making is paused again
        self._say(wish)
        while True:
            try:
                check()
            except Cancelled:
                self._stop()
                raise
            try:
                line = self._lines.get(timeout=LOOK_SECONDS)
            except queue.Empty:
                continue
            answer = _read(line)
            if line is None:
                self.close()
                raise MediaError(f"“{media.name}” ends the process that reads it: it is damaged, and gets no proxy.")
            if "progress" in answer:
                progress(answer["progress"])
            elif "failed" in answer:
                raise _KINDS.get(answer.get("kind", ""), MediaError)(answer["failed"], answer.get("detail", ""))
            elif answer:
                return answer

    def _start(self) -> None:
        if self._process is not None and self._process.poll() is None:
            return
        self.close()
        self._lines = queue.Queue()
        self._paused = False
        try:
            self._process = subprocess.Popen(
                [*own_command(), "proxies"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                encoding="utf-8",
                creationflags=getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0),
            )
        except OSError as error:
            raise MediaError("The process that makes proxies could not be started.", repr(error)) from error
        threading.Thread(target=_listen, args=(self._process, self._lines), name="proxies", daemon=True).start()

    def _stop(self) -> None:
        """Let it end what it does, so that it can be asked again; a process that does not answer is ended."""
        self._say({"do": "stop"})
        with suppress(queue.Empty):
            while (line := self._lines.get(timeout=STOP_SECONDS)) is not None:
                if "progress" not in _read(line):
                    return
        self.close()

    def _say(self, wish: dict[str, Any]) -> None:
        with self._speaking, suppress(OSError, ValueError):  # a process that has died is found out by its silence
            if self._process is not None and self._process.stdin is not None:
                self._process.stdin.write(json.dumps(wish) + "\n")
                self._process.stdin.flush()


def _listen(process: subprocess.Popen[str], lines: queue.Queue[str | None]) -> None:
    for line in process.stdout or ():
        lines.put(line)
    lines.put(None)


def _read(line: str | None) -> dict[str, Any]:
    try:
        facts = json.loads(line or "{}")
    except ValueError:
        return {}  # a library's words on our output
    return facts if isinstance(facts, dict) else {}
