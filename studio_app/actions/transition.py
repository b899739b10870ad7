"""Default transitions: on the selected or the nearest edit, over the cut or on one side of it."""

from __future__ import annotations

from studio_app.actions.registry import action
from studio_app.session.chosen import selected_clips
from studio_app.session.session import Session
from timeline.command import Batch
from timeline.commands.set_transition import SetTransition
from timeline.cuts import EditPoint, cuts_of
from timeline.errors import EditRefused
from timeline.fitting import Align, fitted_transition


@action("clip.transition", "Video transition", "Ctrl+D", menu="clip", group=7)
def transition(session: Session) -> None:
    """Lay a dissolve over the selected or nearest edit of the picture."""
    _add(session, "centre", sound=False)


@action("clip.audio_transition", "Audio transition", "Ctrl+Shift+D", menu="clip", group=7)
def audio_transition(session: Session) -> None:
    """Lay a crossfade over the selected or nearest edit of the sound."""
    _add(session, "centre", sound=True)


@action("clip.transition_from_cut", "Video transition from the cut on", menu="clip", group=7)
def transition_from_cut(session: Session) -> None:
    """Lay a dissolve that begins at the selected or nearest edit."""
    _add(session, "start", sound=False)


@action("clip.transition_to_cut", "Video transition up to the cut", menu="clip", group=7)
def transition_to_cut(session: Session) -> None:
    """Lay a dissolve that ends at the selected or nearest edit."""
    _add(session, "end", sound=False)


def _add(session: Session, align: Align, *, sound: bool) -> None:
    sequence, document = session.sequence, session.document
    cuts = _selected(session, sound=sound) or _nearest(session, sound=sound)
    if not cuts:
        raise EditRefused("There is no edit here for a transition. Put the playhead near a cut.")
    fitted = [
        (
            cut,
            fitted_transition(
                sequence, cut, session.lengths.transition, document.library, document.project, align=align
            ),
        )
        for cut in cuts
    ]
    commands = tuple(SetTransition(sequence.id, cut.track_id, one.transition) for cut, one in fitted)
    if document.do(commands[0] if len(commands) == 1 else Batch(commands, "Transitions")):
        notes = [one.note for _, one in fitted if one.note]
        if notes:
            session.tell(notes[0])


def _selected(session: Session, *, sound: bool) -> list[EditPoint]:
    """The cuts of the selected edit on tracks of this kind."""
    edit = session.trimming.edit
    tracks = {track.id: track for track in session.sequence.tracks}
    return [] if edit is None else [cut for cut in edit.cuts if tracks[cut.track_id].is_audio is sound]


def _nearest(session: Session, *, sound: bool) -> list[EditPoint]:
    """The cut nearest to the playhead: of a selected clip, else on a targeted track, else on any of this kind."""
    sequence, time = session.sequence, session.transport.time
    chosen = {clip.id for clip in selected_clips(session)}
    free = [track for track in sequence.tracks if track.is_audio is sound and not track.locked]
    targeted = [track for track in session.targets.open if track in free]
    for tracks in (free,) if chosen else (targeted, free):
        cuts = [
            (abs(at - time), cut)
            for track in tracks
            for at, cut in cuts_of(track)
            if not chosen or {cut.left_id, cut.right_id} & chosen
        ]
        if cuts:
            return [min(cuts, key=lambda one: one[0])[1]]
    return []
