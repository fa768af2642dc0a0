"""The table of commands, and what happens around each: language, errors, exit statuses."""

from __future__ import annotations

import importlib
import os
import sys
import traceback
from collections.abc import Sequence
from io import TextIOWrapper
from typing import Any, NoReturn, cast

import click

from kg.cli.command import KgCommand, KgGroup, lang_option, option
from kg.cli.common import note
from kg.cli.tongue import language, say, set_language
from kg.config import load, locale_language
from kg.errors import FAILED, INTERRUPTED, OK, USAGE, KgError, UsageError
from kg.language import LANGS, Bilingual, Lang, in_language

# Name → module with `command`, and the line shown by `kg --help` (so that help imports no command).
COMMANDS: dict[str, tuple[str, Bilingual]] = {
    "build": (
        "kg.cli.build",
        Bilingual("read articles, write the graph and the page", "đọc bài báo, ghi đồ thị và trang"),
    ),
    "add": ("kg.cli.add", Bilingual("articles into the store", "đưa bài vào kho")),
    "remove": ("kg.cli.remove", Bilingual("articles out of the store", "bỏ bài khỏi kho")),
    "status": ("kg.cli.status", Bilingual("what the store holds", "kho có gì")),
    "rebuild": ("kg.cli.rebuild", Bilingual("read anew after the rules have changed", "đọc lại khi luật đã đổi")),
    "read": ("kg.cli.read", Bilingual("what is understood of an input", "chương trình hiểu đầu vào ra sao")),
    "extract": ("kg.cli.extract", Bilingual("facts of articles as records", "dữ kiện của bài báo, mỗi bài một dòng")),
    "query": ("kg.cli.query", Bilingual("ask a graph with SPARQL", "hỏi đồ thị bằng SPARQL")),
    "view": ("kg.cli.view", Bilingual("a graph as one HTML page", "đồ thị thành một trang HTML")),
    "serve": ("kg.cli.serve", Bilingual("a graph over HTTP: SPARQL, pages", "mở đồ thị qua HTTP: SPARQL, các trang")),
    "export": ("kg.cli.export", Bilingual("a graph in another format", "đồ thị sang định dạng khác")),
    "check": (
        "kg.cli.check",
        Bilingual("check a graph: shapes and evidence", "kiểm tra đồ thị: cấu trúc và bằng chứng"),
    ),
    "stats": (
        "kg.cli.stats",
        Bilingual("counts, centre, communities, paths", "thống kê, trung tâm, cộng đồng, đường đi"),
    ),
    "explain": (
        "kg.cli.explain",
        Bilingual("why a sentence gives a fact, or none", "vì sao một câu cho dữ kiện, hoặc không"),
    ),
    "rules": ("kg.cli.rules", Bilingual("list, check and start rules", "xem, kiểm tra và tạo luật")),
    "eval": ("kg.cli.eval", Bilingual("measure extraction against gold", "đo kết quả so với bản chuẩn")),
    "config": ("kg.cli.config", Bilingual("every setting and where it comes from", "các thiết lập và nguồn của chúng")),
    "version": ("kg.cli.version", Bilingual("version of the program", "phiên bản chương trình")),
}


def make_streams_utf8() -> None:
    """Results are UTF-8 whatever the locale; what cannot be encoded is written out rather than raising."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


class App(KgGroup):
    """`kg`: loads a command when it is called, and turns every error into a message and an exit status."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """Import the command's module; None where there is no such command."""
        if name not in COMMANDS:
            return None
        return cast(click.Command, importlib.import_module(COMMANDS[name][0]).command)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Options, then the table of commands."""
        KgCommand.format_options(self, ctx, formatter)
        with formatter.section(say("Commands", "Các lệnh")):
            formatter.write_dl([(name, in_language(about, language())) for name, (_, about) in COMMANDS.items()])
        with formatter.section(say("Exit status", "Mã kết thúc")):
            formatter.write_text(
                say(
                    "0 done, 1 done with findings, 2 wrong use, 3 nothing could be done, 130 interrupted",
                    "0 xong, 1 xong nhưng có điều cần xem, 2 dùng sai, 3 không làm được gì, 130 bị ngắt",
                )
            )

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """The language is set before anything is parsed, so that errors of parsing speak it too."""
        set_language(_language_of(args))
        return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        """As click does, but quiet where the reader of a pipe has left."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
            return result
        except BrokenPipeError:
            return _reader_left()

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> NoReturn:
        """Run, and end the process with one of the documented statuses."""
        try:
            result = super().main(args, prog_name, complete_var, standalone_mode=False, **extra)
            status = result if isinstance(result, int) else OK
        except KgError as error:
            status = _say_error(error.message, error.hint, error.exit_status)
        except (click.exceptions.Abort, KeyboardInterrupt):
            note(say("interrupted", "đã ngắt"))
            status = INTERRUPTED
        except click.exceptions.NoArgsIsHelpError as error:
            note(error.format_message())
            status = USAGE
        except click.ClickException as error:
            status = _say_error(*_translated(error), USAGE if isinstance(error, click.UsageError) else FAILED)
        except Exception as error:
            status = _unexpected(error)
        sys.exit(status)


