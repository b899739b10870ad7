"""What was found in films that came out well: in one picture, in a film as it moves, in stories, in readings of prompts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from engines.errors import EngineError
from engines.generate.procedural.grow.blend import blended
from engines.generate.procedural.grow.film import Film
from engines.generate.procedural.grow.log import Run
from engines.generate.procedural.grow.look import Look, look_from_plain, look_of
from engines.generate.procedural.grow.naming import name_of
from engines.generate.procedural.grow.origins import colour_shares, noise_shares
from engines.generate.procedural.scene.file import from_plain

KINDS = ("static", "dynamic", "semantic", "interpretation")
"""One picture: colours and noises; a second of film: looks; place, mood, genre together; a prompt and what was made of it."""
MOST_ENTRIES = 1500
MOST_SOURCES = 8
_MOST_FORGOTTEN = 4000
COLOUR_STEPS, SHARE_STEPS = 10, 20
"""A colour's key: three levels of 11, and its share of the picture in 21 steps: 27 951 cells."""
_LEAST_SHARE = 0.04
_STORY = ("setting", "genre", "mood", "style", "theme", "tone")
_SOURCE = 120

Shares = Mapping[str, int]


@dataclass(frozen=True)
class Entry:
    """One find. `value` is plain; `sources` are prompts it was found with; the shares are percent of plain colours and noises."""

    key: str
    name: str
    value: Mapping[str, Any]
    count: int = 1
    sources: tuple[str, ...] = ()
    colours: Shares = field(default_factory=dict)
    noises: Shares = field(default_factory=dict)

    @property
    def look(self) -> Look:
        """The look of an entry of `dynamic`."""
        return look_from_plain(self.value)


Entries = Mapping[str, Entry]
"""By key, in the order in which they were found."""


@dataclass(frozen=True)
class Registry:
    """All four; a value: finding something gives another one. `forgotten` keys are not found again."""

    kinds: Mapping[str, Entries] = field(default_factory=lambda: {kind: {} for kind in KINDS})
    forgotten: tuple[str, ...] = ()

    @cached_property
    def looks(self) -> tuple[Entry, ...]:
        """Those that films can be made like, the most frequent first."""
        return tuple(sorted(self.kinds["dynamic"].values(), key=lambda one: (-one.count, one.name)))

    @cached_property
    def looks_by_name(self) -> Mapping[str, Entry]:
        """The same, each by its name."""
        return {one.name: one for one in self.looks}

    @property
    def names(self) -> frozenset[str]:
        """Every name that is given."""
        return frozenset(one.name for entries in self.kinds.values() for one in entries.values())

    def look_called(self, name: str) -> Entry | None:
        """The look with a name, whatever its case."""
        wanted = name.casefold()
        return next((one for one in self.kinds["dynamic"].values() if one.name.casefold() == wanted), None)

    def after(self, run: Run) -> Registry:
        """With what is in one more film; unchanged by one that did not come out well, was not measured or names no scene."""
        if run.film is None or not run.is_good:
            return self
        found = self
        for kind, find in _finds(run, run.film):
            found = _with(found, kind, find, run.prompt[:_SOURCE])
        return found

    def with_blend(self, first: Entry, second: Entry, mode: str, share: float = 0.5) -> tuple[Registry, Entry]:
        """With the blend of two looks among the looks, and that blend. Raises EngineError for an unknown mode."""
        look = blended(first.look, second.look, mode, share)
        shares = colour_shares([(code, 1 / len(look.colours)) for code in look.colours])
        key = f"blend/{mode}/{share:.2f}/{first.key}+{second.key}"
        find = _Find(key, "blend", look.as_plain(), shares, first.noises if share <= 0.5 else second.noises)
        grown = replace(self, forgotten=tuple(one for one in self.forgotten if one != key))
        grown = _with(grown, "dynamic", find, f"{first.name} and {second.name}, {mode.replace('_', ' ')}")
        return grown, grown.kinds["dynamic"][key]

    def without(self, kind: str, key: str) -> Registry:
        """Without one entry, for good."""
        left = {name: one for name, one in self.kinds[kind].items() if name != key}
        return Registry({**self.kinds, kind: left}, (*self.forgotten, key)[-_MOST_FORGOTTEN:])

    def as_plain(self) -> dict[str, Any]:
        """For a file."""
        kinds = {kind: [_plain(one) for one in entries.values()] for kind, entries in self.kinds.items()}
        return {"registry": 1, "kinds": kinds, "forgotten": list(self.forgotten)}


