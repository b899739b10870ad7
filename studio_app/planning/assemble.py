"""Stands a storyboard's shots on tracks: cuts, transitions with handles, titles, overlays, music.

Total length = sum of the shots minus the overlaps of their transitions, and the transitions are in the picture.
Each shot is made as long as planned; a transition of length o into shot n uses the last o of shot n-1 and the first o of
shot n, so the clips stand trimmed to the cut with the overlap as handles.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Sequence as Row
from dataclasses import dataclass, replace

from studio_app.planning.naming import first_words
from studio_app.planning.overlay_style import EFFECT_KINDS, TEXT_KINDS, checked_style, generator_of
from studio_app.planning.still_motion import still_motion
from timeline.curve import Curve, Value
from timeline.errors import StoryboardError
from timeline.items import Clip, EffectUse, Gap, GeneratorSource, Item, MediaSource, Placeholder, Transition, new_id
from timeline.media import Media
from timeline.query import whole_frames
from timeline.sequence import Sequence
from timeline.storyboard import AudioCue, Overlay, Shot, Storyboard
from timeline.time import ZERO, RationalTime, TimeRange
from timeline.track import BlendMode, Track, TrackKind

STRUCTURE_TRANSITION = {"linear": "cut", "three_act": "dissolve", "nonlinear": "wipe"}
TRANSITION_LENGTH = RationalTime(1)
TITLE_START = RationalTime(1, 2)
TITLE_LENGTH = RationalTime(4)
TITLE_FADE = RationalTime(1, 2)
TITLE_SHORTEST = RationalTime(2)


@dataclass(frozen=True)
class Passage:
    """The transition into a shot; a cut has length 0."""

    kind: str
    before: RationalTime = ZERO
    after: RationalTime = ZERO

    @property
    def duration(self) -> RationalTime:
        """How long both pictures are on screen."""
        return self.before + self.after


def passages(board: Storyboard) -> tuple[Passage, ...]:
    """The transition into each shot. A transition takes at most half of the shorter neighbour, so a shot never vanishes."""
    result = []
    for index, shot in enumerate(board.shots):
        kind = shot.transition or (STRUCTURE_TRANSITION[board.narrative_structure] if board.auto_transitions else "cut")
        if index == 0 or kind == "cut":
            result.append(Passage("cut"))
            continue
        asked = shot.transition_duration
        wanted = (TRANSITION_LENGTH if asked is None else asked).nearest_frame(board.rate)
        shorter = min(shot.duration, board.shots[index - 1].duration).nearest_frame(board.rate)
        frames = min(wanted, shorter // 2)
        if frames <= 0:
            result.append(Passage("cut"))
            continue
        before = frames // 2
        result.append(
            Passage(
                kind,
                RationalTime.from_frames(before, board.rate),
                RationalTime.from_frames(frames - before, board.rate),
            )
        )
    return tuple(result)


def shot_length(shot: Shot, board: Storyboard) -> RationalTime:
    """Planned length of a shot in whole frames, at least one."""
    return RationalTime.from_frames(max(1, shot.duration.nearest_frame(board.rate)), board.rate)


def total_length(board: Storyboard) -> RationalTime:
    """Length of the film."""
    length = ZERO
    for shot, passage in zip(board.shots, passages(board), strict=True):
        length = length + shot_length(shot, board) - passage.duration
    return length


def assemble(
    board: Storyboard,
    media_of: Callable[[Shot], Media | None],
    music: Media | None = None,
    sound_of: Callable[[Shot], Media | None] = lambda _: None,
    voice: Media | None = None,
) -> Sequence:
    """The cut of a storyboard. A shot without media becomes a placeholder of its exact length."""
    pictures, transitions, places = _picture_row(board, media_of)
    end = places[-1].end if places else ZERO
    lanes = _Lanes(board)
    if board.title_card and board.title and places:
        lanes.add(_title_clip(board.title, places[0].duration, end), _title_start(end), TrackKind.TEXT)
    for shot, place in zip(board.shots, places, strict=True):
        for overlay in shot.overlays:
            lanes.add_overlay(overlay, place)
    sounds = [
        (place.start, _sound_clip(media, cue, whole_frames(min(media.duration, place.duration), board.rate)))
        for shot, place in zip(board.shots, places, strict=True)
        if (media := sound_of(shot)) is not None and (cue := shot.audio) is not None
    ]
    tracks = [Track(TrackKind.VIDEO, pictures, transitions, name="Picture"), *lanes.tracks()]
    tracks += _audio_tracks(pictures, media_of, board, places, sounds, (voice, music), end)
    return Sequence(
        name=board.title or "Main cut", width=board.width, height=board.height, rate=board.rate, tracks=tuple(tracks)
    )


def _picture_row(
    board: Storyboard, media_of: Callable[[Shot], Media | None]
) -> tuple[tuple[Item, ...], tuple[Transition, ...], list[TimeRange]]:
    ways = (*passages(board), Passage("cut"))
    clips: list[Item] = []
    transitions: list[Transition] = []
    places: list[TimeRange] = []
    at = ZERO
    for index, shot in enumerate(board.shots):
        head, tail = ways[index].before, ways[index + 1].after
        length = shot_length(shot, board) - head - tail
        media = media_of(shot)
        clip = Clip(
            Placeholder(shot.id) if media is None else MediaSource(media.id),
            TimeRange(head, length),
            name=shot_name(shot, index),
            shot_id=shot.id,
            effects=_motion_over(media, shot, board),
            link=new_id() if media is not None and media.has_audio else None,
        )
        if index and ways[index].duration:
            left = clips[-1].id
            transitions.append(Transition(ways[index].kind, left, clip.id, ways[index].before, ways[index].after))
        clips.append(clip)
        places.append(TimeRange(at, length))
        at = at + length
    return tuple(clips), tuple(transitions), places


def _motion_over(media: Media | None, shot: Shot, board: Storyboard) -> tuple[EffectUse, ...]:
    """A still is moved by its clip; footage and takes move by themselves."""
    if media is None or not media.is_endless:
        return ()
    return still_motion(shot.camera_motion, shot_length(shot, board), (board.width, board.height))


def shot_name(shot: Shot, index: int) -> str:
    """A short name: the shot's own, else the first words of its description."""
    return shot.name or first_words(shot.description) or f"Shot {index + 1}"


