"""Pages from the web, fetched politely: robots.txt is kept, a host is asked one thing at a time, and told who asks.

Nothing is fetched but http and https from public addresses: an address that leads to this machine or its network, also
by a redirect or by its name's answer, is refused. Time and size are limited; what was fetched is kept for a while.
"""

from __future__ import annotations

import hashlib
import ipaddress
import json
import socket
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

from kg import __version__
from kg.errors import InputError
from kg.language import Bilingual
from kg.read.charset import declared_by
from kg.read.errors import missing_extra

if TYPE_CHECKING:
    import httpx

AGENT = f"vnkg/{__version__} (reads news into a knowledge graph)"
_REDIRECTS = 5
_ROBOTS_BYTES = 500_000
_LONGEST_DELAY = 30.0  # seconds: a longer Crawl-delay is taken to be this
_PREFIXES = ("http://", "https://")


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address gave.

    Attributes:
        address: where it lay in the end, behind redirects.
        data: its bytes.
        kind: its content type, without parameters, in lower case.
        charset: the encoding that came with it; may be empty.
        time: when it was fetched, ISO 8601 in UTC.
    """

    address: str
    data: bytes
    kind: str
    charset: str
    time: str


def is_address(name: str) -> bool:
    """True for an address on the web."""
    return name.lower().startswith(_PREFIXES)


class Fetcher:
    """Fetches pages, one after another.

    Args:
        max_bytes: larger answers are refused.
        seconds: for one answer in all, however slowly it comes.
        delay: seconds between two requests to one host; a longer Crawl-delay of its robots.txt is kept.
        cache: folder of what was fetched; None for none.
        max_age: seconds for which that is used.
        private: also fetch from this machine and its network (for tests, and for a paper's own server).

    Raises:
        KgError: the extra `web` is not installed.
    """

    def __init__(
        self,
        max_bytes: int,
        *,
        seconds: float = 30.0,
        delay: float = 1.0,
        cache: Path | None = None,
        max_age: float = 86_400.0,
        private: bool = False,
    ) -> None:
        try:
            import httpx
        except ImportError as error:
            raise missing_extra("http(s)", "web", error.name) from error
        self._httpx = httpx
        self._client = httpx.Client(
            headers={"User-Agent": AGENT, "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.5"},
            timeout=httpx.Timeout(min(seconds, 10.0)),
            follow_redirects=False,
        )
        self._max_bytes, self._seconds, self._delay = max_bytes, seconds, delay
        self._cache, self._max_age, self._private = cache, max_age, private
        self._robots: dict[str, RobotFileParser | None] = {}
        self._asked: dict[str, float] = {}

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._client.close()

    def fetch(self, address: str) -> Fetched:
        """What lies at an address.

        Raises:
            InputError: it is no public http address, robots.txt forbids it, or it gives nothing usable in time.
        """
        kept = self._kept(address)
        if kept is not None:
            return kept
        at = address
        for _ in range(_REDIRECTS + 1):
            self._check(at, address)
            robots = self._rules(at)
            if robots is not None and not robots.can_fetch(AGENT, at):
                raise _refused(address, "its robots.txt forbids it", "robots.txt của trang không cho phép")
            status, headers, data = self._get(at, address, self._max_bytes)
            if status in (301, 302, 303, 307, 308) and headers.get("location"):
                at = urljoin(at, headers["location"])
                continue
            if status != 200:
                raise _refused(address, f"the server answers {status}", f"máy chủ trả lời {status}")
            content = headers.get("content-type", "")
            found = Fetched(
                at,
                data,
                content.partition(";")[0].strip().lower(),
                declared_by(content),
                datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            )
            self._keep(address, found)
            return found
        raise _refused(address, "it redirects without end", "chuyển hướng không dứt")

    # the network

    def _get(self, at: str, address: str, most: int) -> tuple[int, httpx.Headers, bytes]:
        self._wait(at)
        end = time.monotonic() + self._seconds
        try:
            with self._client.stream("GET", at) as answer:
                self._check_peer(answer.extensions.get("network_stream"), address)
                parts, size = [], 0
                for part in answer.iter_bytes():
                    size += len(part)
                    if size > most:
                        raise _refused(address, f"more than {most:,} bytes", f"quá {most:,} byte")
                    if time.monotonic() > end:
                        raise _refused(
                            address, f"no end after {self._seconds:g} seconds", f"quá {self._seconds:g} giây"
                        )
                    parts.append(part)
                return answer.status_code, answer.headers, b"".join(parts)
        except self._httpx.TimeoutException as error:
            raise _refused(address, "no answer in time", "không trả lời kịp") from error
        except (self._httpx.HTTPError, self._httpx.InvalidURL, ValueError, OSError) as error:
            reason = str(error) or type(error).__name__
            raise _refused(address, f"cannot be fetched: {reason}", f"không tải được: {reason}") from error
        finally:
            self._asked[_host(at)] = time.monotonic()

    def _wait(self, at: str) -> None:
        """Lets the host rest since it was asked last."""
        host = _host(at)
        delay = self._delay
        robots = self._robots.get(host)
        own = robots.crawl_delay(AGENT) if robots is not None else None
        if own is not None:
            delay = max(delay, min(float(own), _LONGEST_DELAY))
        left = self._asked.get(host, 0.0) + delay - time.monotonic()
        if host in self._asked and left > 0:
            time.sleep(left)

    def _rules(self, at: str) -> RobotFileParser | None:
        """The rules of a host's robots.txt; None where it has none. A host whose rules cannot be read forbids all."""
        host = _host(at)
        if host not in self._robots:
            self._robots[host] = None
            parts = urlsplit(at)
            rules = RobotFileParser()
            try:
                status, _, data = self._get(f"{parts.scheme}://{parts.netloc}/robots.txt", at, _ROBOTS_BYTES)
            except InputError:
                status, data = 503, b""
            if status == 200:
                rules.parse(data.decode("utf-8", "replace").splitlines())
                self._robots[host] = rules
            elif status >= 500:
                rules.parse(["User-agent: *", "Disallow: /"])
                self._robots[host] = rules
        return self._robots[host]

    def _check(self, at: str, address: str) -> None:
        parts = urlsplit(at)
        if parts.scheme.lower() not in ("http", "https") or not parts.hostname:
            raise _refused(address, f"leads to {at[:80]!r}, no http address", f"dẫn tới {at[:80]!r}, không phải http")
        if self._private:
            return
        try:
            found = socket.getaddrinfo(parts.hostname, parts.port or 80, proto=socket.IPPROTO_TCP)
        except (OSError, UnicodeError, ValueError) as error:
            raise _refused(address, f"its host is not known: {error}", f"không biết máy chủ: {error}") from error
        for *_, where in found:
            self._check_ip(str(where[0]), address)

    def _check_peer(self, stream: Any, address: str) -> None:
        """The machine that really answers: a name may mean another than when it was looked up."""
        where = stream.get_extra_info("server_addr") if stream is not None else None
        if where and not self._private:
            self._check_ip(str(where[0]), address)

    def _check_ip(self, ip: str, address: str) -> None:
        if not ipaddress.ip_address(ip.partition("%")[0]).is_global:
            raise _refused(address, "leads into this machine or its network", "dẫn vào máy này hoặc mạng nội bộ")

    # what was fetched before

    def _file(self, address: str) -> Path | None:
        return self._cache / hashlib.sha256(address.encode()).hexdigest() if self._cache is not None else None

    def _kept(self, address: str) -> Fetched | None:
        file = self._file(address)
        if file is None:
            return None
        try:
            if time.time() - file.stat().st_mtime > self._max_age:
                return None
            head, _, data = file.read_bytes().partition(b"\n")
            value = json.loads(head)
            return Fetched(value["address"], data, value["kind"], value["charset"], value["time"])
        except (OSError, ValueError, KeyError):
            return None

    def _keep(self, address: str, found: Fetched) -> None:
        file = self._file(address)
        if file is None:
            return
        head = {"address": found.address, "kind": found.kind, "charset": found.charset, "time": found.time}
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            part = file.with_suffix(".part")
            part.write_bytes(json.dumps(head).encode() + b"\n" + found.data)
            part.replace(file)
        except OSError:
            return  # a cache that cannot be written is no reason to stop


def _host(address: str) -> str:
    return urlsplit(address).netloc.lower()


def _refused(address: str, en: str, vi: str) -> InputError:
    return InputError(Bilingual(f"{address}: {en}", f"{address}: {vi}"))
