"""What a drag would do: the preview shown while it lasts, and the one command made of it at the end."""

from __future__ import annotations

from collections.abc import Sequence as Row
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio_app.session.lost_transitions import lost_words
from timeline.command import Command
from timeline.errors import EditRefused
from timeline.media import Library
from timeline.project import Project
from ui.timeline_view.tools.base import Cover, Ghost

if TYPE_CHECKING:
    from ui.timeline_view.view import TimelineView

NONE: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Prepared(Command):
    """A command that was previewed: while nothing else has changed it gives the very project that was shown."""

    command: Command
    before: Project
    library: Library
    after: Project

    @property
    def label(self) -> str:  # type: ignore[override]
        """That of the command."""
        return self.command.label

    def apply(self, project: Project, library: Library) -> Project:
        """What was shown, else the edit made anew."""
        if project is self.before and library is self.library:
            return self.after
        return self.command.apply(project, library)


class Draft:
    """At most one edit that is shown but not made."""

    def __init__(self, view: TimelineView) -> None:
        self._view = view
        self.command: Command | None = None
        self._prepared: Prepared | None = None
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
                self.command = self._prepared = self._prepare(command)
                preview = self._prepared.after
            except EditRefused as error:
                self.reason = error.message
        if self.reason:
            ghosts, covers = tuple(one._replace(label=self.reason) if one.label else one for one in ghosts), ()
        view.show_ghosts(ghosts, covers, refused=bool(self.reason))
        view.show_preview(preview, moving)
        if preview is not None:
            document = view.session.document
            said = f"{said} {lost_words(document.project, preview, view.session.sequence_id, is_done=False)}".rstrip()
        view.say(self.reason or said)
        return not self.reason

    def _prepare(self, command: Command) -> Prepared:
        """What it would do; the mouse moves more often than what it means changes. Raises EditRefused."""
        document, known = self._view.session.document, self._prepared
        is_known = known is not None and known.before is document.project and known.library is document.library
        if known is not None and is_known and known.command == command:
            return known
        return Prepared(command, document.project, document.library, document.preview(command))

    def commit(self) -> bool:
        """Do the command shown last, as one step."""
        command, reason = self.command, self.reason
        self.end()
        if reason:
            self._view.say(reason)
        if command is None:
            return False
        return self._view.session.document.do_alone(command)

    def end(self) -> None:
        """Show the project as it is."""
        view = self._view
        self.command, self._prepared, self.reason = None, None, ""
        view.show_ghosts((), (), refused=False)
        view.show_preview(None)
        view.show_snap(None)
        view.show_marquee(None)
        view.show_brackets(())
        view.show_trim(None)
        view.say("")
