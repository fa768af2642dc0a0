"""`kg eval`: precision, recall and F1 of the extraction against gold."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from kg.cli.common import FINDINGS, OK, argument, echo, kg_command, note, option, progress, say
from kg.errors import UsageError
from kg.evaluate import (
    Case,
    DocumentScore,
    Evaluation,
    Record,
    RecordFact,
    as_json,
    as_table,
    evaluate,
    load_cases,
    load_predictions,
    sentence_around,
    show_fact,
)
from kg.language import Bilingual

_FOLDER = click.Path(path_type=Path, file_okay=False)


@kg_command(
    en="Measure the facts that are found in the articles of TEXT against the gold records of GOLD: entities, facts "
    "and their arguments, per kind, with 95 % intervals over documents. GOLD holds one .json record or one authored "
    ".toml a document; TEXT holds the articles as .txt and is GOLD itself where it is left out.",
    vi="So dữ kiện tìm được trong các bài của TEXT với bản chuẩn trong GOLD: thực thể, dữ kiện và thành phần của "
    "chúng, theo từng loại, kèm khoảng tin cậy 95 % theo bài. GOLD chứa mỗi bài một tệp .json hoặc .toml; TEXT chứa "
    "các bài .txt, bỏ trống thì lấy chính GOLD.",
    example="kg eval tests/gold/open --errors 3\n"
    "kg extract tests/gold/open > r.jsonl; kg eval tests/gold/open --predictions r.jsonl --json",
)
@argument("gold", type=_FOLDER, en="Folder of gold records.", vi="Thư mục bản chuẩn.")
@argument("text", type=_FOLDER, required=False, en="Folder of the articles.", vi="Thư mục bài báo.")
@option(
    "--predictions",
    type=click.Path(path_type=Path, dir_okay=False),
    en="Measure these records (one JSON object a line) instead of reading the articles.",
    vi="Đo các bản ghi này (mỗi dòng một JSON) thay vì đọc bài.",
)
@option("--docs", en="Only these documents, separated by commas.", vi="Chỉ các bài này, cách nhau bằng dấu phẩy.")
@option("--per-doc", is_flag=True, en="One line a document.", vi="Mỗi bài một dòng.")
@option(
    "--errors",
    type=click.IntRange(min=0),
    default=0,
    metavar="N",
    en="Show up to N missed and N spurious facts a document, with their sentences.",
    vi="Mỗi bài hiện tối đa N dữ kiện bị sót và N dữ kiện thừa, kèm câu.",
)
@option("--json", "as_json_", is_flag=True, en="The figures as JSON.", vi="Kết quả dạng JSON.")
def command(
    gold: Path,
    text: Path | None,
    predictions: Path | None,
    docs: str | None,
    per_doc: bool,
    errors: int,
    as_json_: bool,
) -> int:
    """Print the figures; 1 where a document had no prediction."""
    cases = _chosen(load_cases(gold, text or gold), docs)
    found = load_predictions(predictions) if predictions else _read(cases)
    result = evaluate([c.gold for c in cases], found)
    if as_json_:
        echo(json.dumps(as_json(result), indent=1, ensure_ascii=False))
    else:
        for line in _report(cases, found, result, per_doc, errors):
            echo(line)
    for doc in result.without_prediction:
        note(say(f"{doc}: no prediction; it scores nothing", f"{doc}: không có kết quả; tính là không tìm được gì"))
    return FINDINGS if result.without_prediction else OK


def _chosen(cases: list[Case], docs: str | None) -> list[Case]:
    if docs is None:
        return cases
    wanted = {d.strip() for d in docs.split(",")}
    unknown = wanted - {c.gold.doc for c in cases}
    if unknown:
        names = ", ".join(sorted(unknown))
        raise UsageError(
            Bilingual(f"--docs: no gold for {names}", f"--docs: không có bản chuẩn cho {names}"),
            Bilingual("a document is named by its file, without the suffix", "tên bài là tên tệp bỏ đuôi"),
        )
    return [c for c in cases if c.gold.doc in wanted]


def _read(cases: Sequence[Case]) -> dict[str, Record]:
    # Here, so that measuring records from a file needs no rules.
    from kg.evaluate.running import predict_one

    return {c.gold.doc: predict_one(c) for c in progress(cases, len(cases), "articles", "bài")}


def _report(
    cases: Sequence[Case], found: dict[str, Record], result: Evaluation, per_doc: bool, errors: int
) -> Iterator[str]:
    for case, score in zip(cases, result.documents, strict=True):
        if per_doc:
            t = score.total("facts")
            yield f"{score.doc:24} P {t.precision:.2f}  R {t.recall:.2f}  F1 {t.f1:.2f}"
        if errors:
            yield from _errors(case, found.get(score.doc, Record(score.doc)), score, errors)
    yield from as_table(
        result,
        {
            "documents": say("documents", "số bài"),
            "gold": say("gold", "chuẩn"),
            "predicted": say("found", "tìm được"),
            "all": say("ALL", "TẤT CẢ"),
            "status": say("status right on matched facts", "đúng trạng thái"),
            "evidence": say("evidence right on matched facts", "đúng bằng chứng"),
        },
    )


def _errors(case: Case, predicted: Record, score: DocumentScore, most: int) -> Iterator[str]:
    missed, spurious = say("missed", "sót"), say("spurious", "thừa")
    shown: list[tuple[str, RecordFact, Record]] = [
        *((missed, f, case.gold) for f in score.missed[:most]),
        *((spurious, f, predicted) for f in score.spurious[:most]),
    ]
    for label, fact, record in shown:
        yield f"  {score.doc} {label}: {show_fact(fact, record, case.text)}"
        if fact.evidence:
            yield f"      {sentence_around(case.text, fact.evidence[0])}"
