"""Bodies, posts and persons on the tape: what Vietnamese writes with capitals, and what stands before it.

The key construction has no separator: "Chủ tịch UBND thành phố Hà Nội Nguyễn Đức Chung" is post + body + place +
person. Known names and family names decide where one ends and the next begins.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from kg.text.councils import share_owner, share_place
from kg.text.lexicon import Lexicon
from kg.text.normal import tone_key
from kg.text.places import Places
from kg.text.tape import Mention, Tape

# Family names that are also common first words of a sentence: a name only after an honorific or with three syllables
# and one of the middle names.
_DOUBTFUL = frozenset(
    "từ lại bằng đồng thân mai an lục ninh vi hà cao la kim bành phó âu đan tất thái trang khổng văn công lò y á".split()
)
_MIDDLE = frozenset("văn thị đức hữu xuân quang minh ngọc thanh đình công quốc trọng hồng huy duy".split())
# "ngân sách Nhà nước", "về mặt Đảng": what kind it is, not the body.
_OF_STATE = frozenset(
    ("ngân sách", "cơ quan", "doanh nghiệp", "quản lý", "tài sản", "cơ chế", "bộ máy", "kỷ luật", "sinh hoạt", "về mặt")
)
_THOUGHT = frozenset(("tư tưởng", "phong cách", "đạo đức"))


class Names:
    """The recognisers, compiled for one lexicon.

    Args:
        lexicon: the compiled lexicon.
        unit_names: comparison keys (`tone_key`) of all names of administrative units, of any level.
        families: comparison keys of family names of one syllable.
        districts: comparison keys of the names of districts.
    """

    def __init__(
        self, lexicon: Lexicon, unit_names: frozenset[str], families: frozenset[str], districts: frozenset[str]
    ) -> None:
        self._places = Places(lexicon, unit_names, families, districts)
        self.organization = lexicon.new_code("Organization")
        self.person = lexicon.new_code("Person")
        self.post = lexicon.new_code("Post")
        self.pronoun = lexicon.new_code("Pronoun")
        self._families = families
        self._districts = districts
        rx, grammar = lexicon.regex, lexicon.grammar
        tail = r"(?:<Place>|<level>(?!<level>)|<whole_country|central>)"
        # A district without its level after a body of districts: "Huyện ủy Tuy An"; which names those are is checked.
        district = r"(?:(?:C|<C|family>){1,3})"
        # Names of bodies capitalise the first syllable of each word only: small syllables go on up to the next capital,
        # or up to a border; where a verb that no lexicon knows may follow, one is all.
        stop = (
            "done|future|passive|is|by|at|with|to|for|of|and|conj|conj_stop|neg|speech|requests|event_stop|day|plural|also"
            "|term|event:not_name|statement:say|statement:tell|request:ask|event:attend|event:organize|personnel_change:change|award:give|part_of:belong|company_stop"
        )
        other = (
            ",|;|.|:|(|)|-|“|”|!|?|/|&|n|d|x|o|Date|Number|Period|Person|Post|Pronoun|Organization|Place|level|posts"
        )
        small = rf"(?:w|<^{stop}|{other}|Cap|bodies>)"
        person = r"(?!<family>(?:C|<C|family>){2})"
        first = rf"(?:(?!<{stop}|posts|events|documents>)(?:[CAr]|<Cap|Quote>))"
        big = rf"(?:{person}{first})"
        run = (
            rf"(?:(?:(?<=<bodies.named_after>)|{person}){first}|<Place>(?={big}))"
            rf"(?:{big}|(?:-|&|,|<and>)(?={first})(?!<family>)(?!<bodies.head>)(?!<bodies.whole>){person}"
            rf"|(?:{small}|<and>(?={small})){{1,5}}(?={big}|<Place|level>)|{small}{{1,4}}(?=<and>(?!<family|bodies>){first})|{small}{{1,4}}(?=[,;.()“”])|{small}{{1,2}}(?=[:\n\v]|$|<{stop}>)|w){{0,8}}"
        )
        lower_run = rf"(?:{small}|<and>(?={small})){{1,7}}(?:(?:{big}){{1,4}}|(?=<Place>))"
        self._bodies = grammar(
            rf"(?<=<posts.heads>)(?P<implied><bodies.steering>(?:<central>)?(?:(?:{small}|,(?=w)){{1,7}}(?=<Place|whole_country>|<level>[,.;:()])|<about>(?:{first}|w|,(?=w)){{1,6}}|(?:(?!<family>){first})(?:{first}|w|<and>(?={first}|w)|,(?=w)){{0,7}})?|<bodies.sector>(?:<bodies.party>|<bodies.local>|<docno_word>?(?:n|<Number>))?|(?!<family>)(?!<{stop}>)C{small}{{1,3}}(?:<and>(?:C{small}{{1,2}}|{small}{{1,2}}))?(?={tail}|[,;.():\n\v-]|$|<family|honorifics>))(?P<ti>{tail})?"
            rf"|(?P<parts><bodies.part>{{0,2}})(?:"
            rf"(?P<whole><bodies.whole>)(?:<Place>)?"
            rf"|(?P<head><bodies.head|bodies.part>{{1,3}}<plural>?)(?P<sector><bodies.sector>)(?P<ts>{tail})?"
            rf"|(?P<local><bodies.local>)(?:(?P<tl>{tail}(?:<central>|<Place>)?|A)|(?P<dl>{district}))?"
            rf"|(?P<party><bodies.party>)(?:(?P<tp>{tail})|(?P<dp>{district}))?"
            rf"|(?P<numbered><bodies.numbered>(?:<docno_word>)?(?:n|<Number>)(?=[,.;:()“”\n\vwC]|$|<family|honorifics|level|Place|and|done|passive|future|speech|requests|for|of|with|by|at|is|event:organize|event:chair>))(?P<tn>{tail})?"
            rf"|(?<!C)(?<!<family>)(?P<named><bodies.head>{{1,3}})(?:(?P<run>{run}|(?<=<bodies.company>){lower_run}|(?<=<posts><bodies.head>){small}{{1,6}}(?=<Place|level|bodies.whole|bodies.part>)))(?P<tr>{tail}(?:{tail})?)?"
            rf"|(?<!C)(?<!<family>)(?P<bare><bodies.head>)(?P<tb>{tail})?"
            rf")"
            rf"|(?P<only><bodies.part>{{1,2}})(?:(?P<to>{tail})|A)?"
            rf"|(?<=<posts>)(?P<acronym>A)(?!<family>)"
        )
        self._honours = frozenset(lexicon.chars("honorifics.person") + lexicon.chars("honorifics.rank"))
        self._person_words = frozenset(lexicon.chars("honorifics.person"))
        self._generic_posts = frozenset(lexicon.chars("posts.generic"))
        self._central = frozenset(lexicon.chars("central"))
        self._deputies = frozenset(lexicon.chars("posts.deputy"))
        self._whole_posts = frozenset(lexicon.chars("posts.whole"))
        self._many = frozenset(lexicon.chars("plural"))
        self._post_codes = frozenset(lexicon.chars("posts"))
        self._and = frozenset(lexicon.chars("and") + ",-&")
        self._heads = frozenset(lexicon.chars("posts.heads"))
        self._nested = grammar(
            r"(?P<outer><bodies.part>|(?:<bodies.part|bodies.head>)<bodies.sector>|<Organization>)(?P<inner><Organization>)"
        )
        self._owned = rx(
            r"(?P<party><Organization>)(?:[,-]|<also>|,<also>)(?:<^,|;|.|Organization>)?<posts>(?P<owner><Organization>)"
        )
        self._listed = rx(r"<Organization>(?:(?:,|-|<and>)<Organization>)+")
        # "đại biểu Quốc hội" is a post of somebody who is named, or a link of a chain of posts; else it is anybody.
        self._posts = grammar(
            r"(?!<posts.deputy>)<posts>|(?<!<plural|Number>)<posts.deputy>(?=<family|honorifics|term>|[,(-]<posts>)"
            r"|(?:(?<=[,;(-])|(?<=<is>))<posts.deputy>"
        )
        # The one part of a body that is a post: "Thường trực Ban Bí thư".
        self._standing = grammar(r"<standing>(?=<secretariat>)")
        honour = r"<honorifics.person|honorifics.rank>"
        given = r"(?:[CAr]|<C|family>)"
        place = r"<Place|province|country|city|region|district>"
        self._persons = grammar(
            # "Lưu Văn Bản", "Lưu Văn Hóa": a name may end as a kind of document or a field is called.
            rf"(?P<h>(?:{honour}[,.]?|<who>){{1,4}})(?P<p>(?:<family>(?:{given}|{place}|<documents|bodies.sector>){{1,4}}|<district>{given}{{1,2}}|{given}(?:{given}|<bodies.sector>){{0,3}}))"
            rf"|(?<=<Post>)(?P<foreign>C{{2,3}})"
            rf"|(?P<bare><family>(?:{given}|{place}|<documents|bodies.sector>){{1,4}})"
        )
        self._pronouns = grammar(r"<honorifics.pronoun>")
        # "Thanh tra Chính phủ (TTCP)", "… (gọi tắt là TTCP)": what the article calls a body from there on.
        self._called = rx(r"(?P<body><Organization>)\(w{0,3}(?:<is>)?(?P<short>[AC])\)")
        self._shorts = grammar(r"(?<!\()[AC]|(?<=\()[AC](?!\))")

    def run(self, tape: Tape) -> None:
        """Folds places, bodies (from the inside out), posts, persons and pronouns."""
        self._places.run(tape)
        tape.fold(self._standing, self._make_post)
        tape.fold(self._bodies, self._make_body)
        for _ in range(2):
            if not tape.fold(self._nested, self._make_nested):
                break
        share_place(tape, self._listed)
        share_owner(tape, self._owned)
        tape.fold(self._posts, self._make_post)
        tape.fold(self._persons, self._person_maker())
        tape.fold(self._pronouns, self._make_pronoun)
        self._fold_shorts(tape)

    # bodies

    def _district(self, tape: Tape, start: int, end: int) -> int | None:
        """The token behind the longest name of a district that begins at item `start`."""
        words = tape.tokens.words
        first = tape.firsts[start]
        for last in range(tape.lasts[end - 1], first + 1, -1):
            if " ".join(w.key for w in words[first:last]) in self._districts:
                return last
        return None

    def _fold_shorts(self, tape: Tape) -> None:
        """Abbreviations that the article itself explains become mentions of the bodies that they stand for."""
        called: dict[str, Mention] = {}
        for m in self._called.finditer(tape.codes):
            body = tape.mentions[m.start("body")]
            named = not body.parts.get("elliptic") and body.parts.get("form") not in ("bare", "only")
            if named or body.parts.get("central"):
                called.setdefault(tape.words(*m.span("short")), body)
        if not called:
            return

        def make(tape: Tape, m: re.Match[str]) -> tuple[str, Mention] | None:
            start, end = m.span()
            body = called.get(tape.words(start, end))
            if body is None:
                return None
            parts: dict[str, Any] = {
                "form": "acronym",
                "core": tape.words(start, end),
                "stands_for": body,
                "children": [],
            }
            if "place" in body.parts:
                parts["place"] = body.parts["place"]
            return self.organization, Mention("Organization", tape.firsts[start], tape.lasts[end - 1], parts)

        tape.fold(self._shorts, make)

    def _children(self, tape: Tape, start: int, end: int) -> list[Mention]:
        return [tape.mentions[i] for i in range(start, end) if i in tape.mentions]

    def _make_body(self, tape: Tape, m: re.Match[str]) -> tuple[str, Mention] | None:
        start, end = m.span()
        head = tape.tokens.words[tape.firsts[start]]
        if (
            not head.upper
            and tape.lasts[start] - tape.firsts[start] == 1
            and not m["local"]
            and not m["party"]
            and not m["whole"]
        ):
            # Small "hội", "sở", "ban" end other words ("xã hội", "trụ sở"): a body only before a capital, behind no such word.
            after = tape.lasts[start]
            if m["bare"] and not m["parts"] and not m["tb"] and start and tape.codes[start - 1] in self._post_codes:
                # "giám đốc sở": of the one that the article has named.
                return self.organization, Mention(
                    "Organization",
                    tape.firsts[start],
                    tape.lasts[start],
                    {"form": "bare", "core": head.key, "children": []},
                )
            if (
                (start and tape.codes[start - 1] == "w")
                or after >= len(tape.tokens.words)
                or not tape.tokens.words[after].upper
            ):
                return None
            if m["bare"] or m["only"]:
                return None
        if m["whole"] and not m["parts"] and head.key in ("nhà", "đảng") and tape.firsts[start] > 1:
            at, words = tape.firsts[start], tape.tokens.words
            if tape.lasts[end - 1] - at < 3 and f"{words[at - 2].key} {words[at - 1].key}" in _OF_STATE:
                return None
        if (
            (m["named"] or m["bare"])
            and start
            and tape.codes[start - 1] in self._honours
            and head.key in self._families
        ):
            return None  # "ông Đoàn Văn Tân", "đồng chí Trường Chinh"
        if m["named"] and head.key == "thanh" and not head.upper and tape.lasts[start] < tape.lasts[m.end("named") - 1]:
            return None  # "cơ quan này thanh tra Tập đoàn X": a verb
        # "Sở", "Hội" alone: a body only by what the article said before; kept for coreference where a place or a
        # level follows or the word is an abbreviation.
        alone = m["bare"] and not m["parts"] and not m["tb"]
        if alone and (head.shape == "w" or (start and tape.codes[start - 1] in self._many)):
            return None  # "các Sở": all of them
        while end > start + 1 and tape.codes[end - 1] in self._and:
            end -= 1
        mention = Mention("Organization", tape.firsts[start], tape.lasts[end - 1])
        parts = mention.parts
        parts["children"] = self._children(tape, start, end)
        if m["implied"]:
            # "Trưởng ban Dân vận": the post names the head of its body.
            named = tape.normal.get(start - 1, "")
            if not named:
                return None
            a, b = tape.span(start, end)
            core = tape.words(*m.span("implied"))
            parts.update(form="head", core=f"{named} {core}", name=f"{named} {tape.text[a:b]}")
        for kind in ("whole", "local", "party", "numbered", "head", "named", "bare", "only", "acronym"):
            if m[kind]:
                parts["form"] = kind
                parts["core"] = tape.words(m.start(kind), m.end("sector") if kind == "head" else m.end(kind))
                break
        for named in ("dl", "dp"):
            if m[named]:
                known = self._district(tape, *m.span(named))
                mention.last = known or tape.lasts[m.start(named) - 1]
                if known:
                    parts["tail"] = parts["district"] = tape.text[
                        slice(*tape.token_span(tape.firsts[m.start(named)], known))
                    ]
        for tail in ("tl", "tn", "tp", "ts", "tr", "tb", "ti", "to"):
            if m[tail]:
                a, b = m.span(tail)
                parts["tail"] = tape.words(a, b)
                place = next((tape.mentions[i] for i in range(a, b) if i in tape.mentions), None)
                if place is not None:
                    parts["place"] = place
                else:
                    parts["elliptic"] = True
                    parts["central"] = tape.codes[a] in self._central
        if m["whole"] and start in tape.normal and not m["parts"]:
            parts["normal"] = tape.normal[start]
        return self.organization, mention

    def _make_nested(self, tape: Tape, m: re.Match[str]) -> tuple[str, Mention] | None:
        start, end = m.span()
        inner = tape.mentions[m.start("inner")]
        outer = tape.mentions.get(start)
        if outer is not None and (
            outer.parts.get("form") not in ("party", "local", "only", "bare") or "tail" in outer.parts
        ):
            return None  # two bodies side by side, not one within the other
        if not tape.tokens.words[tape.firsts[start]].upper and tone_key(tape.words(start, start + 1)) == "thanh tra":
            return None  # "cơ quan này thanh tra Tập đoàn X": a verb
        mention = Mention("Organization", tape.firsts[start], tape.lasts[end - 1])
        mention.parts.update(
            form="nested",
            core=tape.words(start, m.start("inner")),
            inner=inner,
            children=self._children(tape, start, end),
        )
        if "place" in inner.parts:
            mention.parts["place"] = inner.parts["place"]
        if inner.parts.get("elliptic"):
            mention.parts["elliptic"] = True
        return self.organization, mention

    # posts and persons

    def _make_post(self, tape: Tape, m: re.Match[str]) -> tuple[str, Mention] | None:
        start, end = m.span()
        mention = Mention("Post", tape.firsts[start], tape.lasts[end - 1], {"name": tape.words(start, end)})
        if tape.codes[end - 1] in self._generic_posts:
            mention.parts["generic"] = True
        elif tape.codes[end - 1] in self._whole_posts:
            mention.parts["whole"] = True
        if end - 1 in tape.normal and tape.codes[end - 1] not in self._heads:
            mention.parts["normal"] = tape.normal[end - 1]
        if tape.codes[end - 1] in self._deputies:
            name = "Quốc hội"
            parts = {"form": "whole", "core": name, "name": name}
            mention.parts["children"] = [
                Mention("Organization", max(mention.first, mention.last - 2), mention.last, parts)
            ]
        return self.post, mention

    def _person_maker(self) -> Callable[[Tape, re.Match[str]], tuple[str, Mention] | None]:
        """Makes the persons of one tape from left to right; knows the given names of those before."""
        given: set[str] = set()

        def make(tape: Tape, m: re.Match[str]) -> tuple[str, Mention] | None:
            made = self._make_person(tape, m, given)
            if made is not None and " " in made[1].parts["name"]:
                given.add(made[1].parts["name"].rsplit(" ", 1)[1])
            return made

        return make

    def _make_person(self, tape: Tape, m: re.Match[str], given: set[str]) -> tuple[str, Mention] | None:
        start = m.start()
        group = "bare" if m["bare"] else "foreign" if m["foreign"] else "p"
        if m["foreign"] and not tape.mentions[start - 1].parts.get("whole"):
            return None  # "Thủ tướng Hun Sen"; "Giám đốc Xí nghiệp" is no person
        first, last = tape.firsts[m.start(group)], tape.lasts[m.end(group) - 1]
        words = tape.tokens.words
        if m["bare"]:
            if last - first < 2:
                return None
            before = tape.codes[start - 1] if start else "\n"
            if first > 1 and words[first - 2].key == "số" and words[first - 1].shape == "n":
                return None  # "số 69 Phan Đình Phùng": an address
            if first > 1 and f"{words[first - 2].key} {words[first - 1].key}" in _THOUGHT:
                return None  # "tư tưởng Hồ Chí Minh"
            if (
                before in "\n\v“"
                and words[first].key in _DOUBTFUL
                and (last - first < 3 or words[first + 1].key not in _MIDDLE)
            ):
                return None
        while last - first > 1 and not words[last - 1].upper:
            last -= 1  # "ông Trần Văn bản": the small word is none of the name
        for i in range(m.start(group), m.end(group)):
            if tape.firsts[i] < last < tape.lasts[i]:
                last = tape.firsts[i]  # "Phó Kiến trúc sư": nor is half a phrase
        if last == first or (m["bare"] and last - first < 2):
            return None
        most = 4 + (not {"thị", "văn"}.isdisjoint(w.key for w in words[first + 1 : last]))
        last = min(last, first + most)
        a, b = tape.token_span(first, last)
        if (
            m["h"]
            and last - first == 1
            and tape.text[a:b] not in given
            and not self._person_words.intersection(tape.codes[start : m.end("h")])
        ):
            return None  # "Tiến sĩ Kinh tế": a degree, not a given name; "luật sư Nam" is the one named before
        mention = Mention("Person", tape.firsts[start], last, {"name": tape.text[a:b], "name_first": first})
        if m["h"]:
            mention.parts["honorific"] = tape.words(start, m.end("h"))
        return self.person, mention

    def _make_pronoun(self, tape: Tape, m: re.Match[str]) -> tuple[str, Mention] | None:
        start, end = m.span()
        if start and tape.codes[start - 1] in "CA" and tape.tokens.words[tape.firsts[start]].upper:
            return None  # "Bí thư Xuân Anh"
        return self.pronoun, Mention(
            "Pronoun", tape.firsts[start], tape.lasts[end - 1], {"name": tape.words(start, end)}
        )
