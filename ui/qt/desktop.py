"""Notes and progress where the system shows them: a Linux desktop over D-Bus, elsewhere the tray; the window asks for attention."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QSystemTrayIcon, QWidget

from ui.qt.awake import has_session_bus

if TYPE_CHECKING:
    from PySide6.QtDBus import QDBusConnection, QDBusPendingCall

_NAME = "starcut-notes"
_PORTAL = "org.freedesktop.portal"
_NOTES = (f"{_PORTAL}.Desktop", "/org/freedesktop/portal/desktop", f"{_PORTAL}.Notification", "AddNotification")
_LAUNCHER = ("/", "com.canonical.Unity.LauncherEntry", "Update")
_APPLICATION = "application://starcut.desktop"


class WindowDesktop:
    """What the desktop of a window can do (studio_app.services.notices.Desktop). Nobody waits for an answer."""

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self._tray: QSystemTrayIcon | None = None
        self._answers: list[QDBusPendingCall] = []

    def tell(self, title: str, text: str) -> None:
        """A note by the desktop; the entry of the task bar asks for attention as well."""
        QApplication.alert(self._window)
        if sys.platform.startswith("linux"):
            if has_session_bus():
                self._note(title, text)
        elif QSystemTrayIcon.isSystemTrayAvailable():
            if self._tray is None:
                self._tray = QSystemTrayIcon(self._window.windowIcon(), self._window)
            self._tray.show()
            self._tray.showMessage(title, text)

    def progress(self, fraction: float | None) -> None:
        """In the entry of the task bar, on desktops that follow Unity's launcher protocol (KDE, Ubuntu's dock, Dash to Dock)."""
        if not sys.platform.startswith("linux") or not has_session_bus():
            return
        from PySide6.QtDBus import QDBusMessage  # late: it is needed long after the window is up

        signal = QDBusMessage.createSignal(*_LAUNCHER)
        seen = fraction is not None
        signal.setArguments([_APPLICATION, {"progress": float(fraction or 0.0), "progress-visible": seen}])
        _bus().send(signal)

    def _note(self, title: str, text: str) -> None:
        """By the portal: its notes are plain words, where those of the older interface want numbers that Qt for Python cannot say."""
        from PySide6.QtDBus import QDBusMessage

        ask = QDBusMessage.createMethodCall(*_NOTES)
        ask.setArguments(["starcut-done", {"title": title, "body": text}])
        self._answers.append(_bus().asyncCall(ask))
        del self._answers[:-4]


def _bus() -> QDBusConnection:
    from PySide6.QtDBus import QDBusConnection

    if address := os.environ.get("DBUS_SESSION_BUS_ADDRESS"):
        return QDBusConnection.connectToBus(address, _NAME)
    return QDBusConnection.connectToBus(QDBusConnection.BusType.SessionBus, _NAME)
