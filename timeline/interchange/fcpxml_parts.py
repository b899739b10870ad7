"""The small parts of FCPXML: times, resources (formats, assets, effects) and the adjustments of a clip."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from math import log10

from lxml import etree

from timeline.curve import Curve
from timeline.interchange.base import MediaPath, Notes, clean, file_url, plain
from timeline.items import Clip, GeneratorSource
from timeline.media import Media, MediaKind
from timeline.sequence import Sequence
from timeline.time import ZERO, FrameRate, RationalTime, TimeRange
from timeline.timecode import rate_name
from timeline.track import BlendMode, Track

CROSS_DISSOLVE = ("Cross Dissolve", "FxPlug:4731E73A-8DAC-4113-9A30-AE85B1761265")
AUDIO_CROSSFADE = ("Audio Crossfade", "FFAudioTransition")
BASIC_TITLE = (
    "Basic Title",
    ".../Titles.localized/Bumper:Opener.localized/Basic Title.localized/Basic Title.moti",
)
TITLE_POSITION = "9999/999166631/999166633/1/100/101"
TITLE_HEIGHT = 1080  # the canvas titles are designed on
SILENCE_DB = -96
_HOLD_MARGIN = RationalTime(10)
"""A held frame is mapped so far beyond both ends of its clip."""
_HEX = re.compile("#?" + "([0-9a-fA-F]{2})" * 3 + "([0-9a-fA-F]{2})?")
_REC709 = "1-1-1 (Rec. 709)"
_NAMED_SIZES = {(1920, 1080): "1080p", (1280, 720): "720p"}
_NAMED_RATES = {
    "23.976": "2398",
    "24": "24",
    "25": "25",
    "29.97": "2997",
    "30": "30",
    "50": "50",
    "59.94": "5994",
    "60": "60",
}
_CONFORM_RATES = {
    "23.976": "23.98",
    "24": "24",
    "25": "25",
    "29.97": "29.97",
    "30": "30",
    "60": "60",
    "47.952": "47.95",
    "48": "48",
    "50": "50",
    "59.94": "59.94",
}
Element = etree._Element  # noqa: SLF001 - lxml's public name for annotations is this one


def time_text(time: RationalTime) -> str:
    """`1001/24000s`, `5s`: exact, with a denominator that fits 32 bits."""
    seconds = time.fraction
    if seconds.denominator >= 2**31:
        seconds = seconds.limit_denominator(2**31 - 1)
    return f"{seconds.numerator}s" if seconds.denominator == 1 else f"{seconds.numerator}/{seconds.denominator}s"


def child(parent: Element, tag: str, attributes: Mapping[str, str | None]) -> Element:
    """A new last child; attributes that are None are left out."""
    element = etree.SubElement(parent, tag)
    for name, value in attributes.items():
        if value is not None:
            element.set(name, value)
    return element


class Resources:
    """The `<resources>` of a document; everything is made once, when first asked for."""

    def __init__(self, element: Element, sequence: Sequence, media_path: MediaPath, notes: Notes) -> None:
        self._element, self._media_path, self._notes = element, media_path, notes
        self._ids: dict[object, str] = {}
        self._styles = 0
        self.sequence_format(sequence)

    def sequence_format(self, sequence: Sequence) -> str:
        """Id of the format of a sequence."""
        return self.format(sequence.width, sequence.height, sequence.rate)

    def style_id(self) -> str:
        """A new id for the look of a title."""
        self._styles += 1
        return f"ts{self._styles}"

    def compound(self, sequence: Sequence) -> tuple[str, Element | None]:
        """Id of a nested sequence, and where to write what is in it, when it was not asked for before."""
        key = ("media", sequence.id)
        if key in self._ids:
            return self._ids[key], None
        element = self._add(key, "media", {"name": clean(sequence.name) or "Sequence"})
        return self._ids[key], element

    def format(self, width: int, height: int, rate: FrameRate | None) -> str:
        """Id of a picture format; no rate for stills."""
        key = ("format", width, height, rate)
        if key not in self._ids:
            name = "FFVideoFormatRateUndefined" if rate is None else None
            if rate is not None and (width, height) in _NAMED_SIZES and rate_name(rate) in _NAMED_RATES:
                name = f"FFVideoFormat{_NAMED_SIZES[width, height]}{_NAMED_RATES[rate_name(rate)]}"
            duration = None if rate is None else time_text(RationalTime.from_frames(1, rate))
            attributes = {"name": name, "frameDuration": duration, "width": str(width), "height": str(height)}
            self._add(key, "format", {**attributes, "colorSpace": _REC709})
        return self._ids[key]

    def effect(self, name: str, uid: str) -> str:
        """Id of one of Final Cut's own effects."""
        if ("effect", uid) not in self._ids:
            self._add(("effect", uid), "effect", {"name": name, "uid": uid})
        return self._ids["effect", uid]

    def asset(self, media: Media) -> str:
        """Id of a file."""
        key = ("asset", media.id)
        if key not in self._ids:
            path = self._media_path(media)
            if media.kind is MediaKind.IMAGE_SEQUENCE:
                self._notes.changed("An image sequence is named by its pattern; make a movie of it for other tools.")
            name = clean(media.name or path.name)
            element = self._add(key, "asset", {"name": name, **self._facts(media)})
            child(element, "media-rep", {"kind": "original-media", "src": file_url(path)})
        return self._ids[key]

    def _facts(self, media: Media) -> dict[str, str | None]:
        still = media.is_endless
        seen = still or media.has_video
        heard = media.has_audio and not still
        return {
            "start": time_text(asset_start(media)),
            "duration": time_text(asset_duration(media)),
            "hasVideo": "1" if seen else None,
            "format": self.format(media.width, media.height, None if still else media.rate) if seen else None,
            "hasAudio": "1" if heard else None,
            "videoSources": "1" if seen and not still else None,
            "audioSources": "1" if heard else None,
            "audioChannels": str(max(1, media.channels)) if heard else None,
            "audioRate": str(media.sample_rate or 48000) if heard else None,
        }

    def _add(self, key: object, tag: str, attributes: Mapping[str, str | None]) -> Element:
        self._ids[key] = f"r{len(self._ids) + 1}"
        return child(self._element, tag, {"id": self._ids[key], **attributes})


