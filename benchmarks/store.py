"""The store: filling it, one article in and out, the named queries and the export, beside rdflib in the same run.

    python benchmarks/store.py                                      small, made of the project's own articles
    python benchmarks/store.py --corpus articles.jsonl.gz           articles from elsewhere, as benchmarks/speed.py
    python benchmarks/store.py --sizes 1000,10000 --jobs 2          how time and memory grow
    python benchmarks/store.py --sizes 1000 --no-rdflib             without the comparison

Where more articles are asked for than there are, each round varies them: digits after the first of every number, the
given names of people and the provinces each by a rotation of a list that the round draws. Lengths and sentences stay
those of news; names, places, dates and figures are new, so that things neither all fall together nor all stay apart.

A store is filled by a process of its own, whose peak memory is told: the writing process's CPU seconds are the store's,
those of its `--jobs` children the extraction's, each with the start of a process. One article is changed in the largest
store (median of 9, extraction included). rdflib holds the same quads in memory: the named graphs, and the default graph
beside them; a query of rdflib's that takes longer than 20 seconds counts as 20.
"""

from __future__ import annotations

import argparse
import itertools
import json
import math
import random
import re
import resource
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from speed import corpus, own_sample

GIVEN = """An Anh Bình Chi Cường Dũng Giang Hà Hải Hạnh Hiền Hoa Hùng Hương Lan Linh Long Mai Minh Nam Nga Phong Phúc
Quang Sơn Tâm Thanh Thảo Thắng Trung Tuấn Việt""".split()
_PLACES = """Bắc Giang, Bắc Ninh, Bình Định, Cà Mau, Cao Bằng, Đồng Nai, Đồng Tháp, Gia Lai, Hà Nam, Hải Dương,
Hưng Yên, Khánh Hòa, Kiên Giang,
Lai Châu, Lào Cai, Long An, Nam Định, Nghệ An, Ninh Bình, Phú Thọ, Phú Yên, Quảng Nam, Sơn La,
Thái Bình, Trà Vinh"""
PROVINCES = re.split(r",\s+", _PLACES)
LIMIT = 20.0


def sample(count: int, source: Path | None = None) -> Iterator[str]:
    """`count` articles; each round over what there is varied as the module says. Always the same."""
    texts = corpus(source, count) if source else own_sample(min(count, 300))
    for n in range(count):
        turn = n // len(texts)
        yield varied(texts[n % len(texts)], turn) if turn else texts[n]


def varied(text: str, turn: int) -> str:
    """A text with other digits, given names and provinces."""
    chance = random.Random(turn)
    words: dict[str, str] = {}
    for known in (GIVEN, PROVINCES):
        shift = chance.randrange(1, len(known))
        words |= {word: known[(i + shift) % len(known)] for i, word in enumerate(known)}
    places = "|".join(PROVINCES)
    # A given name ends a name of at least two capitalised syllables.
    found = re.compile(rf"\b({places})\b|(?<=[^\W\d_] )({'|'.join(GIVEN)})\b(?! [A-ZĐ])")
    text = found.sub(lambda m: words[m[0]], text)
    return re.sub(r"(?<=[1-9])[1-9]", lambda _: str(chance.randint(1, 9)), text)


