"""What the viewer shows, and what is kept so that it comes quickly: proxies, memory, disk."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from studio_app.services.cache_budget import Usage
from studio_app.services.settings import CacheSettings, PlaybackSettings, ProxySettings
from ui import words
from ui.preference_page import FORM_WIDTH, LABEL_WIDTH, PreferencePage
from ui.qt import tokens
from ui.qt.language import QT_TRANSLATE_NOOP
from ui.widgets import Bar, ElidedLabel, label, push_button, row, tool_button


class PlaybackAndCachePage(PreferencePage):
    """Forms, and below them what the disk cache takes now."""

    title: ClassVar[str] = QT_TRANSLATE_NOOP("PreferencePage", "Playback and cache")
    order: ClassVar[int] = 10
    sections: ClassVar = (
        (QT_TRANSLATE_NOOP("PreferencePage", "Playback"), PlaybackSettings),
        (QT_TRANSLATE_NOOP("PreferencePage", "Proxies"), ProxySettings),
        (QT_TRANSLATE_NOOP("PreferencePage", "Cache"), CacheSettings),
    )

    def build(self) -> None:
        """Used now, Clear, and where it lies."""
        budget = self.session.budget
        self.bar, self.used = Bar(), ElidedLabel(self.tr("Looking"), size="ui")
        self.parts = label("", "muted")
        self.parts.setWordWrap(True)
        self.clear = push_button(self.tr("Clear unused"), "trash-2")
        self.clear.setToolTip(self.tr("Deletes all that the open project does not use; it is made again when needed"))
        self.clear.clicked.connect(self._clear)
        self.folder = ElidedLabel(str(budget.folder))
        self.folder.setAccessibleName(self.tr("Cache folder"))
        open_ = tool_button("folder-open", self.tr("Show the cache folder"))
        open_.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(budget.folder))))
        self._line(self.tr("Used now"), self.used, self.clear)
        self._line("", self.bar, height=12)
        self._line("", self.parts)
        change = tool_button("pencil", self.tr("Choose another folder"))
        change.clicked.connect(self._choose_folder)
        self._line(self.tr("Folder"), self.folder, open_, change)
        self.moved = label("", "muted")
        self.moved.setWordWrap(True)
        self.column.addWidget(self.moved)
        self._show_chosen()
        self._subscription = budget.measured.connect(self.show_usage)
        budget.tidy_soon()

    def release(self) -> None:
        """No longer told."""
        self._subscription.close()

    def show_usage(self, usage: Usage) -> None:
        """Numbers and a bar."""
        most = self.session.settings.values.cache_gb << 30
        self.used.setText(
            self.tr("{size} of {cache_gb} GB").format(
                size=words.file_size(usage.total), cache_gb=self.session.settings.values.cache_gb
            )
        )
        self.bar.set_fraction(min(usage.total / most, 1.0))
        there = [f"{kind} {words.file_size(size)}" for kind, size in usage.by_kind.items() if size]
        text = ", ".join(there) or self.tr("nothing is kept")
        self.parts.setText(text[0].upper() + text[1:])
        self.clear.setEnabled(usage.total > 0)

    def _choose_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(
            self.window(), self.tr("Folder for caches"), str(self.session.budget.folder)
        )
        if name:
            self.session.choose("cache_folder", str(Path(name) / "Starcut cache"))
            self._show_chosen()

    def _show_chosen(self) -> None:
        """Another folder counts from the next start; what lies in the old one is made again."""
        chosen = self.session.settings.values.cache_folder
        is_other = bool(chosen) and chosen != str(self.session.budget.folder)
        self.moved.setText(self.tr("From the next start: {chosen}").format(chosen=chosen) if is_other else "")
        self.moved.setVisible(is_other)

    def _clear(self) -> None:
        self.clear.setEnabled(False)
        self.session.budget.clear_soon()

    def _line(self, name: str, *widgets: QWidget, height: int = 0) -> None:
        caption = label(name, "secondary")
        caption.setFixedWidth(LABEL_WIDTH)
        line = row(caption, *widgets)
        line.setMaximumWidth(FORM_WIDTH)
        line.setMinimumHeight(height or tokens.size("control_dialog"))
        self.column.addWidget(line)
