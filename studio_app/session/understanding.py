"""What the engine of a shot makes of its description, and the changes that a hand makes to it: always of the words themselves."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

from engines.generate.base import GenerationRequest
from engines.generate.registry import DEFAULT_ENGINE, engine, engines
from engines.generate.understood import Chip as Chip
from engines.generate.understood import Choices as Choices
from engines.generate.understood import Rewording as Rewording
from engines.generate.understood import Understood as Understood
from engines.generate.understood import Unknown as Unknown
from studio_app.services.jobs import Post, StartThread, plain_thread, run_now
from studio_app.services.latest import Latest
from studio_app.services.signal import Signal
from studio_app.session.document import Document
from timeline.commands.edit_shot import EditShot
from timeline.storyboard import Shot, Storyboard

_KEPT = 64
_MOST_LOOKED_UP = 20


class Understanding:
    """Answers for shots by their id. Main thread."""

    def __init__(
        self,
        document: Document,
        post: Post = run_now,
        start_thread: StartThread = plain_thread,
        looks: Callable[[str], Mapping[str, Any]] = lambda _: {},
    ) -> None:
        self._document, self._post, self._looks = document, post, looks
        self._looking = Latest("nearest words", start_thread)
        self._near: dict[tuple[str, str], tuple[str, ...]] = {}
        self._is_ready = False
        self.arrived: Signal[[]] = Signal()
        """Words can be understood now, or more is known of those that were not."""

    def close(self, timeout: float) -> None:
        """Look nothing up any more."""
        self._looking.close(timeout)

    def of(self, shot_id: str) -> Understood | None:
        """What is understood of a shot's description, and of its storyboard's style and its mood beside it; None where no engine can say.

        Places of chips are in the description; those that stand elsewhere have -1. The first time the engine's words are
        gathered on a thread, a quarter of a second; until `arrived` the answer is None.
        """
        found = self._found(shot_id)
        if found is None:
            return None
        if not self._is_ready:
            self._looking.ask(self._get_ready)
            return None
        board, shot = found
        asked = GenerationRequest(prompt=shot.description, style=board.global_style, mood=shot.mood)
        engine_id = _reader_of(shot)
        learnt = json.dumps(self._looks(asked.prompt), sort_keys=True)
        told = _understood(engine_id, asked.prompt, asked.style, asked.mood, learnt)
        return told if told is None or not told.unknown else self._with_neighbours(engine_id, told)

    def _get_ready(self) -> None:
        engine(DEFAULT_ENGINE).understand(GenerationRequest(prompt="sea"))
        self._post(self._begin)

    def _begin(self) -> None:
        self._is_ready = True
        self.arrived.emit()

    def _with_neighbours(self, engine_id: str, told: Understood) -> Understood:
        """With what is near the unknown words in meaning, as far as it is known; the rest is looked up on a thread."""
        words = [one.word for one in told.unknown[:_MOST_LOOKED_UP]]
        if any((engine_id, word) not in self._near for word in words):
            self._looking.ask(lambda: self._look_up(engine_id, words))
        unknown = tuple(
            replace(
                one, suggestions=tuple(dict.fromkeys((*self._near.get((engine_id, one.word), ()), *one.suggestions)))
            )
            for one in told.unknown
        )
        return replace(told, unknown=unknown)

    def _look_up(self, engine_id: str, words: list[str]) -> None:
        found = engine(engine_id).neighbours(words)
        self._post(lambda: self._take(engine_id, {word: found.get(word, ()) for word in words}))

    def _take(self, engine_id: str, found: dict[str, tuple[str, ...]]) -> None:
        self._near.update({(engine_id, word): near for word, near in found.items()})
        if any(found.values()):
            self.arrived.emit()

    def choices(self, shot_id: str, chip: Chip) -> Choices:
        """What a chip can be changed to."""
        found = self._found(shot_id)
        return Choices() if found is None else engine(_reader_of(found[1])).choices(chip)

    def reword(self, shot_id: str, chip: Chip, change: Rewording) -> bool:
        """Change a chip: an edit of the description, a step of its own. False if nothing came of it."""
        found = self._found(shot_id)
        if found is None:
            return False
        maker = engine(_reader_of(found[1]))
        return self._write(*found, maker.reworded(found[1].description, chip, change))

    def replace(self, shot_id: str, unknown: Unknown, word: str) -> bool:
        """Put a known word in place of an unknown one; an empty one takes it out."""
        found = self._found(shot_id)
        if found is None:
            return False
        maker = engine(_reader_of(found[1]))
        change = Rewording(value=word) if word else Rewording()
        return self._write(*found, maker.reworded(found[1].description, unknown.as_chip, change))

    def _found(self, shot_id: str) -> tuple[Storyboard, Shot] | None:
        for board in self._document.project.storyboards:
            if (shot := board.shot(shot_id)) is not None:
                return board, shot
        return None

    def _write(self, board: Storyboard, shot: Shot, text: str) -> bool:
        if text.strip() == shot.description:
            return False
        self._document.seal()
        done = self._document.do(EditShot(board.id, shot.id, {"description": text.strip()}))
        self._document.seal()
        return done


def _reader_of(shot: Shot) -> str:
    """Who says what the words mean: the service of a shot, its model left out; the embedded engine where the rules choose."""
    wanted = shot.engine.partition("/")[0]
    return wanted if wanted in engines().classes else DEFAULT_ENGINE


@lru_cache(maxsize=_KEPT)
def _understood(engine_id: str, prompt: str, style: str, mood: str, learnt: str) -> Understood | None:
    if not prompt.strip():
        return None
    request = GenerationRequest(prompt=prompt, style=style, mood=mood, learnt=json.loads(learnt))
    return engine(engine_id).understand(request)
