"""Make a picture: words, an engine with its price and its reason; from words alone or out of another picture."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from effects.params import ParamSpec
from studio_app.session.assets import AssetWish, Field
from studio_app.session.session import Session
from timeline.errors import StudioError
from timeline.storyboard import Shot, Storyboard
from ui import words
from ui.dialogs.base import Dialog
from ui.engine_box import EngineBox
from ui.form.form import Form
from ui.qt import tokens
from ui.qt.language import QT_TRANSLATE_NOOP
from ui.widgets import label, row

_PLAN_MS = 250
_POOL, _FIRST, _LAST = "media pool", "first picture of the shot", "last picture of the shot"
_FIELDS: dict[str, Field] = {_POOL: "", _FIRST: "image_reference", _LAST: "last_image"}
SPECS = (
    ParamSpec(
        "source",
        "text",
        QT_TRANSLATE_NOOP("Form", "Out of"),
        "",
        widget="file",
        help=QT_TRANSLATE_NOOP("Form", "A picture that is changed by the words."),
        unset=QT_TRANSLATE_NOOP("Form", "Words alone"),
    ),
    ParamSpec(
        "use",
        "choice",
        QT_TRANSLATE_NOOP("Form", "For"),
        _POOL,
        choices=(_POOL, _FIRST, _LAST),
        help=QT_TRANSLATE_NOOP("Form", "Where it is used once it is there; it is in the media pool anyway."),
    ),
)


class PictureDialog(Dialog):
    """`shot`: the shot it is for, whose words it begins with; `source`: the picture that is changed."""

    def __init__(
        self, parent: QWidget | None, session: Session, shot: tuple[Storyboard, Shot] | None = None, source: str = ""
    ) -> None:
        title = (
            QCoreApplication.translate("PictureDialog", "Change picture by words")
            if source
            else QCoreApplication.translate("PictureDialog", "Make picture")
        )
        super().__init__(parent, title, 520)
        self._session, self._shot = session, shot
        self._values = {"source": source, "use": _FIRST if shot is not None else _POOL}
        self.text = QPlainTextEdit(shot[1].description if shot is not None and not source else "")
        self.text.setFont(tokens.font("body"))
        said = self.tr("What is to be other, or how it shall look") if source else self.tr("What is to be seen")
        self.text.setPlaceholderText(said)
        self.text.setAccessibleName(said)
        self.text.setFixedHeight(96)
        self.text.setTabChangesFocus(True)
        self.form = Form(SPECS if shot is not None else SPECS[:1], label_width=104, row_height=32)
        self.form.set_values(self._values)
        self.form.changed.connect(self._changed)
        self.engine = EngineBox(session, "picture")
        self.engine.show_value("auto")
        name = label(self.engine.accessibleName(), "secondary")
        name.setFixedWidth(104)
        self.reason = label("", "muted")
        self.reason.setWordWrap(True)
        for widget in (self.text, self.form, row(name, self.engine, spacing=8), self.reason):
            self.body.addWidget(widget)
        self.add_button(self.tr("Cancel"))
        self.button = self.add_button(self.tr("Make"), "make", primary=True, icon="sparkles")
        self._timer = QTimer(self, interval=_PLAN_MS, singleShot=True)
        self._timer.timeout.connect(self.show_plan)
        self.text.textChanged.connect(self._timer.start)
        self.engine.chosen.connect(lambda _: self.show_plan())
        self.show_plan()
        self.text.setFocus()

    @property
    def wish(self) -> AssetWish:
        """What the dialog says."""
        board = self._shot[0] if self._shot is not None else None
        sequence = self._session.sequence
        size = (board.width, board.height) if board is not None else (sequence.width, sequence.height)
        return AssetWish(
            "picture",
            self.text.toPlainText(),
            str(self.engine.currentData() or ""),
            self._values["source"],
            size,
            self._shot[1].id if self._shot is not None else "",
            _FIELDS[self._values["use"]],
            seed=len(self._session.document.library.media),
        )

    def show_plan(self) -> None:
        """Who makes it, why, and for how much; or why nobody can."""
        self._timer.stop()
        self.button.setText(self.tr("Make"))
        try:
            plan = self._session.assets.plan(self.wish)
        except StudioError as error:
            is_empty = not self.text.toPlainText().strip()
            self._say(error.message, "muted" if is_empty else "failed")
            self.button.setEnabled(False)
            return
        self._say(" ".join((plan.route.reason, *plan.notes)), "muted")
        self.button.setEnabled(True)
        self.button.setText(self.tr("Make, {price}").format(price=words.price(plan.cost)))

    def _say(self, sentence: str, tone: str) -> None:
        self.reason.setText(sentence)
        self.reason.setProperty("tone", tone)
        self.reason.style().polish(self.reason)

    def _changed(self, name: str, value: object) -> None:
        self._values[name] = str(value)
        self.show_plan()

    def end(self, answer: str) -> None:
        """Begin, and close."""
        if answer == "make":
            self._session.assets.make(self.wish)
        super().end(answer)


def picture_dialog(parent: QWidget, session: Session, about: str) -> PictureDialog:
    """`about`: the id of a shot, the path of a picture, or nothing."""
    boards = session.document.project.storyboards
    found = next(((board, shot) for board in boards if (shot := board.shot(about)) is not None), None)
    source = about if about and found is None and Path(about).is_file() else ""
    return PictureDialog(parent, session, found, source)
