from __future__ import annotations

import threading

import numpy as np
import pytest

from effects.colour import straight_rgb
from effects.frame import Canvas, Frame, Layout
from effects.generators.title import Title
from timeline.time import ZERO, RationalTime

pytestmark = pytest.mark.qt

CANVAS = Canvas(960, 540, 0.5)


def box_of(frame: Frame) -> tuple[float, float, float, float]:
    """Left, top, right, bottom of the ink on the canvas."""
    rows, columns = np.nonzero(frame.planes[0][..., 3] > 20)
    x, y = frame.origin
    return (columns.min() + x, rows.min() + y, columns.max() + 1 + x, rows.max() + 1 + y)


def bare(**values: object) -> Title:
    return Title.model_validate({"shadow_opacity": 0, **values})


def test_ink_is_in_the_middle_and_nowhere_else():
    frame = bare(text="HOHOH").render(CANVAS, ZERO)
    assert frame.layout is Layout.RGBA
    left, top, right, bottom = box_of(frame)
    assert abs((left + right) / 2 - 480) < 2
    assert abs((top + bottom) / 2 - 270) < 6
    assert 25 < bottom - top < 45  # capitals of a 48 px font
    assert frame.width < right - left + 16
    assert (straight_rgb(frame.planes[0])[frame.planes[0][..., 3] > 200] > 250).all()


def test_x_and_y_move_it_by_parts_of_a_pixel():
    first, second = (bare(text="HOHOH", x=x).render(CANVAS, ZERO) for x in (50, 50 + 100 * 0.5 / 960))
    assert not np.array_equal(first.planes[0], second.planes[0])
    left = bare(text="HOHOH", x=25, y=10).render(CANVAS, ZERO)
    box = box_of(left)
    assert abs((box[0] + box[2]) / 2 - 240) < 2
    assert abs((box[1] + box[3]) / 2 - 54) < 6


def test_it_is_cut_at_the_canvas_and_empty_beyond():
    frame = bare(text="HOHOH", x=0).render(CANVAS, ZERO)
    assert frame.origin[0] == 0
    assert bare(text="HOHOH", x=-100).render(CANVAS, ZERO).size == (0, 0)
    assert bare(text="").render(CANVAS, ZERO).size == (0, 0)
    assert bare(text="  \n ").render(CANVAS, ZERO).planes[0].max(initial=0) == 0


def test_preview_and_export_break_lines_alike():
    text = "A long line that will not fit the width it is given and so breaks into some"
    large = bare(text=text, max_width=40).render(Canvas(1920, 1080, 1.0), ZERO)
    small = bare(text=text, max_width=40).render(Canvas(480, 270, 0.25), ZERO)
    big, little = box_of(large), box_of(small)
    assert all(abs(a / 4 - b) <= 1.5 for a, b in zip(big, little, strict=True))


def test_lines_are_about_equally_long():
    wide = box_of(bare(text="one two three four five six seven", max_width=60).render(CANVAS, ZERO))
    assert wide[2] - wide[0] < 0.52 * 960  # not one full line and one word


def test_lines_stand_where_they_are_told():
    text, inked = "HHHHHHHH\nH", {}
    for align in ("left", "center", "right"):
        frame = bare(text=text, align=align).render(CANVAS, ZERO)
        lower = frame.planes[0][frame.height * 3 // 4, :, 3] > 128
        inked[align] = np.flatnonzero(lower).mean() / frame.width
    assert inked["left"] < 0.2
    assert 0.45 < inked["center"] < 0.55
    assert inked["right"] > 0.8


def test_outline_shadow_and_box_add_ink():
    plain_ink = (bare(text="Ag").render(CANVAS, ZERO).planes[0][..., 3] > 40).sum()
    outlined = bare(text="Ag", outline_width=8, outline_colour="#ff0000").render(CANVAS, ZERO).planes[0]
    assert (outlined[..., 3] > 40).sum() > plain_ink * 1.5
    red = (outlined[..., 0] > 200) & (outlined[..., 1] < 50)
    assert red.sum() > plain_ink * 0.3
    shadowed = Title(text="Ag", shadow_opacity=1, shadow_distance=20, shadow_angle=0).render(CANVAS, ZERO)
    assert box_of(shadowed)[2] > box_of(bare(text="Ag").render(CANVAS, ZERO))[2] + 8
    boxed = bare(text="Ag", box_opacity=0.5, box_colour="#0000ff", box_radius=0).render(CANVAS, ZERO)
    pixels = boxed.planes[0]
    assert abs(int(pixels[boxed.height // 2, 4, 3]) - 128) <= 1
    assert abs(int(pixels[boxed.height // 2, 4, 2]) - 128) <= 1


def test_weight_spacing_and_slant_change_the_letters():
    ink = {
        weight: bare(text="HOHOH", weight=weight).render(CANVAS, ZERO).planes[0][..., 3].sum() for weight in (300, 900)
    }
    assert ink[900] > ink[300] * 1.3
    tight, loose = (box_of(bare(text="HOHOH", letter_spacing=gap).render(CANVAS, ZERO)) for gap in (0, 20))
    assert abs((loose[2] - loose[0]) - (tight[2] - tight[0]) - 4 * 0.2 * 48) < 4
    upright, slanted = (bare(text="I", italic=italic).render(CANVAS, ZERO) for italic in (False, True))
    assert box_of(slanted)[2] - box_of(slanted)[0] > box_of(upright)[2] - box_of(upright)[0] + 3


def test_opacity_is_of_the_whole():
    half = bare(text="HOHOH", opacity=0.5).render(CANVAS, ZERO).planes[0]
    assert abs(int(half[..., 3].max()) - 128) <= 1


def test_right_to_left_text_is_shaped():
    joined = bare(text="سلام").render(CANVAS, ZERO)
    apart = bare(text="س ل ا م").render(CANVAS, ZERO)
    assert joined.width < apart.width
    assert joined.planes[0].max() == 255


def test_any_text_is_drawn_without_a_fault():
    for text in ("😀🎬", "你好", "a\u0301\u200d\ufeff", "\x00\x07", "x" * 3000, "é\r\nß", "\ud83d"):
        Title(text=text, size=20).render(CANVAS, ZERO)


def test_a_standing_title_is_drawn_once():
    title = Title(text="Once")
    assert title.render(CANVAS, ZERO) is title.render(CANVAS, RationalTime(3, 2))


def test_threads_draw_the_same_picture():
    pictures: dict[int, Frame] = {}

    def draw(number: int) -> None:
        pictures[number] = Title(text=f"Thread\n{number % 2}", size=40 + number % 2).render(CANVAS, ZERO)

    Title(text="first").render(CANVAS, ZERO)
    threads = [threading.Thread(target=draw, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(np.array_equal(pictures[n].planes[0], pictures[n % 2].planes[0]) for n in range(8))


def test_a_wrong_colour_is_refused():
    with pytest.raises(ValueError, match="is not a colour"):
        Title(colour="salmon")
