"""What opens above the facts of the status line: the last jobs, proxies, quality, the cache."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtGui import QAction, QPaintEvent
from PySide6.QtWidgets import QFrame, QMenu, QPushButton, QVBoxLayout, QWidget

from studio_app.services.cache_budget import Usage
from studio_app.services.jobs import JobState
from studio_app.session.session import Session
from studio_app.session.spending import account
from ui import words
from ui.panels.jobs import JobRow
from ui.qt.draw import overlay_ground
from ui.qt.language import translated
from ui.widgets import label, push_button, row

_WIDTH: Final = 360
_MOST: Final = 6
_QUALITIES: Final = ("auto", "full", "half", "quarter")


class Popover(QFrame):
    """A small page above a fact; a click beside it and Esc close it, and the focus goes back."""

    def __init__(self, parent: QWidget, title: str) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setAccessibleName(title)
        self.setFixedWidth(_WIDTH)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(1, 10, 1, 8)
        self.column.setSpacing(0)
        head = label(title, size="body", weight="semibold")
        head.setContentsMargins(12, 0, 12, 6)
        self.column.addWidget(head)

    def open_above(self, fact: QWidget) -> None:
        """Show it with its right edge at the fact's, inside the window."""
        self.adjustSize()
        corner = fact.mapToGlobal(QPoint(fact.width(), -6))
        window = fact.window().mapToGlobal(QPoint(0, 0))
        self.move(max(window.x() + 8, corner.x() - self.width()), max(window.y() + 8, corner.y() - self.height()))
        self.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Overlay ground."""
        overlay_ground(self)


def jobs_popover(parent: QWidget, session: Session, show_all: Callable[[], object], *, failed: bool) -> Popover:
    """The jobs that run and wait, or those that failed, with what can be done with each."""
    popover = Popover(
        parent,
        QCoreApplication.translate("StatusPopovers", "Failed")
        if failed
        else QCoreApplication.translate("StatusPopovers", "Jobs"),
    )
    wanted = [
        job for job in session.jobs.all if (job.state is JobState.FAILED) == failed and (failed or not job.is_over)
    ]
    rows = [JobRow(job, session) for job in wanted[:_MOST]]
    for one in rows:
        popover.column.addWidget(one)

    def refresh() -> None:
        for one in rows:
            one.refresh()

    refresh()
    subscription = session.jobs.changed.connect(lambda _: refresh())
    popover.destroyed.connect(lambda _=None: subscription.close())
    more = push_button(QCoreApplication.translate("StatusPopovers", "Show all jobs"), flat=True)
    _closes(popover, more, show_all)
    rest = len(wanted) - len(rows)
    earlier = session.generation.unknown - sum(job.is_unknown for job in wanted) if failed else 0
    if earlier > 0:
        told = QCoreApplication.translate(
            "StatusPopovers", "{count} of an earlier run: look at the cards, or in the book"
        )
        line = label(told.format(count=earlier), "secondary")
        line.setWordWrap(True)
        popover.column.addWidget(row(line, margins=(12, 6, 12, 0)))
    popover.column.addWidget(
        row(
            label(
                QCoreApplication.translate("StatusPopovers", "and {rest} more").format(rest=rest) if rest > 0 else "",
                "muted",
            ),
            1,
            more,
            margins=(12, 6, 8, 0),
        )
    )
    return popover


def cache_popover(parent: QWidget, session: Session, usage: Usage, preferences: Callable[[], object]) -> Popover:
    """What the disk cache takes, by kind."""
    popover = Popover(parent, QCoreApplication.translate("StatusPopovers", "Cache"))
    there = [(kind, size) for kind, size in usage.by_kind.items() if size] or [
        (QCoreApplication.translate("StatusPopovers", "Nothing is kept"), 0)
    ]
    for kind, size in there:
        text = label(words.file_size(size) if size else "", "primary", tabular=True)
        popover.column.addWidget(row(label(kind.capitalize(), "secondary"), 1, text, margins=(12, 3, 12, 3)))
    clear = push_button(QCoreApplication.translate("StatusPopovers", "Clear unused"), "trash-2", flat=True)
    clear.setEnabled(usage.total > 0)
    _closes(popover, clear, session.budget.clear_soon)
    more = push_button(QCoreApplication.translate("StatusPopovers", "Preferences"), flat=True)
    _closes(popover, more, preferences)
    popover.column.addWidget(row(clear, 1, more, margins=(8, 6, 8, 0)))
    return popover


def money_popover(parent: QWidget, session: Session, preferences: Callable[[], object]) -> Popover:
    """What was billed and what is open, what the cut cost and what unused takes did."""
    popover = Popover(parent, QCoreApplication.translate("StatusPopovers", "Spending"))
    found = account(session.desk, session.document.project, session.document.library)
    tr = partial(QCoreApplication.translate, "StatusPopovers")
    rows = (
        (tr("This project, billed"), found.project.billed, found.caps.project_hard),
        (tr("This project, open"), found.project.reserved, None),
        (tr("This month, billed and open"), found.month.all, found.caps.month_hard),
        (tr("Takes in the cut"), found.cut, None),
        (tr("Takes nobody uses"), found.unused, None),
    )
    for name, amount, cap in rows:
        text = words.money(amount) + (tr(" of {cap}").format(cap=words.money(cap)) if cap else "")
        value = label(text, "primary", tabular=True)
        popover.column.addWidget(row(label(name, "secondary"), 1, value, margins=(12, 3, 12, 3)))
    more = push_button(tr("Preferences"), flat=True)
    _closes(popover, more, preferences)
    popover.column.addWidget(row(1, more, margins=(8, 6, 8, 0)))
    return popover


def quality_menu(parent: QWidget, session: Session) -> QMenu:
    """Pixels while playing, and the meters."""
    menu = QMenu(parent)
    now = session.settings.values.preview_quality
    for one in _QUALITIES:
        action = menu.addAction(
            QCoreApplication.translate("StatusPopovers", "{one} quality").format(
                one=translated("Panel", one.capitalize())
            ),
            partial(session.choose, "preview_quality", one),
        )
        _check(action, one == now)
    menu.addSeparator()
    on = session.settings.values.playback_meters
    _check(
        menu.addAction(
            QCoreApplication.translate("StatusPopovers", "Playback meters"),
            lambda: session.choose("playback_meters", not on),
        ),
        on,
    )
    return menu


def proxy_menu(parent: QWidget, session: Session, preferences: Callable[[], object]) -> QMenu:
    """Whether proxies are shown and made."""
    menu = QMenu(parent)
    values = session.settings.values
    for name, text in (
        ("proxies_used", QCoreApplication.translate("StatusPopovers", "Show proxies")),
        ("proxies_automatic", QCoreApplication.translate("StatusPopovers", "Make proxies by themselves")),
    ):
        on = bool(getattr(values, name))
        _check(menu.addAction(text, partial(session.choose, name, not on)), on)
    menu.addSeparator()
    menu.addAction(QCoreApplication.translate("StatusPopovers", "Proxy preferences…"), preferences)
    return menu


def _closes(popover: Popover, button: QPushButton, then: Callable[[], object]) -> None:
    """A verb of a popover: it closes, then this happens."""
    button.clicked.connect(popover.close)
    button.clicked.connect(lambda: then())


def _check(action: QAction, on: bool) -> None:
    action.setCheckable(True)
    action.setChecked(on)
