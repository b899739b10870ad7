"""The compare viewer: the clip as it is beside what was, or would be, made of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from time import perf_counter
from typing import ClassVar

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QStackedLayout, QVBoxLayout, QWidget

from studio_app.session.comparing import Mode
from studio_app.session.evolve_picks import pick_of_media, take_number
from studio_app.session.session import Monitor
from timeline.media import Media
from timeline.query import media_name
from timeline.time import RationalTime
from timeline.timecode import format_timecode
from ui.evolve.segments import Segments
from ui.evolve.surface import CompareSurface
from ui.panel import Panel, panel_of
from ui.qt.app_events import app_events
from ui.qt.language import QT_TRANSLATE_NOOP
from ui.viewer_transport import PlayButton, TransportRow, transport_button
from ui.widgets import EmptyState, KeyCap, label, row

_TICK_MS = 8
_FOLLOW_MS = 120
_SPLIT_STEP = 0.05


class ComparePanel(Panel):
    """A surface, a transport of its own, and the three ways to compare."""

    id: ClassVar[str] = "compare"
    title: ClassVar[str] = QT_TRANSLATE_NOOP("Panel", "Compare")
    order: ClassVar[int] = 19
    also: ClassVar[str] = "evolution"
    monitor: ClassVar[Monitor] = "compare"
    _ends: tuple[Callable[[], None], ...] = ()
    hint: ClassVar[str] = QT_TRANSLATE_NOOP(
        "Panel", "Drag the divider, or Alt with an arrow. Space plays, arrows step one frame. Hold Shift to see before."
    )

    def build(self) -> None:
        """Picture above, transport below."""
        comparing = self.session.comparing
        self.surface = CompareSurface()
        self.surface.stepped.connect(comparing.step)
        self.time = label("", "accent", "timecode", "medium", tabular=True)
        self.play = PlayButton(comparing.toggle)
        self.loop = transport_button(
            "repeat", self.tr("Loop"), lambda: comparing.set_loop(self.loop.isChecked()), checkable=True
        )
        hold = row(label(self.tr("hold"), "muted"), KeyCap("Shift"), label(self.tr("for before"), "muted"), spacing=6)
        self.transport = TransportRow(
            self.time,
            (
                transport_button("step-back", self.tr("Step back (Left)"), lambda: comparing.step(-1)),
                self.play,
                transport_button("step-forward", self.tr("Step forward (Right)"), lambda: comparing.step(1)),
                self.loop,
            ),
            (hold,),
        )
        whole = QWidget()
        inner = QVBoxLayout(whole)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        inner.addWidget(self.surface, 1)
        inner.addWidget(self.transport)
        self.stack = QStackedLayout(self)
        self.stack.addWidget(whole)
        self.stack.addWidget(
            EmptyState(
                "dna",
                self.tr("Nothing to compare"),
                self.tr("Choose a clip, then an operation: before and after stand here against each other."),
            )
        )
        self._ticking = QTimer(self, interval=_TICK_MS, timerType=Qt.TimerType.PreciseTimer)
        self._ticking.timeout.connect(self._tick)
        self._following = QTimer(self, interval=_FOLLOW_MS, singleShot=True)
        self._following.timeout.connect(comparing.follow_playhead)
        self._since, self._passed = 0.0, 0
        self.listen(comparing.changed, self.refresh)
        self.listen(comparing.arrived, self._show_pictures)
        self.listen(self.session.evolving.changed, self.refresh)
        self.listen(self.session.transport.time_changed, lambda _: self._playhead_moved())
        if (events := app_events()) is not None:
            self._ends = (
                events.keys(self, self._key_moved),
                events.left(self, lambda: self.surface.hold_before(False)),
            )
        self.refresh()

    def corner(self) -> Sequence[QWidget]:
        """The ways to compare."""
        self.modes = Segments(
            self.tr("Compare by"),
            (
                (self.tr("Wipe"), Mode.WIPE.value),
                (self.tr("Side by side"), Mode.SIDE.value),
                (self.tr("Difference"), Mode.DIFFERENCE.value),
            ),
            height=24,
        )
        self.modes.chosen.connect(lambda value: self.session.comparing.set_mode(Mode(value)))
        return (self.modes,)

    @property
    def tab_title(self) -> str:
        """`Compare: Harbour at first light`."""
        lead = self.session.evolving.lead
        return self.tr("Compare: {name}").format(name=lead.name) if lead is not None else self.shown_title

    def refresh(self) -> None:
        """Another clip, mode, place; it plays or rests."""
        comparing, evolving = self.session.comparing, self.session.evolving
        self.stack.setCurrentIndex(0 if evolving.lead is not None else 1)
        self.surface.show_mode(comparing.mode.value)
        if hasattr(self, "modes"):
            self.modes.show_value(comparing.mode.value)
        self.loop.setChecked(comparing.loop)
        self.play.show_playing(comparing.playing)
        self._show_time()
        self._show_words()
        if comparing.playing and not self._ticking.isActive():
            self._since, self._passed = perf_counter(), 0
            self._ticking.start()
        elif not comparing.playing:
            self._ticking.stop()
        self.title_changed.emit()

    def release(self) -> None:
        """The window closes."""
        for end in self._ends:
            end()
        if self.is_built and not self.has_fault:
            self._ticking.stop()
        super().release()

    def showEvent(self, event: QShowEvent) -> None:
        """Pictures are drawn while somebody sees them."""
        super().showEvent(event)
        self.session.comparing.show(True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Not any more."""
        super().hideEvent(event)
        self.session.comparing.show(False)

    def event(self, event: QEvent) -> bool:
        """Here Alt with an arrow is for the divider, before it is for clips of the timeline."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._way_of(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the divider by a twentieth of the picture."""
        if way := self._way_of(event):
            self.surface.move_split(self.surface.split + way * _SPLIT_STEP)
            event.accept()
        else:
            super().keyPressEvent(event)

    def _way_of(self, event: QKeyEvent) -> int:
        if not self.is_built or self.has_fault or self.session.comparing.mode is not Mode.WIPE:
            return 0
        if not event.modifiers() & Qt.KeyboardModifier.AltModifier:
            return 0
        return {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)

    def _key_moved(self, watched: QObject, event: QKeyEvent) -> bool:
        """Shift held down anywhere in this workspace shows what was before; typing a capital letter does not."""
        kind = event.type()
        if event.key() == Qt.Key.Key_Shift and kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            down = kind is QEvent.Type.KeyPress and self._is_near()
            if not event.isAutoRepeat():
                self.surface.hold_before(down)
        return False

    def _is_near(self) -> bool:
        panel = panel_of(QApplication.focusWidget())
        return (
            panel is not None and self.isVisible() and ("evolution" in (panel.id, panel.also) or panel.id == "lineage")
        )

    def _tick(self) -> None:
        comparing = self.session.comparing
        rate = comparing.pictures.rate if comparing.pictures is not None else 24
        due = int((perf_counter() - self._since) * rate)
        if due > self._passed:
            step, self._passed = due - self._passed, due
            comparing.pass_time(step)

    def _playhead_moved(self) -> None:
        if self.isVisible() and not self.session.transport.playing:
            self._following.start()

    def _show_pictures(self) -> None:
        made = self.session.comparing.pictures
        if made is None:
            self.surface.show_pictures(None, None)
        else:
            self.surface.show_pictures(made.before, made.after, made.why)
        self._show_time()
        self._show_words()

    def _show_time(self) -> None:
        lead = self.session.evolving.lead
        rate = self.session.evolving.media_of(lead).rate if lead is not None else None
        at = RationalTime.from_frames(self.session.comparing.index, rate) if rate is not None else None
        self.time.setText(format_timecode(at, rate) if at is not None and rate is not None else "")
        self.transport.arrange()

    def _show_words(self) -> None:
        lead = self.session.evolving.lead
        if lead is None:
            return
        library = self.session.document.library
        after = self.session.comparing.after
        if after is not None and (names := self._names_of(self.session.evolving.media_of(lead), after)):
            self.surface.show_words(*names)
            return
        number = take_number(library, lead)
        before = self.tr("Before, take {number}").format(number=number) if number is not None else self.tr("Before")
        self.surface.show_words(before, self._after_words())

    def _names_of(self, before: Media, after: Media) -> tuple[str, str] | None:
        """The names of two clips of which neither was made of the other; None where one came before."""
        if before.id in self.session.lineage.graph.ancestors(after.id, None):
            return None
        names = [self._name_of(one) for one in (before, after)]
        if names[0] == names[1]:  # takes of one shot
            names = [self._facts_of(one, name) for one, name in zip((before, after), names, strict=True)]
        return names[0], names[1]

    def _name_of(self, media: Media) -> str:
        take = self.session.document.library.take_of_media(media.id)
        return (take.name if take is not None else "") or media_name(media)

    def _facts_of(self, media: Media, name: str) -> str:
        pick = pick_of_media(self.session, media.id)
        number = take_number(self.session.document.library, pick) if pick is not None else None
        return self.tr("{name}, take {number}").format(name=name, number=number) if number is not None else name

    def _after_words(self) -> str:
        from studio_app.session.evolve_offers import shown_steps

        comparing = self.session.comparing
        after = comparing.after
        take = self.session.document.library.take_of_media(after.id) if after is not None else None
        if take is not None:
            name = take.name or (after.name if after is not None else "")
            return self.tr("After, {name}").format(name=name[:1].lower() + name[1:])
        made = comparing.pictures  # what is seen may be what was wanted before
        name = shown_steps(made.wanted.steps if made is not None else self.session.evolving.steps())
        return self.tr("Preview, {name}").format(name=name[:1].lower() + name[1:]) if name else self.tr("After")
