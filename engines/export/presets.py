"""What an export can be set to: the formats as forms, and the ready-made choices."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from fractions import Fraction
from functools import cache
from types import MappingProxyType
from typing import ClassVar

from pydantic import BaseModel, ConfigDict, field_validator

from effects.params import ParamSpec, param, specs_of
from engines.errors import ExportError
from timeline.sequence import Sequence
from timeline.timecode import parse_rate, rate_name

SOFTWARE_ENCODER = "software"
DEFAULT_PRESET = "match_sequence"
KEY_FRAME_SECONDS, SELDOM_SECONDS = 2.0, 20.0
_BITS_PER_PIXEL = 0.12
"""What H.264 at CRF 20, preset veryfast, takes for busy footage; half for every 6 of CRF more."""


class Preset(BaseModel):
    """A format with its settings. `label` and `description` are shown, `suffix` ends the file's name."""

    model_config = ConfigDict(frozen=True)
    format: ClassVar[str] = ""
    suffix: ClassVar[str] = ""
    label: str
    description: str

    def form(self) -> tuple[ParamSpec, ...]:
        """The settings a dialog offers."""
        return tuple(spec for spec in specs_of(type(self)) if spec.name not in ("label", "description"))

    def describe(self, sequence: Sequence) -> str:
        """One line of facts about the file this would make of a sequence."""
        raise NotImplementedError  # pragma: no cover

    def expected_bytes(self, sequence: Sequence, seconds: float) -> int:
        """About how large the file gets."""
        raise NotImplementedError  # pragma: no cover


class Effort(StrEnum):
    """How hard the encoder tries: slower is smaller at the same quality."""

    ULTRAFAST = "ultrafast"
    VERYFAST = "veryfast"
    FAST = "fast"
    MEDIUM = "medium"
    SLOW = "slow"


class Mp4Preset(Preset):
    """H.264 and AAC in MP4."""

    format: ClassVar[str] = "mp4"
    suffix: ClassVar[str] = ".mp4"

    width: int = param(0, ge=0, le=8192, unit="px", animatable=False, help="0 takes the sequence's.")
    height: int = param(0, ge=0, le=8192, unit="px", animatable=False, help="0 takes the sequence's.")
    rate: str = param("", animatable=False, help="Frames a second, such as 25 or 29.97; empty takes the sequence's.")
    quality: int = param(
        20, ge=0, le=51, animatable=False, help="CRF: 17 is hardly told from the original, 23 is small."
    )
    effort: Effort = param(Effort.VERYFAST, animatable=False, help="Slower makes smaller files of the same quality.")
    key_frames: float = param(
        KEY_FRAME_SECONDS,
        ge=0.1,
        le=SELDOM_SECONDS,
        unit="s",
        animatable=False,
        help="From one key frame to the next at most. Longer makes smaller files in which players seek more slowly.",
    )
    audio_bitrate: int = param(192, ge=32, le=512, unit="kb/s", animatable=False, help="Of the sound.")
    with_audio: bool = param(True, help="Write the sound too.")
    encoder: str = param(
        SOFTWARE_ENCODER,
        animatable=False,
        help="software (x264: the smallest files), or a device: cuda (NVENC), qsv, amf, videotoolbox.",
    )
    copy_untouched: bool = param(
        True,
        help="Smart render: copy untouched footage of the film's own format bit for bit; it is quicker and keeps it.",
    )

    burn_in: bool = param(False, help="Write record timecode and clip name into the picture, for review.")

    @field_validator("rate")
    @classmethod
    def _known_rate(cls, text: str) -> str:
        if text.strip():
            try:
                parse_rate(text)
            except (ValueError, ZeroDivisionError) as error:
                raise ValueError(f"{text!r} is not a frame rate; write 25 or 29.97") from error
        return text.strip()

    def size_for(self, sequence: Sequence) -> tuple[int, int]:
        """Width and height of the film: even, as H.264 wants them."""
        width, height = self.width, self.height
        if not width and not height:
            width, height = sequence.width, sequence.height
        elif not width:
            width = round(sequence.width * height / sequence.height)
        elif not height:
            height = round(sequence.height * width / sequence.width)
        return (max(width - width % 2, 2), max(height - height % 2, 2))

    def rate_for(self, sequence: Sequence) -> Fraction:
        """Frames a second of the film."""
        return parse_rate(self.rate) if self.rate else sequence.rate

    def describe(self, sequence: Sequence) -> str:
        """Size, rate, codecs and about how large."""
        width, height = self.size_for(sequence)
        sound = f"AAC {self.audio_bitrate} kb/s" if self.with_audio else "no sound"
        size = readable_bytes(self.expected_bytes(sequence, sequence.duration.to_seconds()))
        return f"{width} × {height}, {rate_name(self.rate_for(sequence))} fps, H.264, {sound}, about {size}"

    def expected_bytes(self, sequence: Sequence, seconds: float) -> int:
        """From pixels, rate and quality; footage differs by a factor of three either way."""
        width, height = self.size_for(sequence)
        picture = width * height * float(self.rate_for(sequence)) * _BITS_PER_PIXEL * 2 ** ((20 - self.quality) / 6)
        sound = self.audio_bitrate * 1000 if self.with_audio else 0
        return int((picture + sound) * seconds / 8)


class WavPreset(Preset):
    """Uncompressed sound, 16 bit stereo."""

    format: ClassVar[str] = "wav"
    suffix: ClassVar[str] = ".wav"

    def describe(self, sequence: Sequence) -> str:
        """Rate and size."""
        size = readable_bytes(self.expected_bytes(sequence, sequence.duration.to_seconds()))
        return f"{sequence.sample_rate / 1000:g} kHz, 16 bit stereo, {size}"

    def expected_bytes(self, sequence: Sequence, seconds: float) -> int:
        """Exact but for the header."""
        return int(seconds * sequence.sample_rate * 4)


@cache
def presets() -> Mapping[str, Preset]:
    """The ready-made choices by id, in the order a list shows them."""
    return MappingProxyType(
        {
            DEFAULT_PRESET: Mp4Preset(
                label="Match sequence", description="H.264 film, size and rate as in the timeline."
            ),
            "h264_1080p": Mp4Preset(
                label="1080p", description="H.264 film for screens and the web.", width=1920, height=1080
            ),
            "h264_720p": Mp4Preset(
                label="720p", description="Smaller H.264 film, quick to send.", width=1280, height=720, quality=22
            ),
            "h264_vertical_1080": Mp4Preset(
                label="Vertical 1080", description="H.264 film for phones, 9:16.", width=1080, height=1920
            ),
            "sound_wav": WavPreset(label="Sound only", description="The mix as an uncompressed WAV file."),
        }
    )


def preset_named(preset: Preset | str) -> Preset:
    """A preset by its id, or as it is. Raises ExportError."""
    if isinstance(preset, Preset):
        return preset
    found = presets().get(preset)
    if found is None:
        raise ExportError(f"There is no export preset called “{preset}”. There are: {', '.join(presets())}.")
    return found


def readable_bytes(count: int) -> str:
    """`120 MB`: as file managers write it."""
    for unit, size in (("GB", 10**9), ("MB", 10**6)):
        if count >= size:
            return f"{count / size:.3g} {unit}" if count < 100 * size else f"{count / size:.0f} {unit}"
    return f"{max(count // 1000, 1)} kB"
