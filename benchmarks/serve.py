"""`kg serve` under load and under attack, on loopback.

    python benchmarks/serve.py --store kho                       64 clients, the named queries, 60 seconds
    python benchmarks/serve.py --store kho --seconds 300 --heavy  beside them one client with a query that never ends
    python benchmarks/serve.py --store kho --hostile 5000         generated hostile requests instead

Without --store, a store of the project's own articles. Told are answers by status, median and 99th percentile of the
time to an answer (waiting included: no more queries run than `kg serve --running` allows), and the server's memory at
the start and at the end.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "serve"))

from hostile import requests, send, verdict  # noqa: E402
from serving import Server, serving  # noqa: E402

from kg.corpus import add  # noqa: E402
from kg.query.source import named_queries  # noqa: E402
from kg.store import OxigraphStore  # noqa: E402

HEAVY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


def main() -> None:
    """Load, or attack."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--store", type=Path)
    parser.add_argument("--clients", type=int, default=64)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--running", type=int, default=2)
    parser.add_argument("--heavy", action="store_true")
    parser.add_argument("--hostile", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store = given.store or Path(folder) / "kho"
        if given.store is None:
            add([ROOT / "data" / "articles", ROOT / "tests" / "gold"], OxigraphStore(store))
        options = ("--running", str(given.running), "--seconds", "20")
        with serving(store.resolve(), Path(folder), *options) as server:
            if given.hostile:
                hostile(server, given.hostile, given.seed)
            else:
                load(server, given.clients, given.seconds, given.heavy)


def hostile(server: Server, count: int, seed: int) -> None:
    """Sends hostile requests one after the other."""
    begin, statuses, wrong = time.perf_counter(), Counter[str](), []
    for request, _ in requests(count, seed):
        answer = send(server.port, request)
        statuses[answer[9:12].decode("latin-1") or "closed"] += 1
        if reason := verdict(answer):
            wrong.append((reason, request[:120]))
    print(f"{count} requests in {time.perf_counter() - begin:.0f} s, {len(wrong)} answered wrongly; then /health:",
          server.ask("GET", "/health").status)  # fmt: skip
    print("  " + ", ".join(f"{status}: {n}" for status, n in sorted(statuses.items())))
    for reason, request in wrong[:20]:
        print(f"  {reason}: {request!r}")


def load(server: Server, clients: int, seconds: float, heavy: bool) -> None:
    """Many clients with the named queries."""
    paths = [
        "/sparql?" + urlencode({"query": query.path.read_text(encoding="utf-8")}) for query in named_queries().values()
    ]
    times: list[float] = []
    statuses: Counter[int] = Counter()
    lock, end = threading.Lock(), time.monotonic() + seconds

    def client(number: int) -> None:
        at = number
        while time.monotonic() < end:
            begin = time.perf_counter()
            status = server.ask(
                "GET", paths[at % len(paths)], {"Accept": "application/sparql-results+json, text/turtle"}
            ).status
            took = time.perf_counter() - begin
            at += 1
            with lock:
                times.append(took)
                statuses[status] += 1
            if status == 503:
                time.sleep(2)  # as Retry-After asks

    def endless() -> None:
        while time.monotonic() < end:
            server.ask("GET", "/sparql?" + urlencode({"query": HEAVY}))

    before = memory(server)
    threads = [threading.Thread(target=client, args=(i,)) for i in range(clients)]
    threads += [threading.Thread(target=endless)] if heavy else []
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    good = sorted(times)
    print(f"{clients} clients, {seconds:g} s{', one with an endless query' if heavy else ''}: {len(times)} answers, "
          f"{len(times) / seconds:.1f} a second; median {statistics.median(good):.2f} s, "
          f"99th percentile {good[int(len(good) * 0.99)]:.2f} s")  # fmt: skip
    print("  " + ", ".join(f"{status}: {n}" for status, n in sorted(statuses.items())))
    print(f"  memory of the server {before} → {memory(server)} MB")


def memory(server: Server) -> int:
    """Megabytes of the process that listens on the server's port, as /proc tells them."""
    wanted = f":{server.port:04X}"
    inodes = {
        line.split()[9] for line in Path("/proc/net/tcp").read_text().splitlines()[1:]
        if line.split()[1].endswith(wanted) and line.split()[3] == "0A"
    }  # fmt: skip
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if any(str(fd.readlink()) in {f"socket:[{i}]" for i in inodes} for fd in (process / "fd").iterdir()):
                pages = int((process / "statm").read_text().split()[1])
                return pages * 4096 >> 20
        except OSError:
            continue
    return 0


if __name__ == "__main__":
    main()
