"""HTTP for all providers: one asyncio loop in one thread; workers ask it, wait, and may be cancelled meanwhile."""

from __future__ import annotations

import asyncio
import email.utils
import json
import math
import threading
import time
from collections.abc import Callable, Coroutine, Mapping
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotYet
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

from engines.generate.remote.faults import Fault, ProviderError

if TYPE_CHECKING:
    import httpx  # late elsewhere: it takes a twentieth of a second, and most windows send nothing

T = TypeVar("T")

CONNECT_SECONDS = 10.0
READ_SECONDS = 60.0
_LOOK = 0.1
"""Seconds between looks at whether the waiting worker shall stop."""
_MOST_JSON = 64 << 20
_MOST_MOVES = 6
"""How often a result may have moved."""


@dataclass(frozen=True)
class Reply:
    """An answer of a provider."""

    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)

    @property
    def ok(self) -> bool:
        """Whether it is a success."""
        return 200 <= self.status < 300

    def json(self) -> Any:
        """The body as JSON. Raises ValueError."""
        return json.loads(self.body)

    @property
    def wait(self) -> float | None:
        """Seconds of Retry-After, given as a number or as a date; None without one."""
        return retry_after(self.headers.get("retry-after", ""))


def retry_after(text: str, now: float | None = None) -> float | None:
    """Seconds of a Retry-After header; None for none or nonsense."""
    if not text:
        return None
    try:
        seconds = float(text)
    except ValueError:
        try:
            seconds = email.utils.parsedate_to_datetime(text).timestamp() - (time.time() if now is None else now)
        except (TypeError, ValueError):
            return None
    return max(seconds, 0.0) if math.isfinite(seconds) else None


def same_origin(one: str, other: str) -> bool:
    """Whether two addresses are of the same scheme, host and port. An address that is none is of no origin."""

    def origin(address: str) -> tuple[str, str | None, int | None]:
        parts = urlsplit(address)
        return parts.scheme, parts.hostname, parts.port or {"https": 443, "http": 80}.get(parts.scheme)

    try:
        return bool(urlsplit(one).hostname) and origin(one) == origin(other)
    except ValueError:
        return False


