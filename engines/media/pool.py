"""The open readers of one thread."""

from __future__ import annotations

from collections import OrderedDict
from types import TracebackType
from typing import Protocol, TypeVar

from engines.media.audio_reader import AudioReader
from engines.media.reader import OpenReader, PictureReader, open_video
from timeline.media import Media

PICTURE_BYTES = 256 << 20
"""What the open readers of pictures may hold, about: a film of 1080p holds some 40 MB even where it rests."""
_FEWEST_PICTURES = 6
_SILENT_AFTER = 64
"""Times that other sound was asked for, after which the decoded sound of a file is let go: some MB each."""
_HELD_PICTURES = 13
"""Pictures a decoder holds, about: those others are built on, those waiting for their turn, one for each thread."""


class _Closable(Protocol):
    def close(self) -> None: ...


_Reader = TypeVar("_Reader", bound=_Closable)


class ReaderPool:
    """One open reader per medium and kind; the longest unused is closed beyond `limit`. Belongs to one thread.

    Of large films fewer stay open: about as many as hold `picture_bytes`, and six at least.
    """

    def __init__(
        self,
        limit: int = 24,
        sample_rate: int = 48000,
        picture_bytes: int = PICTURE_BYTES,
        open_reader: OpenReader = open_video,
    ) -> None:
        self._limit = limit
        self._open_reader = open_reader
        self._picture_bytes = picture_bytes
        self._weights: dict[str, int] = {}
        self._sample_rate = sample_rate
        self._pictures: OrderedDict[str, tuple[str, PictureReader]] = OrderedDict()
        self._sounds: OrderedDict[str, tuple[str, AudioReader]] = OrderedDict()
        self._damage: dict[str, None] = {}
        self._heard: dict[str, int] = {}
        self._requests = 0

    def picture(self, media: Media) -> PictureReader:
        """The reader of the pictures of `media`. Raises MediaError."""
        reader = self._kept(self._pictures, media)
        return reader or self._keep_picture(media, self._open_reader(media))

    def holds_picture(self, media: Media) -> bool:
        """Whether the reader of the pictures of `media` is open."""
        return self._pictures.get(media.id, ("",))[0] == media.path

    def taken(self, media: Media) -> PictureReader | None:
        """The open reader of the pictures of `media`, which is not the pool's any more: to be handed to another thread."""
        reader = self._kept(self._pictures, media)
        if reader is not None:
            del self._pictures[media.id]
            self._note_damage(reader)
        return reader

    def adopt(self, media: Media, reader: PictureReader) -> None:
        """Take over a reader of the pictures of `media` that another thread is done with."""
        before = self._pictures.pop(media.id, None)
        if before is not None:
            before[1].close()
        self._keep_picture(media, reader)

    def sound(self, media: Media) -> AudioReader:
        """The reader of the sound of `media`. Raises MediaError."""
        reader = self._kept(self._sounds, media)
        self._requests += 1
        self._heard[media.id] = self._requests
        self._forget_unheard()
        return reader or self._keep(self._sounds, media, AudioReader(media, self._sample_rate))

    def damage(self) -> tuple[str, ...]:
        """A sentence for each file of which something could not be decoded, closed ones too."""
        for _, reader in (*self._pictures.values(), *self._sounds.values()):
            self._note_damage(reader)
        return tuple(self._damage)

    def close(self) -> None:
        """Close all readers; the pool can be used again."""
        for _, picture in self._pictures.values():
            picture.close()
        for _, sound in self._sounds.values():
            sound.close()
        self._damage.clear()
        self._pictures.clear()
        self._sounds.clear()

    def __enter__(self) -> ReaderPool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _keep_picture(self, media: Media, reader: PictureReader) -> PictureReader:
        self._weights[media.id] = media.width * media.height * 3 // 2 * _HELD_PICTURES
        self._weights = {name: self._weights[name] for name in (*self._pictures, media.id)}
        while len(self._pictures) >= _FEWEST_PICTURES and sum(self._weights.values()) > self._picture_bytes:
            name, (_, unused) = self._pictures.popitem(last=False)
            del self._weights[name]
            self._note_damage(unused)
            unused.close()
        return self._keep(self._pictures, media, reader)

    def _forget_unheard(self) -> None:
        """Let go of decoded sound that nobody listens to; the files stay open."""
        for name in [name for name, at in self._heard.items() if self._requests - at > _SILENT_AFTER]:
            del self._heard[name]
            if name in self._sounds:
                self._sounds[name][1].forget()

    def _kept(self, readers: OrderedDict[str, tuple[str, _Reader]], media: Media) -> _Reader | None:
        """The open reader, unless the medium was linked to another file meanwhile."""
        path, reader = readers.get(media.id, ("", None))
        if reader is None:
            return None
        if path != media.path:
            readers.pop(media.id)[1].close()
            return None
        readers.move_to_end(media.id)
        return reader

    def _keep(self, readers: OrderedDict[str, tuple[str, _Reader]], media: Media, reader: _Reader) -> _Reader:
        readers[media.id] = (media.path, reader)
        while len(readers) > self._limit:
            oldest = readers.popitem(last=False)[1][1]
            self._note_damage(oldest)
            oldest.close()
        return reader

    def _note_damage(self, reader: object) -> None:
        sentence = getattr(reader, "damage", "")  # stills are whole or are not read at all
        if sentence:
            self._damage[sentence] = None
