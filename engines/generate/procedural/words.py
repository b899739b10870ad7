"""The words the engine understands; a setting brings its own. One line a value: `value: word, two words, ...`, in the singular."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from engines.generate.procedural.draw.setting import settings

FEATURE = """
beach: beach, sand shore, sandy, shoreline
harbour: harbour, harbor, port, pier, quay, dock, marina, breakwater
cliff: cliff, headland, coast, coastline
island: island, islands, archipelago
big waves: wave, swell, rough sea, surf, breaker
lake: lake, fjord, tarn, mirror lake, reflection
river: river, canal, waterfront, bay
neon: neon, cyberpunk, cyber, blade runner
aurora: aurora, northern lights
milky way: milky way, galaxy
shooting star: shooting star, falling star, meteor, comet
flowers: flower, blossom, bloom, poppy, daisy, wildflower, tulip
wheat: wheat, barley, corn, grain, cornfield, harvest, golden field, wheat field
pines: pine, fir, spruce, conifer, evergreen, taiga
birches: birch, aspen
rays: ray, beam, sunbeam, light shaft, god ray, shaft
lamp: lamp, lantern, candle, lamplight
planet: planet, saturn, mars, jupiter, ring, rings
nebula: nebula, gas cloud, stardust
fireflies: firefly, fireflies, glow worm
mesa: mesa, canyon, badlands, butte
cactus: cactus, cacti
reef: reef, coral
kelp: kelp, seaweed
big moon: big moon, full moon, huge moon, giant moon, supermoon, harvest moon
crescent: crescent, crescent moon, new moon
big sun: big sun, huge sun, giant sun
wet: wet, puddle, glistening
autumn: autumn, fall colours, fall colors, autumnal, october, november
winter: winter, frozen, ice, icy, frost, snowy, frosty, december, january, snow-covered, snowcapped
"""

TIME = """
dawn: dawn, sunrise, daybreak, first light, early morning, sun rises, sun rising, sun comes up, sun coming up,
  before sunrise, break of day
morning: morning, breakfast, forenoon, am
day: day, noon, midday, daylight, daytime, afternoon, sunny, sunlit, bright day, broad daylight, lunchtime
golden_hour: golden hour, golden light, late afternoon, golden, low sun, evening sun, warm light
dusk: dusk, sunset, evening, twilight, sundown, nightfall, blue hour, afterglow, sun sets, sun setting, sun goes
  down, gloaming
night: night, midnight, nighttime, moonlight, moonlit, moon, nocturnal, star, stars, starry, starlight, late at
  night, small hours, full moon, crescent, dark night
"""

WEATHER = """
clear: clear, cloudless, clear sky, blue sky, fine weather, fair
cloudy: cloudy, overcast, cloud, clouds, grey sky, gray sky, dull
fog: fog, foggy, mist, misty, haze, hazy, murky, vapour, vapor
rain: rain, rainy, raining, drizzle, shower, downpour, rainfall, umbrella, raindrop, wet
snow: snow, snowy, snowfall, snowing, snowflake, blizzard, flake, flurry
storm: storm, stormy, thunder, lightning, thunderstorm, tempest, gale, hurricane
"""

PALETTE = """
warm_sunset: warm colours, warm colors, coral pink, peach, apricot, salmon, warm palette, terracotta, amber glow,
  sunset colours, sunset colors, tangerine, rose gold, vermilion
ocean: blue, azure, teal, turquoise, aqua, cyan, navy, cobalt, cerulean, marine, indigo blue, sapphire, ultramarine,
  cold colours
neon: neon, cyber, cyberpunk, retro, synthwave, vaporwave, electric, magenta, fluorescent, eighties, 80s, laser,
  glow stick, arcade, hot pink
forest: green, emerald, olive, moss, mossy, jade, lime, sage, verdant, lush, viridian, mint, fern green
night: dark, black, midnight blue, inky, pitch black, shadowy, obsidian, charcoal, ink blue, moonless, deep violet,
  gloomy
dreamy: dreamy, dream, dreamlike, purple, lavender, pink, pastel, lilac, violet, mauve, fairy tale, fairytale,
  surreal, ethereal, magical
fire: fire, flame, orange, red, crimson, scarlet, burning, lava, ember, blazing, inferno, ruby, blood red, fiery
mono: white, black and white, monochrome, grey, gray, greyscale, grayscale, silver, colourless, colorless,
  desaturated, mono, ashen
