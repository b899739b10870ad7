"""Engines that are reached over the network: keys and addresses, with a test; who may be asked; what may be spent."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from studio_app.services.settings import EngineSettings, SpendingSettings
from studio_app.session.engine_keys import EngineRow, Place, engine_rows, keep_address, keep_key, test_engine
from studio_app.session.engine_options import keep_for_all
from timeline.commands.set_never_sent import SetNeverSent
from ui import words
from ui.engine_line import EngineLine
from ui.preference_page import FORM_WIDTH, PreferencePage
from ui.qt import tokens
from ui.qt.language import QT_TRANSLATE_NOOP
from ui.widgets import label

_WIDTH = FORM_WIDTH + 80


class EnginesPage(PreferencePage):
    """A line for each engine with its key; then whom auto may ask, and the caps."""

    title: ClassVar[str] = QT_TRANSLATE_NOOP("PreferencePage", "Engines")
    order: ClassVar[int] = 24
    sections: ClassVar = (
        (QT_TRANSLATE_NOOP("PreferencePage", "Choosing"), EngineSettings),
        (QT_TRANSLATE_NOOP("PreferencePage", "Spending"), SpendingSettings),
    )

    def build(self) -> None:
        """The list of engines, filled once the keyring was asked."""
        self._is_there = True
        self.spent = label("", "muted")
        self.column.addWidget(self.spent)
        self.add_section(
            self.tr("Keys and addresses"),
            self.tr(
                "Keys are kept in the system's keyring, and nowhere else. A variable of the environment serves as well."
            ),
        )
        holder = QWidget()
        holder.setMaximumWidth(_WIDTH)
        self.rows = QVBoxLayout(holder)
        self.rows.setContentsMargins(0, 0, 0, 0)
        self.rows.setSpacing(0)
        self.column.addWidget(holder)
        self.rows.addWidget(label(self.tr("Asking the keyring…"), "muted"))
        self.lines: dict[str, EngineLine] = {}
        self._add_models()
        self._add_never_sent()
        self._read()

    def _add_models(self) -> None:
        """The user's own list of models: where it lies, and what is wrong with it."""
        access = self.session.desk.access
        self.add_section(
            self.tr("Models"),
            self.tr("Entries of your own lie over the list that comes with Starcut: {file}").format(
                file=access.own_models
            ),
        )
        self.fault = label(access.own_models_fault, "failed")
        self.fault.setWordWrap(True)
        self.fault.setMaximumWidth(_WIDTH)
        self.fault.setVisible(bool(self.fault.text()))
        self.column.addWidget(self.fault)

    def _add_never_sent(self) -> None:
        """The open project's own list of the word filter."""
        document = self.session.document
        self.add_section(
            self.tr("This project"),
            self.tr("Words and names that no service gets, whatever the word filter is set to; every change is shown."),
        )
        self.never_sent = QLineEdit(", ".join(document.project.never_sent))
        self.never_sent.setAccessibleName(self.tr("Words never sent"))
        self.never_sent.setPlaceholderText(self.tr("Words or names, with commas between them"))
        self.never_sent.setFixedHeight(tokens.size("control_dialog"))
        self.never_sent.setMaximumWidth(FORM_WIDTH)
        self.never_sent.editingFinished.connect(self._keep_never_sent)
        self.never_sent.setEnabled(document.is_open)
        self.column.addWidget(self.never_sent)
        self._subscription = document.changed.connect(
            lambda change: self._show_never_sent() if change.never_sent else None
        )

    def _keep_never_sent(self) -> None:
        self.session.document.do(SetNeverSent(tuple(self.never_sent.text().split(","))))
        self._show_never_sent()

    def _show_never_sent(self) -> None:
        self.never_sent.setText(", ".join(self.session.document.project.never_sent))

    def release(self) -> None:
        """Answers that come now find nobody."""
        self._is_there = False
        self._subscription.close()

    def _read(self) -> None:
        desk, post = self.session.desk, self.session.post

        def read() -> None:
            found, spent = engine_rows(desk), desk.book.spent()
            post(lambda: self._show(found, words.money(spent.billed), words.money(spent.reserved)))

        self.session.threads("engine keys", read)

    def _show(self, found: tuple[EngineRow, ...], billed: str, reserved: str) -> None:
        if not self._is_there:
            return
        self.spent.setText(self.tr("So far: {billed} billed, {open} open.").format(billed=billed, open=reserved))
        while (item := self.rows.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        self.lines.clear()
        for one in found:
            line = EngineLine(one)
            line.kept.connect(lambda value, line=line: self.keep(line, value))
            line.tested.connect(lambda line=line: self.test(line))
            line.moved.connect(lambda place, value, line=line: self.reach(line, place, value))
            line.valued.connect(lambda name, value, line=line: self.value(line, name, value))
            self.lines[one.id] = line
            self.rows.addWidget(line)

    def keep(self, line: EngineLine, value: str) -> None:
        """Into the keyring, then test it."""
        desk, post, name = self.session.desk, self.session.post, line.engine.key_name

        def keep() -> None:
            problem = keep_key(desk, name, value)
            if not problem:
                post(lambda: self._key_changed(line, is_there=bool(value)))
            good, said = (False, problem) if problem else test_engine(desk, line.engine.id)
            post(lambda: self._told(line, good, said, is_kept=not problem))

        line.wait()
        self.session.threads("engine key", keep)

    def _key_changed(self, line: EngineLine, *, is_there: bool) -> None:
        """Choosers of engines look again; an engine that is reached with the same key has it as well."""
        self.session.engine_choices.look()
        for other in self.lines.values() if self._is_there else ():
            if other is not line and other.engine.key_name == line.engine.key_name:
                other.show_key(is_there=is_there)

    def test(self, line: EngineLine) -> None:
        """Ask the engine."""
        desk, post = self.session.desk, self.session.post

        def ask() -> None:
            good, said = test_engine(desk, line.engine.id)
            post(lambda: self._told(line, good, said, is_kept=False))

        line.wait()
        self.session.threads("engine test", ask)

    def reach(self, line: EngineLine, place: Place, value: str) -> None:
        """Reach it at another address from now on, and test that; nothing: where it usually is."""
        if problem := keep_address(self.session.desk, place, value):
            line.tell(False, problem, is_kept=False)
            return
        self.session.settings_changed.emit()
        line.show_address(place.name, value)
        if value:
            self.test(line)
        else:
            line.tell(line.is_ready, self.tr("It is reached where it usually is."), is_kept=False)

    def value(self, line: EngineLine, name: str, value: object) -> None:
        """A value of its own goes along with each of its jobs from now on."""
        keep_for_all(self.session.desk, line.engine.id, name, value)
        self.session.settings_changed.emit()

    def _told(self, line: EngineLine, good: bool, said: str, *, is_kept: bool) -> None:
        if self._is_there and self.lines.get(line.engine.id) is line:
            line.tell(good, said, is_kept=is_kept)
