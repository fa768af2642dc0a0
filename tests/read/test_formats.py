"""The same articles in every format; and what is told of files that are broken or hostile."""

from __future__ import annotations

import bz2
import csv
import gzip
import io
import json
import lzma
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from encodings_of_old import cp1258, vni
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from kg.errors import InputError, UsageError
from kg.extract.article import read_article
from kg.model import Document, Finding
from kg.read import FieldMap, articles
from kg.read.charset import characters

GOLD = Path(__file__).parents[1] / "gold" / "open"
TEXTS = {f.stem: f.read_text(encoding="utf-8").strip("\n") for f in sorted(GOLD.glob("*.txt"))[:20]}


def fields(name: str) -> dict[str, str]:
    """An article as a record: the first line is the title, the second paragraph what stands before the body."""
    title, lead, body = TEXTS[name].split("\n\n", 2)
    return {"id": name, "title": title, "lead": lead, "body": body}


def warc(file: io.BufferedIOBase, *, packed: bool = False) -> None:
    writer = WARCWriter(file, gzip=packed)
    for name, text in TEXTS.items():
        title, *rest = text.split("\n\n")
        body = "".join(f"<p>{line}</p>" for line in rest)
        markup = (
            f"<html><head><meta property='og:type' content='article'></head><body><h1>{title}</h1><div>{body}</div>"
        )
        head = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
        uri = f"https://example.org/{name}"
        writer.write_record(
            writer.create_warc_record(uri, "response", payload=io.BytesIO(markup.encode()), http_headers=head)
        )
        gone = StatusAndHeaders("404 Not Found", [("Content-Type", "text/html")], protocol="HTTP/1.1")
        writer.write_record(
            writer.create_warc_record(uri + "/x", "response", payload=io.BytesIO(b"none"), http_headers=gone)
        )


def as_text(folder: Path) -> Path:
    for name, text in TEXTS.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


