"""Those of which a figure is stated (建成投产的项目中，说明了总投资的是哪一个): they are asked for, not
how much it is.
"""

from collections.abc import Sequence
from dataclasses import replace

from ..model import BREAKS, Answer, Item, text_of
from ..words.index import LEX
from .pieces import Piecewise, listed

__all__ = ["Stated"]

_ELSE = ("not", "except", "max", "min", "more", "less", "compare", "over", "under", "sum", "others", "each")


class Stated(Piecewise):
    """Finds those that have a figure among all that a question describes."""

    def asks(self) -> bool:
        """Whether a question asks for those of which a figure is stated."""
        asks = [i for i in self.items if i.has("question")]
        values = any(i.has("question", LEX + "howMuch", LEX + "howBig", LEX + "whether") for i in asks)
        asked = any(i.has("question", LEX + "which") for i in asks) and not values
        return asked and self._figure() is not None and bool(self._nouns())

    def told(self, question: str) -> Answer | None:
        """Return those of which a figure is stated, or None where none is known to be."""
        clause, nouns = self._clause(), self._nouns()
        _, figure = self._figure() or (0, None)
        if figure is None or any(i.has("indicator") for i in clause if i not in nouns):
            return None
        having = self._in_order(nouns[-1], figure)
        if having.status == "answered" and clause == nouns[-1:]:
            return replace(having, question=question)
        if having.status != "answered":
            having = self._in_order(None, figure)
        told = self.whole(self.index.message("which-there-are", clause=text_of(clause)))
        names = {item.iri for item in having.answers if item.value is not None}
        kept = tuple(i for i in told.answers if i.iri and i.iri in names)
        if not kept or any(i.value is not None for i in told.answers):
            return None
        others = [i.iri for i in told.answers if i.iri and i not in kept]
        sparql = self.writer.without(told.sparql, others) if others else told.sparql
        evidence = tuple(dict.fromkeys((*told.evidence, *having.evidence)))
        text = listed(kept, self.index)
        return replace(told, question=question, answers=kept, text=text, sparql=sparql, evidence=evidence)

    def _clause(self) -> list[Item]:
        """Return the words that tell among which things those are."""
        start, figure = self._figure() or (0, self.items[0])
        end = figure.index + 1
        end += any(i.has("particle", LEX + "attributive") for i in self.items[end : end + 1])
        return _meant([*self.items[:start], *self.items[end:]])

    def _nouns(self) -> list[Item]:
        return [i for i in self._clause() if i.has("class") and not i.has("question")]

    def in_order(self, question: str) -> Answer | None:
        """Return those of which a figure is stated in its order (凡是说了签约额的项目群,从高到低排一排)."""
        found = self._figure()
        ranks = [i for i in self.items if i.has("operator", LEX + "order", LEX + "ascending")]
        if found is None or len(ranks) != 1 or any(i.has("question") for i in self.items):
            return None
        start, figure = found
        end = figure.index + 1
        joined = any(i.has("particle", LEX + "attributive") for i in self.items[end : end + 1])
        noun = self.items[end + 1] if joined and end + 1 < len(self.items) else figure
        if start > 1 or not noun.has("class"):
            return None
        upwards = ranks[0].has("operator", LEX + "ascending")
        return replace(
            self._in_order(noun, figure, "ordered-up" if upwards else "ordered"), question=question
        )

    def _in_order(self, noun: Item | None, figure: Item, order: str = "ordered") -> Answer:
        clause = figure.text
        if noun is not None:
            clause = self.index.message("noun-of-clause", clause=noun.text, noun=figure.text)
        return self.whole(self.index.message(order, clause=clause))

    def _figure(self) -> tuple[int, Item] | None:
        """Return where the words begin that say of a figure that it is stated, and the one figure."""
        figures = [i for i in self.items if _is_figure(i)]
        more = any(i.amount is not None or i.has("operator", *(LEX + n for n in _ELSE)) for i in self.items)
        stating = self.index.facts.get(LEX + "stated", {}).get("named", ())
        starts = range(figures[0].index) if figures and not more else ()
        start = next((n for n in starts if text_of(self.items[n : figures[0].index]) in stating), None)
        meant = {s.iri for i in figures[:1] for s in i.of("indicator")}
        same = all(
            meant & set(self.index.below(s.iri)) for i in figures[1:] for s in i.of("indicator", "label")
        )
        return (start, figures[0]) if start is not None and same else None


def _meant(items: Sequence[Item]) -> list[Item]:
    """Return the words that tell among which those are, without what asks, and without what joins these."""
    kept = [i for i in items if not i.has("question") and i.text not in BREAKS and i.text.isalnum()]
    while kept and kept[-1].has("particle") and not kept[-1].has("class"):
        kept.pop()
    while kept and kept[0].has("particle") and not kept[0].has("thing"):
        kept.pop(0)
    return kept


def _is_figure(item: Item) -> bool:
    said = item.of("indicator", "label", "alias", "says")
    return bool(said) and not (item.has("class") or item.has("thing") or item.has("unit"))
