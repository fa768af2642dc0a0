"""The pattern language of rule files, compiled to regular expressions over the tape.

    word            the word itself (a literal becomes part of the lexicon); punctuation , : ; . - stands for itself,
                    \\( and \\) for parentheses of the text
    <class>         any phrase of a class: of the rule file's [words], or of the lexicon; <a|b> either
    <class!former>  the same; where it matches, the fact has the status "former"
    {role:Kind}     a mention of that kind fills the role; {role:A|B} either; {Kind} a mention that fills nothing
    {role:Kind+}    a coordinated list, all fill the role; {role:Kind/} a list, one fact for each
    {role:<class>}  a phrase of a class fills the role as a value (its normal form, if it has one)
    {role:~}        a stretch to the next comma, semicolon, full stop or bracket; {role:>} to the end of the sentence;
                    {role:np} a short stretch without punctuation, verbs of saying or mentions of time; {role:quote}
                    a quotation of a title
    {role:name}     a name: words without punctuation, verbs of saying, prepositions of place and purpose, or persons;
                    {role:name!class} one that ends before a word of a class; {:name}, {:np} and {:~} fill nothing
    role=( … )      what the alternatives in the brackets match is a stretch that fills the role
    [ … ]           optional;  ( a | b ) alternatives;  @( … ) repeated with separators, one fact for each repetition
    ...             a gap of up to six items; ...3 up to three; no gap crosses a semicolon or a border
    ...8!A|class    a gap without mentions of that kind and phrases of that class
    ..              a tight gap: no punctuation, no person, no post, no verb of saying or asking; ..3 up to three items
    ^ $             begin and end of a sentence

Patterns know no raw regular expressions: every gap is bounded, so a rule file cannot hang and cannot execute.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from kg.errors import RuleError
from kg.text.lexicon import Lexicon

KINDS = frozenset(
    "Person Organization Place Post Pronoun Document Event Initiative Award Date Period Number Percent Range Ratio Quote".split()
)
_GAP, _MOST_GAP = 6, 16
_TIGHT = "<^;|,|.|:|!|?|(|)|“|”|-|Person|Pronoun|Post|speech|requests>"
_PIECE = re.compile(
    r"\s*(?:(?P<each>@\()|(?P<whole>[a-z_]+)=\(|(?P<role>\{(?P<name>[a-z_]*:)?(?P<what>[^{}]+)\})|<(?P<klass>[^<>!]+)(?:!(?P<status>[a-z]+))?>"
    r"|(?P<gap>\.\.\.?(?P<width>\d*)(?:!(?P<but>[A-Za-z_:|]+))?)|(?P<escaped>\\[()])|(?P<sign>[\[\]()|^$])|(?P<punct>[,:;/%“”.-])|(?P<word>[^\s\[\](){}<>|,:;@]+))"
)
STRETCHES = {"~": "clause", ">": "rest", "np": "np", "name": "name"}


class Capture(NamedTuple):
    """What a group of the compiled expression fills.

    Attributes:
        role: the role's name; "" where only a status is set.
        form: "mention", "list", "each", "class", "stretch", "status".
        status: the status that the group sets, if it is one.
    """

    role: str
    form: str
    status: str = ""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled pattern.

    Attributes:
        regex: over the tape; groups g0, g1, … and, where there is a repetition, "each".
        each: the repeated part by itself.
        captures: group name to what it fills.
        needs: sets of characters of which one each must be on the tape for the pattern to match at all, rarest first.
        steps: for explanations, how far the source was read and the template up to there, piece by piece.
    """

    regex: re.Pattern[str]
    each: re.Pattern[str] | None
    captures: dict[str, Capture]
    needs: tuple[str, ...]
    steps: tuple[tuple[int, str], ...] = ()


