"""The inspector: whatever was selected last, and what can be changed of it."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from studio_app.services.analyses import KIND as ANALYSE
from studio_app.session.storyboarding import chosen_shots
from timeline.query import linked_ids
from ui.inspect_analysis import AnalysisSection
from ui.inspect_base import InspectorPage
from ui.inspect_clip import ClipPage
from ui.inspect_facts import MediaPage, SequencePage
from ui.inspect_shot import ShotPage
from ui.inspect_shots import ShotsPage
from ui.panel import Panel
from ui.qt.language import QT_TRANSLATE_NOOP
from ui.take_strip import TakeStrip


class InspectorPanel(Panel):
    """Shows one page: a clip, a shot, a file, or the sequence."""

    id: ClassVar[str] = "inspector"
    title: ClassVar[str] = QT_TRANSLATE_NOOP("Panel", "Inspector")
    order: ClassVar[int] = 50
    hint: ClassVar[str] = QT_TRANSLATE_NOOP(
        "Panel", "Drag on a number to change it. Double click on a name takes it back to its default."
    )

    def build(self) -> None:
        """A scrolling page."""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._foot: QWidget | None = None
        self.scroller = QScrollArea()
        self.scroller.setWidgetResizable(True)
        self.scroller.setFrameShape(QFrame.Shape.NoFrame)
        self.scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.scroller.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column.addWidget(self.scroller)
        self._subject: tuple[object, ...] = ()
        session = self.session
        self.listen(session.selection.changed, self._show_subject)
        self.listen(session.transport.sequence_changed, self._show_subject)
        self.listen(session.document.changed, lambda _: self._refresh())
        self.listen(session.document.library_changed, self._refresh)
        self.listen(session.generation.changed, lambda _: self._refresh())
        self.listen(session.understanding.arrived, self._refresh)
        self.listen(session.learning.changed, self._refresh)
        self.listen(session.bills.changed, self._refresh)
        self.listen(session.transport.time_changed, lambda _: self._show_time())
        self.listen(session.thumbnails.arrived, lambda _: self._repaint())
        self.listen(session.analyses.arrived, lambda _: self._show_figures())
        self.listen(session.jobs.changed, lambda job: self._show_figures() if job.kind == ANALYSE else None)
        self._show_subject()

    @property
    def page(self) -> InspectorPage:
        """What is shown now."""
        page = self.scroller.widget()
        assert isinstance(page, InspectorPage)  # noqa: S101 - nothing else is ever set
        return page

    def _show_subject(self) -> None:
        subject = self._subject_now()
        if subject != self._subject:
            self._make(subject)

    def _make(self, subject: tuple[object, ...]) -> None:
        page, same = self.scroller.widget(), self._subject == subject
        self._subject = subject
        if isinstance(page, ClipPage) and not same:
            match subject:
                case ("clip", tuple(pictures), tuple(sounds)) if page.rebind(pictures, sounds):
                    return
        place = self.scroller.verticalScrollBar().value()
        old = self.scroller.takeWidget()
        page = self._page_for(subject)
        self.scroller.setWidget(page)
        self._show_foot(page.foot)
        self.scroller.verticalScrollBar().setValue(place)
        if old is not None:
            old.deleteLater()

    def _show_foot(self, foot: QWidget | None) -> None:
        """A page's verb stays in sight below what scrolls."""
        if self._foot is not None:
            self._foot.hide()
            self._foot.deleteLater()
        self._foot = foot
        column = self.layout()
        if foot is not None and column is not None:
            column.addWidget(foot)

    def _refresh(self) -> None:
        subject = self._subject_now()
        if subject != self._subject or not self.page.refresh():
            self._make(subject)

    def _show_time(self) -> None:
        page = self.scroller.widget()
        if isinstance(page, ClipPage) and self.isVisible() and not self.session.transport.playing:
            page.show_time()

    def _show_figures(self) -> None:
        for section in self.page.findChildren(AnalysisSection):
            section.refresh()

    def _repaint(self) -> None:
        for strip in self.page.findChildren(TakeStrip):
            strip.update()

    def _subject_now(self) -> tuple[object, ...]:
        selection, project = self.session.selection, self.session.document.project
        if selection.focus == "shots" and len(shots := chosen_shots(self.session)) > 1:
            return ("shots", tuple(shot.id for shot in shots))
        if selection.focus == "shots" and (shot_id := selection.shots.lead) and project.shot(shot_id):
            return ("shot", shot_id)
        if selection.focus == "media" and (media_id := selection.media.lead) in self.session.document.library.media:
            return ("media", media_id)
        if selection.focus == "media" and (sequence_id := selection.media.lead) and project.sequence(sequence_id):
            return ("pool sequence", sequence_id)
        return self._clip_subject() or ("sequence", self.session.sequence_id)

    def _clip_subject(self) -> tuple[object, ...]:
        """All chosen clips, those linked to the last one last: their values are shown."""
        sequence = self.session.sequence
        chosen = [one for one in self.session.selection.items.ids if sequence.clip(one) is not None]
        if not chosen:
            return ()
        known = set(chosen)
        last = {one: None for one in linked_ids(sequence, chosen[-1:]) if one in known}
        pictures: list[str] = []
        sounds: list[str] = []
        for clip_id in (*(one for one in chosen if one not in last), *last):
            track = sequence.track_holding(clip_id)
            (sounds if track is not None and track.is_audio else pictures).append(clip_id)
        return ("clip", tuple(pictures), tuple(sounds))

    def _shots_page(self, shot_ids: tuple[str, ...]) -> InspectorPage:
        page = ShotsPage(self.session, shot_ids)
        page.generate_asked.connect(lambda: self.run("shot.generate"))
        page.merge_asked.connect(lambda: self.run("shot.merge"))
        page.duplicate_asked.connect(lambda: self.run("shot.duplicate"))
        page.enrich_asked.connect(lambda: self.run("shot.enrich"))
        return page

    def _page_for(self, subject: tuple[object, ...]) -> InspectorPage:
        session, project = self.session, self.session.document.project
        match subject:
            case ("clip", tuple(pictures), tuple(sounds)):
                return ClipPage(session, pictures, sounds)
            case ("media", str(media_id)):
                return MediaPage(session, session.document.library.media[media_id])
            case ("pool sequence", str(sequence_id)):
                return SequencePage(session, sequence_id)
            case ("shot", str(shot_id)):
                found = next((b, shot) for b in project.storyboards if (shot := b.shot(shot_id)) is not None)
                page = ShotPage(session, *found)
                page.generate_asked.connect(lambda: self.run("shot.generate"))
                page.scene_asked.connect(lambda: self.run("shot.edit_scene"))
                page.direct_asked.connect(lambda: self.run("shot.direct"))
                page.enrich_asked.connect(lambda: self.run("shot.enrich"))
                page.picture_asked.connect(lambda: self.run("shot.make_picture"))
                return page
            case ("shots", tuple(shot_ids)):
                return self._shots_page(shot_ids)
        return SequencePage(session)
