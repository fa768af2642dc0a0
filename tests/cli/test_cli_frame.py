"""What all commands share: languages, errors, exit statuses, pipes, completion."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import ModuleType

import click
import pytest
from calls import PROGRAM, Process, Run

from kg.cli import app
from kg.cli.command import KgArgument, KgCommand, KgOption


def every_command() -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = []
    context = click.Context(app.cli)
    for name in app.COMMANDS:
        made = app.cli.get_command(context, name)
        assert made is not None
        found.append((name,))
        if isinstance(made, click.Group):
            found.extend((name, below) for below in made.commands)
    return found


def command_at(path: tuple[str, ...]) -> click.Command:
    made: click.Command = app.cli
    for name in path:
        assert isinstance(made, click.Group)
        below = made.get_command(click.Context(made), name)
        assert below is not None
        made = below
    return made


@pytest.mark.parametrize("path", [(), *every_command()], ids=" ".join)
def test_help_speaks_both_languages_and_shows_an_example(kg: Run, path: tuple[str, ...]) -> None:
    english = kg(*path, "--help", "--lang", "en")
    vietnamese = kg("--lang", "vi", *path, "--help")
    assert english.exit_code == vietnamese.exit_code == 0
    assert "Example:\n  " in english.stdout
    assert "Ví dụ:\n  " in vietnamese.stdout
    assert english.stdout.startswith("Usage: kg")
    assert vietnamese.stdout.startswith("Cách dùng: kg")
    made = command_at(path)
    assert isinstance(made, KgCommand)
    assert made.about.en != made.about.vi
    for parameter in made.params:
        assert isinstance(parameter, KgOption | KgArgument), parameter
        assert parameter.kg_help is not None
        assert parameter.kg_help.vi != parameter.kg_help.en


def test_the_program_alone_shows_its_help_and_status_2(kg: Run) -> None:
    result = kg()
    assert result.exit_code == 2
    assert "Commands:" in result.stderr
    assert kg("rules").exit_code == 2


@pytest.mark.parametrize(
    ("args", "english", "vietnamese"),
    [
        (("biuld",), "no command 'biuld'\n  → did you mean: build", "không có lệnh 'biuld'\n  → có phải là: build"),
        (("rules", "lst"), "no command 'lst'\n  → did you mean: list", "không có lệnh 'lst'"),
        (("build", "--colour"), "No such option", "không có tuỳ chọn --colour\n  → xem `kg build --help`"),
        (("export",), "Missing argument", "thiếu GRAPH"),
        (
            ("export", "g.ttl", "--format", "doc"),
            "'doc' is not one of",
            "giá trị không dùng được cho '-f' / '--format'",
        ),
        (("extract", "--jobs", "many"), "jobs = 'many' (command line): expected a whole number", "jobs = 'many'"),
    ],
)
def test_wrong_use_is_status_2_in_both_languages(kg: Run, args: tuple[str, ...], english: str, vietnamese: str) -> None:
    for lang, message in (("en", english), ("vi", vietnamese)):
        result = kg("--lang", lang, *args)
        assert result.exit_code == 2, result.output
        assert message in result.stderr
        assert result.stderr.startswith("error: " if lang == "en" else "lỗi: ")
        assert result.stdout == ""


@pytest.mark.parametrize(
    ("variables", "toml", "args", "lang"),
    [
        ({}, "", (), "en"),
        ({"LANG": "vi_VN.UTF-8"}, "", (), "vi"),
        ({"LANG": "vi_VN.UTF-8", "LC_ALL": "C"}, "", (), "en"),
        ({"LANG": "fr_FR.UTF-8"}, "", (), "en"),
        ({"LANG": "en_US.UTF-8"}, 'lang = "vi"', (), "vi"),
        ({"KG_LANG": "en"}, 'lang = "vi"', (), "en"),
        ({"KG_LANG": "en"}, 'lang = "vi"', ("--lang=vi",), "vi"),
    ],
)
def test_who_chooses_the_language(
    kg: Run,
    monkeypatch: pytest.MonkeyPatch,
    variables: dict[str, str],
    toml: str,
    args: tuple[str, ...],
    lang: str,
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    Path("kg.toml").write_text(toml, encoding="utf-8")
    result = kg("config", *args)
    assert ("ngôn ngữ" in result.stdout) == (lang == "vi")
    assert ("language" in result.stdout) == (lang == "en")
    # An error of parsing speaks it, too.
    assert ("lỗi:" in kg("config", "--nope", *args).stderr) == (lang == "vi")


def fails(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    """`kg version` raises."""

    def raises() -> int:
        raise error

    module = ModuleType("broken")
    module.command = click.Command("version", callback=raises)  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "kg.cli.version", module)


def test_a_fault_of_ours_is_one_line_without_a_traceback(kg: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    fails(monkeypatch, ValueError("odd \x1b[31mvalue"))
    result = kg("version")
    assert result.exit_code == 3
    assert "fault of the program (ValueError: odd \\x1b[31mvalue)" in result.stderr
    assert "Traceback" not in result.stderr
    monkeypatch.setenv("KG_DEBUG", "1")
    result = kg("version")
    assert result.exit_code == 3
    assert "Traceback" in result.stderr


def test_interruption_is_130(kg: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    fails(monkeypatch, KeyboardInterrupt())
    result = kg("version")
    assert (result.exit_code, result.stdout) == (130, "")
    assert "interrupted" in result.stderr


def test_a_real_interruption() -> None:
    # What a shell starts in the background ignores the signal, and so would all that it starts: for ever.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        running = subprocess.Popen([*PROGRAM, "extract", "-"], stdin=subprocess.PIPE, stderr=subprocess.PIPE)
    finally:
        signal.signal(signal.SIGINT, before)
    with running:
        assert running.stderr is not None
        # It waits for its input once all is loaded; a signal before that would meet the interpreter's own start.
        while "S" not in Path(f"/proc/{running.pid}/stat").read_text().rpartition(")")[2].split()[0]:
            time.sleep(0.05)
        time.sleep(1.0)
        running.send_signal(signal.SIGINT)
        told = running.stderr.read().decode()
    assert running.returncode == 130
    assert "Traceback" not in told


def test_an_interruption_of_several_processes_is_told_once(tmp_path: Path) -> None:
    for number in range(400):
        (tmp_path / f"{number}.txt").write_text(f"Bà Trần Thị Lệ là Giám đốc Sở Y tế, bài thứ {number} của năm.\n" * 40)
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        running = subprocess.Popen(
            [*PROGRAM, "extract", str(tmp_path), "--jobs", "2"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
    finally:
        signal.signal(signal.SIGINT, before)
    with running:
        assert running.stdout is not None
        running.stdout.readline()  # the processes are at work
        os.killpg(running.pid, signal.SIGINT)  # as a terminal does
        _, told = running.communicate(timeout=120)
    assert running.returncode == 130
    assert "Process" not in told.decode()
    assert "Traceback" not in told.decode()


def test_a_reader_who_leaves_is_no_error() -> None:
    command = [*PROGRAM, "rules", "list"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        told = running.stderr.read()
    assert (running.returncode, told) == (0, b"")


def test_results_are_utf8_in_any_locale(process: Process) -> None:
    c = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    for environment in (c, {"PYTHONIOENCODING": "latin-1"}, {"PYTHONIOENCODING": "cp1258"}):
        result = process("--lang", "vi", "config", env=environment)
        assert result.returncode == 0, result.stderr
        assert "thiết lập" in result.stdout.decode("utf-8")


def test_shell_completion(process: Process) -> None:
    for shell in ("bash", "zsh", "fish"):
        result = process(env={"_KG_COMPLETE": f"{shell}_source"})
        assert b"_KG_COMPLETE" in result.stdout, result.stderr
    words = {"_KG_COMPLETE": "bash_complete", "COMP_WORDS": "kg bu", "COMP_CWORD": "1"}
    assert process(env=words).stdout.decode().split() == ["plain,build"]
    words = {"_KG_COMPLETE": "bash_complete", "COMP_WORDS": "kg export g.ttl --format g", "COMP_CWORD": "4"}
    assert process(env=words).stdout.decode().split() == ["plain,graphml", "plain,gexf"]


def test_help_imports_no_command() -> None:
    code = (
        "import sys\nfrom kg.cli.app import cli\ntry: cli.main(['--help'])\nexcept SystemExit: pass\n"
        "heavy = {'rdflib', 'pyoxigraph', 'networkx', 'numpy', 'kg.extract', 'kg.cli.build'} & set(sys.modules)\n"
        "print(sorted(heavy), file=sys.stderr)"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert result.stderr == b"[]\n"


def test_version(kg: Run) -> None:
    from kg import __version__

    assert kg("--version").stdout == f"kg {__version__}\n"
    assert kg("version").stdout.splitlines()[0] == f"kg {__version__}"
