"""The same facts, the same bytes; and every reader reads the same triples from them."""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from rdf_samples import as_rdflib, fair, note, quads_of
from rdflib.compare import isomorphic

from kg.model import ArticleMeta, Entity, Fact, Reading, Span, Value
from kg.rdf import terms
from kg.rdf.serialize import trig, turtle
from kg.rdf.write import default_graph, write_reading
from kg.read import document

HERE = Path(__file__).parent
GOLDEN = HERE / "golden"


def made() -> dict[str, str]:
    graphs = [write_reading(r) for r in (fair(), note())]
    return {"fair.ttl": turtle(default_graph(graphs)), "fair.trig": trig(q for g in graphs for q in g.quads())}


@pytest.mark.parametrize("name", ["fair.ttl", "fair.trig"])
def test_golden_bytes(name: str) -> None:
    """After a change that is meant: python tests/rdf/test_rdf_stable.py, and read the difference."""
    assert made()[name] == (GOLDEN / name).read_text(encoding="utf-8")


def test_golden_turtle_is_the_default_graph() -> None:
    expected = as_rdflib(default_graph(write_reading(r) for r in (fair(), note())))
    assert isomorphic(rdflib.Graph().parse(GOLDEN / "fair.ttl"), expected)


# rdflib's own code, when it parses TriG.
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_golden_trig_read_by_two_parsers() -> None:
    content = (GOLDEN / "fair.trig").read_bytes()
    quads = {
        (str(q.subject), str(q.predicate), str(q.object), str(q.graph_name))
        for q in ox.parse(content, format=ox.RdfFormat.TRIG)
    }
    assert quads == set(quads_of(fair(), note()))
    dataset = rdflib.Dataset()
    dataset.parse(data=content, format="trig")
    assert len(list(dataset.quads())) == len(quads)


@pytest.mark.parametrize("name", ["fair.ttl", "fair.trig"])
def test_rapper_counts_the_same_triples(name: str) -> None:
    """An independent parser (Debian's raptor2-utils); it reads TriG as the union of its graphs."""
    program = shutil.which("rapper")
    assert program, "rapper is missing: run scripts/setup dev"
    form = {".ttl": "turtle", ".trig": "trig"}[Path(name).suffix]
    told = subprocess.run(
        [program, "-q", "-i", form, "-o", "ntriples", GOLDEN / name], capture_output=True, text=True, check=True
    )
    quads = (
        set(quads_of(fair(), note())) if form == "trig" else default_graph(write_reading(r) for r in (fair(), note()))
    )
    assert len(told.stdout.splitlines()) == len(quads)


@given(st.randoms(use_true_random=False))
def test_order_does_not_matter(order: random.Random) -> None:
    quads = quads_of(fair(), note())
    expected = trig(quads), turtle(q[:3] for q in quads)
    order.shuffle(quads)
    assert (trig(quads), turtle(q[:3] for q in [*quads, *quads[:50]])) == expected


def test_order_of_articles_does_not_matter() -> None:
    graphs = [write_reading(r) for r in (fair(), note())]
    assert default_graph(graphs) == default_graph(reversed(graphs))


