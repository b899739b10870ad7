"""Models that may be installed: of what is said, of how it looks. Without them nothing is missing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from engines.media.inspection import probe_here
from studio_app.catalogue import embedding, reading
from studio_app.catalogue.catalogue import Catalogue
from studio_app.catalogue.indexing import Indexer
from studio_app.catalogue.picture_model import NAME, picture_model
from studio_app.catalogue.query import Like, Query, Weights
from tests.catalogue.library import library
from tests.catalogue.test_indexing import Told
from tests.engines.analyse.clips import field, film


class Meaning:
    """Knows that a pooch is a dog, which no stem tells."""

    def vectors(self, texts: Sequence[str]) -> NDArray[np.float32]:
        rows = [[1.0, 0.0] if "pooch" in text or "dog" in text else [0.0, 1.0] for text in texts]
        return np.array(rows, np.float32)


def test_a_text_model_finds_what_is_meant(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    model = Meaning()
    catalogue = Catalogue(tmp_path)
    clips = [one.seen for one in library(20)]
    catalogue.put(clips)
    asked = Query(like=Like(words="pooch", threshold=0.6))
    assert catalogue.find(asked).total == 0
    for module in (embedding, reading):
        monkeypatch.setattr(module, "installed", lambda: model)
    catalogue.tag(clips[4].content_hash, ["dog"])
    assert catalogue.embed() == 20
    assert catalogue.embed() == 0
    found = catalogue.find(asked)
    assert [row.content_hash for row in catalogue.rows(found.ids)] == [clips[4].content_hash]
    catalogue.untag(clips[4].content_hash, ["dog"])
    assert catalogue.embed() == 1  # only what is said otherwise now
    assert catalogue.find(asked).total == 0
    for module in (embedding, reading):
        monkeypatch.setattr(module, "installed", lambda: None)
    catalogue.rate(clips[0].content_hash, 1)
    assert "meaning" not in catalogue.features().parts


def _field(number: int, data: bytes | int) -> bytes:
    """One field of a protobuf message."""
    if isinstance(data, int):
        return _varint(number << 3) + _varint(data)
    return _varint(number << 3 | 2) + _varint(len(data)) + data


def _varint(value: int) -> bytes:
    rest, last = divmod(value, 128)
    return bytes([last | 128]) + _varint(rest) if rest else bytes([last])


def _shape(name: bytes, sides: Sequence[int]) -> bytes:
    dims = b"".join(_field(1, _field(1, side)) for side in sides)
    return _field(1, name) + _field(2, _field(1, _field(1, 1) + _field(2, dims)))


def mean_colour_model() -> bytes:
    """An ONNX model that gives the mean of each of the three channels."""
    node = _field(1, b"x") + _field(2, b"y") + _field(4, b"GlobalAveragePool")
    inside, outside = _shape(b"x", (1, 3, 224, 224)), _shape(b"y", (1, 3, 1, 1))
    graph = _field(1, node) + _field(2, b"mean") + _field(11, inside) + _field(12, outside)
    return _field(1, 7) + _field(7, graph) + _field(8, _field(2, 11))


@pytest.mark.media
def test_a_picture_model_looks_at_films_and_at_the_picture_asked_with(tmp_path: Path) -> None:
    folder = tmp_path / "films"
    folder.mkdir()
    for name, colour in (("red", (210, 40, 30)), ("blue", (30, 50, 200)), ("rose", (200, 60, 60))):
        film(folder / f"{name}.mp4", lambda n, colour=colour: field((colour[0], colour[1] + n, colour[2])), 6)  # type: ignore[misc]
    catalogue = Catalogue(tmp_path / "catalogue")
    indexer = Indexer(catalogue, tmp_path / "cache", probe_here)
    job = Told()
    indexer.folder(folder, sorted(folder.iterdir()), job)
    assert indexer.pictures(job) == 0
    (tmp_path / NAME).parent.mkdir()
    (tmp_path / NAME).write_bytes(mean_colour_model())
    assert indexer.pictures(job) == 3
    assert indexer.pictures(job) == 0
    assert catalogue.features().parts["picture"].shape == (3, 3)
    still = tmp_path / "asked.png"
    cv2.imwrite(str(still), np.full((90, 160, 3), (32, 44, 205), np.uint8))
    found = catalogue.find(Query(like=Like(picture=str(still), weights=Weights(1, 0, 0, 0), threshold=0.0)))
    assert [row.name for row in catalogue.rows(found.ids)] == ["red.mp4", "rose.mp4", "blue.mp4"]


def test_a_model_that_cannot_be_run_is_none(tmp_path: Path) -> None:
    assert picture_model(tmp_path) is None
    (tmp_path / NAME).parent.mkdir()
    (tmp_path / NAME).write_bytes(b"this is no model")
    assert picture_model(tmp_path) is None
