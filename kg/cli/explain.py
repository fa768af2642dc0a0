"""`kg explain`: why a sentence gives a fact, or none."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.common import OK, argument, config, echo, kg_command, option, read_stdin, say
from kg.cli.terminal import clip, safe
from kg.errors import UsageError
from kg.language import Bilingual
from kg.model import Document

if TYPE_CHECKING:
    from kg.extract.explain import Explanation, Near, Sentence

# A text of one line would be read as a headline; a sentence that is given alone is meant as one of the body.
_AS_BODY = "…\n\n"


@kg_command(
    en="Show how a sentence, or an article, is read: which mentions were seen, which rule made which fact, and which "
    "pattern came close and where it stopped. TEXT is a sentence, a file, or - for standard input.",
    vi="Cho xem một câu, hay một bài, được đọc thế nào: thấy những gì, luật nào cho dữ kiện nào, mẫu nào suýt khớp và "
    "dừng ở đâu. TEXT là một câu, một tệp, hoặc - để đọc từ đầu vào chuẩn.",
    example='kg explain "Bà Trần Thị Lệ là Giám đốc Sở Tư pháp Phú Yên."\nkg explain article.txt --near 2',
)
@argument("text", en="A sentence, a file, or -.", vi="Một câu, một tệp, hoặc -.")
@option(
    "--near",
    type=click.IntRange(0, 100),
    default=5,
    show_default=True,
    en="How many patterns that came close.",
    vi="Số mẫu suýt khớp được kể.",
)
def command(text: str, near: int) -> int:
    """Print the explanation, sentence by sentence."""
    from kg.extract.explain import explain

    explanation = explain(_document(text), near)
    for sentence in explanation.sentences:
        words = _words(explanation, sentence.span)
        if words.strip() != _AS_BODY.strip():
            _show(explanation, sentence, words)
    return OK


def _document(given: str) -> Document:
    """The document that is meant: a file where there is one of that name, else the words themselves."""
    from kg.read import document, load
    from kg.read.decode import decoded

    if given == "-":
        return _of(decoded(read_stdin(), "-"))
    # A lone word that ends like a file was meant as one, and its absence is told.
    if _is_file(given) or (" " not in given and given.endswith(".txt")):
        return load(given, config().max_bytes, any_language=True)
    if not given.strip():
        raise UsageError(
            Bilingual("there is no sentence", "không có câu nào"),
            Bilingual("give one in quotes, or a file", "ghi câu trong ngoặc kép, hoặc một tệp"),
        )
    return _of(document(given).text)


def _of(words: str) -> Document:
    from kg.read import document

    return document(words if "\n" in words.strip() else _AS_BODY + words)


def _is_file(given: str) -> bool:
    try:
        return Path(given).is_file()
    except (OSError, ValueError):
        # A long sentence is no possible name of a file.
        return False


def _words(explanation: Explanation, span: tuple[int, int]) -> str:
    return " ".join(explanation.reading.document.text[span[0] : span[1]].split())


def _show(explanation: Explanation, sentence: Sentence, words: str) -> None:
    from kg.extract.lint import describe

    parts = {"title": "tít", "meta": "thông tin bài", "lead": "sapo", "body": "thân bài", "caption": "chú thích ảnh"}
    parts |= {"byline": "tên tác giả", "furniture": "phần phụ của trang"}
    echo(f"{safe(words)}")
    echo(f"  ({say(sentence.part, parts[sentence.part])})")
    for mention in sentence.mentions:
        shown = _words(explanation, mention.span)
        value = f" = {mention.value}" if mention.value and mention.value != shown else ""
        echo(f"  · {mention.kind}: {safe(shown)}{safe(value)}")
    if not sentence.facts:
        echo(f"  {say('no fact', 'không có dữ kiện')}")
    for fact in sentence.facts:
        echo(f"  ✓ {safe(describe(fact, explanation.reading))}")
        echo(f"    {say('rule', 'luật')} {fact.rule}: “{safe(_words(explanation, fact.evidence[0]))}”")
    for near in sentence.near:
        echo(f"  × {_missed(explanation, near)}")
    echo()


def _missed(explanation: Explanation, near: Near) -> str:
    words = clip(safe(_words(explanation, near.matched)), 60)
    head = f"{near.rule} ({near.where}) {near.done}/{near.pieces}: “{words}”"
    if not near.expected:
        return head + say(", matched, but a later stage gave no fact", ", khớp, nhưng bước sau không cho dữ kiện")
    found = f"“{safe(near.found)}”" if near.found else say("the sentence ends", "hết câu")
    return head + say(f", then expected {near.expected}, found {found}", f", rồi cần {near.expected}, gặp {found}")