def _title_start(end: RationalTime) -> RationalTime:
    return TITLE_START if end > TITLE_START * 2 else ZERO


def _title_clip(text: str, first_shot: RationalTime, end: RationalTime) -> Clip:
    """The title over the first shot; over the next ones too only where it could not be read otherwise."""
    room = end - _title_start(end)
    length = min(TITLE_LENGTH, room, max(first_shot - _title_start(end), TITLE_SHORTEST))
    fade = min(TITLE_FADE, length / 4)
    values: dict[str, Value | Curve] = {"text": text, "size": 96.0, "weight": 600}
    return Clip(
        GeneratorSource("title", values), TimeRange(ZERO, length), name="Main title", fade_in=fade, fade_out=fade
    )


class _Lanes:
    """Tracks above the picture, one more wherever two things would overlap."""

    def __init__(self, board: Storyboard) -> None:
        self._board = board
        self._lanes: list[tuple[TrackKind, BlendMode, list[tuple[RationalTime, Clip]]]] = []

    def add(self, clip: Clip, at: RationalTime, kind: TrackKind, blend: BlendMode = BlendMode.NORMAL) -> None:
        rate = self._board.rate
        at = at.snapped(rate)
        clip = replace(
            clip, source_range=TimeRange(ZERO, max(clip.duration.snapped(rate), RationalTime.from_frames(1, rate)))
        )
        where = TimeRange(at, clip.duration)
        for lane_kind, lane_blend, row in self._lanes:
            free = all(not TimeRange(start, other.duration).overlaps(where) for start, other in row)
            if lane_kind is kind and lane_blend is blend and free:
                row.append((at, clip))
                return
        self._lanes.append((kind, blend, [(at, clip)]))

    def add_overlay(self, overlay: Overlay, place: TimeRange) -> None:
        start = place.start + min(overlay.start, place.duration)
        end = place.end if overlay.duration is None else min(start + overlay.duration, place.end)
        if start >= end:
            return
        try:
            values = checked_style(overlay.kind, overlay.style, overlay.x, overlay.y)
        except ValueError as error:
            raise StoryboardError(str(error)) from error
        where = TimeRange(ZERO, end - start)
        name = str(values.get("text", "")).split("\n")[0][:40] or overlay.kind.replace("_", " ").capitalize()
        if overlay.kind in EFFECT_KINDS:
            use = EffectUse(overlay.kind, values)
            self.add(Clip(GeneratorSource("adjustment"), where, name=name, effects=(use,)), start, TrackKind.EFFECTS)
            return
        clip = Clip(GeneratorSource(generator_of(overlay.kind), values), where, name=name)
        kind = TrackKind.TEXT if overlay.kind in TEXT_KINDS else TrackKind.OVERLAY
        self.add(clip, start, kind, BlendMode.SCREEN if overlay.kind == "lens_flare" else BlendMode.NORMAL)

    def tracks(self) -> list[Track]:
        order = {TrackKind.OVERLAY: 0, TrackKind.EFFECTS: 1, TrackKind.TEXT: 2}
        names = {TrackKind.OVERLAY: "Overlay", TrackKind.EFFECTS: "Grade", TrackKind.TEXT: "Titles"}
        return [
            Track(kind, spaced(row), name=names[kind], blend=blend)
            for kind, blend, row in sorted(self._lanes, key=lambda lane: order[lane[0]])
        ]