def asset_start(media: Media) -> RationalTime:
    """Embedded timecode as time: where the asset's own timeline begins."""
    return ZERO if media.is_endless else media.start_timecode


def asset_duration(media: Media) -> RationalTime:
    """Whole frames of the picture, the exact length of a sound, 0 for a still."""
    if media.is_endless or media.rate is None:
        return ZERO if media.is_endless else media.duration
    return RationalTime.from_frames(max(1, media.duration.frames(media.rate)), media.rate)


def conform_rate(parent: Element, own: FrameRate | None, rate: FrameRate) -> None:
    """Says that a clip of another rate keeps its speed."""
    if own is not None and own != rate:
        name = _CONFORM_RATES.get(rate_name(own))
        child(parent, "conform-rate", {"scaleEnabled": "0", "srcFrameRate": name})


def time_map(parent: Element, clip: Clip, whole: TimeRange) -> RationalTime:
    """The map of a changed speed over the `whole` source (as it counts itself); returns the clip's start on the new timeline.

    A map that ends at the clip's edge goes black in some tools, so the whole source is mapped.
    """
    start, length, speed = whole.start, whole.duration, abs(clip.speed)
    element = etree.SubElement(parent, "timeMap")
    if clip.speed > 0:
        points = [(start / speed, start), ((start + length) / speed, start + length)]
        local = (start + clip.source_range.start) / speed
    else:
        points = [(ZERO, start + length), (length / speed, start)]
        local = (length - clip.source_range.end) / speed
    for time, value in points:
        child(element, "timept", {"time": time_text(time), "value": time_text(value), "interp": "smooth2"})
    return local


def held_frame(parent: Element, clip: Clip, instant: RationalTime) -> RationalTime:
    """The map that holds the `instant` of the source; returns the clip's start on the new timeline."""
    element = etree.SubElement(parent, "timeMap")
    for time in (ZERO, _HOLD_MARGIN * 2 + clip.duration):
        child(element, "timept", {"time": time_text(time), "value": time_text(instant), "interp": "smooth2"})
    return _HOLD_MARGIN


def picture_adjustments(parent: Element, clip: Clip, track: Track, sequence: Sequence, notes: Notes) -> None:
    """Position, scale, rotation and opacity where they do not move; everything else is noted as lost."""
    at = clip.source_range.start
    placed = False
    for use in clip.effects:
        if use.enabled and use.effect == "transform" and not placed:
            _transform(parent, use.values, at, sequence, notes)
            placed = True
        elif use.enabled:
            notes.lost(f'The effect "{use.effect}" is not carried.', track=track.name)
    if track.blend is not BlendMode.NORMAL:
        notes.lost("Blend modes are not carried.", track=track.name)
    opacity = plain(clip.opacity, at) * track.opacity
    if isinstance(clip.opacity, Curve):
        notes.lost("Moving opacity is written as its first value.", track=track.name)
    if opacity != 1 or clip.fade_in or clip.fade_out:
        _fades(child(parent, "adjust-blend", {"amount": f"{opacity:g}"}), clip)


