"""The director: how a shot shall feel on a slider, and three ways to film it side by side, sketched by the embedded engine."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QSlider, QWidget

from studio_app.planning.director import BANDS, HIGHEST, Variant, as_directed, band_of, directed, mood_of
from studio_app.planning.request import request_for
from studio_app.services.director_choices import DirectorChoices
from studio_app.session.session import Session
from timeline.commands.edit_shot import EditShot
from timeline.storyboard import Shot, Storyboard
from ui import words
from ui.dialogs.base import Dialog
from ui.qt import icons, image, tokens
from ui.qt.draw import MIDDLE_LEFT, chip, hatch, line_of, lines_of, outline, rounded
from ui.qt.language import QT_TRANSLATE_NOOP, translated
from ui.shot_pictures import EMBEDDED
from ui.widgets import label, row

SKETCH, MOMENTS = 384, (0.06, 0.5, 0.94)
_WIDTH, _PICTURE, _STRIP = 286, 161, 52
_FLIP_MS, _WAIT_MS = 420, 180
TITLES = {
    "surreal_trip": QT_TRANSLATE_NOOP("Director", "Surreal"),
    "intimate_story": QT_TRANSLATE_NOOP("Director", "Intimate"),
    "luxury_reveal": QT_TRANSLATE_NOOP("Director", "Luxury"),
    "high_energy": QT_TRANSLATE_NOOP("Director", "High energy"),
}


class VariantTile(QWidget):
    """One way: a large picture, beginning, middle and end below it, its words. The pointer over it plays them."""

    pressed = Signal()
    taken = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._shot: Shot | None = None
        self._board: Storyboard | None = None
        self._variant: Variant | None = None
        self._times_kept, self._moment = 0.0, 1
        self.is_chosen = False
        self._flip = QTimer(self, interval=_FLIP_MS)
        self._flip.timeout.connect(self._next)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)

    def sizeHint(self) -> QSize:
        """Picture, strip, four lines."""
        return QSize(_WIDTH, _PICTURE + _STRIP + 94)

    def show_variant(self, board: Storyboard, shot: Shot, mood: int, variant: Variant, kept: float) -> None:
        """Another way, or the same one of other words. `kept`: how much it was taken before."""
        self._board, self._shot, self._variant = board, as_directed(shot, mood, variant), variant
        self._times_kept = kept
        self.setAccessibleName(f"{variant.title}: {variant.words}")
        self.update()

    def set_chosen(self, chosen: bool) -> None:
        """Whether it is the one that would be used."""
        if chosen != self.is_chosen:
            self.is_chosen = chosen
            self.update()

    def picture(self, moment: int) -> QPixmap | None:
        """The sketch at one of the moments; None until it is drawn."""
        if self._board is None or self._shot is None:
            return None
        request = request_for(self._board, self._shot, len(self._session.document.library.takes_of(self._shot.id)))
        sketches = self._session.sketches
        return image.pixmap_of(sketches.get(self._shot.id, EMBEDDED, request, SKETCH, MOMENTS[moment]))

    def enterEvent(self, event: object) -> None:
        """Play the three moments."""
        self._flip.start()

    def leaveEvent(self, event: object) -> None:
        """The middle again."""
        self._flip.stop()
        self._moment = 1
        self.update()

    def _next(self) -> None:
        self._moment = (self._moment + 1) % len(MOMENTS)
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose it."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.pressed.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Use it."""
        self.taken.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space chooses."""
        if event.key() == Qt.Key.Key_Space:
            self.pressed.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The card."""
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        card, corner = QRectF(self.rect()), tokens.radius("card")
        rounded(painter, card, "surface.selected" if self.is_chosen else "surface.raised", corner)
        self._draw(painter, QRectF(1, 1, _WIDTH - 2, _PICTURE), self._moment, top=True)
        each = (_WIDTH - 2 - 16 - 8) / len(MOMENTS)
        for moment in range(len(MOMENTS)):
            place = QRectF(9 + moment * (each + 4), _PICTURE + 8, each, _STRIP - 8)
            self._draw(painter, place, moment)
            if moment == self._moment:
                outline(painter, place, "border.strong", 1, 2)
        if self._variant is not None and self._shot is not None:
            self._words(painter, self._variant, self._shot)
        strong = self.is_chosen or self.hasFocus()
        outline(painter, card, "accent.default" if strong else "border.default", 2 if self.is_chosen else 1, corner)
        painter.end()

    def _draw(self, painter: QPainter, place: QRectF, moment: int, top: bool = False) -> None:
        found = self.picture(moment)
        if found is None:
            hatch(painter, place, "clip.placeholder_body", "clip.placeholder_line", 0.14, 5 if top else 2)
        else:
            image.draw_cover(painter, place, found, 5 if top else 2, top_only=top)

    def _words(self, painter: QPainter, variant: Variant, shot: Shot) -> None:
        top = _PICTURE + _STRIP + 10
        if self._times_kept >= 1:
            painter.setFont(tokens.font("caption"))
            kept = QCoreApplication.translate("VariantTile", "You kept this before")
            chip(painter, QRectF(7, 7, 1, 1).topLeft(), kept, icon="star", colour="accent.default", height=20)
        painter.setFont(tokens.font("body", "medium"))
        painter.setPen(tokens.color("text.primary"))
        line_of(painter, QRectF(11, top, _WIDTH - 22, 18), translated("Director", variant.title))
        painter.setFont(tokens.font("ui"))
        painter.setPen(tokens.color("text.secondary"))
        lines_of(painter, QRectF(11, top + 22, _WIDTH - 22, 34), variant.words, 2, 17)
        icons.paint(painter, QRectF(11, top + 59, 14, 14), "video", tokens.color("text.muted"))
        painter.setPen(tokens.color("text.muted"))
        painter.setFont(tokens.font("caption"))
        camera = f"{words.title_case(shot.camera_motion)}   {words.title_case(shot.mood)}"
        painter.drawText(QRectF(31, top + 57, _WIDTH - 40, 18), MIDDLE_LEFT, camera)


