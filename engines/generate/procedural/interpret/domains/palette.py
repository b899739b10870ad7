"""Palette: the colours that lie over the whole picture."""

from __future__ import annotations

from engines.generate.procedural.interpret.domain import Domain

WORDS = """
warm_sunset: warm colours, sunset colours, coral, coral pink, peach, apricot, salmon, warm palette, warm tones,
  terracotta, amber, amber glow, tangerine, rose gold, vermilion, honey, copper, bronze, rust, ochre, caramel,
  cinnamon, mango, sienna, sunset palette, golden tones, yellow, gold, brown, sepia tones, ~sun, ~sunset, ~sundown
ocean: blue, azure, teal, turquoise, aqua, aquamarine, cyan, navy, cobalt, cerulean, marine, indigo, indigo blue,
  sapphire, ultramarine, cold colours, cool colours, cool tones, sky blue, royal blue, steel blue, powder blue, baby
  blue, ocean blue, sea blue, ice blue, petrol, denim blue, blue tones, ~ocean, ~sea, ~water, ~rain
neon: neon, neon colours, cyber, cyberpunk, retro, retrowave, synthwave, vaporwave, outrun, electric, magenta,
  fuchsia, fluorescent, eighties, 80s, 1980s, 1990s, 90s, laser, glow stick, arcade, hot pink, shocking pink,
  electric blue, acid
  green, acid colours, ultraviolet, day-glo, rave, nightclub, y2k, neon glow, blacklight, ~tokyo
forest: green, emerald, olive, moss, mossy, jade, lime, sage, verdant, lush, viridian, mint, fern green, forest
  green, pine green, bottle green, leaf green, grass green, sea green, khaki, pistachio, chartreuse, leafy,
  malachite, earth tones, green tones, botanical, cottagecore, ~forest
night: dark, black, midnight blue, inky, pitch black, jet black, shadowy, obsidian, charcoal, ink blue, moonless,
  deep violet, gloomy, onyx, raven, ebony, pitch dark, dim, murky, dusky, sombre, night colours, dark colours, dark
  tones, unlit, dark palette, sable, dark academia, ~night
dreamy: dreamy, dream, dreamlike, purple, lavender, pink, pastel, lilac, violet, mauve, fairy tale, fairytale,
  surreal, ethereal, magical, magic, rose, rosy, blush, plum, orchid, wisteria, periwinkle, cotton candy, candy
  colours, pastel colours, iridescent, opal, unicorn, enchanted, amethyst
fire: fire, flame, orange, red, crimson, scarlet, burning, lava, ember, blazing, inferno, ruby, blood red, fiery,
  maroon, burgundy, cherry red, brick red, flaming, ablaze, red hot, molten, hellish, wine red, carmine, garnet,
  incandescent, bonfire, chili red, red planet, ~mars
mono: white, beige, cream, black and white, monochrome, monochromatic, grey, greyscale, silver, silvery, colourless,
  desaturated,
  mono, ashen, achromatic, bleached, pale, ivory, chalk white, snow white, slate, slate grey, pewter, grey tones,
  platinum, no colour, without colour, bone white, pearl, blanched, ~cinematic
default: neutral palette, default palette, natural colours, muted colours
"""

DOMAIN = Domain(
    "Palette",
    WORDS,
    rank=40,
    default="default",
    is_gradual=True,
)
