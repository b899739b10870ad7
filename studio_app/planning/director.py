"""Three ways to film a shot by how it shall feel: a number from 0 (dreamlike) to 100 (breathless) is one of four bands.

Bands and names of the ways are those people know from directing tools; each is one of our camera motions and a few words.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from studio_app.planning.camera_choice import with_camera
from timeline.storyboard import Shot


@dataclass(frozen=True)
class Variant:
    """One way to film it. `words` go to the end of the description, in place of those of another way."""

    id: str
    title: str
    camera: str
    words: str


@dataclass(frozen=True)
class Band:
    """A stretch of moods: from `start` up to the next one's."""

    id: str
    title: str
    start: int
    mood: str
    variants: tuple[Variant, Variant, Variant]


BANDS = (
    Band(
        "surreal_trip", "Surreal", 0, "surreal",
        (
            Variant("bullet_time", "Bullet time", "orbit_right", "time frozen while the camera circles"),
            Variant("through_object", "Through things", "dolly_in", "the camera passes straight through what is in front"),
            Variant("spiral_zoom", "Spiral zoom", "zoom_in", "the view spirals inwards"),
        ),
    ),
    Band(
        "intimate_story", "Intimate", 25, "intimate",
        (
            Variant("static_focus", "Static, in focus", "static", "held still, shallow focus on the subject"),
            Variant("dolly_zoom", "Dolly zoom", "dolly_out", "the background stretches away behind the subject"),
            Variant("handheld_subtle", "Handheld", "pan_left", "filmed by hand, close, breathing gently"),
        ),
    ),
    Band(
        "luxury_reveal", "Luxury", 50, "elegant",
        (
            Variant("dolly_slow", "Slow dolly", "dolly_in", "a slow, smooth approach"),
            Variant("pan_slow", "Slow pan", "pan_right", "a slow, even sweep across"),
            Variant("crane_up", "Crane up", "crane_up", "rising to reveal the whole"),
        ),
    ),
    Band(
        "high_energy", "High energy", 75, "energetic",
        (
            Variant("fpv_drone", "Racing drone", "dolly_in", "racing low through the scene, the camera fast and close"),
            Variant("crash_zoom", "Crash zoom", "zoom_in", "a sudden hard zoom onto the subject"),
            Variant("whip_pan", "Whip pan", "pan_right", "whipped round with motion blur"),
        ),
    ),
)  # fmt: skip
HIGHEST = 100
_WORDS = frozenset(one.words for band in BANDS for one in band.variants)


def band_of(mood: int) -> Band:
    """The band of a mood: [0, 25), [25, 50), [50, 75), [75, 100]; what lies beyond counts as the nearest end."""
    return next(band for band in reversed(BANDS) if mood >= band.start or band is BANDS[0])


def mood_of(shot: Shot) -> int:
    """The slider's place for a shot: where it was left, else the middle of the band its mood is of, else 37."""
    kept = shot.extra.get("director_mood")
    if isinstance(kept, int) and 0 <= kept <= HIGHEST:
        return kept
    named = next((band for band in BANDS if shot.mood and shot.mood.casefold() in (band.mood, band.id)), BANDS[1])
    return named.start + 12


def directed(shot: Shot, mood: int, variant: Variant) -> dict[str, Any]:
    """What of a shot changes when it is filmed so: camera, mood and words; words of another way are taken out first."""
    said = shot.description.strip()
    for words in _WORDS:
        said = said.replace(f", {words}", "")
    said = said.rstrip(".,")
    return {
        "description": f"{said}, {variant.words}" if said else variant.words,
        "camera_motion": variant.camera,
        "mood": band_of(mood).mood,
        "extra": {
            **with_camera(shot, variant.camera)["extra"],
            "director_mood": max(0, min(HIGHEST, mood)),
            "director": variant.id,
        },
    }


def as_directed(shot: Shot, mood: int, variant: Variant) -> Shot:
    """The shot as it would be."""
    return replace(shot, **directed(shot, mood, variant))
