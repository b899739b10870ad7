"""The filters that are on, as chips in the tab row: a press takes one away."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import PurePath

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from studio_app.catalogue.query import Query
from studio_app.session.constellation import Constellation
from studio_app.session.sky_asking import NOBODY
from studio_app.session.sky_looking import FOLDER
from studio_app.session.sky_stars import BOXES, FAMILIES
from ui import words
from ui.qt import icons, tokens
from ui.qt.draw import MIDDLE_LEFT, line_of
from ui.qt.language import QT_TRANSLATE_NOOP, translated

WIDEST = 170

Chip = tuple[str, bool, Callable[[], None], tuple[str, ...]]
"""Its words, whether it is the search (it wears the accent), what a press does, and colours that stand for words."""

_PLURALS = {
    "genre": QT_TRANSLATE_NOOP("SkyChips", "genres"),
    "pacing": QT_TRANSLATE_NOOP("SkyChips", "pacings"),
    "style": QT_TRANSLATE_NOOP("SkyChips", "styles"),
}


def chips_of(model: Constellation, name_of: Callable[[str], str]) -> Iterator[Chip]:
    """One for each filter that is on. `name_of` gives the name of a clip by its content."""
    for text, does in _searched(model, name_of):
        yield text, True, does, ()
    like = model.query.like
    if like is not None and like.palette:
        colours = tuple(colour for colour, _ in like.palette)
        said = words.plural(len(colours), QCoreApplication.translate("SkyChips", "colour"))
        yield said, True, lambda: model.look_like(palette=()), colours
    for text, does in _filtered(model):
        yield text, False, does, ()


def _searched(model: Constellation, name_of: Callable[[str], str]) -> Iterator[tuple[str, Callable[[], None]]]:
    """Words, clips, a picture."""
    like = model.query.like
    if model.words.strip():
        yield model.words.strip(), lambda: model.ask(words="")
    if like is None:
        return
    alike = QCoreApplication.translate("SkyChips", "Like {name}")
    if like.clips:
        many = len(like.clips)
        about = name_of(like.clips[0]) if many == 1 else words.plural(many, QCoreApplication.translate("Sky", "clip"))
        said = QCoreApplication.translate("SkyChips", "Unlike {name}") if like.unlike else alike
        yield said.format(name=about), lambda: model.compare(())
    if like.picture:
        path = PurePath(like.picture)
        said = alike.format(name=path.stem)
        if path.parent.name == FOLDER:
            said = QCoreApplication.translate("SkyChips", "Frame {timecode}").format(
                timecode=path.stem.replace(".", ":")
            )
        yield said, lambda: model.look_like(picture="")


def _filtered(model: Constellation) -> Iterator[tuple[str, Callable[[], None]]]:
    query = model.query

    def set_(**values: object) -> Callable[[], None]:
        return lambda: model.ask(replace(model.query, **values))  # type: ignore[arg-type]

    for family in FAMILIES:
        on = getattr(query, family)
        if on:
            number = 0 if on == (NOBODY,) else len(on)
            text = QCoreApplication.translate("SkyChips", "{number} of {all} {classes}")
            classes = translated("SkyChips", _PLURALS[family])
            yield text.format(number=number, all=len(BOXES[family]), classes=classes), set_(**{family: ()})
    elsewhere = model.other_projects.get(model.project_shown, "")
    if model.everywhere or elsewhere:
        everything = QCoreApplication.translate("SkyChips", "All projects")
        yield elsewhere or everything, lambda: model.set_everywhere(False)
    if query.used is not None:
        used = QCoreApplication.translate("SkyChips", "Used")
        yield used if query.used else QCoreApplication.translate("SkyChips", "Unused"), set_(used=None)
    if query.rating:
        yield "★" * query.rating, set_(rating=0)
    for tag in query.tags:
        yield tag, set_(tags=tuple(one for one in query.tags if one != tag))
    if query.engine:
        yield ", ".join(query.engine), set_(engine=())
    if query.own:
        yield words.plural(len(query.own), QCoreApplication.translate("SkyChips", "own cluster")), set_(own=())
    if query.most_cost is not None:
        yield f"≤ {words.money(Decimal(str(query.most_cost)))}", set_(most_cost=None)
    if query.made_from or query.made_until:
        yield _dates(query), set_(made_from="", made_until="")


def _dates(query: Query) -> str:
    start, end = query.made_from[:10] or "…", query.made_until[:10] or "…"
    return f"{start} – {end}"


class ChipButton(QAbstractButton):
    """Words with a cross."""

    def __init__(self, text: str, is_search: bool, pressed: Callable[[], None], colours: tuple[str, ...] = ()) -> None:
        super().__init__()
        self._is_search, self._colours = is_search, colours
        self.setText(text)
        self.setFont(tokens.font("ui"))
        self.setToolTip(self.tr("Take away: {filter}").format(filter=text))
        self.setAccessibleName(self.toolTip())
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.clicked.connect(lambda: pressed())

    def sizeHint(self) -> QSize:
        """As wide as its words, within reason."""
        told = 14 * len(self._colours) or self.fontMetrics().horizontalAdvance(self.text())
        return QSize(min(WIDEST, told + 36), 22)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The search in the accent, the others quiet."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        lit = self.underMouse() or self.hasFocus()
        painter.setPen(tokens.color("accent.default" if self._is_search or self.hasFocus() else "border.default"))
        painter.setBrush(
            tokens.color("surface.hover" if lit else "surface.selected" if self._is_search else "surface.control")
        )
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        for at, colour in enumerate(self._colours):
            painter.setPen(tokens.color("border.strong"))
            painter.setBrush(QColor(colour))
            painter.drawEllipse(QPointF(16 + 14 * at, self.height() / 2), 5, 5)
        painter.setPen(tokens.color("text.primary"))
        if not self._colours:
            line_of(painter, QRectF(10, 0, self.width() - 32, self.height()), self.text(), MIDDLE_LEFT)
        icons.paint(painter, QRectF(self.width() - 20, 5, 12, 12), "x", tokens.color("text.secondary"))
        painter.end()


class Chips(QWidget):
    """As many as there is room for; the last say how many more there are."""

    def __init__(self, model: Constellation, name_of: Callable[[str], str]) -> None:
        super().__init__()
        self._model, self._name_of = model, name_of
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 6, 0)
        self._line.setSpacing(6)
        self.buttons: list[ChipButton] = []
        self._told: list[tuple[str, tuple[str, ...]]] = []

    def follow(self, room: int) -> None:
        """Show what is on now, within so many pixels."""
        wanted = list(chips_of(self._model, self._name_of))
        told = [(text, colours) for text, _, _, colours in wanted] + [(str(room // 40), ())]
        if told == self._told:
            return
        self._told = told
        for button in self.buttons:
            self._line.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = []
        for text, is_search, pressed, colours in wanted:
            button = ChipButton(text, is_search, pressed, colours)
            if room < button.sizeHint().width() + 6:
                break
            room -= button.sizeHint().width() + 6
            self.buttons.append(button)
            self._line.addWidget(button)
