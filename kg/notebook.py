"""A graph in Python: for notebooks and scripts. `import kg; graph = kg.load("output/graph.trig")`.

What is shown of articles is escaped: a notebook runs the HTML that it is given.
"""

from __future__ import annotations

import os
import tempfile
import weakref
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, overload

import pyoxigraph as ox

from kg.errors import UsageError
from kg.language import Bilingual, Lang, in_language
from kg.query.engine import SECONDS, Answer, ask
from kg.query.formats import reading_rows
from kg.query.source import check_graph, query_text
from kg.rdf.export import base_of, export
from kg.rdf.part import Part, part
from kg.rdf.spec import load_spec
from kg.rdf.table import ARTICLE, TYPE, Index, roles_of
from kg.rdf.terms import Quad, term, words_of
from kg.store import base_of as base_of_store
from kg.store import is_store
from kg.store.source import each_quad

if TYPE_CHECKING:
    import networkx
    import pandas
    import rdflib

__all__ = ["Fact", "Facts", "Filler", "Graph", "Rows", "load"]

_SHOWN = 20  # facts and rows that a notebook shows; all of them are in the object
_STATUS = {
    "asserted": Bilingual("asserted", "khẳng định"),
    "planned": Bilingual("planned", "dự kiến"),
    "reported": Bilingual("reported", "thuật lại"),
    "negated": Bilingual("denied", "phủ định"),
    "former": Bilingual("former", "đã qua"),
}


def load(path: str | os.PathLike[str], *, lang: Lang = "vi") -> Graph:
    """A graph for Python.

    Args:
        path: a graph file (.ttl .trig .nt .nq .rdf .jsonld) or the folder of a store.
        lang: the language of labels.

    Raises:
        InputError: there is no such graph, or it cannot be read.
        UsageError: the suffix is unknown.
    """
    check_graph(Path(path))
    return Graph(Path(path), None, lang)


