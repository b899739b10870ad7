"""What is shifted while one pans is what would be painted anew; only what comes in is painted."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest
from PySide6.QtGui import QImage, QPainter

from studio_app.session.constellation import Look
from studio_app.session.sky_asking import Answer
from studio_app.session.sky_stars import figure_of, groups_of
from ui.sky.layer import SkyLayer
from ui.sky.scale import SkyScale
from ui.sky.still import StillSky

pytestmark = pytest.mark.qt
NUMBER = 300


class _Stars(SimpleNamespace):
    def __len__(self) -> int:
        return NUMBER


@pytest.fixture
def still(qapp: Any) -> StillSky:
    """Three groups of stars with figures, lines of lineage and a few that a search found."""
    chance = np.random.default_rng(3)
    codes = np.repeat(np.arange(3, dtype=np.int8), NUMBER // 3)
    places = np.stack([0.4 + 0.4 * codes, 0.5 + 0 * codes], 1) + chance.normal(0, 0.08, (NUMBER, 2))
    groups = groups_of(codes, ("action", "drama", "comedy"), places, np.ones(NUMBER, np.bool_))
    found = np.zeros(NUMBER, np.bool_)
    found[::17] = True
    stars = _Stars(
        codes={"genre": codes},
        ratings=chance.integers(0, 6, NUMBER),
        uses=np.zeros(NUMBER, np.int64),
        quality=chance.uniform(0, 1, NUMBER),
        parents=chance.integers(0, NUMBER, (40, 2)),
    )
    model = SimpleNamespace(
        stars=stars,
        places=places,
        look=Look(),
        family="genre",
        groups=groups,
        figures={code: figure_of(places[codes == code], np.ones(NUMBER // 3, np.float32)) for code in range(3)},
        answer=Answer(np.ones(NUMBER, np.bool_), np.arange(NUMBER), np.where(found, 1.0, np.nan).astype(np.float32)),
    )
    return StillSky(cast(Any, model))


def shown(layer: SkyLayer, scale: SkyScale, ratio: float) -> np.ndarray:
    """The view as it is painted, (h, w, 4)."""
    picture = QImage(round(scale.width * ratio), round(scale.height * ratio), QImage.Format.Format_RGB32)
    picture.setDevicePixelRatio(ratio)
    painter = QPainter(picture)
    layer.paint(painter, scale, ratio)
    painter.end()
    return np.frombuffer(picture.constBits(), np.uint8).reshape(picture.height(), picture.width(), 4).copy()


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
def test_a_panned_sky_is_the_sky_painted_anew(still: StillSky, ratio: float) -> None:
    layer, scale = SkyLayer(still), SkyScale(400, 260, 0.8, 0.5, 420.0)
    shown(layer, scale, ratio)
    assert not layer.is_patched
    for dx, dy in ((6, 2), (-20, 4), (0, -12), (34, 0), (-8, -30)):
        scale = scale.panned(dx, dy)
        panned = shown(layer, scale, ratio)
        assert layer.is_patched
        assert layer.painted < 0.3 * panned.shape[0] * panned.shape[1]
        anew = shown(SkyLayer(still), scale, ratio)
        apart = np.abs(panned.astype(int) - anew)[..., :3].max(axis=2)
        assert (apart > 2).mean() < 1e-3, "but where a line was cut at the edge of a part"
        assert apart.max() < 40


def test_zooming_a_jump_and_a_change_paint_all(still: StillSky) -> None:
    layer, scale = SkyLayer(still), SkyScale(400, 260, 0.8, 0.5, 420.0)
    for way in (scale, scale.zoomed(1.1), scale.panned(300, 0), scale.panned(300.4, 0)):
        shown(layer, way, 1.0)
        assert not layer.is_patched
    shown(layer, scale.panned(304.4, 0), 1.0)
    assert layer.is_patched
    layer.forget()
    shown(layer, scale.panned(304.4, 0), 1.0)
    assert not layer.is_patched
