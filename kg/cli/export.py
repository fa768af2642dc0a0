"""`kg export`: a graph in another format."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.common import argument, echo, kg_command, option, report, say, write_text

# The same names as kg.rdf.export.FORMATS (a test holds it), written here so that help imports no RDF.
FORMATS = ("turtle", "trig", "nquads", "ntriples", "jsonld", "rdfxml", "graphml", "gexf", "csv")


@kg_command(
    en="Write a graph in another format. trig and nquads keep the graph of each article; the other formats hold all "
    "graphs as one. graphml and gexf are for Gephi and the like; csv has one row a role of a fact.",
    vi="Ghi đồ thị sang định dạng khác. trig và nquads giữ đồ thị riêng của từng bài; các định dạng khác gộp làm một. "
    "graphml và gexf dùng cho Gephi và tương tự; csv mỗi dòng một vai của một dữ kiện.",
    example="kg export output/graph.trig --format jsonld -o output/graph.jsonld",
)
@argument("graph", type=click.Path(path_type=Path), en="A graph file, or -.", vi="Tệp đồ thị, hoặc -.")
@option("-f", "--format", "form", type=click.Choice(FORMATS), required=True, en="The format.", vi="Định dạng.")
@option("-o", "--output", type=click.Path(path_type=Path), en="The file (default: -).", vi="Tệp ghi (mặc định: -).")
def command(graph: Path, form: str, output: Path | None) -> int:
    """Write the graph; what the format cannot hold is a finding."""
    from kg.rdf.export import export
    from kg.store.source import load_quads

    content, findings = export(load_quads(graph), form)
    write_text(output, content)
    status = report(findings)
    if output is not None and str(output) != "-":
        echo(say(f"wrote {output}", f"đã ghi {output}"))
    return status
