"""What the subject does."""

from __future__ import annotations

from engines.generate.procedural.interpret.domain import Domain

WORDS = """
walk: walk*, stroll*, wander*, march*, hike*, hiking, trudge*, amble*, saunter*, pace*, tiptoe*,
  limp*
run: run*, runs, running, ran, jog*, sprint*, chase*, gallop*, race*, dash*, flee*, charge*, trot*, canter*
fly: fly*, flies, flying, flew, soar*, glide*, hover*, flutter*, flap*, circling, swoop*, take* flight
spin: spin*, spinning, spun, rotate*, whirl*, twirl*, turn* around, revolve*, pirouette*, twist*, swirl*
grow: grow*, grows, growing, grew, bloom*, expand*, swell*, sprout*, blossom*, unfold*, inflate*, get* bigger, gets
  bigger, rise* from the ground
shrink: shrink*, shrinks, shrinking, shrank, dwindle*, contract*, deflate*, get* smaller, gets smaller, wither*,
  fade* away
slow: slow, slowly, gentle motion, leisurely, drift*, creep*, crawl*, plod*, lazily, gently,
  leaves the, leaves a, leaves for, leaves from, leaves under, leaves before, leaves after, leaves her, leaves his,
  leaves its, leaves their
medium: at a normal pace, moderate speed, medium speed
fast: fast, quick, quickly, rapid, rapidly, hectic, frenetic, speeding, racing, speed*, zoom* past, rush*, hurry,
  hurrying, whizz*, hurtle*
none: frozen in time, motionless, freeze, freeze frame, stand* still, does not move, standing still, immobile,
  lifeless, statue-like, doesn't move, unmoving, sit* still
"""

DOMAIN = Domain(
    "Movement",
    WORDS,
    rank=22,
    is_gradual=True,
    opposite={
        "fast": "slow",
        "slow": "fast",
    },
)
