"""What generating did, in figures, read off the book of jobs: nothing is counted twice and nothing is lost with the program."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from engines.generate.routing import LOCAL
from studio_app.services.job_book import BookState, Entry, Event, JobBook

BUCKETS = (5.0, 15.0, 30.0, 60.0, 120.0, 300.0, 600.0, 1800.0)
"""Upper bounds of the histogram of job seconds."""
_ENDS = (BookState.LANDING, BookState.DONE, BookState.FAILED, BookState.CANCELLED)


MODERATED, REPHRASED = "moderated", "rephrased"
"""Remarks in a job's history: "<word filter>: <why>", and that it is the try with milder words."""
REFUSED = "refused there"
"""The reason of a remark where the service refused the content."""
Labelled = Counter[tuple[str, ...]]


@dataclass(frozen=True)
class Metric:
    """One figure with its labels, as the Prometheus format has it."""

    name: str
    kind: str  # counter, gauge, histogram
    help: str
    values: tuple[tuple[tuple[tuple[str, str], ...], float], ...]
    """(labels, value) each; of a histogram the cumulated buckets by `le`, then "sum" and "count" by the label `part`."""


def metrics(book: JobBook) -> tuple[Metric, ...]:
    """All figures, of all projects."""
    entries = book.all()
    histories = {one.id: book.history(one.id) for one in entries}
    ended = [one for one in entries if one.state in (BookState.DONE, BookState.FAILED, BookState.CANCELLED)]
    by_result: Labelled = Counter((one.engine, one.state.value) for one in ended)
    failures: Labelled = Counter((one.engine, one.fault or "other") for one in entries if one.state is BookState.FAILED)
    waiting = Counter(one.engine for one in entries if one.state is BookState.QUEUED)
    money: defaultdict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for one in entries:
        money[one.engine, one.currency] += one.cost
    return (
        _counter("starcut_render_jobs_total", "Generation jobs that ended, by engine and result.", by_result, "engine", "result"),
        _counter("starcut_failures_total", "Jobs that failed, by engine and reason.", failures, "engine", "reason"),
        _counter("starcut_fallbacks_total", "Jobs that another engine took over.", Counter(_fallbacks(entries)), "from", "to"),
        _counter("starcut_moderation_flags_total", "Words that were changed or refused, by engine, word filter and reason.",
                 _flags(entries, histories), "engine", "strictness", "trigger"),
        _counter("starcut_rephrases_total", "Jobs that were sent once more with milder words, by engine.",
                 Counter((one.engine,) for one in entries if any(each.state == REPHRASED for each in histories[one.id])), "engine"),
        _counter("starcut_resumed_total", "Jobs that were picked up after the program had ended.",
                 Counter({(): sum(one.text == "picked up again" for each in histories.values() for one in each)})),
        Metric("starcut_cost_total", "counter", "Money billed, by engine and currency.",
               tuple(((("engine", key[0]), ("currency", key[1])), float(value)) for key, value in sorted(money.items()))),
        Metric("starcut_queue_depth", "gauge", "Jobs that wait, by engine.",
               tuple(((("engine", key),), float(value)) for key, value in sorted(waiting.items()))),
        _histogram(entries, histories),
        *_scenes(entries, histories),
    )  # fmt: skip


def as_prometheus(found: Iterable[Metric]) -> str:
    """The text format, version 0.0.4."""
    lines = []
    for one in found:
        lines += [f"# HELP {one.name} {one.help}", f"# TYPE {one.name} {one.kind}"]
        for labels, value in one.values:
            part = dict(labels).get("part", "")
            shown = [pair for pair in labels if pair[0] != "part"]
            suffix = {"sum": "_sum", "count": "_count"}.get(part, "_bucket" if one.kind == "histogram" else "")
            inside = ",".join(f'{key}="{_escaped(text)}"' for key, text in shown)
            lines.append(f"{one.name}{suffix}{'{' + inside + '}' if inside else ''} {_plain(value)}")
    return "\n".join(lines) + "\n"


def _plain(value: float) -> str:
    """All its digits: money is told to the cent."""
    return str(int(value)) if value.is_integer() else repr(value)


