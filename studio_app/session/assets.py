"""Pictures, music and sounds by an engine: planned, priced and paid as shots are; they land in the pool and where they were wanted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from engines.errors import EngineError
from engines.generate.base import GenerationRequest
from studio_app.planning.assemble import spaced
from studio_app.services.jobs import Job
from studio_app.session.generation_plan import Plan
from timeline.commands.add_track import AddTrack
from timeline.commands.edit_shot import EditShot
from timeline.errors import StudioError
from timeline.items import Clip, MediaSource
from timeline.media import Media
from timeline.query import whole_frames
from timeline.storyboard import Shot
from timeline.time import ZERO, FrameRate, RationalTime, TimeRange
from timeline.track import Track, TrackKind

if TYPE_CHECKING:
    from studio_app.session.session import Session

Makes = Literal["picture", "music", "sound"]
Field = Literal["", "image_reference", "last_image"]
_SUFFIXES = {"picture": ".png", "music": ".wav", "sound": ".wav"}
_LONGEST_NAME = 60


@dataclass(frozen=True)
class AssetWish:
    """What is wanted. `words`: what is to be seen or heard; `source`: the path of a picture that is changed by them.

    `shot_id` and `field`: the shot whose first or last picture it becomes; `stretch`: where on a track of its own a sound is
    laid; without them it waits in the pool. `engine` as shots have it; size in pixels.
    """

    makes: Makes
    words: str
    engine: str = "auto"
    source: str = ""
    size: tuple[int, int] = (1280, 720)
    shot_id: str = ""
    field: Field = ""
    stretch: TimeRange | None = None
    seed: int = 0

    @property
    def request(self) -> GenerationRequest:
        """As engines take it."""
        length = self.stretch.duration if self.stretch is not None else None
        return GenerationRequest(
            prompt=self.words.strip(), duration=length, width=self.size[0], height=self.size[1], seed=self.seed,
            image_reference=self.source, makes=self.makes,
        )  # fmt: skip


class Assets:
    """Makes them. Main thread; the work is a job of generation, so the book, caps, fallback and a restart hold for it, too."""

    def __init__(self, session: Session) -> None:
        self._session = session
        session.generation.landed.connect(self._landed)

    def plan(self, wish: AssetWish) -> Plan:
        """Who would make it for how much, and why. Raises EngineError in one sentence where nobody can."""
        if not wish.words.strip():
            raise EngineError("Say what is to be seen." if wish.makes == "picture" else "Say what is to be heard.")
        planner = self._session.desk.planner(self._session.document.project.id)
        return planner.plan(Shot(wish.words), wish.request.checked(), wish.engine)

    def make(self, wish: AssetWish) -> Job | None:
        """Begin; None where it cannot be sent, which is told."""
        place: dict[str, Any] = {"asset": wish.makes}
        if wish.shot_id and wish.field:
            place |= {"shot": wish.shot_id, "field": wish.field}
        if wish.stretch is not None:
            stretch = wish.stretch
            place |= {"sequence": self._session.sequence_id, "at": str(stretch.start), "length": str(stretch.duration)}
        name = " ".join(wish.words.split()).rstrip(".")[:_LONGEST_NAME]
        request, suffix = wish.request, _SUFFIXES[wish.makes]
        return self._session.generation.make(Shot(wish.words), request, wish.engine, name, place, suffix)

    def _landed(self, subject: str, media_id: str) -> None:
        """One of ours, by what the book says of it; takes of shots are none."""
        if self._session.document.project.shot(subject) is not None:
            return
        found = self._session.desk.book.select("subject = ? AND place LIKE '%\"asset\"%'", (subject,), 1)
        media = self._session.document.library.media.get(media_id)
        if found and media is not None:
            self._put(found[0].place, media)

    def _put(self, place: Mapping[str, Any], media: Media) -> None:
        """Where it was wanted, as an edit of its own; else it is in the pool, and that is said."""
        try:
            if place.get("shot") and self._set_picture(str(place["shot"]), str(place["field"]), media):
                self._session.noted.emit(f"“{media.name}” is the picture of its shot.")
            elif place.get("sequence") and self._lay(place, media):
                self._session.noted.emit(f"“{media.name}” is on a track of its own.")
            else:
                self._session.noted.emit(f"“{media.name}” is in the media pool.")
        except StudioError as error:
            self._session.tell(error.message, error=True)

    def _set_picture(self, shot_id: str, field: str, media: Media) -> bool:
        document = self._session.document
        board = next((one for one in document.project.storyboards if one.shot(shot_id) is not None), None)
        if board is None or field not in ("image_reference", "last_image"):
            return False
        document.do_alone(EditShot(board.id, shot_id, {field: media.path}))
        return True

    def _lay(self, place: Mapping[str, Any], media: Media) -> bool:
        document = self._session.document
        sequence = document.project.sequence(str(place["sequence"]))
        if sequence is None or not media.has_audio:
            return False
        stretch = TimeRange(RationalTime.parse(str(place["at"])), RationalTime.parse(str(place["length"])))
        document.do_alone(
            AddTrack(sequence.id, sound_track(media, stretch, sequence.rate, name=str(place["asset"]).capitalize()))
        )
        return True


def sound_track(media: Media, stretch: TimeRange, rate: FrameRate, *, name: str) -> Track:
    """A track with one sound in it, from where a stretch begins, no longer than it."""
    length = whole_frames(min(media.duration, stretch.duration), rate)
    clip = Clip(MediaSource(media.id), TimeRange(ZERO, length), name=media.name)
    return Track(TrackKind.AUDIO, spaced([(stretch.start, clip)]), name=name)
