"""Camera footage made by the tests: all that a real clip has, and the truth of each part of it.

A meadow under a sky (or a street at dusk), with hills, a house, a tree, a fence and grass as fine as pixels; somebody walks through;
the hand that holds the camera shakes, the sensor is noisy, and there is sound with beats at known times. Everything follows from the
parameters; a clip is made once in a session, in well under a second.
"""

from __future__ import annotations

import atexit
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import Any

import av
import cv2
import numpy as np
from numpy.typing import NDArray

from engines.media.inspection import probe_here
from tests.engines.media.footage import mux_sound
from timeline.media import Media

Pixels = NDArray[np.uint8]
SOUND_RATE = 48000
FIRST_BEAT = 0.25
_FINER = 2
"""The scene is drawn so much larger and brought down by area, as a lens and a sensor do."""
_MARGIN = 24


@dataclass(frozen=True, eq=False)
class CameraClip:
    """A film and what is known of it. Pictures are (n, h, w, 3) uint8 sRGB, as they were before encoding."""

    path: Path
    size: tuple[int, int]
    rate: Fraction
    pictures: Pixels
    """What the sensor saw: with shake and noise."""
    clean: Pixels
    """The same without noise."""
    steady: Pixels
    """Without noise and without shake: the camera on a tripod."""
    shake: NDArray[np.float64]
    """(n, 3): how far the picture went, pixels right, pixels down, degrees clockwise about its middle."""
    walker: NDArray[np.float64]
    """(n, 4): the box about the walking person in `steady`: left, top, right, bottom in pixels."""
    samples: NDArray[np.float32] | None
    """(n, 2) at 48 kHz, or None."""
    beats: tuple[float, ...]
    """Seconds of the beats in `samples`."""

    @property
    def count(self) -> int:
        """How many pictures."""
        return len(self.pictures)

    def media(self) -> Media:
        """The file as a medium of the library."""
        return probe_here(self.path)


@cache
def _folder() -> Path:
    folder = Path(mkdtemp(prefix="camera-clips-"))
    atexit.register(rmtree, folder, True)
    return folder


@cache
def camera_clip(
    size: tuple[int, int] = (320, 180),
    rate: Fraction = Fraction(24),
    seconds: float = 2.0,
    *,
    noise: float = 6.0,
    shake: float = 3.0,
    sound: bool = True,
    bpm: float = 120.0,
    scene: str = "meadow",
    seed: int = 1,
) -> CameraClip:
    """A clip with these properties; the same object for the same ones.

    `noise` is the deviation of the sensor's noise in 8-bit levels, `shake` the largest way of the hand in pixels at 320 wide,
    `scene` `meadow` (a bright day) or `street` (dusk).
    """
    rng = np.random.default_rng([seed, *scene.encode()])
    count = max(1, round(seconds * float(rate)))
    way = _hand(rng, count, float(rate)) * (shake * size[0] / 320, shake * size[0] / 320, shake * 0.15)
    backdrop = _BACKDROPS[scene](rng, size)
    steady, clean, boxes = [], [], []
    for index in range(count):
        drawn, box = _with_walker(backdrop, size, index / float(rate), scene, seed)
        steady.append(_seen(drawn, size, np.zeros(3)))
        clean.append(_seen(drawn, size, way[index]) if shake else steady[-1])
        boxes.append(box)
    pictures = _noisy(np.stack(clean), noise, rng)
    samples, beats = _sound(count / float(rate), bpm, seed) if sound else (None, ())
    name = f"{scene}-{size[0]}x{size[1]}-{float(rate):g}-{seconds:g}-{noise:g}-{shake:g}-{sound:d}-{bpm:g}-{seed}.mp4"
    path = write_film(_folder() / name, pictures, rate, samples)
    return CameraClip(
        path, size, rate, pictures, np.stack(clean), np.stack(steady), way, np.array(boxes), samples, beats
    )


def write_film(path: Path, pictures: Pixels, rate: Fraction, samples: NDArray[np.float32] | None = None) -> Path:
    """Pictures (n, h, w, 3) sRGB as H.264 in MP4, BT.709 limited, nearly lossless; and sound (n, 2) at 48 kHz."""
    with av.open(str(path), "w") as container:
        stream: Any = container.add_stream("libx264", rate=rate, options={"crf": "6", "preset": "ultrafast"})
        stream.height, stream.width = pictures.shape[1:3]
        stream.pix_fmt = "yuv420p"
        context = stream.codec_context
        context.colorspace = context.color_range = context.color_primaries = context.color_trc = 1
        audio: Any = None
        if samples is not None:
            audio = container.add_stream("aac", rate=SOUND_RATE)
            audio.codec_context.layout = "stereo"
        for number, picture in enumerate(pictures):
            frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(picture), format="rgb24")
            frame = frame.reformat(format="yuv420p", dst_colorspace="ITU709", dst_color_range="MPEG")
            frame.pts = number
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
        if samples is not None:
            mux_sound(container, audio, samples, SOUND_RATE, Fraction(0))
    return path


