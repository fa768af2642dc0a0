"""The pages about the commands (`docs/commands.md`, `docs/commands.vi.md`), made from the commands' own help."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.app import cli
from kg.cli.tongue import set_language
from kg.language import LANGS, Bilingual, Lang, in_language

_TITLE = Bilingual("Commands", "Các lệnh")
_INTRODUCTION = Bilingual(
    """This page is made from the help of the commands (`scripts/generate.py`); `kg COMMAND --help` shows the same.

- Results go to standard output, messages to standard error. `-` is standard input, or standard output after `-o`.
- `--lang vi|en` chooses the language of messages; else `KG_LANG`, `lang` in `kg.toml`, or the locale decides, and
  English where none of them does.
- Settings come from defaults, `kg.toml` in the working folder (or the file that `KG_CONFIG` names), the environment
  (`KG_OUTPUT`, …), options; the last wins. `kg config` shows each and where it came from.
- `KG_DEBUG=1` shows the traceback of a fault of the program.
- Text of articles is made safe before it reaches a terminal: control characters and direction overrides are written
  out.

| exit status | means |
|---|---|
| 0 | done |
| 1 | done, with findings: something could not be read, or should be looked at |
| 2 | wrong use: an option, a setting, a query, a rule file |
| 3 | nothing could be done: no input could be read, or the result could not be written |
| 130 | interrupted |

Completion of commands, options and formats by the Tab key:

    eval "$(_KG_COMPLETE=bash_source kg)"                          # in ~/.bashrc
    eval "$(_KG_COMPLETE=zsh_source kg)"                           # in ~/.zshrc
    _KG_COMPLETE=fish_source kg > ~/.config/fish/completions/kg.fish
""",
    """Trang này được tạo từ phần trợ giúp của các lệnh (`scripts/generate.py`); `kg LỆNH --help` cho xem đúng như vậy.

- Kết quả ra đầu ra chuẩn, thông báo ra đầu ra lỗi. `-` là đầu vào chuẩn, hoặc đầu ra chuẩn sau `-o`.
- `--lang vi|en` chọn ngôn ngữ thông báo; nếu không thì theo `KG_LANG`, `lang` trong `kg.toml`, rồi ngôn ngữ hệ thống;
  không có gì thì dùng tiếng Anh.
- Thiết lập lấy từ mặc định, `kg.toml` trong thư mục hiện tại (hoặc tệp mà `KG_CONFIG` chỉ ra), biến môi trường
  (`KG_OUTPUT`, …), tuỳ chọn; nguồn sau cùng thắng. `kg config` cho xem từng giá trị và nguồn.
- `KG_DEBUG=1` cho xem chi tiết khi chương trình có lỗi.
- Chữ trong bài báo được làm an toàn trước khi ra màn hình: ký tự điều khiển và ký tự đảo chiều được viết ra thành mã.

| mã kết thúc | nghĩa là |
|---|---|
| 0 | xong |
| 1 | xong, có điều cần xem: có thứ không đọc được, hoặc nên xem lại |
| 2 | dùng sai: tuỳ chọn, thiết lập, truy vấn, tệp luật |
| 3 | không làm được gì: không đọc được đầu vào nào, hoặc không ghi được kết quả |
| 130 | bị ngắt |

Hoàn tất lệnh, tuỳ chọn và định dạng bằng phím Tab:

    eval "$(_KG_COMPLETE=bash_source kg)"                          # trong ~/.bashrc
    eval "$(_KG_COMPLETE=zsh_source kg)"                           # trong ~/.zshrc
    _KG_COMPLETE=fish_source kg > ~/.config/fish/completions/kg.fish
""",
)


def command_pages(root: Path) -> dict[Path, str]:
    """Path → content of the page in each language."""
    return {root / "docs" / f"commands{'' if lang == 'en' else f'.{lang}'}.md": _page(lang) for lang in LANGS}


def _page(lang: Lang) -> str:
    set_language(lang)
    try:
        parts = [f"# {in_language(_TITLE, lang)}\n\n{in_language(_INTRODUCTION, lang)}"]
        parts += _sections(cli, "kg", None)
        return "\n".join(parts)
    finally:
        set_language("en")


def _sections(command: click.Command, name: str, parent: click.Context | None) -> list[str]:
    # The width is fixed, so that the page does not depend on the terminal of whoever makes it.
    context = click.Context(command, info_name=name, parent=parent, terminal_width=100)
    text = command.get_help(context).rstrip()
    parts = [f"## {context.command_path}\n\n```text\n{text}\n```\n"]
    if isinstance(command, click.Group):
        for below in command.list_commands(context):
            made = command.get_command(context, below)
            if made is not None:
                parts += _sections(made, below, context)
    return parts
