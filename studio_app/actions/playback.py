"""Play, shuttle, step, jump."""

from __future__ import annotations

from studio_app.actions.registry import Run, action
from studio_app.session.session import Session
from studio_app.session.transport import SLOW
from timeline.query import range_of
from timeline.time import ZERO, RationalTime


@action("playback.toggle", "Play or pause", "Space", menu="playback", icon="play")
def toggle(session: Session) -> None:
    """Play from the playhead, or stop."""
    session.stage.toggle()


@action("playback.back", "Shuttle back", "J", menu="playback")
def shuttle_back(session: Session) -> None:
    """Play backwards; again: faster."""
    session.active.shuttle(-1)


@action("playback.stop", "Stop", "K", menu="playback")
def stop(session: Session) -> None:
    """Stop where the playhead is."""
    session.active.pause()


@action("playback.forward", "Shuttle forward", "L", menu="playback")
def shuttle_forward(session: Session) -> None:
    """Play forwards; again: faster."""
    session.active.shuttle(1)


@action("playback.step_back", "Step back", "Left", menu="playback", group=1, icon="step-back", repeats=True)
def step_back(session: Session) -> None:
    """One frame back."""
    session.stage.step(-1)


@action("playback.step_forward", "Step forward", "Right", menu="playback", group=1, icon="step-forward", repeats=True)
def step_forward(session: Session) -> None:
    """One frame on."""
    session.stage.step(1)


def _second(session: Session) -> int:
    return max(1, round(session.active.sequence.rate))


@action("playback.second_back", "One second back", "Shift+Left", menu="playback", group=1, repeats=True)
def second_back(session: Session) -> None:
    """One second back."""
    session.active.step(-_second(session))


@action("playback.second_forward", "One second forward", "Shift+Right", menu="playback", group=1, repeats=True)
def second_forward(session: Session) -> None:
    """One second on."""
    session.active.step(_second(session))


@action("playback.previous_edit", "Previous edit", "Up", menu="playback", group=2, icon="skip-back", repeats=True)
def previous_edit(session: Session) -> None:
    """To the cut before the playhead, on the targeted tracks."""
    _to_edit(session, -1, session.targets.ids)


@action("playback.next_edit", "Next edit", "Down", menu="playback", group=2, icon="skip-forward", repeats=True)
def next_edit(session: Session) -> None:
    """To the next cut, on the targeted tracks."""
    _to_edit(session, 1, session.targets.ids)


@action("playback.previous_any_edit", "Previous edit on any track", "Shift+Up", menu="playback", group=2, repeats=True)
def previous_any_edit(session: Session) -> None:
    """To the cut before the playhead, whichever track it is on."""
    _to_edit(session, -1, None)


@action("playback.next_any_edit", "Next edit on any track", "Shift+Down", menu="playback", group=2, repeats=True)
def next_any_edit(session: Session) -> None:
    """To the next cut, whichever track it is on."""
    _to_edit(session, 1, None)


def _to_edit(session: Session, direction: int, track_ids: frozenset[str] | None) -> None:
    session.active.pause()
    session.active.go_to_edit(direction, track_ids)


@action("playback.start", "Go to start", "Home", menu="playback", group=2)
def start(session: Session) -> None:
    """To the first frame."""
    session.active.pause()
    session.active.set_time(ZERO)


@action("playback.end", "Go to end", "End", menu="playback", group=2)
def end(session: Session) -> None:
    """Behind the last frame of the sequence, on the last frame of a source."""
    session.active.pause()
    session.active.set_time(_end(session))


def _end(session: Session) -> RationalTime:
    active = session.active
    return active.end if active is session.transport else max(ZERO, active.end - active.sequence.frame)


def _edge(session: Session, *, last: bool) -> None:
    ranges = [where for one in session.selection.item_ids if (where := range_of(session.sequence, one))]
    if ranges:
        session.transport.pause()
        session.transport.set_time(
            max(one.end for one in ranges) - session.sequence.frame if last else min(one.start for one in ranges)
        )


@action("playback.clip_start", "Start of selected clip", "Shift+Home", menu="playback", group=2)
def clip_start(session: Session) -> None:
    """To the first frame of the selection."""
    _edge(session, last=False)


@action("playback.clip_end", "End of selected clip", "Shift+End", menu="playback", group=2)
def clip_end(session: Session) -> None:
    """To the last frame of the selection."""
    _edge(session, last=True)


@action("playback.slow_back", "Slow back (hold K and J)", menu="playback")
def slow_back(session: Session) -> None:
    """Play backwards at a quarter of the speed."""
    session.active.play(-SLOW)


@action("playback.slow_forward", "Slow forward (hold K and L)", menu="playback")
def slow_forward(session: Session) -> None:
    """Play at a quarter of the speed."""
    session.active.play(SLOW)


@action("playback.around", "Play around", "/", "Ctrl+Space", menu="playback", group=3)
def around(session: Session) -> None:
    """Two seconds before the playhead and two behind it."""
    session.active.play_around()


@action("playback.in_to_out", "Play in to out", "Shift+Space", menu="playback", group=3)
def in_to_out(session: Session) -> None:
    """From mark in to mark out."""
    session.active.play_in_to_out()


@action("playback.loop", "Loop", "Ctrl+/", menu="playback", group=3, icon="repeat", checked=lambda s: s.active.loop)
def loop(session: Session) -> None:
    """Start again at the end, from mark in to mark out where they are set."""
    session.active.set_loop(not session.active.loop)


@action("playback.go_to", "Go to timecode", "Ctrl+J", menu="playback", group=2, icon="timer")
def go_to(session: Session) -> None:
    """Type a place, or with + or - a step: of what is selected, else of the playhead."""
    if session.face is not None:
        session.face.show("timecode")


@action(
    "playback.scrub_sound",
    "Sound while scrubbing",
    "Shift+S",
    menu="playback",
    group=4,
    icon="volume-2",
    checked=lambda s: s.settings.values.scrub_sound,
)
def scrub_sound(session: Session) -> None:
    """Hear a moment of each place the playhead is dragged or stepped to."""
    session.choose("scrub_sound", not session.settings.values.scrub_sound)


def _quality(quality: str, sentence: str) -> Run:
    """The action that chooses a quality of the preview."""

    def choose(session: Session) -> None:
        session.choose("preview_quality", quality)

    choose.__doc__ = sentence
    described = action(
        f"playback.quality_{quality}",
        f"Quality: {quality}",
        menu="playback",
        group=5,
        checked=lambda s: s.settings.values.preview_quality == quality,
    )
    return described(choose)


quality_auto = _quality("auto", "As many pixels as come in time, all of them when the playhead rests.")
quality_full = _quality("full", "Every pixel of the viewer; what comes late is left out.")
quality_half = _quality("half", "Half the pixels each way.")
quality_quarter = _quality("quarter", "A quarter of the pixels each way.")
