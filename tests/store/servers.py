"""Real SPARQL servers on loopback, for the tests of stores behind endpoints."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

_INI = """
[Database]
DatabaseFile = {folder}/v.db
ErrorLogFile = {folder}/v.log
LockFile = {folder}/v.lck
TransactionFile = {folder}/v.trx
xa_persistent_file = {folder}/v.pxa
TempStorage = TempDatabase
[TempDatabase]
DatabaseFile = {folder}/temp.db
TransactionFile = {folder}/temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DirsAllowed = {folder}
NumberOfBuffers = 4000
MaxDirtyBuffers = 3000
[HTTPServer]
ServerPort = 127.0.0.1:{port}
ServerRoot = {folder}
MaxClientConnections = 8
[SPARQL]
ResultSetMaxRows = 100000
"""


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


@contextmanager
def running(command: list[str], folder: Path, url: str) -> Iterator[None]:
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
        try:
            end = time.monotonic() + 60
            while True:
                try:
                    if httpx.get(url, trust_env=False, timeout=5).status_code < 500:
                        break
                except httpx.HTTPError:
                    pass
                assert process.poll() is None, (folder / "server.log").read_text(errors="replace")
                assert time.monotonic() < end, "the server does not come up"
                time.sleep(0.1)
            yield
        finally:
            process.kill()
            process.wait()


@contextmanager
def oxigraph(folder: Path) -> Iterator[str]:
    """The address of an Oxigraph server."""
    program, port = Path(sys.executable).with_name("oxigraph"), free_port()
    address = f"http://127.0.0.1:{port}"
    command = [str(program), "serve", "--location", str(folder / "data"), "--bind", f"127.0.0.1:{port}"]
    with running(command, folder, address):
        yield f"{address}/query"


@contextmanager
def virtuoso(folder: Path) -> Iterator[str]:
    """The address of a Virtuoso server; its user and password are dba."""
    program = shutil.which("virtuoso-t")
    if program is None:
        pytest.fail("the tests of endpoints need Virtuoso: apt-get install virtuoso-opensource", pytrace=False)
    port = free_port()
    (folder / "v.ini").write_text(_INI.format(folder=folder, port=port, sql=free_port()), encoding="utf-8")
    command = [program, "+configfile", str(folder / "v.ini"), "+foreground", "+wait"]
    with running(command, folder, f"http://127.0.0.1:{port}/sparql"):
        yield f"http://127.0.0.1:{port}/sparql-auth"
