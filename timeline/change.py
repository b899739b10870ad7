"""What differs between two projects, found by identity: values that were not touched are the same objects."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from timeline.items import Clip, Item
from timeline.project import Project
from timeline.sequence import Sequence
from timeline.time import RationalTime
from timeline.track import Track

Ids = frozenset[str]
_NONE: Ids = frozenset()


@dataclass(frozen=True)
class Change:
    """Ids of what was added, removed or replaced; a panel redraws only what is named here.

    `sequences`, `tracks`, `storyboards` and `shots` hold every one that was added, removed or differs in anything.
    A clip is in `clips_added` or `clips_removed` by its id in the whole project (moving it to another track is neither);
    `clips_changed`: another value under the same id; `clips_moved`: another start time or track. A clip can be in both.
    `markers` is true when markers of a sequence differ, `pool` when folders, labels or marks of the media pool do.
    `learnt`: whether takes use what was learnt; `never_sent`: which words services never get.
    `whole` is true when nothing may be kept (a new document).
    """

    sequences: Ids = _NONE
    tracks: Ids = _NONE
    clips_added: Ids = _NONE
    clips_removed: Ids = _NONE
    clips_changed: Ids = _NONE
    clips_moved: Ids = _NONE
    storyboards: Ids = _NONE
    shots: Ids = _NONE
    markers: bool = False
    pool: bool = False
    name: bool = False
    learnt: bool = False
    never_sent: bool = False
    whole: bool = False

    @property
    def clips(self) -> Ids:
        """Every clip that looks or stands differently now."""
        return self.clips_added | self.clips_removed | self.clips_changed | self.clips_moved

    def __bool__(self) -> bool:
        return self != _NOTHING

    @staticmethod
    def everything(project: Project) -> Change:
        """The change to `project` from something that has nothing to do with it."""
        tracks = [track for sequence in project.sequences for track in sequence.tracks]
        return Change(
            sequences=_ids(project.sequences),
            tracks=_ids(tracks),
            clips_added=frozenset(clip.id for track in tracks for clip, _ in track.clips()),
            storyboards=_ids(project.storyboards),
            shots=frozenset(shot.id for board in project.storyboards for shot in board.shots),
            markers=True,
            pool=True,
            name=True,
            learnt=True,
            never_sent=True,
            whole=True,
        )


_NOTHING = Change()


def difference(old: Project, new: Project) -> Change:
    """What a view of `old` must redraw to show `new`. Costs as much as what differs, not as the project is large."""
    if old is new:
        return _NOTHING
    found = _Found()
    old_sequences, new_sequences = _by_id(old.sequences), _by_id(new.sequences)
    if old.sequences is not new.sequences:
        for sequence_id in old_sequences | new_sequences:
            before, after = old_sequences.get(sequence_id), new_sequences.get(sequence_id)
            if before is not after:
                found.sequences.add(sequence_id)
                found.compare_sequences(before, after)
    storyboards, shots = _storyboards(old, new)
    clips = old_clips, new_clips = found.old_clips, found.new_clips
    both = clips[0].keys() & clips[1].keys()
    return Change(
        sequences=frozenset(found.sequences),
        tracks=frozenset(found.tracks),
        clips_added=frozenset(new_clips.keys() - old_clips.keys()),
        clips_removed=frozenset(old_clips.keys() - new_clips.keys()),
        clips_changed=frozenset(one for one in both if old_clips[one][0] is not new_clips[one][0]),
        clips_moved=frozenset(one for one in both if old_clips[one][1:] != new_clips[one][1:]) | found.pushed,
        storyboards=storyboards,
        shots=shots,
        markers=found.markers,
        pool=old.pool is not new.pool,
        name=old.name != new.name,
        learnt=old.uses_learnt != new.uses_learnt,
        never_sent=old.never_sent != new.never_sent,
    )


_Place = tuple[Clip, str, RationalTime]


@dataclass
class _Found:
    """What has been met so far; only tracks that are not the same object are opened."""

    sequences: set[str] = field(default_factory=set)
    tracks: set[str] = field(default_factory=set)
    old_clips: dict[str, _Place] = field(default_factory=dict)
    new_clips: dict[str, _Place] = field(default_factory=dict)
    pushed: set[str] = field(default_factory=set)
    """Clips behind all that differs in their track, which all stand elsewhere by the same length."""
    markers: bool = False

    def compare_sequences(self, old: Sequence | None, new: Sequence | None) -> None:
        """Note the tracks, clips and markers that differ."""
        self.markers |= (old.markers if old else ()) != (new.markers if new else ())
        before, after = _by_id(old.tracks if old else ()), _by_id(new.tracks if new else ())
        for track_id in before | after:
            left, right = before.get(track_id), after.get(track_id)
            if left is right:
                continue
            self.tracks.add(track_id)
            head, tail = _alike(left.items, right.items) if left and right else (0, 0)
            _note_clips(left, head, tail, self.old_clips)
            _note_clips(right, head, tail, self.new_clips)
            if left and right and tail and left.starts[-1 - tail] != right.starts[-1 - tail]:
                self.pushed.update(item.id for item in right.items[-tail:] if isinstance(item, Clip))


def _alike(old: tuple[Item, ...], new: tuple[Item, ...]) -> tuple[int, int]:
    """How many items at the head, and of the others at the tail, are the same objects."""
    shorter = min(len(old), len(new))
    head = next((place for place in range(shorter) if old[place] is not new[place]), shorter)
    rest = shorter - head
    return head, next((back for back in range(rest) if old[-1 - back] is not new[-1 - back]), rest)


def _note_clips(track: Track | None, head: int, tail: int, into: dict[str, _Place]) -> None:
    """The clips between an unchanged head and tail, with their places."""
    if track is not None:
        for index in range(head, len(track.items) - tail):
            item = track.items[index]
            if isinstance(item, Clip):
                into[item.id] = (item, track.id, track.starts[index])


def _storyboards(old: Project, new: Project) -> tuple[Ids, Ids]:
    if old.storyboards is new.storyboards:
        return _NONE, _NONE
    boards: set[str] = set()
    shots: set[str] = set()
    before, after = _by_id(old.storyboards), _by_id(new.storyboards)
    for board_id in before | after:
        left, right = before.get(board_id), after.get(board_id)
        if left is not right:
            boards.add(board_id)
            old_shots, new_shots = _by_id(left.shots if left else ()), _by_id(right.shots if right else ())
            shots |= {one for one in old_shots | new_shots if old_shots.get(one) is not new_shots.get(one)}
    return frozenset(boards), frozenset(shots)


def _by_id(things: Iterable[Any]) -> dict[str, Any]:
    return {thing.id: thing for thing in things}


def _ids(things: Iterable[Any]) -> Ids:
    return frozenset(thing.id for thing in things)
