"""Feature: what a setting has."""

from __future__ import annotations

from engines.generate.procedural.interpret.domain import Domain

WORDS = """
sun: sun, sunball, solar disc
beach: beach, sand shore, sandy, shoreline, seaside, strand
harbour: harbour, port, pier, quay, dock, marina, breakwater, jetty, wharf
cliff: cliff, headland, coast, coastline, bluff, crag
island: island, archipelago, atoll, isle, islet
big waves: wave, swell, rough sea, surf, breaker, big wave, high seas, choppy, crashing wave, rough water, tidal
  wave, tsunami
lake: lake, fjord, tarn, mirror lake, reflection, pond, loch, reservoir
river: river, canal, waterfront, bay, stream, creek, brook
neon: neon, times square, signage, cyberpunk, cyber, blade runner, neon sign
aurora: aurora, northern lights, aurora borealis, polar light, southern lights
milky way: milky way, galaxy
shooting star: shooting star, falling star, meteor, comet, meteor shower
flowers: flower, blossom, bloom, poppy, daisy, wildflower, tulip, lavender field, sunflower, petal, bluebell, rose
  garden, cherry blossom, spring, springtime, dandelion, buttercup
wheat: wheat, barley, corn, grain, cornfield, harvest, golden field, wheat field, rye, crops, hay
pines: pine, fir, spruce, conifer, evergreen, taiga, cedar, pine tree, larch
birches: birch, aspen, birch tree
rays: ray, beam, sunbeam, light shaft, god ray, shaft, light ray, sun ray, crepuscular, shaft of light, sunray,
  volumetric light, light beam, ray of light
lamp: lamp, lantern, candle, lamplight, street lamp, street light, fairy light, string light, lightbulb
planet: planet, saturn, mars, jupiter, ring, rings, exoplanet, alien world
nebula: nebula, gas cloud, stardust
fireflies: firefly, fireflies, glow worm, lightning bug
mesa: mesa, canyon, badlands, butte
cactus: cactus, cacti
reef: reef, coral, coral reef, sea creature, marine life, sea life
kelp: kelp, seaweed, kelp forest
big moon: big moon, full moon, huge moon, giant moon, supermoon, harvest moon, large moon, enormous moon
crescent: crescent, crescent moon, new moon, sickle moon, half moon
big sun: big sun, huge sun, giant sun, large sun, enormous sun
wet: wet, puddle, glistening, rain-soaked, wet pavement, rainy street, wet street, slick
autumn: autumn, fall colours, autumnal, october, november, autumn leaf, fallen leaf, foliage, in the fall, fall
  foliage, september, indian summer
winter: winter, frozen, ice, icy, frost, snowy, frosty, december, january, snow-covered, snowcapped, snow-capped,
  wintry, wintertime, february, icicle, snowy landscape, christmas, glacier, permafrost
"""

DOMAIN = Domain(
    "Feature",
    WORDS,
    rank=16,
)
