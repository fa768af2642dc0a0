"""The same graph from a cluster: however it is cut, and whoever is killed on the way."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from zipfile import ZipFile

import pyoxigraph as ox
import pyspark
import pytest
from pyspark.sql import SparkSession

from kg import corpus, pipeline
from kg.cli import job
from kg.errors import OutputError, UsageError
from kg.model import Finding
from kg.pipeline import Summary
from kg.rdf.export import export
from kg.rdf.load import load_quads
from kg.rdf.terms import DEFAULT_BASE, Quad
from kg.scale import inputs, stages
from kg.scale.build import Sizes, build
from kg.scale.readings import SCHEMA, Options
from kg.store import OxigraphStore, remote
from kg.store.place import Address

OPTIONS = Options(DEFAULT_BASE)
PARTITIONS = 7


def quads(folder: Path, parts: tuple[str, ...] = ("default", "named")) -> list[str]:
    (run,) = (folder / "work/runs").iterdir()
    return sorted(
        line
        for part in parts
        for file in (run / part).glob("part-*")
        for line in file.read_text(encoding="utf-8").split("\n")
        if line
    )


def on_cluster(spark: SparkSession, sample: Path, where: Path, sizes: Sizes) -> Summary:
    return build(spark, [str(sample)], str(where / "work"), where / "store", OPTIONS, sizes)


def told(findings: tuple[Finding, ...] | list[Finding]) -> list[tuple[str, str, str]]:
    return sorted((f.severity, f.where, f.message) for f in findings)


def content(store: Path) -> list[str]:
    return sorted(map(str, ox.Store.read_only(str(store))))


@pytest.fixture(scope="module")
def alone(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Summary, list[str], Path]:
    """What one machine says: its summary, its sorted quads, its store."""
    where = tmp_path_factory.mktemp("alone")
    summary = pipeline.build([sample], where)
    lines = [
        line
        for name in (pipeline.GRAPH, pipeline.EVIDENCE)
        for line in export(load_quads(where / name), "nquads")[0].split("\n")
        if line
    ]
    corpus.add([sample], OxigraphStore(where / "store"))
    return summary, sorted(lines), where / "store"


@pytest.mark.parametrize("partitions", [1, 7, 64])
def test_the_graph_is_that_of_one_machine_however_many_partitions(
    spark: SparkSession, sample: Path, tmp_path: Path, alone: tuple[Summary, list[str], Path], partitions: int
) -> None:
    # With 7 the file of JSON Lines is read in parts, and the input in several goes.
    sizes = Sizes(partitions, split=1_000, chunk=20_000) if partitions == PARTITIONS else Sizes(partitions)
    summary = on_cluster(spark, sample, tmp_path, sizes)
    assert quads(tmp_path) == alone[1]
    local = alone[0]
    assert (summary.articles, summary.characters) == (local.articles, local.characters)
    assert (summary.facts, summary.entities) == (local.facts, local.entities)
    assert told(summary.findings) == told(local.findings)
    assert content(tmp_path / "store") == content(alone[2])
    if partitions != PARTITIONS:
        return
    for part in ("default", "named"):
        for file in next((tmp_path / "work/runs").iterdir()).joinpath(part).glob("part-*"):
            lines = file.read_text(encoding="utf-8").split("\n")[:-1]
            assert lines == sorted(lines, key=lambda line: (line.split(" ")[-2] if part == "named" else "", line))


def executors() -> list[int]:
    """The workers' processes below this one."""
    parents: dict[int, int] = {}
    found: list[int] = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
                if b"ExecutorBackend" in (entry / "cmdline").read_bytes():
                    found.append(int(entry.name))
            except OSError:
                continue

    def ours(pid: int) -> bool:
        while pid > 1 and pid != os.getpid():
            pid = parents.get(pid, 0)
        return pid == os.getpid()

    return [pid for pid in found if ours(pid)]


def killing(spark: SparkSession, wanted: list[str], stop: threading.Event) -> None:
    """Kills a worker in the middle of each of some stages."""
    tracker = spark.sparkContext.statusTracker()

    def active(stage: str) -> Iterator[int]:
        for number in tracker.getJobIdsForGroup(f"vnkg-{stage}"):
            found = tracker.getJobInfo(number)
            for one in found.stageIds if found is not None else ():
                info = tracker.getStageInfo(one)
                yield info.numActiveTasks if info is not None else 0

    while wanted and not stop.wait(0.005):
        running = executors() if any(active(wanted[0])) else []
        if running:
            os.kill(running[0], signal.SIGKILL)
            wanted.pop(0)


