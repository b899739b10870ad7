"""The family a film tells of itself by the recipe it carries (`engines.evolve.recipe`), where no project knows it."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from pathlib import Path

from engines.errors import MediaError
from engines.evolve.recipe import Origin, recipe_of
from engines.media.content_hash import content_hash
from engines.media.probe import probe
from studio_app.planning.takes import take_by_recipe
from timeline.media import Library, Media, MediaKind
from timeline.project import Project, Saved

_MOST_FILES = 200
"""Of the film's folder that are looked at for what it was made of."""


def family_of(film: Path) -> tuple[Saved, str] | None:
    """A film's ancestors as a project without cuts, and the film's media id in it; None where the film says nothing.

    What it was made of is looked for beside it, by content; what is not there stands with its name. Raises MediaError.
    """
    film = film.absolute()
    recipe = recipe_of(film)
    if recipe is None:
        return None
    media = probe(film)
    near = {one: path for one, path in _beside(film) if one != media.content_hash}
    library = _with_origin(Library(), Origin(media.name, media.content_hash, recipe), {media.content_hash: film} | near)
    found = next(one for one in library.media.values() if one.content_hash == media.content_hash)
    return Saved(Project(film.name, sequences=()), library), found.id


def _beside(film: Path) -> list[tuple[str, Path]]:
    found = []
    for path in islice(sorted(film.parent.iterdir()), _MOST_FILES):
        try:
            if path.is_file() and path != film:
                found.append((content_hash(path), path))
        except MediaError:  # one that cannot be read is not it
            continue
    return found


def _with_origin(library: Library, origin: Origin, places: dict[str, Path]) -> Library:
    """The library with an origin, behind what that was made of; footage that is not there is known by its children alone."""
    if any(one.content_hash == origin.content_hash for one in library.media.values()):
        return library
    path = places.get(origin.content_hash)
    recipe = origin.recipe or (recipe_of(path) if path is not None else None)
    if path is None and recipe is None:
        return library
    for one in recipe.parents if recipe is not None else ():
        library = _with_origin(library, one, places)
    media = replace(probe(path) if path is not None else _gone(origin), id=origin.content_hash)
    library = library.with_media(media)
    return library.with_take(take_by_recipe(library, recipe, media)) if recipe is not None else library


def _gone(origin: Origin) -> Media:
    """What stands for a film of which only the recipe is left."""
    return Media("", MediaKind.VIDEO, origin.name, content_hash=origin.content_hash, has_video=True)
