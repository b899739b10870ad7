"""Effects and transitions dragged over the tracks: they land on what is there, a clip or a cut, and show it before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QCoreApplication

from studio_app.session.applying import Offer, check_side, effect_on, lies, pictures_of, transition_at, transition_over
from timeline.command import Batch, Command
from timeline.commands.set_transition import SetTransition
from timeline.cuts import EditPoint, cuts_of
from timeline.errors import EditRefused
from timeline.fitting import Align
from timeline.items import Clip
from timeline.project import Project
from timeline.query import frames_text, range_of
from timeline.time import ZERO, RationalTime, TimeRange
from ui.qt.language import EFFECTS, translated
from ui.timeline_view.layout import Row
from ui.timeline_view.tools.base import Ghost

if TYPE_CHECKING:
    from ui.timeline_view.view import TimelineView

REACH_PX: Final = 24.0
"""How far from a cut a transition can be dropped."""
CENTRE_PX: Final = 8.0
"""So near to the cut it is centred; farther left it ends there, farther right it starts there."""


class Aim(NamedTuple):
    """What a release would do. `problem`: why it would do nothing."""

    command: Command | None = None
    ghosts: tuple[Ghost, ...] = ()
    said: str = ""
    problem: str = ""
    at: RationalTime | None = None
    """The cut it is about."""
    select: tuple[str, ...] = ()
    """What is selected then."""


class EffectDrop:
    """Aims an effect or a transition. Coordinates: x viewport, y content."""

    def __init__(self, view: TimelineView) -> None:
        self._view = view
        self._known: tuple[Project, object, Aim] | None = None

    def show(self, offer: Offer, x: float, y: float) -> Aim:
        """Show what a release here would do, or why nothing."""
        view = self._view
        aim = self._aim(offer, x, y)
        view.draft(aim.command, aim.ghosts, aim.problem or aim.said)
        if aim.problem:
            view.show_ghosts(tuple(one._replace(label=aim.problem) for one in aim.ghosts), refused=True)
        view.show_snap(aim.at)
        return aim

    def fall(self, offer: Offer, x: float, y: float) -> None:
        """Do it, as one step; a refusal is said."""
        view = self._view
        aim = self.show(offer, x, y)
        self._known = None
        reason = view.draft_state.reason or aim.problem
        done = view.commit()
        if done and aim.select:
            view.session.selection.items.set(aim.select)
        view.say(reason or (aim.said if done else ""))

    def _aim(self, offer: Offer, x: float, y: float) -> Aim:
        """What is there; the same aim as long as it means the same, so that what is shown need not be made anew."""
        row = self._view.layout_now.row_at(y)
        if offer.is_transition:
            found = self._cut_near(row, x) if row is not None else None
            if row is None or found is None:
                return Aim(
                    problem=QCoreApplication.translate(
                        "EffectDrop", "{name}: drop it on a cut, or on the start or end of a clip."
                    ).format(name=translated(EFFECTS, offer.name))
                )
            key: object = (offer, *found)
            return self._kept(key) or self._keep(key, self._over_cut(offer, row, *found))
        hit = self._view.layout_now.hit(x, y)
        clip = self._view.sequence.clip(hit.item_id) if hit.item_id else None
        if clip is None:
            clip = self._below_transition(row, x)
        if clip is None or row is None:
            return Aim(
                problem=QCoreApplication.translate("EffectDrop", "{name}: drop it on a clip.").format(
                    name=translated(EFFECTS, offer.name)
                )
            )
        chosen = tuple(self._view.session.selection.item_ids)
        key = (offer, clip.id, chosen)
        return self._kept(key) or self._keep(key, self._on_clip(offer, clip, row))

    def _kept(self, key: object) -> Aim | None:
        known, project = self._known, self._view.session.document.project
        return known[2] if known is not None and known[0] is project and known[1] == key else None

    def _keep(self, key: object, aim: Aim) -> Aim:
        self._known = (self._view.session.document.project, key, aim)
        return aim

    # --- transitions --------------------------------------------------------------------------------------------------

    def _cut_near(self, row: Row, x: float) -> tuple[EditPoint, RationalTime, Align] | None:
        """The cut in reach and how a transition would lie there; on a transition that is there already, its cut."""
        scale = self._view.scale
        near: list[tuple[float, RationalTime, EditPoint]] = []
        for at, cut in cuts_of(row.track):
            far = x - scale.x_of(at)
            there = transition_over(row.track, cut)
            if there is not None and -scale.width_of(there.before) <= far <= scale.width_of(there.after):
                return cut, at, _side(far)
            if abs(far) <= REACH_PX:
                near.append((far, at, cut))
        if not near:
            return None
        far, at, cut = min(near, key=lambda one: abs(one[0]))
        return cut, at, _side(far)

    def _over_cut(self, offer: Offer, row: Row, cut: EditPoint, at: RationalTime, align: Align) -> Aim:
        session, sequence = self._view.session, self._view.sequence
        try:
            check_side(offer, row.track)
            new, note = transition_at(session, cut, offer.id, align)
        except EditRefused as error:
            return Aim(ghosts=(self._wished(row, cut, at, align),), problem=error.message, at=at)
        before = transition_over(row.track, cut)
        ghost = Ghost(row.track.id, TimeRange.between(at - new.before, at + new.after), is_high=True)
        said = f"{translated(EFFECTS, offer.name)}, {frames_text(new.duration, sequence.rate)}, {lies(sequence, new)}."
        if before is not None and before.id == new.id:
            said = QCoreApplication.translate(
                "EffectDrop", "{name} in place of the transition here, {frames_text} as it was."
            ).format(name=translated(EFFECTS, offer.name), frames_text=frames_text(new.duration, sequence.rate))
        label = frames_text(new.duration, sequence.rate)
        label = (
            QCoreApplication.translate("EffectDrop", "{label}, shorter: no more handle").format(label=label)
            if note
            else label
        )
        command = Batch((SetTransition(sequence.id, row.track.id, new),), offer.name)
        return Aim(command, (ghost._replace(label=label),), f"{said} {note}".strip(), at=at)

    def _wished(self, row: Row, cut: EditPoint, at: RationalTime, align: Align) -> Ghost:
        """Where it would lie if it could."""
        rate = self._view.sequence.rate
        frames = max(1, self._view.session.lengths.transition.nearest_frame(rate))
        before = {"start": 0, "centre": frames // 2, "end": frames}[align]
        if cut.left_id is None or cut.right_id is None:
            before = frames if cut.right_id is None else 0
        start = max(ZERO, at - RationalTime.from_frames(before, rate))
        end = at + RationalTime.from_frames(frames - before, rate)
        return Ghost(row.track.id, TimeRange.between(start, end), is_high=True)

    # --- effects ------------------------------------------------------------------------------------------------------

    def _below_transition(self, row: Row | None, x: float) -> Clip | None:
        item = row.track.item_at(self._view.scale.time_at(x)) if row is not None else None
        return item if isinstance(item, Clip) else None

    def _on_clip(self, offer: Offer, clip: Clip, row: Row) -> Aim:
        """On a selected clip: on all selected ones that have a picture."""
        session, sequence = self._view.session, self._view.sequence
        if row.is_audio:
            where = range_of(sequence, clip.id)
            ghosts = (Ghost(row.track.id, where),) if where is not None else ()
            return Aim(
                ghosts=ghosts,
                problem=QCoreApplication.translate(
                    "EffectDrop", "{name} changes pictures. Drop it on a clip of a picture track."
                ).format(name=translated(EFFECTS, offer.name)),
            )
        chosen = session.selection.item_ids
        ids = pictures_of(sequence, chosen) if clip.id in chosen else [clip.id]
        found = []
        for one in ids:
            where, track = range_of(sequence, one), sequence.track_holding(one)
            if where is not None and track is not None:
                found.append(Ghost(track.id, where, offer.name if one == clip.id else ""))
        laid = effect_on(session, offer, ids)
        select = () if clip.id in chosen else self._view.joined_ids((clip.id,))
        return Aim(laid.command, tuple(found), laid.sentence, select=select)


def _side(far_px: float) -> Align:
    """How it lies, by how far right of the cut the pointer is."""
    if abs(far_px) <= CENTRE_PX:
        return "centre"
    return "start" if far_px > 0 else "end"
