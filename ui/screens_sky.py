"""The library the picture of the constellation shows: some hundred clips of known looks round the example's takes."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import numpy as np

from studio_app.catalogue.catalogue import Catalogue
from studio_app.catalogue.row import Edge, Seen, Use
from studio_app.catalogue.traits import Traits
from studio_app.session.session import Session


@dataclass(frozen=True)
class _Look:
    """What clips of one look show and are said to be, how many there are, and what is measured of them."""

    name: str
    prompt: str
    words: str
    number: int
    colours: tuple[str, str, str]
    cuts: float
    level: float
    shake: float
    bright: float
    colourful: float
    speech: float


_LOOKS = (
    _Look("Harbour", "A calm harbour at dusk, a lighthouse, orange sky over water.", "cold light over water drama story film",
          66, ("#2a2440", "#e08a40", "#101820"), 1.5, 0.02, 0.002, 0.3, 0.4, 0.3),
    _Look("Window", "A room with a lamp at a window at night.", "emotional dialogue character film",
          60, ("#2a2018", "#b08040", "#503820"), 8, 0.02, 0.003, 0.25, 0.3, 0.75),
    _Look("Coast", "A wide turquoise coast at noon with a sandy beach.", "factual narration nature natural",
          52, ("#3aa0a8", "#d8c080", "#e8e4d0"), 7, 0.05, 0.012, 0.62, 0.45, 0.6),
    _Look("Peaks", "Snowy mountains in clear morning light over a lake.", "real educational nature authentic",
          44, ("#8ab0c8", "#e8eef2", "#3a5060"), 9, 0.04, 0.010, 0.6, 0.3, 0.6),
    _Look("Fields", "Golden wheat fields, one tree, a warm evening sky.", "documentary informative vintage natural",
          40, ("#e0a848", "#8a6a30", "#f0d090"), 3.8, 0.03, 0.006, 0.55, 0.5, 0.55),
    _Look("Chase", "A street at night in the rain, fast lights, wet asphalt.", "chase fight running street handheld",
          41, ("#3a3f45", "#a86040", "#181a20"), 40, 0.45, 0.06, 0.3, 0.4, 0.05),
    _Look("Party", "Balloons over a colourful park at noon.", "funny joke silly playful",
          18, ("#f0b838", "#e85a80", "#50b8d8"), 22, 0.16, 0.012, 0.62, 0.66, 0.45),
    _Look("Cellar", "A dark forest in fog at night, bare trees.", "scary dark creepy eerie dreamlike",
          37, ("#0a0c10", "#20262c", "#48505a"), 3.4, 0.05, 0.02, 0.08, 0.1, 0.05),
    _Look("Orbit", "A planet and stars seen from space.", "futuristic space robot technology",
          28, ("#0a1428", "#1e5ea8", "#c03048"), 20, 0.10, 0.002, 0.2, 0.5, 0.12),
    _Look("Neon", "A city skyline at night with neon windows.", "cyber alien futuristic bold",
          26, ("#101028", "#c04880", "#40a0d0"), 19, 0.14, 0.003, 0.3, 0.6, 0.15),
)  # fmt: skip
LOOKS = len(_LOOKS)
PICTURES = 4
"""Of each look so many different ones are drawn."""


def ask_pictures(session: Session) -> dict[str, list[Path]]:
    """The pictures of all looks that are drawn by now; asks for the others."""
    shot = session.document.project.storyboards[0].shots[0]
    asked = session.generation.request_of(shot.id)
    found: dict[str, list[Path]] = {}
    if asked is None:
        return found
    engine, request = asked
    for look in _LOOKS:
        for number in range(PICTURES):
            wish = request.model_copy(update={"prompt": look.prompt, "seed": 11 + number, "width": 320, "height": 180})
            path = session.sketches.get(f"sky {look.name} {number}", engine, wish, 320)
            if path is not None:
                found.setdefault(look.name, []).append(path)
    return found


def fill(session: Session, pictures: dict[str, list[Path]], number: int = 412) -> Catalogue:
    """A catalogue of so many clips of the open project, with lineages, ratings and the example's own takes among them."""
    catalogue = Catalogue(session.paths.catalogue)
    folder = session.paths.cache / "clips of the sky"
    folder.mkdir(parents=True, exist_ok=True)
    clips = list(_clips(pictures, number / sum(one.number for one in _LOOKS), folder))
    mine = list(_takes(session, clips))
    catalogue.put([*clips, *mine])
    uses = [Use(one.content_hash, one.content_hash[:16], int(at % 9 == 0)) for at, one in enumerate(clips)]
    known = {one.content_hash: one.id for one in session.document.library.media.values()}
    uses += [Use(one.content_hash, known[one.content_hash], 1) for one in mine]
    lines = [Edge(one.content_hash, other.content_hash) for one, other in pairwise(mine)]
    lines += [Edge(clips[at].content_hash, clips[at + 1 + at % 3].content_hash) for at in range(0, len(clips) - 4, 13)]
    catalogue.put_project(session.document.project.id, session.document.project.name, "", uses, lines)
    for at, one in enumerate([*mine, *clips]):
        if at < len(mine) or at % 7 == 0:
            catalogue.rate(one.content_hash, 4 if at < len(mine) else 1 + at % 5)
    return catalogue


