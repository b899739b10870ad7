"""Entity: plain names of what can stand in a scene."""

from __future__ import annotations

from engines.generate.procedural.interpret.domain import Domain

WORDS = """
circle: circle
rect: rectangle, rect, square
arrow: arrow
character: character, person, figure, mascot, robot
tree: tree, oak, pine
fish: fish
wave: wave, waves
building: building, tower, house, skyscraper
cloud: cloud
bird: bird, seagull
star: star
vehicle: vehicle, car, truck, bus, van
composed: composed, composition, still life, ensemble
"""

DOMAIN = Domain(
    "Thing",
    WORDS,
    rank=90,
)
