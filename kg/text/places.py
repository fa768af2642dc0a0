"""Places on the tape: units with and without their level, sites, countries, and what goes on a list of them."""

from __future__ import annotations

import re

from kg.text.borders import place_end
from kg.text.lexicon import Lexicon
from kg.text.normal import tone_key
from kg.text.tape import Mention, Tape

_NUMBERED_LEVELS = frozenset("quận q. phường p. thôn ấp khu phố tổ dân phố bản làng khu".split()) | {
    "khu phố",
    "tổ dân phố",
}
_REGION_WORDS = frozenset(("vùng", "khu"))  # first syllables
_COMMUNE_LEVELS = frozenset(("xã", "phường", "thôn", "bản", "ấp", "làng"))
_DISTRICT_LEVELS = frozenset(("quận", "q.", "huyện", "h.", "thị xã", "tx.", "tx"))
_FIRST_LEVELS = frozenset(("tỉnh", "thành phố", "tp", "tp.", "thủ đô"))
_CITY_LEVELS = frozenset(("tp", "tp.", "t.p", "t.p."))  # abbreviated before cities of Vietnam only


class Places:
    """The recogniser of places, compiled for one lexicon.

    Args:
        lexicon: the compiled lexicon.
        unit_names: comparison keys (`tone_key`) of all names of administrative units, of any level.
        families: comparison keys of family names of one syllable.
        districts: comparison keys of the names of districts.
    """

    def __init__(
        self, lexicon: Lexicon, unit_names: frozenset[str], families: frozenset[str], districts: frozenset[str]
    ) -> None:
        self.place = lexicon.new_code("Place")
        self._units = unit_names
        self._families = families
        self._districts = districts
        self._district_codes = frozenset(lexicon.chars("district"))
        self._body_heads = frozenset(lexicon.chars("bodies.head"))
        self._region_codes = frozenset(lexicon.chars("region"))
        self._province_codes = frozenset(lexicon.chars("province"))
        self._countries = frozenset(lexicon.chars("country") + lexicon.chars("doubtful_place"))
        self._city_codes = frozenset(lexicon.chars("city"))
        self._family_codes = frozenset(lexicon.chars("family"))
        self._many = frozenset(lexicon.chars("plural") + lexicon.chars("Number") + lexicon.chars("numeral"))
        self._honours = frozenset(lexicon.chars("honorifics.person") + lexicon.chars("honorifics.rank"))
        rx, grammar = lexicon.regex, lexicon.grammar
        name = r"(?:[CAr]|<C|family>)"
        self._places = grammar(
            rf"(?P<lp><level>(?:-)?<province|country|district>)"
            rf"|(?P<ln><level>(?P<n>{name}(?:{name}|-(?=[CA])|<province|district>){{0,3}}|<Number>|n))"
            rf"|(?P<capital><capital>)(?:<province|city>)?"
            rf"|(?P<site><site>)(?:-)?w{{0,3}}(?:(?!<level|bodies|plural>|<honorifics><family>){name}|<province|district|city|region|country>){{1,4}}(?:-{name}{{1,2}})?"
            rf"|(?<!<family>)(?:<province|country|city|region|district>)"
            # "Anh", "Đức": countries beside a word that asks for a place, or listed with others.
            rf"|(?:(?<=<asks_place|at>)|(?<=<country|city>,)|(?<=<country|city|doubtful_place><and>))<doubtful_place>(?!{name})"
            rf"|<doubtful_place>(?=(?:,|<and>)<country>)"
        )
        # "các quận 1, 2, 9": numbers that go on a list of numbered units.
        # "quận Ba Đình, Hai Bà Trưng": districts that are named so in a list only.
        self._more = grammar(
            r"(?<=<Place>)(?:,|<and>)(?P<m><Number>|(?P<d>(?:[CAr]|<C|family|honorifics|doubtful_place>){2,3}))(?=,|\(|\)|<and>|[.;:\n\v]|$)"
        )
        # "Nguyễn Thái Bình": a province's name inside a person's.
        self._guarded = rx(r"<family>(?=<province|country|city|region|district>)")

    def run(self, tape: Tape) -> None:
        """Folds places, then the further ones of each list."""
        tape.fold(self._places, self._make_place)
        while tape.fold(self._more, self._make_more):
            pass

    def _make_place(self, tape: Tape, m: re.Match[str]) -> tuple[str, Mention] | None:
        start, end = m.span()
        mention = Mention("Place", tape.firsts[start], tape.lasts[end - 1])
        if not (m["ln"] or m["lp"] or m["site"] or m["capital"]) and start:
            # "Nguyễn Thái Bình", "ông Đồng Văn Thanh", "Milan Kundera": names of persons that hold a place's.
            after = tape.codes[end : end + 1]
            named = tape.codes[start - 1] in self._honours and (after in ("C", "A") or after in self._family_codes)
            if (
                named
                or (after == "C" and tape.codes[end - 1] in self._city_codes)
                or self._guarded.match(tape.codes, start - 1)
            ):
                return None
        if not m["ln"] and tape.codes[end - 1] in self._province_codes:
            # "xã Đồng Tháp" has a province's name and is none.
            if not m["lp"] or tone_key(tape.words(start, start + 1)) in _FIRST_LEVELS:
                mention.parts["province"] = tape.normal.get(end - 1) or tape.words(end - 1, end)
        elif not m["ln"] and tape.codes[end - 1] in self._countries:
            mention.parts["country"] = True
        elif not m["ln"] and tape.codes[end - 1] in self._district_codes:
            mention.parts["district"] = True
        if m["capital"] and end == start + 1:
            mention.parts["capital"] = True
        if m["site"]:
            word = tape.tokens.words[tape.firsts[start]]
            if tape.codes[start] in self._body_heads and tape.codes[end : end + 1] == "w":
                return None  # "Bảo tàng Lịch sử quốc gia": a body whose name goes on
            if word.upper and word.key in self._families:
                return None  # "Hồ Chí Minh" is no lake
            if end == start + 2 and tape.codes[end - 1] in self._region_codes and word.key in _REGION_WORDS:
                # "khu vực Tây Nguyên" is Tây Nguyên.
                mention.parts["region"] = True
                mention.parts.update(
                    name=tape.words(end - 1, end), normal=tape.normal.get(end - 1, tape.words(end - 1, end))
                )
                return self.place, mention
            mention.parts["name"] = tape.words(start, end)
            for unit in ("province", "district", "country"):
                mention.parts.pop(unit, None)
        elif m["lp"]:
            mention.parts.update(level=tape.words(start, start + 1), name=tape.words(end - 1, end))
        elif m["ln"]:
            level = tape.words(start, start + 1)
            first, last = tape.firsts[m.start("n")], tape.lasts[m.end("n") - 1]
            words = tape.tokens.words
            if last - first == 1 and words[first].shape in "CAr" and len(words[first].key) == 1:
                return None  # "H.Y": somebody's initials
            if words[first].shape == "n" and tone_key(level) not in _NUMBERED_LEVELS:
                return None
            last = place_end(words, first, last, self._units, self._families, known=tone_key(level) in _CITY_LEVELS)
            if last == first:
                return None
            mention.last = last
            a, b = tape.token_span(first, last)
            mention.parts.update(level=level, name=tape.text[a:b])
        else:
            mention.parts["name"] = tape.words(start, end)
            if start in tape.normal:
                mention.parts["normal"] = tape.normal[start]
            if tape.codes[end - 1] in self._region_codes:
                mention.parts["region"] = True
        return self.place, mention

    def _listed(self, tape: Tape, at: int) -> bool:
        """True where the list of places that ends at an item begins with a plural or a number."""
        while at > 1 and at - 2 in tape.mentions and tape.mentions[at - 2].kind == "Place":
            at -= 2
        return at > 0 and tape.codes[at - 1] in self._many

    def _make_more(self, tape: Tape, m: re.Match[str]) -> tuple[str, Mention] | None:
        before = tape.mentions[m.start() - 1]
        level = before.parts.get("level", "")
        number = tape.words(*m.span("m"))
        if m["d"]:
            first, last = tape.firsts[m.start("d")], tape.lasts[m.end("d") - 1]
            among = "district" in before.parts or tone_key(level) in _DISTRICT_LEVELS
            if not among or tone_key(number) not in self._districts:
                # "hai xã An Hải, An Mỹ": communes are too many to know; the plural says that more than one is named.
                if tone_key(level) in _COMMUNE_LEVELS and self._listed(tape, m.start() - 1):
                    return self.place, Mention("Place", first, last, {"level": level, "name": number, "shared": True})
                return None
            return self.place, Mention("Place", first, last, {"name": number, "district": True})
        if tone_key(level) not in ("quận", "phường") or not before.parts["name"].isdigit() or not number.isdigit():
            return None
        at = m.start("m")
        return self.place, Mention("Place", tape.firsts[at], tape.lasts[at], {"level": level, "name": number})
