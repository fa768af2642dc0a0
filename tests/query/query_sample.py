"""Two small articles of our own, with what they say, as a graph: what the tests of this folder ask."""

from __future__ import annotations

import hashlib

from kg.model import ArticleMeta, Document, Entity, EntityRef, Fact, Reading, Span, Status, Stretch, Value
from kg.rdf.serialize import trig, turtle
from kg.rdf.write import default_graph, write_reading

LANG_SON = """Lạng Sơn tổng kết phong trào thi đua chuyển đổi số
Ngày 12/3/2021, UBND tỉnh Lạng Sơn mở hội nghị tổng kết chuyển đổi số.
Bà Trần Thị Ánh Nguyệt, Chủ tịch UBND tỉnh Lạng Sơn, cho biết mọi xã của tỉnh đã có tổ công nghệ số.
Bà Nguyệt yêu cầu các sở, ngành thực hiện nghiêm Chỉ thị số 05/CT-UBND; công khai kết quả hằng tháng.
Dịp này, UBND tỉnh Lạng Sơn tặng Bằng khen cho 15 tập thể.
Chỉ số PCI của Lạng Sơn tăng 3 bậc, xếp thứ 12/63.
Hơn 71,5% hồ sơ của tỉnh đi qua mạng.
Tại hội nghị, tỉnh phát động phong trào “Mỗi nhà một tài khoản số”.
Huyện Bắc Sơn thuộc tỉnh Lạng Sơn.
"""
SON_LA = """Sơn La có giám đốc sở mới
Chiều 2/4/2021, ông Hoàng Văn Dũng được bổ nhiệm giữ chức Giám đốc Sở Nội vụ tỉnh Sơn La.
Ông Dũng, nguyên Chủ tịch UBND huyện Mai Sơn, không phải là thành viên đoàn kiểm tra.
Chỉ số PCI của Sơn La sẽ vào nhóm 30 tỉnh đứng đầu năm 2025.
Sơn La đẩy mạnh cải cách thủ tục để người dân bớt đi lại.
Dịch vụ khai sinh mức 4 của tỉnh Sơn La dùng dữ liệu của Công an tỉnh.
"""


class _Writer:
    """Makes a reading from quotes; every quote must stand in the text."""

    def __init__(self, id: str, text: str) -> None:
        self.document = Document(id, f"{id}.txt", text, text, None, hashlib.sha256(text.encode()).hexdigest())
        self.entities: list[Entity] = []
        self.facts: list[Fact] = []

    def span(self, quote: str) -> Span:
        at = self.document.text.index(quote)
        return Span(at, at + len(quote))

    def line(self, quote: str) -> Span:
        """The whole line in which a quote stands."""
        text, at = self.document.text, self.document.text.index(quote)
        return Span(text.rfind("\n", 0, at) + 1, text.index("\n", at))

    def entity(self, type: str, name: str, *aliases: str, **attributes: str) -> EntityRef:
        id = f"e{len(self.entities) + 1}"
        found = tuple(sorted(self.span(form) for form in (name, *aliases) if form in self.document.text))
        self.entities.append(Entity(id, type, name, aliases, found, attributes))
        return EntityRef(id, found[0] if found else None)

    def fact(self, kind: str, evidence: str, status: Status = "asserted", **roles: object) -> None:
        filled = {role: v if isinstance(v, tuple) else (v,) for role, v in roles.items()}
        self.facts.append(Fact(kind, filled, (self.line(evidence),), status, f"{kind}.test"))  # type: ignore[arg-type]

    def stretch(self, quote: str) -> Stretch:
        return Stretch(self.span(quote))

    def reading(self, published: str) -> Reading:
        lines = [line for line in self.document.text.split("\n") if line]
        return Reading(
            self.document,
            ArticleMeta(headline=self.span(lines[0]), published=published),
            tuple(self.entities),
            tuple(self.facts),
            tuple(self.span(line) for line in lines),
        )


