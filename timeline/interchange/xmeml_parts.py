"""The small parts of xmeml: rates, timecodes, levels that move, filters and text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from math import isclose

from lxml import etree

from timeline.curve import Curve, Interpolation, Value
from timeline.interchange.base import Notes, clean, plain
from timeline.items import Clip, GeneratorSource, Marker, Transition
from timeline.sequence import Sequence
from timeline.time import ZERO, FrameRate, RationalTime
from timeline.timecode import can_drop, format_timecode, nominal_fps
from timeline.track import Track

Element = etree._Element  # noqa: SLF001 - lxml's public name for annotations is this one
LOUDEST = 3.98109
"""+12 dB: the format's highest level."""
_HEX = re.compile("#?" + "([0-9a-fA-F]{2})" * 3 + "([0-9a-fA-F]{2})?")
_COLOURS = {
    "red": (255, 59, 48),
    "orange": (255, 149, 0),
    "yellow": (255, 204, 0),
    "green": (52, 199, 89),
    "cyan": (50, 173, 230),
    "teal": (48, 176, 199),
    "blue": (0, 122, 255),
    "purple": (175, 82, 222),
    "magenta": (255, 45, 146),
    "pink": (255, 100, 130),
    "white": (255, 255, 255),
    "black": (0, 0, 0),
}
_ALIGNMENTS = {"left": "1", "center": "2", "right": "3"}
Points = list[tuple[RationalTime, float]]
"""Levels by time since the clip's start (record); straight lines between them."""


def put(parent: Element, tag: str, text: object | None = None) -> Element:
    """A new last child, with text if any."""
    element = etree.SubElement(parent, tag)
    if text is not None:
        element.text = ("TRUE" if text else "FALSE") if isinstance(text, bool) else clean(str(text))
    return element


def put_rate(parent: Element, rate: FrameRate) -> None:
    """`<rate>`: whole frames a second, and whether they are a thousandth slower."""
    element = put(parent, "rate")
    put(element, "timebase", nominal_fps(rate))
    put(element, "ntsc", rate.denominator == 1001)


def put_timecode(parent: Element, time: RationalTime, rate: FrameRate, drop: bool) -> None:
    """`<timecode>` of the first frame."""
    drop = drop and can_drop(rate)
    element = put(parent, "timecode")
    put_rate(element, rate)
    put(element, "string", format_timecode(time, rate, drop))
    put(element, "frame", time.nearest_frame(rate))
    put(element, "displayformat", "DF" if drop else "NDF")


def put_effect(
    parent: Element, name: str, effect_id: str, kind: str, media: str, category: str | None = None
) -> Element:
    """`<effect>` with its name and kind; parameters follow."""
    element = put(parent, "effect")
    for tag, text in (("name", name), ("effectid", effect_id), ("effectcategory", category or kind)):
        put(element, tag, text)
    put(element, "effecttype", kind)
    put(element, "mediatype", media)
    return element


def put_parameter(effect: Element, name: str, value: object | None = None) -> Element:
    """`<parameter>` with a plain value, or for more to follow."""
    element = put(effect, "parameter")
    put(element, "parameterid", name)
    put(element, "name", name)
    if value is not None:
        put(element, "value", value)
    return element


def put_time_remap(parent: Element, clip: Clip, media: str) -> None:
    """A constant speed; in and out of the clip count frames at that speed."""
    effect = put_effect(put(parent, "filter"), "Time Remap", "timeremap", "motion", media)
    put_parameter(effect, "variablespeed", 0)
    put_parameter(effect, "speed", f"{float(abs(clip.speed)) * 100:.10g}")
    put_parameter(effect, "reverse", clip.speed < 0)
    put_parameter(effect, "frameblending", False)


