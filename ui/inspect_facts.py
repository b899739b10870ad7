"""The inspector's pages for what is only looked at: a file of the pool, the sequence."""

from __future__ import annotations

from pathlib import Path

from studio_app.session.session import Session
from timeline.media import Media
from timeline.sequence import Sequence
from timeline.timecode import format_timecode, rate_name
from ui import words
from ui.inspect_base import InspectorPage


class MediaPage(InspectorPage):
    """What probing found in a file, and how a take was made."""

    def __init__(self, session: Session, media: Media) -> None:
        super().__init__(session)
        take = session.document.library.take_of_media(media.id)
        self.add_head(media.name, Path(media.path).name, "spark" if take is not None else "")
        facts: list[tuple[str, str]] = []
        if media.width:
            facts.append(("Picture", f"{media.width} × {media.height}, {media.video_codec or media.kind.value}"))
        if media.rate is not None:
            facts.append(("Rate", f"{rate_name(media.rate)} fps" + (", variable" if media.variable_rate else "")))
        if media.interlaced:
            facts.append(("Fields", "Interlaced"))
        if media.has_audio:
            kind = {1: "mono", 2: "stereo"}.get(media.channels, f"{media.channels} channels")
            facts.append(("Sound", f"{media.sample_rate / 1000:g} kHz, {kind}, {media.audio_codec}"))
        if not media.is_endless:
            facts.append(("Length", words.seconds(media.duration)))
        if media.file_size:
            facts.append(("Size", words.file_size(media.file_size)))
        if take is not None:
            facts.append(("Engine", "Starcut" if take.lineage.engine == "procedural" else take.lineage.engine))
            if take.lineage.seed is not None:
                facts.append(("Seed", str(take.lineage.seed)))
            if prompt := str(take.lineage.request.get("prompt", "")):
                facts.append(("Prompt", prompt))
        facts += [("Note", fault) for fault in media.faults]
        facts.append(("Folder", str(Path(media.path).parent)))
        self.add_facts(facts)
        self.column.addStretch(1)


class SequencePage(InspectorPage):
    """The active sequence, shown while nothing is selected."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._head = (session.sequence.name, session.document.project.name)
        self.add_head(*self._head)
        self._values = self.add_facts(_sequence_facts(session.sequence))
        self.column.addStretch(1)

    def refresh(self) -> bool:
        """Other facts stand in the same lines; made anew for another name."""
        for value, (_, text) in zip(self._values, _sequence_facts(self.session.sequence), strict=True):
            if value.text() != text:
                value.setText(text)
        return self._head == (self.session.sequence.name, self.session.document.project.name)


def _sequence_facts(sequence: Sequence) -> list[tuple[str, str]]:
    rate = f"{rate_name(sequence.rate)} fps" + (", drop frame" if sequence.drop_frame else "")
    return [
        ("Size", f"{sequence.width} × {sequence.height}"),
        ("Rate", rate),
        ("Length", format_timecode(sequence.duration, sequence.rate, sequence.drop_frame)),
        ("Starts at", format_timecode(sequence.start_timecode, sequence.rate, sequence.drop_frame)),
        ("Sound", f"{sequence.sample_rate / 1000:g} kHz, stereo"),
        ("Tracks", str(len(sequence.tracks))),
        ("Clips", words.count(sum(track.clip_count for track in sequence.tracks))),
        ("Markers", words.count(len(sequence.markers))),
    ]
