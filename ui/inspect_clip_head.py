"""The head of the inspector's page for clips: what the clip shows and where it is from, or how many are chosen."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from effects.registry import generators
from studio_app.planning.naming import first_words
from studio_app.session.session import Session
from studio_app.session.spending import cost_of
from studio_app.session.taking import engine_label
from timeline.items import Clip, GeneratorSource, Placeholder, SequenceSource
from timeline.media import Take
from timeline.query import media_of, source_name
from ui import words
from ui.inspect_base import InspectorPage
from ui.qt.language import EFFECTS, translated


def head_of(session: Session, clip: Clip) -> InspectorPage:
    """Name and one line of facts about a clip."""
    library = session.document.library
    media = media_of(clip, library)
    take = library.take_of_media(media.id) if media is not None else None
    return _page(
        session,
        clip.name or _shot_words(session, clip) or source_name(clip, library),
        _take_words(session, take) if take is not None else _source_words(session, clip),
        "spark" if take is not None else "",
    )


def head_of_many(session: Session, pictures: int, sounds: int) -> InspectorPage:
    """How many clips are chosen, pictures and sounds apart, and that a change is for all."""
    parts = [
        words.plural(number, one)
        for number, one in (
            (pictures, QCoreApplication.translate("InspectClip", "picture")),
            (sounds, QCoreApplication.translate("InspectClip", "sound")),
        )
        if number
    ]
    fact = QCoreApplication.translate("InspectClip", "{kinds}; a change is for all of them")
    name = QCoreApplication.translate("InspectClip", "{clips} selected")
    return _page(
        session, name.format(clips=words.plural(pictures + sounds, "clip")), fact.format(kinds=", ".join(parts))
    )


def _page(session: Session, name: str, fact: str, icon: str = "") -> InspectorPage:
    page = InspectorPage(session)
    page.column.setContentsMargins(0, 0, 0, 0)
    page.add_head(name, fact, icon)
    return page


def _take_words(session: Session, take: Take) -> str:
    is_ours = take.lineage.engine == "procedural"
    engine = (
        QCoreApplication.translate("InspectClip", "Starcut engine")
        if is_ours
        else engine_label(session, take.lineage.engine)
    )
    if take.lineage.seed is None:
        return engine
    seeded = QCoreApplication.translate("InspectClip", "{engine}, seed {seed}, {price}")
    return seeded.format(engine=engine, seed=take.lineage.seed, price=words.price(cost_of(take)))


def _shot_words(session: Session, clip: Clip) -> str:
    """The name of the shot a placeholder waits for, else what it shall show."""
    shot = session.document.project.shot(clip.source.shot_id) if isinstance(clip.source, Placeholder) else None
    return (shot.name or first_words(shot.description)) if shot is not None else ""


def _source_words(session: Session, clip: Clip) -> str:
    source = clip.source
    if isinstance(source, Placeholder):
        state = session.generation.state_of(source.shot_id)
        drafted = session.stand_ins.draft_of(source.shot_id) is not None
        waits = QCoreApplication.translate("InspectClip", "Waits for its first take")
        if drafted:
            waits = QCoreApplication.translate("InspectClip", "A draft stands here until its take lands")
        return state.message if state.state in ("failed", "over_budget", "unknown") and state.message else waits
    if isinstance(source, GeneratorSource):
        kind = generators().classes.get(source.generator)
        return translated(EFFECTS, kind.shown_name()) if kind is not None else source.generator
    if isinstance(source, SequenceSource):
        nest = session.document.project.sequence(source.sequence_id)
        if nest is None:
            return QCoreApplication.translate("InspectClip", "This sequence is no longer in the project")
        return QCoreApplication.translate("InspectClip", "Sequence, {name}").format(name=nest.name)
    media = media_of(clip, session.document.library)
    if media is None:
        return QCoreApplication.translate("InspectClip", "Missing from the library")
    return media.path.replace("\\", "/").rpartition("/")[2]
