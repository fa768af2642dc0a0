"""`kg view`: a graph as one HTML page."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.common import argument, config, echo, kg_command, option, report, say, write_text


@kg_command(
    en="Draw a graph as one HTML page that works without a network. Give graph.trig to see the sentences behind the "
    "facts; graph.ttl has none.",
    vi="Vẽ đồ thị thành một trang HTML dùng được khi không có mạng. Chọn graph.trig để xem câu văn làm chứng; "
    "graph.ttl không có phần ấy.",
    example="kg view output/graph.trig -o output/graph.html",
)
@argument("graph", type=click.Path(path_type=Path), en="A graph: .trig .ttl .nq .nt .jsonld .rdf", vi="Tệp đồ thị.")
@option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    en="The page (default: beside the graph); - prints it.",
    vi="Trang HTML (mặc định: cạnh đồ thị); - để in ra.",
)
def command(graph: Path, output: Path | None) -> int:
    """Write the page; a graph without entities or sentences is a finding."""
    from kg.view import render, write_page

    settings = config()
    lang = settings.lang if settings.lang_is_chosen else "vi"
    if output is not None and str(output) == "-":
        write_text("-", render(graph, lang))
        return report([])
    target = output or graph.with_suffix(".html")
    status = report(write_page(graph, target, lang))
    echo(say(f"wrote {target}", f"đã ghi {target}"))
    return status
