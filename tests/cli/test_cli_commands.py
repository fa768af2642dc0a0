"""extract, view, export, check, rules: through the command line."""

from __future__ import annotations

import html
import json
import tomllib
from pathlib import Path
from unicodedata import normalize

import pytest
from calls import ARTICLE, Run

from kg.rdf.export import FORMATS


@pytest.fixture
def graph(kg: Run, article: Path) -> Path:
    assert kg("build", article, "-o", "graph").exit_code == 0
    return Path("graph/graph.trig")


class TestExtract:
    def test_one_record_a_line(self, kg: Run, article: Path) -> None:
        (article.parent / "hai.txt").write_text(ARTICLE.replace("Khải", "Sơn"), encoding="utf-8")
        result = kg("extract", article.parent)
        records = [json.loads(line) for line in result.stdout.splitlines()]
        assert [r["doc"] for r in records] == ["hai", "thi-dua"]
        names = {e["id"]: e["name"] for e in records[1]["entities"]}
        posts = [f["roles"] for f in records[1]["facts"] if f["kind"] == "holds_post"]
        assert ("Trần Văn Khải", "Chủ tịch") in [(names[p["person"][0]], p["post"][0]) for p in posts]
        assert result.exit_code == 0

    @pytest.mark.parametrize("form", ["NFC", "NFD"])
    def test_offsets_are_the_files_own(self, kg: Run, article: Path, form: str) -> None:
        raw = "\ufeff" + normalize(form, ARTICLE).replace("\n", "\r\n")  # type: ignore[arg-type]
        article.write_bytes(raw.encode("utf-8"))
        (record,) = map(json.loads, kg("extract", article).stdout.splitlines())
        quotes = [raw[e["start"] : e["end"]] for f in record["facts"] for e in f["evidence"]]
        assert any("Trần Văn Khải" in normalize("NFC", q) for q in quotes)
        for quote in quotes:
            assert normalize("NFC", quote).replace("\r\n", "\n") in ARTICLE

    def test_standard_input(self, kg: Run) -> None:
        (record,) = map(json.loads, kg("extract", "-", stdin=ARTICLE).stdout.splitlines())
        assert record["doc"] == "stdin"

    def test_a_table_for_people(self, kg: Run, article: Path) -> None:
        english = kg("extract", article, "--format", "table").stdout
        assert "Trần Văn Khải" in english
        assert "asserted" in english
        assert "khẳng định" in kg("extract", article, "--format", "table", "--lang", "vi").stdout

    def test_bad_input(self, kg: Run, article: Path) -> None:
        (article.parent / "bad.txt").write_bytes(b"")
        result = kg("extract", article.parent)
        assert (result.exit_code, len(result.stdout.splitlines())) == (1, 1)
        assert "bad.txt: the file is empty" in result.stderr
        result = kg("extract", article.parent / "bad.txt")
        assert (result.exit_code, result.stdout) == (3, "")

    def test_hostile_text_cannot_drive_a_terminal(self, kg: Run, article: Path) -> None:
        article.write_text(
            ARTICLE.replace("Trần Văn", "Trần \u202e\x1b[31mVăn").replace("lễ", "l\u0007ễ"), encoding="utf-8"
        )
        named = article.rename(article.with_name("a\u202e\u009bb.txt"))
        for form in ("facts", "table"):
            result = kg("extract", named, "--format", form)
            assert result.exit_code == 0
            assert not {"\x1b", "\u202e", "\u009b", "\x07"} & set(result.output)


class TestView:
    def test_the_page_lies_beside_the_graph(self, kg: Run, graph: Path) -> None:
        page = graph.with_suffix(".html")
        built = page.read_bytes()
        page.unlink()
        result = kg("view", graph)
        assert (result.exit_code, result.stdout) == (0, f"wrote {page}\n")
        # The page of `kg build` is the page of its graph, and nothing else.
        assert page.read_bytes() == built

    def test_elsewhere_and_standard_output(self, kg: Run, graph: Path) -> None:
        assert kg("view", graph, "-o", "p.html").exit_code == 0
        result = kg("view", graph, "-o", "-")
        assert result.stdout_bytes == Path("p.html").read_bytes()

    def test_a_chosen_language_opens_the_page(self, kg: Run, graph: Path) -> None:
        assert '<html lang="en"' in kg("view", graph, "-o", "-", "--lang", "en").stdout
        assert '<html lang="vi"' in kg("view", graph, "-o", "-").stdout

    def test_what_is_no_graph(self, kg: Run) -> None:
        assert kg("view", "gone.trig").exit_code == 3
        Path("bad.ttl").write_text("<a> <b> ", encoding="utf-8")
        result = kg("view", "bad.ttl")
        assert result.exit_code == 3
        assert "bad.ttl" in result.stderr


