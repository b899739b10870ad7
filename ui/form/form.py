"""A form made from parameter descriptions: one row for each, 26 high, label and editor."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from effects.params import ParamSpec
from ui.form.editors.base import Editor
from ui.form.editors.choice import ChoiceEditor
from ui.form.editors.colour import ColourEditor
from ui.form.editors.file import FileEditor
from ui.form.editors.font import FontEditor
from ui.form.editors.number import NumberEditor
from ui.form.editors.text import LineEditor, MultilineEditor
from ui.form.editors.toggle import ToggleEditor
from ui.form.key_cell import WIDTH, KeyCell
from ui.qt import tokens
from ui.qt.language import FORM, translated
from ui.widgets import ElidedLabel

LABEL_WIDTH = 76
_WIDEST_LABEL = 104
_WIDEST_KEYED = 88
_BY_WIDGET: dict[str, type[Editor]] = {
    "colour": ColourEditor,
    "multiline": MultilineEditor,
    "file": FileEditor,
    "font": FontEditor,
}
_BY_KIND: dict[str, type[Editor]] = {
    "float": NumberEditor,
    "int": NumberEditor,
    "bool": ToggleEditor,
    "choice": ChoiceEditor,
    "text": LineEditor,
}


def editor_for(spec: ParamSpec) -> Editor | None:
    """The editor of a parameter: by its wish, else by its kind; None for kinds no hand edits."""
    made = _BY_WIDGET.get(spec.widget) or _BY_KIND.get(spec.kind)
    return made(spec) if made is not None else None


class _Label(ElidedLabel):
    """A parameter's name; a double click takes it back to its default."""

    reset = Signal()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.reset.emit()


class Form(QWidget):
    """Emits `changed(name, value)` while a hand moves and `finished` when it lets go.

    With `keyed`, a keyframe cell stands beside each value that can change over time.
    """

    changed = Signal(str, object)
    finished = Signal()

    def __init__(
        self,
        specs: Iterable[ParamSpec],
        *,
        label_width: int | None = None,
        row_height: int = 0,
        size: str = "ui",
        keyed: bool = False,
    ) -> None:
        super().__init__()
        self.specs = tuple(_translated(spec) for spec in specs)
        self.editors: dict[str, Editor] = {}
        self.cells: dict[str, KeyCell] = {}
        self._keyed = keyed and any(spec.animatable for spec in self.specs)
        self._row_height, self._size = row_height or tokens.size("row"), size
        self.setProperty("dense", self._row_height <= tokens.size("row"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        metrics = QFontMetrics(tokens.font())
        widest = max((metrics.horizontalAdvance(spec.label) for spec in self.specs), default=0) + 2
        self._label_width = label_width or min(
            max(LABEL_WIDTH, widest), _WIDEST_KEYED if self._keyed else _WIDEST_LABEL
        )
        for spec in self.specs:
            editor = editor_for(spec)
            if editor is not None:
                self.editors[spec.name] = editor
                column.addWidget(self._row(spec, editor))
        self.set_values({})

    def set_values(self, values: Mapping[str, Any], mixed: Collection[str] = ()) -> None:
        """Show values by name; those not given show their default, those `mixed` a dash. Emits nothing."""
        for spec in self.specs:
            if (editor := self.editors.get(spec.name)) is None:
                continue
            value = values.get(spec.name, spec.default)
            if value is not None:
                editor.set_value(value)
            editor.show_mixed(spec.name in mixed)

    def values(self) -> dict[str, Any]:
        """All values by name."""
        return {name: editor.value() for name, editor in self.editors.items()}

    def _row(self, spec: ParamSpec, editor: Editor) -> QWidget:
        row = QWidget()
        tall = spec.widget == "multiline"
        if not tall:  # a minimum of its own would let the layout squeeze a tall row to it
            row.setMinimumHeight(self._row_height)
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 4 if tall else 0)
        layout.setSpacing(8)
        name = _Label(_shown(spec.label), tone="secondary", size=self._size)
        name.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        name.setFixedWidth(self._label_width)
        name.reset.connect(lambda: self._reset(spec))
        row.setToolTip(spec.help)
        layout.addWidget(name, 0, Qt.AlignmentFlag.AlignTop if tall else Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(editor, 1)
        if self._keyed:
            layout.addWidget(self._key_place(spec), 0, Qt.AlignmentFlag.AlignVCenter)
        editor.name_parts()
        editor.changed.connect(lambda value: self.changed.emit(spec.name, value))
        editor.finished.connect(self.finished)
        return row

    def _key_place(self, spec: ParamSpec) -> QWidget:
        """The cell; beside a value that stays the same all along its empty place, so that fields end on one line."""
        if spec.animatable:
            self.cells[spec.name] = KeyCell(spec.label)
            return self.cells[spec.name]
        place = QWidget()
        place.setFixedWidth(WIDTH)
        return place

    def _reset(self, spec: ParamSpec) -> None:
        editor = self.editors[spec.name]
        if editor.isEnabled() and spec.default is not None:
            editor.set_value(spec.default)
            self.changed.emit(spec.name, spec.default)
            self.finished.emit()


def _translated(spec: ParamSpec) -> ParamSpec:
    """Label and sentence in the language of the window."""
    return replace(
        spec, label=translated(FORM, spec.label), help=translated(FORM, spec.help), unset=translated(FORM, spec.unset)
    )


def _shown(text: str) -> str:
    """`Position x` reads `Position X`."""
    first, _, last = text.rpartition(" ")
    return f"{first} {last.upper()}" if first and len(last) == 1 else text
