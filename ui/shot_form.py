"""The fields of a shot as a form shows them, of one or of several at once, and as the project keeps them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from effects.params import ParamSpec
from studio_app.planning.camera_choice import chosen_camera, with_camera
from studio_app.planning.finishing import CHOICES as FINISHES
from studio_app.planning.finishing import FINISH, finish_of, with_finish
from studio_app.planning.shot_edits import DIALOGUE, dialogue_of, with_extra
from timeline.storyboard import CAMERA_MOTIONS, SUBJECT_MOTIONS, TRANSITIONS, Shot
from timeline.time import FrameRate, RationalTime
from ui.qt.language import QT_TRANSLATE_NOOP

BY_WORDS = QT_TRANSLATE_NOOP("Form", "As the words say")
"""What a camera is called that nobody chose."""
SPECS = (
    ParamSpec(
        "name",
        "text",
        QT_TRANSLATE_NOOP("Form", "Name"),
        "",
        help=QT_TRANSLATE_NOOP("Form", "Shown on the card; empty: the first words of the description."),
    ),
    ParamSpec(
        "duration",
        "float",
        QT_TRANSLATE_NOOP("Form", "Length"),
        5.0,
        0.04,
        None,
        "s",
        0.1,
        help=QT_TRANSLATE_NOOP("Form", "Planned length in the cut."),
    ),
    ParamSpec(
        "camera_motion",
        "choice",
        QT_TRANSLATE_NOOP("Form", "Camera"),
        "",
        choices=("", *CAMERA_MOTIONS),
        help=QT_TRANSLATE_NOOP("Form", "How the camera moves; static holds it still whatever the words say."),
        unset=BY_WORDS,
    ),
    ParamSpec(
        "subject_motion",
        "choice",
        QT_TRANSLATE_NOOP("Form", "Subject"),
        "none",
        choices=tuple(SUBJECT_MOTIONS),
        help=QT_TRANSLATE_NOOP("Form", "How what is seen moves."),
    ),
    ParamSpec(
        "mood",
        "text",
        QT_TRANSLATE_NOOP("Form", "Mood"),
        "",
        help=QT_TRANSLATE_NOOP("Form", "A word such as calm, tense, melancholic."),
    ),
    ParamSpec(
        "transition",
        "choice",
        QT_TRANSLATE_NOOP("Form", "Transition in"),
        "",
        choices=("", *TRANSITIONS),
        help=QT_TRANSLATE_NOOP("Form", "What leads into this shot."),
    ),
    ParamSpec(
        "tags",
        "text",
        QT_TRANSLATE_NOOP("Form", "Tags"),
        "",
        help=QT_TRANSLATE_NOOP("Form", "Words with commas between them: sent along, and searched for."),
    ),
    ParamSpec(
        "image_reference",
        "text",
        QT_TRANSLATE_NOOP("Form", "Reference"),
        "",
        widget="file",
        help=QT_TRANSLATE_NOOP("Form", "A picture that the film starts from."),
        unset=QT_TRANSLATE_NOOP("Form", "No picture"),
    ),
    ParamSpec(
        "dialogue",
        "text",
        QT_TRANSLATE_NOOP("Form", "Dialogue"),
        "",
        help=QT_TRANSLATE_NOOP("Form", "What is said: shown below the picture in the animatic, and printed."),
    ),
)
FINISH_SPEC = ParamSpec(
    FINISH,
    "choice",
    QT_TRANSLATE_NOOP("Form", "If it fails"),
    "",
    choices=FINISHES,
    help=QT_TRANSLATE_NOOP(
        "Form",
        "Strict: the shot says why and waits for you. Always finish: others are asked, the Starcut engine at last.",
    ),
    unset=QT_TRANSLATE_NOOP("Form", "As in Preferences"),
)
"""For shots that a service makes."""
OF_ONE = ("name", "dialogue")
"""Fields that make no sense for several shots at once."""


def values_of(shot: Shot) -> dict[str, Any]:
    """What the form shows."""
    found = {spec.name: getattr(shot, spec.name) for spec in SPECS if spec.name != DIALOGUE}
    finish = finish_of(shot)
    return {
        **found,
        "duration": shot.duration.to_seconds(),
        "camera_motion": chosen_camera(shot),
        "tags": ", ".join(shot.tags),
        DIALOGUE: dialogue_of(shot),
        FINISH: "" if finish is None else finish.value,
    }


def mixed_in(shots: Sequence[Shot]) -> set[str]:
    """Fields in which they differ."""
    rows = [values_of(shot) for shot in shots]
    return {name for name in rows[0] if any(one[name] != rows[0][name] for one in rows)}


def change_of(shot: Shot, rate: FrameRate, name: str, value: Any) -> dict[str, Any]:
    """What of the shot is set by a field of the form."""
    if name == "duration":
        frame = RationalTime.from_frames(1, rate)
        return {name: max(frame, RationalTime.from_seconds(value, rate))}
    if name == "tags":
        return {name: tuple(dict.fromkeys(one for part in str(value).split(",") if (one := part.strip())))}
    if name == "camera_motion":
        return with_camera(shot, value)
    if name == FINISH:
        return {"extra": with_finish(shot, value)}
    if name == DIALOGUE:
        return {"extra": with_extra(shot, DIALOGUE, str(value))}
    return {name: value}
