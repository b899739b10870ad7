"""Which scenes a story is told of: what is chosen, else the whole cut, else the storyboard; and a new sequence of them."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence as Row
from dataclasses import dataclass, replace

from studio_app.planning.narrative.acts import By, Scene, grouped
from studio_app.planning.narrative.cut import Piece, piece_of, sequence_of
from studio_app.planning.narrative.materials import Material, of_board, of_media, of_sequence
from studio_app.planning.narrative.order import best_order, fit_of
from studio_app.planning.narrative.story import story_of
from studio_app.planning.narrative.structures import Structure
from studio_app.session import placing
from studio_app.session.narrating import Known, Offers, Told, measured_media, proposal_offers, scenes_of
from studio_app.session.pool_chosen import jump
from studio_app.session.session import Session
from timeline.commands.add_sequence import AddSequence
from timeline.copying import free_name
from timeline.errors import EditRefused
from timeline.items import Clip
from timeline.sequence import Sequence
from timeline.storyboard import Shot, Storyboard
from timeline.time import ZERO, RationalTime, TimeRange
from timeline.timecode import format_timecode

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


def look(session: Session, meant: Meant | None = None) -> None:
    """Measure the scenes that are meant, and show their story with what would serve the curve better."""
    meant = meant or meant_scenes(session)
    state = session.narrating
    structure, by = state.structure, state.by

    def work(known: Known) -> Told:
        story = story_of(scenes_of(meant.materials, known), structure, by)
        return Told(meant.title, story, {one.id: one for one in meant.materials}, meant.pieces)

    state.study(
        f"Tension of {_scenes(len(meant.materials))}",
        measured_media(meant.materials, session.presence.missing),
        lambda known, _: work(known),
        lambda told: state.show(told, _proposals(session, told, structure, by)),
    )


def retell(session: Session) -> None:
    """The story that is shown once more: another structure was chosen."""
    told = session.narrating.told
    if told is not None:
        materials = tuple(told.materials[one.id] for one in told.story.scenes)
        look(session, Meant(told.title, materials, told.pieces))


def order(session: Session, structure: Structure) -> None:
    """Measure the scenes that are meant and stand them in a sequence of its own, in the order that serves the curve best."""
    meant = meant_scenes(session)
    if len(meant.materials) < 2:
        raise EditRefused("One scene has no order. Choose several clips, or shots of the storyboard.")
    state, like = session.narrating, session.sequence
    state.structure_id = structure.id
    by = state.by

    def work(known: Known) -> tuple[Sequence, Told, float]:
        scenes = scenes_of(meant.materials, known)
        best = best_order(scenes, structure)
        new = sequence_of(best, meant.pieces, grouped(best, structure, by), like, "")
        return new, _told_of(new, meant, best, structure, by), fit_of(scenes, structure)

    def done(found: tuple[Sequence, Told, float]) -> None:
        new, told, before = found
        name = _add(session, new, meant.title, structure)
        if name:
            told = replace(told, title=name)
            state.show(told, _proposals(session, told, structure, by))
            fit = f"Fit {round(before * 100)} % before, {round(told.story.fit * 100)} % now."
            session.tell(f"“{name}” holds {_scenes(len(meant.materials))}. {fit}")

    state.study(
        f"Order of {_scenes(len(meant.materials))}",
        measured_media(meant.materials, session.presence.missing),
        lambda known, _: work(known),
        done,
    )


def _told_of(new: Sequence, meant: Meant, scenes: Row[Scene], structure: Structure, by: By) -> Told:
    """The story of a new sequence: its scenes go by the ids of its own clips."""
    materials, own, renamed, pieces = {one.id: one for one in meant.materials}, {}, [], {}
    there = [one for one in scenes if one.id in meant.pieces]
    for scene, (clip, where) in zip(there, new.tracks[0].clips(), strict=True):
        place = format_timecode(new.start_timecode + where.start, new.rate, new.drop_frame)
        own[clip.id] = replace(materials[scene.id], id=clip.id, place=place)
        renamed.append(replace(scene, id=clip.id, place=place))
        if (piece := piece_of(new, clip.id)) is not None:
            pieces[clip.id] = piece
    return Told(meant.title, story_of(renamed, structure, by), own, pieces)


def _proposals(session: Session, told: Told, structure: Structure, by: By) -> Offers:
    """Other orders of a story, each of which becomes a sequence of its own."""

    def make(scenes: tuple[Scene, ...]) -> None:
        new = sequence_of(scenes, told.pieces, grouped(scenes, structure, by), session.sequence, "")
        _add(session, new, told.title, structure)

    return proposal_offers(told, make)


def _add(session: Session, new: Sequence, title: str, structure: Structure) -> str:
    """Add a sequence under a free name and show it; its name, empty where it was refused."""
    names = {one.name for one in session.document.project.sequences}
    kind = structure.title.lower() if structure.id != "save_the_cat" else structure.title
    name = title if title.endswith(kind) else f"{title}, {kind}"
    name = name if name not in names else free_name(names, name)
    if not session.document.do_alone(AddSequence(replace(new, name=name))):
        return ""
    session.selection.items.clear()
    session.transport.set_sequence(new.id)
    return name


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
        found.append((material, placing.Piece(media, part, subclip.name if subclip is not None else ""), None))
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


def show_scene(session: Session, scene_id: str) -> None:
    """Choose a scene where it stands: the clip in its sequence, the shot of the storyboard, or the file in the pool."""
    project, library = session.document.project, session.document.library
    if any(cut.clip(scene_id) is not None for cut in project.sequences):
        jump(session, scene_id)
    elif project.shot(scene_id) is not None:
        session.selection.shots.set([scene_id])
    elif scene_id in library.media or project.pool.subclip(scene_id) is not None:
        session.selection.media.set([scene_id])
