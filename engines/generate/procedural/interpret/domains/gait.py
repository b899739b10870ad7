"""Doing: what a subject does where it is."""

from __future__ import annotations

from engines.generate.procedural.interpret.domain import Domain

WORDS = """
walk: walk*, stroll*, wander*, march*, hike*, amble*, saunter*, tiptoe*
run: run*, runs, running, jog*, sprint*, gallop*, trot*, canter*
fly: fly*, flies, flying, soar*, flap*, flutter*, hover*
dance: dance*, dancing, dancer, waltz*, ballet, breakdance*, ballerina, twirl*
swim: swim*, swims, swimming, swam, snorkel*, dive*, paddle*
jump: jump*, leap*, hop*, skip*, bounce*
wave: waving, waves hello, wave hello, waves goodbye, wave goodbye, waving hello, greet*
sit: sit*, sits, sitting, seated, crouch*, rest*, kneel*
"""

DOMAIN = Domain(
    "Doing",
    WORDS,
    rank=23,
)
