"""Word files and PDF files with a text layer: their text, paragraph by paragraph."""

from __future__ import annotations

import io
import re
from typing import Any

from kg.errors import InputError
from kg.language import Bilingual
from kg.read.errors import missing_extra

_SENTENCE_END = (".", "!", "?", "…", "”", '"', ":", ";", ")")
_WORD_BYTES = 60_000_000  # of an unpacked Word file: it is a zip, and may be a bomb


def word_text(data: bytes, where: str) -> str:
    """The paragraphs of a .docx file, those of tables a row a line.

    Raises:
        InputError: it is no Word file, or broken.
        KgError: the extra `office` is not installed.
    """
    try:
        import docx
    except ImportError as error:
        raise missing_extra(where, "office", "python-docx") from error
    import zipfile

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(i.file_size for i in archive.infolist()) > _WORD_BYTES:
                raise ValueError("too large when unpacked")
        document: Any = docx.Document(io.BytesIO(data))
        lines = []
        for block in document.iter_inner_content():
            if hasattr(block, "rows"):
                lines += [" | ".join(dict.fromkeys(c.text.strip() for c in row.cells)) for row in block.rows]
            else:
                lines.append(block.text)
    except Exception as error:
        # The reader lets through whatever its zip and XML libraries raise.
        raise _broken(where, "Word", error) from error
    return "\n\n".join(line.strip() for line in lines if line.strip())


def pdf_text(data: bytes, where: str) -> str:
    """The text of a PDF file, its lines joined to paragraphs.

    Raises:
        InputError: it is no PDF, broken, locked, or has no text layer (a scan).
        KgError: the extra `office` is not installed.
    """
    try:
        import pypdf
    except ImportError as error:
        raise missing_extra(where, "office", "pypdf") from error
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise ValueError("it wants a password")
        text = "\n\n".join(page.extract_text() or "" for page in reader.pages)
    except Exception as error:
        # As above: a broken file may raise anything.
        raise _broken(where, "PDF", error) from error
    if len(re.sub(r"\W", "", text)) < 20:
        raise InputError(
            Bilingual(f"{where}: a PDF without a text layer", f"{where}: PDF không có lớp văn bản"),
            Bilingual("recognise its text first (OCR)", "hãy nhận dạng chữ (OCR) trước"),
        )
    return _paragraphs(text)


def _paragraphs(text: str) -> str:
    """Lines as they were set, joined: a line that ends no sentence goes on in the next, if that is of the same block.

    >>> _paragraphs("Tin\\n\\nUBND tỉnh họp bàn về ngân sách\\nnăm 2018.\\nÔng A chủ trì.")
    'Tin\\n\\nUBND tỉnh họp bàn về ngân sách năm 2018.\\n\\nÔng A chủ trì.'
    """
    out: list[str] = []
    for block in re.split(r"\n\s*\n", text):
        held = ""
        for line in block.split("\n"):
            line = " ".join(line.split())
            if not line:
                continue
            held = f"{held} {line}" if held else line
            if line.endswith(_SENTENCE_END):
                out.append(held)
                held = ""
        if held:
            out.append(held)
    return "\n\n".join(out)


def _broken(where: str, kind: str, error: Exception) -> InputError:
    reason = str(error) or type(error).__name__
    return InputError(
        Bilingual(
            f"{where}: not a {kind} file that can be read: {reason}", f"{where}: không đọc được tệp {kind}: {reason}"
        )
    )
