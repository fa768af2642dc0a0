"""A SPARQL 1.1 endpoint over HTTP: queries and updates, with what a server's answers lack put right."""

from __future__ import annotations

import json
import netrc
import os
import weakref
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode, urlsplit

import pyoxigraph as ox

from kg.errors import InputError, OutputError, UsageError
from kg.language import Bilingual
from kg.store.place import Address

try:
    import httpx
except ImportError as missing:
    raise UsageError(
        Bilingual(f"this needs the extra remote ({missing.name})", f"cần cài thêm phần remote ({missing.name})"),
        "pip install 'vnkg[remote]'",
    ) from missing

# Names of variables of the environment, no secrets.
USER, PASSWORD, TOKEN, UPDATE = "KG_STORE_USER", "KG_STORE_PASSWORD", "KG_STORE_TOKEN", "KG_STORE_UPDATE"
SECONDS = 300.0
_JSON = "application/sparql-results+json"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_BOOLEAN = ox.NamedNode(_XSD + "boolean")
_TRUTHS = {"1": "true", "0": "false"}
_SHOWN = 300  # characters of a server's own words that are repeated
Term = Any  # of pyoxigraph


class _Login(httpx.Auth):
    """Answers a challenge in the way that the server asks for, Basic or Digest; sends nothing before it is asked."""

    def __init__(self, user: str, password: str) -> None:
        self._user, self._password = user, password
        self._known: httpx.Auth | None = None

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """One request, and a second one where the first was refused."""
        if self._known is None:
            response = yield request
            if response.status_code != httpx.codes.UNAUTHORIZED:
                return
            wanted = response.headers.get("www-authenticate", "").lower()
            form = httpx.DigestAuth if wanted.startswith("digest") else httpx.BasicAuth
            self._known = form(self._user, self._password)
        yield from self._known.auth_flow(request)


class _Token(httpx.Auth):
    def __init__(self, token: str) -> None:
        self._token = token

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """The request with the token."""
        request.headers["Authorization"] = f"Bearer {self._token}"
        yield request


