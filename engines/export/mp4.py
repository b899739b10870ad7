"""A film: H.264 and AAC in MP4, exact to the frame, checked by reading it back."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from pathlib import Path

from effects.frame import Frame
from engines.errors import EncoderFault, ExportError
from engines.export.base import (
    Check,
    Meter,
    Progress,
    Stretch,
    Tell,
    finished_file,
    ready_to_draw,
    require_space,
    sequence_of,
    stretch_of,
    unheard,
)
from engines.export.presets import SOFTWARE_ENCODER, Mp4Preset, Preset, preset_named
from engines.export.smart import TellSmart, write_smart
from engines.export.stages import Belt, Stages
from engines.export.verify import verify_film
from engines.media.hardware import DEVICES, Device, device_named
from engines.media.writer import MovieWriter
from engines.render.cuts import entries
from engines.render.footage import StandIns, originals_only
from engines.render.renderer import Renderer
from engines.render.resample import Sound
from timeline.media import Library
from timeline.project import Project
from timeline.sequence import Sequence
from timeline.time import RationalTime, TimeRange

_FRAMES_AHEAD = 3
_SOUND_AHEAD = 4
_CUT_AHEAD = RationalTime(1)
"""So long before a cut another thread begins to open its files and to decode the way to it."""
_TELL_SECONDS = 0.1


def export_mp4(
    project: Project,
    library: Library,
    sequence_id: str,
    path: Path,
    preset: Preset | str = "match_sequence",
    *,
    progress: Tell = lambda at: None,
    check: Check = lambda: None,
    marked: TimeRange | None = None,
    told: TellSmart = lambda report: None,
    stand_in: StandIns = originals_only,
) -> tuple[str, ...]:
    """Write the sequence (or `marked`, a record range) to `path` as a film of exactly as many frames.

    Pictures and sound are made on threads of their own and encoded on a third. `progress` and `check` are called on the
    caller's thread several times a second. Footage that is untouched is copied (see `smart`); `told` what came of it.
    For a draft, pictures are read from what `stand_in` says; then, and with timecode burnt in, nothing is copied.
    Returns sentences about what the film lacks (missing files are drawn as cards).
    Raises ExportError or Cancelled; then no file is left, and a file that was at `path` before is untouched.
    """
    settings = preset_named(preset)
    if not isinstance(settings, Mp4Preset):
        raise ExportError(f"The preset “{settings.label}” does not make a film.")
    if stand_in is not originals_only or settings.burn_in:
        settings = settings.model_copy(update={"copy_untouched": False})
    sequence = sequence_of(project, sequence_id)
    stretch = stretch_of(sequence, settings.rate_for(sequence), marked)
    require_space(path, settings.expected_bytes(sequence, stretch.seconds))
    size = settings.size_for(sequence)
    ready_to_draw(project, library, sequence, writes=settings.burn_in)
    with finished_file(path) as part:
        work = _Film(project, library, sequence_id, stretch, settings, size, part, stand_in)
        check()
        smart, work.lacks = write_smart(
            (project, library, sequence_id), stretch, settings, size, part, progress=progress, check=check
        )
        if not smart.copied:
            _render(work, lambda: verify_film(part, stretch, size, settings.with_audio), check, progress)
        else:
            verify_film(part, stretch, size, settings.with_audio)
        check()
    told(smart)
    progress(Progress(stretch.frames, stretch.frames))
    lacks = work.lacks | (unheard(project, library, sequence, stretch) if settings.with_audio else {})
    return tuple(dict.fromkeys(lacks.values()))


def _render(work: _Film, verify: Callable[[], None], check: Check, progress: Tell) -> None:
    """Draw, mix and encode the film, and read it back. Where a device's encoder fails, all again in software."""
    try:
        _run(work, check, progress)
        verify()
    except ExportError as error:
        if work.device is None or not (isinstance(error, EncoderFault) or work.is_written):
            raise
        device, work.device = work.device, None
        work.lacks.clear()
        work.lacks["encoder"] = f"The encoder of {device.name} failed, so the film was encoded in software."
        _run(work, check, progress)
        verify()


def _run(work: _Film, check: Check, progress: Tell) -> None:
    meter = Meter(work.frames)
    with Stages(check) as stages:
        work.start(stages)
        while not stages.wait(_TELL_SECONDS):
            check()
            progress(meter.at(work.done))


