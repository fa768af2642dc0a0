"""Word and PDF files: the text that is in them."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest

from kg.errors import InputError
from kg.model import Document, Finding
from kg.read import articles, load
from kg.read.office import pdf_text, word_text

LINES = (
    "Lạng Giang họp bàn về ngân sách",
    "Sáng 12/3, UBND huyện Lạng Giang tổ chức hội nghị về ngân sách năm 2018.",
    "Ông Hầu A Sính, Chủ tịch UBND huyện, chủ trì hội nghị.",
)


def word() -> bytes:
    document = docx.Document()
    document.add_heading(LINES[0])
    for line in LINES[1:]:
        document.add_paragraph(line)
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Thu", "152 tỷ đồng"
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def pdf(text: str) -> bytes:
    """A PDF of one page in a built-in font: letters of Latin-1 only."""
    stream = "BT /F1 12 Tf 50 700 Td " + " ".join(f"({line}) Tj 0 -16 Td" for line in text.split("\n")) + " ET"
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        f"<</Length {len(stream)}>>stream\n{stream}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out, places = b"%PDF-1.4\n", []
    for n, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{n} 0 obj{body}endobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    return (
        out
        + f"xref\n0 6\n0000000000 65535 f \n{table}trailer<</Size 6/Root 1 0 R>>\nstartxref\n{len(out)}\n%%EOF".encode()
    )


def test_a_word_file_is_its_paragraphs(tmp_path: Path) -> None:
    file = tmp_path / "bai.docx"
    file.write_bytes(word())
    assert load(file).text == "\n\n".join([*LINES, "Thu | 152 tỷ đồng"])
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.write(file, "bai.docx")
    (inside,) = articles([tmp_path / "a.zip"])
    assert isinstance(inside, Document)
    assert inside.text == load(file).text


def test_lines_of_a_pdf_are_joined_to_paragraphs() -> None:
    found = pdf_text(pdf("UBND huyen hop ban ve\nngan sach nam 2018.\nOng An chu tri."), "x")
    assert found == "UBND huyen hop ban ve ngan sach nam 2018.\n\nOng An chu tri."


@pytest.mark.parametrize(
    ("read", "data", "says"),
    [
        (word_text, b"no word file", "not a Word file"),
        (word_text, word()[:-200], "not a Word file"),
        (pdf_text, b"%PDF-1.4 broken", "not a PDF file"),
        (pdf_text, pdf(""), "without a text layer"),
    ],
)
def test_what_cannot_be_read_is_told(read: object, data: bytes, says: str) -> None:
    with pytest.raises(InputError, match=says):
        read(data, "x")  # type: ignore[operator]


def test_a_broken_file_costs_no_other(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(b"PK\x03\x04 broken")
    (tmp_path / "b.pdf").write_bytes(pdf(""))
    (tmp_path / "c.txt").write_text(LINES[1], encoding="utf-8")
    found = list(articles([tmp_path]))
    assert sum(isinstance(f, Finding) for f in found) == 2
    assert [d.id for d in found if isinstance(d, Document)] == ["c"]
