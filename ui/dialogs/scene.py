"""The scene of a shot: a picture of it, and everything that makes it as forms beside. What is set counts at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from studio_app.session import scene_form
from studio_app.session.scene_form import Adder, Place
from studio_app.session.session import Session
from timeline.commands.edit_shot import EditShot
from timeline.errors import StudioError
from timeline.storyboard import Shot, Storyboard
from ui.dialogs.base import Dialog, resize_within_screen
from ui.qt import image, tokens
from ui.scene_groups import SceneGroups
from ui.widgets import label, push_button

PICTURE_WIDTH = 560
_WAIT_MS = 180
"""A hand that is still moving asks for no picture."""


def show_scene(parent: QWidget, session: Session, shot_id: str) -> SceneDialog | None:
    """Open the scene of a shot, or bring the open one to the front. What speaks against it is told."""
    for open_one in parent.findChildren(SceneDialog):
        if open_one.isVisible() and open_one.shot_id == shot_id:
            open_one.raise_()
            open_one.activateWindow()
            return open_one
    try:
        plain = session.generation.scene_of(shot_id)
    except StudioError as error:
        session.document.refused.emit(error.message)
        return None
    if not plain:
        session.document.refused.emit(
            QCoreApplication.translate(
                "SceneDialog", "This shot has no scene: its engine makes films from words alone."
            )
        )
        return None
    dialog = SceneDialog(parent, session, shot_id)
    dialog.show()
    return dialog


class _Picture(QWidget):
    """What the scene looks like; stripes of nothing while the first is made."""

    def __init__(self) -> None:
        super().__init__()
        self.picture: QPixmap | None = None
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.aspect = 16 / 9
        self.setMinimumWidth(260)

    def sizeHint(self) -> QSize:
        """The size at which the picture is made."""
        return QSize(PICTURE_WIDTH, self.heightForWidth(PICTURE_WIDTH))

    def heightForWidth(self, width: int) -> int:
        """As high as the picture is; a portrait one no higher than a square."""
        return round(width / max(1.0, self.aspect))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The picture in its proportions, centred."""
        painter = QPainter(self)
        height = min(float(self.height()), self.width() / self.aspect)
        width = height * self.aspect
        place = QRectF((self.width() - width) / 2, (self.height() - height) / 2, width, height)
        if self.picture is None:
            painter.fillRect(place, tokens.color("surface.well"))
        else:
            image.draw_cover(painter, place, self.picture, 6)
        painter.end()


