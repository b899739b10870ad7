"""The source viewer's side of an edit: one file of the pool (or a subclip of it), its playhead and its marks."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from studio_app.services.signal import Signal
from studio_app.session.placing import STILL_LENGTH, clips_of
from studio_app.session.transport import Transport
from timeline.change import Change
from timeline.commands.set_pool_entry import SetPoolEntry
from timeline.media import Library, Media
from timeline.pool import Subclip
from timeline.project import Project
from timeline.query import media_name, whole_frames
from timeline.sequence import Sequence
from timeline.time import ZERO, FrameRate, RationalTime, TimeRange
from timeline.track import Track, TrackKind

if TYPE_CHECKING:
    from engines.play.player import PlayedFrame, Player
    from studio_app.session.document import Document

Marks = tuple[RationalTime | None, RationalTime | None]
SOUND_ONLY_SIZE = (1280, 720)


class Source:
    """What the source viewer shows. Nothing runs before the first `show` nor after `close`. Main thread only.

    Its transport counts in the time of what is shown: 0 is the first frame of the file or of the subclip (`offset`).
    The marks of a file are kept in the project's pool and undone as other edits are; those of a subclip last as long as
    the project is open.
    """

    def __init__(
        self,
        document: Document,
        make_player: Callable[[], Player],
        rate: Callable[[], FrameRate],
        still: Callable[[], RationalTime] = lambda: STILL_LENGTH,
    ) -> None:
        self._document, self._make_player, self._rate, self._still = document, make_player, rate, still
        self._film = _Film()
        self._subclip_marks: dict[str, Marks] = {}
        self._places: dict[str, RationalTime] = {}
        self._is_running = False
        self._told_name = ""
        self.media_id: str | None = None
        self.subclip_id: str | None = None
        self.leads = False
        """Whether an insert takes this file, and not what is chosen in the pool: what was touched last."""
        self.transport = SourceTransport(self._film, make_player(), self._mark)
        self.changed: Signal[[]] = Signal()
        """Another file, or none; or its marks."""
        self.opened: Signal[[]] = Signal()
        """A file was asked for: bring its viewer to the front."""
        self.frame_shown: Signal[PlayedFrame] = Signal()
        document.changed.connect(self._follow)
        document.library_changed.connect(self._follow_library)
        document.replaced.connect(self._forget)

    # --- what is shown ------------------------------------------------------------------------------------------------

    def show(self, media_id: str, subclip_id: str | None = None, *, front: bool = True) -> None:
        """Show a file of the library, at the place where it was left; `front`: bring its viewer to the front."""
        media = self._document.library.media.get(media_id)
        if media is None:
            return
        if (media_id, subclip_id) != (self.media_id, self.subclip_id):
            self._leave()
            self.media_id, self.subclip_id = media_id, subclip_id
            self._is_running = True
            self._film.show(self._project(media), self._document.library)
            self.transport.set_time(self._places.get(subclip_id or media_id, ZERO))
            self._take_marks()
            self._told_name = self.name
            self.changed.emit()
        self.leads = True
        if front:
            self.opened.emit()

    def give_way_to(self, ids: tuple[str, ...]) -> None:
        """Something was chosen in the pool: an insert takes that, unless it is just what is shown here."""
        if ids and ids != (self.subclip_id or self.media_id,):
            self.leads = False

    def close(self, timeout: float = 5.0) -> bool:
        """Show nothing, and end the player's threads; False: some hang after so many seconds."""
        self._leave()
        was = self.media_id
        self.media_id = self.subclip_id = None
        self.leads = False
        ended = True
        if self._is_running:
            self._is_running = False
            ended = self.transport.player.close(timeout)
            self.transport.player = self._make_player()
            self._film.clear()
        if was is not None:
            self.changed.emit()
        return ended

    @property
    def media(self) -> Media | None:
        """The file that is shown."""
        return self._document.library.media.get(self.media_id) if self.media_id is not None else None

    @property
    def subclip(self) -> Subclip | None:
        """The subclip that is shown, when it is one."""
        return self._document.project.pool.subclip(self.subclip_id) if self.subclip_id is not None else None

    @property
    def name(self) -> str:
        """What to call it; empty when nothing is shown."""
        media, subclip = self.media, self.subclip
        if subclip is not None:
            return subclip.name
        if media is None:
            return ""
        return self._document.project.pool.entry(media.id).name or media_name(media)

    # --- source time --------------------------------------------------------------------------------------------------

    @property
    def offset(self) -> RationalTime:
        """Source time of the transport's 0."""
        subclip = self.subclip
        return subclip.range.start if subclip is not None else ZERO

    @property
    def time(self) -> RationalTime:
        """The playhead in source time."""
        return self.transport.time + self.offset

    @property
    def marked_range(self) -> TimeRange | None:
        """From mark in to mark out, source time; None when neither is set."""
        marked = self.transport.marked_range
        return marked.moved(self.offset) if marked is not None else None

    @property
    def marks(self) -> Marks:
        """Mark in and mark out, source time."""
        return _moved((self.transport.mark_in, self.transport.mark_out), self.offset)

    def go_to(self, time: RationalTime) -> None:
        """Move the playhead to a source time."""
        self.transport.pause()
        last = self.transport.end - self.transport.sequence.frame
        self.transport.set_time(max(ZERO, min(time - self.offset, last)))

    # --- marks --------------------------------------------------------------------------------------------------------

    def _mark(self, marks: Marks) -> None:
        """The transport was asked to set its marks."""
        if self.media_id is None:
            return
        self.leads = True
        mark_in, mark_out = _moved(marks, self.offset)
        if self.subclip_id is not None:
            self._subclip_marks[self.subclip_id] = (mark_in, mark_out)
        else:
            entry = self._document.project.pool.entry(self.media_id)
            wanted = {"mark_in": mark_in, "mark_out": mark_out}
            changes = {name: value for name, value in wanted.items() if value != getattr(entry, name)}
            if changes:
                self._document.do_alone(SetPoolEntry((self.media_id,), changes))
        self._take_marks()

    def _kept_marks(self) -> Marks:
        if self.subclip_id is not None:
            return self._subclip_marks.get(self.subclip_id, (None, None))
        if self.media_id is None:
            return None, None
        entry = self._document.project.pool.entry(self.media_id)
        return entry.mark_in, entry.mark_out

    def _take_marks(self) -> None:
        """Show the marks as they are kept."""
        if self.transport.take_marks(_moved(self._kept_marks(), -self.offset)):
            self.changed.emit()

    # --- following the document ---------------------------------------------------------------------------------------

    def _follow(self, change: Change) -> None:
        if self.media_id is None or not change.pool:
            return
        if self.subclip_id is not None and self.subclip is None:
            self.close()
            return
        self._take_marks()
        if self.name != self._told_name:  # renamed in the pool
            self._told_name = self.name
            self.changed.emit()

    def _follow_library(self) -> None:
        """Files were found again or came: what is shown may be another file now."""
        media = self.media
        if media is not None and self._is_running and self._document.library is not self._film.library:
            self._film.take_library(self._document.library)

    def _forget(self) -> None:
        """Another project was opened."""
        self.close()
        self._subclip_marks.clear()
        self._places.clear()

    def _leave(self) -> None:
        self.transport.pause()
        if self.media_id is not None:
            self._places[self.subclip_id or self.media_id] = self.transport.time

    def _project(self, media: Media) -> Project:
        """The file as a project of one clip (picture and sound), at its own rate and size."""
        rate = media.rate if media.rate is not None and media.has_video else self._rate()
        subclip = self.subclip
        whole = TimeRange(ZERO, self._still() if media.is_endless else media.duration)
        shown = subclip.range if subclip is not None else whole
        shown = TimeRange(shown.start, whole_frames(shown.duration, rate))
        picture, sound = clips_of(media, rate)
        rows = ((TrackKind.VIDEO, picture), (TrackKind.AUDIO, sound))
        tracks = tuple(Track(kind, (replace(clip, source_range=shown),)) for kind, clip in rows if clip is not None)
        width, height = (media.width, media.height) if media.width and media.height else SOUND_ONLY_SIZE
        sequence = Sequence(
            media_name(media),
            width,
            height,
            rate,
            media.drop_frame,
            media.start_timecode + shown.start,
            media.sample_rate or 48000,
            tracks,
        )
        return Project(sequences=(sequence,))