"""

SUBJECT = """
lighthouse: lighthouse, beacon
sailboat: sailboat, boat, sailing boat, yacht, dinghy, sail, fishing boat, regatta
ferry: ferry, ship, steamer, cruise ship, liner, vessel, freighter
paper_boat: paper boat, origami boat
birds: bird, gull, seagull, swallow, flock, crow, geese, goose, crane bird, pigeon, swan, eagle
tree: tree, oak, lone tree, lonely tree, apple tree, maple
house: house, cottage, hut, farmhouse, cabin, barn, chalet, lodge
person: person, man, woman, girl, boy, figure, walker, hiker, traveller, traveler, silhouette, someone, keeper,
  daughter, son, mother, father, wanderer, child, stranger, runner, detective, sailor, captain, he, she, people,
  pedestrian, hero, heroine, lady, kid, friend, lovers, hikers
umbrella: umbrella, parasol
car: car, vehicle, automobile, taxi, truck vehicle, van
balloon: balloon, hot air balloon, airship
fish: fish, shoal, school of fish, clownfish
jellyfish: jellyfish, medusa
planet: planet, saturn, mars, jupiter
rocket: rocket, spaceship, spacecraft, shuttle
cup: cup, mug, coffee, tea, teacup
camel: camel, caravan
deer: deer, stag, doe, elk
"""

CAMERA = """
static: static, still camera, locked off, locked, fixed camera, tripod, motionless camera, static camera, no movement
pan_left: pan left, pans left, panning left, truck left, trucks left, camera left, moves left, slide left, track
  left, tracking left
pan_right: pan, pan right, pans right, panning, panning right, truck right, trucks right, slide right, track right,
  tracking, tracking shot, moves right, whip pan
tilt_up: tilt up, tilts up, tilting up, look up, tilt, looks up
tilt_down: tilt down, tilts down, tilting down, look down, looks down
zoom_in: zoom, zoom in, zooms in, zooming in, slow zoom
zoom_out: zoom out, zooms out, zooming out
dolly_in: dolly, dolly in, dollies in, push in, pushes in, push-in, pushing in, slow push in, move in, closer, move
  closer, forward, moving forward, fly through, glide forward, approach, flying over, fly over
dolly_out: dolly out, pull out, pull back, pulls back, pulling back, back away, reveal, pull away, move back,
  backing away
orbit_left: orbit, orbit left, orbits left, orbiting, arc, arc left, circle around, circles around, rotate left,
  around the subject
orbit_right: orbit right, orbits right, arc right, rotate right
crane_up: crane, crane up, cranes up, rising camera, rise, rises, rising, drone rising, drone rises, drone, pedestal
  up, boom up, camera rises, ascend, lifts off, drone shot
crane_down: crane down, cranes down, drone descending, descend, pedestal down, boom down, camera sinks, lower down,
  sinks, descends
"""

SHOT = """
extreme_wide: extreme wide, extreme wide shot, very wide, vista, panorama, panoramic, epic
wide: wide, wide shot, establishing, establishing shot, long shot, landscape shot
medium: medium, medium shot, mid shot
close: close, close up, closeup, close-up, close shot, tight shot
extreme_close: extreme close, extreme close up, extreme close-up, macro, detail
"""

MOOD = """
happy: happy, joyful, cheerful, joy, fun, playful, sunny mood, merry, delighted, lighthearted
calm: calm, peaceful, serene, gentle, quiet, tranquil, relaxing, soothing, soft, cosy, cozy, chill, mellow, restful,
  silent, meditative
melancholic: melancholic, melancholy, sad, lonely, wistful, nostalgic, sorrow, bittersweet, longing, alone, forlorn,
  grief
