"""`kg rules`: what the rules are, whether they are sound, and the start of a new file."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.audit import audit
from kg.cli.common import OK, argument, echo, kg_command, kg_group, number, option, report, say, write_text
from kg.cli.coverage import coverage
from kg.cli.terminal import table
from kg.errors import UsageError
from kg.language import Bilingual


@kg_group(
    en="The rules say how Vietnamese states a fact: one file for each kind of fact, with examples that are tests.",
    vi="Luật cho biết tiếng Việt nói một dữ kiện thế nào: mỗi loại dữ kiện một tệp, kèm ví dụ cũng là phép thử.",
    example="kg rules list\nkg rules check",
)
def command() -> None:
    """Only the commands below do something."""


@kg_command(
    en="List the rules: kind of fact, pattern, file and line.",
    vi="Liệt kê các luật: loại dữ kiện, mẫu, tệp và dòng.",
    example="kg rules list\nkg rules list award",
)
@argument("kind", required=False, en="Only this kind of fact.", vi="Chỉ loại dữ kiện này.")
def list_rules(kind: str | None) -> int:
    """One line a pattern."""
    from kg.extract.rulebook import load_rulebook

    book = load_rulebook()
    if kind is not None and kind not in book.about:
        raise unknown(kind, list(book.about))
    rows = [(r.name, r.phase, r.where) for r in book.rules if kind in (None, r.kind)]
    echo(table([say("rule", "luật"), say("phase", "bước"), say("file", "tệp")], rows), end="")
    if kind is not None and book.about[kind]:
        echo()
        echo(book.about[kind])
    return OK


@kg_command(
    en="Check rule files: syntax, names, bounds, and every example. All mistakes of all files are told at once, with "
    "file and line. Without FILE the shipped rules are checked.",
    vi="Kiểm tra tệp luật: cú pháp, tên, giới hạn và từng ví dụ. Mọi lỗi của mọi tệp được báo một lượt, kèm tệp và "
    "dòng. Không ghi FILE thì kiểm tra các luật có sẵn.",
    example="kg rules check\nkg rules check ontology/rules/award.toml",
)
@argument("files", metavar="[FILE]...", nargs=-1, type=click.Path(path_type=Path), en="Rule files.", vi="Tệp luật.")
def check(files: tuple[Path, ...]) -> int:
    """Print what is wrong; 1 where something is."""
    from kg.extract.rulebook import check_rules, load_rulebook, rule_files

    status = report(check_rules(list(files) or None))
    if status == OK:
        files_read = number(len(files or rule_files()))
        examples = "" if files else number(len(load_rulebook().examples))
        echo(
            say(
                f"{files_read} files are sound" + (f", {examples} examples hold" if examples else ""),
                f"{files_read} tệp đúng" + (f", {examples} ví dụ đạt" if examples else ""),
            )
        )
    return status


@kg_command(
    en="Start a rule file for a kind of fact that the ontology has: its roles, a pattern and examples to be filled in.",
    vi="Tạo khung tệp luật cho một loại dữ kiện đã có trong ngữ vựng: các vai, một mẫu và ví dụ để điền.",
    example="kg rules new award -o my-award.toml",
)
@argument("kind", en="Kind of fact, such as award.", vi="Loại dữ kiện, chẳng hạn award.")
@option("-o", "--output", type=click.Path(path_type=Path), en="The file (default: -).", vi="Tệp ghi (mặc định: -).")
def new(kind: str, output: Path | None) -> int:
    """Write the template; an existing file is never overwritten."""
    from kg.extract.schema import fact_kinds

    kinds = fact_kinds()
    if kind not in kinds:
        raise unknown(kind, list(kinds))
    if output is not None and output.exists():
        raise UsageError(
            Bilingual(f"{output}: is there already", f"{output}: đã có sẵn"),
            Bilingual("choose another name with -o", "chọn tên khác bằng -o"),
        )
    write_text(output, template(kind))
    if output is not None and str(output) != "-":
        echo(say(f"wrote {output}", f"đã ghi {output}"))
    return OK


def template(kind: str) -> str:
    """A rule file for `kind` with one pattern over its required roles, to be filled in."""
    from kg.extract.schema import fact_kinds

    entry = fact_kinds()[kind]
    roles = {name: role for name, role in entry["roles"].items() if not role["qualifier"]}
    required = [name for name, role in roles.items() if role["required"]]
    filled = ", ".join(name + ' = "…"' for name in required)
    slots = " ".join(_slot(name, roles[name]["fillers"]) for name in required)
    lines = [
        f'fact = "{kind}"',
        f'about = "{entry["comment"]["vi"]}"',
        "",
        f"# {entry['comment']['en']}",
        *(f"# {name}{'*' if name in required else ''}: {role['comment']['en']}" for name, role in roles.items()),
        "",
        "[words]",
        'verb = ["…"]',
        "",
        "[[pattern]]",
        'id    = "plain"',
        f"match = '<verb> {slots}'",
        "",
        "# What must be found, and a sentence that must give nothing.",
        "[[example]]",
        'text  = "…"',
        f"facts = [{{ {filled} }}]",
        "",
        "[[example]]",
        'text  = "…"',
        "facts = []",
    ]
    return "\n".join(lines) + "\n"


def _slot(role: str, fillers: list[str]) -> str:
    mentions = [f for f in fillers if f[0].isupper()]
    by_literal = {"number": "Number", "date": "Date", "string": "np", "stretch": "~"}
    return f"{{{role}:{'|'.join(mentions) or by_literal[fillers[0]]}}}"


def unknown(kind: str, known: list[str]) -> UsageError:
    """The error that names a kind of fact which there is not."""
    from difflib import get_close_matches

    near = ", ".join(get_close_matches(kind, known, n=3) or sorted(known))
    return UsageError(
        Bilingual(f"no kind of fact {kind!r}", f"không có loại dữ kiện {kind!r}"),
        Bilingual(f"known: {near}; a new kind begins in ontology/", f"đang có: {near}; loại mới bắt đầu từ ontology/"),
    )


command.add_command(list_rules, "list")
command.add_command(check, "check")
command.add_command(new, "new")
command.add_command(coverage, "coverage")
command.add_command(audit, "audit")