class Endpoint:
    """A server.

    Args:
        address: of its queries. Updates go to KG_STORE_UPDATE where that is set; else to …/update beside …/query, to
            …/statements below …/repositories/X (RDF4J, GraphDB), or to the same address.
        seconds: time of a request.

    Raises:
        UsageError: httpx is not installed.
    """

    def __init__(self, address: Address, seconds: float = SECONDS) -> None:
        self.address = address
        self._seconds = seconds
        self._update = os.environ.get(UPDATE) or _update_of(address.url)
        host = urlsplit(address.url).hostname or ""
        # What goes to this machine goes to no proxy. Names and passwords are ours to find, not httpx's to guess.
        local = host in ("localhost", "::1") or host.startswith("127.")
        self._client = httpx.Client(
            timeout=seconds, auth=_credentials(host), follow_redirects=False, trust_env=not local
        )
        weakref.finalize(self, self._client.close)

    def select(self, query: str, *dataset: tuple[str, str]) -> Iterator[dict[str, Term]]:
        """The rows of a SELECT.

        Raises:
            InputError: the server cannot be reached, refuses, or gives only a part of its answer.
        """
        found = self.ask_for(query, dataset)
        return ({name: term(value) for name, value in row.items()} for row in found["results"]["bindings"])

    def ask(self, query: str, *dataset: tuple[str, str]) -> bool:
        """The truth of an ASK. Raises as `select`."""
        return truth(self.ask_for(query, dataset))

    def ask_for(self, query: str, dataset: Iterable[tuple[str, str]] = (), seconds: float | None = None) -> Any:
        """The answer to a SELECT or an ASK, in the W3C's JSON form. Raises as `select`."""
        return json.loads(self.raw(query, _JSON, dataset, seconds))

    def raw(
        self, query: str, accept: str, dataset: Iterable[tuple[str, str]] = (), seconds: float | None = None
    ) -> bytes:
        """The answer to a query, in a form that is asked for. Raises as `select`."""
        form = urlencode([("query", query), *dataset])
        with self._reaching(InputError):
            response = self._client.post(
                self.address.url,
                content=form.encode(),
                headers={"Accept": accept, "Content-Type": "application/x-www-form-urlencoded"},
                timeout=self._seconds if seconds is None else seconds,
            )
        self._check(response, InputError)
        if "x-sparql-maxrows" in response.headers:
            raise InputError(
                Bilingual(
                    f"{self.address}: the server gives no more than {response.headers['x-sparql-maxrows']} rows",
                    f"{self.address}: máy chủ chỉ trả tối đa {response.headers['x-sparql-maxrows']} dòng",
                ),
                Bilingual("raise its limit (Virtuoso: ResultSetMaxRows)", "nâng giới hạn (Virtuoso: ResultSetMaxRows)"),
            )
        return response.content

    def update(self, text: str) -> None:
        """Carries out an update.

        Raises:
            OutputError: the server cannot be reached, or refuses.
        """
        with self._reaching(OutputError):
            response = self._client.post(
                self._update,
                content=text.encode(),
                headers={"Content-Type": "application/sparql-update", "Accept": "*/*"},
            )
        self._check(response, OutputError)

    @contextmanager
    def _reaching(self, error: type[InputError | OutputError]) -> Iterator[None]:
        try:
            yield
        except (httpx.HTTPError, httpx.InvalidURL) as problem:
            reason = str(problem) or type(problem).__name__
            raise error(
                Bilingual(
                    f"{self.address}: cannot be reached: {reason}", f"{self.address}: không kết nối được: {reason}"
                ),
                Bilingual("does the server run, and is this its address?", "máy chủ có chạy, và đúng địa chỉ không?"),
            ) from problem

    def _check(self, response: httpx.Response, error: type[InputError | OutputError]) -> None:
        status = response.status_code
        if status in (401, 403):
            raise error(
                Bilingual(
                    f"{self.address}: the server refuses this ({status})",
                    f"{self.address}: máy chủ từ chối ({status})",
                ),
                Bilingual(
                    f"set {USER} and {PASSWORD}, or {TOKEN}, or write ~/.netrc",
                    f"đặt {USER} và {PASSWORD}, hoặc {TOKEN}, hoặc viết ~/.netrc",
                ),
            )
        if status >= 300:
            words = " ".join(response.text.split())[:_SHOWN]
            raise error(
                Bilingual(f"{self.address}: {status}: {words}", f"{self.address}: {status}: {words}"),
                Bilingual("is this the address of a SPARQL endpoint?", "đúng địa chỉ của SPARQL endpoint không?"),
            )


def truth(found: dict[str, Any]) -> bool:
    """The truth of an answer to ASK; Virtuoso 7 gives it as a table with one row or none."""
    return bool(found["boolean"]) if "boolean" in found else bool(found["results"]["bindings"])


def term(value: dict[str, Any]) -> Term:
    """A term of the SPARQL results format in JSON."""
    words = value["value"]
    if value["type"] == "uri":
        return ox.NamedNode(words)
    if value["type"] == "bnode":
        return ox.BlankNode(words)
    if "xml:lang" in value:
        return ox.Literal(words, language=value["xml:lang"])
    if "datatype" not in value:
        return ox.Literal(words)
    datatype = ox.NamedNode(value["datatype"])
    # Virtuoso keeps truths as numbers.
    return ox.Literal(_TRUTHS.get(words, words) if datatype == _BOOLEAN else words, datatype=datatype)


def _update_of(url: str) -> str:
    parts = urlsplit(url)
    path = parts.path
    if path.endswith("/query"):
        path = path.removesuffix("/query") + "/update"
    elif "/repositories/" in path and path.rpartition("/repositories/")[2].strip("/").count("/") == 0:
        path = path.rstrip("/") + "/statements"
    return parts._replace(path=path).geturl()


def _credentials(host: str) -> httpx.Auth | None:
    """From the environment, else from netrc (NETRC names another file); never from the address."""
    if token := os.environ.get(TOKEN):
        return _Token(token)
    user, password = os.environ.get(USER), os.environ.get(PASSWORD)
    if user is not None and password is not None:
        return _Login(user, password)
    try:
        found = netrc.netrc(os.environ.get("NETRC")).authenticators(host)
    except (OSError, netrc.NetrcParseError):
        # Its parser quotes the line that it cannot read, which may be the one with the password.
        return None
    return _Login(found[0], found[2]) if found else None
