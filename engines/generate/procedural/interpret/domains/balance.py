"""Balance: where the weight of the picture lies."""

from __future__ import annotations

from engines.generate.procedural.interpret.domain import Domain

WORDS = """
left_heavy: left heavy, left-heavy, on the left, at the left, to the left side, left third, left side, left of
  frame, frame left, left-aligned, at left, on the left side, in the left third, left half
balanced: balanced, well balanced, in the centre, centred, in the middle, at the centre, central, dead centre, even
  composition, centre frame, centre-framed
right_heavy: right heavy, right-heavy, on the right, at the right, to the right side, right third, right side, right
  of frame, frame right, right-aligned, at right, on the right side, in the right third, right half
top_heavy: top heavy, top-heavy, at the top, upper third, in the upper half, upper half, high in the frame, low
  horizon, big sky, top of the frame
bottom_heavy: bottom heavy, bottom-heavy, at the bottom, lower third, in the lower half, lower half, low in the
  frame, high horizon, bottom of the frame
"""

DOMAIN = Domain(
    "Balance",
    WORDS,
    rank=55,
    default="balanced",
)
