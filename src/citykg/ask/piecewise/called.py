"""How many of some things an article calls by their names (…中，文章点了名的有几个): fewer than there are."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from ..model import Answer, AnswerItem, Item, text_of
from ..telling.wording import amount_label
from ..words.index import LEX
from .descriptions import put_together
from .pieces import Piecewise, listed

__all__ = ["CalledByName"]


class CalledByName(Piecewise):
    """Counts those that are called by their names, by which there are."""

    def asks(self) -> bool:
        """Whether a question asks how many are called by their names."""
        marker = self._place("particle", "calledByName")
        passive = marker > 0 and self.items[marker - 1].has("particle", LEX + "agent")  # 被点名说…
        figures = any(i.of("indicator", "label", "says") for i in self.items)
        return marker >= 0 and not (passive or figures) and self._place("question", "howMuch") >= 0

    def counted(self, question: str) -> Answer | None:
        """Return how many are called by their names, or are not; None where that cannot be told."""
        marker = self._place("particle", "calledByName")
        if not (marker and self.items[marker - 1].has("operator", LEX + "not")):
            return self._named(question)
        denial = self.items[marker - 1]
        if any(i.has("aside") for i in self.items[: denial.index]):
            return None  # as well: …,包括没点名的
        rest = _numbered([i for i in self.items if i is not denial and not _is_more(i)])
        called = CalledByName(rest, self.index, self.whole, self.writer)
        named, clause = called._named(question), called._clause()
        every = self.whole(self.index.message("how-many", clause=clause)) if clause else None
        if named is None or every is None or every.status != "answered" or len(every.answers) != 1:
            return None
        (all_of_them,), (known,) = every.answers, named.answers
        if all_of_them.value is None or known.value is None or all_of_them.value <= known.value:
            return None
        left = all_of_them.value - known.value
        label = amount_label(Fraction(str(left)), all_of_them.unit or "", self.index)
        text = f"{label}（{every.text} − {named.text}）"
        answers = (AnswerItem(label, value=left, unit=all_of_them.unit),)
        return put_together(question, named, replace(every, answers=answers, text=text))

    def _named(self, question: str) -> Answer | None:
        groups = self.index.having("summarises")
        for way in self._ways():
            told = self.whole(way)
            named = [a for a in told.answers if a.iri and not self.index.is_a(a.iri, groups)]
            if told.status != "answered" or not named or any(a.value is not None for a in told.answers):
                continue
            rest = [a.iri for a in told.answers if a.iri and a not in named]
            sparql = self.writer.without(told.sparql, rest) if rest else told.sparql
            number = AnswerItem(str(len(named)), value=len(named))
            text = self.index.message("counted", count=number.label, members=listed(named, self.index))
            return replace(
                told, question=question, answers=(number,), text=text, sparql=self.writer.counted(sparql)
            )
        return None

    def _ways(self) -> Iterator[str]:
        """Yield the questions for the members of what is named, and for what there is of a kind."""
        clause = self._clause()
        if clause and self._place("operator", "not") < 0:
            yield self.index.message("members-of", clause=clause)
            yield self.index.message("which-there-are", clause=clause)

    def _clause(self) -> str:
        """Return the words for that of which some are called by their names, or nothing."""
        marker, asked = self._place("particle", "calledByName"), self._place("question", "howMuch")
        before = _stripped(self.items[: min(marker, asked)])
        if not before and marker < asked:
            return text_of(_stripped(self.items[marker + 1 : asked]))
        rest = [i for i in self.items[min(marker, asked) + 1 :] if i.index != max(marker, asked)]
        return text_of(before) if all(_is_empty(i) or _counts(i) for i in rest) else ""

    def _place(self, kind: str, name: str) -> int:
        return next((i.index for i in self.items if i.has(kind, LEX + name)), -1)


def _numbered(items: Sequence[Item]) -> list[Item]:
    """Return some words of a question as those of one without the others."""
    return [replace(item, index=place) for place, item in enumerate(items)]


def _is_more(item: Item) -> bool:
    return item.has("operator", LEX + "others")


def _stripped(items: Sequence[Item]) -> Sequence[Item]:
    """Leave out the words around what is named that carry nothing."""
    named = [place for place, item in enumerate(items) if not _is_empty(item)]
    return items[named[0] : named[-1] + 1] if named else ()


def _counts(item: Item) -> bool:
    """Whether a word only says of what the number is: its measure, its kind, or that it is of all."""
    kinds = ("unit", "class", "operator")
    return not item.has("thing") and any(item.has(kind) for kind in kinds)


def _is_empty(item: Item) -> bool:
    return item.has("particle") or not any(c.isalnum() for c in item.text)
