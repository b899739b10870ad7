"""Generation in the cut: places that wait keep what is done to them, takes are tried and used, ranges made anew, drafts made final."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from threading import Event
from unittest import mock

import pytest

from studio_app.actions.registry import Actions
from studio_app.services.job_book import BookState
from studio_app.session.finals import bill_of, drafts_in_cut, send_finals
from studio_app.session.in_cut import Wish, draft_shot, generate_here, place, spot_of
from studio_app.session.neighbour_frames import frames_of
from studio_app.session.session import Session
from studio_app.session.stand_ins import KIND as DRAFT
from studio_app.session.taking import takes_of, use_take
from tests.fakes.providers import FakeProviders
from tests.studio_app.remote_desk import loop, open_session, session
from tests.studio_app.test_session import Loop, picture_clips
from timeline.commands.add_effect import AddEffect
from timeline.commands.move_clips import MoveClips
from timeline.commands.overwrite_clips import OverwriteClips
from timeline.commands.set_speed import SetSpeed
from timeline.commands.split_clips import SplitClips
from timeline.commands.trim_clip import TrimClip
from timeline.errors import EditRefused
from timeline.items import Clip, EffectUse, Gap, GeneratorSource, MediaSource, Placeholder
from timeline.query import clips_of_shot, range_of
from timeline.time import ZERO, RationalTime, TimeRange

__all__ = ["loop", "session"]
pytestmark = pytest.mark.media


def plate(seconds: int, colour: str = "#305080") -> Clip:
    source = GeneratorSource("solid", {"colour": colour})
    return Clip(source, TimeRange(ZERO, RationalTime(seconds)), name="Plate")


def cut(session: Session, *places: tuple[int, int]) -> list[str]:
    """Plates at (start, seconds) on the first picture track; their ids."""
    track = session.sequence.picture_tracks()[0]
    clips = [(track.id, RationalTime(start), plate(seconds)) for start, seconds in places]
    assert session.document.do_alone(OverwriteClips(session.sequence_id, tuple(clips)))
    return [clip.id for _, _, clip in clips]


def select_gap(session: Session) -> None:
    track = session.sequence.picture_tracks()[0]
    session.selection.items.set([next(item.id for item in track.items if isinstance(item, Gap))])


def busy(session: Session) -> bool:
    return any(not job.is_over for job in session.jobs.all)


def only(session: Session, shot_id: str) -> Clip:
    ((_, clip),) = clips_of_shot(session.document.project, shot_id)
    return clip


def where(session: Session, clip_id: str) -> TimeRange:
    found = range_of(session.sequence, clip_id)
    assert found is not None
    return found


def test_what_is_generated_into_a_gap_lands_there_after_a_restart_with_all_edits_and_goes_with_one_undo(
    fakes: FakeProviders, loop: Loop
) -> None:
    session = open_session(fakes, loop)
    session.files.new("Film", 320, 180)
    path = session.paths.data / "film.starcut"
    left, right = cut(session, (0, 2), (6, 2))
    select_gap(session)
    shot = generate_here(session, spot_of(session), Wish("A lake #stuck", "runway"))
    clip = only(session, shot)
    assert (where(session, clip.id), isinstance(clip.source, Placeholder)) == (
        TimeRange(RationalTime(2), RationalTime(4)),
        True,
    )
    loop.run_until(lambda: session.generation.state_of(shot).state == "running" and fakes.ledger.count() == 1)
    tracks = session.sequence.picture_tracks()
    assert session.document.do(TrimClip(session.sequence_id, clip.id, "in", RationalTime(1)))
    assert session.document.do(MoveClips(session.sequence_id, ((clip.id, tracks[0].id, RationalTime(9)),)))
    assert session.document.do(AddEffect(session.sequence_id, clip.id, EffectUse("sepia", {})))
    edited = session.sequence
    session.files.save(path)
    loop.run_until(lambda: session.document.is_saved)
    session.close()
    (job,) = fakes.ledger.jobs.values()
    job.prompt = "A lake #quick"  # it finishes while nobody looks

    other = Loop()
    again = open_session(fakes, other)
    again.files.open(path)
    other.run_until(lambda: bool(again.document.library.takes_of(shot)))
    landed = only(again, shot)
    assert isinstance(landed.source, MediaSource)
    before = edited.clip(clip.id)
    assert before is not None
    assert replace(landed, source=before.source) == before, "edits are intact"
    assert landed.source_range == TimeRange(RationalTime(1), RationalTime(3))
    assert where(again, landed.id) == TimeRange(RationalTime(9), RationalTime(3))
    assert [where(again, one) for one in (left, right)] == [
        TimeRange(ZERO, RationalTime(2)),
        TimeRange(RationalTime(6), RationalTime(2)),
    ], "nothing else moved"
    assert fakes.ledger.count() == 1, "it was sent once"
    while again.document.undo_label != "Generate here":
        assert again.document.undo()
    assert again.document.undo()
    assert [one.id for one in picture_clips(again)] == [left, right]
    assert again.document.project.shot(shot) is None
    assert again.document.library.takes_of(shot), "what was paid for stays in the pool"
    assert again.document.redo()
    assert isinstance(only(again, shot).source, MediaSource), "made again it is filled at once"
    again.close()


def test_a_place_that_was_undone_while_it_ran_gives_its_take_to_the_pool_and_says_so(
    session: Session, fakes: FakeProviders, loop: Loop
) -> None:
    told: list[str] = []
    session.told.connect(lambda message, _error: told.append(message))
    cut(session, (0, 1), (3, 1))
    select_gap(session)
    shot = generate_here(session, spot_of(session), Wish("A lake #quick", "runway"))
    assert session.document.undo()
    assert session.document.undo_label == "Overwrite"
    loop.run_until(lambda: not busy(session))
    (take,) = session.document.library.takes_of(shot)
    assert take.lineage.engine == "runway"
    assert any("is in the media pool" in one for one in told)


def test_a_place_that_was_deleted_keeps_its_result_in_the_pool_and_says_so(
    session: Session, fakes: FakeProviders, loop: Loop
) -> None:
    told: list[str] = []
    session.told.connect(lambda message, _error: told.append(message))
    cut(session, (0, 1), (3, 1))
    select_gap(session)
    shot = generate_here(session, spot_of(session), Wish("A lake #quick", "runway"))
    assert Actions(session).run("edit.delete")
    loop.run_until(lambda: not busy(session))
    assert session.document.library.takes_of(shot)
    assert clips_of_shot(session.document.project, shot) == ()
    assert any("is in the media pool" in one for one in told)
    assert session.document.undo()
    assert isinstance(only(session, shot).source, MediaSource), "the place comes back filled"


def test_what_a_place_that_is_gone_had_cost_is_fetched_after_a_restart_too(fakes: FakeProviders, loop: Loop) -> None:
    session = open_session(fakes, loop)
    session.files.new("Film", 320, 180)
    path = session.paths.data / "film.starcut"
    cut(session, (0, 1), (3, 1))
    select_gap(session)
    shot = generate_here(session, spot_of(session), Wish("A lake #stuck", "runway"))
    loop.run_until(lambda: session.generation.state_of(shot).state == "running" and fakes.ledger.count() == 1)
    assert session.document.undo()
    session.files.save(path)
    loop.run_until(lambda: session.document.is_saved)
    session.close()
    (job,) = fakes.ledger.jobs.values()
    job.prompt = "A lake #quick"
    other = Loop()
    again = open_session(fakes, other)
    again.files.open(path)
    other.run_until(lambda: bool(again.document.library.takes_of(shot)))
    assert fakes.ledger.count() == 1
    assert len(picture_clips(again)) == 2
    again.close()


def test_both_halves_of_a_place_that_was_split_show_what_follows_one_another(
    session: Session, fakes: FakeProviders, loop: Loop
) -> None:
    cut(session, (0, 1), (5, 1))
    select_gap(session)
    shot = generate_here(session, spot_of(session), Wish("A lake #quick", "runway"))
    assert session.document.do(SplitClips(session.sequence_id, RationalTime(3)))
    loop.run_until(lambda: not busy(session))
    halves = [clip for _, clip in clips_of_shot(session.document.project, shot)]
    assert [isinstance(one.source, MediaSource) for one in halves] == [True, True]
    assert halves[0].source_range.end == halves[1].source_range.start


def test_a_draft_stands_in_the_viewer_until_the_take_lands_and_is_nowhere_in_the_project(
    session: Session, fakes: FakeProviders, loop: Loop
) -> None:
    cut(session, (0, 1), (2, 1))
    select_gap(session)
    shot = generate_here(session, spot_of(session), Wish("A lake #stuck", "runway"))
    loop.run_until(lambda: session.stand_ins.draft_of(shot) is not None)
    draft = session.stand_ins.draft_of(shot)
    assert draft is not None
    shown, library = session.stand_ins.dress(session.document.project, session.document.library)
    ((_, clip),) = clips_of_shot(shown, shot)
    assert clip.source == MediaSource(draft.id)
    assert draft.id in library.media
    assert draft.id not in session.document.library.media
    assert session.document.library.takes_of(shot) == ()
    (job,) = fakes.ledger.jobs.values()
    job.prompt = "A lake #quick"
    loop.run_until(lambda: bool(session.document.library.takes_of(shot)))
    assert session.stand_ins.draft_of(shot) is None


def test_a_draft_whose_take_is_there_before_it_is_not_drawn(session: Session, loop: Loop) -> None:
    gate = Event()
    session.jobs.submit("Another draft", lambda _: gate.wait(), kind=DRAFT)
    cut(session, (0, 1), (2, 1))
    select_gap(session)
    shot = generate_here(session, spot_of(session), Wish("A lake #quick", "runway"))
    assert [one.subject for one in session.jobs.queued if one.kind == DRAFT] == [shot]
    loop.run_until(lambda: bool(session.document.library.takes_of(shot)))
    gate.set()
    loop.run_until(lambda: not busy(session))
    assert [one.label for one in session.jobs.all if one.kind == DRAFT] == ["Another draft"]
    assert not (session.paths.cache / "drafts").exists()


def test_the_frames_beside_a_gap_are_sent_as_first_and_last_picture(
    session: Session, fakes: FakeProviders, loop: Loop
) -> None:
    cut(session, (0, 1), (3, 1))
    select_gap(session)
    spot = spot_of(session)
    found = frames_of(session, spot.range, spot.track_id)
    assert found.first is not None
    assert (found.first.words, found.first.time) == ("Last frame of “Plate”", RationalTime(23, 24))
    shot = generate_here(session, spot, Wish("A lake #quick", "runway", first=True, last=True))
    loop.run_until(lambda: not busy(session))
    (take,) = session.document.library.takes_of(shot)
    sent = [Path(str(take.lineage.request[name])) for name in ("image_reference", "last_image")]
    assert all(one.is_file() and one.suffix == ".png" for one in sent)


def test_a_marked_range_goes_on_a_free_track_and_covers_nothing(session: Session) -> None:
    (below,) = cut(session, (0, 4))
    session.transport.set_marks(RationalTime(1), RationalTime(3))
    spot = spot_of(session)
    beside = frames_of(session, spot.range, spot.track_id)
    ends = [edge.time for edge in (beside.first, beside.last) if edge is not None and edge.clip_id == below]
    assert ends == [RationalTime(23, 24), RationalTime(3)], "the frames of what is seen there below"
    shot = place(session, spot, Wish("A lake"))
    clip = only(session, shot)
    assert where(session, clip.id) == TimeRange(RationalTime(1), RationalTime(2))
    assert where(session, below) == TimeRange(ZERO, RationalTime(4))
    assert session.transport.marked_range is None
    assert [board.title for board in session.document.project.storyboards][-1] == "In the cut"
    session.transport.set_marks(RationalTime(5), RationalTime(6))
    place(session, spot_of(session), Wish("A hill"))
    assert len(session.document.project.storyboards) == 2, "one board for all of this sequence"


def test_without_a_gap_or_marks_it_is_said_what_to_do(session: Session) -> None:
    cut(session, (0, 2))
    session.selection.items.clear()
    with pytest.raises(EditRefused, match="Select a gap or a clip, or mark in and out"):
        spot_of(session)


def film(session: Session, loop: Loop, shot_id: str, *prompts: str) -> None:
    """One take of a shot for each prompt, by the fake service."""
    from timeline.commands.edit_shot import EditShot

    board = next(one for one in session.document.project.storyboards if one.shot(shot_id))
    for prompt in prompts:
        session.document.do_alone(EditShot(board.id, shot_id, {"description": prompt, "engine": "runway"}))
        session.generation.generate([shot_id])
        loop.run_until(lambda: not busy(session))


def taken(session: Session, loop: Loop, *prompts: str) -> str:
    cut(session, (0, 1), (3, 1))
    select_gap(session)
    shot = generate_here(session, spot_of(session), Wish(prompts[0], "runway"))
    loop.run_until(lambda: not busy(session))
    film(session, loop, shot, *prompts[1:])
    return shot


def only_picture(session: Session, shot_id: str) -> Clip:
    """The first picture clip of a shot."""
    found = [one for _, one in clips_of_shot(session.document.project, shot_id)]
    home = session.sequence.track_holding
    return next(one for one in found if (track := home(one.id)) is not None and not track.is_audio)


def test_takes_are_tried_in_their_place_and_used_by_one_step_or_not_at_all(
    session: Session, fakes: FakeProviders, loop: Loop
) -> None:
    shot = taken(session, loop, "A lake #quick", "A hill #quick", "A sea #quick")
    first, second, third = [one.media.id for one in takes_of(session, shot)]
    clip, actions = only(session, shot), Actions(session)
    assert clip.source == MediaSource(first)
    session.selection.items.set([clip.id])
    steps = session.document.place
    assert actions.run("take.next")
    assert session.transport.playing
    shown, _ = session.stand_ins.dress(session.document.project, session.document.library)
    ((_, tried),) = clips_of_shot(shown, shot)
    assert tried.source == MediaSource(second)
    assert only(session, shot) == clip, "the cut is as it was"
    assert actions.run("take.back")
    assert session.stand_ins.dress(session.document.project, session.document.library)[0] is session.document.project
    assert session.document.place == steps
    actions.run("take.previous")
    assert session.auditioning.shown is not None
    assert session.auditioning.shown.media.id == third
    assert actions.run("take.use")
    assert only(session, shot) == replace(clip, source=MediaSource(third))
    assert (session.document.place, session.document.undo_label) == (steps + 1, "Use take")
    assert session.document.undo()
    assert only(session, shot) == clip


def test_a_rejected_take_is_not_tried_any_more_and_stays(session: Session, fakes: FakeProviders, loop: Loop) -> None:
    shot = taken(session, loop, "A lake #quick", "A hill #quick", "A sea #quick")
    actions = Actions(session)
    session.selection.items.set([only(session, shot).id])
    actions.run("take.next")
    actions.run("take.reject")
    facts = takes_of(session, shot)
    assert [one.is_rejected for one in facts] == [False, True, False]
    assert session.auditioning.shown is not None
    assert session.auditioning.shown.number == 3
    actions.run("take.previous")
    assert session.auditioning.shown.number == 1, "the second one is passed over"
    actions.run("take.star")
    assert [one.is_starred for one in takes_of(session, shot)] == [True, False, False]
    actions.run("take.next")
    actions.run("take.reject")
    assert session.auditioning.is_accepted
    assert not actions.run("take.next")
    assert not session.auditioning.is_on, "no other one is left"
    assert session.stand_ins.dress(session.document.project, session.document.library)[0] is session.document.project


def test_a_short_take_is_played_slower_held_or_trimmed_as_one_wishes(
    session: Session, fakes: FakeProviders, loop: Loop
) -> None:
    shot = taken(session, loop, "A lake #quick", "A hill #quick #short")
    clip = only(session, shot)
    short = takes_of(session, shot)[1].media
    assert short.duration < clip.duration
    spot = ((session.sequence_id, clip.id),)
    assert not use_take(session, spot, short.id), "without a word it is refused"
    for way in ("slow", "hold", "trim"):
        assert use_take(session, spot, short.id, way)
        pieces = [one for _, one in clips_of_shot(session.document.project, shot)]
        lengths = [one.duration for one in pieces]
        if way == "slow":
            assert lengths == [clip.duration]
            assert 0 < pieces[0].speed < 1
        elif way == "hold":
            assert sum((one.fraction for one in lengths), start=ZERO.fraction) == clip.duration.fraction
            assert [one.freeze is None for one in pieces] == [True, False]
        else:
            assert lengths[0] <= short.duration
        assert session.document.undo()
        assert only(session, shot) == clip


def test_a_marked_part_of_a_clip_is_made_anew_with_handles_and_its_joins_are_checked(
    session: Session, fakes: FakeProviders, loop: Loop
) -> None:
    told: list[str] = []
    session.told.connect(lambda message, _error: told.append(message))
    session.offered.connect(lambda message, _verb, _do: told.append(message))
    shot = taken(session, loop, "A lake #quick")
    clip = only(session, shot)
    session.selection.items.set([clip.id])
    start = where(session, clip.id).start
    session.transport.set_marks(start + RationalTime(1, 2), start + RationalTime(3, 2))
    spot = spot_of(session)
    assert (spot.kind, spot.head, spot.tail) == ("retake", RationalTime(1, 3), RationalTime(1, 3))
    _, planned = draft_shot(session, spot, Wish("A lake with a boat #quick", "runway", first=True, last=True))
    assert planned.duration == RationalTime(1) + RationalTime(2, 3)
    anew = generate_here(session, spot, Wish("A lake with a boat #quick", "runway", first=True, last=True))
    piece = only(session, anew)
    assert where(session, piece.id) == TimeRange(start + RationalTime(1, 2), RationalTime(1))
    shown, _ = session.stand_ins.dress(session.document.project, session.document.library)
    ((_, stands),) = clips_of_shot(shown, anew)
    assert stands.source == clip.source, "the old pictures stand until the new ones are there"
    assert stands.source_range.start == clip.source_range.start + RationalTime(1, 2)
    loop.run_until(lambda: not busy(session) and bool(session.retaking.joins_of(anew)))
    landed = only(session, anew)
    assert isinstance(landed.source, MediaSource)
    assert landed.source_range.start == RationalTime(1, 3), "a handle before it"
    assert len(session.retaking.joins_of(anew)) == 2
    assert any("Joins of" in one and "level" in one for one in told)
    assert len(clips_of_shot(session.document.project, shot)) == 2, "the clip goes on before and behind it"


def test_drafts_in_the_cut_are_billed_first_and_become_finals_where_they_stand(
    session: Session, fakes: FakeProviders, loop: Loop
) -> None:
    cut(session, (0, 1), (2, 1))
    select_gap(session)
    shot = generate_here(session, spot_of(session), Wish("A lake #quick", ""))
    loop.run_until(lambda: not busy(session), 120)
    clip = only(session, shot)
    (draft,) = drafts_in_cut(session)
    assert (draft.shot_id, draft.at, draft.media_id != "") == (shot, RationalTime(1), True)
    bill = bill_of(session, (draft,), "runway")
    assert (bill.count, bill.cost > 0, bill.over) == (1, True, "")
    session.settings.values.cap_project_hard = 0.01
    assert "more than the cap of the project leaves" in bill_of(session, (draft,), "runway").over
    session.settings.values.cap_project_hard = 0.0
    assert send_finals(session, [shot], "runway", use=True) == 1
    loop.run_until(lambda: not busy(session))
    final = only(session, shot)
    assert isinstance(final.source, MediaSource)
    assert takes_of(session, shot)[-1].media.id == final.source.media_id
    assert replace(final, source=clip.source) == clip
    assert drafts_in_cut(session) == ()
    assert session.desk.book.all(states=(BookState.DONE,))[-1].cost == bill.cost


def test_the_sound_of_a_take_comes_with_it_is_heard_on_trial_and_goes_with_one_step(
    session: Session, fakes: FakeProviders, loop: Loop
) -> None:
    shot = taken(session, loop, "A lake #quick", "A sea #quick #sound", "A hill #quick #sound")
    clip, sequence = only(session, shot), session.sequence
    assert not any(track.items for track in sequence.audio_tracks()), "the first take is silent"
    session.selection.items.set([clip.id])
    Actions(session).run("take.next")
    shown, _ = session.stand_ins.dress(session.document.project, session.document.library)
    tried = [one for _, one in clips_of_shot(shown, shot)]
    assert [one.source for one in tried] == [MediaSource(takes_of(session, shot)[1].media.id)] * 2, "picture and sound"
    assert session.sequence is sequence, "the cut is as it was"
    Actions(session).run("take.use")
    picture, sound = [one for _, one in clips_of_shot(session.document.project, shot)]
    assert (sound.link, sound.source, sound.source_range) == (picture.link, picture.source, picture.source_range)
    assert where(session, sound.id) == where(session, picture.id)
    assert session.document.undo()
    assert session.sequence is sequence


@pytest.mark.parametrize("speed", [Fraction(1, 2), Fraction(-1)])
def test_a_part_of_a_slowed_or_reversed_clip_is_made_as_it_is_seen_and_its_sound_goes_on(
    session: Session, fakes: FakeProviders, loop: Loop, speed: Fraction
) -> None:
    shot = taken(session, loop, "A lake #quick #sound")
    clip = only_picture(session, shot)
    assert session.document.do(SetSpeed(session.sequence_id, (clip.id,), speed))
    clip = only_picture(session, shot)
    assert session.document.do(AddEffect(session.sequence_id, clip.id, EffectUse("sepia", {})))
    sounds = session.sequence.audio_tracks()
    session.selection.items.set([clip.id])
    start = where(session, clip.id).start
    session.transport.set_marks(start + RationalTime(1, 2), start + RationalTime(3, 2))
    spot = spot_of(session)
    before = clip.source_time(RationalTime(1, 2))
    frames = frames_of(session, spot.range, spot.track_id, spot.clip_id, spot.head, spot.tail)
    assert frames.first is not None
    assert frames.first.is_bare, "the look is laid over the new pictures once more"
    anew = generate_here(session, spot, Wish("A boat #quick #sound", "runway", first=True, last=True))
    shown, _ = session.stand_ins.dress(session.document.project, session.document.library)
    ((_, stands),) = clips_of_shot(shown, anew)
    assert (stands.source, stands.speed) == (clip.source, speed)
    assert stands.source_time(ZERO) == before, "the old pictures stand as they were seen"
    loop.run_until(lambda: not busy(session) and bool(session.retaking.joins_of(anew)))
    landed = only_picture(session, anew)
    assert (landed.speed, landed.source_range) == (1, TimeRange(RationalTime(1, 3), RationalTime(1)))
    assert [one.effect for one in landed.effects] == ["sepia"]
    assert session.sequence.audio_tracks() == sounds


def test_a_final_that_is_too_short_is_offered_and_does_not_ask_by_itself(
    session: Session, fakes: FakeProviders, loop: Loop
) -> None:
    cut(session, (0, 1), (3, 1))
    select_gap(session)
    shot = generate_here(session, spot_of(session), Wish("A lake #quick #short", ""))
    loop.run_until(lambda: not busy(session), 120)
    clip, shown, offered = only(session, shot), list[str](), list[str]()
    face = mock.Mock(show=lambda what, *_: shown.append(what))
    session.face = face
    session.offered.connect(lambda message, _verb, _do: offered.append(message))
    assert send_finals(session, [shot], "runway", use=True) == 1
    loop.run_until(lambda: not busy(session))
    assert "take_too_short" not in shown
    assert any("too short for its place" in one for one in offered)
    assert only(session, shot) == clip, "the draft stands until it is decided"
    session.face = None
