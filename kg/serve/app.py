"""The application: which address is answered by what, and what happens when it starts and ends."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import anyio.to_thread
import pyoxigraph as ox
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from kg.query.source import check_graph
from kg.rdf.load import parse
from kg.serve.guards import Figures, Guards
from kg.serve.pages import article, home, language_of, missing, node, ontology
from kg.serve.runner import Runner
from kg.serve.settings import Settings
from kg.serve.sparql import sparql
from kg.store import OxigraphStore, base_of, is_store


def application(settings: Settings) -> Starlette:
    """The server of a graph, for any ASGI server.

    A graph file is loaded into a store of the server's own, which goes when it ends; a store is read as it is at each
    request, also beside a writer.

    Raises:
        InputError: there is no such graph.
        UsageError: the graph's suffix is unknown.
    """
    check_graph(settings.graph)
    figures = Figures()

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        folder: Path | None = None
        used = settings
        if not is_store(settings.graph):
            folder = Path(tempfile.mkdtemp(prefix="kg-serve-"))
            await anyio.to_thread.run_sync(_load, settings.graph, folder)
            used = replace(settings, graph=folder)
        base = base_of(used.graph) if folder is None else used.base
        used = replace(used, base=base)
        hidden = OxigraphStore(used.graph, base, read_only=True).own
        app.state.settings, app.state.runner = used, Runner(used, hidden)
        app.state.runner.start()
        try:
            yield
        finally:
            app.state.runner.stop()
            if folder is not None:
                shutil.rmtree(folder, ignore_errors=True)

    guards = [Middleware(Guards, settings=settings, figures=figures)]
    if settings.origins:
        guards.append(
            Middleware(
                CORSMiddleware,
                allow_origins=list(settings.origins),
                allow_methods=["GET", "POST"],
                allow_headers=["Accept", "Content-Type", "Authorization"],
            )
        )
    app = Starlette(
        routes=[
            Route("/", home),
            Route("/sparql", sparql, methods=["GET", "POST"]),
            Route("/id/{local}", node),
            Route("/article/{local}", article),
            Route("/ontology", ontology),
            Route("/view", view),
            Route("/health", health),
            Route("/metrics", metrics),
            Mount("/static", StaticFiles(directory=str(files("kg.serve") / "static"))),
        ],
        middleware=guards,
        exception_handlers={404: _not_found, Exception: _failed},
        lifespan=lifespan,
    )
    app.state.figures = figures
    return app


async def view(request: Request) -> Response:
    """The viewer over the whole graph."""
    from kg.view import render

    settings: Settings = request.app.state.settings
    text = await anyio.to_thread.run_sync(render, settings.graph, language_of(request))
    # The page brings a policy of its own, which names its parts.
    return HTMLResponse(text, headers={"Content-Security-Policy": "frame-ancestors 'none'"})


async def health(_: Request) -> Response:
    """That the server lives."""
    return PlainTextResponse("ok\n")


async def metrics(request: Request) -> Response:
    """Figures in the text format of Prometheus."""
    figures: Figures = request.app.state.figures
    runner: Runner = request.app.state.runner
    lines = ["# TYPE kg_answers_total counter"]
    lines += [f'kg_answers_total{{status="{s}"}} {n}' for s, n in sorted(figures.answered.items())]
    lines += [
        "# TYPE kg_answer_seconds_total counter",
        f"kg_answer_seconds_total {figures.seconds:.3f}",
        "# TYPE kg_queries_running gauge",
        f"kg_queries_running {runner.running}",
        "# TYPE kg_queries_waiting gauge",
        f"kg_queries_waiting {runner.waiting}",
    ]
    return PlainTextResponse("\n".join(lines) + "\n")


async def _not_found(request: Request, _: Exception) -> Response:
    return missing(request)


async def _failed(_: Request, __: Exception) -> Response:
    """What went wrong stands in the log, not in the answer."""
    return PlainTextResponse("something went wrong here\n", 500)


def _load(graph: Path, folder: Path) -> None:
    """A graph file as a store: every triple once in the default graph, besides in its named graph."""

    def quads() -> Iterator[ox.Quad]:
        for quad in parse(graph):
            yield quad
            if quad.graph_name != ox.DefaultGraph():
                yield ox.Quad(quad.subject, quad.predicate, quad.object)

    store = ox.Store(str(folder))
    store.bulk_extend(quads())
    store.flush()
