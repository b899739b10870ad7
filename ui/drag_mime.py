"""What is dragged from panel to panel, as MIME data: media and subclips of the pool, with a range if need be; shots; effects; files."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QMimeData

from studio_app.session.applying import Offer, offer_of
from studio_app.session.cutting_in import incoming_of
from studio_app.session.session import Session
from studio_app.session.three_point import Incoming
from timeline.project_file import SUFFIX
from timeline.time import RationalTime, TimeRange

MEDIA_MIME: Final = "application/x-starcut-media"
"""A JSON list of ids of media and subclips (or one id), in bin order."""
RANGE_MIME: Final = "application/x-starcut-range"
"""Beside MEDIA_MIME, a JSON list: for each `[start, end]` in source time, or null where the marks of the pool count."""
SHOT_MIME: Final = "application/x-starcut-shot"
"""A JSON list of ids of shots (or one id)."""
EFFECT_MIME: Final = "application/x-starcut-effect"
"""A JSON list: the kind (`effect`, `transition`, `crossfade`, `generator`) and the id of one thing the effects panel offers."""

DOCUMENTS: Final = (SUFFIX, ".yaml", ".yml", ".json", ".txt")
"""Files that open as a whole, wherever they are dropped: projects and storyboards. All others are footage, or nothing."""


def media_mime(ids: Iterable[str], ranges: Iterable[TimeRange | None] = ()) -> QMimeData:
    """Media and subclips by their ids; `ranges` where another part than the marked one is meant."""
    mime = QMimeData()
    mime.setData(MEDIA_MIME, json.dumps(list(ids)).encode())
    parts = [None if one is None else [str(one.start), str(one.end)] for one in ranges]
    if any(parts):
        mime.setData(RANGE_MIME, json.dumps(parts).encode())
    return mime


def ids_in(mime: QMimeData, kind: str) -> list[str]:
    """Ids as a JSON list, or one plain id."""
    found = _json(mime, kind)
    return [str(one) for one in found] if isinstance(found, list) else [str(found)] if found is not None else []


def incoming_in(mime: QMimeData, session: Session) -> tuple[Incoming, ...]:
    """The dragged media and subclips that are still there, with their marks or the range dragged along."""
    ids, parts = ids_in(mime, MEDIA_MIME), _json(mime, RANGE_MIME)
    parts = parts if isinstance(parts, list) and len(parts) == len(ids) else [None] * len(ids)
    found: list[Incoming] = []
    for one, part in zip(ids, parts, strict=True):
        for there in incoming_of(session, (one,)):
            marks = _range(part)
            found.append(there if marks is None else replace(there, mark_in=marks.start, mark_out=marks.end))
    return tuple(found)


def offer_mime(offer: Offer) -> QMimeData:
    """An effect, a transition or a generator."""
    mime = QMimeData()
    mime.setData(EFFECT_MIME, json.dumps([offer.kind, offer.id]).encode())
    return mime


def offer_in(mime: QMimeData) -> Offer | None:
    """The effect, transition or generator that is dragged, when it is known here."""
    found = ids_in(mime, EFFECT_MIME)
    return offer_of(found[0], found[1]) if len(found) == 2 else None


def files_in(mime: QMimeData) -> tuple[Path, ...]:
    """Files and folders from the desktop."""
    return tuple(Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile())


def _json(mime: QMimeData, kind: str) -> Any:
    if not mime.hasFormat(kind):
        return None
    text = bytes(mime.data(kind).data()).decode("utf-8", "replace")
    try:
        return json.loads(text)
    except ValueError:
        return text


def _range(part: Any) -> TimeRange | None:
    try:
        start, end = (RationalTime.parse(one) for one in part)
    except (TypeError, ValueError):
        return None
    return TimeRange.between(start, end) if start < end else None
