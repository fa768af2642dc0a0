"""Bytes of unknown encoding to characters: UTF-8 and 16, Windows-1258, and the old Vietnamese encodings.

What a page declares is tried, not believed: pages in TCVN3 or VNI declared themselves Latin-1 or nothing. Each
candidate is judged by the Vietnamese function words that it yields.

Sources of the tables: TCVN 5712:1993 (TCVN3, "ABC" fonts) and RFC 1456 (VISCII) as glibc's iconv has them, and VNI-Win
as the fonts of that family have it.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from itertools import product

from kg.errors import InputError
from kg.language import Bilingual

_TCVN3 = (
    "ĂÂÊÔƠƯĐăâêôơưđ\ufffd\ufffd\ufffd\ufffd\ufffd\ufffdàảãáạ\ufffdằẳẵắ\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd\ufffdặầẩẫấậè"
    "\ufffdẻẽéẹềểễếệìỉ\ufffd\ufffd\ufffdĩíịò\ufffdỏõóọồổỗốộờởỡớợù\ufffdủũúụừửữứựỳỷỹýỵ\ufffd"
)  # bytes 0xA1 to 0xFF
_VISCII = (
    "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯ"
    "ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡưàáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ"
)  # bytes 0x80 to 0xFF
_VISCII_LOW = {0x02: "Ẳ", 0x05: "Ẵ", 0x06: "Ẫ", 0x14: "Ỷ", 0x19: "Ỹ", 0x1E: "Ỵ"}
_COMMON = "của và các được không là trong với những người cho đã một về để này năm tại từ theo có"
_MARKED = frozenset(w for w in _COMMON.split() if not w.isascii())
_WORD = re.compile(r"[^\W\d_]+")
_DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w:.-]{2,40})""", re.IGNORECASE)
_XML = re.compile(rb"""<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w:.-]{2,40})""", re.IGNORECASE)
_HEAD = 8192
_SAMPLE = 200_000
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def _vni_table() -> dict[str, str]:
    """VNI-Win: a vowel, then its mark as a letter of Latin-1; a few letters of their own."""
    tones = dict(zip("ùøûõï", ("\u0301", "\u0300", "\u0309", "\u0303", "\u0323"), strict=True))
    circumflex = {"â": "\u0302", **dict(zip("áàåãä", ("\u0302" + t for t in tones.values()), strict=True))}
    breve = {"ê": "\u0306", **dict(zip("éèúüë", ("\u0306" + t for t in tones.values()), strict=True))}
    table: dict[str, str] = {"ñ": "đ", "ô": "ơ", "ö": "ư", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
    for letter, (mark, sign) in product("aeouyôö", tones.items()):
        base = {"ô": "ơ", "ö": "ư"}.get(letter, letter)
        table[letter + mark] = unicodedata.normalize("NFC", base + sign)
    for letter, (mark, sign) in product("aeo", circumflex.items()):
        table[letter + mark] = unicodedata.normalize("NFC", letter + sign)
    for mark, sign in breve.items():
        table["a" + mark] = unicodedata.normalize("NFC", "a" + sign)
    upper = {k.upper(): v.upper() for k, v in table.items()}
    mixed = {k[0].upper() + k[1:]: v.upper() for k, v in table.items() if len(k) == 2}
    return {**mixed, **upper, **table}


_VNI = _vni_table()
_VNI_PAIR = re.compile("|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)))


def _latin(data: bytes) -> str:
    return data.decode("cp1252", "replace") if b"\x81" not in data else data.decode("latin-1")


def _tcvn3(data: bytes) -> str:
    return "".join(_TCVN3[b - 0xA1] if b >= 0xA1 else " " if b == 0xA0 else chr(b) for b in data)


def _viscii(data: bytes) -> str:
    return "".join(_VISCII[b - 0x80] if b >= 0x80 else _VISCII_LOW.get(b, chr(b)) for b in data)


def _vni(data: bytes) -> str:
    return _VNI_PAIR.sub(lambda m: _VNI[m[0]], _latin(data))


def _cp1258(data: bytes) -> str:
    return unicodedata.normalize("NFC", data.decode("cp1258", "replace"))


_OLD = {"TCVN3": _tcvn3, "VNI": _vni, "VISCII": _viscii, "Windows-1258": _cp1258}


def _score(text: str) -> float:
    """The share of words that are marked Vietnamese function words: some 0.1 in prose, 0 in what is misread."""
    found = _WORD.findall(unicodedata.normalize("NFC", text[:_SAMPLE]).lower())
    return sum(1 for w in found if w in _MARKED) / len(found) if found else 0.0


def declared(data: bytes) -> str:
    """The encoding that a page's own head names; empty where it names none."""
    head = data[:_HEAD]
    m = _DECLARED.search(head) or _XML.search(head)
    return m[1].decode("ascii", "replace") if m else ""


def declared_by(content_type: str) -> str:
    """The encoding that a content type names; empty where it names none.

    >>> declared_by('text/html; charset="UTF-8"')
    'utf-8'
    """
    _, found, rest = content_type.lower().partition("charset=")
    return rest.split(";")[0].strip("\"' ") if found else ""


def characters(data: bytes, where: str, header: str = "") -> tuple[str, str]:
    """The characters of a page or table of unknown encoding, and the encoding's name.

    Args:
        data: its bytes.
        where: what errors name.
        header: the encoding that came with it (an HTTP header), if any.

    Raises:
        InputError: no encoding makes text of it.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data.decode(name, "replace").removeprefix("\ufeff"), name
    names = dict.fromkeys(n.strip().lower() for n in (header, declared(data), "utf-8") if n)
    best: tuple[float, str, str] = (0.0, "", "")
    plain: tuple[str, str] | None = None
    for name in names:
        try:
            text = data.decode("cp1252" if name in ("iso-8859-1", "latin-1", "latin1") else name)
        except (LookupError, UnicodeDecodeError, ValueError):
            continue
        plain = plain or (text, name)
        best = max(best, (_score(text), text, name), key=lambda c: c[0])
    if best[0] < 0.02:
        # Old encodings, or a page in UTF-8 whose words were typed with an old font.
        forms = [data]
        if plain is not None and plain[1] != "cp1252":
            forms.append(plain[0].encode("cp1252", "replace"))
        for form in forms:
            for old, read in _OLD.items():
                text = read(form)
                best = max(best, (_score(text), text, old), key=lambda c: c[0])
    if best[0] > 0:
        return best[1], best[2]
    if plain is not None and "\x00" not in plain[0]:
        return plain
    raise InputError(
        Bilingual(f"{where}: the encoding is not known", f"{where}: không nhận ra bảng mã"),
        Bilingual(
            "UTF-8, UTF-16, Windows-1258, TCVN3, VNI and VISCII are; convert it to UTF-8",
            "nhận được UTF-8, UTF-16, Windows-1258, TCVN3, VNI và VISCII; hãy chuyển sang UTF-8",
        ),
    )
