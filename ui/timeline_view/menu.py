"""Menus of the right button: what applies to a clip, a gap, a transition, a track."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu

from studio_app.session.session import Session
from studio_app.session.tracks import set_track
from timeline import query
from timeline.commands.move_track import MoveTrack
from timeline.commands.remove_track import RemoveTrack
from timeline.commands.remove_transition import RemoveTransition
from timeline.items import Clip, Placeholder, SequenceSource
from timeline.sync import sync_offset
from timeline.track import Track
from ui.panel import Panel
from ui.qt.language import QT_TRANSLATE_NOOP, translated
from ui.shot_held import answers, go_on
from ui.shot_items import is_local
from ui.timeline_view.headers import TrackHeaders
from ui.timeline_view.layout import SMALL_HEIGHT, Hit, Zone
from ui.timeline_view.track_header import TrackHeader

if TYPE_CHECKING:
    from ui.timeline_view.view import TimelineView

Entries = tuple[tuple[str, "str | Entries"], ...]
"""(id of an action, title), a line, or (title, entries) for a menu within."""

_LINE: Final = ("", "")
_CLIP: Final[Entries] = (
    ("edit.cut", QT_TRANSLATE_NOOP("TimelineMenu", "Cut")),
    ("edit.copy", QT_TRANSLATE_NOOP("TimelineMenu", "Copy")),
    ("edit.paste", QT_TRANSLATE_NOOP("TimelineMenu", "Paste")),
    ("edit.paste_attributes", QT_TRANSLATE_NOOP("TimelineMenu", "Paste attributes…")),
    _LINE,
    ("edit.delete", QT_TRANSLATE_NOOP("TimelineMenu", "Delete")),
    ("edit.ripple_delete", QT_TRANSLATE_NOOP("TimelineMenu", "Ripple delete")),
    _LINE,
    ("clip.add_edit", QT_TRANSLATE_NOOP("TimelineMenu", "Add edit at playhead")),
    ("clip.join", QT_TRANSLATE_NOOP("TimelineMenu", "Join through edit")),
    (
        QT_TRANSLATE_NOOP("TimelineMenu", "Transition"),
        (
            ("clip.transition", QT_TRANSLATE_NOOP("TimelineMenu", "Video transition")),
            ("clip.audio_transition", QT_TRANSLATE_NOOP("TimelineMenu", "Audio transition")),
            ("clip.transition_from_cut", QT_TRANSLATE_NOOP("TimelineMenu", "Video transition from the cut on")),
            ("clip.transition_to_cut", QT_TRANSLATE_NOOP("TimelineMenu", "Video transition up to the cut")),
        ),
    ),
    (
        QT_TRANSLATE_NOOP("TimelineMenu", "Time"),
        (
            ("clip.speed", QT_TRANSLATE_NOOP("TimelineMenu", "Speed…")),
            ("clip.reverse", QT_TRANSLATE_NOOP("TimelineMenu", "Reverse")),
            ("clip.freeze_frame", QT_TRANSLATE_NOOP("TimelineMenu", "Insert freeze frame")),
            ("clip.freeze", QT_TRANSLATE_NOOP("TimelineMenu", "Freeze or run")),
        ),
    ),
    ("clip.gain", QT_TRANSLATE_NOOP("TimelineMenu", "Clip gain…")),
    ("shot.generate_here", QT_TRANSLATE_NOOP("TimelineMenu", "Generate here…")),
    (
        QT_TRANSLATE_NOOP("TimelineMenu", "Takes"),
        (
            ("take.next", QT_TRANSLATE_NOOP("TimelineMenu", "Try the next one")),
            ("take.previous", QT_TRANSLATE_NOOP("TimelineMenu", "Try the previous one")),
            ("take.compare", QT_TRANSLATE_NOOP("TimelineMenu", "Compare")),
            ("take.star", QT_TRANSLATE_NOOP("TimelineMenu", "Star or unstar")),
            ("take.reject", QT_TRANSLATE_NOOP("TimelineMenu", "Reject or take in again")),
            ("take.note", QT_TRANSLATE_NOOP("TimelineMenu", "Note…")),
        ),
    ),
    ("evolve.open", QT_TRANSLATE_NOOP("TimelineMenu", "Evolve…")),
    (
        QT_TRANSLATE_NOOP("TimelineMenu", "Suggest"),
        (
            ("suggest.take", QT_TRANSLATE_NOOP("TimelineMenu", "A take for it")),
            ("suggest.before", QT_TRANSLATE_NOOP("TimelineMenu", "What goes before")),
            ("suggest.after", QT_TRANSLATE_NOOP("TimelineMenu", "What goes after")),
        ),
    ),
    _LINE,
    ("clip.enable", QT_TRANSLATE_NOOP("TimelineMenu", "Enable or disable")),
    ("clip.link", QT_TRANSLATE_NOOP("TimelineMenu", "Link or unlink")),
    ("clip.group", QT_TRANSLATE_NOOP("TimelineMenu", "Group")),
    ("clip.ungroup", QT_TRANSLATE_NOOP("TimelineMenu", "Ungroup")),
    ("clip.swap", QT_TRANSLATE_NOOP("TimelineMenu", "Swap clips")),
    ("clip.nest", QT_TRANSLATE_NOOP("TimelineMenu", "Nest")),
    ("clip.decompose", QT_TRANSLATE_NOOP("TimelineMenu", "Decompose nest")),
)
_NEST: Final[Entries] = (("clip.open_nest", QT_TRANSLATE_NOOP("TimelineMenu", "Open nest")),)
_SYNC: Final[Entries] = (
    ("clip.move_into_sync", QT_TRANSLATE_NOOP("TimelineMenu", "Move into sync")),
    ("clip.slip_into_sync", QT_TRANSLATE_NOOP("TimelineMenu", "Slip into sync")),
)
_EMPTY: Final[Entries] = (
    ("edit.paste", QT_TRANSLATE_NOOP("TimelineMenu", "Paste")),
    ("edit.paste_insert", QT_TRANSLATE_NOOP("TimelineMenu", "Paste insert")),
    ("clip.new_title", QT_TRANSLATE_NOOP("TimelineMenu", "New title")),
    ("sequence.add_marker", QT_TRANSLATE_NOOP("TimelineMenu", "Add marker")),
    _LINE,
    ("sequence.add_video_track", QT_TRANSLATE_NOOP("TimelineMenu", "Add video track")),
    ("sequence.add_audio_track", QT_TRANSLATE_NOOP("TimelineMenu", "Add audio track")),
)
_GAP: Final[Entries] = (
    ("shot.generate_here", QT_TRANSLATE_NOOP("TimelineMenu", "Generate here…")),
    ("edit.ripple_delete", QT_TRANSLATE_NOOP("TimelineMenu", "Close gap")),
    _LINE,
)
_TRACKS: Final[Entries] = (
    ("sequence.add_video_track", QT_TRANSLATE_NOOP("TimelineMenu", "Add video track")),
    ("sequence.add_audio_track", QT_TRANSLATE_NOOP("TimelineMenu", "Add audio track")),
    ("sequence.add_text_track", QT_TRANSLATE_NOOP("TimelineMenu", "Add title track")),
    ("sequence.remove_empty_tracks", QT_TRANSLATE_NOOP("TimelineMenu", "Remove empty tracks")),
)


def _fill(menu: QMenu, panel: Panel, entries: Entries) -> None:
    for name, what in entries:
        if not isinstance(what, str):
            _fill(menu.addMenu(translated("TimelineMenu", name)), panel, what)
        elif not name:
            menu.addSeparator()
        else:
            what = translated("TimelineMenu", what)
            # the tab puts the text into the key column: shown, not bound a second time
            keys = panel.session.keymap.keys_of(name)
            shown = QKeySequence(keys[0]).toString(QKeySequence.SequenceFormat.NativeText) if keys else ""
            action = menu.addAction(f"{what}\t{shown}" if shown else what)
            action.triggered.connect(partial(panel.run, name))


def item_menu(panel: Panel, session: Session, view: TimelineView, hit: Hit) -> QMenu:
    """The menu for what lies under the pointer (it is already selected)."""
    menu = QMenu(panel)
    sequence = session.sequence
    clip = sequence.clip(hit.item_id) if hit.item_id else None
    if hit.zone in (Zone.TRANSITION, Zone.TRANSITION_IN, Zone.TRANSITION_OUT) and hit.item_id:
        command = RemoveTransition(sequence.id, hit.item_id)
        menu.addAction(QCoreApplication.translate("Menu", "Remove transition"), lambda: session.document.do(command))
        return menu
    if clip is not None:
        _shot_entries(menu, session, clip)
        _fill(menu, panel, _CLIP)
        if isinstance(clip.source, SequenceSource):
            _fill(menu, panel, _NEST)
        if sync_offset(sequence, clip.id):
            _fill(menu, panel, _SYNC)
        menu.addSeparator()
        menu.addAction(QCoreApplication.translate("Menu", "Zoom to clip"), lambda: _zoom_to(view, clip.id))
        return menu
    if hit.zone is Zone.GAP:
        _fill(menu, panel, _GAP)
    _fill(menu, panel, _EMPTY)
    return menu


def _shot_entries(menu: QMenu, session: Session, clip: Clip) -> None:
    if not isinstance(clip.source, Placeholder):
        return
    shot_id, generation = clip.source.shot_id, session.generation
    stands, shot = generation.state_of(shot_id), session.document.project.shot(shot_id)
    state = stands.state
    entry: tuple[str, Callable[[], object]] | None = None
    if state in ("none", "ready"):
        entry = QCoreApplication.translate("Menu", "Generate"), lambda: generation.generate([shot_id])
    elif ways := answers(state, shot is not None and is_local(shot.engine), stands.offer):
        for way in ways:
            menu.addAction(way.text, partial(go_on, session, shot_id, way.id))
        menu.addSeparator()
    elif state in ("queued", "running"):
        entry = QCoreApplication.translate("Menu", "Cancel generation"), lambda: generation.cancel(shot_id)
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
        menu.addAction(
            QCoreApplication.translate("Menu", "Delete track"),
            lambda: session.document.do(RemoveTrack(session.sequence_id, track_id)),
        )
    return menu


_SWITCHES = (
    ("sync_lock", QT_TRANSLATE_NOOP("TimelineMenu", "Sync lock")),
    ("locked", QT_TRANSLATE_NOOP("TimelineMenu", "Lock")),
    ("muted", QT_TRANSLATE_NOOP("TimelineMenu", "Mute or hide")),
    ("solo", QT_TRANSLATE_NOOP("TimelineMenu", "Solo")),
)


def _track_entries(menu: QMenu, session: Session, view: TimelineView, header: TrackHeader, track: Track) -> None:
    """Name, height, place and switches: also those that have no room in a low header."""
    menu.addAction(QCoreApplication.translate("Menu", "Rename"), header.edit_name)
    for by, title in (
        (-1, QCoreApplication.translate("Menu", "Move up")),
        (1, QCoreApplication.translate("Menu", "Move down")),
    ):
        other = view.layout_now.neighbour_row(track.id, by)
        entry = menu.addAction(title, partial(_move_track, session, track.id, other.index if other else 0))
        entry.setEnabled(other is not None)
    menu.addSeparator()
    menu.addAction(QCoreApplication.translate("Menu", "Tall"), lambda: view.set_tall(track.id))
    menu.addAction(QCoreApplication.translate("Menu", "Small"), lambda: view.set_tall(track.id, SMALL_HEIGHT))
    menu.addSeparator()
    target = menu.addAction(QCoreApplication.translate("Menu", "Target"), lambda: session.targets.toggle(track.id))
    target.setCheckable(True)
    target.setChecked(track.id in session.targets.ids)
    for field, title in _SWITCHES:
        if field == "solo" and not track.is_audio:
            continue
        on = bool(getattr(track, field))
        entry = menu.addAction(
            translated("TimelineMenu", title), partial(set_track, session, track.id, {field: not on})
        )
        entry.setCheckable(True)
        entry.setChecked(on)
    menu.addSeparator()


def _move_track(session: Session, track_id: str, index: int) -> None:
    session.document.do(MoveTrack(session.sequence_id, track_id, index))
