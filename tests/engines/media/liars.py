"""Files that lie: each is made by hand to say something about itself that is not so, or to hold what files should not."""

from __future__ import annotations

import random
import struct
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np

from tests.engines.media.footage import make_film, make_sound, picture, tone

RATE = Fraction(25)
X264 = {"preset": "veryfast", "crf": "18", "g": "12", "bf": "2"}
_CUES = b"\x1c\x53\xbb\x6b"
_VOID = b"\xec"


LIARS: list[Callable[[Path], Path]] = []
"""Each writes its file into a folder and returns its path."""


def liar(make: Callable[[Path], Path]) -> Callable[[Path], Path]:
    """Enter a file among LIARS."""
    LIARS.append(make)
    return make


def film(path: Path, count: int = 75, **changes: Any) -> Path:
    """An honest film of 3 s with sound, to be spoilt."""
    facts: dict[str, Any] = {"options": X264, "sound": tone(count / 25), "sound_codec": "aac", **changes}
    if path.suffix == ".avi":
        facts = {**facts, "codec": "mpeg4", "options": {"g": "12", "qscale": "2"}, "sound_codec": "pcm_s16le"}
    return make_film(path, count=count, **facts)


def honest(folder: Path, suffix: str = "mp4", **changes: Any) -> Path:
    """The film a liar is made of."""
    return film(folder / f"honest.{suffix}", **changes)


def edited(path: Path, change: Callable[[bytearray], bytes | bytearray | None]) -> Path:
    """Change the bytes of a file."""
    data = bytearray(path.read_bytes())
    result = change(data)
    path.write_bytes(data if result is None else result)
    return path


def boxes(data: bytes | bytearray, kind: bytes) -> list[int]:
    """Where boxes of an MP4 begin (their length field)."""
    found, at = [], data.find(kind)
    while at >= 0:
        found.append(at - 4)
        at = data.find(kind, at + 1)
    return found


def stretch_mp4(data: bytearray, times: int) -> None:
    """Let the header of an MP4 say that it lasts so many times as long."""
    for kind, at in ((b"mvhd", 24), (b"tkhd", 28), (b"mdhd", 24)):
        for box in boxes(data, kind):
            (length,) = struct.unpack_from(">I", data, box + at)
            struct.pack_into(">I", data, box + at, length * times)


# --- what they say of their length -------------------------------------------------------------------------------------


@liar
def mp4_that_claims_ten_times_its_length(folder: Path) -> Path:
    return edited(film(folder / "long.mp4"), lambda data: stretch_mp4(data, 10))


@liar
def mkv_that_claims_an_hour(folder: Path) -> Path:
    def lie(data: bytearray) -> None:
        at = data.index(b"\x44\x89\x88")  # Duration, 8 bytes
        struct.pack_into(">d", data, at + 3, 3_600_000.0)

    return edited(film(folder / "hour.mkv"), lie)


@liar
def avi_that_claims_a_million_frames(folder: Path) -> Path:
    def lie(data: bytearray) -> None:
        struct.pack_into("<I", data, data.index(b"avih") + 8 + 16, 1_000_000)
        struct.pack_into("<I", data, data.index(b"strh") + 8 + 32, 1_000_000)

    return edited(film(folder / "million.avi"), lie)


@liar
def wav_that_claims_no_length(folder: Path) -> Path:
    def lie(data: bytearray) -> None:
        struct.pack_into("<I", data, data.index(b"data") + 4, 0xFFFFFFFF)
        struct.pack_into("<I", data, 4, 0xFFFFFFFF)

    return edited(make_sound(folder / "endless.wav", "pcm_s16le", tone(2)), lie)


@liar
def wav_that_claims_to_be_empty(folder: Path) -> Path:
    def lie(data: bytearray) -> None:
        struct.pack_into("<I", data, data.index(b"data") + 4, 0)
        struct.pack_into("<I", data, 4, 0)

    return edited(make_sound(folder / "empty.wav", "pcm_s16le", tone(2)), lie)


# --- without an index, cut off -----------------------------------------------------------------------------------------


