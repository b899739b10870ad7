"""Which video hardware there is, what came of its trial, and what decodes films for the viewer."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtWidgets import QComboBox, QSizePolicy, QWidget

from studio_app.services.hardware import AUTO, FORCED, SOFTWARE, name_of, told
from studio_app.services.settings import HardwareSettings
from ui.preferences.base import FORM_WIDTH, LABEL_WIDTH, PreferencePage
from ui.qt import tokens
from ui.widgets import icon_label, label, push_button, row


class HardwarePage(PreferencePage):
    """A choice, and a line for each device of this system."""

    title: ClassVar[str] = "Hardware"
    order: ClassVar[int] = 30

    def build(self) -> None:
        """Choice, what is used now, the devices, Try again."""
        hardware = self.session.hardware
        self.add_section("Decoding", (HardwareSettings.__doc__ or "").split("\n")[0])
        self.choice = QComboBox()
        self.choice.setAccessibleName("Decode films with")
        self.choice.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.choice.activated.connect(lambda _: self.session.choose("decoding", self.choice.currentData()))
        caption = label("Decode films with", "secondary", "body")
        caption.setFixedWidth(LABEL_WIDTH)
        line = row(caption, self.choice)
        line.setMaximumWidth(FORM_WIDTH)
        line.setFixedHeight(tokens.size("control_dialog"))
        self.column.addWidget(line)
        self.used = label("", "muted")
        self.used.setWordWrap(True)
        self.column.addWidget(self.used)
        self.add_section(
            "Devices",
            "Each is tried with a small film before it is used. One that gives a wrong picture is left alone.",
        )
        self._lines: list[QWidget] = []
        self._place = self.column.count()
        self.again = push_button("Try again", "refresh-cw")
        self.again.clicked.connect(self._try_again)
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
        self.choice.addItem("Auto: a device where it is right and quicker", AUTO)
        self.choice.addItem("Software only", SOFTWARE)
        for device in hardware.decoders():
            self.choice.addItem(device.name, device.id)
        at = self.choice.findData(hardware.choice)
        if at < 0:  # chosen on another day, with another driver
            self.choice.addItem(f"{hardware.choice} (not there)", hardware.choice)
            at = self.choice.count() - 1
        self.choice.setCurrentIndex(at)
        self.choice.setEnabled(not hardware.is_forced)
        forced = f" The environment variable {FORCED} decides." if hardware.is_forced else ""
        name = name_of(hardware.decoding.device)
        self.used.setText(f"In use now: {name}.{forced}")
        self.again.setEnabled(not hardware.is_trying)
        self._show_devices()

    def _show_devices(self) -> None:
        for line in self._lines:
            line.deleteLater()
        self._lines = []
        hardware = self.session.hardware
        for device in hardware.devices:
            trial, failed = hardware.trials.get(device.id), hardware.failed.get(device.id, "")
            text = told(trial) if trial is not None else "Being tried"
            good = trial is not None and not (trial.decoding_fault and trial.encoding_fault)
            if failed:
                text = f"It failed while playing ({failed}), so software decodes until the next start. {text}"
            icon, colour = ("triangle-alert", "state.slow") if failed else ("ban", "text.muted")
            icon, colour = ("circle-check", "state.ready") if good and not failed else (icon, colour)
            icon, colour = ("clock", "state.queued") if trial is None else (icon, colour)
            words = label(text, "muted")
            words.setWordWrap(True)
            words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
            name = label(device.name, size="body")
            name.setFixedWidth(LABEL_WIDTH - 24)
            line = row(icon_label(icon, colour, 16), name, words)
            self.column.insertWidget(self._place + len(self._lines), line)
            self._lines.append(line)

    def _try_again(self) -> None:
        hardware = self.session.hardware
        hardware.trials.clear()
        hardware.look(again=True)
        self.refresh()
