"""A storyboard from words, in the window: what was asked for last, the proposal, and taking it in one step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from fractions import Fraction
from typing import Any, Final

from studio_app.planning.camera_choice import chosen_camera, with_camera
from studio_app.planning.planner.again import Proposal, commands_of, is_as_planned, marked, proposed
from studio_app.planning.planner.plan import FADE, FADE_SECONDS, Brief, Planned, Strategy, planned
from studio_app.planning.planner.words import sentences, shots_in, style_of
from studio_app.planning.sentence import storyboard_of
from studio_app.planning.shot_edits import is_locked
from studio_app.session.session import Session
from studio_app.session.storyboarding import board_of
from timeline.command import Batch
from timeline.errors import EditRefused
from timeline.storyboard import STRUCTURES, Shot, Storyboard
from timeline.time import RationalTime

PLAN: Final = "plan"
"""In the `extra` of a storyboard: the wish it was planned by."""
VIEWS: Final = "views"
"""A strategy of the window: several views of each sentence, as long as was asked for together."""
LONG: Final = 9
"""Seconds a sentence may fill before it is seen from several sides, where nobody chose a strategy."""


@dataclass(frozen=True)
class PlanWish:
    """What stands in the box. `strategy` empty: the first that fits; `seconds` 0: as long as the words need;
    `structure` empty: half a second of dissolve between the shots."""

    text: str = ""
    strategy: str = ""
    seconds: float = 0.0
    style: str = ""
    structure: str = ""
    captions: bool = False
    images: tuple[str, ...] = ()

    @classmethod
    def of(cls, board: Storyboard | None) -> PlanWish:
        """The wish a storyboard was planned by; one that was not planned has its style and structure."""
        if board is None:
            return cls()
        kept = board.extra.get(PLAN)
        if not isinstance(kept, Mapping):
            has_structure = board.auto_transitions and board.narrative_structure != Storyboard.narrative_structure
            return cls(style=board.global_style, structure=board.narrative_structure if has_structure else "")
        texts = {name: str(kept.get(name, "")) for name in ("text", "strategy", "style", "structure")}
        seconds, images = kept.get("seconds", 0.0), kept.get("images", ())
        return cls(
            **texts,
            seconds=max(0.0, float(seconds)) if isinstance(seconds, (int, float)) else 0.0,
            captions=kept.get("captions") is True,
            images=tuple(map(str, images)) if isinstance(images, (list, tuple)) else (),
        )

    @property
    def plain(self) -> dict[str, Any]:
        """The wish as a project keeps it."""
        return {**asdict(self), "images": list(self.images)}


def kept_in(session: Session, board: Storyboard) -> tuple[str, ...]:
    """Shots that a new plan leaves alone: locked, changed by hand, not from a plan, made or on the way, footage."""
    return tuple(shot.id for shot in board.shots if not is_as_planned(shot) or _is_begun(session, shot))


def _is_begun(session: Session, shot: Shot) -> bool:
    return shot.media_id is not None or is_locked(shot) or session.generation.state_of(shot.id).state != "none"


def propose(session: Session, wish: PlanWish, *, is_anew: bool = False) -> Proposal:
    """What a wish would make of the storyboard; `is_anew`: nothing is kept. Raises StoryboardError, EditRefused."""
    board = board_of(session)
    if board is None:
        raise EditRefused("There is no storyboard to plan. Open or make a project first.")
    found = _planned(wish, board)
    kept = () if is_anew else kept_in(session, board)
    length = RationalTime(_seconds(wish)) if wish.seconds else None
    return proposed(board, found.board, kept, found.notes, length)


def take(session: Session, proposal: Proposal, wish: PlanWish) -> bool:
    """Make the storyboard the proposed one, in one step."""
    board = board_of(session)
    if board is None:
        return False
    commands = commands_of(board, proposal, {**board.extra, PLAN: wish.plain})
    document = session.document
    document.seal()
    return document.do(Batch(commands, "Plan again" if board.shots else "Plan"))


def remembered(board: Storyboard, wish: PlanWish) -> Storyboard:
    """A storyboard that was just planned: it and its shots know by what."""
    return replace(board, shots=tuple(map(marked, board.shots)), extra={**board.extra, PLAN: wish.plain})


def _planned(wish: PlanWish, like: Storyboard) -> Planned:
    if _wants_views(wish):
        style = style_of(wish.style)
        board = storyboard_of(wish.text, round(wish.seconds), global_style=style.look, rate=like.rate)
        shots = tuple(
            replace(shot, mood=style.mood, **with_camera(shot, style.camera or chosen_camera(shot)))
            for shot in board.shots
        )
        if wish.structure in STRUCTURES:
            return Planned(replace(board, shots=shots, narrative_structure=wish.structure), Strategy.SENTENCES)
        mixed = (replace(one, transition=FADE, transition_duration=FADE_SECONDS) for one in shots[1:])
        return Planned(replace(board, shots=(shots[0], *mixed), auto_transitions=False), Strategy.SENTENCES)
    brief = Brief(
        wish.text,
        wish.images,
        _seconds(wish) if wish.seconds else None,
        wish.style,
        captions=wish.captions,
        structure=wish.structure,
        strategy=Strategy(wish.strategy) if wish.strategy in tuple(Strategy) else None,
        width=like.width,
        height=like.height,
        rate=like.rate,
    )
    return planned(brief)


def _seconds(wish: PlanWish) -> Fraction:
    return Fraction(wish.seconds).limit_denominator(1000)


def _wants_views(wish: PlanWish) -> bool:
    if wish.strategy:
        return wish.strategy == VIEWS
    found = sentences(wish.text)
    return bool(found and not shots_in(wish.text)[1] and wish.seconds >= LONG * len(found) and not wish.images)
