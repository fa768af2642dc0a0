"""At which event something was said."""

from __future__ import annotations

import bisect

from kg.extract.drafts import Candidate, Known
from kg.extract.entities import Entities, Node
from kg.text.annotate import Annotated
from kg.text.lexicon import Lexicon


class Where:
    """The events at which the article's speakers speak.

    Args:
        lexicon: for the words of place.
        article: the article.
        entities: its entities.
    """

    def __init__(self, lexicon: Lexicon, article: Annotated, entities: Entities) -> None:
        self.entities = entities
        tape = article.tape
        at = frozenset(lexicon.chars("at"))
        self.spots: list[tuple[int, int, Node]] = []  # (start of sentence, offset, event)
        for i, mention in tape.mentions.items():
            if mention.kind != "Event" or tape.codes[i - 1 : i] not in at:
                continue
            node = entities.entity(mention)
            if node is None:
                continue
            offset = tape.mention_span(mention).start
            sentence = article.sentence_at(offset)
            if article.parts[sentence] in ("lead", "body"):
                self.spots.append((article.sentences[sentence].start, offset, node))
        self.spots.sort(key=lambda s: (s[0], s[1]))

    def event(self, at: int) -> Candidate | None:
        """The event at which was said what stands at a text offset; None where the article does not say."""
        k = bisect.bisect_right(self.spots, at, key=lambda s: s[1])
        if k:
            return Known(self.spots[k - 1][2].id)
        return None
