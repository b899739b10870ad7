"""Music for the sequence on screen: the form, its length, its cuts, its tracks, one step to undo."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from studio_app.session.scoring import MusicBrief, compose_music, picture_of_sequence, stretch_to_score
from studio_app.session.session import Session
from timeline.errors import EditRefused
from timeline.items import Clip
from timeline.time import ZERO, RationalTime, TimeRange
from timeline.track import TrackKind
from ui.dialogs.music import MusicDialog

pytestmark = pytest.mark.qt


def sounds(session: Session) -> dict[str, tuple[TimeRange, Clip]]:
    """The named sound tracks and the first clip of each."""
    return {
        track.name: next((place, clip) for clip, place in track.clips())
        for track in session.sequence.tracks
        if track.kind is TrackKind.AUDIO and track.name and any(True for _ in track.clips())
    }


def composed(session: Session, qtbot: QtBot, before: int) -> None:
    qtbot.waitUntil(lambda: len(session.sequence.tracks) > before, timeout=20_000)


def test_the_form_composes_for_the_whole_sequence_and_one_undo_takes_it_away(session: Session, qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = MusicDialog(parent, session)
    before = session.document.project
    assert "whole sequence" in dialog.length.text()
    assert set(dialog.form.values()) == set(MusicBrief.model_fields)
    dialog.form.changed.emit("genre", "techno")
    dialog.form.changed.emit("bpm", 126.0)
    dialog.end("compose")
    composed(session, qtbot, len(before.sequences[0].tracks))
    place, clip = sounds(session)["Music"]
    assert (place.start, place.end) == (ZERO, before.sequences[0].duration)
    media = session.document.library.media[clip.source.media_id]  # type: ignore[union-attr]
    assert Path(media.path).is_file()
    assert Path(media.path).parent == session.files.take_folder
    session.document.undo()
    assert session.document.project is before


def test_stems_come_onto_tracks_of_their_own_over_the_marked_range(session: Session, qtbot: QtBot) -> None:
    session.transport.set_time(RationalTime(1))
    session.transport.mark("in")
    session.transport.set_time(RationalTime(3))
    session.transport.mark("out")
    stretch = session.transport.marked_range
    assert stretch is not None
    compose_music(session, MusicBrief(mood="energetic"), stems=True)
    composed(session, qtbot, len(session.sequence.tracks))
    made = sounds(session)
    assert {"Drums", "Bass", "Chords"} <= set(made)
    assert "Ambience" not in made  # nothing was in it
    assert made["Drums"][0] == stretch


def test_the_pictures_cuts_are_told_to_the_composer(session: Session) -> None:
    sequence = session.sequence
    stretch = stretch_to_score(session)
    cuts = picture_of_sequence(sequence, stretch).cuts
    row = next(track for track in sequence.tracks if track.kind is TrackKind.VIDEO)
    assert cuts == tuple(place.start.to_seconds() for _, place in row.clips() if place.start > ZERO)


def test_where_nothing_stands_nothing_is_composed(bare_session: Session) -> None:
    bare_session.files.new("Empty", 1280, 720)
    with pytest.raises(EditRefused, match="nothing to make music for"):
        compose_music(bare_session, MusicBrief())
