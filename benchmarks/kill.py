"""SIGKILL at many random moments of `kg add`, and the end compared with an undisturbed run, quad by quad.

    python benchmarks/kill.py                              40 moments, 300 articles made of the project's own
    python benchmarks/kill.py --kills 200 --articles 2000
    python benchmarks/kill.py --corpus articles.jsonl.gz   articles from elsewhere

A moment is drawn between the start of a call and the time that an undisturbed one takes for what is left. A call that
ended before its moment does not count: an article or two are taken out again, and the count goes on. Exit status 1 and
the differing lines where anything differs.
"""

from __future__ import annotations

import argparse
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from store import sample

from kg.store import OxigraphStore

KG = [sys.executable, "-c", "from kg.cli import main; main()"]


def lines(store: Path) -> list[str]:
    """All of a store as sorted lines: graphs, default graph and ledger."""
    opened = OxigraphStore(store)
    quads = [" ".join(q) for q in opened.quads()]
    return sorted([*quads, *(" ".join(t) for t in opened.said()), *(e.to_json() for e in opened.ledger())])


def main() -> int:
    """Kills, compares, tells."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=40)
    parser.add_argument("--articles", type=int, default=300)
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    chance = random.Random(given.seed)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as made:
        where = Path(made)
        articles = where / "articles"
        articles.mkdir()
        for n, text in enumerate(sample(given.articles, given.corpus)):
            (articles / f"{n:06}.txt").write_text(text, encoding="utf-8")
        begin = time.monotonic()
        subprocess.run([*KG, "add", str(articles), "--store", str(where / "whole")], check=False, capture_output=True)
        seconds = time.monotonic() - begin
        call = [*KG, "add", str(articles), "--store", str(where / "killed")]
        kills = calls = 0
        while kills < given.kills:
            process = subprocess.Popen(call, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
            try:
                _, errors = process.communicate(timeout=chance.uniform(0.05, 1.1 * seconds))
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
                process.communicate()
                kills += 1
            else:
                if process.returncode not in (0, 1):
                    print(errors)
                    return 1
                # All is in: some go out again, so that there is work to be killed in.
                names = [f"{n:06}" for n in chance.sample(range(given.articles), max(1, given.articles // 10))]
                subprocess.run([*KG, "remove", *names, "--store", str(where / "killed")], check=False)
            calls += 1
        end = subprocess.run(call, capture_output=True, text=True, check=False)
        if end.returncode not in (0, 1):
            print(end.stderr)
            return 1
        one, other = lines(where / "whole"), lines(where / "killed")
        differing = sorted(set(one) ^ set(other))
        print(f"{kills} kills in {calls} calls, {given.articles} articles, {len(one)} lines: {len(differing)} differ")
        for line in differing[:10]:
            print(line[:300])
        return int(bool(differing) or len(one) != len(other))


if __name__ == "__main__":
    sys.exit(main())
