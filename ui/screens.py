"""Draws the window and every panel with an example project into pictures: for the README, and to look at what is built."""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable, Collection
from fractions import Fraction
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, QRect
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from studio_app.actions.file import start_from
from studio_app.actions.registry import Actions
from studio_app.services.settings import RecentProject
from studio_app.session.replanning import PlanWish, remembered
from studio_app.session.session import Session
from timeline.commands.set_sequence import SetSequence
from timeline.errors import StudioError
from timeline.media import Media, MediaKind
from timeline.storyboard import Shot, Storyboard
from timeline.time import RationalTime
from ui import screens_sky
from ui.dialogs.export import ExportDialog
from ui.dialogs.shortcuts import ShortcutsDialog
from ui.main_window import MainWindow
from ui.media_items import THUMBNAIL as POOL_THUMBNAIL
from ui.media_items import poster_time
from ui.panels.constellation import ConstellationPanel
from ui.qt import tokens
from ui.screens_cut import SELECTED, SOUNDS, TITLE, lay_out, write_sounds
from ui.shot_pictures import THUMBNAIL as CARD_THUMBNAIL

SIZE = (1920, 1080)
_READY = 5
_LONGEST_WAIT = 240.0
_LONGEST_SETTLE = 30.0
_QUIET = 1.0
_SENTENCE = "A lighthouse keeper watches the last ferry leave before a storm."
_SHOTS = (
    ("Harbour at first light", "A calm sea at sunrise, a lighthouse beam fading over the harbour.", "crane_up", "calm"),
    ("Peaks above the clouds", "Snowy mountains in cold morning light, clouds drifting below.", "pan_left", "serene"),
    ("Ferry leaves", "The dark sea at night under a full moon and stars, small waves.", "dolly_out", "melancholic"),
    ("Lights of the town", "A city at night, neon windows reflected in wet streets, rain.", "pan_right", "tense"),
    ("Golden forest", "A forest in warm evening sun, light falling between tall trees.", "dolly_in", "hopeful"),
    ("Pines in fog", "Morning mist between tall pines, slow push in, nobody in frame.", "dolly_in", "mysterious"),
    ("Stars turn", "The night sky with the Milky Way above black hills.", "orbit_left", "dreamy"),
    ("Open water", "Wide turquoise sea at noon, white clouds, a light breeze.", "static", "calm"),
)
_RECENT = (
    ("The last ferry", 124.0, 12),
    ("High winter", 860.0, 1500),
    ("Night crossing", 30.0, 4400),
    ("Neon walk", 291.0, 9000),
    ("Forest studies", 52.0, 16000),
)
"""Name, seconds, minutes since it was edited."""
PARTS = ("storyboard", "edit", "guide", "evolve", "constellation", "panels", "export", "start")
"""What can be drawn, in the order in which the example project grows."""


def draw_screens(
    session_factory: Callable[[], Session], out: Path, scale: int, only: Collection[str] = ()
) -> list[Path]:
    """Draw the workspaces, what the guide shows, each panel, export and start as PNG into `out`, or `only` some of PARTS.

    The scale of Qt only names the files. Raises StudioError for a part that is none.
    """
    if unknown := [part for part in only if part not in PARTS]:
        raise StudioError(f"There are no screens named {', '.join(unknown)}. Choose from {', '.join(PARTS)}.")
    out.mkdir(parents=True, exist_ok=True)
    session = session_factory()
    artist = _Artist(session, out, "" if scale == 1 else f"@{scale}x")
    try:
        artist.draw(only or PARTS)
    finally:
        artist.close()
    return artist.written


