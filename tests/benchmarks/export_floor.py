"""The least an export of the benchmark timeline can take here: decoding the frames it needs, and x264 fed from memory.

`python -m tests.benchmarks.export_floor PROJECT FILM CLIPS` composes all frames first (which is not measured), then decodes on
one thread and encodes on another with the export's own settings, both from nothing, and prints seconds of wall and CPU.
Takes 3 MB of memory for each frame: the form of four clips has 510.
"""

from __future__ import annotations

import sys
import threading
import time
from pathlib import Path

from effects.frame import Frame
from engines.media.reader import VideoReader
from engines.media.writer import MovieWriter
from engines.render.renderer import Renderer
from tests.benchmarks.export_project import LENGTH, RATE, SIZE, starts_of
from timeline.media import Media
from timeline.project import Saved
from timeline.project_file import load
from timeline.time import RationalTime


def main(project: Path, film: Path, clips: int) -> None:
    """Print `wall cpu`."""
    saved = load(project)
    frames = _composed(saved)
    wall, cpu = time.perf_counter(), time.process_time()
    decoding = threading.Thread(target=_decode, args=(saved, clips))
    decoding.start()
    with MovieWriter(film, width=SIZE[0], height=SIZE[1], rate=RATE, with_audio=False) as writer:
        for frame in frames:
            writer.write_frame(frame)
    decoding.join()
    print(time.perf_counter() - wall, time.process_time() - cpu)  # noqa: T201 - the program's answer


def _composed(saved: Saved) -> list[Frame]:
    renderer = Renderer(strict=True, kept_bytes=0)
    sequence = saved.project.sequences[0]
    found = []
    for number in range(sequence.duration_frames):
        at = RationalTime.from_frames(number, RATE)
        frame = renderer.frame(saved.project, saved.library, sequence.id, at, SIZE)
        found.append(Frame(tuple(plane.copy() for plane in frame.planes)))
    renderer.close()
    return found


def _decode(saved: Saved, clips: int) -> None:
    """Every frame that is seen, once."""
    films: dict[str, Media] = {Path(media.path).name: media for media in saved.library.media.values()}
    readers: dict[str, VideoReader] = {}
    for place, start in enumerate(starts_of(clips)):
        name = f"{'abcd'[place % 4]}.mp4"
        reader = readers.get(name) or readers.setdefault(name, VideoReader(films[name]))
        for number in range(start, start + LENGTH):
            reader.frame_at(RationalTime.from_frames(number, RATE), SIZE)
    for reader in readers.values():
        reader.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
