"""The inspector's pages for what is only looked at: a file of the pool, the sequence."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from studio_app.session.session import Session
from timeline.items import SequenceSource
from timeline.media import Media, Take
from timeline.query import all_clips
from timeline.sequence import Sequence
from timeline.timecode import format_timecode, rate_name
from ui import words
from ui.inspect_analysis import AnalysisSection
from ui.inspect_base import InspectorPage


class MediaPage(InspectorPage):
    """What probing found in a file, and how a take was made."""

    def __init__(self, session: Session, media: Media) -> None:
        super().__init__(session)
        take = session.document.library.take_of_media(media.id)
        self.add_head(media.name, Path(media.path).name, "spark" if take is not None else "")
        facts: list[tuple[str, str]] = []
        if media.width:
            facts.append(
                (self.tr("Picture"), f"{media.width} × {media.height}, {media.video_codec or media.kind.value}")
            )
        if media.rate is not None:
            facts.append(
                (
                    self.tr("Rate"),
                    self.tr("{rate} fps").format(rate=rate_name(media.rate))
                    + (self.tr(", variable") if media.variable_rate else ""),
                )
            )
        if media.interlaced:
            facts.append((self.tr("Fields"), self.tr("Interlaced")))
        if media.has_audio:
            kind = {1: "mono", 2: "stereo"}.get(
                media.channels, self.tr("{channels} channels").format(channels=media.channels)
            )
            facts.append(
                (
                    self.tr("Sound"),
                    self.tr("{sample_rate:g} kHz, {kind}, {audio_codec}").format(
                        sample_rate=media.sample_rate / 1000, kind=kind, audio_codec=media.audio_codec
                    ),
                )
            )
        if not media.is_endless:
            facts.append((self.tr("Length"), words.seconds(media.duration)))
        if media.file_size:
            facts.append((self.tr("Size"), words.file_size(media.file_size)))
        if take is not None:
            facts.append(
                (self.tr("Engine"), self.tr("Starcut") if take.lineage.engine == "procedural" else take.lineage.engine)
            )
            if take.lineage.seed is not None:
                facts.append((self.tr("Seed"), str(take.lineage.seed)))
            if prompt := str(take.lineage.request.get("prompt", "")):
                facts.append((self.tr("Prompt"), prompt))
            if checked := quality_of(take):
                facts.append((self.tr("Check"), checked))
        facts += [(self.tr("Note"), fault) for fault in media.faults]
        facts.append((self.tr("Folder"), str(Path(media.path).parent)))
        self.add_facts(facts)
        self.column.addSpacing(4)
        analysis = AnalysisSection(session)
        self.column.addWidget(analysis)
        analysis.show_of(media)
        self.column.addStretch(1)


def quality_of(take: Take) -> str:
    """What was found when a take was checked, as a sentence; empty for one that was not."""
    facts = take.lineage.extra.get("facts")
    quality = facts.get("quality") if isinstance(facts, Mapping) else None
    return str(quality.get("sentence", "")) if isinstance(quality, Mapping) else ""


class SequencePage(InspectorPage):
    """A sequence: the active one while nothing is selected, or one that is chosen in the pool."""

    def __init__(self, session: Session, sequence_id: str = "") -> None:
        super().__init__(session)
        self._sequence_id = sequence_id
        self._head = self._head_now()
        self.add_head(*self._head, "layers" if sequence_id else "")
        self._values = self.add_facts(self._facts())
        self.column.addStretch(1)

    @property
    def _sequence(self) -> Sequence | None:
        """The one that was asked for, else the active one."""
        asked = self._sequence_id
        return self.session.document.project.sequence(asked) if asked else self.session.sequence

    def _head_now(self) -> tuple[str, str]:
        sequence = self._sequence
        return ("" if sequence is None else sequence.name, self.session.document.project.name)

    def _facts(self) -> list[tuple[str, str]]:
        sequence = self._sequence
        if sequence is None:
            return []
        if not self._sequence_id:
            return _sequence_facts(sequence)
        shown = sum(
            isinstance(clip.source, SequenceSource) and clip.source.sequence_id == sequence.id and not track.is_audio
            for _, track, clip in all_clips(self.session.document.project)
        )
        used = self.tr("In no other sequence") if not shown else words.plural(shown, "clip")
        return [*_sequence_facts(sequence), (self.tr("Shown by"), used)]

    def refresh(self) -> bool:
        """Other facts stand in the same lines; made anew for another name, or when it is gone."""
        if self._sequence is None:
            return False
        for value, (_, text) in zip(self._values, self._facts(), strict=True):
            if value.text() != text:
                value.setText(text)
        return self._head == self._head_now()


def _sequence_facts(sequence: Sequence) -> list[tuple[str, str]]:
    rate = QCoreApplication.translate("InspectFacts", "{rate} fps").format(rate=rate_name(sequence.rate)) + (
        QCoreApplication.translate("InspectFacts", ", drop frame") if sequence.drop_frame else ""
    )
    return [
        (QCoreApplication.translate("InspectFacts", "Size"), f"{sequence.width} × {sequence.height}"),
        (QCoreApplication.translate("InspectFacts", "Rate"), rate),
        (
            QCoreApplication.translate("InspectFacts", "Length"),
            format_timecode(sequence.duration, sequence.rate, sequence.drop_frame),
        ),
        (
            QCoreApplication.translate("InspectFacts", "Starts at"),
            format_timecode(sequence.start_timecode, sequence.rate, sequence.drop_frame),
        ),
        (
            QCoreApplication.translate("InspectFacts", "Sound"),
            QCoreApplication.translate("InspectFacts", "{sample_rate:g} kHz, stereo").format(
                sample_rate=sequence.sample_rate / 1000
            ),
        ),
        (QCoreApplication.translate("InspectFacts", "Tracks"), str(len(sequence.tracks))),
        (
            QCoreApplication.translate("InspectFacts", "Clips"),
            words.count(sum(track.clip_count for track in sequence.tracks)),
        ),
        (QCoreApplication.translate("InspectFacts", "Markers"), words.count(len(sequence.markers))),
    ]