def _with(registry: Registry, kind: str, find: _Find, source: str) -> Registry:
    if find.key in registry.forgotten:
        return registry
    entries = registry.kinds[kind]
    known = entries.get(find.key)
    if known is not None:
        sources = known.sources if source in known.sources else (*known.sources, source)[:MOST_SOURCES]
        entry = replace(known, count=known.count + 1, sources=sources)
    else:
        hint = f"{next(iter(find.colours), 'grey')}/{find.key}"
        name = name_of(find.domain, hint, 1, registry.names)
        entry = Entry(find.key, name, find.value, 1, (source,), find.colours, find.noises)
    return replace(registry, kinds={**registry.kinds, kind: _bounded({**entries, find.key: entry})})


def _bounded(entries: dict[str, Entry]) -> dict[str, Entry]:
    """Beyond the bound the oldest of the rarest goes; never the one that just came."""
    if len(entries) <= MOST_ENTRIES:
        return entries
    least = min(list(entries.values())[:-1], key=lambda one: one.count)
    return {key: one for key, one in entries.items() if key != least.key}


def _plain(entry: Entry) -> dict[str, Any]:
    return {
        "key": entry.key,
        "name": entry.name,
        "value": dict(entry.value),
        "count": entry.count,
        "sources": list(entry.sources),
        "breakdown": {"colours": dict(entry.colours), "noises": dict(entry.noises)},
    }


def registry_from_plain(value: Any) -> Registry:
    """What `as_plain` gave; entries that are none are left out. Raises EngineError where it is no registry at all."""
    try:
        if value["registry"] != 1:
            raise EngineError("The looks were kept by a newer Starcut; update to use them.")
        kinds = {kind: {one.key: one for one in _read(kind, value["kinds"].get(kind, []))} for kind in KINDS}
        return Registry(kinds, tuple(str(one) for one in value["forgotten"]))
    except (KeyError, TypeError, AttributeError) as error:
        raise EngineError("The file of looks is damaged; learning starts anew.", repr(error)) from error


def _read(kind: str, rows: list[Any]) -> Iterator[Entry]:
    for row in rows:
        try:
            shares = row["breakdown"]
            entry = Entry(
                str(row["key"]),
                str(row["name"]),
                dict(row["value"]),
                int(row["count"]),
                tuple(str(one) for one in row["sources"]),
                {str(name): int(part) for name, part in shares["colours"].items()},
                {str(name): int(part) for name, part in shares["noises"].items()},
            )
            if kind == "dynamic":
                look_from_plain(entry.value)
            yield entry
        except (KeyError, TypeError, ValueError, AttributeError, EngineError):
            continue


# --- what is in a film ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Find:
    key: str
    domain: str
    value: Mapping[str, Any]
    colours: Shares
    noises: Shares


def _finds(run: Run, film: Film) -> Iterator[tuple[str, _Find]]:
    """Everything that one film shows."""
    colours, noises = colour_shares(film.colours), noise_shares(film.drawing)
    for code, share in film.colours:
        if share >= _LEAST_SHARE:
            value = {"colour": code, "share": share}
            yield "static", _Find(colour_key(code, share), "colour", value, colour_shares([(code, 1.0)]), {})
    if noises:
        noise = next(iter(noises))
        strength = round(min(1.0, film.drawing[1] * 10) * SHARE_STEPS)
        value = {"noise": noise, "strength": strength * 100 // SHARE_STEPS}
        yield "static", _Find(f"{noise}.{strength}", "texture", value, colours, noises)
    try:
        spec = from_plain(run.scene)
    except EngineError:  # of another version
        return
    look = look_of(film, spec)
    main = ".".join(list(colours)[:3])
    key = f"{main}/{round(film.brightness / 51)}/{look.pace}/{look.camera}"
    yield "dynamic", _Find(key, look.pace, look.as_plain(), colours, noises)
    story = {one.domain: one.value for one in reversed(run.words) if one.domain in _STORY}
    if len(story) > 1:
        key = "/".join(f"{name} {story[name]}" for name in _STORY if name in story)
        yield "semantic", _Find(key, "story", story, colours, noises)
    if run.words:
        key = "/".join(sorted(word.key for word in run.words))
        reading = {"words": {word.phrase: word.key for word in run.words}, "seen": run.seen}
        yield "interpretation", _Find(key, "reading", reading, colours, noises)


def colour_key(code: str, share: float) -> str:
    """`7.4.2.13`: red, green, blue in elevenths, share of the picture in twentieths."""
    levels = [round(int(code[at : at + 2], 16) / 255 * COLOUR_STEPS) for at in (1, 3, 5)]
    return ".".join(str(one) for one in (*levels, round(min(max(share, 0.0), 1.0) * SHARE_STEPS)))
