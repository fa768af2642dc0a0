"""Small readings of our own sentences, and a way to ask their graph."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping

import rdflib

from kg.model import (
    ArticleMeta,
    Document,
    Entity,
    EntityRef,
    Fact,
    Filler,
    OffsetMap,
    Reading,
    Span,
    Status,
    Stretch,
    Value,
)
from kg.rdf.terms import PREFIXES, Quad, Triple
from kg.rdf.write import ArticleGraph, default_graph, write_reading

PREFIX_LINES = "".join(f"PREFIX {p}: <{i}>\n" for p, i in PREFIXES.items())

FAIR = """Hội chợ xuân Bắc Kạn mở cửa
Chiều 5/3/2018, UBND tỉnh Bắc Kạn tổ chức hội chợ xuân tại thành phố Bắc Kạn.
Ông Lý Văn Bền, Chủ tịch UBND tỉnh Bắc Kạn, nguyên Giám đốc Sở Công Thương, nói hội chợ sẽ thành nếp hằng năm.
Ông Bền đề nghị các xã làm tốt Kế hoạch số 12/KH-UBND; giữ sạch đường làng. Không bày bán hàng giả.
Tỉnh phát động phong trào “Phiên chợ không túi nhựa” và tặng Bằng khen cho 7 hợp tác xã vì giữ nghề cũ.
Chỉ số hài lòng (SIPAS) của tỉnh tăng 2 bậc, đứng thứ 9/63 cả nước; có từ 40 đến 55,5% gian hàng của người trẻ.
Khoảng 1.200 lượt khách, tối đa 3 giờ chờ, chưa đến 15 vụ va quệt.
Tuyết Nhung
"""


class Sheet:
    """Builds a reading; quotes must stand in the text."""

    def __init__(
        self, text: str, name: str = "hoi-cho", raw: str | None = None, offsets: OffsetMap | None = None
    ) -> None:
        raw = text if raw is None else raw
        digest = hashlib.sha256(raw.encode()).hexdigest()
        self.document = Document(name, f"{name}.txt", raw, text, offsets, digest)
        self.entities: list[Entity] = []
        self.facts: list[Fact] = []
        self.meta = ArticleMeta()

    def span(self, quote: str) -> Span:
        at = self.document.text.index(quote)
        return Span(at, at + len(quote))

    def stretch(self, quote: str) -> Stretch:
        return Stretch(self.span(quote))

    def entity(self, type: str, name: str, *aliases: str, **attributes: str) -> EntityRef:
        text = self.document.text
        forms = "|".join(re.escape(n) for n in (name, *aliases))
        found = tuple(Span(*m.span()) for m in re.finditer(forms, text))
        entity_id = f"e{len(self.entities) + 1}"
        self.entities.append(Entity(entity_id, type, name, aliases, found, attributes))
        return EntityRef(entity_id, found[0] if found else None)

    def fact(
        self,
        kind: str,
        evidence: str,
        status: Status = "asserted",
        qualifiers: Mapping[str, object] | None = None,
        **roles: object,
    ) -> None:
        def filled(given: Mapping[str, object]) -> dict[str, tuple[Filler, ...]]:
            lists = {r: v if isinstance(v, list) else [v] for r, v in given.items()}
            known = (EntityRef, Value, Stretch)
            return {r: tuple(x if isinstance(x, known) else Value(x) for x in v) for r, v in lists.items()}

        self.facts.append(
            Fact(kind, filled(roles), (self.span(evidence),), status, f"{kind}.test", filled(qualifiers or {}))
        )

    def reading(self) -> Reading:
        lines = [line for line in self.document.text.split("\n") if line]
        sentences = tuple(sorted({self.span(line) for line in lines}))
        return Reading(self.document, self.meta, tuple(self.entities), tuple(self.facts), sentences)


def fair() -> Reading:
    """An article with facts of most kinds."""
    s = Sheet(FAIR)
    person = s.entity("Person", "Lý Văn Bền", "Ông Bền")
    author = s.entity("Person", "Tuyết Nhung")
    body = s.entity("Organization", "UBND tỉnh Bắc Kạn")
    bureau = s.entity("Organization", "Sở Công Thương")
    province = s.entity("Place", "Bắc Kạn", "Tỉnh", level="tỉnh", code="06")
    city = s.entity("Place", "thành phố Bắc Kạn", level="thành phố")
    event = s.entity("Event", "hội chợ xuân", "hội chợ")
    move = s.entity("Initiative", "phong trào “Phiên chợ không túi nhựa”")
    plan = s.entity("Document", "Kế hoạch số 12/KH-UBND")
    award = s.entity("Award", "Bằng khen")
    index = s.entity("Indicator", "Chỉ số hài lòng (SIPAS)", "SIPAS")
    share = s.entity("Indicator", "gian hàng của người trẻ")
    guests = s.entity("Indicator", "lượt khách")
    wait = s.entity("Indicator", "giờ chờ")
    crashes = s.entity("Indicator", "vụ va quệt")
    villages = s.entity("Group", "các xã")
    hold = "Lý Văn Bền, Chủ tịch UBND tỉnh Bắc Kạn"
    s.fact("holds_post", hold, person=person, post="Chủ tịch", organization=body)
    s.fact(
        "holds_post", "nguyên Giám đốc Sở Công Thương", "former", person=person, post="Giám đốc", organization=bureau
    )
    s.fact("event", "UBND tỉnh Bắc Kạn tổ chức hội chợ xuân", event=event, event_type="festival", date="2018-03-05",
           organizer=body, place=city)  # fmt: skip
    s.fact("part_of", "thành phố Bắc Kạn", child=city, parent=province)
    said = "hội chợ sẽ thành nếp hằng năm"
    s.fact("statement", "nói " + said, speaker=person, content=s.stretch(said), event=event)
    asked = "làm tốt Kế hoạch số 12/KH-UBND; giữ sạch đường làng. Không bày bán hàng giả"
    s.fact("request", "Ông Bền đề nghị các xã " + asked, speaker=person, addressee=villages, action=s.stretch(asked),
           qualifiers={"speech_act": "đề nghị"})  # fmt: skip
    s.fact("document", "Kế hoạch số 12/KH-UBND", document=plan, doc_type="Kế hoạch", number="12/KH-UBND")
    s.fact(
        "launch", "Tỉnh phát động phong trào “Phiên chợ không túi nhựa”", initiative=move, agent=province, event=event
    )
    s.fact("award", "tặng Bằng khen cho 7 hợp tác xã vì giữ nghề cũ", giver=province, award=award, recipient_count=7,
           recipient_kind="hợp tác xã", reason=s.stretch("giữ nghề cũ"))  # fmt: skip
    s.fact("ranking", "tăng 2 bậc, đứng thứ 9/63 cả nước", indicator=index, subject=province, rank=9, out_of=63,
           change=2, scope="cả nước")  # fmt: skip
    s.fact("statistic", "từ 40 đến 55,5%", indicator=share, value=40, unit="%", qualifiers={"upper": 55.5})
    s.fact(
        "statistic",
        "Khoảng 1.200 lượt khách",
        "reported",
        indicator=guests,
        value=1200,
        unit="lượt",
        comparator="approx",
    )
    s.fact("statistic", "tối đa 3 giờ chờ", indicator=wait, value=3, unit="giờ", comparator="le", period="2018")
    s.fact("statistic", "chưa đến 15 vụ va quệt", indicator=crashes, value=15, comparator="lt")
    s.meta = ArticleMeta(
        headline=s.span("Hội chợ xuân Bắc Kạn mở cửa"), published="2018-03-05T07:30", authors=(author.id,)
    )
    return s.reading()


def note() -> Reading:
    """A second article that names some of the same things otherwise, and a planned and a denied fact."""
    award_line = "Ủy ban nhân dân tỉnh Bắc Kạn sẽ tặng Bằng khen cho bà Vi Thị Sen.\n"
    s = Sheet(award_line + "Bà Sen không giữ chức Chánh Thanh tra tỉnh.\n", "ghi-chu")
    body = s.entity("Organization", "Ủy ban nhân dân tỉnh Bắc Kạn")
    award = s.entity("Award", "Bằng khen")
    person = s.entity("Person", "Vi Thị Sen", "Bà Sen")
    s.fact("award", "sẽ tặng Bằng khen cho bà Vi Thị Sen", "planned", giver=body, award=award, recipient=person)
    s.fact("holds_post", "Bà Sen không giữ chức Chánh Thanh tra", "negated", person=person, post="Chánh Thanh tra")
    return s.reading()


def quads_of(*readings: Reading) -> list[Quad]:
    return [q for r in readings for q in write_reading(r).quads()]


def as_rdflib(triples: set[Triple] | list[Triple] | tuple[Triple, ...]) -> rdflib.Graph:
    return rdflib.Graph().parse(data="".join(f"{s} {p} {o} .\n" for s, p, o in triples), format="nt")


def graph_of(*readings: Reading) -> rdflib.Graph:
    """The default graph."""
    return as_rdflib(default_graph(write_reading(r) for r in readings))


def full_graph_of(*readings: Reading) -> rdflib.Graph:
    """The default graph with the evidence."""
    made: list[ArticleGraph] = [write_reading(r) for r in readings]
    return as_rdflib({*default_graph(made), *(t for g in made for t in g.evidence)})


def ask(graph: rdflib.Graph, pattern: str) -> bool:
    return bool(graph.query(f"{PREFIX_LINES}ASK {{ {pattern} }}").askAnswer)


def rows(graph: rdflib.Graph, query: str) -> list[tuple[str, ...]]:
    return sorted(tuple("" if v is None else str(v) for v in row) for row in graph.query(PREFIX_LINES + query))
