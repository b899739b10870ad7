"""A request, understood: prompt, style, mood, what shall not be seen."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from engines.generate.base import GenerationRequest
from engines.generate.procedural.intent import Chip, Intent
from engines.generate.procedural.interpret.beats import parts_of
from engines.generate.procedural.interpret.durations import Length, lengths_in, lowered
from engines.generate.procedural.interpret.named import named_in, names_of, with_looks
from engines.generate.procedural.interpret.reader import Reader
from engines.generate.procedural.interpret.reading import Reading, joined
from engines.generate.procedural.interpret.settling import setting_of, settled
from engines.generate.procedural.interpret.texts import Texts, texts_in
from engines.generate.procedural.interpret.tokens import LONGEST_PROMPT, Token, tokenise
from engines.generate.procedural.interpret.vocabulary import single_words

_SHARED = (
    "subject",
    "setting",
    "feature",
    "time",
    "weather",
    "subject_motion",
    "mood",
    "tone",
    "camera",
    "tension",
    "motion",
)
"""What one beat may change; all else holds for the whole film and for every beat."""
_LONGEST_STEP = 80


def interpret(request: GenerationRequest) -> Intent:
    """What a request asks for. Fields of the request win over words of the prompt."""
    prompt = request.prompt[:LONGEST_PROMPT]
    texts = texts_in(prompt)
    lengths = lengths_in(lowered(prompt))
    looks = named_in(prompt, names_of(request))
    taken = [*texts.taken, *((one.start, one.end) for one in lengths), *looks.values()]
    tokens = _spread([token for token in tokenise(prompt) if not _is_in(token, taken)])
    stretches = parts_of(tokens)
    parts = _merged([_read(part) for part in _with_lengths(stretches, lengths)])
    fields = _fields(request)
    whole = joined([*parts, *fields])
    intent = _with_request(settled(whole), request, texts)
    beats = tuple(_with_request(settled(one), request, Texts()) for one in _beats(parts, fields, whole))
    steps = _steps(prompt, stretches) if texts.template else ()
    chips = sorted([*intent.chips, *_text_chips(prompt, texts, lengths)], key=lambda chip: (chip.start < 0, chip.start))
    intent = replace(
        intent,
        chips=tuple(chips),
        beats=beats if len(beats) > 1 else (),
        texts=texts.wishes,
        template=texts.template,
        steps=steps,
    )
    return with_looks(intent, prompt, looks)


def _text_chips(prompt: str, texts: Texts, lengths: list[Length]) -> list[Chip]:
    """Lengths and quoted texts, as chips."""
    spoken = [one for one in lengths if not any(start <= one.start < end for start, end in texts.taken)]
    chips = [
        Chip(
            prompt[one.start : one.end], "duration", f"{one.duration.to_seconds():g} s", 1.0, False, *one[:2], one.start
        )
        for one in spoken
    ]
    for (start, end), wish in zip(texts.taken, texts.wishes, strict=False):
        chips.append(Chip(prompt[start:end], "text", wish.text, 1.0, False, start, end, start))
    return chips


def _steps(prompt: str, stretches: list[list[Token]]) -> tuple[str, ...]:
    """The parts as written; of the first what comes after its colon, for before it stands what is explained."""
    if len(stretches) < 2:
        return ()
    said = [prompt[part[0].start : part[-1].end] for part in stretches]
    said[0] = said[0].partition(":")[2]
    shown = (" ".join(one.strip(" ,.;:!\n").split())[:_LONGEST_STEP] for one in said)
    return tuple(one[:1].upper() + one[1:] for one in shown if one)


def _is_in(token: Token, taken: list[tuple[int, int]]) -> bool:
    return any(start <= token.start < end for start, end in taken)


def _spread(tokens: list[Token]) -> list[Token]:
    """Words with hyphens that are no words of their own, as their parts: `snow-covered`, `grey-blue`."""
    known = single_words()
    found: list[Token] = []
    for token in tokens:
        if "-" not in token.text[1:] or token.text in known or token.text.endswith(("-free", "-less")) or token.is_sign:
            found.append(token)
            continue
        at = token.start
        for part in token.text.split("-"):
            if part:
                found.append(Token(part, at, min(token.end, at + len(part)), token.weight, part))
            at += len(part) + 1
        found[-1] = replace(found[-1], end=token.end)
    return found


def _with_lengths(parts: list[list[Token]], lengths: list[Length]) -> list[tuple[list[Token], Length | None]]:
    """Each part with the length that stands in it."""
    found: list[tuple[list[Token], Length | None]] = []
    for place, part in enumerate(parts):
        start = part[0].start if part and place else 0
        end = parts[place + 1][0].start if place + 1 < len(parts) else LONGEST_PROMPT + 1
        found.append((part, next((one for one in lengths if start <= one.start < end), None)))
    return found


def _read(part: tuple[list[Token], Length | None]) -> Reading:
    tokens, length = part
    reading = Reader(tokens).read()
    reading.duration = length.duration if length is not None else None
    return reading


def _merged(parts: list[Reading]) -> list[Reading]:
    """Parts in which nothing was understood belong to the part before them."""
    found: list[Reading] = []
    for one in parts:
        if found and (one.is_empty or found[-1].is_empty):
            found[-1] = joined([found[-1], one])
        else:
            found.append(one)
    return found


def _fields(request: GenerationRequest) -> list[Reading]:
    """What the request says beside its prompt."""
    found = [_silent(Reader(_spread(tokenise(text))).read()) for text in (request.style, request.mood) if text]
    if request.negative_prompt:
        found.append(_silent(Reader(_spread(tokenise(request.negative_prompt)), denied=True).read()))
    return found


def _silent(reading: Reading) -> Reading:
    """Chips show the prompt alone; what else the words of a field imply is said of itself."""
    reading.chips = [replace(chip, start=-1, end=-1, from_=-1) for chip in reading.chips]
    reading.unknown = [replace(one, start=-1, end=-1) for one in reading.unknown]
    return reading


def _beats(parts: list[Reading], fields: list[Reading], whole: Reading) -> list[Reading]:
    """Each part with what it keeps from the one before, and with what holds for the whole."""
    if len(parts) < 2:
        return []
    found: list[Reading] = []
    for one in parts:
        beat = joined([one, *fields])
        for domain, values in whole.values.items():
            if domain not in _SHARED and domain not in beat.values:
                beat.values[domain] = dict(values)
        if found:
            _keep(beat, found[-1])
        elif "setting" not in beat.values and not beat.cast and whole.first("setting"):
            beat.values["setting"] = {whole.first("setting"): 1.0}
        found.append(beat)
    return found


def _keep(beat: Reading, before: Reading) -> None:
    """A beat goes on where the one before was: same place, cast and weather, unless it names others."""
    moves_on = bool(beat.all_of("setting")) and setting_of(beat) != setting_of(before)
    if not beat.cast and not (moves_on and "subject" in beat.avoided):
        beat.cast = list(before.cast)
        beat.relations = list(before.relations) if not moves_on else []
        if "subject" in before.values:
            beat.values["subject"] = dict(before.values["subject"])
    for domain in _SHARED:
        if domain in ("subject", "tension") or domain in beat.values or (moves_on and domain == "feature"):
            continue
        if domain == "weather" and "calm" in beat.values.get("mood", ()) and before.first("weather") == "storm":
            continue
        if domain in before.values:
            beat.values[domain] = dict(before.values[domain])
    if "setting" not in beat.values and (place := setting_of(before)):
        beat.values["setting"] = {place: 1.0}
    for domain, denied in before.avoided.items():
        kept = beat.avoided.setdefault(domain, [])
        said = beat.values.get(domain, {})
        kept += [value for value in denied if value not in kept and value not in said]


def _with_request(intent: Intent, request: GenerationRequest, texts: Texts) -> Intent:
    """Fields of the request win."""
    changes: dict[str, Any] = {}
    if request.camera_motion:
        changes["camera"] = request.camera_motion
    if request.subject_motion not in ("", "none"):
        changes["subject_motion"] = request.subject_motion
    for name in ("style", "mood"):
        text = getattr(request, name)
        own = Reader(tokenise(text)).read().first(name) if text else ""
        if own:
            changes[name] = own
    if texts.template and not intent.first("genre"):
        values = {**intent.values, "genre": ((texts.template, 1.0),)}
        changes["values"] = values
    return replace(intent, **changes) if changes else intent