def _language_of(args: Sequence[str]) -> Lang:
    for i, arg in enumerate(args):
        value = arg[7:] if arg.startswith("--lang=") else args[i + 1] if arg == "--lang" and i + 1 < len(args) else ""
        for lang in LANGS:
            if value == lang:
                return lang
    try:
        return load().lang
    except UsageError:
        # A broken setting is reported when the command asks for its settings, in the reader's likely language.
        return locale_language(os.environ) or "en"


def _say_error(message: str, hint: str, status: int) -> int:
    lang = language()
    note(f"{'lỗi' if lang == 'vi' else 'error'}: {in_language(message, lang)}")
    if hint:
        note(f"  → {in_language(hint, lang)}")
    return status


def _unexpected(error: BaseException) -> int:
    if os.environ.get("KG_DEBUG"):
        traceback.print_exception(error)
        return FAILED
    what = f"{type(error).__name__}: {error}"
    return _say_error(
        Bilingual(f"sorry, this is a fault of the program ({what})", f"xin lỗi, chương trình có lỗi ({what})"),
        Bilingual(
            "KG_DEBUG=1 shows the details; please report them with the input (see CONTRIBUTING.md)",
            "KG_DEBUG=1 cho xem chi tiết; xin báo lỗi kèm đầu vào (xem CONTRIBUTING.md)",
        ),
        FAILED,
    )


def _reader_left() -> int:
    # `kg … | head`: nobody reads on, which is no error; the interpreter must not complain when it flushes at exit.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return OK


def _translated(error: click.ClickException) -> tuple[str, str]:
    """Click's message in both languages, and a hint that names the help."""
    text = error.format_message()
    vi = text
    context = getattr(error, "ctx", None)
    if isinstance(error, click.NoSuchOption):
        vi = f"không có tuỳ chọn {error.option_name}"
    elif isinstance(error, click.MissingParameter):
        vi = f"thiếu {error.param.make_metavar(context) if error.param and context else ''}".rstrip()
    elif isinstance(error, click.BadParameter):
        where = error.param.get_error_hint(context) if error.param and context else ""
        vi = f"giá trị không dùng được cho {where}: {error.message}"
    elif isinstance(error, click.BadOptionUsage | click.BadArgumentUsage):
        vi = f"dùng sai: {error.message}"
    path = context.command_path if context else "kg"
    return Bilingual(text, vi), Bilingual(f"see `{path} --help`", f"xem `{path} --help`")


def _show_version(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        from kg import __version__

        click.echo(f"kg {__version__}")
        ctx.exit(OK)


@click.group(cls=App, name="kg")
@option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_version,
    en="Show the version.",
    vi="Xem phiên bản.",
)
@lang_option
def cli() -> None:
    """`kg` itself: only its commands do something."""


cli.about = Bilingual(
    "Read Vietnamese news articles and write what they say as an RDF knowledge graph in which every fact points at "
    "the characters of the article that state it.",
    "Đọc bài báo tiếng Việt và ghi nội dung thành đồ thị tri thức RDF; mỗi dữ kiện chỉ rõ những chữ nào trong bài "
    "nói điều đó.",
)
cli.example = (
    'kg build data/articles -o output\nkg query who_holds_posts\nkg explain "Ông A được bầu làm Chủ tịch xã B."'
)
