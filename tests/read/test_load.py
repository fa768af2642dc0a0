"""One file: its document, or a message that says what is wrong and where."""

from __future__ import annotations

import hashlib
import io
import os
import sys
from pathlib import Path
from unicodedata import normalize

import pytest

from kg.errors import InputError
from kg.language import Bilingual
from kg.model import Document, Finding
from kg.read import Source, load, load_each, looks_vietnamese

TEXT = "Sáng nay, Ủy ban nhân dân tỉnh tổ chức hội nghị tổng kết.\n"


def test_a_document_keeps_the_file_as_it_is(tmp_path: Path) -> None:
    raw = "\ufeff" + normalize("NFD", TEXT).replace("\n", "\r\n")
    file = tmp_path / "bài.một.txt"
    file.write_bytes(raw.encode("utf-8"))
    made = load(file)
    assert (made.id, made.source, made.raw, made.text) == ("bài.một", str(file), raw, TEXT)
    assert made.sha256 == hashlib.sha256(file.read_bytes()).hexdigest()


BAD = {
    "empty": (b"", "the file is empty"),
    "blank": (b"\xef\xbb\xbf \r\n\t", "the file is empty"),
    "utf16": (TEXT.encode("utf-16"), "UTF-16"),
    "utf16-bare": (("Sang nay " * 20 + TEXT).encode("utf-16-le"), "UTF-16"),
    "utf32": (TEXT.encode("utf-32"), "UTF-32"),
    "picture": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 9, "binary"),
    "control": (b"abc\x01\x02\x03\x04" * 30, "binary"),
    "cut": (TEXT.encode("utf-8") * 2 + b"\n\xe1\xbb", f"byte 0xE1 at offset {2 * len(TEXT.encode()) + 1}, line 4"),
    "legacy": (b"Th\xe0nh ph\xf4\n", "byte 0xE0 at offset 2, line 1"),
    "english": (b"The committee met on Monday to discuss the budget of the city.\n", "does not look Vietnamese"),
    "numbers": (b"12 34 56\n", "does not look Vietnamese"),
    "bare": (b"Uy ban nhan dan tinh to chuc hoi nghi tong ket.\n", "does not look Vietnamese"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_wrong_is_said(tmp_path: Path, name: str) -> None:
    content, message = BAD[name]
    file = tmp_path / f"{name}.txt"
    file.write_bytes(content)
    with pytest.raises(InputError) as caught:
        load(file)
    assert str(file) in caught.value.message
    assert message in caught.value.message
    assert caught.value.hint
    assert isinstance(caught.value.message, Bilingual)
    assert caught.value.message.vi != caught.value.message.en
    assert str(file) in caught.value.message.vi


def test_a_huge_file_is_not_read(tmp_path: Path) -> None:
    file = tmp_path / "huge.txt"
    with file.open("wb") as out:
        out.truncate(200_000_000)
    with pytest.raises(InputError, match=r"200,000,000 bytes, more than the 5,000,000"):
        load(file)


def test_the_limit_is_a_setting(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(TEXT, encoding="utf-8")
    size = file.stat().st_size
    assert load(file, max_bytes=size).text == TEXT
    with pytest.raises(InputError, match="more than"):
        load(file, max_bytes=size - 1)


def test_what_cannot_be_opened(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="No such file"):
        load(tmp_path / "none.txt")
    with pytest.raises(InputError, match="not a regular file"):
        load(tmp_path)
    os.mkfifo(tmp_path / "pipe.txt")
    # Opening it would wait for ever.
    with pytest.raises(InputError, match="not a regular file"):
        load(tmp_path / "pipe.txt")


def test_an_unreadable_file() -> None:
    # The memory of a process cannot be read from its start, by nobody: a file that fails for the administrator too.
    with pytest.raises(InputError, match=r"/proc/self/mem: cannot be read: .+"):
        load("/proc/self/mem")


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode()), encoding="ascii"))
    made = load("-")
    assert (made.id, made.source, made.text) == ("stdin", "-", TEXT)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode() * 9)))
    with pytest.raises(InputError, match="more than"):
        load("-", max_bytes=100)


def test_one_bad_file_does_not_stop_the_rest(tmp_path: Path) -> None:
    for name, content in (("a", TEXT.encode()), ("b", b"\xff\xff"), ("c", TEXT.encode())):
        (tmp_path / f"{name}.txt").write_bytes(content)
    a, b, c = load_each([Source(tmp_path / f"{name}.txt") for name in "abc"])
    assert isinstance(a, Document)
    assert isinstance(c, Document)
    assert (a.id, c.id) == ("a", "c")
    assert isinstance(b, Finding)
    assert (b.severity, b.where) == ("error", str(tmp_path / "b.txt"))
    # The place stands once, in front.
    assert str(tmp_path) not in b.message
    assert isinstance(b.message, Bilingual)
    assert str(tmp_path) not in b.message.vi


def test_a_name_that_is_not_utf8(tmp_path: Path) -> None:
    file = Path(os.fsdecode(os.fsencode(tmp_path) + b"/t\xe0i.txt"))
    file.write_text(TEXT, encoding="utf-8")
    load(file).id.encode("utf-8")


@pytest.mark.parametrize(
    ("text", "vietnamese"),
    [
        ("Ông Trần Văn Bình được bầu làm Chủ tịch.", True),
        ("TIN VẮN", True),
        ("VĂN PHÒNG CHÍNH PHỦ THÔNG BÁO", True),
        ("Le président a été élu à la tête du comité, où il siège depuis l'été dernier.", False),
        ("A reunião da comissão não terá lugar amanhã; o mês é de férias.", False),
        ("Președintele țării a fost ales în fața adunării, după două zile.", False),
        ("", False),
    ],
)
def test_the_sound_of_vietnamese(text: str, vietnamese: bool) -> None:
    assert looks_vietnamese(text) is vietnamese
