"""Processes that answer one query each, forked from one that has read what every query needs.

Starting Python and reading the libraries takes half a second of a core, a fork some milliseconds. The standard
library's fork server does it; what a process may do, and what ends it, is as for `kg.query.engine.Worker`.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import threading
from multiprocessing.context import ForkServerContext

from kg.query.engine import Worker
from kg.query.worker import LOADING, answer_one

_NEEDED = ["__main__", "kg.query.worker", "rdflib.plugins.sparql.parser"]
_GONE = 5.0  # seconds in which a process that was killed, or has answered, is gone
_NICE = 10
#: True where processes can be forked from a server; elsewhere (Windows) each starts anew.
FORKS = "forkserver" in multiprocessing.get_all_start_methods()
# Starting and reaping look at the processes of all threads (`multiprocessing.process._children`): one at a time.
_REAPING = threading.Lock()


def _context() -> ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(_NEEDED)
    return context


class Forked:
    """A process that answers one query; it waits from the start for being asked."""

    def __init__(self) -> None:
        context = _context()
        self._ours, theirs = context.Pipe()
        self._process = context.Process(target=answer_one, args=(theirs,), daemon=True)
        with _REAPING:
            self._process.start()
        theirs.close()

    def answer(self, request: bytes, seconds: float) -> tuple[int | None, bytes, bytes]:
        """Exit status (None where it was ended here), output, and no messages; see `kg.query.engine.Worker.answer`."""
        try:
            self._ours.send_bytes(request)
            if not self._ours.poll(2 * seconds + LOADING + 60):
                return None, b"", b""
            return 0, self._ours.recv_bytes(), b""
        except (EOFError, OSError):
            with _REAPING:
                self._process.join(_GONE)
                return self._process.exitcode, b"", b""
        finally:
            self.end()

    def yield_to_others(self) -> None:
        """Lets processes with shorter queries go first."""
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, self._process.pid or 0, _NICE)

    def end(self) -> None:
        """Ends the process, asked or not."""
        with _REAPING:
            self._process.kill()
            self._process.join(_GONE)


def new_worker() -> Worker | Forked:
    """A process for the next query."""
    return Forked() if FORKS else Worker()
