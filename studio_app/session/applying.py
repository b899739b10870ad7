"""What `effects/` offers, and how it comes into the cut: effects on clips, transitions over cuts, generators as clips.

Keys, the effects panel and drops on the timeline all go through here. What cannot be done is an EditRefused.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Sequence as Row
from dataclasses import dataclass, replace
from enum import StrEnum
from inspect import getdoc
from typing import Final, NamedTuple

from effects.base import Described
from effects.registry import generators, transitions, video_effects
from studio_app.session.chosen import selected_clips, under_playhead
from studio_app.session.placing import title_clip
from studio_app.session.session import Session
from timeline.checks import free_track
from timeline.command import Batch, Command
from timeline.commands.add_effect import AddEffect
from timeline.commands.add_track import AddTrack
from timeline.commands.overwrite_clips import OverwriteClips
from timeline.commands.set_transition import SetTransition
from timeline.cuts import EditPoint, cuts_of
from timeline.errors import EditRefused
from timeline.fitting import Align, Fitted, fitted_transition
from timeline.items import Clip, EffectUse, GeneratorSource, Transition, new_id
from timeline.query import frames_text, timecode_at, track_label
from timeline.sequence import Sequence
from timeline.time import ZERO, RationalTime, TimeRange
from timeline.track import Track, TrackKind

CROSSFADE: Final = "dissolve"
"""What a crossfade of sound is called in the project: all transitions of sound are mixed at equal power."""
_BUILT_IN: Final = frozenset(("transform", "slate"))
"""Every clip has the one already; the other stands for a picture that is missing."""


class Kind(StrEnum):
    """How something is used."""

    EFFECT = "effect"
    TRANSITION = "transition"
    CROSSFADE = "crossfade"
    GENERATOR = "generator"


@dataclass(frozen=True)
class Offer:
    """One effect, transition or generator: its name on screen, what it does in a line, its heading in lists."""

    kind: Kind
    id: str
    name: str
    help: str
    group: str = ""

    @property
    def is_sound(self) -> bool:
        """Whether it belongs on sound tracks."""
        return self.kind is Kind.CROSSFADE

    @property
    def is_transition(self) -> bool:
        """Whether it lies over a cut."""
        return self.kind in (Kind.TRANSITION, Kind.CROSSFADE)


class Laid(NamedTuple):
    """One edit, what it does in a sentence, and the clips to select then."""

    sentence: str
    command: Command
    clips: tuple[str, ...] = ()


# --- what there is ----------------------------------------------------------------------------------------------------


def offers() -> tuple[Offer, ...]:
    """All there is, by kind, group and name; a crossfade of sound behind the transitions of pictures."""
    found = [
        *_of(Kind.EFFECT, video_effects().classes.items()),
        *_of(Kind.TRANSITION, transitions().classes.items()),
        Offer(Kind.CROSSFADE, CROSSFADE, "Crossfade", "Fade one sound into the next; together they stay as loud."),
        *_of(Kind.GENERATOR, generators().classes.items()),
    ]
    return tuple(found)


def offer_of(kind: str, offer_id: str) -> Offer | None:
    """The one of this kind and id."""
    return next((one for one in offers() if (one.kind, one.id) == (kind, offer_id)), None)


def _of(kind: Kind, classes: Iterable[tuple[str, type[Described]]]) -> list[Offer]:
    found = [
        Offer(kind, key, one.shown_name(), (getdoc(one) or "").split("\n")[0], one.group)
        for key, one in classes
        if key not in _BUILT_IN
    ]
    return sorted(found, key=lambda one: (one.group, one.name))


def default_transition(session: Session) -> str:
    """Id of the transition of pictures that the key lays; a dissolve where the chosen one is no longer there."""
    chosen = session.settings.values.default_transition
    return chosen if chosen in transitions().classes else "dissolve"


def set_default_transition(session: Session, offer: Offer) -> None:
    """Make a transition of pictures the one that the key lays."""
    if offer.kind is Kind.TRANSITION:
        session.settings.values.default_transition = offer.id
        session.settings.save()
        session.settings_changed.emit()


# --- where it would go ------------------------------------------------------------------------------------------------


def meant_cuts(session: Session, *, sound: bool) -> list[EditPoint]:
    """The cuts of the selected edit on tracks of this kind, else the one nearest to the playhead. Raises EditRefused."""
    cuts = _selected_cuts(session, sound=sound) or _nearest_cut(session, sound=sound)
    if not cuts:
        raise EditRefused("There is no edit here for a transition. Put the playhead near a cut.")
    return cuts


def _selected_cuts(session: Session, *, sound: bool) -> list[EditPoint]:
    edit = session.trimming.edit
    tracks = {track.id: track for track in session.sequence.tracks}
    return [] if edit is None else [cut for cut in edit.cuts if tracks[cut.track_id].is_audio is sound]


def _nearest_cut(session: Session, *, sound: bool) -> list[EditPoint]:
    """Of a selected clip, else on a targeted track, else on any of this kind."""
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


# --- transitions ------------------------------------------------------------------------------------------------------


def transition_at(session: Session, cut: EditPoint, effect: str, align: Align, *, keeps: bool = True) -> Fitted:
    """What would lie over a cut, as long as the preferences say and handles allow. Raises EditRefused.

    `keeps`: where another kind of transition lies already it only changes its kind.
    """
    sequence, document = session.sequence, session.document
    track = free_track(sequence, cut.track_id)
    there = transition_over(track, cut)
    if keeps and there is not None and there.effect != effect:
        return Fitted(replace(there, effect=effect, values={}), "")
    length = session.lengths.transition
    return fitted_transition(sequence, cut, length, document.library, document.project, align=align, effect=effect)


def transition_over(track: Track, cut: EditPoint) -> Transition | None:
    """The transition that lies over a cut now."""
    ends = (cut.left_id, cut.right_id)
    return next((one for one in track.transitions if (one.left_id, one.right_id) == ends), None)


def check_side(offer: Offer, track: Track) -> None:
    """Raises EditRefused when a transition of pictures is meant for sound, or a crossfade for pictures."""
    if offer.is_sound and not track.is_audio:
        raise EditRefused(f"{offer.name} is for sound. Put it over a cut of a sound track.")
    if track.is_audio and not offer.is_sound:
        raise EditRefused(f"{offer.name} changes pictures. Put it over a cut of the picture; a crossfade is for sound.")


def lies(sequence: Sequence, one: Transition) -> str:
    """`centred on the cut`, `starts at the cut`, `at the end of the clip`, …"""
    if one.left_id is None:
        return "at the start of the clip"
    if one.right_id is None:
        return "at the end of the clip"
    if not one.before:
        return "starts at the cut"
    if not one.after:
        return "ends at the cut"
    return "centred on the cut" if abs(one.before - one.after) <= sequence.frame else "over the cut"


def lay_transitions(session: Session, cuts: Row[EditPoint], effect: str, align: Align, *, keeps: bool = False) -> str:
    """Lay one over each cut, as one step; returns what had to give way (empty: nothing). Raises EditRefused."""
    fitted = [(cut, transition_at(session, cut, effect, align, keeps=keeps)) for cut in cuts]
    commands = tuple(SetTransition(session.sequence_id, cut.track_id, one.transition) for cut, one in fitted)
    if not session.document.do_alone(commands[0] if len(commands) == 1 else Batch(commands, "Transitions")):
        return ""
    return next((one.note for _, one in fitted if one.note), "")


# --- effects ----------------------------------------------------------------------------------------------------------


def meant_pictures(session: Session) -> list[str]:
    """Ids of the selected clips with a picture, else of those under the playhead on targeted tracks. Raises EditRefused."""
    chosen = selected_clips(session)
    if chosen:
        pictures = pictures_of(session.sequence, (clip.id for clip in chosen))
        if not pictures:
            raise EditRefused("The selected clips have no picture for an effect.")
        return pictures
    found = [clip.id for track, clip in under_playhead(session) if not track.is_audio]
    if not found:
        raise EditRefused("Select a clip for the effect, or put the playhead over one on a targeted track.")
    return found


def pictures_of(sequence: Sequence, ids: Iterable[str]) -> list[str]:
    """Those of some clips that stand on picture tracks."""
    homes = ((one, sequence.track_holding(one)) for one in ids)
    return [one for one, track in homes if track is not None and not track.is_audio]


def effect_on(session: Session, offer: Offer, clip_ids: Row[str]) -> Laid:
    """The effect on these clips, behind those they have."""
    commands = tuple(AddEffect(session.sequence_id, one, EffectUse(offer.id, id=new_id())) for one in clip_ids)
    clips = "the clip" if len(clip_ids) == 1 else f"{len(clip_ids)} clips"
    return Laid(f"{offer.name} on {clips}.", Batch(commands, f"Add {offer.name.lower()}"))


# --- generators -------------------------------------------------------------------------------------------------------


def generator_clip(session: Session, offer: Offer) -> Clip:
    """A new clip that draws itself, as long as the preferences say."""
    if offer.id == "title":
        return title_clip("Title", session.lengths.title)
    return Clip(GeneratorSource(offer.id), TimeRange(ZERO, session.lengths.still), name=offer.name)


def generator_at_playhead(session: Session, offer: Offer) -> Laid:
    """The clip at the playhead on the targeted track; where something is there, on the next free one above, or a new one.

    Generators are laid over pictures more often than in their place: nothing is covered.
    """
    sequence, at = session.sequence, session.transport.time
    target = session.targets.picture
    if target is None:
        raise EditRefused("No picture track is targeted that is not locked. Target one in its header.")
    clip = generator_clip(session, offer)
    frames = max(1, clip.duration.nearest_frame(sequence.rate))
    clip = replace(clip, source_range=TimeRange(ZERO, RationalTime.from_frames(frames, sequence.rate)))
    wanted = TimeRange(at, clip.duration)
    above = sequence.tracks[sequence.tracks.index(target) :]
    free = next((track for track in above if _takes(track, offer, wanted)), None)
    name, commands = f"New {offer.name.lower()}", []
    if free is None:
        free = Track(TrackKind.VIDEO)
        pictures = [place for place, track in enumerate(sequence.tracks) if not track.is_audio]
        commands.append(AddTrack(sequence.id, free, pictures[-1] + 1))
    edit = OverwriteClips(sequence.id, ((free.id, at, clip),))
    where = "a new track" if commands else track_label(sequence, free)
    said = f"{offer.name} at {timecode_at(sequence, at)} on {where}, {frames_text(clip.duration, sequence.rate)}."
    return Laid(said, Batch((*commands, edit), name), (clip.id,))


def _takes(track: Track, offer: Offer, wanted: TimeRange) -> bool:
    kinds = {TrackKind.VIDEO, TrackKind.OVERLAY} | ({TrackKind.TEXT} if offer.id == "title" else set())
    taken = any(where.overlaps(wanted) for _, where in track.clips())
    return track.kind in kinds and not track.locked and not taken


# --- all of them ------------------------------------------------------------------------------------------------------


def apply(session: Session, offer: Offer) -> bool:
    """Put it where the selection, the edit or the playhead says, as one step, and say so; a refusal is told too."""
    try:
        return _apply(session, offer)
    except EditRefused as error:
        session.tell(error.message)
        return False


def _apply(session: Session, offer: Offer) -> bool:
    before = session.document.project
    if offer.is_transition:
        cuts = meant_cuts(session, sound=offer.is_sound)
        note = lay_transitions(session, cuts, offer.id, "centre", keeps=True)
        done = session.document.project is not before
        if done:
            session.tell(note or f"{offer.name} over {'the cut' if len(cuts) == 1 else f'{len(cuts)} cuts'}.")
        return done
    is_effect = offer.kind is Kind.EFFECT
    laid = effect_on(session, offer, meant_pictures(session)) if is_effect else generator_at_playhead(session, offer)
    if not session.document.do_alone(laid.command):
        return False
    if laid.clips:
        session.selection.items.set(laid.clips)
    session.tell(laid.sentence)
    return True
