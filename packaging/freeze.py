#!/usr/bin/env python3
"""Build the one-folder program that starts without Python: `python3 launch.py package [-o DIR]`.

Plug-in folders are found at run time, so their modules are named here; what Starcut does not use of Qt is left out.
"""

from __future__ import annotations

import argparse
import pkgutil
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("studio_app", "ui", "timeline", "engines", "effects", "resources")
LEFT_OUT = (
    "tkinter pyqtgraph.opengl OpenGL IPython matplotlib scipy pandas pytest hypothesis mypy ast_serialize ruff coverage "
    "PySide6.QtQml PySide6.QtQuick PySide6.QtQuickWidgets "
    "PySide6.QtSql PySide6.QtTest PySide6.QtDesigner PySide6.QtHelp PySide6.QtPrintSupport PySide6.QtUiTools PySide6.QtXml"
).split()
BINARIES_LEFT_OUT = ("libqgtk3", "Qt6Qml", "Qt6Quick", "Qt6VirtualKeyboard", "Qt6Sql", "Qt6Designer", "Qt6Test", "Qt6Help", "Qt6Pdf")

SPEC = """
analysis = Analysis([{entry!r}], pathex=[{root!r}], datas={datas!r}, hiddenimports={hidden!r}, excludes={excludes!r})
analysis.binaries = [one for one in analysis.binaries if not any(name in one[0] for name in {binaries!r})]
program = EXE(PYZ(analysis.pure), analysis.scripts, [], exclude_binaries=True, name="starcut", console=True)
COLLECT(program, analysis.binaries, analysis.datas, name="starcut")
"""


def modules() -> list[str]:
    """Every module of our packages: the registries import them by their file's name."""
    sys.path.insert(0, str(ROOT))
    found = []
    for package in PACKAGES:
        found.append(package)
        found += [info.name for info in pkgutil.walk_packages([str(ROOT / package)], package + ".")]
    return found


def main() -> int:
    """Write the build's recipe to a temporary folder and run PyInstaller on it."""
    parser = argparse.ArgumentParser(prog="launch.py package", description=__doc__)
    parser.add_argument("-o", "--output", default=str(ROOT / "dist"), help="where the folder `starcut` goes (dist)")
    folder = Path(parser.parse_args().output).resolve()
    import PyInstaller.__main__

    datas = [(str(ROOT / "resources"), "resources"), (str(ROOT / "examples"), "examples")]
    datas.append((str(ROOT / "LICENSE"), "."))
    with tempfile.TemporaryDirectory(prefix="starcut-build-") as work:
        entry = Path(work) / "starcut.py"
        entry.write_text(
            "import sys\nfrom studio_app.__main__ import main\nif __name__ == '__main__':\n    sys.exit(main())\n", encoding="utf-8"
        )
        spec = Path(work) / "starcut.spec"
        spec.write_text(
            SPEC.format(
                entry=str(entry), root=str(ROOT), datas=datas, hidden=modules(), excludes=LEFT_OUT, binaries=BINARIES_LEFT_OUT
            ),
            encoding="utf-8",
        )
        PyInstaller.__main__.run(
            [str(spec), "--distpath", str(folder), "--workpath", work, "--noconfirm", "--log-level", "WARN"]
        )
    size = sum(path.stat().st_size for path in (folder / "starcut").rglob("*") if path.is_file() and not path.is_symlink())
    print(f"{folder / 'starcut'}: {size / 1e6:.0f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
