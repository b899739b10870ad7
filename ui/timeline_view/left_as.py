"""How the timeline of a project was left: heights of rows, open sequences; kept with the settings between runs. No Qt."""

from __future__ import annotations

from collections.abc import Iterable

from studio_app.services.settings import TimelineLook
from studio_app.session.session import Session
from ui.timeline_view.row_heights import RowHeights

MOST_PROJECTS = 40
"""Those that were seen longest ago are forgotten."""


class LeftAs:
    """Reads and writes the look of the project that is open."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @property
    def look(self) -> TimelineLook:
        """As it was left; empty for a project that was never seen."""
        return self._looks.get(self._session.document.project.id) or TimelineLook()

    @property
    def _looks(self) -> dict[str, TimelineLook]:
        return self._session.settings.values.timelines

    def take_heights(self, heights: RowHeights) -> None:
        """Give the rows the heights they had."""
        heights.restore(self.look.heights)

    def keep_heights(self, heights: RowHeights) -> None:
        """The rows have these heights of their own now."""
        self._keep(self.look.model_copy(update={"heights": heights.own}))

    def keep_tabs(self, tabs: Iterable[str], closed: Iterable[str], active: str) -> None:
        """These sequences are open, those were closed by hand."""
        self._keep(self.look.model_copy(update={"tabs": list(tabs), "closed": sorted(closed), "active": active}))

    def _keep(self, look: TimelineLook) -> None:
        """With the settings, which are written when something else is stored and at the end."""
        looks, project_id = self._looks, self._session.document.project.id
        if self._session.document.is_open and look != looks.get(project_id):
            looks.pop(project_id, None)
            looks[project_id] = look
            while len(looks) > MOST_PROJECTS:
                looks.pop(next(iter(looks)))
