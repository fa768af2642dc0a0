"""Bytes to characters; whatever is not UTF-8 text is refused with its kind and place."""

from __future__ import annotations

import re

from kg.errors import InputError
from kg.language import Bilingual

_HEAD = 8192
_BYTE_ORDER_MARKS = (
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


def decoded(data: bytes, source: str) -> str:
    """The characters of a UTF-8 file, a byte-order mark included.

    Raises:
        InputError: it is empty, UTF-16, UTF-32, binary, or not valid UTF-8 (byte offset and line are named).
    """
    if not data.strip(b"\xef\xbb\xbf \t\r\n"):
        raise InputError(
            Bilingual(f"{source}: the file is empty", f"{source}: tệp rỗng"),
            Bilingual("put the article's text in it, or leave it out", "ghi nội dung bài vào tệp, hoặc bỏ tệp này"),
        )
    wide = _wide_encoding(data)
    if wide:
        raise InputError(
            Bilingual(f"{source}: encoded in {wide}, expected UTF-8", f"{source}: mã hoá {wide}, cần UTF-8"),
            _convert_from(wide),
        )
    head = data[:_HEAD]
    if b"\x00" in data or len(_CONTROL.findall(head)) * 20 > len(head):
        raise InputError(
            Bilingual(f"{source}: a binary file, expected UTF-8 text", f"{source}: tệp nhị phân, cần văn bản UTF-8"),
            Bilingual("extract its text first", "hãy tách lấy văn bản trước"),
        )
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        byte = f"0x{data[error.start]:02X}"
        raise InputError(
            Bilingual(
                f"{source}: not valid UTF-8: byte {byte} at offset {error.start}, line {line}",
                f"{source}: không phải UTF-8 hợp lệ: byte {byte} ở vị trí {error.start}, dòng {line}",
            ),
            _convert_from("WINDOWS-1258"),
        ) from error


def _wide_encoding(data: bytes) -> str | None:
    for mark, name in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return name
    # Without a mark: in UTF-16 text the high bytes of spaces and Latin letters are NUL, all on one side.
    head = data[: _HEAD & ~1]
    sides = head[0::2].count(0), head[1::2].count(0)
    if len(head) >= 4 and max(sides) * 10 > len(head) and min(sides) * 20 < max(sides):
        return "UTF-16"
    return None


def _convert_from(encoding: str) -> Bilingual:
    command = f"iconv -f {encoding} -t UTF-8 in.txt > out.txt"
    return Bilingual(f"convert it, for instance: {command}", f"hãy chuyển mã, chẳng hạn: {command}")
