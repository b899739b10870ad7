"""Looks that were found in films, what may be learnt of them, and what was."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from studio_app.session.learnt import Entry, Nudge, Suggestion, in_words, use_look
from timeline.commands.set_learnt import SetLearnt
from timeline.errors import StudioError
from ui.look_row import LookRow
from ui.preference_page import FORM_WIDTH, PreferencePage
from ui.qt import tokens
from ui.qt.language import QT_TRANSLATE_NOOP
from ui.widgets import ElidedLabel, label, push_button, row, search_mark, tool_button

_MOST_ROWS = 10
_WIDTH = FORM_WIDTH + 40


class LooksPage(PreferencePage):
    """Found looks with their colours; suggestions, which count only when they are accepted."""

    title: ClassVar[str] = QT_TRANSLATE_NOOP("PreferencePage", "Looks")
    order: ClassVar[int] = 26

    def build(self) -> None:
        """Looks, suggestions, what was accepted."""
        self.add_section(
            self.tr("Looks found"),
            self.tr("In takes that came out well. Name one in a description: “a harbour, like Amber Drift”."),
        )
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search looks"))
        self.search.setAccessibleName(self.tr("Search looks"))
        self.search.setClearButtonEnabled(True)
        self.search.setMaximumWidth(_WIDTH)
        search_mark(self.search)
        self.search.textChanged.connect(lambda _: self._show_looks())
        self.column.addWidget(self.search)
        self.looks = self._list()
        self.problem = label("", "failed")
        self.problem.setWordWrap(True)
        self.problem.hide()
        self.column.addWidget(self.problem)
        self.add_section(
            self.tr("Suggestions"),
            self.tr("From what your films have in common. Nothing changes unless you accept it."),
        )
        self.suggestions = self._list()
        self.add_section(
            self.tr("Learnt"), self.tr("What you accepted. A project uses it when it is switched on there.")
        )
        self.used = QCheckBox(self.tr("Use it in this project"))
        self.used.clicked.connect(self._use_learnt)
        self.column.addWidget(self.used)
        self.learnt = self._list()
        self.column.addSpacing(tokens.space(2))
        self.forget_all = push_button(self.tr("Forget everything"), "trash-2")
        self.forget_all.setToolTip(
            self.tr("Empties the log of what was made, the looks and what was learnt; takes stay")
        )
        self.forget_all.clicked.connect(lambda: self._forget_all())
        self.column.addWidget(self.forget_all)
        self._subscriptions = (
            self.session.learning.changed.connect(self.refresh),
            self.session.document.changed.connect(lambda change: self._show_use() if change.learnt else None),
        )
        self.refresh()

    def release(self) -> None:
        """No longer told."""
        for one in self._subscriptions:
            one.close()

    def refresh(self) -> None:
        """Show what is known now."""
        self._show_looks()
        learning = self.session.learning
        found = learning.suggestions()
        _fill(self.suggestions, [self._suggestion(one) for one in found] or [_quiet(self.tr("None at the moment."))])
        nudges = learning.accepted.nudges
        _fill(self.learnt, [self._nudge(key, one) for key, one in nudges.items()] or [_quiet(self.tr("Nothing yet."))])
        self._show_use()
        self.forget_all.setEnabled(bool(learning.runs or learning.registry.looks or nudges))

    def _show_use(self) -> None:
        self.used.setChecked(self.session.document.project.uses_learnt)

    def _show_looks(self) -> None:
        looks, wanted = self.session.learning.registry.looks, self.search.text().strip().casefold()
        found = [one for one in looks if wanted in one.name.casefold() or any(wanted in name for name in one.colours)]
        rows: list[QWidget] = [self._look(one, looks) for one in found[:_MOST_ROWS]]
        if len(found) > _MOST_ROWS:
            rows.append(
                _quiet(self.tr("And {count} more; search by name or colour.").format(count=len(found) - _MOST_ROWS))
            )
        if not looks:
            rows.append(_quiet(self.tr("None yet. They come with the takes you generate, and from “starcut learn”.")))
        elif not found:
            rows.append(_quiet(self.tr("No look is called so.")))
        self.search.setVisible(bool(looks))
        _fill(self.looks, rows)

    def _look(self, entry: Entry, looks: tuple[Entry, ...]) -> LookRow:
        line = LookRow(entry, looks)
        line.setMaximumWidth(_WIDTH)
        line.used.connect(lambda one: self._try(lambda: use_look(self.session, one)))
        line.forgotten.connect(lambda one: self._try(lambda: self.session.learning.forget(one)))
        line.blended.connect(self._blend)
        return line

    def _blend(self, first: Entry, second: Entry, mode: str) -> None:
        self._try(lambda: self.session.learning.blend(first, second, mode))

    def _suggestion(self, one: Suggestion) -> QWidget:
        words = label(one.sentence, size="body")
        words.setWordWrap(True)
        accept = push_button(self.tr("Accept"))
        accept.clicked.connect(lambda: self._try(lambda: self.session.learning.accept(one)))
        refuse = push_button(self.tr("Not now"), flat=True)
        refuse.clicked.connect(lambda: self._try(lambda: self.session.learning.refuse(one)))
        return _line(words, accept, refuse)

    def _nudge(self, key: str, nudge: Nudge) -> QWidget:
        domain, _, value = key.partition(" ")
        told = f"{value.replace('_', ' ')} ({domain.replace('_', ' ')}): {in_words(nudge)}"
        back = tool_button("undo-2", self.tr("Take it back"))
        back.clicked.connect(lambda: self._try(lambda: self.session.learning.take_back(key)))
        return _line(ElidedLabel(told, size="body"), back)

    def _use_learnt(self, used: bool) -> None:
        self.session.document.do(SetLearnt(used))

    def _forget_all(self) -> None:
        self._try(self.session.learning.forget_all)

    def _try(self, do: Callable[[], object]) -> None:
        """What is refused is said here: the toasts lie behind the dialog."""
        self.problem.hide()
        try:
            do()
        except StudioError as error:
            self._say(error.message)
        except OSError as error:
            self._say(self.tr("That cannot be written: {reason}.").format(reason=error.strerror or error))

    def _say(self, sentence: str) -> None:
        self.problem.setText(sentence)
        self.problem.show()

    def _list(self) -> QVBoxLayout:
        holder = QWidget()
        holder.setMaximumWidth(_WIDTH)
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.column.addWidget(holder)
        return column


def _fill(column: QVBoxLayout, rows: list[QWidget]) -> None:
    while (item := column.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
    for one in rows:
        column.addWidget(one)


def _quiet(text: str) -> QWidget:
    words = label(text, "muted")
    words.setWordWrap(True)
    words.setContentsMargins(0, 4, 0, 4)
    return words


def _line(words: QWidget, *buttons: QWidget) -> QWidget:
    line = row(words, *buttons, margins=(0, 4, 0, 4))
    layout = line.layout()
    if layout is not None:
        layout.setStretchFactor(words, 1)  # type: ignore[attr-defined]
        for one in buttons:
            layout.setAlignment(one, Qt.AlignmentFlag.AlignTop)
    return line
