"""The lexicon: phrases with classes, compiled to a trie over comparison keys, and the alphabet of the tape.

Tables lie in `data/lexicon/*.tsv` with a header line; the first column is the form, the second its class, further
columns are notes. A form printed with a capital ("Sở") matches capitalised text only; one printed small matches both.
An entry of `posts.tsv` with class "head" belongs to the classes `posts` and `posts.head`.

On the tape a phrase is one character that stands for the set of all classes it belongs to; a grammar that asks for a
class asks for any of the characters whose set holds it. So rules never see words, and Python's `re` does the matching.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from kg.errors import RuleError
from kg.resources import resource
from kg.text.grammar import Grammar
from kg.text.tokens import Word, phrase_keys

SHAPES = "wCArndx“”-,;:.!?()/%&+o"
# Classes whose phrases may be printed with a capital on each word ("Phó Chủ Tịch"). Elsewhere "Quyết Tâm" is a name.
_PROPER = frozenset(
    "bodies posts documents events awards initiatives honorifics province district country city region doubtful_place "
    "family site level indicators grammar furniture units photo capital whole_country central".split()
)
# Names: each of their words is printed with a capital ("Hội an toàn giao thông" is not in Hội An).
_NAMES = frozenset("province district country city region".split())
_TENSE = frozenset(("done", "future"))
_FIRST = 0xE000  # private use area: no letter of any text


class Row(NamedTuple):
    """One line of a lexicon table."""

    table: str
    form: str
    klass: str
    note: str


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands at the end of a phrase in the trie: the tape's characters for small and capitalised text."""

    small: str | None
    capital: str | None
    normal: str
    proper: bool
    name: bool


class Node:
    """A trie node.

    Attributes:
        entry: the entry that ends here.
        more: the nodes of next keys; None at a leaf, as most are (a dictionary each would be most of the trie).
    """

    __slots__ = ("entry", "more")

    def __init__(self) -> None:
        self.entry: Entry | None = None
        self.more: dict[str, Node] | None = None

    def get(self, key: str) -> Node | None:
        """The node that a key leads to."""
        return self.more.get(key) if self.more is not None else None

    def grow(self, key: str) -> Node:
        """The node that a key leads to, made where there is none."""
        if self.more is None:
            self.more = {}
        return self.more.setdefault(key, Node())


