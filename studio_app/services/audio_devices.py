"""Which devices can play sound, by the names the system gives them."""

from __future__ import annotations

import logging
from typing import Any

log = logging.getLogger(__name__)


def outputs() -> tuple[str, ...]:
    """Names of the outputs there are now, the system's default not among them by itself; empty without PortAudio."""
    try:
        import sounddevice  # late: loading PortAudio takes time, and it may be missing
    except (ImportError, OSError) as error:
        log.info("no PortAudio: %s", error)
        return ()
    try:
        found: Any = sounddevice.query_devices()
        names = [str(one["name"]) for one in found if int(one["max_output_channels"]) >= 2]
    except (sounddevice.PortAudioError, ValueError, KeyError, TypeError) as error:
        log.info("no sound devices: %s", error)
        return ()
    return tuple(dict.fromkeys(names))
