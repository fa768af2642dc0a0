"""`kg extract`: the facts of articles as records."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import click

from kg.cli.build import default_articles
from kg.cli.common import FAILED, argument, config, echo, kg_command, language, option, progress, report
from kg.cli.inputs import FETCH_HELP, INPUTS, MAP_HELP, field_map, web
from kg.cli.terminal import table
from kg.language import Lang
from kg.model import Document, EntityRef, Fact, Filler, Finding, Reading, Stretch


@kg_command(
    en="Print what each article says: one JSON object a line (the fact record), or a table for people. Offsets are "
    "half-open and count the characters of the file as it lies on disk.",
    vi="In điều từng bài nói: mỗi bài một đối tượng JSON trên một dòng (bản ghi dữ kiện), hoặc bảng cho người đọc. Vị "
    "trí tính nửa mở, theo ký tự của tệp đúng như trên đĩa.",
    example="kg extract data/articles\nkg extract data/articles --format table --lang vi",
)
@argument("paths", nargs=-1, type=str, en=INPUTS.en, vi=INPUTS.vi)
@option(
    "--format",
    "form",
    type=click.Choice(["facts", "table"]),
    default="facts",
    show_default=True,
    en="Form of the result.",
    vi="Dạng của kết quả.",
)
@option("--map", "fields", en=MAP_HELP.en, vi=MAP_HELP.vi)
@option("--fetch", is_flag=True, en=FETCH_HELP.en, vi=FETCH_HELP.vi)
@option("--jobs", en="Processes that read articles (setting jobs).", vi="Số tiến trình đọc bài.")
def command(paths: tuple[str, ...], form: str, fields: str | None, fetch: bool, jobs: str | None) -> int:
    """Print each article as soon as it is read."""
    from functools import partial

    from kg.extract.rulebook import load_rulebook
    from kg.pipeline import each_article, how_many
    from kg.read import find_sources

    settings = config(jobs=jobs)
    # Broken rules are one error, and no article's.
    load_rulebook()
    sources, findings = find_sources(paths or [default_articles(settings)])
    work = partial(as_line) if form == "facts" else partial(as_table, lang=language())
    stream: Iterator[str | Finding] = each_article(
        sources,
        work,
        max_bytes=settings.max_bytes,
        fields=field_map(fields),
        web=web(settings, fetch),
        jobs=settings.jobs,
    )
    printed = 0
    for item in progress(stream, how_many(sources), "reading", "đang đọc"):
        if isinstance(item, Finding):
            findings.append(item)
        elif form == "facts":
            # Another program's input: nothing is made safe for terminals, JSON's own escapes do that.
            click.echo(item.encode("utf-8"))
            printed += 1
        else:
            echo(item)
            printed += 1
    status = report(findings)
    return status if printed else FAILED


def as_line(document: Document) -> str:
    """One article's fact record as a line of JSON without its line feed."""
    from kg.cli.terminal import json_safe
    from kg.extract.article import read_article
    from kg.record import to_record

    return json_safe(json.dumps(to_record(read_article(document)), ensure_ascii=False))


def as_table(document: Document, lang: Lang) -> str:
    """One article's facts as a table: what kind, how stated, by which fillers, in which words."""
    from kg.extract.article import read_article
    from kg.extract.schema import fact_kinds

    reading = read_article(document)
    kinds: dict[str, Any] = dict(fact_kinds())
    names = {e.id: e.name for e in reading.entities}
    rows = [
        (
            kinds[f.kind]["label"][lang],
            _status(f.status, lang),
            _roles(f, reading, names, kinds, lang),
            _words(f, reading),
        )
        for f in reading.facts
    ]
    if lang == "vi":
        headers = ["loại", "mức", "vai", "chữ trong bài"]
    else:
        headers = ["kind", "status", "roles", "words of the article"]
    return f"{document.id}\n{table(headers, rows, most=70)}"


def _status(status: str, lang: Lang) -> str:
    vi = {"asserted": "khẳng định", "planned": "dự định", "reported": "thuật lại", "negated": "phủ định"}
    return vi.get(status, "trước đây") if lang == "vi" else status


def _roles(fact: Fact, reading: Reading, names: dict[str, str], kinds: dict[str, Any], lang: Lang) -> str:
    def shown(filler: Filler) -> str:
        if isinstance(filler, EntityRef):
            return names[filler.id]
        if isinstance(filler, Stretch):
            return f"“{reading.document.quote(filler.span)}”"
        return str(filler.value)

    labels = kinds[fact.kind]["roles"]
    return "; ".join(
        f"{labels[role]['label'][lang] if role in labels else role}: {', '.join(map(shown, fillers))}"
        for role, fillers in {**fact.roles, **fact.qualifiers}.items()
    )


def _words(fact: Fact, reading: Reading) -> str:
    return " … ".join(reading.document.quote(span) for span in fact.evidence)
