"""The selected edit as trim brackets, in the colours of what a trim of it would do. No Qt."""

from __future__ import annotations

from studio_app.session.trimming import SelectedEdit
from timeline.cuts import cut_time
from timeline.sequence import Sequence
from ui.timeline_view.tools.base import Bracket


def edit_brackets(edit: SelectedEdit | None, sequence: Sequence) -> tuple[Bracket, ...]:
    """`]` at the end that is held, `[` at the start, both for a roll; none for cuts that are gone."""
    if edit is None:
        return ()
    found = []
    for cut in edit.cuts:
        time = cut_time(sequence, cut)
        if time is not None:
            kind = "roll" if cut.held == "both" else "ripple" if edit.ripple else "overwrite"
            found.append(Bracket(cut.track_id, time, cut.held, kind))
    return tuple(found)