def spaced(row: Row[tuple[RationalTime, Clip]]) -> tuple[Item, ...]:
    """Clips at their places with gaps between them."""
    items: list[Item] = []
    at = ZERO
    for start, clip in sorted(row, key=lambda one: one[0]):
        if start > at:
            items.append(Gap(start - at))
        items.append(clip)
        at = start + clip.duration
    return tuple(items)


def _sound_clip(media: Media, cue: AudioCue, length: RationalTime) -> Clip:
    return Clip(
        MediaSource(media.id),
        TimeRange(ZERO, length),
        name=media.name,
        volume=cue.volume,
        fade_in=min(cue.fade_in, length / 2),
        fade_out=min(cue.fade_out, length / 2),
    )


def _audio_tracks(
    pictures: Row[Item],
    media_of: Callable[[Shot], Media | None],
    board: Storyboard,
    places: Row[TimeRange],
    sounds: Row[tuple[RationalTime, Clip]],
    over_all: tuple[Media | None, Media | None],
    end: RationalTime,
) -> list[Track]:
    """Sound that came with the pictures (linked), sound of single shots; a voice over all, music under it."""
    tracks = []
    own = []
    for shot, item, place in zip(board.shots, pictures, places, strict=True):
        media = media_of(shot)
        if media is not None and media.has_audio and isinstance(item, Clip):
            own.append((place.start, replace(item, id=new_id(), effects=())))
    if own:
        tracks.append(Track(TrackKind.AUDIO, spaced(own), name="Location"))
    if sounds:
        tracks.append(Track(TrackKind.AUDIO, spaced(sounds), name="Sound"))
    for media, cue, name in zip(over_all, (board.voice, board.music), ("Voice", "Music"), strict=True):
        if media is not None and end > ZERO:
            clip = _sound_clip(media, cue or AudioCue(), min(media.duration.snapped(board.rate), end))
            tracks.append(Track(TrackKind.AUDIO, (clip,), name=name))
    return tracks or [Track(TrackKind.AUDIO, name="Sound")]
