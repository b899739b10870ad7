"""starcut jobs: the book of generation jobs, and what they cost."""

from __future__ import annotations

import argparse
import json
import time
from typing import Any

from studio_app.cli.console import JSON_HELP, Console, Piece
from studio_app.planning.remote_clip import RemoteClips
from studio_app.services.access import EngineAccess
from studio_app.services.job_book import BookState, Entry, JobBook, month_begin
from studio_app.services.keys import Keys, hidden
from studio_app.services.metrics import as_plain, as_prometheus, metrics
from studio_app.services.money import money
from studio_app.services.paths import user_paths
from studio_app.services.settings import SettingsStore
from studio_app.session.job_records import cost_words
from timeline.errors import Cancelled, StudioError


def add(commands: Any) -> None:
    """The command's words."""
    parser = commands.add_parser("jobs", help="list generation jobs of all projects, their states, history and cost")
    parser.add_argument("job", metavar="JOB", nargs="?", default="", help="the beginning of a job's id: its history")
    parser.add_argument(
        "--state", default="", metavar="NAMES", help=f"only these, with commas between: {', '.join(BookState)}"
    )
    parser.add_argument("--limit", type=int, default=50, metavar="N", help="the latest N (50)")
    parser.add_argument(
        "--metrics",
        choices=("prometheus", "json"),
        default="",
        help="figures of all jobs, in the Prometheus format or JSON",
    )
    parser.add_argument("--go-on", action="store_true", help="finish what starcut generate began and could not end")
    parser.add_argument("--json", action="store_true", help=JSON_HELP)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, console: Console) -> int:
    """Print the book, or one job with all that happened to it."""
    names = [one.strip() for one in options.state.split(",") if one.strip()]
    if wrong := next((one for one in names if one not in list(BookState)), None):
        raise StudioError(f"There is no state {wrong!r}; choose {', '.join(BookState)}.")
    book = JobBook(user_paths().job_book)
    try:
        if options.go_on:
            return _go_on(book, console)
        if options.metrics:
            found = metrics(book)
            text = as_prometheus(found) if options.metrics == "prometheus" else json.dumps(as_plain(found), indent=1)
            console.result({"metrics": as_plain(found)}, text.rstrip())
            return 0
        if options.job:
            _one(book, options.job, console)
        else:
            _all(book, [BookState(one) for one in names], options.limit, console)
    finally:
        book.close()
    return 0


def _go_on(book: JobBook, console: Console) -> int:
    """Ask after each job that was left, fetch what is ready; how each ended is told, and none is sent twice."""
    paths = user_paths()
    clips = RemoteClips(EngineAccess(Keys(), SettingsStore(paths.settings_file), paths.own_models), book)
    left, failed = clips.left(), 0
    for entry in left:
        try:
            console.say(f"{entry.name}: {clips.go_on(entry, Piece(entry.name, console))}", id=entry.id)
        except Cancelled:
            raise
        except StudioError as error:
            failed += 1
            console.say(f"{entry.name}: {error.message}", id=entry.id)
    console.close()
    console.result({"event": "done", "jobs": len(left), "failed": failed}, f"{len(left)} jobs, {failed} failed.")
    return 1 if failed else 0


def _all(book: JobBook, states: list[BookState], limit: int, console: Console) -> None:
    found = sorted(book.all(states=states), key=lambda one: -one.created)[:limit]
    month = book.spent(since=month_begin())
    facts = {
        "jobs": [plain_of(one) for one in found],
        "month": {"billed": str(month.billed), "reserved": str(month.reserved)},
    }
    lines = [_line(one) for one in found] or ["No job fits." if states else "No job was sent yet."]
    console.result(
        facts, "\n".join([*lines, f"This month: {money(month.billed)} billed, {money(month.reserved)} open."])
    )


def _one(book: JobBook, start: str, console: Console) -> None:
    found = [one for one in book.all() if one.id.startswith(start)]
    if len(found) != 1:
        raise StudioError(f"{'No job' if not found else 'More than one job'} begins with {start!r}; see starcut jobs.")
    entry, events = found[0], book.history(found[0].id)
    plain = [{"at": _when(one.at), "state": one.state, "text": hidden(one.text)} for one in events]
    lines = [_line(entry), *(f"  {one['at']}  {one['state']:<12} {one['text']}" for one in plain)]
    console.result({**plain_of(entry), "history": plain}, "\n".join(lines))


def plain_of(entry: Entry) -> dict[str, Any]:
    """A job for programs; nothing secret is in a book, and signed links are hidden all the same."""
    return {
        "id": entry.id,
        "name": entry.name,
        "project": entry.project,
        "engine": entry.engine,
        "model": entry.model,
        "state": entry.state.value,
        "provider_id": entry.handle.id if entry.handle else None,
        "estimate": str(entry.estimate),
        "cost": str(entry.cost),
        "cost_is_sure": entry.cost_is_sure,
        "currency": entry.currency,
        "fault": entry.fault,
        "message": hidden(entry.message),
        "target": entry.target,
        "created": _when(entry.created),
        "changed": _when(entry.changed),
    }


def _line(entry: Entry) -> str:
    why = f"  {hidden(entry.message)}" if entry.message else ""
    return f"{entry.id[:8]}  {_when(entry.created)}  {entry.state:<11} {entry.engine:<11} {cost_words(entry):<15} {entry.name}{why}"


def _when(at: float) -> str:
    return time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(at))
