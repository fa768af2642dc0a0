"""Articles that come as fields: which field of a record is the title, the body, the time.

A record has `title`, `lead`, `body`, `id`, `published`, `author`, `publisher`, `url`, or a map says which of its own
fields these are (`title=headline,body=content`). Other names are not guessed silently: the guess is told, and taken
where it is confirmed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.errors import UsageError
from kg.language import Bilingual
from kg.read.page_meta import iso_time, shown_time
from kg.read.render import Line, meta_line, rendered

FIELDS = ("id", "title", "lead", "body", "published", "author", "publisher", "url")
_TEXT = ("title", "lead", "body")
# Names that papers' systems, crawlers and data sets give these fields.
_OTHER_NAMES = {
    "id": "_id uuid guid article_id ma",
    "title": "headline name tieude tieu_de heading",
    "lead": "sapo summary description abstract excerpt chapeau trichdan tom_tat",
    "body": "content text noidung noi_dung fulltext full_text maintext main_text article articlebody article_body",
    "published": "date datepublished date_published published_at publishdate publish_date pubdate ngay created",
    "author": "authors tacgia tac_gia byline writer creator",
    "publisher": "source site site_name bao newspaper domain sitename",
    "url": "link address href canonical uri",
}
_NAMES = {other: field for field, others in _OTHER_NAMES.items() for other in others.split()}
GUESS = "guess"


@dataclass(frozen=True, slots=True)
class FieldMap:
    """Which name each field goes by; `guess` takes what is likely for those that are not named.

    Attributes:
        names: field to the record's own name.
        guess: take likely names without asking.
    """

    names: tuple[tuple[str, str], ...] = ()
    guess: bool = False

    @classmethod
    def parse(cls, text: str) -> FieldMap:
        """A map as it is written on the command line: `title=headline,body=content`, or `guess`.

        Raises:
            UsageError: a field is not one of ours, or nothing is named.
        """
        if text.strip() == GUESS:
            return cls(guess=True)
        names: dict[str, str] = {}
        for pair in text.split(","):
            field, equals, name = (part.strip() for part in pair.partition("="))
            if field not in FIELDS or not equals or not name:
                raise UsageError(
                    Bilingual(f"{pair.strip()!r} is no field map", f"{pair.strip()!r} không phải ánh xạ trường"),
                    Bilingual(
                        f"write field=name,… with fields of {', '.join(FIELDS)}, or {GUESS}",
                        f"viết trường=tên,… với các trường {', '.join(FIELDS)}, hoặc {GUESS}",
                    ),
                )
            names[field] = name
        return cls(tuple(names.items()))

    def resolve(self, have: Iterable[str]) -> dict[str, str]:
        """For a record with the fields `have`: field to name, the record's own names first, likely ones if allowed."""
        known = list(have)
        found = {f: f for f in FIELDS if f in known}
        found |= {field: name for field, name in self.names if name in known}
        # "date" is the usual name and says what it is.
        if "published" not in found and "date" in known:
            found["published"] = "date"
        if self.guess or any(f in found for f in ("title", "body")):
            found |= {f: n for f, n in likely(known).items() if f not in found and (self.guess or f not in _TEXT)}
        return found


def likely(have: Iterable[str]) -> dict[str, str]:
    """The names that probably are our fields.

    >>> likely(["Headline", "noi_dung", "views"])
    {'title': 'Headline', 'body': 'noi_dung'}
    """
    found: dict[str, str] = {}
    for name in have:
        key = name.strip().lower().replace("-", "_").replace(" ", "_")
        field = key if key in FIELDS else _NAMES.get(key)
        if field is not None:
            found.setdefault(field, name)
    return found


def article_text(record: Mapping[str, str]) -> str:
    """The text of a record's fields, laid out as `kg.read.render` does.

    Paragraphs of a field keep their own lines. Without a time the text is title, lead and body alone.
    """
    published = ""
    if stamp := record.get("published", "").strip():
        published = iso_time(stamp) or shown_time(stamp)
    head: list[Line] = [("title", " ".join(record.get("title", "").split()))]
    head.append(("meta", meta_line(" ".join(record.get("publisher", "").split()), published)))
    body = [record.get("lead", ""), record.get("body", "")]
    text = [rendered(head)[0].rstrip("\n"), *(part.strip("\r\n") for part in body)]
    author = " ".join(record.get("author", "").split())
    if author and len(author) <= 80 and not re.search(rf"{re.escape(author)}\W*$", body[-1]):
        text.append(author)
    return "\n\n".join(part for part in text if part.strip())
