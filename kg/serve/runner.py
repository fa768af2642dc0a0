"""Runs queries in processes of their own: so many at once, so many waiting, each within its limits."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Sequence
from typing import Any

import anyio
import anyio.to_thread

from kg.query.engine import Worker, call
from kg.serve.settings import Settings


class Busy(Exception):
    """All places are taken, and as many queries wait as may."""


class Runner:
    """The processes of a server.

    A process answers one query and ends. Some stand ready, so that nobody waits for Python to start; a query that
    takes its whole time keeps one place of `Settings.running`, and the others go on.

    Args:
        settings: the limits.
        hidden: IRIs of graphs that no query is to see.
    """

    def __init__(self, settings: Settings, hidden: Sequence[str] = ()) -> None:
        self._settings, self._hidden = settings, list(hidden)
        self._ready: deque[Worker] = deque()
        self._lock = threading.Lock()
        self._limiter: anyio.CapacityLimiter | None = None
        self._open = True
        self.running = self.waiting = 0

    def start(self) -> None:
        """Puts the first processes in readiness; call it within the event loop."""
        self._limiter = anyio.CapacityLimiter(self._settings.running)
        for _ in range(self._settings.running):
            self._ready.append(Worker())

    def stop(self) -> None:
        """Ends the processes that stand ready."""
        self._open = False
        while self._ready:
            self._ready.popleft().end()

    async def run(self, query: str, **request: Any) -> tuple[dict[str, Any], bytes]:
        """What `kg.query.engine.call` gives for a query.

        Args:
            query: SPARQL.
            request: further keys of the request, as `kg.query.worker` knows them.

        Raises:
            Busy: come again later.
            QueryError, InputError: as `kg.query.engine.call`.
        """
        if self._limiter is None or self.waiting >= self._settings.waiting:
            raise Busy
        whole = {
            "query": query,
            "graph": str(self._settings.graph),
            "base": self._settings.base,
            "seconds": self._settings.seconds,
            "megabytes": self._settings.megabytes,
            "hidden": self._hidden,
            **request,
        }
        place = object()
        self.waiting += 1
        try:
            await self._limiter.acquire_on_behalf_of(place)
        finally:
            self.waiting -= 1
        self.running += 1
        try:
            return await anyio.to_thread.run_sync(self._answer, whole, limiter=anyio.CapacityLimiter(1))
        finally:
            self.running -= 1
            self._limiter.release_on_behalf_of(place)

    def _answer(self, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        with self._lock:
            worker = self._ready.popleft() if self._ready else Worker()
        try:
            return call(request, worker)
        finally:
            with self._lock:
                if self._open:
                    self._ready.append(Worker())
