"""A form made from parameter descriptions: one row for each, 26 high, label and editor."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from effects.params import ParamSpec
from timeline.curve import Curve
from timeline.time import ZERO, RationalTime
from ui.form.editors.base import Editor
from ui.form.editors.choice import ChoiceEditor
from ui.form.editors.colour import ColourEditor
from ui.form.editors.file import FileEditor
from ui.form.editors.font import FontEditor
from ui.form.editors.number import NumberEditor
from ui.form.editors.text import LineEditor, MultilineEditor
from ui.form.editors.toggle import ToggleEditor
from ui.qt import icons, tokens
from ui.qt.language import FORM, translated
from ui.widgets import ElidedLabel

LABEL_WIDTH = 76
_WIDEST_LABEL = 104
_DIAMOND = 10
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
    """A parameter's name; a double click takes it back to its default. A diamond says that keyframes move it."""

    reset = Signal()
    animated = False

    def show_animated(self, animated: bool) -> None:
        """Whether the value changes over time."""
        if animated != self.animated:
            self.animated = animated
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The name, and the diamond at its right."""
        super().paintEvent(event)
        if self.animated:
            painter = QPainter(self)
            x = min(self.fontMetrics().horizontalAdvance(self.text()) + 4, self.width() - _DIAMOND)
            place = QRectF(x, (self.height() - _DIAMOND) / 2, _DIAMOND, _DIAMOND)
            icons.paint(painter, place, "diamond", tokens.color("accent.default"))
            painter.end()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.reset.emit()


class Form(QWidget):
    """Emits `changed(name, value)` while a hand moves and `finished` when it lets go."""

    changed = Signal(str, object)
    finished = Signal()

    def __init__(
        self, specs: Iterable[ParamSpec], *, label_width: int | None = None, row_height: int = 0, size: str = "ui"
    ) -> None:
        super().__init__()
        self.specs = tuple(_translated(spec) for spec in specs)
        self.editors: dict[str, Editor] = {}
        self._labels: dict[str, _Label] = {}
        self.has_curves = False
        self._row_height, self._size = row_height or tokens.size("row"), size
        self.setProperty("dense", self._row_height <= tokens.size("row"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        metrics = QFontMetrics(tokens.font())
        widest = max((metrics.horizontalAdvance(spec.label) for spec in self.specs), default=0) + 2
        self._label_width = label_width or min(max(LABEL_WIDTH, widest), _WIDEST_LABEL)
        for spec in self.specs:
            editor = editor_for(spec)
            if editor is not None:
                self.editors[spec.name] = editor
                column.addWidget(self._row(spec, editor))
        self.set_values({})

    def set_values(self, values: Mapping[str, Any], at: RationalTime = ZERO) -> None:
        """Show values by name, curves as they are at a source time; those not given show their default. Emits nothing."""
        self.has_curves = any(isinstance(value, Curve) for value in values.values())
        for spec in self.specs:
            if (editor := self.editors.get(spec.name)) is None:
                continue
            value = values.get(spec.name, spec.default)
            animated = isinstance(value, Curve)
            if isinstance(value, Curve):
                value = value.at(at)
            if value is not None:
                editor.set_value(value)
            editor.show_animated(animated)
            self._labels[spec.name].show_animated(animated)
            editor.setToolTip(self.tr("Changes over time by keyframes") if animated else "")

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
        self._labels[spec.name] = name
        row.setToolTip(spec.help)
        layout.addWidget(name, 0, Qt.AlignmentFlag.AlignTop if tall else Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(editor, 1)
        editor.name_parts()
        editor.changed.connect(lambda value: self.changed.emit(spec.name, value))
        editor.finished.connect(self.finished)
        return row

    def _reset(self, spec: ParamSpec) -> None:
        editor = self.editors[spec.name]
        if editor.isEnabled() and spec.default is not None:
            editor.set_value(spec.default)
            self.changed.emit(spec.name, spec.default)
            self.finished.emit()


def _translated(spec: ParamSpec) -> ParamSpec:
    """Label and sentence in the language of the window."""
    return replace(spec, label=translated(FORM, spec.label), help=translated(FORM, spec.help))


def _shown(text: str) -> str:
    """`Position x` reads `Position X`."""
    first, _, last = text.rpartition(" ")
    return f"{first} {last.upper()}" if first and len(last) == 1 else text