class TestExport:
    def test_the_formats_are_those_of_the_library(self) -> None:
        from kg.cli import export

        assert export.FORMATS == FORMATS

    @pytest.mark.parametrize("form", [f for f in FORMATS if f != "qb"])
    def test_every_format(self, kg: Run, graph: Path, form: str) -> None:
        printed = kg("export", graph, "--format", form)
        assert printed.exit_code == 0, printed.stderr
        assert "Trần Văn Khải" in html.unescape(printed.stdout)
        written = kg("export", graph, "--format", form, "-o", "out")
        assert written.stdout == "wrote out\n"
        assert Path("out").read_bytes() == printed.stdout_bytes

    def test_a_folder_for_neo4j(self, kg: Run, graph: Path) -> None:
        assert kg("export", graph, "-f", "neo4j").exit_code == 2
        assert kg("export", graph, "-f", "neo4j", "-o", "neo").exit_code == 0
        assert sorted(p.name for p in Path("neo").iterdir()) == ["nodes.csv", "relationships.csv"]

    def test_a_part_of_a_store(self, kg: Run, article: Path) -> None:
        kg("add", article, "--store", "kho")
        everything = kg("export", "kho", "-f", "ntriples").stdout
        assert kg("export", "kho", "-f", "ntriples", "--article", article.name).stdout == everything
        assert kg("export", "kho", "-f", "ntriples", "--from", "2020").stdout == ""
        assert kg("export", "kho", "-f", "csv", "--kind", "award").stdout.count("\n") == 1
        khai = "SELECT ?p { ?p schema:name ?n FILTER(CONTAINS(?n, 'Khải')) }"
        rows = kg("export", "kho", "-f", "csv", "--query", khai).stdout
        assert "Trần Văn Khải" in rows
        assert "Lê Thị Hoài Thu" not in rows
        names = kg("export", "kho", "-f", "turtle", "--query", "CONSTRUCT { ?p schema:name ?n } { ?p schema:name ?n }")
        assert names.stdout.count("schema:name") == 2

    @pytest.mark.parametrize(
        ("options", "said"),
        [
            (("--query", "ASK { ?s ?p ?o }"), "an ASK chooses nothing"),
            (("--query", "DESCRIBE vk:Person", "--kind", "award"), "is the part itself"),
            (("--kind", "weather"), "no kind of fact"),
        ],
    )
    def test_a_part_that_cannot_be_taken(self, kg: Run, graph: Path, options: tuple[str, ...], said: str) -> None:
        result = kg("export", graph, "-f", "turtle", *options)
        assert result.exit_code == 2
        assert said in result.stderr

    def test_a_graph_comes_back(self, kg: Run, graph: Path) -> None:
        again = kg("export", graph, "--format", "trig")
        assert again.stdout_bytes == graph.read_bytes()

    def test_standard_input(self, kg: Run, graph: Path) -> None:
        result = kg("export", "-", "--format", "trig", stdin=graph.read_bytes())
        assert result.stdout_bytes == graph.read_bytes()


class TestCheck:
    def test_a_built_graph_is_sound(self, kg: Run, graph: Path, article: Path) -> None:
        result = kg("check", graph, "--articles", article)
        assert (result.exit_code, result.stderr) == (0, ""), result.output
        assert "graph.trig: sound" in result.stdout

    def test_an_article_that_was_changed_is_found(self, kg: Run, graph: Path, article: Path) -> None:
        article.write_text(ARTICLE.replace("Khải", "Khai"), encoding="utf-8")
        result = kg("check", graph, "--articles", article.parent)
        assert result.exit_code == 1
        assert "warning: article-thi-dua-" in result.stdout
        assert "→" in result.stdout

    def test_a_fact_without_evidence_is_found(self, kg: Run, graph: Path) -> None:
        lines = graph.read_text(encoding="utf-8")
        assert "prov:wasDerivedFrom" in lines
        graph.write_text(lines.replace("prov:wasDerivedFrom", "schema:citation"), encoding="utf-8")
        result = kg("check", graph, "--lang", "vi")
        assert result.exit_code == 1
        assert "lỗi: " in result.stdout

    def test_the_default_is_the_graph_of_the_output_folder(self, kg: Run) -> None:
        result = kg("check")
        assert result.exit_code == 3
        assert "output/graph.trig" in result.stderr


class TestRules:
    def test_list(self, kg: Run) -> None:
        result = kg("rules", "list")
        assert result.exit_code == 0
        assert "holds_post.toml:" in result.stdout
        only = kg("rules", "list", "award").stdout
        assert "award." in only
        assert "holds_post." not in only

    def test_the_shipped_rules_are_sound(self, kg: Run) -> None:
        result = kg("rules", "check")
        assert (result.exit_code, result.stderr) == (0, "")
        assert "are sound" in result.stdout

    def test_every_mistake_is_told_with_file_and_line(self, kg: Run) -> None:
        Path("a.toml").write_text(
            'fact = "award"\n\n[[pattern]]\nid = "x"\nmatch = "{award:Award} [trao"\n', encoding="utf-8"
        )
        Path("b.toml").write_text('fact = "award"\nodd\n', encoding="utf-8")
        result = kg("rules", "check", "a.toml", "b.toml")
        assert result.exit_code == 1
        assert "a.toml:5" in result.stderr
        assert "b.toml:2" in result.stderr

    def test_a_new_file_names_the_roles_and_is_toml(self, kg: Run) -> None:
        from kg.extract.schema import fact_kinds

        for kind in fact_kinds():
            made = tomllib.loads(kg("rules", "new", kind).stdout)
            assert made["fact"] == kind
            assert made["pattern"][0]["match"]
        assert "# award*:" in kg("rules", "new", "award").stdout

    def test_nothing_is_overwritten(self, kg: Run) -> None:
        assert kg("rules", "new", "award", "-o", "x.toml").exit_code == 0
        before = Path("x.toml").read_text(encoding="utf-8")
        result = kg("rules", "new", "launch", "-o", "x.toml")
        assert result.exit_code == 2
        assert "x.toml: is there already" in result.stderr
        assert Path("x.toml").read_text(encoding="utf-8") == before

    def test_an_unknown_kind(self, kg: Run) -> None:
        for args in (("list", "awrad"), ("new", "awrad")):
            result = kg("rules", *args)
            assert result.exit_code == 2
            assert "known: award" in result.stderr
