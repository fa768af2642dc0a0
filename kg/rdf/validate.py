"""Checks a graph: its shape (SHACL), and that its evidence is there and true to the files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

import pyshacl
import rdflib

from kg.errors import InputError
from kg.language import LANGS, Bilingual, in_language
from kg.model import Finding, Severity
from kg.rdf.load import by_graph, union
from kg.rdf.spec import Spec, load_spec
from kg.rdf.terms import PREFIXES, Quad, Triple, curie, term, words_of
from kg.read import articles
from kg.resources import resource

_SH = rdflib.Namespace(PREFIXES["sh"])
_SEVERITIES: dict[str, Severity] = {"Violation": "error", "Warning": "warning", "Info": "info"}
_ORDER = {"error": 0, "warning": 1, "info": 2}

Index = Mapping[str, Mapping[str, list[str]]]


def validate(quads: list[Quad], paths: Iterable[Path] = (), language: str = "vi") -> list[Finding]:
    """All findings on a graph, errors first.

    Args:
        quads: the graph; "" is the default graph.
        paths: article files or folders of them; where given, every quotation is compared with its file.
        language: of the messages, "vi" or "en".

    Raises:
        InputError: an article file cannot be read.
    """
    triples = union(by_graph(quads))
    findings = [*shape_findings(triples, language), *evidence_findings(triples, list(paths), language)]
    return sorted(set(findings), key=lambda f: (_ORDER[f.severity], f.where, f.message))


def _short(value: str) -> str:
    """An IRI as a person reads it."""
    name = curie(value)
    return name if name != value else value.rpartition("/")[2] or value


def shape_findings(triples: Iterable[Triple], language: str = "vi") -> list[Finding]:
    """What SHACL says of a graph by `ontology/shapes.ttl`.

    Raises:
        InputError: the shapes cannot be read.
    """
    path = resource("ontology", "shapes.ttl")
    try:
        shapes = rdflib.Graph().parse(data=path.read_bytes(), format="turtle")
    except OSError as problem:
        raise InputError(f"{path}: cannot be read: {problem.strerror}", "run scripts/generate.py") from None
    data = rdflib.Graph()
    data.parse(data="".join(f"{s} {p} {o} .\n" for s, p, o in triples), format="nt")
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes, inplace=True, inference="none")
    if not isinstance(report, rdflib.Graph):
        raise InputError(f"{path}: the shapes cannot be used: {report}", "run scripts/generate.py")
    found = []
    # Not every result in the report: those inside others (sh:detail) say why, and repeat.
    for result in report.objects(None, _SH.result):
        focus, shape = report.value(result, _SH.focusNode), report.value(result, _SH.sourceShape)
        prop, value = report.value(result, _SH.resultPath), report.value(result, _SH.value)
        severity = str(report.value(result, _SH.resultSeverity)).rpartition("#")[2]
        where = _short(str(focus)) + (f" {_short(str(prop))}" if prop is not None else "")
        message = _in_language(report, result, _SH.resultMessage, language)
        if value is not None and value != focus:
            message += f" [{_short(str(value))[:120]}]"
        remedy = _in_language(shapes, shape, _SH.description, language)
        found.append(Finding(_SEVERITIES.get(severity, "error"), where, message, remedy))
    return found


def _in_language(graph: rdflib.Graph, node: rdflib.term.Node | None, prop: rdflib.URIRef, language: str) -> str:
    texts = sorted((o for o in graph.objects(node, prop)), key=lambda o: (getattr(o, "language", None) != language, o))
    return str(texts[0]) if texts else ""


def index(triples: Iterable[Triple]) -> dict[str, dict[str, list[str]]]:
    """Subject → property → objects."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for s, p, o in triples:
        found[s][p].append(o)
    return found


