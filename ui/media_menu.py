"""The context menu of the media pool, made of the registered actions and of what is under the pointer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QColor, QDesktopServices, QIcon, QKeySequence, QPainter, QPixmap
from PySide6.QtWidgets import QMenu, QWidget

from studio_app.actions import evolve, footage, lineage, narrative, picture, pool, suggest
from studio_app.actions.registry import Action
from studio_app.services.proxy_entry import ProxyState
from studio_app.session import pool_chosen
from studio_app.session.pool_items import LABELS, PoolItem, Use, places_of
from studio_app.session.session import Session
from timeline.media import Media
from timeline.query import track_label
from timeline.timecode import format_timecode
from ui.media_model import move_into
from ui.qt import icons
from ui.qt.language import QT_TRANSLATE_NOOP, of_action, translated
from ui.timeline_view.marker_look import colour_title, marker_colour

Run = Callable[[str], object]
_WITHOUT = (ProxyState.NONE, ProxyState.FAILED)
_MOST_USES = 30
_CLIP = (
    "media.show_source",
    "clip.insert",
    "clip.overwrite",
    "clip.append",
    "",
    "media.make_subclip",
    "media.new_sequence",
    "narrative.order_three_acts",
    "",
    "evolve.open",
    "media.change_picture",
    "lineage.show",
    "suggest.before",
    "suggest.after",
    "suggest.duplicates",
)
_SEQUENCE = (
    "media.open_sequence",
    "clip.insert",
    "clip.overwrite",
    "clip.append",
    "",
    "media.duplicate_sequence",
)
_EMPTY = (
    "file.import",
    "media.import_folder",
    "media.watch_folder",
    "media.stop_watching",
    "media.make_picture",
    "",
    "media.new_bin",
    "sequence.new",
    "media.up",
)


class MediaMenu:
    """Builds the menu for an item, or for the empty ground."""

    def __init__(self, parent: QWidget, session: Session, run: Run) -> None:
        self._parent, self._session, self._run = parent, session, run
        self._actions = {one.id: one for one in _registered()}

    def build(self, item: PoolItem | None) -> QMenu:
        """The menu; the item under the pointer is among what is chosen."""
        menu = QMenu(self._parent)
        if item is None:
            self._add(menu, _EMPTY)
            menu.addSeparator()
            self._add(menu, ("media.relink_folder", "media.remove_unused"))
        elif item.job is not None:
            menu.addAction(icons.icon("x"), QCoreApplication.translate("MediaMenu", "Stop generating"), item.job.cancel)
            menu.addAction(QCoreApplication.translate("MediaMenu", "Show jobs"), partial(self._run, "panel.jobs"))
        elif item.media is None:
            self._add(menu, ("media.show_source", "media.rename", "media.remove", "", "media.new_bin"))
            menu.actions()[0].setText(QCoreApplication.translate("MediaMenu", "Open"))
            self._add_places(menu, item)
        elif item.sequence is not None:
            self._add(menu, _SEQUENCE)
            menu.addSeparator()
            self._add_uses(menu, item.media)
            self._add_labels(menu)
            self._add_ratings(menu)
            self._add_places(menu, item)
            menu.addSeparator()
            self._add(menu, ("media.rename", "media.remove"))
        else:
            self._add(menu, _CLIP)
            menu.addSeparator()
            self._add_uses(menu, item.media)
            self._add_labels(menu)
            self._add_ratings(menu)
            self._add_places(menu, item)
            menu.addSeparator()
            self._add_files(menu, item.media)
            menu.addSeparator()
            self._add(menu, ("media.rename", "media.remove"))
        return menu

    def _add(self, menu: QMenu, ids: Sequence[str]) -> None:
        for action_id in ids:
            if not action_id:
                menu.addSeparator()
                continue
            one = self._actions.get(action_id)
            title = of_action(one) if one is not None else translated("MediaMenu", _TITLES[action_id])
            icon = one.icon if one is not None else _ICONS[action_id]
            entry = menu.addAction(title, partial(self._run, action_id))
            if icon in icons.names():
                entry.setIcon(icons.icon(icon))
            keys = self._session.keymap.keys_of(action_id)
            if keys:
                entry.setShortcut(QKeySequence(keys[0]))
            entry.setEnabled(one is None or one.enabled(self._session))

    def _add_uses(self, menu: QMenu, media: Media) -> None:
        uses = places_of(self._session.document.project, media.id)
        if not uses:
            menu.addAction(QCoreApplication.translate("MediaMenu", "Not used")).setEnabled(False)
            return
        below = menu.addMenu(icons.icon("locate"), self._used(len(uses)))
        for use in uses[:_MOST_USES]:
            below.addAction(self._place(use), partial(pool_chosen.jump, self._session, use.clip_id))
        if len(uses) > _MOST_USES:
            below.addAction(
                QCoreApplication.translate("MediaMenu", "{count} more").format(count=len(uses) - _MOST_USES)
            ).setEnabled(False)

    @staticmethod
    def _used(number: int) -> str:
        if number == 1:
            return QCoreApplication.translate("MediaMenu", "Used {count} time").format(count=number)
        return QCoreApplication.translate("MediaMenu", "Used {count} times").format(count=number)

    def _place(self, use: Use) -> str:
        sequence = self._session.document.project.sequence(use.sequence_id)
        track = sequence.track(use.track_id) if sequence is not None else None
        if sequence is None or track is None:
            return use.sequence_name
        at = format_timecode(use.start + sequence.start_timecode, sequence.rate, sequence.drop_frame)
        return f"{use.sequence_name}, {at}, {track_label(sequence, track)}"

    def _add_labels(self, menu: QMenu) -> None:
        below = menu.addMenu(icons.icon("palette"), QCoreApplication.translate("MediaMenu", "Label"))
        for name in LABELS:
            below.addAction(
                QIcon(_dot(marker_colour(name))),
                colour_title(name),
                partial(pool_chosen.set_on_chosen, self._session, "label", name),
            )
        below.addSeparator()
        below.addAction(
            QCoreApplication.translate("MediaMenu", "None"),
            lambda: pool_chosen.set_on_chosen(self._session, "label", ""),
        )

    def _add_ratings(self, menu: QMenu) -> None:
        below = menu.addMenu(icons.icon("star"), QCoreApplication.translate("MediaMenu", "Rating"))
        for stars in range(1, 6):
            entry = below.addAction(_stars(stars), partial(self._run, f"media.rate_{stars}"))
            keys = self._session.keymap.keys_of(f"media.rate_{stars}")
            if keys:
                entry.setShortcut(QKeySequence(keys[0]))
        below.addSeparator()
        below.addAction(
            QCoreApplication.translate("MediaMenu", "None"),
            lambda: pool_chosen.set_on_chosen(self._session, "rating", 0),
        )

    def _add_places(self, menu: QMenu, item: PoolItem) -> None:
        """Folders to move into, for those who do not drag."""
        session, pool = self._session, self._session.document.project.pool
        below = menu.addMenu(icons.icon("folder"), QCoreApplication.translate("MediaMenu", "Move to folder"))
        gone = pool.below(item.id) if item.bin is not None else frozenset()
        ways = sorted((" / ".join(one.name for one in pool.path_to(each.id)), each.id) for each in pool.bins)
        targets: list[tuple[str, str | None]] = [(session.document.project.name, None)]
        targets += [(way, bin_id) for way, bin_id in ways if bin_id not in gone]
        for text, target in targets:
            below.addAction(
                text,
                partial(move_into, session, session.selection.media.ids, session.browsing.bins.ids, target),
            )

    def _add_files(self, menu: QMenu, media: Media) -> None:
        if media.id in self._session.presence.missing:
            is_take = self._session.document.library.take_of_media(media.id) is not None
            self._add(menu, ("media.relink", "media.relink_folder", *(["lineage.rebuild"] if is_take else [])))
            return
        self._add_proxy_verb(menu, media)
        folder = Path(media.path).parent
        menu.addAction(
            icons.icon("folder-open"),
            QCoreApplication.translate("MediaMenu", "Show in folder"),
            lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))),
        )

    def _add_proxy_verb(self, menu: QMenu, media: Media) -> None:
        """One verb for all that are chosen; none where a proxy cannot be."""
        proxies = self._session.proxies
        library = self._session.document.library.media
        ids = pool_chosen.media_ids(self._session)
        chosen = [library[one] for one in ids] if media.id in ids else [media]
        having = [one for one in chosen if proxies.state(one) is ProxyState.READY]
        lacking = [one for one in chosen if proxies.can_have(one) and proxies.state(one) in _WITHOUT]
        if lacking:
            text = (
                QCoreApplication.translate("MediaMenu", "Make proxy")
                if len(lacking) == 1
                else QCoreApplication.translate("MediaMenu", "Make {count} proxies").format(count=len(lacking))
            )
            menu.addAction(icons.icon("gauge"), text, lambda: self._make_proxies(lacking))
        if having:
            text = (
                QCoreApplication.translate("MediaMenu", "Delete proxy")
                if len(having) == 1
                else QCoreApplication.translate("MediaMenu", "Delete {count} proxies").format(count=len(having))
            )
            menu.addAction(icons.icon("trash-2"), text, lambda: self._delete_proxies(having))

    def _make_proxies(self, media: Sequence[Media]) -> None:
        for one in media:
            self._session.proxies.make(one)

    def _delete_proxies(self, media: Sequence[Media]) -> None:
        for one in media:
            try:
                self._session.proxies.delete(one)
            except OSError as error:
                self._session.tell(
                    QCoreApplication.translate("MediaMenu", "The proxy of “{name}” stays: {strerror}.").format(
                        name=one.name, strerror=error.strerror or error
                    ),
                    error=True,
                )


_TITLES = {
    "clip.insert": QT_TRANSLATE_NOOP("MediaMenu", "Insert"),
    "clip.overwrite": QT_TRANSLATE_NOOP("MediaMenu", "Overwrite"),
    "clip.append": QT_TRANSLATE_NOOP("MediaMenu", "Append at end"),
    "file.import": QT_TRANSLATE_NOOP("MediaMenu", "Import media…"),
    "sequence.new": QT_TRANSLATE_NOOP("MediaMenu", "New sequence"),
}
_ICONS = {
    "clip.insert": "corner-down-right",
    "clip.overwrite": "arrow-down-to-line",
    "clip.append": "arrow-right-to-line",
    "file.import": "download",
    "sequence.new": "layers",
}


def _registered() -> list[Action]:
    found = (
        getattr(value, "starcut_action", None)
        for one in (pool, footage, narrative, suggest, evolve, lineage, picture)
        for value in vars(one).values()
    )
    return [one for one in found if isinstance(one, Action)]


def _stars(number: int) -> str:
    if number == 1:
        return QCoreApplication.translate("MediaMenu", "{stars} star").format(stars=number)
    return QCoreApplication.translate("MediaMenu", "{stars} stars").format(stars=number)


def _dot(colour: QColor) -> QPixmap:
    pixmap = QPixmap(32, 32)
    pixmap.setDevicePixelRatio(2)
    pixmap.fill(QColor(0, 0, 0, 0))
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QColor(0, 0, 0, 0))
    painter.setBrush(colour)
    painter.drawEllipse(4, 4, 8, 8)
    painter.end()
    return pixmap