class _Parser:
    def __init__(self, source: str, classes: Callable[[str], str], literal: Callable[[str], str]) -> None:
        self.source = source
        self.classes = classes  # class name to template, raises KeyError
        self.literal = literal  # word to class name
        self.captures: dict[str, Capture] = {}
        self.each: str | None = None
        self.needs: list[str] = []
        self.depth = 0
        self.either = False  # an alternative was read: what stands beside it is not sure to be there
        self.at = 0
        self.steps: list[tuple[int, str]] = []

    def fail(self, what: str) -> RuleError:
        return RuleError(
            f"column {self.at + 1}: {what} in {self.source!r}", "see `kg rules --help` for the pattern language"
        )

    def parse(self) -> str:
        out = self.sequence("")
        if self.at < len(self.source):
            raise self.fail(f"unexpected {self.source[self.at]!r}")
        return out

    def sequence(self, closing: str) -> str:
        out: list[str] = []
        while True:
            match = _PIECE.match(self.source, self.at)
            if match is None or not match.group().strip():
                if self.source[self.at :].strip():
                    raise self.fail("cannot read on")
                self.at = len(self.source)
                if closing:
                    raise self.fail(f"missing {closing!r}")
                return "".join(out)
            sign = match["sign"]
            if sign and sign in ")]":
                if sign != closing:
                    raise self.fail(f"unexpected {sign!r}")
                self.at = match.end()
                return "".join(out)
            if not closing and out:
                self.steps.append((self.at, "".join(out)))
            start = self.at
            self.at = match.end()
            if sign == "[":
                self.depth += 1
                out.append(f"(?:{self.sequence(']')})?")
                self.depth -= 1
            elif sign == "(":
                self.depth += 1
                out.append(f"(?:{self.sequence(')')})")
                self.depth -= 1
            elif sign == "|":
                if not closing:
                    raise self.fail("'|' outside of ( )")
                self.either = True
                out.append("|")
            elif sign == "^":
                out.append(r"(?<![^\n\v])")
            elif sign == "$":
                out.append(r"(?![^\n\v])")
            elif match["each"]:
                if self.each is not None:
                    raise self.fail("a second @( )")
                body = self.sequence(")")
                self.each = body
                bare = re.sub(r"\(\?P<g\d+>", "(?:", body)
                out.append(f"(?P<each>{bare}(?:(?:,|;|-|<and>|,<and>|,?<also>){bare}){{0,7}})")
            elif match["whole"]:
                group = self.group(Capture(match["whole"], "stretch"))
                sure, self.either = len(self.needs), False
                out.append(f"(?P<{group}>{self.sequence(')')})")
                if self.either:
                    del self.needs[sure:]
            elif match["role"]:
                out.append(self.role((match["name"] or "")[:-1], match["what"]))
            elif match["klass"]:
                chars = self.klass(match["klass"])
                if match["status"]:
                    out.append(f"(?P<{self.group(Capture('', 'status', match['status']))}>{chars})")
                else:
                    self.need(match["klass"])
                    out.append(chars)
            elif match["gap"]:
                width = int(match["width"] or _GAP)
                if not 0 < width <= _MOST_GAP:
                    raise self.fail(f"a gap of 1 to {_MOST_GAP} items was expected")
                item = "<^;>" if match["gap"].startswith("...") else _TIGHT
                if match["but"]:
                    but = [n if n in KINDS else self.klass(n)[1:-1] for n in match["but"].split("|")]
                    item = item[:-1] + "|" + "|".join(but) + ">"
                out.append(f"{item}{{0,{width}}}?")
            elif match["escaped"]:
                out.append("\\" + match["escaped"][1])
            elif match["punct"]:
                out.append(re.escape(match["punct"]))
            else:
                if not any(c.isalnum() for c in match["word"]):
                    raise self.fail(f"{match['word']!r} is no word")
                if '"' in match["word"]:
                    # As a word it would hide every quotation mark of the article from the other rules.
                    raise self.fail('a quotation mark in a pattern is “ or ”, not "')
                name = self.literal(match["word"])
                if self.depth == 0:
                    self.needs.append(name)
                out.append(f"<{name}>")
            if self.at == start:
                raise self.fail("cannot read on")

    def klass(self, names: str) -> str:
        for name in names.split("|"):
            try:
                self.classes(name)
            except KeyError:
                raise self.fail(f"unknown class <{name}>") from None
        return "<" + "|".join(self.classes(n) for n in names.split("|")) + ">"

    def need(self, names: str) -> None:
        if self.depth == 0:
            self.needs.append("|".join(self.classes(n) for n in names.split("|")))

    def group(self, capture: Capture) -> str:
        name = f"g{len(self.captures)}"
        self.captures[name] = capture
        return name

    def role(self, role: str, what: str) -> str:
        what, _, border = what.partition("!")
        if border and what != "name":
            raise self.fail("only a name ends before a class")
        if what in STRETCHES:
            if not role and what == ">":
                raise self.fail("a stretch needs a role")
            body = {
                "~": r"<^,|;|.|(|)|:>{1,40}",
                ">": r"[^\n\v]+?(?=[.!?]*(?:[\n\v]|$))",
                "np": r"<^,|;|.|(|)|:|-|!|?|“|”|speech|requests|done|future|passive|is|day|Date|Number|conj_stop>{1,14}",
                "name": r"<^,|;|.|(|)|:|!|?|“|”|speech|requests|done|future|passive|is|at|to|for|with|by|day|Date|neg|conj_stop|Person|Post>{1,14}",
            }[what]
            if border:
                body = f"(?:(?!{self.klass(border)}){body.removesuffix('{1,14}')}){{1,14}}"
            if not role:
                return body
            return f"(?P<{self.group(Capture(role, 'stretch'))}>{body})"
        if what == "quote":
            return f"(?P<{self.group(Capture(role, 'stretch'))}><Quote>)"
        if what.startswith("<") and what.endswith(">"):
            chars = self.klass(what[1:-1])
            self.need(what[1:-1])
            return f"(?P<{self.group(Capture(role, 'class'))}>{chars})"
        form = "mention"
        if what[-1] in "+/":
            form = "list" if what[-1] == "+" else "each"
            what = what[:-1]
        for kind in what.split("|"):
            if kind not in KINDS:
                raise self.fail(f"unknown kind {kind!r}; known are {', '.join(sorted(KINDS))}")
        item = f"<{what}>"
        if self.depth == 0:
            self.needs.append(what)
        if form != "mention":
            # Behind "A và B" a semicolon begins something else: "hai đội phó là ông A và ông B; ông C …".
            item = f"{item}(?:[,;]{item}){{0,30}}(?:(?:,|<and>|,<and>|;<and>){item}){{0,30}}"
        return f"(?P<{self.group(Capture(role, form))}>{item})" if role else item


