"""Dated statistics as an RDF Data Cube (https://www.w3.org/TR/vocab-data-cube/).

The graph's own observations have no cube, since a cube demands a period and most statistics state none. This view holds
those that do: one data set for each unit and form (a value, a lower or upper bound, both), so that the figures of a set
can be compared.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.rdf.iri import digest, slug
from kg.rdf.table import ARTICLE, TYPE, Index
from kg.rdf.terms import DEFAULT_BASE, Quad, Triple, curie, quoted, term, text, words_of

_PERIOD = term("schema:observationDate")
_INDICATOR = term("schema:variableMeasured")
_ABOUT = term("schema:observationAbout")
_DIMENSIONS = (_PERIOD, _INDICATOR, _ABOUT, term("vk:statedIn"))
_MEASURES = (term("schema:value"), term("schema:minValue"), term("schema:maxValue"))
_ATTRIBUTES = (term("schema:unitText"), term("schema:unitCode"), term("vk:comparator"), term("vk:status"))
_NAMES = (term("skos:prefLabel"), term("schema:headline"))
_LABEL = term("rdfs:label")


def cube(quads: list[Quad], base: str = DEFAULT_BASE) -> set[Triple]:
    """The view: data sets, their structure, their observations, and the names of what they are about.

    In it are statistics that state a period and are asserted or reported, not what is planned, asked or denied. Where
    one names no subject, its own indicator stands there: a cube wants a value for every dimension.

    Args:
        quads: the graph.
        base: namespace of the nodes that are made for the view.
    """
    return set(_triples(Index(quads), base))


def _triples(index: Index, base: str) -> Iterator[Triple]:
    # A set's observations have all the measures that its structure names: one set for each unit and form.
    sets: set[tuple[str, tuple[str, ...]]] = set()
    for fact in index.subjects():
        if index.kind(fact) != "statistic" or index.status(fact) not in ("asserted", "reported"):
            continue
        measures = tuple(p for p in _MEASURES if index.all(fact, p))
        if not measures or not all(index.all(fact, p) for p in (_PERIOD, _INDICATOR)):
            continue
        unit = index.words(fact, term("schema:unitText"))
        sets.add((unit, measures))
        yield fact, TYPE, term("qb:Observation")
        yield fact, term("qb:dataSet"), _set(unit, measures, base)
        for prop in (*_DIMENSIONS, *measures, *_ATTRIBUTES):
            # One value a dimension: the first, as the measure of a cube has one place.
            values = index.all(fact, prop)[:1] or (index.all(fact, _INDICATOR)[:1] if prop == _ABOUT else [])
            for value in values:
                yield fact, prop, value
                if value[0] == "<":
                    yield from _named(index, value)
    for unit, measures in sorted(sets):
        data_set = _set(unit, measures, base)
        yield data_set, TYPE, term("qb:DataSet")
        yield data_set, term("qb:structure"), f"<{base}cube-structure-{_form(measures)}>"
        yield data_set, _LABEL, text(f"Số liệu có kỳ, đơn vị: {unit or 'không nêu'}")
        english = quoted(f"Dated statistics, unit: {unit or 'not stated'}")
        yield data_set, _LABEL, f"{english}@en"
    for measures in sorted({measures for _, measures in sets}):
        yield from _structure(measures, base)


def _structure(measures: tuple[str, ...], base: str) -> Iterator[Triple]:
    structure = f"<{base}cube-structure-{_form(measures)}>"
    yield structure, TYPE, term("qb:DataStructureDefinition")
    for props, name, cls in (
        (_DIMENSIONS, "qb:dimension", "qb:DimensionProperty"),
        (measures, "qb:measure", "qb:MeasureProperty"),
        (_ATTRIBUTES, "qb:attribute", "qb:AttributeProperty"),
    ):
        for prop in props:
            component = f"<{base}cube-component-{slug(curie(prop[1:-1]))}>"
            yield structure, term("qb:component"), component
            yield component, TYPE, term("qb:ComponentSpecification")
            yield component, term(name), prop
            yield prop, TYPE, term(cls)
            if props is _DIMENSIONS:
                yield prop, term("rdfs:range"), term("rdfs:Literal" if prop == _PERIOD else "rdfs:Resource")


def _form(measures: tuple[str, ...]) -> str:
    return "-".join(slug(curie(m[1:-1]).partition(":")[2]) for m in measures)


def _set(unit: str, measures: tuple[str, ...], base: str) -> str:
    return f"<{base}cube-{slug(unit) or 'none'}-{digest(unit, 4)}-{_form(measures)}>"


def _named(index: Index, node: str) -> Iterator[Triple]:
    for prop in _NAMES:
        for value in index.all(node, prop):
            yield node, _LABEL, text(words_of(value))
    if ARTICLE in index.all(node, TYPE):
        yield node, TYPE, ARTICLE
