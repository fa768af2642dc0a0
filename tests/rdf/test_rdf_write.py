"""What a reading becomes: posts, bounds, documents, requests; and what must not be said."""

from __future__ import annotations

from dataclasses import replace

import pytest
import rdflib
from rdf_samples import FAIR, Sheet, ask, fair, full_graph_of, graph_of, note, quads_of, rows

from kg.errors import RuleError, UsageError
from kg.model import Origin, Value
from kg.rdf.write import write_reading


@pytest.fixture(scope="module")
def graph() -> rdflib.Graph:
    return graph_of(fair())


def test_a_post_is_held_on_the_day_of_the_article(graph: rdflib.Graph) -> None:
    found = rows(
        graph,
        """SELECT ?label ?who ?role ?day { ?post a org:Post ; skos:prefLabel ?label ; org:heldBy/schema:name ?who ;
           org:postIn/skos:prefLabel "UBND tỉnh Bắc Kạn"@vi .
           ?m a org:Membership, vk:PostHolding ; vk:post ?post ; org:role/skos:prefLabel ?role ;
           vk:attestedOn ?day }""",
    )
    assert found == [("Chủ tịch UBND tỉnh Bắc Kạn", "Lý Văn Bền", "Chủ tịch", "2018-03-05")]


def test_a_former_post_has_no_holder(graph: rdflib.Graph) -> None:
    assert ask(graph, '?m a org:Membership ; vk:status vk:former ; vk:post/skos:prefLabel "Giám đốc Sở Công Thương"@vi')
    assert not ask(graph, '?p skos:prefLabel "Giám đốc Sở Công Thương"@vi ; org:heldBy ?x')
    assert not ask(graph, "?m vk:status vk:former ; vk:attestedOn ?d")


def test_a_title_alone_is_a_post_only_where_it_says_all() -> None:
    s = Sheet("Bà Hà Thị Mơ là Chủ tịch nước. Bà Mơ còn là Giám đốc.")
    person = s.entity("Person", "Hà Thị Mơ")
    s.fact("holds_post", "Chủ tịch nước", person=person, post="Chủ tịch nước")
    s.fact("holds_post", "Giám đốc", person=person, post="Giám đốc")
    assert rows(graph_of(s.reading()), "SELECT ?l { ?p org:heldBy ?x ; skos:prefLabel ?l }") == [("Chủ tịch nước",)]


def test_what_an_event_fact_says_stands_on_the_event(graph: rdflib.Graph) -> None:
    assert ask(
        graph,
        """?e a schema:Event, vk:Festival ; skos:prefLabel "hội chợ xuân"@vi ; schema:startDate "2018-03-05"^^xsd:date ;
           schema:organizer/skos:prefLabel "UBND tỉnh Bắc Kạn"@vi ;
           schema:location/skos:prefLabel "thành phố Bắc Kạn"@vi ;
           vk:speaker/schema:name "Lý Văn Bền"@vi ; vk:launches/skos:prefLabel "Phiên chợ không túi nhựa"@vi""",
    )


def test_an_initiative_goes_by_its_quoted_title(graph: rdflib.Graph) -> None:
    assert ask(
        graph,
        '?i a vk:EmulationMovement ; skos:prefLabel "Phiên chợ không túi nhựa"@vi ; '
        'skos:altLabel "phong trào “Phiên chợ không túi nhựa”"@vi ; vk:launchedBy/skos:prefLabel "Bắc Kạn"@vi',
    )


def test_requested_actions_are_one_by_one_and_potential(graph: rdflib.Graph) -> None:
    found = rows(
        graph, "SELECT ?d ?s { ?r a vk:Request ; schema:object ?a . ?a schema:description ?d ; schema:actionStatus ?s }"
    )
    potential = "https://schema.org/PotentialActionStatus"
    assert found == [
        ("Không bày bán hàng giả", potential),
        ("giữ sạch đường làng", potential),
        ("làm tốt Kế hoạch số 12/KH-UBND", potential),
    ]
    assert ask(
        graph, '?r a vk:Request ; vk:speechAct "đề nghị"@vi ; schema:about/schema:name "Kế hoạch số 12/KH-UBND"@vi'
    )
    assert ask(graph, '?r schema:recipient ?g . ?g a vk:RoleGroup ; skos:prefLabel "các xã"@vi')


