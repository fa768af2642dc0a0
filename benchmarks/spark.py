"""Two workers of a cluster beside two processes of one machine, on the same articles, in one run.

    python benchmarks/spark.py                                          small, made of the project's own articles
    python benchmarks/spark.py --corpus articles.jsonl.gz --sizes 1000,4000,20000
    python benchmarks/spark.py --names 2000000                          only identity: names as often as in Vietnam

Articles are varied as in benchmarks/store.py and lie in one file of JSON Lines. One machine is `kg add --jobs 2` into a
new store; the cluster is a master and two workers of one core each on this machine, which fill a new store, too. Both
are told without their start: of the local run, what it takes for 16 articles is subtracted; the cluster has built these
16 before it is timed. Memory is the peak over all processes of a run (`Pss`, which counts shared pages once).

With `--names` N mentions of people are drawn with the family names of Vietnam and a middle and given name from short
lists, and what each is called is decided as for articles: what moves between workers, and the most labels of one.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from store import GIVEN, sample

# Shares of people in percent as they are commonly published (Huỳnh under Hoàng, Võ under Vũ); the rest is others.
FAMILY = {
    "Nguyễn": 38.4, "Trần": 11.0, "Lê": 9.5, "Phạm": 7.1, "Hoàng": 5.1, "Phan": 4.5, "Vũ": 3.9, "Đặng": 2.1,
    "Bùi": 2.0, "Đỗ": 1.4, "Hồ": 1.3, "Ngô": 1.3, "Dương": 1.0, "Lý": 0.5,
}  # fmt: skip
MIDDLE = "Văn Thị Hữu Đức Ngọc Minh Thanh Xuân Quốc Công Đình Thế Kim Hồng".split()


def tree(root: int) -> list[int]:
    """A process and all below it."""
    below: dict[int, list[int]] = defaultdict(list)
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                below[int((entry / "stat").read_text().rpartition(")")[2].split()[1])].append(int(entry.name))
            except OSError:
                continue
    found = [root]
    for pid in found:
        found += below[pid]
    return found


@contextmanager
def peak(root: int, seen: dict[str, float]) -> Iterator[None]:
    """The largest memory of a tree of processes, in MB, by kind."""
    left = threading.Event()

    def watch() -> None:
        while not left.wait(1.0):
            now: dict[str, float] = defaultdict(float)
            for pid in tree(root):
                try:
                    words = Path(f"/proc/{pid}/cmdline").read_text()
                    rolled = Path(f"/proc/{pid}/smaps_rollup").read_text()
                except OSError:
                    continue
                kind = "worker" if "ExecutorBackend" in words else "java" if "java" in words[:40] else "python"
                now[kind] += (
                    next(int(line.split()[1]) for line in rolled.splitlines() if line.startswith("Pss:")) / 1024
                )
            now["all"] = sum(now.values())
            for kind, value in now.items():
                seen[kind] = max(seen.get(kind, 0), value)

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield
    finally:
        left.set()
        thread.join()


def alone(articles: Path, store: Path) -> tuple[float, float]:
    """Seconds and peak MB of `kg add --jobs 2`."""
    code = (
        "import sys; from kg.corpus import add; from kg.store import OxigraphStore; from pathlib import Path\n"
        "if __name__ == '__main__': add([sys.argv[1]], OxigraphStore(Path(sys.argv[2])), jobs=2)"
    )
    seen: dict[str, float] = {}
    begin = time.monotonic()
    script = store.with_suffix(".py")
    script.write_text(code)
    running = subprocess.Popen([sys.executable, str(script), str(articles), str(store)])
    with peak(running.pid, seen):
        running.wait()
    return time.monotonic() - begin, seen.get("all", 0)


def stages_of(spark: Any, since: int) -> tuple[dict[str, float], dict[str, float], int]:
    """Seconds by stage, MB moved by stage, and the number of jobs, of the jobs from number `since` on."""
    store = spark.sparkContext._jsc.sc().statusStore()
    jobs = store.jobsList(None)
    seconds: dict[str, float] = defaultdict(float)
    moved: dict[str, float] = defaultdict(float)
    counted: set[int] = set()
    for i in range(jobs.size()):
        job = jobs.apply(i)
        if job.jobId() < since or job.completionTime().isEmpty():
            continue
        name = str(job.jobGroup().get()).removeprefix("vnkg-") if job.jobGroup().isDefined() else "other"
        seconds[name] += (job.completionTime().get().getTime() - job.submissionTime().get().getTime()) / 1000
        ids = job.stageIds()
        for n in range(ids.size()):
            # A stage that another job has run already is named by both.
            if ids.apply(n) not in counted:
                counted.add(ids.apply(n))
                moved[name] += store.lastStageAttempt(ids.apply(n)).shuffleWriteBytes() / 1e6
    return dict(seconds), dict(moved), jobs.size()


def size(folder: Path) -> float:
    """MB of all files below."""
    return sum(f.stat().st_size for f in folder.rglob("*") if f.is_file()) / 1e6


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, help="a folder of *.txt, or JSON Lines (.jsonl, .jsonl.gz)")
    parser.add_argument("--sizes", default="64,256", help="numbers of articles (64,256)")
    parser.add_argument("--names", type=int, default=0, help="mentions of people; nothing else is measured")
    parser.add_argument("--memory", default="1024", help="MB of a worker (1024)")
    chosen = parser.parse_args()
    from kg.rdf.terms import DEFAULT_BASE
    from kg.scale.session import start

    begin = time.monotonic()
    options = {"spark.executor.memory": f"{chosen.memory}m", "spark.driver.memory": "1g"}
    spark = start(f"local-cluster[2,1,{chosen.memory}]", options)
    spark.range(2).count()
    print(f"session started in {time.monotonic() - begin:.1f} s")
    if chosen.names:
        names(spark, chosen.names)
        spark.stop()
        return 0
    from kg.scale.build import build
    from kg.scale.readings import Options

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as made:
        where = Path(made)
        begin = time.monotonic()
        few = written(where / "few.jsonl", 16, chosen.corpus)
        build(spark, [str(few)], str(where / "few"), where / "few-store", Options(DEFAULT_BASE))
        print(f"first build of 16 articles, which loads rules on the workers: {time.monotonic() - begin:.1f} s")
        base, _ = alone(few, where / "few-alone")
        print(f"the same with kg add --jobs 2: {base:.1f} s")
        for count in map(int, chosen.sizes.split(",")):
            articles = written(where / f"{count}.jsonl", count, chosen.corpus)
            seconds, memory = alone(articles, where / f"alone-{count}")
            seconds -= base
            _, _, since = stages_of(spark, 0)
            seen: dict[str, float] = {}
            begin = time.monotonic()
            with peak(os.getpid(), seen):
                work, store = where / f"work-{count}", where / f"store-{count}"
                summary = build(spark, [str(articles)], str(work), store, Options(DEFAULT_BASE))
            took = time.monotonic() - begin
            by_stage, moved, _ = stages_of(spark, since)
            (run,) = (work / "runs").iterdir()
            by_stage["load, and between"] = took - sum(by_stage.values())
            disk = {"readings": work / "readings", "store": store}
            disk |= {name: run / name for name in ("default", "named", "notes")}
            facts, each = sum(summary.facts.values()), summary.characters / summary.articles
            print(f"\n{count} articles ({summary.articles} different, {each:.0f} characters each), {facts} facts")
            print(f"  two processes: {seconds:.1f} s, {count / seconds:.1f} articles/s, {memory:.0f} MB")
            print(f"  two workers:   {took:.1f} s, {count / took:.1f} articles/s; ratio {seconds / took:.2f}")
            print("  seconds:     " + ", ".join(f"{n} {s:.1f}" for n, s in by_stage.items()))
            print("  MB moved:    " + ", ".join(f"{n} {m:.1f}" for n, m in moved.items() if m >= 0.05))
            print("  peak MB:     " + ", ".join(f"{n} {m:.0f}" for n, m in seen.items()))
            print("  MB on disk:  " + ", ".join(f"{n} {size(f):.1f}" for n, f in disk.items()))
            sys.stdout.flush()
    spark.stop()
    return 0


def written(file: Path, count: int, corpus: Path | None) -> Path:
    """Articles as JSON Lines."""
    with file.open("w", encoding="utf-8") as out:
        for n, text in enumerate(sample(count, corpus)):
            title, _, body = text.partition("\n")
            out.write(json.dumps({"id": f"a{n:07}", "title": title, "body": body}, ensure_ascii=False) + "\n")
    return file


def names(spark: Any, count: int) -> None:
    """Identity alone: the names of people as often as they occur, and one that is in every tenth article."""
    from pyspark.sql import functions as f

    from kg.rdf.entities import NAME, PREF_LABEL
    from kg.rdf.terms import text
    from kg.scale.stages import names as decided

    others = [f"{a}{b}" for a in ("Ch", "Đ", "H", "L", "M", "T") for b in ("âu", "inh", "oan", "ương", "ao", "à")]
    shares = [*FAMILY.values(), *[(100 - sum(FAMILY.values())) / len(others)] * len(others)]
    families = [*FAMILY, *others]

    def mentions(seed: int, rows: Iterator[Any]) -> Iterator[tuple[str]]:
        chance = random.Random(seed)
        for _ in rows:
            if chance.random() < 0.1:
                name, node = "Nguyễn Văn Mười", "<https://example.org/person-muoi>"
            else:
                name = f"{chance.choices(families, shares)[0]} {chance.choice(MIDDLE)} {chance.choice(GIVEN)}"
                node = f"<https://example.org/person-{'-'.join(name.split())}>"
            if chance.random() < 0.05:
                name = name.upper()
            yield (f"{node} {PREF_LABEL} {text(name)}\n{node} {NAME} {text(name)}",)

    spark.conf.set("spark.sql.shuffle.partitions", "16")
    spark.conf.set("spark.sql.adaptive.coalescePartitions.enabled", "false")
    said = spark.sparkContext.range(count, numSlices=16).mapPartitionsWithIndex(mentions)
    _, _, since = stages_of(spark, 0)
    begin = time.monotonic()
    found = decided(spark, spark.createDataFrame(said, "said string"))
    row = found.agg(f.count("*"), f.sum("names"), f.max("names")).first()
    took = time.monotonic() - begin
    _, moved, _ = stages_of(spark, since)
    print(f"{count} mentions of {row[0]} people with {row[1]} labels, at most {row[2]} of one")
    print(f"  {took:.1f} s, {sum(moved.values()):.1f} MB moved")


if __name__ == "__main__":
    sys.exit(main())
