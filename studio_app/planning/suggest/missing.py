"""What a storyboard lacks, each as a sentence with its place and a shot, or a change, that would mend it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import pairwise
from typing import Any, Final

from engines.generate.procedural.interpret.domains.shot import DOMAIN as SIZES
from studio_app.planning.assemble import shot_length, shot_name
from studio_app.planning.camera_choice import with_camera
from studio_app.planning.narrative.acts import Act, grouped
from studio_app.planning.narrative.materials import of_board, scene_of
from studio_app.planning.narrative.structures import STRUCTURES, Structure
from timeline.items import new_id
from timeline.storyboard import Shot, Storyboard
from timeline.time import RationalTime

_WIDE: Final = ("extreme_wide", "wide")
_CLOSE: Final = ("close", "extreme_close")
_AERIAL: Final = ("aerial", "drone", "bird's eye", "skyline", "from above")
_OPENING = 3
"""Among so many shots somebody has to see where they are."""
_FEW, _MANY = 3, 4
"""Shots from which a close-up is missed, and from which one camera motion is one too few."""
_THIN = 0.5
"""An act with less than this of its share has a gap."""
_WAYS: Final = {"pan_left": "right", "pan_right": "left", "orbit_left": "right", "orbit_right": "left"}
"""Where the picture goes under a moving camera."""
_FRESH: Final = ("dolly_in", "static", "pan_right")
"""Camera motions that are offered where there is but one, the first that differs."""
_SHOT_LENGTH = RationalTime(4)
_ALIKE_LENGTHS = 5


@dataclass(frozen=True)
class Missing:
    """One thing that is missing. `at`: number of the shot it is about, from 0; `shot_ids`: all that it is about.

    It is mended by `generate` (the shots are to be made), by `shot` put in before number `insert_at`, or by `change` of the
    shot at `at`.
    """

    kind: str
    sentence: str
    at: int
    shot_ids: tuple[str, ...] = ()
    shot: Shot | None = None
    insert_at: int = 0
    change: Mapping[str, Any] = field(default_factory=dict)
    generate: bool = False


def missing_in(
    board: Storyboard,
    has_take: Callable[[Shot], bool],
    way_of: Callable[[Shot], str] = lambda shot: "",
    structure: Structure = STRUCTURES["three_act"],
) -> tuple[Missing, ...]:
    """What is missing, the weightiest first. `way_of`: where the picture of a take goes (left, right), as measured; else planned.

    An empty storyboard lacks everything, so nothing is said of it.
    """
    if not board.shots:
        return ()
    acts = grouped([scene_of(one, None) for one in of_board(board)], structure)
    return (
        *_without_words(board),
        *_without_takes(board, has_take),
        *_without_place(board),
        *_without_close_up(board, acts),
        *_thin_acts(board, acts),
        *_one_camera(board),
        *_flips(board, way_of),
        *_one_length(board),
    )


def mended(board: Storyboard, one: Missing) -> Storyboard:
    """The storyboard with what was suggested; itself where shots are to be made."""
    shots = list(board.shots)
    if one.shot is not None:
        shots.insert(one.insert_at, one.shot)
    elif one.change:
        shots[one.at] = replace(shots[one.at], **one.change)
    else:
        return board
    return replace(board, shots=tuple(shots))


def size_of(shot: Shot) -> str:
    """The size a shot is described as (`wide`, `close` …), by what is said first; empty where its words say none."""
    text = f" {' '.join((shot.name, shot.description, *shot.tags)).casefold().replace('-', ' ')} "
    text = "".join(sign if sign.isalnum() or sign == "'" else " " for sign in text)
    found = [(at, -len(word), size) for word, size in _sizes() if (at := text.find(f" {word} ")) >= 0]
    return min(found)[2] if found else ""


@cache
def _sizes() -> tuple[tuple[str, str], ...]:
    """Words with the size they mean."""
    lines = SIZES.lines().items()
    return (
        *((word.replace("-", " "), size) for size, words in lines for word in words),
        *((word, "wide") for word in _AERIAL),
    )


def _without_size(description: str) -> str:
    """A description without its size: `Wide shot of a harbour` -> `a harbour`."""
    words = "|".join(sorted((re.escape(word).replace(r"\ ", "[ -]") for word, _ in _sizes()), key=len, reverse=True))
    return re.sub(rf"\b(?:{words})(?: shot)?\b(?: of\b)?[ ,.:]*", "", description, flags=re.IGNORECASE).strip()


def _without_words(board: Storyboard) -> Iterator[Missing]:
    for at, shot in enumerate(board.shots):
        if not shot.description.strip() and shot.media_id is None and not shot.scene and not shot.image_reference:
            yield Missing("words", f"Shot {at + 1} has no description: nobody can make it.", at, (shot.id,))


def _without_takes(board: Storyboard, has_take: Callable[[Shot], bool]) -> Iterator[Missing]:
    lacking = [(at, shot) for at, shot in enumerate(board.shots) if shot.description.strip() and not has_take(shot)]
    if lacking:
        ids = tuple(shot.id for _, shot in lacking)
        at, shot = lacking[0]
        told = (
            f"{_capital(_named(shot, at))} has no take yet."
            if len(lacking) == 1
            else f"{len(lacking)} of {len(board.shots)} shots have no take yet, from shot {at + 1} on."
        )
        yield Missing("takes", told, at, ids, generate=True)


def _without_place(board: Storyboard) -> Iterator[Missing]:
    opening = board.shots[:_OPENING]
    if not any(size_of(one) in _WIDE for one in opening):
        first = board.shots[0]
        shot = _new(_said("Wide establishing shot", first), first, name="Where we are", camera="static")
        told = f"None of the first {len(opening)} shots is wide: nobody sees where we are."
        if len(opening) == 1:
            told = "The only shot is not wide: nobody sees where we are."
        yield Missing("establishing", told, 0, (first.id,), shot, 0)


def _without_close_up(board: Storyboard, acts: Sequence[Act]) -> Iterator[Missing]:
    if len(board.shots) < _FEW or any(size_of(one) in _CLOSE for one in board.shots):
        return
    climax = max((one for act in acts for one in act.scenes), key=lambda one: one.tension.value)
    at = next(place for place, one in enumerate(board.shots) if one.id == climax.id)
    like = board.shots[at]
    shot = _new(_said("Close-up", like), like, name="Close-up", camera="dolly_in")
    told = f"There is no close-up. The tensest shot is {_named(like, at)}: show a face or a detail there."
    yield Missing("close_up", told, at, (like.id,), shot, at + 1)


def _thin_acts(board: Storyboard, acts: Sequence[Act]) -> Iterator[Missing]:
    at = 0
    for act in acts:
        before, at = at, at + len(act.scenes)
        held, ideal = act.range.duration.to_seconds(), act.ideal.duration.to_seconds()
        if held >= ideal * _THIN:
            continue
        place = min(at, len(board.shots) - 1)
        told = f"{act.beat.name} has {_seconds(held)} of its {_seconds(ideal)}: {_between(before, at)}."
        near = board.shots[max(0, min(at, len(board.shots)) - 1)]
        tense = sum(act.beat.tension) / len(act.beat.tension)
        mood = "calm" if tense < 0.35 else "tense" if tense > 0.65 else "mysterious"
        shot = replace(_new(near.description.strip(), near, name=act.beat.name, camera="static"), mood=mood)
        yield Missing("act", told, min(before, place), tuple(one.id for one in act.scenes), shot, at)


def _between(before: int, after: int) -> str:
    if before == after:
        return "no shot is in it"
    return f"shot {before + 1} alone" if after - before == 1 else f"shots {before + 1} to {after}"


def _one_camera(board: Storyboard) -> Iterator[Missing]:
    motions = Counter(shot.camera_motion or "static" for shot in board.shots)
    if len(board.shots) < _MANY or len(motions) > 1:
        return
    only = next(iter(motions))
    at = len(board.shots) // 2
    other = next(one for one in _FRESH if one != only)
    told = f"All {len(board.shots)} shots have the same camera: {_plain(only)}. Let shot {at + 1} have {_plain(other)}."
    ids = tuple(shot.id for shot in board.shots)
    yield Missing("camera", told, at, ids, change=with_camera(board.shots[at], other))


def _flips(board: Storyboard, way_of: Callable[[Shot], str]) -> Iterator[Missing]:
    ways = [way_of(shot) or _WAYS.get(shot.camera_motion, "") for shot in board.shots]
    for at, (one, other) in enumerate(pairwise(ways)):
        if {one, other} == {"left", "right"}:
            left, right = board.shots[at], board.shots[at + 1]
            shot = _new(_said("Wide shot", right), right, name="Neutral shot", camera="static")
            told = f"The picture goes {one} in shot {at + 1} and {other} in shot {at + 2}: the screen direction flips."
            yield Missing("direction", told, at + 1, (left.id, right.id), shot, at + 1)


def _one_length(board: Storyboard) -> Iterator[Missing]:
    lengths = {shot_length(shot, board) for shot in board.shots}
    if len(board.shots) < _ALIKE_LENGTHS or len(lengths) > 1:
        return
    length = next(iter(lengths))
    scenes = [scene_of(one, None) for one in of_board(board)]
    at = max(range(len(scenes)), key=lambda place: scenes[place].tension.value)
    told = f"All shots last {_seconds(length.to_seconds())}. Let the tensest, shot {at + 1}, be shorter."
    ids = tuple(shot.id for shot in board.shots)
    yield Missing("rhythm", told, at, ids, change={"duration": (length / 2).snapped(board.rate)})


def _new(description: str, like: Shot, *, name: str, camera: str) -> Shot:
    """A shot in the manner of another."""
    return Shot(
        description,
        name=name,
        duration=_SHOT_LENGTH,
        camera_motion=camera,
        mood=like.mood,
        tags=like.tags,
        engine=like.engine,
        id=new_id(),
    )


def _said(size: str, like: Shot) -> str:
    """A new size of what is seen in another shot."""
    rest = _without_size(like.description)
    return f"{size}: {rest}" if rest else size


def _named(shot: Shot, at: int) -> str:
    return f"shot {at + 1}, “{shot_name(shot, at)}”"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _seconds(value: float) -> str:
    return f"{value:.1f} s"


def _plain(motion: str) -> str:
    return motion.replace("_", " ")