def test_workers_killed_in_the_middle_of_stages_change_nothing(
    spark: SparkSession,
    sample: Path,
    tmp_path: Path,
    alone: tuple[Summary, list[str], Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(stages, "MANY_NAMES", 3)
    wanted, stop = ["readings", "names", "default", "named", "ledger"], threading.Event()
    killer = threading.Thread(target=killing, args=(spark, wanted, stop))
    killer.start()
    try:
        summary = on_cluster(spark, sample, tmp_path, Sizes(PARTITIONS))
    finally:
        stop.set()
        killer.join()
    assert wanted == []
    assert quads(tmp_path) == alone[1]
    assert summary.facts == alone[0].facts
    assert content(tmp_path / "store") == content(alone[2])
    assert any("one thing with" in f.message for f in summary.findings)
    # An endpoint that fails on the way gets the rest the next time.
    there: list[set[Quad]] = []

    class Server:
        def __init__(self, address: Address, base: str) -> None:
            pass

        def insert(self, quads: Iterable[Quad]) -> None:
            if len(there) == 3 and None not in failed:
                failed.append(None)
                raise OutputError("the server is gone")
            there.append(set(quads))

    failed: list[None] = []
    monkeypatch.setattr(remote, "RemoteStore", Server)
    address = Address("http://127.0.0.1:9/query")
    again = [str(sample)], str(tmp_path / "work"), address, OPTIONS, Sizes(PARTITIONS)
    with pytest.raises(OutputError):
        build(spark, *again)
    assert build(spark, *again).facts == summary.facts
    said = {" ".join((*quad[:3], *quad[3:] * bool(quad[3]), ".")) for part in there for quad in part}
    assert said >= set(alone[1])
    (run,) = (tmp_path / "work/runs").iterdir()
    assert len(there) == sum(1 for name in ("default", "named", "notes") for _ in (run / name).glob("part-*"))


def test_a_killed_driver_leaves_what_was_finished_and_the_next_goes_on(
    sample: Path, tmp_path: Path, alone: tuple[Summary, list[str], Path]
) -> None:
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("KG_", "PYSPARK", "SPARK"))}
    rest = [str(sample), "-o", str(tmp_path), "--work", str(tmp_path / "work"), "--partitions", "2"]
    kg = str(Path(sys.executable).with_name("kg"))
    first = subprocess.Popen(
        [kg, "build", "--engine", "spark", "--master", "local[1]", *rest],
        env=environment,
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        while not list(tmp_path.glob("work/runs/*/names/_SUCCESS")):
            assert first.poll() is None
            time.sleep(0.02)
    finally:
        os.killpg(first.pid, signal.SIGKILL)
        first.wait()
    assert not (tmp_path / "store").exists()
    finished = {f: f.stat().st_mtime_ns for f in tmp_path.glob("work/**/_SUCCESS")}
    submit = Path(pyspark.__file__).parent / "bin" / "spark-submit"
    found = subprocess.run(
        [submit, "--master", "local[1]", job.__file__, *rest],
        env=environment | {"PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_IP": "127.0.0.1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert found.returncode == 1, found.stdout  # there are bad articles
    assert "not JSON" in found.stdout
    assert "Traceback" not in found.stdout
    assert len(finished) >= 3
    assert {f: f.stat().st_mtime_ns for f in finished} == finished
    assert quads(tmp_path) == alone[1]
    assert content(tmp_path / "store") == content(alone[2])


def test_parquet_and_other_file_systems_give_the_same_readings(
    spark: SparkSession, sample: Path, tmp_path: Path
) -> None:
    records = [json.loads(line) for line in (sample / "more.jsonl").read_text().split("\n") if line.startswith('{"id"')]
    spark.createDataFrame(records).coalesce(1).write.parquet(str(tmp_path / "rows.parquet"))
    far = tmp_path / "far [away] 50%20"
    far.mkdir()
    shutil.copy(sample / "more.jsonl", far)
    texts = sorted(sample.glob("a0*.txt"))
    with ZipFile(far / "texts.zip", "w") as archive:
        for text in texts[1:]:
            archive.write(text, text.name)
    shutil.copy(texts[0], far)
    shutil.copy(texts[0], far / "notes.md")

    def readings(*given: str) -> tuple[list[tuple[str, ...]], str]:
        chunks, findings = inputs.find(spark, given, 1_000, 10**9)
        assert not findings
        rows = [row for chunk in chunks for row in inputs.read(spark, chunk, OPTIONS, 2, 1_000).collect()]
        inputs.forget(spark)
        at = {name: SCHEMA.names.index(name) for name in SCHEMA.names}
        good = sorted({tuple(row[at[n]] for n in ("graph", "said", "evidence")) for row in rows if row[at["graph"]]})
        return good, "".join(line for row in rows for line in row[at["findings"]])

    near, told_near = readings(str(sample / "more.jsonl"), *map(str, texts))
    assert len(near) == len(texts) + len({r["id"] for r in records})
    away, told_away = readings(f"file://{far}")
    table, told_table = readings(str(tmp_path / "rows.parquet"), *map(str, texts))
    assert away == near
    assert table == near
    assert "not JSON" in told_near
    assert f"{far}/more.jsonl:5" in told_away
    assert "not JSON" not in told_table


def test_what_no_worker_can_read_is_refused(spark: SparkSession, tmp_path: Path) -> None:
    for name in ("-", "https://example.org/bai.html"):
        with pytest.raises(UsageError):
            build(spark, [name], str(tmp_path / "work"), tmp_path / "store", OPTIONS)
