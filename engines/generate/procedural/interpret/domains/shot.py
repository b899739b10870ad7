"""Shot: how much of the scene is in the frame."""

from __future__ import annotations

from engines.generate.procedural.interpret.domain import Domain

WORDS = """
extreme_wide: extreme wide, extreme wide shot, very wide, very wide shot, vista, panorama, panoramic, epic scale,
  extreme long shot, ultra wide, ultrawide, vast view, sweeping view, ews
wide: wide, wide shot, establishing, establishing shot, long shot, landscape shot, full shot, wide angle,
  wide-angle, wide view, whole scene, master shot, from afar, from a distance, from far away
medium: medium shot, medium, mid shot, mid-shot, midshot, waist up, waist shot, american shot, cowboy shot, medium
  close
close: close up, close, closeup, close-up, close shot, tight shot, tight, portrait shot, headshot, head and
  shoulders, near shot, up close, close view, tight framing
extreme_close: extreme close up, extreme close, extreme close-up, extreme closeup, macro, macro shot, detail, detail
  shot, very close, insert shot, microscopic, ecu
pov: point of view, pov, pov shot, first person, first-person, point of view shot, through the eyes, subjective
  camera, subjective shot, eye view, gopro, body cam, bodycam
handheld: handheld shot, handheld, hand held, hand-held, shoulder cam, shaky cam
"""

DOMAIN = Domain(
    "Shot size",
    WORDS,
    rank=15,
    default="medium",
)
