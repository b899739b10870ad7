"""The desktop's services are asked over a bus of the test's own."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator

import pytest
from PySide6.QtCore import ClassInfo, QObject, Slot
from PySide6.QtDBus import QDBusConnection
from pytestqt.qtbot import QtBot

from ui.qt.awake import BusInhibitor

pytestmark = [
    pytest.mark.qt,
    pytest.mark.skipif(not sys.platform.startswith("linux") or not shutil.which("dbus-daemon"), reason="no D-Bus here"),
]


@ClassInfo({"D-Bus Interface": "org.freedesktop.ScreenSaver"})  # type: ignore[call-arg]  # its stub is wrong
class ScreenSaver(QObject):  # type: ignore[operator]
    """Writes down who asks."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[tuple[str, str]] = []

    @Slot(str, str, result=int)
    def Inhibit(self, who: str, why: str) -> int:
        self.asked.append((who, why))
        return 7


@pytest.fixture
def bus(monkeypatch: pytest.MonkeyPatch) -> Iterator[QDBusConnection]:
    command = ["dbus-daemon", "--session", "--nofork", "--print-address"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as daemon:
        assert daemon.stdout is not None
        address = daemon.stdout.readline().strip()
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nowhere")
        yield QDBusConnection.connectToBus(address, "of the test")
        QDBusConnection.disconnectFromBus("of the test")
        daemon.terminate()


def test_the_screen_saver_is_asked_and_sees_us_leave(bus: QDBusConnection, qtbot: QtBot) -> None:
    desktop = ScreenSaver()
    assert bus.registerObject("/org/freedesktop/ScreenSaver", desktop, QDBusConnection.RegisterOption.ExportAllSlots)
    assert bus.registerService("org.freedesktop.ScreenSaver")
    inhibitor = BusInhibitor()
    before = set(bus.interface().registeredServiceNames().value())
    inhibitor.hold("film.mp4 is being made")
    qtbot.waitUntil(lambda: desktop.asked == [("Starcut", "film.mp4 is being made")])
    there = set(bus.interface().registeredServiceNames().value()) - before
    assert len(there) == 1
    inhibitor.release()
    qtbot.waitUntil(lambda: not there & set(bus.interface().registeredServiceNames().value()))


def test_nothing_is_said_where_there_is_no_bus(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    for name in ("DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nowhere")
    inhibitor = BusInhibitor()
    inhibitor.hold("film.mp4 is being made")
    inhibitor.release()
    inhibitor.release()
    assert capfd.readouterr() == ("", "")
