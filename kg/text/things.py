"""Documents, events, initiatives and awards on the tape: a head noun and what names the thing after it."""

from __future__ import annotations

import re
from typing import Any

from kg.model import Span
from kg.text.lexicon import Lexicon
from kg.text.named import Awards, Initiatives
from kg.text.tape import Mention, Tape

# What no name of an event, a document or a programme runs across.
_STOP = (
    "done|future|passive|is|by|today|yesterday|conj_stop|speech|requests|event_stop|who|for|neg|at"
    "|,|;|.|:|!|?|(|)|-|“|”|Person|Pronoun|Post"
)


_PARTS_OF_DAY = frozenset(("sáng", "trưa", "chiều", "tối", "đêm"))
_COUNTED = re.compile(r"\d| lần ")


class Things:
    """The recognisers, compiled for one lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.document = lexicon.new_code("Document")
        self.event = lexicon.new_code("Event")
        self.initiative = lexicon.new_code("Initiative")
        self.award = lexicon.new_code("Award")
        grammar = lexicon.grammar
        # "… về việc bổ nhiệm ông X": the change of post is a fact of its own and stays on the tape.
        word = rf"(?!<personnel_change:change><Person|Pronoun>)<^{_STOP}|and|Date|events|documents>"
        # Titles of documents are long: they run on over commas as long as small words follow, to a full stop, a
        # semicolon, a bracket, a person or a verb in the past.
        title_word = r"(?!<personnel_change:change><Person|Pronoun>)<^,|;|.|:|!|?|(|)|“|”|Person|Pronoun|done|passive|speech|conj_stop>"
        listed = rf"{title_word}{{1,20}}(?:,(?!<plural|level|Cap|Organization|Place|Date|Period|Number|Post|future|Initiative>)(?![CAnr]){title_word}{{1,16}}){{0,6}}"
        self._documents = grammar(
            # "báo cáo của Sở Y tế" by whom alone; "theo quy định số 98": one item, the document begins behind "theo".
            rf"(?P<reported><doc_of|doc_by_of>)(?P<by><Organization>|<Post>(?!<Organization>?<Person>))(?:<Organization|Place>)?(?P<on><about>{title_word}{{1,20}})?"
            rf"|(?P<type><documents>|<doc_as>(?=<docno_word>))(?:<docno_word>)?(?P<num>x(?:-?[A])?|(?:<Number>|n)(?:/(?:<Number>|n|r))?(?:[-/](?:A|<Cap|Organization>)){{1,4}}(?:(?<=/A)(?:<Number>|n)(?=<day|of|about|Date>|[,.;:)]|$))?|(?<=<docno_word>)<Number>|<Number>(?=<of|about|and|Organization|Date|Period>|[,.;:)]|$)|n)?"
            rf"(?P<central><central><Number>(?:\(?(?:<term>)?r\)?)?)?"
            rf"(?:,?(?P<date1><day>?<Date|Period>))?"
            rf"(?:<of>(?P<issuer>(?:<Organization|Post|Place>){{1,2}})|(?P<issuer2><Organization>(?:<Place>)?))?"
            rf"(?:,?(?P<date2><day>?<Date>))?"
            rf"(?P<title>(?:<about>:?)?<Quote>|<about>{listed})?"
            rf"(?:<of>(?P<issuer3><Organization|Post>))?"
        )
        # What is signed, issued or sent is a document even where a verb alone names it: "ký quyết định thành lập …";
        # "gửi công điện yêu cầu các tỉnh …" is what is asked, first of all.
        self._issued = grammar(
            rf"(?<=<doc_issue|doc_by>)(?P<m>(?P<type><documents>)(?P<title>(?!<doc_no>|<request:ask|request:order><Organization|Place|Post|Person|plural|request:whom>)<doc_act|award:give|request:order|request:act>(?:(?!<doc_end|neg>){title_word}){{1,20}}))"
        )
        self._amending = grammar(r"<law_amend>(?P<law><Document>)(?:(?:,|<and>|,<and>)<Document>){0,6}")
        self._of_event = grammar(r"(?P<type><documents>)<of>?(?P<issuer><Event>)")
        self._of = frozenset(lexicon.chars("of"))
        self._as = frozenset(lexicon.chars("doc_as"))
        self._by_of = frozenset(lexicon.chars("doc_by_of"))
        self._issue, self._by = frozenset(lexicon.chars("doc_issue")), frozenset(lexicon.chars("doc_by"))
        self._laws = grammar(
            r"(?P<type><documents.law>)(?P<name>(?!<statement:say|conj_stop|speech|neg>)(?:[CAw]|<Cap|bodies.sector|Organization|event_stop|request:act|law_name>)(?:[CAw]|(?!<Person|Post|Date|Number|Period|Document|speech|plural|and|done|passive|is|future|at|of|by|neg|day|to|for|with|conj_stop>)<^,|;|.|:|!|?|(|)|“|”|/|->|<and>|<of>(?=w)|,<law_more>|,(?=[w])|,(?=<w>)){0,9}?)?"
            r"(?P<year><Period>|<year>?<Number>)?(?!,<law_more>)(?=[,.;:()”\n\v]|$|<done|passive|is|future|at|by|conj_stop|neg|day|to|for|with>|<of>(?!w)|<and>(?=<doc_then|documents|plural>))"
        )
        self._legislation = frozenset(lexicon.chars("documents.legislation"))
        self._many = frozenset(lexicon.chars("plural") + lexicon.chars("Number"))
        self._types = frozenset(lexicon.chars("documents"))
        self._heads = frozenset(lexicon.chars("bodies.head") + lexicon.chars("bodies.part"))
        self._counters = frozenset(lexicon.chars("units.counter"))
        self._acts = frozenset(lexicon.chars("documents.law"))
        self._to = frozenset(lexicon.chars("doc_to"))
        self._kinds = frozenset(lexicon.chars("documents.numbered"))
        self._verbs = frozenset(lexicon.chars("documents.verb")) if lexicon.has("documents.verb") else frozenset()
        # The verb right behind the head belongs to the name ("Hội nghị công bố quyết định …"), and so does one behind "và".
        verb = r"<requests|event_stop>"
        said = r"event:hold|event:attend|event:under|event:presence|event:attending|event:not_name|event:earlier|award:occasion|award:receive|award:honour"
        tail = (
            rf"(?:(?!<{said}|done|future|passive>){verb})?"
            rf"(?:(?!<{said}>|<conj_stop><Document>|<with><Number|gt|approx>|<event:trailing><gt|approx>|<into><half|day|month|year|Date|Period>)(?:{word}|<and>(?!<Document>)(?={word})|<and>{verb}|(?<=<Number>),(?=<Organization>)|,(?=<term|Period>)"
            # "…, triển khai nhiệm vụ năm 2019"; "buôn lậu, hàng giả và …"; "hội nghị cán bộ chủ chốt"; "ngày Bác Hồ …"
            rf"|(?<=<^events|,>)[,;](?=<event:agenda><^,|;|.>)|(?<=[,;])<event:agenda>|(?<=w),(?=w{{1,5}}<and>w)"
            rf"|(?<!<Organization>)<Post>(?=[w]|<central>)(?!w?<,|Person|Organization|Place>)|(?<=<day>)(?:<Post><Organization|Place>?)?<Person>(?:w|<requests|emulation>){{0,6}}"
            rf"|<at>(?=<event:hall>)|<Date|Period|Document>|<at>(?=<Organization>))){{0,24}}"
        )
        # "buổi làm việc của lãnh đạo tỉnh A với huyện B", "buổi gặp giữa Bí thư N với …"
        party = r"[w]?(?:<Post>(?:<Organization|Place>)?)?(?:<Person|Organization|Place>)"
        between = rf"<of|among>{party}<with|and>(?:<gt|approx>?<Number>)?(?:{party}|<plural>?(?:[w]|<units|request:whom>){{1,6}})"
        self._events = grammar(
            rf"(?P<many><plural|Number>)?(?P<m>(?P<head><events>)(?P<tail>(?<=<meeting_head>){between}|{tail}))"
        )
        loose = "".join(
            lexicon.chars(n)
            for n in ("about", "and", "with", "of", "to", "for", "by", "event:trailing")
            if lexicon.has(n)
        )
        self._numbers = frozenset(lexicon.chars("Number"))
        self._about = frozenset(lexicon.chars("about"))
        self._terms = frozenset(lexicon.chars("term"))
        self._changes = frozenset(lexicon.chars("personnel_change:change"))
        self._loose = frozenset(",;" + loose)
        self._ends = frozenset(lexicon.chars("done") + lexicon.chars("future"))
        self._initiatives = Initiatives(lexicon, self.initiative, _STOP)
        self._awards = Awards(lexicon, self.award)

    def run(self, tape: Tape) -> None:
        """Folds documents, awards, initiatives, then events."""
        tape.fold(self._laws, self._make_law)
        tape.fold(self._amending, self._make_amending)
        tape.fold(self._documents, self._make_document)
        self._awards.fold(tape)
        self._initiatives.fold(tape)
        tape.fold(self._events, self._make_event)
        tape.fold(self._issued, self._make_issued)
        tape.fold(self._of_event, self._make_issued)

    def _children(self, tape: Tape, start: int, end: int) -> list[Mention]:
        return [tape.mentions[i] for i in range(start, end) if i in tape.mentions]

    def _make_document(self, tape: Tape, m: re.Match[str]) -> tuple[str, Mention] | None:
        start, end = m.span()
        if m["reported"]:
            return self._make_reported(tape, m)
        dated = m["date1"] and start and tape.codes[start - 1] in self._issue  # "ra thông báo ngày 4-9"
        if not (m["num"] or m["title"] or m["issuer"] or m["issuer2"] or m["issuer3"] or m["central"] or dated):
            return None
        by = m["issuer"] or m["issuer3"] or (m["title"] and tape.codes[end - 2] in self._of)
        if tape.codes[start] in self._verbs and not (m["num"] or by or m["central"] or dated):
            return None  # "báo cáo Sở Nội vụ", "quyết định về việc …" in small letters: a verb as often as a noun
        numbered = m["num"] or m["central"]
        if not numbered and start and tape.codes[start - 1] in self._heads:
            return None  # "Viện Chiến lược của Bộ A": a body
        if not numbered and tape.codes[start] in self._kinds:
            return None  # "theo quy định của Chính phủ": what is laid down; "quy định số 262" is a document
        if not numbered and self._listed_kinds(tape, start):
            return None
        before = tape.codes[start - 1] if start else "\n"
        if not numbered and tape.codes[start] in self._acts and not tape.tokens.words[tape.firsts[start]].upper:
            return None  # "pháp luật của Nhà nước"
        local = before in self._by and m["issuer"] and self._placed(tape, *m.span("issuer"))
        if not numbered and not m["title"] and tape.codes[start] in self._legislation and not local:
            return None  # "nghị định của Chính phủ": a kind of document, not one
        first = tape.firsts[start] + (tape.codes[start] in self._as)
        mention = Mention("Document", first, tape.lasts[end - 1])
        kind = Span(*tape.token_span(first, tape.lasts[start]))
        roles: dict[str, list[Any]] = {"doc_type": [(tape.text[kind.start : kind.end], kind)]}
        mention.parts.update(
            doc_type=tape.text[kind.start : kind.end], children=self._children(tape, start, end), roles=roles
        )
        if m["num"]:
            a, b = m.span("num")
            if tape.codes[b - 1] not in "xA" and b - a < 3:
                number = tape.mentions.get(b - 1)
                if number is None or number.kind != "Number":
                    return None
                if b - a > 1:
                    roles["issuer"] = [tape.mentions[a]]
                a = b - 1
            mention.parts["number"] = tape.words(a, b)
            roles["number"] = [(tape.words(a, b), tape.span(a, b))]
        if numbered:
            a = m.end("central") if m["central"] else m.end("num")
            mention.parts["short"] = tape.text[kind.start : tape.span(start, a).end]
        for group in ("date1", "date2"):
            if m[group]:
                roles["date"] = [tape.mentions[m.end(group) - 1]]
        for group in ("issuer", "issuer2", "issuer3"):
            if group == "issuer2" and tape.codes[start] in self._to:
                continue  # "tờ trình HĐND thành phố về …": to whom
            if m[group]:
                a, b = m.span(group)
                roles["issuer"] = [tape.mentions[i] for i in range(a, b) if i in tape.mentions][:1]
        if m["title"]:
            a, b = m.span("title")
            while b > a + 2 and tape.codes[b - 1] in self._loose:
                b -= 1  # "… giải quyết khiếu nại của" <person>
            if b < end == m.end("title"):
                end = b
                mention.last = tape.lasts[end - 1]
            # "… của Bộ Công Thương" at the end says who issued it.
            if (
                b - a > 3
                and tape.codes[b - 2] in self._of
                and (body := tape.mentions.get(b - 1)) is not None
                and body.kind == "Organization"
            ):
                if "issuer" not in roles:
                    roles["issuer"] = [body]
                    mention.parts["guessed"] = True  # the last words of a long title may speak of something else
                b -= 2
            quote = tape.mentions.get(b - 1)
            if quote is not None and quote.kind == "Quote":
                title = quote.parts["inner"]
            else:
                about = re.match(r"về việc |về ", tape.words(a, b))
                title = tape.span(a, b)
                title = Span(title.start + (about.end() if about else 0), title.end)
            if title.end <= title.start:
                return None
            roles["title"] = [(tape.text[title.start : title.end], title)]
            mention.parts["title"] = title
        return self.document, mention

    def _placed(self, tape: Tape, start: int, end: int) -> bool:
        """True where a body of a place stands: "theo nghị quyết của HĐND tỉnh A" is one, of the state any."""
        return any("place" in tape.mentions[i].parts for i in range(start, end) if i in tape.mentions)

    def _listed_kinds(self, tape: Tape, start: int) -> bool:
        """True for "các nghị quyết, chỉ thị về …", "28 nghị quyết về …": kinds, not one."""
        before = tape.codes[start - 1] if start else "\n"
        return before in self._many or (before == "," and tape.codes[start - 2] in self._types)

    def _make_reported(self, tape: Tape, m: re.Match[str]) -> tuple[str, Mention] | None:
        start, end = m.start(), m.end("on") if m["on"] else m.end()
        within = tape.codes[start] in self._by_of
        if self._listed_kinds(tape, start) or (within and not self._placed(tape, *m.span("by"))):
            return None
        if m["on"]:
            while end > m.end("by") and tape.codes[end - 1] in self._loose:
                end -= 1
        first = tape.firsts[start] + within  # behind "theo"
        mention = Mention("Document", first, tape.lasts[end - 1])
        # The item's last syllable is "của".
        kind = Span(*tape.token_span(first, tape.lasts[start] - 1))
        roles: dict[str, list[Any]] = {"doc_type": [(tape.text[kind.start : kind.end], kind)]}
        roles["issuer"] = [tape.mentions[m.start("by")]]
        if m["on"]:
            about, title = tape.span(m.start("on"), m.start("on") + 1), tape.span(m.start("on"), end)
            title = Span(about.end + 1, title.end)
            roles["title"] = [(tape.text[title.start : title.end], title)]
            mention.parts["title"] = title
        mention.parts.update(
            doc_type=tape.text[kind.start : kind.end], children=self._children(tape, start, end), roles=roles
        )
        return self.document, mention

    def _make_issued(self, tape: Tape, m: re.Match[str]) -> tuple[str, Mention] | None:
        start, end = m.span("m") if "m" in m.re.groupindex else m.span()
        titled = "title" in m.re.groupindex
        if not titled:
            event = tape.mentions[m.start("issuer")]
            if event.parts["bare"] or not (
                tape.tokens.words[tape.firsts[start]].upper or _COUNTED.search(tape.mention_text(event))
            ):
                return None  # "kết luận buổi họp" is done, "nghị quyết đại hội" is what a congress decided, as a whole
        while titled and end > start + 2 and tape.codes[end - 1] in self._loose:
            end -= 1  # "… giải quyết khiếu nại của" <person>
        if titled and tape.codes[end - 1] in self._changes:
            return None  # "có công văn thống nhất về việc giới thiệu ông X": the change of post is read through it
        mention = Mention("Document", tape.firsts[start], tape.lasts[end - 1])
        roles: dict[str, list[Any]] = {"doc_type": [(tape.words(start, start + 1), tape.span(start, start + 1))]}
        mention.parts.update(
            doc_type=tape.words(start, start + 1), children=self._children(tape, start, end), roles=roles
        )
        if titled:
            title = tape.span(m.start("title"), end)
            roles["title"] = [(tape.text[title.start : title.end], title)]
        else:
            roles["issuer"] = [tape.mentions[m.start("issuer")]]
        return self.document, mention

    def _make_law(self, tape: Tape, m: re.Match[str]) -> tuple[str, Mention] | None:
        start, end = m.span()
        if not m["name"] and not m["year"]:
            return None
        upper = tape.tokens.words[tape.firsts[start]].upper
        if not upper and (not m["name"] or not tape.tokens.words[tape.firsts[start + 1]].upper):
            return None  # "luật đất đai": the field; "Luật đất đai" or "luật Đất đai" is the act
        if not upper and tape.firsts[start] and tape.tokens.words[tape.firsts[start] - 1].key == "pháp":
            return None  # "vi phạm pháp luật Nhà nước": law as a whole
        mention = Mention("Document", tape.firsts[start], tape.lasts[end - 1])
        roles: dict[str, list[Any]] = {"doc_type": [(tape.words(start, start + 1), tape.span(start, start + 1))]}
        title = tape.span(start, m.end("name") if m["name"] else end)
        roles["title"] = [(tape.text[title.start : title.end], title)]
        if m["year"]:
            year = tape.mentions.get(end - 1)
            value = year.parts.get("value") if year is not None else None
            if year is None or not str(value).isdigit() or not 1900 <= int(str(value)) <= 2100:
                return None
            roles["date"] = [(str(value), tape.mention_span(year))]
        mention.parts.update(doc_type=tape.words(start, start + 1), children=[], roles=roles)
        return self.document, mention

    def _make_amending(self, tape: Tape, m: re.Match[str]) -> tuple[str, Mention]:
        """A law that changes others is named by them."""
        start, end = m.span()
        mention = Mention("Document", tape.firsts[start], tape.lasts[end - 1])
        kind = Span(*tape.token_span(tape.firsts[start], tape.firsts[start] + 1))
        title = tape.span(start, end)
        roles: dict[str, list[Any]] = {
            "doc_type": [(tape.text[kind.start : kind.end], kind)],
            "title": [(tape.text[title.start : title.end], title)],
        }
        mention.parts.update(doc_type=tape.text[kind.start : kind.end], children=[], roles=roles)
        return self.document, mention

    def _make_event(self, tape: Tape, m: re.Match[str]) -> tuple[str, Mention] | None:
        start, end = m.span("m")
        many = tape.mentions.get(m.start("many")) if m["many"] else None
        if m["many"] and (many is None or many.parts.get("value", 0) != 1):
            return None  # "các hội nghị", "ba cuộc thi": kinds of events, not one
        if start and tape.codes[start - 1] in self._terms:
            return None  # "giữa nhiệm kỳ Đại hội": a span of years
        # "kỳ họp thứ 3 về việc …": a numbered session is named by its number, what it treats is said of it.
        if tape.normal.get(start) == "session":
            numbered = next((i for i in range(start, end) if tape.codes[i] in self._numbers), end)
            end = next((i for i in range(numbered, end) if tape.codes[i] in self._about), end)
        # "phiên thảo luận của HĐND xã tối 3/2 về …": the day ends the name.
        dayed = (i for i in range(start + 1, end) if (d := tape.mentions.get(i)) is not None and d.kind == "Date")
        end = next((i for i in dayed if tape.tokens.words[tape.firsts[i]].key in _PARTS_OF_DAY), end)
        last = tape.mentions.get(end - 1)
        counted = tape.codes[end : end + 1] in (self._types | self._counters)
        if end - start == 2 and last is not None and last.kind == "Number" and counted:
            end -= 1  # "trình kỳ họp 12 tờ trình"
        # A subject behind the name, or the day, is not of the name: "tại diễn đàn UBND tỉnh đã …", "… hôm nay".
        while end > start + 1:
            last = tape.mentions.get(end - 1)
            after = tape.codes[end] if end < len(tape.codes) else "\n"
            day = (last.parts.get("value") or "--") if last is not None and last.kind == "Date" else ""
            dated = day.startswith("--") or len(day) > 7
            if (
                dated
                or (last is not None and last.kind == "Organization" and after in self._ends)
                or tape.codes[end - 1] in self._loose
                # "Hội nghị … với khoảng 2.200 cán bộ": who comes
                or (last is not None and last.kind == "Number" and tape.codes[end - 2] in self._loose)
            ):
                end -= 1
            else:
                break
        mention = Mention("Event", tape.firsts[start], tape.lasts[end - 1])
        mention.parts.update(
            head=tape.words(start, start + 1),
            type=tape.normal.get(start, "other"),
            bare=end == start + 1,
            children=self._children(tape, start, end),
        )
        return self.event, mention
