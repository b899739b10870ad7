"""Reads the fields of one group of a storyboard file by name and kind; every refusal names line and field."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from fractions import Fraction
from pathlib import Path

from studio_app.planning.storyboard_nodes import Entry, Node, problem, shortened
from timeline.errors import StoryboardError
from timeline.items import Values
from timeline.time import FrameRate, RationalTime
from timeline.timecode import parse_rate

MAX_SECONDS = 3600
MAX_TEXT = 4000
_UNITS = {
    "ms millisecond milliseconds": Fraction(1, 1000),
    "s sec secs second seconds": Fraction(1),
    "m min mins minute minutes": Fraction(60),
    "h hour hours": Fraction(3600),
}
_UNIT = {word: factor for words, factor in _UNITS.items() for word in words.split()}
_NUMBER = re.compile(r"[+-]?(\d{1,12}(\.\d{0,12})?|\.\d{1,12})([eE][+-]?\d{1,2})?")
_PART = re.compile(r"(\d+(?:\.\d+)?)\s*([a-z]+)[\s,]*")
_CLOCK = re.compile(r"(?:(\d{1,2}):)?(\d{1,2}):(\d{1,2}(?:\.\d{1,6})?)")
_SIZE = re.compile(r"(\d{1,6})\s*[x×X*]\s*(\d{1,6})")
_SIZES = {"720p": (1280, 720), "1080p": (1920, 1080), "1440p": (2560, 1440), "4k": (3840, 2160), "2160p": (3840, 2160)}
_TRUE, _FALSE = {"true", "yes", "on"}, {"false", "no", "off"}


def seconds_of(text: str) -> Fraction | None:
    """Exact seconds meant by `5`, `2.5 s`, `1 min 30 s`, `00:05` or `0:01:30`; None when it is no length of time."""
    text = text.strip().casefold()
    if _NUMBER.fullmatch(text):
        return Fraction(text)
    if clock := _CLOCK.fullmatch(text):
        hours, minutes, seconds = clock.groups()
        return int(hours or 0) * 3600 + int(minutes) * 60 + Fraction(seconds)
    sign, rest = (-1, text[1:].lstrip()) if text.startswith("-") else (1, text)
    total = Fraction(0)
    while rest:
        part = _PART.match(rest)
        if not part or part[2] not in _UNIT:
            return None
        total += Fraction(part[1]) * _UNIT[part[2]]
        rest = rest[part.end() :]
    return sign * total if total or "0" in text else None


def suggestion(word: str, names: Iterable[str]) -> str:
    """The second half of a message: the nearest right name, or all of them."""
    names = list(names)
    close = get_close_matches(word.casefold(), names, n=1, cutoff=0.6)
    if close:
        return f'Did you mean "{close[0]}"?'
    return f"It can be {', '.join(names[:-1])} or {names[-1]}."


@dataclass(frozen=True)
class Place:
    """The file that is read: its name for messages, and the folder its references count from (None: not looked up)."""

    name: str
    folder: Path | None = None


class Fields:
    """The fields of one mapping. Made with every name it may have; the first foreign one is refused."""

    def __init__(self, place: Place, node: Node, what: str, names: Sequence[str]) -> None:
        if isinstance(node.content, (str, tuple)):
            raise problem(
                place.name, node.line, f"{what[:1].upper()}{what[1:]} must be a group of fields, not {node.kind}."
            )
        self.place, self.what, self.line = place, what, node.line
        self._entries = node.content
        for name, entry in node.content.items():
            if name not in names:
                hint = suggestion(name, names)
                raise problem(place.name, entry.line, f'"{shortened(name)}" is not a field of {what}. {hint}')

    def refuse(self, name: str, sentence: str) -> StoryboardError:
        """The error of one field."""
        entry = self._entries.get(name)
        return problem(self.place.name, entry.value.line if entry else self.line, sentence)

    def entry(self, name: str) -> Entry | None:
        """The field as it is in the file, or None when it is missing or null."""
        entry = self._entries.get(name)
        return None if entry is None or entry.value.is_nothing else entry

    def text(self, name: str, default: str = "", limit: int = MAX_TEXT) -> str:
        """A text."""
        entry = self.entry(name)
        if entry is None:
            return default
        if not isinstance(entry.value.content, str):
            raise self.refuse(name, f'"{name}" of {self.what} must be a single value, not {entry.value.kind}.')
        if len(entry.value.content) > limit:
            raise self.refuse(name, f'"{name}" of {self.what} is longer than {limit} characters.')
        return entry.value.content.strip()

    def choice(self, name: str, names: Sequence[str], default: str) -> str:
        """One of some words; spaces and hyphens count as underscores, capitals do not count."""
        given = self.text(name)
        word = re.sub(r"[\s-]+", "_", given).casefold()
        if word and word not in names:
            raise self.refuse(
                name, f'"{shortened(given)}" is not a {name.replace("_", " ")}. {suggestion(word, names)}'
            )
        return word or default

    def number(self, name: str, default: float, low: float, high: float) -> float:
        """A number between two bounds, both allowed."""
        given = self.text(name)
        if not given:
            return default
        value = float(given) if _NUMBER.fullmatch(given) else math.nan
        if not low <= value <= high:
            raise self.refuse(
                name, f'"{name}" of {self.what} must be a number from {low:g} to {high:g}, not "{shortened(given)}".'
            )
        return value

    def whole(self, name: str, default: int | None) -> int | None:
        """A whole number from 0 to 2^53."""
        given = self.text(name)
        if not given:
            return default
        if not re.fullmatch(r"\d{1,16}", given) or int(given) > 2**53:
            raise self.refuse(name, f'"{name}" of {self.what} must be a whole number from 0, not "{shortened(given)}".')
        return int(given)

    def flag(self, name: str, default: bool) -> bool:
        """Yes or no."""
        given = self.text(name).casefold()
        if given and given not in _TRUE | _FALSE:
            raise self.refuse(name, f'"{name}" of {self.what} must be yes or no, not "{shortened(given)}".')
        return given in _TRUE if given else default

    def seconds(self, name: str, *, zero: bool = False) -> RationalTime | None:
        """A length of time up to an hour, exact; None when it is not given. `zero`: 0 is allowed."""
        given = self.text(name)
        if not given:
            return None
        seconds = seconds_of(given)
        if seconds is None:
            how = 'a length of time such as 5, "5 s", "1 min" or "00:05"'
            raise self.refuse(name, f'"{name}" of {self.what} must be {how}, not "{shortened(given)}".')
        if seconds < 0 or (seconds == 0 and not zero):
            bound = "must not be negative" if zero else "must be longer than 0 seconds"
            raise self.refuse(name, f'"{name}" of {self.what} {bound}; it is {shortened(given)}.')
        if seconds > MAX_SECONDS:
            raise self.refuse(
                name,
                f'"{name}" of {self.what} must be at most an hour ({MAX_SECONDS} seconds); it is {shortened(given)}.',
            )
        return RationalTime(seconds)

    def frames(self, name: str, rate: FrameRate, *, zero: bool = False) -> RationalTime | None:
        """A length of time as whole frames of `rate`, at least one unless it is 0."""
        seconds = self.seconds(name, zero=zero)
        if not seconds:
            return seconds
        return max(seconds.snapped(rate), RationalTime.from_frames(1, rate))

    def rate(self, name: str, default: FrameRate) -> FrameRate:
        """A frame rate from 1 to 120; NTSC names become exact."""
        given = self.text(name)
        if not given:
            return default
        try:
            rate = parse_rate(given.casefold().removesuffix("fps")) if len(given) < 20 else Fraction(0)
        except (ValueError, ZeroDivisionError):
            rate = Fraction(0)
        if not 1 <= rate <= 120:
            raise self.refuse(
                name, f'"{name}" of {self.what} must be a frame rate from 1 to 120, not "{shortened(given)}".'
            )
        return rate

    def size(self, name: str, default: tuple[int, int]) -> tuple[int, int]:
        """Width and height in pixels: `1280x720`, `[1280, 720]` or `1080p`; even numbers from 64 to 7680."""
        entry = self.entry(name)
        if entry is None:
            return default
        parts = entry.value.content
        given = " x ".join(str(one.content) for one in parts) if isinstance(parts, tuple) else self.text(name)
        match = _SIZE.fullmatch(given)
        size = _SIZES.get(given.casefold()) or ((int(match[1]), int(match[2])) if match else None)
        if size is None:
            raise self.refuse(
                name, f'"{name}" of {self.what} must be a size such as 1280x720, not "{shortened(given)}".'
            )
        if any(edge % 2 or not 64 <= edge <= 7680 for edge in size):
            numbers = "even numbers of pixels from 64 to 7680"
            raise self.refuse(name, f'"{name}" of {self.what} must be {numbers}; it is {size[0]}x{size[1]}.')
        return size

    def words(self, name: str) -> tuple[str, ...]:
        """A list of words, or one text with commas."""
        entry = self.entry(name)
        if entry is None:
            return ()
        content = entry.value.content
        parts = (
            content
            if isinstance(content, tuple)
            else tuple(Node(entry.line, one) for one in self.text(name).split(","))
        )
        if any(not isinstance(part.content, str) for part in parts):
            raise self.refuse(name, f'"{name}" of {self.what} must be a list of words.')
        return tuple(word for part in parts if (word := str(part.content).strip()))[:100]

    def groups(self, name: str) -> tuple[Node, ...]:
        """A list of whatever; a single text or group counts as a list of one."""
        entry = self.entry(name)
        if entry is None:
            return ()
        content = entry.value.content
        return content if isinstance(content, tuple) else (entry.value,)

    def file(self, name: str) -> str:
        """The absolute path of a file that exists; relative ones count from the storyboard's folder."""
        given = self.text(name, limit=1024)
        if not given or self.place.folder is None:
            return given
        path = (self.place.folder / Path(given).expanduser()).resolve() if "\0" not in given else None
        if path is None or not path.is_file():
            raise self.refuse(
                name, f'The file "{shortened(given, 120)}" of "{name}" does not exist beside the storyboard.'
            )
        return str(path)

    def values(self, name: str) -> Values:
        """Free values by name: numbers, yes/no, text, and lists of numbers; `color` is read as `colour`."""
        entry = self.entry(name)
        if entry is None:
            return {}
        if isinstance(entry.value.content, (str, tuple)):
            raise self.refuse(name, f'"{name}" of {self.what} must be a group of fields, not {entry.value.kind}.')
        return {
            key.replace("color", "colour"): self._value(name, one.value) for key, one in entry.value.content.items()
        }

    def _value(self, name: str, node: Node) -> bool | int | float | str | tuple[float, ...]:
        if isinstance(node.content, tuple) and all(_NUMBER.fullmatch(str(one.content)) for one in node.content):
            return tuple(float(str(one.content)) for one in node.content)
        if not isinstance(node.content, str):
            raise self.refuse(name, f'"{name}" of {self.what} may only hold numbers, texts and lists of numbers.')
        text = node.content
        if not node.quoted and text.casefold() in _TRUE | _FALSE:
            return text.casefold() in _TRUE
        if not node.quoted and _NUMBER.fullmatch(text):
            return float(text) if any(sign in text for sign in ".eE") else int(text)
        return text
