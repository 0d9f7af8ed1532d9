"""Whether something has most or least of all (甲是签约额最高的吗): held against all of its kind in order."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from ..model import BREAKS, Answer, AnswerItem, Item, text_of
from ..words.index import LEX
from .descriptions import put_together
from .pieces import Piecewise

__all__ = ["Most"]

_LEAST = 2


class Most(Piecewise):
    """Judges what a question claims to be first or last of its kind."""

    def judged(self, question: str) -> Answer | None:
        """Return yes or no, or None where nothing is claimed to be first, or that cannot be told.

        What is claimed is one of at least two of which the figure is known; a group is held against groups.
        """
        ranks = [i for i in self.items if i.has("operator", LEX + "max", LEX + "min")]
        things = [i for i in self.items if i.has("thing") and not i.has("class")]
        figures = [i for i in self.items if _is_figure(i) and i not in things and i not in ranks]
        whether = any(i.has("question", LEX + "whether") for i in self.items)
        if not (whether and len(ranks) == len(figures) == 1) or ranks[0].index < figures[0].index:
            return None
        figure, rank = figures[0], ranks[0]
        if len(things) == 1 and self._say_nothing(self.items, but=(*things, figure, rank)):
            named = {s.iri for s in things[0].of("thing")}
            types = {kind for thing in named for kind in self.index.types.get(thing, ())}
            nouns = [i for i in self.items if i.has("class")]
            if not all(types & {s.iri for s in i.of("class")} for i in nouns):
                return None  # among what it is none of
            return self._held(question, self._kinds(named), figure, rank, named)
        subject = self._described(figure)
        if subject is None or not self._say_nothing(self.items[figure.index :], but=(figure, rank)):
            return None
        clause = self.index.message("noun-of-clause", clause=text_of(subject), noun=figure.text)
        told = self.whole(self.index.message("how-much-it-is", clause=clause))
        if told.status != "answered" or len(told.answers) != 1:
            return None
        answer = self._held(question, [subject[-1].text], figure, rank, told.answers[0])
        return answer and put_together(question, told, answer)

    def _held(
        self,
        question: str,
        nouns: Sequence[str],
        figure: Item,
        rank: Item,
        claimed: AbstractSet[str] | AnswerItem,
    ) -> Answer | None:
        """Hold what is claimed, which is named or known by its figure, against all of a kind in order."""
        for noun in nouns:
            ordered = self._in_order(noun, figure, rank)
            known = [i for i in ordered.answers if i.iri and _is_claimed(i, claimed)]
            if len(known) != 1 or known[0].iri is None:
                continue
            grouped = self._is_group(known[0].iri)
            alike = [i for i in ordered.answers if i.iri and self._is_group(i.iri) == grouped]
            values = [i.value for i in alike]
            if len(alike) < _LEAST or None in values or values[0] == values[1]:
                continue
            clause = f"{figure.text}{rank.text}"
            first = self.whole(self.index.message("which-of-them-is", noun=noun, clause=clause))
            if [i.iri for i in first.answers] != [alike[0].iri]:
                continue
            label = self.index.message("yes" if alike[0] is known[0] else "no")
            text = f"{label}（{self.index.message('no-because', facts=ordered.text)}）"
            return replace(ordered, question=question, answers=(AnswerItem(label),), text=text)
        return None

    def _in_order(self, noun: str, figure: Item, rank: Item) -> Answer:
        """Return all of a kind in the order of a figure, from the end that is claimed."""
        clause = self.index.message("noun-of-clause", clause=noun, noun=figure.text)
        least = rank.has("operator", LEX + "min")
        return self.whole(self.index.message("ordered-up" if least else "ordered", clause=clause))

    def _described(self, figure: Item) -> Sequence[Item] | None:
        """Return the words before a figure that point to what a clause describes (甲签下的那批项目)."""
        subject = list(self.items[: figure.index])
        while subject and (subject[-1].has("particle") or subject[-1].text in BREAKS):
            subject.pop()
        points = len(subject) > _LEAST and subject[-2].has("particle", LEX + "that")
        return subject if points and subject[-1].has("class") else None

    def _is_group(self, thing: str) -> bool:
        return self.index.is_a(thing, self.index.having("summarises"))

    def _kinds(self, named: AbstractSet[str]) -> list[str]:
        """Return what one calls the kinds of what is named, the narrower first."""
        types = {kind for thing in named for kind in self.index.types.get(thing, ())}
        narrow = sorted(types, key=lambda kind: (-len(self.index.above.get(kind, ())), kind))
        return [self.index.label(kind) for kind in narrow if kind in self.index.labels]

    def _say_nothing(self, items: Sequence[Item], *, but: Sequence[Item]) -> bool:
        return all(i in but or _says_nothing(i) for i in items)


def _is_claimed(item: AnswerItem, claimed: AbstractSet[str] | AnswerItem) -> bool:
    if isinstance(claimed, AnswerItem):
        return claimed.value is not None and (item.value, item.unit) == (claimed.value, claimed.unit)
    return item.iri in claimed


def _is_figure(item: Item) -> bool:
    return bool(item.of("indicator", "label", "alias", "says")) and not item.has("unit")


def _says_nothing(item: Item) -> bool:
    """Whether a word only asks, joins, or says among which kind something is first."""
    if item.has("operator", LEX + "not") and not item.has("question"):
        return False
    if item.text in BREAKS or not item.text.isalnum():
        return True
    kinds = ("class", "particle", "numeral", "unit", "mark")
    return item.has("question", LEX + "whether") or any(item.has(kind) for kind in kinds)
