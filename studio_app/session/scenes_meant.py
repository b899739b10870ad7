"""Which scenes a story is told of: what is chosen, else the whole cut, else the storyboard; and a new sequence of them."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence as Row
from dataclasses import dataclass, replace

from studio_app.planning.narrative.acts import By, Scene, grouped
from studio_app.planning.narrative.cut import Piece, piece_of, sequence_of
from studio_app.planning.narrative.materials import Material, of_board, of_media, of_sequence
from studio_app.planning.narrative.structures import Structure
from studio_app.session import placing
from studio_app.session.narrating import Known, Told, measured_media, ordered_story, proposal_offers, told_story
from studio_app.session.session import Session
from timeline.commands.add_sequence import AddSequence
from timeline.copying import free_name
from timeline.errors import EditRefused
from timeline.items import Clip
from timeline.sequence import Sequence
from timeline.storyboard import Shot, Storyboard
from timeline.time import ZERO, RationalTime, TimeRange

_Found = tuple[Material, placing.Piece, str | None]
"""A scene, what is placed for it, and the shot it belongs to."""


@dataclass(frozen=True)
class Meant:
    """Scenes in the order in which they are, what stands for each in a cut, and what to call them."""

    title: str
    materials: tuple[Material, ...]
    pieces: Mapping[str, Piece]


def meant_scenes(session: Session) -> Meant:
    """Two or more clips, files or shots that are chosen; else the active sequence; else the first storyboard.

    Raises EditRefused where there is none of that.
    """
    of_chosen = {"media": _of_media, "shots": _of_shots}.get(session.selection.focus, _of_clips)
    for found in (of_chosen(session), _of_clips(session)):
        if len(found.materials) > 1:
            return found
    whole = _of_clips(session, chosen=False)
    if not whole.materials:
        whole = _of_shots(session, chosen=False)
    if not whole.materials:
        raise EditRefused("There are no scenes yet. Choose clips, or put some on the timeline.")
    return whole


def look(session: Session) -> None:
    """Measure the scenes that are meant, and show their story with what would serve the curve better."""
    meant = meant_scenes(session)
    state = session.narrating
    structure, by = state.structure, state.by

    def done(told: Told) -> None:
        offers = proposal_offers(told, lambda order: stand(session, meant, order, structure, by))
        state.show(told, offers)

    state.study(
        f"Tension of {_scenes(len(meant.materials))}",
        measured_media(meant.materials, session.presence.missing),
        lambda known, _: told_story(meant.title, meant.materials, known, structure, by),
        done,
    )


def order(session: Session, structure: Structure) -> None:
    """Measure the scenes that are meant and stand them in a sequence of its own, in the order that serves the curve best."""
    meant = meant_scenes(session)
    if len(meant.materials) < 2:
        raise EditRefused("One scene has no order. Choose several clips, or shots of the storyboard.")
    state = session.narrating
    state.structure_id = structure.id
    by = state.by

    def done(found: tuple[Told, float]) -> None:
        told, before = found
        state.show(told, proposal_offers(told, lambda row: stand(session, meant, row, structure, by)))
        if (new := stand(session, meant, told.story.scenes, structure, by)) is not None:
            fit = f"Fit {round(before * 100)} % before, {round(told.story.fit * 100)} % now."
            session.tell(f"“{new.name}” holds {_scenes(len(meant.materials))} in a new order. {fit}")

    def work(known: Known) -> tuple[Told, float]:
        story, before = ordered_story(meant.materials, known, structure, by)
        return Told(meant.title, story, {one.id: one for one in meant.materials}), before

    state.study(
        f"Order of {_scenes(len(meant.materials))}",
        measured_media(meant.materials, session.presence.missing),
        lambda known, _: work(known),
        done,
    )


def stand(session: Session, meant: Meant, scenes: Row[Scene], structure: Structure, by: By) -> Sequence | None:
    """A new sequence of scenes in this order, and show it. None where that was refused."""
    names = {one.name for one in session.document.project.sequences}
    name = f"{meant.title}, {structure.title.lower()}"
    new = sequence_of(
        scenes,
        meant.pieces,
        grouped(scenes, structure, by),
        session.sequence,
        name if name not in names else free_name(names, name),
    )
    if not session.document.do_alone(AddSequence(new)):
        return None
    session.selection.items.clear()
    session.transport.set_sequence(new.id)
    return new


# --- what is meant ----------------------------------------------------------------------------------------------------


def _of_clips(session: Session, *, chosen: bool = True) -> Meant:
    cut = session.sequence
    ids = session.selection.item_ids if chosen else None
    materials = of_sequence(cut, session.document.library, session.document.project, ids)
    pieces = {one.id: piece for one in materials if (piece := piece_of(cut, one.id)) is not None}
    return Meant(cut.name, tuple(materials), pieces)


def _of_media(session: Session) -> Meant:
    """The chosen files and subclips, in the order of the pool where it shows them, else of choice."""
    pool, library = session.document.project.pool, session.document.library
    place = {one: number for number, one in enumerate(session.browsing.order)}
    found: list[_Found] = []
    for one in sorted(session.selection.media.ids, key=lambda each: place.get(each, len(place))):
        subclip = pool.subclip(one)
        media = library.media.get(subclip.media_id if subclip is not None else one)
        part = subclip.range if subclip is not None else None
        if media is None or not (materials := of_media([media], library, lambda each: pool.entry(each).note)):
            continue
        material = materials[0]
        if subclip is not None:
            material = replace(material, id=subclip.id, name=subclip.name, range=part)
        found.append((material, placing.Piece(media, part, material.name), None))
    return _placed(session, "Selection", found)


def _of_shots(session: Session, *, chosen: bool = True) -> Meant:
    boards = session.document.project.storyboards
    if not boards:
        return Meant("", (), {})
    board, media_for = boards[0], session.generation.media_for
    ids = {one.id: media_for(one) for one in board.shots if not chosen or one.id in session.selection.shots}
    materials = [one for one in of_board(board, lambda shot: ids.get(shot.id)) if one.id in ids]
    found = [(one, _shot_piece(board, one), one.id) for one in materials]
    return _placed(session, board.title, found)


def _shot_piece(board: Storyboard, material: Material) -> placing.Piece:
    """The take of a shot as long as the shot is planned; where there is none, what waits for it."""
    shot = board.shot(material.id) or Shot("")
    media = material.media
    if media is None:
        return placing.Piece(placing.waiting(shot), name=material.name, shot=shot)
    length = material.duration if media.is_endless else min(material.duration, media.duration)
    return placing.Piece(media, TimeRange(ZERO, length), material.name)


def _placed(session: Session, title: str, found: Row[_Found]) -> Meant:
    """Materials as long as what is placed: whole frames of the sequence."""
    materials, pieces = [], {}
    for material, piece, shot_id in found:
        picture, sound = placing.clips_of(piece, session.sequence.rate)
        if picture is None:
            continue
        sounds: tuple[tuple[RationalTime, Clip], ...] = ((ZERO, sound),) if sound is not None else ()
        materials.append(replace(material, duration=picture.duration))
        pieces[material.id] = Piece(replace(picture, shot_id=shot_id), sounds)
    return Meant(title, tuple(materials), pieces)


def _scenes(count: int) -> str:
    return "one scene" if count == 1 else f"{count} scenes"