def _hand(rng: np.random.Generator, count: int, rate: float) -> NDArray[np.float64]:
    """(count, 3) in -1..1: slow sway and quick tremor."""
    t = np.arange(count) / rate
    rows = []
    for _ in range(3):
        phases = rng.uniform(0, 2 * np.pi, 3)
        row = sum(
            weight * np.sin(2 * np.pi * hertz * t + phase)
            for hertz, weight, phase in zip((0.9, 2.3, 6.1), (0.5, 0.3, 0.2), phases, strict=True)
        )
        rows.append(row)
    return np.stack(rows, axis=1)


def _soft_noise(rng: np.random.Generator, shape: tuple[int, int], fine: float) -> NDArray[np.float32]:
    """Noise of deviation 1 whose grains are about `fine` pixels wide."""
    small = (max(2, round(shape[0] / fine)), max(2, round(shape[1] / fine)))
    grain = rng.normal(size=small).astype(np.float32)
    return np.asarray(cv2.resize(grain, (shape[1], shape[0]), interpolation=cv2.INTER_CUBIC), np.float32)


def _canvas(size: tuple[int, int]) -> tuple[int, int, float]:
    """Height and width of the drawn scene, and its pixels per pixel of a 320-wide picture."""
    unit = _FINER * size[0] / 320
    return round(size[1] * _FINER + 2 * _MARGIN * unit), round(size[0] * _FINER + 2 * _MARGIN * unit), unit


def _gradient(shape: tuple[int, int], top: tuple[int, ...], bottom: tuple[int, ...]) -> NDArray[np.float32]:
    part = np.linspace(0, 1, shape[0], dtype=np.float32)[:, None, None]
    return np.broadcast_to(
        np.array(top, np.float32) * (1 - part) + np.array(bottom, np.float32) * part, (*shape, 3)
    ).copy()


def _meadow(rng: np.random.Generator, size: tuple[int, int]) -> Pixels:
    high, wide, unit = _canvas(size)
    picture = _gradient((high, wide), (86, 140, 214), (206, 222, 236))
    clouds = np.clip(
        _soft_noise(rng, (high, wide), 60 * unit) + 0.4 * _soft_noise(rng, (high, wide), 18 * unit), 0, 1.6
    )
    picture += (250 - picture) * (clouds / 1.6 * 0.8)[..., None]
    columns = np.arange(wide)
    for level, colour, fine in ((0.50, (104, 134, 142), 9), (0.57, (84, 118, 84), 5)):
        ridge = (
            high * level + 12 * unit * np.sin(columns / (70 * unit) + fine) + 5 * unit * np.sin(columns / (23 * unit))
        )
        below = np.arange(high)[:, None] > ridge
        picture[below] = (np.array(colour, np.float32) + 9 * _soft_noise(rng, (high, wide), fine * unit)[..., None])[
            below
        ]
    ground = round(high * 0.64)
    grass = _gradient((high - ground, wide), (112, 142, 62), (62, 98, 36))
    grass += (
        10 * _soft_noise(rng, grass.shape[:2], 2)
        + 12 * _soft_noise(rng, grass.shape[:2], 1.6 * unit)
        + 8 * _soft_noise(rng, grass.shape[:2], 12 * unit)
    )[..., None]
    picture[ground:] = grass
    drawn = np.clip(picture, 0, 255).astype(np.uint8)
    _house(drawn, round(wide * 0.70), ground, unit)
    _tree(rng, drawn, round(wide * 0.16), ground + round(4 * unit), unit)
    for post in range(0, wide, round(9 * unit)):
        cv2.rectangle(
            drawn,
            (post, ground - round(3 * unit)),
            (post + round(1.5 * unit), ground + round(9 * unit)),
            (150, 128, 96),
            -1,
        )
    cv2.line(drawn, (0, ground), (wide, ground), (168, 146, 110), max(1, round(1.2 * unit)), cv2.LINE_AA)
    return drawn


def _house(drawn: Pixels, left: int, ground: int, unit: float) -> None:
    def box(x: float, y: float, w: float, h: float, colour: tuple[int, int, int]) -> None:
        corner = (round(left + x * unit), round(ground + y * unit))
        cv2.rectangle(
            drawn, corner, (round(corner[0] + w * unit), round(corner[1] + h * unit)), colour, -1, cv2.LINE_AA
        )

    box(0, -32, 58, 34, (214, 196, 168))
    roof = np.array([(-5, -31), (29, -54), (63, -31)]) * unit + (left, ground)
    cv2.fillPoly(drawn, [np.round(roof).astype(np.int32)], (150, 66, 52), cv2.LINE_AA)
    for x in (7, 24, 41):
        box(x, -24, 10, 12, (58, 70, 88))
        box(x + 4.4, -24, 1.2, 12, (226, 220, 208))
    for line in range(8):
        box(0, -30 + line * 4, 58, 0.3, (194, 174, 146))


