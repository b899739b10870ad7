"""What only a window can do for an action; the session has none in tests and on the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol


class Face(Protocol):
    """What only a window can do for an action. Paths are None when the user thought better of it."""

    def ask_open_files(self, title: str, kinds: str) -> list[Path]:
        """Choose existing files; `kinds` is `media`, `project` or `storyboard`, or `folder`."""

    def ask_save_file(self, title: str, suggestion: str, kinds: str) -> Path | None:
        """Choose a name to save under."""

    def ask_text(self, title: str, label: str, text: str = "", verb: str = "") -> str | None:
        """A line of text; `verb` says on the button what is done with it."""

    def may_close_project(self) -> bool:
        """Ask about unsaved edits; False: the user wants to stay."""

    def show(self, what: str, about: str = "") -> None:
        """Bring up a dialog, panel or page by name."""

    def zoom(self, how: str) -> None:
        """`in`, `out` or `fit` the timeline."""

    def set_tool(self, tool: str) -> None:
        """Make another timeline tool the active one."""

    def quit(self) -> None:
        """Close the window."""
