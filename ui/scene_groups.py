"""The scene as a column of forms: one for each group of fields and for each entry of a list, with buttons that add entries."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from studio_app.session.scene_form import Adder, Group, Place, adders, groups_of, value_at
from ui.form.form import Form
from ui.form.section import Section
from ui.qt import tokens
from ui.qt.language import FORM, translated
from ui.widgets import push_button, tool_button

LABEL_WIDTH = 116
OPEN = ("Place", "Look", "Becomes")
"""The groups that are unfolded at first; entries of lists always are."""


class SceneGroups(QWidget):
    """Shows a scene. Emits where a hand set what, which entry goes, and which list is to have one more."""

    changed = Signal(object, object)
    """Place and value."""
    finished = Signal()
    removed = Signal(object)
    added = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.forms: dict[Place, Form] = {}
        self.sections: dict[Place, Section] = {}
        self._button_rows: list[QWidget] = []
        self._shape: tuple[Place, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, tokens.space(3), 0)
        self._column.setSpacing(0)

    def show_scene(self, plain: Mapping[str, Any]) -> None:
        """Show the values; forms are made anew only when a list has got longer or shorter."""
        groups = groups_of(plain)
        places = tuple((*group.place, *(spec.name for spec in group.specs)) for group in groups)
        if places != self._shape:
            self._build(groups)
            self._shape = places
        for group in groups:
            values = value_at(plain, group.place)
            self.forms[_key(group)].set_values({spec.name: values[spec.name] for spec in group.specs})

    def _build(self, groups: tuple[Group, ...]) -> None:
        """Put the sections in order; those that are there already stay as they are, folded or open."""
        while self._column.takeAt(0) is not None:
            pass
        for button_row in self._button_rows:
            button_row.hide()
            button_row.deleteLater()
        self._button_rows.clear()
        wanted = {_key(group) for group in groups}
        for key in [one for one in self.sections if one not in wanted]:
            gone = self.sections.pop(key)
            del self.forms[key]
            gone.hide()
            gone.deleteLater()
        rest = list(adders())
        for index, group in enumerate(groups):
            if _key(group) not in self.sections:
                self._make(group)
            self._column.addWidget(self.sections[_key(group)])
            following = groups[index + 1] if index + 1 < len(groups) else None
            if following is None or not (following.row or following.title == "Becomes"):
                self._add_buttons(group, rest)
        self._add_button_row(rest)
        self._column.addStretch(1)

    def _make(self, group: Group) -> None:
        form = Form(group.specs, label_width=LABEL_WIDTH)
        form.changed.connect(lambda name, value, place=group.place: self.changed.emit((*place, name), value))
        form.finished.connect(self.finished)
        self.forms[_key(group)] = form
        self.sections[_key(group)] = self._section(group, form)

    def _section(self, group: Group, form: Form) -> Section:
        """A group that folds."""
        title = translated(FORM, group.title)
        if group.row:
            title = f"{title} {int(group.place[1]) + 1}"
        section = Section(title, form, can_reset=False)
        if group.row:
            words = QCoreApplication.translate("SceneGroups", "Remove {what}").format(what=title.lower())
            button = tool_button("trash-2", words, icon_size=14)
            button.clicked.connect(lambda: self.removed.emit(group.place))
            section.buttons.addWidget(button)
        section.set_open(group.row or group.title in OPEN)
        return section

    def _add_buttons(self, group: Group, rest: list[Adder]) -> None:
        """The buttons of the lists whose entries stand here, or would."""
        near = _NEAR.get(group.title, ())
        mine = [one for one in rest if one.name in near]
        for one in mine:
            rest.remove(one)
        self._add_button_row(mine)

    def _add_button_row(self, row: list[Adder]) -> None:
        if not row:
            return
        holder = QWidget()
        line = QHBoxLayout(holder)
        line.setContentsMargins(28, 2, 0, 6)
        line.setSpacing(8)
        for adder in row:
            words = QCoreApplication.translate("SceneGroups", "Add {what}").format(
                what=translated(FORM, adder.title).lower()
            )
            button = push_button(words, "plus")
            button.clicked.connect(lambda _=False, one=adder: self.added.emit(one))
            line.addWidget(button)
        line.addStretch(1)
        self._button_rows.append(holder)
        self._column.addWidget(holder)


_NEAR = {
    "Place": ("subjects",), "Subject": ("subjects",), "Look": ("palettes",), "Palette": ("palettes",), "Camera": ("shots",),
    "Shot": ("shots",), "Life": ("beats",), "Beat": ("beats",), "Sound": ("texts",), "Text": ("texts",), "Becomes": ("keys",),
}  # fmt: skip


def _key(group: Group) -> Place:
    """What a form is kept under: two groups may lie at the same place."""
    return (group.title, *group.place)
