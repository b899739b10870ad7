"""Secrets out of texts: keys that are known, and whatever stands behind a name of one or in a signed link."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import quote

MASK = "[hidden]"
_SHORTEST = 4
_SHORTEST_PART = 8
"""A key may be an id and a secret with a colon between; a part as long as this is hidden alone, too."""
_NAME = r"""(?: [\w-]*[_-](?:key|secret|token|password|credentials?|jwt) | api[_-]?key | secret | password | token | jwt
              | (?:proxy-)?authorization )"""
_SECRET_FIELDS = re.compile(
    rf"""(?ix) (?<![\w-]) (["']?{_NAME}["']?\s*[:=]\s*) ["']? (?:(?:bearer|key|basic|token)\s+)? ["']?[^\s"',;&}}]+["']?"""
)
_SIGNED = re.compile(
    r"""(?ix) ([?&] (?: x-(?:amz|goog)-(?:signature|credential|security-token|expires) | signature | sig | token | _?jwt | key
        | googleaccessid | awsaccesskeyid | key-pair-id | expires | policy | se | sv | skoid | auth | hdnts | st ) =) [^&\s"'<>]+"""
)
_BARE = re.compile(r"(?i)\b(bearer\s+)[\w.~+/=:-]{8,}")


def hidden(text: str, secrets: Iterable[str] = ()) -> str:
    """The text without keys: those named, whole, in their parts or as they stand in an address, and what looks like one."""
    for secret in sorted({form for one in secrets for form in _forms(one)}, key=len, reverse=True):
        text = text.replace(secret, MASK)
    return _BARE.sub(rf"\1{MASK}", _SIGNED.sub(rf"\1{MASK}", _SECRET_FIELDS.sub(rf"\1{MASK}", text)))


def _forms(secret: str) -> list[str]:
    whole = [secret] if len(secret) >= _SHORTEST else []
    parts = [one for one in secret.split(":") if len(one) >= _SHORTEST_PART]
    return [form for one in (*whole, *parts) for form in {one, quote(one, safe="")}]
