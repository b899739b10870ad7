"""The menu of a node: branch, use, compare, make again by others or of others, rebuild, reveal, export."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMenu, QWidget

from studio_app.actions import lineage
from studio_app.actions.registry import Action
from studio_app.session.engines_there import engines_there
from studio_app.session.evolve_picks import generation_of
from studio_app.session.session import Session
from timeline.errors import StudioError
from timeline.lineage import LineageNode
from timeline.media import Media
from timeline.query import media_name
from ui.qt import icons
from ui.qt.language import of_action

MOST_SOURCES = 12
"""Other clips that are offered first: what is chosen in the pool, then footage, then what is newest."""
_MOST_MORE = 300
"""Behind them, in a menu of their own that scrolls."""


class NodeMenu:
    """Makes the menu of the clip chosen last, anew each time it opens."""

    def __init__(self, parent: QWidget, session: Session, run: Callable[[str], None]) -> None:
        self._parent, self._session, self._run = parent, session, run
        found = (getattr(value, "starcut_action", None) for value in vars(lineage).values())
        self._actions = {one.id: one for one in found if isinstance(one, Action)}

    def build(self, node_id: str) -> QMenu:
        """The menu; what cannot be done is not in it, what cannot be done now is greyed."""
        menu = QMenu(self._parent)
        node = self._session.lineage.graph.nodes[node_id]
        if not node.is_present:
            self._add(menu, ("lineage.rebuild",))
            if (why := self._session.lineage.why_not_rebuilt(node_id)) is not None:
                menu.actions()[-1].setToolTip(why)
                menu.setToolTipsVisible(True)
            menu.addSeparator()
        self._add(menu, ("lineage.branch", "lineage.use", "lineage.compare"))
        menu.addSeparator()
        self._add_engines(menu, node)
        self._add_sources(menu, node)
        menu.addSeparator()
        self._add(menu, ("lineage.reveal", "lineage.export"))
        return menu

    def _add(self, menu: QMenu, ids: Iterable[str]) -> None:
        for name in ids:
            one = self._actions[name]
            entry = menu.addAction(icons.icon(one.icon), of_action(one), partial(self._run, name))
            entry.setEnabled(one.enabled(self._session))

    def _add_engines(self, menu: QMenu, node: LineageNode) -> None:
        """Run again: operations with another seed, words by any engine there is."""
        if node.engine == "evolve":
            self._add(menu, ("lineage.reseed",))
        elif self._is_shot(node):
            below = menu.addMenu(icons.icon("sparkles"), QCoreApplication.translate("Lineage", "Run again with"))
            again = self._session.lineage.again
            for one in engines_there(self._session.desk.access):
                self._offer(below, one.label, one.missing, partial(again.again_by, node.id, one.id))

    def _add_sources(self, menu: QMenu, node: LineageNode) -> None:
        """Re-run the branch: all that was made of this clip once more, of another one."""
        session, again = self._session, self._session.lineage.again
        branch = again.branch_of(node.id)
        if not branch:
            return
        title = QCoreApplication.translate("Lineage", "Re-run this branch from")
        below = menu.addMenu(icons.icon("git-branch"), title)
        kin = {node.id, *branch}
        sources = [one for one in session.document.library.media.values() if one.has_video and one.id not in kin]
        missing, library = session.presence.missing, session.document.library
        sources = [one for one in reversed(sources) if one.id not in missing]
        chosen = session.selection.media.ids
        sources.sort(key=lambda one: (one.id not in chosen, generation_of(library, one.id) > 0))
        more = below
        for number, one in enumerate(sources[: MOST_SOURCES + _MOST_MORE]):
            if number == MOST_SOURCES:
                more = below.addMenu(QCoreApplication.translate("Lineage", "More clips"))
            self._offer(more, media_name(one), "", partial(again.from_source, node.id, one.id))
        self._offer(below, QCoreApplication.translate("Lineage", "A file…"), "", partial(self._from_file, node.id))
        if self._is_shot(node):
            below.addSeparator()
            for engine in engines_there(session.desk.access):
                self._offer(below, engine.label, engine.missing, partial(again.from_engine, node.id, engine.id))
        below.setEnabled(not below.isEmpty())

    def _from_file(self, node_id: str) -> None:
        """Re-run the branch of a file that is no clip of the project yet."""
        session = self._session
        title = QCoreApplication.translate("Lineage", "Re-run this branch from")
        paths = session.face.ask_open_files(title, "media") if session.face is not None else []

        def go_on(found: list[Media]) -> None:
            if found:
                self._do(partial(session.lineage.again.from_source, node_id, found[0].id))

        if paths:
            session.import_files(paths[:1], go_on)

    def _is_shot(self, node: LineageNode) -> bool:
        """Whether it was made from the words of a shot that is still there."""
        try:
            self._session.lineage.again.shot_of(node.id)
        except StudioError:
            return False
        return True

    def _offer(self, menu: QMenu, name: str, missing: str, do: Callable[[], object]) -> None:
        entry = menu.addAction(name.replace("&", "&&"), partial(self._do, do))
        entry.setEnabled(not missing)
        entry.setToolTip(missing)

    def _do(self, do: Callable[[], object]) -> None:
        """Run what has no action of its own; what goes wrong is a sentence."""
        try:
            do()
        except StudioError as error:
            self._session.tell(error.message)
