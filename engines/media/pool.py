"""The open readers of one thread."""

from __future__ import annotations

from collections import OrderedDict
from types import TracebackType
from typing import Protocol, TypeVar

from engines.media.audio_reader import AudioReader
from engines.media.open_readers import OpenReaders
from engines.media.reader import OpenReader, PictureReader, open_video
from timeline.media import Media

_SILENT_AFTER = 64
"""Times that other sound was asked for, after which the decoded sound of a file is let go: some MB each."""
_IN_USE = 2
"""Pictures within which a reader counts as in use: the layers of the last one are those of the next."""
_AWAITED = 100
"""The same for one that was made ready for a cut ahead."""


class _Closable(Protocol):
    def close(self) -> None: ...


_Reader = TypeVar("_Reader", bound=_Closable)


class ReaderPool:
    """One open reader per medium and kind; the longest unused is closed beyond `limit`. Belongs to one thread.

    Where `readers`, which several pools may share, says that too much is open, those are closed of which nothing was asked
    for the last two pictures: now, or with the next picture (`next_picture`).
    """

    def __init__(
        self,
        limit: int = 24,
        sample_rate: int = 48000,
        open_reader: OpenReader = open_video,
        readers: OpenReaders | None = None,
    ) -> None:
        self._limit = limit
        self._readers = readers or OpenReaders()
        self.open_reader = self._readers.opening(open_reader)
        """Opens what is counted among `readers`: for a thread whose reader the pool is to adopt."""
        self._used: dict[str, int] = {}
        self._turn = 0
        self._sample_rate = sample_rate
        self._pictures: OrderedDict[str, tuple[str, PictureReader]] = OrderedDict()
        self._sounds: OrderedDict[str, tuple[str, AudioReader]] = OrderedDict()
        self._damage: dict[str, None] = {}
        self._heard: dict[str, int] = {}
        self._requests = 0

    def picture(self, media: Media) -> PictureReader:
        """The reader of the pictures of `media`. Raises MediaError."""
        reader = self._kept(self._pictures, media) or self._keep_picture(media, self.open_reader(media))
        self._used[media.id] = self._turn
        return reader

    def next_picture(self) -> None:
        """What is asked for from now on is for another picture: what is too much and was long unused is closed."""
        self._turn += 1
        self._close_unused()

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
        self._used[media.id] = self._turn + _AWAITED

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
        self._used = {name: self._used[name] for name in self._pictures}
        self._used[media.id] = self._turn
        self._keep(self._pictures, media, reader)
        self._close_unused()
        return reader

    def _close_unused(self) -> None:
        """Close what can be spared, the longest unused first, as long as there is too much open."""
        for name in list(self._pictures) if self._readers.is_over else ():
            if self._turn - self._used[name] >= _IN_USE and self._readers.is_over:
                unused = self._pictures.pop(name)[1]
                self._note_damage(unused)
                unused.close()

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
