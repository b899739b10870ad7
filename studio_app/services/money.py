"""How money is written, everywhere: US dollars, as services bill them."""

from __future__ import annotations

from decimal import ROUND_UP, Decimal

THIN = "\u2009"


def money(amount: Decimal) -> str:
    """`$ 0.96`; a fraction of a cent counts as one, groups of three are parted by a thin space."""
    whole = amount.quantize(Decimal("0.01"), ROUND_UP)
    return f"$ {whole:,}".replace(",", THIN)


def price(amount: Decimal) -> str:
    """`$ 0.96`, or `free`."""
    return money(amount) if amount else "free"
