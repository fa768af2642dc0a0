"""`kg rules coverage`: which patterns fire in a corpus, and which sentences look like a fact and gave none."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.common import FAILED, argument, config, echo, kg_command, number, option, report, say
from kg.cli.terminal import clip, safe, table
from kg.model import Finding

if TYPE_CHECKING:
    from kg.extract.coverage import Coverage, Gap

PATHS = click.Path(path_type=Path)


@kg_command(
    en="Count over articles how often each pattern fires and which never do; and show the sentences that hold a "
    "trigger word of a kind and gave no fact of it, by what stands around the word, the most frequent construction "
    "first, with one place as an example. Only sentences are counted in which every required role could be filled.\n\n"
    "PATH is a file, a folder, or JSON Lines (.jsonl, .jsonl.gz) with title, lead and body in each line.",
    vi="Đếm trên các bài báo xem mỗi mẫu khớp bao nhiêu lần, mẫu nào không bao giờ khớp; và cho xem các câu có từ khoá "
    "của một loại dữ kiện mà không cho dữ kiện nào loại ấy, gom theo những gì đứng quanh từ khoá, cách nói hay gặp "
    "nhất trước, kèm một chỗ làm ví dụ. Chỉ đếm những câu có đủ thành phần cho các vai bắt buộc.\n\nPATH là tệp, thư "
    "mục, hoặc JSON Lines (.jsonl, .jsonl.gz) với title, lead, body trên mỗi dòng.",
    example="kg rules coverage data/articles --top 3\nkg rules coverage data/articles --kind award --all --format json",
)
@argument("paths", metavar="PATH...", nargs=-1, required=True, type=PATHS, en="Articles.", vi="Các bài báo.")
@option(
    "--kind", "kinds", multiple=True, en="Only this kind (may be repeated).", vi="Chỉ loại này (ghi được nhiều lần)."
)
@option(
    "--top",
    type=click.IntRange(0, 10_000),
    default=10,
    show_default=True,
    en="Constructions shown of each kind.",
    vi="Số cách nói cho xem ở mỗi loại.",
)
@option("--all", "every", is_flag=True, en="Count all sentences with a trigger word.", vi="Đếm mọi câu có từ khoá.")
@option(
    "--format",
    "form",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    en="json holds places and no text.",
    vi="json chỉ có vị trí, không có chữ của bài.",
)
def coverage(paths: tuple[Path, ...], kinds: tuple[str, ...], top: int, every: bool, form: str) -> int:
    """Read the articles one after another; print once all are counted."""
    from kg.extract.article import shipped
    from kg.extract.coverage import Survey
    from kg.pipeline import attempt
    from kg.read import articles

    extractor = shipped()
    known = list(extractor.book.about)
    if wrong := [kind for kind in kinds if kind not in known]:
        from kg.cli.rules import unknown

        raise unknown(wrong[0], known)
    survey = Survey(extractor)
    findings: list[Finding] = []
    for item in articles(paths, config().max_bytes):
        done = item if isinstance(item, Finding) else attempt(item, survey.add, item.source)
        if isinstance(done, Finding):
            findings.append(done)
    status = report(findings)
    if not survey.articles:
        return FAILED
    result = survey.result()
    chosen = kinds or tuple(result.gaps)
    if form == "json":
        click.echo(json.dumps(as_json(result, chosen, top, every), ensure_ascii=False, indent=1).encode("utf-8"))
    else:
        _show(result, chosen, top, every, bool(kinds))
    return status


def as_json(result: Coverage, kinds: tuple[str, ...], top: int, every: bool) -> dict[str, Any]:
    """The report as plain values, without any text of the articles."""

    def gap(one: Gap) -> dict[str, Any]:
        place = {"article": one.example.article, "start": one.example.span.start, "end": one.example.span.end}
        return {
            "construction": one.construction,
            "sentences": one.sentences,
            "fillable": one.fillable,
            "example": place,
        }

    return {
        "articles": result.articles,
        "patterns": [
            {"pattern": f.rule, "where": f.where, "matches": f.matches, "facts": f.facts, "articles": f.articles}
            for f in result.fired
            if f.rule.split(".")[0] in kinds or kinds == tuple(result.gaps)
        ],
        "never_match": list(result.silent),
        "match_without_fact": list(result.unkept),
        "gaps": {k: [gap(g) for g in result.frequent(k, every)[:top]] for k in kinds if k in result.gaps},
        "rare_constructions_forgotten": result.forgotten,
    }


def _show(result: Coverage, kinds: tuple[str, ...], top: int, every: bool, narrowed: bool) -> None:
    def mine(name: str) -> bool:
        return not narrowed or name.split(".")[0] in kinds

    echo(say(f"{number(result.articles)} articles", f"{number(result.articles)} bài"))
    echo()
    rows = [
        (f.rule, number(f.facts), number(f.articles), number(f.matches) if f.where else "", f.where)
        for f in result.fired
        if f.facts and mine(f.rule)
    ]
    heads = [
        say("pattern", "mẫu"),
        say("facts", "dữ kiện"),
        say("articles", "bài"),
        say("matches", "khớp"),
        say("file", "tệp"),
    ]
    echo(table(heads, rows, right=(1, 2, 3)))
    _names(
        say("match, but no fact bears their name", "có khớp nhưng không dữ kiện nào mang tên"),
        filter(mine, result.unkept),
    )
    _names(say("never match", "không bao giờ khớp"), filter(mine, result.silent))
    for kind in kinds:
        gaps = result.frequent(kind, every)[:top] if kind in result.gaps else []
        if gaps:
            echo(say(f"{kind}: a trigger word and no fact", f"{kind}: có từ khoá mà không có dữ kiện"))
            for gap in gaps:
                count = number(gap.sentences if every else gap.fillable)
                place = f"{gap.example.article} {gap.example.span.start}–{gap.example.span.end}"
                echo(f"  {count:>6}  {gap.construction}")
                echo(f"          {safe(place)}: {clip(safe(gap.example.words), 160)}")
            echo()
    if result.forgotten:
        echo(say("rare constructions were left out, there were too many", "quá nhiều cách nói, đã bỏ những cách hiếm"))


def _names(title: str, names: Any) -> None:
    listed = list(names)
    if listed:
        echo(f"{title} ({len(listed)}): {', '.join(listed)}")
        echo()
