"""A graph as one offline HTML page: drawing, search, filters, and for each fact the sentence that states it."""

from __future__ import annotations

from kg.view.page import render, write_page

__all__ = ["render", "write_page"]
