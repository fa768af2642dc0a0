"""Puts the page together: one file that needs no network and allows nothing but its own parts."""

from __future__ import annotations

import os
import tempfile
from importlib.resources import files
from pathlib import Path
from typing import Any

from kg.errors import OutputError, UsageError
from kg.model import Finding
from kg.view.assets import csp_hash, script, style, vis_script, vis_style
from kg.view.clean import json_for_script
from kg.view.content import Content, read_content
from kg.view.drawing import draw
from kg.view.payload import data, lines
from kg.view.source import read
from kg.view.terms import Vocabulary, load_vocabulary, messages

LANGUAGES = ("vi", "en")


def render(source: Any, lang: str = "vi") -> str:
    """The page of a graph, as text; the same text for the same graph.

    Args:
        source: path of a graph file (.ttl .trig .nt .nq .rdf .jsonld), an rdflib Graph or Dataset, a pyoxigraph
            Store, or an iterable of pyoxigraph quads.
        lang: the language the page opens in, "vi" or "en"; the reader may switch.

    Raises:
        UsageError: another language.
        InputError: the graph cannot be read.
    """
    return _render(_content(source, lang), lang)


def write_page(source: Path, target: Path, lang: str = "vi") -> list[Finding]:
    """Writes the page of the graph file `source` to `target`, in UTF-8, wholly or not at all.

    Returns:
        What a person should know: a graph without entities, or without the sentences that state its facts.

    Raises:
        UsageError: another language than "vi" and "en".
        InputError: the graph cannot be read.
        OutputError: `target` cannot be written.
    """
    content = _content(source, lang)
    page = _render(content, lang)
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=".page-", suffix=".html")
    except OSError as error:
        raise _unwritable(target, error) from error
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(page)
        mask = os.umask(0)
        os.umask(mask)
        Path(name).chmod(0o666 & ~mask)
        Path(name).replace(target)
    except OSError as error:
        Path(name).unlink(missing_ok=True)
        raise _unwritable(target, error) from error
    return _findings(content, source, lang)


def _unwritable(target: Path, error: OSError) -> OutputError:
    return OutputError(f"{target}: cannot be written: {error.strerror or error}", "choose another file with -o")


def _content(source: Any, lang: str) -> tuple[Content, Vocabulary]:
    if lang not in LANGUAGES:
        raise UsageError(f"no such language: {lang!r}", f"use one of {', '.join(LANGUAGES)}")
    vocabulary = load_vocabulary()
    return read_content(read(source), vocabulary), vocabulary


def _findings(read_in: tuple[Content, Vocabulary], source: Path, lang: str) -> list[Finding]:
    content, words = read_in[0], messages()["ui"][lang]
    if not content.nodes and not content.facts:
        return [Finding("warning", str(source), words["empty"])]
    if content.facts and not content.evidence:
        return [Finding("info", str(source), words["noSources"])]
    return []


def _render(read_in: tuple[Content, Vocabulary], lang: str) -> str:
    from jinja2 import Environment, StrictUndefined  # here: half a second that other commands need not pay
    from pyvis.network import Network

    content, vocabulary = read_in
    drawing = draw(content, vocabulary, lang)
    network = Network(directed=True)
    # Filled directly: add_edge looks through all edges each time, and titles with "href" would become HTML.
    network.nodes, network.edges = drawing.nodes, drawing.edges
    drawn_nodes, drawn_edges, *_ = network.get_network_data()
    carried = data(content, vocabulary, drawing, {"nodes": drawn_nodes, "edges": drawn_edges}, lang)
    styles, scripts = (vis_style(), style()), (vis_script(), script())
    policy = "; ".join(
        (
            "default-src 'none'",
            "script-src " + " ".join(map(csp_hash, scripts)),
            "style-src " + " ".join(map(csp_hash, styles)),
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )
    environment = Environment(autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True)
    template = environment.from_string((files("kg.view") / "page.html").read_text(encoding="utf-8"))
    return template.render(
        lang=lang,
        t=messages()["ui"][lang],
        policy=policy,
        styles=styles,
        scripts=scripts,
        data=json_for_script(carried),
        facts=lines(content),
        title=_title(content, lang),
    )


def _title(content: Content, lang: str) -> str:
    name = str(messages()["ui"][lang]["title"])
    headline = content.articles[0].headline if len(content.articles) == 1 else ""
    return f"{headline} – {name}" if headline else name
