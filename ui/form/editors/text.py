"""A line, or several."""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from effects.params import ParamSpec
from ui.form.editors.base import DASH, Editor


class LineEditor(Editor):
    """One line."""

    def __init__(self, spec: ParamSpec) -> None:
        super().__init__(spec)
        self.field = QLineEdit()
        self.field.textEdited.connect(self._typed)
        self.field.editingFinished.connect(self._end)
        self.row.addWidget(self.field, 1)
        self._is_typing = False
        self._answer: str | None = None
        """What became of the text that is being typed: "rain," is "rain" to a list of tags, and the comma stays while typing."""

    def set_value(self, value: Any) -> None:
        """Show a text. What answers to typing is shown when that has ended."""
        text = str(value)
        if self._is_typing or text == self._answer:
            self._answer = text
            return
        self._answer = None
        self._show(text)

    def _show(self, text: str) -> None:
        if self.field.text() != text:
            self.field.setText(text)
            self.field.setCursorPosition(0)  # the beginning says what it is

    def _typed(self, text: str) -> None:
        self._is_typing, self._answer = True, None
        try:
            self.changed.emit(text)
        finally:
            self._is_typing = False

    def _end(self) -> None:
        answer, self._answer = self._answer, None
        if answer is not None:
            self._show(answer)
        self.finished.emit()

    def show_mixed(self, mixed: bool) -> None:
        """No text, a dash in its place."""
        self.field.setPlaceholderText(DASH if mixed else "")
        if mixed:
            self.set_value("")

    def value(self) -> Any:
        """The text."""
        return self.field.text()


class _Paper(QPlainTextEdit):
    def __init__(self, editor: MultilineEditor) -> None:
        super().__init__()
        self._editor = editor

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._editor.finished.emit()
        super().focusOutEvent(event)


class MultilineEditor(Editor):
    """Several lines."""

    def __init__(self, spec: ParamSpec) -> None:
        super().__init__(spec)
        self.field = _Paper(self)
        self.field.setFixedHeight(76)
        self.field.setTabChangesFocus(True)
        self.field.textChanged.connect(self._typed)
        self.row.addWidget(self.field, 1)
        self._silent = False

    def set_value(self, value: Any) -> None:
        """Show a text; the cursor stays where it is while typing."""
        if self.field.toPlainText() != str(value):
            self._silent = True
            self.field.setPlainText(str(value))
            self._silent = False

    def show_mixed(self, mixed: bool) -> None:
        """No text, a dash in its place."""
        self.field.setPlaceholderText(DASH if mixed else "")
        if mixed:
            self.set_value("")

    def value(self) -> Any:
        """The text."""
        return self.field.toPlainText()

    def _typed(self) -> None:
        if not self._silent:
            self.changed.emit(self.value())
