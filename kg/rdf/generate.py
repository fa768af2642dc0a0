"""Makes the files that are generated from the ontology: tables, SHACL shapes, JSON-LD context, documentation."""

from __future__ import annotations

import json
from pathlib import Path

from kg.rdf.docs import documentation
from kg.rdf.jsonld import context
from kg.rdf.ontology import Ontology, class_table, fact_table, ontology_files
from kg.rdf.shacl import shapes
from kg.rdf.terms import PREFIXES, curie


def generated_files(root: Path) -> dict[Path, str]:
    """Path → content of each generated file under `root` (a checkout).

    Raises:
        kg.errors.RuleError: the ontology is broken.
    """
    folder = root / "ontology"
    onto = Ontology(ontology_files(folder))
    facts, classes = fact_table(onto), class_table(onto)
    objects = [curie(p) for p in onto.of_type(PREFIXES["owl"] + "ObjectProperty")]
    return {
        folder / "facts.json": json.dumps(facts, ensure_ascii=False, indent=1) + "\n",
        folder / "context.jsonld": json.dumps(context(classes, objects), ensure_ascii=False, indent=1) + "\n",
        root / "docs" / "ontology.md": documentation(onto, facts),
        folder / "shapes.ttl": shapes(facts, classes),
        folder / "classes.json": json.dumps(classes, ensure_ascii=False, indent=1) + "\n",
    }
