"""The files of an xmeml document: each is described once and named afterwards."""

from __future__ import annotations

from lxml import etree

from timeline.interchange.base import MediaPath, Notes, file_url
from timeline.interchange.xmeml_parts import Element, put, put_rate, put_timecode
from timeline.media import Media, MediaKind
from timeline.sequence import Sequence
from timeline.time import RationalTime

ENDLESS = RationalTime(24 * 3600)
"""How long a still is said to be: some programs want a length."""


class Files:
    """Ids by media."""

    def __init__(self, media_path: MediaPath, notes: Notes) -> None:
        self._media_path, self._notes = media_path, notes
        self._ids: dict[str, str] = {}

    def put(self, parent: Element, media: Media, sequence: Sequence) -> None:
        """`<file>`: what is known of it, or its id where it was described before."""
        is_new = media.id not in self._ids
        self._ids.setdefault(media.id, f"file-{len(self._ids) + 1}")
        element = etree.SubElement(parent, "file", id=self._ids[media.id])
        if is_new:
            self._describe(element, media, sequence)

    def _describe(self, element: Element, media: Media, sequence: Sequence) -> None:
        if media.kind is MediaKind.IMAGE_SEQUENCE:
            self._notes.changed("An image sequence is named by its pattern; make a movie of it for other tools.")
        path, rate = self._media_path(media), media.rate or sequence.rate
        put(element, "name", media.name or path.name)
        put(element, "pathurl", file_url(path))
        put_rate(element, rate)
        length = ENDLESS if media.is_endless else media.duration
        put(element, "duration", max(1, length.frames(rate)))
        put_timecode(element, media.start_timecode, rate, media.drop_frame)
        holder = put(element, "media")
        if media.has_video or media.is_endless:
            facts = put(put(holder, "video"), "samplecharacteristics")
            put_rate(facts, rate)
            put(facts, "width", max(media.width, 1))
            put(facts, "height", max(media.height, 1))
            put(facts, "pixelaspectratio", "square")
            put(facts, "fielddominance", "none")
        if media.has_audio and not media.is_endless:
            audio = put(holder, "audio")
            facts = put(audio, "samplecharacteristics")
            put(facts, "depth", 16)
            put(facts, "samplerate", media.sample_rate or 48000)
            put(audio, "channelcount", max(media.channels, 1))
