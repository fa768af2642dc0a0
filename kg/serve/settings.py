"""What a server is told when it starts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kg.rdf.terms import DEFAULT_BASE

HOSTS = ("127.0.0.1", "localhost", "[::1]")  # names of this machine for itself


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the graph lies, who may ask, and how much.

    Attributes:
        graph: a graph file or the folder of a store.
        base: namespace of the data's IRIs.
        hosts: names in the Host header that are answered, without port; others are refused (DNS rebinding).
        origins: origins whose pages may ask (CORS); "*" for all.
        token: what a request must carry as "Authorization: Bearer …"; empty for none.
        texts: False keeps the articles' texts to the sentences that facts rest on.
        seconds: time of a query.
        megabytes: memory of a query.
        running: queries at once.
        waiting: queries that may wait for their turn; more are told to come later.
        body: bytes of a request's body.
    """

    graph: Path
    base: str = DEFAULT_BASE
    hosts: tuple[str, ...] = HOSTS
    origins: tuple[str, ...] = ()
    token: str = ""
    texts: bool = True
    seconds: float = 30.0
    megabytes: int = 1024
    running: int = 4
    waiting: int = 64
    body: int = 1 << 20