def levels(
    clip: Clip, value: float | Curve, factor: float, notes: Notes, track: Track, covered: tuple[bool, bool]
) -> Points:
    """A level over a clip with its fades, times `factor`; `covered`: transitions lie over head and tail, so no fade there."""
    points: dict[RationalTime, float] = {}
    ends = (ZERO, clip.duration)
    if isinstance(value, Curve):
        if any(key.interpolation is not Interpolation.LINEAR for key in value.keyframes[:-1]):
            notes.changed("Eased or held keyframes are written as straight lines.", track=track.name)
        for key in value.keyframes:
            since = key.time - clip.source_range.start if clip.speed > 0 else clip.source_range.end - key.time
            points[since / abs(clip.speed)] = 0.0
    fade_in = ZERO if covered[0] else clip.fade_in
    fade_out = ZERO if covered[1] else clip.fade_out
    corners = [*ends, *([fade_in] * bool(fade_in)), *([clip.duration - fade_out] * bool(fade_out))]
    for time in (*points, *corners):
        if ends[0] <= time <= ends[1]:
            points[time] = _level_at(clip, value, factor, time, fade_in, fade_out)
    inside = [(time, points[time]) for time in sorted(points) if ends[0] <= time <= ends[1]]
    return inside if any(not isclose(level, inside[0][1]) for _, level in inside) else inside[:1]


def _level_at(
    clip: Clip, value: float | Curve, factor: float, since: RationalTime, fade_in: RationalTime, fade_out: RationalTime
) -> float:
    level = plain(value, clip.running_time(since)) * factor
    if fade_in:
        level *= min(1.0, float(since / fade_in))
    if fade_out:
        level *= min(1.0, float((clip.duration - since) / fade_out))
    return level


def put_levels(
    parameter: Element,
    points: Points,
    spread: tuple[float, float],
    frame: Callable[[RationalTime], int],
    unit: float = 1,
) -> None:
    """The value, and keyframes where it moves; `frame` is the clip's own frame at a time since its start."""
    put(parameter, "valuemin", f"{spread[0]:g}")
    put(parameter, "valuemax", f"{spread[1]:g}")
    put(parameter, "value", f"{points[0][1] * unit:.6g}")
    for time, level in points if len(points) > 1 else ():
        key = put(parameter, "keyframe")
        put(key, "when", frame(time))
        put(key, "value", f"{level * unit:.6g}")


def put_motion(
    parent: Element, clip: Clip, size: tuple[int, int], sequence: Sequence, track: Track, notes: Notes
) -> None:
    """Scale, rotation, place and crop: 100 % is the file's own size there, the fitted one here."""
    at = clip.source_range.start
    uses = [use for use in clip.effects if use.enabled]
    placing = next((use for use in uses if use.effect == "transform"), None)
    for use in uses:
        if use is not placing:
            notes.lost(f'The effect "{use.effect}" is not carried.', track=track.name)
    if any(use.enabled for use in track.effects):
        notes.lost("Effects of a whole track are not carried.", track=track.name)
    values = dict(placing.values) if placing else {}
    if any(isinstance(value, Curve) for value in values.values()):
        notes.changed("Moving position, scale or rotation is written as its first value.", track=track.name)
    number = _numbers(values.items(), at)
    scale = number.get("scale", 100.0) * _fit(str(values.get("fit", "fit")), size, sequence, notes)
    x, y, turn = (number.get(name, 0.0) for name in ("position_x", "position_y", "rotation"))
    if not isclose(scale, 100.0, rel_tol=1e-6) or x or y or turn:
        effect = put_effect(put(parent, "filter"), "Basic Motion", "basic", "motion", "video")
        put_parameter(effect, "scale", f"{scale:.6g}")
        put_parameter(effect, "rotation", f"{turn:g}")
        centre = put(put_parameter(effect, "center"), "value")
        put(centre, "horiz", f"{x / size[0]:.6g}")
        put(centre, "vert", f"{y / size[1]:.6g}")
    sides = {side: number.get(f"crop_{side}", 0.0) for side in ("left", "right", "top", "bottom")}
    if any(sides.values()):
        effect = put_effect(put(parent, "filter"), "Crop", "crop", "motion", "video")
        for side, share in sides.items():
            put_parameter(effect, side, f"{share:g}")


