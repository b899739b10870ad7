"""Which clips change places when one is dropped on another with Ctrl and Alt held."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from timeline.command import Command
from timeline.commands.swap_clips import SwapClips
from timeline.items import Clip
from timeline.sequence import Sequence
from ui.qt.language import QT_TRANSLATE_NOOP, translated
from ui.timeline_view.layout import Hit
from ui.timeline_view.tools.base import Stage

_ALONE = QT_TRANSLATE_NOOP("Swap", "Only one clip, with what is linked to it, changes places with another.")


def swap_command(stage: Stage, held_id: str, dragged: frozenset[str], hit: Hit) -> tuple[Command | None, str]:
    """The edit and what is said of it; None where there is nothing to change places with."""
    sequence = stage.sequence
    own = [one for one in stage.linked_ids((held_id,)) if one in dragged]
    if set(own) != dragged:
        return None, translated("Swap", _ALONE)
    target = sequence.clip(hit.item_id) if hit.item_id is not None else None
    if target is None or target.id in dragged:
        return None, QCoreApplication.translate("Swap", "Swap: hold it over another clip.")
    partners = {held_id: target.id}
    partners |= _linked_pairs(sequence, [one for one in own if one != held_id], stage.linked_ids((target.id,)), target)
    name = target.name or QCoreApplication.translate("Swap", "the clip under it")
    return SwapClips(sequence.id, tuple(partners.items())), QCoreApplication.translate(
        "Swap", "Swap places with {name}."
    ).format(name=name)


def _linked_pairs(sequence: Sequence, own: list[str], others: tuple[str, ...], target: Clip) -> dict[str, str]:
    """The first linked sound with the first linked sound of the other, and so on; pictures alike."""
    pairs: dict[str, str] = {}
    free = [one for one in others if one != target.id]
    for one in own:
        track = sequence.track_holding(one)
        same = (
            other
            for other in free
            if track is not None
            and (found := sequence.track_holding(other)) is not None
            and found.is_audio == track.is_audio
        )
        partner = next(same, None)
        if partner is not None:
            free.remove(partner)
            pairs[one] = partner
    return pairs
