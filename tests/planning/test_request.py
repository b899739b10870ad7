from __future__ import annotations

import pytest

from engines.generate.procedural.interpret import interpret
from studio_app.planning.request import request_for
from timeline.storyboard import Shot, Storyboard


@pytest.mark.parametrize(
    ("words", "chosen", "camera"),
    [
        ("pan left over dunes", "static", "pan_left"),
        ("pan left over dunes", "tilt_up", "tilt_up"),
        ("dunes", "tilt_up", "tilt_up"),
        ("dunes", "static", ""),
    ],
)
def test_a_move_in_the_words_counts_where_none_was_chosen(words: str, chosen: str, camera: str) -> None:
    shot = Shot(words, camera_motion=chosen)
    assert interpret(request_for(Storyboard(shots=(shot,)), shot)).camera == camera
