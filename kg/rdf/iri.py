"""The only place that mints IRIs: flat, without slashes in the local name, by content alone."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from hashlib import blake2b

from kg.errors import UsageError
from kg.link.keys import name_key
from kg.rdf.terms import DEFAULT_BASE, iri

_SLUG_LENGTH = 48
_NOT_SLUG = re.compile(r"[^a-z0-9]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_SPECIAL = str.maketrans({"đ": "d", "Đ": "d", "ð": "d", "Ð": "d", "ɖ": "d", "Ɖ": "d"})


@lru_cache(maxsize=65536)
def slug(name: str) -> str:
    """A readable part for a local name: ASCII letters, digits and single hyphens, at most 48 characters.

    >>> slug("Nguyễn Đức Chung")
    'nguyen-duc-chung'
    """
    plain = unicodedata.normalize("NFD", name.translate(_SPECIAL)).encode("ascii", "ignore").decode().lower()
    parts = _NOT_SLUG.sub("-", plain).strip("-")
    if len(parts) > _SLUG_LENGTH:
        parts = parts[:_SLUG_LENGTH].rpartition("-")[0] or parts[:_SLUG_LENGTH]
    return parts


@lru_cache(maxsize=1024)
def class_slug(cls: str) -> str:
    """What the local names of nodes of a class begin with: "ranking-scope" for `<…#RankingScope>`."""
    return slug(_CAMEL.sub("-", re.split("[/#]", cls.rstrip(">"))[-1])) or "concept"


def digest(key: str, size: int = 8) -> str:
    """Hexadecimal digest of a key. 64 bits keep a hundred million nodes of one kind apart."""
    return blake2b(key.encode("utf-8", "surrogatepass"), digest_size=size).hexdigest()


class Minter:
    """Mints the terms of nodes under one base.

    Raises:
        UsageError: the base is no IRI, or does not end in "/" or "#".
    """

    def __init__(self, base: str = DEFAULT_BASE) -> None:
        if not base.endswith(("/", "#")):
            raise UsageError(f"the base of IRIs {base!r} must end in '/' or '#'", f"for example {DEFAULT_BASE}")
        iri(base)
        self.base = base

    def node(self, kind: str, key: str, name: str = "") -> str:
        """The node of a kind with an identity key; `name` only makes the IRI readable."""
        readable = slug(name) if name else ""
        return f"<{self.base}{kind}-{readable}-{digest(key)}>" if readable else f"<{self.base}{kind}-{digest(key)}>"

    def entity(self, key: str) -> str:
        """The node of an entity with an identity key `type|name|anchor`."""
        kind, _, rest = key.partition("|")
        return self.node(slug(kind), key, rest.partition("|")[0])

    def concept(self, cls: str, words: str) -> str:
        """The node of a concept of a class (a term) that is known by its words alone: a title of office, a scope."""
        key = name_key(words)
        return self.node(class_slug(cls), f"{cls}|{key}", key)

    def local(self, name: str) -> str:
        """The node with a local name that is already unique and safe (letters, digits, hyphens)."""
        return f"<{self.base}{name}>"


def article_local(doc_id: str, sha256: str, raw: str) -> str:
    """What the local names of an article's nodes begin with: its id and a prefix of its digest."""
    mark = sha256[:12] if re.fullmatch(r"[0-9a-f]{12,}", sha256) else digest(raw, 6)
    name = slug(doc_id)
    if name != doc_id.lower().replace("_", "-"):
        mark += "-" + digest(doc_id, 4)
    return f"{name}-{mark}" if name else mark
