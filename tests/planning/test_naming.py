from __future__ import annotations

import pytest

from studio_app.planning.naming import first_words


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("", ""),
        ("Rain.", "Rain"),
        ("A walk in the rain", "A walk in the rain"),
        ("A lighthouse keeper watches the last ferry leave.", "A lighthouse keeper watches"),
        ("A paper boat drifts past the harbour at dusk.", "A paper boat drifts"),
        ("Snow falls on a quiet village at night.", "Snow falls"),
        ("Gulls, clouds, wind, waves, salt, light", "Gulls, clouds, wind, waves, salt"),
        ("In the middle of the night a train leaves", "In the middle"),
    ],
)
def test_a_name_is_the_first_words_and_no_phrase_stays_open(text: str, name: str) -> None:
    assert first_words(text) == name
