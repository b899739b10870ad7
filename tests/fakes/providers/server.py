"""The server: requests to `/<provider>/…` go to the provider's file, which answers, or cuts the line."""

from __future__ import annotations

import email.utils
import importlib
import json
import pkgutil
import socket
import struct
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlsplit

import tests.fakes.providers as package
from tests.fakes.providers.films import film, picture, sound
from tests.fakes.providers.jobs import FakeJob, Ledger, lines_in, tokens_of

SIGNATURE = "signed-with-a-secret"
"""What the links to results are signed with: nothing gives them out without it, and nobody writes it down."""


@dataclass(frozen=True)
class Asked:
    """A request as a provider's file sees it: `path` is below the provider's own."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes
    base: str
    """Where this provider is, for links."""

    def json(self) -> dict[str, Any]:
        """The body."""
        found = json.loads(self.body or b"{}")
        return found if isinstance(found, dict) else {}

    @property
    def is_multipart(self) -> bool:
        """Whether it is a form with files."""
        return self.headers.get("content-type", "").startswith("multipart/form-data")

    def form(self) -> dict[str, bytes]:
        """The fields of a form."""
        _, _, boundary = self.headers.get("content-type", "").partition("boundary=")
        fields = {}
        for piece in self.body.split(b"--" + boundary.strip('"').encode()):
            head, _, value = piece.partition(b"\r\n\r\n")
            _, _, rest = head.partition(b'name="')
            if rest:
                fields[rest.split(b'"')[0].decode()] = value.removesuffix(b"\r\n")
        return fields

    def form_file_name(self, field: str) -> str:
        """The name a file of the form came with."""
        _, _, rest = self.body.partition(f'name="{field}"; filename="'.encode())
        return rest.split(b'"')[0].decode()


@dataclass
class Answer:
    """A reply. `cut`: the line is closed before it, `after` so many bytes of it; `drip`: slowly."""

    status: int = 200
    body: Any = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    cut: bool = False
    after: int | None = None
    drip: float = 0.0
    without_length: bool = False

    def bytes(self) -> bytes:
        """The body on the line."""
        if isinstance(self.body, bytes):
            return self.body
        return self.body.encode() if isinstance(self.body, str) else json.dumps(self.body).encode()


class FakeProvider:
    """One provider. A subclass in a file of this folder answers its protocol; faults common to all are done here."""

    prefix: ClassVar[str]
    key: ClassVar[str] = "good-key"

    def __init__(self, owner: FakeProviders) -> None:
        self.owner = owner
        self.ledger = owner.ledger

    def answer(self, asked: Asked) -> Answer:
        """The reply to a request. Subclasses."""
        raise NotImplementedError

    def refused(self, status: int, words: str, headers: dict[str, str] | None = None) -> Answer:
        """A refusal in the provider's own form. Subclasses say how it looks."""
        return Answer(status, {"error": words}, headers or {})

    def accept(self, job: FakeJob, reply: Answer, asked: Asked) -> Answer:
        """Take a job with the faults that its prompt asks for at this moment. Before it is taken, nothing is billed."""
        prompt, left = job.prompt, self.owner.left(job.prompt)
        if left("busy"):
            return self.refused(429, "rate limit exceeded", {"retry-after": "0"})
        if left("busy-date"):
            return self.refused(429, "rate limit exceeded", {"retry-after": email.utils.formatdate(usegmt=True)})
        if left("busy-plain"):
            return self.refused(429, "rate limit exceeded")
        if left("concurrent"):
            return self.refused(429, "too_many_concurrent_requests")
        if left("system-busy"):
            return self.refused(429, "system_busy")
        if left("busy-long"):
            return self.refused(429, "rate limit exceeded", {"retry-after": "3600"})
        if left("down"):
            return self.refused(503, "service unavailable")
        if left("echo-key"):
            shown = "; ".join(f"{name}: {value}" for name, value in asked.headers.items() if self.key in value)
            return self.refused(400, f"cannot read the request with {shown or self.key} from {self.key}")
        if left("too-large"):
            return self.refused(413, "request entity too large")
        if left("retired-model"):
            return self.refused(404, "this model is no longer available")
        if left("redirect"):
            return Answer(307, "", {"location": self.owner.elsewhere})
        if "fail-moderation" in tokens_of(prompt):
            return self.moderated()
        if "no-credits" in tokens_of(prompt):
            return self.refused(402, "not enough credits")
        with suppress(ValueError):
            job.lines = lines_in(asked.json())
        self.ledger.take(job)
        if left("cut"):
            return Answer(cut=True)
        if left("gateway"):
            return Answer(504, "<html>gateway timeout</html>")
        if left("garbled"):
            return Answer(200, "<html>well</html>")
        if left("oops"):
            return self.refused(500, "internal error")
        if left("proxy"):
            return Answer(524, "<html>a timeout occurred</html>")
        if left("see-other"):
            return Answer(302, "", {"location": self.owner.elsewhere})
        if left("no-id"):
            return Answer(200, {"task": "taken"})
        if left("null-id"):
            return Answer(200, {"id": None, "request_id": None, "prompt_id": None})
        if left("list-answer"):
            return Answer(200, [{"taken": True}])
        return reply

    def moderated(self) -> Answer:
        """A refusal of a prompt."""
        return self.refused(400, "content policy violation")

    def faulty_poll(self, job: FakeJob) -> Answer | None:
        """A question that goes wrong without anything being wrong with the job; None: it goes well."""
        if job.take("poll-down"):
            return Answer(500, "oops")
        if job.take("poll-html"):
            return Answer(200, "<html>maintenance</html>")
        if job.take("poll-cut"):
            return Answer(200, {"half": "an answer"}, after=8)
        if job.take("early-404"):
            return self.refused(404, "not found")
        if job.take("poll-list"):
            return Answer(200, ["well"])
        if job.take("poll-busy"):
            return self.refused(429, "slow down", {"retry-after": "0"})
        return None

    def link(self, job: FakeJob) -> str:
        """Where a result can be fetched now, signed. `#expires`: the first link given has already ended."""
        job.links_given += 1
        return f"{self.owner.url}/files/{job.id}/{job.links_given}?X-Amz-Signature={SIGNATURE}"