def read_tables(folder: Path | None = None) -> list[Row]:
    """All rows of all tables, in the order of file names and lines.

    Raises:
        RuleError: a line has fewer than two columns or an empty form; all such lines are named at once.
    """
    rows, wrong = [], []
    for path in sorted((folder or resource("data", "lexicon")).glob("*.tsv")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if number == 1 or not line.strip() or line.startswith("#"):
                continue
            columns = line.split("\t")
            if len(columns) < 2 or not columns[0].strip():
                wrong.append(f"{path.name}:{number}: expected form<TAB>class, found {line!r}")
                continue
            rows.append(Row(path.stem, columns[0].strip(), columns[1].strip(), columns[2] if len(columns) > 2 else ""))
    if wrong:
        raise RuleError("\n".join(wrong), "a lexicon line has a form, a tab and a class")
    return rows


class Builder:
    """Collects phrases, then compiles them."""

    def __init__(self) -> None:
        self._small: dict[tuple[str, ...], set[str]] = {}
        self._capital: dict[tuple[str, ...], set[str]] = {}
        self._normal: dict[tuple[str, ...], str] = {}

    def add(self, form: str, *classes: str, normal: str = "") -> None:
        """Adds one phrase with its classes. `normal` is kept from the first addition that gives one."""
        keys = phrase_keys(form)
        if not keys:
            return
        if not form[0].isupper():
            self._small.setdefault(keys, set()).update(classes)
        self._capital.setdefault(keys, set()).update(classes)
        if normal:
            self._normal.setdefault(keys, normal)

    def add_rows(self, rows: Iterable[Row]) -> None:
        """Adds table rows: classes are the table's name and "table.class"; those of `grammar.tsv` are bare."""
        for row in rows:
            if row.table == "grammar":
                self.add(row.form, row.klass, normal=row.note)
            else:
                self.add(row.form, row.table, f"{row.table}.{row.klass}", normal=row.note)
                heads = row.table == "bodies" and row.klass in ("head", "company", "named_after") and " " in row.form
                if (
                    heads or row.table == "posts" or row.klass in ("party", "part")
                ):  # "chủ tịch UBND", "tỉnh ủy": papers print both
                    small = row.form[0].lower() + row.form[1:]
                    self.add(small, row.table, f"{row.table}.{row.klass}", normal=row.note)

    def classes(self) -> frozenset[str]:
        """Names of all classes that any phrase has so far."""
        return frozenset().union(*self._capital.values())

    def compile(self) -> Lexicon:
        """The finished lexicon."""
        codes: dict[frozenset[str], str] = {}

        def code(classes: frozenset[str]) -> str:
            return codes.setdefault(classes, chr(_FIRST + len(codes)))

        # A rule's phrase that begins with the head of an event ("kỳ họp thứ") would hide the event from its recogniser.
        heads = {k for k, classes in self._capital.items() if len(k) > 1 and "events" in classes}
        root = Node()
        for keys in sorted(self._capital):
            if "events" not in self._capital[keys] and any(keys[:n] in heads for n in range(2, len(keys))):
                continue
            # So would "đã bầu" hide "bầu" from the rules that know it: tense is the engine's.
            if (
                keys[1:] in self._capital
                and not _TENSE.isdisjoint(self._capital.get(keys[:1], ()))
                and len(self._capital[keys]) == 1
                and _NAMES.isdisjoint(self._capital[keys])  # "Cần Giờ"
            ):
                continue
            node = root
            for key in keys:
                node = node.grow(key)
            small = self._small.get(keys)
            one = len(keys) == 1 and keys[0][0].isalpha()
            node.entry = Entry(
                code(frozenset(small | {"w"} if one else small)) if small else None,
                code(frozenset(self._capital[keys] | ({"C", "Cap"} if one else {"Cap"}))),
                self._normal.get(keys, ""),
                any(c.split(".")[0] in _PROPER for c in self._capital[keys]),
                len(keys) > 1 and not _NAMES.isdisjoint(self._capital[keys]),
            )
        return Lexicon(root, codes)


class Lexicon:
    """The compiled lexicon.

    Attributes:
        root: the trie.
    """

    def __init__(self, root: Node, codes: Mapping[frozenset[str], str]) -> None:
        self.root = root
        self._chars: dict[str, str] = {shape: shape for shape in SHAPES}
        for classes, char in codes.items():
            for name in classes:
                self._chars[name] = self._chars.get(name, "") + char
        self._next = _FIRST + len(codes)

    def new_code(self, *classes: str) -> str:
        """A further character of the tape (for a kind of mention), member of `classes`."""
        char = chr(self._next)
        self._next += 1
        for name in classes:
            self._chars[name] = self._chars.get(name, "") + char
        return char

    def chars(self, name: str) -> str:
        """All characters of a class.

        Raises:
            KeyError: no such class.
        """
        return self._chars[name]

    def has(self, name: str) -> bool:
        """True where the class exists."""
        return name in self._chars

    def regex(self, template: str) -> re.Pattern[str]:
        """A regular expression over the tape: `<a|b>` in `template` stands for any character of the classes a and b,
        `<^a|b>` for any character but those and a border of sentence or line. White space is left out.
        """

        def one(match: re.Match[str]) -> str:
            inside = match.group(1)
            negated = inside.startswith("^")
            chars = "".join(dict.fromkeys("".join(self._chars.get(n, "") for n in inside.lstrip("^").split("|"))))
            escaped = re.escape(chars)
            if negated:
                return f"[^\n\v{escaped}]"
            return f"[{escaped}]" if chars else r"[^\s\S]"

        return re.compile(re.sub(r"(?<!\?P)<([^<>?=!][^<>]*)>", one, re.sub(r"\s+", "", template)))

    def grammar(self, template: str) -> Grammar:
        """`regex` for folding."""
        return Grammar(self.regex(template))


def scan(lexicon: Lexicon, words: list[Word]) -> tuple[list[str], list[int], list[int], dict[int, str]]:
    """Longest phrases first, left to right.

    Returns:
        codes, token starts, token ends (half-open), and for items with a normal form, item index to that form.
    """
    codes: list[str] = []
    starts: list[int] = []
    normal: dict[int, str] = {}
    root = lexicon.root.more or {}
    done, count = 0, len(words)
    keys = [word.key for word in words]
    keys.append("")  # no phrase goes on past the end
    for i, word in enumerate(words):
        if i < done:
            continue
        starts.append(i)
        node = root.get(word.key)
        if node is None:
            codes.append(word.shape)
            continue
        best, upper = None, word.upper
        at = j = i + 1
        while True:
            entry = node.entry
            if entry is not None and (upper or entry.small is not None) and (not entry.name or words[j - 1].upper):
                best, at = entry, j
            if node.more is None or (node := node.more.get(keys[j])) is None:
                break
            j += 1
        if upper and at - i > 1 and words[i + 1].shape == "C" and best is not None and not best.proper:
            best = None
        if best is None:
            codes.append(word.shape)
            continue
        if best.normal:
            normal[len(codes)] = best.normal
        codes.append((best.capital if upper else best.small) or word.shape)
        done = at
    return codes, starts, [*starts[1:], count] if starts else [], normal
