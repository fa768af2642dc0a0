"""`kg query`: SPARQL about a graph, read-only and within a time limit."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from kg.cli.common import OK, argument, config, echo, kg_command, language, option, report, say, write_text
from kg.cli.store import PlaceType
from kg.cli.terminal import safe, table
from kg.errors import UsageError
from kg.language import Bilingual, in_language

if TYPE_CHECKING:
    from kg.query.engine import Answer
    from kg.store.place import Place

FORMATS = ("table", "csv", "tsv", "json", "turtle")


def _names(_: click.Context, __: click.Parameter, incomplete: str) -> list[str]:
    """Named queries, for the completion of the shell."""
    from kg.query.source import named_queries

    return [name for name in named_queries() if name.startswith(incomplete)]


@kg_command(
    en="Ask a graph. The query is SPARQL, a file (.rq), the name of a query of ours (--list), or - for standard input. "
    "The prefixes of the ontology are known, and d: for the data.\n\n"
    "Without --graph, graph.trig of the output folder is asked (facts and evidence), or graph.ttl where there is no "
    "graph.trig. Queries only read: updates, SERVICE and FROM another file are refused.",
    vi="Hỏi đồ thị. Truy vấn là SPARQL, một tệp (.rq), tên một truy vấn có sẵn (--list), hoặc - để đọc từ đầu vào "
    "chuẩn. Các tiền tố của ngữ vựng đã khai báo sẵn, và d: là dữ liệu.\n\n"
    "Nếu không có --graph thì hỏi graph.trig trong thư mục kết quả (dữ kiện và bằng chứng), không có thì graph.ttl. "
    "Truy vấn chỉ đọc: lệnh cập nhật, SERVICE và FROM tệp khác bị từ chối.",
    example="kg query 'SELECT ?name WHERE { ?person a schema:Person ; schema:name ?name }'\nkg query --list",
)
@argument(
    "query",
    required=False,
    shell_complete=_names,
    en="SPARQL, a file, a name, or -.",
    vi="SPARQL, tệp, tên truy vấn, hoặc -.",
)
@option(
    "--graph",
    "-g",
    type=PlaceType(),
    en="The graph to ask (.ttl .trig .nt .nq .rdf .jsonld, a store, http(s)://… of a SPARQL endpoint).",
    vi="Đồ thị cần hỏi (.ttl .trig .nt .nq .rdf .jsonld, kho, http(s)://… của một SPARQL endpoint).",
)
@option(
    "--format",
    "-f",
    "form",
    type=click.Choice(FORMATS),
    en="Form of the answer; by default a table, and Turtle for CONSTRUCT and DESCRIBE.",
    vi="Dạng của kết quả; mặc định là bảng, và Turtle cho CONSTRUCT, DESCRIBE.",
)
@option("--output", "-o", default="-", en="File for the answer, - for standard output.", vi="Tệp ghi kết quả.")
@option(
    "--limit-time",
    type=float,
    metavar="SECONDS",
    en="Stop a query after so many seconds (setting time_limit, 30).",
    vi="Dừng truy vấn sau bấy nhiêu giây (thiết lập time_limit, 30).",
)
@option("--list", "listing", is_flag=True, en="List the named queries.", vi="Liệt kê các truy vấn có sẵn.")
def command(
    query: str | None, graph: Place | None, form: str | None, output: str, limit_time: float | None, listing: bool
) -> int:
    """Print the answer; terms that exist nowhere are findings."""
    from kg.query.engine import ask
    from kg.query.formats import serialise
    from kg.query.source import default_graph, named_queries, query_text

    if listing:
        rows = [(q.name, in_language(q.title, language())) for q in named_queries().values()]
        echo(table([say("name", "tên"), say("what it answers", "trả lời câu hỏi")], rows), end="")
        return OK
    if query is None:
        raise UsageError(
            Bilingual("a query is missing", "thiếu truy vấn"),
            Bilingual("see `kg query --list` and `kg query --help`", "xem `kg query --list` và `kg query --help`"),
        )
    settings = config(time_limit=limit_time)
    text = _standard_input() if query == "-" else query_text(query)
    where = graph or default_graph(settings.output)
    answer = ask(text, where, seconds=settings.time_limit, base=settings.base)
    form = form or ("turtle" if answer.is_graph else "table")
    if form != "table":
        result = serialise(answer, form, settings.base)
        # CSV has no escapes: a terminal gets visible signs, a file or a pipe the graph's own characters.
        to_terminal = form == "csv" and output == "-" and sys.stdout.isatty()
        write_text(output, safe(result, keep="\r\n\t") if to_terminal else result)
    else:
        write_text(output, _table(answer, settings.base, _columns(output)))
    return report(answer.findings)


def _standard_input() -> str:
    return sys.stdin.buffer.read().decode("utf-8", "replace")


def _columns(output: str) -> int | None:
    """Columns of the terminal; None where the answer goes elsewhere, and is not to be broken."""
    import shutil

    return shutil.get_terminal_size().columns if output == "-" and sys.stdout.isatty() else None


def _table(answer: Answer, base: str, columns: int | None) -> str:
    from kg.cli.columns import fitted
    from kg.query.formats import reading_rows

    if answer.truth is not None:
        return say("yes (true)", "đúng (true)") + "\n" if answer.truth else say("no (false)", "sai (false)") + "\n"
    rows, numbers = reading_rows(answer, base)
    count = {
        0: say("no rows", "không có dòng nào"),
        1: say("1 row", "1 dòng"),
    }.get(len(rows), say(f"{len(rows)} rows", f"{len(rows)} dòng"))
    return f"{fitted(answer.variables, rows, numbers, columns)}({count})\n"
