"""What stands before every request: who is asked (Host), who asks (token), how much is sent; headers; log; figures."""

from __future__ import annotations

import hmac
import logging
import time
from collections import Counter

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.serve.settings import Settings
from kg.view.clean import clean

LOG = logging.getLogger("kg.serve")
OPEN = ("/health",)  # answered without a token
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_GONE = 499  # who asked left before the request was whole: nobody reads an answer, and nothing went wrong here
_SHOWN = 200  # characters of a path in the log


class Figures:
    """Counts of a server since it started.

    Attributes:
        answered: number of answers by status.
        seconds: time spent on answers, in sum.
    """

    def __init__(self) -> None:
        self.answered: Counter[int] = Counter()
        self.seconds = 0.0


class Guards:
    """The middleware.

    Args:
        app: what stands behind it.
        settings: hosts, token, size of bodies.
        figures: are counted on.
    """

    def __init__(self, app: ASGIApp, settings: Settings, figures: Figures) -> None:
        self._app, self._settings, self._figures = app, settings, figures

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Lets a request through, or refuses it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begin = time.perf_counter()
        status = 500

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                _protect(MutableHeaders(scope=message))
            try:
                await send(message)
            except Exception as error:
                # The server cannot send on a connection that a broken request has ended.
                raise ClientDisconnect from error

        try:
            refusal = self._refusal(scope)
            if refusal is not None:
                await refusal(scope, receive, sending)
            else:
                await self._app(scope, self._bounded(receive), sending)
        except _TooLarge:
            await PlainTextResponse(f"at most {self._settings.body} bytes\n", 413)(scope, receive, sending)
        except ClientDisconnect:
            status = _GONE
        finally:
            seconds = time.perf_counter() - begin
            self._figures.answered[status] += 1
            self._figures.seconds += seconds
            # The path only: what somebody asks is not the log's business.
            LOG.info("%s %s %d %.0f ms", scope["method"], clean(scope["path"])[:_SHOWN], status, seconds * 1000)

    def _refusal(self, scope: Scope) -> PlainTextResponse | None:
        headers = Headers(scope=scope)
        if _name(headers.get("host", "")) not in self._settings.hosts:
            return PlainTextResponse("this server does not answer under that name (see --allow-host)\n", 421)
        if self._settings.token and scope["path"] not in OPEN and scope["method"] != "OPTIONS":
            given = headers.get("authorization", "").encode()
            if not hmac.compare_digest(given, b"Bearer " + self._settings.token.encode()):
                return PlainTextResponse("a token is wanted\n", 401, {"WWW-Authenticate": "Bearer"})
        length = headers.get("content-length", "0")
        if length.isdigit() and int(length) > self._settings.body:
            return PlainTextResponse(f"at most {self._settings.body} bytes\n", 413)
        return None

    def _bounded(self, receive: Receive) -> Receive:
        received = 0

        async def receiving() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > self._settings.body:
                raise _TooLarge
            return message

        return receiving


class _TooLarge(Exception):
    pass


def _name(host: str) -> str:
    """The name in a Host header, without the port.

    >>> _name("localhost:8000"), _name("[::1]:8000"), _name("[::1]")
    ('localhost', '[::1]', '[::1]')
    """
    name, colon, port = host.lower().rpartition(":")
    return name if colon and port.isdigit() else host.lower()


def _protect(headers: MutableHeaders) -> None:
    headers.setdefault("Content-Security-Policy", _POLICY)
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "no-referrer")
    headers.setdefault("X-Frame-Options", "DENY")
