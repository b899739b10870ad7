"""How numbers and lengths are written on screen (design.md, section 6). No Qt here."""

from __future__ import annotations

import datetime
from decimal import Decimal
from math import log10

from PySide6.QtCore import QCoreApplication

from studio_app.services.money import THIN as THIN
from studio_app.services.money import money as money
from timeline.time import RationalTime

MINUS = "\u2212"


def count(number: int) -> str:
    """`1 242`: groups of three parted by a thin space."""
    return f"{number:,}".replace(",", THIN)


def film_name(project: str, sequence: str) -> str:
    """`Project, sequence`, or the one name that both have."""
    return project if project == sequence else f"{project}, {sequence}"


def plural(number: int, one: str, many: str = "") -> str:
    """`1 clip`, `3 clips`."""
    return f"{count(number)} {one if number == 1 else many or one + 's'}"


def seconds(length: RationalTime) -> str:
    """A short length: `9.6 s`, `12 s`."""
    return f"{length.to_seconds():.1f}".removesuffix(".0") + " s"


def spoken(length_seconds: float) -> str:
    """A length for people: `38 s`, `1 min 10 s`, `2 h 5 min`."""
    whole = max(0, round(length_seconds))
    if whole < 60:
        return f"{whole} s"
    minutes, rest = divmod(whole, 60)
    if minutes < 60:
        return (
            QCoreApplication.translate("Words", "{minutes} min {rest} s").format(minutes=minutes, rest=rest)
            if rest
            else QCoreApplication.translate("Words", "{minutes} min").format(minutes=minutes)
        )
    hours, minutes = divmod(minutes, 60)
    return (
        QCoreApplication.translate("Words", "{hours} h {minutes} min").format(hours=hours, minutes=minutes)
        if minutes
        else f"{hours} h"
    )


def exactly(length_seconds: float) -> str:
    """A length as it was asked for: `21.5 s`; whole ones as `spoken` says them."""
    if length_seconds == round(length_seconds):
        return spoken(length_seconds)
    return f"{length_seconds:.3f}".rstrip("0") + " s"


def when(moment: datetime.datetime) -> str:
    """`14:02`, another day `14:02 on 3 May`. `moment` has a zone."""
    here = moment.astimezone()
    is_today = here.date() == datetime.datetime.now().astimezone().date()
    return f"{here:%H:%M}" if is_today else f"{here:%H:%M} on {here.day} {here:%B}"  # Windows knows no %-d


def left(length_seconds: float | None) -> str:
    """`38 s left`; empty while nothing is known."""
    return (
        ""
        if length_seconds is None
        else QCoreApplication.translate("Words", "{spoken} left").format(spoken=spoken(length_seconds))
    )


def percent(fraction: float | None) -> str:
    """`42 %`; empty while nothing is known."""
    return "" if fraction is None else f"{round(fraction * 100)} %"


def signed(number: float, decimals: int = 1, plus: bool = False) -> str:
    """A number with a real minus: `−22.5`."""
    text = f"{abs(number):.{decimals}f}"
    is_zero = not text.strip("0.")
    sign = MINUS if number < 0 and not is_zero else "+" if plus and number > 0 else ""
    return sign + text


def decibels(gain: float) -> float:
    """Linear gain as dB; silence is -96."""
    return max(-96.0, 20 * log10(gain)) if gain > 0 else -96.0


def gain(decibel: float) -> float:
    """dB as linear gain; -96 and less is silence."""
    return 0.0 if decibel <= -96 else float(10 ** (decibel / 20))


def file_size(size: int) -> str:
    """`3 KB`, `214 MB`, `1.2 GB`."""
    amount = float(size)
    for unit in ("B", "KB", "MB"):
        if amount < 1000:
            return f"{amount:.0f} {unit}"
        amount /= 1000
    return QCoreApplication.translate("Words", "{amount:.1f} GB").format(amount=amount)


def price(amount: Decimal) -> str:
    """`$ 0.96`, or `free`."""
    return money(amount) if amount else QCoreApplication.translate("Words", "free")


def key_text(keys: str) -> str:
    """A key as written on a key cap: `Ctrl N` for `Ctrl+N`."""
    return keys.replace("+", " ") if not keys.endswith("+") else keys


def title_case(name: str) -> str:
    """An id as words: `pan_left` -> `Pan left`."""
    return name.replace("_", " ").capitalize()