def test_semicolons_within_quotation_marks_do_not_cut() -> None:
    s = Sheet("Chị Nụ đề nghị đọc cuốn “Nhà; vườn. Ao” rồi trả sách")
    person = s.entity("Person", "Nụ")
    s.fact("request", s.document.text, speaker=person, action=s.stretch("đọc cuốn “Nhà; vườn. Ao” rồi trả sách"))
    assert rows(graph_of(s.reading()), "SELECT ?d { ?a schema:description ?d }") == [
        ("đọc cuốn “Nhà; vườn. Ao” rồi trả sách",)
    ]


def test_a_plan_is_no_legislation(graph: rdflib.Graph) -> None:
    assert ask(
        graph, '?d a vk:Plan, schema:CreativeWork ; vk:documentType "Kế hoạch"@vi ; schema:identifier "12/KH-UBND"'
    )
    assert not ask(graph, "?d a schema:Legislation")


def test_a_directive_is_legislation_named_by_its_title() -> None:
    text = "Bộ Y tế ban hành Chỉ thị 05/CT-BYT về “Giữ sạch bếp ăn ở Hà Nam”"
    s = Sheet(text)
    body, place = s.entity("Organization", "Bộ Y tế"), s.entity("Place", "Hà Nam")
    paper = s.entity("Document", "Chỉ thị 05/CT-BYT về “Giữ sạch bếp ăn ở Hà Nam”")
    s.fact("document", text, document=paper, doc_type="Chỉ thị", number="05/CT-BYT", issuer=body,
           title="Giữ sạch bếp ăn ở Hà Nam", date="--05-09")  # fmt: skip
    assert place.id == "e2"
    assert ask(
        graph_of(s.reading()),
        """?d a schema:Legislation, eli:LegalResource ; schema:name "Giữ sạch bếp ăn ở Hà Nam"@vi ;
           schema:legislationType "Chỉ thị"@vi ; schema:legislationIdentifier "05/CT-BYT" ;
           schema:legislationPassedBy/skos:prefLabel "Bộ Y tế"@vi ; schema:about/skos:prefLabel "Hà Nam"@vi ;
           schema:legislationDate "--05-09"^^xsd:gMonthDay""",
    )


def test_bounds_of_figures(graph: rdflib.Graph) -> None:
    found = rows(
        graph,
        """SELECT ?i ?v ?min ?max ?lower ?upper ?about ?code {
           ?o a vk:Statistic ; schema:variableMeasured/skos:prefLabel ?i
           OPTIONAL { ?o schema:value ?v } OPTIONAL { ?o schema:minValue ?min } OPTIONAL { ?o schema:maxValue ?max }
           OPTIONAL { ?o vk:lowerBoundExclusive ?lower } OPTIONAL { ?o vk:upperBoundExclusive ?upper }
           OPTIONAL { ?o vk:approximate ?about } OPTIONAL { ?o schema:unitCode ?code } }""",
    )
    assert found == [
        ("gian hàng của người trẻ", "", "40", "55.5", "", "", "", "P1"),
        ("giờ chờ", "", "", "3", "", "false", "", "HUR"),
        ("lượt khách", "1200", "", "", "", "", "true", ""),
        ("vụ va quệt", "", "", "15", "", "true", "", ""),
    ]


def test_periods_only_where_stated(graph: rdflib.Graph) -> None:
    assert rows(graph, "SELECT ?d { ?o schema:observationDate ?d }") == [("2018",)]
    assert not ask(graph, "?o vk:rank ?r ; schema:observationDate ?d")


def test_indicators_go_without_their_abbreviation(graph: rdflib.Graph) -> None:
    assert ask(
        graph, '?i skos:prefLabel "Chỉ số hài lòng"@vi ; skos:altLabel "SIPAS"@vi . ?o schema:variableMeasured ?i'
    )
    assert ask(graph, '?o vk:rank 9 ; vk:rankOutOf 63 ; vk:rankChange 2 ; vk:rankingScope/skos:prefLabel "cả nước"@vi')


