"""What every panel and action is given. Built by plain constructor calls; no globals, no lookups."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Sequence as Row
from pathlib import Path
from time import monotonic
from typing import Literal, Protocol

from engines.media.trial import Trials
from engines.play.audio_sink import AudioSink, WallClockSink
from engines.play.player import PlayedFrame, Player
from engines.play.render_ahead import RenderAhead
from engines.play.zones import Marked
from engines.render.previews import Previews
from studio_app.planning.checking import check
from studio_app.services.analyses import Analyses
from studio_app.services.aside import Aside
from studio_app.services.awake import Awake, Inhibitor, NoInhibitor
from studio_app.services.cache_budget import CacheBudget, MemoryBudget, touch
from studio_app.services.evolve_compare import ComparePictures
from studio_app.services.evolve_previews import EvolvePreviews
from studio_app.services.evolve_store import EvolveStore
from studio_app.services.export_estimate import ExportEstimates
from studio_app.services.first_looks import FirstLooks
from studio_app.services.hardware import Hardware
from studio_app.services.jobs import Job, Jobs, Post, StartThread, plain_thread, run_now
from studio_app.services.keys import Keys
from studio_app.services.learning import Learning
from studio_app.services.media_cache import Sketches, Thumbnails, Tiles, Waveforms
from studio_app.services.paths import Paths
from studio_app.services.presence import Presence
from studio_app.services.proxies import Proxies
from studio_app.services.settings import SettingsStore
from studio_app.services.signal import Signal
from studio_app.services.threads import Threads
from studio_app.services.trim_pictures import TrimPictures
from studio_app.session.animatic import Animatic
from studio_app.session.assets import Assets
from studio_app.session.auditioning import Auditioning
from studio_app.session.bills import Bills
from studio_app.session.browsing import Browsing
from studio_app.session.cancelled_watch import CancelledWatch
from studio_app.session.cataloguing import Cataloguing
from studio_app.session.comparing import Comparing
from studio_app.session.constellation import Constellation
from studio_app.session.document import Document
from studio_app.session.engine_choices import EngineChoices
from studio_app.session.evolving import Evolving
from studio_app.session.exporting import queue_export, words_of
from studio_app.session.extending import Extending
from studio_app.session.face import Face
from studio_app.session.files import ProjectFiles
from studio_app.session.finals import Finals
from studio_app.session.generation import Generation
from studio_app.session.generation_desk import set_up_desk
from studio_app.session.held_jobs import HeldJobs
from studio_app.session.importing import Importing, Wish
from studio_app.session.job_records import JobRecords
from studio_app.session.keymap import Keymap
from studio_app.session.length_offers import offer_ways
from studio_app.session.lengths import Lengths
from studio_app.session.lineage import FamilyTree
from studio_app.session.lost_transitions import lost_words
from studio_app.session.narrating import Narrating
from studio_app.session.placing import Placements
from studio_app.session.relinking import Relinking
from studio_app.session.renderers import Renderers
from studio_app.session.retaking import Retaking
from studio_app.session.selection import Selection
from studio_app.session.sky_catalogue import CatalogueSky
from studio_app.session.sky_media import used_hashes
from studio_app.session.source import Source
from studio_app.session.stand_ins import StandIns
from studio_app.session.targets import Targets
from studio_app.session.transport import Transport
from studio_app.session.trim_view import TrimView
from studio_app.session.trimming import Trimming
from studio_app.session.understanding import Understanding
from studio_app.session.watched_folders import watched_folders
from timeline.media import Media
from timeline.project import Project
from timeline.sequence import Sequence
from timeline.time import FrameRate, TimeRange

SHARE_AHEAD = 0.25
"""Of the disk budget: what frames made ahead may take."""
CLOSING_SECONDS = 5.0
"""A thread that was told to end does so between two packets; an export's process has three seconds, then it is killed."""
_OF_PROJECT = ("import", "music", "still", "evolve", "rebuild", "match check", "animatic", "keyframe")
"""Kinds of jobs whose results go into the open project; generation keeps its own in the book."""
Monitor = Literal["program", "source", "compare"]


class _Stage(Protocol):
    def toggle(self) -> None: ...

    def step(self, frames: int, /) -> None: ...


class _Closable(Protocol):
    def close(self, timeout: float, /) -> None: ...


