"""`kg build`: articles to the graph and its page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.common import (
    FAILED,
    argument,
    config,
    echo,
    kg_command,
    language,
    note,
    number,
    option,
    progress,
    report,
    say,
)
from kg.cli.inputs import FETCH_HELP, INPUTS, MAP_HELP, field_map, web
from kg.cli.store import PlaceType
from kg.cli.terminal import table
from kg.config import Config
from kg.errors import UsageError
from kg.language import Bilingual

if TYPE_CHECKING:
    from kg.pipeline import Summary
    from kg.store.place import Place


@kg_command(
    en="Read articles and write graph.ttl (what they say), graph.trig (the same by article, with the evidence) and "
    "graph.html (the page). Inputs are UTF-8 text files, web pages, files that hold many articles "
    "(JSON Lines, CSV, zip, tar, WARC, WACZ), folders of these, or - for standard input; without any, the folder "
    "data/articles is read. What cannot be read is told, and the rest is built.\n\n"
    "With --engine spark the articles are read on a cluster, also from hdfs://… and the like and from Parquet, and "
    "become a store (docs/scale.md).",
    vi="Đọc bài báo rồi ghi graph.ttl (điều các bài nói), graph.trig (như trên, theo từng bài, kèm bằng chứng) và "
    "graph.html (trang xem). Đầu vào là tệp văn bản UTF-8, trang web đã lưu, tệp chứa nhiều bài (JSON Lines, CSV, "
    "zip, tar, WARC, WACZ), thư mục chứa các tệp ấy, hoặc - để đọc từ đầu vào chuẩn; nếu không ghi gì thì đọc thư mục "
    "data/articles. Bài nào không đọc được sẽ được báo, các bài khác vẫn được dựng.\n\n"
    "Với --engine spark, bài được đọc trên cụm máy, kể cả từ hdfs://… và từ Parquet, rồi thành một kho "
    "(docs/scale.md).",
    example="kg build data/articles -o output",
)
@argument("paths", nargs=-1, type=str, en=INPUTS.en, vi=INPUTS.vi)
@option(
    "-o",
    "--output",
    type=PlaceType(path_type=Path),
    en="Folder of the results (setting output); with --engine spark also the address of a SPARQL endpoint.",
    vi="Thư mục kết quả; với --engine spark cũng có thể là địa chỉ một điểm truy vấn SPARQL.",
)
@option("--base", en="Namespace of the data's IRIs (setting base).", vi="Không gian tên của IRI dữ liệu.")
@option("--map", "fields", en=MAP_HELP.en, vi=MAP_HELP.vi)
@option("--fetch", is_flag=True, en=FETCH_HELP.en, vi=FETCH_HELP.vi)
@option("--jobs", en="Processes that read articles (setting jobs).", vi="Số tiến trình đọc bài.")
@option(
    "--engine",
    type=click.Choice(["local", "spark"]),
    default="local",
    en="This machine, or a cluster of Apache Spark.",
    vi="Máy này, hoặc cụm Apache Spark.",
)
@option(
    "--master",
    en="Address of the cluster, as Spark writes it (default: all cores of this machine).",
    vi="Địa chỉ cụm máy theo cách ghi của Spark (mặc định: mọi nhân của máy này).",
)
@option(
    "--work",
    en="Folder of the finished stages, which all workers see (default: spark in the output folder).",
    vi="Thư mục giữ các bước đã xong, mọi máy đều thấy (mặc định: spark trong thư mục kết quả).",
)
@option(
    "--partitions",
    type=click.IntRange(0, 1_000_000),
    default=0,
    en="Parts of each stage (default: by the bytes of the articles).",
    vi="Số phần của mỗi bước (mặc định: theo dung lượng bài).",
)
def command(
    paths: tuple[str, ...],
    output: Place | None,
    base: str | None,
    fields: str | None,
    fetch: bool,
    jobs: str | None,
    engine: str,
    master: str | None,
    work: str | None,
    partitions: int,
) -> int:
    """Build; the status says whether all was read."""
    if engine == "spark":
        if fetch or jobs:
            raise UsageError(
                Bilingual("--fetch and --jobs are for one machine", "--fetch và --jobs chỉ dùng trên một máy"),
                Bilingual("leave them out with --engine spark", "bỏ các tuỳ chọn ấy khi dùng --engine spark"),
            )
        from kg.cli.cluster import build_on_cluster

        return build_on_cluster(
            paths, output, base=base, fields=fields, master=master, work=work, partitions=partitions
        )
    if output is not None and not isinstance(output, Path):
        raise UsageError(
            Bilingual(
                "an endpoint is filled by kg add, or with --engine spark",
                "muốn ghi vào endpoint, dùng kg add hoặc --engine spark",
            ),
            f"kg add --store {output}",
        )
    if master or work or partitions:
        raise UsageError(
            Bilingual(
                "--master, --work and --partitions need --engine spark",
                "--master, --work và --partitions cần --engine spark",
            ),
        )
    from kg.pipeline import build

    settings = config(output=output, base=base, jobs=jobs)
    summary = build(
        paths or [default_articles(settings)],
        settings.output,
        base=settings.base,
        max_bytes=settings.max_bytes,
        fields=field_map(fields),
        web=web(settings, fetch),
        jobs=settings.jobs,
        # A locale must not change what a file holds.
        page_lang=settings.lang if settings.lang_is_chosen else "vi",
        watch=lambda stream, total: progress(stream, total, "reading", "đang đọc"),
    )
    status = report(summary.findings)
    if not summary.articles:
        note(say("nothing was built: no article could be read", "chưa dựng gì: không đọc được bài nào"))
        return FAILED
    show(summary)
    return status


def default_articles(settings: Config) -> Path:
    """The folder that is read when none is named: the setting, or the shipped articles where that does not exist."""
    from kg.resources import resource

    if settings.origins["articles"] == "default" and not settings.articles.exists():
        return resource("data", "articles")
    return settings.articles


def show(summary: Summary) -> None:
    """Print what was read, found and written."""
    from kg.extract.schema import fact_kinds

    kinds = fact_kinds()
    read, characters = number(summary.articles), number(summary.characters)
    one = summary.articles == 1
    echo(say(f"{read} article{'' if one else 's'}, {characters} characters", f"{read} bài báo, {characters} ký tự"))
    echo()
    rows = [(kind, kinds[kind]["label"][language()], number(n)) for kind, n in summary.facts.items()]
    rows.append(("", say("all facts", "tất cả"), number(sum(summary.facts.values()))))
    headers = [say("kind", "loại"), say("meaning", "ý nghĩa"), say("facts", "dữ kiện")]
    echo(table(headers, rows, right=(2,)), end="")
    echo()
    for file in summary.files:
        echo(say(f"wrote {file}", f"đã ghi {file}"))
