"""Settings per user: one JSON file, written atomically; a damaged file is set aside, never a reason not to start."""

from __future__ import annotations

import json
import logging
import os
from enum import StrEnum
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from effects.params import param
from engines.generate.fallback import Finish
from engines.generate.moderation import Strictness
from engines.generate.routing import Budget, Policy
from timeline.atomic import write_atomically

log = logging.getLogger(__name__)


def memory_for_frames() -> int:
    """An eighth of the machine's memory in MB, at most 1024, at least 256."""
    try:
        there = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") >> 20
    except (AttributeError, OSError, ValueError):
        return 512  # Windows does not say it so
    return min(max(there // 8 // 128 * 128, 256), 1024)


class RecentProject(BaseModel):
    """A project on the start page."""

    path: str
    name: str
    seconds: float = 0.0
    picture: str = ""
    picture_size: tuple[int, int] = (1920, 1080)
    opened: str = ""


class SavingSettings(BaseModel):
    """How unsaved edits are kept."""

    autosave_seconds: int = param(
        5, ge=2, le=3600, unit="s", label="Recovery copy every", help="After an edit, at the latest. A save removes it."
    )


class ProxySize(StrEnum):
    """Pixels of a proxy's shorter side."""

    SMALL = "360p"
    MEDIUM = "540p"
    LARGE = "720p"

    @property
    def short_side(self) -> int:
        """As a number."""
        return int(self.value[:-1])


class ProxySettings(BaseModel):
    """Light films that stand for heavy ones while editing; exports read the originals."""

    proxies_automatic: bool = param(
        True, label="Make them by themselves", help="For films that are measured too slow to scrub, in the background."
    )
    proxies_used: bool = param(
        True, label="Show them", help="While scrubbing and playing; a resting playhead shows the original."
    )
    proxy_size: ProxySize = param(
        ProxySize.MEDIUM, label="Size", help="Of the shorter side. Another size is made anew."
    )


class PreviewQuality(StrEnum):
    """Pixels of the pictures in the viewer while playing."""

    AUTO = "auto"
    FULL = "full"
    HALF = "half"
    QUARTER = "quarter"


class PlaybackSettings(BaseModel):
    """What the viewer shows and lets be heard."""

    preview_quality: PreviewQuality = param(
        PreviewQuality.AUTO, label="Quality", help="Auto: as many pixels as come in time, all when the playhead rests."
    )
    render_ahead: bool = param(
        True,
        label="Make slow parts ahead",
        help="What does not play in real time is composed while you rest: amber in the ruler turns green.",
    )
    scrub_sound: bool = param(
        True, label="Sound while scrubbing", help="A moment of each place the playhead is dragged or stepped to."
    )
    playback_meters: bool = param(False, label="Playback meters", help="Shows in the viewer how playing goes.")
    safe_areas: bool = param(False, label="Safe areas", help="Lines on the picture: 93 % for action, 90 % for titles.")
    frames_counted: bool = param(False, label="Count frames", help="Viewers show frame numbers instead of timecode.")


class CacheSettings(BaseModel):
    """How much may be kept so that it need not be made again."""

    memory_mb: int = param(
        memory_for_frames(),
        ge=128,
        step=128,
        unit="MB",
        label="Memory",
        help="For decoded and composed pictures.",
    )
    cache_gb: int = param(
        20,
        ge=1,
        unit="GB",
        label="Disk",
        help="For proxies, previews, thumbnails, waveforms and painted scenes; the oldest go first.",
    )


class ExportSettings(BaseModel):
    """Films are written by processes of their own, behind what you do in the window."""

    exports_at_once: int = param(
        1, ge=1, le=8, label="Exports at once", help="The others wait. Two at once take nearly twice as long each."
    )
    keep_awake: bool = param(
        True, label="Stay awake", help="The computer does not sleep while it exports or generates."
    )
    notify_when_done: bool = param(
        True, label="Tell when done", help="By the desktop, when all of it is ready while another window is in front."
    )


class HardwareSettings(BaseModel):
    """What decodes films for the viewer. Auto takes a device that gives right pictures and is quicker than software here."""

    decoding: str = "auto"


class DrawnBy(StrEnum):
    """Who draws the films of the embedded engine."""

    AUTO = "auto"
    PROCESSOR = "processor"
    GPU = "gpu"


class GenerationSettings(BaseModel):
    """The engine inside Starcut draws on a graphics device where there is one; pictures differ by less than can be seen."""

    backend: DrawnBy = param(
        DrawnBy.AUTO,
        label="Draw takes with",
        help="Processor: a take is rebuilt to the bit on any machine. A device that fails is followed by the processor.",
    )


class EngineSettings(BaseModel):
    """Which engines may be asked, and what happens when one fails. Shots that name no engine are drawn here, free."""

    engine_policy: Policy = param(
        Policy.MULTI_ENGINE,
        label="Auto may ask",
        help="Whom a shot set to auto may go to: this computer, services, or both.",
    )
    engine_budget: Budget = param(Budget.MEDIUM, label="Budget of auto", help="High takes the best that is ready.")
    engine_finish: Finish = param(
        Finish.STRICT,
        label="After a failure",
        help="Strict: the shot says why and waits for you. Always finish: others are asked, the Starcut engine at last.",
    )
    engine_dearer: bool = param(False, label="Dearer without asking", help="Whether the next engine may cost more.")
    engine_softens: bool = param(
        False, label="Soften refused words", help="Once, after a refusal of the content; the change is shown."
    )
    engine_strictness: Strictness = param(
        Strictness.OFF,
        label="Word filter",
        help="Takes out or softens words that services refuse; every change is shown.",
    )


class SpendingSettings(BaseModel):
    """In US dollars, as the services bill; what waits counts. 0: no limit."""

    cap_project_soft: float = param(
        0.0, ge=0, unit="$", step=0.05, label="Project, tell me at", help="The job is sent all the same."
    )
    cap_project_hard: float = param(
        0.0, ge=0, unit="$", step=0.05, label="Project, at most", help="Nothing is sent beyond it."
    )
    cap_month_soft: float = param(0.0, ge=0, unit="$", step=0.05, label="Month, tell me at")
    cap_month_hard: float = param(0.0, ge=0, unit="$", step=0.05, label="Month, at most")


class Follow(StrEnum):
    """What the timeline does when the playhead plays out of sight."""

    PAGE = "page"
    SMOOTH = "smooth"
    OFF = "off"


class CopyModifier(StrEnum):
    """The key that makes a drag copy. Some desktops take Alt and the mouse for themselves."""

    ALT = "alt"
    SUPER = "super"

    @property
    def key(self) -> str:
        """What stands on the key."""
        return self.value.capitalize()


class TimelineSettings(BaseModel):
    """How the timeline follows and what the hand does on it."""

    follow_playhead: Follow = param(
        Follow.PAGE,
        label="Follow the playhead",
        help="By page, smoothly so that it stays in the middle, or not at all.",
    )
    copy_modifier: CopyModifier = param(
        CopyModifier.ALT, label="Drag copies with", help="Choose Super where your desktop takes Alt and the mouse."
    )


class Accent(StrEnum):
    """The one light of the window: here, chosen, now."""

    STARLIGHT = "starlight"
    COPPER = "copper"
    CITRON = "citron"
    ROSE = "rose"
    SILVER = "silver"


class AppearanceSettings(BaseModel):
    """Scale and accent count from the next start of Starcut."""

    ui_scale: int = param(
        100, ge=100, le=200, step=10, unit="%", label="Size of everything", help="On top of what your desktop says."
    )
    accent: Accent = param(Accent.STARLIGHT, label="Accent", help="Marks what is chosen and where the keys go.")
    reduced_motion: bool = param(False, label="Reduced motion", help="Panels and pages come without moving.")


class LengthSettings(BaseModel):
    """What new stills, titles and transitions last; each can be changed afterwards."""

    still_seconds: float = param(5.0, ge=0.1, le=600, step=0.5, unit="s", label="Stills", help="When put into a cut.")
    title_seconds: float = param(4.0, ge=0.1, le=600, step=0.5, unit="s", label="Titles")
    transition_seconds: float = param(
        1.0, ge=0.04, le=30, step=0.1, unit="s", label="Transitions", help="Shorter where handles lack."
    )


class AudioSettings(BaseModel):
    """Where sound is heard: empty means the system's default."""

    audio_device: str = ""


class PoolLook(BaseModel):
    """How the media pool is shown: grid or list, which columns, how wide, in which order."""

    model_config = ConfigDict(extra="allow", validate_assignment=True)
    is_list: bool = False
    columns: list[str] = Field(default_factory=lambda: ["name", "length", "rate", "size", "used", "label", "rating"])
    widths: dict[str, int] = Field(default_factory=dict)
    sort: str = ""
    """Name of a column; empty: in order of arrival."""
    descending: bool = False


class TimelineLook(BaseModel):
    """How the timeline of one project was left."""

    heights: dict[str, int] = Field(default_factory=dict)
    """Of rows that have one of their own, by track id, logical pixels."""
    tabs: list[str] = Field(default_factory=list)
    """Open sequences by id, in their order."""
    closed: list[str] = Field(default_factory=list)
    """Those that were closed by hand; what is in neither came since."""
    active: str = ""


class Settings(
    AppearanceSettings,
    LengthSettings,
    AudioSettings,
    TimelineSettings,
    HardwareSettings,
    GenerationSettings,
    EngineSettings,
    SpendingSettings,
    ExportSettings,
    CacheSettings,
    ProxySettings,
    PlaybackSettings,
    SavingSettings,
):
    """What a user has chosen. Unknown fields of a newer version are kept."""

    model_config = ConfigDict(extra="allow", validate_assignment=True)
    recent: list[RecentProject] = Field(default_factory=list)
    layouts: dict[str, Any] = Field(default_factory=dict)
    snapping: bool = True
    default_transition: str = "dissolve"
    """Id of the transition of pictures that Ctrl+D lays; chosen in the effects panel and in the preferences."""
    pool: PoolLook = Field(default_factory=PoolLook)
    language: str = ""
    """Of the window, as `de` or `pt_BR`; empty: the system's, English where there is no translation."""
    export_folder: str = ""
    cache_folder: str = ""
    """Where caches lie from the next start on; empty: the system's place."""
    timelines: dict[str, TimelineLook] = Field(default_factory=dict)
    """By project id, the one seen last at the end."""
    engine_addresses: dict[str, str] = Field(default_factory=dict)
    """Where engines are reached, by their ids, where that is not the usual place."""
    engine_options: dict[str, dict[str, Any]] = Field(default_factory=dict)
    """Values that only one engine has, by its id: they go along with each of its jobs."""
    blocked_words: dict[str, list[str]] = Field(default_factory=dict)
    """By project id: words that are never sent."""
    storyboard_look: Literal["grid", "list"] = "grid"
    """How the storyboard's shots are shown."""
    tour_seen: bool = False
    recent_actions: list[str] = Field(default_factory=list)
    """Ids of what the command palette ran, last first."""
    key_preset: str = "default"
    keys: dict[str, list[str]] = Field(default_factory=dict)
    """Keys by action id where the user's own differ from the preset's."""
    no_proxy: list[str] = Field(default_factory=list)
    """Content hashes of films whose proxy was deleted by hand: none is made by itself."""


MOST_RECENT = 12


class SettingsStore:
    """Loads and saves the settings file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.values = self._load()

    def _load(self) -> Settings:
        try:
            return Settings.model_validate_json(self.path.read_bytes())
        except FileNotFoundError:
            return Settings()
        except (OSError, ValidationError, ValueError) as error:
            log.warning("settings in %s could not be read: %s", self.path, error)
            try:
                self.path.replace(self.path.with_suffix(".damaged.json"))
            except OSError:
                log.warning("and could not be set aside")
            return Settings()

    def save(self) -> None:
        """Write the settings; a failure is logged, it must not stop an edit."""
        try:
            write_atomically(self.path, json.dumps(self.values.model_dump(mode="json"), indent=1).encode())
        except OSError as error:
            log.warning("settings could not be saved: %s", error)

    def remember(self, project: RecentProject) -> None:
        """Put a project at the top of the recent ones."""
        others = [one for one in self.values.recent if one.path != project.path]
        self.values.recent = [project, *others][:MOST_RECENT]
        self.save()

    def forget(self, path: str) -> None:
        """Take a project off the recent ones."""
        self.values.recent = [one for one in self.values.recent if one.path != path]
        self.save()