def as_zip(folder: Path) -> Path:
    with zipfile.ZipFile(folder / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in TEXTS.items():
            archive.writestr(f"{name}.txt", text)
        archive.writestr("readme.md", "không phải bài báo")
    return folder / "a.zip"


def as_tar(suffix: str) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        path = folder / f"a.tar{suffix}"
        with tarfile.open(path, f"w:{suffix.lstrip('.')}") as archive:
            for name, text in TEXTS.items():
                data = text.encode()
                info = tarfile.TarInfo(f"{name}.txt")
                info.size = len(data)
                archive.addfile(info, io.BytesIO(data))
        return path

    return make


def as_lines(suffix: str, pack: Callable[[bytes], bytes] = bytes) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        path = folder / f"a.jsonl{suffix}"
        path.write_bytes(pack("".join(json.dumps(fields(n)) + "\n" for n in TEXTS).encode()))
        return path

    return make


def as_table(mark: str, suffix: str) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        path = folder / f"a{suffix}"
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            rows = csv.DictWriter(file, ["id", "title", "lead", "body"], delimiter=mark)
            rows.writeheader()
            rows.writerows(fields(name) for name in TEXTS)
        return path

    return make


def as_word(folder: Path) -> Path:
    import docx

    for name, text in TEXTS.items():
        document = docx.Document()
        for line in text.split("\n\n"):
            document.add_paragraph(line)
        document.save(str(folder / f"{name}.docx"))
    return folder


FORMATS: dict[str, Callable[[Path], Path]] = {
    "text": as_text, "zip": as_zip, "tar": as_tar(""), "tar.gz": as_tar(".gz"), "tar.xz": as_tar(".xz"),
    "jsonl": as_lines(""), "jsonl.gz": as_lines(".gz", gzip.compress), "jsonl.bz2": as_lines(".bz2", bz2.compress),
    "jsonl.xz": as_lines(".xz", lzma.compress), "csv": as_table(",", ".csv"), "tsv": as_table("\t", ".tsv"),
    "semicolons": as_table(";", ".csv"), "word": as_word,
}  # fmt: skip


def documents(path: Path, **more: FieldMap) -> dict[str, Document]:
    found = list(articles([path], **more))
    assert [f for f in found if isinstance(f, Finding)] == []
    return {d.id: d for d in found if isinstance(d, Document)}


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_articles_in_every_format(tmp_path: Path, form: str) -> None:
    found = documents(FORMATS[form](tmp_path))
    assert list(found) == sorted(TEXTS)
    assert {name: d.text.strip() for name, d in found.items()} == TEXTS


# warcio's writer leaves its buffer of a record to the garbage collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning")
@pytest.mark.parametrize("packed", [False, True])
def test_web_archives(tmp_path: Path, packed: bool) -> None:
    path = tmp_path / ("a.warc.gz" if packed else "a.warc")
    with path.open("wb") as file:
        warc(file, packed=packed)
    wacz = tmp_path / "a.wacz"
    with zipfile.ZipFile(wacz, "w") as archive:
        archive.write(path, f"archive/{path.name}")
    for container in (path, wacz):
        found = [d for d in articles([container]) if isinstance(d, Document)]
        by_address = {d.origin.address: d for d in found if d.origin is not None}
        assert set(by_address) == {f"https://example.org/{name}" for name in TEXTS}
        for name in list(TEXTS)[:5]:
            clean = next(d for d in articles([as_text(tmp_path)]) if isinstance(d, Document) and d.id == name)
            page = by_address[f"https://example.org/{name}"]
            kinds = sorted((f.kind, f.status) for f in read_article(page).facts)
            assert kinds == sorted((f.kind, f.status) for f in read_article(clean).facts)


def test_other_names_of_fields_are_told_and_taken_when_confirmed(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    title, body = "Họp tổ dân phố", "Ông Lê Hữu Tân là Giám đốc Sở Nội vụ tỉnh Phú Yên, đã có nhiều năm công tác."
    row = {"Headline": title, "noi_dung": body, "ngay": "2018-03-12T09:05:00Z", "views": 7}
    path.write_text(json.dumps(row), encoding="utf-8")
    (told,) = articles([path])
    assert isinstance(told, Finding)
    assert "--map title=Headline,body=noi_dung" in told.hint
    expected = f"{title}\n\n16:05 12/03/2018\n\n{body}"
    for text in ("title=Headline,body=noi_dung,published=ngay", "guess"):
        (made,) = documents(path, fields=FieldMap.parse(text)).values()
        assert made.text == expected
    with pytest.raises(UsageError, match="tit"):
        FieldMap.parse("tit=Headline")


TEXT = (
    "Ông Lê Hữu Tân, Chủ tịch Ủy ban nhân dân tỉnh, cho biết các xã đã được cấp vốn và không thiếu thuốc trong năm "
    "2018; đường về huyện ẩm ướt, quý vị ạ, kỷ luật được giữ nghiêm, việc nghĩ đến người dân là mỹ đức."
)


@pytest.mark.parametrize("name", ["utf-8", "utf-16", "cp1258", "vni", "vni-in-utf-8"])
def test_encodings_are_recognised(name: str) -> None:
    if name.startswith("vni"):
        data = vni(TEXT)
        data = data.decode("cp1252").encode() if name.endswith("utf-8") else data
    elif name == "cp1258":
        data = cp1258(TEXT)
    else:
        data = TEXT.encode(name)
    assert characters(data, "x")[0] == TEXT


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(InputError, match=r"^x: "):
        characters(bytes(range(128, 256)) * 9 + b"\x00", "x")


def findings(path: Path, max_bytes: int = 5_000_000) -> list[Finding]:
    return [f for f in articles([path], max_bytes) if isinstance(f, Finding)]


def test_truncated_and_broken_archives(tmp_path: Path) -> None:
    whole = as_zip(tmp_path).read_bytes()
    (tmp_path / "a.zip").write_bytes(whole[: len(whole) // 2])
    assert len(findings(tmp_path / "a.zip")) == 1
    packed = as_tar(".gz")(tmp_path)
    packed.write_bytes(packed.read_bytes()[:-200])
    found = list(articles([packed]))
    assert isinstance(found[-1], Finding)
    assert sum(isinstance(d, Document) for d in found) >= 1
    (tmp_path / "b.warc").write_bytes(b"not an archive of the web" * 9)
    assert len(findings(tmp_path / "b.warc")) == 1


def test_hostile_archives(tmp_path: Path) -> None:
    path = tmp_path / "h.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.txt", "a" * 30_000_000)
        archive.writestr("../../etc/passwd.txt", TEXTS["a01_launch"])
        archive.writestr("inner.zip", b"PK\x05\x06" + bytes(18))
        archive.writestr("\x1b[31mred.txt", TEXTS["a02_session"])
    found = list(articles([path]))
    assert {d.id for d in found if isinstance(d, Document)} == {"etc-passwd", "\x1b[31mred"}
    told = {f.where.rpartition(":")[2]: f.severity for f in found if isinstance(f, Finding)}
    assert told == {"bomb.txt": "error", "inner.zip": "warning"}
    links = tmp_path / "l.tar"
    with tarfile.open(links, "w") as archive:
        info = tarfile.TarInfo("link.txt")
        info.type, info.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(info)
    (nothing,) = articles([links])
    assert isinstance(nothing, Finding)
    assert nothing.message == "no article in this file"
