"""The music of a storyboard: what its cue asks for, and the cuts of its film."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from engines.generate.procedural.compose.brief import Genre, MusicBrief, Picture, Presence, Tempo
from engines.generate.procedural.compose.score import compose_file
from studio_app.planning.assemble import passages, shot_length, total_length
from timeline.storyboard import AudioCue, Storyboard
from timeline.time import ZERO

_USUAL_MOOD = "calm"


def music_of(board: Storyboard) -> tuple[MusicBrief, Picture]:
    """What the composer is given for a storyboard's film: the cue's words (the first shot's mood), and where it is cut."""
    cue = board.music or AudioCue()
    mood = cue.mood or next((shot.mood for shot in board.shots if shot.mood), "") or _USUAL_MOOD
    brief = MusicBrief(
        mood=mood,
        genre=Genre(cue.genre or "none"),
        tempo=Tempo(cue.tempo or "auto"),
        bpm=cue.bpm,
        presence=Presence(cue.presence or "music"),
        seed=board.seed,
    )
    return brief, Picture(cuts=_cuts(board))


def composed(board: Storyboard, folder: Path, check: Callable[[], None], begun: Callable[[], None]) -> Path:
    """The file of a storyboard's music in a folder: as long as its film, made where it is not there yet (`begun` tells)."""
    brief, picture = music_of(board)
    seconds = total_length(board).to_seconds()
    what = f"music 4|{brief.model_dump_json()}|{picture.cuts}|{seconds}"
    target = folder / f"music_{hashlib.blake2b(what.encode(), digest_size=6).hexdigest()}.wav"
    if not target.is_file():
        begun()
        compose_file(target, brief, seconds, picture, check=check)
    return target


def _cuts(board: Storyboard) -> tuple[float, ...]:
    """Seconds of the hard cuts, and of the middles of transitions."""
    ways = passages(board)
    at, cuts = ZERO, []
    for index, shot in enumerate(board.shots):
        if index:
            cuts.append(at.to_seconds())
        head = ways[index].before
        tail = ways[index + 1].after if index + 1 < len(ways) else ZERO
        at = at + shot_length(shot, board) - head - tail
    return tuple(cuts)