def _transform(
    parent: Element, values: Mapping[str, object], at: RationalTime, sequence: Sequence, notes: Notes
) -> None:
    if any(isinstance(value, Curve) for value in values.values()):
        notes.lost("Moving position, scale or rotation is written as its first value.")
    number = {name: plain(value, at) for name, value in values.items() if isinstance(value, (int, float, Curve))}
    if any(number.get(f"crop_{side}") for side in ("left", "right", "top", "bottom")):
        notes.lost("Cropping is not carried.")
    percent = 100 / sequence.height  # Final Cut counts in percent of the height, up is positive, turning is to the left
    x, y = number.get("position_x", 0) * percent, -number.get("position_y", 0) * percent
    scale = number.get("scale", 100) / 100
    conform = {"fit": None, "fill": "fill", "none": "none", "stretch": None}.get(str(values.get("fit", "fit")))
    if conform:
        child(parent, "adjust-conform", {"type": conform})
    attributes = {
        "position": f"{x:g} {y:g}",
        "scale": f"{scale:g} {scale:g}",
        "rotation": f"{-number.get('rotation', 0):g}",
    }
    child(parent, "adjust-transform", attributes)


def sound_adjustments(parent: Element, clip: Clip, track: Track, notes: Notes) -> None:
    """Volume in bare decibels (some tools do not read a unit), fades, and panning where it does not move."""
    at = clip.source_range.start
    if isinstance(clip.volume, Curve) or isinstance(clip.pan, Curve):
        notes.lost("Moving volume or panning is written as its first value.", track=track.name)
    gain = plain(clip.volume, at) * track.volume
    if gain != 1 or clip.fade_in or clip.fade_out:
        _fades(child(parent, "adjust-volume", {"amount": decibels(gain)}), clip)
    pan = max(-1.0, min(1.0, plain(clip.pan, at) + track.pan))
    if pan:
        child(parent, "adjust-panner", {"mode": "1", "amount": f"{pan * 100:g}"})


def decibels(gain: float) -> str:
    """Linear gain as `-6.02`."""
    return f"{max(SILENCE_DB, 20 * log10(gain)):.4g}" if gain > 0 else str(SILENCE_DB)


def _fades(parent: Element, clip: Clip) -> None:
    if clip.fade_in or clip.fade_out:
        amount = child(parent, "param", {"name": "amount"})
        if clip.fade_in:
            child(amount, "fadeIn", {"type": "easeIn", "duration": time_text(clip.fade_in)})
        if clip.fade_out:
            child(amount, "fadeOut", {"type": "easeOut", "duration": time_text(clip.fade_out)})


def title_text(parent: Element, source: GeneratorSource, sequence: Sequence, style_id: str) -> None:
    """Words, place and look of a title, brought to the canvas titles are designed on."""
    at = ZERO
    number = {name: plain(value, at) for name, value in source.values.items() if isinstance(value, (int, float, Curve))}
    words = {name: str(value) for name, value in source.values.items() if isinstance(value, str)}
    scale = Fraction(TITLE_HEIGHT, sequence.height)
    x = (number.get("x", 50) - 50) / 100 * float(sequence.width * scale)
    y = (50 - number.get("y", 50)) / 100 * TITLE_HEIGHT
    if x or y:
        child(parent, "param", {"name": "Position", "key": TITLE_POSITION, "value": f"{x:g} {y:g}"})
    text = etree.SubElement(parent, "text")
    child(text, "text-style", {"ref": style_id}).text = clean(words.get("text", ""))
    definition = child(parent, "text-style-def", {"id": style_id})
    outlined = number.get("outline_width", 0) > 0
    align = words.get("align", "center")
    child(
        definition,
        "text-style",
        {
            "font": clean(words.get("font", "Inter")),
            "fontSize": f"{number.get('size', 96) * float(scale):g}",
            "fontFace": "Bold" if number.get("weight", 600) >= 600 else "Regular",
            "fontColor": _colour(words.get("colour", "#ffffff")),
            "strokeColor": _colour(words.get("outline_colour", "#000000")) if outlined else None,
            "strokeWidth": f"{number['outline_width'] * float(scale):g}" if outlined else None,
            "alignment": align if align in ("left", "right") else "center",
        },
    )


def _colour(text: str) -> str:
    """`#rrggbb[aa]` as four numbers from 0 to 1; white when it is something else."""
    match = _HEX.fullmatch(text)
    parts = [int(digits or "ff", 16) / 255 for digits in match.groups()] if match else [1.0] * 4
    return " ".join(f"{part:.4g}" for part in parts)
