"""Pictures and sound of a project for one thread: plans, open readers and the last frames, kept together."""

from __future__ import annotations

from collections import OrderedDict
from functools import partial
from time import perf_counter

from effects.frame import Frame
from effects.video.transform import Transform
from engines.errors import ExportError, MediaError
from engines.media.hardware import Decoding
from engines.media.open_readers import OpenReaders
from engines.media.opening import picture_decoder
from engines.media.pool import ReaderPool
from engines.media.reader import open_video
from engines.render.catalogue import Catalogue
from engines.render.compositor import Compositor
from engines.render.costs import shape_of
from engines.render.footage import StandIns, originals_only
from engines.render.layers import AnyLayer, Note, RenderPlan, media_pictures
from engines.render.mixer import mix
from engines.render.offline import is_missing
from engines.render.plan import plan
from engines.render.previews import ANY_SIZE, Previews, fingerprint
from engines.render.resample import Sound
from engines.render.sizing import view, wanted
from timeline.media import Library, Media
from timeline.project import Project
from timeline.sequence import Sequence
from timeline.time import ZERO, RationalTime

KEPT_BYTES = 64 << 20
_EXPORT_KEPT_BYTES = 0
"""The last frame stays in any case, for films of a higher rate than their timeline."""
_EXPORT_IDLE = 15
"""Pictures after which an export closes a reader that none of them came from: it goes forward and rarely comes back soon."""
_Key = tuple[tuple[AnyLayer, ...], tuple[int, int], tuple[int, int], bool]


