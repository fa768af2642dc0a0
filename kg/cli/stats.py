"""`kg stats`: what a graph holds, who is central, who belongs together, how two names are connected."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.columns import fitted
from kg.cli.common import FINDINGS, OK, argument, config, echo, kg_command, language, option, say, write_text
from kg.cli.terminal import clip

if TYPE_CHECKING:
    from kg.query.graph import Projection
    from kg.query.stats import Step
    from kg.view.content import Evidence, Fact

_MEMBERS = 8  # names that are shown of a community
_FACTS = 3  # facts that are shown of a step


@kg_command(
    en="Figures about a graph: articles, entities by type, facts by kind and status; the entities with the most "
    "neighbours and how many shortest paths lead through them; groups that belong together.\n\n"
    "With --path, the shortest way between two names instead, through which facts, and the sentences that state them "
    "where the graph has the evidence (graph.trig).",
    vi="Số liệu về đồ thị: bài báo, thực thể theo loại, dữ kiện theo loại và tình trạng; những thực thể nhiều quan hệ "
    "nhất và bao nhiêu đường ngắn nhất đi qua chúng; các nhóm gắn với nhau.\n\n"
    "Với --path thì cho đường ngắn nhất giữa hai tên, qua những dữ kiện nào, và câu nói điều đó nếu đồ thị có bằng "
    "chứng (graph.trig).",
    example='kg stats output/graph.trig --top 5\nkg stats output/graph.trig --path "Nguyễn Đức Chung" "Hà Nội"',
)
@argument("graph", required=False, type=click.Path(path_type=Path), en="The graph.", vi="Đồ thị.")
@option("--path", "ends", nargs=2, metavar="A B", en="How A and B are connected.", vi="A và B liên hệ thế nào.")
@option("--top", type=click.IntRange(1, 1000), default=10, show_default=True, en="How many.", vi="Bao nhiêu.")
@option(
    "--format",
    "-f",
    "form",
    type=click.Choice(("table", "json")),
    default="table",
    en="Form of the result.",
    vi="Dạng của kết quả.",
)
def command(graph: Path | None, ends: tuple[str, str] | None, top: int, form: str) -> int:
    """Print the figures; two names that nothing connects are a finding."""
    from kg.query.graph import project
    from kg.query.source import check_graph, default_graph
    from kg.query.stats import path

    where = graph or default_graph(config().output)
    check_graph(where)
    projection = project(where)
    if not ends:
        figures = _figures(projection, top)
        write_text(None, _json(figures)) if form == "json" else _print_figures(figures)
        return OK
    steps = path(projection, *ends)
    if form == "json":
        found = None if steps is None else [_step(projection, step) for step in steps]
        write_text(None, _json({"from": ends[0], "to": ends[1], "path": found}))
    elif steps is not None:
        _print_path(projection, steps)
    else:
        echo(say("nothing connects them", "không có gì nối hai tên này"))
    return FINDINGS if steps is None else OK


def _json(value: Any) -> str:
    # ASCII: the names come from articles, and no terminal is driven by what is written out.
    return json.dumps(value, ensure_ascii=True, indent=1) + "\n"


def _figures(projection: Projection, top: int) -> dict[str, Any]:
    from kg.query.stats import central, communities, counts

    have = counts(projection)
    groups = communities(projection)
    return {
        "articles": have.articles,
        "entities": have.entities,
        "facts": have.facts,
        "evidence": have.evidence,
        "types": have.types,
        "kinds": have.kinds,
        "central": [
            {
                "id": c.node.id,
                "name": c.node.name,
                "type": c.node.type,
                "neighbours": c.neighbours,
                "facts": c.facts,
                "betweenness": c.betweenness,
            }
            for c in central(projection, top)
        ],
        "communities": [{"size": len(g), "members": [n.name for n in g]} for g in groups[:top]],
        "labels": {
            "kinds": {k: dict(projection.vocabulary.kinds[k]["label"]) for k in have.kinds},
            "types": {t: dict(_words("types", t)) for t in have.types},
        },
    }


def _words(table: str, name: str) -> dict[str, str]:
    from kg.view.terms import messages

    words: dict[str, str] = messages()[table].get(name, {"vi": name, "en": name})
    return words


def _all(table: str) -> list[str]:
    from kg.view.terms import messages

    return list(messages()[table])


def _print_figures(figures: dict[str, Any]) -> None:
    lang = language()
    echo(
        say(
            "{articles} articles · {entities} entities · {facts} facts · {evidence} stretches of evidence",
            "{articles} bài báo · {entities} thực thể · {facts} dữ kiện · {evidence} đoạn bằng chứng",
        ).format(**figures)
    )
    found = {status for by_status in figures["kinds"].values() for status in by_status}
    statuses = [status for status in _all("statuses") if status in found]
    head = [say("kind", "loại dữ kiện"), say("all", "tổng"), *(_words("statuses", s)[lang].lower() for s in statuses)]
    labels = figures["labels"]
    kinds = [
        [f"{labels['kinds'][kind][lang]} ({kind})", sum(n.values()), *(n.get(s, "") for s in statuses)]
        for kind, n in figures["kinds"].items()
    ]
    _table(head, kinds, range(1, len(head)))
    types = [[labels["types"][name][lang], count] for name, count in figures["types"].items()]
    _table([say("entities", "thực thể"), say("number", "số lượng")], types, [1])
    central = [
        [clip(c["name"], 60), _words("types", c["type"])[lang], c["neighbours"], c["facts"], f"{c['betweenness']:.3f}"]
        for c in figures["central"]
    ]
    head = [say("most connected", "nhiều quan hệ nhất"), say("type", "loại"), say("neighbours", "láng giềng")]
    _table([*head, say("facts", "dữ kiện"), say("betweenness", "trung gian")], central, [2, 3, 4])
    groups = [
        [
            g["size"],
            " · ".join(clip(name, 36) for name in g["members"][:_MEMBERS]) + (" …" if g["size"] > _MEMBERS else ""),
        ]
        for g in figures["communities"]
    ]
    _table([say("size", "số"), say("group", "nhóm")], groups, [0])


def _table(head: list[str], rows: list[list[Any]], right: Any) -> None:
    if rows:
        columns = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
        echo()
        echo(fitted(head, [[str(cell) for cell in row] for row in rows], right, columns), end="")


def _step(projection: Projection, step: Step) -> dict[str, Any]:
    return {
        "from": {"id": step.start.id, "name": step.start.name},
        "to": {"id": step.end.id, "name": step.end.name},
        "facts": [
            {
                "id": fact.id,
                "kind": fact.kind,
                "status": fact.status,
                "sentences": [_sentence(projection.content.evidence[e]) for e in fact.evidence],
            }
            for fact in step.facts
        ],
        "relations": list(step.relations),
    }


def _sentence(evidence: Evidence) -> str:
    return " ".join("".join(text for text, _, _ in evidence.parts).split())


def _print_path(projection: Projection, steps: list[Step]) -> None:
    if not steps:
        echo(say("these are the same", "hai tên này là một"))
        return
    lang = language()
    for n, step in enumerate(steps, start=1):
        echo(f"{n}. {step.start.name} — {step.end.name}")
        for fact in step.facts[:_FACTS]:
            echo(f"   {_fact(projection, fact)}")
            for e in fact.evidence[:1]:
                echo(f"     “{_sentence(projection.content.evidence[e])}”")
        if len(step.facts) > _FACTS:
            more = len(step.facts) - _FACTS
            echo(say(f"   and {more} more facts", f"   và {more} dữ kiện nữa"))
        for relation in step.relations:
            echo(f"   {relation[lang]}")


def _fact(projection: Projection, fact: Fact) -> str:
    from kg.view.labels import fact_label

    lang = language()
    kind: str = projection.vocabulary.kinds[fact.kind]["label"][lang]
    label = fact_label(fact, projection.content, projection.vocabulary)[lang]
    what = kind if label == kind else f"{kind}: {label}"
    return f"{what} [{_words('statuses', fact.status)[lang].lower()}] {fact.id}"
