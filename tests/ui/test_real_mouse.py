"""The hand on a real X server: a drag with real modifiers, Esc in the middle of one, and a real drop from the media pool."""

from __future__ import annotations

import json
import os
import queue
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
MISSING = [name for name in ("Xvfb", "xdotool") if shutil.which(name) is None]
pytestmark = [
    pytest.mark.qt,
    pytest.mark.slow,
    pytest.mark.skipif(bool(MISSING), reason=f"{' and '.join(MISSING)} not found: no real mouse here"),
]
WAIT = 40.0


class RealWindow:
    """The program under test, its places on the screen, and the mouse."""

    def __init__(self, process: subprocess.Popen[str], environment: dict[str, str]) -> None:
        self._environment = environment
        self._lines: queue.Queue[dict[str, Any]] = queue.Queue()
        self._process = process
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        self.places = self.next("ready")

    def _read(self) -> None:
        for line in self._process.stdout or ():
            if line.startswith("{"):
                self._lines.put(json.loads(line))

    def next(self, key: str) -> dict[str, Any]:
        """The next line that says this."""
        until = time.monotonic() + WAIT
        while True:
            line = self._lines.get(timeout=max(0.1, until - time.monotonic()))
            if key in line:
                return line

    def is_quiet(self, seconds: float = 0.5) -> bool:
        """Whether nothing was edited for a while."""
        try:
            self._lines.get(timeout=seconds)
        except queue.Empty:
            return True
        return False

    def point(self, frame: float, track_id: str) -> tuple[int, int]:
        """A place in a track."""
        x, y = self.places["rows"][track_id]
        return round(x + frame * self.places["frame_px"]), y

    def do(self, *words: object) -> None:
        """One call of xdotool."""
        subprocess.run(["xdotool", *map(str, words)], env=self._environment, check=True, timeout=20)

    def pull(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        """Press and pull in steps a hand could make; the button stays down."""
        self.do("mousemove", *start, "sleep", 0.1, "mousedown", 1, "sleep", 0.1)
        self.do("mousemove", start[0] + 8, start[1] + 2, "sleep", 0.1)
        for step in range(1, 6):
            x, y = (round(a + (b - a) * step / 5) for a, b in zip(start, end, strict=True))
            self.do("mousemove", x, y, "sleep", 0.04)
        self.do("sleep", 0.15)

    def let_go(self) -> None:
        """The button comes up."""
        self.do("mouseup", 1)


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealWindow]:
    folder = tmp_path_factory.mktemp("real")
    shown_by, shown_to = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(shown_to), "-screen", "0", "1600x900x24", "-nolisten", "tcp"],
        pass_fds=(shown_to,),
        stderr=subprocess.DEVNULL,
    )
    os.close(shown_to)
    with os.fdopen(shown_by) as told:
        number = told.readline().strip()
    environment = {
        **os.environ,
        "DISPLAY": f":{number}",
        "QT_QPA_PLATFORM": "xcb",
        "STARCUT_HOME": str(folder / "home"),
        "PYTHONPATH": str(ROOT),
    }
    program = subprocess.Popen(
        [sys.executable, "-m", "tests.ui.real_window", str(folder)],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        yield RealWindow(program, environment)
    finally:
        for one in (program, server):
            one.terminate()
            one.wait(20)
        if program.stdout is not None:
            program.stdout.close()


def test_a_clip_is_dragged_and_esc_in_the_middle_of_a_drag_leaves_it_alone(real: RealWindow) -> None:
    real.pull(real.point(12, "V1"), real.point(15, "V1"))
    real.do("key", "Escape")
    real.let_go()
    assert real.is_quiet()
    real.pull(real.point(12, "V1"), real.point(19, "V1"))
    real.let_go()
    assert real.next("cut")["cut"]["V1"] == "_7 a:0-24 _17 b:0-24 c:0-24"
    real.do("key", "ctrl+z")
    assert real.next("cut")["cut"]["V1"] == "a:0-24 _24 b:0-24 c:0-24"


def test_a_modifier_pressed_while_the_mouse_rests_makes_the_drop_an_insert(real: RealWindow) -> None:
    real.pull(real.point(84, "V1"), real.point(60, "V1"))
    real.do("keydown", "ctrl", "sleep", 0.2)
    real.let_go()
    real.do("keyup", "ctrl")
    assert real.next("cut")["cut"]["V1"] == "a:0-24 _24 c:0-24 b:0-24"
    real.do("key", "ctrl+z")
    real.next("cut")


def test_a_still_is_dragged_from_the_pool_onto_a_track(real: RealWindow) -> None:
    real.pull(tuple(real.places["item"]), real.point(100, "V2"))
    real.let_go()
    text = real.next("cut")["cut"]["V2"]
    assert text.startswith("_")
    assert text.endswith("Still:0-120")
    real.do("key", "ctrl+z")
    assert real.next("cut")["cut"]["V2"] == ""


def test_a_still_is_dragged_onto_a_zone_of_the_program_and_esc_takes_it_back(real: RealWindow) -> None:
    real.pull(tuple(real.places["item"]), tuple(real.places["zones"]["insert"]))
    real.do("key", "Escape")
    real.let_go()
    assert real.is_quiet()
    real.pull(tuple(real.places["item"]), tuple(real.places["zones"]["append"]))
    real.let_go()
    text = real.next("cut")["cut"]["V1"]
    assert text.endswith("c:0-24 Still:0-120")
    real.do("key", "ctrl+z")
    assert real.next("cut")["cut"]["V1"] == text.removesuffix(" Still:0-120")


def test_ctrl_pressed_while_a_drop_hangs_still_makes_it_an_insert(real: RealWindow) -> None:
    real.pull(tuple(real.places["item"]), real.point(48, "V1"))
    real.do("keydown", "ctrl", "sleep", 0.3)
    real.let_go()
    real.do("keyup", "ctrl")
    assert real.next("cut")["cut"]["V1"] == "a:0-24 _24 Still:0-120 b:0-24 c:0-24"
    real.do("key", "ctrl+z")
    real.next("cut")


def test_a_transition_is_dragged_from_the_effects_panel_over_a_cut(real: RealWindow) -> None:
    real.do("mousemove", *real.places["effects_tab"], "sleep", 0.1, "click", 1)
    x, y = real.next("wipe")["wipe"]
    real.pull((x, y), real.point(72, "V1"))
    real.do("key", "Escape", "sleep", 0.2)
    real.let_go()
    assert real.is_quiet()
    real.pull((x, y), real.point(72, "V1"))
    real.let_go()
    assert real.next("cut")["cut"]["V1"] == "a:0-24 _24 b:0-24 >12+12< c:0-24"
    real.do("key", "ctrl+z")
    real.next("cut")
