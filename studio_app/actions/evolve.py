"""Children of clips: open the workspace, make one, make four, use one, keep and apply looks, compare."""

from __future__ import annotations

from studio_app.actions.registry import action
from studio_app.session.evolve_offers import titles_of
from studio_app.session.evolve_picks import picks_of
from studio_app.session.session import Session


def can_open(session: Session) -> bool:
    """Whether a clip with a picture is chosen."""
    return bool(picks_of(session))


def has_clip(session: Session) -> bool:
    """Whether there is a clip to work on."""
    return session.evolving.lead is not None


def can_use(session: Session) -> bool:
    """Whether a result is compared that could stand in the cut."""
    return session.comparing.after is not None


def has_open(session: Session) -> bool:
    """Whether results are on their way."""
    return session.evolving.makers.has_open


@action("evolve.open", "Evolve…", menu="shot", group=3, icon="dna", enabled=can_open)
def open_workspace(session: Session) -> None:
    """See what can be made of the chosen clip, compare, and make variants."""
    session.evolving.follow()
    if session.face is not None:
        session.face.show("workspace", "evolve")


@action(
    "evolve.make", "Make take", "Ctrl+Return", menu="shot", group=3, icon="dna", enabled=has_clip, scope="evolution"
)
def make(session: Session) -> None:
    """Make the chosen operation's result of each picked clip; of all of them together where it takes several."""
    session.evolving.make()


@action("evolve.four", "New variations", "Shift+V", menu="shot", group=3, icon="shuffle", enabled=has_clip)
def four(session: Session) -> None:
    """Make four variants of the clip that is worked on, which differ in values, strength or seed."""
    session.evolving.follow()
    made = session.evolving.make_four()
    if made:  # asked by a key, with the panel that shows them out of sight
        session.tell(f"{len(made)} variants are on their way: {titles_of(made[0].steps)}.")


@action("evolve.use", "Use in cut", menu="shot", group=3, icon="circle-check", enabled=can_use)
def use(session: Session) -> None:
    """Show the compared variant in the cut; place, length, effects and fades stay."""
    session.evolving.makers.use(session.comparing.after_id, session.evolving.lead)


@action("evolve.star", "Star variant", menu="shot", group=3, icon="star", enabled=can_use)
def star(session: Session) -> None:
    """Mark the compared variant as a good one, or not any more."""
    session.evolving.makers.star(session.comparing.after_id)


@action("evolve.cancel", "Cancel evolving", menu="shot", group=3, icon="x", enabled=has_open)
def cancel(session: Session) -> None:
    """Stop every result that is on its way; what is there stays."""
    session.evolving.makers.cancel_all()


@action("evolve.roll", "Another seed", enabled=has_clip, icon="shuffle")
def roll(session: Session) -> None:
    """The same operation with other random choices."""
    session.evolving.roll_seed()


@action("evolve.then", "Add as a step before the next", enabled=has_clip, icon="plus")
def then(session: Session) -> None:
    """The chosen operation comes first; what is chosen next follows it."""
    session.evolving.add_to_chain()


@action("evolve.keep_look", "Keep as a look…", menu="shot", group=3, enabled=has_clip)
def keep_look(session: Session) -> None:
    """Keep the steps with their values under a name, for other clips and projects."""
    steps = session.evolving.steps()
    name: str | None = titles_of(steps)
    if session.face is not None:
        name = session.face.ask_text("Keep as a look", "Name", titles_of(steps))
    if name:
        session.evolving.keep_look(name)
        session.tell(f"“{name}” is among the looks now.")
