"""What figures wear, and how each kind of person is dressed."""

from __future__ import annotations

from dataclasses import dataclass, replace

from engines.generate.procedural.palette import Colour, colour

SKINS = tuple(colour(code) for code in "E3B08E D39A78 B97B56 8D5A3C F0C6A8".split())
HAIRS = tuple(colour(code) for code in "2B1E1C 5A3A24 16151A A8743A 7A3A22 C8B090".split())


@dataclass(frozen=True)
class Clothes:
    """What a figure wears. `cut`: coat, dress, shirt, suit (of space), diver. `hair`: short, long, tail, bun, cap, hood, none."""

    cut: str = "coat"
    main: Colour = (0.66, 0.21, 0.17)
    legs: Colour = (0.14, 0.16, 0.23)
    shoes: Colour = (0.1, 0.1, 0.13)
    accent: Colour | None = None
    hair: str = "short"
    hair_tone: Colour = HAIRS[0]
    skin: Colour = SKINS[0]
    head: float = 0.07
    thick: float = 1.0


def dressed(variant: str, tone: Colour | None, seed: int) -> Clothes:
    """The clothes of a variant, in the colour asked for or in one of the usual; the seed chooses skin and hair."""
    coats = tuple(colour(code) for code in "A8352C 2F6D8C D2942F 3F7A55 7A4A86 C8553A".split())
    main = tone or coats[(seed >> 3) % len(coats)]
    base = Clothes(
        main=main,
        skin=SKINS[(seed >> 7) % len(SKINS)],
        hair_tone=HAIRS[(seed >> 11) % len(HAIRS)],
        accent=colour("F2B93B"),
    )
    yellowish = main[0] > 0.8 and main[1] > 0.6 and main[2] < 0.5
    scarf = colour("D8423A") if yellowish else colour("F2B93B")
    match variant:
        case "woman":
            return replace(
                base,
                accent=None,
                hair=("long", "bun", "tail")[(seed >> 5) % 3],
                cut="coat" if (seed >> 9) % 2 else "dress",
                legs=colour("3A2E3E"),
            )
        case "girl":
            return replace(base, accent=None, hair="tail", cut="coat", head=0.092, legs=colour("4A5A86"), thick=1.05)
        case "boy":
            return replace(base, accent=None, hair="short", cut="shorts", head=0.092, legs=colour("3A4A6A"), thick=1.05)
        case "child":
            return replace(base, accent=scarf, hair="cap", cut="coat", head=0.092, thick=1.08)
        case "old":
            return replace(base, accent=None, hair="short", hair_tone=colour("D8D6D2"), cut="coat")
        case "astronaut":
            return Clothes(
                "suit", tone or colour("ECEEF2"), tone or colour("E2E5EA"), colour("8A909C"), None, "none", head=0.07
            )
        case "diver":
            return replace(
                base,
                cut="diver",
                main=tone or colour("2E5A7A"),
                legs=tone or colour("24384A"),
                accent=None,
                hair="long",
            )
        case "dancer":
            return replace(base, accent=None, hair="bun", cut="dress", legs=colour("3A2E3E"))
        case "runner":
            return replace(base, accent=None, hair="short", cut="shorts", legs=colour("1E2A3E"), shoes=colour("F0F0F0"))
        case "worker":
            return replace(base, accent=colour("F2C02E"), hair="helmet", cut="shirt", main=tone or colour("E8782A"))
        case _:
            return replace(base, accent=scarf, hair="cap" if (seed >> 5) % 2 else "short")
