"""Zoom and tools: what only the window can do, asked of `session.face`."""

from __future__ import annotations

from studio_app.actions.registry import action
from studio_app.session.session import Session


def _zoom(session: Session, how: str) -> None:
    if session.face is not None:
        session.face.zoom(how)


def _tool(session: Session, tool: str) -> None:
    if session.face is not None:
        session.face.set_tool(tool)


@action("view.zoom_in", "Zoom in", "=", "+", menu="view", icon="zoom-in", repeats=True)
def zoom_in(session: Session) -> None:
    """Less time, larger."""
    _zoom(session, "in")


@action("view.zoom_out", "Zoom out", "-", menu="view", icon="zoom-out", repeats=True)
def zoom_out(session: Session) -> None:
    """More time, smaller."""
    _zoom(session, "out")


@action("view.zoom_fit", "Zoom to fit", "\\", "Ctrl+0", menu="view")
def zoom_fit(session: Session) -> None:
    """The whole sequence."""
    _zoom(session, "fit")


@action("view.higher_tracks", "Higher tracks", "Ctrl+=", "Ctrl++", menu="view", repeats=True)
def higher_tracks(session: Session) -> None:
    """Make all tracks higher."""
    _zoom(session, "higher")


@action("view.lower_tracks", "Lower tracks", "Ctrl+-", menu="view", repeats=True)
def lower_tracks(session: Session) -> None:
    """Make all tracks lower."""
    _zoom(session, "lower")


@action("view.full_screen", "Full-screen viewer", "F11", menu="view", icon="fullscreen")
def full_screen(session: Session) -> None:
    """The picture alone on the whole screen, with all its keys; F11 or Esc comes back."""
    if session.face is not None:
        session.face.show("full_screen_viewer")


@action("view.safe_areas", "Safe areas", menu="view", icon="scan", checked=lambda s: s.settings.values.safe_areas)
def safe_areas(session: Session) -> None:
    """Lines on the picture round what every screen shows: action, and titles inside it."""
    session.choose("safe_areas", not session.settings.values.safe_areas)


@action(
    "view.meters", "Playback meters", menu="view", icon="gauge", checked=lambda s: s.settings.values.playback_meters
)
def meters(session: Session) -> None:
    """Show in the viewer how playing goes: frames left out, what they take, how far picture and sound are apart."""
    session.choose("playback_meters", not session.settings.values.playback_meters)


@action("tool.select", "Select", "V", menu="view", group=1, icon="mouse-pointer-2")
def tool_select(session: Session) -> None:
    """Select, move and trim."""
    _tool(session, "select")


@action("tool.track_forward", "Track forward", "A", menu="view", group=1, icon="arrow-right-left")
def tool_track_forward(session: Session) -> None:
    """Select everything from a place on, to move it."""
    _tool(session, "track_forward")


@action("tool.razor", "Razor", "C", menu="view", group=1, icon="scissors")
def tool_razor(session: Session) -> None:
    """Cut clips where you click."""
    _tool(session, "razor")


@action("tool.ripple", "Ripple trim", "B", menu="view", group=1, icon="between-horizontal-start")
def tool_ripple(session: Session) -> None:
    """Trim an edge and let what follows move along."""
    _tool(session, "ripple")


@action("tool.roll", "Roll", "N", menu="view", group=1, icon="split")
def tool_roll(session: Session) -> None:
    """Move a cut."""
    _tool(session, "roll")


@action("tool.slip", "Slip", "Y", menu="view", group=1, icon="move-horizontal")
def tool_slip(session: Session) -> None:
    """Change what a clip shows, not where it stands."""
    _tool(session, "slip")


@action("tool.slide", "Slide", "U", menu="view", group=1, icon="gallery-horizontal-end")
def tool_slide(session: Session) -> None:
    """Move a clip between its neighbours."""
    _tool(session, "slide")


@action("tool.rate", "Rate stretch", "R", menu="view", group=1, icon="gauge")
def tool_rate(session: Session) -> None:
    """Pull an end of a clip: it plays slower or faster to fit."""
    _tool(session, "rate")


@action("tool.pen", "Pen", "P", menu="view", group=1, icon="pen-tool")
def tool_pen(session: Session) -> None:
    """Set and move keyframes of gain and opacity."""
    _tool(session, "pen")


@action("tool.title", "Title tool", "T", menu="view", group=1, icon="type")
def tool_title(session: Session) -> None:
    """Draw a title where you click or drag."""
    _tool(session, "title")


@action("tool.hand", "Hand", "H", menu="view", group=1, icon="hand")
def tool_hand(session: Session) -> None:
    """Push the timeline."""
    _tool(session, "hand")


@action("tool.zoom", "Zoom tool", "Z", menu="view", group=1, icon="zoom-in")
def tool_zoom(session: Session) -> None:
    """Zoom where you click."""
    _tool(session, "zoom")
