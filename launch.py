#!/usr/bin/env python3
"""Start Starcut from a fresh clone with nothing but Python: sets up once, then runs.

python3 launch.py            open the editor
python3 launch.py demo       make the example film and open it where there is a screen
python3 launch.py test       run the tests
python3 launch.py package    build a folder that runs without Python
python3 launch.py WORD ...   any other word goes to the command line (try --help)
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = Path(os.environ.get("STARCUT_VENV", ROOT / ".venv"))
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

# What Qt and PortAudio load from a Linux system: library -> Debian and Fedora packages that bring it.
SYSTEM_LIBRARIES = {
    "libGL.so.1": ("libgl1", "libglvnd-glx"),
    "libEGL.so.1": ("libegl1", "libglvnd-egl"),
    "libxkbcommon.so.0": ("libxkbcommon0", "libxkbcommon"),
    "libdbus-1.so.3": ("libdbus-1-3", "dbus-libs"),
    "libfontconfig.so.1": ("libfontconfig1", "fontconfig"),
    "libglib-2.0.so.0": ("libglib2.0-0", "glib2"),
    "libbrotlidec.so.1": ("libbrotli1", "libbrotli"),
    "libportaudio.so.2": ("libportaudio2", "portaudio"),
}
SCREEN_LIBRARIES = {
    "libxcb-cursor.so.0": ("libxcb-cursor0", "xcb-util-cursor"),
    "libxkbcommon-x11.so.0": ("libxkbcommon-x11-0", "libxkbcommon-x11"),
    "libxcb-icccm.so.4": ("libxcb-icccm4", "xcb-util-wm"),
    "libxcb-keysyms.so.1": ("libxcb-keysyms1", "xcb-util-keysyms"),
    "libxcb-shape.so.0": ("libxcb-shape0", "libxcb"),
}


def main(words: list[str]) -> int:
    """Set up if need be, then do what the first word says."""
    word = words[0] if words else ""
    if word in ("-h", "--help") and not stamp_is_right("run"):
        print(__doc__)
        return 0
    extra = {"test": "test", "package": "package"}.get(word, "")
    set_up(extra)
    environment = dict(
        os.environ, PYTHONPATH=os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]).rstrip(os.pathsep)
    )
    if not has_screen():
        environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    if word == "test":
        command = ["-m", "pytest", *words[1:]]
    elif word == "package":
        command = [str(ROOT / "packaging" / "freeze.py"), *words[1:]]
    elif word == "demo":
        command = ["-m", "studio_app", "demo", *words[1:]]
    else:
        command = ["-m", "studio_app", *words]
    try:
        return subprocess.call(
            [str(PYTHON), *command], env=environment, cwd=ROOT if word in ("test", "package") else None
        )
    except KeyboardInterrupt:
        return 130


def set_up(extra: str) -> None:
    """Make the virtual environment once, again when what it should hold has changed; then check the system's libraries."""
    if sys.version_info < (3, 11):
        sys.exit(
            f"Starcut needs Python 3.11 or newer; this is {sys.version.split()[0]}. Run launch.py with a newer python3."
        )
    stamps = ["run", extra] if extra else ["run"]
    missing = [one for one in stamps if not stamp_is_right(one)]
    if missing:
        if not PYTHON.exists():
            print(f"Making {VENV} …", flush=True)
            try:
                venv.create(VENV, with_pip=True, clear=VENV.exists())
            except (OSError, subprocess.CalledProcessError) as error:
                sys.exit(
                    f"The virtual environment could not be made: {error}. On Debian or Ubuntu: apt install python3-venv"
                )
        print("Installing what Starcut needs (once, about 300 MB) …", flush=True)
        install(extra)
        for one in stamps:
            stamp_file(one).write_text(fingerprint(one), encoding="utf-8")
    if sys.platform.startswith("linux"):
        check_system_libraries()


def install(extra: str) -> None:
    """Install the dependencies at the versions that constraints.txt fixes. The project itself runs from its folder."""
    wanted = requirements("dependencies")
    if extra:
        wanted += requirements(extra)
    pip = [
        str(PYTHON),
        "-m",
        "pip",
        "install",
        "-qq",
        "--disable-pip-version-check",
        "-c",
        str(ROOT / "constraints.txt"),
    ]
    if subprocess.call([*pip, *wanted]) != 0:
        sys.exit("Installing failed; the reason stands above. Check the network and run the same command again.")


def requirements(section: str) -> list[str]:
    """The requirement strings of pyproject.toml: `dependencies` or one of the extras."""
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return list(project["dependencies"] if section == "dependencies" else project["optional-dependencies"][section])


def stamp_file(kind: str) -> Path:
    """Where it stands noted what was installed."""
    return VENV / f".starcut-{kind}"


def stamp_is_right(kind: str) -> bool:
    """Whether what is installed is what the project asks for now."""
    try:
        return PYTHON.exists() and stamp_file(kind).read_text(encoding="utf-8") == fingerprint(kind)
    except OSError:
        return False


def fingerprint(kind: str) -> str:
    """Changes with the Python, the dependencies and the constraints."""
    digest = hashlib.sha256(f"{kind} {sys.version_info[:2]}".encode())
    for name in ("pyproject.toml", "constraints.txt"):
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


def has_screen() -> bool:
    """Whether a window can be shown. Windows and macOS are taken to have one."""
    if not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def check_system_libraries() -> None:
    """Name what Qt and PortAudio miss, or install it where we may (root on Debian or Ubuntu)."""
    wanted = {**SYSTEM_LIBRARIES, **(SCREEN_LIBRARIES if has_screen() else {})}
    missing = [name for name in wanted if not loads(name)]
    if not missing:
        return
    apt = shutil.which("apt-get")
    packages = [wanted[name][0 if apt or not shutil.which("dnf") else 1] for name in missing]
    if apt and hasattr(os, "geteuid") and os.geteuid() == 0:
        print(f"Installing system libraries: {' '.join(packages)} …", flush=True)
        quiet = {"stdout": subprocess.DEVNULL, "env": dict(os.environ, DEBIAN_FRONTEND="noninteractive")}
        subprocess.call([apt, "update", "-qq"], **quiet)
        subprocess.call([apt, "install", "-y", "-qq", "--no-install-recommends", *packages], **quiet)
        missing = [name for name in missing if not loads(name)]
        packages = [wanted[name][0] for name in missing]
    needed = [name for name in missing if name != "libportaudio.so.2"]
    if missing and not needed:
        print(
            f"Without {packages[0]} Starcut has no sound (pictures play by the clock). Install it to hear.",
            file=sys.stderr,
        )
    if needed:
        how = (
            "sudo apt install"
            if apt
            else "sudo dnf install"
            if shutil.which("dnf")
            else "with your package manager, install"
        )
        sys.exit(
            f"Starcut needs system libraries that are not there ({', '.join(needed)}):\n    {how} {' '.join(packages)}"
        )


def loads(name: str) -> bool:
    """Whether the system finds and loads a shared library."""
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
