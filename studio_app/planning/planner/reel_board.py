"""A cut as timeline 2.0, and a timeline 2.0 as a storyboard; what the other side does not have is told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

from studio_app.planning.film_kind import KIND, REEL
from studio_app.planning.naming import first_words
from studio_app.planning.planner.captions import PLACE, caption_style
from studio_app.planning.planner.contract import ContractError, Fault
from studio_app.planning.planner.graph import LEAST_MS, MOST_MS
from studio_app.planning.planner.graph_words import RATE, SIZE, Notes
from studio_app.planning.planner.passages import EXACT, OURS_OF, REEL_OF
from studio_app.planning.planner.reel import (
    LEAD_MS,
    AudioItem,
    Caption,
    Entry,
    Reel,
    Tracks,
    Transform,
    Transition,
    VideoItem,
    reel_faults,
)
from timeline.curve import Curve, value_at
from timeline.items import Clip, GeneratorSource, MediaSource
from timeline.media import Library
from timeline.query import transition_at_head
from timeline.sequence import Sequence
from timeline.storyboard import AudioCue, Overlay, Shot, Storyboard
from timeline.time import ZERO, RationalTime
from timeline.track import Track, TrackKind

LONGEST_PASSAGE: Final = 2000
_KIND_OF_TRACK: Final = {"Music": "music", "Voice": "voiceover"}
_LINE: Final = "timeline[{}]"


@dataclass(frozen=True)
class _Place:
    """A clip and where it stands in the cut, exact seconds."""

    clip: Clip
    start: Fraction
    end: Fraction


def reel_of(sequence: Sequence, library: Library) -> tuple[Reel, tuple[str, ...]]:
    """The timeline of a cut, and what it cannot say. The lowest picture track is the row of scenes, the others lie over it.

    Over 60 s all is scaled, and that is told. Raises ContractError where no timeline 2.0 can hold it.
    """
    notes = Notes()
    tracks = [one for one in sequence.tracks if not one.muted]
    row = next((one for one in tracks if one.kind is TrackKind.VIDEO and any(_places(one))), None)
    if row is None:
        raise ContractError([Fault("timeline", "The cut shows nothing")])
    whole = sequence.duration.fraction
    scale = Fraction(1000) * min(Fraction(1), Fraction(MOST_MS, 1000) / whole)
    if scale < 1000:
        notes.say(f"The cut lasts {float(whole):.1f} s; all was scaled to {MOST_MS // 1000} s.")
    if whole * scale < LEAST_MS:
        raise ContractError([Fault("totalDuration", f"{round(whole * scale)} is too small; it is {LEAST_MS} at least")])
    places = list(_places(row))
    entries = _entries(row, places, scale, notes)
    of_scene = list(zip(places, entries, strict=True))
    video = [_video(place, entry.sceneId, 0, library, notes) for place, entry in of_scene]
    layer, audio, captions = 0, [], []
    for track in tracks:
        if track.kind is TrackKind.AUDIO:
            audio += [_sound(one, track, scale, library) for one in _places(track)]
        elif track.kind is TrackKind.EFFECTS:
            notes.say("Effects over the picture have no place in a timeline 2.0.")
        elif track is not row:
            layer += 1
            for place in _places(track):
                scene = next((entry for own, entry in reversed(of_scene) if own.start <= place.start), entries[0])
                if (text := _text(place.clip)) is None:
                    video.append(_video(place, scene.sceneId, layer, library, notes))
                elif (caption := _caption(text, place, scene, scale)) is not None:
                    captions.append(caption)
                else:
                    notes.say(f"“{text[:40]}” is too short in its scene and was left out.")
    found = Reel(
        version="2.0",
        totalDuration=round(whole * scale),
        timeline=tuple(entries),
        tracks=Tracks(
            video=tuple(video), audio=tuple(one for one in audio if one.end > one.start), captions=tuple(captions)
        ),
    )
    if faults := reel_faults(found):
        raise ContractError(faults)
    return found, tuple(notes.said)


def _places(track: Track) -> Iterator[_Place]:
    for item, start in zip(track.items, track.starts, strict=False):
        if isinstance(item, Clip) and item.enabled:
            yield _Place(item, start.fraction, (start + item.duration).fraction)


def _entries(row: Track, places: list[_Place], scale: Fraction, notes: Notes) -> list[Entry]:
    """Each scene from the beginning of the transition into it to the end of the one out of it."""
    found: list[Entry] = []
    for index, place in enumerate(places):
        start, end = round(place.start * scale), round(place.end * scale)
        transition = Transition(duration=0)
        way = transition_at_head(row, place.clip.id)
        if way is not None and way.left_id and found and places[index - 1].end == place.start:
            before = places[index - 1]
            most = min(end - start, round((before.end - before.start) * scale)) * 2 // 3 - 2
            asked = round(way.duration.fraction * scale)
            length = min(asked, most, LONGEST_PASSAGE)
            if length < asked:
                notes.say(
                    f"A transition of {asked} ms was shortened to {length} ms: half a scene and 2 s are the most."
                )
            if way.effect not in REEL_OF:
                notes.say(f"A timeline 2.0 has no {way.effect}; it is a fade there.")
            head = round(length * float(way.before / way.duration))
            transition = Transition(type=REEL_OF.get(way.effect, "fade"), duration=max(0, length))
            found[-1] = found[-1].model_copy(update={"end": start + length - head})
            start -= head
        found.append(Entry(sceneId=index + 1, start=start, end=end, transition=transition))
    return found


def _video(place: _Place, scene: int, layer: int, library: Library, notes: Notes) -> VideoItem:
    clip = place.clip
    asset = None
    if isinstance(clip.source, MediaSource) and (media := library.media.get(clip.source.media_id)) is not None:
        asset = media.path
    elif layer:
        notes.say("What is drawn here, and is no file, has no asset in a timeline 2.0.")
    move = next((one.values for one in clip.effects if one.effect == "transform" and one.enabled), {})

    def number(name: str, usual: float) -> float:
        value = move.get(name, usual)
        return float(value) if isinstance(value, int | float) else usual

    x, y = number("position_x", 0.0), number("position_y", 0.0)
    transform = Transform(
        position="custom" if x or y else "center",
        scale=min(5.0, max(0.01, number("scale", 100.0) / 100)),
        opacity=_level(clip.opacity, 1.0),
        x=x,
        y=y,
    )
    return VideoItem(sceneId=scene, asset=asset, layer=layer, transform=transform)


def _sound(place: _Place, track: Track, scale: Fraction, library: Library) -> AudioItem:
    source = place.clip.source
    media = library.media.get(source.media_id) if isinstance(source, MediaSource) else None
    kind: Any = _KIND_OF_TRACK.get(track.name, "sfx")
    return AudioItem(
        type=kind,
        file=media.path if media is not None else place.clip.name or "sound",
        start=round(place.start * scale),
        end=round(place.end * scale),
        volume=_level(place.clip.volume, 2.0),
    )


def _level(value: Any, most: float) -> float:
    """A number, or what a curve begins with."""
    found = value_at(value, ZERO) if isinstance(value, Curve) else value
    return min(most, max(0.0, float(found))) if isinstance(found, int | float) else 1.0


def _text(clip: Clip) -> str | None:
    source = clip.source
    if isinstance(source, GeneratorSource) and source.generator == "title":
        return str(source.values.get("text", "")).strip() or None
    return None


def _caption(text: str, place: _Place, scene: Entry, scale: Fraction) -> Caption | None:
    """Within its scene with its leads; None where nothing is left of it."""
    start = max(round(place.start * scale), scene.start + LEAD_MS)
    end = min(round(place.end * scale), scene.end - LEAD_MS)
    return Caption(text=text[:4000], start=start, end=end, sceneId=scene.sceneId) if end > start else None


def board_of_reel(reel: Reel, folder: Path | None = None, title: str = "") -> tuple[Storyboard, tuple[str, ...]]:
    """The storyboard of a timeline, and what it does not show. A scene without a file is to be made from its caption.

    Raises ContractError naming the path of a file that is not there.
    """
    notes, missing = Notes(), list[Fault]()

    def file(name: str, at: str) -> str:
        path = name if folder is None else str((folder / name).resolve())
        if folder is not None and not Path(path).is_file():
            missing.append(Fault(at, f"The file “{name}” is not there"))
        return path

    shots = []
    for index, entry in enumerate(reel.timeline):
        if index and entry.start > reel.timeline[index - 1].end:
            notes.say(f"{_LINE.format(index)}: The gap before it is closed; a storyboard has none.")
        items = [(number, one) for number, one in enumerate(reel.tracks.video) if one.sceneId == entry.sceneId]
        number, picture = min(items, key=lambda one: one[1].layer, default=(0, None))
        if len(items) > 1:
            notes.say("What lies over the picture has no place in a storyboard.")
        asset = file(picture.asset, f"tracks.video[{number}].asset") if picture and picture.asset else ""
        shots.append(_shot_of(reel, index, entry, asset, notes))
    over: dict[str, AudioCue] = {}
    for index, sound in enumerate(reel.tracks.audio):
        path = file(sound.file, f"tracks.audio[{index}].file")
        if sound.type == "sfx" or sound.type in over or sound.duckRegions:
            notes.say("Sounds of single moments and ducking have no place in a storyboard.")
        if sound.type != "sfx":
            kind = "background_music" if sound.type == "music" else "voiceover"
            over.setdefault(sound.type, AudioCue(kind, path, min(1.0, sound.volume), ZERO, ZERO))
    if missing:
        raise ContractError(missing)
    board = Storyboard(
        title=title or shots[0].name,
        shots=tuple(shots),
        width=SIZE[0],
        height=SIZE[1],
        rate=RATE,
        auto_transitions=False,
        music=over.get("music"),
        voice=over.get("voiceover"),
        title_card=False,
        extra={KIND: REEL},
    )
    return board, tuple(notes.said)


def _shot_of(reel: Reel, index: int, entry: Entry, asset: str, notes: Notes) -> Shot:
    captions = [one for one in reel.tracks.captions if one.sceneId == entry.sceneId]
    words = captions[0].text if captions else f"Scene {entry.sceneId}"
    way = entry.transition
    if way.type not in EXACT:
        notes.say(f"A {way.type} is a {OURS_OF[way.type]} here.")
    cut_in = entry.start + (way.overlap // 2 if index else 0)
    return Shot(
        description=words,
        name=first_words(words),
        duration=RationalTime(entry.end - entry.start, 1000),
        image_reference=asset,
        overlays=tuple(
            Overlay(
                "subtitles",
                RationalTime(max(0, one.start - cut_in), 1000),
                RationalTime(one.end - one.start, 1000),
                *PLACE,
                style=caption_style(one.text, *SIZE),
            )
            for one in captions
        ),
        transition=OURS_OF[way.type] if index and way.overlap else "cut" if index else "",
        transition_duration=RationalTime(way.overlap, 1000) if index and way.overlap else None,
        id=f"scene-{entry.sceneId}",
    )
