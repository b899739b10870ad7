"""Sound through PortAudio. Fulfils `engines.play.audio_sink.AudioSink`; where there is no device the player takes the wall clock."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from studio_app.services.audio_devices import outputs
from timeline.errors import StudioError

log = logging.getLogger(__name__)
AudioCallback = Callable[[NDArray[np.float32], float], None]
LATENCY_SECONDS: Final = 0.1


class NoDeviceError(StudioError):
    """There is nothing to play sound on."""


class PortAudioSink:
    """The system's default output in stereo, float32."""

    def __init__(self, latency_seconds: float = LATENCY_SECONDS) -> None:
        self._wanted = latency_seconds
        self.wanted_device: Callable[[], str] = str
        """Name of the output to open; empty: the system's default."""
        self._stream: Any = None

    def available(self) -> bool:
        """Whether there is a device to play on; takes some milliseconds."""
        try:
            import sounddevice
        except (ImportError, OSError) as error:
            log.info("no PortAudio: %s", error)
            return False
        try:
            return bool(sounddevice.query_devices(kind="output"))
        except (sounddevice.PortAudioError, ValueError) as error:
            log.info("no sound device: %s", error)
            return False

    @property
    def latency(self) -> float:
        """Seconds from the callback to the ear, as the device reports it."""
        return float(self._stream.latency) if self._stream is not None else 0.0

    def open(self, sample_rate: int, callback: AudioCallback) -> None:
        """Open the default device. Raises NoDeviceError where there is none, or no PortAudio."""
        self.close()
        try:
            import sounddevice  # late: loading PortAudio takes time, and it may be missing
        except (ImportError, OSError) as error:
            raise NoDeviceError("Sound cannot be played: PortAudio is not installed.", str(error)) from error
        try:
            self._stream = sounddevice.OutputStream(
                device=self._device(),
                samplerate=sample_rate,
                channels=2,
                dtype="float32",
                latency=self._wanted,
                callback=_adapted(callback),
            )
        except (sounddevice.PortAudioError, ValueError) as error:
            raise NoDeviceError("There is no sound device. Pictures play without sound.", str(error)) from error

    def _device(self) -> str | None:
        """The output that was chosen, while it is there."""
        wanted = self.wanted_device()
        return wanted if wanted and wanted in outputs() else None

    def start(self) -> None:
        """Begin to call the callback. Raises NoDeviceError when the device has gone since it was opened."""
        if self._stream is not None and not self._stream.active:
            import sounddevice

            try:
                self._stream.start()
            except sounddevice.PortAudioError as error:
                raise NoDeviceError("The sound device is gone. Pictures play without sound.", str(error)) from error

    def stop(self) -> None:
        """Stop at once; what was handed over is dropped."""
        if self._stream is not None and not self._stream.stopped:
            self._stream.abort()

    def close(self) -> None:
        """Give the device back."""
        stream, self._stream = self._stream, None
        if stream is not None:
            stream.close()


def _adapted(callback: AudioCallback) -> Callable[[NDArray[np.float32], int, Any, Any], None]:
    def call(out: NDArray[np.float32], frames: int, time: Any, status: Any) -> None:
        delay = time.outputBufferDacTime - time.currentTime
        callback(out, delay if 0 <= delay < 5 else 0.0)

    return call
