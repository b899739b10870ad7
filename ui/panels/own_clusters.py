"""Own clusters: regions of the sky that the user made, by example or by a question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from studio_app.catalogue.query import Query
from studio_app.session.sky_stars import OwnCluster
from ui.panel import Panel
from ui.qt.language import QT_TRANSLATE_NOOP
from ui.sky.filter_rows import ClassRow
from ui.widgets import EmptyState, hairline, label, push_button, row, tool_button


class OwnClustersPanel(Panel):
    """A box lets the clips of a cluster pass; below a new one is made of what is chosen, or of the question that is asked."""

    id: ClassVar[str] = "own_clusters"
    title: ClassVar[str] = QT_TRANSLATE_NOOP("Panel", "Own clusters")
    also: ClassVar[str] = "constellation"
    order: ClassVar[int] = 13
    hint: ClassVar[str] = QT_TRANSLATE_NOOP("Panel", "Choose stars, type a name, press Enter: clips like them join.")

    def build(self) -> None:
        """The clusters, and what makes a new one."""
        self.model = self.session.constellation
        self.empty = EmptyState(
            "lasso-select",
            self.tr("No clusters of your own"),
            self.tr("Choose a few clips in the sky and give them a name. Clips like them join by themselves."),
        )
        self._holder = QWidget()
        self._list = QVBoxLayout(self._holder)
        self._list.setContentsMargins(12, 8, 8, 8)
        self._list.setSpacing(0)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QScrollArea.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(self._holder)
        self.name = QLineEdit()
        self.name.setPlaceholderText(self.tr("Name of a new cluster"))
        self.name.setAccessibleName(self.tr("Name of a new cluster"))
        self.name.returnPressed.connect(self.make_of_chosen)
        self.about = label("", "muted", "caption")
        self.about.setWordWrap(True)
        self.of_chosen = push_button(self.tr("From chosen"), "lasso-select")
        self.of_question = push_button(self.tr("From filters"), "list-filter")
        self.of_chosen.clicked.connect(self.make_of_chosen)
        self.of_question.clicked.connect(self.make_of_question)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.empty, 1)
        column.addWidget(self.area, 1)
        column.addWidget(hairline())
        foot = QVBoxLayout()
        foot.setContentsMargins(12, 10, 12, 10)
        foot.setSpacing(8)
        for widget in (self.name, self.about, row(self.of_chosen, self.of_question, 1, spacing=6)):
            foot.addWidget(widget)
        column.addLayout(foot)
        self.rows: dict[str, ClassRow] = {}
        self._told: tuple[OwnCluster, ...] | None = None
        for signal in (self.model.changed, self.model.asked, self.model.chosen.changed):
            self.listen(signal, self._follow)
        self.listen(self.model.wished, self._wished)
        self.name.textChanged.connect(lambda _: self._follow_verbs())
        self.model.open()
        self._follow()

    # --- what a hand does ---------------------------------------------------------------------------------------------

    def make_of_chosen(self) -> None:
        """A cluster by example."""
        chosen = self.model.chosen.ids
        if self.name.text().strip() and chosen:
            self.model.new_cluster(self.name.text(), chosen)
            self.name.clear()

    def make_of_question(self) -> None:
        """A cluster by rule: whatever the filters let pass, now and later."""
        if self.name.text().strip() and self._rule is not None:
            self.model.new_cluster(self.name.text(), rule=self._rule)
            self.name.clear()

    @property
    def _rule(self) -> Query | None:
        """The question as a rule: filters and words; none where nothing is filtered."""
        query = replace(self.model.question, like=None, own=(), text=self.model.words.strip(), sort=None)
        return query if self.model.is_filtered or query.text else None

    def _toggle(self, cluster: str, on: bool) -> None:
        now = self.model.query.own
        new = (*now, cluster) if on else tuple(one for one in now if one != cluster)
        self.model.ask(replace(self.model.query, own=new))

    def _wished(self, what: str) -> None:
        if what == "cluster":
            self.name.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # --- what is shown ------------------------------------------------------------------------------------------------

    def _follow(self) -> None:
        mine = tuple(self.model.own_clusters())
        if mine != self._told:
            self._told = mine
            self._fill(mine)
        for one in mine:
            self.rows[one.id].show_state(one.id in self.model.query.own, one.count)
        self._follow_verbs()

    def _fill(self, mine: Sequence[OwnCluster]) -> None:
        while (old := self._list.takeAt(0)) is not None:
            if (widget := old.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.rows.clear()
        for one in mine:
            line = ClassRow(one.name)
            line.setToolTip(self.tr("By a rule") if one.is_rule else self.tr("By example"))
            line.toggled.connect(lambda on, cluster=one.id: self._toggle(cluster, on))
            drop = tool_button("trash-2", self.tr("Delete {cluster}").format(cluster=one.name), size=22, icon_size=14)
            drop.clicked.connect(lambda _=False, cluster=one.id: self.model.drop_cluster(cluster))
            self.rows[one.id] = line
            line.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            holder = row(line, drop, spacing=4)
            self._list.addWidget(holder)
        self._list.addStretch(1)
        self.empty.setVisible(not mine)
        self.area.setVisible(bool(mine))

    def _follow_verbs(self) -> None:
        has_name, number = bool(self.name.text().strip()), len(self.model.chosen.ids)
        self.of_chosen.setEnabled(has_name and number > 0)
        self.of_question.setEnabled(has_name and self._rule is not None)
        said = self.tr("{number} chosen").format(number=number) if number else self.tr("Choose stars, or set filters.")
        self.about.setText(said)
