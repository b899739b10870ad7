from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

import numpy as np
import pytest

from engines.generate.procedural.draw.puppet import RUN, WALK, Step, stepping
from engines.generate.procedural.draw.setting import settings
from engines.generate.procedural.draw.subject_kind import PLACES, How, subject_kinds, subject_words
from engines.generate.procedural.draw.subjects import camel, cat, deer, dog, horse
from engines.generate.procedural.palette import colour
from tests.engines.generate.casting import painted
from timeline.storyboard import SUBJECT_MOTIONS

KINDS = sorted(subject_kinds())


def test_there_are_two_dozen_kinds_and_each_says_where_it_belongs() -> None:
    assert len(KINDS) >= 24
    for kind in subject_kinds().values():
        assert kind.ground in PLACES
        assert kind.implies in settings()
        assert kind.words


def test_every_word_of_a_kind_leads_to_it_or_to_the_kind_that_owns_it() -> None:
    found = subject_words()
    for name, kind in subject_kinds().items():
        assert found[kind.words[0]] == (name, "")
        for variant, words in kind.variants.items():
            assert any(found[word] == (name, variant) for word in words), f"{name} {variant}"


@pytest.mark.parametrize("entity", "circle rect arrow character tree fish building cloud bird star vehicle".split())
def test_every_entity_of_the_vocabulary_is_drawn_by_some_kind(entity: str) -> None:
    assert any(entity in kind.entities for kind in subject_kinds().values())


@pytest.mark.parametrize("name", KINDS)
def test_a_drawing_fills_its_box_and_stays_inside_in_every_action(name: str) -> None:
    kind = subject_kinds()[name]
    for action in [*kind.cycles, "stand"]:
        for phase in (0.0, 0.4):
            alpha = painted(kind, How(phase, action, seed=5), 60.0)[..., 3]
            assert alpha.max() > 0.8
            edge = np.concatenate([alpha[0], alpha[-1], alpha[:, 0], alpha[:, -1]])
            assert edge.max() < 0.9, f"{action} is cut off"
            assert (alpha > 0.5).mean() > 0.02