class SceneDialog(Dialog):
    """Not modal: every change is an undoable edit of the shot, which its card and the next take follow."""

    def __init__(self, parent: QWidget | None, session: Session, shot_id: str) -> None:
        super().__init__(parent, QCoreApplication.translate("SceneDialog", "Scene"), 700)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        resize_within_screen(self, 1040, 720)
        self._session, self.shot_id = session, shot_id
        self.plain: Mapping[str, Any] = {}
        self.picture, self.groups = _Picture(), SceneGroups()
        self.seen = label("", "secondary", "body")
        self.seen.setWordWrap(True)
        self.problem = label("", "failed", "body")
        self.problem.setWordWrap(True)
        self.problem.hide()
        self._timer = QTimer(self, interval=_WAIT_MS, singleShot=True)
        self._timer.timeout.connect(self._ask_picture)
        line = QHBoxLayout()
        line.setSpacing(tokens.space(6))
        line.addLayout(self._left(), 5)
        line.addWidget(self._right(), 4)
        self.body.addLayout(line, 1)
        self._outer.setStretchFactor(self.body, 1)
        self.groups.changed.connect(self._set)
        self.groups.finished.connect(session.document.seal)
        self.groups.removed.connect(self._remove)
        self.groups.added.connect(self._add)
        self._heard = [
            session.document.changed.connect(lambda _: self.refresh()),
            session.sketches.arrived.connect(lambda about: self._show_picture() if about == shot_id else None),
        ]
        self.finished.connect(lambda _: self._release())
        self._buttons.insertWidget(0, self._back())
        close = self.add_button(self.tr("Close"))
        close.setDefault(True)
        self.refresh()
        first = self.groups.findChild(QComboBox)
        if first is not None:  # the keys begin where the scene does, not at the button that ends it
            first.setFocus()

    def _left(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(tokens.space(3))
        column.addWidget(self.picture)
        column.addWidget(self.seen)
        column.addWidget(self.problem)
        column.addStretch(1)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for words, icon, verb in (
            (self.tr("Open…"), "folder-open", self.open_file),
            (self.tr("Save as…"), "save-all", self.save_file),
            (self.tr("Rearrange"), "shuffle", self.rearrange),
        ):
            button = push_button(words, icon)
            if verb == self.rearrange:
                button.setToolTip(self.tr("Put the same scene together anew: the next seed"))
            button.clicked.connect(lambda _=False, verb=verb: verb())
            buttons.addWidget(button)
        buttons.addStretch(1)
        column.addLayout(buttons)
        return column

    def _right(self) -> QScrollArea:
        holder = QScrollArea()
        holder.setWidgetResizable(True)
        holder.setFrameShape(QScrollArea.Shape.NoFrame)
        holder.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        holder.setAccessibleName(self.tr("What makes the scene"))
        holder.setWidget(self.groups)
        for widget in (holder, holder.viewport(), self.groups):
            widget.setAutoFillBackground(False)
        holder.setMinimumWidth(330)
        return holder

    def _back(self) -> QWidget:
        self.back = push_button(self.tr("Back to the words"), "rotate-ccw", large=True)
        self.back.setToolTip(self.tr("Forget what was changed here; the description makes the scene again"))
        self.back.clicked.connect(lambda: self._keep({}))
        self.back.setAutoDefault(False)
        return self.back

    # keep the screen true

    def refresh(self) -> None:
        """Show the shot's scene as it is now; a shot that is gone closes it."""
        shot = self._session.document.project.shot(self.shot_id)
        if shot is None:
            self.close()
            return
        try:
            plain = self._session.generation.scene_of(self.shot_id)
        except StudioError as error:
            self._refuse(error.message)
            return
        self.back.setEnabled(bool(shot.scene))
        if plain and plain != self.plain:
            self.plain = plain
            self.groups.show_scene(plain)
            self.picture.aspect = plain["width"] / plain["height"]
            self._timer.start()
        self._say(shot)

    def _say(self, shot: Shot) -> None:
        words = shot.description.strip() or self.tr("No description")
        how = self.tr("Changed by hand.") if shot.scene else self.tr("As the words say.")
        self.seen.setText(f"{words}\n{how}")

    def _ask_picture(self) -> None:
        self._show_picture()

    def _show_picture(self) -> None:
        asked = self._session.generation.request_of(self.shot_id)
        if asked is None:
            return
        path = self._session.sketches.get(self.shot_id, *asked, PICTURE_WIDTH)
        made = image.pixmap_of(path)
        if made is not None:
            self.picture.picture = made
            self.picture.update()

    # what a hand does

    def _set(self, place: Place, value: Any) -> None:
        self._try(lambda: scene_form.with_value(self.plain, place, value))

    def _remove(self, place: Place) -> None:
        self._session.document.seal()
        self._try(lambda: scene_form.without_row(self.plain, place))
        self._session.document.seal()

    def _add(self, adder: Adder) -> None:
        self._session.document.seal()
        self._try(lambda: scene_form.with_row(self.plain, adder))
        self._session.document.seal()

    def rearrange(self) -> None:
        """The same scene, put together anew: the next seed."""
        self._session.document.seal()
        self._set(("seed",), int(self.plain.get("seed", 0)) + 1)
        self._session.document.seal()

    def open_file(self) -> None:
        """A scene from a file."""
        face = self._session.face
        paths = face.ask_open_files(self.tr("Open scene"), "scene") if face is not None else []
        if paths:
            self._session.document.seal()
            self._try(lambda: scene_form.read(paths[0]))
            self._session.document.seal()

    def save_file(self) -> None:
        """The scene to a file."""
        face = self._session.face
        path = face.ask_save_file(self.tr("Save scene"), "scene.json", "scene") if face is not None else None
        if path is None:
            return
        try:
            scene_form.write(self.plain, path.with_suffix(path.suffix or ".json"))
        except StudioError as error:
            self._refuse(error.message)
        except OSError as error:
            self._refuse(
                self.tr("“{name}” cannot be written: {why}.").format(name=path.name, why=error.strerror or error)
            )

    def _try(self, made: Any) -> None:
        try:
            plain = made()
        except StudioError as error:
            self._refuse(error.message)
            self.groups.show_scene(self.plain)
            return
        self.problem.hide()
        self._keep(plain)

    def _keep(self, plain: Mapping[str, Any]) -> None:
        board = self._board()
        if board is not None:
            self._session.document.do(EditShot(board.id, self.shot_id, {"scene": plain}))

    def _board(self) -> Storyboard | None:
        boards = self._session.document.project.storyboards
        return next((board for board in boards if board.shot(self.shot_id)), None)

    def _refuse(self, sentence: str) -> None:
        self.problem.setText(sentence)
        self.problem.show()

    def _release(self) -> None:
        for one in self._heard:
            one.close()
        self._session.document.seal()
