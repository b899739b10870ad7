"""Camera: how it moves. Directions are those of the camera."""

from __future__ import annotations

from engines.generate.procedural.interpret.domain import Domain

WORDS = """
static: static, still camera, locked off, locked-off, locked, fixed camera, tripod, motionless camera, static
  camera, static shot, locked camera, no movement, no camera movement, no camera motion, camera still, camera stays,
  camera does not move, steady camera, stationary, unmoving camera
pan_left: pan* left, pan* to the left, pan* leftward, camera left, look* left, camera turn* left
pan_right: pan* right, pan*, pan* to the right, pan* across, pan* rightward, camera right, look* right, camera turn*
  right, panoramic sweep, sweep* across
tilt_up: tilt* up, tilt*, tilt* upward, look* up, camera look* up
tilt_down: tilt* down, tilt* downward, look* down, camera look* down
zoom_in: zoom* in, zoom*, crash zoom, snap zoom, punch* in, camera zoom* in
zoom_out: zoom* out, zoom* back, camera zoom* out
dolly_in: dolly* in, dolly*, push* in, push-in, move* in, move* closer, closer, forward, move* forward, fly through,
  fly* forward, fly* ahead, fly* toward, fly* towards,
  fly* through, glide* forward, approach*, fly* over, creep* in, drive* forward, walk* forward, camera forward,
  travel* forward, dolly zoom, vertigo effect, fpv, first person flight
dolly_out: dolly* out, pull* out, pull* back, back* away, reveal, pull* away, move* back, move* away, retreat*,
  withdraw*, recede*, camera backward, reveal shot
orbit_left: orbit*, orbit* left, circle* around, circling around, rotate* around, revolve* around, around the
  subject, 360, turntable, orbit shot, spin* around, circle* left
orbit_right: orbit* right, circle* right, circle* around to the right
crane_up: crane* up, crane, crane shot, rising camera, rise, rises, rising, ~drone, drone rising, drone rises, drone
  shot, boom up, camera rise*, ascend*, lift* off, jib up, jib, camera ascend*, rise* up, soar* up, ~drone footage,
  aerial rise
crane_down: crane* down, drone descending, descend*, boom down, camera sink*, lower* down, sink*, jib down, camera
  descend*, camera lower*
truck_left: truck* left, slide* left, move* left, moves left, truck* to the left, slide* to the left, dolly* left,
  track* left, tracking left, camera move* left, crab left, crab* left
truck_right: truck* right, truck*, slide* right, move* right, moves right, truck* to the right, slide* to the right,
  dolly* right, track* right, tracking right, camera move* right, slider shot, lateral move, sideways move, crab*,
  crab* right
pedestal_up: pedestal* up, pedestal*, camera goes up, camera up
pedestal_down: pedestal* down, camera goes down, camera down
arc: arc shot, arc*, arc* left, arc* right, arc* around, arcing shot, bullet time, semicircle
tracking: tracking shot, tracking, track*, follow*, following shot, follow shot, steadicam, chase cam, gimbal,
  camera follow*
handheld: handheld, hand held, hand-held, shaky, shaky camera, shaky cam, shaky-cam, found footage, wobbly, vlog,
  unsteady camera, camera shake, home video
whip_pan: whip pan, whip* around, swish pan, whip*, fast pan, whip-pan, flash pan
birds_eye: birds eye, bird's eye, birds-eye, bird's-eye view, bird's eye view, birds eye view, birdseye, overhead
  shot, overhead, top down, top-down, top shot, from above, ~aerial, ~aerial view, ~aerial shot, god's eye, satellite
  view, map view
roll: roll*, barrel roll, dutch roll, camera roll*, roll* left, roll* right, dutch angle, dutch tilt, canted, tilted
  horizon, tilted frame
rotate: rotating camera, camera rotate*, camera spin*, spinning camera, rotate* the camera, rotation, turn* slowly,
  spiral shot
"""

DOMAIN = Domain(
    "Camera",
    WORDS,
    rank=10,
    default="static",
)
