"""What the figures of a clip say in words, row by row. No widgets here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QCoreApplication

from studio_app.services.analyses import (
    Analysis,
    Colour,
    Composition,
    Consistency,
    Cuts,
    Graphics,
    Motion,
    Sound,
)
from ui import words
from ui.qt.language import QT_TRANSLATE_NOOP, translated

Mark = Literal["", "swatches", "levels", "brightness", "motion", "cuts", "weight", "level"]

CAMERA = {
    "static": QT_TRANSLATE_NOOP("Analysis", "still"),
    "pan left": QT_TRANSLATE_NOOP("Analysis", "pans left"),
    "pan right": QT_TRANSLATE_NOOP("Analysis", "pans right"),
    "tilt up": QT_TRANSLATE_NOOP("Analysis", "tilts up"),
    "tilt down": QT_TRANSLATE_NOOP("Analysis", "tilts down"),
    "zoom in": QT_TRANSLATE_NOOP("Analysis", "zooms in"),
    "zoom out": QT_TRANSLATE_NOOP("Analysis", "zooms out"),
    "roll": QT_TRANSLATE_NOOP("Analysis", "rolls"),
    "handheld": QT_TRANSLATE_NOOP("Analysis", "handheld"),
}
TREND = {
    "increasing": QT_TRANSLATE_NOOP("Analysis", "growing"),
    "decreasing": QT_TRANSLATE_NOOP("Analysis", "fading"),
    "steady": QT_TRANSLATE_NOOP("Analysis", "steady"),
}
HEARD = {
    "speech": QT_TRANSLATE_NOOP("Analysis", "speech"),
    "music": QT_TRANSLATE_NOOP("Analysis", "music"),
    "noise": QT_TRANSLATE_NOOP("Analysis", "noise"),
    "silence": QT_TRANSLATE_NOOP("Analysis", "silence"),
}
NEAR = 0.06
"""Distance below which a palette is called near."""
FLICKERS = 0.002
_LEAST_HEARD = 0.02


@dataclass(frozen=True)
class Line:
    """One row: what it is, what was found, which mark stands beside it, and a sentence for the tooltip."""

    name: str
    text: str
    mark: Mark = ""
    tip: str = ""


def lines_of(found: Analysis) -> list[Line]:
    """All there is to say about a clip."""
    return [*_colour(found), *_motion(found), *_drawing(found), *_sound(found)]


def _colour(found: Analysis) -> Iterator[Line]:
    colour, over = found.get(Colour), found.get(Consistency)
    if colour is not None:
        codes = "  ".join(one.colour for one in colour.swatches[:3])
        yield Line(QCoreApplication.translate("Analysis", "Colours"), codes, "swatches")
        name = colour.palette.replace("_", " ").capitalize()
        near = colour.palette_distance < NEAR
        shape = (
            QCoreApplication.translate("Analysis", "{name}, near")
            if near
            else QCoreApplication.translate("Analysis", "Nearest is {name}")
        )
        yield Line(
            QCoreApplication.translate("Analysis", "Palette"),
            shape.format(name=name),
            tip=QCoreApplication.translate(
                "Analysis", "Distance {distance}: below 0.05 alike, above 0.15 another one"
            ).format(distance=f"{colour.palette_distance:.2f}"),
        )
        yield Line(QCoreApplication.translate("Analysis", "Levels"), "", "levels")
        yield Line(QCoreApplication.translate("Analysis", "Brightness"), words.percent(colour.brightness), "brightness")
        yield Line(QCoreApplication.translate("Analysis", "Contrast"), words.percent(colour.contrast * 2))
        yield Line(QCoreApplication.translate("Analysis", "Saturation"), words.percent(colour.saturation))
    if over is not None and found.pictures > 2:
        flicker = (
            QCoreApplication.translate("Analysis", "None") if over.flicker < FLICKERS else f"{over.flicker * 100:.1f} %"
        )
        yield Line(
            QCoreApplication.translate("Analysis", "Flicker"),
            flicker,
            tip=QCoreApplication.translate("Analysis", "How far the brightness jumps to and fro from frame to frame"),
        )


def _motion(found: Analysis) -> Iterator[Line]:
    motion, cuts = found.get(Motion), found.get(Cuts)
    if motion is not None:
        trend = translated("Analysis", TREND[motion.trend])
        speed = QCoreApplication.translate("Analysis", "{speed} % a second, {trend}")
        yield Line(
            QCoreApplication.translate("Analysis", "Motion"),
            speed.format(speed=_short(motion.level * 100), trend=trend),
            "motion",
            QCoreApplication.translate("Analysis", "Of the picture's width; the mean of all that can be followed"),
        )
        camera = ", ".join(translated("Analysis", CAMERA.get(one, one)) for one in motion.camera.split(", "))
        yield Line(QCoreApplication.translate("Analysis", "Camera"), camera[:1].upper() + camera[1:])
        yield Line(
            QCoreApplication.translate("Analysis", "Subjects"),
            QCoreApplication.translate("Analysis", "{speed} % a second").format(
                speed=_short(motion.subject_level * 100)
            ),
            tip=QCoreApplication.translate("Analysis", "Motion that the camera does not explain"),
        )
    if cuts is not None and found.seconds:
        many = words.count(cuts.count)
        if not cuts.exact:
            many = QCoreApplication.translate("Analysis", "About {rate} a minute").format(rate=_short(cuts.per_minute))
        elif cuts.count and cuts.mean_shot is not None:
            many = QCoreApplication.translate("Analysis", "{count}, a shot is {length} s").format(
                count=many, length=_short(cuts.mean_shot)
            )
        elif not cuts.count:
            many = QCoreApplication.translate("Analysis", "None")
        yield Line(QCoreApplication.translate("Analysis", "Cuts"), many, "cuts" if cuts.count else "")


def _drawing(found: Analysis) -> Iterator[Line]:
    graphics, composed = found.get(Graphics), found.get(Composition)
    if graphics is not None:
        yield Line(
            QCoreApplication.translate("Analysis", "Busy"),
            words.percent(graphics.busyness),
            tip=QCoreApplication.translate("Analysis", "Share of the picture in which something is drawn"),
        )
        yield Line(QCoreApplication.translate("Analysis", "Edges"), words.percent(graphics.edge_density))
    if composed is not None:
        yield Line(
            QCoreApplication.translate("Analysis", "Weight"),
            "",
            "weight",
            QCoreApplication.translate(
                "Analysis", "The middle of all that stands out, between the lines of the thirds"
            ),
        )
        yield Line(QCoreApplication.translate("Analysis", "Symmetry"), words.percent(composed.symmetry))


def _sound(found: Analysis) -> Iterator[Line]:
    sound = found.get(Sound)
    if sound is None:
        return
    if sound.loudness is None:
        yield Line(QCoreApplication.translate("Analysis", "Sound"), QCoreApplication.translate("Analysis", "Silent"))
        return
    yield Line(QCoreApplication.translate("Analysis", "Loudness"), f"{words.signed(sound.loudness)} LUFS", "level")
    yield Line(QCoreApplication.translate("Analysis", "Peak"), f"{words.signed(sound.peak)} dB")
    tempo = (
        QCoreApplication.translate("Analysis", "No steady pulse")
        if sound.tempo is None
        else QCoreApplication.translate("Analysis", "{tempo} bpm").format(tempo=f"{sound.tempo:.1f}".removesuffix(".0"))
    )
    yield Line(QCoreApplication.translate("Analysis", "Tempo"), tempo)
    shares = sorted(((getattr(sound, name), name) for name in HEARD), reverse=True)
    heard = ", ".join(
        f"{translated('Analysis', HEARD[name])} {words.percent(share)}"
        for share, name in shares
        if share > _LEAST_HEARD
    )
    yield Line(QCoreApplication.translate("Analysis", "Sounds like"), heard[:1].upper() + heard[1:])


def _short(number: float) -> str:
    """Two digits that matter: `0.4`, `3.1`, `24`."""
    return f"{number:.1f}".removesuffix(".0") if number < 10 else f"{number:.0f}"
