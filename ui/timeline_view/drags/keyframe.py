"""Moving a keyframe of the line of gain or opacity."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from timeline import query
from timeline.commands.set_clip import SetClip
from timeline.items import Clip
from timeline.time import ZERO, RationalTime
from ui.timeline_view import rubber
from ui.timeline_view.drags.gain import Rise, level_words, stepped
from ui.timeline_view.drags.words import frames
from ui.timeline_view.tools.base import Drag, Pointer, Stage


class KeyDrag(Drag):
    """Holds one keyframe between its neighbours. Shift keeps its time, Alt+click takes it away, Ctrl+click bends the way on.

    `added`: it was made by this press and is in `clip` only so far; a release without a drag leaves it there.
    """

    scrolls = False

    def __init__(
        self,
        stage: Stage,
        start: Pointer,
        clip: Clip,
        name: rubber.Name,
        place: int,
        top: float,
        height: float,
        *,
        added: bool = False,
    ) -> None:
        super().__init__(stage, start)
        self._clip, self._name, self._place = clip, name, place
        self._added = added
        self._top, self._height = top, height
        self._rise = Rise(start)
        self._snapper = stage.snapper(frozenset(), keyframes=True)
        points = rubber.points(clip, name)
        number = next(at for at, point in enumerate(points) if point.place == place)
        self._point = points[number]
        frame = stage.sequence.frame
        self._low = points[number - 1].offset + frame if number else ZERO
        self._high = points[number + 1].offset - frame if number + 1 < len(points) else clip.duration - frame
        where = query.range_of(stage.sequence, clip.id)
        self._start = where.start if where is not None else ZERO

    def _offset(self, pointer: Pointer) -> RationalTime:
        """The moment of the clip the keyframe would be at."""
        if pointer.shift:
            self.stage.show_snap(None)
            return self._point.offset
        self._snapper.enabled = self.stage.snapping
        at = self._start + self._point.offset
        # its own place is a point as well and would hold it
        self._snapper.points = tuple(
            point for point in self._snapper.points if point[0] != at or point[1] != "keyframe"
        )
        snapped = self._snapper.snap((at,), self.by(pointer), self.stage.layout_now.scale)
        offset = self._point.offset + snapped.by
        inside = max(self._low, min(offset, self._high)) if self._low <= self._high else self._point.offset
        self.stage.show_snap(snapped.point if inside == offset else None)
        return inside

    def move(self, pointer: Pointer) -> None:
        """Show the keyframe elsewhere."""
        y = self._rise.to(pointer)
        if not self.begins(pointer, 2):
            return
        before = rubber.y_of(self._name, self._point.value, self._top, self._height)
        value = self._point.value
        if y != self.start.y:
            value = rubber.value_at_y(self._name, before + y - self.start.y, self._top, self._height)
            value = stepped(self._name, value, fine=pointer.ctrl)
        offset = self._offset(pointer)
        line = rubber.with_key_moved(self._clip, self._name, self._place, offset, value)
        command = None
        if line is not None and (self._added or line != rubber.held_value(self._clip, self._name)):
            command = SetClip(self.stage.sequence.id, (self._clip.id,), {self._name: line})
        by = frames(offset - self._point.offset, self.stage.sequence.rate)
        said = QCoreApplication.translate("KeyDrag", "Keyframe {level_words}, {by}. Shift keeps its time.").format(
            level_words=level_words(self._name, value), by=by
        )
        self.stage.draft(command, (), said, frozenset((self._clip.id,)))

    def release(self, pointer: Pointer) -> None:
        """Make the edit; a click with Alt takes the keyframe away, with Ctrl it bends the way to the next."""
        if self.has_begun or self._added:
            self.stage.commit()
            return
        self.stage.end_draft()
        line: object = None
        if self.start.alt:
            line = rubber.without_key(self._clip, self._name, self._place)
        elif self.start.ctrl:
            line = rubber.with_interpolation(self._clip, self._name, self._place)
        if line is not None:
            command = SetClip(self.stage.sequence.id, (self._clip.id,), {self._name: line})
            self.stage.session.document.do_alone(command)
