"""Small graphs for the tests of the page, written the way the project writes graphs."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from kg.resources import resource

PREFIXES = """@prefix d: <https://w3id.org/vnkg/id/> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix eli: <http://data.europa.eu/eli/ontology#> .
@prefix cpsv: <http://purl.org/vocab/cpsv#> .
@prefix vk: <https://w3id.org/vnkg/ontology#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def literal(text: str) -> str:
    """A Turtle string in Vietnamese."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F") + "@vi"


@dataclass
class GraphWriter:
    """Collects triples of entities, facts, evidence; `turtle` leaves the evidence out, `trig` has it."""

    statements: list[str] = field(default_factory=list)
    proofs: list[str] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    facts: int = 0

    def __post_init__(self) -> None:
        self.kinds: dict[str, Any] = json.loads(resource("ontology", "facts.json").read_text(encoding="utf-8"))
        self.classes: dict[str, Any] = json.loads(resource("ontology", "classes.json").read_text(encoding="utf-8"))

    def article(self, name: str, headline: str, text: str, **properties: str) -> str:
        """An article; `properties` are Turtle values by local name of schema.org."""
        more = "".join(f" ;\n    schema:{key} {value}" for key, value in properties.items())
        self.statements.append(f"d:{name} a schema:NewsArticle ; schema:headline {literal(headline)}{more} .")
        self.texts[name] = text
        return f"d:{name}"

    def entity(self, name: str, kind: str, label: str, *aliases: str, more: str = "") -> str:
        """An entity of a type of the record."""
        classes = ", ".join(self.classes["entities"][kind])
        names = "".join(f" ; skos:altLabel {literal(a)}" for a in aliases)
        self.statements.append(f"d:{name} a {classes} ; skos:prefLabel {literal(label)}{names}{more} .")
        return f"d:{name}"

    def fact(
        self,
        kind: str,
        article: str,
        exact: str,
        status: str = "asserted",
        words: dict[str, str] | None = None,
        **roles: Any,
    ) -> str:
        """A fact stated by the first `exact` in the article's text; its context is the paragraph around it.

        `roles` map to one value or several: "d:…" for an entity, other strings, numbers; "x" prefixed values such as
        '"2019"^^xsd:gYear' go in as they are. `words` are the role words to mark within the evidence.
        """
        self.facts += 1
        entry, node, n = self.kinds[kind], f"d:fact-{self.facts:03}", self.facts
        types = ", ".join([entry["class"], *entry["types"]])
        lines = [f"{node} a {types} ; vk:status vk:{status} ; vk:statedIn {article}"]
        for role, values in roles.items():
            spec = entry["roles"][role]
            for i, value in enumerate(values if isinstance(values, list) else [values]):
                lines.append(f"{spec['property']} {self._value(spec, value, f'd:part-{n}-{role}-{i}')}")
        self.statements.append(" ;\n    ".join(lines) + " .")
        text = self.texts[article.removeprefix("d:")]
        start = text.index(exact)
        left = text.rfind("\n", 0, start) + 1
        right = text.find("\n", start + len(exact))
        right = len(text) if right < 0 else right
        self.proofs.append(
            f"{node} prov:wasDerivedFrom d:evidence-{n} ; prov:wasGeneratedBy d:rule-{kind} .\n"
            f'd:rule-{kind} a vk:Rule ; vk:ruleName "{kind}.test" .\n'
            f"d:evidence-{n} a oa:SpecificResource ; oa:hasSource {article} ;\n"
            f"    oa:hasSelector d:position-{n}, d:quote-{n} .\n"
            f"d:position-{n} a oa:TextPositionSelector ; oa:start {start} ; oa:end {start + len(exact)} .\n"
            f"d:quote-{n} a oa:TextQuoteSelector ; oa:exact {literal(exact)} ; oa:prefix {literal(text[left:start])} ; "
            f"oa:suffix {literal(text[start + len(exact) : right])} ."
        )
        for role, word in (words or {}).items():
            at = text.index(word, start)
            self.proofs.append(
                f"d:evidence-{n} vk:roleMention d:mention-{n}-{role} . d:mention-{n}-{role} a vk:RoleMention ; "
                f'vk:roleName "{role}" ; oa:start {at} ; oa:end {at + len(word)} .'
            )
        return node

    def _value(self, spec: dict[str, Any], value: Any, part: str) -> str:
        if isinstance(value, int | float):
            return str(value)
        if value.startswith(("d:", "vk:", '"')):
            return str(value)
        if "codes" in spec and spec["object"]:
            return str(self.classes["codes"][spec["codes"]][value])
        if "coins" in spec:
            label = "schema:description" if spec["coins"] == "schema:Action" else "skos:prefLabel"
            self.statements.append(f"{part} a {spec['coins']} ; {label} {literal(value)} .")
            return part
        return json.dumps(value) if "codes" in spec else literal(value)

    def turtle(self) -> str:
        """The graph without evidence."""
        return PREFIXES + "\n".join(self.statements) + "\n"

    def trig(self) -> str:
        """The graph with evidence, in a named graph as well as in the default graph."""
        body = "\n".join(self.statements)
        return f"{PREFIXES}{body}\nd:graph-1 {{\n{body}\n" + "\n".join(self.proofs) + "\n}\n"


TEXT = """Thành phố Sông Lam phát động tháng hành động vì môi trường
Ngày 5/3/2021, tại Hội nghị triển khai công tác môi trường, Chủ tịch UBND thành phố Sông Lam Trần Đức Thuận \
cho biết, thành phố đã trồng thêm cây ở các trường học.
Ông Thuận đề nghị các sở, ngành và Sở Xây dựng rà soát nguồn thải trong quý II. \
Dịp này, UBND thành phố Sông Lam tặng Bằng khen cho 12 tập thể.
Chỉ số xanh của Sông Lam tăng 4 bậc, xếp thứ 9/63. \
Thành phố dự kiến khởi động Chương trình Dòng sông sạch trong năm tới.
Bà Lý Thị Hường, nguyên Giám đốc Sở Xây dựng, không dự hội nghị. \
Theo bà Hường, tỷ lệ rác được phân loại mới đạt 40,5%.
"""


def sample() -> GraphWriter:
    """One article about a city that does not exist: all five statuses, edges, tags and facts with one entity."""
    g = GraphWriter()
    city = g.entity("place-song-lam", "Place", "Sông Lam", "thành phố Sông Lam", more=" ; a schema:City")
    body = g.entity("org-ubnd", "Organization", "UBND thành phố Sông Lam", more=f" ; schema:areaServed {city}")
    works = g.entity("org-xay-dung", "Organization", "Sở Xây dựng")
    chair = g.entity("person-thuan", "Person", "Trần Đức Thuận", "ông Thuận")
    guest = g.entity("person-huong", "Person", "Lý Thị Hường", "bà Hường")
    event = g.entity("event-hoi-nghi", "Event", "Hội nghị triển khai công tác môi trường")
    group = g.entity("group-so-nganh", "Group", "các sở, ngành")
    award = g.entity("award-bang-khen", "Award", "Bằng khen")
    green = g.entity("indicator-xanh", "Indicator", "Chỉ số xanh")
    waste = g.entity("indicator-rac", "Indicator", "tỷ lệ rác được phân loại")
    river = g.entity("initiative-song-sach", "Initiative", "Chương trình Dòng sông sạch")
    author = g.entity("person-tac-gia", "Person", "Phạm Ngọc Đường")
    paper = g.entity("org-bao", "Organization", "Báo Sông Lam")
    art = g.article(
        "article-1",
        TEXT.split("\n")[0],
        TEXT,
        datePublished='"2021-03-05T09:30:00+07:00"^^xsd:dateTime',
        author=author,
        publisher=paper,
        abstract=literal("Thành phố trồng cây và làm sạch sông."),
    )
    day = '"2021-03-05"^^xsd:date'
    g.fact(
        "holds_post",
        art,
        "Chủ tịch UBND thành phố Sông Lam Trần Đức Thuận",
        person=chair,
        post="Chủ tịch",
        organization=body,
        words={"post": "Chủ tịch", "organization": "UBND thành phố Sông Lam", "person": "Trần Đức Thuận"},
    )
    g.fact(
        "event",
        art,
        "Ngày 5/3/2021, tại Hội nghị triển khai công tác môi trường",
        event=event,
        date=day,
        participant=chair,
    )
    g.fact(
        "statement",
        art,
        "cho biết, thành phố đã trồng thêm cây ở các trường học",
        speaker=chair,
        event=event,
        content="thành phố đã trồng thêm cây ở các trường học",
    )
    g.fact(
        "request",
        art,
        "Ông Thuận đề nghị các sở, ngành và Sở Xây dựng rà soát nguồn thải trong quý II",
        speaker=chair,
        addressee=[group, works],
        event=event,
        action="rà soát nguồn thải trong quý II",
    )
    g.fact(
        "award",
        art,
        "UBND thành phố Sông Lam tặng Bằng khen cho 12 tập thể",
        award=award,
        giver=body,
        event=event,
        recipient_count=12,
        recipient_kind="tập thể",
    )
    g.fact(
        "ranking",
        art,
        "Chỉ số xanh của Sông Lam tăng 4 bậc, xếp thứ 9/63",
        indicator=green,
        subject=city,
        rank=9,
        out_of=63,
        change=4,
    )
    g.fact(
        "launch",
        art,
        "dự kiến khởi động Chương trình Dòng sông sạch trong năm tới",
        status="planned",
        initiative=river,
        agent=city,
    )
    g.fact(
        "holds_post",
        art,
        "Bà Lý Thị Hường, nguyên Giám đốc Sở Xây dựng",
        status="former",
        person=guest,
        post="Giám đốc",
        organization=works,
    )
    g.fact(
        "event",
        art,
        "Bà Lý Thị Hường, nguyên Giám đốc Sở Xây dựng, không dự hội nghị",
        status="negated",
        event=event,
        participant=guest,
    )
    g.fact(
        "statistic",
        art,
        "tỷ lệ rác được phân loại mới đạt 40,5%",
        status="reported",
        indicator=waste,
        value=40.5,
        unit="%",
    )
    return g


HOSTILE = "</script><img src=x onerror=alert(1)>"


def hostile() -> GraphWriter:
    """Markup, controls and direction overrides in every place where text goes."""
    g = GraphWriter()
    bad = HOSTILE + "\u202egnp.exe\u2028\x07"
    person = g.entity("person-x", "Person", bad, "<b>alias</b>")
    body = g.entity("org-x", "Organization", "{{ 7*7 }}<!--" + HOSTILE)
    art = g.article(
        "article-x",
        bad,
        f"{HOSTILE}\nÔng A, Giám đốc {HOSTILE} <script>alert(2)</script>, nói.\n",
        abstract=literal(bad),
    )
    g.fact(
        "holds_post",
        art,
        f"Giám đốc {HOSTILE} <script>alert(2)</script>",
        person=person,
        post="Giám đốc" + HOSTILE,
        organization=body,
    )
    return g
