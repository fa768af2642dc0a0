"""The graph over HTTP: a SPARQL endpoint, a page for each thing, an editor; read-only, on this machine by default."""

from __future__ import annotations

from kg.serve.app import application
from kg.serve.settings import HOSTS, Settings

__all__ = ["HOSTS", "Settings", "application"]
