"""The family of the project's clips as the window shows it: who is chosen, what was made how, what is gone made again."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from engines.errors import MediaError
from engines.media.probe import probe
from studio_app.planning.lineage_words import made_by
from studio_app.planning.rebuilding import Rebuilt, rebuild, why_not
from studio_app.services.jobs import Job
from studio_app.services.signal import Signal
from studio_app.session.evolve_picks import Pick, pick_of_media, picks_of
from studio_app.session.failures import tell_failure
from studio_app.session.relinking import stand_in
from studio_app.session.rerunning import Rerunning
from studio_app.session.take_files import make_folder
from timeline.errors import EditRefused, StudioError
from timeline.items import MediaSource
from timeline.library_lineage import lineage_of, used_media
from timeline.lineage import LineageGraph, LineageNode
from timeline.lineage_layout import LineageLayout, laid_out
from timeline.media import Library, Media
from timeline.query import all_clips, media_name, source_name

if TYPE_CHECKING:
    from studio_app.session.session import Session

KIND = "rebuild"


class FamilyTree:
    """Main thread. `changed`: the graph is another one, or what is chosen in it; `graph` is made when somebody looks."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.changed: Signal[[]] = Signal()
        self.again = Rerunning(session)
        self.shows_all = False
        """All families, not only that of the chosen clip."""
        self._known: tuple[Library, frozenset[str], LineageGraph] | None = None
        self._shown: tuple[LineageGraph, frozenset[str], LineageGraph, LineageLayout] | None = None
        document = session.document
        document.library_changed.connect(self.changed.emit)
        document.changed.connect(lambda _: self.changed.emit())
        session.presence.changed.connect(self.changed.emit)
        session.selection.changed.connect(self.changed.emit)
        session.jobs.changed.connect(self._job_changed)

    @property
    def graph(self) -> LineageGraph:
        """The family of all clips of the project as it stands."""
        library, missing = self._session.document.library, self._session.presence.missing
        if self._known is None or self._known[0] is not library or self._known[1] != missing:
            self._known = (library, missing, lineage_of(library, missing=missing))
        used = used_media(self._session.document.project)
        graph = self._known[2].with_used(used)
        self._known = (library, missing, graph)
        return graph

    @property
    def shown(self) -> LineageGraph:
        """What is looked at: the family of the clip chosen last, else all families there are."""
        return self._looked_at()[2]

    @property
    def layout(self) -> LineageLayout:
        """Where its nodes stand."""
        return self._looked_at()[3]

    def _looked_at(self) -> tuple[LineageGraph, frozenset[str], LineageGraph, LineageLayout]:
        graph, current = self.graph, self.current
        ids = graph.family(current) if current is not None else frozenset[str]()
        if self.shows_all or not ids:
            ids = ids.union(*graph.families())
        known = self._shown
        if known is None or known[0] is not graph or known[1] != ids:
            part = graph.only(ids)
            same = known is not None and known[1] == ids and known[2].edges == part.edges
            layout = known[3] if known is not None and same else laid_out(part)
            known = self._shown = (graph, ids, part, layout)
        return known

    def show_all(self, shows_all: bool) -> None:
        """Look at all families, or at one."""
        if shows_all != self.shows_all:
            self.shows_all = shows_all
            self.changed.emit()

    # what is chosen

    @property
    def chosen(self) -> tuple[str, ...]:
        """Media ids of what is chosen, wherever it was chosen, in order of choice."""
        if self._session.selection.focus == "media":
            there = self._session.document.library.media
            return tuple(one for one in self._session.selection.media.ids if one in there)
        return tuple(dict.fromkeys(pick.media_id for pick in picks_of(self._session)))

    @property
    def current(self) -> str | None:
        """The clip chosen last."""
        return self.chosen[-1] if self.chosen else None

    @property
    def pair(self) -> tuple[str, str] | None:
        """The two clips that are chosen, the first one first; None where there are more or fewer."""
        chosen = self.chosen
        return (chosen[0], chosen[1]) if len(chosen) == 2 else None

    def choose(self, node_id: str, *, also: bool = False) -> None:
        """Choose a clip, in the pool and wherever else it stands; `also` the ones chosen before (or let go of it)."""
        if node_id not in self._session.document.library.media:
            return
        wanted = [node_id]
        if also:
            before = self.chosen
            wanted = [one for one in before if one != node_id] if node_id in before else [*before, node_id]
        self._choose(wanted)

    def lead(self, node_id: str) -> None:
        """Of the chosen clips, let this one be the last: what is done next is done to it. Chooses it where it was not."""
        if node_id in self.chosen:
            self._choose([*(one for one in self.chosen if one != node_id), node_id])
        else:
            self.choose(node_id)

    def _choose(self, ids: list[str]) -> None:
        media = self._session.selection.media
        if media.ids == tuple(ids) and self._session.selection.focus != "media":
            media.clear()  # so that it leads again where another kind of thing was chosen since
        media.set(ids)

    def walk(self, across: int, down: int) -> None:
        """Choose a neighbour: a parent (`across` -1), a child (1), or the next in the column (`down` ±1)."""
        graph, places = self.shown, self.layout.places
        now = self.current
        if now is None or now not in places:
            first = next((key for key in (*graph.lit, *graph.nodes) if key in places), None)
            if first is not None:
                self.choose(first)
            return
        column, row = places[now]
        if across:
            near = graph.parents(now) if across < 0 else graph.children(now)
        else:
            near = tuple(one for one, (x, y) in places.items() if x == column and (y - row) * down > 0)
        there = [one for one in near if one in self._session.document.library.media]
        if there:
            self.choose(min(there, key=lambda one: (abs(places[one][1] - row), places[one][1])))

    def words(self, node: LineageNode) -> tuple[str, ...]:
        """How a clip was made, in parts that are translated one by one."""
        return made_by(node)

    # what can be done

    def branch(self, media_id: str) -> None:
        """Make other children of a clip: the workspace Evolve works on it."""
        self._session.evolving.work_on(media_id)

    def use(self, media_id: str) -> None:
        """Show a take in the cut where its shot stands, else where its nearest ancestor does. Raises EditRefused."""
        session = self._session
        pick = pick_of_media(session, media_id)
        if pick is not None and pick.shot_id is None:
            shown: dict[str, Pick] = {}
            for sequence, _, clip in all_clips(session.document.project):
                if isinstance(clip.source, MediaSource):
                    name = source_name(clip, session.document.library)
                    one = Pick(clip.source.media_id, name, clip.shot_id, clip.id, sequence.id)
                    shown.setdefault(one.media_id, one)
            pick = next((shown[one] for one in self.graph.ancestors(media_id, None) if one in shown), pick)
        session.evolving.makers.use(media_id, pick)

    @property
    def to_compare(self) -> tuple[str, str] | None:
        """Before and after: the two chosen clips, or what the chosen one was made of and itself. None: nothing to compare."""
        current, library = self.current, self._session.document.library
        parents = self.graph.parents(current) if current is not None else ()
        before, after = self.pair or (parents[0] if parents else "", current or "")
        there = all(one in library.media and library.media[one].has_video for one in (before, after))
        return (before, after) if there and not {before, after} & self._session.presence.missing else None

    def compare(self) -> None:
        """Hold the two against each other in the compare viewer. Raises EditRefused."""
        found = self.to_compare
        if found is None:
            raise EditRefused("Choose two clips, or one that was made of another.")
        self._session.evolving.work_on(found[0])
        self._session.comparing.compare_with(found[1])

    def why_not_rebuilt(self, media_id: str) -> str | None:
        """Why the file of a clip cannot be made again, in a sentence; None if it can, and if it is there."""
        missing = self._session.presence.missing
        if media_id not in missing:
            return "Its file is there."
        return why_not(media_id, self._session.document.library, lambda media: media.id not in missing)

    def job_of(self, media_id: str) -> Job | None:
        """The job that makes a file again, while there is one."""
        jobs = self._session.jobs.all
        return next((one for one in jobs if one.kind == KIND and one.subject == media_id and not one.is_over), None)

    def rebuild(self, media_id: str) -> Job:
        """Make the file of a take that is gone again, where it was or among the project's takes. Raises EditRefused."""
        reason = self.why_not_rebuilt(media_id)
        if reason is not None:
            raise EditRefused(reason)
        running = self.job_of(media_id)
        if running is not None:
            return running
        session, library = self._session, self._session.document.library
        old, missing = library.media[media_id], session.presence.missing
        target = self._place_for(old)

        def work(job: Job) -> tuple[Rebuilt, Media]:
            made = rebuild(
                media_id, library, target, job, there=lambda one: one.id not in missing, keep_in=session.paths.plates
            )
            job.progress(1.0, "Checking")
            try:
                return made, stand_in(old, probe(target))
            except MediaError:
                target.unlink(missing_ok=True)
                raise

        def done(result: tuple[Rebuilt, Media]) -> None:
            made, media = result
            if media != old:
                session.document.add_media([media])
            session.presence.look_again()
            session.evolving.changed.emit()  # previews of it can be made again
            same = "the very file it was" if made.is_same else "made again from its recipe"
            session.tell(" ".join([f"“{media_name(media)}” is there again, {same}.", *made.notes]))

        return session.jobs.submit(
            f"Rebuild {media_name(old)}", work, done, partial(tell_failure, session), kind=KIND, subject=media_id
        )

    def _place_for(self, old: Media) -> Path:
        """Where the file was, if that can be written; else (the project's folder was moved) among the takes of the project."""
        place = Path(old.path)
        if not place.parent.is_dir():
            return self._session.files.take_folder / place.name
        try:
            make_folder(place.parent)
        except StudioError:
            return self._session.files.take_folder / place.name
        return place

    def _job_changed(self, job: Job) -> None:
        if job.kind == KIND:
            self.changed.emit()
