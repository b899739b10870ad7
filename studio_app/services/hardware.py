"""Which video devices there are, whether they give right pictures, and which one is used. Software where none does."""

from __future__ import annotations

import json
import logging
import os
import platform
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

import av

from engines.media.hardware import DEVICES, Device, DeviceDecoding, device_named
from engines.media.hardware_trial import Trial, try_device
from studio_app.services.jobs import Joinable, Post, StartThread
from studio_app.services.settings import SettingsStore
from studio_app.services.signal import Signal
from timeline.atomic import write_atomically

log = logging.getLogger(__name__)

__all__ = ["AUTO", "FORCED", "SOFTWARE", "Hardware", "Trial", "name_of", "told"]

AUTO, SOFTWARE = "auto", "software"
FORCED = "STARCUT_DECODING"
"""This variable of the environment counts more than the settings: `auto`, `software` or the id of a device."""


class Hardware:
    """Tries the devices once for each machine, driver and codec library, on a thread in the background. Main thread."""

    def __init__(
        self,
        settings: SettingsStore,
        cache: Path,
        post: Post,
        start_thread: StartThread,
        devices: tuple[Device, ...] = DEVICES,
        trial: Callable[[Device], Trial] = try_device,
    ) -> None:
        self.changed: Signal[[]] = Signal()
        self.decoding = DeviceDecoding(lambda device, why: post(lambda: self._has_failed(device, why)))
        self.devices = tuple(one for one in devices if sys.platform.startswith(one.systems))
        """Those of this system."""
        self.trials: dict[str, Trial] = {}
        """What came of the trials so far, by device id."""
        self.failed: dict[str, str] = {}
        """Devices that failed while films were played, and why; software decodes since."""
        self._settings, self._file = settings, cache / "hardware.json"
        self._post, self._start_thread, self._try = post, start_thread, trial
        self._thread: Joinable | None = None
        self._was_asked = False
        self.is_trying = False
        """Whether trials are under way."""

    @property
    def choice(self) -> str:
        """`auto`, `software` or a device id: by the environment, else by the settings."""
        return os.environ.get(FORCED, "").strip().lower() or self._settings.values.decoding

    @property
    def is_forced(self) -> bool:
        """Whether the environment decides."""
        return bool(os.environ.get(FORCED, "").strip())

    def look(self, *, again: bool = False) -> None:
        """Try the devices in the background, unless it is known what they do; `again`: in any case."""
        self._was_asked = True
        if self.choice == SOFTWARE and not again:
            self._choose()
            return
        if not self.is_trying:
            self.is_trying = True
            if again:
                self.failed.clear()
            self._thread = self._start_thread("hardware trial", lambda: self._try_all(again))

    def follow_settings(self) -> None:
        """The choice may be another one."""
        self._choose()
        if self._was_asked and self.choice != SOFTWARE and not self.trials:
            self.look()

    def wait(self, seconds: float) -> None:
        """Wait a little for the trials under way."""
        if self._thread is not None:
            self._thread.join(seconds)

    def close(self, timeout: float = 0.5) -> None:
        """Wait a little for the trial under way: it ends by itself within its limit."""
        if self._thread is not None:
            self._thread.join(timeout)

    def encoders(self) -> tuple[Device, ...]:
        """Devices whose encoder passed its trial."""
        return tuple(one for one in self.devices if one.id in self.trials and not self.trials[one.id].encoding_fault)

    def decoders(self) -> tuple[Device, ...]:
        """Devices whose decoder passed its trial."""
        return tuple(one for one in self.devices if one.id in self.trials and not self.trials[one.id].decoding_fault)

    def _try_all(self, again: bool) -> None:
        """On the background thread."""
        known = {} if again else self._known()
        found: dict[str, Trial] = {}
        tried: dict[str, Trial] = {}
        for device in self.devices:
            if why := device.why_not():  # seen anew each time: it costs nothing
                found[device.id] = Trial(device.id, why, why)
            else:
                found[device.id] = tried[device.id] = known.get(device.id) or self._tried(device)
        if tried and tried != known:
            self._keep(tried)
        self._post(lambda: self._arrived(found))

    def _tried(self, device: Device) -> Trial:
        try:
            return self._try(device)
        except Exception as error:  # fence: whatever it is, software decodes, and whoever waits is told
            log.exception("the trial of %s failed", device.id)
            why = f"The trial could not be made: {error}."
            return Trial(device.id, why, why)

    def _arrived(self, found: Mapping[str, Trial]) -> None:
        self.trials, self.is_trying = dict(found), False
        self._choose()

    def _choose(self) -> None:
        self.decoding.use(self._chosen())
        self.changed.emit()

    def _chosen(self) -> Device | None:
        """A named device must have passed; auto takes the first that is also quicker than software here."""
        if self.choice == SOFTWARE:
            return None
        passed = [one for one in self.decoders() if one.id not in self.failed]
        if self.choice == AUTO:
            return next((one for one in passed if self.trials[one.id].is_quicker), None)
        return device_named(self.choice, tuple(passed))

    def _has_failed(self, device: Device, why: str) -> None:
        log.warning("decoding on %s failed: %s", device.id, why)
        self.failed[device.id] = why
        self.changed.emit()

    def _known(self) -> dict[str, Trial]:
        try:
            stored = json.loads(self._file.read_bytes())
            if stored["for"] == fingerprint():
                return {one["device_id"]: Trial(**one) for one in stored["trials"]}
        except (OSError, ValueError, TypeError, KeyError):
            pass
        return {}

    def _keep(self, trials: Mapping[str, Trial]) -> None:
        tried = [asdict(one) for one in trials.values()]
        try:
            write_atomically(self._file, json.dumps({"for": fingerprint(), "trials": tried}, indent=1).encode())
        except OSError as error:
            log.warning("trials could not be kept: %s", error)


def name_of(device: Device | None) -> str:
    """For people."""
    return device.name if device is not None else "software"


def told(trial: Trial) -> str:
    """What came of a trial, in words."""
    if trial.decoding_fault and trial.decoding_fault == trial.encoding_fault:
        return trial.decoding_fault
    parts = []
    for what, fault, fps, soft in (
        ("Decodes", trial.decoding_fault, trial.decoding_fps, trial.software_decoding_fps),
        ("Encodes", trial.encoding_fault, trial.encoding_fps, trial.software_encoding_fps),
    ):
        parts.append(fault or f"{what} right, {fps:.0f} pictures a second (software {soft:.0f}).")
    return " ".join(parts)


def fingerprint() -> str:
    """What the outcome of a trial depends on: machine, system, driver, codec library."""
    libraries = ",".join(
        f"{name}{'.'.join(map(str, version))}" for name, version in sorted(av.library_versions.items())
    )
    return "|".join((platform.node(), platform.platform(), _driver(), av.__version__, libraries))


def _driver() -> str:
    """What Linux tells of its graphics drivers; other systems change their platform's version with them."""
    parts = []
    with suppress(OSError, IndexError):
        parts.append(Path("/proc/driver/nvidia/version").read_text().splitlines()[0])
    for card in sorted(Path("/sys/class/drm").glob("renderD*/device")):
        with suppress(OSError):
            parts.append("".join((card / name).read_text().strip() for name in ("vendor", "device")))
    return ",".join(parts)
