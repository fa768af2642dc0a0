"""Finds `ontology/` and `data/`: beside the package in a checkout, inside it in a wheel."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from kg.errors import KgError

_PACKAGE = Path(__file__).resolve().parent


@cache
def resource_root() -> Path:
    """The folder that holds `ontology/` and `data/`.

    Raises:
        KgError: the installation lacks them.
    """
    for root in (_PACKAGE / "_resources", _PACKAGE.parent):
        if (root / "ontology").is_dir() and (root / "data").is_dir():
            return root
    raise KgError("the ontology and the data files are missing from this installation", "install vnkg again")


def resource(*parts: str) -> Path:
    """Path of a shipped file or folder, such as `resource("ontology", "rules")`. It need not exist."""
    return resource_root().joinpath(*parts)
