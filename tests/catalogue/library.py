"""Libraries of thousands of clips in known groups, made of figures, not of films: for clusters, queries, the sky, suggestions.

Each clip is of one group; a group has its figures, colours and words, and each clip its own chance about them. Every fortieth
clip is a near-duplicate of the one before it, with a content of its own.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from studio_app.catalogue.row import Seen
from studio_app.catalogue.traits import Traits

TWIN_EVERY = 40
_DAY = 86_400


@dataclass(frozen=True)
class Group:
    """What the clips of a group are, and what is measured of them. Words are said of them, one or two each.

    `decides`: the families in which figures alone tell it from all others.
    """

    name: str
    genre: str
    pacing: str
    style: str
    words: tuple[str, ...]
    colours: tuple[str, ...]
    camera: str
    figures: dict[str, float]
    decides: tuple[str, ...] = ("genre", "pacing", "style")


def _figures(
    cuts: float, level: float, shake: float, bright: float, contrast: float, colourful: float, busy: float,
    texture: float, warmth: float, speech: float, music: float, loud: float, symmetry: float = 0.4, flicker: float = 0.0004,
) -> dict[str, float]:  # fmt: skip
    noise = max(0.02, 0.9 - speech - music)
    return {
        "cuts.per_minute": cuts, "motion.level": level, "motion.peak": level * 2.5, "motion.shake": shake,
        "motion.camera_level": level * 0.6, "motion.subject_level": level * 0.4, "motion.change": min(0.3, level * 0.2),
        "motion.moving": min(1.0, level * 8), "colour.brightness": bright, "colour.contrast": contrast,
        "colour.saturation": colourful, "colour.colour_variance": 0.05 + contrast * 0.6, "colour.warmth": warmth,
        "colour.colour_drift": 0.01, "colour.clipped_dark": max(0.0, 0.5 - bright * 3), "colour.clipped_light": 0.01,
        "graphics.edge_density": busy * 0.3, "graphics.texture": texture, "graphics.busyness": busy,
        "graphics.gradient_strength": texture * 0.8, "graphics.gradient_order": 0.3, "graphics.spatial_variance": contrast**2,
        "composition.mass_x": 0.5, "composition.mass_y": 0.52, "composition.balance_x": 0.02, "composition.balance_y": -0.1,
        "composition.thirds": 1.3, "composition.symmetry": symmetry, "composition.symmetry_down": 0.3,
        "consistency.flicker": flicker, "consistency.brightness_std": 0.01 + flicker * 4, "consistency.black": 0.0,
        "consistency.frozen": 0.0, "sound.loudness": loud, "sound.speech": speech, "sound.music": music,
        "sound.noise": noise, "sound.silence": max(0.0, 1 - speech - music - noise), "sound.onset_rate": 0.5 + cuts / 12,
        "sound.tonality": 0.2 + music * 0.6, "sound.centroid": 900 + 1500 * speech,
    }  # fmt: skip


GROUPS = (
    Group("chase", "action", "fast_paced", "raw", ("chase", "fight", "running", "street", "handheld"),
          ("#3a3f45", "#8a7a66", "#c9b48f"), "pan left, handheld",
          _figures(39, 0.42, 0.06, 0.38, 0.22, 0.34, 0.62, 0.05, 0.03, 0.05, 0.25, -13)),
    Group("battle", "action", "frenetic", "stylized", ("battle", "explosion", "combat", "bold", "expressive"),
          ("#d03018", "#1a1020", "#f0a030"), "pan right, handheld",
          _figures(72, 0.62, 0.04, 0.42, 0.30, 0.72, 0.70, 0.06, 0.12, 0.02, 0.45, -11)),
    Group("kitchen", "drama", "steady", "cinematic", ("dialogue", "emotional", "character", "film", "family"),
          ("#2a2420", "#6e5640", "#b08a60"), "static",
          _figures(9, 0.02, 0.003, 0.30, 0.19, 0.28, 0.40, 0.03, 0.08, 0.72, 0.10, -22)),
    Group("waiting", "drama", "contemplative", "minimalist", ("story", "tension", "simple", "sparse", "window"),
          ("#c8c8c4", "#9aa0a4", "#e4e2de"), "static",
          _figures(0.8, 0.004, 0.001, 0.66, 0.10, 0.07, 0.10, 0.008, 0.00, 0.30, 0.10, -30, symmetry=0.7)),
    Group("sketches", "comedy", "dynamic", "stylized", ("funny", "joke", "silly", "creative", "party"),
          ("#f2c038", "#e85a70", "#48b0d8"), "zoom in",
          _figures(22, 0.16, 0.012, 0.62, 0.21, 0.66, 0.58, 0.04, 0.10, 0.45, 0.40, -15)),
    Group("cellar", "horror", "slow_burn", "surreal", ("scary", "dark", "creepy", "weird", "dreamlike"),
          ("#08080c", "#1a1622", "#3a2030"), "static, handheld",
          _figures(3.6, 0.05, 0.02, 0.08, 0.10, 0.22, 0.30, 0.02, -0.02, 0.05, 0.15, -32)),
    Group("station", "sci_fi", "dynamic", "cinematic", ("futuristic", "space", "robot", "film", "technology"),
          ("#0a1428", "#1e6ea8", "#6adcf0"), "tilt up",
          _figures(20, 0.12, 0.002, 0.32, 0.25, 0.52, 0.50, 0.03, -0.18, 0.15, 0.50, -17, symmetry=0.75)),
    Group("coast", "documentary", "steady", "raw", ("narration", "factual", "nature", "natural", "authentic"),
          ("#4a7a94", "#b8c4b0", "#6a7a48"), "pan left",
          _figures(8, 0.05, 0.012, 0.50, 0.18, 0.32, 0.55, 0.06, -0.01, 0.60, 0.15, -21)),
    Group("archive", "documentary", "slow_burn", "retro", ("real", "educational", "vintage", "old", "classic"),
          ("#8a6a44", "#c4a478", "#4a3824"), "static",
          _figures(3.8, 0.03, 0.006, 0.44, 0.13, 0.30, 0.50, 0.09, 0.20, 0.55, 0.20, -24, flicker=0.004), ("pacing", "style")),
    Group("gallery", "sci_fi", "steady", "minimalist", ("cyber", "alien", "clean", "minimal", "white"),
          ("#dfe6ec", "#b8c6d4", "#8fa2b8"), "zoom out",
          _figures(10, 0.06, 0.001, 0.72, 0.09, 0.10, 0.13, 0.01, -0.08, 0.10, 0.55, -20, symmetry=0.85)),
)  # fmt: skip


@dataclass(frozen=True)
class Made:
    """A clip and the truth about it. `twin_of`: the content it nearly is."""

    seen: Seen
    group: Group
    twin_of: str = ""


def library(count: int, seed: int = 1, *, spoken: bool = True) -> list[Made]:
    """So many clips, the groups by turns, the same for the same seed. Without `spoken` nothing is said of them: figures decide."""
    chance = np.random.default_rng(seed)
    names = tuple(GROUPS[0].figures)
    means = np.array([[group.figures[name] for name in names] for group in GROUPS])
    spread = 1 + 0.07 * chance.standard_normal((count, len(names)))
    picks, shares = chance.integers(0, 5, (count, 2)), chance.dirichlet((12, 6, 3), count)
    made: list[Made] = []
    for n in range(count):
        if n % TWIN_EVERY == TWIN_EVERY - 1 and made:
            made.append(_twin(made[-1], n, seed))
            continue
        at = n % len(GROUPS)
        group = GROUPS[at]
        figures = dict(zip(names, (means[at] * spread[n]).tolist(), strict=True))
        said = " ".join(dict.fromkeys(group.words[place] for place in picks[n])) if spoken else ""
        made.append(Made(_seen(n, seed, group, figures, said, shares[n].tolist()), group))
    return made


def _seen(n: int, seed: int, group: Group, figures: dict[str, float], said: str, shares: list[float]) -> Seen:
    seconds = 30.0 + n % 50
    cuts = round(figures["cuts.per_minute"] * seconds / 60)
    figures["cuts.count"] = float(cuts)
    level = max(0, min(15, int(figures["colour.brightness"] * 16)))
    luma = tuple(max(0.0, 1 - abs(step - level) / 4) / 4 for step in range(16))
    traits = Traits(
        figures, tuple(zip(group.colours, shares, strict=True)), luma, group.camera, seconds, 1.0 - n % 4 / 4
    )
    made = n * 3600
    return Seen(
        content_hash=f"{seed:02x}{n:030x}", path=f"/films/{seed}/clip_{n:06}.mp4", name=f"clip {n:06}.mp4",
        seconds=seconds, width=1280, height=720, rate=25.0, size=1_000_000 + n, modified=1_700_000_000_000_000_000 + made,
        words=said, traits=traits, engine=("", "procedural", "procedural", "remote")[n % 4], seed=n, generation=n % 3,
        cost=0.25 if n % 4 == 3 else 0.0, created=f"20{20 + made // _DAY // 365 % 10}-{1 + made // _DAY % 12:02}-{1 + n % 28:02}T10:00:00Z",
    )  # fmt: skip


def _twin(of: Made, n: int, seed: int) -> Made:
    """The same but for a hair of its figures and colours."""
    traits = of.seen.traits
    assert traits is not None
    figures = {name: value * 1.004 for name, value in traits.figures.items()}
    seen = replace(
        of.seen,
        content_hash=f"{seed:02x}{n:030x}",
        path=f"/films/{seed}/clip_{n:06}.mp4",
        name=f"clip {n:06}.mp4",
        traits=replace(traits, figures=figures),
    )
    return Made(seen, of.group, of.seen.content_hash)
