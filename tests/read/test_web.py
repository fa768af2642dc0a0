"""Pages from a web server that stands in for the web: what is asked, what is refused, and what is kept."""

from __future__ import annotations

import itertools
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from page_samples import BODY, LEAD, PAGES, TEXT, TITLE

from kg.errors import InputError
from kg.model import Document, Finding
from kg.read import Web, articles
from kg.read.web import AGENT, Fetcher, is_address

FEED = f"""<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>Tin</title><item><title>{TITLE}</title><link>BASE/bai.html</link></item>
<item><title>Chép trọn trong feed</title><link>BASE/khac.html</link><pubDate>Mon, 12 Mar 2018 09:05:00 GMT</pubDate>
<content:encoded><![CDATA[<p>{LEAD}</p>{"".join(f"<p>{p}</p>" for p in BODY)}]]></content:encoded></item>
</channel></rss>"""
ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><entry><title>Một</title>
<link href="BASE/bai.html"/></entry></feed>"""
SITEMAP = """<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc>BASE/bai.html</loc></url><url><loc>BASE/bai.html</loc></url><url><loc>BASE/none.html</loc></url></urlset>"""
INDEX = """<?xml version="1.0"?><sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>BASE/sitemap.xml</loc></sitemap><sitemap><loc>BASE/index.xml</loc></sitemap></sitemapindex>"""


class Server(ThreadingHTTPServer):
    daemon_threads = True
    asked: list[tuple[str, float, str]]
    robots = "User-agent: *\nDisallow: /cam/\n"

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    server: Server

    def log_message(self, *_: object) -> None: ...

    def answer(self, body: bytes, kind: str = "text/html; charset=utf-8", status: int = 200, **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self) -> None:
        self.server.asked.append((self.path, time.monotonic(), self.headers["User-Agent"]))
        base = self.server.base
        pages = {
            "/bai.html": (PAGES["big_daily"]().encode(), "text/html; charset=utf-8"),
            "/cam/bai.html": (PAGES["amp"]().encode(), "text/html"),
            "/robots.txt": (self.server.robots.encode(), "text/plain"),
            "/rss": (FEED.replace("BASE", base).encode(), "application/rss+xml"),
            "/atom": (ATOM.replace("BASE", base).encode(), "application/atom+xml"),
            "/sitemap.xml": (SITEMAP.replace("BASE", base).encode(), "text/xml"),
            "/index.xml": (INDEX.replace("BASE", base).encode(), "text/xml"),
            "/pdf": (b"%PDF-1.4", "application/pdf"),
            "/big": (b"x" * 3_000_000, "text/html"),
        }
        try:
            if self.path in pages:
                self.answer(*pages[self.path])
            elif self.path == "/loop":
                self.answer(b"", status=302, Location="/loop")
            elif self.path == "/moved":
                self.answer(b"", status=301, Location="/bai.html")
            elif self.path == "/tofile":
                self.answer(b"", status=302, Location="file:///etc/passwd")
            elif self.path == "/drip":
                self.send_response(200)
                self.end_headers()
                for _ in range(100):
                    self.wfile.write(b"x")
                    self.wfile.flush()
                    time.sleep(0.1)
            else:
                self.answer(b"none", status=404)
        except OSError:
            pass  # whoever asked has gone


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server(("127.0.0.1", 0), Handler)
    made.asked = []
    threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield made
    made.shutdown()
    made.server_close()


def fetcher(**more: object) -> Fetcher:
    return Fetcher(1_000_000, **{"delay": 0.0, "private": True, "seconds": 5.0, **more})  # type: ignore[arg-type]


def read(*addresses: str, **more: object) -> tuple[list[Document], list[Finding]]:
    web = Web(**{"delay": 0.0, "private": True, **more})  # type: ignore[arg-type]
    found = list(articles(addresses, web=web))
    return [d for d in found if isinstance(d, Document)], [f for f in found if isinstance(f, Finding)]


def test_a_page_is_read_as_from_disk_and_keeps_its_origin(server: Server) -> None:
    (document,), findings = read(f"{server.base}/moved")
    assert findings == []
    assert document.text == TEXT
    assert document.origin is not None
    assert document.origin.address == f"{server.base}/bai.html"
    assert document.origin.fetched.endswith("Z")
    assert {agent for _, _, agent in server.asked} == {AGENT}


def test_robots_txt_is_kept(server: Server) -> None:
    documents, (finding,) = read(f"{server.base}/cam/bai.html")
    assert documents == []
    assert "robots.txt forbids" in finding.message
    assert [path for path, _, _ in server.asked] == ["/robots.txt"]


def test_a_host_is_not_asked_often(server: Server) -> None:
    with fetcher(delay=0.3) as web:
        web.fetch(f"{server.base}/bai.html")
        web.fetch(f"{server.base}/rss")
    times = [at for _, at, _ in server.asked]
    assert len(times) == 3
    assert all(b - a >= 0.28 for a, b in itertools.pairwise(times))


def test_what_was_fetched_is_kept_for_a_while(server: Server, tmp_path: Path) -> None:
    for _ in range(2):
        with fetcher(cache=tmp_path) as web:
            assert web.fetch(f"{server.base}/bai.html").charset == "utf-8"
    assert [path for path, _, _ in server.asked] == ["/robots.txt", "/bai.html"]
    with fetcher(cache=tmp_path, max_age=-1.0) as web:
        web.fetch(f"{server.base}/bai.html")
    assert len(server.asked) == 4


def test_feeds_and_sitemaps_are_followed_and_nothing_is_fetched_twice(server: Server) -> None:
    documents, findings = read(f"{server.base}/rss", f"{server.base}/atom", f"{server.base}/index.xml")
    assert [d.text.partition("\n")[0] for d in documents] == [TITLE, "Chép trọn trong feed"]
    assert [f.where for f in findings] == [f"{server.base}/none.html"]
    own = documents[1]
    assert own.origin is not None
    assert own.origin.address == f"{server.base}/khac.html"
    assert "16:05 12/03/2018" in own.text
    assert [path for path, _, _ in server.asked].count("/bai.html") == 1


def test_a_feed_on_disk_is_followed_only_where_that_is_wanted(server: Server, tmp_path: Path) -> None:
    file = tmp_path / "tin.rss"
    file.write_text(FEED.replace("BASE", server.base), encoding="utf-8")
    documents, (finding,) = read(str(file))
    assert [d.text.partition("\n")[0] for d in documents] == ["Chép trọn trong feed"]
    assert "1 pages that were not fetched" in finding.message
    assert server.asked == []
    documents, findings = read(str(file), follow=True)
    assert (len(documents), findings) == (2, [])


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/loop", "redirects without end"),
        ("/tofile", "no http address"),
        ("/nothing", "answers 404"),
        ("/big", "more than"),
        ("/drip", "no end after"),
        ("/pdf", "no page: application/pdf"),
    ],
)
def test_what_gives_no_page_is_a_finding(server: Server, path: str, says: str) -> None:
    if path == "/pdf":
        assert says in read(server.base + path)[1][0].message
        return
    with fetcher(seconds=1.0) as web, pytest.raises(InputError, match=says):
        web.fetch(server.base + path)


def test_a_server_that_never_answers_is_given_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent, fetcher(seconds=0.4) as web:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}/x"
        begin = time.monotonic()
        with pytest.raises(InputError, match=r"robots\.txt forbids|no answer in time"):
            web.fetch(address)
        assert time.monotonic() - begin < 5


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:9/x",
        "http://localhost/x",
        "http://[::1]/x",
        "http://10.0.0.1/",
        "http://169.254.169.254/",
        "http://0/",
    ],
)
def test_this_machine_and_its_network_are_refused(address: str) -> None:
    with Fetcher(1000, delay=0.0) as web, pytest.raises(InputError, match=r"into this machine|host is not known"):
        web.fetch(address)


def test_a_redirect_into_this_machine_is_refused(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first host looks public; the name it leads to does not."""
    with Fetcher(1_000_000, delay=0.0) as web:
        monkeypatch.setattr(web, "_check_peer", lambda *_: None)
        seen: list[str] = []
        real = web._check

        def check(at: str, address: str) -> None:
            seen.append(at)
            if len(seen) > 1:
                real(at, address)

        monkeypatch.setattr(web, "_check", check)
        with pytest.raises(InputError, match="into this machine"):
            web.fetch(f"{server.base}/moved")
    assert [path for path, _, _ in server.asked] == ["/robots.txt", "/moved"]


def test_a_name_that_means_another_machine_when_asked_is_refused(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Fetcher(1_000_000, delay=0.0) as web:
        monkeypatch.setattr(web, "_check", lambda *_: None)
        with pytest.raises(InputError, match=r"into this machine|robots\.txt forbids"):
            web.fetch(f"{server.base}/bai.html")


def test_addresses_are_told_from_files() -> None:
    assert is_address("https://example.org/x")
    assert not is_address("http.txt")
    assert not is_address("file:///etc/passwd")
