"""Films are written exact to the frame and to the sample, with their facts, wholly or not at all."""

from __future__ import annotations

import errno
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import av
import av.logging
import numpy as np
import pytest

from effects.frame import Frame, black
from engines.errors import ExportError
from engines.media.audio_reader import AudioReader
from engines.media.inspection import probe_here
from engines.media.reader import VideoReader
from engines.media.sound_stream import SoundStream
from engines.media.writer import MovieWriter, unwritable, write_wav
from tests.engines.media.footage import counter, read_counter, tone
from timeline.time import RATES, RationalTime

pytestmark = pytest.mark.media


def numbered(number: int, width: int = 160, height: int = 90) -> Frame:
    half = (height // 2, width // 2)
    return Frame((counter(number, width, height), np.full(half, 110, np.uint8), np.full(half, 150, np.uint8)))


def write(path: Path, rate: Fraction, count: int, samples: np.ndarray | None = None, preset: str = "ultrafast") -> Path:
    with MovieWriter(path, width=160, height=90, rate=rate, preset=preset, crf=16) as writer:
        for number in range(count):
            writer.write_frame(numbered(number))
            if samples is not None:
                first, last = (int(n / rate * 48000) for n in (number, number + 1))
                writer.write_samples(samples[first:last])
    return path


@pytest.mark.parametrize("count", [1, 2, 61])
@pytest.mark.parametrize("rate", [*RATES, Fraction(12), Fraction(15)])
def test_a_film_has_its_frames_and_its_length_exactly(tmp_path: Path, rate: Fraction, count: int) -> None:
    path = write(tmp_path / "film.mp4", rate, count, tone(6))
    media = probe_here(path)
    assert media.rate == rate
    assert not media.variable_rate
    assert media.duration == RationalTime.from_frames(count, rate)
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        assert stream.duration is not None
        assert stream.time_base is not None
        assert stream.duration * stream.time_base == count / rate
        assert stream.frames == count
        times = [frame.pts for frame in container.decode(stream)]
        assert [(pts or 0) * stream.time_base for pts in times] == [n / rate for n in range(count)]
    sound = SoundStream(str(path))
    assert sound.first_position() == 0
    assert sound.end_position() == round(count / rate * 48000)
    sound.close()


def test_each_frame_and_each_sample_is_where_it_was_put(tmp_path: Path) -> None:
    samples = tone(2.5)
    rate = Fraction(30000, 1001)
    media = probe_here(write(tmp_path / "film.mp4", rate, 60, samples))
    reader = VideoReader(media)
    assert [read_counter(reader.frame_at(RationalTime.from_frames(n, rate)).planes[0]) for n in range(60)] == list(
        range(60)
    )
    heard = AudioReader(media).read(0, 96096)
    assert np.abs(heard - samples[:96096])[:-1024].mean() < 0.01
    frame = reader.frame_at(RationalTime.from_frames(7, rate))
    assert [int(plane[40, 70]) for plane in frame.planes[1:]] == [110, 150]


def test_the_file_says_its_colours_and_begins_with_its_index(tmp_path: Path) -> None:
    path = write(tmp_path / "film.mp4", Fraction(25), 10, tone(1), "veryfast")
    data = path.read_bytes()
    assert 0 < data.index(b"moov") < data.index(b"mdat")
    assert b"colrnclx\x00\x01\x00\x01\x00\x01" in data
    with av.open(str(path)) as container:
        video, audio = container.streams.video[0], container.streams.audio[0]
        frame = next(container.decode(video))
        assert (frame.colorspace, frame.color_primaries, frame.color_trc, frame.color_range) == (1, 1, 1, 1)
        assert (video.codec_context.name, video.profile, video.codec_context.pix_fmt) == ("h264", "High", "yuv420p")
        assert video.sample_aspect_ratio in (None, 1)
        assert (audio.codec_context.name, audio.codec_context.sample_rate, audio.codec_context.channels) == (
            "aac",
            48000,
            2,
        )


def test_decoding_a_film_gives_no_warning(tmp_path: Path) -> None:
    path = write(tmp_path / "film.mp4", Fraction(24000, 1001), 50, tone(3))
    av.logging.set_level(av.logging.WARNING)
    try:
        with av.logging.Capture() as said, av.open(str(path)) as container:
            counts = {"video": 0, "audio": 0}
            for packet in container.demux():
                counts[packet.stream.type] += len(packet.decode())
    finally:
        av.logging.set_level(None)
    assert said == []
    assert counts["video"] == 50


def test_missing_sound_becomes_silence_and_too_much_is_cut_off(tmp_path: Path) -> None:
    for name, given in (("short.mp4", tone(0.5)), ("long.mp4", tone(9)), ("none.mp4", np.zeros((0, 2), np.float32))):
        with MovieWriter(tmp_path / name, width=160, height=90, rate=Fraction(25), preset="ultrafast") as writer:
            writer.write_samples(given)
            for number in range(50):
                writer.write_frame(numbered(number))
        sound = SoundStream(str(tmp_path / name))
        assert sound.end_position() == 96000


def test_a_film_without_sound_has_no_sound_stream(tmp_path: Path) -> None:
    with MovieWriter(tmp_path / "mute.mp4", width=160, height=90, rate=Fraction(25), with_audio=False) as writer:
        writer.write_frame(numbered(0))
        writer.write_samples(tone(1))
    media = probe_here(tmp_path / "mute.mp4")
    assert (media.has_video, media.has_audio) == (True, False)


def test_frames_may_be_views_of_larger_arrays(tmp_path: Path) -> None:
    big = np.zeros((200, 400), np.uint8)
    big[50:140, 100:260] = counter(9)
    chroma = np.full((45, 80), 128, np.uint8)
    with MovieWriter(tmp_path / "film.mp4", width=160, height=90, rate=Fraction(25), with_audio=False) as writer:
        writer.write_frame(Frame((big[50:140, 100:260], chroma, chroma)))
    assert read_counter(VideoReader(probe_here(tmp_path / "film.mp4")).frame_at(RationalTime(0)).planes[0]) == 9


@pytest.mark.parametrize("size", [(161, 90), (160, 91), (0, 90)])
def test_odd_sizes_are_refused(tmp_path: Path, size: tuple[int, int]) -> None:
    with pytest.raises(ExportError, match="both numbers must be even"):
        MovieWriter(tmp_path / "film.mp4", width=size[0], height=size[1], rate=Fraction(25))
    assert list(tmp_path.iterdir()) == []


def test_a_frame_of_another_size_is_a_fault_of_the_caller_and_leaves_no_file(tmp_path: Path) -> None:
    writing = MovieWriter(tmp_path / "film.mp4", width=160, height=90, rate=Fraction(25))
    with pytest.raises(ValueError, match="does not fit"), writing as writer:
        writer.write_frame(black(80, 45))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("seconds", "expected"), [(0.5, 4), (2.0, 1)])
