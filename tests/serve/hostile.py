"""Hostile HTTP requests, generated: malformed, huge, wrongly encoded, traversing, injecting. Used by a test and a
benchmark; the same seed gives the same requests.
"""

from __future__ import annotations

import random
import socket
from collections.abc import Iterator
from urllib.parse import quote

# Never in an answer or a log: what requests carry in to see whether it comes out.
MARKER = "<script>kgMarker()</script>"
SECRET = "kgSecretWord"
_PATHS = (
    "/",
    "/sparql",
    "/id/x",
    "/article/x",
    "/ontology",
    "/static/page.css",
    "/view/../health",
    "/health",
    "/metrics",
)
_METHODS = ("GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "TRACE", "PATCH", "CONNECT", "get", "G\x00T", "")
_TRAVERSAL = ("..", "%2e%2e", "..%2f", "%2e%2e%2f", "..\\", "%5c..", "....//", "%00", "~root", ".git", "%c0%ae%c0%ae")
_TARGETS = ("etc/passwd", "proc/self/environ", "kg/serve/app.py", "CURRENT", "pyproject.toml", "windows/win.ini")
_QUERIES = (
    "SELECT * { ?s ?p ?o",
    "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
    "LOAD <file:///etc/passwd>",
    "DROP ALL",
    "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
    "INSERT DATA { <urn:a> <urn:b> <urn:c> }",
    "SELECT ('" + MARKER + "' AS ?x) {}",
    "(" * 3000,
    "{" * 2000 + "}" * 2000,
    "SELECT * { ?s ?p '\\u0000' }",
    "ASK { ?a ?b ?c } # " + SECRET,
)


def requests(count: int, seed: int = 1) -> Iterator[tuple[bytes, bool]]:
    """Requests as bytes, and whether a query is run for it (which takes a process of its own)."""
    rng = random.Random(seed)
    makers = (_line, _traversal, _headers, _encodings, _bodies, _markup, _noise)
    for i in range(count):
        if i % 50 == 0:
            query = rng.choice(_QUERIES)
            yield _request("GET", f"/sparql?query={quote(query)}", {"Accept": "*/*"}), True
        else:
            yield rng.choice(makers)(rng), False


def _request(method: str, path: str, headers: dict[str, str] | None = None, body: bytes = b"") -> bytes:
    lines = {"Host": "127.0.0.1", "Connection": "close", **(headers or {})}
    if body and "Content-Length" not in lines and "Transfer-Encoding" not in lines:
        lines["Content-Length"] = str(len(body))
    head = f"{method} {path} HTTP/1.1\r\n" + "".join(f"{k}: {v}\r\n" for k, v in lines.items()) + "\r\n"
    return head.encode("utf-8", "surrogateescape") + body


def _line(rng: random.Random) -> bytes:
    version = rng.choice(("HTTP/1.1", "HTTP/0.9", "HTTP/9.9", "HTTP", "", "ICY/1.0"))
    line = f"{rng.choice(_METHODS)} {rng.choice(_PATHS)} {version}"
    return f"{line}\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode()


def _traversal(rng: random.Random) -> bytes:
    steps = "/".join(rng.choice(_TRAVERSAL) for _ in range(rng.randint(1, 12)))
    root = rng.choice(("/static/", "/id/", "/article/", "/"))
    return _request("GET", root + steps + "/" + rng.choice(_TARGETS))


def _headers(rng: random.Random) -> bytes:
    name, value = rng.choice(
        (
            (
                "Host",
                rng.choice(("evil.example", "127.0.0.1.evil.example", "", "[::1", "localhost:99999999", "a" * 300)),
            ),
            ("Accept", rng.choice((";q=", "*/*;q=-1", "text/html;q=9" * 50, ",,,,", "a/b;q=\x7f"))),
            ("Accept-Language", rng.choice(("vi;q=x", "-", "zz" * 500))),
            ("Content-Length", rng.choice(("-1", "1e9", "99999999999999999999", "0x10", " 5", "5, 6"))),
            ("X-Long", "a" * rng.choice((100, 9_000, 40_000))),
            ("Cookie", "a=b; " * rng.randint(1, 500)),
            ("X-Split", "a\r\nSet-Cookie: kg=1"),
            ("Authorization", f"Bearer {SECRET}"),
            ("Range", "bytes=0-0,1-1," * 20 + "5-"),
            ("Expect", "100-continue"),
            ("Upgrade", "websocket"),
        )
    )
    return _request(rng.choice(("GET", "POST")), rng.choice(_PATHS), {name: value})


def _encodings(rng: random.Random) -> bytes:
    broken = rng.choice((b"\xff\xfe", b"%ff%fe", b"%", b"%zz", b"%C3", b"\xc3\x28", b"%u0041", b"+" * 50, b"%00"))
    return (
        b"GET /"
        + rng.choice((b"id/", b"sparql?query=", b"article/", b"?lang="))
        + broken
        + (b" HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
    )


def _bodies(rng: random.Random) -> bytes:
    kind = rng.choice(
        ("application/x-www-form-urlencoded", "application/sparql-update", "text/plain", "", "a/b;;=", "x" * 500)
    )
    headers = {"Content-Type": kind}
    size = rng.choice((0, 10, 70_000, 1_200_000))
    body = rng.randbytes(16) * (size // 16)
    if rng.random() < 0.3:
        headers["Transfer-Encoding"] = "chunked"
        body = rng.choice((b"zz\r\nabc\r\n", b"5\r\nab\r\n0\r\n\r\n", b"-1\r\n\r\n", b"0\r\n\r\n"))
    return _request("POST", "/sparql", headers, body)


def _markup(rng: random.Random) -> bytes:
    text = rng.choice((MARKER, "'\"><img src=x onerror=kg()>", "{{7*7}}", "${7*7}", "\u202e" + "kg", "</style>"))
    path = rng.choice(("/id/", "/article/", "/nothing/", "/?lang=", "/ontology?x="))
    return _request("GET", path + quote(text, safe=""), {"Accept": "text/html"})


def _noise(rng: random.Random) -> bytes:
    return rng.randbytes(rng.randint(1, 400)) + rng.choice((b"", b"\r\n\r\n"))


def send(port: int, request: bytes, timeout: float = 60) -> bytes:
    """The whole answer; empty where the server closed the connection without one."""
    with socket.create_connection(("127.0.0.1", port), timeout) as connection:
        answer = b""
        try:
            connection.sendall(request)
            connection.shutdown(socket.SHUT_WR)
            while chunk := connection.recv(65536):
                answer += chunk
        except OSError:
            pass
        return answer


def verdict(answer: bytes) -> str:
    """What is wrong with an answer; "" where it is proper."""
    if not answer:
        return ""  # what was no request needs no answer
    line = answer.partition(b"\r\n")[0].split(b" ")
    if len(line) < 2 or not line[1].isdigit():
        return "no status"
    status = int(line[1])
    if status == 500 or not 100 <= status < 600:
        return f"status {status}"
    head, _, body = answer.partition(b"\r\n\r\n")
    if MARKER.encode() in body and b"text/html" in head.lower():
        return "markup comes back"
    if b"Set-Cookie: kg=1" in head:
        return "a header was split"
    if b"Traceback" in body or b"root:x:0" in body:
        return "insides are told"
    return ""
