"""The moods of the embedded composer: tempo, scale, register, colour and players of each, and words that mean the same."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches

MAJOR = (0, 2, 4, 5, 7, 9, 11)
MINOR = (0, 2, 3, 5, 7, 8, 10)
DORIAN = (0, 2, 3, 5, 7, 9, 10)
PHRYGIAN = (0, 1, 3, 5, 7, 8, 10)
LYDIAN = (0, 2, 4, 6, 7, 9, 11)
MIXOLYDIAN = (0, 2, 4, 5, 7, 9, 10)


@dataclass(frozen=True)
class Mood:
    """How a mood sounds.

    `tonic` is a MIDI note of the bass octave, `scale` semitones above it, `chords` the degrees of the scale (0 is the
    tonic) one after the other, `ending` the degree that leads home. `brightness` 0-1 opens the pads, `drive` 0-1 brings
    in drums, `motion` 0-1 the moving notes, `space` 0-1 the reverb. `sevenths` makes four-note chords; `swing` is where
    the second half of a beat falls (0.5 is even). `groove` names a drum pattern, `bass` and `comp` ways to play,
    `lead` and `moving` instruments.
    """

    bpm: float
    tonic: int
    scale: tuple[int, ...]
    chords: tuple[int, ...]
    ending: int
    brightness: float
    drive: float = 0.0
    motion: float = 0.5
    space: float = 0.4
    sevenths: bool = False
    swing: float = 0.5
    groove: str = "none"
    bass: str = "root"
    comp: str = "none"
    lead: str = "flute"
    moving: str = "pluck"


MOODS: dict[str, Mood] = {
    "neutral": Mood(92, 45, MAJOR, (0, 5, 3, 4), 4, 0.45, 0.2, 0.45, groove="soft", comp="push"),
    "ominous": Mood(60, 36, PHRYGIAN, (0, 1, 0, 5), 1, 0.10, 0.3, 0.18, 0.60, groove="heart", bass="drone", lead="low"),
    "tense": Mood(104, 38, PHRYGIAN, (0, 0, 1, 0), 1, 0.35, 0.45, 0.60, 0.30, groove="tick", bass="pulse", lead="low"),
    "dark": Mood(66, 37, MINOR, (0, 5, 0, 3), 4, 0.14, 0.25, 0.20, 0.55, groove="heart", bass="drone", lead="low"),
    "moody": Mood(76, 40, DORIAN, (0, 3, 5, 4), 4, 0.28, 0.35, 0.35, 0.45, True, 0.58, "brush", "walk", "push", "flute", "keys"),
    "melancholy": Mood(68, 45, MINOR, (0, 5, 2, 6), 6, 0.30, 0.0, 0.50, 0.50, moving="piano"),
    "calm": Mood(72, 43, MAJOR, (0, 3, 5, 3), 4, 0.34, 0.0, 0.40, 0.50, sevenths=True, moving="keys"),
    "dramatic": Mood(84, 38, MINOR, (0, 5, 3, 4), 4, 0.50, 0.60, 0.45, 0.45, groove="taiko", comp="spiccato", lead="horn"),
    "peaceful": Mood(64, 41, LYDIAN, (0, 1, 0, 4), 4, 0.30, 0.0, 0.35, 0.55, bass="drone", moving="piano"),
    "suspenseful": Mood(96, 42, MINOR, (0, 5, 1, 0), 1, 0.28, 0.35, 0.55, 0.40, groove="tick", bass="pulse", lead="low"),
    "soft": Mood(70, 48, MAJOR, (0, 5, 1, 3), 4, 0.26, 0.0, 0.45, 0.50, sevenths=True, moving="keys"),
    "intense": Mood(126, 38, MINOR, (0, 0, 5, 6), 6, 0.62, 0.85, 0.70, 0.25, groove="drive", bass="pulse", comp="spiccato", lead="saw"),
    "uplifting": Mood(112, 45, MAJOR, (0, 4, 5, 3), 4, 0.60, 0.60, 0.70, 0.35, groove="pop", bass="pulse", comp="push", moving="piano"),
    "dreamy": Mood(74, 46, LYDIAN, (0, 1, 5, 4), 4, 0.42, 0.0, 0.60, 0.65, sevenths=True, bass="drone", moving="bell"),
    "hopeful": Mood(96, 43, MAJOR, (5, 3, 0, 4), 4, 0.52, 0.40, 0.60, 0.40, groove="soft", comp="push", moving="piano"),
    "chaotic": Mood(138, 40, PHRYGIAN, (0, 1, 4, 1), 1, 0.60, 0.85, 0.90, 0.20, groove="break", bass="rolling", lead="saw"),
    "harsh": Mood(118, 37, PHRYGIAN, (0, 1, 0, 4), 1, 0.75, 0.75, 0.45, 0.20, groove="drive", bass="rolling", comp="spiccato", lead="saw"),
    "bright": Mood(116, 48, MAJOR, (0, 3, 4, 3), 4, 0.72, 0.55, 0.75, 0.30, groove="pop", comp="push", moving="bell"),
    "energetic": Mood(124, 45, MIXOLYDIAN, (0, 6, 3, 0), 6, 0.68, 0.9, 0.8, 0.25, groove="drive", bass="offbeat", comp="push", lead="saw"),
    "playful": Mood(120, 48, MAJOR, (0, 1, 4, 0), 4, 0.60, 0.45, 0.85, 0.25, False, 0.6, "hop", "walk", "push", "bell", "marimba"),
}  # fmt: skip

_SAME_AS = {
    "neutral": "plain natural simple default documentary",
    "ominous": "menacing threatening foreboding eerie sinister haunting",
    "tense": "nervous anxious uneasy paranoid",
    "dark": "gloomy grim noir bleak black",
    "moody": "brooding smoky urban noirish introspective reflective thoughtful",
    "melancholy": "melancholic sad wistful nostalgic lonely sorrowful bittersweet longing",
    "calm": "relaxed relaxing quiet still chill mellow slow lowkey meditative",
    "dramatic": "epic cinematic grand majestic heroic powerful",
    "peaceful": "serene tranquil gentle pastoral restful",
    "suspenseful": "mysterious suspense thriller curious secretive",
    "soft": "tender warm intimate romantic cosy cozy delicate",
    "intense": "driving fierce urgent action aggressive",
    "uplifting": "inspiring triumphant joyful happy optimistic motivational",
    "dreamy": "dream dreamlike ethereal magical surreal floating hazy vibing",
    "hopeful": "hope promising expectant fresh morning",
    "chaotic": "frantic wild crazy erratic",
    "harsh": "industrial brutal raw cold",
    "bright": "cheerful sunny light clear clean elegant",
    "energetic": "upbeat dance party fast techno house lit neon sport exciting",
    "playful": "fun funny whimsical quirky childlike cute comic",
}
_LONGEST_TEXT = 400
_WORDS = {word: mood for mood, words in _SAME_AS.items() for word in words.split()}


def nearest_mood(text: str) -> str:
    """The id of the mood meant by a word or phrase; `neutral` when nothing is understood."""
    letters = "".join(c if c.isalpha() else " " for c in text[:_LONGEST_TEXT].casefold())
    words = [word for word in letters.split() if len(word) > 2]
    for word in words:
        if word in MOODS:
            return word
    for word in words:
        if word in _WORDS:
            return _WORDS[word]
    for word in words:
        close = get_close_matches(word, [*MOODS, *_WORDS], n=1, cutoff=0.8)
        if close:
            return _WORDS.get(close[0], close[0])
    return "neutral"
