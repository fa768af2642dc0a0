"""Checks that the ontology keeps to OWL 2 RL (and so to OWL 2 DL), that it is consistent, and that it is documented.

The rules checked, each named in its findings:

1. no blank nodes; every file parses
2. every IRI used in an axiom is declared as a class, an object, data or annotation property, or an individual
3. no property is declared as two of object, data and annotation property; no class is a property
4. axioms are of the forms that OWL 2 RL has for named terms: sub-class, disjoint classes, sub-property (of the same
   sort), domain, range, inverse, symmetric and transitive, class and property assertions
5. data ranges are datatypes of OWL 2 RL
6. no term of a reserved vocabulary (rdf:, rdfs:, owl:, xsd:) is described
7. the OWL 2 RL rules (owlrl) derive no contradiction from the ontology and, where given, from data
8. every `vk:` term has a label and a definition in Vietnamese and English; every other term declared has both labels

Exits 1 with findings. Usage: python scripts/check_ontology.py [GRAPH]   (checks a graph's consistency with it too)
"""

from __future__ import annotations

import sys
import warnings
from collections.abc import Iterable
from pathlib import Path

import owlrl
import rdflib
from rdflib.namespace import OWL, RDF, RDFS, SKOS, XSD

from kg.model import Finding
from kg.rdf.ontology import ontology_files
from kg.rdf.terms import PREFIXES, VK, curie

_SORTS = {
    OWL.Class: "class",
    OWL.ObjectProperty: "object property",
    OWL.DatatypeProperty: "data property",
    OWL.AnnotationProperty: "annotation property",
    OWL.NamedIndividual: "individual",
}
_PROPERTIES = ("object property", "data property", "annotation property")
_BUILT_IN = {RDFS.label, RDFS.comment, RDFS.seeAlso, RDFS.isDefinedBy, OWL.versionInfo}
# https://www.w3.org/TR/owl2-profiles/#Entities_3
_DATATYPES = {
    RDFS.Literal,
    *(
        XSD[n]
        for n in (
            "decimal",
            "integer",
            "nonNegativeInteger",
            "string",
            "boolean",
            "anyURI",
            "dateTime",
            "dateTimeStamp",
        )
    ),
}
_RESERVED = tuple(PREFIXES[p] for p in ("rdf", "rdfs", "owl", "xsd"))
_CONTRADICTION = rdflib.URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")


class _Check:
    def __init__(self, graph: rdflib.Graph) -> None:
        self.graph = graph
        self.findings: list[Finding] = []
        self.sorts: dict[rdflib.term.Node, set[str]] = {}
        for subject, kind in graph.subject_objects(RDF.type):
            if kind in _SORTS:
                self.sorts.setdefault(subject, set()).add(_SORTS[kind])

    def say(self, rule: int, node: rdflib.term.Node, message: str) -> None:
        self.findings.append(
            Finding("error", curie(str(node)), f"rule {rule}: {message}", "see scripts/check_ontology.py")
        )

    def need(self, rule: int, node: rdflib.term.Node, *sorts: str) -> None:
        if not self.sorts.get(node, set()).intersection(sorts):
            self.say(rule, node, f"is used as {' or '.join(sorts)} and not declared so")

    def declarations(self) -> None:
        for node, sorts in sorted(self.sorts.items()):
            if len(sorts.intersection(_PROPERTIES)) > 1 or ("class" in sorts and sorts.intersection(_PROPERTIES)):
                self.say(3, node, f"is declared as {', '.join(sorted(sorts))}")
            if str(node).startswith(_RESERVED):
                self.say(6, node, "is a term of a reserved vocabulary")

    def axioms(self) -> None:
        for s, p, o in self.graph:
            if isinstance(s, rdflib.BNode) or isinstance(o, rdflib.BNode):
                self.say(1, p, "is used with a blank node")
            elif p == RDF.type:
                if o not in _SORTS and o not in (OWL.Ontology, OWL.SymmetricProperty, OWL.TransitiveProperty):
                    self.need(2, o, "class")
                    self.need(2, s, "individual")
            elif p in (RDFS.subClassOf, OWL.disjointWith):
                self.need(2, s, "class")
                self.need(2, o, "class")
            elif p == RDFS.subPropertyOf:
                if not self.sorts.get(s, set()) & self.sorts.get(o, set()) & set(_PROPERTIES):
                    self.say(4, s, f"and {curie(str(o))} are not properties of one sort")
            elif p == RDFS.domain:
                self.need(4, s, "object property", "data property")
                self.need(2, o, "class")
            elif p == RDFS.range:
                if "data property" in self.sorts.get(s, ()):
                    if o not in _DATATYPES:
                        self.say(5, s, f"has the range {curie(str(o))}, no datatype of OWL 2 RL")
                else:
                    self.need(4, s, "object property")
                    self.need(2, o, "class")
            elif p == OWL.inverseOf:
                self.need(4, s, "object property")
                self.need(4, o, "object property")
            elif str(p).startswith(_RESERVED) and p not in _BUILT_IN:
                self.say(4, p, f"makes an axiom that is not of the profile, on {curie(str(s))}")
            elif p not in _BUILT_IN:
                self.need(2, p, *_PROPERTIES)

    def documentation(self) -> None:
        for node in sorted(self.sorts):
            own = str(node).startswith(VK)
            for prop, what in ((RDFS.label, "label"), (SKOS.definition, "definition")):
                languages = {getattr(o, "language", None) for o in self.graph.objects(node, prop)}
                missing = {"vi", "en"} - languages
                if missing and (own or what == "label"):
                    self.say(8, node, f"has no {what} in {', '.join(sorted(missing))}")

    def consistency(self, data: rdflib.Graph | None) -> None:
        closure = rdflib.Graph()
        for triple in self.graph:
            closure.add(triple)
        for triple in data or ():
            closure.add(triple)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(closure)
        for message in sorted(str(o) for o in closure.objects(None, _CONTRADICTION)):
            self.findings.append(Finding("error", "ontology", f"rule 7: contradiction: {message}"))


def profile_findings(folder: Path, data: rdflib.Graph | None = None) -> list[Finding]:
    """What breaks the rules above; empty where all is well.

    Args:
        folder: the folder of the ontology files.
        data: a graph whose consistency with the ontology is checked too.
    """
    graph = rdflib.Graph()
    for path in [*ontology_files(folder), folder / "alignment.ttl"]:
        graph.parse(data=path.read_bytes(), format="turtle")
    return check_graph(graph, data)


def check_graph(graph: rdflib.Graph, data: rdflib.Graph | None = None, reason: bool = True) -> list[Finding]:
    """As `profile_findings`, for an ontology that is already read; `reason` is rule 7, which takes seconds."""
    check = _Check(graph)
    check.declarations()
    check.axioms()
    check.documentation()
    if reason:
        check.consistency(data)
    return _unique(check.findings)


def _unique(findings: Iterable[Finding]) -> list[Finding]:
    return sorted(set(findings), key=lambda f: (f.where, f.message))


def main() -> int:
    """Prints the findings."""
    data = rdflib.Graph().parse(sys.argv[1]) if len(sys.argv) > 1 else None
    findings = profile_findings(Path(__file__).resolve().parent.parent / "ontology", data)
    for finding in findings:
        print(f"{finding.severity}: {finding.where}: {finding.message}")
    print("OWL 2 RL: no findings" if not findings else f"{len(findings)} findings")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
