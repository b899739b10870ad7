"""The constellation: what its keys, menus and buttons do with the chosen stars."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypedDict

from studio_app.actions.registry import Enabled, Run, action
from studio_app.catalogue.query import Like
from studio_app.session.chosen import meant_clips
from studio_app.session.cutting_in import carry_out, incoming_of, insert
from studio_app.session.session import Session
from studio_app.session.sky_looking import ask_by_file, ask_by_frame
from studio_app.session.sky_media import bring_in
from timeline.errors import EditRefused
from timeline.items import MediaSource

SCOPE = "constellation"


def has_stars(session: Session) -> bool:
    """Whether stars are chosen."""
    return bool(session.constellation.chosen_rows)


def has_two(session: Session) -> bool:
    """Whether there are two chosen stars to be held against each other."""
    return len(session.constellation.chosen_rows) > 1


def is_there(session: Session) -> bool:
    """Whether there are stars at all."""
    return len(session.constellation.stars) > 0


def is_asked(session: Session) -> bool:
    """Whether a search or a filter is on."""
    return session.constellation.is_searching or session.constellation.is_filtered


def is_open(session: Session) -> bool:
    """Whether there is a project to work on."""
    return session.document.is_open


def _walk(way: str, adds: str = "") -> Run:
    def walk(session: Session) -> None:
        """Choose the nearest star that way; with Shift that one, too."""
        session.constellation.wished.emit(way + adds)

    return walk


class _Walking(TypedDict):
    scope: str
    enabled: Enabled
    repeats: bool


_WALKING: _Walking = {"scope": SCOPE, "enabled": is_there, "repeats": True}
walk_left = action("sky.walk_left", "Next star left", "Left", **_WALKING)(_walk("left"))
walk_right = action("sky.walk_right", "Next star right", "Right", **_WALKING)(_walk("right"))
walk_up = action("sky.walk_up", "Next star up", "Up", **_WALKING)(_walk("up"))
walk_down = action("sky.walk_down", "Next star down", "Down", **_WALKING)(_walk("down"))
add_left = action("sky.add_left", "Add next star left", "Shift+Left", **_WALKING)(_walk("left", "+"))
add_right = action("sky.add_right", "Add next star right", "Shift+Right", **_WALKING)(_walk("right", "+"))
add_up = action("sky.add_up", "Add next star up", "Shift+Up", **_WALKING)(_walk("up", "+"))
add_down = action("sky.add_down", "Add next star down", "Shift+Down", **_WALKING)(_walk("down", "+"))


@action("sky.zoom_in", "Zoom in to the sky", "=", "+", scope=SCOPE, icon="zoom-in", enabled=is_there, repeats=True)
def zoom_in(session: Session) -> None:
    """Come nearer: stars become pictures."""
    session.constellation.wished.emit("in")


@action("sky.zoom_out", "Zoom out of the sky", "-", scope=SCOPE, icon="zoom-out", enabled=is_there, repeats=True)
def zoom_out(session: Session) -> None:
    """Go farther away."""
    session.constellation.wished.emit("out")


@action("sky.fit", "All clips in view", "\\", "Ctrl+0", scope=SCOPE, icon="maximize", enabled=is_there)
def fit(session: Session) -> None:
    """The whole map, or all of it that passes the filters."""
    session.constellation.wished.emit("fit")


@action("sky.find", "Search the sky", "Ctrl+F", scope=SCOPE, icon="search", enabled=is_open)
def find(session: Session) -> None:
    """Type words; what is meant is ringed, the nearest first."""
    if session.face is not None:
        session.face.show("sky_filters")
    session.constellation.wished.emit("find")


@action("sky.by_picture", "Search by a picture…", scope=SCOPE, icon="image", enabled=is_there)
def by_picture(session: Session) -> None:
    """Choose a picture file; what looks like it is ringed, the nearest first."""
    if session.face is not None:
        for path in session.face.ask_open_files("Search by a picture", "image")[:1]:
            ask_by_file(session, path)


@action("sky.by_frame", "Search by the frame under the playhead", scope=SCOPE, icon="camera", enabled=is_there)
def by_frame(session: Session) -> None:
    """What looks like the frame that the viewer shows is ringed, the nearest first."""
    ask_by_frame(session)


@action("sky.select_all", "Choose all that match", "Ctrl+A", scope=SCOPE, enabled=is_there)
def select_all(session: Session) -> None:
    """All stars the search rings; without a search all that pass the filters."""
    session.constellation.wished.emit("all")


@action("sky.let_go", "Choose nothing", "Esc", scope=SCOPE, enabled=is_there)
def let_go(session: Session) -> None:
    """End what the mouse has begun, else let the chosen stars go."""
    session.constellation.wished.emit("escape")


@action("sky.clear", "Clear search and filters", "Ctrl+Shift+F", scope=SCOPE, icon="x", enabled=is_asked)
def clear(session: Session) -> None:
    """All stars as bright as they are."""
    session.constellation.clear()


@action("sky.similar", "Find similar", scope=SCOPE, icon="target", enabled=has_stars)
def similar(session: Session) -> None:
    """Ring what is like the chosen clips, by the weights of the filters."""
    sky = session.constellation
    sky.compare([sky.stars.hashes[one] for one in sky.chosen_rows])


@action("sky.unlike", "Find what is unlike", scope=SCOPE, icon="shuffle", enabled=has_stars)
def unlike(session: Session) -> None:
    """Ring what has least in common with the chosen clips."""
    sky = session.constellation
    clips = tuple(sky.stars.hashes[one] for one in sky.chosen_rows)
    sky.ask(replace(sky.query, like=Like(clips, weights=sky.weights, unlike=True)))


@action("sky.lineage", "Lineage of the star", "Return", scope=SCOPE, icon="git-branch", enabled=has_stars)
def lineage(session: Session) -> None:
    """What the clip came of, and what came of it."""
    _in_project(session, lambda _: session.face.show("lineage") if session.face is not None else None)


@action("sky.open_source", "Open in source viewer", scope=SCOPE, icon="film", enabled=has_stars)
def open_source(session: Session) -> None:
    """Look at the clip chosen last, with marks and sound."""
    _in_project(session, lambda ids: session.source.show(ids[-1]))


@action("sky.add_to_timeline", "Add to timeline", scope=SCOPE, icon="corner-down-right", enabled=has_stars)
def add_to_timeline(session: Session) -> None:
    """Insert the chosen clips at the playhead, in the order in which they were chosen."""
    _in_project(session, lambda ids: carry_out(session, insert(session, incoming_of(session, ids))))


@action("sky.compare", "Compare the chosen clips", scope=SCOPE, icon="columns-2", enabled=has_two)
def compare(session: Session) -> None:
    """Hold the two clips chosen last against each other."""

    def hold(ids: list[str]) -> None:
        library = session.document.library.media
        pair = ids[-2:]
        if len(pair) < 2 or not all(library[one].has_video for one in pair):
            raise EditRefused("Choose two clips with pictures.")
        if session.face is not None:
            session.face.show("compare")

        def against() -> None:  # a viewer that has just come up begins with what would be made
            session.evolving.work_on(pair[0])
            session.comparing.compare_with(pair[1])

        session.post(against)

    _in_project(session, hold)


def _rating(stars: int, sentence: str) -> Run:
    """The action that gives the chosen stars a rating."""

    def rate(session: Session) -> None:
        session.constellation.rate(session.constellation.chosen_rows, stars)

    rate.__doc__ = sentence
    title = f"Rate {stars} star{'s' if stars > 1 else ''}" if stars else "Take the rating away"
    return action(f"sky.rate_{stars}", title, str(stars), scope=SCOPE, icon="star", enabled=has_stars)(rate)


rate_0 = _rating(0, "No stars.")
rate_1 = _rating(1, "One star.")
rate_2 = _rating(2, "Two stars.")
rate_3 = _rating(3, "Three stars.")
rate_4 = _rating(4, "Four stars.")
rate_5 = _rating(5, "Five stars.")


@action("sky.card", "Show the card of the star", "Shift+Return", scope=SCOPE, icon="info", enabled=has_stars)
def card(session: Session) -> None:
    """Picture, clusters, tags and score of the clip chosen last; once more takes it away."""
    session.constellation.wished.emit("card")


@action("sky.new_cluster", "New cluster", scope=SCOPE, icon="lasso-select", enabled=has_stars)
def new_cluster(session: Session) -> None:
    """A cluster of your own of the chosen clips; what is like them joins it."""
    if session.face is not None:
        session.face.show("own_clusters")
    session.constellation.wished.emit("cluster")


@action("sky.show", "Show in constellation", "Shift+C", menu="view", group=4, icon="orbit", enabled=is_open)
def show(session: Session) -> None:
    """Where the selected clip stands among all others."""
    sky, library = session.constellation, session.document.library.media
    ids = [clip.source.media_id for _, clip in meant_clips(session) if isinstance(clip.source, MediaSource)]
    ids = ids or [one for one in session.selection.media.ids if one in library]
    rows = [sky.stars.by_hash[found] for one in ids if (found := library[one].content_hash) in sky.stars.by_hash]
    if session.face is not None:
        session.face.show(SCOPE)
    if not rows:
        if ids and is_there(session):
            raise EditRefused("This clip has no place in the sky yet. It is looked at when nobody needs the machine.")
        return
    sky.choose(rows)
    sky.wished.emit("show")


def _in_project(session: Session, then: Callable[[list[str]], object]) -> None:
    """Do something with the chosen clips as media of the project; those from elsewhere are imported first."""
    sky = session.constellation
    rows = sky.rows_data(sky.chosen_rows)

    def there(ids: list[str]) -> None:
        if ids:
            session.selection.media.set(ids)
            then(ids)

    bring_in(session, rows, there)
