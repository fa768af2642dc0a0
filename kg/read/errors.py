"""What the readers say alike: an extra that is not installed, and what kept a source from being read."""

from __future__ import annotations

from kg.errors import InputError, KgError
from kg.language import Bilingual
from kg.model import Finding


def missing_extra(where: str, extra: str, library: str | None) -> KgError:
    """The error that tells what to install.

    Args:
        where: what cannot be read without it.
        extra: name of the extra in pyproject.toml.
        library: the package that could not be imported.
    """
    install = f"pip install 'vnkg[{extra}]'"
    return KgError(
        Bilingual(f"{where}: needs the extra `{extra}` ({library})", f"{where}: cần gói `{extra}` ({library})"),
        Bilingual(install, install),
    )


def as_finding(error: InputError, where: str) -> Finding:
    """What kept a source from being read, as a finding; the place is taken out of the message."""
    message = error.message
    cut = f"{where}: "
    if isinstance(message, Bilingual):
        message = Bilingual(message.en.removeprefix(cut), message.vi.removeprefix(cut))
    return Finding("error", where, message, error.hint)