def _tree(rng: np.random.Generator, drawn: Pixels, x: int, ground: int, unit: float) -> None:
    cv2.rectangle(
        drawn, (x - round(3 * unit), ground - round(34 * unit)), (x + round(3 * unit), ground), (84, 62, 44), -1
    )
    for _ in range(260):
        angle, far = rng.uniform(0, 2 * np.pi), 24 * np.sqrt(rng.uniform(0, 1)) * unit
        place = (round(x + far * np.cos(angle)), round(ground - 50 * unit + far * 0.9 * np.sin(angle)))
        light = int(rng.integers(-22, 26))
        cv2.circle(
            drawn,
            place,
            round(rng.uniform(1.2, 3.4) * unit),
            (60 + light, 104 + light, 46 + light // 2),
            -1,
            cv2.LINE_AA,
        )


def _street(rng: np.random.Generator, size: tuple[int, int]) -> Pixels:
    high, wide, unit = _canvas(size)
    picture = _gradient((high, wide), (38, 40, 84), (236, 142, 92))
    picture += 6 * _soft_noise(rng, (high, wide), 50 * unit)[..., None]
    drawn = np.clip(picture, 0, 255).astype(np.uint8)
    ground = round(high * 0.70)
    left = -round(10 * unit)
    while left < wide:
        across, tall = round(rng.uniform(34, 62) * unit), round(rng.uniform(50, 105) * unit)
        shade = int(rng.integers(26, 52))
        cv2.rectangle(drawn, (left, ground - tall), (left + across, ground), (shade + 8, shade, shade + 14), -1)
        for y in range(ground - tall + round(5 * unit), ground - round(8 * unit), round(9 * unit)):
            for x in range(left + round(4 * unit), left + across - round(5 * unit), round(7 * unit)):
                colour = (250, 208, 122) if rng.uniform() < 0.45 else (52, 56, 76)
                cv2.rectangle(drawn, (x, y), (x + round(3 * unit), y + round(5 * unit)), colour, -1)
        left += across + round(3 * unit)
    road = _gradient((high - ground, wide), (70, 66, 72), (44, 42, 48))
    road += (7 * _soft_noise(rng, road.shape[:2], 1.5 * unit))[..., None]
    drawn[ground:] = np.clip(road, 0, 255).astype(np.uint8)
    for x in range(0, wide, round(40 * unit)):
        cv2.rectangle(
            drawn,
            (x, ground + round(26 * unit)),
            (x + round(18 * unit), ground + round(29 * unit)),
            (206, 198, 176),
            -1,
        )
    return drawn


_BACKDROPS: dict[str, Callable[[np.random.Generator, tuple[int, int]], Pixels]] = {"meadow": _meadow, "street": _street}
_CLOTHES = {"meadow": ((178, 48, 46), (44, 52, 84)), "street": ((222, 196, 92), (60, 46, 40))}
_SKIN, _HAIR = (224, 176, 144), (58, 40, 30)


def _with_walker(
    backdrop: Pixels, size: tuple[int, int], seconds: float, scene: str, seed: int
) -> tuple[Pixels, tuple[float, float, float, float]]:
    """The scene with somebody walking from left to right (street: to the left), and the box about them in final pixels."""
    high, wide, unit = _canvas(size)
    way = 1 if scene == "meadow" else -1
    start = 0.36 if way > 0 else 0.62
    x = wide * start + way * 46 * unit * seconds
    step = np.sin(2 * np.pi * 1.7 * seconds + seed)
    feet = high * 0.86 - 1.2 * unit * abs(step)
    shirt, trousers = _CLOTHES[scene]
    drawn = backdrop.copy()
    hip, neck, head = feet - 36 * unit, feet - 66 * unit, feet - 75 * unit

    def limb(a: tuple[float, float], b: tuple[float, float], thick: float, colour: tuple[int, int, int]) -> None:
        points = [tuple(round(v * 16) for v in p) for p in (a, b)]
        cv2.line(drawn, points[0], points[1], colour, max(1, round(thick * unit)), cv2.LINE_AA, 4)

    dark = tuple(round(0.7 * c) for c in shirt)
    shadow = cv2.ellipse(
        drawn.copy(),
        (round(x), round(feet)),
        (round(20 * unit), round(4 * unit)),
        0,
        0,
        360,
        (20, 24, 16),
        -1,
        cv2.LINE_AA,
    )
    cv2.addWeighted(drawn, 0.55, shadow, 0.45, 0, drawn)
    limb((x, neck + 6 * unit), (x - step * 12 * unit, hip + 2 * unit), 5, (dark[0], dark[1], dark[2]))
    limb((x, hip), (x - step * 13 * unit, feet), 8, tuple(round(0.8 * c) for c in trousers))  # type: ignore[arg-type]
    limb((x, hip), (x + step * 13 * unit, feet), 8, trousers)
    limb((x, neck + 6 * unit), (x, hip), 17, shirt)
    limb((x, neck + 6 * unit), (x + step * 12 * unit, hip + 2 * unit), 5, (dark[0], dark[1], dark[2]))
    for line in range(5):  # a striped shirt: fine detail that moves
        y = neck + (6 + 6 * line) * unit
        limb((x - 7 * unit, y), (x + 7 * unit, y), 1, (236, 226, 214))
    middle = (round(x * 16), round(head * 16))
    cv2.circle(drawn, middle, round(8.5 * unit * 16), _SKIN, -1, cv2.LINE_AA, 4)
    cv2.ellipse(
        drawn,
        (round(x), round(head - 2 * unit)),
        (round(9 * unit), round(7.5 * unit)),
        0,
        180,
        360,
        _HAIR,
        -1,
        cv2.LINE_AA,
    )
    cv2.circle(
        drawn,
        (round(x + way * 4 * unit), round(head + 1 * unit)),
        max(1, round(1.2 * unit)),
        (40, 30, 30),
        -1,
        cv2.LINE_AA,
    )
    edge = _MARGIN * unit
    box = (x - 17 * unit - edge, head - 10 * unit - edge, x + 17 * unit - edge, feet + 3 * unit - edge)
    return drawn, (box[0] / _FINER, box[1] / _FINER, box[2] / _FINER, box[3] / _FINER)


def _seen(drawn: Pixels, size: tuple[int, int], move: NDArray[np.float64]) -> Pixels:
    """What the camera sees of the scene, held `move` (pixels right, pixels down, degrees) off its place."""
    high, wide, _ = _canvas(size)
    matrix = cv2.getRotationMatrix2D(((wide - 1) / 2, (high - 1) / 2), -float(move[2]), 1.0)
    matrix[:, 2] += (move[:2] * _FINER) - ((wide - size[0] * _FINER) / 2, (high - size[1] * _FINER) / 2)
    large = (size[0] * _FINER, size[1] * _FINER)
    fine = cv2.warpAffine(drawn, matrix, large, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(cv2.resize(fine, size, interpolation=cv2.INTER_AREA), np.uint8)


def _noisy(pictures: Pixels, noise: float, rng: np.random.Generator) -> Pixels:
    """The pictures as a sensor hands them on: noise new in each, the same in no two places."""
    if not noise:
        return pictures
    grain = (noise * rng.standard_normal((1 << 18) + pictures[0].size, np.float32)).astype(np.int16)
    shown = np.empty_like(pictures)
    for index, picture in enumerate(pictures):
        start = int(rng.integers(1 << 18))
        own = grain[start : start + picture.size].reshape(picture.shape)
        np.clip(picture + own, 0, 255, out=shown[index], casting="unsafe")
    return shown


def _sound(seconds: float, bpm: float, seed: int) -> tuple[NDArray[np.float32], tuple[float, ...]]:
    """A quiet chord of 220 Hz and 330 Hz with a drum on each beat, louder on each fourth; and the times of the beats."""
    t: NDArray[np.float64] = np.arange(round(seconds * SOUND_RATE)) / SOUND_RATE
    mixed: NDArray[np.float64] = 0.05 * np.sin(2 * np.pi * 220 * t) + 0.04 * np.sin(2 * np.pi * 330 * t)
    late = np.arange(round(0.18 * SOUND_RATE)) / SOUND_RATE
    click = np.random.default_rng(seed).normal(size=len(late)) * np.exp(-late / 0.012) * 0.25
    drum = 0.55 * np.sin(2 * np.pi * 70 * late * (1 + 0.6 * np.exp(-late / 0.02))) * np.exp(-late / 0.05) + click
    beats = tuple(float(one) for one in np.arange(FIRST_BEAT, seconds - 0.05, 60 / bpm))
    for number, beat in enumerate(beats):
        start = round(beat * SOUND_RATE)
        part = drum[: len(t) - start] * (1.0 if number % 4 == 0 else 0.75)
        mixed[start : start + len(part)] += part
    return np.repeat(np.clip(mixed, -0.95, 0.95).astype(np.float32)[:, None], 2, axis=1), beats