class Renderer:
    """Renders frames and mixes sound of any project it is handed. Belongs to one thread, which must also close it.

    `strict` is for exports: an effect that fails raises ExportError instead of being skipped; a file that cannot be read is a
    card in a film too, and told. The last frames are kept
    by what is in them, so a still picture, or stepping to and fro, costs nothing; and what lies in `previews` is taken
    from there. What it has open counts among `readers`.
    """

    def __init__(
        self,
        *,
        strict: bool = False,
        catalogue: Catalogue | None = None,
        kept_bytes: int | None = None,
        stand_in: StandIns = originals_only,
        previews: Previews | None = None,
        decoding: Decoding = picture_decoder,
        readers: OpenReaders | None = None,
    ) -> None:
        self._strict = strict
        self._stand_in = stand_in
        self._previews = previews
        self._catalogue = catalogue or Catalogue.installed()
        self._unread: dict[str, None] = {}
        self._pictures = ReaderPool(open_reader=partial(open_video, decoding=decoding), readers=readers)
        self._compositor = Compositor(
            self._pictures, self._catalogue, strict=strict, stand_in=stand_in, open_reader=self._pictures.open_reader
        )
        self._compositor.footage.fills_ahead = not strict
        self._sounds: dict[int, ReaderPool] = {}
        self._kept: OrderedDict[_Key, Frame] = OrderedDict()
        self._kept_bytes = kept_bytes if kept_bytes is not None else _EXPORT_KEPT_BYTES if strict else KEPT_BYTES
        self._bytes = 0
        self.notes: tuple[Note, ...] = ()
        self.stood_in = False
        """Whether proxies were read for the last frame: `frame(…, full=True)` may show more."""

    def keep_within(self, decoded_bytes: int, composed_bytes: int) -> None:
        """Bound what is kept of decoded and of composed frames. Any thread, at any time."""
        self._compositor.footage.cache_bytes = decoded_bytes
        self._kept_bytes = composed_bytes

    def frame(
        self,
        project: Project,
        library: Library,
        sequence_id: str,
        time: RationalTime,
        size: tuple[int, int],
        *,
        full: bool = False,
    ) -> Frame:
        """The frame of the sequence at `time` (record), `size` pixels; `notes` then says what it lacks.

        `full` reads the originals even where something stands in for them.
        """
        planned = plan(project, library, _sequence(project, sequence_id), time, self._catalogue)
        for stood_in in (False,) if full else (False, True):
            key = (planned.layers, planned.size, size, stood_in)
            if key in self._kept and not planned.notes:
                self._kept.move_to_end(key)
                self.notes, self.stood_in = (), stood_in
                return self._kept[key]
        made = self._made_before(planned, size, full)
        if made is not None:
            return made
        footage = self._compositor.footage
        footage.full, footage.stood_in = full, False
        started = perf_counter()
        frame = self._compositor.render(planned, size)
        if self._strict:
            footage.close_unseen(_EXPORT_IDLE, stills=True)
        self.notes, self.stood_in = self._compositor.notes, footage.stood_in
        if not self.notes:
            self._keep((planned.layers, planned.size, size, self.stood_in), frame)
            if self._previews is not None:
                self._previews.costs.note(shape_of(planned, size), perf_counter() - started)
        return frame

    def keep_preview(
        self, project: Project, library: Library, sequence_id: str, time: RationalTime, size: tuple[int, int]
    ) -> bool:
        """Have the frame in `previews`; False where it lacks something and so is not worth keeping.

        Nor is it where a proxy came or went while it was drawn: it would be kept under the name of the other picture.
        """
        planned = plan(project, library, _sequence(project, sequence_id), time, self._catalogue)
        if self._previews is None or planned.notes:
            return False
        key = fingerprint(planned, size, self._stand_in)
        if not self._previews.has(key):
            frame = self.frame(project, library, sequence_id, time, size)
            if self.notes or fingerprint(planned, size, self._stand_in) != key:
                return False
            self._previews.keep(key, frame)
        return True

    def has_preview(
        self, project: Project, library: Library, sequence_id: str, time: RationalTime, size: tuple[int, int]
    ) -> bool:
        """Whether the frame lies in `previews`."""
        planned = plan(project, library, _sequence(project, sequence_id), time, self._catalogue)
        return self._previews is not None and self._previews.has(fingerprint(planned, size, self._stand_in))

    def known_cost(
        self, project: Project, library: Library, sequence_id: str, time: RationalTime, size: tuple[int, int]
    ) -> float | None:
        """Seconds that frames of this kind take to make, as far as `previews` was told; None: not known yet."""
        planned = plan(project, library, _sequence(project, sequence_id), time, self._catalogue)
        return None if self._previews is None else self._previews.costs.known(shape_of(planned, size))

    def _made_before(self, planned: RenderPlan, size: tuple[int, int], full: bool) -> Frame | None:
        if self._previews is None or planned.notes:
            return None
        used = originals_only if full else self._stand_in
        scale = view(planned.size, size).canvas.scale
        made = self._previews.get(fingerprint(planned, size, used), size, scale)
        if made is not None:
            shown = media_pictures(planned)
            self.notes, self.stood_in = (), any(used(one.media, ANY_SIZE) is not None for one in shown)
        return made

    @property
    def decode_seconds(self) -> float:
        """What reading pictures took so far, of all the time spent in `frame`."""
        return self._compositor.footage.seconds

    def prepare(
        self, project: Project, library: Library, sequence_id: str, time: RationalTime, size: tuple[int, int]
    ) -> None:
        """Have all files that `frame` will need at `time` opened and decoded that far by another thread. Returns at once.

        For cuts: called one or two seconds before, the frame then comes without a wait. What runs on across `time` (a
        split) is left alone. As all methods, to be called on the thread that draws.
        """
        sequence = _sequence(project, sequence_id)
        canvas = view((sequence.width, sequence.height), size).canvas
        earlier = plan(project, library, sequence, max(time - sequence.frame, ZERO), self._catalogue)
        going = {one.media.path: one.time for one in media_pictures(earlier)} if time > ZERO else {}
        for one in media_pictures(plan(project, library, sequence, time, self._catalogue)):
            before = going.get(one.media.path)
            if before is None or not ZERO <= one.time - before <= sequence.frame * 2:
                self._compositor.footage.prepare(one.media, one.time, wanted(one.media, Transform(), canvas).size)

    def close_unseen(self, pictures: int) -> None:
        """Close the files that nothing in the last so many frames came from: an open one of 1080p holds some 50 MB."""
        self._compositor.footage.close_unseen(pictures)

    @property
    def damage(self) -> tuple[str, ...]:
        """A sentence for each file of which something could not be decoded so far."""
        pools = (self._pictures, *self._sounds.values())
        return (*self._unread, *(sentence for pool in pools for sentence in pool.damage()))

    def samples(self, project: Project, library: Library, sequence_id: str, start_sample: int, count: int) -> Sound:
        """(count, 2) float32 of the sequence's sound from `start_sample` on, at the sequence's sample rate."""
        sequence = _sequence(project, sequence_id)
        pool = self._sounds.setdefault(sequence.sample_rate, ReaderPool(sample_rate=sequence.sample_rate))
        return mix(project, library, sequence, start_sample, count, pool, unread=self._found_unread)

    def _found_unread(self, media: Media, error: MediaError) -> None:
        if not is_missing(media):  # what is missing is told by who knows the clips
            self._unread[error.message] = None

    def close(self) -> None:
        """Close all files and forget the frames."""
        self._kept.clear()
        self._bytes = 0
        self._compositor.footage.close()
        for pool in (self._pictures, *self._sounds.values()):
            pool.close()

    def _keep(self, key: _Key, frame: Frame) -> None:
        self._kept[key] = frame
        self._bytes += _bytes(frame)
        while self._bytes > self._kept_bytes and len(self._kept) > 1:
            self._bytes -= _bytes(self._kept.popitem(last=False)[1])


def _bytes(frame: Frame) -> int:
    return sum(plane.nbytes for plane in frame.planes)


def _sequence(project: Project, sequence_id: str) -> Sequence:
    found = project.sequence(sequence_id)
    if found is None:
        raise ExportError("This sequence is no longer in the project; choose another one.", sequence_id)
    return found
