"""While the editor rests, what does not play in real time is made, and told; nothing is made while there is other work."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction
from threading import Event
from time import monotonic, sleep

import pytest

from effects import registry
from effects.base import VideoEffect
from effects.frame import Frame
from effects.registry import Registry
from engines.play.render_ahead import RenderAhead
from engines.play.request import Scene
from engines.play.zones import Marked, Pace
from engines.render.catalogue import Catalogue
from engines.render.previews import Previews
from engines.render.renderer import Renderer
from timeline.commands.split_clips import SplitClips
from timeline.items import Clip, EffectUse, GeneratorSource
from timeline.media import Library
from timeline.project import Project
from timeline.sequence import Sequence
from timeline.time import ZERO, RationalTime, TimeRange
from timeline.track import Track, TrackKind

RATE = Fraction(25)
SIZE = (64, 36)


class Heavy(VideoEffect):
    """Takes longer than a frame lasts."""

    def render(self, frame: Frame, at: RationalTime) -> Frame:
        sleep(0.06)
        return frame


def frames(count: int) -> RationalTime:
    return RationalTime.from_frames(count, RATE)


def scene(*, second: str = "heavy", length: int = 6) -> Scene:
    """Ten light frames, then some with an effect."""
    light = Clip(GeneratorSource("solid", {}), TimeRange(ZERO, frames(10)), id="light")
    effects = (EffectUse(second, {}),) if second else ()
    heavy = Clip(GeneratorSource("solid", {}), TimeRange(ZERO, frames(length)), effects=effects, id="heavy")
    track = Track(TrackKind.VIDEO, (light, heavy), id="v")
    sequence = Sequence(id="s", width=64, height=36, rate=RATE, tracks=(track,))
    return Scene(Project(sequences=(sequence,)), Library(), sequence)


@dataclass
class Bench:
    """The thing under test and what it told."""

    ahead: RenderAhead
    previews: Previews
    told: list[tuple[Marked, ...]] = field(default_factory=list)
    busy: Event = field(default_factory=Event)

    def until(self, holds: Callable[[], bool], seconds: float = 10) -> None:
        end = monotonic() + seconds
        while not holds():
            assert monotonic() < end, self.told
            sleep(0.01)

    def paces(self) -> list[tuple[int, int, Pace]]:
        return [
            (mark.range.start.frames(RATE), mark.range.end.frames(RATE), mark.pace)
            for mark in (self.told[-1] if self.told else ())
        ]


@pytest.fixture
def bench() -> Iterator[Bench]:
    classes = {**registry.video_effects().classes, "heavy": Heavy}
    catalogue = Catalogue(Registry(classes), registry.transitions(), registry.generators())
    previews = Previews()
    told: list[tuple[Marked, ...]] = []
    busy = Event()
    ahead = RenderAhead(
        lambda: Renderer(catalogue=catalogue, previews=previews), told.append, is_busy=busy.is_set, idle_seconds=0.05
    )
    ahead.set_size(SIZE)
    yield Bench(ahead, previews, told, busy)
    ahead.close()


ALL_MADE = [(0, 10, Pace.SMOOTH), (10, 16, Pace.READY)]


def test_the_slow_part_is_found_and_made(bench: Bench) -> None:
    bench.ahead.set_scene(scene())
    bench.until(lambda: bench.paces() == ALL_MADE)
    kinds = {mark.pace for marks in bench.told for mark in marks}
    assert kinds == set(Pace)
    assert [mark.pace for mark in bench.told[0]] == [Pace.UNKNOWN]


def test_an_edit_makes_only_what_it_changed_anew(bench: Bench) -> None:
    before = scene()
    bench.ahead.set_scene(before)
    bench.until(lambda: bench.paces() == ALL_MADE)
    bench.told.clear()
    track = before.sequence.tracks[0]
    items = (replace(track.items[0], opacity=0.5), track.items[1])  # type: ignore[call-arg]
    sequence = replace(before.sequence, tracks=(replace(track, items=items),))
    bench.ahead.set_scene(Scene(Project(sequences=(sequence,)), Library(), sequence))
    sleep(0.4)
    assert not any(mark.pace is Pace.SLOW for marks in bench.told for mark in marks)


def test_it_holds_while_there_is_playing_or_other_work(bench: Bench) -> None:
    bench.busy.set()
    bench.ahead.set_scene(scene())
    sleep(0.3)
    assert bench.paces() == [(0, 16, Pace.UNKNOWN)]
    bench.ahead.hold(True, ZERO)
    bench.busy.clear()
    sleep(0.3)
    assert bench.paces() == [(0, 16, Pace.UNKNOWN)]
    bench.ahead.hold(False, ZERO)
    bench.until(lambda: bench.paces() == ALL_MADE)


def test_what_was_cleaned_away_is_made_again(bench: Bench) -> None:
    bench.ahead.set_scene(scene())
    bench.until(lambda: bench.paces() == ALL_MADE)
    bench.previews.forget_memory()
    bench.told.clear()
    bench.ahead.set_time(frames(3))
    bench.until(lambda: (10, 16, Pace.READY) in bench.paces())
    assert any(mark.pace is Pace.SLOW for mark in bench.told[0])


def test_a_split_changes_nothing_that_is_seen_and_nothing_in_the_bar(bench: Bench) -> None:
    one = scene(length=6)
    bench.ahead.set_scene(one)
    bench.until(lambda: bench.paces() == [(0, 10, Pace.SMOOTH), (10, 16, Pace.READY)])
    told, before = len(bench.told), bench.paces()
    project = SplitClips("s", frames(13), ("heavy",)).apply(one.project, one.library)
    project = SplitClips("s", frames(4), ("light",)).apply(project, one.library)
    bench.ahead.set_scene(Scene(project, one.library, project.sequences[0]))
    sleep(0.4)
    assert {tuple(one) for one in bench.told[told:]} <= {tuple(bench.told[told - 1])}, "the bar never flickered"
    assert bench.paces() == before
