"""Which video hardware there is, what came of its trial, and what decodes films for the viewer."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtWidgets import QSizePolicy, QWidget

from studio_app.services.hardware import AUTO, FORCED, SOFTWARE, Trial, name_of, told
from studio_app.services.settings import HardwareSettings
from ui.form.editors.choice import Combo
from ui.preference_page import FORM_WIDTH, LABEL_WIDTH, PreferencePage
from ui.qt import tokens
from ui.qt.language import QT_TRANSLATE_NOOP
from ui.widgets import icon_label, label, push_button, row

_NAME_WIDTH = 128


class HardwarePage(PreferencePage):
    """A choice, and a line for each device of this system."""

    title: ClassVar[str] = QT_TRANSLATE_NOOP("PreferencePage", "Hardware")
    order: ClassVar[int] = 30

    def build(self) -> None:
        """Choice, what is used now, the devices, Try again."""
        hardware = self.session.hardware
        self.add_section(self.tr("Decoding"), (HardwareSettings.__doc__ or "").split("\n")[0])
        self.choice = Combo()
        self.choice.setAccessibleName(self.tr("Decode films with"))
        self.choice.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.choice.activated.connect(lambda _: self.session.choose("decoding", self.choice.currentData()))
        caption = label(self.tr("Decode films with"), "secondary", "body")
        caption.setFixedWidth(LABEL_WIDTH)
        line = row(caption, self.choice)
        line.setMaximumWidth(FORM_WIDTH)
        line.setFixedHeight(tokens.size("control_dialog"))
        self.column.addWidget(line)
        self.used = label("", "muted")
        self.used.setWordWrap(True)
        self.column.addWidget(self.used)
        self.add_section(
            self.tr("Devices"),
            self.tr("Each is tried with a small film before it is used. One that gives a wrong picture is left alone."),
        )
        self._lines: list[QWidget] = []
        self._place = self.column.count()
        self.again = push_button(self.tr("Try again"), "refresh-cw")
        self.again.clicked.connect(self._try_again)
        self.column.addSpacing(tokens.space(2))
        self.column.addWidget(self.again)
        self._subscription = hardware.changed.connect(self.refresh)
        if not hardware.trials:
            hardware.look(again=hardware.choice == SOFTWARE)
        self.refresh()

    def release(self) -> None:
        """No longer told."""
        self._subscription.close()

    def refresh(self) -> None:
        """Show what is known now."""
        hardware = self.session.hardware
        self.choice.clear()
        self.choice.addItem(self.tr("Auto"), AUTO)
        self.choice.addItem(self.tr("Software only"), SOFTWARE)
        for device in hardware.decoders():
            self.choice.addItem(device.name, device.id)
        at = self.choice.findData(hardware.choice)
        if at < 0:  # chosen on another day, with another driver
            self.choice.addItem(self.tr("{choice} (not there)").format(choice=hardware.choice), hardware.choice)
            at = self.choice.count() - 1
        self.choice.setCurrentIndex(at)
        self.choice.setEnabled(not hardware.is_forced)
        forced = (
            self.tr(" The environment variable {forced} decides.").format(forced=FORCED) if hardware.is_forced else ""
        )
        name = name_of(hardware.decoding.device)
        self.used.setText(self.tr("In use now: {name}.{forced}").format(name=name, forced=forced))
        self.again.setEnabled(not hardware.is_trying)
        self._show_devices()

    def _show_devices(self) -> None:
        for line in self._lines:
            line.deleteLater()
        self._lines = []
        hardware = self.session.hardware
        for device in hardware.devices:
            trial, failed = hardware.trials.get(device.id), hardware.failed.get(device.id, "")
            text = told(trial) if trial is not None else self.tr("Being tried")
            if failed:
                text = self.tr(
                    "It failed while playing ({failed}), so software decodes until the next start. {text}"
                ).format(failed=failed, text=text)
            icon, colour = _look(trial, failed)
            words = label(text, "muted")
            words.setWordWrap(True)
            words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
            name = label(device.name, size="body")
            name.setFixedWidth(_NAME_WIDTH)
            line = row(icon_label(icon, colour, 16), name, words, margins=(0, 4, 0, 4))
            self.column.insertWidget(self._place + len(self._lines), line)
            self._lines.append(line)

    def _try_again(self) -> None:
        hardware = self.session.hardware
        hardware.trials.clear()
        hardware.look(again=True)
        self.refresh()


def _look(trial: Trial | None, failed: str) -> tuple[str, str]:
    """Icon and colour: right in all, in part, or not used."""
    if trial is None:
        return ("clock", "state.queued")
    faults = [bool(trial.decoding_fault), bool(trial.encoding_fault)]
    if all(faults):
        return ("ban", "text.muted")
    return ("triangle-alert", "state.slow") if any(faults) or failed else ("circle-check", "state.ready")
