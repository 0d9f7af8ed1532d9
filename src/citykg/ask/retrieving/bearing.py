"""How far a figure is from bearing out a word: by what it is about, counts and is stated with."""

from collections.abc import Sequence

from ..facts.graph import Around, Graph, Measured
from ..model import Item
from ..reading.evoking import Evoker
from ..words.index import Index
from ..words.slots import EXPRESSED, Slots

__all__ = ["WEAK", "Bearing"]

WEAK = 0.08
"""What it costs that only the passage names a word, and no less."""

_MOST_THINGS = 120
_OWN = 0.02
_RELATED = 0.03
_SAID = 0.06
_PASSAGE = WEAK
_UNDATED = 0.06


class Bearing:
    """Holds figures against the words of one question.

    Args:
        slots: of the question.
        evoker: of the same question.
        graph: that is asked.
    """

    def __init__(self, slots: Slots, evoker: Evoker, graph: Graph) -> None:
        self.slots = slots
        self.evoker = evoker
        self.index: Index = evoker.index
        self.graph = graph
        self.passages = graph.passages
        self.homes = frozenset(self.index.homes.values())
        self.asks = [i for i in slots.items if i.of("indicator", "asks")]
        self._costs: dict[tuple[int, str], float | None] = {}
        self._asked: dict[tuple[str, bool], bool] = {}

    def figures(self, words: Sequence[Item]) -> list[Measured]:
        """Return the figures about what the words name, are called by, or are related to."""
        things: dict[str, None] = {}
        for item in words:
            for sense in item.of("thing"):
                things[sense.iri] = None
                if sense.iri not in self.homes:
                    things.update((a.other, None) for a in self.graph.around(sense.iri))
            terms = {s.iri for s in item.of("indicator")}
            below = sorted({b for term in terms for b in self.index.below(term)})
            if below:
                things.update((thing, None) for thing in self.graph.measured(below))
            if len(item.text) > 1:
                things.update((thing, None) for thing in self.index.containing(item.text))
            classes = [s.iri for s in item.of("class")]
            if classes and not item.has("thing"):
                things.update((thing, None) for thing in self.graph.instances(classes)[:_MOST_THINGS])
        found = {f.iri: f for f in self.graph.figures(list(things)[:_MOST_THINGS])}
        stating = [f.passage for f in found.values() if f.passage]
        self.passages.fetch_stated(stating)
        self.passages.fetch_things(stating)
        return list(found.values())

    def cost(self, item: Item, figure: Measured) -> float | None:
        """Return how far a figure is from bearing out a word, or None."""
        key = (item.index, figure.iri)
        if key not in self._costs:
            self._costs[key] = self._cost(item, figure)
        return self._costs[key]

    def _cost(self, item: Item, figure: Measured) -> float | None:  # noqa: PLR0911 - one kind after another
        about = figure.about
        if item.period is not None:
            if item.period == figure.base_period and self.slots.op("compare"):
                return 0.0
            return self._dated(item.period, figure)
        if item.amount is not None:
            beside = [f for f in self.graph.figures([about]) if f.iri != figure.iri]
            known = any(f.value == item.amount.value for f in beside)
            return 0.01 if known else None
        if self.is_unit(item):
            return self._unit(item, figure) if self._measures(item) else None
        names = (*self.index.names(figure.indicator), *self.index.names(about))
        for sense in item.of("indicator"):
            if sense.how == "counts":
                continue
            if figure.indicator in self.index.below(sense.iri):
                exact = figure.indicator == sense.iri
                return round(-EXPRESSED.get(sense.how, -0.1) + (0.0 if exact else _OWN), 3)
        if item.has("indicator") and not (item.has("thing") or item.has("class") or item.has("property")):
            return _OWN if len(item.text) > 1 and any(item.text in name for name in names) else None
        things = {s.iri for s in item.of("thing")}
        if about in things:
            return 0.0
        if len(item.text) > 1 and any(item.text in name for name in names):
            return _OWN
        if things & self.homes:
            return _RELATED
        near = self._near(figure)
        whole = {a.other for a in near if not a.forward and self.index.flagged(a.property, "figuresOfPart")}
        if things & whole:
            return None  # what is measured of the whole is not measured of the part
        if any(a.other in things for a in near) or figure.group in things or figure.work in things:
            return _RELATED
        evoked = set(self.evoker.evokes(item))
        if evoked & {a.property for a in near}:
            return _SAID if things else _OWN
        classes = tuple(s.iri for s in item.of("class"))
        if classes and self.index.is_a(about, classes):
            return 0.01
        if classes and any(self.index.is_a(a.other, classes) for a in near):
            return _SAID
        if len(item.text) > 1 and any(
            item.text in name for a in near if a.other not in self.homes for name in self.index.names(a.other)
        ):
            return _SAID
        if things & self.passages.things(figure.passage):
            return _PASSAGE
        if evoked & {f.property for f in self.passages.stated(figure.passage).facts}:
            return _PASSAGE
        return None

    def _near(self, figure: Measured) -> Sequence[Around]:
        """Return the relations of what a figure is about; of the home, those that its passage states."""
        around = self.graph.around(figure.about)
        if figure.about not in self.homes:
            return around
        stated = self.passages.stated(figure.passage).facts
        ends = {(f.property, f.object) for f in stated} | {(f.property, f.subject) for f in stated}
        return [a for a in around if (a.property, a.other) in ends]

    def _dated(self, period: str, figure: Measured) -> float | None:
        if figure.period == period:
            return 0.0
        if figure.period and not (figure.period.startswith(period) or period in figure.period):
            return None  # it is of another time
        if figure.period.startswith(period) or any(
            t.period == period for t in self.graph.times(figure.about)
        ):
            return _OWN
        if any(p.startswith(period) for p in self.passages.stated(figure.passage).periods):
            return _RELATED
        return _UNDATED if not figure.period and period == str(self.index.year) else None

    def _measures(self, item: Item) -> bool:
        """Whether a unit stands behind what it can measure: a number, a how-many, an every."""
        before = self.slots.items[item.index - 1] if item.index else None
        return before is not None and (
            before.amount is not None or before.has("question") or before.has("operator")
        )

    def is_unit(self, item: Item) -> bool:
        """Whether a word is a unit and nothing else."""
        return item.has("unit") and not (
            item.has("thing") or item.has("class") or item.of("indicator", "says")
        )

    def _unit(self, item: Item, figure: Measured) -> float | None:
        if figure.unit not in {s.iri for s in item.of("unit")}:
            return None
        if figure.as_stated.endswith(item.text):
            return 0.0
        counted = item.of("indicator", "counts")
        if any(s.iri == figure.indicator for s in counted):
            return 0.01
        return None if counted else _RELATED

    def asked_for(self, figure: Measured, *, strictly: bool = False) -> bool:
        """Whether a figure is in the unit, and counts what, the question asks for."""
        key = (figure.iri, strictly)
        if key not in self._asked:
            self._asked[key] = self._asked_for(figure, strictly=strictly)
        return self._asked[key]

    def _asked_for(self, figure: Measured, *, strictly: bool) -> bool:  # noqa: PLR0911 - one after another
        for item in self.asks:
            below = {b for s in item.of("indicator", "asks") for b in self.index.below(s.iri)}
            if self.index.counts(figure.indicator) and figure.indicator not in below:
                return False
            if figure.indicator not in below and figure.unit not in {
                unit for b in below for unit in self.index.units.get(b, ())
            }:
                return False
        items = self.slots.items
        if self.index.counts(figure.indicator) and self._in_magnitudes():
            return False  # 多少亿
        for asked in self.slots.asked("howMuch", "howBig"):
            for place in (asked.index + 1, asked.index - 1):
                if 0 <= place < len(items) and items[place].has("unit"):
                    cost = self._unit(items[place], figure)
                    if cost is None or (strictly and cost > 0.02):
                        return False
                    behind = items[place + 1] if place > asked.index and place + 1 < len(items) else None
                    return behind is None or self._counted(behind, figure)
            behind = items[asked.index + 1] if asked.index + 1 < len(items) else None
            if behind is not None and behind.has("class") and self.index.counts(figure.indicator):
                return self._counted(behind, figure)
        if strictly and not self.slots.asked("howMuch", "howBig") and not self.asks:
            named = {
                b
                for i in items
                for s in i.of("indicator")
                if s.how != "counts"
                for b in self.index.below(s.iri)
            }
            return figure.indicator in named
        return True

    def _in_magnitudes(self) -> bool:
        places = [i.index + 1 for i in (*self.slots.asked("howMuch"), *self.slots.op("difference"))]
        return any(self.index.is_magnitude(i.text[:1]) for i in self.slots.items if i.index in places)

    def _counted(self, noun: Item, figure: Measured) -> bool:
        """Whether a noun behind a how-many names what a figure counts."""
        if not noun.has("class") or noun.text in self.index.label(figure.about):
            return True
        return self.index.counts_kind(noun, figure.indicator, figure.about)