@pytest.mark.parametrize("name", [n for n in KINDS if any(c.poses > 1 for c in subject_kinds()[n].cycles.values())])
def test_a_cycle_moves_and_joins_without_a_jump(name: str) -> None:
    kind = subject_kinds()[name]
    action = next(a for a in (kind.usual, *kind.cycles) if kind.cycle(a).poses > 1)
    count = kind.cycle(action).poses
    step = max(1, count // 12)
    poses = [painted(kind, How(k / count, action, seed=5), 60.0) for k in range(0, count, step)]
    changes = [float(np.abs(a - b).mean()) for a, b in zip(poses, [*poses[1:], poses[0]], strict=True)]
    assert max(changes) > 1e-4, "it moves"
    assert changes[-1] <= 2.5 * max(changes[:-1]) + 1e-4, "the last pose leads to the first"


@pytest.mark.parametrize(
    ("name", "code", "channel"),
    [
        ("car", "2040E0", 2),
        ("person", "20A030", 1),
        ("umbrella", "2040E0", 2),
        ("house", "E02020", 0),
        ("balloon", "2040E0", 2),
        ("cat", "2040E0", 2),
    ],
)
def test_a_colour_that_is_asked_for_is_seen(name: str, code: str, channel: int) -> None:
    data = painted(subject_kinds()[name], How(action="stand", colour=colour(code), seed=5), 80.0)
    own = data[..., channel] - np.delete(data[..., :3], channel, axis=-1).max(axis=-1)
    assert float((own > 0.15).sum() / (data[..., 3] > 0.5).sum()) > 0.15


@pytest.mark.parametrize("variant", ["woman", "girl", "boy", "old", "astronaut", "diver"])
def test_people_are_told_apart(variant: str) -> None:
    person = subject_kinds()["person"]
    man, other = (painted(person, How(action="stand", variant=v, seed=5), 60.0) for v in ("man", variant))
    inside = (man[..., 3] > 0.5) | (other[..., 3] > 0.5)
    assert float(np.abs(man - other).mean(axis=-1)[inside].mean()) > 0.03


@pytest.mark.parametrize("name", ["person", "robot"])
def test_faces_show_what_is_felt(name: str) -> None:
    kind = subject_kinds()[name]
    moods = ("happy", "sad", "angry", "calm")
    faces = [painted(kind, How(action="stand", expression=mood, seed=5, close=True), 160.0) for mood in moods]
    assert len({face.tobytes() for face in faces}) == len(moods)


@pytest.mark.parametrize("name", [name for name in KINDS if subject_kinds()[name].turns])
def test_what_turns_has_a_drawing_for_every_angle(name: str) -> None:
    kind = subject_kinds()[name]
    views = [painted(kind, How(action=kind.usual, turn=k * math.tau / 8, seed=5), 40.0) for k in range(8)]
    assert all((view[..., 3] > 0.5).mean() > 0.01 for view in views)
    assert all(np.abs(a - b).mean() > 5e-4 for a, b in itertools.pairwise(views))


def test_front_back_and_side_of_a_person_differ_and_only_the_front_has_a_face() -> None:
    person = subject_kinds()["person"]
    views = {
        turn: painted(person, How(action="walk", turn=turn, variant="boy", seed=5), 120.0)
        for turn in (0.0, math.pi / 2, -math.pi / 2)
    }
    assert all(
        np.abs(views[a] - views[b]).mean() > 0.004
        for a, b in ((0.0, math.pi / 2), (0.0, -math.pi / 2), (math.pi / 2, -math.pi / 2))
    )

    def face(data: np.ndarray) -> int:
        red, green, blue, alpha = (data[..., k] for k in range(4))
        rows = slice(0, int(data.shape[0] * 0.42))
        skin = (red > 0.5) & (red > green * 1.15) & (green > blue * 1.1) & (alpha > 0.9) & (green > 0.3)
        middle = abs(np.arange(data.shape[1]) / data.shape[1] - 0.59) < 0.05
        return int(skin[rows][:, middle].sum())

    assert face(views[math.pi / 2]) > 3 * face(views[-math.pi / 2]) + 10


def _slips(feet: Sequence[Sequence[float]], stride: float) -> float:
    """The farthest that a carrying foot is from where it was set down, while the body travels its stride evenly.

    `feet` are the x of one foot where it carries, None in the air, for even phases.
    """
    worst = 0.0
    for run in feet:
        first = run[0]
        worst = max(worst, max(abs(x - first + k * stride) for k, x in enumerate(run)))
    return worst


@pytest.mark.parametrize("step", [WALK, RUN])
def test_feet_of_people_do_not_slip(step: Step) -> None:
    count = 48
    balls = [[stepping(k / count, step).legs[leg] for k in range(count)] for leg in (0, 1)]
    for legs in balls:
        # The ball of the foot: near the toe; it carries while it is on the ground.
        xs = [leg.toe[0] - 0.045 for leg in legs]
        down = [leg.toe[1] > -0.012 and leg.heel[1] > -0.09 for leg in legs]
        start = next(k for k in range(count) if down[k] and not down[k - 1])
        run = []
        for k in range(count):
            if not down[(start + k) % count]:
                break
            run.append(xs[(start + k) % count])
        assert len(run) > count * step.duty * 0.5
        assert _slips([run[2:]], step.stride / count) < 0.03, "under a thirtieth of the height"


@pytest.mark.parametrize("module", [horse, dog, cat, deer, camel])
def test_paws_and_hooves_do_not_slip(module: object) -> None:
    for gait in (module.WALK, module.RUN):  # type: ignore[attr-defined]
        for leg in range(4):
            feet = [gait.foot(k / 48, leg) for k in range(48)]
            for (x, y, _), (next_x, next_y, _) in itertools.pairwise(feet):
                if y == 0 and next_y == 0:
                    assert next_x - x == pytest.approx(-gait.stride / 48, abs=1e-9)


def test_the_pictured_foot_stands_still_on_the_ground_while_a_person_walks() -> None:
    """Measured on pixels: what touches the ground keeps its place when the poses are laid along the way."""
    kind, pixels, count = subject_kinds()["person"], 240.0, 24
    low: list[tuple[int, float]] = []
    for k in range(count):
        alpha = painted(kind, How(k / count, "walk", variant="man", seed=5), pixels)[..., 3]
        ground = round((0.0 - kind.box[1]) * pixels)
        touching = np.flatnonzero(alpha[ground - 3 : ground + 2].max(axis=0) > 0.5)
        way = k / count * kind.cycle("walk").stride * pixels
        low.append((k, float(touching.max()) + way))
    # In the middle of the carrying phase the tip of the shoe is the rightmost thing on the ground.
    tips = [x for k, x in low if 0.1 < k / count < 0.3]
    assert max(tips) - min(tips) < 0.03 * pixels


def test_the_motions_are_those_of_the_storyboard() -> None:
    assert set(SUBJECT_MOTIONS) >= {"none", "slow", "medium", "fast", "walk", "run", "fly", "spin", "grow", "shrink"}
