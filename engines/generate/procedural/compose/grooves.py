"""Drum patterns: a bar in sixteenths, a digit for each stroke's loudness; what is struck grows with the intensity of the bar."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """What one drum plays: sixteen places (`.` rests, 1-9 loudness), and from which intensity it plays along."""

    drum: str
    places: str
    enters: float = 0.0


@dataclass(frozen=True)
class Groove:
    """The lines of a pattern, every other bar's own ones, and how a phrase is led over: the drum of fills and sweeps."""

    lines: tuple[Line, ...]
    second: tuple[Line, ...] = ()
    fill: str = ""
    pumps: float = 0.0
    """How far (0-1) chords and bass give way to the bass drum."""
    crash: bool = False
    loose: float = 0.006
    """Seconds by which strokes are early or late."""


def lines(*rows: str) -> tuple[Line, ...]:
    """Lines written as rows: drum, sixteen places, the intensity from which it plays along."""
    return tuple(Line(drum, places, float(enters)) for drum, places, enters in map(str.split, rows))


GROOVES: dict[str, Groove] = {
    "none": Groove(()),
    "heart": Groove(
        lines(
            "boom  8............... 0.35",
            "heart 7.5.....6.4..... 0.5",
        ),
        second=lines(
            "heart 6.4.....6.4..... 0.5",
        ),
    ),
    "tick": Groove(
        lines(
            "tick   5.3.4.3.5.3.4.33 0.3",
            "heart  7.......6....... 0.4",
            "tom    ..............5. 0.6",
            "shaker 3232323232323232 0.85",
        ),
        second=lines(
            "tom ......4.......65 0.6",
        ),
        fill="tom",
        pumps=0.15,
    ),
    "soft": Groove(
        lines(
            "shaker 3.5.3.5.3.5.3.5. 0.4",
            "kick   7.........5..... 0.5",
            "rim    ....5.......5... 0.7",
        ),
        second=lines(
            "kick 7.....4...5..... 0.5",
        ),
        fill="tom",
        pumps=0.15,
    ),
    "brush": Groove(
        lines(
            "brush ..3.6.3...3.6.3. 0.35",
            "ride  6...5..36...5..3 0.45",
            "kick  6.........4..... 0.5",
        ),
        second=lines(
            "rim ..........4..... 0.7",
        ),
        loose=0.009,
    ),
    "hop": Groove(
        lines(
            "kick   7.......6....... 0.4",
            "rim    ....6.......6... 0.45",
            "shaker 4.6.4.6.4.6.4.6. 0.5",
            "snap   ....7.......7... 0.75",
        ),
        second=lines(
            "tick ......5...5...5. 0.7",
        ),
        fill="rim",
        pumps=0.1,
    ),
    "pop": Groove(
        lines(
            "hat    6.4.6.4.6.4.6.4. 0.42",
            "kick   9.....5.8....... 0.5",
            "snare  ....8.......8... 0.6",
            "shaker 2323232323232323 0.9",
        ),
        second=lines(
            "kick 9.....5.8...4... 0.5",
        ),
        fill="tom",
        pumps=0.25,
        crash=True,
    ),
    "drive": Groove(
        lines(
            "kick  9...8...9...8... 0.42",
            "hat   6.5.6.5.6.5.6.5. 0.5",
            "snare ....8.......8... 0.6",
            "hat   .3.3.3.3.3.3.3.3 0.85",
        ),
        second=lines(
            "open ..............6. 0.7",
            "kick 9...8...9..58... 0.42",
        ),
        fill="snare",
        pumps=0.4,
        crash=True,
    ),
    "break": Groove(
        lines(
            "kick  9..5....8..6.... 0.42",
            "snare ....8..3.4..8... 0.5",
            "hat   8354835483548354 0.55",
            "tom   ..........3..3.. 0.8",
        ),
        second=lines(
            "kick  8.....6...9..... 0.42",
            "snare ....8..4..6..8.5 0.5",
        ),
        fill="snare",
        pumps=0.25,
        crash=True,
        loose=0.004,
    ),
    "taiko": Groove(
        lines(
            "taiko  9.......6..6.... 0.42",
            "tom    ....5.......5.5. 0.6",
            "shaker 4.3.5.3.4.3.5.3. 0.75",
            "tom    ..4...4...4...44 0.92",
        ),
        second=lines(
            "taiko 9.....5.7..6..5. 0.42",
        ),
        fill="taiko",
        crash=True,
        loose=0.008,
    ),
    "house": Groove(
        lines(
            "kick   9...9...9...9... 0.44",
            "open   ..6...6...6...6. 0.55",
            "clap   ....7.......7... 0.62",
            "shaker 4253425342534253 0.5",
            "rim    ...4..4....4..4. 0.9",
        ),
        second=lines(
            "hat  .......3......3. 0.6",
            "clap ....7.......7..3 0.62",
        ),
        fill="clap",
        pumps=0.65,
        crash=True,
        loose=0.003,
    ),
    "techno": Groove(
        lines(
            "punch 9...9...9...9... 0.4",
            "hat   ..7...7...7...7. 0.5",
            "hat   3.2.3.2.3.2.3.2. 0.6",
            "clap  ....6.......6... 0.8",
            "tick  4..4..4..4..4..4 0.7",
        ),
        second=lines(
            "tick ..4..4..4..4..4. 0.7",
            "open ..............5. 0.75",
        ),
        fill="snare",
        pumps=0.55,
        crash=True,
        loose=0.002,
    ),
}
"""By name; genres have their own, moods name theirs. `second` replaces the lines of the same drum in every other bar."""


def lines_of(groove: Groove, bar: int) -> tuple[Line, ...]:
    """What is played in a bar of a section, counted from 0."""
    if bar % 2 == 0 or not groove.second:
        return groove.lines
    replaced = {line.drum for line in groove.second}
    return (*(line for line in groove.lines if line.drum not in replaced), *groove.second)
