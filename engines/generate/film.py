"""From drawn frames to a film file: one thread draws, the caller encodes, nothing half made is left."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from queue import Empty, Full, Queue
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from effects.frame import Frame
from engines.errors import EngineError
from engines.generate.base import JobLike
from engines.media.writer import MovieWriter
from timeline.atomic import whole_file
from timeline.time import FrameRate

_AHEAD = 6
TAKE_KEY_FRAME_SECONDS = 0.5
"""Takes are there to be cut: a seek into one decodes at most this much."""


class Drawer(Protocol):
    """Draws frame `index` of a film; called from one thread, in order."""

    def __call__(self, index: int) -> Frame:
        """The picture, YUV420 of the film's size."""


def film_frames(drawer: Drawer, count: int) -> Iterator[Frame]:
    """Frames 0..count-1, drawn ahead on a thread that ends with the iterator; its errors come out here."""
    queue: Queue[Frame | BaseException] = Queue(_AHEAD)
    stop = threading.Event()

    def put(item: Frame | BaseException) -> None:
        while not stop.is_set():
            with suppress(Full):
                queue.put(item, timeout=0.2)
                return

    def draw() -> None:
        try:
            for index in range(count):
                if stop.is_set():
                    return
                put(drawer(index))
        except BaseException as error:  # noqa: BLE001 - handed to the thread that waits for the frame
            put(error)

    thread = threading.Thread(target=draw, name="draw film", daemon=True)
    thread.start()
    try:
        for _ in range(count):
            item = _next(queue, thread)
            if isinstance(item, BaseException):
                raise item
            yield item
    finally:
        stop.set()
        with suppress(Empty):
            while True:
                queue.get_nowait()
        thread.join()


def _next(queue: Queue[Frame | BaseException], thread: threading.Thread) -> Frame | BaseException:
    while True:
        try:
            return queue.get(timeout=1.0)
        except Empty:
            if not thread.is_alive() and queue.empty():
                return EngineError("The picture could not be drawn; try again.", "draw thread ended early", True)


def write_film(
    target: Path,
    drawer: Drawer,
    count: int,
    *,
    size: tuple[int, int],
    rate: FrameRate,
    samples: NDArray[np.float32] | None,
    job: JobLike,
    first: float = 0.0,
    note: str = "Drawing",
    words: str = "",
    recipe: str = "",
) -> None:
    """Encode `count` frames (and 48 kHz stereo `samples`) to `target`, by way of a `.part` file beside it.

    `words`, what it was asked for, stay in the film as its comment: the catalogue finds it by them. So does its `recipe`.
    Progress runs from `first` to 1. Raises Cancelled, MediaError or what the drawer raises; then no file is left.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    with (
        whole_file(target) as part,
        MovieWriter(
            part,
            width=size[0],
            height=size[1],
            rate=rate,
            with_audio=samples is not None,
            key_frame_seconds=TAKE_KEY_FRAME_SECONDS,
            note=words,
            recipe=recipe,
        ) as writer,
    ):
        _encode(writer, drawer, count, rate, samples, job, first, note)


def _encode(
    writer: MovieWriter,
    drawer: Drawer,
    count: int,
    rate: FrameRate,
    samples: NDArray[np.float32] | None,
    job: JobLike,
    first: float,
    note: str,
) -> None:
    written = 0
    frames = film_frames(drawer, count)
    try:
        for index, frame in enumerate(frames):
            job.check()
            writer.write_frame(frame)
            if samples is not None:
                until = round((index + 1) * 48000 / rate)
                writer.write_samples(samples[written:until])
                written = until
            job.progress(first + (1 - first) * (index + 1) / count, note)
    finally:
        close = getattr(frames, "close", None)
        if close is not None:
            close()


def sound_of(
    samples: NDArray[np.float32] | None, count: int, rate: FrameRate, silent: bool = True
) -> NDArray[np.float32] | None:
    """`samples` cut or padded with silence to exactly `count` frames; silence (or None) when there are none."""
    length = round(count * 48000 / rate)
    if samples is None:
        return np.zeros((length, 2), np.float32) if silent else None
    if len(samples) >= length:
        return samples[:length]
    return np.concatenate([samples, np.zeros((length - len(samples), 2), np.float32)])
