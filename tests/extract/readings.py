"""Short articles of our own as readings, for the tests of this folder."""

from __future__ import annotations

from kg.extract.article import read_article
from kg.model import Document, Fact, Reading

TITLE = "Phú Yên: Chuyện ở Tuy An\n\n"


def read(body: str) -> Reading:
    text = TITLE + body
    return read_article(Document("t", "t", text, text))


def facts(reading: Reading, kind: str) -> list[Fact]:
    return [f for f in reading.facts if f.kind == kind]
