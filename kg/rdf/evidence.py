"""Evidence as RDF: where in the file a fact stands, in which words, and which words fill which role."""

from __future__ import annotations

from bisect import bisect_right

from kg.model import Document, EntityRef, Fact, Filler, Reading, Span, Stretch, Value
from kg.rdf.iri import Minter, slug
from kg.rdf.terms import Triple, integer, quoted, term, text

_TYPE = term("rdf:type")
_RESOURCE = term("oa:SpecificResource")
_POSITION = term("oa:TextPositionSelector")
_QUOTE = term("oa:TextQuoteSelector")
_SOURCE = term("oa:hasSource")
_SELECTOR = term("oa:hasSelector")
_START, _END = term("oa:start"), term("oa:end")
_EXACT, _PREFIX, _SUFFIX = term("oa:exact"), term("oa:prefix"), term("oa:suffix")
_ROLE_MENTION_OF = term("vk:roleMention")
_ROLE_MENTION = term("vk:RoleMention")
_ROLE_NAME = term("vk:roleName")
_OF_FACT = term("vk:ofFact")
_MENTION_OF = term("vk:mentionOf")
# Where no sentences are known, a line gives the context, but not more than this on either side.
_CONTEXT = 400


class EvidenceWriter:
    """Writes the evidence of one article's facts; asks for each span once.

    Args:
        reading: the article's reading.
        minter: mints the terms.
        local: what the local names of the article's nodes begin with.
        article: the article's term.
    """

    def __init__(self, reading: Reading, minter: Minter, local: str, article: str) -> None:
        self._reading = reading
        self._document: Document = reading.document
        self._minter = minter
        self._local = local
        self._article = article
        self._starts = [s.start for s in reading.sentences]
        self._mentions = {e.id: e.mentions for e in reading.entities}
        self._seen: dict[Span, str] = {}
        self.triples: list[Triple] = []

    def node(self, span: Span) -> str:
        """The evidence node of a span of the text; its triples are written at the first call."""
        known = self._seen.get(span)
        if known is not None:
            return known
        raw = self._document.raw
        start, end = self._document.to_source(span)
        before, after = self._document.to_source(self._context(span))
        name = f"{self._local}-{start}-{end}"
        node = self._minter.local(f"evidence-{name}")
        position = self._minter.local(f"position-{name}")
        quote = self._minter.local(f"quote-{name}")
        self.triples += (
            (node, _TYPE, _RESOURCE),
            (node, _SOURCE, self._article),
            (node, _SELECTOR, position),
            (node, _SELECTOR, quote),
            (position, _TYPE, _POSITION),
            (position, _START, integer(start)),
            (position, _END, integer(end)),
            (quote, _TYPE, _QUOTE),
            (quote, _EXACT, text(raw[start:end])),
            (quote, _PREFIX, text(raw[before:start])),
            (quote, _SUFFIX, text(raw[end:after])),
        )
        self._seen[span] = node
        return node

    def _context(self, span: Span) -> Span:
        """The sentences that hold the span; without sentences, the lines around it."""
        sentences = self._reading.sentences
        start, end = span
        if sentences:
            first = bisect_right(self._starts, span.start) - 1
            if first >= 0 and sentences[first].end > span.start:
                start = sentences[first].start
            last = bisect_right(self._starts, max(span.start, span.end - 1)) - 1
            if last >= 0 and sentences[last].end >= span.end:
                end = sentences[last].end
            return Span(start, end)
        words = self._document.text
        line_start = words.rfind("\n", 0, start) + 1
        line_end = words.find("\n", end)
        line_end = len(words) if line_end < 0 else line_end
        return Span(max(line_start, start - _CONTEXT), min(line_end, end + _CONTEXT))

    def roles(self, fact: Fact, fact_node: str, fact_local: str, entity_nodes: dict[str, str]) -> None:
        """Writes where in the fact's evidence the words of each role stand."""
        for role, fillers in (*fact.roles.items(), *fact.qualifiers.items()):
            role_slug = slug(role)
            for filler in fillers:
                span = self._span_of(filler, fact.evidence)
                if span is None:
                    continue
                home = next((e for e in fact.evidence if e.holds(span)), None)
                if home is None:
                    continue
                start, end = self._document.to_source(span)
                node = self._minter.local(f"mention-{fact_local}-{role_slug}-{start}-{end}")
                self.triples += (
                    (self.node(home), _ROLE_MENTION_OF, node),
                    (node, _TYPE, _ROLE_MENTION),
                    (node, _OF_FACT, fact_node),
                    (node, _ROLE_NAME, quoted(role)),
                    (node, _START, integer(start)),
                    (node, _END, integer(end)),
                )
                if isinstance(filler, EntityRef) and filler.id in entity_nodes:
                    self.triples.append((node, _MENTION_OF, entity_nodes[filler.id]))

    def _span_of(self, filler: Filler, evidence: tuple[Span, ...]) -> Span | None:
        match filler:
            case Stretch(span):
                return span
            case EntityRef(name, span):
                if span is not None and any(e.holds(span) for e in evidence):
                    return span
                # Carried over, or not recorded: the entity's own mention in the evidence, if there is one.
                inside = (m for m in self._mentions.get(name, ()) if any(e.holds(m) for e in evidence))
                return next(inside, None)
            case Value(_, span):
                return span