@dataclass(frozen=True, slots=True)
class Filler:
    """What fills a role: `value` is an IRI or a literal's text, `label` what it is called."""

    value: str
    label: str

    def __str__(self) -> str:
        return self.label or self.value


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact with the first of its evidence.

    Attributes:
        iri: of the fact.
        kind, status: as in the records.
        label: what the kind is called.
        roles: role → fillers.
        article, headline: IRI and headline of the article that states it.
        start, end: offsets in the article's file; None where the graph has no evidence (`graph.ttl`).
        quote: the words that state it; "" without evidence.
    """

    iri: str
    kind: str
    status: str
    label: str
    roles: Mapping[str, tuple[Filler, ...]]
    article: str
    headline: str
    start: int | None
    end: int | None
    quote: str
    lang: Lang = "vi"

    def __getitem__(self, role: str) -> str:
        """The fillers of a role in words, "" where nothing fills it."""
        return ", ".join(map(str, self.roles.get(role, ())))

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><td>{escape(role)}</td><td>{escape(', '.join(map(str, fillers)))}</td></tr>"
            for role, fillers in self.roles.items()
        )
        status = in_language(_STATUS[self.status], self.lang) if self.status in _STATUS else self.status
        quote = f"<blockquote>{escape(self.quote)}</blockquote>" if self.quote else ""
        source = f"<small>{escape(self.headline or self.article)}</small>"
        return f"<div><b>{escape(self.label)}</b> ({escape(status)})<table>{rows}</table>{quote}{source}</div>"


class Facts(Sequence[Fact]):
    """Facts in the order of their IRIs."""

    def __init__(self, facts: Iterable[Fact]) -> None:
        self._facts = tuple(facts)

    @overload
    def __getitem__(self, index: int) -> Fact: ...
    @overload
    def __getitem__(self, index: slice) -> Facts: ...
    def __getitem__(self, index: int | slice) -> Fact | Facts:
        """One, or a part of them."""
        return Facts(self._facts[index]) if isinstance(index, slice) else self._facts[index]

    def __len__(self) -> int:
        return len(self._facts)

    def pandas(self) -> pandas.DataFrame:
        """One row a fact, a column for each role. Raises `UsageError` where pandas is not installed."""
        roles = list(dict.fromkeys(role for fact in self._facts for role in fact.roles))
        plain = ("iri", "kind", "status", "article", "headline", "start", "end", "quote")
        rows = [{**{r: f[r] for r in roles}, **{name: getattr(f, name) for name in plain}} for f in self._facts]
        return _pandas().DataFrame(rows, columns=["kind", *(r for r in roles), *(p for p in plain if p != "kind")])

    def _repr_html_(self) -> str:
        shown = "<hr>".join(fact._repr_html_() for fact in self._facts[:_SHOWN])
        return shown + _more(len(self) - _SHOWN)

    def __repr__(self) -> str:
        return f"<{len(self)} facts>"


class Rows(Sequence[Mapping[str, str]]):
    """The answer to a query: rows as mappings from the column to the cell's text, in the order of reading.

    Attributes:
        answer: with typed cells, and the truth of an ASK.
        columns: the variables.
    """

    def __init__(self, answer: Answer, base: str) -> None:
        self.answer, self.columns = answer, answer.variables
        self._rows = tuple(dict(zip(self.columns, row, strict=True)) for row in reading_rows(answer, base)[0])

    @overload
    def __getitem__(self, index: int) -> Mapping[str, str]: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Mapping[str, str]]: ...
    def __getitem__(self, index: int | slice) -> Mapping[str, str] | Sequence[Mapping[str, str]]:
        """One row, or several."""
        return self._rows[index]

    def __len__(self) -> int:
        return len(self._rows)

    def __bool__(self) -> bool:
        return self.answer.truth if self.answer.truth is not None else bool(self._rows)

    def pandas(self) -> pandas.DataFrame:
        """The table, numbers as numbers. Raises `UsageError` where pandas is not installed."""
        frame = _pandas().DataFrame(list(self._rows), columns=list(self.columns))
        for i, column in enumerate(self.columns):
            cells = [row[i] for row in self.answer.rows]
            if cells and all(isinstance(c, ox.Literal) and c.datatype.value.endswith(_NUMERIC) for c in cells):
                frame[column] = _pandas().to_numeric(frame[column])
        return frame

    def _repr_html_(self) -> str:
        if self.answer.truth is not None:
            return f"<code>{str(self.answer.truth).lower()}</code>"
        head = "".join(f"<th>{escape(c)}</th>" for c in self.columns)
        body = "".join(
            "<tr>" + "".join(f"<td>{escape(row[c])}</td>" for c in self.columns) + "</tr>"
            for row in self._rows[:_SHOWN]
        )
        return f"<table><tr>{head}</tr>{body}</table>" + _more(len(self) - _SHOWN)

    def __repr__(self) -> str:
        return f"<{len(self)} rows: {', '.join(self.columns)}>"


_NUMERIC = ("#integer", "#decimal", "#double", "#float")


class Graph:
    """A graph: `load` makes it.

    Facts, networkx and rdflib objects hold what they show in memory; of a large store take a `part` first.
    """

    def __init__(self, path: Path | None, quads: list[Quad] | None, lang: Lang) -> None:
        self._path, self._own, self.lang = path, quads, lang
        self._index: Index | None = None

    # asking

    def query(self, query: str, *, seconds: float = SECONDS) -> Rows:
        """The answer to SPARQL, to a file (.rq), or to a named query of ours.

        Raises:
            QueryError: it is wrong, forbidden, or ran too long.
        """
        return Rows(ask(query_text(query), self._file(), seconds=seconds, base=self._base()), self._base())

    def facts(self, *kinds: str, status: str | None = None, about: str | None = None) -> Facts:
        """Facts, of all kinds where none is named.

        Args:
            kinds: as in the records, such as "holds_post".
            status: asserted, planned, reported, negated or former.
            about: a name or an IRI that fills one of the roles; upper and lower case, and tone marks, count.
        """
        Part(kinds=frozenset(kinds))  # refuses kinds that there are not
        return Facts(
            fact
            for fact in self._facts()
            if (not kinds or fact.kind in kinds)
            and (status is None or fact.status == status)
            and (about is None or any(about in (f.value, f.label) for r in fact.roles.values() for f in r))
        )

    def part(
        self,
        *,
        kinds: Iterable[str] = (),
        articles: Iterable[str] = (),
        since: str = "",
        until: str = "",
        about: Iterable[str] | None = None,
    ) -> Graph:
        """A part as a graph of its own: see `kg.rdf.part.Part`. Raises `UsageError` where a kind is unknown."""
        subjects = frozenset(about) if about is not None else None
        wanted = Part(frozenset(kinds), frozenset(articles), since, until, subjects)
        return Graph(None, list(part(self.quads(), wanted)), self.lang)

    # as other things

    def quads(self) -> Iterator[Quad]:
        """All quads in N-Triples form, those of a named graph together; "" is the default graph."""
        return iter(self._own) if self._own is not None else each_quad(self._file())

    def networkx(self) -> networkx.MultiDiGraph:
        """Things and facts as nodes, properties as edges: see `kg.rdf.network.network`."""
        from kg.rdf.network import network

        return network(self.quads(), self.lang)

    def rdflib(self) -> rdflib.Dataset:
        """The graph for rdflib, with its named graphs; its default graph is their union."""
        import rdflib

        found = rdflib.Dataset(default_union=True)
        found.parse(data=self.export("nquads"), format="nquads")
        return found

    def export(self, form: str) -> str:
        """The graph in a format of `kg export`. Raises `UsageError` where there is no such format."""
        return export(list(self.quads()), form)[0]

    # looking

    def counts(self) -> dict[str, int]:
        """Number of articles, and of facts by kind."""
        index = self._indexed()
        facts = Counter(k for s in index.subjects() if (k := index.kind(s)) and index.one(s, term("vk:status")))
        articles = sum(ARTICLE in index.all(s, TYPE) for s in index.subjects())
        return {"articles": articles, **dict(sorted(facts.items()))}

    def _repr_html_(self) -> str:
        spec, rows = load_spec(), []
        articles = in_language(_ARTICLES, self.lang)
        for name, count in self.counts().items():
            label = spec.label(spec.kinds[name].cls, self.lang) if name in spec.kinds else articles
            rows.append(f"<tr><td>{escape(label)}</td><td>{escape(name)}</td><td>{count}</td></tr>")
        return f"<table>{''.join(rows)}</table>"

    def __repr__(self) -> str:
        return f"<Graph {self._path or 'part'}>"

    def _file(self) -> Path:
        """A file to ask; a part gets one of its own, which goes with it."""
        if self._path is None:
            handle, name = tempfile.mkstemp(prefix="kg-", suffix=".nq")
            os.close(handle)
            self._path = Path(name)
            weakref.finalize(self, self._path.unlink, missing_ok=True)
            self._path.write_text(self.export("nquads"), encoding="utf-8")
        return self._path

    def _base(self) -> str:
        if self._own is None and is_store(self._file()):
            return base_of_store(self._file())
        # The first article's namespace is that of all.
        return base_of(min((s for s, _, o, _ in self._own or () if o == ARTICLE), default=""))

    def _indexed(self) -> Index:
        if self._index is None:
            self._index = Index(self.quads())
        return self._index

    def _facts(self) -> Iterator[Fact]:
        index = self._indexed()
        names = roles_of(index.spec)
        for node in index.subjects():
            kind = index.kind(node)
            if kind is None or not index.one(node, term("vk:status")):
                continue
            roles: dict[str, tuple[Filler, ...]] = {}
            for prop in index.properties(node):
                if role := names.get((kind, prop)):
                    found = tuple(Filler(words_of(v), index.label(v)) for v in index.all(node, prop))
                    roles[role] = (*roles.get(role, ()), *found)
            order = list(index.spec.kinds[kind].roles)
            article = index.one(node, term("vk:statedIn"))
            start, end, quote = index.evidence(node)
            yield Fact(
                iri=node[1:-1],
                kind=kind,
                status=index.status(node),
                label=index.spec.label(index.spec.kinds[kind].cls, self.lang),
                roles={r: roles[r] for r in sorted(roles, key=order.index)},
                article=article[1:-1],
                headline=index.words(article, term("schema:headline")) if article else "",
                start=int(start) if start else None,
                end=int(end) if end else None,
                quote=quote,
                lang=self.lang,
            )


_ARTICLES = Bilingual("articles", "bài báo")


def _more(count: int) -> str:
    return f"<p>… {count} more</p>" if count > 0 else ""


def _pandas() -> Any:
    try:
        import pandas
    except ImportError as error:
        raise UsageError(
            Bilingual("this needs the extra notebook (pandas)", "cần cài thêm phần notebook (pandas)"),
            "pip install 'vnkg[notebook]'",
        ) from error
    return pandas