def _fit(kind: str, size: tuple[int, int], sequence: Sequence, notes: Notes) -> float:
    across, down = sequence.width / size[0], sequence.height / size[1]
    if kind == "stretch" and not isclose(across, down):
        notes.changed("A picture stretched out of its shape is written as a fitted one.")
    return {"none": 1.0, "fill": max(across, down)}.get(kind, min(across, down))


def put_title(parent: Element, source: GeneratorSource, sequence: Sequence) -> None:
    """Words, font, size, colour and place of a title, as Final Cut's own text generator has them."""
    number = _numbers(source.values.items(), ZERO)
    words = {name: value for name, value in source.values.items() if isinstance(value, str)}
    effect = put_effect(parent, "Text", "Text", "generator", "video", "Text")
    put_parameter(effect, "str", words.get("text", ""))
    put_parameter(effect, "fontname", words.get("font", "Inter"))
    put_parameter(effect, "fontsize", f"{number.get('size', 96):g}")
    put_parameter(effect, "fontstyle", 2 if number.get("weight", 600) >= 600 else 1)
    put_parameter(effect, "fontalign", _ALIGNMENTS.get(words.get("align", "center"), "2"))
    put_colour(effect, "fontcolor", words.get("colour", "#ffffff"))
    origin = put(put_parameter(effect, "origin"), "value")
    put(origin, "horiz", f"{(number.get('x', 50) - 50) / 100:.6g}")
    put(origin, "vert", f"{(number.get('y', 50) - 50) / 100:.6g}")


def put_colour(effect: Element, name: str, text: str) -> None:
    """`#rrggbb[aa]` as a parameter; white when it is something else."""
    match = _HEX.fullmatch(text)
    red, green, blue, alpha = (int(part or "ff", 16) for part in match.groups()) if match else (255,) * 4
    value = put(put_parameter(effect, name), "value")
    for tag, level in (("alpha", alpha), ("red", red), ("green", green), ("blue", blue)):
        put(value, tag, level)


def _numbers(values: Iterable[tuple[str, Value | Curve]], at: RationalTime) -> dict[str, float]:
    return {name: plain(value, at) for name, value in values if isinstance(value, (int, float, Curve))}


def transition_item(
    one: Transition, track: Track, reach: tuple[RationalTime, RationalTime], rate: FrameRate, notes: Notes
) -> Element:
    """`<transitionitem>` from `reach` before the cut to `reach` behind it; video ones are all written as dissolves."""
    cut = track.cut_of(one) or ZERO
    before, after = reach
    element = etree.Element("transitionitem")
    put_rate(element, rate)
    put(element, "start", (cut - before).frames(rate))
    put(element, "end", (cut + after).frames(rate))
    if one.left_id is None:
        alignment = "start-black"
    elif one.right_id is None:
        alignment = "end-black"
    else:
        alignment = "start" if not before else "end" if not after else "center"
        if alignment == "center" and abs((after - before).frames(rate)) > 1:
            notes.changed("A transition off the middle of its cut may be centred there.", cut)
    put(element, "alignment", alignment)
    if track.is_audio:
        name, effect_id = "Cross Fade (+3dB)", "KGAudioTransCrossFade3dB"
        put_effect(element, name, effect_id, "transition", "audio")
        return element
    if one.effect not in ("dissolve", "fade"):
        notes.changed(f'The transition "{one.effect}" is written as a cross dissolve.', cut)
    put_effect(element, "Cross Dissolve", "Cross Dissolve", "transition", "video", "Dissolve")
    return element


def put_marker(parent: Element, marker: Marker, frame: int, rate: FrameRate) -> None:
    """A marker at a frame of its parent; one without length ends at -1."""
    element = put(parent, "marker")
    put(element, "name", marker.name or "Marker")
    put(element, "comment", marker.note)
    put(element, "in", frame)
    put(element, "out", frame + marker.duration.frames(rate) if marker.duration else -1)
    colour = _COLOURS.get(marker.colour.casefold())
    if colour is not None:
        value = put(element, "color")
        for tag, level in zip(("alpha", "red", "green", "blue"), (255, *colour), strict=True):
            put(value, tag, level)
