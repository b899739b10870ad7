"""Devices are tried before they are used, and a film goes on unharmed when one fails. No real device is needed here."""

from __future__ import annotations

import sys

import pytest

from engines.media.hardware import DEVICES, DeviceDecoding
from engines.media.hardware_trial import try_device
from engines.media.probe import probe_here
from engines.media.reader import VideoReader
from tests.engines.media.fake_devices import FakeDevice
from tests.engines.media.footage import make_film, read_counter
from timeline.media import Media
from timeline.time import RationalTime

pytestmark = pytest.mark.media

KINDS = {
    "closed": {"preset": "veryfast", "g": "12", "bf": "3"},
    "open": {"preset": "veryfast", "x264-params": "open-gop=1:keyint=12:min-keyint=12:bframes=3:b-adapt=0:scenecut=0"},
    "intra": {"preset": "veryfast", "g": "1"},
}


@pytest.fixture(scope="module", params=list(KINDS))
def film(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Media:
    """60 numbered pictures, large enough for a device."""
    path = tmp_path_factory.mktemp("film") / "film.mp4"
    make_film(path, count=60, size=(1280, 720), options=KINDS[request.param])
    return probe_here(path)


@pytest.mark.parametrize("mode", ["", "fail", "lost", "twice", "refuse"])
@pytest.mark.parametrize("order", ["on", "back", "about"])
def test_a_film_is_the_same_whatever_the_device_does(film: Media, mode: str, order: str) -> None:
    failed: list[str] = []
    device = FakeDevice(mode=mode)
    decoding = DeviceDecoding(lambda which, why: failed.append(which.id))
    decoding.use(device)
    reader = VideoReader(film, decoding)
    frames = {
        "on": list(range(60)),
        "back": list(range(59, 0, -3)),
        "about": [0, 40, 41, 42, 5, 30, 31, 59, 58, 3, 29, 12, 13, 14, 15, 16, 17, 18, 36],
    }[order]
    for number in frames:
        frame = reader.frame_at(RationalTime(number, 25))
        assert read_counter(frame.planes[0], 1280) == number
    reader.close()
    assert bool(device.opened) == (mode != "refuse")
    if order == "on":
        assert failed == (["fake"] if mode in ("fail", "lost", "twice") else [])
        assert (decoding.device is None) == bool(failed)  # and it is not asked again


@pytest.mark.parametrize(
    ("mode", "decoding", "encoding"),
    [
        ("", "", ""),
        ("absent", "There is none.", "There is none."),
        ("refuse", "cannot be opened: no free session", ""),
        ("fail", "Decoding failed", "Encoding failed"),
        ("wrong", "picture 0 in the place of 20", "is wrong (28 dB)"),
        ("lost", "47 pictures of 48", ""),
        ("crash", "The driver crashed", "The driver crashed"),
        ("hang", "the driver hangs", "the driver hangs"),
    ],
)
@pytest.mark.slow
def test_the_trial_tells_right_pictures_from_all_others(mode: str, decoding: str, encoding: str) -> None:
    trial = try_device(FakeDevice(mode=mode), limit=2.5 if mode == "hang" else 60)
    for fault, wanted in ((trial.decoding_fault, decoding), (trial.encoding_fault, encoding)):
        assert wanted in fault
        assert bool(fault) == bool(wanted)
    if mode == "":
        assert trial.decoding_fps > 0
        assert trial.encoding_fps > 0


def test_devices_of_other_systems_are_not_tried() -> None:
    elsewhere = [one for one in DEVICES if not sys.platform.startswith(one.systems)]
    assert elsewhere
    assert {one.why_not() for one in elsewhere} == {"Not for this system."}
