"""How large a project may be. Far beyond any film; a file that goes beyond is damaged or hostile."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from timeline.time import RationalTime

MAX_FILE_BYTES: Final = 128 * 1024 * 1024
MAX_JSON_OBJECTS: Final = 2_000_000
"""Objects and lists in a project file."""
MAX_JSON_VALUES: Final = 20_000_000
MAX_DEPTH: Final = 40
"""Nesting of free-form values (fields of newer versions, requests to engines)."""
MAX_SEQUENCES: Final = 1000
MAX_TRACKS: Final = 1000
MAX_BINS: Final = 10_000
"""Folders of the media pool."""
MAX_RATING: Final = 5
MAX_LENGTH: Final = RationalTime(1000 * 3600)
"""Longest track: a thousand hours."""
MAX_TIME: Final = RationalTime(10**9)
"""Largest time of any kind, either side of 0."""
MAX_SIDE: Final = 32768
"""Largest width or height in pixels."""
MAX_RATE: Final = Fraction(1000)
MIN_RATE: Final = Fraction(1, 100)
MAX_SPEED: Final = Fraction(1000)
MIN_SPEED: Final = Fraction(1, 1000)
SLOWEST_EDIT: Final = Fraction(1, 100)
FASTEST_EDIT: Final = Fraction(100)
"""Speeds a user may give a clip, forwards or backwards; files of other programs may go further."""
MAX_SAMPLE_RATE: Final = 768_000
