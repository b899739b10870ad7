"""The map on disk: the sky of tomorrow is the sky of today."""

from __future__ import annotations

import io
import json
import logging
import zipfile
from pathlib import Path

import numpy as np

from studio_app.catalogue.sky import Sky
from studio_app.catalogue.sky_landmarks import Landmarks
from timeline.atomic import write_atomically

log = logging.getLogger(__name__)

VERSION = 1
"""Raise it when landmarks are made another way: older maps are then laid out anew."""


def save_sky(path: Path, sky: Sky) -> None:
    """Keep a map. A disk that is full costs no more than that tomorrow's may differ."""
    held = io.BytesIO()
    marks = sky.landmarks
    facts = json.dumps({"version": VERSION, "made_of": sky.made_of, "class_weight": marks.class_weight})
    np.savez(
        held,
        facts=np.array(facts),
        ids=np.array(sky.ids, dtype=np.str_),
        places=sky.places,
        mean=marks.mean,
        basis=marks.basis,
        points=marks.points,
        marks=marks.places,
    )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, held.getvalue())
    except OSError as error:
        log.warning("the sky could not be kept: %s", error)


def load_sky(path: Path) -> Sky | None:
    """The map that was kept; None where there is none, or none that can be read."""
    try:
        with np.load(path, allow_pickle=False) as held:
            facts = json.loads(str(held["facts"]))
            if facts["version"] != VERSION:
                return None
            marks = Landmarks(held["mean"], held["basis"], float(facts["class_weight"]), held["points"], held["marks"])
            sky = Sky(tuple(held["ids"].tolist()), held["places"].astype(np.float32), marks, int(facts["made_of"]))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile) as error:
        log.warning("the sky that was kept cannot be read and is laid out anew: %s", error)
        return None
    is_whole = sky.places.shape == (len(sky.ids), 2) and np.isfinite(sky.places).all() and marks.is_sound
    return sky if is_whole else None
