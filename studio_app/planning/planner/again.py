"""A plan beside what is there already: which shots stay, which change, come and go. Pure; nothing is done here.

A planned shot remembers what it was planned from and how it looked then, so that one that was changed by hand is known.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from fractions import Fraction
from typing import Any, Final, Literal

from studio_app.planning.assemble import total_length
from studio_app.planning.camera_choice import CHOSEN
from studio_app.planning.planner.lengths import shares
from studio_app.planning.shot_edits import PLANNED, dialogue_of
from timeline.command import Command
from timeline.commands.add_shot import AddShot
from timeline.commands.edit_shot import EditShot
from timeline.commands.move_shot import MoveShot
from timeline.commands.remove_shot import RemoveShot
from timeline.commands.set_storyboard import SetStoryboard
from timeline.errors import StoryboardError
from timeline.items import new_id
from timeline.storyboard import Shot, Storyboard
from timeline.time import RationalTime

Fate = Literal["new", "changed", "same", "kept", "gone"]
_OURS: Final = ("global_style", "narrative_structure", "auto_transitions")
"""What a plan sets of the whole storyboard; size, rate, title and music stay."""
_TRIES: Final = 4


@dataclass(frozen=True)
class Row:
    """One shot as it would be (gone: as it is), what becomes of it, and for a changed one what it was."""

    fate: Fate
    shot: Shot
    before: Shot | None = None


@dataclass(frozen=True)
class Proposal:
    """The storyboard as it would be, shot by shot, those that go in their places; and what is to be said of it."""

    board: Storyboard
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()

    def count(self, fate: Fate) -> int:
        """How many shots have this fate."""
        return sum(row.fate == fate for row in self.rows)


def marked(shot: Shot) -> Shot:
    """The shot with what it was planned from and a digest of what it is like now."""
    extra = {name: value for name, value in shot.extra.items() if name != PLANNED}
    return replace(shot, extra={**extra, PLANNED: {"from": _words(shot), "was": _digest(shot)}})


def is_as_planned(shot: Shot) -> bool:
    """Whether it came from a plan and nobody changed it since."""
    mark = shot.extra.get(PLANNED)
    return isinstance(mark, Mapping) and mark.get("was") == _digest(shot)


def _words(shot: Shot) -> str:
    return " ".join((shot.description or shot.image_reference or shot.name).casefold().split())


def _source(shot: Shot) -> str:
    mark = shot.extra.get(PLANNED)
    return str(mark.get("from", "")) if isinstance(mark, Mapping) else _words(shot)


def _digest(shot: Shot) -> str:
    names = ("description", "name", "duration", "camera_motion", "subject_motion", "mood", "tags", "image_reference",
             "last_image", "audio", "transition", "transition_duration", "engine", "seed", "media_id")  # fmt: skip
    what = [str(getattr(shot, name)) for name in names] + [dialogue_of(shot), repr(sorted(shot.scene.items()))]
    what += [CHOSEN] if CHOSEN in shot.extra else []
    return hashlib.blake2b("|".join(what).encode(), digest_size=6).hexdigest()


def proposed(
    old: Storyboard,
    plan: Storyboard,
    kept: Collection[str],
    notes: Sequence[str] = (),
    length: RationalTime | None = None,
) -> Proposal:
    """What becomes of `old` by a new plan. Shots of `kept` stay as they are; the rest makes the film as long as `length`
    (None: as it comes), where they let it be."""
    pairs = _pairs(old.shots, plan.shots)
    wanted: list[Row] = []
    for place, new in enumerate(plan.shots):
        before = pairs.get(place)
        if before is None:
            wanted.append(Row("new", replace(new, id=new_id())))
        elif before.id in kept:
            wanted.append(Row("kept", before))
        else:
            wanted.append(Row("changed", _renewed(before, new)))
    rows = _with_the_rest(old.shots, wanted, kept)
    board = replace(old, **{name: getattr(plan, name) for name in _OURS})
    rows, said = _fitted(board, _joined(rows, plan), length)
    olds = {shot.id: shot for shot in old.shots}
    rows = [Row(row.fate, marked(row.shot)) if row.fate in ("new", "changed") else row for row in rows]
    rows = [
        Row("same", row.shot) if row.fate == "changed" and _same(olds[row.shot.id], row.shot) else row for row in rows
    ]
    rows = [replace(row, before=olds[row.shot.id]) if row.fate == "changed" else row for row in rows]
    stays = tuple(row.shot for row in rows if row.fate != "gone")
    return Proposal(replace(board, shots=stays), tuple(rows), (*notes, *said))


def _pairs(old: Sequence[Shot], new: Sequence[Shot]) -> dict[int, Shot]:
    """By place in the plan the shot that was planned from the same words: in order first, then wherever it stands."""
    mine, theirs = [_source(shot) for shot in old], [_words(shot) for shot in new]
    pairs: dict[int, Shot] = {}
    for block in SequenceMatcher(None, mine, theirs, autojunk=False).get_matching_blocks():
        pairs |= {block.b + n: old[block.a + n] for n in range(block.size)}
    used = {shot.id for shot in pairs.values()}
    for place, words in enumerate(theirs):
        if place not in pairs:
            rest = (shot for shot, source in zip(old, mine, strict=True) if source == words and shot.id not in used)
            if (found := next(rest, None)) is not None:
                pairs[place] = found
                used.add(found.id)
    return pairs


def _renewed(before: Shot, new: Shot) -> Shot:
    """The shot as it is planned now; what a plan says nothing about stays."""
    said = {name: value for name, value in before.extra.items() if name != "dialogue"}
    return replace(
        new,
        id=before.id,
        engine=before.engine,
        seed=before.seed,
        last_image=before.last_image,
        extra={**said, **new.extra},
    )


def _with_the_rest(old: Sequence[Shot], wanted: list[Row], kept: Collection[str]) -> list[Row]:
    """Shots that the plan does not know stand behind the one they stood behind: kept, or to go."""
    rows = list(wanted)
    known = {row.shot.id for row in rows}
    behind = -1
    for shot in old:
        if shot.id in known:
            behind = next(n for n, row in enumerate(rows) if row.shot.id == shot.id)
            continue
        behind += 1
        rows.insert(behind, Row("kept" if shot.id in kept else "gone", shot))
    return rows


def _joined(rows: list[Row], plan: Storyboard) -> list[Row]:
    """A planned shot that opens the plan but not the film is led into as the others are."""
    second = plan.shots[1] if len(plan.shots) > 1 else None
    if second is None:
        return rows
    found, is_first = [], True
    for row in rows:
        shot = row.shot
        if row.fate in ("new", "changed") and not is_first and not shot.transition:
            shot = replace(shot, transition=second.transition, transition_duration=second.transition_duration)
        is_first = is_first and row.fate == "gone"
        found.append(Row(row.fate, shot))
    return found


def _fitted(board: Storyboard, rows: list[Row], length: RationalTime | None) -> tuple[list[Row], list[str]]:
    """The free shots share what the kept ones leave of the film's length."""
    if length is None:
        return rows, []
    rate, frames = board.rate, length.nearest_frame(board.rate)
    least = -(-rate.numerator // rate.denominator)
    for _ in range(_TRIES):
        stays = tuple(row.shot for row in rows if row.fate != "gone")
        over = total_length(replace(board, shots=stays)).nearest_frame(rate) - frames
        free = [row.shot for row in rows if row.fate in ("new", "changed")]
        if not over or not free:
            break
        has = [shot.duration.nearest_frame(rate) for shot in free]
        try:
            shorter = shares([Fraction(one) for one in has], sum(has) - over, least)
        except StoryboardError:
            break
        of = {shot.id: RationalTime.from_frames(one, rate) for shot, one in zip(free, shorter, strict=True)}
        rows = [Row(r.fate, replace(r.shot, duration=of[r.shot.id])) if r.shot.id in of else r for r in rows]
    stays = tuple(row.shot for row in rows if row.fate != "gone")
    is_now = total_length(replace(board, shots=stays))
    if is_now.nearest_frame(rate) == frames:
        return rows, []
    return rows, [
        f"With the shots that stay the film lasts {is_now.to_seconds():.1f} s, not {length.to_seconds():.1f} s."
    ]


def _same(before: Shot, after: Shot) -> bool:
    return _digest(before) == _digest(after) and before.overlays == after.overlays


def commands_of(old: Storyboard, proposal: Proposal, extra: Mapping[str, Any]) -> tuple[Command, ...]:
    """The steps that make the old storyboard the proposed one; `extra` is what it remembers then."""
    board = proposal.board
    changes: dict[str, Any] = {
        name: getattr(board, name) for name in _OURS if getattr(board, name) != getattr(old, name)
    }
    commands: list[Command] = [SetStoryboard(old.id, {**changes, "extra": dict(extra)})]
    commands += [RemoveShot(old.id, row.shot.id) for row in proposal.rows if row.fate == "gone"]
    there = {shot.id: shot for shot in old.shots}
    order = [shot.id for shot in old.shots if shot.id in {one.id for one in board.shots}]
    for place, shot in enumerate(board.shots):
        if shot.id not in there:
            commands.append(AddShot(old.id, shot, place))
            order.insert(place, shot.id)
            continue
        if order[place] != shot.id:
            commands.append(MoveShot(old.id, shot.id, place))
            order.remove(shot.id)
            order.insert(place, shot.id)
        before = there[shot.id]
        edits = {n: v for n, v in vars(shot).items() if n != "id" and getattr(before, n) != v}
        if edits:
            commands.append(EditShot(old.id, shot.id, edits))
    return tuple(commands)
