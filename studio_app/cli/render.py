"""starcut render PROJECT -o FILE: a film of a sequence. The window's exports run this in a process of their own."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from engines.export.base import Progress
from engines.export.deliver import export
from engines.export.presets import (
    KEY_FRAME_SECONDS,
    SELDOM_SECONDS,
    SOFTWARE_ENCODER,
    Mp4Preset,
    Preset,
    preset_named,
    presets,
)
from engines.export.smart import SmartReport
from engines.media.trial import Trials, guard_with
from engines.render.footage import StandIns, originals_only
from studio_app.cli.console import JSON_HELP, Console
from studio_app.cli.target import inputs_of, target_file
from studio_app.services.paths import user_paths
from timeline.errors import ProjectFileError
from timeline.project import Saved
from timeline.project_file import load
from timeline.sequence import Sequence
from timeline.time import ZERO, RationalTime, TimeRange


def add(commands: Any) -> None:
    """The command's words."""
    parser = commands.add_parser("render", help="render a project's sequence to a film")
    parser.add_argument("project", metavar="PROJECT", help="a .starcut file")
    parser.add_argument(
        "-o", "--output", metavar="FILE", required=True, help="the film, ending like its preset: .mp4 or .wav"
    )
    parser.add_argument(
        "--preset", default="match_sequence", choices=sorted(presets()), help="size and quality (match_sequence)"
    )
    parser.add_argument("--sequence", default="", help="name or id; the first one if left out")
    add_smart(parser)
    parser.add_argument(
        "--encoder",
        default=SOFTWARE_ENCODER,
        metavar="DEVICE",
        help="software (x264), or a device that “starcut hardware” names; where it fails, software takes over",
    )
    parser.add_argument(
        "--draft", action="store_true", help="read the window's proxies where there are any: quick, soft"
    )
    add_burn_in(parser)
    add_key_frames(parser)
    parser.add_argument("--in", dest="mark_in", default="", help=argparse.SUPPRESS)
    parser.add_argument("--out", dest="mark_out", default="", help=argparse.SUPPRESS)
    parser.add_argument("--stop-on-eof", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--json", action="store_true", help=JSON_HELP)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, console: Console) -> int:
    """Render and say where the film is."""
    saved = load(Path(options.project))
    sequence = sequence_named(saved, options.sequence)
    target = target_file(options.output, (preset_named(options.preset).suffix,), inputs_of(saved, options.project))
    preset = preset_with(options.preset, options.smart, options.encoder, burn_in=options.burn_in)
    preset = with_key_frames(preset, options.key_frames)
    guard_with(Trials(user_paths().trials, makes=False))  # what killed a process before is drawn as a card
    stand_in = _proxies() if options.draft else originals_only
    render(saved, sequence, target, preset, console, _marked(options, sequence), stand_in)
    return 0


def _proxies() -> StandIns:
    from studio_app.services.proxy_entry import proxies_in  # late: few films are drafts

    return proxies_in(user_paths().proxies)


def add_smart(parser: argparse.ArgumentParser) -> None:
    """The switch of smart render."""
    parser.add_argument(
        "--smart",
        action=argparse.BooleanOptionalAction,
        default=True,
        help="copy untouched footage of the film's own format bit for bit instead of coding it again (on)",
    )


def add_burn_in(parser: argparse.ArgumentParser) -> None:
    """The switch of review films."""
    parser.add_argument(
        "--burn-in", action="store_true", help="write record timecode and clip name into the picture, for review"
    )


def add_key_frames(parser: argparse.ArgumentParser) -> None:
    """How far key frames are apart."""
    parser.add_argument(
        "--key-frames",
        type=_key_frame_seconds,
        default=KEY_FRAME_SECONDS,
        metavar="SECONDS",
        help=f"from one key frame to the next at most ({KEY_FRAME_SECONDS:g}); more is smaller and slower to seek in",
    )


def _key_frame_seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0.1 <= seconds <= SELDOM_SECONDS:
        raise argparse.ArgumentTypeError(f"{text} is not between 0.1 and {SELDOM_SECONDS:g} seconds")
    return seconds


def with_key_frames(preset: Preset, seconds: float) -> Preset:
    """A film's preset with key frames so far apart; what is no film stays as it is."""
    return preset.model_copy(update={"key_frames": seconds}) if isinstance(preset, Mp4Preset) else preset


def preset_with(name: str, smart: bool, encoder: str = SOFTWARE_ENCODER, *, burn_in: bool = False) -> Preset:
    """A ready-made preset, with smart render or without, encoded by a device, timecode written in. Raises ExportError."""
    preset = preset_named(name)
    changes = {"copy_untouched": smart, "encoder": encoder, "burn_in": burn_in}
    return preset.model_copy(update=changes) if isinstance(preset, Mp4Preset) else preset


def render(
    saved: Saved,
    sequence: Sequence,
    target: Path,
    preset: Preset | str,
    console: Console,
    marked: TimeRange | None = None,
    stand_in: StandIns = originals_only,
) -> None:
    """Export with progress on the console; says how much of a film was copied."""
    reports: list[SmartReport] = []

    def told(at: Progress) -> None:
        console.progress(
            target.name,
            at.done_frames / max(at.total_frames, 1),
            done=at.done_frames,
            total=at.total_frames,
            fps=at.fps,
        )

    lacks = export(
        saved.project,
        saved.library,
        sequence.id,
        target,
        preset,
        progress=told,
        check=console.check,
        marked=marked,
        told=reports.append,
        stand_in=stand_in,
    )
    console.progress(target.name, 1.0)
    console.close()
    for note in lacks:
        console.say(f"  {note}", note=note)
    facts = {"event": "done", "file": str(target), "bytes": target.stat().st_size, "notes": list(lacks)}
    for report in reports:
        facts["smart"] = report.facts()
        if not report.is_off:
            console.say(f"  {report.sentence}", smart=report.facts())
    console.result(facts, f"{target} is ready and was read back.")


def sequence_named(saved: Saved, name: str) -> Sequence:
    """The sequence by id or name; the first one for an empty name."""
    if not name:
        return saved.project.sequences[0]
    for one in saved.project.sequences:
        if name in (one.id, one.name):
            return one
    names = ", ".join(one.name for one in saved.project.sequences)
    raise ProjectFileError(f"There is no sequence called {name}. The project has: {names}.")


def _marked(options: argparse.Namespace, sequence: Sequence) -> TimeRange | None:
    if not options.mark_in and not options.mark_out:
        return None
    try:
        start = RationalTime.parse(options.mark_in) if options.mark_in else ZERO
        end = RationalTime.parse(options.mark_out) if options.mark_out else sequence.duration
    except (ValueError, ZeroDivisionError) as error:
        raise ProjectFileError("In and out are exact seconds such as 12 or 1001/24.") from error
    return TimeRange.between(start, end)
