"""Where sound goes. The device is opened by the window; without one the wall clock drives the same callback."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Thread
from time import perf_counter
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

AudioCallback = Callable[[NDArray[np.float32], float], None]
"""`callback(out, delay)`: fill all of `out` (n, 2). `delay` is how many seconds from now its first sample is heard.

It only copies: it never blocks, decodes or logs, so a sink may call it on a real-time thread.
"""

BLOCK_SAMPLES = 960


class AudioSink(Protocol):
    """A sound device. All methods but `latency` are called on one thread of the player, the callback on the sink's own."""

    @property
    def latency(self) -> float:
        """Seconds from the callback to the ear, about."""

    def open(self, sample_rate: int, callback: AudioCallback) -> None:
        """Get ready to play stereo. Raises MediaError where there is no device; the player then takes the wall clock."""

    def start(self) -> None:
        """Begin to call the callback. Starting twice is fine."""

    def stop(self) -> None:
        """Stop calling the callback; what was handed over may be dropped. Stopping twice is fine."""

    def close(self) -> None:
        """Give the device back. Closing twice is fine."""


class WallClockSink:
    """A sink without sound: a thread calls the callback as often as a device would."""

    def __init__(self, now: Callable[[], float] = perf_counter) -> None:
        self._now = now
        self._sample_rate = 48000
        self._callback: AudioCallback | None = None
        self._thread: Thread | None = None
        self._stopped = Event()

    @property
    def latency(self) -> float:
        """None worth mentioning."""
        return 0.0

    def open(self, sample_rate: int, callback: AudioCallback) -> None:
        """Remember whom to call."""
        self._sample_rate, self._callback = sample_rate, callback

    def start(self) -> None:
        """Start the thread that calls."""
        if self._thread is None and self._callback is not None:
            self._stopped = Event()
            self._thread = Thread(
                target=self._run, args=(self._callback, self._stopped), name="wall clock", daemon=True
            )
            self._thread.start()

    def stop(self) -> None:
        """Stop it and wait for its end (at most a block)."""
        thread, self._thread = self._thread, None
        self._stopped.set()
        if thread is not None:
            thread.join()

    def close(self) -> None:
        """Stop, and forget the callback."""
        self.stop()
        self._callback = None

    def _run(self, callback: AudioCallback, stopped: Event) -> None:
        block = BLOCK_SAMPLES / self._sample_rate
        out = np.zeros((BLOCK_SAMPLES, 2), np.float32)
        due = self._now()
        while not stopped.is_set():
            now = self._now()
            if now - due > 0.5:  # the machine slept: go on from here instead of racing to catch up
                due = now
            callback(out, due - now)
            due += block
            stopped.wait(max(0.0, due - self._now()))
