"""`kg export`: a graph, or a part of it, in another format."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.common import argument, config, echo, kg_command, option, report, say
from kg.cli.store import PlaceType
from kg.errors import OK, UsageError
from kg.files import write_all
from kg.language import Bilingual

if TYPE_CHECKING:
    from kg.rdf.terms import Quad
    from kg.store.place import Place

# The same names as kg.rdf.export.FORMATS (a test holds it), written here so that help imports no RDF.
FORMATS = ("turtle", "trig", "nquads", "ntriples", "jsonld", "rdfxml", "graphml", "gexf", "csv", "qb", "ftm")
FOLDERS = ("neo4j",)


@kg_command(
    en="Write a graph, or a part of it, in another format. trig and nquads keep the graph of each article; the other "
    "formats hold all graphs as one. graphml and gexf are for Gephi and the like; csv has one row a role of a fact; "
    "qb is the statistics that state a period as a Data Cube, in Turtle; ftm is FollowTheMoney, one JSON object a "
    "line; neo4j makes a folder with nodes.csv and relationships.csv for Neo4j's bulk import.\n\n"
    "--article, --kind, --from, --to and --query choose a part: facts for which all of them hold, with the things and "
    "the evidence that they point to. A SELECT names facts, things or articles in its first column; a CONSTRUCT or "
    "DESCRIBE gives the triples themselves.",
    vi="Ghi đồ thị, hoặc một phần của nó, sang định dạng khác. trig và nquads giữ đồ thị riêng của từng bài; các định "
    "dạng khác gộp làm một. graphml và gexf dùng cho Gephi và tương tự; csv mỗi dòng một vai của một dữ kiện; qb là "
    "các số liệu có nêu kỳ, theo Data Cube, viết bằng Turtle; ftm là FollowTheMoney, mỗi dòng một đối tượng JSON; "
    "neo4j tạo thư mục có nodes.csv và relationships.csv để nạp hàng loạt vào Neo4j.\n\n"
    "--article, --kind, --from, --to và --query chọn một phần: các dữ kiện thoả mọi điều kiện, cùng các mục và bằng "
    "chứng mà chúng trỏ tới. SELECT nêu dữ kiện, mục hoặc bài ở cột đầu; CONSTRUCT hay DESCRIBE cho chính các bộ ba.",
    example="kg export output/graph.trig --format jsonld -o output/graph.jsonld\n"
    "kg export output/graph.trig --format csv --kind holds_post --from 2019 -o posts.csv",
)
@argument(
    "graph",
    type=PlaceType(),
    en="A graph file, a store, http(s)://… of a SPARQL endpoint, or -.",
    vi="Tệp đồ thị, kho, http(s)://… của một SPARQL endpoint, hoặc -.",
)
@option(
    "-f", "--format", "form", type=click.Choice((*FORMATS, *FOLDERS)), required=True, en="The format.", vi="Định dạng."
)
@option("-o", "--output", type=click.Path(path_type=Path), en="The file (default: -).", vi="Tệp ghi (mặc định: -).")
@option(
    "--article", "articles", multiple=True, en="Only this article (id, IRI, file).", vi="Chỉ bài này (id, IRI, tệp)."
)
@option("--kind", "kinds", multiple=True, en="Only facts of this kind.", vi="Chỉ dữ kiện thuộc loại này.")
@option(
    "--from", "since", default="", metavar="DATE", en="Only articles from then on.", vi="Chỉ bài từ ngày này trở đi."
)
@option("--to", "until", default="", metavar="DATE", en="Only articles up to then.", vi="Chỉ bài đến hết ngày này.")
@option("--query", default="", en="Only what this query finds.", vi="Chỉ những gì truy vấn này tìm thấy.")
def command(
    graph: Place,
    form: str,
    output: Path | None,
    articles: tuple[str, ...],
    kinds: tuple[str, ...],
    since: str,
    until: str,
    query: str,
) -> int:
    """Write the graph; what the format cannot hold is a finding."""
    from kg.rdf.neo4j import neo4j
    from kg.rdf.stream import stream_file, write_stream

    to_file = output is not None and str(output) != "-"
    if form in FOLDERS and not to_file:
        raise UsageError(
            Bilingual(f"{form} makes a folder: name it with -o", f"{form} tạo một thư mục: hãy ghi tên bằng -o")
        )
    quads = _chosen(graph, articles, kinds, (since, until), query)
    status = OK
    if form in FOLDERS and output is not None:
        files = neo4j(quads)
        write_all({output / name: content.encode() for name, content in files.items()})
    elif output is not None and to_file:
        status = report(stream_file(quads, form, output))
    else:
        status = report(write_stream(quads, form, sys.stdout.buffer))
    if to_file:
        echo(say(f"wrote {output}", f"đã ghi {output}"))
    return status


def _chosen(
    graph: Place, articles: tuple[str, ...], kinds: tuple[str, ...], days: tuple[str, str], query: str
) -> Iterator[Quad]:
    from kg.rdf.part import Part, part
    from kg.store.source import each_quad

    about = None
    if query:
        found = _found(graph, query)
        if not isinstance(found, frozenset):
            if articles or kinds or any(days):
                raise UsageError(
                    Bilingual(
                        "a CONSTRUCT or DESCRIBE is the part itself", "CONSTRUCT hay DESCRIBE chính là phần cần lấy"
                    ),
                    Bilingual(
                        "leave the other choices out, or write a SELECT", "bỏ các lựa chọn khác, hoặc viết SELECT"
                    ),
                )
            return iter(found)
        about = found
    wanted = Part(frozenset(kinds), _names(graph, articles), *days, about)
    return part(each_quad(graph), wanted)


def _names(graph: Place, articles: tuple[str, ...]) -> frozenset[str]:
    """Articles by id or IRI; in a store also by the file that they came from."""
    from kg.store import is_store
    from kg.store.source import open_store

    if not articles or (isinstance(graph, Path) and not is_store(graph)):
        return frozenset(articles)
    ledger = open_store(graph, read_only=True).ledger()
    found: set[str] = set()
    for name in articles:
        entries = ledger.find(name) or ledger.find(str(Path(name).resolve()))
        found.update(e.article[1:-1] for e in entries)
        found.add(name)
    return frozenset(found)


def _found(graph: Place, query: str) -> frozenset[str] | list[Quad]:
    """What a query finds: IRIs of its first column, or triples."""
    from kg.query.engine import ask
    from kg.query.source import query_text

    if str(graph) == "-":
        raise UsageError(Bilingual("--query needs a file or a store", "--query cần một tệp hoặc kho"))
    settings = config()
    answer = ask(query_text(query), graph, seconds=settings.time_limit, base=settings.base)
    report(answer.findings)
    if answer.is_graph:
        return [(str(s), str(p), str(o), "") for s, p, o in answer.rows]
    if answer.form != "select":
        raise UsageError(
            Bilingual("an ASK chooses nothing", "ASK không chọn gì"),
            Bilingual("write a SELECT, CONSTRUCT or DESCRIBE", "hãy viết SELECT, CONSTRUCT hoặc DESCRIBE"),
        )
    return frozenset(getattr(row[0], "value", "") for row in answer.rows if row)
