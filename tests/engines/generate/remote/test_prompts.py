"""Words that an engine cannot read whole are refused before anything is sent; what was built for it is as long as it may be."""

from pathlib import Path

import pytest

from engines.generate.prompting import Parts, build
from engines.generate.remote.faults import Fault, ProviderError
from engines.generate.remote.prompts import whole_prompt
from engines.generate.remote.running import Forgetful, run
from tests.engines.generate.remote.test_providers import (
    MODELS,
    REMOTE,
    Told,
    first_of,
    instant,
    pictures,
    reached,
    request_for,
)
from tests.fakes.providers import FakeProviders

__all__ = ["pictures"]


@pytest.mark.parametrize("name", [one for one in REMOTE if one != "comfyui"])
def test_no_adapter_cuts_words_in_silence(
    name: str, fakes: FakeProviders, pictures: dict[str, str], tmp_path: Path
) -> None:
    model = first_of(name)
    request = request_for(model, pictures, "very " * model.prompt_limit)
    with pytest.raises(ProviderError, match="Nothing was sent") as caught:
        run(reached(fakes, name), request, tmp_path / "a.mp4", Told(), Forgetful(), instant())
    assert caught.value.fault is Fault.INVALID
    assert fakes.ledger.count() == 0


def test_what_is_built_for_a_model_is_what_it_is_sent(pictures: dict[str, str]) -> None:
    for model in MODELS:
        text = build(Parts("a lake, " * model.prompt_limit), model.prompt_limit, model.prompt_units).text
        request = request_for(model, pictures).model_copy(update={"prompt": text})
        assert whole_prompt(request, model) == text
