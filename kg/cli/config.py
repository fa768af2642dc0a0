"""`kg config`: every setting, its value and where that came from."""

from __future__ import annotations

import os

from kg.cli.common import OK, config, echo, kg_command, language, report, say
from kg.cli.terminal import table
from kg.config import SETTINGS, unknown_variables
from kg.language import Bilingual, in_language
from kg.model import Finding


@kg_command(
    en="Show every setting, its value and where it came from: the defaults, then kg.toml in the working folder (or the "
    "file that KG_CONFIG names), then the environment, then options of the command line; the last one wins.",
    vi="Xem mọi thiết lập, giá trị và nguồn của nó: mặc định, rồi kg.toml trong thư mục hiện tại (hoặc tệp mà "
    "KG_CONFIG chỉ ra), rồi biến môi trường, rồi tuỳ chọn dòng lệnh; nguồn sau cùng thắng.",
    example="KG_LANG=vi kg config",
)
def command() -> int:
    """Print the table; misspelt variables are findings."""
    now = config()
    rows = [
        (s.name, getattr(now, s.name), in_origin(now.origins[s.name]), s.variable, in_language(s.about, language()))
        for s in SETTINGS.values()
    ]
    headers = say("setting", "thiết lập"), say("value", "giá trị"), say("from", "từ"), say("variable", "biến")
    echo(table([*headers, say("meaning", "ý nghĩa")], rows), end="")
    return (
        report(
            Finding(
                "warning",
                name,
                Bilingual("this variable sets nothing", "biến này không có tác dụng"),
                Bilingual("see the column of variables", "xem cột biến"),
            )
            for name in unknown_variables(os.environ)
        )
        or OK
    )


def in_origin(origin: str) -> str:
    """Where a value came from, in the reader's language."""
    names = {"default": "mặc định", "locale": "ngôn ngữ hệ thống", "command line": "dòng lệnh"}
    return say(origin, names.get(origin, origin))
