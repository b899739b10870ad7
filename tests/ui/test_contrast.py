"""Words can be read: every pair of text and ground that is painted has a contrast of 4.5 to 1 or more, by the formula of WCAG 2."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor

from ui.qt import tokens

pytestmark = pytest.mark.qt

SURFACES = ("window", "well", "inset", "lane", "lane_alt", "panel", "raised", "overlay", "control", "hover", "selected")
CLIPS = ("video", "audio", "title", "adjustment", "nested", "missing")
STATES = ("queued", "running", "landing", "ready", "failed", "over_budget", "slow")
CHIP = ("surface.well", 130 / 255)
"""The dark field of a chip on whatever is there."""
NOTE = ("surface.well", 170 / 255)
"""The field under a fade's length and a transition's name."""
GHOST_NOTE = ("surface.overlay", 0.92)
Pair = tuple[str, QColor]


def luminance(colour: QColor) -> float:
    parts = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.getRgbF()[:3]]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: QColor, other: QColor) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def over(ground: QColor, token: str, alpha: float) -> QColor:
    """The colour that is seen where a see-through one lies over a ground."""
    top = tokens.color(token)
    mixed = (alpha * a + (1 - alpha) * b for a, b in zip(top.getRgbF()[:3], ground.getRgbF()[:3], strict=True))
    return QColor.fromRgbF(*mixed)


def plain() -> dict[str, tuple[str, QColor]]:
    """Pairs by name: the ink's token, and the ground."""
    found = {
        f"text.{ink} on surface.{one}": (f"text.{ink}", tokens.color(f"surface.{one}"))
        for ink in ("primary", "secondary", "muted")
        for one in SURFACES
    }
    found |= {
        f"state.{ink} on surface.{one}": (f"state.{ink}", tokens.color(f"surface.{one}"))
        for ink in STATES
        for one in ("window", "inset", "panel", "raised", "overlay")
    }
    found |= {f"text.on_clip on clip.{one}": ("text.on_clip", tokens.color(f"clip.{one}")) for one in CLIPS}
    found |= {f"a chip on clip.{one}": ("text.on_clip", over(tokens.color(f"clip.{one}"), *CHIP)) for one in CLIPS}
    found |= {f"a note on clip.{one}": ("text.on_clip", over(tokens.color(f"clip.{one}_body"), *NOTE)) for one in CLIPS}
    found |= {
        f"words in clip.{one}_body": ("text.secondary", tokens.color(f"clip.{one}_body"))
        for one in ("title", "adjustment")
    }
    found["a waveform's clip has its name on its own strip"] = ("text.on_clip", tokens.color("clip.audio"))
    white = QColor("#ffffff")
    found["a ghost's note over a white picture"] = ("text.primary", over(white, *GHOST_NOTE))
    found["a transition's name over a white picture"] = ("text.on_clip", over(white, *NOTE))
    sound = over(tokens.color("surface.lane"), "clip.audio_body", 0.6)
    for ground, shade in (("a placeholder", tokens.color("clip.placeholder_body")), ("a placeholder of sound", sound)):
        striped = over(shade, "clip.placeholder_line", 0.16)
        inks = ("text.on_clip", "text.muted", *(f"state.{one}" for one in STATES if one != "failed"))
        found |= {f"{ink} on stripes of {ground}": (ink, striped) for ink in inks}
    inks = ("text.on_clip", "text.muted", "state.failed")
    found |= {f"{ink} on a failed placeholder": (ink, tokens.color("state.failed_fill")) for ink in inks}
    found["running on its fill"] = ("state.running", tokens.color("state.running_fill"))
    return found


@pytest.mark.parametrize("pair", plain())
def test_words_can_be_read(pair: str) -> None:
    ink, ground = plain()[pair]
    assert contrast(tokens.color(ink), ground) >= 4.5, f"{contrast(tokens.color(ink), ground):.2f}"


@pytest.mark.parametrize("accent", tokens.accents())
def test_every_accent_one_may_choose_can_be_read_and_read_upon(accent: str) -> None:
    tokens.wear(accent)
    try:
        for shade in ("default", "hover", "pressed"):
            assert contrast(tokens.color("text.on_accent"), tokens.color(f"accent.{shade}")) >= 4.5
        for surface in ("well", "inset", "panel", "raised", "overlay", "selected"):
            assert contrast(tokens.color("accent.default"), tokens.color(f"surface.{surface}")) >= 4.5
        for ink in ("primary", "secondary", "muted"):
            assert contrast(tokens.color(f"text.{ink}"), tokens.color("surface.selected")) >= 4.5
    finally:
        tokens.undress()


@pytest.mark.parametrize("mark", ["accent.default", "border.strong", "border.inactive"])
def test_edges_that_tell_a_state_are_seen(mark: str) -> None:
    for surface in ("window", "inset", "lane", "panel", "raised", "overlay"):
        assert contrast(tokens.color(mark), tokens.color(f"surface.{surface}")) >= 3
