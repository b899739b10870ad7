"""Values that only the chosen engine has, below it in the inspector; nothing where it has none."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from studio_app.session.engine_options import option_specs, options_of_shot
from studio_app.session.session import Session
from timeline.storyboard import Shot
from ui.form.form import Form
from ui.shot_form import FINISH_SPEC, mixed_in, values_of
from ui.shot_items import is_local


class EngineOptions(QWidget):
    """The form builds itself from the engine's model; another engine, another form."""

    changed = Signal(str, object)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._of = ""
        self.form: Form | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 0, 12, 0)
        self.hide()

    def show_of(self, shot: Shot) -> None:
        """The values of the engine that a shot names; `auto` has none: it is not known who makes it."""
        engine = shot.engine.partition("/")[0]
        if engine != self._of:
            self._of = engine
            if self.form is not None:
                self._column.removeWidget(self.form)
                self.form.deleteLater()
                self.form = None
            if specs := option_specs(engine, self._session.desk.access.models):
                self.form = Form(specs, label_width=88, row_height=32)
                self.form.changed.connect(self.changed)
                self.form.finished.connect(self._session.document.seal)
                self._column.addWidget(self.form)
        self.setVisible(self.form is not None)
        if self.form is not None:
            self.form.set_values(options_of_shot(self._session.desk, shot))


class IfItFails(Form):
    """What happens when a service fails; not there where the embedded engine makes all of them, which does not."""

    def __init__(self) -> None:
        super().__init__((FINISH_SPEC,), label_width=88, row_height=32)
        self.setContentsMargins(12, 0, 12, 0)

    def show_of(self, shots: Sequence[Shot]) -> None:
        """What the shots say."""
        self.setVisible(not all(is_local(shot.engine) for shot in shots))
        self.set_values(values_of(shots[0]), mixed_in(shots))
