"""Runs queries in processes of their own: so many at once, so many waiting, each within its limits."""

from __future__ import annotations

import json
import threading
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

import anyio
import anyio.lowlevel
import anyio.to_thread

from kg.errors import QueryError
from kg.query.engine import Worker, call
from kg.serve.answers import Answers, State, state
from kg.serve.forked import Forked, new_worker
from kg.serve.settings import Settings

# Seconds after which a query is a long one: it gives its place to the next, as long as there is one for long ones.
_LONG = 2.0
_LOOKS = 0.5  # seconds between two looks whether who asked is still there


class Busy(Exception):
    """All places are taken, and as many queries wait as may."""


class Gone(Exception):
    """Who asked has left."""


@dataclass(slots=True)
class _Asked:
    """A request that is being answered: others who ask the same wait for `done`."""

    done: anyio.Event
    failure: QueryError | None = None


class Runner:
    """The processes of a server.

    A process answers one query and ends. Some stand ready, so that nobody waits for one to start. Of
    `Settings.running` queries none keeps its place longer than two seconds while others wait: long ones go on in places
    of their own, as many again, and let shorter ones go first; only where these are taken, too, they stay. The query of
    somebody who has left is ended. An answer is given again as long as the graph stays as it is, and one run answers
    all who ask the same at once.

    Args:
        settings: the limits.
        hidden: IRIs of graphs that no query is to see.
    """

    def __init__(self, settings: Settings, hidden: Sequence[str] = ()) -> None:
        self._settings, self._hidden = settings, list(hidden)
        self._ready: deque[Worker | Forked] = deque()
        self._lock = threading.Lock()
        self._places: anyio.Semaphore | None = None
        self._long_places: anyio.Semaphore | None = None
        self._threads: anyio.CapacityLimiter | None = None
        self._answers = Answers()
        self._asked: dict[str, _Asked] = {}
        self._open = True
        self.running = self.waiting = 0

    def start(self) -> None:
        """Puts the first processes in readiness; call it within the event loop."""
        self._places = anyio.Semaphore(self._settings.running)
        self._long_places = anyio.Semaphore(self._settings.running)
        self._threads = anyio.CapacityLimiter(2 * self._settings.running)
        for _ in range(self._settings.running):
            self._ready.append(new_worker())

    def stop(self) -> None:
        """Ends the processes that stand ready."""
        self._open = False
        while self._ready:
            self._ready.popleft().end()

    async def run(
        self, query: str, *, gone: Callable[[], Awaitable[bool]] | None = None, **request: Any
    ) -> tuple[dict[str, Any], bytes]:
        """What `kg.query.engine.call` gives for a query.

        Args:
            query: SPARQL.
            gone: tells whether who asked has left.
            request: further keys of the request, as `kg.query.worker` knows them.

        Raises:
            Busy: come again later.
            Gone: nobody waits for the answer.
            QueryError, InputError: as `kg.query.engine.call`.
        """
        if self._places is None or self._threads is None or self.waiting >= self._settings.waiting:
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
        asked, now = json.dumps(whole, sort_keys=True), await self._state()
        while (known := self._answers.get(asked, now)) is None and (other := self._asked.get(asked)) is not None:
            # Somebody else has asked the same: what comes of it will do, unless he leaves.
            self.waiting += 1
            try:
                await other.done.wait()
            finally:
                self.waiting -= 1
            if other.failure is not None:
                raise other.failure
        if known is not None:
            return known
        mine = self._asked[asked] = _Asked(anyio.Event())
        try:
            answer = await self._run(self._places, whole, gone)
            self._answers.put(asked, now, answer)
            return answer
        except QueryError as error:
            mine.failure = error
            raise
        finally:
            self._asked.pop(asked)
            mine.done.set()

    async def _state(self) -> State:
        return await anyio.to_thread.run_sync(state, self._settings.graph)

    async def _run(
        self, places: anyio.Semaphore, whole: dict[str, Any], gone: Callable[[], Awaitable[bool]] | None
    ) -> tuple[dict[str, Any], bytes]:
        self.waiting += 1
        try:
            await places.acquire()
        finally:
            self.waiting -= 1
        held = [places]
        self.running += 1
        try:
            if gone is not None and await gone():
                raise Gone
            return await self._watched(whole, held, gone)
        finally:
            self.running -= 1
            held[0].release()

    async def _watched(
        self, request: dict[str, Any], held: list[anyio.Semaphore], gone: Callable[[], Awaitable[bool]] | None
    ) -> tuple[dict[str, Any], bytes]:
        """Runs a query in a thread; meanwhile moves it to the long ones, and ends it where nobody waits any more."""
        with self._lock:
            ready = self._ready.popleft() if self._ready else None
        worker = ready if ready is not None else await anyio.to_thread.run_sync(new_worker, limiter=self._threads)
        left = False
        answer: tuple[dict[str, Any], bytes] | None = None
        failure: Exception | None = None

        async def watch() -> None:
            nonlocal left
            began = anyio.current_time()
            try:
                while not left:
                    await anyio.sleep(_LOOKS)
                    if gone is not None and await gone():
                        left = True
                    elif held[0] is self._places and anyio.current_time() - began > _LONG:
                        self._move(held, worker)
            finally:
                # Nobody waits, or the server stops: the thread that reads the answer ends with the process.
                if answer is None and failure is None:
                    with anyio.CancelScope(shield=True):
                        await anyio.to_thread.run_sync(worker.end)

        async with anyio.create_task_group() as tasks:
            tasks.start_soon(watch)
            try:
                answer = await anyio.to_thread.run_sync(self._answer, request, worker, limiter=self._threads)
            except Exception as error:  # raised below: out of here it would come in a group
                failure = error
            tasks.cancel_scope.cancel()
        await anyio.lowlevel.checkpoint_if_cancelled()
        if left or answer is None:
            raise Gone if left or failure is None else failure
        return answer

    def _move(self, held: list[anyio.Semaphore], worker: Worker | Forked) -> None:
        """A long query takes a place among the long ones, if there is one, and gives up its own."""
        try:
            if self._long_places is None:
                return
            self._long_places.acquire_nowait()
        except anyio.WouldBlock:
            return
        held[0].release()
        held[0] = self._long_places
        if isinstance(worker, Forked):
            worker.yield_to_others()

    def _answer(self, request: dict[str, Any], worker: Worker | Forked) -> tuple[dict[str, Any], bytes]:
        try:
            return call(request, worker)
        finally:
            fresh = new_worker() if self._open and len(self._ready) < self._settings.running else None
            with self._lock:
                if fresh is not None and self._open:
                    self._ready.append(fresh)
                elif fresh is not None:
                    fresh.end()
