"""A line in the log for each step of a generation job: name=value pairs, one line each, without secrets."""

from __future__ import annotations

import json
import logging

from studio_app.services.keys import hidden

NAME = "starcut.jobs"
log = logging.getLogger(NAME)


def told(job: str, shot: str, engine: str, step: str, status: str, ms: float, error: str = "") -> None:
    """Write a step down. `ms`: since the step before; `error`: why, where it went wrong."""
    if log.isEnabledFor(logging.INFO):
        words = {"job": job, "shot": shot, "engine": engine, "step": step, "ms": f"{ms:.0f}", "status": status}
        pairs = [f"{name}={_quoted(hidden(text))}" for name, text in (*words.items(), ("error", error)) if text]
        log.log(logging.WARNING if error else logging.INFO, "%s", " ".join(pairs))


def keep_in(handler: logging.Handler) -> None:
    """Let the lines go to a handler (which hides keys; see services.keys.guard_log) and, but for failures, nowhere else."""
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    log.propagate = False


def _quoted(text: str) -> str:
    """As it is, or in quotes where it holds spaces: lines can be taken apart again."""
    return text if text and not set(text) & set(' "=\n') else json.dumps(text, ensure_ascii=False)
