"""Short labels of facts in both languages, and how much room a text takes."""

from __future__ import annotations

from kg.view.content import Content, Fact, Filler
from kg.view.terms import Label, Vocabulary, messages

_NARROW = frozenset("iíìỉĩịjlItf.,:;'’‘|!()[] ")
_WIDE = frozenset("mwMWƯỪỨỬỮỰ%—…")
_LONGEST = 40


def fact_label(fact: Fact, content: Content, vocabulary: Vocabulary) -> Label:
    """What an edge or a tag says of its fact: the post, the rank, the value, the action; else the kind's name."""
    roles = dict(fact.roles)
    kind = vocabulary.kinds[fact.kind]["label"]
    label: Label = {}
    for lang in ("vi", "en"):
        words = messages()["ui"][lang]
        text = ""
        if "post" in roles:
            text = plain(roles["post"][0], content, lang)
        elif "rank" in roles:
            text = words["rank"].replace("{n}", plain(roles["rank"][0], content, lang))
            if "out_of" in roles:
                text += "/" + plain(roles["out_of"][0], content, lang)
        elif "value" in roles:
            unit = plain(roles["unit"][0], content, lang) if "unit" in roles else ""
            values = " ".join(plain(f, content, lang) for f in roles["value"])
            text = values + ("" if unit == "%" else " ") + unit
        if "action" in roles and "c" in roles["action"][0]:
            action = plain(roles["action"][0], content, lang)
            text = f"{action}: {text}" if text else action
        text = text.strip() or kind[lang]
        label[lang] = text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…"
    return label


def plain(filler: Filler, content: Content, lang: str) -> str:
    """A filler as a few words."""
    if "c" in filler:
        return content.terms[filler["c"]][lang]
    if "v" in filler:
        text = f"{filler['v']:,}"
        text = text.translate(str.maketrans(",.", ".,")) if lang == "vi" else text
        return f"{filler['s']} {text}" if "s" in filler else text
    if "n" in filler:
        return next((n.name for n in content.nodes if n.id == filler["n"]), filler["n"])
    return str(filler.get("t", filler.get("d", "")))


def text_width(text: str, font: float, bold: bool = False) -> float:
    """About how wide a line is, in the units of `font`, in a common sans serif; rather too wide than too narrow."""
    ems = sum(0.34 if c in _NARROW else 0.86 if c in _WIDE else 0.7 if c.isupper() else 0.58 for c in text)
    return ems * font * (1.08 if bold else 1.0)


def text_size(text: str, font: float, bold: bool = False) -> tuple[float, float]:
    """About how wide and how high a text of one or more lines is."""
    lines = text.split("\n")
    return max(text_width(line, font, bold) for line in lines), len(lines) * font * 1.25


def wrap(text: str, width: int, most: int = 3) -> str:
    """`text` in at most `most` lines of about `width` characters and equal length; cut with "…", long words broken.

    >>> wrap("Ủy ban nhân dân thành phố Hà Nội", 20)
    'Ủy ban nhân dân\\nthành phố Hà Nội'
    """
    lines = _lines(text, width)
    if len(lines) > most:
        last = lines[most - 1]
        lines = [*lines[: most - 1], (last if len(last) < width else last[: width - 1]).rstrip(" ,;:") + "…"]
        return "\n".join(lines)
    while (
        width > 4 and len(closer := _lines(text, width - 1)) == len(lines) and max(map(len, closer), default=0) < width
    ):
        lines, width = closer, width - 1
    return "\n".join(lines)


def _lines(text: str, width: int) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        while len(word) > width + 4:
            lines.append(word[:width])
            word = word[width:]
        if lines and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += " " + word
        else:
            lines.append(word)
    return lines
