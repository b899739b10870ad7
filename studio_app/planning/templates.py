"""Storyboards to begin with: shots, lengths and moves of a kind of film, with a place for what it is about.

A template is a storyboard file of `resources/storyboards`: its first comment says what it is, `# subject:` what it is about
until somebody says otherwise; `{subject}` stands for that in names and descriptions.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import resources
from studio_app.planning.storyboard_file import parse_storyboard, with_new_ids
from timeline.storyboard import Shot, Storyboard

FOLDER = "storyboards"
_PLACE = "{subject}"
_SUBJECT = "# subject:"


@dataclass(frozen=True)
class Template:
    """One file. `subject`: what it is about where nothing is typed."""

    id: str
    title: str
    help: str
    subject: str
    text: str

    def board(self, subject: str = "") -> Storyboard:
        """The storyboard about something, with ids of its own."""
        meant = " ".join(subject.split()).replace('"', "'").replace("\\", "/") or self.subject
        board = parse_storyboard(self.text.replace(_PLACE, meant), ".yaml", self.title)
        return replace(board, shots=tuple(_capital(shot) for shot in with_new_ids(board).shots))


def templates() -> tuple[Template, ...]:
    """All that are shipped, by title."""
    found = []
    for name in resources.names(FOLDER, ".yaml"):
        text = resources.read_text(f"{FOLDER}/{name}")
        lines = text.splitlines()
        subject = next((line[len(_SUBJECT) :].strip() for line in lines if line.startswith(_SUBJECT)), "")
        title = next(line.partition(":")[2].strip() for line in lines if line.startswith("title:"))
        found.append(Template(name.removesuffix(".yaml"), title, lines[0].lstrip("# "), subject, text))
    return tuple(sorted(found, key=lambda one: one.title))


def _capital(shot: Shot) -> Shot:
    """A description that begins with what it is about begins with a capital letter."""
    return replace(shot, description=shot.description[:1].upper() + shot.description[1:])
