"""A server as a process of its own on loopback, and what it answers."""

from __future__ import annotations

import http.client
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple


class Answer(NamedTuple):
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0]


class Server(NamedTuple):
    port: int
    log: Path

    def ask(
        self, method: str, path: str, headers: Mapping[str, str] | None = None, body: bytes | str | None = None
    ) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.putrequest(method, path, skip_host="Host" in (headers or {}), skip_accept_encoding=True)
            data = body.encode() if isinstance(body, str) else body
            sent = dict(headers or {})
            if data is not None and "Content-Length" not in sent:
                sent["Content-Length"] = str(len(data))
            for name, value in sent.items():
                connection.putheader(name, value)
            connection.endheaders(data)
            answer = connection.getresponse()
            return Answer(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())
        finally:
            connection.close()


@contextmanager
def serving(graph: Path, folder: Path, *options: str, env: Mapping[str, str] | None = None) -> Iterator[Server]:
    log = folder / "log.txt"
    command = [
        sys.executable,
        "-c",
        "from kg.cli import main; main()",
        "serve",
        str(graph),
        "--port",
        "0",
        "--lang",
        "en",
        *options,
    ]
    with log.open("wb") as file:
        process = subprocess.Popen(command, stderr=file, stdout=file, cwd=folder, env=env)
    try:
        for _ in range(600):
            found = re.search(r"http://127\.0\.0\.1:(\d+)/", log.read_text(encoding="utf-8"))
            if found:
                server = Server(int(found[1]), log)
                try:
                    if server.ask("GET", "/health").status == 200:
                        break
                except OSError:
                    pass
            assert process.poll() is None, log.read_text(encoding="utf-8")
            try:
                process.wait(0.1)
            except subprocess.TimeoutExpired:
                continue
        yield server
    finally:
        process.terminate()
        assert process.wait(30) == 0, log.read_text(encoding="utf-8")
