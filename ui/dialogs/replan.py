"""What a new plan would make of the storyboard, shot by shot, before anything of it is done."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtWidgets import QAbstractItemView, QCheckBox, QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from studio_app.planning.assemble import shot_name, total_length
from studio_app.planning.planner.again import Fate, Proposal
from timeline.time import RationalTime
from ui import words
from ui.dialogs.base import Dialog
from ui.qt import icons, tokens
from ui.qt.language import QT_TRANSLATE_NOOP, translated
from ui.shot_changes import changes_in, length_change
from ui.widgets import label

FATES: dict[Fate, tuple[str, str, str]] = {
    "new": ("plus", "state.ready", QT_TRANSLATE_NOOP("ReplanDialog", "New")),
    "changed": ("pencil", "text.primary", QT_TRANSLATE_NOOP("ReplanDialog", "Changes")),
    "same": ("circle", "text.muted", QT_TRANSLATE_NOOP("ReplanDialog", "Stays")),
    "kept": ("lock", "accent.default", QT_TRANSLATE_NOOP("ReplanDialog", "Kept")),
    "gone": ("trash-2", "state.failed", QT_TRANSLATE_NOOP("ReplanDialog", "Goes")),
}
"""Icon, colour and word of what becomes of a shot."""


class ReplanDialog(Dialog):
    """Ends with `use`; `proposal` is what was shown then. `propose(is_anew)` makes one; `now`: how long the film is now."""

    def __init__(
        self, parent: QWidget | None, propose: Callable[[bool], Proposal], now: RationalTime | None = None
    ) -> None:
        super().__init__(parent, QCoreApplication.translate("ReplanDialog", "Plan again"), 820)
        self._propose, self._now = propose, now
        self.proposal = propose(False)
        kept = self.proposal.count("kept")
        self.fact = label("", "secondary", "body", tabular=True)
        self.fact.setWordWrap(True)
        self.body.addWidget(self.fact)
        self.list = QTreeWidget()
        self.list.setFont(tokens.font("ui", tabular=True))
        self.list.setIconSize(QSize(14, 14))
        self.list.setRootIsDecorated(False)
        self.list.setHeaderHidden(True)
        self.list.setColumnCount(5)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.list.setMinimumHeight(300)
        self.list.setAccessibleName(self.tr("What becomes of each shot"))
        header = self.list.header()
        header.setStretchLastSection(False)
        for column, width in enumerate((104, 36, 0, 270, 118)):
            header.resizeSection(column, width)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        self.body.addWidget(self.list)
        self.anew = QCheckBox(
            self.tr("Replace the {shots} that you changed, made or added as well").format(
                shots=words.plural(kept, "shot")
            )
        )
        self.anew.setToolTip(self.tr("Their takes stay in the media pool"))
        self.anew.setVisible(bool(kept))
        self.anew.toggled.connect(self._again)
        self.body.addWidget(self.anew)
        self.add_button(self.tr("Cancel"))
        self.add_button(self.tr("Use plan"), "use", primary=True)
        self._show()

    def _again(self, is_anew: bool) -> None:
        self.proposal = self._propose(is_anew)
        self._show()

    def _show(self) -> None:
        found = self.proposal
        counts = ((name, found.count(name)) for name in FATES)
        told = [f"{translated('ReplanDialog', FATES[name][2])} {number}" for name, number in counts if number]
        then = total_length(found.board)
        length = length_change(self._now or then, then)
        self.fact.setText("\n".join([", ".join([*told, self.tr("film {length}").format(length=length)]), *found.notes]))
        self.list.clear()
        place = 0
        for row in found.rows:
            icon, colour, word = FATES[row.fate]
            is_gone = row.fate == "gone"
            name = row.shot.description or shot_name(row.shot, place)
            told_of = (translated("ReplanDialog", word), "" if is_gone else str(place + 1), name)
            others = changes_in(row.before, row.shot) if row.before is not None else ()
            length = length_change((row.before or row.shot).duration, row.shot.duration)
            item = QTreeWidgetItem([*told_of, ", ".join(others), length])
            item.setToolTip(3, "\n".join(others))
            item.setIcon(0, icons.icon(icon, colour, colour))
            item.setToolTip(2, name)
            item.setSizeHint(0, QSize(0, 28))
            item.setTextAlignment(4, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            for column in range(5):
                item.setForeground(column, tokens.color("text.muted" if is_gone else "text.primary"))
            item.setForeground(3, tokens.color("text.secondary"))
            self.list.addTopLevelItem(item)
            place += not is_gone
