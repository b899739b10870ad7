import pytest

from tests.timeline.notation import Cut, text_of, track


@pytest.mark.parametrize(
    "text",
    ["", "A:0-24", "A:0-24 _12 B:0-48", "A:0-24 >4+4< B:10-34 _2 C:5-9@-2", "_12 >0+4< A:0-24 >6+0<", "t:0-24@3/2"],
)
def test_a_track_reads_as_it_was_written(text: str) -> None:
    assert text_of(track(text)) == text


def test_a_cut_knows_its_tracks_by_name() -> None:
    cut = Cut(V1="A:0-24", A1="_24 A:0-24")
    assert cut["V1"] == "A:0-24"
    assert cut["A1"] == "_24 A:0-24"