class Draft(NamedTuple):
    """A pattern that is read but not yet compiled: its literals still have to enter the lexicon."""

    template: str
    each: str | None
    captures: dict[str, Capture]
    needs: tuple[str, ...]
    steps: tuple[tuple[int, str], ...]

    def compile(self, lexicon: Lexicon) -> Pattern:
        """The pattern over the finished lexicon's alphabet."""
        needs = []
        for names in self.needs:
            chars = "".join(lexicon.chars(n) for n in names.split("|") if lexicon.has(n))
            needs.append(chars)
        needs.sort(key=len)
        return Pattern(
            lexicon.regex(self.template),
            lexicon.regex(self.each) if self.each else None,
            self.captures,
            tuple(needs),
            self.steps,
        )


def read_pattern(source: str, classes: Callable[[str], str], literal: Callable[[str], str]) -> Draft:
    """Reads a pattern.

    Args:
        source: the pattern.
        classes: full name of a class that the pattern names; raises KeyError where there is none.
        literal: name of the class that stands for a literal word.

    Raises:
        RuleError: with the column of the mistake.
    """
    parser = _Parser(source, classes, literal)
    template = parser.parse()
    if not parser.needs:
        raise RuleError(
            f"column 1: nothing in {source!r} anchors the pattern", "name a class, a word or a kind outside of [ ]"
        )
    return Draft(template, parser.each, parser.captures, tuple(parser.needs), tuple(parser.steps))
