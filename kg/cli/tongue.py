"""The language of the running command."""

from __future__ import annotations

from contextvars import ContextVar

from kg.language import Lang

_LANGUAGE: ContextVar[Lang] = ContextVar("kg.language", default="en")


def set_language(lang: Lang) -> None:
    """Choose the language of the running command."""
    _LANGUAGE.set(lang)


def language() -> Lang:
    """The language of the running command: --lang, KG_LANG, kg.toml, the locale, English."""
    return _LANGUAGE.get()


def say(en: str, vi: str) -> str:
    """The one of the two that the reader wants."""
    return vi if language() == "vi" else en
