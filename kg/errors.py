"""One root for all errors that a user may meet; each carries its exit status and a hint.

Exit statuses of every command: 0 done, 1 done with findings, 2 wrong use, 3 nothing could be done, 130 interrupted.
"""

from __future__ import annotations

OK, FINDINGS, USAGE, FAILED, INTERRUPTED = 0, 1, 2, 3, 130


class KgError(Exception):
    """Root of the project's errors.

    Attributes:
        message: what happened and where.
        hint: what to try; may be empty.
        exit_status: the status a command ends with.
    """

    exit_status = FAILED

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(KgError):
    """The call cannot be understood: a wrong option, an unknown name."""

    exit_status = USAGE


class InputError(KgError):
    """An input cannot be read."""


class RuleError(KgError):
    """A rule file, the lexicon or the ontology is broken: nothing is built."""

    exit_status = USAGE


class QueryError(KgError):
    """A query is wrong, forbidden, or ran too long."""

    exit_status = USAGE


class OutputError(KgError):
    """The result cannot be written."""
