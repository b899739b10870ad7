from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QImage

import resources
import studio_app
import ui
from studio_app.actions.registry import Actions
from ui.qt import icons, tokens
from ui.shot_items import STATES

pytestmark = pytest.mark.qt


def colours_of(image: QImage) -> set[str]:
    found = set()
    for y in range(image.height()):
        for x in range(image.width()):
            colour = QColor.fromRgba(image.pixel(x, y))
            if colour.alpha() == 255:
                found.add(colour.name())
    return found


def test_every_action_that_names_an_icon_has_it(actions: Actions) -> None:
    assert {one.icon for one in actions if one.icon} <= icons.names()


def test_every_state_of_a_shot_has_its_icon() -> None:
    assert {icon for icon, _, _ in STATES.values()} <= icons.names()


@pytest.mark.parametrize("name", sorted(icons.names()))
def test_every_icon_draws_something(name: str) -> None:
    assert not icons.icon(name).pixmap(QSize(16, 16)).toImage().allGray() or colours_of(
        icons.icon(name).pixmap(QSize(32, 32)).toImage()
    )


def test_an_icon_takes_the_colour_of_its_state() -> None:
    icon = icons.icon("mark", "text.secondary", "text.primary", "accent.default")
    off = icon.pixmap(QSize(64, 64), QIcon.Mode.Normal, QIcon.State.Off).toImage()
    on = icon.pixmap(QSize(64, 64), QIcon.Mode.Normal, QIcon.State.On).toImage()
    assert tokens.hex_of("text.secondary") in colours_of(off)
    assert tokens.hex_of("accent.default") in colours_of(on)
    assert tokens.hex_of("text.secondary") not in colours_of(on)


def test_an_unknown_icon_is_an_error_at_once() -> None:
    with pytest.raises(KeyError, match="no icon 'nothing'"):
        icons.icon("nothing")


def test_every_icon_is_used_somewhere() -> None:
    """Those of `resources/icons` that nothing names any more only make the program larger."""
    roots = [Path(ui.__file__).parent, Path(studio_app.__file__).parent, Path(resources.__file__).parent]
    files = [path for root in roots for suffix in ("*.py", "*.toml", "*.json") for path in root.rglob(suffix)]
    text = "\n".join(path.read_text("utf-8") for path in files)
    unused = [name for name in sorted(icons.names()) if f'"{name}"' not in text and f"'{name}'" not in text]
    assert unused == []
