"""Give clips the look and levels of another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Final

from timeline.checks import LocatedClip, sequence_of, some, valid, with_clips
from timeline.command import Command
from timeline.edits import settled, shifted
from timeline.errors import EditRefused
from timeline.items import Clip, new_id
from timeline.media import Library
from timeline.project import Project

ATTRIBUTES: Final = ("effects", "opacity", "volume", "pan", "fade_in", "fade_out", "enabled")
"""What can be pasted; the speed has a verb of its own."""
_PICTURE: Final = {"opacity"}
_SOUND: Final = {"volume", "pan"}


@dataclass(frozen=True)
class PasteAttributes(Command):
    """Set fields of clips to those of `source`, a clip that was copied: any of ATTRIBUTES; the others stay.

    Effects replace the clip's own. Keyframes keep their distance from the clip's start. Opacity goes to pictures only, volume and
    pan to sounds only.
    """

    sequence_id: str
    clip_ids: tuple[str, ...]
    source: Clip
    attributes: tuple[str, ...]
    label: ClassVar[str] = "Paste attributes"

    def apply(self, project: Project, library: Library) -> Project:
        """The project with the fields set."""
        wanted = set(self.attributes)
        if not wanted <= set(ATTRIBUTES):
            raise EditRefused(f"“{', '.join(sorted(wanted - set(ATTRIBUTES)))}” cannot be pasted.")
        if not wanted:
            raise EditRefused("Choose what to paste.")
        sequence = sequence_of(project, self.sequence_id)

        def change(found: LocatedClip) -> Clip:
            model = shifted(self.source, found.clip.source_range.start - self.source.source_range.start)
            skipped = _PICTURE if found.track.is_audio else _SOUND
            return _with(found.clip, {name: _value(model, name) for name in ATTRIBUTES if name in wanted - skipped})

        return with_clips(project, sequence, some(self.clip_ids), change)


def _value(model: Clip, name: str) -> Any:
    if name == "effects":
        return tuple(replace(use, id=new_id()) for use in model.effects)
    return getattr(model, name)


def _plain(value: Any) -> Any:
    """Effects without their ids, which are new each time."""
    return tuple(replace(use, id="") for use in value) if isinstance(value, tuple) else value


def _with(clip: Clip, fields: Mapping[str, Any]) -> Clip:
    if all(_plain(getattr(clip, name)) == _plain(value) for name, value in fields.items()):
        return clip
    return settled(valid(replace(clip, **fields)))
