"""Names for what is found: two real words, the first by colour or kind, the second by how it moves. The same find, the same name."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from hashlib import blake2b
from types import MappingProxyType

_TRIES = 200
_LONGEST = 14

FIRST = MappingProxyType(
    {
        "black": "Onyx Raven Ebony Soot Coal Velvet Umbra Jet Basalt Obsidian",
        "grey": "Pewter Slate Ash Flint Dove Iron Pebble Heron Mercury Cinder",
        "white": "Ivory Chalk Pearl Linen Snow Porcelain Milk Cotton Alabaster Salt",
        "red": "Crimson Garnet Cherry Ruby Brick Poppy Scarlet Madder Carmine Rowan",
        "orange": "Amber Copper Apricot Ginger Tangerine Marigold Rust Saffron Paprika Persimmon",
        "yellow": "Honey Lemon Wheat Brass Mustard Primrose Straw Canary Citrine Gorse",
        "lime": "Fern Pear Sprig Moss Bracken Lichen Willow Kiwi Clover Sorrel",
        "green": "Jade Ivy Cedar Juniper Laurel Basil Olive Cypress Myrtle Emerald",
        "teal": "Lagoon Mallard Spruce Kelp Verdigris Peacock Tarn Fjord Agave Petrol",
        "cyan": "Frost Ice Glacier Mist Aqua Spray Glass Crystal Brook Drizzle",
        "azure": "Sky Bluebell Azure Harbour Gentian Delft Swallow Kingfisher Larkspur Hyacinth",
        "blue": "Cobalt Navy Sapphire Indigo Ink Midnight Denim Lapis Woad Marine",
        "violet": "Lilac Heather Iris Plum Amethyst Thistle Mauve Violet Lavender Damson",
        "magenta": "Fuchsia Orchid Peony Magenta Beet Cerise Dahlia Raspberry Mulberry Cyclamen",
        "pink": "Rose Blush Coral Salmon Petal Peach Shell Flamingo Sorbet Quartz",
        "brown": "Walnut Umber Sienna Cocoa Chestnut Tobacco Hazel Bark Nutmeg Mahogany",
    }
)
"""Words for a colour, by its plain name."""

SECOND = MappingProxyType(
    {
        "still": "Hush Rest Hollow Chapel Stone Harbour Vault Shelter Silence Shade Cloister Mirror Courtyard Lantern Cove Alcove",
        "slow": "Drift Haze Tide Lull Bloom Veil Breath Reverie Mist Gleam Ember Cloud Slumber Wake Vigil Meadow",
        "moving": "Passage Current Stream Breeze Ripple Sway Journey Waltz Ramble Swell March Crossing Voyage Parade Flight Wander",
        "fast": "Rush Surge Gale Dash Blaze Cascade Spark Torrent Gallop Storm Flare Sprint Whirl Racer Comet Rapids",
        "colour": "Tone Tint Dust Dye Glaze Pigment Shade Enamel Lacquer Stain Varnish Chalk Paint Ink Crayon Pastel",
        "texture": "Grain Weave Cloth Paper Felt Sand Linen Bark Gravel Wool Canvas Fleece Mesh Plaster Foam Silk",
        "story": "Tale Chapter Fable Scene Ballad Letter Memoir Legend Episode Portrait Verse Chronicle Diary Sketch Anthem Elegy",
        "reading": "Phrase Line Wording Saying Note Motto Remark Caption Recipe Script Cue Signal Riddle Answer Message Brief",
        "blend": "Union Chord Duet Mixture Accord Meeting Weaving Medley Harmony Encounter Embrace Fusion Junction Marriage Alloy Mosaic",
    }
)
"""Words for how a look moves, or for what kind of find it is."""

_STARTS = "al bel cor da el fen gal ha il ka lor mar nel or pel ro sel tor va wen".split()
_ENDS = "adine amor ella essa iano idor ina iora isle ona oria oris una ura wyn andel".split()


def name_of(domain: str, hint: str, count: int, taken: Collection[str]) -> str:
    """A name that nothing in `taken` has, whatever its case.

    `domain` is a key of SECOND, `hint` begins with a key of FIRST (`orange` or `orange/anything`); what comes behind the
    stroke, and `count`, only turn the choice. Two hundred pairs are tried, then words of syllables, then a number.
    """
    used = {name.casefold() for name in taken}
    for name in _candidates(domain, hint, count):
        if name.casefold() not in used:
            return name
    first = next(_candidates(domain, hint, count))
    return next(name for n in range(2, len(used) + 3) if (name := f"{first} {n}").casefold() not in used)


def _candidates(domain: str, hint: str, count: int) -> Iterator[str]:
    first = FIRST.get(hint.partition("/")[0], " ".join(FIRST.values())).split()
    second = SECOND.get(domain, SECOND["story"]).split()
    for number in range(_TRIES):
        turn = _number(f"{domain}|{hint}|{count}|{number}")
        pair = (first[turn % len(first)], second[turn // len(first) % len(second)])
        if pair[0] != pair[1]:
            yield " ".join(pair)
    for number in range(_TRIES):
        turn = _number(f"{domain}|{hint}|{count}|syllables|{number}")
        word = _STARTS[turn % len(_STARTS)] + _ENDS[turn // len(_STARTS) % len(_ENDS)]
        yield f"{word[:_LONGEST].capitalize()} {second[turn // 4096 % len(second)]}"


def _number(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=6).digest())
