"""What there is to choose from, as lists of names; found in the folders of what is drawn, which knows the scene: so, late."""

from __future__ import annotations


def setting_names() -> tuple[str, ...]:
    """Every place that can be drawn."""
    from engines.generate.procedural.draw.setting import settings

    return tuple(settings())


def subject_names() -> tuple[str, ...]:
    """Everything that can stand, float or fly in a place."""
    from engines.generate.procedural.draw.subject_kind import subject_kinds

    return tuple(subject_kinds())


def motion_names() -> tuple[str, ...]:
    """Every way the camera can move."""
    from engines.generate.procedural.draw.moves import MOVES

    return tuple(MOVES)


def height_of(subject: str) -> float:
    """The usual height of a subject in frame heights."""
    from engines.generate.procedural.draw.subject_kind import subject_kinds

    kind = subject_kinds().get(subject)
    return kind.size if kind is not None else 0.3


def top_of(subject: str, scale: float, horizon: float) -> float:
    """About where the upper end of a subject is, y in frame heights from the middle: a few hundredths off in some places."""
    from engines.generate.procedural.draw.subject_kind import subject_kinds

    kind = subject_kinds().get(subject)
    tall = height_of(subject) * scale
    ground = kind.ground if kind is not None else "stands"
    below = {"stands": 0.15, "drives": 0.26, "floats": 0.06}.get(ground)
    return horizon + below - tall if below is not None else -0.2 - tall / 2
