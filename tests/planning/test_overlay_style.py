import pytest

from studio_app.planning.overlay_style import checked_style


def test_words_for_sizes_and_american_spelling_are_understood() -> None:
    values = checked_style("watermark", {"text": "©", "size": "small", "color": "#ff0000"}, 90, 5)
    assert (values["size"], values["colour"], values["opacity"], values["x"], values["y"]) == (
        40.0,
        "#ff0000",
        0.5,
        90,
        5,
    )


@pytest.mark.parametrize(
    ("kind", "style", "said"),
    [
        ("text", {"colur": "#fff"}, 'Did you mean "colour"?'),
        ("text", {"size": "huge"}, '"size" of a text overlay cannot be'),
        ("particle", {"kind": "frogs"}, "cannot be 'frogs'"),
        ("vignette", {"strength": 9000}, '"strength" of a vignette'),
    ],
)
def test_a_wrong_style_is_refused_with_a_sentence(kind: str, style: dict[str, str | float], said: str) -> None:
    with pytest.raises(ValueError, match=said.replace("?", r"\?")):
        checked_style(kind, style, 50, 50)
