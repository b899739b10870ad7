"""Put the clips of a nest in its place."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from timeline.checks import free_clip, sequence_of, some
from timeline.command import Command
from timeline.decomposing import Links, check_nest, lanes_of, markers_outside, put_out
from timeline.errors import EditRefused
from timeline.items import SequenceSource
from timeline.media import Library
from timeline.nesting import nested_in
from timeline.project import Project


@dataclass(frozen=True)
class DecomposeNests(Command):
    """Take nests apart: copies of the clips they show go where they stand. `| A |  nest  |  ->  | A | B | C |`

    Its first track goes on the track of the nest, the others above (of sound: below), where they are free and set alike, else
    on new ones. Trims, speed and volume of the nest stay with its clips, as do transitions and links inside; its markers come out
    as markers of the sequence; the nest's own sequence stays in the project. Refused where single clips would look or sound different.
    """

    sequence_id: str
    clip_ids: tuple[str, ...]
    label: ClassVar[str] = "Decompose nest"

    def apply(self, project: Project, library: Library) -> Project:
        """The project with the clips in place of the nests."""
        links: Links = {}
        done, marked = 0, set[str]()
        for clip_id in some(self.clip_ids):
            sequence = sequence_of(project, self.sequence_id)
            found = free_clip(sequence, clip_id)
            if not isinstance(found.clip.source, SequenceSource):
                continue
            nest = nested_in(project, found.clip)
            if nest is None:
                raise EditRefused("The sequence of this nest is no longer in the project.")
            check_nest(sequence, found.track, found.clip, nest)
            lanes = lanes_of(sequence, found, nest, links)
            sequence_now = put_out(project, sequence, found, lanes, library)
            home = found.clip.link or found.clip.id
            if home not in marked:  # linked picture and sound show the same markers
                marked.add(home)
                there = (*sequence_now.markers, *markers_outside(sequence, found, nest))
                sequence_now = replace(sequence_now, markers=tuple(sorted(there, key=lambda one: one.time)))
            project = project.with_sequence(sequence_now)
            done += 1
        if not done:
            raise EditRefused("Select a nest: a clip that shows another sequence.")
        return project
