"""A corpus as one graph that lives: articles are added, changed, taken out and read anew while people ask it.

Each function is a sequence of transactions of `kg.store`, one for a handful of articles; whoever is killed between two
of them goes on from there with the next call, since what the ledger has is not read again.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from kg.errors import InputError, UsageError
from kg.extract.rulebook import load_rulebook
from kg.language import Bilingual
from kg.model import Document, Finding
from kg.pipeline import ArticleResult, each_article, how_many, read_and_write, spread, twin_finding
from kg.read import MAX_BYTES, FieldMap, Source, Web, find_sources, restored
from kg.store import Entry, GraphStore, Kept, Put
from kg.store.version import version

# Articles of one transaction: a crash costs no more than these. New ones are loaded in bulk, which writes files of its
# own each time; changed ones are compared with what is there.
_NEW, _CHANGED = 256, 32

Watch = Callable[[Iterator["Read | Finding"], int], Iterable["Read | Finding"]]


@dataclass(frozen=True, slots=True)
class Read:
    """One article, read and written as triples, and what the ledger needs of it."""

    source: str
    id: str
    sha256: str
    result: ArticleResult | None
    kept: Kept | None

    def entry(self, result: ArticleResult) -> Entry:
        """Its line in the ledger."""
        return Entry(
            source=self.source,
            id=self.id,
            sha256=self.sha256,
            version=version(),
            graph=result.graph.graph,
            article=result.graph.article,
            facts=sum(result.facts.values()),
            characters=result.characters,
        )


@dataclass(slots=True)
class Change:
    """What a call did.

    Attributes:
        added, changed, same, removed: numbers of articles: new ones, those whose text or rules had changed, those that
            were there already, those taken out.
        facts: of the articles that were read, by kind.
        findings: what could not be read or should be looked at.
    """

    added: int = 0
    changed: int = 0
    same: int = 0
    removed: int = 0
    facts: Counter[str] = field(default_factory=Counter)
    findings: list[Finding] = field(default_factory=list)


def add(
    paths: Iterable[str | os.PathLike[str]],
    store: GraphStore,
    *,
    max_bytes: int = MAX_BYTES,
    fields: FieldMap | None = None,
    web: Web | None = None,
    jobs: int = 1,
    keep_text: bool = True,
    watch: Watch | None = None,
) -> Change:
    """Read the articles that are new or whose file has changed, and take them into the store.

    An article of which the store has another version, by its source, is replaced. What cannot be read is a finding and
    leaves the store as it was, also where an older version of it is there.

    Args:
        paths: files, folders, or "-".
        store: where they go.
        max_bytes: larger articles are findings.
        fields: names of the fields of JSON Lines and tables.
        web: how pages are fetched.
        jobs: number of processes.
        keep_text: keep the articles' texts, so that they can be read anew without their files.
        watch: is given the stream and the number of articles, 0 where nobody knows it (a progress bar).

    Raises:
        RuleError: a rule file, the lexicon or the ontology is broken; nothing is read.
        OutputError: the store cannot be written; what was taken in before stays.
    """
    load_rulebook()
    sources, findings = find_sources(paths)
    change = Change(findings=list(findings))
    known = {e.source: e.sha256 for e in store.ledger() if e.version == version()}
    work = partial(read_one, base=store.base, known=known, keep_text=keep_text)
    stream = each_article(sources, work, max_bytes=max_bytes, fields=fields, web=web, jobs=jobs)
    _take(watch(stream, how_many(sources)) if watch else stream, store, change)
    return change


def rebuild(store: GraphStore, *, jobs: int = 1, max_bytes: int = MAX_BYTES, watch: Watch | None = None) -> Change:
    """Read anew what other rules have read: from the text that was kept, else from where it came.

    Raises:
        RuleError, OutputError: as `add`.
    """
    load_rulebook()
    change = Change()
    outdated = store.ledger().outdated(version())
    change.same = len(store.ledger()) - len(outdated)

    def articles() -> Iterator[Source | Document | Finding]:
        for entry in outdated:
            kept = store.kept(entry)
            if kept is not None:
                yield restored(kept.raw, entry.id, entry.source, entry.sha256, kept.parts, kept.origin)
                continue
            not_kept.add(entry.source)
            if (file := Path(entry.source)).is_file():
                yield Source(file)
            else:
                yield Finding(
                    "error",
                    entry.source,
                    Bilingual("its text was not kept, and no file lies there", "không giữ văn bản, và không có tệp ấy"),
                    Bilingual("kg add reads it anew from where it came", "kg add sẽ đọc lại từ nơi có bài"),
                )

    def stay() -> Iterator[Read | Finding]:
        """Whose text was not to be kept keeps none now."""
        again = partial(read_one, base=store.base, known={}, keep_text=True)
        for item in spread(articles(), again, max_bytes=max_bytes, jobs=jobs):
            yield replace(item, kept=None) if isinstance(item, Read) and item.source in not_kept else item

    not_kept: set[str] = set()
    stream = stay()
    _take(watch(stream, len(outdated)) if watch else stream, store, change)
    return change


def remove(names: Iterable[str], store: GraphStore) -> Change:
    """Take articles out, each named by its file, its id or its IRI.

    Raises:
        InputError: a name means no article; nothing is taken out.
        UsageError: a name means several.
    """
    ledger = store.ledger()
    entries: dict[str, Entry] = {}
    for name in names:
        found = ledger.find(name) or ledger.find(str(Path(name).resolve()))
        if not found:
            raise InputError(
                Bilingual(f"{name}: no such article in the store", f"{name}: kho không có bài này"),
                Bilingual("see `kg status --articles`", "xem `kg status --articles`"),
            )
        if len(found) > 1:
            raise UsageError(
                Bilingual(f"{name}: means {len(found)} articles", f"{name}: chỉ {len(found)} bài"),
                Bilingual(
                    "name one by its source: " + ", ".join(e.source for e in found[:5]),
                    "hãy ghi rõ nguồn: " + ", ".join(e.source for e in found[:5]),
                ),
            )
        entries[found[0].source] = found[0]
    store.remove(entries.values())
    return Change(removed=len(entries))


def read_one(document: Document, base: str, known: Mapping[str, str], keep_text: bool) -> Read:
    """One article; not read where the store has it as it is."""
    source = _source(document.source)
    if known.get(source) == document.sha256:
        return Read(source, document.id, document.sha256, None, None)
    kept = Kept.of(document) if keep_text else None
    return Read(source, document.id, document.sha256, read_and_write(document, base), kept)


def _source(name: str) -> str:
    """A source that means the same wherever the program is called from; a link stays itself."""
    return name if name.startswith(("http://", "https://")) else str(Path.cwd() / name)


def _take(stream: Iterable[Read | Finding], store: GraphStore, change: Change) -> None:
    ledger = store.ledger()
    there = {e.source for e in ledger}
    graphs = {e.graph: e.source for e in ledger}
    new: list[Put] = []
    changed: list[Put] = []
    for item in stream:
        if isinstance(item, Finding):
            change.findings.append(item)
            continue
        if item.result is None:
            change.same += 1
            continue
        change.findings.extend(item.result.findings)
        graph = item.result.graph
        twin = graphs.get(graph.graph, item.source)
        if twin != item.source:
            change.findings.append(twin_finding(item.source, twin))
            change.same += 1
            continue
        graphs[graph.graph] = item.source
        put = Put(item.entry(item.result), graph, item.kept)
        change.facts.update(item.result.facts)
        if item.source in there:
            change.changed += 1
            changed.append(put)
        else:
            change.added += 1
            there.add(item.source)
            new.append(put)
        for batch, full in ((new, _NEW), (changed, _CHANGED)):
            if len(batch) >= full:
                store.put(batch)
                batch.clear()
    for batch in (new, changed):
        if batch:
            store.put(batch)


__all__ = ["Change", "Read", "add", "read_one", "rebuild", "remove"]
