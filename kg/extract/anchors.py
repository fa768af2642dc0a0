"""What the patterns of a kind hang on: their trigger words, and how a sentence looks from there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from kg.extract.pattern import KINDS
from kg.extract.rulebook import Rule, Rulebook
from kg.extract.schema import fact_kinds, required_roles
from kg.text.lexicon import read_tables

_CLASS = re.compile(
    r"\\[()]|(?P<open>[\[(])|(?P<close>[\])])|\{(?P<role>[a-z_]*):<(?P<held>[^<>]+)>\}|<(?P<names>[^<>]+)>"
)
# Captures that hold the word a rule hangs on; what other captures hold is a filler.
_LEADING = frozenset({"action", "verb"})
# Classes of any clause that are worth seeing in a construction, whatever its kind.
_CLAUSE = ("neg", "future", "passive")
_SIGNS = frozenset(":;“”")
# Items that are shown before and behind the trigger.
_BEFORE, _AFTER = 2, 2
_KIND = re.compile(r"\{(?:[a-z_]*:)?([A-Z][A-Za-z|]+)[+/]?\}")
# Mentions that may fill a role whose filler is no entity.
_LITERALS = {"number": ("Number", "Percent", "Ratio", "Range"), "date": ("Date", "Period")}


@cache
def _grammar() -> frozenset[str]:
    """Classes of the words that hold any clause together: no fact hangs on one."""
    return frozenset(row.klass for row in read_tables() if row.table == "grammar")


def _named(rule: Rule) -> Iterator[tuple[str, str, int]]:
    """Role (or ""), class names as in `<a|b>`, and depth of brackets, of each class that a pattern names."""
    depth = 0
    for m in _CLASS.finditer(rule.source):
        if m["open"] or m["close"]:
            depth += 1 if m["open"] else -1
        elif m["held"] or m["names"]:
            yield m["role"] or "", (m["held"] or m["names"]).split("!")[0], depth


class Anchors:
    """The trigger words of one kind of fact.

    A pattern's trigger is the class that it captures as its verb or action; else the class of the rule file that it
    cannot match without (of several the one that most patterns of the kind share, then the first); else a class of
    the lexicon that is none of grammar. A pattern of mentions alone has none. Words that hold any clause together
    ("là", "và") are no triggers, even where a rule file names them.

    Args:
        book: the rules.
        kind: the kind of fact.

    Attributes:
        triggers: character of the tape to the name of its trigger class.
    """

    def __init__(self, book: Rulebook, kind: str) -> None:
        self.kind = kind
        self._lexicon = book.lexicon
        rules = [r for r in book.rules if r.kind == kind]
        shared = Counter(
            name for rule in rules for name in {n for _, names, _ in _named(rule) for n in names.split("|")}
        )
        self.triggers: dict[str, str] = {}
        named: dict[str, None] = {}
        common = frozenset("".join(map(self._chars, _grammar())))
        for rule in rules:
            for names in self._hangs_on(rule, shared):
                for name in names.split("|"):
                    for char in self._chars(self._full(name)):
                        if char not in common:
                            self.triggers.setdefault(char, name)
            named |= dict.fromkeys(n for _, names, _ in _named(rule) for n in names.split("|"))
        kinds = {k for rule in rules for m in _KIND.finditer(rule.source) for k in m[1].split("|")}
        self._symbols = self._symbols_of([n for n in named if self._full(n) != n], kinds & KINDS)
        self._needed = [
            frozenset("".join(map(self._chars, could)))
            for could in map(self._could_fill, required_roles(kind))
            if could
        ]

    def _full(self, name: str) -> str:
        own = f"{self.kind}:{name}"
        return own if self._lexicon.has(own) else name

    def _chars(self, name: str) -> str:
        return self._lexicon.chars(name) if self._lexicon.has(name) else ""

    def _could_fill(self, role: str) -> list[str]:
        """Kinds of mentions that could fill a role; empty where it takes words as they are."""
        fillers = fact_kinds()[self.kind]["roles"][role]["fillers"]
        if {"string", "stretch"} & set(fillers):
            return []
        return [k for f in fillers for k in _LITERALS.get(f, (f,))]

    def _hangs_on(self, rule: Rule, shared: Counter[str]) -> list[str]:
        named = list(_named(rule))
        leading = [names for role, names, _ in named if role in _LEADING]
        if leading:
            return leading
        own = [
            (names, depth)
            for role, names, depth in named
            if not role and self._full(names.split("|")[0]) != names.split("|")[0]
        ]
        table = [(names, depth) for role, names, depth in named if not role and not _grammar() & set(names.split("|"))]
        for found in ([n for n, d in own if d == 0], [n for n, d in table if d == 0], [n for n, _ in own]):
            if found:
                return [max(found, key=lambda names: max(shared[n] for n in names.split("|")))]
        return []

    def _symbols_of(self, named: list[str], kinds: set[str]) -> dict[str, str]:
        """Character to how it is shown: a kind of mention or the smallest class of those that the patterns name."""
        out = {sign: sign for sign in _SIGNS}
        classes = sorted(
            (n for n in named if self._lexicon.has(self._full(n))), key=lambda n: len(self._chars(self._full(n)))
        )
        for name in (*classes, *_CLAUSE):
            for char in self._chars(self._full(name)):
                out.setdefault(char, f"<{name}>")
        for kind in sorted(kinds):
            for char in self._chars(kind):
                out[char] = kind
        return out

    def construction(self, codes: str, at: int, start: int, end: int) -> str:
        """What stands around the trigger at item `at` of the sentence from `start` to before `end`.

        Mentions by their kind, words by their class where the kind's patterns name it, anything else as "…":
        "Organization … <change> Person <as> Post".
        """
        left: list[str] = []
        for i in range(at - 1, start - 1, -1):
            _put(left, self._symbols.get(codes[i], "…"))
            if len([s for s in left if s != "…"]) == _BEFORE or codes[i] == ";":
                break
        right: list[str] = []
        for i in range(at + 1, end):
            _put(right, self._symbols.get(codes[i], "…"))
            if len([s for s in right if s != "…"]) == _AFTER or codes[i] == ";":
                break
        if right and right[-1] == "…":
            right.pop()
        if left and left[-1] == "…":
            left.pop()
        return " ".join([*reversed(left), f"<{self.triggers[codes[at]]}>", *right])

    def fillable(self, codes: str, start: int, end: int) -> bool:
        """True where each required role that a mention must fill has one that could, somewhere in the sentence."""
        present = set(codes[start:end])
        return all(not needed.isdisjoint(present) for needed in self._needed)


def _put(symbols: list[str], symbol: str) -> None:
    if not symbols or symbol != symbols[-1] or symbol != "…":
        symbols.append(symbol)
