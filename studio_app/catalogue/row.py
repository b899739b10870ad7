"""What goes into the catalogue, and what comes out of it."""

from __future__ import annotations

from dataclasses import dataclass

from studio_app.catalogue.traits import Traits


@dataclass(frozen=True)
class Seen:
    """A clip that was looked at: its file, what is said of it, what was measured. It is known by `content_hash`.

    `words`: what it was asked for, its notes. `modified`: when the file was last written, in nanoseconds. `traits` None:
    not measured yet. `created`: ISO 8601, UTC. `cost`: money in `currency`; 0 for what was made here.
    """

    content_hash: str
    path: str
    name: str = ""
    kind: str = "video"
    seconds: float = 0.0
    width: int = 0
    height: int = 0
    rate: float = 0.0
    size: int = 0
    modified: int = 0
    words: str = ""
    traits: Traits | None = None
    engine: str = ""
    seed: int | None = None
    operation: str = ""
    generation: int = 0
    cost: float = 0.0
    created: str = ""
    currency: str = "USD"


@dataclass(frozen=True)
class Use:
    """A clip as a project knows it: under which id, how often its sequences show it, what was noted there."""

    content_hash: str
    media_id: str
    count: int = 0
    rating: int = 0
    note: str = ""


@dataclass(frozen=True)
class Edge:
    """A child came of a parent, both by content; `relationship` as in timeline.media.Lineage."""

    parent: str
    child: str
    relationship: str = "evolution"
    operation: str = ""


@dataclass(frozen=True)
class Member:
    """A clip in a cluster (`genre.action`, `pacing.steady`, `style.raw`, `own.…`): how surely, and why, in sentences."""

    cluster: str
    confidence: float
    reasons: tuple[str, ...] = ()
    is_manual: bool = False


@dataclass(frozen=True)
class Row:
    """A clip of the catalogue. `id` is its number there, the same in all windows as long as the catalogue is not rebuilt.

    `path` is where it was seen last. `tags` are the first of `tag_count`. `used`: how often all projects show it.
    `media_ids`: (project id, media id). `members`: surest first within each family.
    """

    id: int
    content_hash: str
    name: str
    kind: str
    path: str
    seconds: float
    width: int
    height: int
    rate: float
    words: str
    engine: str
    seed: int | None
    operation: str
    generation: int
    cost: float
    created: str
    rating: int
    used: int
    colour: str
    quality: float
    is_measured: bool
    tags: tuple[str, ...] = ()
    tag_count: int = 0
    members: tuple[Member, ...] = ()
    media_ids: tuple[tuple[str, str], ...] = ()

    def of(self, family: str) -> tuple[Member, ...]:
        """Its clusters of one family: genre, pacing, style, own."""
        return tuple(one for one in self.members if one.cluster.startswith(f"{family}."))