@pytest.mark.parametrize(("seed", "locale", "zone"), [("1", "C", "UTC"), ("2", "vi_VN.UTF-8", "Asia/Ho_Chi_Minh")])
def test_hash_seed_locale_and_time_zone_do_not_matter(seed: str, locale: str, zone: str) -> None:
    code = (
        f"import sys; sys.path.insert(0, {str(HERE)!r}); import test_rdf_stable as t; "
        "sys.stdout.buffer.write(t.made()['fair.trig'].encode())"
    )
    environment = {**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": locale, "TZ": zone, "PYTHONUTF8": "0"}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, check=True)
    assert done.stdout.decode() == (GOLDEN / "fair.trig").read_text(encoding="utf-8")


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_any_text_survives_as_a_literal(words: str) -> None:
    literal = terms.text(words)
    assert terms.split_literal(literal) == (words, "vi", "")
    content = turtle([("<https://w3id.org/vnkg/id/x>", terms.term("schema:text"), literal)])
    (triple,) = ox.parse(content.encode(), format=ox.RdfFormat.TURTLE)
    assert triple.object == ox.Literal(words, language="vi")
    (found,) = rdflib.Graph().parse(data=content, format="turtle").objects()
    assert str(found) == words


@pytest.mark.parametrize(
    ("value", "expected", "lexical"),
    [
        ("2019-06-08", "date", "2019-06-08"), ("2019-06", "gYearMonth", "2019-06"), ("2019", "gYear", "2019"),
        ("--06-08", "gMonthDay", "--06-08"), ("--06", "gMonth", "--06"),
        ("2019-06-08T20:24", "dateTime", "2019-06-08T20:24:00+07:00"),
    ],
)  # fmt: skip
def test_dates_are_as_precise_as_the_text(value: str, expected: str, lexical: str) -> None:
    # Not asked of rdflib: owlrl, which pyshacl brings, puts converters into it that refuse good gMonth values.
    assert terms.date(value) == f'"{lexical}"^^<http://www.w3.org/2001/XMLSchema#{expected}>'


def test_what_is_no_date_is_none_and_a_range_is_an_interval() -> None:
    assert terms.date("6 tháng đầu năm") is None
    assert terms.date("14/63") is None
    assert terms.date("2020/2025") == f'"2020/2025"^^{terms.EDTF}'


@pytest.mark.parametrize(
    ("value", "expected"), [(62, "62"), (62.5, "62.5"), (3.0, "3"), (1e-07, "0.0000001"), (2e16, "20000000000000000")]
)
def test_numbers_are_canonical(value: float, expected: str) -> None:
    assert terms.split_literal(terms.number(value))[0] == expected


PIECES = st.sampled_from(
    ["Bà Lê Thị Mận", "giữ chức", "Trưởng thôn", "\r\n", "\n", "\u00a0", " ", ".", "ệ", "e\u0323\u0302", "Đ"]
)


@given(st.booleans(), st.lists(PIECES, min_size=1, max_size=12).map("".join), st.data())
def test_quotations_are_the_files_own_characters(mark: bool, words: str, data: st.DataObject) -> None:
    """Byte-order mark, CRLF, decomposed letters, NBSP: offsets and quotations are those of the file as it lies."""
    raw = ("\ufeff" if mark else "") + words
    article = document(raw)
    if not article.text:
        return
    start = data.draw(st.integers(0, len(article.text) - 1))
    end = data.draw(st.integers(start + 1, len(article.text)))
    fact = Fact("holds_post", {"post": (Value("x", Span(start, end)),)}, (Span(start, end),))
    reading = Reading(article, ArticleMeta(), (Entity("e1", "Person", "Mận"),), (fact,))
    store = ox.Store()
    content = trig(write_reading(reading).quads()).encode()
    store.load(content, ox.RdfFormat.TRIG)
    found = list(
        store.query(
            "PREFIX oa: <http://www.w3.org/ns/oa#> SELECT ?s ?e ?x ?b ?a { ?n oa:hasSelector ?p, ?q . "
            "?p oa:start ?s ; oa:end ?e . ?q oa:exact ?x ; oa:prefix ?b ; oa:suffix ?a }",
            use_default_graph_as_union=True,
        )
    )
    assert len(found) == 1
    first, last = int(found[0]["s"].value), int(found[0]["e"].value)
    assert raw[first:last] == found[0]["x"].value
    before, after = found[0]["b"].value, found[0]["a"].value
    assert raw[first - len(before) : last + len(after)] == before + found[0]["x"].value + after


def test_iris_follow_the_content_of_the_article() -> None:
    one, other = document("Bà Mận.", id="tin"), document("Bà Mơ.", id="tin")
    made_of = [write_reading(Reading(d, ArticleMeta(), (), ())).article for d in (one, other, one)]
    assert made_of[0] == made_of[2] != made_of[1]
    assert f"article-tin-{hashlib.sha256('Bà Mận.'.encode()).hexdigest()[:12]}>" in made_of[0]


if __name__ == "__main__":
    for file, content in made().items():
        (GOLDEN / file).write_text(content, encoding="utf-8", newline="\n")