def lang_son() -> Reading:
    w = _Writer("lang-son", LANG_SON)
    person = w.entity("Person", "Trần Thị Ánh Nguyệt", "Bà Nguyệt")
    body = w.entity("Organization", "UBND tỉnh Lạng Sơn")
    place = w.entity("Place", "Lạng Sơn", level="tỉnh")
    event = w.entity("Event", "hội nghị tổng kết chuyển đổi số", "hội nghị")
    group = w.entity("Group", "các sở, ngành")
    order = w.entity("Document", "Chỉ thị số 05/CT-UBND", number="05/CT-UBND", doc_type="Chỉ thị")
    award = w.entity("Award", "Bằng khen")
    pci = w.entity("Indicator", "Chỉ số PCI", abbreviation="PCI")
    share = w.entity("Indicator", "hồ sơ của tỉnh đi qua mạng")
    movement = w.entity("Initiative", "phong trào “Mỗi nhà một tài khoản số”")
    district = w.entity("Place", "Bắc Sơn", level="huyện")
    w.fact("holds_post", "Chủ tịch UBND", person=person, post=Value("Chủ tịch"), organization=body)
    w.fact("event", "Ngày 12/3", event=event, event_type=Value("conference"), date=Value("2021-03-12"), organizer=body)
    w.fact("statement", "cho biết", speaker=person, content=w.stretch("mọi xã của tỉnh đã có tổ công nghệ số"))
    w.fact(
        "request",
        "yêu cầu",
        speaker=person,
        addressee=group,
        action=w.stretch("thực hiện nghiêm Chỉ thị số 05/CT-UBND; công khai kết quả hằng tháng"),
    )
    w.fact("document", "Chỉ thị số", document=order, doc_type=Value("Chỉ thị"), number=Value("05/CT-UBND"))
    w.fact(
        "award", "tặng Bằng khen", award=award, giver=body, recipient_count=Value(15), recipient_kind=Value("tập thể")
    )
    w.fact("ranking", "xếp thứ", indicator=pci, rank=Value(12), subject=place, out_of=Value(63), change=Value(3))
    w.fact(
        "statistic", "71,5%", indicator=share, value=Value(71.5), unit=Value("%"), comparator=Value("gt"), subject=place
    )
    w.fact("launch", "phát động", initiative=movement, agent=place, event=event, date=Value("2021-03-12"))
    w.fact("part_of", "Huyện Bắc Sơn", child=district, parent=place)
    return w.reading("2021-03-12")


def son_la() -> Reading:
    w = _Writer("son-la", SON_LA)
    person = w.entity("Person", "Hoàng Văn Dũng", "Ông Dũng")
    office = w.entity("Organization", "Sở Nội vụ tỉnh Sơn La")
    district = w.entity("Organization", "UBND huyện Mai Sơn")
    team = w.entity("Organization", "đoàn kiểm tra")
    place = w.entity("Place", "Sơn La", level="tỉnh")
    pci = w.entity("Indicator", "Chỉ số PCI", abbreviation="PCI")
    police = w.entity("Organization", "Công an tỉnh")
    service = w.entity("Service", "Dịch vụ khai sinh mức 4")
    w.fact(
        "personnel_change",
        "bổ nhiệm",
        action=Value("appointed"),
        person=person,
        post=Value("Giám đốc"),
        organization=office,
        date=Value("2021-04-02"),
    )
    w.fact("holds_post", "nguyên", "former", person=person, post=Value("Chủ tịch"), organization=district)
    w.fact("holds_post", "không phải", "negated", person=person, post=Value("thành viên"), organization=team)
    w.fact("ranking", "sẽ vào", "planned", indicator=pci, rank=Value(30), subject=place, period=Value("2025"))
    w.fact("measure", "đẩy mạnh", actor=place, measure=w.stretch("đẩy mạnh cải cách thủ tục"))
    w.fact("service", "Dịch vụ khai sinh", service=service, provider=place, level=Value(4), partner=police)
    return w.reading("2021-04-02")


def graphs() -> tuple[str, str]:
    """The two articles as Turtle (what they say) and as TriG (with evidence)."""
    written = [write_reading(lang_son()), write_reading(son_la())]
    said = default_graph(written)
    quads = [quad for graph in written for quad in graph.quads()]
    return turtle(said), trig(quads)
