"""Makes the SHACL shapes from the ontology's tables; lists and all have IRIs, so that the file has no blank nodes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kg.rdf.serialize import turtle
from kg.rdf.terms import Triple, integer, quoted, term

_TYPE = term("rdf:type")
_LITERAL_FILLERS = frozenset({"string", "number", "date", "stretch"})
# Roles whose value a shape of its own checks, because it may stand in one of several properties.
_OWN_ROLES = frozenset({("statistic", "value")})
_HEAD = "# Generated from the ontology by scripts/generate.py. Do not edit by hand.\n"


class _Shapes:
    def __init__(self) -> None:
        self.triples: list[Triple] = []

    def add(self, node: str, name: str, value: str) -> None:
        self.triples.append((term(node), term(name), value))

    def both(self, node: str, name: str, vi: str, en: str) -> None:
        """A text in both languages."""
        self.triples += ((term(node), term(name), quoted(vi) + "@vi"), (term(node), term(name), quoted(en) + "@en"))

    def items(self, name: str, values: Sequence[str]) -> str:
        """The head of a list of terms."""
        nodes = [term(f"vks:{name}-{at}") for at in range(1, len(values) + 1)]
        for node, following, value in zip(nodes, [*nodes[1:], term("rdf:nil")], values, strict=True):
            self.triples += ((node, term("rdf:first"), value), (node, term("rdf:rest"), following))
        return nodes[0]

    def node_shape(self, name: str, targets: Iterable[str], properties: Iterable[str]) -> None:
        shape = f"vks:{name}"
        self.add(shape, "rdf:type", term("sh:NodeShape"))
        for target in targets:
            self.add(shape, "sh:targetClass", term(target))
        for prop in properties:
            self.add(shape, "sh:property", term(f"vks:{prop}"))

    def property_shape(
        self,
        name: str,
        path: str,
        message: tuple[str, str],
        remedy: tuple[str, str],
        severity: str = "sh:Violation",
        **constraints: str,
    ) -> str:
        shape = f"vks:{name}"
        self.add(shape, "rdf:type", term("sh:PropertyShape"))
        self.add(shape, "sh:path", term(path))
        self.add(shape, "sh:severity", term(severity))
        self.both(shape, "sh:message", *message)
        self.both(shape, "sh:description", *remedy)
        for constraint, value in constraints.items():
            self.add(shape, f"sh:{constraint}", value)
        return name

    def any_of(self, members: Sequence[str], name: str = "") -> str:
        """A node shape: conforms to one of several; made once for the same members."""
        if len(members) == 1:
            return members[0]
        name = name or "any-" + "-".join(m.partition(":")[2].removeprefix("is-") for m in members)
        shape = f"vks:{name}"
        self.add(shape, "rdf:type", term("sh:NodeShape"))
        self.add(shape, "sh:or", self.items(f"{name}-list", [term(m) for m in members]))
        return shape


_REBUILD = ("Dựng lại đồ thị từ các bài báo bằng kg build.", "Rebuild the graph from the articles with kg build.")


def shapes(facts: Mapping[str, Any], classes: Mapping[str, Any]) -> str:
    """The content of `shapes.ttl`.

    Args:
        facts: the table of fact kinds.
        classes: the table of classes.
    """
    out = _Shapes()
    _general(out, classes)
    for kind, entry in facts.items():
        name = f"fact-{kind.replace('_', '-')}"
        properties = ["fact-status", "fact-stated-in"]
        for role, spec in entry["roles"].items():
            if (kind, role) not in _OWN_ROLES:
                properties += _role(out, f"{name}-{role.replace('_', '-')}", entry, role, spec, classes)
        out.node_shape(name, [entry["class"]], properties)
    _statistic(out)
    _part_of(out)
    _evidence(out)
    return _HEAD + turtle(out.triples)


def _general(out: _Shapes, classes: Mapping[str, Any]) -> None:
    statuses = out.items(
        "statuses", [term(f"vk:{s}") for s in ("asserted", "planned", "reported", "negated", "former")]
    )
    out.property_shape(
        "fact-status",
        "vk:status",
        ("Mỗi sự việc có đúng một tình trạng.", "A fact has exactly one status."),
        _REBUILD,
        minCount=integer(1),
        maxCount=integer(1),
        **{"in": statuses},
    )
    out.property_shape(
        "fact-stated-in",
        "vk:statedIn",
        ("Mỗi sự việc thuộc đúng một bài báo.", "A fact is stated in exactly one article."),
        _REBUILD,
        minCount=integer(1),
        maxCount=integer(1),
        **{"class": term("schema:NewsArticle")},
    )
    out.property_shape(
        "label",
        "skos:prefLabel",
        ("Mỗi thực thể có đúng một nhãn chính trong mỗi ngôn ngữ.", "A thing has one preferred label a language."),
        ("Giữ một nhãn, chuyển nhãn kia thành skos:altLabel.", "Keep one label, make the other a skos:altLabel."),
        minCount=integer(1),
        uniqueLang='"true"^^' + term("xsd:boolean"),
        minLength=integer(1),
    )
    labelled = {c for found in classes["entities"].values() for c in found} | {"org:Post", "org:Role"}
    out.node_shape("labelled", sorted(labelled), ["label"])
    out.property_shape(
        "article-identifier",
        "schema:identifier",
        ("Bài báo có đúng một mã.", "An article has exactly one identifier."),
        _REBUILD,
        minCount=integer(1),
        maxCount=integer(1),
    )
    out.property_shape(
        "article-language",
        "schema:inLanguage",
        ("Bài báo cho biết ngôn ngữ.", "An article tells its language."),
        _REBUILD,
        minCount=integer(1),
    )
    out.property_shape(
        "article-published",
        "schema:datePublished",
        ("Bài báo có nhiều hơn một ngày đăng.", "An article has more than one date of publication."),
        ("Xem dòng ngày của bài báo.", "Look at the article's date line."),
        "sh:Warning",
        maxCount=integer(1),
    )
    out.node_shape("article", ["schema:NewsArticle"], ["article-identifier", "article-language", "article-published"])
    out.property_shape(
        "potential",
        "schema:actionStatus",
        ("Việc được yêu cầu chưa phải là việc đã làm.", "A requested action is only potential."),
        _REBUILD,
        minCount=integer(1),
        hasValue=term("schema:PotentialActionStatus"),
    )
    out.node_shape("requested-action", ["schema:Action"], ["potential"])


def _classes_of(filler: str, classes: Mapping[str, Any]) -> list[str]:
    """The classes that an entity of a type may have, without general concepts."""
    found = [*classes["entities"].get(filler, ()), *(c for _, c in classes["begins"].get(filler, ()))]
    return sorted(set(found) - {"skos:Concept"})


def _role(
    out: _Shapes, name: str, entry: Mapping[str, Any], role: str, spec: Mapping[str, Any], classes: Mapping[str, Any]
) -> list[str]:
    """The shapes of one role: present, of the right kind of value, of the right type."""
    made = []
    kind_vi, kind_en = entry["label"]["vi"], entry["label"]["en"]
    label_vi, label_en = spec["label"]["vi"], spec["label"]["en"]
    constraints: dict[str, str] = {}
    if spec["required"]:
        constraints["minCount"] = integer(1)
    if spec["object"]:
        constraints["nodeKind"] = term("sh:IRI")
    elif spec.get("datatype"):
        constraints["datatype"] = term(spec["datatype"])
    else:
        constraints["nodeKind"] = term("sh:Literal")
    need_vi, need_en = ("cần có, và", "is required, and") if spec["required"] else ("nếu có thì", "where present,")
    what_vi, what_en = ("là một nút", "is a node") if spec["object"] else ("là một giá trị", "is a literal")
    made.append(
        out.property_shape(
            name,
            spec["property"],
            (
                f"Vai “{label_vi}” của “{kind_vi}” {need_vi} {what_vi} đúng kiểu.",
                f"The role “{label_en}” of “{kind_en}” {need_en} {what_en} of the right kind.",
            ),
            (f"Xem quy tắc trích xuất của vai {role}.", f"Look at the extraction rule of the role {role}."),
            **constraints,
        )
    )
    if not spec["object"]:
        return made
    members = [_is_a(out, f, _classes_of(f, classes)) for f in spec["fillers"] if f not in _LITERAL_FILLERS]
    members += [_is_a(out, c.replace(":", "-"), [c]) for c in (spec.get("coins"), spec.get("codes")) if c]
    if members:
        made.append(
            out.property_shape(
                f"{name}-filler",
                spec["property"],
                (
                    f"Vai “{label_vi}” của “{kind_vi}” thường là: {', '.join(spec['fillers'])}.",
                    f"The role “{label_en}” of “{kind_en}” is usually: {', '.join(spec['fillers'])}.",
                ),
                (
                    "Xem thực thể ấy có được nhận đúng kiểu không.",
                    "See whether the thing was recognised as what it is.",
                ),
                "sh:Warning",
                node=term(out.any_of(sorted(set(members)))),
            )
        )
    return made


def _is_a(out: _Shapes, name: str, classes: Sequence[str]) -> str:
    """The shape of things of a type, made once: of one of its classes."""
    members = []
    for cls in classes:
        member = f"vks:class-{cls.replace(':', '-')}"
        out.add(member, "rdf:type", term("sh:NodeShape"))
        out.add(member, "sh:class", term(cls))
        members.append(member)
    return out.any_of(members, f"is-{name}")


def _statistic(out: _Shapes) -> None:
    """A figure has a value or a bound."""
    members = []
    for prop in ("value", "minValue", "maxValue"):
        shape = f"vks:has-{prop}"
        out.add(shape, "rdf:type", term("sh:PropertyShape"))
        out.add(shape, "sh:path", term(f"schema:{prop}"))
        out.add(shape, "sh:minCount", integer(1))
        members.append(term(shape))
    shape = "vks:fact-statistic-amount"
    out.add(shape, "rdf:type", term("sh:NodeShape"))
    out.add(shape, "sh:targetClass", term("vk:Statistic"))
    out.add(shape, "sh:or", out.items("fact-statistic-amount-list", members))
    out.both(shape, "sh:message", "Số liệu cần một giá trị hoặc một cận.", "A statistic needs a value or a bound.")
    out.both(shape, "sh:description", *_REBUILD)


def _part_of(out: _Shapes) -> None:
    out.property_shape(
        "part-of-itself",
        "vk:child",
        ("Không nơi nào, cơ quan nào thuộc chính nó.", "Nothing is part of itself."),
        ("Xem hai tên có chỉ cùng một nơi không.", "See whether both names mean one place."),
        disjoint=term("vk:parent"),
    )
    out.node_shape("fact-part-of-distinct", ["vk:PartOfFact"], ["part-of-itself"])


def _evidence(out: _Shapes) -> None:
    one = {"minCount": integer(1), "maxCount": integer(1)}
    whole = {**one, "datatype": term("xsd:integer"), "minInclusive": integer(0)}
    out.property_shape(
        "evidence-source",
        "oa:hasSource",
        ("Chứng cứ thuộc đúng một bài báo.", "Evidence is of exactly one article."),
        _REBUILD,
        **one,
        **{"class": term("schema:NewsArticle")},
    )
    out.property_shape(
        "evidence-selectors",
        "oa:hasSelector",
        ("Chứng cứ có vị trí và nguyên văn.", "Evidence has a position and a quotation."),
        _REBUILD,
        minCount=integer(2),
    )
    out.node_shape("evidence", ["oa:SpecificResource"], ["evidence-source", "evidence-selectors"])
    out.property_shape(
        "position-start",
        "oa:start",
        ("Vị trí bắt đầu là một số, trước vị trí kết thúc.", "The start is a number below the end."),
        _REBUILD,
        **whole,
        lessThan=term("oa:end"),
    )
    out.property_shape(
        "position-end", "oa:end", ("Vị trí kết thúc là một số.", "The end is a number."), _REBUILD, **whole
    )
    out.node_shape("position", ["oa:TextPositionSelector", "vk:RoleMention"], ["position-start", "position-end"])
    out.property_shape(
        "quote-exact",
        "oa:exact",
        ("Trích dẫn có đúng một nguyên văn.", "A quotation has exactly one text."),
        _REBUILD,
        **one,
        minLength=integer(1),
    )
    out.node_shape("quote", ["oa:TextQuoteSelector"], ["quote-exact"])
