"""Documents: those named by the change of post that they decide, and whose name says itself who issued them.

"Ông A ký quyết định bổ nhiệm bà B làm Giám đốc Sở C" names a document and states a change of post. The words stay on
the tape for the change; the document's name is a stretch over them.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.drafts import Draft, Literal, Words
from kg.model import Span
from kg.text.annotate import Annotated
from kg.text.tape import Mention

_EDGES = " \t.,;:…!?-–"
_ABOUT = ("về việc ", "về ")


def documents(article: Annotated, drafts: list[Draft]) -> list[Draft]:
    """All drafts, those of kind "document" made whole: a stretch becomes the thing it names."""
    text = article.document.text
    own = [d for d in drafts if d.kind == "document"]
    stretches = [(d, _trimmed(text, s)) for d in own if isinstance(s := d.roles["document"][0], Span)]
    gone: set[int] = set()
    for draft, span in stretches:
        draft.roles["document"] = [Words(span, "Document")]
        for shorter, at in _beginnings(article, own, span):
            if "number" in shorter.roles:
                # A number is name enough; what stands behind it is the title.
                gone.add(id(draft))
                shorter.roles.setdefault("title", [_title(text, Span(at.end, span.end))])
            else:
                gone.add(id(shorter))
                for role, candidates in shorter.roles.items():
                    draft.roles.setdefault(role, candidates)
    for draft in own:
        named = draft.roles["document"][0]
        if not isinstance(named, Mention) or (named.parts.get("guessed") and draft.roles.get("issuer")):
            continue
        if named.parts.get("roles", {}).get("issuer"):
            # "HĐND tỉnh thông qua tờ trình của UBND tỉnh": its own name says who issued it.
            draft.roles["issuer"] = list(named.parts["roles"]["issuer"])
    return [d for d in drafts if id(d) not in gone]


def _beginnings(article: Annotated, drafts: list[Draft], span: Span) -> Iterator[tuple[Draft, Span]]:
    """Drafts of documents whose name is the beginning of a longer one."""
    for draft in drafts:
        named = draft.roles["document"][0]
        if isinstance(named, Mention):
            at = article.tape.mention_span(named)
            if at.start == span.start and at.end < span.end:
                yield draft, at


def _trimmed(text: str, span: Span) -> Span:
    end = span.end
    while end > span.start and text[end - 1] in _EDGES:
        end -= 1
    return Span(span.start, end)


def _title(text: str, span: Span) -> Literal:
    start = span.start
    while start < span.end and text[start] in _EDGES:
        start += 1
    start += next((len(a) for a in _ABOUT if text.startswith(a, start)), 0)
    return Literal(text[start : span.end], Span(start, span.end))