@liar
def avi_without_its_index(folder: Path) -> Path:
    return edited(film(folder / "noindex.avi"), lambda data: data[: data.rindex(b"idx1")])


@liar
def mkv_without_cues(folder: Path) -> Path:
    def lie(data: bytearray) -> None:
        at = data.rindex(_CUES)
        data[at : at + 4] = b"\xec\x4f\xff\xff"  # a void element of any length: the rest of the file
        del data[at:]

    return edited(film(folder / "nocues.mkv"), lie)


@liar
def mp4_in_fragments_cut_off(folder: Path) -> Path:
    path = film(folder / "fragments.mp4", container_options={"movflags": "frag_keyframe+empty_moov+default_base_moof"})
    return edited(path, lambda data: data[: len(data) * 3 // 5])


@liar
def mkv_cut_off(folder: Path) -> Path:
    return edited(film(folder / "cut.mkv"), lambda data: data[: len(data) // 2])


@liar
def ts_cut_off_inside_a_packet(folder: Path) -> Path:
    return edited(film(folder / "cut.ts"), lambda data: data[: len(data) // 2 + 77])


@liar
def mp4_cut_off_behind_its_index(folder: Path) -> Path:
    path = film(folder / "cut.mp4", container_options={"movflags": "+faststart"})
    return edited(path, lambda data: data[: len(data) // 2])


@liar
def flac_cut_off(folder: Path) -> Path:
    return edited(make_sound(folder / "cut.flac", "flac", tone(3)), lambda data: data[: len(data) // 2])


# --- damage in the middle ----------------------------------------------------------------------------------------------


def _spoilt(data: bytearray, first: float = 0.4, last: float = 0.5, seed: int = 1) -> None:
    begin, end = int(len(data) * first), int(len(data) * last)
    data[begin:end] = random.Random(seed).randbytes(end - begin)


@liar
def mp4_with_broken_packets(folder: Path) -> Path:
    return edited(film(folder / "broken.mp4"), _spoilt)


@liar
def mkv_with_broken_packets(folder: Path) -> Path:
    return edited(film(folder / "broken.mkv"), _spoilt)


@liar
def ts_with_broken_packets(folder: Path) -> Path:
    return edited(film(folder / "broken.ts"), _spoilt)


@liar
def avi_with_broken_packets(folder: Path) -> Path:
    return edited(film(folder / "broken.avi"), _spoilt)


@liar
def webm_with_broken_packets(folder: Path) -> Path:
    options = {"deadline": "realtime", "cpu-used": "8", "g": "20", "crf": "20", "b": "0"}
    path = film(folder / "broken.webm", codec="libvpx-vp9", options=options, sound_codec="libopus")
    return edited(path, _spoilt)


@liar
def mp3_with_a_hole(folder: Path) -> Path:
    return edited(make_sound(folder / "hole.mp3", "libmp3lame", tone(4)), _spoilt)


# --- timestamps --------------------------------------------------------------------------------------------------------


@liar
def ts_of_two_recordings_in_a_row(folder: Path) -> Path:
    """The clock begins again in the middle."""
    one, two = film(folder / "one.ts", 50), film(folder / "two.ts", 40)
    path = folder / "twice.ts"
    path.write_bytes(one.read_bytes() + two.read_bytes())
    return path


@liar
def ts_whose_clock_turns_over(folder: Path) -> Path:
    """33 bits at 90 kHz: after 26.5 hours a recorder's clock begins again at 0."""
    options = {"output_ts_offset": "95442.2", "avoid_negative_ts": "disabled"}
    return film(folder / "turn.ts", 100, container_options=options)


@liar
def mkv_that_jumps_an_hour_ahead(folder: Path) -> Path:
    times = (*range(40), *range(90_000, 90_035))
    return make_film(folder / "jump.mkv", count=75, times=times, options=X264)


@liar
def mp4_that_jumps_a_minute_ahead(folder: Path) -> Path:
    times = (*range(40), *range(1540, 1575))
    return make_film(folder / "jump.mp4", count=75, times=times, options=X264)


@liar
def mkv_with_negative_times(folder: Path) -> Path:
    return make_film(
        folder / "negative.mkv",
        count=75,
        times=tuple(range(-20, 55)),
        options=X264,
        container_options={"avoid_negative_ts": "disabled"},
    )


def remuxed(source: Path, target: Path, change: Callable[[int, Any], Any], **options: str) -> Path:
    """Copy the packets of a film; `change(number, packet)` returns the packet, changed, or None to leave it out."""
    with av.open(str(source)) as old, av.open(str(target), "w", options=options) as new:
        streams = {one.index: new.add_stream_from_template(one) for one in old.streams}
        for number, packet in enumerate(old.demux()):
            if not packet.size:
                continue
            kept = change(number, packet)
            if kept is not None:
                kept.stream = streams[packet.stream.index]
                new.mux_one(kept)
    return target


@liar
def mkv_with_equal_times(folder: Path) -> Path:
    """Four pictures each share one timestamp."""

    def lie(number: int, packet: Any) -> Any:
        packet.pts = packet.pts // 160 * 160
        packet.dts = packet.pts
        return packet

    source = make_film(folder / "plain.mkv", count=75, codec="mjpeg", pix_fmt="yuvj420p", options={"qscale": "2"})
    return remuxed(source, folder / "equal.mkv", lie)


@liar
def mkv_without_times_in_the_middle(folder: Path) -> Path:
    """A third of the packets is lost."""
    return remuxed(
        honest(folder, "mkv"), folder / "lost.mkv", lambda number, packet: None if 60 <= number < 120 else packet
    )


# --- streams -----------------------------------------------------------------------------------------------------------


def late_sound(folder: Path, suffix: str) -> Path:
    return film(folder / f"late_sound.{suffix}", 100, sound=tone(2), sound_delay=Fraction(2))


@liar
def late_sound_mp4(folder: Path) -> Path:
    return late_sound(folder, "mp4")


@liar
def late_sound_mkv(folder: Path) -> Path:
    return late_sound(folder, "mkv")


@liar
def late_sound_ts(folder: Path) -> Path:
    return late_sound(folder, "ts")


def late_picture(folder: Path, suffix: str) -> Path:
    return film(folder / f"late_picture.{suffix}", 50, times=tuple(range(50, 100)), sound=tone(4))


@liar
def late_picture_mkv(folder: Path) -> Path:
    return late_picture(folder, "mkv")


@liar
def late_picture_mp4(folder: Path) -> Path:
    return late_picture(folder, "mp4")


@liar
def late_picture_ts(folder: Path) -> Path:
    return late_picture(folder, "ts")


@liar
def sound_without_any_picture_of_its_video(folder: Path) -> Path:
    def lie(number: int, packet: Any) -> Any:
        return packet if packet.stream.type == "audio" else None

    return remuxed(honest(folder, "mkv"), folder / "no_frames.mkv", lie)


@liar
def picture_without_any_sound_of_its_audio(folder: Path) -> Path:
    def lie(number: int, packet: Any) -> Any:
        return packet if packet.stream.type == "video" else None

    return remuxed(honest(folder, "mkv"), folder / "no_sound.mkv", lie)


@liar
def mkv_with_a_hole_in_its_sound(folder: Path) -> Path:
    def lie(number: int, packet: Any) -> Any:
        gone = packet.stream.type == "audio" and 1 <= packet.pts * packet.time_base < 2
        return None if gone else packet

    return remuxed(honest(folder, "mkv"), folder / "gaps.mkv", lie)


@liar
def mp4_with_a_hole_in_its_sound(folder: Path) -> Path:
    def lie(number: int, packet: Any) -> Any:
        gone = packet.stream.type == "audio" and 1 <= packet.pts * packet.time_base < 2
        return None if gone else packet

    return remuxed(honest(folder, "mp4"), folder / "gaps.mp4", lie)


@liar
def mkv_with_ninety_tracks(folder: Path) -> Path:
    path = folder / "ninety.mkv"
    with av.open(str(path), "w") as container:
        pictures: list[Any] = [container.add_stream("mjpeg", rate=25) for _ in range(30)]
        sounds: list[Any] = [container.add_stream("pcm_s16le", rate=48000) for _ in range(60)]
        for stream in pictures:
            stream.width, stream.height, stream.pix_fmt = 160, 90, "yuvj420p"
        silence = av.AudioFrame.from_ndarray(np.zeros((1, 1920 * 2), np.int16), format="s16", layout="stereo")
        silence.sample_rate, silence.time_base = 48000, Fraction(1, 48000)
        for number in range(10):
            for stream in pictures:
                frame = picture(number, pix_fmt="yuvj420p")
                frame.pts, frame.time_base = number, Fraction(1, 25)
                container.mux(stream.encode(frame))
            for stream in sounds:
                silence.pts = number * 1920
                container.mux(stream.encode(silence))
        for stream in (*pictures, *sounds):
            container.mux(stream.encode(None))
    return path


# --- what changes midway -----------------------------------------------------------------------------------------------


def joined(folder: Path, name: str, *parts: Path) -> Path:
    path = folder / name
    path.write_bytes(b"".join(part.read_bytes() for part in parts))
    return path


@liar
def ts_that_changes_its_size(folder: Path) -> Path:
    later = {"output_ts_offset": "2"}
    one = make_film(folder / "one.ts", count=50, options=X264)
    two = make_film(folder / "two.ts", count=50, options=X264, size=(320, 180), container_options=later)
    return joined(folder, "sizes.ts", one, two)


@liar
def aac_that_changes_its_rate(folder: Path) -> Path:
    return joined(
        folder,
        "rates.aac",
        make_sound(folder / "one.aac", "aac", tone(2, 44100), 44100),
        make_sound(folder / "two.aac", "aac", tone(2, 48000), 48000),
    )


@liar
def aac_that_changes_its_channels(folder: Path) -> Path:
    return joined(
        folder,
        "channels.aac",
        make_sound(folder / "one.aac", "aac", tone(2, channels=1), 48000, "mono"),
        make_sound(folder / "two.aac", "aac", tone(2), 48000),
    )


@liar
def mp3_that_changes_its_rate(folder: Path) -> Path:
    return joined(
        folder,
        "rates.mp3",
        make_sound(folder / "one.mp3", "libmp3lame", tone(2, 44100), 44100),
        make_sound(folder / "two.mp3", "libmp3lame", tone(2, 22050, 1), 22050, "mono"),
    )


# --- sizes -------------------------------------------------------------------------------------------------------------


def still(folder: Path, name: str, width: int, height: int, pix_fmt: str = "gray") -> Path:
    path = folder / name
    with av.open(str(path), "w", format="image2", options={"update": "1"}) as container:
        stream: Any = container.add_stream("mjpeg" if path.suffix == ".jpg" else "png", rate=1)
        stream.width, stream.height, stream.pix_fmt = width, height, pix_fmt
        frame = av.VideoFrame(width, height, pix_fmt)
        for plane in frame.planes:
            np.frombuffer(plane, np.uint8)[:] = 180
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


@liar
def picture_of_one_pixel(folder: Path) -> Path:
    return still(folder, "pixel.png", 1, 1)


@liar
def picture_of_16k(folder: Path) -> Path:
    return still(folder, "huge.jpg", 15360, 8640, "yuvj420p")


def film_of(folder: Path, name: str, width: int, height: int, codec: str = "ffv1", pix_fmt: str = "yuv420p") -> Path:
    path = folder / name
    with av.open(str(path), "w") as container:
        stream: Any = container.add_stream(codec, rate=25)
        stream.width, stream.height, stream.pix_fmt = width, height, pix_fmt
        for number in range(5):
            frame = av.VideoFrame(width, height, pix_fmt)
            for plane in frame.planes:
                np.frombuffer(plane, np.uint8)[:] = 120
            frame.pts, frame.time_base = number, Fraction(1, 25)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


@liar
def film_of_one_pixel(folder: Path) -> Path:
    return film_of(folder, "pixel.mkv", 1, 1)


@liar
def film_of_a_line(folder: Path) -> Path:
    return film_of(folder, "line.mkv", 16384, 1)


@liar
def film_of_16k(folder: Path) -> Path:
    return film_of(folder, "huge.mkv", 15360, 64, "mjpeg", "yuvj420p")
