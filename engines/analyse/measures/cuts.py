"""Cuts: where one shot ends and the next begins, to the frame."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from engines.analyse.base import Clip, Figures, Measure, Picture, figure, follows

_FLOOR = 0.14
"""Difference of two pictures, 0..1, below which it is never a cut."""
_OVER = 2.5
"""A cut differs so many times as much as what lies about it: fast motion differs all the time."""
_ABOUT = 6
_APART = 3
_CHANGED = 0.02
"""Sum of changes of a cell, from which it is another one."""
_MOST = 5000


class Cut(Figures):
    """One cut: the first picture of the new shot."""

    frame: int = figure("Its frame, from 0.")
    seconds: float = figure("Its time.", "s")
    strength: float = figure("How different the two sides are, 0..1.")


class Cuts(Figures):
    """Where a clip is cut. Of a long film only stretches are looked at (`exact` false): the rate is then an estimate."""

    cuts: tuple[Cut, ...] = figure("In order.")
    count: int = figure("How many were found.")
    per_minute: float = figure("Cuts a minute.", "/min")
    mean_shot: float | None = figure("Mean length of a shot.", "s")
    exact: bool = figure("Whether every picture was looked at.")


@dataclass(frozen=True)
class _Step:
    frame: int
    seconds: float
    difference: float
    over: float
    """The same against the picture before that: small where one picture alone was different."""


class CutsMeasure(Measure[Cuts]):
    """Cuts, of every picture that is decoded: colours and drawing both have to change, at once, and for longer than a flash."""

    label: ClassVar[str] = "Cuts"
    needs: ClassVar[Literal["every", "some", "pair", "sound"]] = "every"
    figures: ClassVar[type[Figures]] = Cuts

    def __init__(self, clip: Clip) -> None:
        super().__init__(clip)
        self._last: list[tuple[Picture, _Look]] = []
        self._window: list[_Step] = []
        self._cuts: list[Cut] = []
        self._decided = 0
        self._seconds = 0.0

    def look(self, picture: Picture) -> None:
        """How far this picture is from the two before it."""
        look = _Look(picture.coarse)
        if self._last and not follows(picture, self._last[-1][0]):
            self._settle()
            self._last = []
        if self._last:
            before, its = self._last[-1]
            self._seconds += picture.seconds - before.seconds
            over = look.off(self._last[0][1]) if len(self._last) > 1 else 1.0
            self._window.append(_Step(picture.index, picture.seconds, look.off(its), over))
            if len(self._window) > 4 * _ABOUT:
                self._judge(len(self._window) - _ABOUT)
        self._last = [*self._last[-1:], (picture, look)]

    def found(self) -> Cuts | None:
        """All that were found."""
        if not self._last:
            return None
        self._settle()
        frame = 1 / self.clip.rate if self.clip.rate else 0.0
        seconds = self._seconds + frame
        count = len(self._cuts)
        whole = self.clip.seconds or 0.0
        per_minute = count * 60 / seconds if seconds else 0.0
        shot = (whole / (count + 1) if self.clip.whole else 60 / per_minute if count else whole) if whole else None
        return Cuts(
            cuts=tuple(self._cuts[:_MOST]),
            count=count,
            per_minute=round(per_minute, 3),
            mean_shot=None if shot is None else round(shot, 3),
            exact=self.clip.whole,
        )

    def _settle(self) -> None:
        self._judge(len(self._window))
        self._window, self._decided = [], 0

    def _judge(self, until: int) -> None:
        """Decide about the steps before `until`; some of them are kept beside what comes."""
        row = self._window
        for place in range(self._decided, until):
            if self._is_cut(place):
                step = row[place]
                cut = Cut(frame=step.frame, seconds=round(step.seconds, 6), strength=round(step.difference, 4))
                if self._cuts and cut.frame - self._cuts[-1].frame < _APART:
                    if cut.strength <= self._cuts[-1].strength:
                        continue
                    self._cuts.pop()  # a cut over a picture that is mixed of both sides
                self._cuts.append(cut)
        gone = max(0, until - _ABOUT)
        self._window, self._decided = row[gone:], until - gone

    def _is_cut(self, place: int) -> bool:
        """A flash is none: the pictures on both sides of it are alike."""
        row, step = self._window, self._window[place]
        if step.difference < _FLOOR:
            return False
        about = [one.difference for one in row[max(0, place - _ABOUT) : place + _ABOUT + 1] if one is not step]
        after = row[place + 1].over if place + 1 < len(row) else 1.0
        is_flash = min(after, step.over) < step.difference / 2
        return not is_flash and step.difference > _OVER * (float(np.median(about)) if about else 0.0)


class _Look:
    """A picture as colours in the cells of a coarse grid, and as a drawing without its brightness."""

    def __init__(self, coarse: NDArray[np.float32]) -> None:
        self._cells = cv2.resize(coarse, (8, 6), interpolation=cv2.INTER_AREA)
        luma = coarse[..., 0] - coarse[..., 0].mean()
        self._drawing = luma
        self._energy = float(np.sum(luma * luma))

    def off(self, other: _Look) -> float:
        """0 alike .. 1 nothing in common."""
        cells = np.abs(self._cells - other._cells)
        apart = cells.mean(axis=(0, 1))
        # Somebody who leaves changes a part of the picture, a cut nearly all of it.
        wide = float(np.clip((np.mean(cells.sum(axis=2) > _CHANGED) - 0.35) / 0.2, 0, 1))
        colours = min(1.0, float(apart[0] + 1.5 * (apart[1] + apart[2])) * 2.5)
        scale = float(np.sqrt(self._energy * other._energy))
        faint = 0.02 * self._drawing.size * 0.02
        alike = float(np.sum(self._drawing * other._drawing)) / scale if scale > faint else 1.0
        drawing = (1 - alike) / 2 if scale > faint else colours
        return wide * float(np.sqrt(max(0.0, colours) * min(1.0, max(drawing * 2, colours * 0.5))))
