"""What a corpus says about the rules: which patterns fire, and which sentences look like a fact and gave none."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from kg.extract.anchors import Anchors
from kg.extract.article import Extractor
from kg.extract.engine import matches
from kg.model import Document, Part, Reading, Span
from kg.text.annotate import Annotated

# Parts of an article whose sentences are expected to state facts: headlines and captions only repeat them.
_TELLING: frozenset[Part] = frozenset({"lead", "body"})
# Constructions of a kind that are kept in memory; beyond, the rarest are forgotten.
MOST = 20_000


@dataclass(frozen=True, slots=True)
class Fired:
    """How often a pattern fired.

    Attributes:
        rule: its name, as facts keep it.
        where: file and line; "" for what the engine makes without a pattern.
        matches: how often it matched on the tape; 0 where that is not counted (patterns that fold, and the engine).
        facts: facts kept under its name.
        articles: articles with such a fact.
    """

    rule: str
    where: str
    matches: int
    facts: int
    articles: int


@dataclass(frozen=True, slots=True)
class Example:
    """A place in a corpus: offsets are half-open code points of the file; `words` are for a person's eye alone."""

    article: str
    span: Span
    words: str


@dataclass(slots=True)
class Gap:
    """Sentences of one construction around a kind's trigger word that gave no fact of that kind.

    Attributes:
        kind: the kind of fact.
        construction: see `Anchors.construction`.
        sentences: how many.
        fillable: in how many of them every required role had a mention that could fill it.
        example: the first of them, a fillable one where there is any.
    """

    kind: str
    construction: str
    sentences: int
    fillable: int
    example: Example


@dataclass(frozen=True, slots=True)
class Coverage:
    """The result of a run.

    Attributes:
        articles: how many were read.
        fired: all patterns, the commonest first, then by name.
        silent: names of patterns that never matched, in the order of the rules.
        unkept: names of patterns that matched, though no fact is kept under their name (they fill roles of others'
            facts, or a later stage drops what they find).
        gaps: kind to its constructions; `frequent` sorts them.
        forgotten: True where there were more constructions than are kept in memory.
    """

    articles: int
    fired: tuple[Fired, ...]
    silent: tuple[str, ...]
    unkept: tuple[str, ...]
    gaps: dict[str, tuple[Gap, ...]]
    forgotten: bool

    def frequent(self, kind: str, every: bool = False) -> list[Gap]:
        """Constructions of a kind, the most frequent first.

        Args:
            kind: a key of `gaps`.
            every: count all sentences; else only those in which every required role had a mention that could fill it.
        """
        gaps = [g for g in self.gaps[kind] if every or g.fillable]
        return sorted(gaps, key=lambda g: (-(g.sentences if every else g.fillable), -g.fillable, g.construction))


class Survey:
    """Counts over a stream of articles, in memory that does not grow with it.

    Args:
        extractor: the rules.
        most: constructions of a kind that are kept.
    """

    def __init__(self, extractor: Extractor, most: int = MOST) -> None:
        self.extractor = extractor
        self.articles = 0
        book = extractor.book
        self._anchors = [Anchors(book, kind) for kind in sorted({r.kind for r in book.rules})]
        self._by_char: dict[str, list[Anchors]] = {}
        for anchors in self._anchors:
            for char in anchors.triggers:
                self._by_char.setdefault(char, []).append(anchors)
        self._most = most
        self._matches: Counter[str] = Counter()
        self._facts: Counter[str] = Counter()
        self._in: Counter[str] = Counter()
        self._gaps: dict[str, dict[str, Gap]] = {a.kind: {} for a in self._anchors}
        self._forgotten = False

    def add(self, document: Document) -> Reading:
        """Counts one article; gives its reading."""
        reading = self.extractor.read(document)
        self.articles += 1
        fired = Counter(f.rule for f in reading.facts)
        self._facts.update(fired)
        self._in.update(fired.keys())
        annotator = self.extractor.book.annotator
        article = annotator.annotate(document)
        folded = self.extractor.engine.nominal(article)
        article = annotator.again(article)
        self._matches.update(d.rule for d in folded)
        for rule in self.extractor.book.rules:
            if rule.phase != "nominal" and (found := len(matches(rule, article.tape))):
                self._matches[rule.name] += found
        self._look(article, reading)
        return reading

    def _look(self, article: Annotated, reading: Reading) -> None:
        told: dict[int, set[str]] = {}
        for fact in reading.facts:
            for span in fact.evidence:
                last = article.sentence_at(span.end - 1)
                for number in range(article.sentence_at(span.start), last + 1):
                    told.setdefault(number, set()).add(fact.kind)
        codes = article.tape.codes
        for number, (start, end) in enumerate(article.items):
            if article.parts[number] not in _TELLING:
                continue
            seen = set(told.get(number, ()))
            for at in range(start, end):
                for anchors in self._by_char.get(codes[at], ()):
                    if anchors.kind not in seen:
                        # One trigger of a kind speaks for the sentence.
                        seen.add(anchors.kind)
                        self._gap(anchors, article, number, at)

    def _gap(self, anchors: Anchors, article: Annotated, number: int, at: int) -> None:
        codes, (start, end) = article.tape.codes, article.items[number]
        construction = anchors.construction(codes, at, start, end)
        fillable = anchors.fillable(codes, start, end)
        gaps = self._gaps[anchors.kind]
        gap = gaps.get(construction)
        if gap is None or (fillable and not gap.fillable):
            example = self._example(article, number)
            if gap is None:
                if len(gaps) >= self._most:
                    self._forget(gaps)
                gap = gaps[construction] = Gap(anchors.kind, construction, 0, 0, example)
            gap.example = example
        gap.sentences += 1
        gap.fillable += fillable

    @staticmethod
    def _example(article: Annotated, number: int) -> Example:
        document, span = article.document, article.sentences[number]
        return Example(document.id, document.to_source(span), " ".join(document.text[span.start : span.end].split()))

    def _forget(self, gaps: dict[str, Gap]) -> None:
        """Forgets the rarer half: what comes back begins anew, so frequent constructions stay and are counted right."""
        self._forgotten = True
        for name in sorted(gaps, key=lambda n: (gaps[n].sentences, n))[: max(1, len(gaps) // 2)]:
            del gaps[name]

    def result(self) -> Coverage:
        """What was counted so far."""
        rules = self.extractor.book.rules
        where = {r.name: r.where for r in rules}
        names = {*where, *self._facts}
        fired = [Fired(n, where.get(n, ""), self._matches[n], self._facts[n], self._in[n]) for n in names]
        quiet = [r for r in rules if not self._facts[r.name]]
        return Coverage(
            articles=self.articles,
            fired=tuple(sorted(fired, key=lambda f: (-f.facts, -f.matches, f.rule))),
            silent=tuple(r.name for r in quiet if not self._matches[r.name]),
            unkept=tuple(r.name for r in quiet if self._matches[r.name]),
            gaps={kind: tuple(gaps.values()) for kind, gaps in self._gaps.items() if gaps},
            forgotten=self._forgotten,
        )
