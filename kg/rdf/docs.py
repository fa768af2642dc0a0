"""Makes the documentation page of the ontology, in both languages, from the ontology's own labels and definitions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from kg.rdf.ontology import Ontology
from kg.rdf.terms import PREFIXES, VK, curie

_LABEL = PREFIXES["rdfs"] + "label"
_DEFINITION = PREFIXES["skos"] + "definition"
_OWL = PREFIXES["owl"]
_HEAD = """<!-- Generated from ontology/*.ttl by scripts/generate.py. Do not edit by hand. -->
# The ontology · Ngữ vựng

Namespace `vk:` = `https://w3id.org/vnkg/ontology#`; data under `https://w3id.org/vnkg/id/` (prefix `d:`).
`ontology/vnkg*.ttl` is the source, `external.ttl` declares what is taken from other vocabularies, `alignment.ttl` maps
to more of them, `shapes.ttl` (SHACL), `context.jsonld`, `facts.json` and `classes.json` are generated from it.

How a fact is written: one node with the class of its kind, `vk:status`, `vk:statedIn` the article, and a property for
each role. In `graph.trig` it is also `prov:wasDerivedFrom` evidence (`oa:TextPositionSelector`, half-open code points
of the file, and `oa:TextQuoteSelector`) and `prov:wasGeneratedBy` the rule that made it. A fact whose status is
`vk:asserted` says the same of the things themselves (column “asserted”); any other status stays inside the fact node.

To add a fact kind: a class with `vk:kind`, one `vk:FactRole` a role, `python scripts/generate.py`. The writer, the
SHACL shapes, the JSON-LD context and this page follow.
"""


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(_cell(c) for c in cells) + " |\n"


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    head = list(head)
    return _row(head) + "|" + "---|" * len(head) + "\n" + "".join(_row(r) for r in rows)


def _both(texts: Mapping[str, str]) -> str:
    return " · ".join(texts[language] for language in ("vi", "en") if language in texts)


def _kind(kind: str, entry: Mapping[str, Any]) -> str:
    classes = ", ".join(f"`{c}`" for c in (entry["class"], *entry["types"]))
    out = f"\n### `{kind}`: {_both(entry['label'])}\n\n{_both(entry['comment'])}\n\nClasses: {classes}\n\n"
    rows = []
    for name, role in entry["roles"].items():
        marks = ("*" if role["required"] else "") + (" (qualifier)" if role["qualifier"] else "")
        main = entry["main"]
        said = [f"`{main} {role['describes']} {name}`"] if role.get("describes") else []
        said += [f"`{name} {role['inverse']} {main}`"] if role.get("inverse") else []
        made = f" → `{role['coins']}`" if role.get("coins") else ""
        rows.append(
            (
                f"`{name}`{marks}",
                _both(role["label"]),
                ", ".join(role["fillers"]) + made,
                f"`{role['property']}`" + (f", `{role['text_property']}`" if role.get("text_property") else ""),
                ", ".join(said),
                _both(role["comment"]),
            )
        )
    return out + _table(("role", "vai · role", "fillers", "property", "asserted", ""), rows)


def documentation(onto: Ontology, facts: Mapping[str, Any]) -> str:
    """The content of `docs/ontology.md`.

    Args:
        onto: the ontology.
        facts: the table of fact kinds.
    """
    out = [_HEAD, "\n## Facts · Sự việc\n"]
    out += [_kind(kind, entry) for kind, entry in facts.items()]
    for title, kind in (
        ("Classes · Lớp", "Class"),
        ("Object properties · Thuộc tính nối nút", "ObjectProperty"),
        ("Data properties · Thuộc tính giá trị", "DatatypeProperty"),
        ("Annotation properties · Thuộc tính chú giải", "AnnotationProperty"),
    ):
        rows = []
        for iri in onto.of_type(_OWL + kind):
            above = [curie(v) for p in ("subClassOf", "subPropertyOf") for v in onto.values(iri, PREFIXES["rdfs"] + p)]
            if iri.startswith(VK):
                parents = ", ".join(f"`{a}`" for a in above)
                rows.append((f"`{curie(iri)}`", _both(onto.texts(iri, _LABEL)), parents, _texts(onto, iri)))
        out.append(f"\n## {title}\n\n" + _table(("term", "nhãn · label", "under", ""), rows))
    for title, cls in (("Status · Tình trạng", "FactStatus"), ("Personnel actions · Nhân sự", "PersonnelAction")):
        codes = [(f"`{curie(i)}`", _both(onto.texts(i, _LABEL)), _texts(onto, i)) for i in onto.of_type(VK + cls)]
        out.append(f"\n## {title}\n\n" + _table(("term", "nhãn · label", ""), codes))
    units = [
        (", ".join(onto.values(i, PREFIXES["skos"] + "altLabel")), onto.one(i, PREFIXES["skos"] + "notation") or "")
        for i in onto.of_type(VK + "Unit")
    ]
    out.append("\n## Units · Đơn vị\n\n" + _table(("written", "UN/CEFACT"), units))
    return "".join(out)


def _texts(onto: Ontology, iri: str) -> str:
    return _both(onto.texts(iri, _DEFINITION))
