"""What the engine of a shot makes of its description, and the changes that a hand makes to it: always of the words themselves."""

from __future__ import annotations

from functools import lru_cache

from engines.generate.base import GenerationRequest
from engines.generate.registry import DEFAULT_ENGINE, engine
from engines.generate.understood import Chip as Chip
from engines.generate.understood import Choices as Choices
from engines.generate.understood import Rewording as Rewording
from engines.generate.understood import Understood as Understood
from engines.generate.understood import Unknown as Unknown
from studio_app.session.document import Document
from timeline.commands.edit_shot import EditShot
from timeline.storyboard import Shot, Storyboard

_KEPT = 64


class Understanding:
    """Answers for shots by their id. Main thread."""

    def __init__(self, document: Document) -> None:
        self._document = document

    def of(self, shot_id: str) -> Understood | None:
        """What is understood of a shot's description, and of its storyboard's style and its mood beside it; None where no engine can say.

        Places of chips are in the description; those that stand elsewhere have -1.
        """
        found = self._found(shot_id)
        if found is None:
            return None
        board, shot = found
        asked = GenerationRequest(prompt=shot.description, style=board.global_style, mood=shot.mood)
        return _understood(shot.engine or DEFAULT_ENGINE, asked.prompt, asked.style, asked.mood)

    def choices(self, shot_id: str, chip: Chip) -> Choices:
        """What a chip can be changed to."""
        found = self._found(shot_id)
        return Choices() if found is None else engine(found[1].engine or DEFAULT_ENGINE).choices(chip)

    def reword(self, shot_id: str, chip: Chip, change: Rewording) -> bool:
        """Change a chip: an edit of the description, a step of its own. False if nothing came of it."""
        found = self._found(shot_id)
        if found is None:
            return False
        maker = engine(found[1].engine or DEFAULT_ENGINE)
        return self._write(*found, maker.reworded(found[1].description, chip, change))

    def replace(self, shot_id: str, unknown: Unknown, word: str) -> bool:
        """Put a known word in place of an unknown one; an empty one takes it out."""
        found = self._found(shot_id)
        if found is None or unknown.start < 0:
            return False
        text = found[1].description
        before, after = text[: unknown.start], text[unknown.end :]
        if not word:
            before, after = before.rstrip(), after if after[:1] in ",.;:!?" else f" {after.lstrip()}"
        return self._write(*found, f"{before}{word}{after}")

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


@lru_cache(maxsize=_KEPT)
def _understood(engine_id: str, prompt: str, style: str, mood: str) -> Understood | None:
    if not prompt.strip():
        return None
    return engine(engine_id).understand(GenerationRequest(prompt=prompt, style=style, mood=mood))
