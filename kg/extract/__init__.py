"""Articles to facts: rules as data, one compiled engine, a pure function of one article."""

from kg.extract.article import read_article

__all__ = ["read_article"]