def as_plain(found: Iterable[Metric]) -> list[dict[str, object]]:
    """For JSON."""
    return [
        {"name": one.name, "kind": one.kind, "help": one.help,
         "values": [{"labels": dict(labels), "value": value} for labels, value in one.values]}
        for one in found
    ]  # fmt: skip


def seconds_of(events: Iterable[Event]) -> float | None:
    """From the first sending (or start) of a job to its end; None while it has none."""
    begun = ended = None
    for one in events:
        if begun is None and one.state == BookState.RUNNING:
            begun = one.at
        if begun is not None and one.state in _ENDS:
            ended = one.at
            break
    return None if begun is None or ended is None else max(0.0, ended - begun)


def _fallbacks(entries: Iterable[Entry]) -> list[tuple[str, ...]]:
    """An entry of the same shot and target that follows a failed one, by another engine."""
    last: dict[tuple[str, str], Entry] = {}
    found: list[tuple[str, ...]] = []
    for one in sorted(entries, key=lambda each: each.created):
        before = last.get((one.subject, one.target))
        if before is not None and before.state is BookState.FAILED and before.engine != one.engine:
            found.append((before.engine, "embedded" if one.engine == LOCAL else one.engine))
        last[one.subject, one.target] = one
    return found


def _scenes(entries: Iterable[Entry], histories: Mapping[str, tuple[Event, ...]]) -> tuple[Metric, Metric]:
    """How long what was made took, by what makes it and what it is: their quotient is the usual time of a scene."""
    count: Labelled = Counter()
    spent: defaultdict[tuple[str, ...], float] = defaultdict(float)
    for one in entries:
        took = seconds_of(histories[one.id]) if one.state is BookState.DONE else None
        if took is not None:
            key = (one.engine, str(one.request.get("makes") or "film"))
            count[key] += 1
            spent[key] += took
    labels = ("engine", "type")
    seconds = tuple((tuple(zip(labels, key, strict=True)), round(value, 3)) for key, value in sorted(spent.items()))
    return (
        _counter("starcut_scenes_total", "Scenes that were made, by engine and type.", count, *labels),
        Metric("starcut_scene_seconds_total", "counter", "Seconds from the sending of scenes to their films.", seconds),
    )


def _flags(entries: Iterable[Entry], histories: Mapping[str, tuple[Event, ...]]) -> Labelled:
    """By the remarks; a refusal of before there were any stands with a filter that nobody knows."""
    found: Labelled = Counter()
    for one in entries:
        told = [
            (each.text.partition(": ")[0], each.text.partition(": ")[2])
            for each in histories[one.id]
            if each.state == MODERATED
        ]
        if one.fault == "moderated" and all(why != REFUSED for _, why in told):
            told.append(("unknown", REFUSED))
        found.update((one.engine, strictness, why) for strictness, why in told)
    return found


def _counter(name: str, text: str, counts: Counter[tuple[str, ...]], *labels: str) -> Metric:
    values = tuple((tuple(zip(labels, key, strict=True)), float(value)) for key, value in sorted(counts.items()))
    return Metric(name, "counter", text, values)


def _histogram(entries: Iterable[Entry], histories: dict[str, tuple[Event, ...]]) -> Metric:
    by_engine: defaultdict[str, list[float]] = defaultdict(list)
    for one in entries:
        if (seconds := seconds_of(histories[one.id])) is not None:
            by_engine[one.engine].append(seconds)
    values: list[tuple[tuple[tuple[str, str], ...], float]] = []
    for engine, all_seconds in sorted(by_engine.items()):
        values += [
            ((("engine", engine), ("le", f"{bound:g}")), float(sum(one <= bound for one in all_seconds)))
            for bound in BUCKETS
        ]
        values.append(((("engine", engine), ("le", "+Inf")), float(len(all_seconds))))
        values.append(((("engine", engine), ("part", "sum")), sum(all_seconds)))
        values.append(((("engine", engine), ("part", "count")), float(len(all_seconds))))
    return Metric("starcut_job_seconds", "histogram", "From sending to the film on disk, by engine.", tuple(values))


def _escaped(text: str) -> str:
    return re.sub(r'(["\\])', r"\\\1", text).replace("\n", " ")
