"""The compare viewer's state: what is before and after, where it stands, whether it plays. Pictures come from a service."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from studio_app.services.evolve_compare import Compared, Wanted
from studio_app.services.signal import Signal
from studio_app.session.evolve_attempts import Attempt
from studio_app.session.evolving import Evolving
from timeline.media import Media

if TYPE_CHECKING:
    from studio_app.session.session import Session

QUICK, FINE = (640, 360), (1280, 720)
"""Boxes of the pictures: while it plays or a hand moves, and at rest."""


class Mode(StrEnum):
    """How two pictures stand against each other."""

    WIPE = "wipe"
    SIDE = "side"
    DIFFERENCE = "difference"


class Comparing:
    """Main thread. `changed`: what is compared, or how; `arrived`: other pictures are there (`pictures`)."""

    def __init__(self, session: Session, evolving: Evolving) -> None:
        self._session, self._evolving = session, evolving
        self.changed: Signal[[]] = Signal()
        self.arrived: Signal[[]] = Signal()
        self.mode = Mode.WIPE
        self.loop = True
        self.playing = False
        self.after_id = ""
        """The result that is compared; empty: what would be made with the values as they are."""
        self.index = 0
        """The frame shown, in frames of the clip."""
        self.pictures: Compared | None = None
        self.is_shown = False
        """Whether a viewer is there to see it; else nothing is drawn."""
        self._lead = ""
        self._around = 0
        evolving.changed.connect(self._follow)
        evolving.results_changed.connect(self._keep)
        evolving.makers.landed.connect(self._see)
        session.evolve_previews.arrived.connect(self._refine)

    @property
    def is_seen(self) -> bool:
        """Whether there is something to compare, and somebody sees it."""
        return self.is_shown and self._evolving.lead is not None

    @property
    def after(self) -> Media | None:
        """The film of the result that is compared."""
        return self._session.document.library.media.get(self.after_id)

    @property
    def first(self) -> int:
        """Its first frame."""
        return self.pictures.first if self.pictures is not None else 0

    @property
    def count(self) -> int:
        """How many frames can be gone through."""
        return self.pictures.count if self.pictures is not None else 1

    def show(self, is_shown: bool) -> None:
        """A viewer came or went."""
        self.is_shown = is_shown
        if is_shown:
            self.follow_playhead()
            self._follow()
        else:
            self.pause()
            self._session.compare_pictures.rest()

    def compare_with(self, media_id: str) -> None:
        """Compare with a result; empty: with what would be made now."""
        if media_id != self.after_id:
            self.after_id = media_id
            self.changed.emit()
            self.ask()

    def set_mode(self, mode: Mode) -> None:
        """Wipe, side by side or difference."""
        if mode is not self.mode:
            self.mode = mode
            self.changed.emit()

    def set_loop(self, loop: bool) -> None:
        """Begin again at the end, or stop there."""
        self.loop = loop
        self.changed.emit()

    def go_to(self, index: int) -> None:
        """Show another frame."""
        index = min(max(index, self.first), self.first + self.count - 1)
        if index != self.index:
            self.index = index
            self.changed.emit()
            self.ask()

    def step(self, by: int) -> None:
        """So many frames on."""
        self.pause()
        self.go_to(self.index + by)

    def toggle(self) -> None:
        """Play, or pause."""
        self.pause() if self.playing else self.play()

    def play(self) -> None:
        """Go through the frames as time passes; the viewer calls `pass_time`. Other viewers stop."""
        if self._evolving.lead is not None and not self.playing:
            self._session.transport.pause()
            self._session.source.transport.pause()
            if self.index >= self.first + self.count - 1:
                self.index = self.first
            self.playing = True
            self.changed.emit()

    def pause(self) -> None:
        """Stop; the frame is drawn once more, as fine as it can be."""
        if self.playing:
            self.playing = False
            self.changed.emit()
            self.ask()

    def pass_time(self, frames: int) -> None:
        """So many frames' time went by."""
        index, end = self.index + frames, self.first + self.count
        if index < end:
            self.go_to(index)
        elif self.loop:
            self.go_to(self.first + (index - self.first) % max(1, self.count))
        else:
            self.go_to(end - 1)
            self.pause()

    def ask(self) -> None:
        """Have the pictures of the present frame drawn: quickly, then finely if nothing moves."""
        if self.is_shown and (wanted := self._wanted(QUICK)) is not None:
            self._session.compare_pictures.ask(wanted, self._take)

    def _wanted(self, box: tuple[int, int]) -> Wanted | None:
        lead = self._evolving.lead
        if lead is None:
            return None
        media = self._evolving.media_of(lead)
        after, steps = self.after, self._evolving.steps()
        if after is not None:
            return Wanted((media,), self.index, box, after)
        asked = self._evolving.preview_of(steps)
        if asked is None or not steps:
            return Wanted((media,), self.index, box, media)
        return Wanted(asked.media, self.index, box, None, steps, self._evolving.seed, self._around)

    def _take(self, made: Compared) -> None:
        now = self._wanted(made.wanted.box)
        if now is None or now.film != made.wanted.film:
            return  # meanwhile something else is wanted, and asked for
        if made.is_half and self.pictures is not None:
            return  # of this clip there is something to see already
        self.pictures = made
        self.arrived.emit()
        if made.before is None:  # its file may have gone meanwhile: then the whole window is to know
            self._session.presence.look_again()
        if not made.is_half:
            self._refine()

    def _refine(self) -> None:
        """At rest, and when the small pictures of the grid are through: the same frame as fine as it can be."""
        made, fine = self.pictures, self._wanted(FINE)
        if (
            made is None
            or made.is_half
            or fine is None
            or self.playing
            or not self.is_shown
            or self._session.evolve_previews.is_working
        ):
            return
        if made.wanted.box == QUICK and made.before is not None and made.wanted.index == self.index:
            self._session.compare_pictures.ask(fine, self._take)

    def _follow(self) -> None:
        """Another clip: at its place; another operation or value: what would be made of it."""
        lead = self._evolving.lead
        key = lead.media_id if lead is not None else ""
        if key != self._lead:
            self._lead, self.after_id, self.pictures = key, "", None
            self.playing = False
            self.index = self._around = self._evolving.place()
        elif self.after_id:
            self.after_id = ""
        self.changed.emit()
        self.arrived.emit()
        self.ask()

    def follow_playhead(self) -> None:
        """The playhead stands elsewhere in the clip."""
        place = self._evolving.place()
        if not self.playing and place != self._around:
            self.index = self._around = place
            self.changed.emit()
            self.ask()

    def _see(self, attempt: Attempt) -> None:
        """What was just made is seen, if nothing else was turned to meanwhile."""
        if attempt.pick.media_id == self._lead and not self.after_id and attempt.steps == self._evolving.steps():
            self.compare_with(attempt.media_id)

    def _keep(self) -> None:
        if self.after_id and self.after is None:
            self.compare_with("")
