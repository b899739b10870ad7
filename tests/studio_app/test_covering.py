"""A place in the cut that was made longer than its shot: what is asked for covers it."""

from __future__ import annotations

from dataclasses import replace
from unittest import mock

import pytest

from studio_app.session.in_cut import Wish, draft_shot, generate_here, place, spot_of
from studio_app.session.over_long import trim_shot
from studio_app.session.session import Session
from tests.studio_app.remote_desk import loop, session
from tests.studio_app.test_generation_in_cut import cut, only
from timeline.commands.split_clips import SplitClips
from timeline.commands.trim_clip import TrimClip
from timeline.time import RationalTime

__all__ = ["loop", "session"]
pytestmark = pytest.mark.media


@pytest.mark.parametrize("by_card", [False, True])
def test_what_is_asked_for_a_place_that_was_made_longer_covers_it_and_is_one_step(
    session: Session, *, by_card: bool
) -> None:
    cut(session, (0, 2))
    session.transport.set_marks(RationalTime(2), RationalTime(7))
    session.selection.items.clear()
    shot_id = place(session, spot_of(session), Wish("A lake"))
    clip = only(session, shot_id)
    assert session.document.do(TrimClip(session.sequence_id, clip.id, "out", RationalTime(-2)))
    plan = session.generation.plan_of(shot_id)
    assert plan is not None
    assert plan.request.duration == RationalTime(5), "a shorter place keeps its handles"
    assert session.document.do(TrimClip(session.sequence_id, clip.id, "out", RationalTime(3)))
    session.selection.items.set([clip.id])
    wish = Wish("A lake")
    with mock.patch.object(session.generation, "_submit") as sent:
        if by_card:
            session.generation.generate([shot_id])
        else:
            assert draft_shot(session, spot_of(session), wish)[1].duration == RationalTime(6)
            generate_here(session, spot_of(session), wish)
    assert sent.call_args.args[0].plan.request.duration == RationalTime(6)
    shot = session.document.project.shot(shot_id)
    assert shot is not None
    assert shot.duration == RationalTime(6)
    assert session.document.undo()
    assert session.document.project.shot(shot_id) == replace(shot, duration=RationalTime(5))
    assert only(session, shot_id).duration == RationalTime(6), "the place is as it was"


def test_a_trim_to_what_an_engine_makes_leaves_no_piece_that_nothing_is_made_for(session: Session) -> None:
    session.transport.set_marks(RationalTime(2), RationalTime(14))
    session.selection.items.clear()
    shot_id = place(session, spot_of(session), Wish("A lake"))
    assert session.document.do(SplitClips(session.sequence_id, RationalTime(13), (only(session, shot_id).id,)))
    assert trim_shot(session, shot_id, 10)
    assert only(session, shot_id).duration == RationalTime(10)
    plan = session.generation.plan_of(shot_id)
    assert plan is not None
    assert plan.request.duration == RationalTime(10)
