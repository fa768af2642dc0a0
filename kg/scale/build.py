"""The flow: articles → readings → twins, names → quads and ledger → a store, or an endpoint.

Every stage lies in a folder of its own (`kg.scale.folder`) and is made once; a call that was broken off goes on with
the first that is missing.
"""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import KgError, OutputError
from kg.extract.rulebook import load_rulebook
from kg.language import Bilingual
from kg.model import Finding
from kg.pipeline import Summary, commonest
from kg.rdf.terms import Quad
from kg.scale import inputs, stages
from kg.scale.folder import Folder, digest, literal
from kg.scale.readings import SCHEMA, Options, from_json
from kg.scale.session import step
from kg.store import is_store
from kg.store.bulk import load_files
from kg.store.place import Address, Place
from kg.store.version import version

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

STORE = "store"
# Of more findings than these only the number is told; all lie in the stage's folder.
SHOWN = 10_000
_PART = 16_000_000  # bytes of readings that become one part of the quads: some 1,000 articles
_GROUP = 32_000_000  # bytes of readings, as they are before they are packed, that a worker holds before it writes
_TASK = 8_000_000  # bytes of articles that a worker reads in one go, where nobody says how many
_LOADED: tuple[str, ...] = ("default", "named", "notes")
# Says which stage runs, and how many of its tasks are done, of how many.
Watch = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Sizes:
    """How the work is cut; the result is the same whatever they are.

    Attributes:
        partitions: number of parts of a stage; 0: by the bytes.
        split: bytes of a file of JSON Lines from which several workers read it.
        chunk: bytes of input that are read in one go.
    """

    partitions: int = 0
    split: int = inputs.SPLIT
    chunk: int = inputs.CHUNK


def build(
    spark: SparkSession,
    paths: Iterable[str],
    work: str,
    target: Place,
    options: Options,
    sizes: Sizes | None = None,
    watch: Watch | None = None,
) -> Summary:
    """Read articles on a cluster, and load their graph into a store or an endpoint.

    Args:
        spark: the session (`kg.scale.session.start`).
        paths: files, folders, or addresses of file systems.
        work: folder of the stages, which all workers must see.
        target: folder of the store, which is replaced once the new one is complete; or a SPARQL endpoint, to whose
            graphs the articles are added.
        options: what a reading depends on.
        sizes: how the work is cut.
        watch: is told how far it is.

    Raises:
        RuleError: a rule file, the lexicon or the ontology is broken; nothing is read.
        InputError: Spark gave up.
        OutputError: the store or the endpoint cannot be written.
        KgError: the workers have other rules.
    """
    load_rulebook()
    flow = _Flow(spark, Folder(spark, work), sizes or Sizes(), watch or (lambda stage, done, total: None))
    with flow.step("inputs", "which files there are"):
        chunks, findings = inputs.find(spark, paths, flow.sizes.split, flow.sizes.chunk)
    if not chunks:
        return Summary(0, 0, {}, {}, (), tuple(findings))
    readings = flow.readings(chunks, options)
    run = flow.work.below("runs", flow.mark)
    again = flow.stage(run.below("twins"), "articles that are there twice", lambda: stages.twins(readings))
    live = stages.live(readings, again)
    named = flow.stage(run.below("names"), "what each thing is called", lambda: stages.names(spark, live))
    flow.text(run.below("default"), "what all articles say", lambda: stages.default_graph(live, named))
    flow.text(run.below("named"), "the articles' own graphs", lambda: stages.article_graphs(live))
    flow.text(run.below("notes"), "what a store notes of them", lambda: stages.notes(live))
    flow.text(run.below("ledger"), "the ledger", lambda: stages.ledger(live))
    flow.text(run.below("findings"), "findings", lambda: stages.findings(spark, readings, again, named))
    with flow.step("summary", "counts"):
        articles, characters, facts, entities = stages.totals(live)
    findings += _told(run.below("findings"))
    files: tuple[Path, ...] = ()
    if articles:
        files = flow.load(run, target, options.base)
    # What was read stays; what was made of other readings can be made again.
    flow.work.below("runs").keep([flow.mark])
    return Summary(articles, characters, commonest([facts]), commonest([entities]), files, tuple(findings))


