"""Pika, which sends programs to fal: its models behind fal's queue, with fal's key."""

from __future__ import annotations

from typing import ClassVar

from engines.generate.base import Capabilities
from engines.generate.remote.fal_queue import FalQueue


class Pika(FalQueue):
    """Films by Pika's models, through fal. Pika has no interface of its own for programs."""

    id: ClassVar[str] = "pika"
    label: ClassVar[str] = "Pika"
    capabilities: ClassVar[Capabilities] = Capabilities(
        camera_motion=False, subject_motion=False, sound=False, max_seconds=10, max_size=(1920, 1080)
    )
