"""Words and pictures become a storyboard: the first of four strategies that fits, as long as was asked for.

1 text with `<SHOT n>`: one scene a block, picture i to scene i   2 sentences: one scene each, pictures go round
3 pictures alone: one scene each   4 nothing: three scenes, to be filled in
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from pathlib import PurePath
from typing import Final

from studio_app.planning.assemble import STRUCTURE_TRANSITION, TRANSITION_LENGTH
from studio_app.planning.camera_choice import filmed
from studio_app.planning.naming import first_words
from studio_app.planning.planner.captions import PLACE, caption_style
from studio_app.planning.planner.lengths import overlap_of, scenes_of, shares, spoken_seconds
from studio_app.planning.planner.words import Style, merged, sentences, shortened, shots_in, spread, style_of
from studio_app.planning.shot_edits import DIALOGUE
from timeline.errors import StoryboardError
from timeline.storyboard import STRUCTURES, AudioCue, Overlay, Shot, Storyboard
from timeline.time import FrameRate, RationalTime

USUAL_SECONDS: Final = 15
MOST_SECONDS: Final = 60
"""A film is no longer than this by itself; who asks for more gets more."""
LONGEST: Final = 3600
FADE: Final = "dissolve"
"""What planners call "fade" is our dissolve; their "fade_black" is our fade."""
FADE_SECONDS: Final = RationalTime(1, 2)
CAPTION_LEAD: Final = RationalTime(1, 5)
"""A caption begins so long after its scene and ends so long before it."""
TEMPLATE: Final = (
    ("Intro", "Opening view, the subject comes into sight", "Introducing"),
    ("Feature", "The subject close up, its best side", "What makes it special"),
    ("Call to action", "Closing view with room for words", "Find out more"),
)


class Strategy(StrEnum):
    """How the scenes were found."""

    MARKERS = "shot markers"
    SENTENCES = "sentences"
    PICTURES = "pictures"
    TEMPLATE = "template"


@dataclass(frozen=True)
class Voice:
    """What is spoken. `seconds`: how long the recording at `path` lasts, None where there is only a script."""

    script: str = ""
    seconds: Fraction | None = None
    path: str = ""


@dataclass(frozen=True)
class Brief:
    """What a film is planned from. `seconds` None: by the voice, else 15 s, longer where there are many sentences.

    `structure` empty: half a second of dissolve between the scenes; else what that structure makes by itself.
    `strategy` None: the first that fits.
    """

    text: str = ""
    images: tuple[str, ...] = ()
    seconds: Fraction | None = None
    style: str = ""
    voice: Voice | None = None
    captions: bool = True
    structure: str = ""
    title: str = ""
    width: int = Storyboard.width
    height: int = Storyboard.height
    rate: FrameRate = Storyboard.rate
    strategy: Strategy | None = None


@dataclass(frozen=True)
class Planned:
    """The storyboard, how it was found, and what is to be said of it, in sentences."""

    board: Storyboard
    strategy: Strategy
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Scene:
    """A scene before it has a length."""

    description: str
    image: str = ""
    caption: str = ""
    name: str = ""


def planned(brief: Brief) -> Planned:
    """The storyboard of a brief. Raises StoryboardError in one sentence."""
    _check(brief)
    notes: list[str] = []
    strategy, scenes = _scenes(brief, notes)
    unit = _least(brief.rate)
    room = _room(brief) // unit
    if len(scenes) > room:
        scenes = _fewer(brief, strategy, scenes, room, notes)
    spoken = _spoken(brief, len(scenes))
    total = _total(brief, spoken, len(scenes), unit, notes)
    cut = shares(_weights(brief, spoken, len(scenes)), total, unit)
    overlap = overlap_of(cut, _asked_overlap(brief))
    style = style_of(brief.style)
    lengths = scenes_of(cut, overlap)
    shots = tuple(
        _shot(brief, index, one, style, scenes, (cut[index], lengths[index], overlap), spoken[index] if spoken else "")
        for index, one in enumerate(scenes)
    )
    if strategy is Strategy.MARKERS and len(brief.images) > len(scenes):
        notes.append(f"{len(brief.images) - len(scenes)} of the pictures have no scene.")
    return Planned(_board(brief, style, shots), strategy, tuple(notes))


def _check(brief: Brief) -> None:
    said = (brief.text, brief.style, brief.title, brief.voice.script if brief.voice else "")
    if any("\ud800" <= letter <= "\udfff" for words in said for letter in words):
        raise StoryboardError("The words hold signs that are no text; write them as UTF-8.")
    if brief.seconds is not None and not 1 <= brief.seconds <= LONGEST:
        raise StoryboardError(f"A film lasts 1 to {LONGEST} seconds; {float(brief.seconds):g} was asked for.")
    if brief.structure and brief.structure not in STRUCTURES:
        raise StoryboardError(f'"{brief.structure}" is no narrative structure; choose {", ".join(STRUCTURES)}.')


def _scenes(brief: Brief, notes: list[str]) -> tuple[Strategy, list[_Scene]]:
    """By the strategy that is asked for, which must fit, or by the first that does."""
    before, blocks = shots_in(brief.text)
    found = sentences(" ".join((before, *blocks)) if blocks else brief.text)
    strategy = brief.strategy or (
        Strategy.MARKERS
        if blocks
        else Strategy.SENTENCES
        if found
        else Strategy.PICTURES
        if brief.images
        else Strategy.TEMPLATE
    )
    lacks = {
        Strategy.MARKERS: not blocks and "There is no <SHOT 1> in the text.",
        Strategy.SENTENCES: not found and "There are no sentences to plan from.",
        Strategy.PICTURES: not brief.images and "There are no pictures to plan from.",
    }
    if lack := lacks.get(strategy):
        raise StoryboardError(lack)
    if strategy is Strategy.MARKERS:
        return strategy, _marked(brief.images, before, blocks, notes)
    if strategy is Strategy.SENTENCES:
        return strategy, _spoken_of(brief.images, found)
    if strategy is Strategy.PICTURES:
        return strategy, [_Scene("", one, "", PurePath(one).stem.replace("_", " ")) for one in brief.images]
    return strategy, [_Scene(text, "", caption, name) for name, text, caption in TEMPLATE]


def _marked(images: tuple[str, ...], before: str, blocks: list[str], notes: list[str]) -> list[_Scene]:
    if before:
        notes.append("What stands before the first <SHOT> is not in the film.")
    for number, block in enumerate(blocks, 1):
        if not block and number > len(images):
            raise StoryboardError(f"Shot {number} is empty; say what is seen in it, or give a picture for it.")
    filled = [*images, *[""] * len(blocks)]
    return [_Scene(text, image, text) for text, image in zip(blocks, filled, strict=False)]


def _spoken_of(images: tuple[str, ...], texts: Sequence[str]) -> list[_Scene]:
    """A scene each; the pictures go round."""
    return [_Scene(text, images[n % len(images)] if images else "", text) for n, text in enumerate(texts)]


def _least(rate: FrameRate) -> int:
    """Frames of the shortest share: a second, not a frame less."""
    return -(-rate.numerator // rate.denominator)


def _frames(seconds: Fraction, rate: FrameRate) -> int:
    return RationalTime(seconds).nearest_frame(rate)


def _room(brief: Brief) -> int:
    """Frames that there are at most."""
    return _frames(brief.seconds or Fraction(MOST_SECONDS), brief.rate)


def _fewer(brief: Brief, strategy: Strategy, scenes: list[_Scene], room: int, notes: list[str]) -> list[_Scene]:
    """Sentences share scenes where there is no second for each; what was laid out by hand is not thrown together."""
    if strategy is not Strategy.SENTENCES:
        raise StoryboardError(
            f"{len(scenes)} scenes need a second each, and the film has {room}. Ask for more seconds, or leave some out."
        )
    notes.append(f"{len(scenes)} sentences share {room} scenes: each scene is seen for a second at least.")
    return _spoken_of(brief.images, merged([one.description for one in scenes], room))


def _spoken(brief: Brief, count: int) -> list[str]:
    """What is said in each scene; nothing without a voice."""
    if brief.voice is None:
        return []
    return spread(sentences(brief.voice.script), count)


def _weights(brief: Brief, spoken: list[str], count: int) -> list[Fraction]:
    """A recording is cut by characters, a script that is yet to be spoken by words; else all scenes alike."""
    if brief.voice is None or not any(spoken):
        return [Fraction(1)] * count
    if brief.voice.seconds is not None:
        return [Fraction(len(one)) for one in spoken]
    return [max(Fraction(1), spoken_seconds(one)) for one in spoken]


def _total(brief: Brief, spoken: list[str], count: int, unit: int, notes: list[str]) -> int:
    """Frames of the film."""
    voice = _voice_seconds(brief, spoken)
    if brief.seconds is not None:
        if voice > brief.seconds:
            notes.append(f"The voice takes about {float(voice):.1f} s, longer than the film.")
        return _frames(brief.seconds, brief.rate)
    wanted = math.ceil((voice or Fraction(USUAL_SECONDS)) * brief.rate)  # nothing of a recording is cut off
    most = _frames(Fraction(MOST_SECONDS), brief.rate)
    if wanted > most:
        notes.append(f"The voice takes about {float(voice):.1f} s; the film is kept to {MOST_SECONDS} s.")
    return min(most, max(wanted, count * unit))


def _voice_seconds(brief: Brief, spoken: list[str]) -> Fraction:
    if brief.voice is None:
        return Fraction(0)
    if brief.voice.seconds is not None:
        return brief.voice.seconds
    return sum((max(Fraction(1), spoken_seconds(one)) for one in spoken), Fraction(0)) if any(spoken) else Fraction(0)


def _asked_overlap(brief: Brief) -> int:
    if not brief.structure:
        return FADE_SECONDS.nearest_frame(brief.rate)
    return 0 if STRUCTURE_TRANSITION[brief.structure] == "cut" else TRANSITION_LENGTH.nearest_frame(brief.rate)


def _shot(
    brief: Brief,
    index: int,
    scene: _Scene,
    style: Style,
    scenes: Sequence[_Scene],
    frames: tuple[int, int, int],
    said: str,
) -> Shot:
    """`frames`: the scene's share of the cut, its own length, and that of each transition."""
    share, length, overlap = frames
    transition = (FADE if not brief.structure else "") if index and overlap else ""
    shot = Shot(
        description=shortened(scene.description),
        name=scene.name or first_words(scene.description),
        duration=RationalTime.from_frames(length, brief.rate),
        mood=style.mood,
        image_reference=scene.image,
        overlays=_caption(brief, scene.caption, share),
        transition=transition,
        transition_duration=RationalTime.from_frames(overlap, brief.rate) if index and overlap else None,
        id=f"scene-{index + 1}",
        extra={DIALOGUE: said} if said else {},
    )
    return filmed(shot, style.camera or (_ken_burns(index, scenes) if scene.image else ""))