def fill(folder: Path, where: Path, jobs: int) -> dict[str, float]:
    """Fill a store; run in a process of its own."""
    from kg.corpus import add
    from kg.store import OxigraphStore

    begin, own = time.monotonic(), time.process_time()
    store = OxigraphStore(where)
    change = add([folder], store, jobs=jobs)
    peaks = [resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return {
        "articles": change.added,
        "seconds": time.monotonic() - begin,
        "store_cpu": time.process_time() - own,
        "extraction_cpu": children.ru_utime + children.ru_stime,
        "peak_mb": peaks[0] + (peaks[1] * jobs if jobs > 1 else 0),
        "quads": len(store),
        "said": sum(1 for _ in store.said()),
        "facts": change.facts.total(),
    }


def one_article(where: Path, text: str) -> dict[str, float]:
    """Milliseconds to add, change and remove one article, the reading of it included."""
    from kg.corpus import add, remove
    from kg.store import OxigraphStore

    store, times = OxigraphStore(where), {"added": [], "changed": [], "removed": []}  # type: dict[str, list[float]]
    with tempfile.TemporaryDirectory() as made:
        for n in range(9):
            file = Path(made) / f"new-{n}.txt"
            file.write_text(varied(text, 1000 + n), encoding="utf-8")
            times["added"].append(timed(lambda file=file: add([file], store)))
            file.write_text(varied(text, 2000 + n), encoding="utf-8")
            times["changed"].append(timed(lambda file=file: add([file], store)))
            times["removed"].append(timed(lambda file=file: remove([str(file)], store)))
    return {name: 1000 * statistics.median(found) for name, found in times.items()}


def timed(call: Callable[[], Any]) -> float:
    """Seconds of a call."""
    begin = time.perf_counter()
    call()
    return time.perf_counter() - begin


class _Late(Exception):
    pass


def _late(*_: object) -> None:
    raise _Late


def beside_rdflib(where: Path) -> dict[str, Any]:
    """The named queries and the Turtle export of a store, and of rdflib with the same quads in memory."""
    import pyoxigraph as ox
    import rdflib

    from kg.query.guard import normalise
    from kg.query.source import named_queries
    from kg.query.vocabulary import prefixes
    from kg.rdf.serialize import turtle
    from kg.store import OxigraphStore

    opened = OxigraphStore(where, read_only=True)
    store = ox.Store.read_only(str(where))
    lines = "".join(f"{' '.join(q)} .\n" for q in itertools.chain(opened.quads(), opened.said()))
    other = rdflib.Dataset()
    other.parse(data=lines, format="nquads")
    known = dict(prefixes())
    signal.signal(signal.SIGALRM, _late)
    ratios: dict[str, float] = {}
    for name, query in sorted(named_queries().items()):
        text = normalise(query.path.read_text(encoding="utf-8"))
        head = "".join(f"PREFIX {p}: <{iri}>\n" for p, iri in known.items())

        def ours(text: str = head + text) -> None:
            found = store.query(text)
            if not isinstance(found, ox.QueryBoolean):
                for _ in found:
                    pass

        mine = min(timed(ours) for _ in range(3))
        signal.setitimer(signal.ITIMER_REAL, LIMIT)
        try:
            theirs = timed(lambda text=head + text: list(other.query(text)))
        except _Late:
            theirs = LIMIT
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
        ratios[name] = theirs / mine
    said = rdflib.Graph()
    said.parse(data="".join(f"{' '.join(t)} .\n" for t in opened.said()), format="nt")
    texts: list[str] = []
    mine = timed(lambda: texts.append(turtle(opened.said())))
    texts.append(turtle(reversed(list(opened.said()))))
    theirs = timed(lambda: said.serialize(format="turtle"))
    return {
        "quads": len(store),
        "geometric_mean": math.exp(statistics.fmean(map(math.log, ratios.values()))),
        "slowest": min(ratios.items(), key=lambda r: r[1]),
        "queries": ratios,
        "export_ratio": theirs / mine,
        "export_stable": texts[0] == texts[1],
    }


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, help="a folder of *.txt, or JSON Lines (.jsonl, .jsonl.gz)")
    parser.add_argument("--sizes", default="64,256", help="numbers of articles (64,256)")
    parser.add_argument("--jobs", type=int, default=2, help="processes that read (2)")
    parser.add_argument("--no-rdflib", action="store_true")
    parser.add_argument("--json", type=Path, help="write the figures to a file, too")
    parser.add_argument("--fill", nargs=2, type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.fill:
        print(json.dumps(fill(*chosen.fill, chosen.jobs)))
        return 0
    figures: dict[str, Any] = {"sizes": []}
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as made:
        where, text = Path(made), ""
        for size in map(int, chosen.sizes.split(",")):
            folder, store = where / f"articles-{size}", where / f"store-{size}"
            folder.mkdir()
            for n, text in enumerate(sample(size, chosen.corpus)):
                (folder / f"{n:06}.txt").write_text(text, encoding="utf-8")
            call = [sys.executable, __file__, "--jobs", str(chosen.jobs), "--fill", str(folder), str(store)]
            found = json.loads(subprocess.run(call, stdout=subprocess.PIPE, check=True, text=True).stdout)
            figures["sizes"].append(found)
            n = found["articles"]
            print(
                f"{n} articles in {found['seconds']:.1f} s ({n / found['seconds']:.0f} a second): "
                f"store {1000 * found['store_cpu'] / n:.1f} ms, extraction {1000 * found['extraction_cpu'] / n:.1f} ms "
                f"of CPU an article; {found['peak_mb']:.0f} MB; {found['facts'] / n:.1f} facts, "
                f"{found['quads'] / n:.0f} quads an article, {found['said'] / n:.0f} in the default graph",
                flush=True,
            )
        figures["one_article_ms"] = one_article(store, text)
        print(f"one article in {found['quads']} quads: ", end="")
        print(", ".join(f"{name} in {ms:.0f} ms" for name, ms in figures["one_article_ms"].items()), flush=True)
        if not chosen.no_rdflib:
            figures["rdflib"] = beside = beside_rdflib(store)
            for name, ratio in sorted(beside["queries"].items(), key=lambda r: r[1]):
                print(f"  {name}: {ratio:.1f} times rdflib")
            print(f"queries on {beside['quads']} quads: {beside['geometric_mean']:.0f} times rdflib (geometric mean)")
            print(f"Turtle: {beside['export_ratio']:.1f} times rdflib; stable: {beside['export_stable']}")
    if chosen.json:
        chosen.json.write_text(json.dumps(figures, indent=1), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
