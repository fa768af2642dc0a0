"""Commands with bilingual help: click's, with the texts of both languages kept until one is wanted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from difflib import get_close_matches
from typing import Any

import click

from kg.cli.tongue import language, say, set_language
from kg.errors import UsageError
from kg.language import Bilingual, Lang, in_language

# Where --lang was given, in the context's `meta`.
LANG_FLAG = "kg.lang_flag"
_Function = Callable[..., int | None]


class _Help:
    """Help in two languages, for options and arguments."""

    kg_help: Bilingual | None = None


class KgOption(click.Option, _Help):
    """An option whose help is bilingual."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Click's record, with the help of the chosen language."""
        if self.kg_help is not None:
            self.help = in_language(self.kg_help, language())
        record: tuple[str, str] | None = click.Option.get_help_record(self, ctx)
        return record


class KgArgument(click.Argument, _Help):
    """An argument with a help of its own (click has none)."""


class KgCommand(click.Command):
    """A command with bilingual help and an example."""

    about: Bilingual
    example: str

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The usage line, its head translated."""
        pieces = [
            p if p != self.options_metavar else say("[OPTIONS]", "[TUỲ CHỌN]") for p in self.collect_usage_pieces(ctx)
        ]
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix=say("Usage: ", "Cách dùng: "))

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What it does, then an example."""
        for paragraph in in_language(self.about, language()).split("\n\n"):
            formatter.write_paragraph()
            with formatter.indentation():
                formatter.write_text(" ".join(paragraph.split()))
        with formatter.section(say("Example", "Ví dụ")):
            for line in self.example.splitlines():
                formatter.write(f"{'':>{formatter.current_indent}}{line}\n")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Arguments with their help, then options."""
        arguments = [
            (p.make_metavar(ctx), in_language(p.kg_help, language()))
            for p in self.get_params(ctx)
            if isinstance(p, KgArgument) and p.kg_help is not None
        ]
        if arguments:
            with formatter.section(say("Arguments", "Đối số")):
                formatter.write_dl(arguments)
        options = [p for p in self.get_params(ctx) if isinstance(p, click.Option)]
        records = [r for p in options if (r := p.get_help_record(ctx)) is not None]
        if records:
            with formatter.section(say("Options", "Tuỳ chọn")):
                formatter.write_dl(records)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Click's --help, its text translated."""
        help_option = super().get_help_option(ctx)
        if help_option is not None:
            help_option.help = say("Show this message and exit.", "Xem phần trợ giúp này.")
        return help_option


def kg_command(*, en: str, vi: str, example: str, cls: type[KgCommand] = KgCommand) -> Callable[[_Function], KgCommand]:
    """Make a function a command; --lang is added. `example` is shown in the help and run by the tests of the docs."""

    def decorate(function: _Function) -> KgCommand:
        made = click.command(cls=cls)(lang_option(function))
        # Its own options first.
        made.params.append(made.params.pop(0))
        made.about, made.example = Bilingual(en, vi), example
        return made

    return decorate


class KgGroup(KgCommand, click.Group):
    """A command that only has commands below it."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does, with a message of our own for an unknown command."""
        known = self.list_commands(ctx)
        if args and args[0] not in known and not ctx.resilient_parsing and not args[0].startswith("-"):
            near = ", ".join(get_close_matches(args[0], known, n=3) or known)
            raise UsageError(
                Bilingual(f"no command {args[0]!r}", f"không có lệnh {args[0]!r}"),
                Bilingual(f"did you mean: {near}?", f"có phải là: {near}?"),
            )
        return super().resolve_command(ctx, args)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Options, then the commands below, each by its first sentence."""
        KgCommand.format_options(self, ctx, formatter)
        with formatter.section(say("Commands", "Các lệnh")):
            formatter.write_dl(
                [
                    (name, in_language(below.about, language()).split(". ")[0].rstrip("."))
                    for name, below in self.commands.items()
                    if isinstance(below, KgCommand)
                ]
            )


def kg_group(*, en: str, vi: str, example: str) -> Callable[[_Function], KgGroup]:
    """As `kg_command`, for a command that has commands below it (`add_command`)."""

    def decorate(function: _Function) -> KgGroup:
        made = click.group(cls=KgGroup)(lang_option(function))
        made.about, made.example = Bilingual(en, vi), example
        return made

    return decorate


def option(*names: str, en: str, vi: str, **settings: Any) -> Callable[[_Function], _Function]:
    """`click.option` with bilingual help."""

    def decorate(function: _Function) -> _Function:
        made = click.option(*names, cls=KgOption, help=en, **settings)(function)
        _last_parameter(made).kg_help = Bilingual(en, vi)
        return made

    return decorate


def argument(name: str, *, en: str, vi: str, **settings: Any) -> Callable[[_Function], _Function]:
    """`click.argument` with bilingual help."""

    def decorate(function: _Function) -> _Function:
        made = click.argument(name, cls=KgArgument, **settings)(function)
        _last_parameter(made).kg_help = Bilingual(en, vi)
        return made

    return decorate


def _last_parameter(function: _Function) -> _Help:
    parameters: Sequence[_Help] = function.__dict__["__click_params__"]
    return parameters[-1]


def _choose(ctx: click.Context, _: click.Parameter, value: Lang | None) -> None:
    if value:
        ctx.find_root().meta[LANG_FLAG] = value
        set_language(value)


def lang_option(function: _Function) -> _Function:
    """Adds --lang vi|en."""
    return option(
        "--lang",
        type=click.Choice(["vi", "en"]),
        is_eager=True,
        expose_value=False,
        callback=_choose,
        en="Language of messages.",
        vi="Ngôn ngữ của thông báo.",
    )(function)
