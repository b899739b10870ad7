"""What a drag would do: the preview shown while it lasts, and the one command made of it at the end."""

from __future__ import annotations

from collections.abc import Sequence as Row
from typing import TYPE_CHECKING

from timeline.command import Command
from timeline.errors import EditRefused
from ui.timeline_view.tools.base import Cover, Ghost

if TYPE_CHECKING:
    from ui.timeline_view.view import TimelineView

NONE: frozenset[str] = frozenset()


class Draft:
    """At most one edit that is shown but not made."""

    def __init__(self, view: TimelineView) -> None:
        self._view = view
        self.command: Command | None = None
        self.reason = ""

    def show(
        self,
        command: Command | None,
        ghosts: Row[Ghost],
        said: str,
        moving: frozenset[str] = NONE,
        covers: Row[Cover] = (),
    ) -> bool:
        """Show what `command` would do; when it is refused, red ghosts that bear the reason."""
        view, preview = self._view, None
        self.command, self.reason = None, ""
        if command is not None:
            try:
                preview = view.session.document.preview(command)
                self.command = command
            except EditRefused as error:
                self.reason = error.message
        if self.reason:
            ghosts, covers = tuple(one._replace(label=self.reason) if one.label else one for one in ghosts), ()
        view.show_ghosts(ghosts, covers, refused=bool(self.reason))
        view.show_preview(preview, moving)
        view.say(self.reason or said)
        return not self.reason

    def commit(self) -> bool:
        """Do the command shown last, as one step."""
        command, reason = self.command, self.reason
        self.end()
        if reason:
            self._view.say(reason)
        if command is None:
            return False
        document = self._view.session.document
        document.seal()
        done = document.do(command)
        document.seal()
        return done

    def end(self) -> None:
        """Show the project as it is."""
        view = self._view
        self.command, self.reason = None, ""
        view.show_ghosts((), (), refused=False)
        view.show_preview(None)
        view.show_snap(None)
        view.show_marquee(None)
        view.show_brackets(())
        view.show_trim(None)
        view.say("")
