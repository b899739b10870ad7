"""What lies over the program's picture: drop zones, the two sides of a trim, safe areas."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studio_app.session.trim_view import TrimView, trim_view_at
from tests.studio_app.session.desk import Desk
from tests.timeline.notation import f, text_of
from tests.ui.viewers import stand_up
from timeline.commands.add_storyboard import AddStoryboard
from timeline.items import Placeholder
from timeline.storyboard import Shot, Storyboard
from timeline.time import RationalTime
from ui.drag_mime import SHOT_MIME, media_mime
from ui.panels.viewer import ViewerPanel
from ui.qt.main_thread import post
from ui.viewer_drop_zones import ZONES
from ui.viewer_guides import safe_shares

pytestmark = pytest.mark.qt
COPY, LEFT, NONE = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def desk() -> Iterator[Desk]:
    one = Desk(post=post, V1="A:0-48 s:0-24", A1="")
    yield one
    one.session.close()


@pytest.fixture
def panel(desk: Desk, qtbot: QtBot) -> ViewerPanel:
    return stand_up(qtbot, ViewerPanel, desk)


class Hand:
    """Drags something over the picture. Keeps what it carries."""

    def __init__(self, panel: ViewerPanel, mime: QMimeData) -> None:
        self.panel, self.mime, self.said = panel, mime, list[str]()
        panel.message.connect(self.said.append)

    def at(self, verb: str) -> QPointF:
        place = [zone.verb for zone in ZONES].index(verb)
        self.panel.zones.setGeometry(self.panel.surface.rect())
        return self.panel.zones.rects()[place].center()

    def over(self, verb: str) -> bool:
        point = self.at(verb).toPoint()
        for kind in (QDragEnterEvent, QDragMoveEvent):
            event = kind(point, COPY, self.mime, LEFT, NONE)
            event.ignore()
            QApplication.sendEvent(self.panel.surface, event)
        return event.isAccepted()

    def leave(self) -> None:
        QApplication.sendEvent(self.panel.surface, QDragLeaveEvent())

    def drop(self, verb: str) -> None:
        self.over(verb)
        QApplication.sendEvent(self.panel.surface, QDropEvent(self.at(verb), COPY, self.mime, LEFT, NONE))


@pytest.mark.parametrize(
    ("verb", "expected"),
    [
        ("insert", "A:0-24 B:0-100 A:24-48 s:0-24"),
        ("overwrite", "A:0-24 B:0-100"),
        ("replace", "B:0-48 s:0-24"),
        ("append", "A:0-48 s:0-24 B:0-100"),
        ("place_on_top", "A:0-48 s:0-24"),
    ],
)
def test_a_drop_on_a_zone_is_its_verb(panel: ViewerPanel, desk: Desk, verb: str, expected: str) -> None:
    desk.go(24)
    Hand(panel, media_mime(["B"])).drop(verb)
    assert desk["V1"] == expected
    assert panel.zones.isHidden()
    if verb == "place_on_top":
        assert text_of(desk.session.sequence.tracks[1]) == "_24 B:0-100"
    desk.session.document.undo()
    assert desk["V1"] == "A:0-48 s:0-24"


def test_the_status_line_says_what_the_release_would_do_and_nothing_happens_before(
    panel: ViewerPanel, desk: Desk
) -> None:
    desk.go(24)
    hand = Hand(panel, media_mime(["B"]))
    assert hand.over("insert")
    assert panel.zones.isVisible()
    assert hand.said[-1] == "Insert “B” at 00:00:01:00 on V1 and A1, 100 frames; what follows moves."
    hand.over("add_take")
    assert hand.said[-1] == "Add “B” as take 2 of “A”; the cut stays."
    plain = panel.zones.grab().toImage()
    hand.over("overwrite")
    assert panel.zones.grab().toImage() != plain
    hand.leave()
    assert panel.zones.isHidden()
    assert hand.said[-1] == panel.hint
    assert desk["V1"] == "A:0-48 s:0-24"


def test_text_is_not_taken(panel: ViewerPanel) -> None:
    mime = QMimeData()
    mime.setText("B")
    assert not Hand(panel, mime).over("insert")
    assert panel.zones.isHidden()


def test_a_clip_that_is_gone_from_the_pool_is_not_taken(panel: ViewerPanel) -> None:
    assert not Hand(panel, media_mime(["gone"])).over("insert")


def test_a_shot_without_take_holds_its_place_and_replaces_nothing(panel: ViewerPanel, desk: Desk) -> None:
    board = Storyboard("Board", (Shot("The sea", name="Sea", duration=RationalTime(1), id="sea"),))
    desk.session.document.do(AddStoryboard(board))
    mime = QMimeData()
    mime.setData(SHOT_MIME, b'["sea"]')
    hand = Hand(panel, mime)
    hand.over("replace")
    assert hand.said[-1].startswith("“Sea” has no take yet.")
    hand.drop("append")
    clip, _ = list(desk.session.sequence.tracks[0].clips())[-1]
    assert (clip.source, clip.shot_id, clip.duration) == (Placeholder("sea"), "sea", RationalTime(1))


def test_files_are_imported_and_land_by_the_zone(panel: ViewerPanel, desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    from tests.ui.conftest import picture_file

    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(picture_file(tmp_path)))])
    hand = Hand(panel, mime)
    hand.over("append")
    assert hand.said[-1] == "Append at end after the import."
    hand.drop("append")
    qtbot.waitUntil(lambda: len(list(desk.session.sequence.tracks[0].clips())) == 3, timeout=8000)


# --- trim view --------------------------------------------------------------------------------------------------------


def test_both_sides_of_a_cut_are_shown_while_it_is_trimmed(panel: ViewerPanel, desk: Desk, qtbot: QtBot) -> None:
    session, two_up = desk.session, panel.two_up
    view = trim_view_at(session.sequence, "V1", f(48), -3, 3)
    assert view is not None
    assert view.left is not None
    assert view.right is not None
    assert (view.left.clip.name, view.left.since_start) == ("A", f(47))
    assert (view.right.clip.name, view.right.since_start) == ("s", f(0))
    assert (two_up.caption(view.left), two_up.caption(view.right)) == ("−3", "+3")
    session.trim_view.emit(view)
    assert two_up.isVisible()
    assert two_up.geometry() == panel.surface.rect()
    qtbot.waitUntil(lambda: all(two_up.images), timeout=8000)
    left, right = two_up.rects()
    assert left.right() < right.left()
    assert left.width() / left.height() == pytest.approx(16 / 9, abs=0.02)
    panel.resize(900, 600)
    assert two_up.geometry() == panel.surface.rect()
    session.trim_view.emit(None)
    assert two_up.isHidden()


def test_a_side_that_stays_has_no_number_and_a_gap_says_so(panel: ViewerPanel, desk: Desk) -> None:
    view = trim_view_at(desk.session.sequence, "V1", f(0), None, 2)
    assert view is not None
    assert view.left is None
    assert panel.two_up.caption(view.left) == ""
    desk.session.trim_view.emit(TrimView(None, view.right))
    shown = panel.two_up.grab().toImage()
    left, _ = panel.two_up.rects()
    box = left.toRect()
    colours = {shown.pixel(x, box.center().y()) for x in range(box.left(), box.right())}
    assert len(colours) > 1  # the word is there
    assert trim_view_at(desk.session.sequence, "A1", f(0)) is None


# --- safe areas -------------------------------------------------------------------------------------------------------


def test_safe_areas_are_lines_on_the_picture(panel: ViewerPanel, desk: Desk, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: panel.surface.picture_size != (0, 0), timeout=8000)
    assert desk.actions.run("view.safe_areas")
    shown = panel.surface.grab().toImage()
    target = panel.surface.target()
    ratio = shown.width() / panel.surface.width()
    x = round((target.left() + target.width() * (1 - safe_shares(1920, 1080)[0]) / 2) * ratio)
    row = round((target.top() + target.height() * 0.3) * ratio)
    found = [QColor(shown.pixel(near, row)).lightness() for near in range(x - 2, x + 3)]
    desk.actions.run("view.safe_areas")
    shown = panel.surface.grab().toImage()
    without = [QColor(shown.pixel(near, row)).lightness() for near in range(x - 2, x + 3)]
    assert max(found) > max(without) + 40


def test_wide_pictures_have_the_areas_of_ebu_r95_others_the_old_ones() -> None:
    assert safe_shares(1920, 1080) == (0.93, 0.90)
    assert safe_shares(1440, 1080) == (0.90, 0.80)


def test_slip_and_slide_by_key_show_what_moves_large_and_what_stays_small(qtbot: QtBot) -> None:
    from ui import viewer_two_up

    one = Desk(post=post, V1="A:0-24 B:24-48 C:24-48", A1="")
    try:
        made = stand_up(qtbot, ViewerPanel, one)
        actions, two_up = one.actions, made.two_up
        one.session.selection.items.set(["B"])
        heard: list[TrimView | None] = []
        one.session.trim_view.connect(heard.append)
        assert actions.run("clip.slip_left")
        view = heard[-1]
        assert view is not None
        assert view.beside is not None
        sides = (view.left, view.right, *view.beside)
        assert [None if side is None else side.clip.name for side in sides] == ["B", "B", "A", "C"]
        assert [None if side is None else side.frames for side in sides] == [1, 1, None, None]
        assert two_up.isVisible()
        large, _, small, far = two_up.rects()
        assert small.bottom() < large.top()
        assert small.width() < large.width() / 2
        assert two_up.rect().toRectF().contains(far)
        qtbot.waitUntil(lambda: len(two_up.images) == 4 and all(two_up.images), timeout=8000)
        assert actions.run("clip.slide_right")
        view = heard[-1]
        assert view is not None
        assert view.beside is not None
        sides = (view.left, view.right, *view.beside)
        assert [None if side is None else side.clip.name for side in sides] == ["A", "C", "B", "B"]
        qtbot.waitUntil(lambda: two_up.isHidden(), timeout=3 * viewer_two_up.BRIEFLY_MS)
        assert heard[-1] is None
    finally:
        one.session.close()
