"""Messages in Vietnamese and English: one string that knows both.

A room below the command line does not know which language its reader wants, so it says both at once:

>>> Bilingual(en="the file is empty", vi="tệp rỗng").vi
'tệp rỗng'

A `Bilingual` is a `str` (its English), so it fits wherever a message is expected: `KgError`, `Finding`, logs.
"""

from __future__ import annotations

from typing import Literal, cast

Lang = Literal["vi", "en"]
LANGS: tuple[Lang, ...] = ("vi", "en")


class Bilingual(str):
    """A message in both languages; as a string it is the English one."""

    vi: str
    en: str

    def __new__(cls, en: str, vi: str) -> Bilingual:
        """Both forms are required, so that none is forgotten."""
        self = super().__new__(cls, en)
        self.en, self.vi = en, vi
        return self

    def __reduce__(self) -> tuple[type[Bilingual], tuple[str, str]]:
        # Findings travel between processes; a plain str subclass would lose its second form.
        return Bilingual, (self.en, self.vi)


def in_language(message: str, lang: Lang) -> str:
    """`message` in `lang`; a plain string is the same in both.

    >>> in_language(Bilingual(en="yes", vi="có"), "vi"), in_language("42", "vi")
    ('có', '42')
    """
    return cast(str, getattr(message, lang)) if isinstance(message, Bilingual) else str(message)