class FakeProviders:
    """All of them behind one address. A context manager; `url` is the address, `ledger` the truth.

    `pace`: seconds a step of a job takes; 0: it moves each time it is asked after, so that tests do not wait.
    """

    def __init__(self, port: int = 0, pace: float = 0.0) -> None:
        self.ledger = Ledger()
        self.pace = pace
        self.asked: list[tuple[str, str]] = []
        self.strayed: list[Asked] = []
        """What came to a host that is none of the providers'."""
        self._spent: dict[tuple[str, str], int] = {}
        self._files: dict[str, int] = {}
        self.uploads: dict[str, bytes] = {}
        self._server = ThreadingHTTPServer(("127.0.0.1", port), self._handler())
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        self.providers = {
            one.prefix: one(self)
            for info in pkgutil.iter_modules(package.__path__)
            for one in vars(importlib.import_module(f"{package.__name__}.{info.name}")).values()
            if isinstance(one, type) and issubclass(one, FakeProvider) and one is not FakeProvider
        }
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), name="fakes", daemon=True)
        self._thread.start()

    @property
    def elsewhere(self) -> str:
        """An address of another host."""
        return f"{self.url.replace('127.0.0.1', 'localhost')}/elsewhere"

    def base(self, prefix: str) -> str:
        """The address of one provider."""
        return f"{self.url}/{prefix}"

    def left(self, prompt: str) -> Any:
        """A function that says whether a fault still happens to this prompt: as often as it asks for it."""

        def is_left(token: str) -> bool:
            with self.ledger.lock:
                key = (prompt, token)
                if self._spent.get(key, 0) >= tokens_of(prompt).get(token, 0):
                    return False
                self._spent[key] = self._spent.get(key, 0) + 1
                return True

        return is_left

    def close(self) -> None:
        """End it."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)

    def __enter__(self) -> FakeProviders:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def answer(self, asked: Asked, prefix: str) -> Answer:
        """The reply of a provider, of a result's link, or of the book."""
        self.asked.append((asked.method, f"/{prefix}{asked.path}"))
        if prefix == "files":
            return self.file(asked) if asked.query.get("X-Amz-Signature") == SIGNATURE else Answer(403, "not signed")
        if prefix == "elsewhere":
            self.strayed.append(asked)
            if asked.path.count("/") == 2:
                return self.file(asked)
            return Answer(307, "", {"location": self.elsewhere})
        if prefix == "ledger":
            jobs = [{"id": one.id, "provider": one.provider, "prompt": one.prompt, "price": str(Ledger.price_of(one))}
                    for one in self.ledger.jobs.values()]  # fmt: skip
            return Answer(200, {"jobs": jobs, "billed": str(self.ledger.billed())})
        provider = self.providers.get(prefix)
        return Answer(404, {"error": "no such provider"}) if provider is None else provider.answer(asked)

    def file(self, asked: Asked) -> Answer:
        """A result by its link, with the faults its job asks for."""
        _, job_id, number = asked.path.split("/")
        job = self.ledger.jobs.get(job_id)
        if job is None:
            return Answer(404, "no such file")
        if job.has("gone") or (job.has("expires") and int(number) < 2):
            return Answer(403, "link expired")
        if job.take("file-down"):
            return Answer(503, "try again")
        if job.take("file-moved"):
            return Answer(302, "", {"location": f"{self.elsewhere}{asked.path}"})
        if job.take("file-loop"):
            return Answer(302, "", {"location": self.elsewhere})
        if job.kind == "image":
            data, kind = picture(job.size, job.id), "image/png"
        elif job.kind == "audio":
            data, kind = sound(job.seconds), "audio/wav"
        else:
            wanted = job.seconds * (0.4 if job.has("short") else 1.0)
            data, kind = (
                film(self.size_of(job), wanted, "black" if job.has("black") else job.id, job.has("sound")),
                "video/mp4",
            )
        if job.has("empty"):
            data = b""
        if job.has("no-film"):
            data, kind = b"<html>not a film</html>", "text/html"
        start = 0
        if (wanted_range := asked.headers.get("range", "")).startswith("bytes="):
            start = int(wanted_range[6:].split("-")[0])
        if start >= len(data) > 0:
            return Answer(416, "")
        head = {"content-type": kind}
        if start:
            head["content-range"] = f"bytes {start}-{len(data) - 1}/{len(data)}"
        answer = Answer(206 if start else 200, data[start:], head, without_length=job.has("no-length"))
        if job.take("breaks"):
            answer.after = max(1, len(answer.body) // 3)
        if job.has("slow"):
            answer.drip = 0.02
        return answer

    def size_of(self, job: FakeJob) -> tuple[int, int]:
        """Of its film: as it was asked for by hand, tiny where tests wait for it; `#small` is less than was asked for."""
        wide, high = job.size
        if not self.pace or not job.lines:
            return job.size
        scale = job.lines / min(wide, high) / (2 if job.has("small") else 1)
        return round(wide * scale), round(high * scale)

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        owner = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def _go(self) -> None:
                length = int(self.headers.get("content-length") or 0)
                body = self.rfile.read(length)
                parts = urlsplit(self.path)
                _, prefix, *rest = parts.path.split("/")
                query = {name: values[0] for name, values in parse_qs(parts.query, keep_blank_values=True).items()}
                headers = {name.casefold(): value for name, value in self.headers.items()}
                asked = Asked(self.command, "/" + "/".join(rest), query, headers, body, owner.base(prefix))
                self._send(owner.answer(asked, prefix))

            def _send(self, answer: Answer) -> None:
                if answer.cut:
                    self.close_connection = True
                    option = struct.pack("ii", 1, 0)  # a reset, as a broken line is
                    self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, option)
                    self.connection.close()
                    return
                data = answer.bytes()
                with suppress(BrokenPipeError, ConnectionResetError):
                    self.send_response(answer.status)
                    kinds = {"content-type": "application/json"} if not isinstance(answer.body, bytes) else {}
                    for name, value in {**kinds, **answer.headers}.items():
                        self.send_header(name, value)
                    if answer.without_length:
                        self.close_connection = True
                        self.send_header("connection", "close")
                    else:
                        self.send_header("content-length", str(len(data)))
                    self.end_headers()
                    if answer.after is not None:
                        data, self.close_connection = data[: answer.after], True
                    if answer.drip:
                        for at in range(0, len(data), 4096):
                            self.wfile.write(data[at : at + 4096])
                            time.sleep(answer.drip)
                    else:
                        self.wfile.write(data)

            do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = _go  # noqa: N815 - the base class's names

            def log_message(self, *_: Any) -> None:
                """Say nothing."""

        return Handler
