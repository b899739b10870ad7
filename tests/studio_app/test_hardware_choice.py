"""Which device decodes: by what its trial gave, the settings and the environment."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from engines.media.hardware_trial import Trial
from studio_app.services.hardware import FORCED, Hardware
from studio_app.services.jobs import plain_thread, run_now
from studio_app.services.settings import SettingsStore
from tests.engines.media.fake_devices import FakeDevice

GOOD = Trial("good", "", "", 300, 200, 100, 80)
SLOW = Trial("slow", "", "Encoding failed: no licence.", 50, 0, 100, 80)
BAD = Trial("bad", "Picture 3 is wrong (12 dB).", "", 900, 200, 100, 80)
DEVICES = tuple(FakeDevice(id=name, name=name.capitalize()) for name in ("bad", "slow", "good", "none"))


@pytest.fixture
def made(tmp_path: Path) -> Callable[[], tuple[Hardware, SettingsStore, list[str]]]:
    """A service as after a new start, and what it tries."""

    def make() -> tuple[Hardware, SettingsStore, list[str]]:
        tried: list[str] = []

        def trial(device: object) -> Trial:
            assert isinstance(device, FakeDevice)
            tried.append(device.id)
            return {"good": GOOD, "slow": SLOW, "bad": BAD}[device.id]

        devices = (*DEVICES[:3], FakeDevice(id="none", mode="absent"))
        settings = SettingsStore(tmp_path / "settings.json")
        return Hardware(settings, tmp_path, run_now, plain_thread, devices, trial), settings, tried

    return make


def looked(hardware: Hardware, *, again: bool = False) -> str:
    hardware.look(again=again)
    hardware.wait(10)
    return hardware.decoding.device.id if hardware.decoding.device else "software"


Made = Callable[[], tuple[Hardware, SettingsStore, list[str]]]


def test_auto_takes_the_first_device_that_is_right_and_quicker_and_tries_once_a_machine(
    made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    hardware, _, tried = made()
    assert looked(hardware) == "good"
    assert tried == ["bad", "slow", "good"]
    assert [one.id for one in hardware.encoders()] == ["bad", "good"]
    again, _, tried = made()
    assert looked(again) == "good"
    assert tried == []
    assert looked(again, again=True) == "good"
    assert len(tried) == 3
    monkeypatch.setattr("studio_app.services.hardware.fingerprint", lambda: "another driver")
    after, _, tried = made()
    looked(after)
    assert len(tried) == 3


def test_the_choice_can_be_forced_but_not_to_wrong_pictures(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    hardware, settings, _ = made()
    looked(hardware)
    for choice, used in (("slow", "slow"), ("bad", "software"), ("software", "software"), ("auto", "good")):
        settings.values.decoding = choice
        hardware.follow_settings()
        assert (hardware.decoding.device.id if hardware.decoding.device else "software") == used
    monkeypatch.setenv(FORCED, "software")
    forced, _, tried = made()
    assert looked(forced) == "software"
    assert (tried, forced.is_forced) == ([], True)  # nothing is even started


def test_a_device_that_fails_while_playing_is_named_and_not_taken_again(made: Made) -> None:
    hardware, _, _ = made()
    looked(hardware)
    device = hardware.decoding.device
    assert device is not None
    hardware.decoding._give_up(device, "the device is gone")
    assert hardware.decoding.device is None
    assert hardware.failed == {"good": "the device is gone"}
    hardware.follow_settings()
    assert hardware.decoding.device is None


def test_a_trial_that_breaks_off_is_a_fault_of_the_device_and_the_looking_ends(tmp_path: Path) -> None:
    def breaks(device: object) -> Trial:
        raise BrokenPipeError("the pipe has been ended")

    settings = SettingsStore(tmp_path / "settings.json")
    hardware = Hardware(settings, tmp_path, run_now, plain_thread, DEVICES[:1], breaks)
    assert looked(hardware) == "software"
    assert not hardware.is_trying
    assert "could not be made" in hardware.trials["bad"].decoding_fault
