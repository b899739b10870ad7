"""The storyboard on paper: six shots to a page with all that is known of them, or all pictures side by side.

Drawn off the main thread from plain values, in points of the page (72 to an inch).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QBuffer, QCoreApplication, QIODevice, QMarginsF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QImage,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QPen,
)

from studio_app.planning.assemble import shot_name, total_length
from studio_app.planning.camera_choice import chosen_camera
from studio_app.planning.shot_edits import dialogue_of
from studio_app.services.jobs import Job
from studio_app.session.session import Session
from timeline.atomic import write_atomically
from timeline.errors import Cancelled, StudioError
from timeline.media import Media
from timeline.storyboard import Shot, Storyboard
from timeline.timecode import format_timecode
from ui import words
from ui.media_items import poster_time
from ui.qt import tokens
from ui.qt.draw import lines_of
from ui.qt.image import covering
from ui.shot_items import state_word
from ui.shot_pictures import EMBEDDED

PICTURE = 960
_PAGE = QSizeF(842, 595)
"""A4 across, points."""
_MARGIN, _GAP = 30.0, 14.0
_INK, _GREY, _LINE, _PAPER = QColor("#141414"), QColor("#5a5a5a"), QColor("#b8b8b8"), QColor("#ffffff")
_SHEET_WIDTH = 2400
_FINE = 4
"""Steps a point: text and lines stand as exactly as that."""


@dataclass(frozen=True)
class Cell:
    """One shot as it is printed. `source`: a file, else the request a sketch is drawn from, else None."""

    number: int
    name: str
    words: str
    facts: str
    dialogue: str
    state: str
    source: Any


def cells_of(session: Session, board: Storyboard) -> tuple[Cell, ...]:
    """What is printed, read on the main thread."""
    return tuple(_cell(session, shot, place) for place, shot in enumerate(board.shots))


def _cell(session: Session, shot: Shot, place: int) -> Cell:
    media = session.generation.media_for(shot)
    asked = session.generation.request_of(shot.id)
    facts = [words.seconds(shot.duration)]
    facts += [words.title_case(camera)] if (camera := chosen_camera(shot)) else []
    if shot.subject_motion != "none":
        facts.append(words.title_case(shot.subject_motion))
    facts += [words.title_case(shot.mood)] if shot.mood else []
    facts += [", ".join(shot.tags)] if shot.tags else []
    there = media if media is not None and (media.has_video or media.is_endless) else None
    state = state_word(session.generation.state_of(shot.id).state)
    source = there or (asked[1] if asked is not None else None)
    return Cell(
        place + 1, shot_name(shot, place), shot.description, "  ·  ".join(facts), dialogue_of(shot), state, source
    )


def print_board(session: Session, board: Storyboard, path: Path) -> Job:
    """Queue the pages as PDF."""
    return _queue(session, board, path, _pages)


def print_sheet(session: Session, board: Storyboard, path: Path) -> Job:
    """Queue the contact sheet: PNG, or PDF by the file's suffix."""
    return _queue(session, board, path, _sheet)


@dataclass(frozen=True)
class _Work:
    """What is drawn."""

    title: str
    head: str
    shape: float
    """Width of a picture by its height."""
    cells: tuple[Cell, ...]
    pictures: Sequence[QImage | None]
    job: Job


def _queue(session: Session, board: Storyboard, path: Path, draw: Callable[[_Work, str], bytes]) -> Job:
    cells = cells_of(session, board)
    length = format_timecode(total_length(board), board.rate)
    head = f"{words.plural(len(cells), 'shot')}   {length}"
    title, shape = board.title or path.stem, board.width / board.height

    def work(job: Job) -> Path:
        pictures = [_picture(session, cell, number / len(cells), job) for number, cell in enumerate(cells)]
        written = draw(_Work(title, head, shape, cells, pictures, job), path.suffix.lower())
        job.check()
        try:
            write_atomically(path, written)
        except OSError as error:
            raise StudioError(f"{path.name} cannot be written: {error.strerror}.") from error
        return path

    def failed(error: StudioError) -> None:
        if not isinstance(error, Cancelled):
            session.tell(error.message, error=True)

    told = QCoreApplication.translate("StoryboardPrint", "{name} is written.").format(name=path.name)
    return session.jobs.submit(path.name, work, lambda _: session.tell(told), failed, kind="print")


