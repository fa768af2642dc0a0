"""The main flow: articles in; `graph.ttl`, `graph.trig` and `graph.html` out.

read ─ extract ─ write: one article at a time, in any order, in any process
join ─ serialise ─ draw: all articles together, sorted, so that the same articles give the same bytes
"""

from __future__ import annotations

import os
import signal
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Semaphore
from typing import TypeVar

from kg.errors import InputError, KgError
from kg.extract.article import read_article
from kg.extract.rulebook import load_rulebook
from kg.files import write_all
from kg.language import Bilingual, Lang
from kg.model import Document, Finding
from kg.rdf.serialize import trig, turtle
from kg.rdf.terms import DEFAULT_BASE
from kg.rdf.write import ArticleGraph, default_graph, write_reading
from kg.read import MAX_BYTES, FieldMap, Source, Web, as_finding, each_source, find_sources, load_source
from kg.read.sources import bundle_kind

GRAPH, EVIDENCE, PAGE = "graph.ttl", "graph.trig", "graph.html"

# Articles that a process is sent at once, and how many may wait for each.
_CHUNK, _WAITING = 8, 64

_T = TypeVar("_T")
Watch = Callable[[Iterator["_T | Finding"], int], Iterable["_T | Finding"]]


@dataclass(frozen=True, slots=True)
class Summary:
    """What a build did.

    Attributes:
        articles, characters: how many were read.
        facts: number of facts by kind, the commonest first.
        entities: number of the articles' entities by type, the commonest first.
        files: what was written; empty where no article could be read.
        findings: what could not be read or should be looked at, in the order of the paths.
    """

    articles: int
    characters: int
    facts: Mapping[str, int]
    entities: Mapping[str, int]
    files: tuple[Path, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class ArticleResult:
    """One article, read and written as triples; small enough to travel between processes."""

    source: str
    graph: ArticleGraph
    characters: int
    facts: Counter[str]
    entities: Counter[str]
    findings: tuple[Finding, ...]


def build(
    paths: Iterable[str | os.PathLike[str]],
    output: Path,
    *,
    base: str = DEFAULT_BASE,
    max_bytes: int = MAX_BYTES,
    fields: FieldMap | None = None,
    web: Web | None = None,
    jobs: int = 1,
    page_lang: Lang = "vi",
    watch: Watch[ArticleResult] | None = None,
) -> Summary:
    """Read articles, and write their graph and its page to the folder `output`.

    The three files are replaced together once all are complete; where no article can be read, nothing is touched.

    Args:
        paths: files, folders, or "-" for standard input, in any order.
        output: made where it is missing.
        base: namespace of the data's IRIs.
        max_bytes: larger articles are findings.
        fields: names of the fields of JSON Lines and tables.
        web: how pages are fetched.
        jobs: number of processes.
        page_lang: the language the page opens in.
        watch: is given the stream of results and their number; passes it on (a progress bar).

    Raises:
        RuleError: a rule file, the lexicon or the ontology is broken; nothing is read.
        OutputError: the folder or a file cannot be written; what was there before is still there.
    """
    load_rulebook()
    sources, findings = find_sources(paths)
    stream = each_article(
        sources, partial(read_and_write, base=base), max_bytes=max_bytes, fields=fields, web=web, jobs=jobs
    )
    results: dict[str, ArticleResult] = {}
    for item in watch(stream, how_many(sources)) if watch else stream:
        if isinstance(item, Finding):
            findings.append(item)
            continue
        findings.extend(item.findings)
        first = results.setdefault(item.graph.graph, item)
        if first is not item:
            findings.append(twin_finding(item.source, first.source))
    files: tuple[Path, ...] = ()
    if results:
        files = _write([r.graph for r in results.values()], output, base, page_lang)
    return Summary(
        articles=len(results),
        characters=sum(r.characters for r in results.values()),
        facts=commonest(r.facts for r in results.values()),
        entities=commonest(r.entities for r in results.values()),
        files=files,
        findings=tuple(findings),
    )


def each_article(
    sources: Iterable[Source],
    work: Callable[[Document], _T],
    *,
    max_bytes: int = MAX_BYTES,
    fields: FieldMap | None = None,
    web: Web | None = None,
    jobs: int = 1,
) -> Iterator[_T | Finding]:
    """The result of `work` for each article, or the finding that says why there is none, in the order of `sources`.

    Args:
        sources: what `find_sources` found; a file that holds many articles is read as a stream.
        work: a pure function of one document; with several jobs it and its result must be picklable.
        max_bytes: larger articles are findings.
        fields: names of the fields of JSON Lines and tables.
        web: how pages are fetched.
        jobs: number of processes.
    """
    sources = list(sources)
    alone = len(sources) == 1 and not bundle_kind(sources[0].path.name)
    # Standard input cannot be read by another process.
    if alone or any(str(s.path) == "-" for s in sources):
        jobs = 1
    return spread(each_source(sources, fields, max_bytes, web), work, max_bytes=max_bytes, jobs=jobs)


def spread(
    stream: Iterator[Source | Document | Finding],
    work: Callable[[Document], _T],
    *,
    max_bytes: int = MAX_BYTES,
    jobs: int = 1,
) -> Iterator[_T | Finding]:
    """As `each_article`, for sources of single articles, and for documents that are at hand."""
    step = partial(_one, work=work, max_bytes=max_bytes)
    if jobs == 1:
        yield from map(step, stream)
        return
    from multiprocessing import get_context

    # The pool takes all it is given at once: the bound keeps a long stream from lying in memory.
    waiting = Semaphore(_WAITING * jobs)
    left = False

    def fed() -> Iterator[Source | Document | Finding]:
        for item in stream:
            waiting.acquire()
            if left:
                return
            yield item

    # An interruption is the parent's to tell, once.
    with get_context("spawn").Pool(jobs, signal.signal, (signal.SIGINT, signal.SIG_IGN)) as pool:
        try:
            for result in pool.imap(step, fed(), chunksize=_CHUNK):
                waiting.release()
                yield result
        finally:
            # Who goes before the end (an interruption, a full disk): the pool ends once its feeder does.
            left = True
            waiting.release()


def how_many(sources: Sequence[Source]) -> int:
    """The number of articles, or 0 where a file holds many and nobody has counted."""
    return 0 if any(s.address or bundle_kind(s.path.name) for s in sources) else len(sources)


def _one(source: Source | Document | Finding, work: Callable[[Document], _T], max_bytes: int) -> _T | Finding:
    if isinstance(source, Finding):
        return source
    if isinstance(source, Document):
        return attempt(source, work, source.source)
    try:
        document = load_source(source, max_bytes)
    except InputError as error:
        return as_finding(error, source.where)
    return attempt(document, work, source.where)


def attempt(document: Document, work: Callable[[Document], _T], where: str) -> _T | Finding:
    """The result of `work`, or, where a fault of ours keeps it from being made, the finding that says so.

    Raises:
        KgError, MemoryError: passed on; they are no article's fault. With KG_DEBUG set every fault is.
    """
    try:
        return work(document)
    except (KgError, MemoryError):
        raise
    except Exception as error:
        # A fault of ours in one article must not cost the others; it is told, and KG_DEBUG shows where it lies.
        if os.environ.get("KG_DEBUG"):
            raise
        what = f"{type(error).__name__}: {error}"
        return Finding(
            "error",
            where,
            Bilingual(f"a fault of the program kept it from being read ({what})", f"chương trình lỗi khi đọc ({what})"),
            Bilingual("KG_DEBUG=1 shows the details; please report it", "KG_DEBUG=1 cho xem chi tiết; xin báo lỗi này"),
        )


def read_and_write(document: Document, base: str) -> ArticleResult:
    """One article, read, and written as triples: a pure function. Raises `RuleError` where the rules are broken."""
    reading = read_article(document)
    findings = list(reading.findings)
    if not reading.facts:
        findings.append(
            Finding(
                "info",
                document.source,
                Bilingual("no fact found", "không thấy dữ kiện nào"),
                Bilingual(f"see `kg explain {document.source}`", f"xem `kg explain {document.source}`"),
            )
        )
    return ArticleResult(
        source=document.source,
        graph=write_reading(reading, base),
        characters=len(document.raw),
        facts=Counter(f.kind for f in reading.facts),
        entities=Counter(e.type for e in reading.entities),
        findings=tuple(findings),
    )


def _write(graphs: list[ArticleGraph], output: Path, base: str, page_lang: Lang) -> tuple[Path, ...]:
    evidence = trig((quad for graph in graphs for quad in graph.quads()), base).encode("utf-8")
    files = {
        output / GRAPH: turtle(default_graph(graphs), base).encode("utf-8"),
        output / EVIDENCE: evidence,
        output / PAGE: _page(evidence, page_lang).encode("utf-8"),
    }
    write_all(files)
    return tuple(files)


def _page(evidence: bytes, lang: Lang) -> str:
    """The page is drawn from the graph that is written, not from what made it: it shows that and nothing else."""
    import pyoxigraph

    from kg.view import render

    return render(pyoxigraph.parse(evidence, format=pyoxigraph.RdfFormat.TRIG), lang)


def twin_finding(source: str, first: str) -> Finding:
    """Says that an article is the one that came before it, under the same name with the same bytes."""
    return Finding("info", source, Bilingual(f"the same article as {first}", f"trùng với bài {first}"))


def commonest(counts: Iterable[Mapping[str, int]]) -> dict[str, int]:
    """The sum of several counts, the commonest first."""
    total: Counter[str] = Counter()
    for count in counts:
        total.update(count)
    return dict(sorted(total.items(), key=lambda pair: (-pair[1], pair[0])))


__all__ = [
    "EVIDENCE",
    "GRAPH",
    "PAGE",
    "ArticleResult",
    "Summary",
    "attempt",
    "build",
    "commonest",
    "each_article",
    "how_many",
    "read_and_write",
    "spread",
    "twin_finding",
]
