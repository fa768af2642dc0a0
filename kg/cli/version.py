"""`kg version`: what is installed."""

from __future__ import annotations

import platform
from importlib.metadata import version

from kg import __version__
from kg.cli.common import OK, echo, kg_command


@kg_command(
    en="Show the versions of the program, of Python and of the libraries that shape the result.",
    vi="Xem phiên bản của chương trình, của Python và của các thư viện có ảnh hưởng tới kết quả.",
    example="kg version",
)
def command() -> int:
    """Print one name and version a line."""
    echo(f"kg {__version__}")
    echo(f"python {platform.python_version()}")
    for name in ("click", "networkx", "pyoxigraph", "pyshacl", "pyvis", "rdflib"):
        echo(f"{name} {version(name)}")
    return OK
