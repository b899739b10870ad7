"""Writing a film by its smart plan: copied runs from their files, made ones from the renderer, sound mixed as ever."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from effects.frame import Frame, Plane
from engines.export.base import Stretch
from engines.export.presets import Mp4Preset
from engines.export.smart_plan import Run, SmartPlan
from engines.export.smart_source import CopiedPacket, CopySource, Unfit
from engines.export.smart_writer import MadePacket, SmartWriter, free_id
from engines.export.stages import Belt, Stages
from engines.render.renderer import Renderer
from timeline.media import Library
from timeline.project import Project

_FRAMES_AHEAD = 5
_PACKETS_AHEAD = 64
_SECONDS_AHEAD = 60
"""Of sound before the picture: it is encoded while the first joins are waited for."""


@dataclass(frozen=True)
class Sample:
    """A frame as it was rendered, for comparing: every `STEP`-th row of its luma."""

    number: int
    luma: Plane


STEP = 5


class SmartFilm:
    """The stages of one smart export. `sources` are opened and all fit together; they are used by one thread."""

    def __init__(
        self,
        what: tuple[Project, Library, str],
        stretch: Stretch,
        settings: Mp4Preset,
        size: tuple[int, int],
        part: Path,
        plan: SmartPlan,
        sources: Mapping[str, CopySource],
    ) -> None:
        self.done = 0
        self.lacks: dict[str, str] = {}
        self.samples: list[Sample] = []
        self.digests: list[bytes] = []
        self._what, self._stretch, self._settings, self._size = what, stretch, settings, size
        self._part, self._plan, self._sources = part, plan, sources
        used = [sources[media_id] for media_id in dict.fromkeys(run.media.id for run in plan.runs if run.media)]
        self._sets = [source.sets for source in used]
        self._profile = max(source.profile for source in used)
        self.reorder = max(source.reorder for source in used)
        self._seconds = -(-stretch.samples // stretch.sample_rate)
        self._begun = 0
        self._made = [run for run in plan.runs if run.media is None]

    def start(self, stages: Stages) -> None:
        """Start all threads."""
        pictures: Belt[Frame] = stages.belt(_FRAMES_AHEAD)
        packets: Belt[MadePacket] = stages.belt(_PACKETS_AHEAD)
        seconds: Belt[None] = stages.belt(_SECONDS_AHEAD)
        writer = self._writer()
        stages.start("export pictures", lambda: self._draw(pictures))
        if self._settings.with_audio:
            stages.start("export sound", lambda: self._mix(writer, seconds))
        stages.start("export encoder", lambda: self._encode(writer, pictures, packets))
        stages.start("export film", lambda: self._write(writer, packets, seconds))

    def _writer(self) -> SmartWriter:
        settings, stretch = self._settings, self._stretch
        return SmartWriter(
            self._part,
            sets=self._sets,
            profile=self._profile,
            reorder=self.reorder,
            own_id=free_id(self._sets),
            samples=stretch.samples,
            width=self._size[0],
            height=self._size[1],
            rate=stretch.rate,
            sample_rate=stretch.sample_rate,
            crf=settings.quality,
            preset=settings.effort.value,
            audio_bitrate=settings.audio_bitrate * 1000,
            with_audio=settings.with_audio,
        )

    def _draw(self, pictures: Belt[Frame]) -> None:
        renderer = Renderer(strict=True)
        try:
            for run in self._made:
                for number in range(run.start, run.end):
                    frame = renderer.frame(*self._what, self._stretch.time_of(number), self._size)
                    if number in (run.start, run.end - 1):
                        self.samples.append(Sample(number, frame.planes[0][::STEP].copy()))
                    pictures.put(frame)
                    for note in renderer.notes:
                        self.lacks.setdefault(note.clip_id, note.sentence)
            self.lacks |= {sentence: sentence for sentence in renderer.damage}
        finally:
            renderer.close()

    def _mix(self, writer: SmartWriter, seconds: Belt[None]) -> None:
        """Mix and encode the sound, some seconds ahead of the picture."""
        renderer = Renderer(strict=True)
        block, total = self._stretch.sample_rate, self._stretch.samples
        try:
            for at in range(0, total, block):
                seconds.put(None)
                start, count = self._stretch.start_sample + at, min(block, total - at)
                writer.write_samples(renderer.samples(*self._what, start, count))
            seconds.put(None)
            self.lacks |= {sentence: sentence for sentence in renderer.damage}
        finally:
            renderer.close()

    def _encode(self, writer: SmartWriter, pictures: Belt[Frame], packets: Belt[MadePacket]) -> None:
        for run in self._made:
            for number in range(run.count):
                for packet in writer.encode(pictures.take(), starts_piece=number == 0):
                    packets.put(packet)
        for packet in writer.flush():
            packets.put(packet)

    def _write(self, writer: SmartWriter, packets: Belt[MadePacket], seconds: Belt[None]) -> None:
        before = 0
        with writer:
            for run in self._plan.runs:
                if run.media is not None:
                    self._copy(writer, run, self._sources[run.media.id], seconds)
                    continue
                for _ in range(run.count):
                    packet = packets.take()
                    number = packet.number - before
                    if not 0 <= number < run.count:
                        raise Unfit("the encoder mixed frames over a cut")
                    self._append(writer, packet, run.start + number, seconds)
                before += run.count
            self._await_sound(self._seconds + 1, seconds)
        self.digests = writer.digests

    def _copy(self, writer: SmartWriter, run: Run, source: CopySource, seconds: Belt[None]) -> None:
        seen = bytearray(run.count)
        for packet in source.packets(run.source, run.count):
            if packet.shown >= run.count or seen[packet.shown]:
                raise Unfit(f"frames of “{source.media.name}” are not in the order its index says")
            seen[packet.shown] = 1
            self._append(writer, packet, run.start + packet.shown, seconds)

    def _append(self, writer: SmartWriter, packet: CopiedPacket | MadePacket, shown: int, seconds: Belt[None]) -> None:
        self._await_sound(min(int(self.done / self._stretch.rate) + 1, self._seconds), seconds)
        writer.write_packet(packet, shown)
        self.done = writer.frames_written

    def _await_sound(self, until: int, seconds: Belt[None]) -> None:
        """Wait until the sound of that many seconds has been begun; the one after the last means that all is written."""
        while self._settings.with_audio and self._begun < until:
            seconds.take()
            self._begun += 1