def _ken_burns(index: int, scenes: Sequence[_Scene]) -> str:
    """Into a picture; out of it where the scene before went into the same one."""
    run = 0
    while run < index and scenes[index - run - 1].image == scenes[index].image:
        run += 1
    return "zoom_out" if run % 2 else "zoom_in"


def _caption(brief: Brief, text: str, share: int) -> tuple[Overlay, ...]:
    if not (brief.captions and text):
        return ()
    lead = CAPTION_LEAD.nearest_frame(brief.rate)
    start, length = (RationalTime.from_frames(one, brief.rate) for one in (lead, max(1, share - 2 * lead)))
    return (Overlay("subtitles", start, length, *PLACE, style=caption_style(text, brief.width, brief.height)),)


def _board(brief: Brief, style: Style, shots: tuple[Shot, ...]) -> Storyboard:
    what = "|".join((brief.text, *brief.images, brief.style, str(brief.seconds), brief.structure))
    voice = brief.voice
    return Storyboard(
        title=brief.title or first_words(shots[0].description) or shots[0].name or Storyboard.title,
        shots=shots,
        global_style=style.look,
        width=brief.width,
        height=brief.height,
        rate=brief.rate,
        narrative_structure=brief.structure or Storyboard.narrative_structure,
        auto_transitions=bool(brief.structure),
        voice=AudioCue("voiceover", voice.path, volume=1.0, fade_in=RationalTime(0), fade_out=RationalTime(0))
        if voice and voice.path
        else None,
        title_card=False,
        id=hashlib.blake2b(what.encode(), digest_size=6).hexdigest(),
    )