mysterious: mysterious, mystery, eerie, haunting, spooky, secret, enigmatic, suspense, suspenseful, strange, uncanny
tense: tense, dramatic, ominous, thriller, threatening, danger, dangerous, dark mood, intense, foreboding, menacing
energetic: energetic, lively, dynamic, fast paced, exciting, upbeat, action, vibrant, powerful, vivid, bold
romantic: romantic, love, tender, intimate, sentimental
hopeful: hopeful, uplifting, inspiring, hope, optimistic, triumphant, majestic, grand, awe, wonder
"""

STYLE = """
cinematic: cinematic, film, filmic, movie, blockbuster, anamorphic, teal and orange
noir: noir, film noir, black and white, monochrome, detective story, greyscale, grayscale
anime: anime, ghibli, manga, cel shaded, cel-shaded, japanese animation
cartoon: cartoon, comic, illustrated, storybook, picture book
minimal: minimal, minimalist, minimalistic, simple, clean, plain, understated
documentary: documentary, natural, nature film, reportage
realistic: realistic, photorealistic, photo, real, lifelike
vintage: vintage, retro film, old film, super 8, sepia, analog, analogue, seventies, faded
neon: neon, cyberpunk, synthwave, vaporwave
moody: moody, gritty, low key, brooding
dreamy: dreamy, dreamlike, ethereal, soft focus, surreal
golden_hour: golden hour, golden light
"""

SUBJECT_MOTION = """
walk: walk, walks, walking, stroll, strolls, strolling, wander, wanders, wandering
run: run, runs, running, jog, jogging, sprint, sprinting, chase
fly: fly, flies, flying, soar, soars, soaring, glide, glides, gliding
spin: spin, spins, spinning, rotate, rotates, rotating, whirl, twirl
grow: grow, grows, growing, bloom
shrink: shrink, shrinks, shrinking
slow: slow, slowly, gentle motion, leisurely, drift, drifts, drifting
fast: fast, quick, quickly, rapid, hectic, frenetic, speeding, racing
none: frozen in time, motionless, freeze, stand still, does not move
"""

PACE = """
0.6: slow, slowly, slower, gently, gradual, gradually, leisurely, softly
1.5: fast, quick, quickly, rapid, rapidly, swift, whip, energetic
"""

HANDHELD = "handheld, hand held, hand-held, shaky, shaky camera, pov, point of view, found footage"

QUIET = """
a an the of on in at to for from with by and or as is are was be being been its it this that these those into onto
over under above below behind
before after while during through across along near next beside between against around up down out off then there
where when who whose whom which
very quite rather some any all each every few one another other more most much many just only also too so but yet than like such own same
his her their our my your him them us we they i you me shot scene view camera video clip footage picture image frame
film showing shows show seen
look looking moving move moves motion make made create generate please want would can could should will may let lets
sky light sun has have had
far away long tall large small big little old young new beautiful pretty lovely nice great gorgeous stunning amazing style mood feel feeling
atmosphere atmospheric sense touch hint bit full first last shot's second seconds minute minutes low high deep time
hour colours colors colour color
part side middle centre center foreground distance distant back front top bottom left right set sets setting rising nobody nothing
above-ground toward towards upon within gives give goes go going comes come coming lies lie sits sit stands stand
standing sitting end begins
start starts begin still-life animation animated illustration scenery landscape outdoors outside dusk-lit without no
not never avoid none scenes
""".split()

NEGATIONS = frozenset(
    "no not without avoid never nobody none except minus lacking zero don't dont isn't hardly free".split()
)
CLAUSE_END = frozenset("but with just only then instead while and".split())

NUMBERS = MappingProxyType(
    {
        "a": 1, "an": 1, "one": 1, "single": 1, "lone": 1, "lonely": 1, "two": 2, "couple": 2, "pair": 2, "three": 3,
        "four": 4, "five": 5, "six": 6,
        "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40,
        "forty-five": 45, "fifty": 50, "sixty": 60, "ninety": 90, "dozen": 12, "few": 3, "several": 4, "some": 3, "many": 7, "flock": 12,
        "fleet": 5, "group": 4, "crowd": 8, "shoal": 14, "dozens": 16, "lots": 9, "hundred": 24, "hundreds": 30, "countless": 24, "half": 0,
    }
)  # fmt: skip

DOMAINS = MappingProxyType(
    {
        "feature": FEATURE, "time": TIME, "weather": WEATHER, "palette": PALETTE, "subject": SUBJECT, "camera": CAMERA,
        "shot": SHOT, "mood": MOOD, "style": STYLE, "subject_motion": SUBJECT_MOTION, "pace": PACE, "handheld": "yes: " + HANDHELD,
    }
)  # fmt: skip


def _lines(table: str) -> list[str]:
    """The lines of a table; an indented line goes on with the one before."""
    return re.sub(r"\n  ", " ", table.strip()).splitlines()


@cache
def vocabulary() -> Mapping[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """Phrase (a tuple of words) to what it means: (domain, value) pairs, settings first, then in the order of the tables."""
    found: dict[tuple[str, ...], list[tuple[str, str]]] = {}
    for name, setting in settings().items():
        for phrase in setting.words:
            found.setdefault(tuple(phrase.split()), []).append(("setting", name))
    for domain, table in DOMAINS.items():
        for line in _lines(table):
            value, _, words = line.partition(":")
            for phrase in words.split(","):
                key = tuple(phrase.split())
                if key:
                    found.setdefault(key, []).append((domain, value.strip()))
    return MappingProxyType({key: tuple(values) for key, values in found.items()})
