"""Pacing: how fast it goes. One a clip: by cuts a minute, and by motion where there is a single shot (see `judging`).

Contemplative is asked first: within the range of slow burn it takes what hardly moves.
"""

from __future__ import annotations

from math import inf

from studio_app.catalogue.family import Family, Kind

FAMILY = Family(
    "pacing",
    "Pacing",
    (
        Kind("contemplative", "Contemplative", "contemplative//ly meditative still//ness", cuts=(0, 3)),
        Kind("slow_burn", "Slow burn", "slow-burn slow//ly/er linger//s/ing", cuts=(0, 5)),
        Kind("steady", "Steady", "stead/y/ily measured evenly", cuts=(5, 15)),
        Kind("dynamic", "Dynamic", "dynamic//ally lively brisk//ly", cuts=(15, 30)),
        Kind("fast_paced", "Fast paced", "fast-paced fast//er rapid//ly quick//ly", cuts=(30, 50)),
        Kind("frenetic", "Frenetic", "frenetic//ally frantic//ally hectic//ally", cuts=(50, inf)),
    ),
)
