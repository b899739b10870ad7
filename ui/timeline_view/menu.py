"""Menus of the right button: what applies to a clip, a gap, a transition, a track."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

from studio_app.session.session import Session
from timeline import query
from timeline.commands.move_track import MoveTrack
from timeline.commands.remove_track import RemoveTrack
from timeline.commands.remove_transition import RemoveTransition
from timeline.commands.set_track import SetTrack
from timeline.items import Clip, Placeholder
from timeline.track import Track
from ui.panel import Panel
from ui.timeline_view.headers import TrackHeaders
from ui.timeline_view.layout import SMALL_HEIGHT, Hit, Zone
from ui.timeline_view.track_header import TrackHeader

if TYPE_CHECKING:
    from ui.timeline_view.view import TimelineView

_CLIP = (
    ("edit.cut", "Cut", "Ctrl+X"),
    ("edit.copy", "Copy", "Ctrl+C"),
    ("edit.paste", "Paste", "Ctrl+V"),
    ("", "", ""),
    ("edit.delete", "Delete", "Del"),
    ("edit.ripple_delete", "Ripple delete", "Shift+Del"),
    ("", "", ""),
    ("clip.add_edit", "Add edit at playhead", "Ctrl+K"),
    ("clip.transition", "Video transition", "Ctrl+D"),
    ("clip.audio_transition", "Audio transition", "Ctrl+Shift+D"),
    ("", "", ""),
    ("clip.speed", "Speed…", "Ctrl+R"),
    ("clip.enable", "Enable or disable", "Shift+E"),
    ("clip.link", "Link or unlink", "Ctrl+L"),
)
_EMPTY = (
    ("edit.paste", "Paste", "Ctrl+V"),
    ("clip.new_title", "New title", "Ctrl+T"),
    ("sequence.add_marker", "Add marker", "M"),
    ("", "", ""),
    ("sequence.add_video_track", "Add video track", ""),
    ("sequence.add_audio_track", "Add audio track", ""),
)
_TRACKS = (
    ("sequence.add_video_track", "Add video track", ""),
    ("sequence.add_audio_track", "Add audio track", ""),
    ("sequence.add_text_track", "Add title track", ""),
)


def _fill(menu: QMenu, panel: Panel, entries: tuple[tuple[str, str, str], ...]) -> None:
    for action_id, title, key in entries:
        if not action_id:
            menu.addSeparator()
        else:
            # the tab puts the text into the key column: shown, not bound a second time
            action = menu.addAction(f"{title}\t{key}" if key else title)
            action.triggered.connect(partial(panel.run, action_id))


def item_menu(panel: Panel, session: Session, view: TimelineView, hit: Hit) -> QMenu:
    """The menu for what lies under the pointer (it is already selected)."""
    menu = QMenu(panel)
    sequence = session.sequence
    clip = sequence.clip(hit.item_id) if hit.item_id else None
    if hit.zone in (Zone.TRANSITION, Zone.TRANSITION_IN, Zone.TRANSITION_OUT) and hit.item_id:
        command = RemoveTransition(sequence.id, hit.item_id)
        menu.addAction("Remove transition", lambda: session.document.do(command))
        return menu
    if clip is not None:
        _shot_entries(menu, session, clip)
        _fill(menu, panel, _CLIP)
        menu.addSeparator()
        menu.addAction("Zoom to clip", lambda: _zoom_to(view, clip.id))
        return menu
    if hit.zone is Zone.GAP:
        _fill(menu, panel, (("edit.ripple_delete", "Close gap", "Shift+Del"), ("", "", "")))
    _fill(menu, panel, _EMPTY)
    return menu


def _shot_entries(menu: QMenu, session: Session, clip: Clip) -> None:
    if not isinstance(clip.source, Placeholder):
        return
    shot_id, generation = clip.source.shot_id, session.generation
    state = generation.state_of(shot_id).state
    entry: tuple[str, Callable[[], object]] | None = None
    if state in ("none", "ready"):
        entry = "Generate", lambda: generation.generate([shot_id])
    elif state == "failed":
        entry = "Retry", lambda: generation.retry(shot_id)
    elif state in ("queued", "running"):
        entry = "Cancel generation", lambda: generation.cancel(shot_id)
    if entry is not None:
        menu.addAction(*entry)
        menu.addSeparator()


def _zoom_to(view: TimelineView, clip_id: str) -> None:
    where = query.range_of(view.sequence, clip_id)
    if where is not None:
        view.zoom_to(where)


def header_menu(panel: Panel, session: Session, view: TimelineView, headers: TrackHeaders, track_id: str) -> QMenu:
    """The menu of a track header; without a track, of the empty column."""
    menu = QMenu(panel)
    header, track = headers.header(track_id), session.sequence.track(track_id)
    if header is not None and track is not None:
        _track_entries(menu, session, view, header, track)
    _fill(menu, panel, _TRACKS)
    if track is not None:
        menu.addSeparator()
        menu.addAction("Delete track", lambda: session.document.do(RemoveTrack(session.sequence_id, track_id)))
    return menu


_SWITCHES = (("sync_lock", "Sync lock"), ("locked", "Lock"), ("muted", "Mute or hide"), ("solo", "Solo"))


def _track_entries(menu: QMenu, session: Session, view: TimelineView, header: TrackHeader, track: Track) -> None:
    """Name, height, place and switches: also those that have no room in a low header."""
    menu.addAction("Rename", header.edit_name)
    for by, title in ((-1, "Move up"), (1, "Move down")):
        other = view.layout_now.neighbour_row(track.id, by)
        entry = menu.addAction(title, partial(_move_track, session, track.id, other.index if other else 0))
        entry.setEnabled(other is not None)
    menu.addSeparator()
    menu.addAction("Tall", lambda: view.set_tall(track.id))
    menu.addAction("Small", lambda: view.set_tall(track.id, SMALL_HEIGHT))
    menu.addSeparator()
    target = menu.addAction("Target", lambda: session.targets.toggle(track.id))
    target.setCheckable(True)
    target.setChecked(track.id in session.targets.ids)
    for field, title in _SWITCHES:
        if field == "solo" and not track.is_audio:
            continue
        on = bool(getattr(track, field))
        entry = menu.addAction(title, partial(_set_track, session, track.id, {field: not on}))
        entry.setCheckable(True)
        entry.setChecked(on)
    menu.addSeparator()


def _set_track(session: Session, track_id: str, changes: dict[str, bool]) -> None:
    session.document.do(SetTrack(session.sequence_id, track_id, changes))


def _move_track(session: Session, track_id: str, index: int) -> None:
    session.document.do(MoveTrack(session.sequence_id, track_id, index))