class DirectorDialog(Dialog):
    """Slider, three tiles, one button. What is taken is remembered and comes first the next time."""

    def __init__(self, parent: QWidget | None, session: Session, board: Storyboard, shot: Shot) -> None:
        super().__init__(
            parent, QCoreApplication.translate("DirectorDialog", "Direct the shot"), 3 * _WIDTH + 2 * 12 + 48
        )
        self._session, self._board, self._shot = session, board, shot
        self.choices = DirectorChoices(session.paths.learnt / "director.json")
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, HIGHEST)
        self.slider.setPageStep(25)
        self.slider.setAccessibleName(self.tr("How it shall feel"))
        self.slider.setValue(mood_of(shot))
        self.feels = label("", "primary", "body", "semibold", tabular=True)
        self.feels.setMinimumWidth(150)
        self.body.addWidget(row(label(self.tr("How it shall feel"), "secondary", "body"), self.slider, self.feels))
        self.bands = QWidget()
        names = QHBoxLayout(self.bands)
        names.setContentsMargins(124, 0, 158, 0)
        for band in BANDS:
            name = label(translated("Director", TITLES[band.id]), "muted", "caption")
            name.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            names.addWidget(name, 1)
        self.body.addWidget(self.bands)
        self.tiles = [VariantTile(session) for _ in range(3)]
        holder = row(*self.tiles, spacing=12)
        self.body.addWidget(holder)
        for number, tile in enumerate(self.tiles):
            tile.pressed.connect(lambda at=number: self.choose(at))
            tile.taken.connect(lambda at=number: self._take(at))
        self.variants: tuple[Variant, ...] = ()
        self.chosen = 0
        self.add_button(self.tr("Cancel"))
        self.use = self.add_button(self.tr("Use"), "use", primary=True)
        self._subscription = session.sketches.arrived.connect(lambda _: self._repaint())
        self._waiting = QTimer(self, interval=_WAIT_MS, singleShot=True)
        self._waiting.timeout.connect(self._show)
        self.slider.valueChanged.connect(self._moved)
        self._tell_band()
        self._show()

    def done(self, result: int) -> None:
        """Stop listening."""
        self._subscription.close()
        super().done(result)

    def choose(self, at: int) -> None:
        """Make one of the three the one that would be used."""
        self.chosen = at
        for number, tile in enumerate(self.tiles):
            tile.set_chosen(number == at)
        self.use.setText(self.tr("Use {way}").format(way=translated("Director", self.variants[at].title).lower()))

    def end(self, answer: str) -> None:
        """Set camera, mood and words in one step, and remember the choice."""
        if answer == "use":
            mood, variant = self.slider.value(), self.variants[self.chosen]
            self._session.document.seal()
            done = self._session.document.do(
                EditShot(self._board.id, self._shot.id, directed(self._shot, mood, variant))
            )
            self._session.document.seal()
            if done:
                self.choices.keep(band_of(mood).id, variant.id)
        super().end(answer)

    def _take(self, at: int) -> None:
        self.choose(at)
        self.end("use")

    def _moved(self) -> None:
        self._tell_band()
        self._waiting.start()

    def _tell_band(self) -> None:
        mood = self.slider.value()
        self.feels.setText(f"{mood}   {translated('Director', TITLES[band_of(mood).id])}")

    def _show(self) -> None:
        mood = self.slider.value()
        band = band_of(mood)
        before = self.variants
        self.variants = self.choices.ordered(band.id, ((one.id, one) for one in band.variants))
        weights = self.choices.weights(band.id)
        for tile, variant in zip(self.tiles, self.variants, strict=True):
            tile.show_variant(self._board, self._shot, mood, variant, weights.get(variant.id, 0.0))
        self.choose(self.chosen if self.variants == before else 0)

    def _repaint(self) -> None:
        for tile in self.tiles:
            tile.update()
