"""How the view follows the playhead while it plays. Pure, no Qt."""

from __future__ import annotations

from typing import Final

from studio_app.services.settings import Follow
from timeline.time import RationalTime
from ui.timeline_view.scale import Scale

MARGIN_PX: Final = 24.0
"""A page is turned so that the playhead stands this far in."""


def followed(scale: Scale, time: RationalTime, width: float, how: Follow, *, backwards: bool = False) -> Scale | None:
    """The scale that shows the playhead; None: what is shown stays.

    By page it is scrolled once the playhead is out of sight. Smoothly the playhead runs to the middle and stays there, while
    the tracks move under it, as far as there is something to scroll.
    """
    x, content = scale.x_of(time), scale.content_x(time)
    if how is Follow.OFF:
        return None
    if how is Follow.SMOOTH:
        origin = max(0.0, round(content - width / 2))
        reached = x <= width / 2 if backwards else x >= width / 2
        return scale.scrolled(origin) if (reached or not 0 <= x <= width) and origin != scale.origin_px else None
    if 0 <= x <= width:
        return None
    return scale.scrolled(max(0.0, content - (width - MARGIN_PX if backwards else MARGIN_PX)))
