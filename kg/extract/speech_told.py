"""What the stages of speech hand to each other, and the word classes they ask for."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.extract.drafts import Candidate
from kg.extract.entities import Node
from kg.extract.rulebook import Rule
from kg.extract.speech_quotes import Quotation
from kg.text.lexicon import Lexicon


@dataclass(slots=True)
class Heard:
    """One match of a speech rule.

    Attributes:
        rule: the rule.
        start, end: items of the match.
        verb: item of the verb; -1 where there is none.
        roles: role to its items (start, end).
    """

    rule: Rule
    start: int
    end: int
    verb: int
    roles: dict[str, tuple[int, int]]

    @property
    def at(self) -> int:
        """The item by which matches are ordered: the verb, or the end."""
        return self.verb if self.verb >= 0 else self.end - 1


@dataclass(slots=True)
class Told:
    """One statement or request in the making; items half-open.

    Attributes:
        heard: what was matched.
        kind: "statement" or "request".
        speaker, node: the filler, and the node behind it where known.
        content: items of what is said or asked.
        evidence: items of the whole.
        quote: the quotation that holds the content.
        addressees: for requests.
        inside: True where it stands in somebody else's speech.
        status: "" where nothing speaks against asserted.
        purpose: items of what a request is for.
        name: the rule's name, where no pattern found it.
    """

    heard: Heard
    kind: str
    speaker: Candidate
    node: Node | None
    content: tuple[int, int]
    evidence: tuple[int, int]
    quote: Quotation | None = None
    addressees: list[Candidate] = field(default_factory=list)
    inside: bool = False
    status: str = ""
    purpose: tuple[int, int] | None = None
    name: str = ""


class Cues:
    """Word classes of the rule files and the lexicon, as sets of the tape's characters."""

    def __init__(self, lexicon: Lexicon) -> None:
        def of(*names: str) -> frozenset[str]:
            return frozenset("".join(lexicon.chars(n) for n in names if lexicon.has(n)))

        self.that = of("statement:that")
        self.quoting = of("statement:quoting")
        self.ask_back = of("statement:ask_back")
        self.but = of("statement:but")
        self.aside = of("about", "at", "with")
        self.then = of("statement:but", "statement:also", "request:also")
        self.opens = of(
            "statement:no_speech",
            "statement:source",
            "statement:while",
            "statement:narrate",
            "conj_stop",
            "at",
            "statement:at",
        )
        self.source = of("statement:source")
        self.verbs = of("speech", "requests")
        self.tail = of("statement:tail", "at", "day", "today", "Date", "with")
        self.narrate = of("statement:narrate")
        self.goal = of("statement:goal")
        self.exact = of("statement:exact")
        self.bare = of("w")
        self.toward = of("statement:toward", "statement:concerning")
        self.concerning = of("statement:concerning")
        self.while_ = of("statement:while")
        self.neg = of("neg")
        self.passive = of("passive", "request:passive")
        self.plural = of("plural")
        self.future = of("request:intend")
        self.also = of("request:also", "statement:also", "and")
        self.act = of("request:act")
        self.ask = of("request:ask")
        self.bid = of("request:act", "request:ask", "request:order")
        self.about, self.of = of("about"), of("of")
        self.so_that = of("statement:so_that")
        self.no_act = of("request:no_act")
        self.must = of("request:must")
        self.whom = of("request:whom")
        self.regarding = of("request:regarding")
        self.before_whom = of("request:before_whom")
        self.purpose = of("request:purpose")
        self.relative = of("request:relative")
        self.unnamed = of("statement:unnamed", "statement:voters")
        self.wish = of("request:wish")
        self.date = of("Date")
        self.this_body = of("request:this_body")
        self.this_kind = of("request:this_kind")
        self.this_person = of("request:this_person")
        self.people = of("statement:people", "request:whom", "posts.generic")
        self.photo = of("photo")
        self.level = of("level")
        self.time = of("request:when", "request:time", "Date", "Period", "term", "year", "month")
        self.and_ = of("and") | {","}
        self.noun = of("of", "about", "by", "is")
        self.how = of("request:how")
        self.this = of("statement:this")