class Wire:
    """The loop, its thread and its client. `close` ends them; a closed wire refuses."""

    def __init__(self, transport: httpx.AsyncBaseTransport | None = None) -> None:
        import httpx

        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name="http", daemon=True)
        self._client = httpx.AsyncClient(
            timeout=httpx.Timeout(READ_SECONDS, connect=CONNECT_SECONDS),
            follow_redirects=False,  # neither paid work nor a key goes where it was not sent; `fetch` follows by itself
            transport=transport,
            headers={"user-agent": "starcut"},
        )
        self._thread.start()

    def request(
        self,
        method: str,
        url: str,
        *,
        who: str,
        check: Callable[[], None],
        paid: bool = False,
        timeout: float | None = None,
        **what: Any,
    ) -> Reply:
        """Send and wait for the whole answer, whatever its status. `who`: the provider's name for sentences.

        `paid`: the request starts work that costs money; when it was sent and no answer came, nobody knows what became of it
        (OUTCOME_UNKNOWN), and it must not be sent again. Such a request is waited for even by who wants to stop: only the answer
        says what there is to cancel. Raises ProviderError; what `check` raises.
        """

        import httpx

        async def send() -> Reply:
            limit = httpx.Timeout(timeout or READ_SECONDS, connect=CONNECT_SECONDS)
            async with self._client.stream(method, url, timeout=limit, **what) as answer:
                body = bytearray()
                async for piece in answer.aiter_bytes():
                    body += piece
                    if len(body) > _MOST_JSON:
                        raise ProviderError(Fault.BAD_RESULT, f"{who} answered with more than can be an answer.")
                return Reply(answer.status_code, dict(answer.headers), bytes(body))

        if paid:
            check()
        return self._waited(self._translated(send(), who, paid), _go_on if paid else check)

    def fetch(
        self,
        url: str,
        part: Path,
        *,
        who: str,
        check: Callable[[], None],
        told: Callable[[int, int | None], None] = lambda _done, _all: None,
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        """Download to `part`, going on where an earlier try ended; the answer's body is empty.

        `told(done, all)`: bytes so far, and in all where known. A status that is no success leaves `part` as it was.
        Raises ProviderError (UNREACHABLE when the line broke: try again, it goes on), OSError.
        """

        import httpx

        async def get() -> Reply:
            done = part.stat().st_size if part.exists() else 0
            asked, place = dict(headers or {}), httpx.URL(url)
            for _ in range(_MOST_MOVES):
                if done:
                    asked["range"] = f"bytes={done}-"
                moved = await get_from(place, asked, done)
                if isinstance(moved, Reply):
                    return moved
                if not same_origin(str(place), str(moved)):
                    asked = {}  # what proves who asks is for who was asked
                place = moved
            raise ProviderError(Fault.BAD_RESULT, f"{who} sends from one address to the next and gives no result.")

        async def get_from(place: httpx.URL, asked: Mapping[str, str], done: int) -> Reply | httpx.URL:
            async with self._client.stream("GET", place, headers=asked) as answer:
                if answer.has_redirect_location:
                    return place.join(answer.headers["location"])
                if answer.status_code == 416 and done:
                    part.unlink()  # what is there is not a beginning of what is offered
                if not answer.is_success:
                    return Reply(answer.status_code, dict(answer.headers), (await answer.aread())[:4096])
                goes_on = answer.status_code == 206
                expected = answer.headers.get("content-length")
                done = done if goes_on else 0
                whole = None if expected is None else done + int(expected)
                with part.open("ab" if goes_on else "wb") as file:
                    async for piece in answer.aiter_bytes(1 << 16):
                        file.write(piece)
                        done += len(piece)
                        told(done, whole)
                if whole is not None and done < whole and "content-encoding" not in answer.headers:
                    raise httpx.RemoteProtocolError("the body ended early")
                return Reply(answer.status_code, dict(answer.headers), b"")

        return self._waited(self._translated(get(), who, False), check)

    def close(self) -> None:
        """End what is under way and the thread."""
        if self._loop.is_closed():
            return

        async def end() -> None:
            await self._client.aclose()
            for task in asyncio.all_tasks():
                if task is not asyncio.current_task():
                    task.cancel()

        asyncio.run_coroutine_threadsafe(end(), self._loop).result(5)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._loop.close()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_forever()

    def _waited(self, work: Coroutine[Any, Any, T], check: Callable[[], None]) -> T:
        future: Future[T] = asyncio.run_coroutine_threadsafe(work, self._loop)
        try:
            while True:
                try:
                    return future.result(_LOOK)
                except NotYet:
                    if future.done():
                        raise
                    check()
        except BaseException:
            future.cancel()
            raise

    @staticmethod
    async def _translated(work: Coroutine[Any, Any, T], who: str, paid: bool) -> T:
        """The work with httpx's errors as ours. What failed before the connection stood was not sent."""
        import httpx

        try:
            return await work
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
            message = f"{who} cannot be reached. Nothing was sent; look at the network and retry."
            raise ProviderError(Fault.UNREACHABLE, message, type(error).__name__) from error
        except (httpx.HTTPError, httpx.StreamError) as error:
            if paid:
                message = (
                    f"{who} did not answer after the request was sent. It may have been accepted and billed; "
                    "Starcut looks for it and does not send it again by itself."
                )
                raise ProviderError(Fault.OUTCOME_UNKNOWN, message, type(error).__name__) from error
            message = f"The line to {who} broke. Retry."
            raise ProviderError(Fault.UNREACHABLE, message, type(error).__name__) from error
        except httpx.InvalidURL as error:
            raise ProviderError(
                Fault.INVALID, f"The address of {who} is no web address; look at the settings."
            ) from error


def _go_on() -> None:
    """Nobody asks a paid request to stop."""


@cache
def wire() -> Wire:
    """The one of this process, begun when first needed."""
    return Wire()
