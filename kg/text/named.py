"""Initiatives and awards on the tape: a head noun ("phong trào", "danh hiệu") and what names the thing behind it.

A head noun alone, in the plural or before ordinary words ("các dự án trọng điểm") names nothing.
"""

from __future__ import annotations

import re
from typing import Any

from kg.model import Span
from kg.text.lexicon import Lexicon
from kg.text.tape import Mention, Tape

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
# A name of many words runs on into the sentence; what is longer is one.
_MOST_WORDS = 14
_LEAST_TITLE = 3


def _children(tape: Tape, start: int, end: int) -> list[Mention]:
    return [tape.mentions[i] for i in range(start, end) if i in tape.mentions]


class Initiatives:
    """Movements, campaigns, programmes, projects, months and weeks of action, prizes as institutions, annual themes.

    Args:
        lexicon: the compiled lexicon.
        code: the tape's character of an initiative.
        stop: classes that no name runs across, as in a template.
    """

    def __init__(self, lexicon: Lexicon, code: str, stop: str) -> None:
        self.code = code
        grammar = lexicon.grammar
        # Names go on to a verb, a preposition or punctuation; "từ", "trong" only before a name or a group of people.
        border = r"(?=[,.;:()“”\n\v-]|$|<done|passive|is|by|at|of|speech>)"
        heads = "initiatives.movement|initiatives.campaign|initiatives.programme|initiatives.project"
        other = f"with|to|plural|Date|Number|Document|award:merit|award:occasion|request:time|{heads}"
        plain = rf"(?:<^{stop}|{other}>|Period)"
        group = r"<initiatives.people>(?:(?:,|<and>)<initiatives.people>){0,4}"
        inner = rf"(?:<initiatives.from>(?=[CAr]|<Cap>)|<initiatives.among>{group})"
        count = rf"<Number>(?=<initiatives.act|Place|Period>|[CA])|<docno_word>?<Number>{border}"
        word = rf"(?:(?!<initiatives.end>){plain}|{count}|<and>(?={plain})|{inner})"
        big = r"(?:[CAr]|<Cap|Place>)"
        soft = "units|site|bodies|documents|ranking:wide|about|initiatives.act|initiatives.soft"
        small = rf"(?:(?!<initiatives.end>)(?:[w]|<{soft}>))"
        head = rf"(?P<head><{heads}|initiatives.prize>)"
        run = rf"{word}{{0,{_MOST_WORDS}}}"
        self._named = grammar(
            rf"(?P<many><plural|Number>)?(?P<m>{head}(?:<emulation>)?(?:"
            # "phong trào thi đua “…”", "chương trình nghệ thuật “…”"
            rf"(?P<tail>:?(?:[w]|<initiatives.act|units>){{0,4}}?<Quote>)"
            # "Chương trình OCOP", "dự án Nhà máy thép Đông Hải"
            rf"|(?P<name>{big}{run})"
            # "dự án xây dựng …", "chương trình giảm nghèo bền vững", "phong trào thi đua yêu nước"
            rf"|(?P<act><initiatives.act>{run})"
            # "Giải báo chí 'Búa vàng' lần thứ 2": single quotation marks
            rf"|(?P<single>o<^o>{{1,8}}o{run})"
            # "phong trào thi đua thực hiện …": stands for the movement that the article names elsewhere
            rf"|(?P<short><request:act>{run})"
            # "dự án cảng hàng không quốc tế Long Thành"
            rf"|(?P<of>{small}{{1,7}}(?:[CA]|<Place>)(?:[CAw]|<Place>){{0,4}})"
            rf")"
            # "Tháng Thanh niên", "Tuần lễ quốc gia phòng, chống thiên tai": the head is half of the name
            rf"|(?P<whole><initiatives.whole>)(?P<rest>:?<Quote>|{run})"
            rf"|<initiatives.known>)"
        )
        of = ("initiatives.project", "initiatives.programme", "initiatives.prize")
        self._named_by_place = frozenset("".join(lexicon.chars(c) for c in of))
        self._project = frozenset(lexicon.chars("initiatives.project"))
        self._movements = frozenset(lexicon.chars("initiatives.movement"))
        self._next = grammar(r"(?<=<Initiative>)(?:,|<and>|,<and>)(?P<m><Quote>)")
        self._theme = grammar(
            r"(?P<head><initiatives.theme>)(?P<mid>(?:[w]|<year|Period|Number|units|of>){0,4})(?:<is>|:)?(?P<tail><Quote>)"
        )
        self._loose = frozenset(lexicon.chars("and") + lexicon.chars("of") + ",")
        self._capital = frozenset("CAr" + lexicon.chars("Cap") + lexicon.chars("Place"))

    def fold(self, tape: Tape) -> None:
        """Folds annual themes, then named initiatives, then the further quotations of a list of them."""
        tape.fold(self._theme, self._make_theme)
        if tape.fold(self._named, self._make):
            tape.fold(self._next, self._make_next)

    def _make(self, tape: Tape, m: re.Match[str]) -> tuple[str, Mention] | None:
        start, end = m.span("m")
        if m["many"] and not m["tail"]:
            many = tape.mentions.get(m.start("many"))
            if many is None or many.parts.get("value", 0) != 1:
                return None
        if m["of"] and tape.codes[start] not in self._named_by_place:
            return None
        if m["act"] and end - start == 2 and tape.codes[start] not in self._movements:
            return None  # "dự án đầu tư", "chương trình đào tạo" by themselves
        if m["short"] and tape.codes[start] not in self._movements:
            return None
        if (
            m["whole"]
            and (not m["rest"] or m["rest"][0] in self._loose)
            and not tape.tokens.words[tape.firsts[start]].upper
        ):
            return None
        while end > start + 1 and tape.codes[end - 1] in self._loose:
            end -= 1
        mention = Mention("Initiative", tape.firsts[start], tape.lasts[end - 1])
        mention.parts.update(head=tape.words(start, start + 1), children=_children(tape, start, end))
        for form in ("whole", "short"):
            if m[form]:
                mention.parts[form] = True
        quote = tape.mentions.get(end - 1)
        if quote is not None and quote.kind == "Quote":
            title = quote.parts["name"].strip()
            if not title or (
                title[0].islower() and (len(title.split()) < _LEAST_TITLE or tape.codes[start] in self._project)
            ):
                return None  # dự án “đắp chiếu”: no title
            mention.parts["title"] = quote.parts["inner"]
        return self.code, mention

    def _make_next(self, tape: Tape, m: re.Match[str]) -> tuple[str, Mention]:
        start, end = m.span("m")
        parts: dict[str, Any] = {"head": "", "children": [], "title": tape.mentions[start].parts["inner"]}
        return self.code, Mention("Initiative", tape.firsts[start], tape.lasts[end - 1], parts)

    def _make_theme(self, tape: Tape, m: re.Match[str]) -> tuple[str, Mention] | None:
        """A theme that names its year; other themes belong to an event or a contest."""
        start, end = m.span()
        inner: Span = tape.mentions[m.start("tail")].parts["inner"]
        before = tape.span(start, m.start("tail"))
        years = [y for a, b in ((inner.start, inner.end), before) for y in _YEAR.finditer(tape.text, a, b)]
        if not years:
            return None
        year = years[-1] if years[-1].start() < inner.start else years[0]
        parts: dict[str, Any] = {"head": tape.words(start, start + 1), "children": [], "title": inner, "annual": True}
        parts["roles"] = {"year": [(year.group(), Span(*year.span()))]}
        return self.code, Mention("Initiative", tape.firsts[start], tape.lasts[end - 1], parts)


