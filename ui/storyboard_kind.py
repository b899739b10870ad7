"""What kind of film a storyboard is and the preset it goes by, as menus: the rules of *Auto* read both."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from studio_app.planning.film_kind import KIND, KINDS, PRESET, PRESETS
from studio_app.session.session import Session
from studio_app.session.storyboarding import board_of
from timeline.commands.set_storyboard import SetStoryboard
from ui import words
from ui.qt.language import QT_TRANSLATE_NOOP, translated

_CONTEXT = "StoryboardKind"
_SAID = {
    "film": QT_TRANSLATE_NOOP("StoryboardKind", "Shots of a film"),
    "reel": QT_TRANSLATE_NOOP("StoryboardKind", "Scenes of a reel"),
    "": QT_TRANSLATE_NOOP("StoryboardKind", "No preset"),
    "product_hero_clean": QT_TRANSLATE_NOOP("StoryboardKind", "Product, clean"),
    "cinematic_story": QT_TRANSLATE_NOOP("StoryboardKind", "Cinematic story"),
    "stylized_promo": QT_TRANSLATE_NOOP("StoryboardKind", "Stylised promo"),
}


def routing_menus(parent: QWidget, session: Session) -> tuple[QAction, ...]:
    """Two lines that open: what kind of film, which preset; the present one is ticked."""
    board = board_of(session)
    if board is None:
        return ()
    kind, preset = (str(board.extra.get(name) or "") for name in (KIND, PRESET))
    return (
        _menu(parent, session, QCoreApplication.translate(_CONTEXT, "Kind of film"), KIND, KINDS, kind or KINDS[0]),
        _menu(parent, session, QCoreApplication.translate(_CONTEXT, "Preset of Auto"), PRESET, ("", *PRESETS), preset),
    )


def _menu(parent: QWidget, session: Session, title: str, name: str, values: tuple[str, ...], now: str) -> QAction:
    menu = QMenu(title, parent)
    group = QActionGroup(menu)
    for value in values:
        action = menu.addAction(translated(_CONTEXT, _SAID.get(value, words.title_case(value))))
        action.setCheckable(True)
        action.setChecked(value == now)
        group.addAction(action)
        action.triggered.connect(partial(_set, session, name, "" if value == KINDS[0] else value))
    return menu.menuAction()


def _set(session: Session, name: str, value: str, _: bool = False) -> None:
    board = board_of(session)
    if board is None or str(board.extra.get(name) or "") == value:
        return
    extra = {key: one for key, one in board.extra.items() if key != name}
    session.document.do_alone(SetStoryboard(board.id, {"extra": extra | ({name: value} if value else {})}))
