"""What clips are compared to, as parts of a vector: other clips, a picture, a drawn palette, words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from engines.analyse import analyse
from engines.media.probe import probe
from studio_app.catalogue.embedding import text_parts
from studio_app.catalogue.errors import CatalogueError
from studio_app.catalogue.features import Parts, palette_vector, parts_of
from studio_app.catalogue.picture_model import PictureModel, pictures_of
from studio_app.catalogue.query import Like, Weights
from studio_app.catalogue.similarity import mean_parts
from studio_app.catalogue.traits import traits_of
from studio_app.catalogue.words import vector_of

_LOOK = ("palette", "tones", "texture", "composition", "picture")


def asked_of(like: Like, clips: Sequence[Parts], model: PictureModel | None = None) -> Parts:
    """The parts that are asked for: the middle of all that is named.

    Raises CatalogueError where nothing is, MediaError for a bad picture.
    """
    wanted = list(clips)
    if like.picture:
        path = Path(like.picture)
        if not path.is_file():
            raise CatalogueError(f"“{path.name}” was not found.", like.picture)
        looks = dict(_of_picture(str(path), path.stat().st_mtime_ns))
        if model is not None:
            looks["picture"] = model.vector(pictures_of(probe(path)))
        wanted.append(looks)
    if like.palette:
        try:
            wanted.append({"palette": palette_vector(like.palette)})
        except ValueError as error:
            raise CatalogueError("A colour is written as #rrggbb.", repr(error)) from error
    if like.words.strip():
        wanted.append({"words": vector_of(like.words), **text_parts(like.words)})
    if not wanted:
        raise CatalogueError("Like what? Name a clip, a picture, colours or words.")
    return mean_parts(wanted)


def weights_of(like: Like) -> Weights:
    """The weights as asked; what alone is compared counts, even if it is turned down."""
    if like.words and not (like.clips or like.picture or like.palette):
        return replace(like.weights, meaning=like.weights.meaning or 1.0)
    if (like.picture or like.palette) and not (like.clips or like.words):
        return replace(like.weights, look=like.weights.look or 1.0)
    return like.weights


@lru_cache(maxsize=16)
def _of_picture(path: str, _modified: int) -> Parts:
    """How a picture looks; it does not move, and nothing is said of it."""
    parts = parts_of(traits_of(analyse(path)), "")
    return {name: row for name, row in parts.items() if name in _LOOK}
