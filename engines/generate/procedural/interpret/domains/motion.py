"""Motion: how lively everything moves."""

from __future__ import annotations

from engines.generate.procedural.interpret.domain import Domain

WORDS = """
slow: slow, slowly, slow motion, calm, gentle, gently, peaceful, serene, tranquil, leisurely, languid, unhurried,
  lazy, lazily, still, motionless, sleepy, drowsy, gradual, gradually, softly, chill, mellow, slomo, slow-mo,
  ~dreamy, ~quiet, ~lofi
wave: wave, waving, rolling, billow*, undulate*, sway*, swaying, ripple*, rock* gently, bob*, swell, surge*, ~ocean,
  ~sea, ~rain
flow: flow*, drift*, fluid, smooth motion, stream*, glide*, gliding, liquid, flowing, silky, seamless motion,
  float*, pour*, meander*
fast: fast, quick, quickly, chaotic, chaos, intense, rapid, rapidly, hectic, frenetic, frantic, speedy, swift,
  hurried, rush*, rushing, wild, wildly, turbulent, dash*, zip*, whoosh*, hyper, hyperlapse, timelapse, time lapse,
  time-lapse, high speed, energetic, dynamic, action packed, breakneck
pulse: pulse*, pulsing, pulsating, pulsate*, rhythmic, erratic, throb*, beat*, beating, heartbeat, blink*, flicker*,
  flickering, strobe, strobing, flash*, flashing, twinkle*, ~neon, ~city
"""

DOMAIN = Domain(
    "Motion",
    WORDS,
    rank=45,
    default="flow",
    is_gradual=True,
    opposite={
        "slow": "fast",
        "fast": "slow",
    },
)
