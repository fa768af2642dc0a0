"""`kg rules audit`: draw firings of each pattern to be judged by a reader, and make the table of judgements."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import click

from kg.cli.common import (
    FAILED,
    FINDINGS,
    OK,
    argument,
    config,
    echo,
    kg_command,
    kg_group,
    number,
    option,
    report,
    say,
    write_text,
)
from kg.errors import UsageError
from kg.language import Bilingual
from kg.model import Finding

PATHS = click.Path(path_type=Path)
FLOOR = 0.90


@kg_group(
    en="Measure how often each pattern is right: firings are drawn, somebody reads and judges them, the table counts.",
    vi="Đo xem mỗi mẫu đúng bao nhiêu: rút ngẫu nhiên các lần khớp, người đọc phán định, bảng tổng hợp lại.",
    example="kg rules audit draw data/articles -o sample.jsonl\n"
    "kg rules audit table ontology/rules/audit/judgements.tsv --floor 0",
)
def audit() -> None:
    """Only the commands below do something."""


@kg_command(
    en="Draw firings of each pattern, all where there are fewer. The same seed and articles give the same sample, "
    "whatever their order. Each line is a fact with its sentence; the reader sets `right` to true or false: right "
    "where kind, required roles and status all are.\n\nPATH is a file, a folder, or JSON Lines (.jsonl, .jsonl.gz) "
    "with title, lead and body in each line.",
    vi="Rút các lần khớp của mỗi mẫu, ít hơn thì lấy hết. Cùng số gieo và cùng bài thì cùng mẫu rút, bất kể thứ tự. "
    "Mỗi dòng là một dữ kiện kèm câu; người đọc ghi `right` là true hoặc false: đúng khi loại, các vai bắt buộc và "
    "mức khẳng định đều đúng.\n\nPATH là tệp, thư mục, hoặc JSON Lines (.jsonl, .jsonl.gz) với title, lead, body.",
    example="kg rules audit draw data/articles --per-pattern 2 --seed 7 -o sample.jsonl",
)
@argument("paths", metavar="PATH...", nargs=-1, required=True, type=PATHS, en="Articles.", vi="Các bài báo.")
@option(
    "--per-pattern",
    type=click.IntRange(1, 10_000),
    default=20,
    show_default=True,
    en="How many firings of each.",
    vi="Số lần khớp của mỗi mẫu.",
)
@option("--seed", type=int, default=1, show_default=True, en="Any whole number.", vi="Một số nguyên bất kỳ.")
@option("-o", "--output", type=PATHS, en="The file (default: -).", vi="Tệp ghi (mặc định: -).")
def draw(paths: tuple[Path, ...], per_pattern: int, seed: int, output: Path | None) -> int:
    """Write the sample."""
    from kg.cli.terminal import json_safe
    from kg.extract.article import shipped
    from kg.extract.audit import Draw
    from kg.pipeline import attempt
    from kg.read import articles

    extractor = shipped()
    drawing = Draw(seed, per_pattern)
    findings: list[Finding] = []
    read = 0
    for item in articles(paths, config().max_bytes):
        reading = item if isinstance(item, Finding) else attempt(item, extractor.read, item.source)
        if isinstance(reading, Finding):
            findings.append(reading)
        else:
            drawing.add(reading)
            read += 1
    status = report(findings)
    if not read:
        return FAILED
    sample = drawing.sample()
    write_text(output, "".join(json_safe(json.dumps(one, ensure_ascii=False)) + "\n" for one in sample))
    if output is not None and str(output) != "-":
        patterns = len({one["pattern"] for one in sample})
        echo(
            say(
                f"{number(len(sample))} firings of {number(patterns)} patterns in {number(read)} articles: {output}",
                f"{number(len(sample))} lần khớp của {number(patterns)} mẫu trong {number(read)} bài: {output}",
            )
        )
    return status


@kg_command(
    en="Make the table of a judged sample: pattern, firings judged, right, precision, date. JUDGED is a sample of "
    "`kg rules audit draw` with `right` set, or a table of judgements. Ends with 1 where a pattern is under the floor.",
    vi="Lập bảng từ mẫu đã phán định: mẫu, số lần đã đọc, số đúng, độ chính xác, ngày. JUDGED là tệp của `kg rules "
    "audit draw` đã ghi `right`, hoặc bảng phán định. Kết thúc bằng 1 nếu có mẫu dưới ngưỡng.",
    example="kg rules audit table ontology/rules/audit/judgements.tsv --floor 0 -o audit.tsv; cat audit.tsv",
)
@argument(
    "judged", metavar="JUDGED...", nargs=-1, required=True, type=PATHS, en=".jsonl or .tsv.", vi=".jsonl hoặc .tsv."
)
@option("-o", "--output", type=PATHS, en="The table (default: -).", vi="Tệp bảng (mặc định: -).")
@option(
    "--judgements",
    type=PATHS,
    en="Write the judgements too, without text.",
    vi="Ghi cả phán định, không kèm chữ của bài.",
)
@option(
    "--date",
    en="Date of judgements that state none (default: today).",
    vi="Ngày cho phán định chưa ghi ngày (mặc định: hôm nay).",
)
@option(
    "--floor",
    type=click.FloatRange(0, 1),
    default=FLOOR,
    show_default=True,
    en="Least precision.",
    vi="Ngưỡng chính xác.",
)
def make_table(
    judged: tuple[Path, ...], output: Path | None, judgements: Path | None, date: str | None, floor: float
) -> int:
    """Write the table; tell the patterns under the floor."""
    from kg.extract.audit import judgements_tsv, read_judgements, table, table_tsv

    day = _day(date)
    found, open_ = [], 0
    for path in judged:
        some, waiting = read_judgements(path, day)
        found += some
        open_ += waiting
    if not found:
        raise UsageError(
            Bilingual("nothing is judged yet", "chưa có phán định nào"),
            Bilingual('set "right" to true or false in the sample', 'ghi "right" là true hoặc false trong tệp mẫu'),
        )
    rows = table(found)
    write_text(output, table_tsv(rows))
    if judgements is not None:
        write_text(judgements, judgements_tsv(found))
    findings = [
        Finding(
            "warning",
            row.pattern,
            Bilingual(
                f"{row.right} of {row.drawn} right, under {floor:.2f}",
                f"đúng {row.right} trên {row.drawn}, dưới {floor:.2f}",
            ),
            Bilingual("mend the pattern or remove it", "sửa hoặc bỏ mẫu này"),
        )
        for row in sorted(rows, key=lambda r: (r.precision, r.pattern))
        if row.precision < floor
    ]
    if open_:
        findings.append(
            Finding(
                "info", ", ".join(map(str, judged)), Bilingual(f"{open_} not judged yet", f"còn {open_} chưa phán định")
            )
        )
    return FINDINGS if report(findings) != OK else OK


def _day(given: str | None) -> str:
    if given is None:
        return datetime.now(UTC).date().isoformat()
    try:
        return datetime.strptime(given, "%Y-%m-%d").date().isoformat()
    except ValueError:
        raise UsageError(
            Bilingual(f"--date: {given!r} is no date", f"--date: {given!r} không phải ngày"),
            Bilingual("write it as 2025-03-31", "ghi dạng 2025-03-31"),
        ) from None


audit.add_command(draw, "draw")
audit.add_command(make_table, "table")
