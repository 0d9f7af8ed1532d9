"""Claims that are held against what is asked for plainly: how much it is (签的有100亿以上吗: 签的有多少亿),
and which things are of a kind (甲是乙项目吗: 乙项目有哪些).
"""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from ..model import Answer, AnswerItem, Item, text_of
from ..words.amounts import figures_of
from ..words.index import LEX, Index
from .parts import together
from .pieces import Piecewise, listed

__all__ = ["Claims"]

_BOUNDS = ("over", "under")
_COMPARING = ("compare", "more", "less", "numerous", "sum")
_OF_A_FIGURE = ("inclusive", "numerous", "share", "sum")
_LEAST_WORDS = 4


class Claims(Piecewise):
    """Judges what a question claims by the answer of what it claims it of."""

    def by_figure(self, question: str) -> Answer | None:
        """Return yes or no by the figure that is stated, where a question claims one to be beyond or below
        another; None where none is stated.
        """
        amounts = [i for i in self.items if i.amount is not None]
        if len(amounts) != 1 or not self._claims() or self._says_more(but=(*_BOUNDS, *_OF_A_FIGURE)):
            return None
        item = amounts[0]
        bounds = [i for i in self.items if i.has("operator", *(LEX + name for name in _BOUNDS))]
        if len(bounds) != 1 or abs(bounds[0].index - item.index) != 1 or item.amount is None:
            return None
        start, end = sorted((bounds[0].index, item.index))
        before, behind = self._text(self.items[:start]), self._text(self.items[end + 1 :])
        asked = self.index.message("how-much-of", before=before, unit=_unit(item, self.index), behind=behind)
        told = self.whole(asked)
        if told.status != "answered" or len(told.answers) != 1:
            return None
        (figure,) = told.answers
        units = item.amount.units
        if figure.value is None or figure.note or self.index.message("planned-note") in told.text:
            return None
        if (units and figure.unit not in units) or not (units or item.amount.exact):
            return None
        value, bound = Fraction(str(figure.value)), item.amount.value
        holds = value > bound if bounds[0].has("operator", LEX + "over") else value < bound
        holds = holds or (value == bound and bounds[0].has("operator", LEX + "inclusive"))
        label = self.index.message("yes" if holds else "no")
        text = f"{label}（{self.index.message('no-because', facts=told.text)}）"
        return replace(told, question=question, answers=(AnswerItem(label),), text=text)

    def by_two_figures(self, question: str) -> Answer | None:
        """Return yes or no by two figures that are stated, each of which is asked for by itself, where a
        question claims one to be more or less than the other: 甲的总投资比乙的签约额多吗.
        """
        places = [
            i.index for i in self.items if i.has("operator", LEX + "compare") and not i.has("indicator")
        ]
        ends = [
            i for i in self.items if i.has("operator", LEX + "more", LEX + "less") and i.index not in places
        ]
        if len(places) != 1 or len(ends) != 1 or not self._claims() or self._says_more(but=_COMPARING):
            return None
        (place,), (end,) = places, ends
        if any(_names(i) or i.amount is not None for i in self.items[end.index :]):
            return None
        sides = self.items[:place], self.items[place + 1 : end.index]
        if not all(any(i.has("indicator") for i in side) for side in sides):
            return None
        one, other = (
            self.whole(self.index.message("how-much-it-is", clause=self._text(side).rstrip(",")))
            for side in sides
        )
        told = [a for answer in (one, other) if answer.status == "answered" for a in answer.answers]
        values = [Fraction(str(a.value)) for a in told if a.value is not None and a.unit == told[0].unit]
        if (
            len(told) != len(values)
            or len(values) != len(sides)
            or not told[0].unit
            or one.text == other.text
        ):
            return None
        more = end.has("operator", LEX + "more")
        label = self.index.message(
            "yes" if (values[0] > values[1] if more else values[0] < values[1]) else "no"
        )
        facts = self.index.message("parts", first=one.text, second=other.text)
        text = f"{label}（{self.index.message('no-because', facts=facts)}）"
        both = together(one, other, text)
        return replace(both, question=question, answers=(AnswerItem(label),))

    def by_kind(self, question: str) -> Answer | None:
        """Return yes where a thing is among all those of the kind that a question says it to be, or None:
        what is not told to be of it need not be false.

        The thing stands first, and a particle behind it; then what tells the kind, and last its noun
        (甲是乙项目吗), which says no relation that holds one way
        only (甲是乙的细分领域吗).
        """
        words = [i for i in self.items if any(c.isalnum() for c in i.text)]
        words = words[:-1] if words and _is_whether(words[-1]) else words
        if len(words) < _LEAST_WORDS or not self._claims() or self._says_more():
            return None
        (thing, copula), (*tells, noun) = words[:2], words[2:]
        joined = copula.has("particle", LEX + "attributive")
        said = thing.has("thing") and (copula.has("particle") or _is_whether(copula)) and not joined
        kinds = tuple(s.iri for s in noun.of("class"))
        relations = noun.of("property", "label", "says", "saysInverse")
        related = any(self.index.flagged_either_way(s.iri, "oneWay") for s in relations)
        if not said or related or not kinds or not any(i.has("thing") or i.has("class") for i in tells):
            return None
        named = {s.iri for s in thing.of("thing") if self.index.is_a(s.iri, kinds)}
        clause = text_of(self.items[tells[0].index : noun.index + 1])
        told = self.whole(self.index.message("which-there-are", clause=clause)) if named else None
        if told is None or told.status != "answered" or not named & {a.iri for a in told.answers}:
            return None
        if told.text != listed(told.answers, self.index):
            return None
        label = self.index.message("yes")
        return replace(told, question=question, answers=(AnswerItem(label),), text=label)

    def _claims(self) -> bool:
        """Whether nothing is asked but whether something is so."""
        asking = [i for i in self.items if i.has("question")]
        return bool(asking) and all(map(_is_whether, asking))

    def _says_more(self, *, but: tuple[str, ...] = ()) -> bool:
        """Whether a word denies, counts, compares or leaves out, so that a claim is more than that
        something is so.
        """
        allowed = [LEX + name for name in but]
        return any(
            i.has("operator") and not (allowed and i.has("operator", *allowed))
            for i in self.items
            if not _is_whether(i)
        )

    def _text(self, items: Sequence[Item]) -> str:
        return text_of(i for i in items if not _is_whether(i)).rstrip("?").strip()


def _is_whether(item: Item) -> bool:
    return item.has("question", LEX + "whether")


def _names(item: Item) -> bool:
    return item.has("thing") or item.has("class") or item.has("indicator")


def _unit(item: Item, index: Index) -> str:
    """Return what stands behind the figures of a number: 户 of 8000户, 亿 of 两百亿, nothing of 一半."""
    unit = item.text[figures_of(item.text, index) :]
    named = any(s.kind in ("unit", "indicator") for s in index.senses(unit))
    return unit if named or index.is_magnitude(unit[:1]) else ""
