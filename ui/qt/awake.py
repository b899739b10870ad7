"""Asking a Linux desktop over D-Bus not to sleep: the screen saver and power manager of the session, and logind."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from studio_app.services.awake import Inhibitor, system_inhibitor

if TYPE_CHECKING:
    from PySide6.QtDBus import QDBusPendingCall

_SESSION, _SYSTEM = "starcut-awake", "starcut-awake-system"
_DESKTOP = (
    ("org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver"),
    ("org.freedesktop.PowerManagement.Inhibit", "/org/freedesktop/PowerManagement/Inhibit"),
)
_LOGIN = ("org.freedesktop.login1", "/org/freedesktop/login1", "org.freedesktop.login1.Manager")


class BusInhibitor:
    """Asks on connections of its own and takes it back by closing them: the services let go of who left, even by a crash.

    Nobody waits for an answer. A service that is not there is no fault.
    """

    def __init__(self) -> None:
        self._answers: list[QDBusPendingCall] = []

    def hold(self, why: str) -> None:
        """Ask all that might listen."""
        from PySide6.QtDBus import QDBusConnection, QDBusMessage  # late: it is needed long after the window is up

        if has_session_bus():
            bus = QDBusConnection.connectToBus(QDBusConnection.BusType.SessionBus, _SESSION)
            for name, path in _DESKTOP:
                ask = QDBusMessage.createMethodCall(name, path, name, "Inhibit")
                ask.setArguments(["Starcut", why])
                self._answers.append(bus.asyncCall(ask))
        bus = QDBusConnection.connectToBus(QDBusConnection.BusType.SystemBus, _SYSTEM)
        if bus.isConnected():
            ask = QDBusMessage.createMethodCall(*_LOGIN, "Inhibit")
            ask.setArguments(["sleep:idle", "Starcut", why, "block"])
            self._answers.append(bus.asyncCall(ask))  # the answer holds a file; closing that ends it

    def release(self) -> None:
        """Leave."""
        from PySide6.QtDBus import QDBusConnection

        self._answers.clear()
        for name in (_SESSION, _SYSTEM):
            QDBusConnection.disconnectFromBus(name)


def window_inhibitor() -> Inhibitor:
    """The window's way to ask on this system."""
    return BusInhibitor() if sys.platform.startswith("linux") else system_inhibitor()


def has_session_bus() -> bool:
    """Whether one runs: asked without one, the library would start one and wait for it."""
    folder = os.environ.get("XDG_RUNTIME_DIR")
    return bool(os.environ.get("DBUS_SESSION_BUS_ADDRESS")) or bool(folder and Path(folder, "bus").exists())
