"""What is shipped beside the code: fonts, icons, themes. Read by importlib.resources, so it also works from a frozen build."""

from __future__ import annotations

from importlib.resources import files


def read_bytes(path: str) -> bytes:
    """A shipped file by its path below this folder (`"fonts/InterVariable.ttf"`). Raises FileNotFoundError."""
    return files("resources").joinpath(path).read_bytes()


def read_text(path: str) -> str:
    """A shipped text file, UTF-8."""
    return read_bytes(path).decode("utf-8")


def names(folder: str, suffix: str = "") -> tuple[str, ...]:
    """Names of the files in a folder below this one, sorted."""
    found = (entry.name for entry in files("resources").joinpath(folder).iterdir() if entry.is_file())
    return tuple(sorted(name for name in found if name.endswith(suffix)))
