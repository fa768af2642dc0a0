"""Facts as rows of a table, and the index from subject to values that flat formats are written from."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Iterator

from kg.rdf.load import by_graph, union
from kg.rdf.spec import Spec, load_spec
from kg.rdf.terms import Quad, term, words_of

TYPE = term("rdf:type")
ARTICLE = term("schema:NewsArticle")
_LABELS = (term("skos:prefLabel"), term("schema:description"), term("schema:headline"))
# A spreadsheet runs cells that begin so as formulas.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_CSV_HEAD = ("fact", "kind", "status", "role", "value", "label", "article", "start", "end", "quote")


class Index:
    """The triples of a graph, its named graphs taken together, by subject and property.

    Args:
        quads: terms in N-Triples form.
        spec: the ontology's tables.
    """

    def __init__(self, quads: Iterable[Quad], spec: Spec | None = None) -> None:
        self.spec = spec or load_spec()
        self._kinds = {kind.cls: name for name, kind in self.spec.kinds.items()}
        self._values: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for s, p, o in union(by_graph(quads)):
            self._values[s][p].add(o)

    def subjects(self) -> list[str]:
        """All subjects, ascending."""
        return sorted(self._values)

    def __contains__(self, subject: str) -> bool:
        return subject in self._values

    def properties(self, subject: str) -> list[str]:
        """Properties of a subject, ascending."""
        return sorted(self._values[subject]) if subject in self._values else []

    def all(self, subject: str, prop: str) -> list[str]:
        """Values of a property, ascending."""
        return sorted(self._values[subject].get(prop, ())) if subject in self._values else []

    def one(self, subject: str, prop: str) -> str:
        """The first value of a property, or ""."""
        return next(iter(self.all(subject, prop)), "")

    def words(self, subject: str, prop: str) -> str:
        """The first value's text, or ""."""
        value = self.one(subject, prop)
        return words_of(value) if value else ""

    def kind(self, subject: str) -> str | None:
        """The kind of a fact; None for what is none."""
        return next((self._kinds[t] for t in self.all(subject, TYPE) if t in self._kinds), None)

    def label(self, node: str) -> str:
        """What a node is called, or ""."""
        found = next((v for p in _LABELS if (v := self.one(node, p))), "") if node[0] == "<" else ""
        return words_of(found) if found else ""

    def status(self, fact: str) -> str:
        """A fact's status, as the records write it."""
        return self.one(fact, term("vk:status"))[1:-1].rpartition("#")[2]

    def evidence(self, fact: str) -> tuple[str, str, str]:
        """Start, end and quotation of the first of a fact's evidence nodes; empty without."""
        found = []
        for node in self.all(fact, term("prov:wasDerivedFrom")):
            start = end = quote = ""
            for selector in self.all(node, term("oa:hasSelector")):
                start = self.words(selector, term("oa:start")) or start
                end = self.words(selector, term("oa:end")) or end
                quote = self.words(selector, term("oa:exact")) or quote
            found.append((int(start or 0), start, end, quote))
        return min(found)[1:] if found else ("", "", "")


def cell(words: str) -> str:
    """Words as a cell that no spreadsheet runs as a formula."""
    return f"'{words}" if words.startswith(_FORMULA) else words


def facts_csv(quads: list[Quad]) -> str:
    """One row a filler, sorted: what the fact says, and the first of its evidence."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_CSV_HEAD)
    writer.writerows(_rows(Index(quads)))
    return out.getvalue()


def roles_of(spec: Spec) -> dict[tuple[str, str], str]:
    """Kind and property → the role's name in records."""
    roles = {
        (name, prop): role.name
        for name, kind in spec.kinds.items()
        for role in reversed(list(kind.roles.values()))
        for prop in (role.property, role.text_property)
        if prop
    }
    return roles | {("statistic", term(f"schema:{bound}")): "value" for bound in ("value", "minValue", "maxValue")}


def _rows(index: Index) -> Iterator[tuple[str, ...]]:
    roles = roles_of(index.spec)
    for fact in index.subjects():
        kind = index.kind(fact)
        if kind is None:
            continue
        article, status = index.one(fact, term("vk:statedIn")), index.status(fact)
        start, end, quote = index.evidence(fact)
        for prop in index.properties(fact):
            role = roles.get((kind, prop))
            for value in index.all(fact, prop) if role else ():
                yield (
                    fact[1:-1],
                    kind,
                    status,
                    role or "",
                    value[1:-1] if value[0] == "<" else cell(words_of(value)),
                    cell(index.label(value)),
                    article[1:-1],
                    start,
                    end,
                    cell(quote),
                )
