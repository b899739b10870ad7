"""What a new plan changes of a shot, in words: `2.5 s → 3.3 s`, `Camera: Static → Dolly in`."""

from __future__ import annotations

from collections.abc import Iterator

from studio_app.planning.camera_choice import chosen_camera
from studio_app.planning.shot_edits import dialogue_of
from timeline.storyboard import Shot
from timeline.time import RationalTime
from ui import words
from ui.qt.language import FORM, QT_TRANSLATE_NOOP, translated

_CONTEXT = "ShotChanges"
_NAMES = {
    "camera": QT_TRANSLATE_NOOP("ShotChanges", "Camera"),
    "subject": QT_TRANSLATE_NOOP("ShotChanges", "Subject"),
    "mood": QT_TRANSLATE_NOOP("ShotChanges", "Mood"),
    "transition": QT_TRANSLATE_NOOP("ShotChanges", "Transition in"),
}
_NONE = QT_TRANSLATE_NOOP("ShotChanges", "none")
_OTHERS = (
    ("description", QT_TRANSLATE_NOOP("ShotChanges", "Other words")),
    ("image_reference", QT_TRANSLATE_NOOP("ShotChanges", "Another reference")),
    ("overlays", QT_TRANSLATE_NOOP("ShotChanges", "Another caption")),
)


def length_change(before: RationalTime, after: RationalTime) -> str:
    """`2.5 s → 3.3 s`, to the hundredth where a tenth would not show it; the length alone where it stays."""
    if before == after:
        return words.seconds(after)
    olds, news = words.seconds(before), words.seconds(after)
    if olds == news:
        olds, news = f"{before.to_seconds():.2f} s", f"{after.to_seconds():.2f} s"
    return f"{olds} → {news}"


def changes_in(before: Shot, after: Shot) -> tuple[str, ...]:
    """All but the length, each in a few words."""
    return tuple(_changes(before, after))


def _changes(before: Shot, after: Shot) -> Iterator[str]:
    old, new = _looks(before), _looks(after)
    for name, called in _NAMES.items():
        if old[name] != new[name]:
            before_it = f"{_said(old[name])} → " if _is_said(old[name]) else ""
            yield f"{translated(_CONTEXT, called)}: {before_it}{_said(new[name])}"
    for name, told in _OTHERS:
        if getattr(before, name) != getattr(after, name):
            yield translated(_CONTEXT, told)
    if dialogue_of(before) != dialogue_of(after):
        yield translated(_CONTEXT, QT_TRANSLATE_NOOP("ShotChanges", "Other dialogue"))


def _looks(shot: Shot) -> dict[str, str]:
    return {
        "camera": chosen_camera(shot),
        "subject": shot.subject_motion,
        "mood": shot.mood,
        "transition": shot.transition,
    }


def _is_said(value: str) -> bool:
    return value not in ("", "none")


def _said(value: str) -> str:
    return translated(FORM, words.title_case(value)) if _is_said(value) else translated(_CONTEXT, _NONE)
