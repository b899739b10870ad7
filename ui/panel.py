"""What every panel is: a widget that is given the Session, a name for its tab, and buttons for its tab row."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QVBoxLayout, QWidget

from effects import registry
from studio_app.services.signal import Subscription
from studio_app.session.session import Monitor, Session
from ui.qt.language import translated
from ui.widgets import EmptyState

log = logging.getLogger(__name__)


class Panel(QWidget):
    """One panel. A subclass in `ui/panels/<id>.py` sets `id`, `title`, `order` and overrides `build`.

    `build` is called once, when the panel is first shown: make widgets and `listen` to signals there.
    Keys of actions whose scope is this panel's `id` work while the focus is inside it.
    """

    id: ClassVar[str] = ""
    title: ClassVar[str] = ""
    also: ClassVar[str] = ""
    """The id of another panel whose keys work here too: several panels are one place of work."""
    order: ClassVar[int] = 100
    """Place among the tabs of one group and in the Window menu."""

    hint: ClassVar[str] = ""
    """What can be done here, for the status line while the panel has the keys."""

    monitor: ClassVar[Monitor] = "program"
    """Which viewer keys of transport and marks act on while this panel has the keys."""

    least_width: ClassVar[int] = 200
    """As narrow as its dock may become, logical pixels."""

    title_changed = Signal()
    asked = Signal(str)
    """Run the action with this id."""
    message = Signal(str)
    """What the hand can do now, or the live result of a drag: shown at the left of the status line."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.is_built = False
        self.has_keys = False
        self.has_fault = False
        self._subscriptions: list[Subscription] = []

    def build(self) -> None:
        """Make the widgets. Called once, before the panel is first shown."""

    def corner(self) -> Sequence[QWidget]:
        """Buttons for the right of the tab row, at most four. Called once, after `build`."""
        return ()

    def menu(self) -> Sequence[QAction]:
        """What stands in the ellipsis menu above Float and Close. Called each time it opens."""
        return ()

    @property
    def shown_title(self) -> str:
        """The title in the language of the window."""
        return translated("Panel", self.title)

    @property
    def shown_hint(self) -> str:
        """The hint in the language of the window."""
        return translated("Panel", self.hint)

    @property
    def tab_title(self) -> str:
        """The text on the tab now; emit `title_changed` when it differs."""
        return self.shown_title

    @property
    def resting_words(self) -> str:
        """What the status line says while nothing is done here and the panel has the keys."""
        return self.shown_hint

    def run(self, action_id: str) -> None:
        """Run an action of the application by its id."""
        self.asked.emit(action_id)

    def listen(self, signal: Any, listener: Callable[..., object]) -> None:
        """Connect to a signal of the session until the panel is closed."""
        self._subscriptions.append(signal.connect(listener))

    def make(self) -> None:
        """Build now, if that has not happened yet. A panel that cannot be built says so; the window lives on."""
        if self.is_built:
            return
        self.is_built = True
        try:
            self.build()
        except Exception as error:  # fence: an exception in Qt's hands (showEvent) brings the program down later
            log.exception("the panel %s could not be built", self.id)
            self._show_fault(error)

    def _show_fault(self, error: Exception) -> None:
        """Put away what was made so far and say what happened."""
        self.has_fault = True
        self.release()
        for child in self.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
            child.hide()
            child.deleteLater()
        layout = self.layout()
        if layout is not None:
            QWidget().setLayout(layout)  # a widget has one layout for good: it goes with the one it is given to
        card = EmptyState(
            "triangle-alert",
            self.tr("{title} cannot be shown").format(title=self.shown_title),
            self.tr("{error}. The rest of the window works.").format(error=error),
        )
        column = QVBoxLayout(self)
        column.addWidget(card)

    def take_keys(self, has_keys: bool) -> None:
        """Whether keys go here from now on; called by the dock. What is chosen wears the accent meanwhile."""
        self.has_keys = has_keys
        for view in self.findChildren(QAbstractItemView):
            view.viewport().update()

    def showEvent(self, event: QShowEvent) -> None:
        """Build at the first showing."""
        self.make()
        super().showEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes from the panel into it: Qt would go on behind it, for what is built late stands last in its order."""
        if forward and self.focusProxy() is None and self.hasFocus():
            first = self._first_in_chain()
            if first is not None:
                first.setFocus(Qt.FocusReason.TabFocusReason)
                return True
        return super().focusNextPrevChild(forward)

    def _first_in_chain(self) -> QWidget | None:
        one = self.nextInFocusChain()
        while one is not None and one is not self:
            takes_tab = bool(one.focusPolicy() & Qt.FocusPolicy.TabFocus)
            if takes_tab and one.isVisible() and one.isEnabled() and self.isAncestorOf(one):
                return one
            one = one.nextInFocusChain()
        return None

    def release(self) -> None:
        """Stop listening: the window closes."""
        for subscription in self._subscriptions:
            subscription.close()
        self._subscriptions.clear()


def panel_of(widget: QObject | None) -> Panel | None:
    """The panel a widget is part of."""
    while widget is not None:
        if isinstance(widget, Panel):
            return widget
        widget = widget.parent()
    return None


def has_keys(widget: QWidget | None) -> bool:
    """Whether keys go to the panel a widget is part of; without a panel: to the widget."""
    panel = panel_of(widget)
    return panel.has_keys if panel is not None else widget is not None and widget.hasFocus()


def discover() -> tuple[type[Panel], ...]:
    """The panel class of every public file of `ui/panels`, in their order. A file that fails is logged and left out."""
    import ui.panels

    found = registry.discover(ui.panels, Panel)
    for name, reason in found.unavailable.items():
        log.error("the panel %s could not be loaded: %s", name, reason)
    return tuple(sorted(found.classes.values(), key=lambda panel: panel.order))
