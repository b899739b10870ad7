"""Time of day."""

from __future__ import annotations

from engines.generate.procedural.interpret.domain import Domain

WORDS = """
dawn: dawn, sunrise, daybreak, first light, early morning, sun rises, sun rising, sun comes up, sun coming up,
  before sunrise, break of day, at first light, cockcrow, sun up, rising sun, early light
morning: morning, breakfast, forenoon, a.m., mid-morning, morning light, wake* up, good morning
day: day, noon, midday, daylight, daytime, afternoon, sunny, sunlit, bright day, broad daylight, lunchtime, high
  noon, sunshine, by day, sunny day, clear day, summer day, blue sky, sunlight, ~sun
golden_hour: golden hour, golden-hour, golden light, late afternoon, golden, low sun, evening sun, warm light, magic
  hour, long
  shadow, late sun, golden sun, sun-kissed
dusk: dusk, sunset, evening, twilight, sundown, nightfall, blue hour, afterglow, sun sets, sun setting, sun goes
  down, gloaming, setting sun, day's end, end of the day, last light, sun going down, red sky
night: night, midnight, nighttime, moonlight, moonlit, moon, nocturnal, star, stars, starry, starlight, late at
  night, small hours, full moon, crescent, dark night, at night, by night, tonight, night-time, after dark, 3am,
  starlit, overnight
"""

DOMAIN = Domain(
    "Time of day",
    WORDS,
    rank=18,
)
