"""A shot is longer than its engine makes: joined parts, a shorter shot, or another engine; each with its price before anything is sent."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from studio_app.session.joined_parts import TooLong
from studio_app.session.over_long import home_of, join_parts, too_long, trim_shot
from studio_app.session.session import Session
from timeline.errors import StudioError
from ui import words
from ui.dialogs.way_card import WayCard, WaysDialog


class TooLongDialog(WaysDialog):
    """What to do with one shot, before anything is sent."""

    def __init__(self, parent: QWidget | None, session: Session, shot_id: str, engine: str, found: TooLong) -> None:
        super().__init__(
            parent, QCoreApplication.translate("TooLong", "This shot is longer than its engine makes"), 610
        )
        self._session, self._shot_id, self._engine, self._found = session, shot_id, engine, found
        self.add_words(
            self.tr("{engine} makes {longest} s at most; the shot lasts {seconds} s. Nothing was sent yet.").format(
                engine=found.engine, longest=f"{found.longest:g}", seconds=f"{found.seconds:g}"
            )
        )
        self._lay(tuple(cards_of(found)))
        self.button = self.add_button(self.tr("Generate"), "do", primary=True)
        self._mark_first()

    def _show_way(self) -> None:
        way, found = self._way, self._found
        self.how.setText(how_of(found, way))
        price = {"joined": found.cost, "shorter": found.trimmed, "other": found.other.cost if found.other else None}[
            way
        ]
        text = self.tr("Generate") if price is None else self.tr("Generate, {price}").format(price=words.price(price))
        self.button.setText(text)

    def end(self, answer: str) -> None:
        """Do the marked way; what cannot be is said and keeps the dialog open."""
        if answer == "do":
            session, way = self._session, self._way
            try:
                if way == "joined":
                    join_parts(session, self._shot_id, self._engine)
                elif way == "shorter" and trim_shot(session, self._shot_id, self._found.longest):
                    session.generation.generate([self._shot_id], self._engine)
                elif way == "other" and self._found.other is not None:
                    session.generation.generate([self._shot_id], self._found.other.id)
            except StudioError as error:
                self._refuse(error.message)
                return
        super().end(answer)


def cards_of(found: TooLong) -> list[WayCard]:
    """The ways there are, each with its figures."""
    share = found.longest / found.seconds
    cards = []
    if found.parts and found.cost is not None:
        cards.append(
            WayCard(
                "joined",
                QCoreApplication.translate("TooLong", "{count} joined parts").format(count=found.parts),
                words.price(found.cost),
                share,
                found.parts,
            )
        )
    if found.trimmed is not None:
        cards.append(
            WayCard(
                "shorter",
                QCoreApplication.translate("TooLong", "Trim to {longest} s").format(longest=f"{found.longest:g}"),
                words.price(found.trimmed),
                share,
            )
        )
    if found.other is not None and found.other.cost is not None:
        cards.append(WayCard("other", found.other.label, words.price(found.other.cost), 1.0))
    return cards


def how_of(found: TooLong, way: str) -> str:
    """What a way does, in a sentence."""
    if way == "joined":
        return QCoreApplication.translate(
            "TooLong",
            "Each part begins with the last picture of the one before; they come back as one take. A part that is there is not paid again.",
        )
    if way == "shorter":
        return QCoreApplication.translate("TooLong", "The shot and its place in the cut end sooner; a gap is left.")
    return QCoreApplication.translate("TooLong", "{engine} makes it in one piece.").format(
        engine=found.other.label if found.other else ""
    )


def too_long_dialog(parent: QWidget | None, session: Session, about: str) -> TooLongDialog | None:
    """The dialog for "shot id, engine"; None where the shot is gone, or fits by now."""
    shot_id, _, engine = about.partition(" ")
    home = home_of(session, shot_id)
    found = too_long(session, *home, engine) if home is not None else None
    if found is None or not cards_of(found):
        return None
    return TooLongDialog(parent, session, shot_id, engine, found)


def ask_too_long(parent: QWidget | None, session: Session, about: str) -> None:
    """The question; nothing where there is none to ask."""
    dialog = too_long_dialog(parent, session, about)
    if dialog is not None:
        dialog.ask()
