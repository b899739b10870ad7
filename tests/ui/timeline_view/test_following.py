"""How the view follows the playhead, and how it scrolls while something is held at its edge."""

from fractions import Fraction

import pytest
from PySide6.QtCore import QObject

from studio_app.services.settings import Follow
from tests.timeline.notation import f
from ui.timeline_view.edge_scroll import ACROSS, EdgeScroll, Place, direction
from ui.timeline_view.following import followed
from ui.timeline_view.scale import Scale

SCALE = Scale(Fraction(24), 240.0)


def origin(how: Follow, frame: int, scale: Scale = SCALE, *, backwards: bool = False) -> float | None:
    scale_then = followed(scale, f(frame), 1000, how, backwards=backwards)
    return None if scale_then is None else round(scale_then.origin_px, 3)


def test_by_page_it_scrolls_only_once_the_playhead_is_out_of_sight() -> None:
    assert origin(Follow.PAGE, 99) is None
    assert origin(Follow.PAGE, 101) == 1010 - 24
    assert origin(Follow.PAGE, 150, SCALE.scrolled(2000), backwards=True) == 1500 - 976


def test_smoothly_the_playhead_runs_to_the_middle_and_stays_there() -> None:
    assert origin(Follow.SMOOTH, 30) is None
    assert origin(Follow.SMOOTH, 60) == 100
    assert origin(Follow.SMOOTH, 61, SCALE.scrolled(100)) == 110


def test_switched_off_nothing_moves() -> None:
    assert origin(Follow.OFF, 500) is None


def test_a_drag_scrolls_at_an_edge_only_when_it_went_there() -> None:
    size = (1000.0, 400.0)
    assert direction(Place(990, 200, *size), (500, 200)) == (1, 0)
    assert direction(Place(5, 390, *size), (500, 200)) == (-1, 1)
    assert direction(Place(990, 200, *size), (989, 200)) == (0, 0)
    assert direction(Place(500, 200, *size)) == (0, 0)


@pytest.mark.qt
def test_the_speed_is_steady_and_it_ends_where_nothing_moves(monkeypatch: pytest.MonkeyPatch) -> None:
    now, panned, told = [0.0], [], []
    left = [3]
    monkeypatch.setattr("ui.timeline_view.edge_scroll.monotonic", lambda: now[0])

    def pan(dx: float, dy: float) -> bool:
        left[0] -= 1
        panned.append((dx, dy))
        return left[0] >= 0

    owner = QObject()
    edge = EdgeScroll(owner, lambda: Place(995, 200, 1000, 400), pan, lambda: told.append(now[0]))
    edge.start((500, 200))
    for seconds in (0.025, 0.05, 0.1, 0.15):
        now[0] = seconds
        edge.tick()
    edge.stop()
    assert [dy for _, dy in panned] == [0, 0, 0, 0]
    assert sum(dx for dx, _ in panned) == pytest.approx(ACROSS * 0.15, abs=1)
    assert len(told) == 3
