"""Comparison keys of names within one article: two mentions with one key are one thing."""

from __future__ import annotations

import re
from functools import lru_cache

from kg.text.normal import tone_key

# Abbreviations that the genre spells both ways.
_SPELLED = {
    "ubnd": "ủy ban nhân dân",
    "hđnd": "hội đồng nhân dân",
    "mttq": "mặt trận tổ quốc",
    "ubmttq": "ủy ban mặt trận tổ quốc",
    "đbqh": "đại biểu quốc hội",
    "bch": "ban chấp hành",
    "btv": "ban thường vụ",
    "q.": "quận",
    "p.": "phường",
    "h.": "huyện",
    "tp": "thành phố",
    "tp.": "thành phố",
    "tx": "thị xã",
    "tx.": "thị xã",
    "tw": "trung ương",
    "t.ư": "trung ương",
    "tand": "tòa án nhân dân",
    "vksnd": "viện kiểm sát nhân dân",
    "hcm": "hồ chí minh",
    "tphcm": "thành phố hồ chí minh",
    "lđlđ": "liên đoàn lao động",
    "ubkt": "ủy ban kiểm tra",
    "gd&đt": "giáo dục và đào tạo",
    "gd-đt": "giáo dục và đào tạo",
    "kh&đt": "kế hoạch và đầu tư",
    "gtvt": "giao thông vận tải",
    "lhpn": "liên hiệp phụ nữ",
    "bhxh": "bảo hiểm xã hội",
    "csgt": "cảnh sát giao thông",
    "ptnt": "phát triển nông thôn",
    "vn": "việt nam",
    "vhnt": "văn học nghệ thuật",
    "lhtn": "liên hiệp thanh niên",
    "ubtw": "ủy ban trung ương",
    "tn&mt": "tài nguyên môi trường",
    "tn-mt": "tài nguyên môi trường",
    "tnmt": "tài nguyên môi trường",
    "vhttdl": "văn hóa thể thao du lịch",
    "vh-tt&dl": "văn hóa thể thao du lịch",
    "vh,tt&dl": "văn hóa thể thao du lịch",
    "lđ-tb&xh": "lao động thương binh xã hội",
    "lđtbxh": "lao động thương binh xã hội",
    "kh&cn": "khoa học công nghệ",
    "kh-cn": "khoa học công nghệ",
    "tt&tt": "thông tin truyền thông",
    "nn&ptnt": "nông nghiệp phát triển nông thôn",
    "nn-ptnt": "nông nghiệp phát triển nông thôn",
    "khđt": "kế hoạch đầu tư",
    "kh-đt": "kế hoạch đầu tư",
    "bcđ": "ban chỉ đạo",
    "bql": "ban quản lý",
    "ubcknn": "ủy ban chứng khoán nhà nước",
    "gdck": "giao dịch chứng khoán",
}
# "Ban Kinh tế TƯ", "UB TƯ MTTQ"; not "đầu tư", "tư pháp".
_CENTRAL = re.compile(r"(?<!đầu )(?<!vật )\btư(?=$| mttq\b| mặt trận\b| đảng\b| đoàn\b| hội\b)")
_WORD = re.compile(r"tp\.|tx\.|t\.ư|[qph]\.(?=\s?\w|$)|[^\W_]+(?:[&./-][^\W_]+)*")
_AMPERSAND = re.compile(r"(?<=[A-ZĐ]) & (?=[A-ZĐ]{2})")  # "GD & ĐT" is one abbreviation
# Cities that are provinces (Huế since 2025); any other city lies within a province, which may have its name: "Yên Bái".
CITIES = ("hà nội", "hải phòng", "đà nẵng", "hồ chí minh", "cần thơ", "huế")
# "Tỉnh ủy", "Tỉnh đoàn", "Thành phố đội" are heads of bodies, not levels before a name.
_LEVEL = re.compile(rf"\b(?:tỉnh (?!(?:ủy|đoàn|đội)\b)(?=\S)|thành phố (?=(?:{'|'.join(map(tone_key, CITIES))})\b))")


_MOST = 20_000  # names kept by each cache: papers repeat them


@lru_cache(maxsize=_MOST)
def name_key(name: str) -> str:
    """Words of a name with one placement of tone marks and common abbreviations spelled out.

    >>> name_key("UBND TP. Hà Nội") == name_key("Ủy ban nhân dân thành phố Hà Nội")
    True
    >>> name_key("Sở GD & ĐT") == name_key("Sở GD&ĐT")
    True
    >>> name_key("Ban Dân vận TƯ"), name_key("Sở Kế hoạch Đầu tư")
    ('ban dân vận trung ương', 'sở kế hoạch đầu tư')
    """
    key = _CENTRAL.sub("trung ương", " ".join(_WORD.findall(tone_key(_AMPERSAND.sub("&", name)))))
    return " ".join(_SPELLED.get(w, w) for w in key.split())


@lru_cache(maxsize=_MOST)
def body_key(name: str) -> str:
    """`name_key` of a body, without the level before the name of its province ("Sở Nội vụ thành phố Hà Nội") and
    without "và", which papers leave out ("Bộ Kế hoạch Đầu tư").

    >>> body_key("Sở Nội vụ TP Hà Nội") == body_key("Sở Nội vụ Hà Nội")
    True
    >>> body_key("UBND TP Yên Bái") == body_key("UBND tỉnh Yên Bái")
    False
    """
    return _LEVEL.sub("", name_key(name)).replace(" và ", " ")


# How a firm's full name says its legal form and trade, which the next mention leaves out.
_FORM = re.compile(
    r" (?:tnhh|mtv|tm|dv|cp|ctcp|đt|xd|sx|một thành viên|hai thành viên|cổ phần|trách nhiệm hữu hạn|thương mại|dịch vụ"
    r"|đầu tư|xây dựng|sản xuất|phát triển|xuất nhập khẩu|kinh doanh|tập đoàn|địa ốc|bất động sản|dược phẩm)(?= )"
)
_FIRM = ("công ty ", "tổng công ty ", "tập đoàn ", "doanh nghiệp ", "nhà máy ", "ngân hàng ")


def firm_core(key: str) -> str | None:
    """A firm's `body_key` without its legal form and its trade; None for other bodies.

    >>> firm_core("công ty tnhh mtv hòa phát phú yên"), firm_core("sở y tế phú yên")
    ('công ty hòa phát phú yên', None)
    """
    if not key.startswith(_FIRM):
        return None
    return _FORM.sub("", key.replace(",", ""))


@lru_cache(maxsize=_MOST)
def place_key(name: str, level: str = "") -> str:
    """A unit's key: its name, with its level below the province.

    >>> place_key("Hà Nội", "thành phố"), place_key("Vân Canh", "huyện")
    ('thành phố hà nội', 'huyện vân canh')
    """
    level = name_key(level)
    return name_key(name) if level in ("", "tỉnh", "thủ đô") else f"{level} {name_key(name)}"
