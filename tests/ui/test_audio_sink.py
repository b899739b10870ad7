"""The sound device, with PortAudio replaced by a module that keeps what it is given."""

import sys
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from ui.qt.audio_sink import NoDeviceError, PortAudioSink


class PortAudioError(Exception):
    pass


class Stream:
    """What sounddevice.OutputStream is to the sink."""

    latency = 0.08

    def __init__(self, **wanted: Any) -> None:
        self.wanted = wanted
        self.calls: list[str] = []
        self.active, self.stopped = False, True

    def start(self) -> None:
        self.calls.append("start")
        self.active, self.stopped = True, False

    def abort(self) -> None:
        self.calls.append("abort")
        self.active, self.stopped = False, True

    def close(self) -> None:
        self.calls.append("close")


@pytest.fixture
def sounddevice(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    module = ModuleType("sounddevice")
    module.PortAudioError = PortAudioError  # type: ignore[attr-defined]
    module.OutputStream = Stream  # type: ignore[attr-defined]
    module.query_devices = lambda kind: {"name": "card", "kind": kind}  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "sounddevice", module)
    return module


def test_the_callback_gets_the_block_and_its_delay(sounddevice: ModuleType) -> None:
    heard: list[tuple[int, float]] = []

    def fill(out: NDArray[np.float32], delay: float) -> None:
        out[:] = 0.5
        heard.append((len(out), delay))

    sink = PortAudioSink()
    sink.open(48000, fill)
    wanted = sink._stream.wanted
    assert (wanted["samplerate"], wanted["channels"], wanted["dtype"]) == (48000, 2, "float32")
    block = np.zeros((256, 2), np.float32)
    wanted["callback"](block, 256, SimpleNamespace(outputBufferDacTime=10.05, currentTime=10.0), None)
    assert heard == [(256, pytest.approx(0.05))]
    assert block.min() == 0.5
    wanted["callback"](block, 256, SimpleNamespace(outputBufferDacTime=0.0, currentTime=10.0), None)
    assert heard[-1] == (256, 0.0)
    assert sink.latency == pytest.approx(0.08)


def test_starting_stopping_and_closing_twice_is_fine(sounddevice: ModuleType) -> None:
    sink = PortAudioSink()
    sink.open(48000, lambda out, delay: None)
    stream = sink._stream
    for step in (sink.start, sink.start, sink.stop, sink.stop, sink.close, sink.close):
        step()
    assert stream.calls == ["start", "abort", "close"]
    assert sink.latency == 0


def test_without_a_device_it_says_so(sounddevice: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(**wanted: Any) -> None:
        raise PortAudioError("Error querying device -1")

    monkeypatch.setattr(sounddevice, "OutputStream", fails)
    monkeypatch.setattr(sounddevice, "query_devices", lambda kind: fails())
    sink = PortAudioSink()
    assert not sink.available()
    with pytest.raises(NoDeviceError, match="no sound device"):
        sink.open(48000, lambda out, delay: None)


def test_without_portaudio_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sounddevice", None)
    sink = PortAudioSink()
    assert not sink.available()
    with pytest.raises(NoDeviceError, match="PortAudio"):
        sink.open(48000, lambda out, delay: None)
