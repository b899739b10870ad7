"""What a run of a job writes into the book, each step before the next one is taken."""

from __future__ import annotations

import json
import time
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from engines.generate.remote.faults import Fault, ProviderError
from engines.generate.remote.models import Model
from engines.generate.remote.states import Cancelling, Handle, Polled, RemoteState
from studio_app.services.job_entry import GOES_ON, BookState
from timeline.errors import StudioError

if TYPE_CHECKING:
    from studio_app.services.job_book import JobBook


class BookDiary:
    """The diary of one job; see engines.generate.remote.running.Diary."""

    def __init__(self, book: JobBook, entry_id: str) -> None:
        self._book, self._id = book, entry_id
        entry = book.find(entry_id)
        if entry is None:
            raise StudioError("This job is not in the book any more; send it anew.")
        self.client_key, self.sent_at, self.handle = entry.client_key, entry.sent_at, entry.handle
        self._last = ""

    def sending(self, client_key: str, model: Model, cost: Decimal | None) -> None:
        """On the disk before the request leaves."""
        self.client_key, self.sent_at = client_key, time.time()
        estimate = {} if cost is None else {"estimate": str(cost), "currency": model.currency}
        self._book.write(
            self._id,
            BookState.RUNNING,
            "sending",
            client_key=client_key,
            sent_at=self.sent_at,
            model=model.id,
            **estimate,
        )

    def refused(self, error: ProviderError) -> None:
        """Nothing runs there."""
        self.client_key, self.sent_at = "", 0.0
        self._book.write(self._id, BookState.QUEUED, f"not taken: {error.message}", client_key="", sent_at=0.0)

    def accepted(self, handle: Handle) -> None:
        """On the disk right after the answer."""
        self.handle = handle
        self._book.write(self._id, BookState.RUNNING, f"taken as {handle.id}", handle=json.dumps(handle.as_plain()))

    def stands(self, polled: Polled) -> None:
        """Noted where it changed."""
        word = f"{polled.state} {polled.raw}".strip()
        if word != self._last:
            self._last = word
            self._book.write(self._id, BookState.RUNNING, word)
        if polled.cost is not None and polled.state.is_over:
            self._book.write(self._id, BookState.RUNNING, f"cost {polled.cost}", cost=str(polled.cost), cost_is_sure=1)
        elif polled.state is RemoteState.SUCCEEDED and (entry := self._book.find(self._id)) is not None:
            # made is billed, whatever becomes of the film on its way here
            self._book.write(self._id, BookState.RUNNING, f"cost about {entry.estimate}", cost=str(entry.estimate))

    def cancelling(self, answer: Cancelling) -> None:
        """What may be billed counts as billed, and is marked as a guess."""
        text = "asked to stop" + (", may still be billed" if answer.may_be_billed else "")
        entry = self._book.find(self._id)
        cost = str(entry.estimate) if entry is not None and answer.may_be_billed and not entry.cost_is_sure else None
        goes_on = answer.may_be_billed and not answer.stopped and entry is not None and entry.handle is not None
        known = {} if cost is None else {"cost": cost}
        self._book.write(self._id, BookState.CANCELLED, text, fault=GOES_ON if goes_on else "", **known)

    def landed(self, path: Path, cost: Decimal | None) -> None:
        """The film is there; what it cost is known now, or stays the estimate."""
        known = {} if cost is None else {"cost": str(cost)}
        self._book.write(self._id, BookState.LANDING, path.name, target=str(path), **known)

    def failed(self, error: ProviderError) -> None:
        """How it ended: a sending without an answer stays open as unknown, a fault that costs counts the estimate."""
        entry = self._book.find(self._id)
        if error.fault is Fault.OUTCOME_UNKNOWN:
            self._book.set_state(self._id, BookState.UNKNOWN, error.message, error.fault.value)
            return
        with self._book.at_once():
            if error.policy.charged and entry is not None and not entry.cost_is_sure:
                self._book.write(self._id, BookState.FAILED, "billed all the same", cost=str(entry.estimate))
            self._book.set_state(self._id, BookState.FAILED, error.message, error.fault.value)
