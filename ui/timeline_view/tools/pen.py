"""The pen: sets, moves and takes away keyframes of gain and opacity."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from PySide6.QtCore import QCoreApplication

from timeline.commands.set_clip import SetClip
from ui.qt.language import QT_TRANSLATE_NOOP
from ui.timeline_view import rubber
from ui.timeline_view.drags.keyframe import KeyDrag
from ui.timeline_view.grips import Grip, grip_at
from ui.timeline_view.layout import Hit, Zone
from ui.timeline_view.tools.base import Cursor, Drag, Pointer, Tool

_CLIP = (Zone.CLIP, Zone.CLIP_IN, Zone.CLIP_OUT, Zone.CUT)


class PenTool(Tool):
    """A click on a clip's line sets a keyframe there and holds it at once; one step even when it is dragged on."""

    id: ClassVar[str] = "pen"
    label: ClassVar[str] = QT_TRANSLATE_NOOP("Tool", "Pen")
    key: ClassVar[str] = "P"
    icon: ClassVar[str] = "pen-tool"
    hint: ClassVar[str] = QT_TRANSLATE_NOOP(
        "Tool",
        "Click the line of a clip to set a keyframe, drag one to move it. Alt+click removes, Ctrl+click bends it.",
    )
    order: ClassVar[int] = 66
    cursor: ClassVar[Cursor] = Cursor.CrossCursor

    def press(self, pointer: Pointer, hit: Hit) -> Drag | None:
        """Hold the keyframe that is there, or a new one."""
        grip = self._grip(pointer, hit)
        if grip is None:
            return None
        if grip.kind == "key":
            body = grip.body
            return KeyDrag(self.stage, pointer, grip.clip, grip.name, grip.place, body.top, body.height)
        if pointer.alt or grip.clip.freeze is not None:
            said = (
                QCoreApplication.translate("PenTool", "A frozen frame has one value.")
                if grip.clip.freeze is not None
                else QCoreApplication.translate("PenTool", "There is no keyframe here.")
            )
            self.stage.say(said)
            return None
        return self._new_key(pointer, grip)

    def _new_key(self, pointer: Pointer, grip: Grip) -> Drag:
        """A keyframe where the line was met; it is in the project once the button goes up."""
        clip, body = grip.clip, grip.body
        value = rubber.value_along(clip, grip.name, grip.offset)
        line = rubber.with_key(clip, grip.name, grip.offset, value)
        time = clip.running_time(grip.offset)
        place = next(at for at, key in enumerate(line.keyframes) if key.time == time)
        with_key = replace(clip, volume=line) if grip.name == "volume" else replace(clip, opacity=line)
        drag = KeyDrag(self.stage, pointer, with_key, grip.name, place, body.top, body.height, added=True)
        command = SetClip(self.stage.sequence.id, (clip.id,), {grip.name: line})
        self.stage.draft(command, (), QCoreApplication.translate("PenTool", "New keyframe."), frozenset((clip.id,)))
        return drag

    def hover(self, pointer: Pointer, hit: Hit) -> Cursor:
        """A hand over a keyframe, a cross over the line."""
        grip = self._grip(pointer, hit)
        if grip is None:
            return Cursor.ArrowCursor
        return Cursor.SizeAllCursor if grip.kind == "key" else Cursor.CrossCursor

    def _grip(self, pointer: Pointer, hit: Hit) -> Grip | None:
        track = self.stage.sequence.track(hit.track_id) if hit.track_id else None
        if hit.zone not in _CLIP or track is None or track.locked:
            return None
        return grip_at(self.stage, pointer, hit, pen=True)
