"""Weather: of several the heaviest falls."""

from __future__ import annotations

from engines.generate.procedural.interpret.domain import Domain

WORDS = """
clear: clear, clear sky, blue sky, fine weather, fair, fair weather, good weather, clear weather
cloudy: cloudy, overcast, cloud, grey sky, dull, dull sky, cloud cover, clouds, leaden sky, white sky, clouded
fog: fog, foggy, mist, misty, haze, hazy, murky, vapour, smog, pea soup, fogged, steamy, misted, smoky, smoke-filled
rain: rain, rainy street, rainy, raining, drizzle*, shower, downpour, rainfall, umbrella, raindrop, wet, pouring,
  monsoon, cloudburst, rainstorm, pour* down, drenched, soaked, bad weather, sprinkle
snow: snow, snowy, snowfall, snowing, snowflake, blizzard, flake, flurry, snowstorm, sleet, snowdrift, powder snow,
  whiteout
storm: storm, stormy, thunder, lightning, thunderstorm, tempest, gale, hurricane, typhoon, cyclone, tornado,
  thunderclap, lightning bolt, bolt of lightning, squall, wild weather, hail
"""

DOMAIN = Domain(
    "Weather",
    WORDS,
    rank=17,
    is_gradual=True,
)