@dataclass(slots=True)
class _Flow:
    spark: SparkSession
    work: Folder
    sizes: Sizes
    watch: Watch
    mark: str = ""

    @contextmanager
    def step(self, name: str, about: str) -> Iterator[None]:
        """A stage of Spark's with a name, watched."""
        left = threading.Event()
        watcher = threading.Thread(target=self._watched, args=(name, left), daemon=True)
        with step(self.spark, name, about):
            watcher.start()
            try:
                yield
            finally:
                left.set()
                watcher.join()

    def _watched(self, name: str, left: threading.Event) -> None:
        tracker = self.spark.sparkContext.statusTracker()
        while not left.wait(0.5):
            try:
                infos = [
                    info
                    for job in tracker.getJobIdsForGroup(f"vnkg-{name}")
                    if (found := tracker.getJobInfo(job)) is not None
                    for stage in found.stageIds
                    if (info := tracker.getStageInfo(stage)) is not None
                ]
            except Exception:  # the session is being stopped: there is nothing to watch
                return
            self.watch(name, sum(i.numCompletedTasks for i in infos), sum(i.numTasks for i in infos))

    def _partitions(self, size: int) -> int:
        return self.sizes.partitions or max(2 * self.spark.sparkContext.defaultParallelism, size // _TASK)

    def readings(self, chunks: list[inputs.Chunk], options: Options) -> DataFrame:
        """All chunks' readings, from where they lie where they were read before."""
        folder = self.work.below("readings")
        made = [digest(chunk.mark, version(), asdict(options)) for chunk in chunks]
        for number, (chunk, name) in enumerate(zip(chunks, made, strict=True), start=1):
            if folder.below(name).done:
                continue
            with self.step("readings", f"articles are read, {number}/{len(chunks)}"):
                found = inputs.read(self.spark, chunk, options, self._partitions(chunk.size), self.sizes.split)
                table = self.spark.createDataFrame(found, SCHEMA, verifySchema=False)
                writer = table.write.mode("overwrite").option("compression", "zstd")
                writer.option("parquet.block.size", str(_GROUP)).parquet(folder.below(name).uri)
            inputs.forget(self.spark)
        self.mark = digest(sorted(made))
        self._cut(sum(chunk.size for chunk in chunks))
        with self.step("readings", "whether all workers have the same rules"):
            readings = self.spark.read.schema(SCHEMA).parquet(*(literal(folder.below(name).uri) for name in made))
            versions = {row[0] for row in readings.select("version").distinct().collect()} - {None, version()}
        if versions:
            for name in made:
                folder.keep([n for n in folder.names() if n != name])
            raise KgError(
                Bilingual(
                    f"a worker has other rules than this machine: {', '.join(sorted(versions))}, not {version()}",
                    f"máy trong cụm có bộ luật khác máy này: {', '.join(sorted(versions))}, không phải {version()}",
                ),
                Bilingual("install the same vnkg on all of them", "cài cùng một bản vnkg trên mọi máy"),
            )
        return readings

    def _cut(self, size: int) -> None:
        """How what is moved between workers is cut; where nobody says, Spark joins what is small."""
        parts = self.sizes.partitions or max(2 * self.spark.sparkContext.defaultParallelism, size // (4 * _TASK))
        self.spark.conf.set("spark.sql.shuffle.partitions", str(parts))
        # A row is an article with all its evidence, 200 kB: thousands at once, as Spark reads them, are more than a
        # worker has.
        self.spark.conf.set("spark.sql.parquet.columnarReaderBatchSize", "32")
        self.spark.conf.set("spark.sql.files.maxPartitionBytes", str(_PART))
        joined = str(not self.sizes.partitions).lower()
        self.spark.conf.set("spark.sql.adaptive.coalescePartitions.enabled", joined)

    def stage(self, folder: Folder, about: str, make: Callable[[], DataFrame]) -> DataFrame:
        """A table that is made where it has not been yet."""
        name = folder.uri.rpartition("/")[2]
        with self.step(name, about):
            if not folder.done:
                make().write.mode("overwrite").option("compression", "zstd").parquet(folder.uri)
            return self.spark.read.parquet(literal(folder.uri))

    def text(self, folder: Folder, about: str, make: Callable[[], DataFrame]) -> None:
        """Lines that are written where they have not been yet."""
        name = folder.uri.rpartition("/")[2]
        if not folder.done:
            with self.step(name, about):
                make().write.mode("overwrite").option("lineSep", "\n").text(folder.uri)

    def load(self, run: Folder, target: Place, base: str) -> tuple[Path, ...]:
        """The quads into the store or the endpoint, part by part."""
        loaded = run.below(f"loaded-{digest(str(target))}")
        with self.step("load", "into the store"):
            parts = [(folder, part) for folder in map(run.below, _LOADED) for part in folder.parts()]
        total = len(parts)
        if isinstance(target, Address):
            from kg.store.remote import RemoteStore

            remote = RemoteStore(target, base)
            have = set(loaded.names())
            for number, (folder, part) in enumerate(parts):
                if part not in have:
                    self.watch("load", number, total)
                    default = folder.uri.endswith("/default")
                    remote.insert(_quad(line, default) for line in folder.lines(part) if line)
                    loaded.touch(part)
            return ()
        store = target
        if loaded.done and is_store(store):
            return (store,)
        fresh = store.with_name(f".{store.name}.{self.mark}.new")
        have = set(loaded.names()) if is_store(fresh) else set()
        files = [_here(folder, part) for folder, part in parts if part not in have]
        for number, file in enumerate(load_files(fresh, files), start=total - len(files) + 1):
            loaded.touch(file.name)
            self.watch("load", number, total)
        _replace(fresh, store)
        loaded.touch("_SUCCESS")
        return (store,)


def _quad(line: str, default: bool) -> Quad:
    subject, prop, rest = line.removesuffix(" .").split(" ", 2)
    value, graph = (rest, "") if default else rest.rsplit(" ", 1)
    return subject, prop, value, graph


def _here(folder: Folder, part: str) -> Path:
    local = folder.local
    if local is None:
        raise OutputError(
            Bilingual(
                f"{folder.uri}: the store is loaded from a disk of this machine",
                f"{folder.uri}: kho chỉ nạp được từ đĩa của máy này",
            ),
            Bilingual("give --work a folder here that all workers see", "hãy để --work là thư mục mọi máy đều thấy"),
        )
    return local / part


def _replace(fresh: Path, store: Path) -> None:
    old = store.with_name(f".{store.name}.old")
    try:
        shutil.rmtree(old, ignore_errors=True)
        if store.exists():
            store.rename(old)
        fresh.rename(store)
        shutil.rmtree(old, ignore_errors=True)
    except OSError as error:
        raise OutputError(
            Bilingual(f"{store}: cannot be replaced: {error}", f"{store}: không thay được: {error}"),
            Bilingual(f"the new store lies in {fresh}", f"kho mới nằm ở {fresh}"),
        ) from error


def _told(folder: Folder) -> list[Finding]:
    found: list[Finding] = []
    more = 0
    for part in folder.parts():
        for line in folder.lines(part):
            if len(found) < SHOWN:
                found.append(from_json(line))
            else:
                more += 1
    if more:
        found.append(
            Finding("warning", folder.uri, Bilingual(f"{more:,} more findings", f"còn {more:,} điều cần xem nữa"))
        )
    return found
