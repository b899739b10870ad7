"""What an export in a process of its own is told, as words of `starcut render`."""

from __future__ import annotations

from timeline.time import TimeRange


def words_of(
    preset: str,
    sequence_id: str,
    marked: TimeRange | None,
    *,
    draft: bool = False,
    burn_in: bool = False,
    smart: bool = True,
    encoder: str = "",
) -> list[str]:
    """The words for a film of one sequence, or of a range of it (record time); see `Session.export`."""
    words = ["--preset", preset, "--sequence", sequence_id]
    words += ["--draft"] * draft + ["--burn-in"] * burn_in + ["--no-smart"] * (not smart)
    if encoder:
        words += ["--encoder", encoder]
    if marked is not None:
        words += ["--in", str(marked.start), "--out", str(marked.end)]
    return words
