"""Finds gold and articles on disk."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from kg.errors import InputError
from kg.evaluate.authored import load_authored
from kg.evaluate.records import Record, cannot_read, load_json
from kg.language import Bilingual


@dataclass(frozen=True, slots=True)
class Case:
    """One gold document with its article.

    Attributes:
        gold: the expected record.
        path: the article's file.
        text: the file as it lies on disk, decoded.
    """

    gold: Record
    path: Path
    text: str


def load_cases(gold: Path, texts: Path) -> list[Case]:
    """All gold below the folder `gold` (.json records and authored .toml), by name, with the articles of `texts`.

    Raises:
        InputError: there is no gold, an article is missing, or it is not the one that was annotated.
    """
    if not gold.is_dir():
        raise InputError(Bilingual(f"{gold}: not a folder", f"{gold}: không phải thư mục"))
    records: list[tuple[Record, Path]] = []
    for path in sorted((*gold.glob("*.json"), *gold.glob("*.toml"))):
        if path.suffix == ".toml":
            records.append((load_authored(path).record, path.with_suffix(".txt")))
        elif (record := load_json(path)) is not None:
            records.append((record, texts / f"{record.doc}.txt"))
    if not records:
        raise InputError(
            Bilingual(f"{gold}: no gold record in it", f"{gold}: không có bản chuẩn nào"),
            Bilingual("gold is one .json or .toml file a document", "bản chuẩn: mỗi bài một tệp .json hoặc .toml"),
        )
    return [_case(record, path) for record, path in records]


def _case(gold: Record, path: Path) -> Case:
    try:
        raw = path.read_bytes()
        text = raw.decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise cannot_read(path, error) from error
    if gold.sha256 and hashlib.sha256(raw).hexdigest() != gold.sha256:
        raise InputError(
            Bilingual(
                f"{path}: the text is not the one that was annotated", f"{path}: văn bản không phải bản đã chú giải"
            ),
            Bilingual("its digest differs from gold's sha256", "mã băm khác với sha256 trong bản chuẩn"),
        )
    return Case(gold, path, text)
