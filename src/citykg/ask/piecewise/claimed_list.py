"""Whether something holds of several that are named, with how many and what they are behind them
(甲和乙两个省都去了吗): of the names alone, or by all of that kind of which it holds.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from ..model import Answer, AnswerItem, Item, text_of
from ..words.index import LEX
from .pieces import Piecewise, listed

__all__ = ["Listed"]

_LEAST = 2


class Listed(Piecewise):
    """Judges what a question claims of those whom it lists."""

    def judged(self, question: str) -> Answer | None:
        """Return whether it holds of the names; yes as well where all of them are among those of the kind of
        which it holds; None where that is not told, or no list is named with its number and kind.
        """
        if not any(i.has("question", LEX + "whether") for i in self.items):
            return None
        noun = next((i for i in self.items if self._named_before(i)), None)
        if noun is None:
            return None
        named = self._named_before(noun)
        before, behind = self.items[: named[0].index], self.items[noun.index + 1 :]
        names = self.index.message("separator").join(i.text for i in named)
        told = self.whole(text_of(before) + names + text_of(behind))
        if told.status == "answered":
            return replace(told, question=question)
        if any(i.has("operator", LEX + "not") and not i.has("question") for i in (*before, *behind)):
            return None
        asked = self.index.message(
            "which-of-kind", before=self._plainly(before), kind=noun.text, behind=self._plainly(behind)
        )
        told = self.whole(asked)
        found = {item.iri for item in told.answers if not item.note}
        if told.status != "answered" or not all(found & {s.iri for s in i.of("thing")} for i in named):
            return None
        label = self.index.message("yes")
        facts = self.index.message("no-because", facts=listed(told.answers, self.index))
        return replace(told, question=question, answers=(AnswerItem(label),), text=f"{label}（{facts}）")

    def _named_before(self, noun: Item) -> list[Item]:
        """Return the names of a list that ends with a noun for so many of that kind, or nothing."""
        kinds = {s.iri for s in noun.of("class")}
        if not (kinds or (noun.of("property", "says") and not noun.has("thing"))):
            return []
        start = noun.index
        while start and not self.items[start - 1].has("thing") and noun.index - start < _LEAST:
            start -= 1
        named: list[Item] = []
        for item in reversed(self.items[:start]):
            if item.has("thing") and not item.has("class"):
                named.insert(0, item)
            elif not item.has("conjunction", LEX + "and"):
                break
        many = self._number(text_of(self.items[start : noun.index]).lstrip(self._points()))
        named = named[-many:] if len(named) >= many >= _LEAST else []
        of_kind = all(any(self.index.is_a(s.iri, kinds) for s in i.of("thing")) for i in named)
        return named if of_kind or not kinds else []

    def _points(self) -> str:
        """Return the characters that point to what is named before: 这两个."""
        return "".join(name for name in self.index.names(LEX + "pronoun") if len(name) == 1)

    def _number(self, text: str) -> int:
        """Return how many words say that there are (两个, 三项), or zero."""
        known = [self.index.facts.get(s.iri, {}).get("value") for s in self.index.senses(text[:1])]
        value = next((v[0] if isinstance(v, list) else v for v in known if v), None)
        return int(value if value is not None else unicodedata.numeric(text[:1] or " ", 0))

    def _plainly(self, items: Sequence[Item]) -> str:
        """Return words without what asks whether they hold, and of all."""
        return text_of(
            i for i in items if not i.has("question", LEX + "whether") and not i.has("particle", LEX + "all")
        )
