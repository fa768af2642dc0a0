"""Where a graph lies: a path, or the address of a SPARQL endpoint."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from kg.errors import UsageError
from kg.language import Bilingual

_SCHEMES = ("http://", "https://")


@dataclass(frozen=True, slots=True)
class Address:
    """The address of a SPARQL endpoint.

    Attributes:
        url: of its queries; holds no name and no password.
    """

    url: str

    def __str__(self) -> str:
        return self.url


Place = Path | Address


def place(given: str) -> Place:
    """The place that is meant.

    >>> place("http://127.0.0.1:7878/query").url
    'http://127.0.0.1:7878/query'

    Raises:
        UsageError: an address that is none, or one that holds a password.
    """
    if not given.startswith(_SCHEMES):
        return Path(given)
    try:
        parts = urlsplit(given)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host = None
    # What was given is not repeated: there may be a password in it.
    if not host:
        raise UsageError(
            Bilingual("the address of the endpoint is not well-formed", "địa chỉ của endpoint không đúng"),
            "http://127.0.0.1:7878/query",
        )
    if parts.username is not None or parts.password is not None:
        raise UsageError(
            Bilingual("no name and no password in an address", "không ghi tên và mật khẩu trong địa chỉ"),
            Bilingual(
                "set KG_STORE_USER and KG_STORE_PASSWORD, or use ~/.netrc",
                "đặt KG_STORE_USER và KG_STORE_PASSWORD, hoặc dùng ~/.netrc",
            ),
        )
    if any(c.isspace() or not c.isprintable() for c in given):
        raise UsageError(Bilingual("the address holds a blank", "địa chỉ có dấu cách"))
    return Address(parts._replace(fragment="").geturl())
