"""The films the tests here look at: tiny, made when first asked for, once a session."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from tests.engines.media import footage
from timeline.media import Media

ALPHA = np.tile(np.linspace(0, 255, footage.WIDTH).astype(np.uint8), (footage.HEIGHT, 1))
"""See-through on the left, opaque on the right."""

_X264 = {"preset": "veryfast", "crf": "16"}
_VP9 = {"deadline": "realtime", "cpu-used": "8", "crf": "16", "b": "0"}

FILMS: dict[str, dict[str, object]] = {
    "long_gop.mp4": {"options": {**_X264, "g": "250", "bf": "3"}, "rate": Fraction(30000, 1001)},
    "open_gop.mp4": {
        "options": {**_X264, "x264-params": "open-gop=1:keyint=12:min-keyint=12:bframes=3:b-adapt=0:scenecut=0"}
    },
    "short_gop.mkv": {"options": {**_X264, "g": "10", "bf": "2"}, "rate": Fraction(24000, 1001)},
    "fragments.mp4": {
        "options": {**_X264, "g": "12", "bf": "2"},
        "container_options": {"movflags": "frag_keyframe+empty_moov"},
    },
    "hevc.mp4": {
        "codec": "libx265",
        "options": {"preset": "ultrafast", "x265-params": "keyint=12:min-keyint=12:bframes=3:log-level=none:crf=16"},
    },
    "pyramid.mkv": {"options": {**_X264, "g": "250", "bf": "7", "x264-params": "b-pyramid=normal:ref=4:b-adapt=0"}},
    "open_pyramid.ts": {
        "options": {**_X264, "x264-params": "open-gop=1:keyint=24:min-keyint=24:bframes=5:b-adapt=0:scenecut=0"}
    },
    "hevc_long.mp4": {
        "codec": "libx265",
        "options": {"preset": "ultrafast", "x265-params": "keyint=250:bframes=4:b-pyramid=1:log-level=none:crf=16"},
    },
    "hevc_open.ts": {
        "codec": "libx265",
        "options": {"preset": "ultrafast", "x265-params": "keyint=16:open-gop=1:bframes=3:log-level=none:crf=16"},
    },
    "hevc_layers.mp4": {
        "codec": "libx265",
        "options": {
            "preset": "ultrafast",
            "x265-params": "temporal-layers=1:bframes=4:b-pyramid=1:log-level=none:crf=16",
        },
    },
    "mpeg2.mkv": {"codec": "mpeg2video", "options": {"bf": "3", "g": "48", "b": "6000000"}},
    "dnxhr.mov": {"codec": "dnxhd", "pix_fmt": "yuv422p", "size": (256, 120), "options": {"profile": "dnxhr_sq"}},
    "av1.mp4": {"codec": "libsvtav1", "options": {"preset": "8", "g": "24", "crf": "8"}},
    "vp9.webm": {"codec": "libvpx-vp9", "options": {**_VP9, "g": "20"}, "rate": Fraction(24)},
    "vp8.webm": {"codec": "libvpx", "options": {"b": "2000000", "deadline": "realtime", "cpu-used": "8", "g": "20"}},
    "alpha.webm": {
        "codec": "libvpx-vp9",
        "pix_fmt": "yuva420p",
        "alpha": ALPHA,
        "options": {**_VP9, "auto-alt-ref": "0", "g": "20"},
    },
    "mpeg4.avi": {"codec": "mpeg4", "options": {"bf": "2", "g": "12", "qscale": "2"}},
    "mpeg2.ts": {
        "codec": "mpeg2video",
        "options": {"bf": "2", "g": "12", "b": "6000000"},
        "rate": Fraction(24000, 1001),
    },
    "mpeg2.mpg": {"codec": "mpeg2video", "options": {"bf": "2", "g": "12", "b": "6000000"}},
    "h264.ts": {"options": {**_X264, "g": "20", "bf": "3"}, "rate": Fraction(60000, 1001)},
    "h264.flv": {"options": {**_X264, "g": "20", "bf": "2"}},
    "raw.h264": {"options": {**_X264, "g": "20", "bf": "2"}},
    "mjpeg.mov": {"codec": "mjpeg", "pix_fmt": "yuvj420p", "options": {"qscale": "2"}},
    "prores.mov": {"codec": "prores_ks", "pix_fmt": "yuv422p10le"},
    "prores4444.mov": {
        "codec": "prores_ks",
        "pix_fmt": "yuva444p10le",
        "alpha": ALPHA,
        "options": {"profile": "4444"},
    },
    "ffv1.mkv": {"codec": "ffv1"},
    "film.gif": {"codec": "gif", "pix_fmt": "rgb8", "rate": Fraction(20)},
    "film.apng": {"codec": "apng", "pix_fmt": "rgb24", "container_options": {"plays": "1"}},
    "odd.mp4": {"size": (161, 91), "pix_fmt": "yuv444p", "options": _X264},
    "one_frame.mp4": {"count": 1, "options": _X264},
    "uneven.mp4": {  # a telephone's variable rate: 20 to 60 ms a picture
        "times": tuple(int(90 * t) for t in np.cumsum([0, *([20, 33, 60, 41] * 12)])[:48]),
        "time_base": Fraction(1, 90000),
        "options": {**_X264, "g": "16", "bf": "2"},
    },
    "uneven.webm": {
        "codec": "libvpx-vp9",
        "times": tuple(int(t) for t in np.cumsum([0, *([20, 33, 60, 41] * 12)])[:48]),
        "time_base": Fraction(1, 1000),
        "options": {**_VP9, "g": "16"},
    },
    "edited.mp4": {  # an edit list that starts inside a group of pictures: counters 10 to 47 are to be seen
        "times": tuple(range(-10, 38)),
        "options": {**_X264, "g": "30", "bf": "2"},
        "container_options": {"avoid_negative_ts": "disabled"},
    },
    "late.mkv": {"times": tuple(range(30, 78)), "options": {**_X264, "g": "12"}},
}


@pytest.fixture(scope="session")
def film(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """`film("long_gop.mp4")`: the path of one of FILMS."""
    folder = tmp_path_factory.mktemp("films")

    def made(name: str) -> Path:
        path = folder / name
        if not path.exists():
            footage.make_film(path, **FILMS[name])  # type: ignore[arg-type]  # a table of keyword arguments
        return path

    return made


@pytest.fixture(scope="session")
def probed(film: Callable[[str], Path]) -> Callable[[str], Media]:
    """`probed("long_gop.mp4")`: the same as Media."""
    from engines.media.inspection import probe_here

    return lambda name: probe_here(film(name))
