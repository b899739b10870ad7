"""Before and after of one frame, for the compare viewer: decoded and drawn on a thread of its own, the latest request first."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from engines.errors import EngineError
from engines.evolve import preview
from engines.evolve.base import Film
from engines.evolve.preview import Picture, ScaledClip
from engines.evolve.run import Step
from studio_app.services.jobs import Post, StartThread
from studio_app.services.latest import Latest
from timeline.errors import Cancelled, StudioError
from timeline.media import Media
from timeline.time import FrameRate

log = logging.getLogger(__name__)
LIVE_SECONDS = 4
"""What is not made yet is drawn over so much of the clip about the playhead: operations may look at all of it first."""


@dataclass(frozen=True)
class Wanted:
    """Frame `index` (counted in the lead's frames) of a clip, and of what came of it.

    `after` is a film that is there; without one `steps` are drawn, the quick way. Pictures fit into `box`.
    """

    media: tuple[Media, ...]
    index: int
    box: tuple[int, int]
    after: Media | None = None
    steps: tuple[Step, ...] = ()
    seed: int = 0
    around: int = 0
    """About which frame steps are drawn, where the clip is longer than `LIVE_SECONDS`."""

    @property
    def film(self) -> Wanted:
        """The same without the frame: what must be open for it."""
        return replace(self, index=0, around=0 if self.after is not None else self.around)


@dataclass(frozen=True, eq=False)
class Compared:
    """Two pictures (BGRA), and how long what they are frames of is: `first` to `first + count`, in frames of the lead."""

    wanted: Wanted
    before: Picture | None
    after: Picture | None
    first: int
    count: int
    rate: FrameRate
    changes: tuple[tuple[str, str], ...] = ()
    why: str = ""
    """Why there is no picture after, in a sentence."""
    is_half: bool = False
    """The picture after is still to come: that before need not wait for it."""


class ComparePictures:
    """Keeps the films of the last request open until `rest`."""

    def __init__(self, post: Post, start_thread: StartThread) -> None:
        self._post = post
        self._latest = Latest("compare pictures", start_thread)
        self._open: _Open | None = None
        self._closing = False

    def ask(self, wanted: Wanted, then: Callable[[Compared], object]) -> None:
        """Draw it; `then` gets the pictures on the main thread, unless something newer was asked for."""

        def half(made: Compared) -> None:
            if not self._latest.is_outdated:
                self._post(lambda: _hand_over(then, made))

        def work() -> None:
            made = self._drawn(wanted, half)
            if made is not None:
                self._post(lambda: _hand_over(then, made))

        self._latest.ask(work)

    def rest(self) -> None:
        """Nothing is compared any more: close the files."""
        self._latest.ask(self._let_go)

    def close(self, timeout: float = 5.0) -> None:
        """Close the files and end the thread, waited for so many seconds at most."""
        self._closing = True
        self._latest.ask(self._let_go)
        self._latest.finish(timeout)

    def check(self) -> None:
        """Raise Cancelled when something newer is wanted: the job of an operation that looks at its frames."""
        if self._closing or self._latest.is_outdated:
            raise Cancelled

    def progress(self, fraction: float, note: str = "") -> None:
        """Nobody watches."""

    def _drawn(self, wanted: Wanted, half: Callable[[Compared], object]) -> Compared | None:
        try:
            if self._open is None or self._open.film_of != wanted.film:
                self._let_go()
                self._open = _Open(wanted)
                half(self._open.before(wanted))
                self._open.draw(wanted, self)
            return self._open.at(wanted)
        except Cancelled:
            self._let_go()
            return None
        except StudioError as error:
            self._let_go()
            return Compared(wanted, None, None, 0, 1, preview.length_of(wanted.media[0])[1], why=error.message)
        except Exception as error:  # worker fence: see docs/architecture.md, section 10
            log.exception("a comparison could not be drawn")
            self._let_go()
            rate = preview.length_of(wanted.media[0])[1]
            return Compared(wanted, None, None, 0, 1, rate, why=f"No picture: {error}")

    def _let_go(self) -> None:
        opened, self._open = self._open, None
        if opened is not None:
            opened.close()


class _Open:
    """The films of one comparison; what is not made yet is there once `draw` was called."""

    def __init__(self, wanted: Wanted) -> None:
        self.film_of = wanted.film
        lead = wanted.media[0]
        whole, self._rate = preview.length_of(lead)
        size = preview.box_of(lead, wanted.box)
        live = wanted.after is None
        span = min(whole, round(LIVE_SECONDS * self._rate)) if live else whole
        self._first = min(max(0, wanted.around - span // 2), whole - span) if live else 0
        self._clips: list[ScaledClip] = []
        self._film: Film | None = None
        self._after: ScaledClip | None = None
        self._why = ""
        try:
            self._before = self._opened(lead, size, self._first, span)
            if wanted.after is not None:
                other = preview.box_of(wanted.after, wanted.box)
                self._after = self._opened(wanted.after, other, 0, preview.length_of(wanted.after)[0])
        except BaseException:
            self.close()
            raise

    def draw(self, wanted: Wanted, job: Any) -> None:
        """Prepare what the steps make, where nothing is made yet. Raises MediaError, Cancelled."""
        if wanted.after is not None or not wanted.steps:
            return
        size, clips = self._before.size, [self._before]
        for media in wanted.media[1:]:
            count = preview.length_of(media)[0]
            clips.append(self._opened(media, size, 0, min(count, self._before.count)))
        try:
            self._film = preview.draft_of([one.made() for one in wanted.steps], clips, wanted.seed, job)
        except EngineError as error:  # the picture before is there all the same
            self._why = error.message

    def _opened(self, media: Media, size: tuple[int, int], first: int, count: int) -> ScaledClip:
        clip = ScaledClip(media, size, first, count)
        self._clips.append(clip)
        return clip

    def before(self, wanted: Wanted) -> Compared:
        """Only the picture before. Raises MediaError."""
        picture = preview.picture_of(self._before.frame(wanted.index - self._first))
        return Compared(wanted, picture, None, self._first, self._before.count, self._rate, is_half=True)

    def at(self, wanted: Wanted) -> Compared:
        """The pictures of one frame. What came of the clip may be longer, and run at another rate."""
        index = wanted.index - self._first
        before = preview.picture_of(self._before.frame(index))
        after, length = None, self._before.count
        changes: tuple[tuple[str, str], ...] = ()
        film, there = self._film, self._after
        if film is not None:
            after = preview.picture_of(film.frame(self._place(index, film.rate, film.count)))
            length = max(length, round(film.count / film.rate * self._rate))
            changes = film.changes
        elif there is not None:
            after = preview.picture_of(there.frame(self._place(index, there.rate, there.count)))
            length = max(length, round(there.count / there.rate * self._rate))
        return Compared(wanted, before, after, self._first, length, self._rate, changes, self._why)

    def _place(self, index: int, rate: FrameRate, count: int) -> int:
        return min(max(0, int(index * rate / self._rate)), count - 1)

    def close(self) -> None:
        for one in self._clips:
            one.close()


def _hand_over(then: Callable[[Compared], object], made: Compared) -> None:
    then(made)