class Awards:
    """What is handed over or conferred: orders, certificates, titles, grades of a prize.

    Args:
        lexicon: the compiled lexicon.
        code: the tape's character of an award.
    """

    def __init__(self, lexicon: Lexicon, code: str) -> None:
        self.code = code
        grammar = lexicon.grammar
        edge = (
            ",|;|.|:|!|?|(|)|“|”|-|and|to|for|done|future|passive|is|of|at|by|with|conj_stop|neg|speech|requests|Date|Number|year|Person"
            "|Organization|Post|Pronoun|Document|Quote|plural|award:give|award:receive|award:merit|award:kind|statistic:compare"
        )
        word = rf"(?:(?!<of>)<award_word>|<^{edge}>)"
        issuer = r"(?:<of>?<Organization|Post>{1,2})?"
        # A prize by its institution's name is an award only where it is given or won.
        won = r"(?<=<award:give|award:receive|award:won>)"
        prize = rf"(?:{word}|<award:kind>)"
        self._awards = grammar(
            rf"(?P<open><awards.named>)(?P<tail><Quote>|(?=[CAr]|<Cap|awards.title>)(?:<awards.title>|<award:kind>)?{word}{{0,9}}|<awards.order|awards.grade>{word}{{0,4}}){issuer}"
            rf"|(?P<grade><awards.grade>)(?:(?!<of>)<award_word>(?=[,.;()\n\v]|$))?"
            rf"|{won}(?P<prize><awards.prize>)(?P<ptail><Quote>|(?=[CA]){word}{{1,9}}|{prize}{{3,9}})"
            rf"|(?P<state><awards.state>)(?P<stail><Quote>|(?:(?!<of>)<award_word>|<honorifics.rank>|[CAr]|[w](?=[CAr])){{0,9}})(?:<of><Post><Organization>?)?"
            rf"|(?P<order><awards.order>)(?P<otail><Quote>|(?:(?!<of>)<award_word>|(?<=<award_word>)<Number>(?!<award:kind>)|<honorifics.rank>|[CAr]|[w](?=[CAr])){{0,9}}){issuer}"
        )

    def fold(self, tape: Tape) -> None:
        """Folds awards."""
        tape.fold(self._awards, self._make)

    def _make(self, tape: Tape, m: re.Match[str]) -> tuple[str, Mention] | None:
        start, end = m.span()
        mention = Mention("Award", tape.firsts[start], tape.lasts[end - 1])
        mention.parts.update(head=tape.words(start, start + 1), children=_children(tape, start, end))
        issuer = tape.mentions.get(end - 1)
        if issuer is not None and end - start > 1 and issuer.kind in ("Organization", "Post"):
            first = tape.mentions.get(end - 2)
            if m["state"]:  # who confers it is no part of an order's name
                mention.parts["core"] = tape.words(start, m.end("stail"))
            mention.parts["roles"] = {"giver": [first if first is not None and first.kind == "Post" else issuer]}
            if first is not None and first.kind == "Post" and issuer.kind == "Organization":
                first.parts["body"] = issuer
        return self.code, mention
