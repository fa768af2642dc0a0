"""`kg check`: is a graph sound, and does its evidence stand in the articles?"""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.common import OK, argument, config, echo, kg_command, language, option, report, say


@kg_command(
    en="Check a graph against the shapes of the ontology, and its evidence: every fact has some, and every quotation "
    "is as long as its offsets say. With --articles, every quotation is compared with its file, character by "
    "character.\n\nFindings name the node, what is wrong and what to do; the status is 1 where there is one.",
    vi="Kiểm tra đồ thị theo các khuôn (SHACL) của ngữ vựng, và kiểm tra bằng chứng: dữ kiện nào cũng có, và trích dẫn "
    "dài đúng như vị trí ghi. Với --articles, từng trích dẫn được so với tệp, đến từng ký tự.\n\nMỗi điều cần xem nêu "
    "rõ nút nào, sai gì và cách sửa; có điều cần xem thì mã kết thúc là 1.",
    example="kg check output/graph.trig --articles data/articles",
)
@argument(
    "graph",
    required=False,
    type=click.Path(path_type=Path),
    en="A graph (default: graph.trig of the output folder), or -.",
    vi="Đồ thị (mặc định: graph.trig trong thư mục kết quả), hoặc -.",
)
@option(
    "--articles",
    multiple=True,
    type=click.Path(path_type=Path),
    en="Article files or folders to compare with; may be repeated.",
    vi="Tệp hay thư mục bài báo để so; ghi được nhiều lần.",
)
def command(graph: Path | None, articles: tuple[Path, ...]) -> int:
    """Print the findings, errors first."""
    from kg.pipeline import EVIDENCE
    from kg.rdf.validate import validate
    from kg.store.source import load_quads

    where = graph or config().output / EVIDENCE
    findings = validate(load_quads(where), articles, language())
    status = report(findings, out=echo)
    if status == OK:
        echo(say(f"{where}: sound", f"{where}: đạt"))
    return status
