"""A take is too short for its clip: play it slower, hold its last frame, make the rest, or let the clip end with it."""

from __future__ import annotations

from fractions import Fraction
from typing import cast

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from studio_app.session.extending import HERE, extend, extenders
from studio_app.session.session import Session
from studio_app.session.taking import is_too_short, use_take
from timeline.commands.use_take import Short
from timeline.errors import StudioError
from timeline.items import Clip
from timeline.media import Media
from timeline.query import media_name
from timeline.sequence import Sequence
from ui import words
from ui.dialogs.way_card import WayCard, WaysDialog
from ui.form.editors.choice import Combo
from ui.widgets import label, row


class TakeTooShortDialog(WaysDialog):
    """How one take comes into one clip."""

    def __init__(self, parent: QWidget | None, session: Session, sequence: Sequence, clip: Clip, media: Media) -> None:
        super().__init__(
            parent, QCoreApplication.translate("TakeTooShort", "This take is too short for its place"), 800
        )
        self._session, self._place, self._media_id = session, (sequence.id, clip.id), media.id
        lacks = is_too_short(sequence, clip, media)
        has, needs = (clip.duration - lacks).to_seconds(), clip.duration.to_seconds()
        self.add_words(
            self.tr(
                "“{name}” has {has}, its clip lasts {needs}. Place, effects, fades and links stay in each case."
            ).format(name=media_name(media), has=seconds(has), needs=seconds(needs))
        )
        share = has / needs if needs else 1.0
        self._clip, self._media, self._sequence_id = clip, media, sequence.id
        speed = float(abs(clip.speed) * Fraction(has / needs if needs else 1).limit_denominator(10_000)) * 100
        cards = (
            WayCard("slow", self.tr("Slow"), self.tr("All of it at {speed} %").format(speed=f"{speed:.0f}"), share),
            WayCard(
                "hold",
                self.tr("Hold the last frame"),
                self.tr("It stands for {time}").format(time=seconds(needs - has)),
                share,
            ),
            WayCard(
                "extend",
                self.tr("Extend"),
                self.tr("{time} are made anew").format(time=seconds(needs - has)),
                share,
            ),
            WayCard(
                "trim",
                self.tr("Trim the clip"),
                self.tr("A gap of {time} is left").format(time=seconds(needs - has)),
                share,
            ),
        )
        self.engine = Combo()
        self.engine.setAccessibleName(self.tr("Who makes the rest"))
        for one in extenders(session, clip, media):
            self.engine.addItem(f"{one.label}, {words.price(one.cost)}", one.engine)
        self.engine.currentIndexChanged.connect(lambda _: self._show_way())
        self.makers = row(label(self.tr("The rest is made by"), "secondary"), self.engine, 1, spacing=12)
        self._lay(cards, self.makers)
        self.button = self.add_button(self.tr("Use take"), "use", primary=True)
        self._mark_first()

    def _show_way(self) -> None:
        """The price of what is made stands on the button."""
        is_longer, engine = self._way == "extend", str(self.engine.currentData() or HERE)
        self.makers.setVisible(is_longer)
        self.how.setVisible(is_longer)
        self.how.setText(
            self.tr("Its motion goes on: nothing new comes into the picture. It takes its place when it is ready.")
            if engine == HERE
            else self.tr(
                "It goes on from the last picture by the words of the take. It takes its place when it is there."
            )
        )
        price = self.engine.currentText().rpartition(", ")[2]
        self.button.setText(self.tr("Extend, {price}").format(price=price) if is_longer else self.tr("Use take"))
        self.adjustSize()

    def end(self, answer: str) -> None:
        """Use it the marked way; what cannot be is said and keeps the dialog open."""
        if answer == "use":
            said: list[str] = []
            listening = self._session.document.refused.connect(said.append)
            try:
                if self._way == "extend":
                    extend(
                        self._session,
                        self._sequence_id,
                        self._clip,
                        self._media,
                        str(self.engine.currentData() or HERE),
                    )
                else:
                    use_take(self._session, (self._place,), self._media_id, cast(Short, self._way))
            except StudioError as error:
                said.append(error.message)
            listening.close()
            if said:
                self._refuse(said[0])
                return
        super().end(answer)


def seconds(value: float) -> str:
    """`3.2 s`."""
    return f"{value:.1f} s"


def ask_too_short(parent: QWidget | None, session: Session, about: str) -> None:
    """The question for "sequence id, clip id, media id"; nothing where one of them is gone."""
    dialog = too_short_dialog(parent, session, about)
    if dialog is not None:
        dialog.ask()


def too_short_dialog(parent: QWidget | None, session: Session, about: str) -> TakeTooShortDialog | None:
    """The dialog itself."""
    sequence_id, clip_id, media_id = about.split()
    sequence = session.document.project.sequence(sequence_id)
    clip = sequence.clip(clip_id) if sequence is not None else None
    media = session.document.library.media.get(media_id)
    if sequence is None or clip is None or media is None:
        return None
    return TakeTooShortDialog(parent, session, sequence, clip, media)
