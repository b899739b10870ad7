"""Libraries with families in them, written short and made at random."""

from __future__ import annotations

from hypothesis import strategies as st

from timeline.items import Clip, MediaSource
from timeline.media import Library, Lineage, Media, MediaKind, Take
from timeline.project import Project
from timeline.sequence import Sequence
from timeline.time import ZERO, RationalTime, TimeRange
from timeline.track import Track, TrackKind


def library_of(family: dict[str, str], *, without: str = "") -> Library:
    """`{"a": "", "b": "a", "c": "a b"}`: c was made of a and b, which was made of a. What has no parents is footage.

    A name with a star, `"d": "*"`, was made of nothing. Files `without` are not in the library, nor are their takes.
    """
    generations: dict[str, int] = {}
    library = Library()
    for name, row in family.items():
        parents = [] if row == "*" else row.split()
        generations[name] = 1 + max((generations.get(one, 0) for one in parents), default=-1)
        if name in without.split():
            continue
        library = library.with_media(Media(f"/{name}.mp4", MediaKind.VIDEO, name, RationalTime(2), id=name))
        if row:
            library = library.with_take(take_of(name, parents, family, generations[name]))
    return library


def take_of(name: str, parents: list[str], family: dict[str, str], generation: int) -> Take:
    """The take of one file."""
    if not parents:
        return Take(name, Lineage("procedural", request={"prompt": name}), id=f"take {name}")
    operation = "remix.combine" if len(parents) > 1 else "evolve.sharpen"
    lineage = Lineage(
        "evolve",
        relationship="remix" if len(parents) > 1 else "evolution",
        request={"operation": operation, "values": {"strength": 0.7}, "seed": 1, "parents": parents},
        seed=1,
        input_take_ids=tuple(f"take {one}" for one in parents if family.get(one)),
        input_media_ids=tuple(parents),
        generation=generation,
        extra={
            "facts": {"parent_names": [f"was {one}" for one in parents], "parents": [f"hash {one}" for one in parents]}
        },
    )
    return Take(name, lineage, id=f"take {name}")


def cut_of(*names: str) -> Project:
    """A project whose cut shows these files."""
    clips = tuple(Clip(MediaSource(one), TimeRange(ZERO, RationalTime(1))) for one in names)
    return Project(sequences=(Sequence(tracks=(Track(TrackKind.VIDEO, clips),)),))


def _family(rows: list[list[int]]) -> dict[str, str]:
    """Each of n0, n1 … was made of those before it that its numbers name; the first of nothing."""
    return {f"n{n}": " ".join(dict.fromkeys(f"n{one % n}" for one in row)) if n else "" for n, row in enumerate(rows)}


def families(most: int = 24) -> st.SearchStrategy[dict[str, str]]:
    """Random families: footage, and what was made of some that came before."""
    return st.lists(st.lists(st.integers(0, 99), max_size=3), min_size=1, max_size=most).map(_family)