def test_key_frames_stand_as_near_as_asked(tmp_path: Path, seconds: float, expected: int) -> None:
    path = tmp_path / "film.mp4"
    with MovieWriter(path, width=160, height=90, rate=Fraction(24), key_frame_seconds=seconds) as writer:
        for _ in range(48):
            writer.write_frame(black(160, 90))
    with av.open(str(path)) as container:
        assert sum(packet.is_keyframe for packet in container.demux(video=0) if packet.size) == expected


def test_an_aborted_film_is_deleted(tmp_path: Path) -> None:
    writer = MovieWriter(tmp_path / "film.mp4", width=160, height=90, rate=Fraction(25))
    writer.write_frame(numbered(0))
    writer.abort()
    writer.abort()
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"folder “.*nowhere” does not exist"):
        MovieWriter(tmp_path / "nowhere" / "film.mp4", width=160, height=90, rate=Fraction(25))
    with pytest.raises(ExportError, match=r"folder “.*nowhere” does not exist"):
        write_wav(tmp_path / "nowhere" / "sound.wav", tone(0.1))


@pytest.mark.parametrize(
    ("number", "words"),
    [(errno.ENOSPC, "disk is full"), (errno.EROFS, "may not be written"), (errno.EIO, "could not be written")],
)
def test_errors_of_the_disk_become_sentences(number: int, words: str) -> None:
    assert words in unwritable(Path("/films/film.mp4"), OSError(number, "no")).message


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit for the size of a file")
def test_a_disk_that_takes_no_more_ends_in_a_sentence_and_no_file(tmp_path: Path) -> None:
    """A limit for the size of a file stands in for the full disk: the same path through writing, another number."""
    program = f"""
import resource, signal, sys
sys.path[:0] = {sys.path!r}
import numpy as np
from fractions import Fraction
from effects.frame import Frame
from engines.errors import ExportError
from engines.media.writer import MovieWriter
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, 30_000))
noise = np.random.default_rng(1)
try:
    with MovieWriter({str(tmp_path / "film.mp4")!r}, width=160, height=90, rate=Fraction(25), crf=1) as writer:
        for _ in range(60):
            writer.write_frame(Frame(tuple(noise.integers(0, 255, s, np.uint8) for s in ((90, 160), (45, 80), (45, 80)))))
except ExportError as error:
    print(error.message)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=False)
    assert "“film.mp4” grew larger than this disk allows" in done.stdout, done.stderr
    assert list(tmp_path.iterdir()) == []


def test_untouched_pictures_are_encoded_uncopied_and_just_as_copied_ones(tmp_path: Path) -> None:
    source = probe_here(write(tmp_path / "source.mp4", Fraction(25), 30))
    reader = VideoReader(source)
    given = [reader.frame_at(RationalTime.from_frames(max(number - 1, 0), Fraction(25))) for number in range(25)]
    films = []
    for name, frames in (("uncopied", given), ("copied", [Frame(frame.planes) for frame in given])):
        assert ("picture" in frames[0].derived) is (name == "uncopied")
        with MovieWriter(tmp_path / f"{name}.mp4", width=160, height=90, rate=Fraction(30), crf=16) as writer:
            for frame in frames:
                writer.write_frame(frame)
        films.append((tmp_path / f"{name}.mp4").read_bytes())
    reader.close()
    assert films[0] == films[1]
