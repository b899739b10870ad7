"""Showing a file in the system's file manager."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices


def reveal(path: str | Path) -> None:
    """Open the folder of a file, with the file selected where the system can do that."""
    file = Path(path).absolute()
    if file.exists() and sys.platform == "win32":
        subprocess.Popen(["explorer", "/select,", str(file)])
    elif file.exists() and sys.platform == "darwin":
        subprocess.Popen(["open", "-R", str(file)])
    else:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(file.parent)))
