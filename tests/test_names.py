"""The top-level names are generic: nothing installed may bring one of them, and ours are listed one by one."""

from __future__ import annotations

import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
OURS = {"studio_app", "ui", "timeline", "engines", "effects", "resources"}


def test_no_dependency_ships_one_of_our_names() -> None:
    taken = {
        name: owners for name, owners in packages_distributions().items() if name in OURS and owners != ["starcut"]
    }
    assert taken == {}


def test_every_package_is_listed_in_pyproject() -> None:
    listed = set(tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]["packages"])
    there = {
        ".".join(path.parent.relative_to(ROOT).parts) for top in OURS for path in (ROOT / top).rglob("__init__.py")
    }
    assert listed == there


def test_packaging_is_no_package() -> None:
    assert not (ROOT / "packaging" / "__init__.py").exists()
    assert not (ROOT / "packaging" / "build.py").exists()


def test_every_folder_of_code_is_on_the_map() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    start = page.index("## 4. Who owns what")
    owners = page[start : page.index("## 5.", start)]
    folders = {path.parent.relative_to(ROOT) for top in OURS for path in (ROOT / top).rglob("__init__.py")}
    near = {folder for folder in folders if len(folder.parts) <= 3 and folder.name != "resources"}
    assert [str(folder) for folder in sorted(near) if f"{folder.name}/" not in owners] == []