class _Film:
    """The three stages of one export and the belts between them."""

    def __init__(
        self,
        project: Project,
        library: Library,
        sequence_id: str,
        stretch: Stretch,
        settings: Mp4Preset,
        size: tuple[int, int],
        part: Path,
        stand_in: StandIns,
    ) -> None:
        self.done = 0
        self.is_written = False
        self.frames = stretch.frames
        self.device = _device(settings.encoder)
        self._stand_in = stand_in
        self.lacks: dict[str, str] = {}
        self._what = (project, library, sequence_id)
        self._stretch, self._settings, self._size, self._part = stretch, settings, size, part

    def start(self, stages: Stages) -> None:
        pictures: Belt[Frame] = stages.belt(_FRAMES_AHEAD)
        sounds: Belt[Sound] = stages.belt(_SOUND_AHEAD)
        stages.start("export pictures", lambda: self._draw(pictures))
        if self._settings.with_audio:
            stages.start("export sound", lambda: self._mix(sounds))
        stages.start("export encoder", lambda: self._encode(pictures, sounds))

    def _draw(self, pictures: Belt[Frame]) -> None:
        renderer = Renderer(strict=True, stand_in=self._stand_in)
        project, library, sequence_id = self._what
        sequence = sequence_of(project, sequence_id)
        over = _burn_in(project, library, sequence) if self._settings.burn_in else None
        cuts = deque(RationalTime.from_frames(at, sequence.rate) for at in entries(project, sequence))
        try:
            for number in range(self._stretch.frames):
                time = self._stretch.time_of(number)
                while cuts and cuts[0] <= time + _CUT_AHEAD:
                    if (cut := cuts.popleft()) > time:
                        renderer.prepare(*self._what, cut, self._size)
                frame = renderer.frame(*self._what, time, self._size)
                pictures.put(frame if over is None else over(frame, time))
                for note in renderer.notes:
                    self.lacks.setdefault(note.clip_id, note.sentence)
            self.lacks |= {sentence: sentence for sentence in renderer.damage}
        finally:
            renderer.close()

    def _mix(self, sounds: Belt[Sound]) -> None:
        renderer = Renderer(strict=True)
        block, total = self._stretch.sample_rate // 2, self._stretch.samples
        try:
            for at in range(0, total, block):
                count = min(block, total - at)
                sounds.put(renderer.samples(*self._what, self._stretch.start_sample + at, count))
            self.lacks |= {sentence: sentence for sentence in renderer.damage}
        finally:
            renderer.close()

    def _encode(self, pictures: Belt[Frame], sounds: Belt[Sound]) -> None:
        settings, stretch = self._settings, self._stretch
        heard = 0
        with MovieWriter(
            self._part,
            width=self._size[0],
            height=self._size[1],
            rate=stretch.rate,
            sample_rate=stretch.sample_rate,
            crf=settings.quality,
            preset=settings.effort.value,
            audio_bitrate=settings.audio_bitrate * 1000,
            with_audio=settings.with_audio,
            key_frame_seconds=settings.key_frames,
            device=self.device,
        ) as writer:
            for number in range(stretch.frames):
                while settings.with_audio and heard < stretch.samples_until(number + 1):
                    sound = sounds.take()
                    writer.write_samples(sound)
                    heard += len(sound)
                writer.write_frame(pictures.take())
                self.done = number + 1
        self.is_written = True


def _burn_in(project: Project, library: Library, sequence: Sequence) -> Callable[[Frame, RationalTime], Frame]:
    """What writes over each frame."""

    from engines.render.burn_in import BurnIn  # loads Qt, which only films with text need

    return BurnIn(project, library, sequence).over


def _device(encoder: str) -> Device | None:
    """The device whose encoder is wanted; None: software. Raises ExportError."""
    device = device_named(encoder)
    if device is not None and device.encoder:
        return device
    if encoder != SOFTWARE_ENCODER:
        names = ", ".join([SOFTWARE_ENCODER, *(one.id for one in DEVICES if one.encoder)])
        raise ExportError(f"There is no encoder called “{encoder}”. There are: {names}.")
    return None
