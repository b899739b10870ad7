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
        Kind("contemplative", "Contemplative", "contemplative meditative still", cuts=(0, 3)),
        Kind("slow_burn", "Slow burn", "slow-burn slow lingering", cuts=(0, 5)),
        Kind("steady", "Steady", "steady measured even", cuts=(5, 15)),
        Kind("dynamic", "Dynamic", "dynamic lively brisk", cuts=(15, 30)),
        Kind("fast_paced", "Fast paced", "fast-paced fast rapid", cuts=(30, 50)),
        Kind("frenetic", "Frenetic", "frenetic frantic hectic", cuts=(50, inf)),
    ),
)
