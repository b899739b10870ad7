"""Trajectory: which way the subject goes."""

from __future__ import annotations

from engines.generate.procedural.interpret.domain import Domain

WORDS = """
left: to the left, leftward, moving left, heading left, from right to left, goes left, facing left, right to left,
  runs left, leftwards
right: to the right, rightward, moving right, heading right, from left to right, goes right, facing right, left to
  right, runs right, rightwards
up: upward, upwards, skyward, into the sky, rise*, take* off, lift* off, launch*, soar*, climb*, ascending, going
  up, into the air, blast* off, rise* up
down: downward, downwards, fall*, falling, fell, drop*, sink*, plunge*, descending, going down, tumble*, dive*,
  diving
toward: toward us, towards us, toward the camera, towards the camera, toward camera, towards camera, toward the
  viewer, towards the viewer, at the camera, closer to us, facing the camera, head-on, head on, oncoming
away: away, into the distance, away from us, away from the camera, off into the distance, disappear*, vanish*,
  departing, leaving, toward the horizon, towards the horizon, to the horizon
none: in place, on the spot
"""

DOMAIN = Domain(
    "Way",
    WORDS,
    rank=60,
    default="none",
)
