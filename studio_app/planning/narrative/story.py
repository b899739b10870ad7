"""Scenes held against a structure: acts, curve, fit and proposals in one value, for the screen, a terminal and programs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from studio_app.planning.narrative.acts import Act, By, Scene, grouped, length_of
from studio_app.planning.narrative.order import Proposal, fit_of, levels_of, proposals
from studio_app.planning.narrative.structures import Structure
from timeline.time import RationalTime, sums

_BARS = " ▁▂▃▄▅▆▇█"


@dataclass(frozen=True)
class Story:
    """`levels`: the scenes' tensions on the scale of the ideal curve, in their order; what the curve on the screen shows."""

    structure: Structure
    by: By
    scenes: tuple[Scene, ...]
    acts: tuple[Act, ...]
    levels: tuple[float, ...]
    fit: float
    proposals: tuple[Proposal, ...]

    @property
    def duration(self) -> RationalTime:
        """Of all scenes."""
        return length_of(self.scenes)

    @property
    def climax(self) -> Scene | None:
        """The tensest scene of all, the first of several."""
        return max(self.scenes, key=lambda one: one.tension.value, default=None)

    @property
    def starts(self) -> tuple[RationalTime, ...]:
        """Where the scenes begin, and the end."""
        return sums(one.duration for one in self.scenes)

    @property
    def notes(self) -> tuple[str, ...]:
        """What is to be known of these figures, in sentences."""
        found = []
        unknown = sum(not one.tension.is_known for one in self.scenes)
        if unknown:
            found.append(f"Nothing is known of {_scenes(unknown)}: neither measured nor described.")
        if len(self.scenes) < len(self.acts):
            found.append(f"{_scenes(len(self.scenes)).capitalize()} for {len(self.acts)} parts: some stay empty.")
        if len(self.scenes) > 1 and len(set(self.levels)) == 1:
            found.append("All scenes are about as tense as each other: no order serves the curve better than another.")
        return tuple(found)

    def curve(self, points: int) -> list[tuple[float, float, float]]:
        """(share of the running time, level of the scene there, ideal) at moments spread evenly; none without scenes."""
        if not self.scenes:
            return []
        ends = [float(one.fraction) for one in self.starts[1:]]
        whole = ends[-1] or 1.0
        found, place = [], 0
        for n in range(points):
            at = (n + 0.5) / points
            while place < len(ends) - 1 and at * whole >= ends[place]:
                place += 1
            found.append((at, self.levels[place], self.structure.ideal(at)))
        return found

    def as_plain(self) -> dict[str, Any]:
        """All of it for programs; times are exact fractions of a second, `path` is None where there is no file yet."""
        starts = self.starts
        return {
            "structure": self.structure.id,
            "by": self.by,
            "duration": str(self.duration),
            "fit": round(self.fit, 4),
            "climax": self.climax.id if self.climax else None,
            "notes": list(self.notes),
            "acts": [_plain_act(one) for one in self.acts],
            "scenes": [
                {
                    "id": one.id,
                    "name": one.name,
                    "path": one.path or None,
                    "place": one.place,
                    "start": str(start),
                    "duration": str(one.duration),
                    "tension": round(one.tension.value, 4),
                    "level": round(level, 4),
                    "reasons": [
                        {
                            "figure": why.figure,
                            "level": round(why.level, 4),
                            "weight": round(why.weight, 4),
                            "text": why.text,
                        }
                        for why in one.tension.reasons
                    ],
                }
                for one, start, level in zip(self.scenes, starts, self.levels, strict=False)
            ],
            "curve": [[round(value, 4) for value in point] for point in self.curve(60)],
            "proposals": [
                {
                    "order": [one.id for one in each.order],
                    "fit": round(each.fit, 4),
                    "gain": round(each.gain, 4),
                    "moves": [{"scene": move.scene.id, "from": move.start, "to": move.end} for move in each.moves],
                }
                for each in self.proposals
            ],
        }


def story_of(scenes: Sequence[Scene], structure: Structure, by: By = "length") -> Story:
    """Hold scenes against a structure."""
    return Story(
        structure,
        by,
        tuple(scenes),
        grouped(scenes, structure, by),
        tuple(float(one) for one in levels_of(scenes, structure)),
        fit_of(scenes, structure),
        proposals(scenes, structure),
    )


def _plain_act(act: Act) -> dict[str, Any]:
    return {
        "name": act.beat.name,
        "share": str(act.beat.share),
        "start": str(act.range.start),
        "duration": str(act.range.duration),
        "ideal_start": str(act.ideal.start),
        "ideal_duration": str(act.ideal.duration),
        "tension": None if act.tension is None else round(act.tension, 4),
        "climax": act.climax.id if act.climax else None,
        "scenes": [one.id for one in act.scenes],
    }


def bars(levels: Sequence[float]) -> str:
    """Levels 0..1 as a row of blocks, for a terminal."""
    return "".join(_BARS[min(8, max(1, round(one * 8)))] for one in levels)


def move_sentence(proposal: Proposal) -> str:
    """What one proposal's last move does: `move “Chase” from place 2 to place 7`."""
    move = proposal.moves[-1]
    return f"move “{move.scene.name}” from place {move.start + 1} to place {move.end + 1}"


def _scenes(count: int) -> str:
    return "one scene" if count == 1 else f"{count} scenes"
