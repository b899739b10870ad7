"""Pictures made by an engine: for a shot, for the pool, out of another picture."""

from __future__ import annotations

from studio_app.actions.registry import action
from studio_app.session.pool_chosen import media_ids
from studio_app.session.session import Session
from timeline.media import Media


def has_one_shot(session: Session) -> bool:
    """Whether a shot leads what is selected."""
    return bool(session.selection.shots.lead)


def is_open(session: Session) -> bool:
    """Whether there is a project to put it into."""
    return session.document.is_open


def chosen_picture(session: Session) -> Media | None:
    """The one still picture that is chosen in the pool."""
    chosen = [session.document.library.media.get(one) for one in media_ids(session)]
    one = chosen[0] if len(chosen) == 1 else None
    return one if one is not None and one.has_video and one.rate is None else None


@action("shot.make_picture", "Make picture…", menu="shot", group=1, icon="image", enabled=has_one_shot)
def for_shot(session: Session) -> None:
    """Make a picture of the shot's words that its film begins or ends with."""
    if session.face is not None:
        session.face.show("picture", session.selection.shots.lead or "")


@action("media.make_picture", "Make picture…", menu="file", group=2, icon="image", enabled=is_open)
def for_pool(session: Session) -> None:
    """Make a picture of words, or out of another picture, for the media pool."""
    if session.face is not None:
        session.face.show("picture")


@action(
    "media.change_picture",
    "Change picture by words…",
    menu="file",
    group=2,
    icon="wand-sparkles",
    enabled=lambda s: chosen_picture(s) is not None,
)
def change(session: Session) -> None:
    """Make another picture out of the chosen one, as words say; the chosen one stays."""
    picture = chosen_picture(session)
    if picture is not None and session.face is not None:
        session.face.show("picture", picture.path)