def _picture(session: Session, cell: Cell, fraction: float, job: Job) -> QImage | None:
    """A frame of what there is, else a sketch; None where neither can be had."""
    job.check()
    job.progress(fraction * 0.9, cell.name)
    try:
        if isinstance(cell.source, Media):
            path = session.thumbnails.make(cell.source, poster_time(cell.source), PICTURE)
        elif cell.source is not None:
            path = session.sketches.make(EMBEDDED, cell.source, PICTURE)
        else:
            return None
    except Cancelled:
        raise
    except StudioError:
        return None
    found = QImage(str(path))
    return None if found.isNull() else found


def _pages(work: _Work, suffix: str) -> bytes:
    """A4 across, three shots beside each other in two rows (upright pictures: four)."""
    across = 3 if work.shape >= 1 else 4
    width = (_PAGE.width() - 2 * _MARGIN - (across - 1) * _GAP) / across
    top = _MARGIN + 34
    height = (_PAGE.height() - top - _MARGIN - 12 - _GAP) / 2
    each = across * 2
    buffer, writer, painter = _pdf(_PAGE, work.title)
    for number, cell in enumerate(work.cells):
        work.job.check()
        at = number % each
        if at == 0:
            if number:
                writer.newPage()
            _headline(painter, work, number // each + 1, -(-len(work.cells) // each))
        place = QRectF(_MARGIN + (at % across) * (width + _GAP), top + (at // across) * (height + _GAP), width, height)
        _card(painter, place, cell, work.pictures[number], work.shape)
    painter.end()
    return bytes(buffer.data().data())


def _headline(painter: QPainter, work: _Work, page: int, pages: int) -> None:
    line = QRectF(_MARGIN, _MARGIN - 4, _PAGE.width() - 2 * _MARGIN, 22)
    _write(painter, line, work.title, 15, "semibold", _INK)
    _write(painter, line, work.head, 10, "regular", _GREY, Qt.AlignmentFlag.AlignRight)
    painter.setPen(QPen(_LINE, 0.6))
    painter.drawLine(QPointF(line.left(), line.bottom() + 4), QPointF(line.right(), line.bottom() + 4))
    foot = QRectF(_MARGIN, _PAGE.height() - _MARGIN - 2, _PAGE.width() - 2 * _MARGIN, 14)
    _write(painter, foot, f"{page} / {pages}", 9, "regular", _GREY, Qt.AlignmentFlag.AlignRight)


def _card(painter: QPainter, place: QRectF, cell: Cell, picture: QImage | None, shape: float) -> None:
    tall = min(place.width() / shape, place.height() - 70)
    frame = QRectF(place.left(), place.top(), place.width(), tall)
    _draw_picture(painter, frame, picture, shape, cell.state)
    y = frame.bottom() + 5
    _write(painter, QRectF(place.left(), y, 22, 14), str(cell.number), 10, "medium", _GREY)
    _write(painter, QRectF(place.left() + 20, y, place.width() - 20, 14), cell.name, 10, "semibold", _INK)
    y += 15
    lines = QRectF(place.left(), y, place.width(), 25)
    _wrap(painter, lines, cell.words, 9, _INK)
    y += 27
    _write(painter, QRectF(place.left(), y, place.width(), 12), cell.facts, 8, "regular", _GREY)
    if cell.dialogue:
        _wrap(
            painter,
            QRectF(place.left(), y + 12, place.width(), place.bottom() - y - 12),
            f"“{cell.dialogue}”",
            9,
            _GREY,
        )


def _sheet(work: _Work, suffix: str) -> bytes:
    """All pictures side by side with number and name, as near to the shape of a page as they go."""
    count = len(work.cells)
    across = max(1, min(count, round((count * 1.5 / work.shape) ** 0.5) or 1, 12))
    rows = -(-count // across)
    width = (_SHEET_WIDTH - 2 * _MARGIN - (across - 1) * _GAP) / across
    tall = width / work.shape
    size = QSizeF(_SHEET_WIDTH, 2 * _MARGIN + 56 + rows * (tall + 38 + _GAP))
    if suffix == ".pdf":
        points = _PAGE.width() / size.width()
        buffer, _, painter = _pdf(QSizeF(_PAGE.width(), size.height() * points), work.title)
        painter.scale(points, points)
        _sheet_on(painter, work, across, width, tall)
        painter.end()
        return bytes(buffer.data().data())
    paper = QImage(size.toSize(), QImage.Format.Format_RGB32)
    paper.fill(_PAPER)
    painter = QPainter(paper)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
    _sheet_on(painter, work, across, width, tall)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    kind = suffix.lstrip(".") or "png"
    if not paper.save(buffer, kind):  # type: ignore[call-overload]  # a device and a format: the stubs want bytes
        raise StudioError(f"A contact sheet is a .png, .jpg or .pdf file, not “{suffix}”.")
    return bytes(buffer.data().data())


def _sheet_on(painter: QPainter, work: _Work, across: int, width: float, tall: float) -> None:
    head = QRectF(_MARGIN, _MARGIN - 4, _SHEET_WIDTH - 2 * _MARGIN, 40)
    _write(painter, head, work.title, 30, "semibold", _INK)
    _write(painter, head, work.head, 20, "regular", _GREY, Qt.AlignmentFlag.AlignRight)
    for number, cell in enumerate(work.cells):
        work.job.check()
        left = _MARGIN + (number % across) * (width + _GAP)
        top = _MARGIN + 52 + (number // across) * (tall + 38 + _GAP)
        _draw_picture(painter, QRectF(left, top, width, tall), work.pictures[number], work.shape, cell.state, 18)
        _write(painter, QRectF(left, top + tall + 6, 44, 28), str(cell.number), 20, "medium", _GREY)
        _write(painter, QRectF(left + 44, top + tall + 6, width - 44, 28), cell.name, 20, "regular", _INK)


def _pdf(page: QSizeF, title: str) -> tuple[QBuffer, QPdfWriter, QPainter]:
    """A painter on a document in memory, in points."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(title)
    writer.setCreator("Starcut")
    writer.setResolution(72 * _FINE)
    size = QPageSize(page, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch)
    writer.setPageSize(size)
    writer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Point)
    painter = QPainter(writer)
    painter.scale(_FINE, _FINE)
    return buffer, writer, painter


def _draw_picture(
    painter: QPainter, frame: QRectF, picture: QImage | None, shape: float, state: str, size: int = 9
) -> None:
    """The picture, cut to the film's shape; a grey field that says the state where there is none."""
    width = min(frame.width(), frame.height() * shape)
    place = QRectF(frame.left(), frame.top(), width, width / shape)
    if picture is not None:
        painter.drawImage(place, picture, QRectF(covering(picture.size(), place)))
    else:
        painter.fillRect(place, QColor("#ececec"))
        _write(painter, place, state, size, "regular", _GREY, Qt.AlignmentFlag.AlignHCenter)
    painter.setPen(QPen(_LINE, 0.5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(place)


def _font(size: int, weight: str) -> QFont:
    found = QFont(tokens.font("ui", weight))
    found.setPixelSize(size)
    return found


def _write(
    painter: QPainter,
    place: QRectF,
    text: str,
    size: int,
    weight: str,
    colour: QColor,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> None:
    """One line, shortened where there is no room."""
    font = _font(size, weight)
    painter.setFont(font)
    painter.setPen(colour)
    shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, place.width())
    painter.drawText(place, int(align | Qt.AlignmentFlag.AlignVCenter), shown)


def _wrap(painter: QPainter, place: QRectF, text: str, size: int, colour: QColor) -> None:
    """Some lines, as many as there is room for."""
    font = _font(size, "regular")
    painter.setFont(font)
    painter.setPen(colour)
    lines_of(painter, place, text, max(1, int(place.height() // (size * 1.36))), size * 1.36)
