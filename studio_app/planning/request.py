"""The prompt and request that a shot sends to an engine."""

from __future__ import annotations

import hashlib

from engines.generate.base import GenerationRequest
from studio_app.planning.assemble import shot_length
from studio_app.planning.camera_choice import chosen_camera
from timeline.storyboard import Shot, Storyboard


def prompt_of(board: Storyboard, shot: Shot) -> str:
    """Style, description and mood in that order, in our own words."""
    parts = [shot.description.strip().rstrip(".")]
    if board.global_style:
        parts.insert(0, f"{board.global_style.strip()} style:")
    text = " ".join(parts)
    if shot.mood:
        text += f", {shot.mood} mood"
    if lighting := str(shot.extra.get("lighting", "")).strip():
        text += f", {lighting}" if "light" in lighting.casefold() else f", {lighting} light"
    if shot.tags:
        text += f" ({', '.join(shot.tags)})"
    return text


def seed_of(board: Storyboard, shot: Shot, take: int = 0) -> int:
    """The shot's own seed, else one that follows from storyboard, place and words; each further take gets another.

    A scene of its own keeps its seed: a hand has arranged it.
    """
    if isinstance(of_scene := shot.scene.get("seed"), int):
        return of_scene
    if shot.seed is not None:
        return shot.seed + take
    digest = hashlib.blake2b(f"{board.seed}|{board.title}|{shot.description}|{take}".encode(), digest_size=4).digest()
    return int.from_bytes(digest) & 0x7FFFFFFF


def request_for(board: Storyboard, shot: Shot, take: int = 0) -> GenerationRequest:
    """All an engine needs to make this shot at its planned length."""
    return GenerationRequest(
        prompt=prompt_of(board, shot),
        duration=shot_length(shot, board),
        width=board.width,
        height=board.height,
        rate=board.rate,
        seed=seed_of(board, shot, take),
        camera_motion=chosen_camera(shot),
        subject_motion=shot.subject_motion,
        mood=shot.mood,
        style=board.global_style,
        image_reference=shot.image_reference,
        last_image=shot.last_image,
        scene=dict(shot.scene),
    )
