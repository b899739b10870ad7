"""Export: what to deliver at the left, how in the middle, what is lost at the right, the queue below."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QDialog,
    QFileDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from studio_app.actions.file import export_timeline
from studio_app.services.export_choices import ExportChoice, export_choices
from studio_app.services.export_target import unclaimed
from studio_app.services.proxy_entry import ProxyState
from studio_app.session.film_notes import film_notes
from studio_app.session.session import Session
from timeline.errors import StudioError
from timeline.interchange.base import Note
from timeline.timecode import format_timecode, rate_name
from ui import words
from ui.dialogs.base import resize_within_screen
from ui.dialogs.export_choices import CHOICE, ChoiceDelegate, ChoiceModel, Index
from ui.dialogs.export_parts import EncoderChoice, SequencePicture, in_words
from ui.dialogs.export_queue import ExportQueue
from ui.dialogs.export_smart import SmartSwitch
from ui.qt import tokens
from ui.widgets import ElidedLabel, ground, hairline, icon_label, label, push_button, row, tool_button

_FORM, _REPORT = 496, 480
"""Widths of form and report where there is room, else their shares."""
_NARROWEST = 200


class ExportDialog(QDialog):
    """Not modal: cutting goes on while it is open and after it is closed."""

    def __init__(self, parent: QWidget | None, session: Session, show_at: Callable[[Note], None] | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._show_at = show_at
        self.choices = export_choices()
        self.setWindowTitle(self.tr("Export"))
        self.setMinimumSize(1040, 600)
        resize_within_screen(self, 1240, 760)
        ground(self, "surface.panel")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = row(
            label(self.tr("Export"), size="heading", weight="semibold"),
            ElidedLabel(session.sequence.name, "muted", "body"),
        )
        head.setContentsMargins(20, 0, 16, 0)
        head.setFixedHeight(52)
        ground(head, "surface.raised")
        column.addWidget(head)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self._presets())
        middle.addWidget(self._scrolled(self._form()), _FORM)
        middle.addWidget(self._report(), _REPORT)
        column.addLayout(middle, 1)
        column.addWidget(hairline())
        self.queue = ExportQueue(session)
        column.addWidget(self.queue)
        column.addWidget(hairline())
        column.addWidget(self._foot())
        self.finished.connect(lambda _: self.queue.release())
        self._choose(self.list_.model().index(self.model.first_row, 0))
        self._take_enter()
        self.name.setFocus()
        self.name.selectAll()

    def _take_enter(self) -> None:
        """Enter in a field exports. Qt gives it to the first of all buttons, unless they are told not to take it."""
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(button.parentWidget() is self.go.parentWidget())
        self.go.setDefault(True)

    # parts

    def _presets(self) -> QWidget:
        side = QWidget()
        side.setFixedWidth(264)
        column = QVBoxLayout(side)
        column.setContentsMargins(8, 12, 8, 8)
        self.model = ChoiceModel(self.choices)
        self.list_ = QListView()
        self.list_.setModel(self.model)
        self.list_.setItemDelegate(ChoiceDelegate(self.list_))
        self.list_.setMouseTracking(True)
        self.list_.setAccessibleName(self.tr("Presets"))
        self.list_.selectionModel().currentChanged.connect(lambda now, _: self._chosen(now))
        column.addWidget(self.list_)
        return side

    def _form(self) -> QWidget:
        page = QWidget()
        ground(page, "surface.overlay")
        grid = QGridLayout(page)
        grid.setContentsMargins(24, 20, 24, 20)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        self.name, self.folder = QLineEdit(), QLineEdit()
        self.name.setAccessibleName(self.tr("File name"))
        self.folder.setAccessibleName(self.tr("Folder"))
        self.folder.setText(self._first_folder())
        for field in (self.name, self.folder):
            field.setProperty("large", True)
            field.textChanged.connect(lambda _: self._tell_size())
        self.name.setText(words.film_name(self.session.document.project.name, self.session.sequence.name))
        open_ = tool_button("folder-open", self.tr("Choose a folder"), size=32)
        open_.clicked.connect(self._ask_folder)
        holder = row(self.folder, open_, spacing=4)
        self.whole, self.marked = (
            self._range_button(self.tr("Whole sequence")),
            self._range_button(self.tr("In to out")),
        )
        self._range = QButtonGroup(self)
        for button in (self.whole, self.marked):
            self._range.addButton(button)
        self.whole.setChecked(True)
        self.marked.setEnabled(self.session.transport.marked_range is not None)
        self.marked.setToolTip("" if self.marked.isEnabled() else self.tr("Set marks with I and O first"))
        self._range.buttonClicked.connect(lambda _: self._tell_size())
        self.draft = QCheckBox(self.tr("Draft from proxies"))
        self.draft.setToolTip(
            self.tr("Quick and soft: reads the proxies that are made. Unticked, an export reads the originals")
        )
        self.burn_in = QCheckBox(self.tr("Burn in timecode"))
        self.burn_in.setToolTip(
            self.tr(
                "For review: record timecode and the name of the clip stand at the bottom of the picture. "
                "Then everything is rendered"
            )
        )
        self.range_row = row(self.whole, self.marked, 1, spacing=0)
        self.range_label = label(self.tr("Range"), "secondary", "body")
        for place, (name, field_) in enumerate(((self.tr("Name"), self.name), (self.tr("Folder"), holder))):
            grid.addWidget(label(name, "secondary", "body"), place, 0)
            grid.addWidget(field_, place, 1)
        grid.addWidget(self.range_label, 2, 0)
        grid.addWidget(self.range_row, 2, 1)
        self.about = label("", "secondary", "body")
        self.about.setWordWrap(True)
        grid.addWidget(self.about, 3, 1)
        self.kinds = row(self.burn_in, self.draft, 1, spacing=24)
        grid.addWidget(self.kinds, 4, 1)
        self.smart = SmartSwitch(self.session)
        self.burn_in.toggled.connect(lambda on: self.smart.allow(not on))
        self._range.buttonClicked.connect(lambda _: self._look_smart())
        grid.addWidget(self.smart, 5, 1)
        self.encoder = EncoderChoice(self.session.hardware)
        self.encoder_label = label(self.tr("Encoder"), "secondary", "body")
        grid.addWidget(self.encoder_label, 6, 0)
        grid.addWidget(self.encoder, 6, 1)
        self.picture = SequencePicture(self.session)
        picture_and_facts = row(self.picture, self._facts(), 1, spacing=16, margins=(0, 12, 0, 0))
        grid.addWidget(picture_and_facts, 7, 0, 1, 2)
        grid.setColumnMinimumWidth(0, 88)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(8, 1)
        return page

    def _range_button(self, text: str) -> QPushButton:
        button = QPushButton(text)
        button.setCheckable(True)
        lit, rest = tokens.hex_of("surface.hover"), tokens.hex_of("surface.inset")
        button.setStyleSheet(
            f"QPushButton {{ background: {rest}; border-radius: 0; min-height: 30px; min-width: 110px; }}"
            f"QPushButton:checked {{ background: {lit}; }}"
        )
        return button

    def _facts(self) -> QWidget:
        sequence = self.session.sequence
        clips = sum(1 for track in sequence.tracks for _ in track.clips())
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(label(sequence.name, size="body", weight="medium"))
        length = format_timecode(sequence.duration, sequence.rate, sequence.drop_frame)
        for text in (
            self.tr("{width} × {height}, {rate} fps").format(
                width=sequence.width, height=sequence.height, rate=rate_name(sequence.rate)
            ),
            f"{length}, {words.plural(clips, 'clip')}",
            f"{words.plural(len(sequence.tracks), 'track')}, {words.plural(len(sequence.markers), 'marker')}",
        ):
            column.addWidget(label(text, "secondary", "body", tabular=True))
        column.addStretch(1)
        return holder

    def _scrolled(self, page: QWidget) -> QScrollArea:
        """The form, never narrower than its words, and scrolled where a low screen cuts it."""
        holder = QScrollArea()
        holder.setWidgetResizable(True)
        holder.setFrameShape(QFrame.Shape.NoFrame)
        holder.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        holder.setAccessibleName(self.tr("How"))
        holder.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        holder.setWidget(page)
        holder.setMinimumWidth(page.minimumSizeHint().width())
        return holder

    def _report(self) -> QWidget:
        side = QWidget()
        side.setMinimumWidth(_NARROWEST)
        side.setMaximumWidth(_REPORT)
        column = QVBoxLayout(side)
        column.setContentsMargins(20, 18, 20, 8)
        column.setSpacing(8)
        self.report_title = label("", size="body", weight="semibold")
        self.report_counts = QHBoxLayout()
        self.report_counts.setSpacing(12)
        column.addWidget(self.report_title)
        column.addLayout(self.report_counts)
        self.notes = QVBoxLayout()
        self.notes.setSpacing(0)
        inner = QWidget()
        inner.setLayout(self.notes)
        self.notes.setContentsMargins(0, 4, 6, 0)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inner)
        scroll.setAccessibleName(self.tr("Report"))
        column.addWidget(scroll, 1)
        return side

    def _foot(self) -> QWidget:
        self.size_label = ElidedLabel(tone="secondary", size="body")
        close = push_button(self.tr("Close"), large=True, flat=True)
        close.clicked.connect(self.close)
        self.add = push_button(self.tr("Add to queue"), "plus", large=True)
        self.add.clicked.connect(lambda: self.export(stay=True))
        self.go = push_button(self.tr("Export"), "share", primary=True, large=True)
        self.go.clicked.connect(lambda: self.export(stay=False))
        return row(self.size_label, close, self.add, self.go, margins=(20, 12, 20, 12))

    # choice

    def _choose(self, index: QModelIndex) -> None:
        self.list_.setCurrentIndex(index)

    def _chosen(self, index: Index) -> None:
        choice = index.data(CHOICE)
        if not isinstance(choice, ExportChoice):
            return
        self.choice = choice
        self.about.setText(f"{choice.description} {choice.describe(self.session.sequence)}".strip())
        for widget in (self.range_row, self.range_label):
            widget.setVisible(not choice.is_timeline)
        self.kinds.setVisible(choice.suffix == ".mp4")
        self.draft.setVisible(choice.suffix == ".mp4" and self._has_proxies())
        self.add.setVisible(not choice.is_timeline)
        self.go.setText(self.tr("Export timeline") if choice.is_timeline else self.tr("Export"))
        self.smart.setVisible(choice.suffix == ".mp4")
        for one in (self.encoder, self.encoder_label):
            one.setVisible(choice.suffix == ".mp4" and self.encoder.count() > 1)
        self._look_smart()
        self._tell_notes()
        self._tell_size()

    def _look_smart(self) -> None:
        if self.choice.suffix == ".mp4":
            self.smart.look(self.choice.id, self.session.transport.marked_range if self.marked.isChecked() else None)

    def _tell_notes(self) -> None:
        problem = ""
        try:
            notes = self._notes_of_choice()
        except StudioError as error:
            notes, problem = (), error.message
        for layout in (self.notes, self.report_counts):
            while (item := layout.takeAt(0)) is not None:
                if (widget := item.widget()) is not None:
                    widget.hide()
                    widget.deleteLater()
        lost = sum(note.count for note in notes if note.level == "lost")
        changed = sum(note.count for note in notes if note.level != "lost")
        self.report_title.setText(
            self.tr("What this format cannot carry") if self.choice.is_timeline else self.tr("What is written")
        )
        if problem:
            self._add_fact("circle-alert", "state.failed", problem)
        elif not notes:
            text = (
                self.tr("Everything is carried")
                if self.choice.is_timeline
                else self.tr("Picture and sound as they play")
            )
            self._add_fact("circle-check", "state.ready", text)
        if changed:
            self._add_fact("triangle-alert", "state.slow", self.tr("{changed} changed").format(changed=changed))
        if lost:
            self._add_fact("circle-alert", "state.failed", self.tr("{lost} left out").format(lost=lost))
        self.report_counts.addStretch(1)
        for note in notes:
            self.notes.addWidget(self._note(note))
        self.notes.addStretch(1)

    def _notes_of_choice(self) -> tuple[Note, ...]:
        """What a timeline cannot carry, or what a film shows a card for."""
        document, sequence = self.session.document, self.session.sequence
        if self.choice.is_timeline:
            return self.choice.report(document.project, document.library, sequence)
        missing, pictures = self.session.presence.missing, self.choice.suffix == ".mp4"
        return film_notes(document.project, document.library, sequence, missing, pictures=pictures)

    def _add_fact(self, icon: str, colour: str, text: str) -> None:
        words_ = label(text, size="body")
        words_.setWordWrap(len(text) > 60)
        self.report_counts.addWidget(row(icon_label(icon, colour, 14), words_, spacing=6))

    def _note(self, note: Note) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(2)
        is_lost = note.level == "lost"
        sentence = label(in_words(note.sentence), size="body")
        sentence.setWordWrap(True)
        line = QHBoxLayout()
        line.setSpacing(8)
        top = Qt.AlignmentFlag.AlignTop
        line.addWidget(
            icon_label(
                "circle-alert" if is_lost else "triangle-alert", "state.failed" if is_lost else "state.slow", 14
            ),
            0,
            top,
        )
        texts = QVBoxLayout()
        texts.setSpacing(1)
        texts.addWidget(sentence)
        sequence = self.session.sequence
        place = format_timecode(note.time, sequence.rate, sequence.drop_frame) if note.time is not None else ""
        where = ", ".join(
            part
            for part in (note.track, place, self.tr("{count} times").format(count=note.count) if note.count > 1 else "")
            if part
        )
        if where:
            texts.addWidget(label(where, "muted", tabular=True))
        line.addLayout(texts, 1)
        if note.time is not None:
            show = push_button(self.tr("Show"))
            show.clicked.connect(lambda: self.session.transport.set_time(note.time))
            line.addWidget(show, 0, top)
        column.addLayout(line)
        column.addSpacing(6)
        column.addWidget(hairline())
        return holder

    # target

    def _first_folder(self) -> str:
        kept = self.session.settings.values.export_folder
        path = self.session.document.path
        return kept or str(path.parent if path is not None else Path.home())

    def _ask_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self, self.tr("Choose a folder"), self.folder.text())
        if name:
            self.folder.setText(name)

    @property
    def target(self) -> Path:
        """The file to be written."""
        name = "".join("_" if char in '/\\:*?"<>|' else char for char in self.name.text().strip()).rstrip(". ")
        suffix = self.choice.suffix
        return Path(self.folder.text().strip()).expanduser() / (name if name.endswith(suffix) else name + suffix)

    def _tell_size(self) -> None:
        if not hasattr(self, "choice") or not hasattr(self, "size_label"):
            return
        folder = Path(self.folder.text().strip() or ".").expanduser()
        known = folder.is_dir()
        named = known and bool(self.name.text().strip())
        own = unclaimed(self.target, () if self.choice.is_timeline else self.session.jobs.all)
        there = named and own.exists()
        free = words.file_size(shutil.disk_usage(folder).free) if known else ""
        marked = self.session.transport.marked_range if self.marked.isChecked() else None
        seconds = (marked.duration if marked is not None else self.session.sequence.duration).to_seconds()
        size = self.choice.expected_bytes(self.session.sequence, seconds)
        parts = [self.tr("About {size}.").format(size=words.file_size(size))] * bool(size) + [
            self.tr("{free} free.").format(free=free)
        ] * known
        parts += [self.tr("This folder does not exist.")] * (not known) + [
            self.tr("The file is there already and will be replaced.")
        ] * there
        if named and own != self.target:
            parts.append(self.tr("Another export writes this file; this one will be “{name}”.").format(name=own.name))
        if not self.session.sequence.duration:
            parts = [self.tr("There is nothing on the timeline yet.")]
        self.size_label.setText(" ".join(parts))
        ready = known and bool(self.name.text().strip()) and bool(self.session.sequence.duration)
        for button in (self.go, self.add):
            button.setEnabled(ready)

    def export(self, *, stay: bool) -> None:
        """Send the film to the queue, or write the timeline at once."""
        target = self.target
        self.session.settings.values.export_folder = str(target.parent)
        if self.choice.is_timeline:
            try:
                export_timeline(self.session, target)
            except StudioError as error:
                self.session.tell(error.message, error=True)
                return
        else:
            marked = self.session.transport.marked_range if self.marked.isChecked() else None
            wishes: dict[str, Any] = {}
            if self.draft.isChecked() and self.draft.isVisibleTo(self):
                wishes["draft"] = True
            if self.burn_in.isChecked() and self.burn_in.isVisibleTo(self):
                wishes["burn_in"] = True
            if not self.smart.is_on:
                wishes["smart"] = False
            if self.encoder.device_id:
                wishes["encoder"] = self.encoder.device_id
            self.session.export(self.choice.id, target, marked, **wishes)
        if not stay:
            self.close()
        else:
            self._tell_size()

    def _has_proxies(self) -> bool:
        media = self.session.document.library.media.values()
        return any(self.session.proxies.state(one) is ProxyState.READY for one in media)