class _Artist:
    """One run: an example project, a window, pictures."""

    def __init__(self, session: Session, out: Path, suffix: str) -> None:
        self.session, self._out, self._suffix = session, out, suffix
        self.written: list[Path] = []
        self._arrived = time.monotonic()
        self._frames = 0
        session.thumbnails.arrived.connect(lambda _: self._touch())
        session.evolve_previews.arrived.connect(self._touch)
        session.comparing.arrived.connect(self._touch)
        session.frame_shown.connect(lambda _: self._frame_came())
        self.window = MainWindow(session, Actions(session))
        self.window.resize(*SIZE)
        self.window.show()

    def draw(self, parts: Collection[str]) -> None:
        """The pictures of some parts; the project is laid out for all of them."""
        self._example()
        if "storyboard" in parts:
            self._storyboard()
        self._lay_out()
        for part in PARTS[1:]:
            if part == "evolve":
                self.session.jobs.cancel_all()  # the shots of the pictures before were still on their way
            if part in parts:
                getattr(self, f"_{part}")()

    def close(self) -> None:
        """Let the window and its work go."""
        self.session.document.mark_saved(None)
        self.window.close()
        self._pump(0.05)

    # the example

    def _example(self) -> None:
        self.session.files.new("The last ferry")
        shots = tuple(
            Shot(text, name=name, duration=RationalTime(4), camera_motion=camera, mood=mood)
            for name, text, camera, mood in _SHOTS
        )
        board = Storyboard("The last ferry", shots, "cinematic", 1280, 720, Fraction(24), "three_act", False, seed=4121)
        script = " ".join(shot.description for shot in shots)
        start_from(self.session, remembered(board, PlanWish(script, "", 32.0, "cinematic", "three_act")))
        self.window.show_workspace("storyboard")
        self._pump(0.1)
        self.window.run("shot.generate_all")
        self.session.document.do(SetSequence(self.session.sequence_id, {"name": "Main cut"}))
        self._until(lambda: self._count("ready") >= _READY and self._count("running") > 0)

    def _storyboard(self) -> None:
        shots = self.session.document.project.storyboards[0].shots
        self.session.selection.shots.set([shots[3].id])
        self.window.show_workspace("storyboard")
        self._settle()
        self._save("storyboard", self.window)

    def _lay_out(self) -> None:
        """The cut, its sounds and a take in the source viewer."""
        session, window = self.session, self.window
        session.import_files(write_sounds(session.files.take_folder))
        self._until(lambda: self._sounds() == len(SOUNDS))
        gone = Media(
            str(self._out / "B007_C003.mov"),
            MediaKind.VIDEO,
            "B007_C003",
            RationalTime(9),
            1920,
            1080,
            Fraction(24),
            has_video=True,
        )
        session.document.add_media([gone])
        lay_out(session, gone)
        window.show_workspace("edit")
        session.selection.items.set([SELECTED])
        session.transport.set_marks(RationalTime(8), RationalTime(16))
        window.run("view.zoom_fit")
        window.run("view.lower_tracks")
        self._source()
        self._show_frame(RationalTime(7))

    def _edit(self) -> None:
        self._settle()
        self._save("edit", self.window)

    def _sounds(self) -> int:
        return sum(one.kind is MediaKind.AUDIO for one in self.session.document.library.media.values())

    def _show_frame(self, time: RationalTime) -> None:
        """Go there, and wait for its picture."""
        before = self._frames
        self.session.transport.set_time(time)
        self._wait_for_frame(before)

    def _wait_for_frame(self, before: int) -> None:
        end = time.monotonic() + _LONGEST_SETTLE
        while self._frames == before and time.monotonic() < end:
            self._pump(0.05)

    def _source(self) -> None:
        """A take in the source viewer, marked."""
        source = self.session.source
        films = [
            one for one in self.session.document.library.media.values() if one.has_video and Path(one.path).is_file()
        ]
        if films:
            source.show(films[min(1, len(films) - 1)].id, front=False)
            source.transport.set_marks(RationalTime(1), RationalTime(3))
            source.transport.set_time(RationalTime(2))

    # the pictures

    def _guide(self) -> None:
        """What the guide shows besides: each leaves the cut as it was."""
        window, session = self.window, self.session
        window.show_panel("source_viewer")
        self._settle()
        self._save("source", window)
        window.show_panel("timeline")
        session.selection.items.clear()
        session.transport.set_time(RationalTime(6))
        window.run("trim.mode")
        session.trimming.trim(4)
        self._settle()
        self._save("trim", window)
        session.trimming.trim(-4)
        session.trimming.leave()
        window.palette_box.open()
        window.palette_box.field.setText("ripple")
        self._settle()
        self._save("palette", window)
        window.palette_box.close_up()
        session.selection.items.set([TITLE])
        self._show_frame(RationalTime(2))
        self._settle()
        self._save("title", window)
        session.selection.items.set([SELECTED])
        self._show_frame(RationalTime(7))
        keys = ShortcutsDialog(window, session, window.every_action)
        keys.show()
        self._settle()
        self._save("shortcuts", window, over=keys)
        keys.close()

    def _evolve(self) -> None:
        """Night of a take that is there, with variants on their way and the family they make."""
        session, window = self.session, self.window
        films = [one for one in session.document.library.media.values() if one.rate and Path(one.path).is_file()]
        if not films:
            return
        evolving = session.evolving
        window.show_workspace("evolve")
        session.selection.media.set([films[0].id])
        evolving.choose("vary.time_of_day")
        evolving.set_values({"time": "night", "strength": 0.62})
        window.run("evolve.make")
        self._until(lambda: not evolving.makers.has_open)
        window.run("evolve.star")
        window.run("evolve.four")
        self._until(lambda: sum(one.state == "ready" for one in evolving.results()) > 1)
        night = next((one for one in evolving.results() if one.media_id), None)
        if night is not None:
            evolving.take_over(night.steps, night.seed)
            session.comparing.compare_with(night.media_id)
        self._until(lambda: not session.evolve_previews.is_working)
        self._settle()
        self._save("evolve", window)
        evolving.makers.cancel_all()
        session.selection.media.clear()
        window.show_workspace("edit")

    def _constellation(self) -> None:
        """Some hundred clips, a search, what is chosen, and the card of a star."""
        session, window, sky = self.session, self.window, self.session.constellation
        end = time.monotonic() + _LONGEST_WAIT
        while len(found := screens_sky.ask_pictures(session)) < screens_sky.LOOKS and time.monotonic() < end:
            self._pump(0.1)
        catalogue = session.cataloguing.catalogue = screens_sky.fill(session, found)
        window.show_workspace("constellation")
        session.cataloguing.changed.emit()
        panel = window.docks["constellation"].panel
        if not isinstance(panel, ConstellationPanel):
            return
        self._until_so(lambda: len(sky.stars) > 0)
        panel.sky.fit(fly=False)
        self._until_so(lambda: not panel.sky.near.missing)
        self._settle()
        self._save("constellation_all", window)
        sky.ask(words="cold light over water")
        self._until_so(lambda: sky.answer.is_searched)
        sky.toggle_class("genre", "comedy")
        self._until_so(lambda: not sky.answer.passing.all())
        mine = [
            sky.stars.by_hash[one.content_hash]
            for one in session.document.library.media.values()
            if one.content_hash in sky.stars.by_hash
        ]
        sky.choose(mine[:5])
        self._settle()
        panel.card.show_star(mine[:5][-1])
        self._until_so(lambda: not panel.sky.near.missing)
        self._settle()
        self._save("constellation", window)
        panel.card.put_away()
        sky.clear()
        sky.chosen.clear()
        self._pump(0.3)
        window.show_workspace("edit")
        catalogue.close()
        session.cataloguing.catalogue = None

    def _until_so(self, is_true: Callable[[], bool]) -> None:
        end = time.monotonic() + _LONGEST_SETTLE
        while not is_true() and time.monotonic() < end:
            self._pump(0.02)

    def _panels(self) -> None:
        self.session.selection.clear()
        self.window.run("narrative.look")
        self._until(lambda: self.session.narrating.job is None)
        for name, dock in self.window.docks.items():
            self.window.show_panel(name)
            self._settle()
            self._save(f"panel_{name}", dock)
        self.window.show_panel("inspector")

    def _export(self) -> None:
        self.window.show_workspace("edit")
        self._settle()
        dialog = ExportDialog(self.window, self.session)
        dialog.folder.setText(str(Path.home()))
        dialog.show()
        for row in range(dialog.model.rowCount()):
            index = dialog.model.index(row, 0)
            if index.data() and "XML" in str(index.data()):
                dialog.list_.setCurrentIndex(index)
        dialog.folder.blockSignals(True)  # a picture shows no folder of the machine it was made on
        dialog.folder.setText("Films/The last ferry")
        self._settle()
        self._save("export", self.window, over=dialog)
        dialog.close()

    def _start(self) -> None:
        session = self.session
        pictures = [
            one.path for one in session.document.library.media.values() if one.has_video and Path(one.path).is_file()
        ]
        now = datetime.datetime.now()
        session.settings.values.recent = [
            RecentProject(
                path=__file__,
                name=name,
                seconds=seconds,
                picture=pictures[n % len(pictures)] if pictures else "",
                picture_size=(1280, 720),
                opened=(now - datetime.timedelta(minutes=minutes)).isoformat(timespec="seconds"),
            )
            for n, (name, seconds, minutes) in enumerate(_RECENT)
        ]
        session.document.mark_saved(None)
        session.files.close()
        session.document.close()
        self.window.start_page.sentence.text.setPlainText(_SENTENCE)
        self._settle()
        self._save("start", self.window)

    def _save(self, name: str, widget: QWidget, over: QWidget | None = None) -> None:
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)  # what was told last has its room
        picture = widget.grab()
        if over is not None:
            picture = _above(picture, widget, over.grab(), over)
        path = self._out / f"{name}{self._suffix}.png"
        picture.save(str(path))
        self.written.append(path)

    # waiting

    def _count(self, state: str) -> int:
        shots = self.session.document.project.storyboards[0].shots
        return sum(1 for shot in shots if self.session.generation.state_of(shot.id).state == state)

    def _frame_came(self) -> None:
        self._frames += 1
        self._touch()

    def _pictures_there(self) -> bool:
        """Whether every file of the pool has its poster, in the sizes of pool and cards, or its waveform."""
        session, there = self.session, True
        for media in session.document.library.media.values():
            if Path(media.path).is_file():
                if media.has_video:
                    sizes = (POOL_THUMBNAIL, CARD_THUMBNAIL)
                    there &= all(session.thumbnails.get(media, poster_time(media), size) is not None for size in sizes)
                else:
                    there &= session.waveforms.get(media) is not None
        return there

    def _touch(self) -> None:
        self._arrived = time.monotonic()

    def _pump(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while True:
            QApplication.processEvents()
            if time.monotonic() >= end:
                return
            time.sleep(0.005)

    def _until(self, is_true: Callable[[], bool]) -> None:
        end = time.monotonic() + _LONGEST_WAIT
        while not is_true() and time.monotonic() < end:
            self._pump(0.02)
            if not any(not job.is_over for job in self.session.jobs.all):
                return

    def _settle(self) -> None:
        """Wait until all pictures are there and have stopped arriving."""
        end = time.monotonic() + _LONGEST_SETTLE
        while time.monotonic() < end and not self._pictures_there():
            self._pump(0.05)
        self._touch()
        while time.monotonic() < end and time.monotonic() - self._arrived < _QUIET:
            self._pump(0.02)


def _above(below: QPixmap, window: QWidget, picture: QPixmap, dialog: QWidget) -> QPixmap:
    """The dialog in the middle of the dimmed window."""
    ratio = below.devicePixelRatio()
    result = QPixmap(below.size())
    result.setDevicePixelRatio(ratio)
    painter = QPainter(result)
    painter.drawPixmap(0, 0, below)
    painter.fillRect(QRect(QPoint(0, 0), window.size()), tokens.color("surface.well", 0.6))
    place = QPoint((window.width() - dialog.width()) // 2, (window.height() - dialog.height()) // 2)
    painter.drawPixmap(place, picture)
    painter.setPen(tokens.color("border.default"))
    painter.drawRect(QRect(place, dialog.size()).adjusted(-1, -1, 0, 0))
    painter.end()
    return result