class _Evidence:
    """Checks that need more than shapes: of evidence, and of what facts must support."""

    def __init__(self, by_subject: Index, spec: Spec, language: str) -> None:
        self.by_subject = by_subject
        self.vi = language == "vi"
        self.findings: list[Finding] = []
        classes = {kind.cls for kind in spec.kinds.values()}
        self.facts = sorted(s for s, p in by_subject.items() if classes.intersection(p.get(term("rdf:type"), ())))
        resource_class = term("oa:SpecificResource")
        self.evidence = sorted(s for s, p in by_subject.items() if resource_class in p.get(term("rdf:type"), ()))

    def say(self, severity: Severity, node: str, vi: str, en: str, hint_vi: str = "", hint_en: str = "") -> None:
        self.findings.append(
            Finding(severity, _short(node[1:-1]), vi if self.vi else en, hint_vi if self.vi else hint_en)
        )

    def values(self, node: str, name: str) -> list[str]:
        return list(self.by_subject[node].get(term(name), ())) if node in self.by_subject else []

    def one(self, node: str, name: str) -> str:
        found = self.values(node, name)
        return words_of(found[0]) if found else ""

    def check_facts(self) -> None:
        """Every fact has evidence."""
        for fact in self.facts:
            if not self.values(fact, "prov:wasDerivedFrom"):
                self.say(
                    "error",
                    fact,
                    "Sự việc không có chứng cứ.",
                    "The fact has no evidence.",
                    "Dựng lại đồ thị bằng kg build.",
                    "Rebuild the graph with kg build.",
                )
            for node in self.values(fact, "prov:wasDerivedFrom"):
                if term("oa:SpecificResource") not in self.values(node, "rdf:type"):
                    self.say(
                        "error",
                        fact,
                        f"Chứng cứ {_short(node[1:-1])} không có trong đồ thị.",
                        f"The evidence {_short(node[1:-1])} is not in the graph.",
                        "Dùng tệp graph.trig đầy đủ.",
                        "Use the whole graph.trig.",
                    )

    def check_posts(self) -> None:
        """Every holder of a post is stated by an asserted fact."""
        supported = {
            (post, person)
            for fact in self.facts
            if term("vk:asserted") in self.values(fact, "vk:status")
            for post in self.values(fact, "vk:post")
            for person in self.values(fact, "org:member")
        }
        for post in sorted(self.by_subject):
            for person in self.values(post, "org:heldBy"):
                if (post, person) not in supported:
                    self.say(
                        "error",
                        post,
                        f"Không sự việc nào khẳng định chức vụ này do {_short(person[1:-1])} giữ.",
                        f"No asserted fact says that {_short(person[1:-1])} holds this post.",
                        "Bỏ org:heldBy, hoặc dựng lại đồ thị.",
                        "Remove org:heldBy, or rebuild the graph.",
                    )

    def check_quotes(self, texts: Mapping[str, str], compare: bool) -> None:
        """Every quotation is as long as its offsets say and, where files are given, is what the file holds there."""
        missing = set()
        for node in self.evidence:
            starts = [int(words_of(v)) for s in self.values(node, "oa:hasSelector") for v in self.values(s, "oa:start")]
            ends = [int(words_of(v)) for s in self.values(node, "oa:hasSelector") for v in self.values(s, "oa:end")]
            quotes = [words_of(v) for s in self.values(node, "oa:hasSelector") for v in self.values(s, "oa:exact")]
            if len(starts) != 1 or len(ends) != 1 or len(quotes) != 1:
                self.say(
                    "error",
                    node,
                    "Chứng cứ cần đúng một vị trí và một nguyên văn.",
                    "Evidence needs exactly one position and one quotation.",
                )
                continue
            start, end, quote = starts[0], ends[0], quotes[0]
            if len(quote) != end - start:
                self.say(
                    "error",
                    node,
                    f"Nguyên văn dài {len(quote)} ký tự, vị trí {start}–{end} là {end - start} ký tự.",
                    f"The quotation has {len(quote)} characters, its position {start}–{end} has {end - start}.",
                )
            self._check_mentions(node, start, end)
            if not compare:
                continue
            article = next(iter(self.values(node, "oa:hasSource")), "")
            text = texts.get(self.one(article, "vk:sha256"))
            if text is None:
                missing.add(article)
            elif text[start:end] != quote:
                self.say(
                    "error",
                    node,
                    f"Tệp có {text[start:end][:80]!r} ở {start}–{end}, không phải {quote[:80]!r}.",
                    f"The file has {text[start:end][:80]!r} at {start}–{end}, not {quote[:80]!r}.",
                    "Tệp đã đổi hay đồ thị đã cũ? Dựng lại bằng kg build.",
                    "Did the file change? Rebuild the graph with kg build.",
                )
        for article in sorted(missing):
            self.say(
                "warning",
                article or "<>",
                "Không có tệp nào khớp mã băm của bài báo này; chưa đối chiếu được trích dẫn.",
                "No given file has this article's digest; its quotations were not compared.",
                "Chỉ ra thư mục chứa bài báo, hoặc dựng lại đồ thị nếu bài đã đổi.",
                "Name the folder that holds the article, or rebuild the graph if the article changed.",
            )

    def _check_mentions(self, node: str, start: int, end: int) -> None:
        for mention in self.values(node, "vk:roleMention"):
            first, last = self.one(mention, "oa:start"), self.one(mention, "oa:end")
            if first and last and not start <= int(first) <= int(last) <= end:
                self.say(
                    "error",
                    mention,
                    f"Chỗ nêu vai {first}–{last} nằm ngoài chứng cứ {start}–{end}.",
                    f"The role mention {first}–{last} is outside its evidence {start}–{end}.",
                )


def evidence_findings(triples: Iterable[Triple], paths: list[Path], language: str = "vi") -> list[Finding]:
    """What is wrong with the evidence of a graph; one finding of severity info where it holds none.

    Args:
        triples: the graph.
        paths: article files or folders; compared with the quotations where there are any.
        language: of the messages.

    Raises:
        InputError: an article file cannot be read.
    """
    checks = _Evidence(index(triples), load_spec(), language)
    checks.check_posts()
    if not checks.evidence:
        if checks.facts:
            checks.say(
                "info",
                "<graph>",
                "Tệp này không mang chứng cứ; chưa kiểm tra trích dẫn.",
                "This file carries no evidence; quotations were not checked.",
                "Kiểm tra graph.trig.",
                "Check graph.trig.",
            )
        return checks.findings
    checks.check_facts()
    checks.check_quotes(_texts(paths), bool(paths))
    return checks.findings


def _texts(paths: list[Path]) -> dict[str, str]:
    """Digest → the text that offsets count in: the decoded file, or what a web page or a record was read as."""
    found: dict[str, str] = {}
    given = set(map(str, paths))
    for item in articles(paths, any_language=True):
        if not isinstance(item, Finding):
            found[item.sha256] = item.raw
        elif item.severity == "error" and item.where in given:
            # Within a folder it is no article, and no graph can quote it.
            vi, en = (in_language(item.message, lang) for lang in LANGS)
            raise InputError(Bilingual(f"{item.where}: {en}", f"{item.where}: {vi}"), item.hint)
    return found
