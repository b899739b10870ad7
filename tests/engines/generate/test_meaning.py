from __future__ import annotations

import json
import zipfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from engines.generate.base import GenerationRequest
from engines.generate.procedural.interpret import interpret
from engines.generate.procedural.interpret import meaning as of_words
from engines.generate.procedural.interpret.meaning import MISSING, MiniLm, nearest
from engines.generate.procedural.interpret.telling import told

WIDTH, INNER = 24, 48
PIECES = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "sea", "##side", "boat", "speed", "##boat", "a"]


def model(folder: Path) -> Path:
    """A model of the right shape with two layers of fixed numbers."""
    random = np.random.default_rng(5)
    shapes: dict[str, tuple[int, ...]] = {
        "embeddings.word_embeddings.weight": (len(PIECES), WIDTH),
        "embeddings.position_embeddings.weight": (80, WIDTH),
        "embeddings.token_type_embeddings.weight": (2, WIDTH),
    }
    norms = ["embeddings"]
    for n in range(2):
        layer = f"encoder.layer.{n}"
        norms += [f"{layer}.attention.output", f"{layer}.output"]
        linear = [(f"{layer}.attention.self.{kind}", WIDTH, WIDTH) for kind in ("query", "key", "value")]
        linear += [
            (f"{layer}.attention.output.dense", WIDTH, WIDTH),
            (f"{layer}.intermediate.dense", INNER, WIDTH),
            (f"{layer}.output.dense", WIDTH, INNER),
        ]
        for name, rows, columns in linear:
            shapes[f"{name}.weight"], shapes[f"{name}.bias"] = (rows, columns), (rows,)
    for name in norms:
        shapes[f"{name}.LayerNorm.weight"] = shapes[f"{name}.LayerNorm.bias"] = (WIDTH,)
    header, raw = {}, b""
    for name, shape in shapes.items():
        data = random.normal(0, 0.4, shape).astype(np.float32).tobytes()
        header[name] = {"dtype": "F32", "shape": list(shape), "data_offsets": [len(raw), len(raw) + len(data)]}
        raw += data
    text = json.dumps({"__metadata__": {"format": "pt"}, **header}).encode()
    path = folder / "model.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("model.safetensors", len(text).to_bytes(8, "little") + text + raw)
        archive.writestr(
            "tokenizer.json", json.dumps({"model": {"vocab": {piece: n for n, piece in enumerate(PIECES)}}})
        )
    return path


def test_words_are_cut_into_the_longest_known_pieces(tmp_path: Path) -> None:
    encoder = MiniLm(model(tmp_path))
    assert [PIECES[n] for n in encoder.pieces("A Speedboat, seaside")] == [
        "[CLS]", "a", "speed", "##boat", "[UNK]", "sea", "##side", "[SEP]"
    ]  # fmt: skip


def test_a_text_has_one_vector_whatever_it_is_read_beside(tmp_path: Path) -> None:
    encoder = MiniLm(model(tmp_path))
    alone, beside = encoder.vectors(["boat"]), encoder.vectors(["boat", "a speedboat seaside a boat"])
    assert np.allclose(alone[0], beside[0], atol=1e-5)
    assert np.allclose(np.linalg.norm(beside, axis=1), 1, atol=1e-5)
    assert not np.allclose(beside[0], beside[1], atol=1e-2)


class ByLetters:
    """Likeness is how many letters two words share."""

    def vectors(self, texts: Sequence[str]) -> NDArray[np.float32]:
        rows = np.array([[text.count(chr(97 + n)) for n in range(26)] for text in texts], np.float32) + 1e-3
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32)


def test_the_nearest_known_words_are_offered() -> None:
    assert nearest(["stormm", "123"], ByLetters())["stormm"][0] == "storm"


def test_without_an_embedding_nothing_is_offered_and_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(of_words, "installed", lambda: None)
    monkeypatch.setattr("engines.generate.procedural.interpret.telling.installed", lambda: None)
    assert nearest(["speedboat"]) == {}
    lines = told(interpret(GenerationRequest(prompt="a sea with a glorbic")))
    assert lines["Not understood"] == "glorbic"
    assert MISSING in lines["Nearest words"]


def test_a_package_that_cannot_be_read_counts_as_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "all_minilm_l6_v2"
    folder.mkdir()
    (folder / "__init__.py").write_text("raise RuntimeError('it must not be run')")
    (folder / "model.zip").write_bytes(b"no zip")
    monkeypatch.syspath_prepend(str(tmp_path))
    of_words.installed.cache_clear()
    assert of_words.installed() is None
    (folder / "model.zip").write_bytes(model(tmp_path).read_bytes())
    of_words.installed.cache_clear()
    assert isinstance(of_words.installed(), MiniLm)
    of_words.installed.cache_clear()
