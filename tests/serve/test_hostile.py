"""Hostile requests: every answer is a proper status, the server lives on, and the log keeps to itself."""

from __future__ import annotations

from pathlib import Path

from hostile import SECRET, requests, send, verdict
from serving import Server, serving


def test_no_request_takes_it_down(store: Path, tmp_path: Path) -> None:
    with serving(store, tmp_path, "--seconds", "5") as server:
        answered = 0
        for request, _ in requests(300, seed=7):
            answer = send(server.port, request)
            assert not verdict(answer), (request[:200], answer[:200])
            answered += bool(answer)
        assert answered > 200
        assert server.ask("GET", "/health").status == 200
        log = server.log.read_text(encoding="utf-8")
        assert SECRET not in log
        assert "Traceback" not in log


def test_half_a_request_does_not_hold_the_others(server: Server) -> None:
    import socket

    slow = [socket.create_connection(("127.0.0.1", server.port), 10) for _ in range(50)]
    try:
        for connection in slow:
            connection.sendall(b"POST /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\nqu")
        assert server.ask("GET", "/health").status == 200
    finally:
        for connection in slow:
            connection.close()