def test_what_is_not_asserted_stays_inside_its_node() -> None:
    graph = graph_of(note())
    assert ask(graph, "?a a vk:AwardConferral ; vk:status vk:planned ; schema:recipient ?p")
    assert not ask(graph, "?a a schema:GiveAction")
    assert not ask(graph, "?m vk:status vk:negated ; a org:Membership")
    assert not ask(graph, "?post a org:Post")
    assert not ask(graph, "?post org:heldBy ?p")
    assert ask(graph_of(fair()), "?o a vk:Statistic ; vk:status vk:reported")
    assert not ask(graph_of(fair()), "?o a schema:Observation ; vk:status vk:reported")


@pytest.mark.parametrize("status", ["planned", "reported", "negated"])
def test_no_fact_of_another_status_touches_the_things(status: str) -> None:
    reading = fair()
    facts = tuple(replace(f, status=status) for f in reading.facts)  # type: ignore[arg-type]
    graph = graph_of(replace(reading, facts=facts))
    names = ("org:heldBy", "vk:launches", "vk:speaker", "vk:launchedBy", "schema:containedInPlace")
    assert not [name for name in names if ask(graph, f"?s {name} ?o")]
    assert not ask(graph, "?e a schema:Event ; schema:startDate ?d")
    assert not ask(graph, "?d a schema:CreativeWork ; vk:documentType ?t")
    assert rows(graph, "SELECT DISTINCT ?s { ?f vk:status ?s }") == [(f"https://w3id.org/vnkg/ontology#{status}",)]


def test_the_byline_is_an_author_and_nothing_else(graph: rdflib.Graph) -> None:
    assert rows(graph, 'SELECT DISTINCT ?p { ?s ?p ?x . ?x schema:name "Tuyết Nhung"@vi }') == [
        ("https://schema.org/author",)
    ]


def test_metadata_of_the_article(graph: rdflib.Graph) -> None:
    assert ask(
        graph,
        """?a a schema:NewsArticle ; schema:headline "Hội chợ xuân Bắc Kạn mở cửa"@vi ; schema:inLanguage "vi" ;
           schema:datePublished "2018-03-05T07:30:00+07:00"^^xsd:dateTime ;
           schema:identifier "hoi-cho" ; vk:sha256 ?h""",
    )


def test_things_are_one_across_articles_with_one_label() -> None:
    graph = graph_of(fair(), note())
    assert rows(graph, "SELECT ?l { ?o a org:FormalOrganization ; skos:prefLabel ?l }") == [
        ("Sở Công Thương",),
        ("Ủy ban nhân dân tỉnh Bắc Kạn",),
    ]
    assert ask(graph, '?o skos:prefLabel "Ủy ban nhân dân tỉnh Bắc Kạn"@vi ; skos:altLabel "UBND tỉnh Bắc Kạn"@vi')
    assert len(rows(graph, "SELECT ?a { ?a a vk:AwardType }")) == 1


def test_evidence_quotes_the_file_within_its_sentence() -> None:
    graph = full_graph_of(fair())
    found = rows(
        graph,
        """SELECT ?start ?end ?before ?exact ?after { ?f a vk:AwardConferral ; prov:wasDerivedFrom ?e ;
           prov:wasGeneratedBy/vk:ruleName "award.test" . ?e oa:hasSource/schema:identifier "hoi-cho" ;
           oa:hasSelector ?p, ?q . ?p a oa:TextPositionSelector ; oa:start ?start ; oa:end ?end .
           ?q a oa:TextQuoteSelector ; oa:exact ?exact ; oa:prefix ?before ; oa:suffix ?after }""",
    )
    assert len(found) == 1
    start, end, before, exact, after = found[0]
    assert FAIR[int(start) : int(end)] == exact == "tặng Bằng khen cho 7 hợp tác xã vì giữ nghề cũ"
    assert before + exact + after in FAIR.split("\n")


def test_role_mentions_point_at_the_words_of_the_role() -> None:
    graph = full_graph_of(fair())
    found = rows(
        graph,
        """SELECT ?role ?start ?end { ?f a vk:PostHolding ; vk:status vk:asserted . ?m a vk:RoleMention ; vk:ofFact ?f ;
           vk:roleName ?role ; oa:start ?start ; oa:end ?end }""",
    )
    # The body is first named elsewhere: what is marked is its name within the evidence.
    assert [(r, FAIR[int(a) : int(b)]) for r, a, b in found] == [
        ("organization", "UBND tỉnh Bắc Kạn"),
        ("person", "Lý Văn Bền"),
    ]


