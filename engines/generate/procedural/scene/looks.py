"""The looks: what each does to a film, as data. `draw/finish` and the drawings read it; nothing else knows a look by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from engines.generate.procedural.palette import Colour, Grade


@dataclass(frozen=True)
class Look:
    """How a film is finished.

    `posterise`: so many steps of light (0: smooth). `edges`: ink lines round shapes, 0..1, `ink` their colour, `edge_width` in
    frame heights. `soften`: colours run into each other, radius in frame heights. `texture` (paper, canvas, film) lies over
    everything, `texture_amount` 0..1. `facets`: flat facets of this size in frame heights. `flat`: shapes are drawn without
    gradients. `layered`: every layer is a sheet with a rim and a shadow. `hold`: so many pictures a second are drawn, each
    held until the next (0: every one). `glow`: bright things shine over their edges, 0..1. `weave`: the picture wanders, in
    frame heights. `hue`: colours turned, in degrees.
    """

    grade: Grade
    posterise: int = 0
    edges: float = 0.0
    ink: Colour = (0.06, 0.05, 0.08)
    edge_width: float = 0.002
    soften: float = 0.0
    texture: str = ""
    texture_amount: float = 0.0
    facets: float = 0.0
    flat: bool = False
    layered: bool = False
    hold: int = 0
    glow: float = 0.0
    weave: float = 0.0
    hue: float = 0.0
    help: str = ""


_WHITE: Colour = (1.0, 1.0, 1.0)
LOOKS: Mapping[str, Look] = MappingProxyType(
    {
        "natural": Look(Grade(), help="As the light is."),
        "cinematic": Look(
            Grade(1.12, 0.94, -0.015, (1.03, 0.995, 0.965), 0.018, 0.26),
            glow=0.15,
            help="Deeper contrast, warm lights, cool shadows, dark corners.",
        ),
        "anime": Look(
            Grade(1.08, 1.32, 0.02, (1.0, 1.0, 1.03), 0.0, 0.06),
            posterise=7,
            edges=0.55,
            flat=True,
            hold=12,
            glow=0.25,
            help="Clear colours in few steps, thin ink lines, drawn twelve times a second.",
        ),
        "cartoon": Look(
            Grade(1.12, 1.4, 0.025, (1.01, 1.0, 0.99), 0.0, 0.0),
            posterise=5,
            edges=1.0,
            edge_width=0.0034,
            flat=True,
            hold=12,
            help="Strong flat colours and bold outlines.",
        ),
        "minimal": Look(
            Grade(0.86, 0.72, 0.06, _WHITE, 0.006, 0.04), posterise=6, flat=True, help="Few pale tones, much air."
        ),
        "abstract": Look(
            Grade(1.06, 1.2, 0.0, _WHITE, 0.01, 0.1), soften=0.012, posterise=9, hue=24.0, help="Colour before shape."
        ),
        "noir": Look(Grade(1.3, 0.0, -0.03, _WHITE, 0.03, 0.42), glow=0.1, help="Black and white, hard light, grain."),
        "watercolour": Look(
            Grade(0.94, 0.92, 0.05, (1.01, 1.0, 0.98), 0.0, 0.0),
            soften=0.006,
            edges=0.35,
            ink=(0.3, 0.27, 0.33),
            edge_width=0.0016,
            texture="paper",
            texture_amount=0.34,
            posterise=10,
            hold=8,
            help="Washes that pool at their edges on rough paper.",
        ),
        "low_poly": Look(
            Grade(1.05, 1.1, 0.01, _WHITE, 0.0, 0.08), facets=0.03, flat=True, help="Everything from flat facets."
        ),
        "paper": Look(
            Grade(0.98, 1.0, 0.015, (1.01, 1.0, 0.985), 0.0, 0.1),
            flat=True,
            layered=True,
            texture="paper",
            texture_amount=0.4,
            posterise=8,
            hold=8,
            help="Sheets of cut paper with soft shadows, moved by hand.",
        ),
        "neon": Look(
            Grade(1.16, 1.25, -0.05, (1.0, 0.96, 1.08), 0.012, 0.3),
            edges=0.85,
            edge_width=0.0026,
            glow=0.6,
            help="Dark ground, glowing outlines.",
        ),
        "film": Look(
            Grade(1.02, 0.9, 0.012, (1.03, 1.0, 0.95), 0.03, 0.3),
            texture="film",
            texture_amount=0.3,
            glow=0.3,
            weave=0.0012,
            help="Grain, halation and a gate that is not quite still.",
        ),
        "documentary": Look(Grade(1.05, 0.9, 0.0, (1.0, 1.0, 0.985), 0.022, 0.12), help="Plain, a little grain."),
        "realistic": Look(Grade(1.03, 0.95, 0.0, _WHITE, 0.016, 0.12), help="Restrained colours."),
        "vintage": Look(
            Grade(0.92, 0.74, 0.035, (1.06, 1.0, 0.87), 0.03, 0.34),
            texture="film",
            texture_amount=0.45,
            weave=0.0016,
            help="Faded, warm, worn.",
        ),
        "dreamy": Look(
            Grade(0.9, 0.98, 0.05, (1.03, 0.99, 1.04), 0.01, 0.08), glow=0.5, soften=0.001, help="Soft and light."
        ),
    }
)
"""By name. What each number means stands in `Look`."""
