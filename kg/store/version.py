"""Which rules read an article: a digest of all that a reading depends on besides the article."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from kg import __version__
from kg.resources import resource

_PARTS = (("ontology", "*.ttl"), ("ontology", "rules/*.toml"), ("data", "lexicon/*"), ("data", "gazetteer/*"))


@cache
def version() -> str:
    """The program's version, and 12 hexadecimal digits over ontology, rules, lexicon, gazetteer and code."""
    digest = hashlib.sha256()
    code = Path(__file__).resolve().parents[1]
    files = [(f"{part}/{f.name}", f) for part, pattern in _PARTS for f in resource(part).glob(pattern)]
    files += [
        (f"code/{f.relative_to(code).as_posix()}", f)
        for room in ("text", "extract", "link", "rdf", "read")
        for f in (code / room).rglob("*.py")
    ]
    for name, file in sorted(files):
        digest.update(name.encode() + b"\0" + file.read_bytes() + b"\0")
    return f"{__version__}+{digest.hexdigest()[:12]}"
