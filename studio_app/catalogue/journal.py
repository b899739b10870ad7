"""What the user says of clips, line by line in a file of its own (tags, ratings, moves, clusters), transcripts, and where clips come from.

All the rest can be read again from files and projects; this cannot. A line is one `Said`, written within the transaction that
does it, so that the windows' lines stand in the order in which they came to be.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from timeline.atomic import write_atomically

log = logging.getLogger(__name__)

Said = Mapping[str, Any]
"""`do`: tag, untag, rate, move, own, drop, spoken, project, forget, watch or unwatch, and what it needs (see `saying.do`)."""


class Journal:
    """A file of lines of JSON."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def append(self, said: Said) -> None:
        """One more line. Raises OSError."""
        line = json.dumps(said, ensure_ascii=False, separators=(",", ":")) + "\n"
        handle = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        with os.fdopen(handle, "ab") as file:
            if file.tell() and not self._ends_well():
                file.write(b"\n")  # a line that was cut off by a crash stays alone
            file.write(line.encode())

    def lines(self) -> Iterator[Said]:
        """All that was said, in order; what cannot be read is left out."""
        try:
            text = self.path.read_bytes().decode("utf-8", errors="replace")
        except OSError:
            return
        for line in text.split("\n"):
            try:
                said = json.loads(line) if line.strip() else None
            except ValueError:
                log.warning("a line of %s cannot be read", self.path.name)
                continue
            if isinstance(said, dict) and isinstance(said.get("do"), str):
                yield said

    def write(self, said: Iterable[Said]) -> None:
        """Only these lines from now on. Raises OSError."""
        text = "".join(json.dumps(one, ensure_ascii=False, separators=(",", ":")) + "\n" for one in said)
        write_atomically(self.path, text.encode())

    @property
    def size(self) -> int:
        """In bytes."""
        try:
            return self.path.stat().st_size
        except OSError:
            return 0

    def _ends_well(self) -> bool:
        with self.path.open("rb") as file:
            file.seek(-1, os.SEEK_END)
            return file.read(1) == b"\n"
