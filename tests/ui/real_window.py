"""The real window on a real X server, for `test_real_mouse.py`: says where things are and what became of the cut, a line each."""

from __future__ import annotations

import json
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from engines.play.audio_sink import WallClockSink
from studio_app.actions.registry import Actions
from studio_app.services.jobs import plain_thread
from studio_app.services.paths import user_paths
from studio_app.session.session import Session
from tests.timeline.notation import RATE, text_of, track
from tests.ui.conftest import picture_file
from timeline.media import Media, MediaKind
from timeline.project import Project, Saved
from timeline.sequence import Sequence
from ui.main_window import MainWindow
from ui.panels.effects import EffectsPanel
from ui.qt.main_thread import post
from ui.qt.theme import apply_theme
from ui.timeline_view.scale import Scale
from ui.viewer_drop_zones import ZONES
from ui.workspaces import SETTLED_AFTER_MS

STILL = 8
"""So many looks at the places, alike, and the window is laid out."""
STILL_MS = 150


def say(**what: object) -> None:
    """One line of JSON."""
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def place(widget: QWidget, point: QPoint) -> list[int]:
    """Where on the screen."""
    there = widget.mapToGlobal(point)
    return [there.x(), there.y()]


def main(folder: Path) -> int:
    """Show a cut of three titles and a still in the pool; quit with Ctrl+Q."""
    app = QApplication(sys.argv)
    apply_theme(app)
    session = Session(user_paths(), WallClockSink(), post, plain_thread)
    window = MainWindow(session, Actions(session))
    window.setGeometry(0, 0, 1600, 900)
    window.show()
    still = Media(str(picture_file(folder)), MediaKind.IMAGE, "Still", width=64, height=36, has_video=True, id="M")
    tracks = (track("a:0-24 _24 b:0-24 c:0-24", "V1"), track("", "V2"), track("", "A1"))
    cut = Sequence(tracks=tracks, id="cut", rate=RATE)
    session.document.replace(Saved(Project(sequences=(cut,)), session.document.library.with_media(still)), None)
    session.document.changed.connect(lambda _: say(cut=_rows(session)))
    QShortcut(QKeySequence("Ctrl+Shift+F12"), window).activated.connect(app.quit)
    QTimer.singleShot(600, lambda: window.show_workspace("edit"))
    QTimer.singleShot(600 + 2 * SETTLED_AFTER_MS, lambda: _ready(window, []))
    app.exec()
    session.document.mark_saved(None)
    window.close()
    return 0


def _rows(session: Session) -> dict[str, str]:
    return {one.id: text_of(one) for one in session.sequence.tracks}


def _ready(window: MainWindow, before: list[dict[str, Any]]) -> None:
    """Tell where everything is once nothing has moved for a while: a busy machine lays the panels out late."""
    before.append(_places(window))
    if len(before) < STILL or any(one != before[-1] for one in before[-STILL:]):
        QTimer.singleShot(STILL_MS, lambda: _ready(window, before))
        return
    docks: dict[str, Any] = dict(window.panels.docks)
    shown = docks["effects"].visibilityChanged
    shown.connect(lambda now: QTimer.singleShot(300, lambda: _effects_shown(window)) if now else None)
    say(ready=True, **before[-1])


def _places(window: MainWindow) -> dict[str, Any]:
    """Where on the screen what the tests take hold of is."""
    docks: dict[str, Any] = dict(window.panels.docks)
    view = docks["timeline"].panel.view
    view.fit_pending = False
    view.set_scale(Scale(Fraction(24), 240.0))
    QApplication.processEvents()
    rows = {row.track.id: place(view.viewport(), QPoint(0, row.y + row.height - 14)) for row in view.layout_now.rows}
    grid = docks["media_pool"].panel.view
    first = grid.visualRect(grid.model().index(0, 0)).center()
    zones = docks["viewer"].panel.zones
    zones.setGeometry(zones.parentWidget().rect())
    centres = {zone.verb: rect.center().toPoint() for zone, rect in zip(ZONES, zones.rects(), strict=True)}
    drops = {verb: place(zones.parentWidget(), centre) for verb, centre in centres.items()}
    tabs = docks["media_pool"].row
    at = [one.panel.id for one in tabs.docks].index("effects")
    tab = place(tabs, tabs.tab_rects()[at].center())
    item = place(grid.viewport(), first)
    return {"rows": rows, "item": item, "frame_px": 10, "zones": drops, "effects_tab": tab}


def _effects_shown(window: MainWindow) -> None:
    """The effects panel came up: it lists just this transition."""
    panel = window.panels.docks["effects"].panel
    assert isinstance(panel, EffectsPanel)
    panel.search.setText("wipe")
    QApplication.processEvents()
    row = panel.list.visualRect(panel.model.index(1, 0))
    say(wipe=place(panel.list.viewport(), row.center()))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
