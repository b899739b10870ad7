"""The storyboard without a window: bills, the animatic as a guest of the program, what the director remembers."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

import pytest

from engines.play.audio_sink import WallClockSink
from studio_app.actions.registry import Actions
from studio_app.planning.director import BANDS
from studio_app.planning.storyboard_file import read_storyboard
from studio_app.services.director_choices import DirectorChoices
from studio_app.services.keys import Keys
from studio_app.services.paths import user_paths
from studio_app.session.board_files import export_board
from studio_app.session.session import Session
from studio_app.session.storyboarding import stand_on_timeline
from tests.studio_app.test_session import Loop
from timeline.commands.add_shot import AddShot
from timeline.commands.edit_shot import EditShot
from timeline.commands.set_storyboard import SetStoryboard
from timeline.errors import StoryboardError
from timeline.media import Media, MediaKind
from timeline.storyboard import AudioCue, Shot, Storyboard
from timeline.time import RationalTime


@pytest.fixture
def loop() -> Loop:
    return Loop()


@pytest.fixture
def session(loop: Loop) -> Iterator[Session]:
    keys = Keys(environment={"RUNWAYML_API_SECRET": "good-key"})
    one = Session(user_paths(), WallClockSink(), loop.post, keys=keys)
    one.files.new("Film", 320, 180)
    yield one
    one.close()


def add(session: Session, *shots: Shot) -> Storyboard:
    board = session.document.project.storyboards[0]
    for shot in shots:
        assert session.document.do(AddShot(board.id, shot))
    return session.document.project.storyboards[0]


def test_a_bill_counts_free_dear_and_impossible_shots_and_follows_their_changes(session: Session) -> None:
    two = RationalTime(2)
    board = add(
        session,
        Shot("A lake", duration=two, id="free"),
        Shot("A hill", duration=two, engine="runway", id="dear"),
        Shot("A road", duration=two, engine="luma", id="keyless"),
    )
    bill = session.bills.of(board, ["free", "dear", "keyless"])
    assert (bill.count, bill.cost, bill.faults) == (3, Decimal("0.24"), 1)
    assert "needs a key" in session.bills.of_shot(board, board.shots[2]).fault
    session.document.do(EditShot(board.id, "dear", {"duration": RationalTime(10)}))
    board = session.document.project.storyboards[0]
    assert session.bills.of(board, ["dear"]).cost == Decimal("1.20")


@pytest.mark.media
def test_an_animatic_plays_sketches_and_leaves_cut_project_and_playhead_alone(session: Session, loop: Loop) -> None:
    add(session, Shot("A calm sea", duration=RationalTime(1), id="a"), Shot("A hill", duration=RationalTime(1), id="b"))
    saved, seen = session.document.saved, set()
    session.animatic.changed.connect(lambda: seen.add(session.animatic.shot_id))
    Actions(session).run("shot.animatic")
    loop.run_until(lambda: "a" in seen, 60)
    assert session.transport.guest is not None
    assert session.transport.end == RationalTime(2)
    loop.run_until(lambda: session.animatic.shot_id == "" and "b" in seen, 60)
    assert session.transport.guest is None
    assert (session.transport.time, session.selection.shots.lead) == (RationalTime(0), "b")
    assert session.document.saved == saved


@pytest.mark.media
def test_the_animatic_goes_on_from_its_playhead_and_music_without_a_file_is_composed(
    session: Session, loop: Loop
) -> None:
    board = add(session, Shot("A calm sea", duration=RationalTime(2), id="a"), Shot("A hill", id="b"))
    session.document.do(SetStoryboard(board.id, {"music": AudioCue(mood="calm")}))
    board = session.document.project.storyboards[0]
    animatic, heard = session.animatic, []
    animatic.go_to(board, RationalTime(3, 2))
    assert (animatic.at, session.selection.shots.ids) == (RationalTime(3, 2), ("a",))
    animatic.moved.connect(heard.append)
    Actions(session).run("animatic.play")
    loop.run_until(lambda: animatic.shot_id == "b", 60)
    assert heard[0] >= RationalTime(3, 2)
    guest = session.transport.guest
    assert guest is not None
    assert [track for track in guest.project.sequences[0].tracks if track.is_audio and track.items]
    animatic.go_to(board, RationalTime(6))
    Actions(session).run("playback.around")  # the viewer has the keys now: Ctrl+Space there ends it too
    assert (session.transport.playing, session.transport.time) == (False, RationalTime(0))
    assert (animatic.at, animatic.is_on) == (RationalTime(6), False)
    animatic.go_to(board, RationalTime(99))
    assert animatic.at == RationalTime(7) - RationalTime.from_frames(1, board.rate)


def test_split_merge_and_duplicate_are_one_step_each(session: Session) -> None:
    board = add(session, Shot("One. Two.", duration=RationalTime(4), id="a"), Shot("Three.", id="b"))
    actions, document = Actions(session), session.document

    def told() -> list[str]:
        return [shot.description for shot in document.project.storyboards[0].shots]

    session.selection.shots.set(["a"])
    actions.run("shot.split")
    assert told() == ["One.", "Two.", "Three."]
    actions.run("shot.merge")
    assert told() == ["One. Two.", "Three."]
    actions.run("shot.duplicate")
    assert told() == ["One. Two.", "One. Two.", "Three."]
    for _ in range(3):
        document.undo()
    assert document.project.storyboards[0] == board


def test_what_a_user_keeps_comes_first_and_a_damaged_file_counts_as_none(tmp_path: Path) -> None:
    choices = DirectorChoices(tmp_path / "learnt" / "director.json")
    ways = [(one.id, one.id) for one in BANDS[3].variants]
    assert choices.ordered("high_energy", ways) == ("fpv_drone", "crash_zoom", "whip_pan")
    choices.keep("high_energy", "whip_pan")
    again = DirectorChoices(tmp_path / "learnt" / "director.json")
    assert again.ordered("high_energy", ways) == ("whip_pan", "fpv_drone", "crash_zoom")
    assert again.ordered("luxury_reveal", ways) == ("fpv_drone", "crash_zoom", "whip_pan")
    (tmp_path / "learnt" / "director.json").write_text("[]")
    assert again.weights("high_energy") == {}


def test_hundreds_of_plans_are_made_a_few_at_a_time_and_meanwhile_no_price_is_said(
    session: Session, loop: Loop
) -> None:
    shots = [Shot(f"Lake {number}", duration=RationalTime(2), engine="runway") for number in range(20)]
    board = add(session, *shots)
    told: list[int] = []
    session.bills.changed.connect(lambda: told.append(1))
    ids = [shot.id for shot in shots]
    assert session.bills.of(board, ids).is_pending
    loop.run_until(lambda: bool(told) and not session.bills.of(board, ids).is_pending)
    bill = session.bills.of(board, ids)
    assert (bill.is_pending, bill.cost) == (False, Decimal("4.80"))


def test_a_storyboard_is_exported_and_comes_back_with_its_footage_by_path(session: Session, tmp_path: Path) -> None:
    still = tmp_path / "still.png"
    still.write_bytes(b"x")
    session.document.add_media([Media(str(still), MediaKind.IMAGE, "Still", has_video=True, id="m1")])
    add(session, Shot("A calm sea", mood="calm", id="a"), Shot("Still", media_id="m1", id="b"))

    names = ["board", "graph.json"]

    class Face:
        def ask_save_file(self, title: str, suggestion: str, kinds: str) -> Path:
            return tmp_path / names.pop(0)

    session.face = cast("Any", Face())
    for _ in range(2):
        assert Actions(session).run("file.export_storyboard")
    found = read_storyboard(tmp_path / "board.yaml")
    assert [(shot.description, shot.image_reference) for shot in found.shots] == [
        ("A calm sea", ""),
        ("Still", str(still)),
    ]
    assert found.shots[0].mood == "calm"
    graph = read_storyboard(tmp_path / "graph.json")
    assert [shot.description for shot in graph.shots] == ["A calm sea", "Still"]
    with pytest.raises(StoryboardError, match="cannot be written"):
        export_board(found, session.document.library, tmp_path / "no" / "graph.json")


def test_standing_on_the_timeline_says_which_sequence_is_open(session: Session) -> None:
    said: list[str] = []
    session.offered.connect(lambda text, *_: said.append(text))
    session.face = cast(Any, object())
    board = session.document.project.storyboards[0]
    assert session.document.do(AddShot(board.id, Shot("A first shot"), 0))
    stand_on_timeline(session, session.document.project.storyboards[0])
    assert session.document.do(AddShot(board.id, Shot("A late shot"), 1))
    stand_on_timeline(session, session.document.project.storyboards[0])
    assert said[0] == f"New sequence “{session.sequence.name}”: 0 of 1 shots with a picture, the rest as placeholders."
    assert said[1].endswith("it is open now. 1 of 2 shots are not in it: drag their cards there.")