def test_taking_an_article_out_leaves_the_graph_that_never_had_it() -> None:
    both, one = quads_of(fair(), note()), quads_of(fair())
    gone = {g for *_, g in quads_of(note())}
    assert sorted(q for q in both if q[3] not in gone) == sorted(one)


def test_iris_are_flat_and_there_are_no_blank_nodes() -> None:
    base = "https://w3id.org/vnkg/id/"
    terms = {t for q in quads_of(fair(), note()) for t in q}
    own = [t[1:-1].removeprefix(base) for t in terms if t.startswith(f"<{base}")]
    assert own
    assert all(name.replace("-", "").isascii() and name.replace("-", "").isalnum() for name in own), own
    assert not [t for t in terms if t.startswith("_:")]


def test_another_base() -> None:
    made = write_reading(note(), base="https://example.org/so/")
    assert made.article.startswith("<https://example.org/so/article-ghi-chu-")
    for bad in ("https://example.org/so", "no iri/", "https://a b/"):
        with pytest.raises(UsageError):
            write_reading(note(), base=bad)


def test_unknown_kinds_and_roles_are_named() -> None:
    reading = note()
    with pytest.raises(RuleError, match="no fact kind 'rumour'") as caught:
        write_reading(replace(reading, facts=(replace(reading.facts[0], kind="rumour"),)))
    assert "award" in caught.value.hint
    broken = replace(reading.facts[0], roles={**reading.facts[0].roles, "colour": (Value("đỏ"),)})
    with pytest.raises(RuleError, match="no role 'colour'"):
        write_reading(replace(reading, facts=(broken,)))


def test_an_office_without_a_holder_is_a_post() -> None:
    s = Sheet("Thủ tướng yêu cầu các tỉnh chống hạn. Giám đốc sở hứa làm.")
    chief, head = s.entity("Office", "Thủ tướng"), s.entity("Office", "Giám đốc sở")
    s.fact("request", "Thủ tướng yêu cầu", speaker=chief, action=s.stretch("chống hạn"))
    s.fact("statement", "Giám đốc sở hứa", speaker=head, content=s.stretch("làm"))
    graph = graph_of(s.reading())
    assert ask(graph, '?r a vk:Request ; schema:agent ?p . ?p a org:Post ; skos:prefLabel "Thủ tướng"@vi')
    # A title that says it all is one post in every article; any other is the article's own.
    other = Sheet("Thủ tướng yêu cầu các tỉnh chống hạn. Giám đốc sở hứa làm.", "tin-khac")
    other.entity("Office", "Thủ tướng")
    other.entity("Office", "Giám đốc sở")
    assert len(rows(graph_of(s.reading(), other.reading()), "SELECT ?p { ?p a org:Post }")) == 3


def test_nothing_is_written_as_part_of_itself() -> None:
    s = Sheet("xã Mường Lum thuộc Mường Lum")
    one, two = (s.entity("Place", name, code="x1") for name in ("xã Mường Lum", "Mường Lum"))
    s.fact("part_of", s.document.text, child=one, parent=two)
    assert not ask(graph_of(s.reading()), "?a schema:containedInPlace ?a")


def test_a_figure_named_like_a_service_is_about_it() -> None:
    s = Sheet("dịch vụ khai sinh mức 4 tới 100% xã")
    service, index = (s.entity(t, "dịch vụ khai sinh mức 4") for t in ("Service", "Indicator"))
    s.fact("service", s.document.text, service=service, level=4)
    s.fact("statistic", s.document.text, indicator=index, value=100, unit="%")
    assert ask(graph_of(s.reading()), "?o schema:value 100 ; schema:observationAbout ?s . ?s vk:serviceLevel 4")


def test_the_address_of_a_page_is_kept() -> None:
    address = "https://example.org/bai-1.html"
    reading = replace(fair(), document=replace(fair().document, origin=Origin(address=address)))
    said = write_reading(reading).said
    assert [o for _, p, o in said if p == "<https://schema.org/url>"] == [f'"{address}"']
