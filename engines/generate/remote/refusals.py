"""What an answer that is no success means, by its status and the provider's own words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from engines.generate.remote.faults import Fault, ProviderError
from engines.generate.remote.wire import Reply

_REFUSALS = re.compile(r"safety|moderat|content.?polic|nsfw|prohibited", re.IGNORECASE)
"""Words by which providers say that the content is the reason."""
_FAULTS = {
    400: Fault.INVALID, 401: Fault.AUTH, 402: Fault.CREDITS, 403: Fault.AUTH, 404: Fault.MODEL_GONE, 405: Fault.INVALID,
    408: Fault.UNAVAILABLE, 409: Fault.INVALID, 410: Fault.MODEL_GONE, 413: Fault.INVALID, 415: Fault.INVALID,
    422: Fault.INVALID, 429: Fault.RATE_LIMITED,
}  # fmt: skip
_SENTENCES = {
    Fault.AUTH: "{who} does not accept the key. Nothing was charged. Enter another in Preferences, Engines.",
    Fault.CREDITS: "{who} has no credits left. Nothing was charged. Add credits there, or use the Starcut engine.",
    Fault.RATE_LIMITED: "{who} takes no more requests for now. Nothing was charged.",
    Fault.MODEL_GONE: "{who} no longer has this model. Nothing was charged. Choose another.",
    Fault.UNAVAILABLE: "{who} is overloaded or down. Nothing was charged.",
    Fault.INVALID: "{who} refuses the request: {why}. Nothing was charged.",
    Fault.MODERATED: "{who} refuses what the prompt asks for: {why}. Change the words.",
}


def fault_of(who: str, reply: Reply, fault: Fault | None = None) -> ProviderError:
    """The error of an answer, by its status unless `fault` says better."""
    kind = fault or _FAULTS.get(reply.status, Fault.UNAVAILABLE if reply.status >= 500 else Fault.INVALID)
    why = words_of(reply) or f"status {reply.status}"
    if fault is None and reply.status in (400, 403, 422) and _REFUSALS.search(why):
        kind = Fault.MODERATED
    sentence = _SENTENCES.get(kind, "{who} failed: {why}.").format(who=who, why=why.rstrip("."))
    return ProviderError(kind, sentence, f"{reply.status} {why}", reply.wait)


def words_of(reply: Reply) -> str:
    """The provider's own words in an answer that is no success, shortened; empty where there are none."""
    try:
        plain = reply.json()
    except ValueError:
        return ""
    return _words(plain)[:300]


def _words(plain: Any) -> str:
    if isinstance(plain, str):
        return plain.strip()
    if isinstance(plain, list):
        return "; ".join(filter(None, map(_words, plain[:3])))
    if isinstance(plain, Mapping):
        for name in ("message", "msg", "detail", "details", "error", "errors", "failure", "title", "name"):
            if plain.get(name):
                return _words(plain[name])
    return ""
