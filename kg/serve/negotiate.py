"""Content negotiation: which of the offered media types an Accept header wants most (RFC 9110, 12.5.1)."""

from __future__ import annotations

from collections.abc import Sequence


def best(accept: str | None, offers: Sequence[str]) -> str | None:
    """The offer with the highest quality, the earlier of equals; None where none is acceptable.

    Args:
        accept: the header's value; None or empty accepts everything.
        offers: media types, the preferred first.

    >>> best("text/*;q=0.5, application/json", ["text/html", "application/json"])
    'application/json'
    >>> best("image/png", ["text/html"]) is None
    True
    """
    ranges = [_parsed(part) for part in (accept or "*/*").split(",") if part.strip()]
    found: tuple[float, str] | None = None
    for offer in offers:
        quality = _quality(offer, ranges)
        if quality > 0 and (found is None or quality > found[0]):
            found = (quality, offer)
    return found[1] if found else None


def _parsed(part: str) -> tuple[str, float]:
    kind, *parameters = (piece.strip().lower() for piece in part.split(";"))
    quality = 1.0
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                quality = min(max(float(value), 0.0), 1.0)
            except ValueError:
                quality = 0.0
    return kind, quality


def _quality(offer: str, ranges: list[tuple[str, float]]) -> float:
    """That of the most specific range that fits."""
    main = offer.partition("/")[0]
    for wanted in (offer, f"{main}/*", "*/*"):
        fitting = [quality for kind, quality in ranges if kind == wanted]
        if fitting:
            return max(fitting)
    return 0.0