class Session:
    """The application without a face."""

    def __init__(
        self,
        paths: Paths,
        sink: AudioSink,
        post: Post = run_now,
        start_thread: StartThread = plain_thread,
        inhibitor: Inhibitor | None = None,
        trials: Trials | None = None,
        make_sink: Callable[[], AudioSink] = WallClockSink,
        keys: Keys | None = None,
        aside: Aside | None = None,
    ) -> None:
        self.paths = paths
        self.post = post
        self._closes_until = 0.0
        self.threads = start_thread = Threads(start_thread, long=("hardware trial",))
        self.settings = SettingsStore(paths.settings_file)
        self.keymap = Keymap(self.settings)
        self.lengths = Lengths(self.settings)
        self.document = Document()
        self.jobs = Jobs(post, start_thread, {"export": self.settings.values.exports_at_once})
        self.awake = Awake(self.jobs, self.settings, inhibitor or NoInhibitor())
        self.selection = Selection()
        self.budget = CacheBudget(paths.cache, lambda: self.settings.values.cache_gb << 30, post, start_thread)
        self.memory = MemoryBudget(lambda: self.settings.values.memory_mb << 20)
        self.hardware = Hardware(self.settings, paths.cache, post, start_thread)
        self.proxies = Proxies(self.jobs, self.settings, self.budget, post, start_thread, self._is_waited_for)
        self.previews = Previews(paths.previews, grew=self.budget.grew, used=touch)
        self.renderers = Renderers(self.proxies, self.previews, self.hardware, self.memory)
        self.paces: tuple[Marked, ...] = ()
        """The stretches near the playhead and how they play; `paced` tells of new ones."""
        self.paced: Signal[[]] = Signal()
        self.player = Player(
            sink,
            self._frame_arrived,
            self._player_stopped,
            make_renderer=self.renderers.for_cut,
            ahead=RenderAhead(
                lambda: self.renderers.for_cut(goes_back=False),
                lambda paces: self.post(lambda: self._take_paces(paces)),
                is_busy=self._is_busy,
                is_wanted=lambda: self.settings.values.render_ahead,
                most_bytes=lambda: int((self.settings.values.cache_gb << 30) * SHARE_AHEAD),
            ),
        )
        self.transport = Transport(self.document, self.player)
        self.targets = Targets(lambda: self.sequence)
        self._make_sink = make_sink
        self.source = Source(
            self.document, self._make_source_player, lambda: self.sequence.rate, lambda: self.lengths.still
        )
        self._monitor: Monitor = "program"
        self._told_monitor: Monitor = "program"
        self.monitor_changed: Signal[[]] = Signal()
        self.trim_view: Signal[TrimView | None] = Signal()
        """An edge is being moved: what the program viewer shows side by side; None when that is over."""
        self.trimming = Trimming(self.document, self.transport, self.targets, lambda: self.sequence, self.trim_view)
        self.files = ProjectFiles(self.document, self.settings, paths, start_thread, post)
        self.learning = Learning(paths.learnt, paths.cache, post)
        self.aside = aside or Aside(processes=False)
        """Does what would hold the window's interpreter for long."""
        measure = self.aside.measure
        self.desk = set_up_desk(paths, self.settings, keys, self.aside)
        self.generation = Generation(
            self.document,
            self.jobs,
            lambda: self.files.take_folder,
            self.desk,
            self.budget.tidy_soon,
            lambda media, request, result, job: check(media, request, result, paths.cache, job, measure),
            self.learning,
        )
        self.bills = Bills(self.document, self.generation, post)
        self.records = JobRecords(self)
        self.engine_choices = EngineChoices(self.desk, post, start_thread)
        self.understanding = Understanding(
            self.document, post, start_thread, lambda prompt: self.learning.for_prompt(prompt, with_nudges=False)
        )
        self.thumbnails = Thumbnails(
            post,
            start_thread,
            paths.thumbnails,
            self.budget.grew,
            stand_in=self.proxies.stand_in,
            readers=self.memory.readers,
        )
        self.waveforms = Waveforms(post, start_thread, paths.waveforms, self.budget.grew)
        self.analyses = Analyses(post, start_thread, self.jobs, paths.cache, self.budget.grew, measure)
        self.narrating = Narrating(self.document, self.jobs, self.analyses, paths.cache, measure)
        self.tiles = Tiles(post, start_thread)
        self.trim_pictures = TrimPictures(post, start_thread, self.renderers.for_source)
        self.estimates = ExportEstimates(post, start_thread)
        self.sketches = Sketches(post, start_thread, paths.thumbnails, self.budget.grew)
        self.presence = Presence(post, start_thread)
        self.document.library_changed.connect(lambda: self.presence.follow(self.document.library))
        self._set_up_pool(post, start_thread)
        self.cataloguing = Cataloguing(
            paths.catalogue,
            paths.cache,
            self.document,
            self.jobs,
            post,
            start_thread,
            self._is_waited_for,
            lambda message: self.tell(message, error=True),
            lambda *offered: self.offer(*offered),
            lambda: [one.path for one in self.settings.values.recent],
            measure,
        )
        self.constellation = Constellation(
            post, start_thread, paths.catalogue / "sky.npz", lambda: self.document.project.id, lambda: used_hashes(self)
        )
        self.constellation.follow(CatalogueSky(self.cataloguing))
        self.document.replaced.connect(self.constellation.project_changed)
        self.evolve_previews = EvolvePreviews(post, start_thread)
        self.compare_pictures = ComparePictures(post, start_thread)
        self.evolving = Evolving(self, EvolveStore(paths.evolving))
        self.comparing = Comparing(self, self.evolving)
        self.lineage = FamilyTree(self)
        self.presence.changed.connect(self.evolve_previews.forget_faults)
        self.animatic = Animatic(self)
        self.stand_ins = StandIns(self)
        self.auditioning = Auditioning(self)
        self.retaking = Retaking(self)
        self.finals = Finals(self)
        self.extending = Extending(self)
        self.face: Face | None = None
        self.frame_shown: Signal[PlayedFrame] = Signal()
        self.told: Signal[str, bool] = Signal()
        self.noted: Signal[str] = Signal()
        """A sentence for the status line alone: what an edit did beside what was asked for."""
        self.offered: Signal[str, str, Callable[[], object]] = Signal()
        """A sentence, the words on its button, what the button does."""
        self.settings_changed: Signal[[]] = Signal()
        self.clipboard: Placements = ()
        """Clips copied: (track id, offset from the first, clip)."""
        self.clipboard_rows: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
        """Ids of the picture and the sound tracks of the sequence they were copied from, in order."""
        # An edit refused lost nothing: its sentence goes by itself and does not stand in the way of later ones.
        self.document.refused.connect(lambda message: self.tell(message))
        self.document.changed.connect(lambda _: self._keep_selection())
        self.document.done.connect(self._note_lost)
        self.transport.sequence_changed.connect(self._keep_selection)
        self.selection.items.changed.connect(self._let_edit_go)
        self.document.replaced.connect(self._drop_jobs)
        self.document.replaced.connect(self.budget.tidy_soon)
        self.document.library_changed.connect(self._find_proxies)
        self.first_looks = FirstLooks(trials, post, start_thread, lambda message: self.tell(message, error=True))
        self.document.library_changed.connect(lambda: self.first_looks.follow(self.document.library))
        self.settings_changed.connect(self._take_settings)
        self.settings_changed.connect(self.bills.forget)
        self.settings_changed.connect(self.engine_choices.look)
        self.assets = Assets(self)
        self.held = HeldJobs(self.document, self.generation, self.settings_changed)
        self.cancelled = CancelledWatch(self)
        self.generation.failed.connect(lambda message: self.tell(message, error=True))
        self.generation.said.connect(self.tell)
        offer_ways(self)
        self.transport.state_changed.connect(lambda: self._one_plays(self.transport, self.source.transport))
        self.source.transport.state_changed.connect(lambda: self._one_plays(self.source.transport, self.transport))
        self.source.changed.connect(lambda: self._tell_monitor())
        self.source.opened.connect(lambda: self.face.show("source_viewer") if self.face is not None else None)
        self.selection.media.changed.connect(lambda: self.source.give_way_to(self.selection.media.ids))
        self._set_up_playing()

    @property
    def sequence(self) -> Sequence:
        """The active sequence as it stands."""
        project = self.document.project
        return project.sequence(self.transport.sequence_id) or project.sequences[0]

    @property
    def sequence_id(self) -> str:
        """Id of the active sequence."""
        return self.transport.sequence_id

    @property
    def monitor(self) -> Monitor:
        """Which viewer has the keys of transport and marks. `source` only while something is shown there."""
        return "source" if self._monitor == "source" and self.source.media_id is not None else "program"

    @monitor.setter
    def monitor(self, which: Monitor) -> None:
        self._monitor = which
        if which == "source":
            self.source.leads = self.source.media_id is not None
        self._tell_monitor()

    def _tell_monitor(self) -> None:
        if self.monitor != self._told_monitor:
            self._told_monitor = self.monitor
            self.monitor_changed.emit()

    @property
    def active(self) -> Transport:
        """What the keys of transport and marks act on: the focused viewer's playhead, else the sequence's."""
        return self.source.transport if self.monitor == "source" else self.transport

    @property
    def stage(self) -> _Stage:
        """What is played and stepped by key: before and after where those have the keys and are seen, else `active`."""
        return self.comparing if self._monitor == "compare" and self.comparing.is_seen else self.active

    def tell(self, message: str, *, error: bool = False) -> None:
        """Say a sentence to the user (a toast in the window)."""
        self.told.emit(message, error)

    def offer(self, message: str, verb: str, do: Callable[[], object]) -> None:
        """Say a sentence with one thing to do about it (a toast with a button in the window)."""
        self.offered.emit(message, verb, do)

    def import_files(
        self, paths: Row[Path], then: Callable[[list[Media]], None] = lambda _: None, bin_id: str | None = None
    ) -> Job | None:
        """Probe files in the background and add them to the library; `then` gets them, in order, on the main thread.

        Files already in the library, and others of the same content, are not added twice (then the known one counts);
        folders come in with all that is in them, as folders of the pool. What cannot be read is told. The pattern of an
        image sequence (`shot_%04d.png`) counts as a file, at the rate of the active sequence.
        """
        return self.importing.start(Wish(tuple(paths), bin_id), then)

    def export(
        self,
        preset: str,
        target: Path,
        marked: TimeRange | None = None,
        *,
        draft: bool = False,
        burn_in: bool = False,
        smart: bool = True,
        encoder: str = "",
    ) -> Job:
        """Queue a film of the active sequence as it stands now; a `draft` reads the proxies that are made.

        `burn_in` writes timecode and clip names into the picture. `smart` copies untouched footage of the film's own format.
        `encoder`: a device's id; software takes over from it.
        A file that an export still to be done writes is left to it: this one gets a number (see `unclaimed`).
        """
        wishes = words_of(preset, self.sequence_id, marked, draft=draft, burn_in=burn_in, smart=smart, encoder=encoder)
        return queue_export(self, target, wishes)

    def close(self) -> tuple[str, ...]:
        """End all work and let the project go; names of what could not be ended in `CLOSING_SECONDS`: a file may hang.

        All are told first, and then waited for together. Where something is left, see ui.qt.ending.leave.
        """
        until = self._closes_until = self._closes_until or monotonic() + CLOSING_SECONDS  # once, not with each call
        for one in self._workers:
            one.close(0.0)
        players = {"source viewer": self.source.close, "player": self.player.close}
        hung = [name for name, close in players.items() if not close(max(0.2, until - monotonic()))]
        self.awake.close()
        self.threads.wait(max(0.0, until - monotonic()))
        self.proxies.close(0.2)  # its process, now that nobody is at it
        self.aside.close()
        self.files.close()
        self.desk.book.close()
        self.settings.save()
        return (*hung, *self.threads.wait(0.0))

    @property
    def _workers(self) -> tuple[_Closable, ...]:
        """Whatever has threads, but for players and files."""
        pictures = (self.thumbnails, self.waveforms, self.analyses, self.tiles, self.sketches, self.trim_pictures)
        looks = (
            self.watch,
            self.cancelled,
            self.first_looks,
            self.presence,
            self.estimates,
            self.hardware,
            self.cataloguing,
            self.constellation,
        )
        evolving = (self.evolve_previews, self.compare_pictures)
        return (*looks, *pictures, *evolving, self.proxies, self.jobs, self.budget, self.understanding)

    def _make_source_player(self) -> Player:
        """The source viewer's: without frames made ahead, and with little memory. Its threads start with the first file."""

        def arrived(frame: PlayedFrame) -> None:
            self.post(lambda: shown(frame))

        def shown(frame: PlayedFrame) -> None:
            if self.source.media_id is not None:
                self.source.transport.arrived(frame.time)
                self.source.frame_shown.emit(frame)

        def stopped() -> None:
            self.post(lambda: self.source.transport.stopped())

        player = Player(self._make_sink(), arrived, stopped, make_renderer=self.renderers.for_source)
        player.set_quality(self.settings.values.preview_quality)
        return player

    def _set_up_pool(self, post: Post, start_thread: StartThread) -> None:
        def rate() -> FrameRate:
            return self.sequence.rate

        def tell(message: str, error: bool) -> None:
            self.tell(message, error=error)

        self.browsing = Browsing(self.document)
        self.importing = Importing(
            self.document, self.jobs, post, rate, lambda: self.presence.missing, tell, self.offer
        )
        self.relinking = Relinking(self.document, self.jobs, rate, tell)
        self.watch = watched_folders(self.document, self.importing, post, start_thread)

    def _take_paces(self, paces: tuple[Marked, ...]) -> None:
        self.paces = paces
        self.paced.emit()

    def _frame_arrived(self, frame: PlayedFrame) -> None:
        def deliver() -> None:
            self.transport.arrived(frame.time)
            self.frame_shown.emit(frame)

        self.post(deliver)

    def _player_stopped(self) -> None:
        self.post(self.transport.stopped)

    def _is_waited_for(self) -> bool:
        """Whether the machine works for somebody who waits: then no proxies are made. Any thread."""
        kinds = ("export", "generate", "evolve", "import", "analyse")
        plays = self.player.is_playing or self.source.transport.player.is_playing
        return plays or any(one.kind in kinds and not one.is_on_hold for one in self.jobs.running)

    def _is_busy(self) -> bool:
        """The same, or pictures of the window are being made: then no frames are made ahead in this process. Any thread."""
        return self._is_waited_for() or self.thumbnails.is_working or self.waveforms.is_working

    def _find_proxies(self) -> None:
        self.proxies.consider(self.document.library.media.values())

    def choose(self, name: str, value: object) -> None:
        """Change one of the settings, for good; all that show or follow it are told."""
        setattr(self.settings.values, name, value)
        self.settings.save()
        self.settings_changed.emit()

    def _one_plays(self, this: Transport, other: Transport) -> None:
        """One viewer plays at a time. Pictures of files and peaks wait meanwhile: each takes what some frames need."""
        if this.playing:
            other.pause()
        for one in (self.thumbnails, self.waveforms, self.sketches, self.evolve_previews):
            one.rest(this.playing or other.playing)

    def _set_up_playing(self) -> None:
        values = self.settings.values
        self.memory.apply()
        self.previews.memory_bytes = self.memory.ahead
        for transport in (self.transport, self.source.transport):
            transport.player.set_quality(values.preview_quality)
            transport.scrub_sound = values.scrub_sound

    def _take_settings(self) -> None:
        self._set_up_playing()
        self.jobs.set_limit("export", self.settings.values.exports_at_once)
        self.awake.look()
        self.budget.tidy_soon()
        self.hardware.follow_settings()
        self.proxies.consider_again()

    def _drop_jobs(self) -> None:
        """What was asked for another project does not belong into this one, though its work may be done."""
        for job in self.jobs.all:
            if job.kind in _OF_PROJECT and not job.is_over:
                job.cancel()

    def _let_edit_go(self) -> None:
        """Clips or an edit are selected, not both."""
        if len(self.selection.items):
            self.trimming.select(None)

    def _note_lost(self, before: Project) -> None:
        """Say which transitions went with an edit, when whoever made it has said the rest."""
        if words := lost_words(before, self.document.project, self.sequence_id):
            self.post(lambda: self.noted.emit(words))

    def _keep_selection(self) -> None:
        project = self.document.project
        if len(self.selection.items):
            tracks = self.sequence.tracks
            self.selection.items.keep(one.id for track in tracks for one in (*track.items, *track.transitions))
        if len(self.selection.shots):
            self.selection.shots.keep(shot.id for board in project.storyboards for shot in board.shots)