def _file(drawn: list[Path], number: int, name: str, folder: Path) -> str:
    """A picture of its own for a clip: the catalogue knows one clip at a place."""
    if not drawn:
        return ""
    picture = drawn[number % len(drawn)]
    path = folder / f"{name}{picture.suffix}"
    if not path.exists():
        shutil.copyfile(picture, path)
    return str(path)


def _clips(pictures: dict[str, list[Path]], share: float, folder: Path) -> Iterator[Seen]:
    chance = np.random.default_rng(7)
    for look in _LOOKS:
        drawn = pictures.get(look.name, [])
        for number in range(round(look.number * share)):
            name = f"{look.name} {number + 1}"
            yield Seen(
                hashlib.sha256(name.encode()).hexdigest(),
                _file(drawn, number, name, folder),
                name,
                "image",
                4.0 + number % 9,
                320,
                180,
                words=f"{look.words} {look.prompt}",
                traits=_traits(look, chance),
                engine="procedural",
                seed=4000 + number,
                created=f"2026-{1 + number % 11:02}-{1 + number * 7 % 28:02}T10:00:00Z",
            )


def _traits(look: _Look, chance: np.random.Generator) -> Traits:
    def about(value: float) -> float:
        return float(value * (1 + 0.16 * chance.standard_normal()))

    music = max(0.05, 0.7 - look.speech)
    figures = {
        "cuts.per_minute": about(look.cuts), "motion.level": about(look.level), "motion.peak": about(look.level * 2.5),
        "motion.shake": about(look.shake), "motion.camera_level": about(look.level * 0.6),
        "motion.subject_level": about(look.level * 0.4), "colour.brightness": about(look.bright),
        "colour.contrast": about(0.2), "colour.saturation": about(look.colourful), "colour.colour_variance": about(0.14),
        "colour.warmth": about(0.02), "graphics.edge_density": about(0.14), "graphics.texture": about(0.04),
        "graphics.busyness": about(0.45), "composition.mass_x": about(0.5), "composition.mass_y": about(0.52),
        "composition.thirds": about(1.3), "composition.symmetry": about(0.4), "sound.loudness": about(-20),
        "sound.speech": about(look.speech), "sound.music": about(music), "sound.onset_rate": about(0.5 + look.cuts / 12),
    }  # fmt: skip
    shares = chance.dirichlet((12, 6, 3)).tolist()
    quality = float(np.clip(0.55 + 0.45 * chance.random(), 0, 1))
    return Traits(figures, tuple(zip(look.colours, shares, strict=True)), (), "static", 6.0, quality)


def _takes(session: Session, clips: list[Seen]) -> Iterator[Seen]:
    """The takes of the example, as if they were clips of the first look: they play in the card."""
    like = next(one for one in clips if one.name.startswith("Harbour"))
    films = [one for one in session.document.library.media.values() if one.has_video and one.content_hash]
    for number, media in enumerate(one for one in films if Path(one.path).is_file() and one.duration):
        take = session.document.library.take_of_media(media.id)
        yield replace(
            like,
            content_hash=media.content_hash,
            path=media.path,
            name=media.name,
            kind="video",
            seconds=float(media.duration.fraction),
            width=media.width,
            height=media.height,
            rate=float(media.rate or 0),
            seed=take.lineage.seed if take is not None else None,
            generation=number,
        )
