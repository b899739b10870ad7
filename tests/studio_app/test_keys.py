"""Keys: in the keyring or the environment, and nowhere else."""

import logging

import pytest

from studio_app.services.keys import Hiding, Keys, guard_log, hidden
from timeline.errors import StudioError


class Ring:
    def __init__(self) -> None:
        self.kept: dict[str, str] = {}

    def get_password(self, service: str, name: str) -> str | None:
        return self.kept.get(name)

    def set_password(self, service: str, name: str, value: str) -> None:
        self.kept[name] = value

    def delete_password(self, service: str, name: str) -> None:
        del self.kept[name]


class Locked(Ring):
    def get_password(self, service: str, name: str) -> str | None:
        raise RuntimeError("locked, and the key was sk-secret-1")

    def set_password(self, service: str, name: str, value: str) -> None:
        raise RuntimeError(f"no place for {value}")


def test_the_keyring_comes_before_the_environment() -> None:
    keys = Keys(Ring(), {"A_KEY": "from-outside"})
    assert (keys.find("A_KEY"), keys.source("A_KEY")) == ("from-outside", "environment")
    keys.keep("A_KEY", " from-ring \n")
    assert (keys.find("A_KEY"), keys.source("A_KEY")) == ("from-ring", "keyring")
    keys.keep("A_KEY", "")
    assert keys.find("A_KEY") == "from-outside"
    assert keys.find("B_KEY") is None


def test_dots_that_hide_a_key_are_no_key() -> None:
    ring = Ring()
    with pytest.raises(StudioError, match="This is no key"):
        Keys(ring, {}).keep("A_KEY", "sk-\u2022\u2022\u2022\u2022")
    assert not ring.kept


def test_a_locked_keyring_leaves_the_environment_and_its_error_holds_no_key() -> None:
    keys = Keys(Locked(), {"A_KEY": "from-outside"})
    assert keys.find("A_KEY") == "from-outside"
    with pytest.raises(StudioError) as caught:
        keys.keep("A_KEY", "sk-secret-2")
    assert "sk-secret-2" not in f"{caught.value} {caught.value.detail}"
    assert caught.value.__context__ is None or caught.value.__suppress_context__


@pytest.mark.parametrize(
    "text",
    [
        "POST with Authorization: Bearer sk-1234567",
        '{"api_key": "sk-1234567", "n": 1}',
        "x-api-key=sk-1234567&more=1",
        "https://files.example/out.mp4?X-Amz-Signature=sk-1234567&x=2",
        "the key sk-1234567 alone",
        "https://d.example/a.mp4?_jwt=sk-1234567",
        "https://s3.example/x?X-Amz-Credential=sk-1234567&X-Amz-Security-Token=sk-1234567&X-Amz-Signature=ab",
        "https://r2.example/x?X-Goog-Credential=sk-1234567&x=1",
        "https://storage.example/a?GoogleAccessId=sk-1234567&Signature=y",
        "HF_KEY=id:sk-1234567",
        "FAL_KEY: sk-1234567",
        "hf-secret: sk-1234567; x",
        "client_secret=sk-1234567",
        "RUNWAYML_API_SECRET=sk-1234567",
        "Authorization: Key idid:sk-1234567",
        "{'authorization': 'Key idid:sk-1234567', 'x': 1}",
        '{"authorization": "Bearer sk-1234567"}',
        "it came with Bearer sk-1234567 and was refused",
    ],
)
def test_what_is_shown_holds_no_secret(text: str) -> None:
    assert "sk-1234567" not in hidden(text, ["sk-1234567"] if "alone" in text else [])


def test_an_id_and_a_secret_are_hidden_alone_too_and_as_they_stand_in_addresses() -> None:
    for text in ("it is secret-half", "it is id-half-1:secret-half", "?k=id-half-1%3Asecret-half"):
        assert "secret-half" not in hidden(text, ["id-half-1:secret-half"])
    words = "The key: a fine one in C major. The monkey: sits in a secret garden."
    assert hidden(words, ["sk-1234567"]) == words


def test_lines_of_the_log_are_cleared(caplog: pytest.LogCaptureFixture) -> None:
    assert Keys(Ring(), {"A_KEY": "sk-1234567"}).find("A_KEY") == "sk-1234567"
    log = logging.getLogger("starcut-test")
    clearing = Hiding({"OTHER_API_KEY": "never-read-1"})
    log.addFilter(clearing)
    try:
        raise ValueError("refused sk-1234567")
    except ValueError:
        log.exception("sent with %s beside %s", "sk-1234567", "never-read-1")
    log.error("%d is no number", "odd")
    log.removeFilter(clearing)
    written = caplog.text + "".join(str(one.exc_text) for one in caplog.records)
    assert "sk-1234567" not in written
    assert "never-read-1" not in written


class Talkative(Ring):
    def get_password(self, service: str, name: str) -> str | None:
        logging.getLogger("starcut-test").error("asked for %s", name)
        return "sk-7654321"


def test_a_keyring_that_logs_while_it_is_asked_holds_nobody_up(caplog: pytest.LogCaptureFixture) -> None:
    root = logging.getLogger()
    before = {one: list(one.filters) for one in root.handlers}
    guard_log()
    try:
        assert Keys(Talkative(), {}).find("A_KEY") == "sk-7654321"
        logging.getLogger("starcut-test").error("it is sk-7654321")
    finally:
        for handler, filters in before.items():
            handler.filters = filters
    assert "sk-7654321" not in caplog.text
