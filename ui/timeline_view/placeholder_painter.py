"""Draws clips without a picture yet (placeholders, with the state of their job) and clips whose file is gone."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPen

from studio_app.session.shot_state import ShotState
from timeline.items import Clip
from timeline.project import Project
from ui import words
from ui.qt.language import QT_TRANSLATE_NOOP, translated
from ui.timeline_view.clip_header import draw_chip, draw_offset, draw_spark
from ui.timeline_view.clip_look import PAD, RADIUS, ClipLook, draw_edge
from ui.timeline_view.facts import Facts
from ui.timeline_view.layout import CLIP_HEADER
from ui.timeline_view.look import colour, icon
from ui.timeline_view.text import draw_line, width_of

RETRY = QT_TRANSLATE_NOOP("PlaceholderPainter", "Retry")
FREE = QT_TRANSLATE_NOOP("PlaceholderPainter", "Starcut, free")
LOOK = QT_TRANSLATE_NOOP("PlaceholderPainter", "Look again")
CAP = QT_TRANSLATE_NOOP("PlaceholderPainter", "Raise cap")
ANEW = QT_TRANSLATE_NOOP("PlaceholderPainter", "Send anew")
VERBS = {"retry": RETRY, "free": FREE, "look": LOOK, "cap": CAP, "anew": ANEW}
_VERBS_OF = {"failed": ("retry", "free"), "over_budget": ("cap", "free"), "unknown": ("look", "anew")}
"""What can be done about a place that goes on by itself no more, the likeliest first."""
MISSING = QT_TRANSLATE_NOOP("PlaceholderPainter", "Missing.")
RELINK = QT_TRANSLATE_NOOP("PlaceholderPainter", "Relink")
_ICONS = {
    "queued": "clock",
    "running": "loader-circle",
    "landing": "circle-arrow-down",
    "ready": "circle-check",
    "failed": "circle-alert",
    "over_budget": "wallet",
    "unknown": "circle-alert",
}
_TONES = {"unknown": "state.over_budget"}


@cache
def _stripes(path: str, alpha: float, ratio: float) -> QBrush:
    """Diagonal stripes, 5 px of 14, as a texture that repeats."""
    side = 14
    image = QImage(round(side * ratio), round(side * ratio), QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.setPen(QPen(colour(path, alpha), 4.2))
    for offset in (-side, 0, side):
        painter.drawLine(QPointF(offset - 4, side + 4), QPointF(offset + side + 4, -4))
    painter.end()
    return QBrush(image)


def draw_placeholder(
    painter: QPainter,
    clip: Clip,
    look: ClipLook,
    facts: Facts,
    state: ShotState,
    shot_id: str,
    draw_draft: Callable[[], None] | None = None,
) -> None:
    """A planned stretch: dashes, stripes, prompt, state in words, a bar at the foot; a draft shows faintly behind them."""
    rect = look.rect
    failed = state.state == "failed"
    line = "state.failed" if failed else _tone(state) if state.state in _VERBS_OF else "clip.placeholder_line"
    sound = colour("clip.audio_body", 0.6)  # its full strength would leave words on the stripes under 4.5 to 1
    ground = sound if look.row.is_audio else colour("clip.placeholder_body")
    painter.fillRect(rect, colour("state.failed_fill") if failed else ground)
    if draw_draft is not None and not failed:
        painter.setOpacity(_DRAFT)
        draw_draft()
        painter.setOpacity(1.0)
        painter.fillRect(rect, QColor(11, 11, 11, 110))  # words are read on a bright film too
    if not failed:
        painter.setBrushOrigin(QPointF(look.left if look.left > -1e6 else 0, 0))
        painter.fillRect(rect, _stripes(line, 0.16, look.ratio))
    if rect.width() >= 6:
        pen = QPen(colour(line), 1)
        pen.setDashPattern([5, 3])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    kept = _draw_mark(painter, look) if draw_draft is not None and not failed else 0.0
    _words(painter, clip, look, facts, state, shot_id, kept)
    if state.state in ("running", "landing") and rect.width() > 8:
        share = 1.0 if state.state == "landing" else min(max(state.fraction or 0.0, 0.0), 1.0)
        start, full = max(look.left, 0.0) + 2, min(look.right, look.view_width) - max(look.left, 0.0) - 5
        painter.fillRect(QRectF(start, rect.bottom() - 5, full, 4), colour("state.running_fill"))
        painter.fillRect(QRectF(start, rect.bottom() - 5, full * share, 4), colour(f"state.{state.state}"))
    draw_edge(painter, rect, look)


def _words(
    painter: QPainter, clip: Clip, look: ClipLook, facts: Facts, state: ShotState, shot_id: str, kept: float = 0.0
) -> None:
    """`kept`: room at the right of the name that something else needs."""
    rect = look.rect
    left = max(rect.left(), 0.0) + PAD + 1
    room = min(rect.right(), look.view_width) - left - PAD
    if room < 12:
        return
    low = rect.height() < 40
    middle = rect.center().y() if low else rect.top() + 13
    text, right_text = state_words(state)
    if low and text:
        token = _tone(state)
        painter.drawPixmap(QPointF(left, round(middle - 6)), icon(_ICONS[state.state], token, 12, look.ratio))
        short = f"{round((state.fraction or 0) * 100)} %" if state.state == "running" else ""
        draw_line(painter, left + 16, middle, short, colour(token), width=max(0.0, room - 16), tabular=True)
        return
    draw_spark(painter, left + 5, middle, 5.0, colour("clip.spark"))
    initial = facts.initial(clip) or "S"
    draw_line(painter, left + 14, middle, initial, colour("clip.spark"), weight="medium")
    if room > 40:
        draw_line(
            painter,
            left + 26,
            middle,
            facts.name(clip),
            colour("text.on_clip"),
            width=room - 26 - kept,
            weight="medium",
        )
    if low:
        return
    prompt = prompt_of(facts.project, shot_id)
    tone = "text.secondary" if kept else "text.muted"
    if prompt == facts.name(clip):  # it is read already: its line is free for the reason
        prompt = ""
        if state.state == "failed" and state.message and rect.height() >= 62:
            prompt, text, tone = state.message, QCoreApplication.translate("PlaceholderPainter", "Failed"), _tone(state)
    if rect.height() >= 56 and not (state.state in _VERBS_OF and rect.height() < 62):
        draw_line(painter, left, rect.top() + 29, prompt, colour(tone), width=room)
    if not text:
        return
    foot = rect.top() + (46 if rect.height() >= 56 else 30)
    token = _tone(state)
    painter.drawPixmap(QPointF(left, round(foot - 6)), icon(_ICONS[state.state], token, 12, look.ratio))
    verbs = verb_boxes(state.state, look.left, look.right, look.view_width, rect.top(), rect.height())
    space = room - 16 - sum(box[2] + 6 for box in verbs.values())
    used = draw_line(painter, left + 16, foot, text, colour(token), width=space, tabular=True)
    for verb, box in verbs.items():
        draw_chip(painter, QRectF(*box), translated("PlaceholderPainter", VERBS[verb]), colour("surface.control"))
    if right_text and room - 16 - used > width_of(right_text) + 10:
        draw_line(painter, left + room - width_of(right_text), foot, right_text, colour("text.muted"), tabular=True)


Box = tuple[float, float, float, float]
_DRAFT = 0.5
"""How much of a draft shows: words over it can be read, and nobody takes it for the film."""
_LEAST_REASON = 120.0
"""A second verb gives way to a reason that would have less room."""


def verb_boxes(state: str, left: float, right: float, view_width: float, top: float, height: float) -> dict[str, Box]:
    """(x, y, width, height) of the buttons of a placeholder that needs a hand, by verb; for painting and for pressing."""
    edge, start = min(right, view_width) - PAD, max(left, 0.0) + PAD
    found: dict[str, Box] = {}
    for number, verb in enumerate(_VERBS_OF.get(state, ())):
        width = width_of(translated("PlaceholderPainter", VERBS[verb])) + 8
        if height < 56 or edge - start < width + (60 if number == 0 else _LEAST_REASON):
            break
        found[verb] = (edge - width - 2, top + 38, width, 16)
        edge -= width + 6
    return found


def _tone(state: ShotState) -> str:
    return _TONES.get(state.state, f"state.{state.state}")


def _draw_mark(painter: QPainter, look: ClipLook) -> float:
    """The word that says what the pictures are; returns the room it took."""
    word = QCoreApplication.translate("PlaceholderPainter", "Draft")
    width, right = width_of(word) + 8, min(look.right, look.view_width) - PAD
    if right - max(look.left, 0.0) > width + 90:
        draw_chip(painter, QRectF(right - width - 2, look.rect.top() + 5, width, 15), word)
        return width + 6
    return 0.0


def state_words(state: ShotState) -> tuple[str, str]:
    """The state line of a placeholder: what is going on, and how long it will take."""
    if state.state == "queued":
        return QCoreApplication.translate("PlaceholderPainter", "Queued"), ""
    if state.state == "running":
        left = words.left(state.seconds_left)
        return QCoreApplication.translate("PlaceholderPainter", "Running {fraction} %").format(
            fraction=round((state.fraction or 0) * 100)
        ), left
    if state.state == "landing":
        return QCoreApplication.translate("PlaceholderPainter", "Landing"), ""
    if state.state == "failed":
        return state.message or QCoreApplication.translate("PlaceholderPainter", "Failed"), ""
    if state.state == "over_budget":
        return QCoreApplication.translate("PlaceholderPainter", "Over budget"), ""
    if state.state == "unknown":
        return QCoreApplication.translate("PlaceholderPainter", "Nobody knows whether it was sent"), ""
    return "", ""


def prompt_of(project: Project, shot_id: str) -> str:
    """What the shot is to show."""
    shot = project.shot(shot_id)
    return shot.description if shot is not None else ""


def relink_box(
    left: float, right: float, view_width: float, top: float, height: float
) -> tuple[float, float, float, float] | None:
    """(x, y, width, height) of the Relink link on a clip whose file is missing, for painting and for pressing."""
    width = width_of(translated("PlaceholderPainter", RELINK), weight="medium") + 6
    start = max(left, 0.0) + PAD + width_of(translated("PlaceholderPainter", MISSING)) + 10
    if height < CLIP_HEADER + 24 or min(right, view_width) - PAD < start + width:
        return None
    return start, top + height - 22, width, 16


def draw_missing(painter: QPainter, clip: Clip, look: ClipLook, facts: Facts, file_name: str) -> None:
    """Red hatch, the name of the file, the word, and the way to find it."""
    rect = look.rect
    painter.fillRect(rect, colour("clip.missing_body"))
    painter.setBrushOrigin(QPointF(look.left if look.left > -1e6 else 0, 0))
    painter.fillRect(rect, _stripes("clip.missing", 0.35, look.ratio))
    left = max(rect.left(), 0.0)
    room = min(rect.right(), look.view_width) - left - 2 * PAD
    header = QRectF(rect.left(), rect.top(), rect.width(), CLIP_HEADER if look.row.has_header_strip else rect.height())
    painter.fillRect(header, colour("clip.missing"))
    painter.setPen(QPen(colour("clip.missing"), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if rect.width() > 3:
        painter.drawRect(rect.adjusted(0, 0, -1, -1))
    if room >= 14:
        middle = header.center().y()
        painter.drawPixmap(QPointF(left + PAD, round(middle - 6)), icon("unlink", "text.on_clip", 12, look.ratio))
        if room >= 30:
            name = file_name or facts.name(clip)
            draw_line(painter, left + PAD + 18, middle, name, colour("text.on_clip"), width=room - 18, weight="medium")
    word = translated("PlaceholderPainter", MISSING)
    if look.row.has_header_strip and room >= width_of(word) + 8:
        box = relink_box(look.left, look.right, look.view_width, rect.top(), rect.height())
        width = width_of(word) + 8 + (box[2] if box is not None else 0)
        chip = QRectF(left + PAD, rect.bottom() - 22, width, 16)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(11, 11, 11, 190))
        painter.drawRoundedRect(chip, RADIUS, RADIUS)
        draw_line(painter, chip.left() + 4, chip.center().y(), word, colour("text.primary"))
        if box is not None:
            link = translated("PlaceholderPainter", RELINK)
            draw_line(painter, box[0], chip.center().y(), link, colour("accent.default"), weight="medium")
    if look.offset and look.row.has_header_strip:
        draw_offset(painter, look)
    draw_edge(painter, rect, look)
