"""From the source into the sequence: insert, overwrite, place on top, append, replace, fit to fill; match frame and back."""

from __future__ import annotations

from studio_app.actions.registry import action
from studio_app.session import cutting_in
from studio_app.session.cutting_in import carry_out, chosen_sources, has_source
from studio_app.session.matching import match, reverse_match
from studio_app.session.session import Session


def _cut_in(session: Session, verb: str) -> None:
    carry_out(session, cutting_in.VERBS[verb](session, chosen_sources(session)))


@action("clip.insert", "Insert", ",", "F9", menu="clip", icon="corner-down-right", enabled=has_source)
def insert(session: Session) -> None:
    """Put the source in at the in point or playhead and push what follows."""
    _cut_in(session, "insert")


@action("clip.overwrite", "Overwrite", ".", "F10", menu="clip", icon="arrow-down-to-line", enabled=has_source)
def overwrite(session: Session) -> None:
    """Lay the source over what is at the in point or playhead."""
    _cut_in(session, "overwrite")


@action("clip.place_on_top", "Place on top", "F12", menu="clip", icon="layers", enabled=has_source)
def place_on_top(session: Session) -> None:
    """Put the source on the first track above all clips there; a new one where none is free."""
    _cut_in(session, "place_on_top")


@action("clip.append", "Append at end", "Shift+,", menu="clip", enabled=has_source)
def append(session: Session) -> None:
    """Put the source behind the last clip."""
    _cut_in(session, "append")


@action("clip.replace", "Replace", "Shift+.", menu="clip", icon="replace", enabled=has_source)
def replace(session: Session) -> None:
    """Exchange what the clip under the playhead shows, so that both playheads stand on the same frame."""
    _cut_in(session, "replace")


@action("clip.fit_to_fill", "Fit to fill", menu="clip", icon="gauge", enabled=has_source)
def fit_to_fill(session: Session) -> None:
    """Lay the source over the range from in to out, at the speed that fills it."""
    _cut_in(session, "fit_to_fill")


@action("clip.add_take", "Add source as take", enabled=has_source)
def add_take(session: Session) -> None:
    """Keep the source as another take of the shot under the playhead."""
    _cut_in(session, "add_take")


@action("sequence.match_frame", "Match frame", "F", menu="sequence", group=5, icon="crosshair")
def match_frame(session: Session) -> None:
    """Open what is under the playhead in the source viewer, on the same frame."""
    match(session)


@action(
    "sequence.reverse_match",
    "Reverse match frame",
    "Shift+R",
    menu="sequence",
    group=5,
    enabled=lambda s: s.source.media_id is not None,
)
def reverse_match_frame(session: Session) -> None:
    """Go to the frame of the source viewer in the sequence; again: to the next place where it is used."""
    reverse_match(session)


@action("source.close", "Close source", menu="clip", group=9, enabled=lambda s: s.source.media_id is not None)
def close_source(session: Session) -> None:
    """Empty the source viewer."""
    session.source.close()
