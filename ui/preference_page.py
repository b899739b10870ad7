"""A page of the preferences: sections, each a form over a described model whose fields are fields of the settings."""

from __future__ import annotations

import logging
from typing import ClassVar

from pydantic import BaseModel
from PySide6.QtWidgets import QVBoxLayout, QWidget

from effects import registry
from effects.params import specs_of
from studio_app.session.session import Session
from ui.form.form import Form
from ui.qt import tokens
from ui.qt.language import FORM, translated
from ui.widgets import label

log = logging.getLogger(__name__)

LABEL_WIDTH = 184
FORM_WIDTH = 440


class PreferencePage(QWidget):
    """Shows `sections`, and stores what is chosen at once. A page may add widgets of its own at the end in `build`."""

    title: ClassVar[str] = ""
    order: ClassVar[int] = 50
    """Pages stand in this order; the lowest is shown first."""
    sections: ClassVar[tuple[tuple[str, type[BaseModel]], ...]] = ()
    """Heading and model. The first sentence of the model's docstring stands below the heading."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.forms: list[Form] = []
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(4)
        for heading, model in self.sections:
            self.add_section(
                translated("PreferencePage", heading), translated(FORM, (model.__doc__ or "").split("\n")[0])
            )
            self.forms.append(self._form(model))
        self.build()
        self.column.addStretch(1)

    def build(self) -> None:
        """Add what is no form."""

    def release(self) -> None:
        """The dialog closes: stop listening."""

    def add_section(self, heading: str, sentence: str) -> None:
        """A heading with a sentence below, parted from what is above by air."""
        if self.column.count():
            self.column.addSpacing(tokens.space(4))
        self.column.addWidget(label(heading, size="body", weight="semibold"))
        words = label(sentence, "muted")
        words.setWordWrap(True)
        self.column.addWidget(words)
        self.column.addSpacing(4)

    def _form(self, model: type[BaseModel]) -> Form:
        form = Form(specs_of(model), label_width=LABEL_WIDTH, row_height=tokens.size("control_dialog"), size="body")
        form.setMaximumWidth(FORM_WIDTH)
        form.set_values({name: getattr(self.session.settings.values, name) for name in model.model_fields})
        form.finished.connect(lambda: self._store(form))
        self.column.addWidget(form)
        return form

    def _store(self, form: Form) -> None:
        values = self.session.settings.values
        changed = {name: value for name, value in form.values().items() if getattr(values, name) != value}
        for name, value in changed.items():
            setattr(values, name, value)
        if changed:
            self.session.settings.save()
            self.session.settings_changed.emit()


def pages() -> tuple[type[PreferencePage], ...]:
    """The page of every public file of `ui/preferences`, in their order. A file that fails is logged and left out."""
    import ui.preferences

    found = registry.discover(ui.preferences, PreferencePage)
    for name, reason in found.unavailable.items():
        log.error("the preferences page %s could not be loaded: %s", name, reason)
    return tuple(sorted(found.classes.values(), key=lambda page: page.order))