class SourceTransport(Transport):
    """A transport whose marks are somebody else's to keep, and whose edit points are marks and ends."""

    def __init__(self, film: _Film, player: Player, keep: Callable[[Marks], None]) -> None:
        super().__init__(film, player)
        self._keep = keep

    def set_marks(self, mark_in: RationalTime | None, mark_out: RationalTime | None) -> None:
        """Ask for other marks; they come back by `take_marks`."""
        self._keep((mark_in, mark_out))

    def take_marks(self, marks: Marks) -> bool:
        """These are the marks now; whether they were others before."""
        if marks == (self.mark_in, self.mark_out):
            return False
        super().set_marks(*marks)
        return True

    def go_to_edit(self, direction: int, track_ids: Iterable[str] | None = None) -> None:
        """To the next or previous of start, marks and last frame."""
        last = max(ZERO, self.end - self.sequence.frame)
        out = self.mark_out - self.sequence.frame if self.mark_out is not None else None
        self._go_among({one for one in (ZERO, self.mark_in, out, last) if one is not None}, direction)


class _Film:
    """The one-clip project; a document that nobody edits."""

    def __init__(self) -> None:
        self.changed: Signal[Change] = Signal()
        self.library_changed: Signal[[]] = Signal()
        self.replaced: Signal[[]] = Signal()
        self.clear()

    @property
    def project(self) -> Project:
        """One sequence; an empty one when nothing is shown."""
        return self._project

    @property
    def library(self) -> Library:
        """All files of the real document."""
        return self._library

    def show(self, project: Project, library: Library) -> None:
        """Another file."""
        self._project, self._library = project, library
        self.replaced.emit()

    def take_library(self, library: Library) -> None:
        """The same file, perhaps at another place."""
        self._library = library
        self.library_changed.emit()

    def clear(self) -> None:
        """Nothing. Nobody is told: the player is gone already."""
        self._project, self._library = Project(sequences=(Sequence("", rate=Fraction(25)),)), Library()


def _moved(marks: Marks, by: RationalTime) -> Marks:
    mark_in, mark_out = (mark + by if mark is not None else None for mark in marks)
    return mark_in, mark_out
