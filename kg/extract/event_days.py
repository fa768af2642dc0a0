"""On which day an event is held: the date that stands with its name, and not the one of another event."""

from __future__ import annotations

from kg.extract.engine import sentence_items
from kg.text.tape import Mention, Tape

_NEAR = 6  # items behind a name in which its own date stands
_FAR = 20
_BESIDE = 3


def day_of(tape: Tape, item: int, preparing: frozenset[str] = frozenset()) -> Mention | None:
    """The date of the event that item `item` names, as its sentence has it.

    Args:
        tape: the article's items.
        item: index of a mention of kind "Event".
        preparing: characters of words before a name that part it from the day of its sentence ("chuẩn bị", "sau").

    Returns:
        A mention of kind "Date" or of a period that is one year; None where the sentence gives none.
    """
    children = tape.mentions[item].parts.get("children", ())
    inside: Mention | None = next((m for m in children if m.kind == "Date"), None)
    if inside is not None and _exact(inside):
        return inside
    first, last = sentence_items(tape, item, item + 1)
    after = _after(tape, item, last)
    before = _before(tape, item, first, preparing)
    if after is not None and before is not None:
        close = tape.codes[item + 1 : after[0]]
        return after[1] if after[0] - item <= _NEAR and not set(close) & set(",;(") else before[1]
    found = before or after
    if found is not None:
        return found[1]
    # "hội nghị công bố quyết định của Bộ A sáng 9/5": the day behind a document without a number is the event's.
    within = (
        d for c in children if c.kind == "Document" and "number" not in c.parts for d in c.parts.get("children", ())
    )
    return inside or next((m for m in within if m.kind == "Date"), None)


def _exact(mention: Mention) -> bool:
    """True for a day, not for a month or a year."""
    value = mention.parts.get("value")
    return mention.kind == "Date" and (value is None or value.startswith("--") or len(value) > 7)


def _dated(mention: Mention | None) -> bool:
    return mention is not None and mention.kind == "Date"


def _after(tape: Tape, item: int, last: int) -> tuple[int, Mention] | None:
    i, bracket = item + 1, False
    while i < last and i - item <= _FAR:
        mention = tape.mentions.get(i)
        if mention is not None and mention.kind == "Event":
            return None
        bracket = (bracket or tape.codes[i] == "(") and tape.codes[i] != ")"
        if mention is not None and _dated(mention) and (not bracket or i - item <= 2):
            return i, mention
        if (
            mention is not None
            and "year" in mention.parts
            and (not bracket or i - item <= 2)
            and _only_brackets(tape, item + 1, i)
        ):
            return i, mention
        i += 1
    return None


def _only_brackets(tape: Tape, start: int, end: int) -> bool:
    codes = tape.codes[start:end]
    return not codes or codes == "(" or (codes[0] == "(" and codes[-1] == ")")


def _before(tape: Tape, item: int, first: int, preparing: frozenset[str]) -> tuple[int, Mention] | None:
    i, bracket = item - 1, False
    while i >= first:
        mention = tape.mentions.get(i)
        if mention is not None and mention.kind == "Event" and item - i > 1:
            return None
        if item - i <= _BESIDE and tape.codes[i] in preparing:
            return None
        bracket = (bracket or tape.codes[i] == ")") and tape.codes[i] != "("
        if mention is not None and _dated(mention) and not bracket:
            return i, mention
        i -= 1
    return None
