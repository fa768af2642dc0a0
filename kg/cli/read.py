"""`kg read`: what was understood of an input, before anybody builds."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from kg.cli.common import FAILED, argument, config, echo, kg_command, option, report, say
from kg.cli.inputs import FETCH_HELP, INPUTS, MAP_HELP, field_map, web
from kg.cli.terminal import clip, json_safe
from kg.language import Bilingual
from kg.model import Document, Finding

if TYPE_CHECKING:
    from kg.text.structure import Layout

_PARTS = {
    "title": Bilingual("title", "tít"),
    "meta": Bilingual("date line", "dòng ngày"),
    "lead": Bilingual("lead", "sapo"),
    "body": Bilingual("body", "thân bài"),
    "caption": Bilingual("caption", "chú thích"),
    "byline": Bilingual("byline", "tác giả"),
    "furniture": Bilingual("left out", "bỏ qua"),
}


@kg_command(
    en="Show what was understood of an input: its articles with their parts, time, writers and origin, and what was "
    "left out and why. Nothing is built.",
    vi="Cho xem chương trình hiểu đầu vào ra sao: từng bài với các phần, thời gian, tác giả, nguồn gốc, và phần nào bị "
    "bỏ qua, vì sao. Không dựng gì.",
    example="kg read data/articles",
)
@argument("paths", nargs=-1, required=True, type=str, en=INPUTS.en, vi=INPUTS.vi)
@option("--map", "fields", en=MAP_HELP.en, vi=MAP_HELP.vi)
@option("--fetch", is_flag=True, en=FETCH_HELP.en, vi=FETCH_HELP.vi)
@option("--whole", is_flag=True, en="Whole lines, not their beginnings.", vi="In trọn từng dòng, không cắt.")
@option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    en="For people, or one JSON object a line.",
    vi="Cho người đọc, hoặc mỗi dòng một đối tượng JSON.",
)
def command(paths: tuple[str, ...], fields: str | None, fetch: bool, whole: bool, form: str) -> int:
    """Print each article as soon as it is read."""
    from kg.read import articles

    findings: list[Finding] = []
    read = 0
    settings = config()
    for item in articles(paths, settings.max_bytes, fields=field_map(fields), web=web(settings, fetch)):
        if isinstance(item, Finding):
            findings.append(item)
            continue
        read += 1
        if form == "json":
            click.echo(json_safe(json.dumps(_as_json(item), ensure_ascii=False)).encode("utf-8"))
        else:
            _show(item, whole)
    status = report(findings)
    return status if read else FAILED


def _rows(document: Document, shape: Layout) -> list[tuple[str, int, int, str]]:
    return [(b.part, *document.to_source(b.span), document.quote(b.span)) for b in shape.blocks]


def _as_json(document: Document) -> dict[str, object]:
    from kg.text.structure import layout

    shape = layout(document.text, document.parts)
    return {
        "id": document.id,
        "source": document.source,
        "sha256": document.sha256,
        "published": shape.published,
        "publisher": document.quote(shape.publisher) if shape.publisher else None,
        "address": document.origin.address if document.origin else "",
        "charset": document.origin.charset if document.origin else "utf-8",
        "fetched": document.origin.fetched if document.origin else "",
        "parts": [{"part": p, "start": a, "end": b, "text": t} for p, a, b, t in _rows(document, shape)],
    }


def _show(document: Document, whole: bool) -> None:
    from kg.text.structure import layout

    origin = document.origin
    echo(f"{document.id}  {document.source}")
    if origin is not None:
        told = [origin.address, origin.charset, origin.fetched]
        echo("  " + "  ".join(filter(None, told)))
    for part, start, end, words in _rows(document, layout(document.text, document.parts)):
        name = _PARTS[part]
        line = " ".join(words.split())
        echo(f"  {say(name.en, name.vi):10} {start:>6}–{end:<6} {line if whole else clip(line, 90)}")
    left_out = origin.left_out if origin else ()
    for kind, words in left_out:
        echo(f"  {say('left out', 'bỏ qua'):10} {kind}: {clip(words, 90)}")
    echo()
